"""Facts put right and taken back over turns."""

from __future__ import annotations

import pytest

from assistant.accumulating import WITHDRAWN
from assistant.framing import frame
from corpus.library import read_library

LIBRARY = read_library()
CASE = "34F runner, R AKP for 6 months, SLHR 11 R v 26 L, squats hurt, 9 weeks post meniscectomy"


def known(*turns):
    return frame(turns, LIBRARY).known


def fates(name, *turns):
    return [(f.value, f.replaced_by) for f in frame(turns, LIBRARY).facts if f.name == name]


@pytest.mark.parametrize(
    ("correction", "name", "value"),
    [
        ("actually she is 54", "age", 54.0),
        ("sorry, 43 not 34", "age", 43.0),
        ("not 34, 43", "age", 43.0),
        ("make that 36", "age", 36.0),
        ("43 sorry", "age", 43.0),
        ("left not right", "side", "left"),
        ("wrong leg - left", "side", "left"),
        ("it's bilateral actually", "side", "both"),
        ("he not she", "sex", "male"),
        ("what if she was a man", "sex", "male"),
        ("and at 60?", "age", 60.0),
        ("sorry, it's the left knee", "side", "left"),
        ("it was the left, typo", "side", "left"),
        ("6 weeks not 6 months", "duration.weeks", 6.0),
        ("12 weeks not 9", "surgery.weeks", 12.0),
        ("I meant ACLR not meniscectomy", "surgery.kind", "aclr"),
        ("correction: 14 v 22", "heel_rise.right", 14.0),
        ("correction: 14 v 22", "heel_rise.left", 22.0),
        ("sorry, SLHR 20 R", "heel_rise.right", 20.0),
        ("14 on the right, not 11", "heel_rise.right", 14.0),
    ],
)
def test_a_correction_replaces_the_fact_and_the_old_one_names_the_new(correction, name, value):
    case = frame((CASE, correction), LIBRARY)
    assert case.known[name] == value
    (old, *_, new) = [f for f in case.facts if f.name == name]
    assert old.replaced_by == new.id
    assert new.turn == 2
    assert new.said


@pytest.mark.parametrize(
    ("correction", "gone"),
    [
        ("scrap that, no surgery", {"surgery.kind", "surgery.weeks"}),
        ("forget the surgery, that was her sister", {"surgery.kind", "surgery.weeks"}),
        ("never operated", {"surgery.kind", "surgery.weeks"}),
        ("she's not a runner", {"sport"}),
        ("ignore the heel rise numbers", {"heel_rise.left", "heel_rise.right", "heel_rise.lsi", "heel_rise.low", "heel_rise.gap", "heel_rise.high"}),
        ("disregard her age", {"age"}),
        ("heel rises not done", {"heel_rise.left", "heel_rise.right", "heel_rise.lsi", "heel_rise.low", "heel_rise.gap", "heel_rise.high"}),
        ("not AKP", {"condition"}),
    ],
)  # fmt: skip
def test_a_fact_can_be_taken_back_and_is_kept_as_withdrawn(correction, gone):
    before, after = known(CASE), known(CASE, correction)
    assert set(before) - set(after) - {"pain.site"} == gone
    name = min(gone - {"heel_rise.lsi", "heel_rise.low", "heel_rise.gap", "heel_rise.high"})
    assert fates(name, CASE, correction)[0][1] == WITHDRAWN


def test_a_set_loses_only_the_member_that_is_denied():
    turns = ("knee OA and patellar tendinopathy, stairs sore", "not patellar tendinopathy, sorry")
    assert known(turns[0])["condition"] == frozenset({"oa", "patellar-tendinopathy"})
    case = frame(turns, LIBRARY)
    assert case.known["condition"] == frozenset({"oa"})
    (old, new) = [f for f in case.facts if f.name == "condition"]
    assert (old.replaced_by, new.replaced_by, new.turn) == (new.id, None, 2)


def test_a_corrected_pair_gives_a_new_symmetry():
    assert known("SLHR 11 R v 26 L", "correction: 14 v 22")["heel_rise.lsi"] == 64.0


def test_a_pair_without_sides_is_corrected_as_such():
    assert known("SLHR 11 v 26", "sorry, 15 v 20")["heel_rise.lsi"] == 75.0


@pytest.mark.parametrize(
    "later", ["is 14 v 22 a big gap?", "she did 14 sets", "and 30 seconds rest?", "it is right to load?"]
)
def test_numbers_and_sides_that_correct_nothing_change_nothing(later):
    assert known(CASE, later).items() >= known(CASE).items()


def test_a_bare_number_as_near_to_two_facts_changes_neither():
    assert known("SLHR 10 L v 20 R", "make that 15")["heel_rise.left"] == 10.0


def test_a_pair_where_no_pair_was_told_changes_nothing():
    assert "heel_rise.low" not in known("34F runner, AKP", "correction: 14 v 22")


def test_what_is_said_not_to_exist_is_not_asked_for():
    assert frame((CASE, "no surgery"), LIBRARY).unasked == {"surgery"}
    assert frame((CASE, "not on any meds"), LIBRARY).unasked == {"medicine"}


def test_what_is_supposed_counts_in_its_own_turn_only():
    assert known(CASE, "and if she were 15?")["age"] == 15.0
    assert known(CASE, "and if she were 15?", "why?")["age"] == 34.0
    assert known("34F, AKP", "and after surgery?")["surgery.kind"] == "other"
    assert known(CASE, "and after surgery?")["surgery.kind"] == "meniscectomy"
    assert known("34F, AKP", "same but for a runner")["sport"] == "running"


def test_turns_are_numbered_by_their_place_in_the_conversation():
    case = frame((CASE, "actually she is 54"), LIBRARY, first_turn=7)
    assert {f.turn for f in case.facts} == {7, 8}
    assert case.turn == 8
