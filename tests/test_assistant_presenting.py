"""An answer as JSON and as Markdown: it fits the published schema, and the twelve model answers' form."""

from __future__ import annotations

import copy
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml

from assistant.door import Assistant
from assistant.presenting import INTENDED_USE, numbered, plain_value, reference, to_dict, to_markdown, to_trace
from guardrails.types import Detail, Status

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "docs" / "answer.schema.json").read_text())
MODELS = yaml.safe_load((ROOT / "tests" / "fixtures" / "model_answers.yaml").read_text())
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
QUESTIONS = {
    "answered": "R AKP 6/12, 28F runner, SLHR 11 R v 26 L. Should I load the calf?",
    "escalated": "Day 9 after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins. Heel raises?",
    "declined": "Which dose of naproxen for her knee?",
    "abstained": "Does acupuncture help patellofemoral pain?",
}
ORDER = [
    "safety", "short_answer", "deciding", "questions", "viewpoint", "evidence", "agreement", "missing", "note",
]  # fmt: skip


@pytest.fixture(scope="module")
def still(assistant):
    return Assistant(assistant.settings, clock=lambda: 0.0)


@pytest.fixture(scope="module")
def answers(still):
    return {status: still.ask(question, asked_at=NOW) for status, question in QUESTIONS.items()}


@pytest.fixture(scope="module")
def documents(answers, still):
    return {status: to_dict(answer, still.snapshot.library) for status, answer in answers.items()}


def closed(schema):
    """Return `schema` with no key allowed that it does not name; consumers get the open one, so that answers may grow."""
    shut = copy.deepcopy(schema)
    todo = [shut]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            if "properties" in part and "required" in part:
                part.setdefault("additionalProperties", False)
            todo += part.values()
        elif isinstance(part, list):
            todo += part
    return shut


def validate(document, schema=SCHEMA):
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)


@pytest.mark.parametrize("status", QUESTIONS)
def test_each_outcome_fits_the_published_schema_and_has_no_key_that_it_does_not_name(documents, status):
    assert documents[status]["status"] == status
    validate(documents[status], closed(SCHEMA))


@pytest.mark.parametrize("detail", list(Detail))
def test_every_question_of_the_library_gives_an_answer_that_fits_the_schema(still, detail):
    for crux in still.snapshot.library.cruxes:
        validate(still.ask_json(f"41M runner, ACLR 9/12. {crux.question}", detail=detail), closed(SCHEMA))


def test_facts_replaced_over_turns_fit_the_schema(still):
    document = still.ask_json("he is 43. Plan?", history=["34M runner, R AKP, SLHR 11 R v 26 L"])
    validate(document, closed(SCHEMA))
    assert [f["replaced_by"] is None for f in document["case"]["facts"] if f["name"] == "age"] == [False, True]


@pytest.mark.parametrize(
    "broken",
    [
        lambda d: d.pop("citations"),
        lambda d: d.update(status="fine"),
        lambda d: d.update(schema="counterpoint/answer/2"),
        lambda d: d["sections"][0]["claims"][0].update(citations=["1"]),
        lambda d: d["sections"][0].update(viewpoint="calf-focused"),
        lambda d: d["citations"][0].pop("quote"),
        lambda d: d["provenance"].update(corpus="abc"),
        lambda d: d["case"]["facts"][0].update(turn=0),
    ],
)
def test_the_schema_refuses_an_answer_that_breaks_the_contract(documents, broken):
    document = copy.deepcopy(documents["answered"])
    broken(document)
    with pytest.raises(jsonschema.ValidationError):
        validate(document)


def test_json_survives_a_round_trip(documents):
    for document in documents.values():
        assert json.loads(json.dumps(document, ensure_ascii=False, allow_nan=False)) == document


def test_every_quote_is_the_passage_as_it_stands_in_the_library(documents, still):
    library = still.snapshot.library
    for citation in documents["answered"]["citations"]:
        passage = library.passages[citation["passage_id"]]
        assert citation["quote"] == passage.text
        assert citation["viewpoint"] == library.viewpoint_of(passage.id)
        assert citation["passage_fingerprint"] == library.passage_fingerprint(passage.id)


def test_markdown_marks_each_claim_with_its_citations_and_lists_each_reference_once(documents):
    markdown = documents["answered"]["markdown"]
    for section in documents["answered"]["sections"]:
        assert f"**{section['title']}**" in markdown
        for claim in section["claims"]:
            markers = "".join(f"[{n}]" for n in claim["citations"])
            assert f"{claim['text']} {markers}".strip() in markdown
    listed = re.findall(r"^\[(\d+)\] ", markdown.partition("**References**")[2], re.MULTILINE)
    assert listed == [str(c["number"]) for c in documents["answered"]["citations"]]


@pytest.mark.parametrize("status", QUESTIONS)
def test_every_outcome_ends_with_its_intended_use(documents, status):
    assert documents[status]["markdown"].endswith(f"*{INTENDED_USE}*\n")


@pytest.mark.parametrize("status", ["declined", "abstained"])
def test_an_outcome_without_an_answer_lists_no_references(documents, status):
    assert documents[status]["citations"] == []
    assert "References" not in documents[status]["markdown"]


def test_an_abstention_names_what_is_missing_and_three_questions_that_can_be_answered(documents):
    claims = [c["text"] for s in documents["abstained"]["sections"] for c in s["claims"]]
    assert "acupuncture" in claims[0]
    assert len([c for c in claims if c.startswith("It can answer: ")]) == 3


