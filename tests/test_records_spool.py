"""An answer spooled without a database is in the records after the next opening, once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import assistant
from assistant.records.errors import BadRecordError
from assistant.records.spool import spool
from assistant.records.store import Records

ROOT = Path(assistant.__file__).parents[1]

# Kills its own process at the named moment in the spool folder: no part of ours is replaced.
DIE = """
import os, signal, sys
from pathlib import Path
def die(name, arguments):
    if name == sys.argv[2] and "spool" in str(arguments[0]):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
"""


def a_document(number: int = 1, **changed: Any) -> dict[str, Any]:
    document = {
        "id": f"a-{number}",
        "conversation": None,
        "asked_at": f"2026-11-21T09:{number:02}:00Z",
        "question": f"Question {number}?",
        "status": "answered",
    }
    return document | changed


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def waiting(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "spool").iterdir() if path.is_file())


def test_spooling_imports_no_database():
    code = (
        "import sys, assistant.records.spool; print(sorted(sys.modules.keys() & {'sqlalchemy', 'alembic', 'filelock'}))"
    )
    done = run(code)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0)


def test_a_spooled_answer_is_taken_in_whole_and_its_file_goes(tmp_path: Path):
    document = a_document(1, conversation="c-1", markdown="Load the calf ✓")
    path = spool(tmp_path, document, {"scores": [0.5]})
    assert path.parent == tmp_path / "spool"
    with Records(tmp_path) as records:
        conversation = records.conversation("c-1")
    assert conversation is not None
    (kept,) = conversation.answers
    assert (kept.document, kept.trace) == (document, {"scores": [0.5]})
    assert waiting(tmp_path) == []


def test_spooled_answers_are_taken_in_by_time_then_id(tmp_path: Path):
    for document in (
        a_document(7),
        a_document(2, asked_at="2026-11-21T11:00:00+02:00"),
        a_document(9, asked_at="2026-11-21T09:05:00Z"),
        a_document(5),
        a_document(1, id="a-0", asked_at="2026-11-21T09:05:00.000Z"),
    ):
        spool(tmp_path, document | {"conversation": "c-1"}, {})
    with Records(tmp_path) as records:
        conversation = records.conversation("c-1")
        assert conversation is not None
        assert [answer.id for answer in conversation.answers] == ["a-2", "a-0", "a-5", "a-9", "a-7"]


def test_more_answers_than_one_transaction_holds_are_all_taken_in(tmp_path: Path):
    for number in range(230):
        spool(tmp_path, a_document(1, id=f"a-{number:03}", conversation="c-1"), {})
    with Records(tmp_path) as records:
        conversation = records.conversation("c-1")
        assert conversation is not None
        assert [answer.id for answer in conversation.answers] == [f"a-{number:03}" for number in range(230)]


def test_open_records_take_in_what_comes_later(tmp_path: Path):
    with Records(tmp_path) as records:
        assert records.take_in() == 0
        spool(tmp_path, a_document(1), {})
        assert records.take_in() == 1
        assert records.answer("a-1") is not None


def test_the_same_answer_spooled_twice_is_one(tmp_path: Path):
    assert spool(tmp_path, a_document(1), {}) == spool(tmp_path, a_document(1), {})
    with Records(tmp_path) as records:
        records.keep(a_document(1), {}, conversation="c-1")
        spool(tmp_path, a_document(1), {})
        assert records.take_in() == 0
        assert waiting(tmp_path) == []


def test_deleting_a_conversation_deletes_what_is_spooled_of_it(tmp_path: Path):
    with Records(tmp_path) as records:
        spool(tmp_path, a_document(1, conversation="c-1"), {})
        assert records.delete_conversation("c-1") is True
        assert records.answer("a-1") is None
    with Records(tmp_path) as records:
        assert records.answer("a-1") is None


@pytest.mark.kills
def test_death_between_the_commit_and_the_removal_takes_in_once(tmp_path: Path):
    for number in (1, 2, 3):
        spool(tmp_path, a_document(number, conversation="c-1"), {})
    code = DIE + "from assistant.records.store import Records; Records(Path(sys.argv[1])).open()"
    assert run(code, str(tmp_path), "os.remove").returncode == -9
    assert len(waiting(tmp_path)) == 3
    with Records(tmp_path) as records:
        conversation = records.conversation("c-1")
        assert conversation is not None
        assert [answer.id for answer in conversation.answers] == ["a-1", "a-2", "a-3"]
    assert waiting(tmp_path) == []


@pytest.mark.kills
def test_death_before_the_file_is_in_its_place_spools_nothing(tmp_path: Path):
    code = DIE + f"from assistant.records.spool import spool; spool(Path(sys.argv[1]), {a_document()!r}, {{}})"
    assert run(code, str(tmp_path), "os.rename").returncode == -9
    with Records(tmp_path) as records:
        assert records.answer("a-1") is None
    spool(tmp_path, a_document(1), {})
    with Records(tmp_path) as records:
        assert records.answer("a-1") is not None


BROKEN = {
    "empty": b"",
    "cut": b'{"schema": "counterpoint/spool/1", "docu',
    "binary": b"\xff\x00\xfe",
    "list": b"[]",
    "other-schema": b'{"schema": "counterpoint/spool/2", "document": {}, "trace": {}}',
    "no-document": b'{"schema": "counterpoint/spool/1", "trace": {}}',
    "no-trace": json.dumps({"schema": "counterpoint/spool/1", "document": a_document()}).encode(),
    "no-id": b'{"schema": "counterpoint/spool/1", "document": {}, "trace": {}}',
    "deep": b"[" * 100_000,
    "odd-conversation": json.dumps(
        {"schema": "counterpoint/spool/1", "document": a_document(conversation=["c"]), "trace": {}}
    ).encode(),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_moved_aside_and_told_and_the_rest_goes_on(tmp_path: Path, content: bytes):
    told: list[str] = []
    spool(tmp_path, a_document(1), {})
    (tmp_path / "spool" / "bad.json").write_bytes(content)
    with Records(tmp_path, warn=told.append) as records:
        assert records.answer("a-1") is not None
    (sentence,) = told
    assert "bad.json is broken" in sentence
    assert (tmp_path / "spool" / "broken" / "bad.json").read_bytes() == content
    with Records(tmp_path, warn=told.append):
        assert len(told) == 1


def test_a_file_that_cannot_be_read_is_left_and_told(tmp_path: Path):
    told: list[str] = []
    spool(tmp_path, a_document(1), {})
    (tmp_path / "spool" / "folder.json").mkdir()
    with Records(tmp_path, warn=told.append) as records:
        assert records.answer("a-1") is not None
    assert "folder.json cannot be read and was left" in told[0]


def test_a_broken_file_is_logged_where_nobody_asked_to_be_told(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "100%d.json").write_text("{")
    with Records(tmp_path):
        assert "100%d.json is broken" in caplog.text


def test_bad_text_is_spooled_as_far_as_it_is_text(tmp_path: Path):
    spool(tmp_path, a_document(1, question="knee \ud800\x00", conversation="c-\udfff"), {"\ud83d": float("nan")})
    with Records(tmp_path) as records:
        kept = records.answer("a-1")
        assert kept is not None
        assert (kept.question, kept.trace) == ("knee \ufffd\ufffd", {"\ufffd": None})
        assert kept.conversation_id == "c-\ufffd"


@pytest.mark.parametrize("identifier", ["../../escaped", "a/b", "a" * 200, "a-\x00", "con", "ü" * 200])
def test_an_id_never_becomes_a_path(tmp_path: Path, identifier: str):
    path = spool(tmp_path / "home", a_document(1, id=identifier), {})
    assert path.parent == tmp_path / "home" / "spool"
    with Records(tmp_path / "home") as records:
        assert records.answer(identifier) is not None


def test_an_answer_that_cannot_be_kept_is_refused_at_once(tmp_path: Path):
    with pytest.raises(BadRecordError, match=r"document\.id"):
        spool(tmp_path, a_document(1, id=None), {})
    assert not (tmp_path / "spool").exists()
