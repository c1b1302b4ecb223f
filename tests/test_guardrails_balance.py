"""Each school of the debate speaks, cited, in about the same number of words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guardrails.balance import EVEN_WORDS, balanced
from guardrails.types import Basis, Claim, Draft, Status
from tests.test_guardrails_policy import ANSWERS, CALF, CHAIN, DEBATES, Drafted, drafted, messages, quote

SURNAME = {CALF: "Barker", CHAIN: "Bento"}
PASSAGE = {CALF: "barker-calf-rehab:30", CHAIN: "bento-kinetic-chain:5b"}
SPEAKING = tuple(n for n in DEBATES if "surgery" not in n)


def own(school: str, words: int, number: int = 99) -> Claim:
    """Return a claim of a school's own, of so many words."""
    text = " ".join(["word"] * (words - 1) + [f"{number}."])
    return Claim(id=f"c{number}", text=text, basis=Basis.SYNTHESIS, citations=(quote(PASSAGE[school]),))


def spoken(calf: list[int], chain: list[int]) -> Drafted:
    """Return an answer in which each school speaks in claims of so many words."""
    answer = drafted("debate, full")
    for school, lengths in ((CALF, calf), (CHAIN, chain)):
        claims = tuple(own(school, n, number=100 + i) for i, n in enumerate(lengths))
        answer = answer.with_section(answer.view(school), claims=claims)
    return answer


def found(answer: Drafted) -> list[str]:
    """Return the messages of this check alone."""
    return [f.message for f in balanced(answer.draft, answer.library)]


@pytest.mark.parametrize("school", [CALF, CHAIN])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_school_that_is_dropped_is_missed_by_name(name, school):
    answer = drafted(name)
    said = messages(answer.without(answer.view(school)), "viewpoint_balance")
    assert f"{SURNAME[school]} has no cited claim of that school's own" in said


@pytest.mark.parametrize("school", [CALF, CHAIN])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_school_whose_section_is_emptied_is_missed_by_name(name, school):
    answer = drafted(name)
    said = messages(answer.with_section(answer.view(school), claims=()), "viewpoint_balance")
    assert f"{SURNAME[school]} has no cited claim of that school's own" in said


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_without_any_school_misses_both(name):
    answer = drafted(name)
    said = messages(answer.without(answer.view(CALF)).without(answer.view(CHAIN)), "viewpoint_balance")
    assert "Barker has no cited claim" in said
    assert "Bento has no cited claim" in said


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_cannot_be_freed_of_the_debate(name):
    answer = drafted(name)
    freed = replace(answer, draft=replace(answer.draft, debates=()))
    assert "names no debate" in messages(freed, "viewpoint_balance")


def test_a_debate_that_the_library_does_not_hold_is_found():
    answer = drafted("debate, brief")
    other = replace(answer, draft=replace(answer.draft, debates=("calf-versus-hip",)))
    assert "the debate 'calf-versus-hip' is not in the library" in messages(other, "viewpoint_balance")


@pytest.mark.parametrize("name", SPEAKING)
def test_a_school_that_is_only_cited_outside_its_section_does_not_speak(name):
    answer = drafted(name)
    claim = answer.view(CHAIN).claims[0]
    without = answer.without(answer.view(CHAIN))
    aside = without.with_added(without.draft.sections[0], claim)
    assert "Bento has no cited claim" in messages(aside, "viewpoint_balance")


# words of each claim of the two schools, what is found
VOICES = [
    ([20], [20], []),
    ([20], [15], []),
    ([15], [20], []),
    ([20], [14], ["words"]),
    ([14], [20], ["words"]),
    ([20, 20], [30], []),
    ([20, 20], [29], ["words"]),
    ([10, 10, 10], [30], ["claims"]),
    ([30], [10, 10, 10], ["claims"]),
    ([10, 10, 10], [10], ["claims", "words"]),
    ([10, 10, 10, 10], [10, 10, 20], []),
]


@pytest.mark.parametrize(("calf", "chain", "expected"), VOICES)
def test_the_schools_have_the_same_number_of_claims_within_one_and_words_within_a_quarter(calf, chain, expected):
    assert [m.split(" of ")[0] for m in found(spoken(calf, chain))] == expected


def test_uneven_claims_and_words_are_told_by_school():
    said = messages(spoken([10, 10, 10], [10]), "viewpoint_balance")
    assert "claims of each school: Barker 3, Bento 1; expected the same number within 1" in said
    assert "words of each school: Barker 30, Bento 10; expected the shorter at 75% of the longer" in said


def test_a_second_section_of_one_school_counts_with_its_first():
    answer = spoken([20], [20])
    extra = replace(answer.view(CALF), claims=(own(CALF, 20, 201), own(CALF, 20, 202)))
    twice = answer.with_sections(*answer.draft.sections, extra)
    assert [m.split(";")[0] for m in found(twice)] == [
        "claims of each school: Barker 3, Bento 1",
        "words of each school: Barker 60, Bento 20",
    ]


def test_a_silent_school_has_one_line_however_short():
    answer = spoken([40], [8])
    quiet = answer.with_section(answer.view(CHAIN), is_silent=True)
    assert found(answer) != []
    assert found(quiet) == []


def test_a_school_whose_nearest_line_stands_alone_is_silent_without_being_marked():
    answer = spoken([40], [8])
    line = replace(answer.view(CHAIN).claims[0], origin="viewpoint/whole-chain/nearest")
    assert found(answer.with_section(answer.view(CHAIN), claims=(line,))) == []
    both = answer.with_section(answer.view(CHAIN), claims=(line, own(CHAIN, 8, 102)))
    assert [m.split(":")[0] for m in found(both)] == ["words of each school"]


def test_a_school_with_more_to_say_than_one_line_is_not_silent():
    answer = spoken([40, 40], [8, 8])
    quiet = answer.with_section(answer.view(CHAIN), is_silent=True)
    assert found(quiet) == ["Bento is shown as silent and has 2 claims; expected one line"]


@pytest.mark.parametrize("status", [Status.ABSTAINED, Status.DECLINED, Status.ESCALATED])
def test_only_an_answer_has_to_carry_both_schools(status):
    answer = drafted("debate, brief")
    alone = replace(answer.without(answer.view(CALF)), status=status)
    assert "viewpoint_balance" not in {f.rule for f in alone.verdict.findings}


def test_the_share_of_words_is_that_of_the_design():
    assert EVEN_WORDS == 0.75


def test_an_empty_draft_has_no_voice_at_all():
    empty: Draft = replace(drafted("debate, brief").draft, sections=())
    said = [f.message for f in balanced(empty, drafted("debate, brief").library)]
    assert len(said) == 2
