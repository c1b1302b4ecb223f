"""What an answer may not sound like: too long, said twice, safety not first, certain beyond its evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.outcomes import noted
from guardrails.types import Basis, Claim, Detail, Flagged, SectionKind, Status
from tests.test_guardrails_policy import ANSWERS, DEBATES, Drafted, drafted, messages, other_outcome, quote

# Sentences that are surer than any evidence in the library.
CERTAIN = [
    "This proves that the calf is to blame.",
    "Calf raises are proven to work.",
    "The whole-chain approach is proven.",
    "Raises guarantee a pain-free knee.",
    "Success is guaranteed.",
    "Undoubtedly the calf.",
    "It is definitely the calf.",
    "It is certainly the calf.",
    "There is no doubt that calves matter.",
    "Without any doubt calves matter.",
    "Without a doubt calves matter.",
    "Calf drills always work.",
    "Loading never fails.",
    "Isometrics will fix the tendon.",
    "Calf raises cure knee pain.",
    "A cure for knee pain.",
    "It is 100% effective.",
    "It is 100 % safe.",
]
DIAGNOSED = [
    "The diagnosis is patellofemoral pain.",
    "This is definitely a meniscal tear.",
    "This is clearly arthritis.",
    "She has a torn meniscus.",
    "He has a ruptured Achilles.",
    "The patient has patellofemoral pain.",
    "Your patient has osteoarthritis.",
    "She has patellar tendinopathy.",
    "He has a meniscal tear.",
    "They have a fracture.",
    "This patient has DVT.",
    "She has cancer.",
]
# Hedged, negated or about studies: nothing to be found.
CAREFUL = [
    "No study proves anything here.",
    "That has not been proven.",
    "Neither school has proof.",
    "No guarantor exists.",
    "A meniscal tear is possible; examine the joint line.",
    "If she has locking, refer.",
    "Patients with osteoarthritis improved.",
    "The trial has 69 patients.",
    "He has pain on stairs.",
    "Secure the brace; an accurate measure helps.",
    "Thessaly positive raises the odds of a meniscal tear.",
    "She has a calf that tests short.",
    "Consider a stress fracture and separate it by imaging.",
    "Effective in 100 of 200.",
    "A doubtful benefit.",
]


def with_line(answer: Drafted, text: str) -> Drafted:
    """Return the answer with one more cited line in the short answer."""
    line = Claim(id="c99", text=text, basis=Basis.SYNTHESIS, citations=(quote("neal-2019:1"),))
    return answer.with_added(answer.section(SectionKind.SHORT_ANSWER), line)


def wording(answer: Drafted, *rules: str) -> list[str]:
    """Return what some rules say, those of wording and length when none is named."""
    return [f.message for f in answer.verdict.findings if f.rule in (rules or ("wording", "length"))]


@pytest.mark.parametrize("text", CERTAIN)
def test_a_claim_that_is_surer_than_its_evidence_is_found(text):
    said = messages(with_line(drafted("debate, brief"), text), "wording")
    assert said == f"is surer than any evidence here: {text}"


@pytest.mark.parametrize("text", DIAGNOSED)
def test_a_diagnosis_pronounced_is_found(text):
    said = messages(with_line(drafted("debate, brief"), text), "wording")
    assert f"pronounces a diagnosis: {text}" in said


@pytest.mark.parametrize("text", CAREFUL)
def test_careful_words_pass(text):
    assert wording(with_line(drafted("debate, brief"), text), "wording") == []


@pytest.mark.parametrize("text", [*CERTAIN, *DIAGNOSED])
def test_the_askers_own_words_may_be_quoted_in_a_note(text):
    note = Claim(id="c99", text=f"You wrote: \u201c{text}\u201d", basis=Basis.CASE)
    answer = drafted("leading, brief")
    assert wording(answer.with_added(answer.section(SectionKind.NOTE), note), "wording") == []


@pytest.mark.parametrize("text", [CERTAIN[0], DIAGNOSED[0]])
def test_quotation_marks_do_not_excuse_a_claim_of_the_answer(text):
    assert wording(with_line(drafted("debate, full"), f"It is said: \u201c{text}\u201d")) != []


def test_an_escalation_may_quote_how_sure_the_asker_is():
    flags = (Flagged(pattern="dvt", triggers=("calf definitely swollen",), action=_action("dvt")),)
    assert other_outcome(Status.ESCALATED, flags).verdict.passed


def _action(pattern: str):
    return next(f.action for f in drafted("debate, brief").library.red_flags if f.id == pattern)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_claim_said_twice_is_found_whichever_it_is(name):
    answer = drafted(name)
    for claim in answer.draft.claims:
        again = replace(claim, id="c99")
        said = messages(answer.with_added(answer.draft.sections[-1], again), "wording")
        assert "is said 2 times" in said


def test_a_claim_said_again_in_other_letters_or_spaces_is_found():
    answer = drafted("debate, brief")
    text = answer.draft.claims[0].text
    assert "is said 2 times" in messages(with_line(answer, f" {text.upper()}  "), "wording")


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_longer_than_its_detail_is_found(name):
    answer = drafted(name)
    room = answer.draft.detail.words - sum(len(c.text.split()) for c in answer.draft.claims)
    fits = with_line(answer, " ".join(f"w{n}" for n in range(room)))
    over = with_line(answer, " ".join(f"w{n}" for n in range(room + 1)))
    limit = answer.draft.detail.words
    assert wording(fits, "length") == []
    assert messages(over, "length") == f"{limit + 1} words of claims; expected {limit} at most"


def test_a_full_answer_cannot_be_passed_off_as_brief():
    answer = drafted("debate, full")
    assert "expected 220 at most" in messages(
        replace(answer, draft=replace(answer.draft, detail=Detail.BRIEF)), "length"
    )


# --- safety first

FLAGGED = "with a red flag, full"


def test_a_red_flags_notice_stands_first():
    assert drafted(FLAGGED).draft.sections[0].kind is SectionKind.SAFETY


@pytest.mark.parametrize("position", range(1, 7))
def test_a_safety_notice_below_anything_else_is_found(position):
    answer = drafted(FLAGGED)
    notice, *rest = answer.draft.sections
    moved = answer.with_sections(*rest[:position], notice, *rest[position:])
    assert messages(moved, "safety_first") == "the safety notice stands below other text"


def test_a_safety_notice_that_is_dropped_is_missed():
    answer = drafted(FLAGGED)
    said = messages(answer.without(answer.draft.sections[0]), "safety_first")
    assert said.startswith("nothing is said of the red flag 'peripheral-arterial-disease', seen in: ")


@pytest.mark.parametrize("origin", [None, "calf-cause/next/0", "red-flag/gout/do_now", "red-flag/peripheral"])
def test_a_safety_section_without_this_flags_notice_is_found(origin):
    answer = drafted(FLAGGED)
    said = messages(answer.with_claim(answer.draft.claims[0], origin=origin), "safety_first")
    assert "nothing is said of the red flag" in said


def test_a_notice_further_down_in_another_section_does_not_count():
    answer = drafted(FLAGGED)
    notice, *rest = answer.draft.sections
    below = answer.with_sections(*rest).with_added(rest[-1], notice.claims[0])
    assert "nothing is said of the red flag" in messages(below, "safety_first")


def set_aside(note):
    """Return an answer whose red flag was set aside, with `note` where there is one."""
    answer = drafted(FLAGGED)
    flags = tuple(replace(f, dismissed="reviewed by medics: by phone") for f in answer.flags)
    quiet = replace(answer.without(answer.draft.sections[0]), flags=flags)
    return replace(quiet, draft=noted(quiet.draft, (note,) if note else ()))


def test_a_flag_set_aside_needs_no_notice_but_a_note_that_names_the_reason():
    note = "Set aside by you: arterial disease (reviewed by medics). Signs typed after this make it stand again."
    assert set_aside(note).verdict.passed


@pytest.mark.parametrize("note", [None, "Reviewed by medics.", "Set aside by you: arterial disease (old episode)."])
def test_a_flag_set_aside_in_silence_or_for_another_reason_is_found(note):
    said = messages(set_aside(note), "safety_first")
    assert (
        said == "nothing is said of the red flag 'peripheral-arterial-disease', which was set aside: reviewed by medics"
    )


def test_every_flag_that_stands_needs_its_notice():
    answer = drafted(FLAGGED)
    flags = (*answer.flags, Flagged(pattern="gout", triggers=("hot toe",), action=answer.flags[0].action))
    said = messages(replace(answer, flags=flags), "safety_first")
    assert said == "nothing is said of the red flag 'gout', seen in: hot toe"


def test_an_escalation_that_leaves_its_flag_out_is_found():
    flags = (Flagged(pattern="dvt", triggers=("calf swollen",), action=_action("dvt")),)
    answer = other_outcome(Status.ESCALATED, flags)
    assert answer.verdict.passed
    said = messages(answer.without(answer.draft.sections[0]), "safety_first")
    assert said == "nothing is said of the red flag 'dvt', seen in: calf swollen"


@pytest.mark.parametrize("name", DEBATES[:2])
def test_an_answer_without_red_flags_needs_no_notice(name):
    assert drafted(name).flags == ()
    assert drafted(name).draft.sections[0].kind is SectionKind.SHORT_ANSWER
