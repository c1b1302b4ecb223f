"""What is kept comes back whole, in order, and goes when it is deleted."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from assistant.records.errors import BadRecordError, RecordsError
from assistant.records.spool import spool
from assistant.records.store import Records

TRACE = {"evidence": [{"passage": "barker-calf-rehab:31a", "score": 0.731}], "findings": [], "draft": {"claims": 9}}


def a_document(number: int = 1, **changed: Any) -> dict[str, Any]:
    """Return an answer in the contract's form, asked `number` minutes after nine."""
    return {
        "schema": "counterpoint/answer/1",
        "id": f"a-{number}",
        "conversation": None,
        "asked_at": f"2026-11-21T09:{number:02}:00Z",
        "question": f"Calf rehab for runner number {number}?",
        "status": "answered",
        "detail": "brief",
        "sections": [{"kind": "short_answer", "claims": [{"id": "c1", "citations": [1, 2]}]}],
        "provenance": {"elapsed_ms": 7.9},
        "markdown": "**Short answer.** Load the calf [1]. ✓",
    } | changed


@pytest.fixture
def records(tmp_path: Path):
    with Records(tmp_path) as opened:
        yield opened


def test_an_answer_comes_back_whole(records: Records):
    document = a_document()
    records.keep(document, TRACE, conversation="c-1")
    kept = records.answer("a-1")
    assert kept is not None
    assert (kept.document, kept.trace) == (document, TRACE)
    assert list(kept.document) == list(document)
    assert (kept.conversation_id, kept.position, kept.status, kept.detail) == ("c-1", 1, "answered", "brief")
    assert kept.asked_at == datetime(2026, 11, 21, 9, 1, tzinfo=UTC)
    assert kept.asked_at.tzinfo is UTC


def test_an_answer_is_there_after_closing_and_opening(tmp_path: Path):
    with Records(tmp_path) as records:
        records.keep(a_document(), TRACE, conversation="c-1")
    with Records(tmp_path) as records:
        assert records.questions("c-1") == ("Calf rehab for runner number 1?",)


def test_a_kept_answer_cannot_be_changed(records: Records):
    records.keep(a_document(), TRACE, conversation=None)
    kept = records.answer("a-1")
    with pytest.raises(FrozenInstanceError):
        kept.question = "other"  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]


def test_what_does_not_exist_is_none_or_empty(records: Records):
    assert records.answer("a-none") is None
    assert records.conversation("c-none") is None
    assert records.questions("c-none") == ()
    assert records.rename("c-none", "x") is False
    assert records.delete_conversation("c-none") is False
    assert records.conversations(None).items == ()


def test_answers_stand_in_the_order_they_were_kept(records: Records):
    for number in (3, 1, 12, 2):
        records.keep(a_document(number), TRACE, conversation="c-1")
    conversation = records.conversation("c-1")
    assert conversation is not None
    assert [answer.id for answer in conversation.answers] == ["a-3", "a-1", "a-12", "a-2"]
    assert [answer.position for answer in conversation.answers] == [1, 2, 3, 4]
    assert [question.split()[-1] for question in records.questions("c-1")] == ["3?", "1?", "12?", "2?"]


def test_the_first_question_gives_the_title_and_the_latest_the_time(records: Records):
    records.keep(a_document(5), TRACE, conversation="c-1")
    records.keep(a_document(9), TRACE, conversation="c-1")
    records.keep(a_document(7), TRACE, conversation="c-1")
    conversation = records.conversation("c-1")
    assert conversation is not None
    assert conversation.title == "Calf rehab for runner number 5?"
    assert conversation.created_at == datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
    assert conversation.updated_at == datetime(2026, 11, 21, 9, 9, tzinfo=UTC)


def test_keeping_an_answer_twice_keeps_the_first(records: Records):
    records.keep(a_document(), TRACE, conversation="c-1")
    records.keep(a_document(question="changed"), {}, conversation="c-1")
    records.keep(a_document(), TRACE, conversation="c-2")
    assert records.questions("c-1") == ("Calf rehab for runner number 1?",)
    assert records.conversation("c-2") is None


def test_an_answer_by_itself_belongs_to_no_conversation(records: Records):
    records.keep(a_document(), TRACE, conversation=None)
    records.keep(a_document(2), TRACE, conversation=None)
    kept = records.answer("a-2")
    assert kept is not None
    assert (kept.conversation_id, kept.position) == (None, None)
    assert records.conversations(None).total == 0


