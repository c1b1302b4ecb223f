"""Patients told apart over the turns of a conversation."""

from __future__ import annotations

import pytest

from assistant.separating import LEFT_OUT, MAX_TURNS, NEW_CASE, PERHAPS_NEW, TOO_OLD, separated
from corpus.library import read_library

LIBRARY = read_library()
FIRST = "22F netballer, L AKP, SLHR 12 L v 25 R. Should I load the calf?"


def split(*turns, **more):
    return separated(turns, LIBRARY, **more)


@pytest.mark.parametrize(
    "opening",
    ["next patient: 54M, knee OA", "Next pt. 54M, knee OA", "different pt, 54M knee OA", "another one: 54M knee OA", "new case: knee OA",
     "ok thanks. Next one, knee OA", "New patient with knee OA", "wrong patient, sorry: knee OA", "a different lady, knee OA", "next: OA knee",
     "one more: knee OA", "Now another patient, knee OA. First exercise?"],
)  # fmt: skip
def test_a_mark_begins_a_new_case(opening):
    found = split(FIRST, opening)
    assert (found.first_turn, found.first_screened, found.notes) == (2, 2, (NEW_CASE,))
    assert all("netball" not in t for t in found.screened)


@pytest.mark.parametrize(
    "later",
    ["what about another exercise?", "and the next step?", "does a new brace help her?", "same patient: hops hurt too", "another question: how many sets?",
     "next week she runs again", "different approach?", "is there another case for calf raises", "any other patients like that in trials?"],
)  # fmt: skip
def test_other_words_for_next_begin_none(later):
    found = split(FIRST, later)
    assert (found.first_turn, found.notes) == (1, ())
    assert found.turns == (FIRST, later)


def test_what_stands_before_the_mark_belongs_to_the_patient_before():
    found = split(FIRST, "He had a clot, thanks. Next patient: 54M, knee OA")
    assert found.turns == ("Next patient: 54M, knee OA",)


def test_a_mark_at_the_end_opens_the_case_with_the_next_turn():
    found = split("58M hot swollen calf", "He is off to hospital. New one coming.", "54F R knee OA. Start point?")
    assert (found.turns, found.first_turn, found.notes) == (("54F R knee OA. Start point?",), 3, (NEW_CASE,))


def test_a_second_case_opening_that_contradicts_age_and_sex_is_a_new_case():
    found = split(FIRST, "54M, R knee OA, stairs hurt. Where do I start?")
    assert (found.first_turn, found.first_screened, found.notes) == (2, 2, (NEW_CASE,))


@pytest.mark.parametrize("opening", ["61M. should I load the calf?", "61F runner, R knee OA. Calf?"])
def test_where_it_is_not_sure_the_newest_is_answered_and_the_flags_still_stand(opening):
    found = split(FIRST, opening)
    assert (found.turns, found.first_turn, found.notes) == ((opening,), 2, (PERHAPS_NEW,))
    assert (found.screened, found.first_screened) == ((FIRST, opening), 1)


def test_same_patient_joins_what_was_taken_apart():
    found = split(FIRST, "61M. should I load the calf?", "same patient")
    assert (found.first_turn, len(found.turns), found.notes) == (1, 3, ())


@pytest.mark.parametrize(
    "later",
    ["sorry, 54M not 22F", "actually 54M", "22F, now 6 weeks in, R knee OA too", "and for a 54M?", "what about a 54 year old man?", "she is 23",
     "54 reps, hops fine, runs 5k"],
)  # fmt: skip
def test_a_correction_a_supposition_or_the_same_age_begins_no_new_case(later):
    assert split(FIRST, later).first_turn == 1


def test_what_is_told_in_passing_of_another_is_left_out_and_told():
    found = split(
        "Different patient earlier had a swollen hot calf, I've sent him up to SDEC.", "PFP, stairs hurt. Taping?"
    )
    assert found.screened == ("", "PFP, stairs hurt. Taping?")
    assert found.notes == ()
    aside = "Different patient earlier had a hot calf, sent to A&E. She has PFP, stairs hurt, squats too. Taping?"
    assert split(FIRST, aside).turns == (FIRST, "She has PFP, stairs hurt, squats too. Taping?")
    assert split(FIRST, aside).notes == (LEFT_OUT,)


def test_a_former_patient_dealt_with_ends_the_case_before():
    found = split("ACLR, calf hot", "Last chap went to A&E, thanks. Now a 31F, runner's knee, 3 months. Calf or hip?")
    assert found.turns == ("Now a 31F, runner's knee, 3 months. Calf or hip?",)
    assert found.notes == (NEW_CASE,)


@pytest.mark.parametrize(
    "turn",
    [
        "Last patient had a hot swollen calf, should I have sent him to A&E?",
        "Last patient had a hot swollen calf, sent him off. Right?",
    ],
)
def test_a_question_about_a_former_patient_is_kept(turn):
    assert split(turn).turns == (turn,)


def test_only_the_latest_twenty_turns_are_read_and_it_is_said():
    turns = [f"knee thought {'x' * n}" for n in range(25)]
    found = split(*turns)
    assert (len(found.turns), found.first_turn, found.notes) == (MAX_TURNS, 6, (TOO_OLD,))
    assert len(found.screened) == 25
    assert split(*turns[:20]).notes == ()


def test_turns_that_were_never_handed_over_count_as_left_out():
    assert split("knee", first_turn=30).notes == (TOO_OLD,)
    assert split(FIRST, "next patient: knee OA", first_turn=30).notes == (NEW_CASE,)
    assert split(FIRST, "next patient: knee OA", first_turn=30).first_turn == 31
