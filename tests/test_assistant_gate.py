"""Somebody else's text at the gate: a fair hearing for what holds, and nothing one-sided, uncited, wrong or unsafe."""

from __future__ import annotations

import asyncio
from itertools import product

import pytest

from assistant.faults import ModelError
from assistant.gating import gated
from assistant.hearing import heard
from assistant.integrations import BalancedRetriever, ContractGate
from assistant.keys import keys_for
from assistant.pipeline import QuestionError
from guardrails.types import Status

QUESTION = "Does a weak calf cause knee pain?"
SCHOOLS = ("calf-focused", "whole-chain")


@pytest.fixture(scope="module")
def documents(assistant):
    return BalancedRetriever(assistant=assistant).invoke(QUESTION)


@pytest.fixture(scope="module")
def gate(assistant):
    return ContractGate(assistant=assistant)


@pytest.fixture(scope="module")
def said(assistant, documents):
    """Return one sentence with its key for each school, of like length, and three of studies: passages word for word."""
    library = assistant.snapshot.library
    crux = library.crux_by_id[assistant.ask(QUESTION).draft.cruxes[0]]
    key_of = {d.id: d.metadata["key"] for d in documents}

    def own(school):
        says = {p for t in crux.views[school].says for p in t.cites}
        return [d for d in documents if d.id in says and d.metadata["viewpoint"] == school]

    first, second = min(
        product(own(SCHOOLS[0]), own(SCHOOLS[1])),
        key=lambda pair: abs(len(pair[0].page_content.split()) - len(pair[1].page_content.split())),
    )
    studies = sorted(
        (d for d in documents if d.metadata["viewpoint"] is None and d.metadata["strength"] != "opinion"),
        key=lambda d: len(d.page_content),
    )
    return {
        name: f"{d.page_content} [{key_of[d.id]}]"
        for name, d in {"Barker": first, "Bento": second, **{f"study {n}": s for n, s in enumerate(studies)}}.items()
    }


def good(said):
    return (
        f"## Short answer\n{said['study 0']}\n\n## Barker\n{said['Barker']}\n\n## Bento\n{said['Bento']}\n\n"
        f"## Evidence\n- {said['study 1']}\n"
    )


def through(gate, documents, text, question=QUESTION, **more):
    return gate.invoke({"question": question, "answer": text, "documents": documents, **more})


# --- a fair hearing


def test_a_text_that_holds_passes_and_is_shown_with_references(gate, documents, said):
    found = through(gate, documents, good(said))
    assert found.findings == ()
    assert found.passed
    assert found.reason is None
    assert found.status is Status.ANSWERED
    assert said["Barker"].partition(" [")[0] in found.text
    assert "**References**" in found.text


def test_a_text_without_headings_is_heard_by_its_citations(gate, documents, said):
    text = "\n".join([said["study 0"], said["Barker"], said["Bento"]])
    assert through(gate, documents, text).passed


def test_labels_before_a_sentence_name_its_school(gate, documents, said):
    text = f"{said['study 0']}\n- **Barker:** {said['Barker']}\n- **Bento:** {said['Bento']}"
    assert through(gate, documents, text).passed


def test_a_structured_draft_is_taken_as_it_is(gate, documents, said):
    def claim(name):
        text, _, key = said[name].rpartition(" [")
        return {"text": text, "cites": [key.rstrip("]")]}

    views = {SCHOOLS[0]: [claim("Barker")], SCHOOLS[1]: [claim("Bento")]}
    assert through(gate, documents, {"short_answer": [claim("study 0")], "views": views}).passed


def test_it_can_be_awaited_and_stands_in_a_chain(gate, documents, said):
    from langchain_core.runnables import RunnableLambda

    chain = RunnableLambda(lambda text: {"question": QUESTION, "answer": text, "documents": documents}) | gate
    assert asyncio.run(chain.ainvoke(good(said))).passed


# --- what must not pass


def without(name):
    return lambda said: good(said).replace(said[name], "").replace(f"## {name}\n", "")


def uncited(said):
    text, _, _ = said["study 1"].rpartition(" [")
    return good(said).replace(said["study 1"], text)


def swapped(said):
    return good(said).replace(said["Barker"], "\0").replace(said["Bento"], said["Barker"]).replace("\0", said["Bento"])


def key_of(text):
    return text.rpartition("[")[2].rstrip("]")