def test_conversations_come_latest_first_in_pages(records: Records):
    for number in range(1, 8):
        records.keep(a_document(number), TRACE, conversation=f"c-{number}")
    records.keep(a_document(30), TRACE, conversation="c-2")
    page = records.conversations(None, limit=3, offset=0)
    assert [(item.id, item.answer_count) for item in page.items] == [("c-2", 2), ("c-7", 1), ("c-6", 1)]
    assert (page.total, page.limit, page.offset) == (7, 3, 0)
    assert [item.id for item in records.conversations(None, limit=3, offset=6).items] == ["c-1"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ACHILLES", ["c-1"]),
        ("month achilles", ["c-1"]),
        ("later thought", ["c-1"]),
        ("100%", ["c-2"]),
        ("%", ["c-2"]),
        ("_", []),
        ("\\", []),
        ("knee", ["c-2", "c-1"]),
        ("  ", ["c-2", "c-1"]),
        ("knee hip", []),
        ("\ud800", []),
        ("word " * 5_000, []),
        ("k" * 100_000, []),
    ],
)
def test_a_search_finds_every_word_in_title_or_questions(records: Records, search: str, found: list[str]):
    records.keep(a_document(1, question="Knee pain, Achilles for a month"), TRACE, conversation="c-1")
    records.keep(a_document(2, question="a later thought"), TRACE, conversation="c-1")
    records.keep(a_document(3, question="Knee at 100% load"), TRACE, conversation="c-2")
    assert [item.id for item in records.conversations(search).items] == found


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (201, 0), (10, -1), (10, 2**70)])
def test_a_page_out_of_bounds_is_refused(records: Records, limit: int, offset: int):
    with pytest.raises(BadRecordError, match="expected a limit of 1 to 200"):
        records.conversations(None, limit=limit, offset=offset)


def test_a_new_title_is_found_and_leaves_the_time(records: Records):
    records.keep(a_document(), TRACE, conversation="c-1")
    before = records.conversations(None).items[0].updated_at
    assert records.rename("c-1", " Mrs Smith's\nknee \x00") is True
    (item,) = records.conversations("smith").items
    assert (item.title, item.updated_at) == ("Mrs Smith's knee \ufffd", before)


def test_deleting_a_conversation_deletes_its_answers_and_no_other(records: Records):
    for number, conversation in ((1, "c-1"), (2, "c-1"), (3, "c-2"), (4, None)):
        records.keep(a_document(number), TRACE, conversation=conversation)
    assert records.delete_conversation("c-1") is True
    assert [records.answer(f"a-{n}") is not None for n in (1, 2, 3, 4)] == [False, False, True, True]
    assert [item.id for item in records.conversations(None).items] == ["c-2"]


def test_a_deleted_question_leaves_no_text_in_the_files(tmp_path: Path):
    with Records(tmp_path) as records:
        records.keep(a_document(question="xylophonist with knee pain"), TRACE, conversation="c-1")
        records.delete_conversation("c-1")
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"SQLite format 3" in left
    assert b"xylophonist" not in left


def test_forgetting_a_document_deletes_the_answers_that_cite_it_and_no_other(tmp_path: Path):
    def citing(number: int, *sources: str) -> dict[str, Any]:
        return a_document(number, citations=[{"number": n, "source_id": s} for n, s in enumerate(sources, start=1)])

    spool(tmp_path, citing(1, "barker", "clinic-pool") | {"markdown": "xylophonists swim"}, TRACE)
    with Records(tmp_path) as records:
        records.keep(citing(2, "clinic-pool-2"), TRACE, conversation="c-1")
        records.keep(citing(3, "clinic-pool"), TRACE, conversation="c-1")
        records.keep(a_document(4), TRACE, conversation=None)  # as kept before answers listed their citations
        (tmp_path / "spool" / "broken").mkdir()
        for name, named in (("cut", "clinic-pool"), ("other", "clinic-pool-2")):
            (tmp_path / "spool" / "broken" / f"{name}.json").write_text(f'{{"source_id": "{named}", "quote": "xyloph')
        assert records.forget_source("clinic-pool") == 2
        assert [records.answer(f"a-{n}") is not None for n in (1, 2, 3, 4)] == [False, True, False, True]
        assert records.forget_source("clinic-pool") == 0
    assert [p.name for p in (tmp_path / "spool" / "broken").iterdir()] == ["other.json"]
    assert b"xylophonists" not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_bad_text_is_kept_as_far_as_it_is_text(records: Records):
    odd = "knee \ud800\x00 pain \udfff \u202e 🦵🏽 ركبة"
    records.keep(a_document(1, id="a-\ud800", question=odd, markdown=odd), {"k\udc00": odd}, conversation="c-\x00")
    kept = records.answer("a-\ud800")
    clean = "knee \ufffd\ufffd pain \ufffd \u202e 🦵🏽 ركبة"
    assert kept is not None
    assert (kept.question, kept.document["markdown"], kept.trace) == (clean, clean, {"k\ufffd": clean})
    assert records.questions("c-\x00") == (clean,)