def test_a_declination_says_what_is_in_scope(documents):
    assert "Counterpoint answers physiotherapists' questions" in documents["declined"]["markdown"]


def test_an_escalation_gives_no_exercise_advice(documents):
    claims = " ".join(c["text"] for s in documents["escalated"]["sections"] for c in s["claims"]).lower()
    assert "no exercise advice is given" in claims
    assert not re.search(r"\b(?:sets|repetitions|heel rises?|raises)\b", claims)


def test_a_reference_says_who_when_what_and_how_strong(still):
    library = still.snapshot.library
    line = reference("hebert-losier-2017:1", 3, library)
    assert line.startswith("[3] Hébert-Losier K et al., 2017: ")
    assert "cross-sectional study, thin" in line
    assert "doi:10.1016/j.physio.2017.03.002" in line
    opinion = reference("barker-calf-rehab:29", 1, library)
    assert opinion.startswith("[1] Andy Barker: ")
    assert "paragraph 29" in opinion
    assert "opinion" in opinion


def test_a_trace_tells_what_was_found_with_scores_and_what_was_used(answers):
    trace = to_trace(answers["answered"])
    used = {e["passage_id"] for e in trace["evidence"] if e["used"]}
    assert used == set(numbered(answers["answered"]))
    assert {e["route"] for e in trace["evidence"]} >= {"search", "crux"}
    assert any(not e["used"] for e in trace["evidence"])
    assert trace["turns"] == [QUESTIONS["answered"]]


@pytest.mark.parametrize(
    ("value", "plain"),
    [(3.0, 3), (2.5, 2.5), (True, True), ("left", "left"), (frozenset({"b", "a"}), ["a", "b"]), (frozenset(), [])],
)
def test_a_value_is_plain_json(value, plain):
    assert plain_value(value) == plain
    assert type(plain_value(value)) is type(plain)


def test_markdown_is_the_same_alone_and_in_the_json(answers, documents, still):
    assert to_markdown(answers["answered"], still.snapshot.library) == documents["answered"]["markdown"]


# --- the twelve answers written by hand before any composer existed

KEYS = {"calf-focused", "whole-chain"}


@pytest.fixture(scope="module")
def modelled(still):
    return {m["form"]: still.ask_json(m["question"], asked_at=NOW) for m in MODELS}


def test_there_are_twelve_model_answers():
    assert len(MODELS) == 12


@pytest.mark.parametrize("model", MODELS, ids=[m["form"] for m in MODELS])
def test_a_model_answer_has_the_status_and_intent_written_by_hand(model, modelled):
    document = modelled[model["form"]]
    assert (document["status"], document["intent"]) == (model["status"], model["intent"])


@pytest.mark.parametrize("model", MODELS, ids=[m["form"] for m in MODELS])
def test_a_model_answer_has_its_sections_in_order_and_within_the_length(model, modelled):
    document = modelled[model["form"]]
    kinds = [s["kind"] for s in document["sections"]]
    assert kinds == sorted(kinds, key=ORDER.index)
    wanted = {k for k in model["answer"] if k in ORDER and k not in ("questions", "evidence", "safety")}
    assert wanted <= set(kinds)
    assert sum(len(c["text"].split()) for s in document["sections"] for c in s["claims"]) <= 220


@pytest.mark.parametrize("model", [m for m in MODELS if m["status"] == "answered"], ids=lambda m: m["form"])
def test_a_model_answer_has_both_schools_each_once_and_cited(model, modelled):
    document = modelled[model["form"]]
    views = [s for s in document["sections"] if s["kind"] == "viewpoint"]
    assert {s["viewpoint"] for s in views} == KEYS
    assert len(views) == 2
    by_number = {c["number"]: c for c in document["citations"]}
    for view in views:
        cited = {by_number[n]["viewpoint"] for c in view["claims"] for n in c["citations"]}
        assert view["viewpoint"] in cited


@pytest.mark.parametrize("model", [m for m in MODELS if m["status"] == "answered"], ids=lambda m: m["form"])
def test_a_model_answer_opens_with_a_short_answer_of_at_most_three_sentences_each_cited(model, modelled):
    section = next(s for s in modelled[model["form"]]["sections"] if s["kind"] == "short_answer")
    assert 1 <= len(section["claims"]) <= 3
    assert all(c["citations"] for c in section["claims"])


@pytest.mark.parametrize(
    "model", [m for m in MODELS if "one folded line" in str(m["answer"].get("schools"))], ids=lambda m: m["form"]
)
def test_a_condition_that_neither_article_mentions_has_each_school_in_one_silent_line(model, modelled):
    views = [s for s in modelled[model["form"]]["sections"] if s["kind"] == "viewpoint"]
    assert all(s["silent"] and len(s["claims"]) == 1 for s in views)


def test_a_question_that_asks_for_one_school_is_told_that_the_other_is_shown(modelled):
    notes = [c["text"] for s in modelled["leading"]["sections"] if s["kind"] == "note" for c in s["claims"]]
    assert any("one side only" in n for n in notes)
    assert modelled["leading"]["status"] == Status.ANSWERED


def test_measured_heel_rises_are_computed_again_in_the_answer(modelled):
    computed = [c for s in modelled["with numbers"]["sections"] for c in s["claims"] if c["basis"] == "computed"]
    assert [c["computed"]["value"] for c in computed] == [42.0, 63.0]
    assert computed[0]["computed"]["inputs"] == {"low": 11.0, "high": 26.0}
