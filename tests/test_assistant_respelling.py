"""A turn is read without its manners and without slips of the fingers; red flags are looked for in what was typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import assistant.respelling
from assistant.courtesies import without_courtesies
from assistant.respelling import is_one_slip_away, respelt

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WEAK = "34F runner, R AKP 6/12: are weak calves causing her knee pain?"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("achiles tendinopahty", "achilles tendinopathy"),
        ("Mensicus repair, sqauts at 6/52", "Meniscus repair, squats at 6/52"),
        ("limpping since the surgoen saw him", "limping since the surgeon saw him"),
        ("strenghtening of the hamstirngs", "strengthening of the hamstrings"),
        ("patelar taping", "patellar taping"),
        ("srap that, what woud the otger camp say", "scrap that, what would the other camp say"),
        ("Tennis elnow", "Tennis elbow"),
    ],
)
def test_slips_in_the_librarys_words_are_put_right(library, typed: str, meant: str) -> None:
    assert respelt(typed, library) == meant


@pytest.mark.parametrize(
    "text",
    [
        "string camp market probation punching trail",  # common words, each one slip from a word of the library
        "Gastric sleeve last year",
        "Siobhan Whelan wrote it",
        "ACLR PFP SLHR BPTB slhr ktw wblt nprs",
        "calf@clinic.example runnr2 sub-patelar",
        "apixaban levofloxacin prednisolone",
    ],
)
def test_words_of_their_own_names_and_shorthand_are_left_alone(library, text: str) -> None:
    assert respelt(text, library) == text


def test_where_two_words_may_be_meant_none_is_taken(monkeypatch: pytest.MonkeyPatch, library) -> None:
    words = frozenset({"patellar", "patellas"})
    monkeypatch.setattr(assistant.respelling, "known_words", lambda _: words)
    assert respelt("patella", library) == "patella"
    assert respelt("paetllar", library) == "patellar"


def test_without_a_list_of_common_words_nothing_is_put_right(monkeypatch: pytest.MonkeyPatch, library) -> None:
    monkeypatch.setattr(assistant.respelling, "common_words", frozenset)
    assert respelt("achiles tendinopahty", library) == "achiles tendinopahty"


@pytest.mark.parametrize("other", ["tendons", "tendond", "pendon", "tenda", "ten", "tedonn"])
def test_another_ending_another_first_letter_and_two_slips_are_no_slip(other: str) -> None:
    assert not is_one_slip_away(other, "tendon")


@pytest.mark.parametrize(
    ("turn", "kept"),
    [
        ("Hi, hope you are having a good day. Calf first?", "Calf first?"),
        ("Sorry to bother you with this one. Calf first?", "Calf first?"),
        ("Calf first? Thanks so much, really appreciate it.", "Calf first?"),
        ("give me the tests again Thanks a lot, no rush at all.", "give me the tests again"),
        ("Good morning all, 34F with AKP. Calf first? Kind regards", "34F with AKP. Calf first?"),
    ],
)
def test_a_greeting_and_thanks_are_left_out(turn: str, kept: str) -> None:
    assert without_courtesies(turn) == kept


@pytest.mark.parametrize(
    "turn",
    [
        "sorry, left not right",
        "Thanks!",
        "and why?",
        "Any thoughts would be appreciated on this 34F",
        "58F knee OA. I would be grateful for your thoughts.",
        "He was grateful for the taping. More of it?",
        "Hope is not a plan. Calf or chain?",
    ],
)
def test_what_tells_or_asks_something_is_kept(turn: str) -> None:
    assert without_courtesies(turn) == turn


@pytest.mark.parametrize(
    "other",
    [
        f"Hi all, hope you are well. {WEAK} Many thanks in advance!",
        WEAK.replace("calves", "clalves").replace("clalves", "calvves"),
        WEAK.replace("runner", "runnner").replace("causing", "casuing"),
    ],
)
def test_manners_and_slips_leave_the_answer_as_it_is(assistant, other: str) -> None:
    plain, changed = (assistant.ask_json(q, asked_at=NOW) for q in (WEAK, other))
    assert changed["question"] == other
    assert (changed["status"], changed["cruxes"], changed["sections"]) == (
        plain["status"],
        plain["cruxes"],
        plain["sections"],
    )


def test_a_correction_between_sorry_and_thanks_is_read(assistant) -> None:
    turn = "Hello, sorry to bother you with this one. sorry, left not right Cheers, that would be a great help."
    found = assistant.ask_json(turn, history=["34F runner, R AKP 6/12, SLHR 11 v 26: are weak calves causing it?"])
    sides = [f["value"] for f in found["case"]["facts"] if f["name"] == "side" and f["replaced_by"] is None]
    assert (found["status"], sides) == ("answered", ["left"])


def test_red_flags_are_looked_for_in_what_was_typed(assistant) -> None:
    found = assistant.ask_json("Thanks. Knee hot, red and hugly swolen since yesteday, fever 39. Which exercises?")
    assert found["status"] == "escalated"
    assert any("swolen" in t or "fever" in t for f in found["red_flags"] for t in f["triggers"])
