"""Red flags set aside: which words they hold for, what raises them again, and what is told of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.accumulating import accumulated
from corpus.library import read_library
from guardrails.dismissing import LONGEST_NOTE, DismissalError, check_dismissals, in_force, screened, to_dismissal
from guardrails.red_flags import seen
from guardrails.types import Dismissal, DismissalReason

LIBRARY = read_library()
CLOT = "Nine days after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins. Heel raises?"
CLEAR = Dismissal(pattern="dvt", reason=DismissalReason.SCANNED_CLEAR, turn=1)


def facts_of(turns):
    return {f.name: f.value for f in accumulated(turns, LIBRARY).facts if f.replaced_by is None}


def screen(*turns, dismissals=(), first_turn=1):
    facts = facts_of(turns)
    return screened(LIBRARY, turns, lambda some: seen(LIBRARY, some, facts), dismissals, first_turn=first_turn)


def states(result):
    return {f.pattern: f.dismissed for f in result.flags}


def test_a_flag_stands_without_a_dismissal_and_nothing_is_noted():
    result = screen(CLOT)
    assert states(result)["dvt"] is None
    assert result.notes == ()


def test_a_dismissed_flag_carries_its_reason_and_note_and_is_told_with_the_reason_only():
    result = screen(CLOT, dismissals=[replace(CLEAR, note="duplex by the vascular lab")])
    assert states(result)["dvt"] == "scanned clear: duplex by the vascular lab"
    assert result.texts == (
        "Set aside by you: Deep vein thrombosis (scanned clear). Signs typed after this make it stand again.",
    )


def test_it_stays_set_aside_on_later_turns_that_say_nothing_of_it():
    assert states(screen(CLOT, "why?", "how many sets?", dismissals=[CLEAR]))["dvt"] == "scanned clear"


def test_words_of_a_later_turn_alone_raise_it_again_with_the_new_triggers():
    result = screen(CLOT, "now the calf is swollen and hot, pitting oedema", dismissals=[CLEAR])
    (flag,) = [f for f in result.flags if f.pattern == "dvt"]
    assert flag.dismissed is None
    assert "calf 4 cm bigger" not in flag.triggers
    assert result.notes == ()


def test_a_dismissal_given_with_the_words_holds_for_them():
    again = replace(CLEAR, turn=2)
    assert states(screen("knee OA, stairs sore", CLOT, dismissals=[again]))["dvt"] == "scanned clear"


def test_of_two_dismissals_of_one_flag_the_later_one_counts():
    later = Dismissal(pattern="dvt", reason=DismissalReason.REVIEWED, turn=2)
    turns = (CLOT, "calf swollen and hot again, pitting oedema")
    assert states(screen(*turns, dismissals=[later, CLEAR]))["dvt"] == "reviewed by medics"


def test_a_dismissal_of_the_patient_before_does_not_hold_for_this_one():
    assert states(screen(CLOT, dismissals=[CLEAR], first_turn=4))["dvt"] is None


def test_one_flag_set_aside_leaves_the_others_standing():
    both = states(screen(f"{CLOT} She is breathless with chest pain.", dismissals=[CLEAR]))
    assert both["dvt"] == "scanned clear"
    assert both["pulmonary-embolism"] is None


def test_a_dismissal_of_a_flag_that_is_not_seen_is_told_once_and_changes_nothing():
    knee = "28F runner, AKP. Calf raises?"
    assert screen(knee, dismissals=[CLEAR]).texts == (
        "Nothing was set aside for Deep vein thrombosis: no such flag stands here.",
    )
    assert screen(knee, "why?", dismissals=[CLEAR]).texts == ()


def test_a_fact_alone_raises_nothing_again():
    turns = ("34F runner, SLHR 11 R v 26 L", "and she is 34")
    raised = states(screen(*turns))
    assert set(raised) == {"s1-loss"}
    aside = Dismissal(pattern="s1-loss", reason=DismissalReason.MISREAD, turn=1)
    assert states(screen(*turns, dismissals=[aside]))["s1-loss"] == "cue misread"


def test_only_what_holds_is_worth_keeping():
    other = Dismissal(pattern="gout", reason=DismissalReason.OLD_EPISODE, turn=1)
    assert in_force([CLEAR, other], screen(CLOT, dismissals=[CLEAR, other]).flags) == (CLEAR,)


def test_a_correction_that_denies_all_that_raised_a_flag_takes_it_back_and_says_so():
    turns = (
        "58M, knee OA, constant night pain and unexplained weight loss",
        "no night pain or weight loss, my mistake",
    )
    assert "adult-malignancy" in states(screen(turns[0]))
    result = screen(*turns)
    assert "adult-malignancy" not in states(result)
    (name,) = (f.name for f in LIBRARY.red_flags if f.id == "adult-malignancy")
    assert result.texts == (
        f"Taken back, as your correction denies it: {name}. Type the sign again if it is there after all.",
    )
    assert screen(*turns, "why?").notes == ()


def test_a_correction_that_leaves_a_sign_standing_takes_nothing_back():
    first = "45M, knee hot, red and very swollen since yesterday, fever 39"
    result = screen(first, "no fever and not hot actually, my mistake")
    assert states(result)["septic-arthritis"] is None
    assert result.notes == ()


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [("dvt", "scanned-clear"), (" DVT ", "Scanned clear"), ("deep vein thrombosis", "scanned_clear")],
)
def test_pattern_and_reason_are_read_kindly(pattern, reason):
    given = to_dismissal(pattern, reason, turn=2, note=" by  phone ", library=LIBRARY)
    assert given == Dismissal(pattern="dvt", reason=DismissalReason.SCANNED_CLEAR, turn=2, note="by phone")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"pattern": "dtv"}, "expected a red flag such as dvt"),
        ({"pattern": "thrombosis"}, "dvt"),
        ({"pattern": "xyzzy"}, "/flags"),
        ({"pattern": None}, "got 'None'"),
        ({"reason": "scanned"}, "expected a reason such as scanned-clear"),
        ({"reason": "because"}, "cue-misread"),
        ({"turn": 0}, "a turn of 1 or more, got '0'"),
        ({"turn": True}, "a turn of 1 or more"),
        ({"turn": "1"}, "a turn of 1 or more"),
        ({"note": 7}, "a note as text"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_is_near(given, says):
    whole = {"pattern": "dvt", "reason": "scanned-clear", "turn": 1, **given}
    with pytest.raises(DismissalError) as refusal:
        to_dismissal(whole.pop("pattern"), whole.pop("reason"), **whole, library=LIBRARY)
    assert says in str(refusal.value)


def test_a_note_is_cut():
    assert len(to_dismissal("dvt", "old-episode", turn=1, note="x" * 1000, library=LIBRARY).note) == LONGEST_NOTE


def test_words_that_are_still_to_be_typed_cannot_be_dismissed():
    check_dismissals([CLEAR], LIBRARY, now=1)
    with pytest.raises(DismissalError, match="a turn of 1 at most"):
        check_dismissals([replace(CLEAR, turn=2)], LIBRARY, now=1)


def test_a_pattern_of_another_library_is_refused():
    with pytest.raises(DismissalError, match="a red flag"):
        check_dismissals([replace(CLEAR, pattern="made-up")], LIBRARY, now=1)
