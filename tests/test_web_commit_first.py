"""Asked with one's own answer to come first, an answer is not seen before: not after a reload, not in another length."""

from __future__ import annotations

import pytest

from assistant.records.sealing import is_intact
from assistant.records.store import Records
from tests.desks import Clinic
from tests.review_rooms import Rooms, words
from ui.conversations import Conversations

QUESTION = "34F runner, knee-to-wall 8 v 12 cm, patellofemoral pain. Calf or hip?"
TURNS = "/ask/cases/c-1/turns"


@pytest.fixture
def rooms(tmp_path, assistant):
    with Records(tmp_path) as records:
        clinic = Clinic(records, knowledge=assistant)
        Conversations(assistant, records).reply(QUESTION, conversation="c-1", desk=clinic.ben, is_held=True)
        yield Rooms(clinic, assistant=assistant)


@pytest.fixture
def kept(rooms):
    return rooms.clinic.ben.case("c-1").answers[0]


def short_answer(kept):
    return next(s["claims"][0]["text"] for s in kept.document["sections"] if s["kind"] == "short_answer")


def is_shown(rooms, kept, path=TURNS):
    html = rooms.get(path, rooms.clinic.ben).text
    assert ("cp-commit" in html) != (short_answer(kept) in words(html))
    return "cp-commit" not in html


def test_a_reload_shows_the_question_and_the_form_and_nothing_of_the_answer(rooms, kept):
    assert not is_shown(rooms, kept)
    assert not is_shown(rooms, kept, f"/ask/answers/{kept.id}/turn?detail=full")
    assert "cp-passage" not in rooms.get(TURNS, rooms.clinic.ben).text
    assert QUESTION in words(rooms.get(TURNS, rooms.clinic.ben).text)


def test_ones_own_answer_opens_it_for_good(rooms, kept):
    at = f"/ask/answers/{kept.id}/commitment"
    assert rooms.post(at, rooms.clinic.ben, own=" ").status_code == 422
    assert not is_shown(rooms, kept)
    assert short_answer(kept) in words(rooms.post(at, rooms.clinic.ben, own="Load the calf.").text)
    assert is_shown(rooms, kept)
    assert "Load the calf." in words(rooms.get(TURNS, rooms.clinic.ben).text)


def test_what_is_kept_of_it_is_sealed_like_any_other(kept):
    assert is_intact(kept)


def test_skipping_opens_it_for_good_and_is_no_answer_of_ones_own(rooms, kept):
    at = f"/ask/answers/{kept.id}/commitment"
    assert short_answer(kept) in words(rooms.post(at, rooms.clinic.ben, skip="yes").text)
    assert is_shown(rooms, kept)
    assert rooms.clinic.ben.commitment(kept.id) is None
    item = rooms.clinic.ben.send_to_mentor(kept.id)
    assert item.commitment is None


def test_an_answer_asked_without_it_is_shown_at_once(rooms, assistant):
    Conversations(assistant, rooms.clinic.records).reply(QUESTION, conversation="c-2", desk=rooms.clinic.ben)
    assert "cp-commit" not in rooms.get("/ask/cases/c-2/turns", rooms.clinic.ben).text