def test_values_that_json_lacks_are_turned_or_refused(records: Records):
    records.keep(a_document(1), {"scores": (1.5, float("nan"), float("inf"))}, conversation=None)
    kept = records.answer("a-1")
    assert kept is not None
    assert kept.trace == {"scores": [1.5, None, None]}
    with pytest.raises(BadRecordError, match=r"trace\.seen\[1\]: expected a value that JSON has"):
        records.keep(a_document(2), {"seen": [1, {2, 3}]}, conversation=None)


def test_a_value_that_holds_itself_is_refused(records: Records):
    endless: dict[str, Any] = {}
    endless["self"] = endless
    with pytest.raises(BadRecordError, match="nested"):
        records.keep(a_document(), endless, conversation=None)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": None}, "document.id: expected an id of 1 to 200 characters, got None"),
        ({"id": " "}, "document.id: expected an id"),
        ({"id": "a" * 201}, "got a str of 203 characters"),
        ({"asked_at": "yesterday"}, "document.asked_at: expected a moment such as"),
        ({"asked_at": None}, "document.asked_at: expected a moment such as"),
        ({"asked_at": "0001-01-01T00:00:00+14:00"}, "document.asked_at: expected a moment such as"),
        ({"question": 5}, "document.question: expected text, got 5"),
        ({"status": None}, "document.status: expected text, got None"),
        ({"detail": 2}, "detail: expected text, got 2"),
        ({1: 2}, "a key of document: expected text, got 1"),
    ],
)
def test_a_bad_answer_is_refused_by_the_name_of_its_field(records: Records, changed: dict[str, Any], message: str):
    with pytest.raises(BadRecordError) as refusal:
        records.keep(a_document() | changed, TRACE, conversation="c-1")
    assert message in str(refusal.value)
    assert records.conversations(None).total == 0


@pytest.mark.parametrize(
    ("asked_at", "utc"),
    [
        ("2026-11-21T09:30:00Z", "09:30:00"),
        ("2026-11-21T09:30:00.250000+02:00", "07:30:00.250000"),
        ("2026-11-21T09:30:00", "09:30:00"),
    ],
)
def test_the_time_of_asking_is_utc(records: Records, asked_at: str, utc: str):
    records.keep(a_document(asked_at=asked_at), TRACE, conversation=None)
    kept = records.answer("a-1")
    assert kept is not None
    assert kept.asked_at.isoformat() == f"2026-11-21T{utc}+00:00"
    assert kept.asked_at.utcoffset() == timedelta(0)


def test_records_that_are_not_open_say_so(tmp_path: Path):
    records = Records(tmp_path)
    with pytest.raises(RecordsError, match="not open"):
        records.answer("a-1")
    with records:
        assert records.open() is records
    records.close()
    with pytest.raises(RecordsError, match="not open"):
        records.keep(a_document(), TRACE, conversation=None)


def test_a_folder_with_odd_characters_in_its_name_works(tmp_path: Path):
    home = tmp_path / "a ? b # c % d é" / "deep"
    with Records(home) as records:
        records.keep(a_document(), TRACE, conversation=None)
    assert (home / "records.sqlite3").is_file()


def test_a_url_names_another_database(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'other.db'}"
    with Records(tmp_path / "home", url) as records:
        records.keep(a_document(), TRACE, conversation=None)
    assert (tmp_path / "other.db").is_file()
    assert not (tmp_path / "home" / "records.sqlite3").exists()


def test_every_query_of_a_conversation_uses_an_index(records: Records):
    records.keep(a_document(), TRACE, conversation="c-1")
    queries = {
        "SELECT * FROM answer WHERE conversation_id = 'c-1' ORDER BY position": "sqlite_autoindex_answer",
        "SELECT * FROM conversation ORDER BY updated_at DESC, id DESC": "ix_conversation_updated_at",
    }
    with records.reading() as connection:
        for query, index in queries.items():
            plan = " ".join(row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}")))
            assert index in plan
            assert "TEMP B-TREE" not in plan


def test_the_database_is_set_to_lose_nothing(records: Records):
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000, "secure_delete": 1}
    with records.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
    assert found == expected
