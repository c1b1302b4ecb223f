"""Two patients in one message: told apart, the first answered, the red flags of both looked for."""

from __future__ import annotations

import pytest

from assistant.accumulating import accumulated
from assistant.dividing import asks_of_other, divided
from assistant.framing import frame
from assistant.screening import screen
from assistant.separating import LAST_OF_TWO, MORE_PATIENTS, THE_OTHER, TWO_PATIENTS, separated
from assistant.untrusted import Typed
from corpus.library import read_library

LIBRARY = read_library()
TWO = "34F runner, SLHR 12 v 24. Another pt, 61M with knee OA. Calf raises for both?"


def flags_of(*turns):
    talk = separated(turns, LIBRARY)
    found = screen(Typed(whole=turns, kept=turns), talk, frame(talk.turns, LIBRARY), LIBRARY)
    return {f.pattern: f for f in found.flags}


@pytest.mark.parametrize(
    ("message", "first", "second"),
    [
        (TWO, "34F runner, SLHR 12 v 24. Calf raises for both?", "Another pt, 61M with knee OA. Calf raises for both?"),
        ("pt A: 22F, ACLR 6/52. pt B: 58M knee OA. Calf?", "pt A: 22F, ACLR 6/52. Calf?", "pt B: 58M knee OA. Calf?"),
        ("1) 45M, TKR 3/52. 2) 28F, PFP. Calf?", "1) 45M, TKR 3/52. Calf?", "2) 28F, PFP. Calf?"),
        ("A 34 year old woman with PFP and a 60 year old man with OA: who needs the calf?",
         "A 34 year old woman with PFP. who needs the calf?", "and a 60 year old man with OA. who needs the calf?"),
        ("Two runners, one with PFP, the other with ITB pain. Calf?", "Two runners, one with PFP. Calf?", "the other with ITB pain. Calf?"),
        ("28F PFP heel rise 11 v 26, and a 63M with OA. When?", "28F PFP heel rise 11 v 26. When?", "and a 63M with OA. When?"),
        ("She's 45 with PFP; he's 22 with PFP. Calf?", "She's 45 with PFP. Calf?", "he's 22 with PFP. Calf?"),
        ("45F OA knee, raises? My other patient has PFP. Hip?", "45F OA knee, raises?", "My other patient has PFP. Hip?"),
    ],
)  # fmt: skip
def test_a_message_is_cut_where_the_second_patient_begins(message, first, second):
    found = divided(message)
    assert found is not None
    assert found.parts == (first, second)
    assert found.answered == first


@pytest.mark.parametrize(
    "message",
    ["34F runner, her mother is 61F with OA. Calf raises?", "34F with PFP. In a trial of 61M and 40F calf raises helped?", "30M, ACLR at 19yo. Calf?",
     "34F runner. If she were 61F would it differ?", "sorry, 54M not 22F", "45F, 25 m sprint hurts. Calf?", "1) Do raises help PFP? 2) What dose?",
     "34F, one knee is swollen, the other is fine. Calf?", "45F, says another patient told her to do raises. True?", "54F, knee OA, was 50 yo at first x-ray.",
     "16F, PFP. Coach is a 50 yo man who says stretch.", "Plan for 34F: 1) education 2) hip 3) raises. ok?", "69F, walks with a rollator, 30 m. What first?",
     "Re: letter from M21 0ZZ. 41 year old man, knee pain", "Two weeks post op, one drain out, the other in. 34F."],
)  # fmt: skip
def test_who_is_named_beside_the_patient_makes_no_second_one(message):
    assert divided(message) is None


def test_the_facts_of_the_first_alone_are_read_and_it_is_said():
    found = separated((TWO,), LIBRARY)
    facts = {f.name: f.value for f in accumulated(found.turns, LIBRARY).facts}
    assert (facts["age"], facts["sex"], facts["heel_rise.low"]) == (34.0, "female", 12.0)
    assert "condition" not in facts
    assert (found.notes, found.head) == ((TWO_PATIENTS,), TWO_PATIENTS)


def test_three_patients_are_said_to_be_several():
    assert separated(("1) 45M, TKR. 2) 28F, PFP. 3) 60F, OA. Calf?",), LIBRARY).head == MORE_PATIENTS


def test_who_moves_on_to_the_next_patient_is_answered_on_that_one():
    found = separated(("22F netball, ACLR 6/52. Next patient: 58M knee OA. Calf work?",), LIBRARY)
    assert found.turns == ("Next patient: 58M knee OA. Calf work?",)
    assert found.notes == (LAST_OF_TWO,)


@pytest.mark.parametrize(
    "turn",
    ["and the other one?", "And the second patient?", "what about the other", "pt B?", "now for the other one please"],
)
def test_the_other_one_can_be_asked_of_next(turn):
    found = separated((TWO, turn), LIBRARY)
    assert asks_of_other(turn)
    assert found.turns[0].startswith("Another pt, 61M with knee OA.")
    assert (found.first_turn, found.notes) == (2, (THE_OTHER,))
    assert separated((TWO, turn, "why?"), LIBRARY).turns[0] == found.turns[0]


@pytest.mark.parametrize(
    "turn", ["and the other knee?", "what would the other camp say?", "the other week she fell", "why?"]
)
def test_another_knee_or_school_is_no_other_patient(turn):
    assert separated((TWO, turn), LIBRARY).first_turn == 1


@pytest.mark.parametrize(
    "message",
    ["1) 28F runner PFP, heel rise 11 v 26. 2) 45M, calf hot and swollen 4 cm more since a flight. Exercises?",
     "1) 45M, calf hot and swollen 4 cm more since a flight. 2) 28F runner PFP, heel rise 11 v 26. Exercises?",
     "pt A: 22F, ACLR 6/52, DVT excluded by scan. pt B: 58M, calf hot and swollen 4 cm more since a flight. Calf?"],
)  # fmt: skip
def test_a_red_flag_of_either_stops_the_answer_and_what_clears_one_clears_no_other(message):
    assert flags_of(message)["dvt"].escalates


def test_what_only_the_signs_of_two_patients_together_raise_heads_the_answer():
    found = flags_of(
        "1) 14F with knee pain on stairs. 2) 62M with hip OA, groin pain and limping, hip rotation lost. Exercises?"
    )
    assert all(not f.escalates for f in found.values() if f.pattern == "scfe")


def test_a_pattern_that_depends_on_age_is_seen_in_the_second_patient():
    assert flags_of(
        "1) 52F PFP, heel rise 11 v 26. 2) 13M groin and knee pain, limping, hip rotation lost. Exercises?"
    )["scfe"].escalates


def test_that_there_are_two_is_said_before_the_short_answer(assistant):
    answer = assistant.ask(TWO)
    titles = [s.title for s in answer.draft.sections if s.title != "Safety"]
    assert titles[:2] == ["Read first", "Short answer"]
    assert answer.verdict.passed
