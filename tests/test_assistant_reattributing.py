"""What was told of somebody else is taken out of the case, facts and red flags alike."""

from __future__ import annotations

import pytest

from assistant.accumulating import accumulated
from assistant.framing import frame
from assistant.reattributing import ANOTHERS, reattributed
from assistant.screening import screen
from assistant.separating import separated
from assistant.untrusted import Typed
from corpus.library import read_library

LIBRARY = read_library()
CALF = "45F TKR 6/52 R. Calf pain + swelling since flight on Sunday, Wells 3."


def facts_of(*turns):
    return {
        f.name: f.value for f in accumulated(separated(turns, LIBRARY).turns, LIBRARY).facts if f.replaced_by is None
    }


def escalates(*turns):
    talk = separated(turns, LIBRARY)
    found = screen(Typed(whole=turns, kept=turns), talk, frame(talk.turns, LIBRARY), LIBRARY)
    return any(f.escalates for f in found.flags)


@pytest.mark.parametrize(
    ("turns", "left"),
    [
        ((CALF, "Hang on, the calf & flight was her sister. She has an ext lag."), "45F TKR 6/52 R. "),
        (
            ("30M with patellar tendinopathy, ACLR in 2019", "the ACL, that was his brother. Squats?"),
            "30M with patellar tendinopathy, ",
        ),
        (("62M PFP. Night pain and weight loss.", "sorry, the night pain was my other patient. Calf?"), "62M PFP. "),
    ],
)
def test_what_was_somebody_elses_is_cut_where_it_was_told(turns, left):
    kept, saying = reattributed(turns, LIBRARY)
    assert (kept[0], saying) == (left, {1})
    assert separated(turns, LIBRARY).notes[-1] == ANOTHERS


@pytest.mark.parametrize(
    "later",
    ["her calf was hot too, same as her sister", "her mother had a clot", "she flew with her sister", "actually it was her calf, not the knee",
     "the calf is still hot, her husband says", "sorry, 54 not 45", "was the calf swelling noticed by her husband?"],
)  # fmt: skip
def test_a_relative_who_is_only_named_takes_nothing_away(later):
    assert reattributed((CALF, later), LIBRARY) == ([CALF, later], frozenset())
    assert escalates(CALF, later)


def test_a_red_flag_of_somebody_else_no_longer_stops_the_answer():
    assert escalates(CALF)
    assert not escalates(CALF, "Hang on, the calf & flight was her sister. My pt's calf is fine, no swelling.")


def test_a_sign_that_is_left_still_stops_the_answer():
    told = f"{CALF} Saddle area numb."
    assert escalates(told, "Hang on, the calf & flight was her sister.")


def test_an_operation_put_right_takes_its_graft_with_it_and_leaves_when_it_was():
    found = facts_of("24F ACLR 8 weeks ago HS graft", "sorry, it was a meniscus repair, no ACL. Calf raises?")
    assert found == {"age": 24.0, "sex": "female", "surgery.kind": "meniscal-repair", "surgery.weeks": 8.0}
    again = facts_of("24F ACLR 8 weeks ago HS graft", "sorry, meniscus repair 5 weeks ago. Calf raises?")
    assert (again["surgery.kind"], again["surgery.weeks"]) == ("meniscal-repair", 5.0)


@pytest.mark.parametrize(
    ("turn", "weeks"),
    [
        ("Correction: surgery was last week", 1.0),
        ("oops typo - op was 6 WEEKS ago not 6 months", 6.0),
        ("sorry, the operation was yesterday", 0.1),
    ],
)
def test_when_the_operation_was_is_put_right(turn, weeks):
    assert facts_of("40F, ACLR 26 weeks ago", turn)["surgery.weeks"] == weeks


def test_a_measure_from_before_the_operation_is_taken_back():
    found = facts_of("27F ACLR 6 weeks ago. Quads LSI 85, no effusion.", "sorry, the LSI was from pre-op")
    assert "quads.lsi" not in found
    assert found["effusion"] is False


@pytest.mark.parametrize(
    ("typed", "facts"),
    [("5/52 post ACLR, 29 y o", {"surgery.weeks": 5.0, "age": 29.0}), ("Achilles repair 2/52, same leg as old ACLR", {"surgery.kind": "tendon-repair"}),
     ("Old ACLR, knee pain", {"surgery.kind": "aclr"}), ("Bucket handle repair, wk 5", {"surgery.kind": "meniscal-repair", "surgery.weeks": 5.0}),
     ("ACLR 20 wks, eff 0", {"effusion": False}), ("ACLR 20 wks, effusion nil", {"effusion": False}), ("ACLR 20 wks, eff 1+", {"effusion": True})],
)  # fmt: skip
def test_shorthand_of_operations_and_effusion_is_read(typed, facts):
    found = facts_of(typed)
    assert {n: found.get(n) for n in facts} == facts
