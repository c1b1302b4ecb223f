"""Cues: ranges of numbers, slips of the pen, and which cues the words of a text allow."""

from __future__ import annotations

import pytest

from guardrails.cues import Vocabulary, parse_cue, places, spans, words_of


def test_a_range_of_numbers_stands_for_each_of_them() -> None:
    assert parse_cue("sats 7..9").words == (frozenset({"sats"}), frozenset({"7", "8", "9"}))
    assert list(spans("sats 88..90", "sats of 89 on air")) == [(0, 10)]
    assert not list(spans("sats 88..90", "sats of 98 on air"))


def test_a_decimal_is_read_by_its_whole_number() -> None:
    assert list(spans("temp 38..40", "temp 38.4"))


def test_places_are_found_each_on_its_own() -> None:
    assert [bool(p.search("knee that is hot")) for p in places("~hot knee tense")] == [True, True, False]


def test_a_cue_is_possible_only_where_each_place_has_a_word() -> None:
    vocabulary = Vocabulary(["hot|warm knee", "~swoll* knee", "knee"])
    assert vocabulary.possible(words_of("a swollen knee")) == {"~swoll* knee", "knee"}
    assert vocabulary.possible(words_of("a warm day")) == frozenset()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wuond", "wound"),  # two swapped, in a short word
        ("wund", "wund"),  # a letter less is not read in a short word
        ("breathles", "breathless"),  # the last letter once more
        ("please", "please"),  # an ending makes another word: "pleased"
        ("temperture", "temperature"),
        ("temperatire", "temperatire"),
    ],
)
def test_a_slip_is_put_right_where_it_is_hardly_a_word(typed: str, read: str) -> None:
    vocabulary = Vocabulary(["wound", "breathless", "pleased", "temperature"])
    assert vocabulary.spelling.corrected(f"the {typed} today") == f"the {read} today"
