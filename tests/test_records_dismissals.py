"""Red flags set aside are kept with their conversation, counted by its questions, and go with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.records.store import Records
from guardrails.types import Dismissal, DismissalReason
from tests.homes import downgraded

CLEAR = Dismissal(pattern="dvt", reason=DismissalReason.SCANNED_CLEAR, turn=1, note="duplex yesterday")


def a_document(number: int = 1, **changed: Any) -> dict[str, Any]:
    document = {
        "id": f"a-{number}",
        "asked_at": "2026-11-21T09:00:00Z",
        "question": f"Knee {number}?",
        "status": "answered",
    }
    return document | changed


@pytest.fixture
def records(tmp_path: Path):
    with Records(tmp_path) as opened:
        yield opened


def test_what_is_set_aside_comes_back_with_the_place_of_its_answer(records: Records):
    records.keep(a_document(1), {}, conversation="c-1")
    records.keep(a_document(2), {}, conversation="c-1", dismissals=[CLEAR])
    assert records.dismissals("c-1") == (Dismissal(pattern="dvt", reason=CLEAR.reason, turn=2, note=CLEAR.note),)
    assert records.dismissals("c-2") == ()


def test_the_same_answer_kept_twice_sets_aside_once(records: Records):
    for _ in range(2):
        records.keep(a_document(1), {}, conversation="c-1", dismissals=[CLEAR])
    assert len(records.dismissals("c-1")) == 1


def test_a_question_by_itself_keeps_none(records: Records):
    records.keep(a_document(1), {}, conversation=None, dismissals=[CLEAR])
    assert records.dismissals("c-1") == ()


def test_they_go_with_their_conversation(records: Records):
    records.keep(a_document(1), {}, conversation="c-1", dismissals=[CLEAR])
    assert records.delete_conversation("c-1")
    with closing(sqlite3.connect(records.home / "records.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM dismissal").fetchone() == (0,)


def test_the_turn_counts_the_questions_that_are_left(records: Records):
    citing = {"citations": [{"source_id": "clinic"}]}
    records.keep(a_document(1, **citing), {}, conversation="c-1")
    records.keep(a_document(2), {}, conversation="c-1", dismissals=[CLEAR])
    records.keep(a_document(3), {}, conversation="c-1")
    assert records.forget_source("clinic") == 1
    assert records.questions("c-1") == ("Knee 2?", "Knee 3?")
    assert [d.turn for d in records.dismissals("c-1")] == [1]


def test_a_conversation_is_known_once_it_has_an_answer(records: Records):
    assert not records.knows("c-1")
    records.keep(a_document(1), {}, conversation="c-1")
    assert records.knows("c-1")


def test_records_of_the_version_before_are_taken_along(tmp_path: Path):
    with Records(tmp_path) as records:
        records.keep(a_document(1), {}, conversation="c-1")
    downgraded(tmp_path, "0001")
    with Records(tmp_path) as records:
        records.keep(a_document(2), {}, conversation="c-1", dismissals=[CLEAR])
        assert [d.turn for d in records.dismissals("c-1")] == [2]
