"""Every claim is cited; every citation is known, was retrieved for this answer, and is quoted exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guardrails.citations import UNCITED_KINDS, citations_exist
from guardrails.types import Basis, Citation, Claim, Evidence, SectionKind
from tests.test_guardrails_policy import ANSWERS, FULL, Drafted, drafted, messages, quote

RETRIEVED_BY_NOBODY = "ottawa-knee-rule-accuracy:1"


def cited(answer: Drafted) -> list[Claim]:
    """Return the claims that cite something."""
    return [c for c in answer.draft.claims if c.citations]


@pytest.mark.parametrize("name", ANSWERS)
def test_a_claim_that_loses_its_citations_is_found_whichever_it_is(name):
    answer = drafted(name)
    for claim in cited(answer):
        said = messages(answer.with_claim(claim, citations=()), "claims_cited")
        assert said == f"nothing is cited for: {claim.text}"


@pytest.mark.parametrize("name", FULL)
def test_a_claim_that_loses_one_of_two_citations_is_found(name):
    answer = drafted(name)
    for claim in [c for c in cited(answer) if len(c.citations) > 1]:
        said = messages(answer.with_claim(claim, citations=claim.citations[1:]), "claims_supported")
        assert "cites other passages than the library's sentence does" in said


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_loses_all_its_citations_has_each_claim_named(name):
    answer = drafted(name)
    bare = answer
    for claim in cited(answer):
        bare = bare.with_claim(claim, citations=())
    said = messages(bare, "claims_cited")
    assert all(c.text in said for c in cited(answer))
    assert "no cited claim" in messages(bare, "viewpoint_balance")


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("kind", [k for k in SectionKind if k not in UNCITED_KINDS])
def test_no_basis_excuses_a_claim_outside_questions_missing_and_notes(kind, basis):
    answer = drafted("with a red flag, full")
    free = Claim(id="c99", text="Calf raises settle this.", basis=basis)
    said = messages(answer.with_added(answer.section(kind), free), "claims_cited")
    assert said == "nothing is cited for: Calf raises settle this."


@pytest.mark.parametrize("basis", [b for b in Basis if b is not Basis.CASE])
def test_a_note_that_rests_on_more_than_the_case_is_cited(basis):
    answer = drafted("leading, brief")
    free = Claim(id="c99", text="Calf raises settle this.", basis=basis)
    assert "nothing is cited" in messages(answer.with_added(answer.section(SectionKind.NOTE), free), "claims_cited")


@pytest.mark.parametrize("name", ANSWERS)
def test_a_passage_that_was_not_retrieved_cannot_be_cited(name):
    answer = drafted(name)
    for claim in cited(answer):
        lost = claim.citations[0].passage_id
        items = tuple(i for i in answer.evidence.items if i.passage_id != lost)
        said = messages(replace(answer, evidence=Evidence(items=items)), "citations_exist")
        assert f"{lost} was not retrieved for this question: {claim.text}" in said


def test_a_passage_of_another_question_cannot_be_cited_instead():
    answer = drafted("debate, brief")
    claim = cited(answer)[0]
    other = answer.with_claim(claim, citations=(quote(RETRIEVED_BY_NOBODY),))
    assert f"{RETRIEVED_BY_NOBODY} was not retrieved" in messages(other, "citations_exist")


@pytest.mark.parametrize(
    "unknown", ["barker-calf-rehab:99", "neal-2019:1b", "smith-2031:1", "", "neal-2019", "NEAL-2019:1"]
)
@pytest.mark.parametrize("name", ["debate, brief", "look-up, full"])
def test_a_passage_that_the_library_does_not_hold_cannot_be_cited(name, unknown):
    answer = drafted(name)
    claim = cited(answer)[0]
    invented = Citation(passage_id=unknown, quote=claim.citations[0].quote)
    said = messages(answer.with_claim(claim, citations=(invented,)), "citations_exist")
    assert "is not in the library" in said
    assert claim.text in said


def altered(text: str) -> dict[str, str]:
    """Return a quote altered in one small way each."""
    middle = len(text) // 2
    return {
        "a character dropped": text[:middle] + text[middle + 1 :],
        "a character doubled": text[:middle] + text[middle] + text[middle:],
        "the first letter in the other case": text[0].swapcase() + text[1:],
        "cut short": text[: middle + 1],
        "a space behind": f"{text} ",
        "without its full stop": text.rstrip("."),
        "nothing": "",
        "another passage": "Something else altogether.",
    }


@pytest.mark.parametrize("name", ANSWERS)
def test_a_quote_that_is_not_to_the_letter_is_found(name):
    answer = drafted(name)
    for claim in cited(answer):
        right = claim.citations[0]
        for how, text in altered(right.quote).items():
            wrong = (replace(right, quote=text), *claim.citations[1:])
            said = messages(answer.with_claim(claim, citations=wrong), "citations_exist")
            assert f"the quote of {right.passage_id} is not its text" in said, how


def test_the_quotes_of_two_passages_cannot_be_exchanged():
    answer = drafted("debate, full")
    claim = next(c for c in cited(answer) if len(c.citations) > 1)
    first, second, *rest = claim.citations
    crossed = (replace(first, quote=second.quote), replace(second, quote=first.quote), *rest)
    said = messages(answer.with_claim(claim, citations=crossed), "citations_exist")
    assert "is not its text" in said


def test_only_the_first_fault_of_a_citation_is_told():
    answer = drafted("debate, brief")
    claim = cited(answer)[0]
    wrong = answer.with_claim(claim, citations=(Citation(passage_id="nobody:1", quote="nothing"),))
    assert len(list(citations_exist(wrong.draft, wrong.evidence, wrong.library))) == 1
