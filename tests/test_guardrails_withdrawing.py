"""Signs typed in error and taken back: only where a correction plainly denies them."""

from __future__ import annotations

import pytest

from corpus.library import read_library
from corpus.types import Action
from guardrails.types import Flagged
from guardrails.withdrawing import corrects, without_denied

LIBRARY = read_library()
STANDING = (Flagged(pattern="x", triggers=("calf swollen",), action=Action.URGENT_REFERRAL),)


def left(*turns, flags=STANDING):
    return without_denied(LIBRARY, turns, flags)


@pytest.mark.parametrize(
    ("before", "correction", "gone"),
    [
        ("calf swollen and hot", "no swelling actually, my mistake", "swelling"),
        ("constant night pain, worse sitting", "sorry, he does not have night pain", "night"),
        ("fever since monday", "typo: no fever", "fever"),
        ("she is febrile", "wrong chart, no fever", "fever"),
        ("unexplained loss of weight", "correction: she has not lost weight", "weight"),
        ("numbness in the foot", "actually no tingling or numbness", "numbness"),
        ("breathless on stairs", "not breathless, my mistake", "breath"),
    ],
)
def test_a_denied_sign_is_gone_from_the_turns_before(before, correction, gone):
    assert gone in LIBRARY.normaliser.expand(before)
    denied = left(before, correction)
    assert gone not in denied.turns[0]
    assert denied.turns[1] == correction
    assert denied.is_last


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("calf swollen and hot", "no swelling today"),
        ("calf swollen and hot", "sorry, calf very swollen still"),
        ("chest pain on stairs", "no night pain actually"),
        ("calf swollen and hot", "actually no limp, my mistake"),
        ("calf swollen", "sorry, and why?"),
    ],
)
def test_what_is_not_plainly_taken_back_stays(before, after):
    denied = left(before, after)
    assert denied.turns == (before, after)
    assert not denied.is_last


def test_a_sign_that_is_not_denied_stays_beside_one_that_is():
    assert "hot" in left("calf swollen and hot", "no swelling actually, my mistake").turns[0]


def test_only_turns_before_the_correction_lose_the_sign():
    turns = ("calf swollen", "no swelling, my mistake", "calf swollen now")
    denied = left(*turns)
    assert "swelling" not in denied.turns[0]
    assert denied.turns[2] == "calf swollen now"
    assert not denied.is_last


def test_nothing_is_looked_for_where_nothing_is_raised():
    turns = ("calf swollen", "no swelling, my mistake")
    assert left(*turns, flags=()).turns == turns


@pytest.mark.parametrize(
    ("triggers", "is_covered"),
    [
        (("calf swollen",), True),
        (("calf swollen", "swelling of the calf"), True),
        (("calf swollen and hot",), False),
        (("calf swollen", "pitting oedema at the ankle, tender"), False),
        (("deep vein thrombosis",), False),
        (("",), False),
    ],
)
def test_a_flag_is_covered_only_when_no_sign_of_it_is_left(triggers, is_covered):
    denied = left("calf swollen", "no swelling, my mistake")
    assert denied.covers(Flagged(pattern="dvt", triggers=triggers, action=Action.URGENT_REFERRAL)) is is_covered


@pytest.mark.parametrize("text", ["my mistake", "sorry", "actually not", "wrong notes", "typo", "i meant left"])
def test_a_word_that_corrects_is_known(text):
    assert corrects(text)


def test_a_plain_denial_corrects_nothing():
    assert not corrects("no swelling today")
