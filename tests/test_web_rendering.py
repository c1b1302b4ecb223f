"""Answers as HTML: whole, in order, and with nothing alive in it but what we wrote."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from ui.casefacts import worded
from ui.conversations import Conversations, Reply
from ui.rendering import answered, notice, working
from ui.web import Sent, told
from ui.welcome import EXAMPLES, welcome

HOSTILE = "<img src=http://evil.example/x onerror=alert(1)>\"'![x](http://evil.example/y)</template><script>1</script>"
CASE = "34F runner, R AKP 6/12, SLHR 11 R v 26 L: are weak calves causing her knee pain?"
OURS = {
    "article", "blockquote", "button", "code", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "i", "a", "li",
    "ol", "p", "section", "span", "strong", "summary", "sup", "template", "ul",
}  # fmt: skip
STRUCTURE = {"passage_id", "source_id", "kind", "status", "viewpoint", "strength", "composer", "name"}


class Tags(HTMLParser):
    """Collects what is alive in a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes, self.open = set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def reply(assistant):
    return Conversations(assistant).reply(CASE)


def poisoned(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: poisoned(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(v, key) for v in value]
    return HOSTILE if isinstance(value, str) and key not in STRUCTURE else value


def assert_tame(html):
    found = Tags(html)
    assert found.names <= OURS
    assert not found.open
    assert not [name for name, _ in found.attributes if name.startswith("on") or name in ("src", "style", "srcset")]
    assert all(v.startswith("https://doi.org/") for name, v in found.attributes if name == "href")


def test_an_answer_is_well_formed_and_uses_our_tags_only(reply):
    assert_tame(answered(reply))


def test_hostile_text_in_every_field_stays_text(reply):
    document = poisoned(reply.document)
    html = answered(Reply(document=document, library=reply.library, unkept=HOSTILE))
    assert_tame(html)
    assert "&lt;img src=" in html


def test_hostile_text_in_notices_and_questions_stays_text():
    assert_tame(notice(HOSTILE))
    assert_tame(working(HOSTILE, "evidence"))


def test_the_parts_stand_in_the_order_of_the_design(reply):
    html = answered(reply)
    marks = [
        "cp-question",
        "cp-facts",
        "cp-short-answer",
        "cp-deciding",
        "cp-views",
        "cp-evidence",
        "cp-verdict",
        "cp-references",
    ]
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)


def test_every_citation_has_its_passage_beside_it(reply):
    html = answered(reply)
    for citation in reply.document["citations"]:
        assert f'<template class="cp-passage" data-n="{citation["number"]}">' in html
        assert f'data-n="{citation["number"]}"' in html.split("<template")[0]


def test_each_view_shows_its_weight_and_the_passages_behind_it(reply):
    html = answered(reply)
    assert html.count('class="cp-weight"') == 2
    assert html.count("behind this</summary>") == 2


def test_the_stages_before_the_one_that_runs_are_done():
    html = working("knee?", "evidence")
    assert (html.count("is-done"), html.count("is-running"), html.count("is-waiting")) == (3, 1, 2)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"name": "age", "value": 34, "unit": "year"}, "34 years"),
        ({"name": "side", "value": "right", "unit": None}, "side: right"),
        ({"name": "effusion", "value": False, "unit": None}, "no effusion"),
        ({"name": "heel_rise.lsi", "value": 42, "unit": "%"}, "heel-rise symmetry: 42%"),
        ({"name": "heel_rise.left", "value": 26, "unit": "repetition"}, "heel rises left: 26"),
        ({"name": "surgery.kind", "value": "aclr", "unit": None}, "surgery: ACLR"),
        ({"name": "not.known", "value": "x", "unit": None}, "not known: x"),
    ],
)
def test_facts_are_worded_as_a_clinician_jots_them_down(fact, words):
    assert worded(fact) == words


@pytest.mark.parametrize(
    "question", [None, 5, [], {}, "", " \x00 ", "\ud800", "x" * 8_001, "x" * 20_001, "knee" * 1_000_000]
)
def test_what_cannot_be_answered_is_told_in_words_and_clears_nothing(assistant, question):
    *_, (message, conversation, is_answered) = told(
        Conversations(assistant), Sent(question=question, conversation="../x", detail="long")
    )
    assert json.loads(message)["kind"] == "notice"
    assert "Traceback" not in message
    assert conversation.startswith("c-")
    assert not is_answered