WRONG = {
    "Bento left out": (without("Bento"), "Bento"),
    "Barker left out": (without("Barker"), "Barker"),
    "a sentence uncited": (uncited, "nothing is cited"),
    "no key at all": (lambda _: "Weak calves cause knee pain. Strengthen the calf.", "nothing is cited"),
    "credited to the other school": (swapped, "stands under"),
    "an invented key": (lambda said: good(said).replace(key_of(said["study 1"]), "cp-00000000"), "not in the library"),
    "a malformed key": (lambda said: good(said).replace(key_of(said["study 1"]), "cp-Barker"), "no-key"),
    "a number of its own": (
        lambda said: good(said) + f"- Calf raises cut pain by 93% in 12 weeks. [{key_of(said['study 1'])}]\n",
        "93",
    ),
    "a certainty of its own": (
        lambda said: good(said) + f"- A weak calf always causes knee pain. [{key_of(said['study 1'])}]\n",
        "always",
    ),
    "a link": (lambda said: good(said) + f"- Buy it at www.calf.example. [{key_of(said['study 1'])}]\n", "a link"),
    "words after the last key": (lambda said: good(said) + "\nBento is wrong.", "Bento is wrong"),
    "words under references": (
        lambda said: good(said) + "\n## References\nStop all medication today.\n", "Stop all medication",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_text_that_breaks_the_contract_is_held_back_with_the_reason(gate, documents, said, name):
    break_it, says = WRONG[name]
    found = through(gate, documents, break_it(said))
    assert not found.passed
    assert any(says in f for f in found.findings), found.findings
    assert found.status is Status.ANSWERED
    assert "the library's own answer" in found.reason
    views = {s.viewpoint for s in found.answer.draft.sections if s.viewpoint}
    assert views == set(SCHOOLS)
    assert "held back" in found.text


def test_a_passage_that_was_not_among_the_documents_may_not_be_cited(gate, documents, said):
    fewer = [d for d in documents if d.metadata["key"] != key_of(said["study 1"])]
    assert not through(gate, fewer, good(said)).passed
    assert through(gate, documents, good(said)).passed


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (
            "Day 9 after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins. Heel raises?",
            Status.ESCALATED,
        ),
        ("Which dose of naproxen for her knee?", Status.DECLINED),
        ("Does acupuncture help patellofemoral pain?", Status.ABSTAINED),
    ],
)
def test_a_question_that_is_not_answered_shows_its_outcome_and_nothing_of_the_text(
    gate, documents, said, question, status
):
    found = through(gate, documents, good(said), question)
    assert (found.passed, found.status) == (False, status)
    assert found.reason
    assert said["study 0"].partition(" [")[0] not in found.text


def test_a_red_flag_of_an_earlier_turn_stops_the_text_too(gate, documents, said):
    history = ["Day 9 after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins."]
    assert through(gate, documents, good(said), history=history).status is Status.ESCALATED


@pytest.mark.parametrize("text", ["", "   ", "x" * 30_000, "{}", '{"short_answer": 3}', "\n\n## Barker\n"])
def test_a_text_that_is_none_ends_in_the_librarys_own_answer(gate, documents, text):
    found = through(gate, documents, text)
    assert (found.passed, found.status) == (False, Status.ANSWERED)
    assert found.findings


def test_a_second_draft_is_judged_when_the_first_fails(assistant, documents, said):
    found = gated(assistant, QUESTION, [uncited(said), good(said)], documents=[d.id for d in documents])
    assert found.passed
    assert found.answer.provenance.revisions == 1
    assert len(found.answer.attempts) == 1


@pytest.mark.parametrize(
    "given", [{}, {"question": 3, "answer": ""}, {"question": "x"}, {"question": "x", "answer": 3}, "x"]
)
def test_an_input_of_another_form_is_refused_with_what_is_expected(gate, given):
    with pytest.raises(ValueError, match="expected"):
        gate.invoke(given)


def test_an_empty_question_is_refused(gate):
    with pytest.raises(QuestionError, match="expected a question"):
        gate.invoke({"question": " ", "answer": "x"})


# --- how a text is read


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("One. [cp-11111111]", ["cp-11111111"]),
        ("One [cp-11111111].", ["cp-11111111"]),
        ("One [cp-11111111, cp-22222222].", ["cp-11111111", "cp-22222222"]),
        ("One [cp-11111111][cp-22222222].", ["cp-11111111", "cp-22222222"]),
        ("One (cp-11111111; cp-22222222).", ["cp-11111111", "cp-22222222"]),
        ("One [1].", []),
    ],
)
def test_keys_are_read_wherever_they_stand(library, text, cites):
    claim = heard(text, library, {})["short_answer"][0]
    assert claim["cites"] == cites
    assert "cp-" not in claim["text"]


def test_each_sentence_keeps_its_own_keys(library):
    found = heard("First thing. [cp-11111111] Second thing. [cp-22222222]", library, {})["short_answer"]
    assert found == [
        {"text": "First thing.", "cites": ["cp-11111111"]},
        {"text": "Second thing.", "cites": ["cp-22222222"]},
    ]


def test_no_word_of_a_text_is_lost_but_headings_and_the_list_of_references(library):
    keys = keys_for(library.passages)
    text = "# Summary\nAlpha one.\n## What Barker says\nBeta two.\nEvidence:\n1. Gamma three.\n## Next steps\nDelta four.\n## References\n[cp-11111111] Smith 2020"
    reply = heard(text, library, keys)
    assert [c["text"] for c in reply["short_answer"]] == ["Alpha one."]
    assert [c["text"] for c in reply["views"]["calf-focused"]] == ["Beta two."]
    assert [c["text"] for c in reply["evidence"]] == ["Gamma three."]
    assert [c["text"] for c in reply["next_steps"]] == ["Delta four."]


def test_an_empty_text_is_a_fault(library):
    with pytest.raises(ModelError, match="empty"):
        heard(" \n", library, {})
