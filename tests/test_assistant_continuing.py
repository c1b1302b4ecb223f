"""Conversations through the whole pipeline: the same subject, another form, what is asked back, and what is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from assistant.door import Assistant
from assistant.separating import NEW_CASE, PERHAPS_NEW, TOO_OLD
from guardrails.types import Detail, Dismissal, DismissalReason, Intent, Status

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
CASE = "34F runner, R AKP 6/12, SLHR 11 R v 26 L: are weak calves causing her knee pain?"
UNTESTED = "34F, R AKP 6/12: are weak calves causing her knee pain?"
CLOT = "Nine days after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins. Can heel raises start?"
CLEAR = Dismissal(pattern="dvt", reason=DismissalReason.SCANNED_CLEAR, turn=1)


@pytest.fixture(scope="module")
def still(assistant):
    return Assistant(assistant.settings, clock=lambda: 0.0)


def ask(still, *turns, **more):
    return still.ask(turns[-1], history=turns[:-1], asked_at=NOW, **more)


def notes(found):
    return [c.text for s in found.draft.sections if s.kind == "note" for c in s.claims]


def asked_back(found):
    return [c.text for s in found.draft.sections if s.kind == "questions" for c in s.claims]


@pytest.mark.parametrize(
    ("turns", "intent"),
    [
        (("why?",), Intent.WHY),
        (("how strong is that evidence?",), Intent.STRENGTH),
        (("give me the tests again",), Intent.TEST),
        (("what would the other camp say?",), Intent.VIEWPOINT),
        (("which exercise first?",), Intent.PLAN),
        (("how many sets?",), Intent.DOSE),
        (("shorter",), Intent.POLAR),
        (("why?", "and how strong is that?", "shorter please"), Intent.POLAR),
        (("actually she is 54",), Intent.POLAR),
        (("same but for a footballer",), Intent.POLAR),
        (("and if she were 15?",), Intent.POLAR),
    ],
)
def test_a_follow_up_without_another_subject_is_answered_from_the_same_crux(still, turns, intent):
    before, found = ask(still, CASE), ask(still, CASE, *turns)
    assert found.status is Status.ANSWERED
    assert found.draft.cruxes[0] == before.draft.cruxes[0] == "calf-cause"
    assert found.case.intent is intent
    assert found.verdict.passed


@pytest.mark.parametrize(
    ("turn", "crux"),
    [
        ("and after surgery?", "after-surgery"),
        ("and after ACLR?", "after-surgery"),
        ("and with OA?", "calf-in-oa"),
        ("what about the hip?", "hip-or-quads-first"),
        ("what about taping?", "taping-orthoses"),
        ("what about foot drills?", "foot-drills"),
    ],
)
def test_a_follow_up_that_names_another_subject_goes_there(still, turn, crux):
    assert ask(still, CASE, turn).draft.cruxes[0] == crux


def test_a_subject_that_the_library_does_not_hold_is_not_answered_from_the_question_before(still):
    assert ask(still, CASE, "what about acupuncture?").status is Status.ABSTAINED
    assert ask(still, CASE, "How do I bake bread?").status is not Status.ANSWERED
    assert ask(still, CASE, "and which dose of naproxen?").status is Status.DECLINED


def test_the_other_school_is_the_one_that_was_not_named_or_shown_first(still):
    assert ask(still, CASE).case.named_first is None
    assert ask(still, CASE, "what would the other camp say?").case.named_first == "whole-chain"
    named = (CASE, "What would Bento do?", "and the other camp?")
    assert ask(still, *named).case.named_first == "calf-focused"
    assert ask(still, *named, "and the other side again?").case.named_first == "whole-chain"


@pytest.mark.parametrize(("turn", "detail"), [("in full", Detail.FULL), ("shorter", Detail.BRIEF)])
def test_another_length_is_for_this_answer(still, turn, detail):
    usual = Detail.BRIEF if detail is Detail.FULL else Detail.FULL
    assert ask(still, CASE, turn, detail=usual).detail is detail
    assert ask(still, CASE, turn, "why?", detail=usual).detail is usual


def test_where_there_is_no_shorter_form_it_is_said(still):
    assert notes(ask(still, CASE, "shorter", detail=Detail.BRIEF)) == [
        "This is the brief form; for less, read its short answer alone."
    ]


@pytest.mark.parametrize("turn", ["shorter", "why?", "what would the other camp say?", "how strong is that evidence?"])
def test_a_follow_up_that_comes_first_is_told_kindly_how_to_begin(still, turn):
    found = ask(still, turn)
    assert found.status is Status.ABSTAINED
    assert found.draft.sections[0].title == "Nothing to go on from yet"
    assert "goes on from an earlier question" in found.draft.claims[0].text
    assert ask(still, turn, CASE).status is Status.ANSWERED


@pytest.mark.parametrize("turn", ["Tennis elbow, 6 months, failed eccentrics. Next step?", "thoughts on my taxes?"])
def test_a_question_out_of_scope_that_ends_like_a_follow_up_is_still_declined(still, turn):
    assert ask(still, turn).status is Status.DECLINED


def test_what_is_not_known_is_not_asked_for_again(still):
    first = asked_back(ask(still, UNTESTED))
    assert first == ["How many single-leg heel rises on each side?"]
    assert asked_back(ask(still, UNTESTED, "don't know, not tested")) == []
    assert asked_back(ask(still, UNTESTED, "don't know, not tested", "why?")) == []


def test_a_question_ignored_twice_is_not_put_a_third_time_in_a_row(still):
    turns = (UNTESTED, "why?", "how strong is that evidence?", "which exercise first?")
    asked = [asked_back(ask(still, *turns[:n])) for n in (1, 2, 3, 4)]
    assert asked[0] == asked[1] != []
    assert asked[2] == asked[3] == []


def test_the_facts_of_the_patient_before_do_not_leak(still):
    found = ask(still, CLOT, "next patient: 22F netballer, L patellar tendinopathy. Isometrics first?")
    assert found.status is Status.ANSWERED
    assert "surgery.kind" not in found.case.known
    assert found.red_flags == ()
    assert NEW_CASE in notes(found)
    assert found.case.first_turn == found.case.turn == 2


def test_where_it_is_not_sure_the_flag_before_still_stands_and_it_is_asked(still):
    found = ask(still, "22F netballer, " + CLOT, "61M. should I load the calf?")
    assert found.status is Status.ESCALATED
    assert PERHAPS_NEW in notes(found)
    assert "surgery.kind" not in found.case.known


@pytest.mark.parametrize("turn", ["new patient", "next pt: 22F"])
def test_a_bare_mark_is_told_kindly_to_go_on(still, turn):
    found = ask(still, CASE, turn)
    assert found.status is Status.ABSTAINED
    assert found.draft.sections[0].title == "Ready for the new case"


def test_a_flag_of_a_turn_too_old_to_be_read_still_stands_and_the_verdict_passes(still):
    found = ask(still, CLOT, *(f"knee thought {'x' * n}" for n in range(25)), "calf raises?")
    assert found.status is Status.ESCALATED
    assert found.verdict.passed
    assert TOO_OLD in notes(found)


def test_a_dismissed_flag_lets_the_answer_come_with_a_note_within_its_length(still):
    for detail in Detail:
        found = ask(still, CLOT, dismissals=[CLEAR], detail=detail)
        assert found.status is Status.ANSWERED
        assert found.verdict.passed
        assert any(n.startswith("Set aside by you: Deep vein thrombosis (scanned clear)") for n in notes(found))
        assert sum(len(c.text.split()) for c in found.draft.claims) <= detail.words
        assert found.dismissals == (CLEAR,)


def test_a_note_may_name_a_flag_that_has_a_number_in_its_name(still):
    aside = Dismissal(pattern="s1-loss", reason=DismissalReason.MISREAD, turn=1)
    for question in (CASE, UNTESTED):
        found = ask(still, question, dismissals=[aside])
        assert (found.status, found.verdict.passed) == (Status.ANSWERED, True)
        assert any("S1" in n for n in notes(found))


def test_a_note_on_a_dismissal_loses_its_identifiers(still):
    noted = Dismissal(pattern="dvt", reason=DismissalReason.REVIEWED, turn=1, note="Mr John Smith, 07700 900123")
    found = ask(still, CLOT, dismissals=[noted])
    assert not [word for word in ("Smith", "900123") if word in repr(found)]


def test_a_note_loses_a_name_that_only_the_conversation_tells(still):
    noted = Dismissal(pattern="dvt", reason=DismissalReason.REVIEWED, turn=1, note="okafor scanned, clear")
    found = ask(still, f"Mrs Okafor. {CLOT}", dismissals=[noted])
    assert "okafor" not in repr(found).lower()
    assert found.dismissals[0].note == "[name] scanned, clear"


def test_an_escalation_names_what_set_it_off_and_how_it_is_set_aside(still):
    document = still.ask_json(CLOT)
    text = json.dumps(document["sections"], ensure_ascii=False)
    assert "“calf 4 cm bigger”" in text
    assert "scanned clear, reviewed by medics, cue misread, old episode" in text
    assert document["dismissing"] == {
        "patterns": ["dvt"], "reasons": ["scanned-clear", "reviewed-by-medics", "cue-misread", "old-episode"],
    }  # fmt: skip
    assert still.ask_json(CASE)["dismissing"] is None


def test_an_escalation_does_not_name_what_was_set_aside(still):
    found = ask(still, f"{CLOT} She is breathless with chest pain.", dismissals=[CLEAR])
    origins = [c.origin for c in found.draft.claims if c.origin]
    assert origins
    assert not [o for o in origins if o.startswith("red-flag/dvt/")]


def test_a_dismissal_changes_the_answers_id_and_nothing_is_random(still):
    with_it, without = ask(still, CLOT, dismissals=[CLEAR]), ask(still, CLOT)
    assert with_it.id != without.id
    assert ask(still, CLOT, dismissals=[CLEAR]) == with_it


def test_the_same_conversation_gives_the_same_bytes(still):
    turns = [
        CASE,
        "why?",
        "and after surgery?",
        "actually she is 54",
        "what would the other camp say?",
        "how strong is that?",
    ]
    for n in range(1, len(turns) + 1):
        twice = [json.dumps(still.ask_json(turns[n - 1], history=turns[: n - 1], asked_at=NOW)) for _ in range(2)]
        assert twice[0] == twice[1]