def test_the_page_is_told_the_stages_in_order_and_then_the_answer(assistant):
    messages = [json.loads(m) for m, _, _ in told(Conversations(assistant), Sent(question=CASE, detail="brief"))]
    assert [m["kind"] for m in messages] == ["working"] * 7 + ["answer"]
    assert len({m["turn"] for m in messages}) == 1


def test_a_failure_is_told_in_words_and_shown_to_the_terminal(assistant, monkeypatch, caplog):
    conversations = Conversations(assistant)
    monkeypatch.setattr(conversations, "reply", lambda *_, **__: 1 / 0)
    *_, (message, _, is_answered) = told(conversations, Sent(question=CASE, conversation="c-1", detail="brief"))
    assert "Counterpoint failed" in message
    assert "division" not in message
    assert "ZeroDivisionError" in caplog.text
    assert not is_answered


@pytest.mark.parametrize(("form", "question"), EXAMPLES)
def test_each_example_on_the_first_screen_is_answered(assistant, form, question):
    document = Conversations(assistant).reply(question).document
    assert document["status"] == "answered", form


def test_the_first_screen_offers_every_example_and_names_what_is_disputed(assistant):
    library = assistant.snapshot.library
    assert_tame(welcome(library))
    assert welcome(library).count('cp-example"') == len(EXAMPLES)
    for viewpoint in library.viewpoints:
        assert viewpoint.name.lower() in welcome(library)


def test_a_revision_is_a_stage_that_shows_only_while_it_runs():
    assert 'is-running">Revising the draft<' in working("knee?", "revision")
    assert "Revising" not in working("knee?", "verdict")


def test_it_is_said_whether_a_model_wrote_the_answer_or_its_draft_was_held_back(reply):
    document = copy.deepcopy(reply.document)
    assert "no language model wrote any of it" in answered(replace(reply, document=document))
    own = {"composer": "extractive", "error": None, "rules": ["length"]}
    document["attempts"] = [own]
    assert "no language model wrote any of it" in answered(replace(reply, document=document))
    document["attempts"] = [{"composer": "openai:<x>", "error": "timeout: too long", "rules": []}, own]
    assert "what openai:&lt;x&gt; gave was held back" in answered(replace(reply, document=document))
    document["provenance"]["composer"] = "openai:<x>"
    assert "Drafted by openai:&lt;x&gt;, then checked" in answered(replace(reply, document=document))


def test_a_passage_that_left_the_library_is_shown_as_the_answer_kept_it(reply):
    document = copy.deepcopy(reply.document)
    document["citations"][0] |= {"passage_id": "gone:1", "quote": "What was read <then>."}
    html = answered(replace(reply, document=document))
    assert_tame(html)
    assert "[1] has left the library" in html
    assert "What was read &lt;then&gt;." in html
    assert "no longer in the library" in html


def test_a_passage_that_changed_since_is_shown_with_what_it_said_then(reply):
    document = copy.deepcopy(reply.document)
    document["citations"][1] |= {"passage_fingerprint": "sha256:0", "quote": "What it said then."}
    html = answered(replace(reply, document=document))
    assert "[2] has changed in the library" in html
    assert "What it said then." in html


def test_a_held_answer_shows_its_red_flags_and_not_a_word_of_itself(reply):
    html = answered(replace(reply, is_kept=True), is_held=True)
    shown = html.split("<template")[0]
    claims = [(s["kind"], c["text"]) for s in reply.document["sections"] for c in s["claims"]]
    assert "cp-commit" in shown
    for kind, words in claims:
        assert (words[:40] in shown.replace("&#x27;", "'")) == (kind == "safety")


def test_where_it_cannot_answer_the_nearest_questions_are_asked_at_a_tap(assistant):
    found = Tags(answered(Conversations(assistant).reply("Which knee sleeve colour heals fastest?")))
    offered = [value for name, value in found.attributes if name == "data-send"]
    assert len(offered) == 3
    assert set(offered) <= {crux.question for crux in assistant.snapshot.library.cruxes}
