"""Each refusal of the database is one clear sentence that says what to do."""

from __future__ import annotations

import builtins
import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy.exc
from filelock import FileLock, Timeout
from sqlalchemy import Engine, event

from assistant.records.errors import (
    FullDiskError,
    LockedRecordsError,
    RecordsError,
    UnreachableRecordsError,
    UnreadableRecordsError,
    UnwritableRecordsError,
)
from assistant.records.failures import mapped, to_records_error
from assistant.records.spool import spool
from assistant.records.store import Records


def a_document(number: int = 1, **changed: Any) -> dict[str, Any]:
    document = {"id": f"a-{number}", "asked_at": "2026-11-21T09:00:00Z", "question": "Calf?", "status": "answered"}
    return document | changed


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take the right to write from a folder and what lies in it; skip where that hinders nobody."""
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user is root, who may write in a read-only folder")
        yield
    finally:
        for path in paths:
            path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("content", [b"not a database, " * 100, b"xy", b"y" * 8192])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes):
    path = tmp_path / "records.sqlite3"
    path.write_bytes(content)
    with pytest.raises(UnreadableRecordsError, match="Move it aside") as refusal:
        Records(tmp_path).open()
    assert str(path) in str(refusal.value)
    assert path.read_bytes() == content


def test_a_damaged_database_is_refused(tmp_path: Path):
    with Records(tmp_path) as records:
        for number in range(50):
            records.keep(a_document(number, markdown="knee " * 500), {}, conversation="c-1")
    path = tmp_path / "records.sqlite3"
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(UnreadableRecordsError, match="damaged"), Records(tmp_path) as records:
        records.conversation("c-1")


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as database:
        database.execute("CREATE TABLE answer (letter TEXT)")
    with pytest.raises(UnreadableRecordsError, match="a table answer that we did not make"):
        Records(tmp_path).open()
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("answer",)]


def test_a_folder_in_the_databases_place_is_refused(tmp_path: Path):
    (tmp_path / "records.sqlite3").mkdir()
    with pytest.raises(UnwritableRecordsError, match="unable to open database file"):
        Records(tmp_path).open()


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(UnwritableRecordsError, match="set COUNTERPOINT_HOME"):
        Records(tmp_path / "home").open()
    with pytest.raises(UnwritableRecordsError, match="set COUNTERPOINT_HOME"):
        spool(tmp_path / "home", a_document(), {})


@pytest.mark.parametrize("is_fresh", [True, False])
def test_a_read_only_folder_is_refused(tmp_path: Path, *, is_fresh: bool):
    if not is_fresh:
        with Records(tmp_path) as records:
            records.keep(a_document(), {}, conversation="c-1")
    with read_only(tmp_path):
        with pytest.raises(UnwritableRecordsError, match="writable for this user"):
            Records(tmp_path).open()
        with pytest.raises(UnwritableRecordsError, match="writable for this user"):
            spool(tmp_path, a_document(), {})


def test_a_read_only_database_in_a_writable_folder_can_be_read_and_refuses_to_keep(tmp_path: Path):
    with Records(tmp_path) as records:
        records.keep(a_document(1), {}, conversation="c-1")
    path = tmp_path / "records.sqlite3"
    path.chmod(0o400)
    if os.access(path, os.W_OK):
        pytest.skip("this user is root, who may write a read-only file")
    with Records(tmp_path) as records:
        with pytest.raises(UnwritableRecordsError, match="attempt to write a readonly database"):
            records.keep(a_document(2), {}, conversation="c-1")
        assert records.questions("c-1") == ("Calf?",)


def test_a_full_disk_keeps_nothing_by_half_and_all_that_was_there(tmp_path: Path):
    def cap(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=80").close()  # SQLite then says what it says of a full disk

    event.listen(Engine, "connect", cap)
    try:
        with Records(tmp_path) as records:
            records.keep(a_document(1), {}, conversation="c-1")
            with pytest.raises(FullDiskError, match=r"database or disk is full.*Free some disk space"):
                records.keep(a_document(2, markdown="knee " * 50_000), {}, conversation="c-2")
            assert records.conversation("c-2") is None
            assert records.questions("c-1") == ("Calf?",)
            records.keep(a_document(3), {}, conversation="c-1")
    finally:
        event.remove(Engine, "connect", cap)


def test_a_full_disk_lets_what_is_kept_be_read_and_the_spool_waits(tmp_path: Path):
    def cap(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=80").close()

    told: list[str] = []
    with Records(tmp_path) as records:
        records.keep(a_document(1), {}, conversation="c-1")
    spool(tmp_path, a_document(2, markdown="knee " * 50_000), {})
    event.listen(Engine, "connect", cap)
    try:
        with Records(tmp_path, warn=told.append) as records:
            assert records.questions("c-1") == ("Calf?",)
    finally:
        event.remove(Engine, "connect", cap)
    assert "wait for the next opening. No room left" in told[0]
    with Records(tmp_path) as records:
        assert records.answer("a-2") is not None


def test_a_locked_database_says_so_after_the_wait_and_a_retry_helps(tmp_path: Path):
    with Records(tmp_path, busy_seconds=0.2) as records:
        with closing(sqlite3.connect(tmp_path / "records.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LockedRecordsError, match="database is locked") as refusal:
                records.keep(a_document(), {}, conversation="c-1")
            assert records.questions("c-1") == ()
        assert refusal.value.retry_helps
        records.keep(a_document(), {}, conversation="c-1")


def test_a_held_lock_file_says_so(tmp_path: Path):
    with FileLock(tmp_path / "records.lock"), pytest.raises(LockedRecordsError, match="its lock file is held"):
        Records(tmp_path, busy_seconds=0.2).open()


@pytest.mark.parametrize(
    ("url", "message"),
    [("nonsense", "Could not parse"), ("postgres+none://x", "load plugin"), ("oracle+none://u:secret@h/d", "plugin")],
)
def test_a_url_that_names_no_database_is_refused(tmp_path: Path, url: str, message: str):
    with pytest.raises(RecordsError, match=message) as refusal:
        Records(tmp_path, url).open()
    assert "secret" not in str(refusal.value)


def test_a_refusal_never_shows_the_question(tmp_path: Path):
    with Records(tmp_path) as records:
        with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as other:
            other.execute("DROP TABLE conversation")  # whose title is the question
        with pytest.raises(RecordsError) as refusal:
            records.keep(a_document(question="xylophonist with knee pain"), {}, conversation="c-1")
    assert "no such table: conversation" in str(refusal.value)
    assert "xylophonist" not in f"{refusal.value} {refusal.value.__cause__}"


def all_below(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    for below in kind.__subclasses__():
        yield below
        yield from all_below(below)


def made(kind: type[BaseException]) -> BaseException:
    if issubclass(kind, sqlalchemy.exc.DBAPIError):
        return kind("INSERT", {}, sqlite3.OperationalError("knee"))
    if kind is sqlalchemy.exc.StatementError:
        return kind("knee", "INSERT", {}, ValueError("knee"))
    error = kind.__new__(kind)
    error.args = ("knee",)
    return error


@pytest.mark.parametrize(
    "kind",
    [*all_below(sqlalchemy.exc.SQLAlchemyError), *all_below(sqlite3.Error), Timeout, builtins.ModuleNotFoundError],
    ids=lambda kind: f"{kind.__module__}.{kind.__name__}",
)
def test_no_exception_of_a_library_below_passes(kind: type[BaseException]):
    with pytest.raises(RecordsError), mapped("records.sqlite3"):
        raise made(kind)


class DriverError(Exception):
    """What a driver of PostgreSQL raises: an error with a code."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("no")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "kind"),
    [
        ("53100", FullDiskError),
        ("53300", UnreachableRecordsError),
        ("55P03", LockedRecordsError),
        ("40P01", LockedRecordsError),
        ("08006", UnreachableRecordsError),
        ("28P01", UnreachableRecordsError),
        ("3D000", UnreachableRecordsError),
        ("57P03", UnreachableRecordsError),
        ("25006", UnwritableRecordsError),
        ("42501", UnwritableRecordsError),
        ("XX001", UnreadableRecordsError),
        ("22003", RecordsError),
        (None, UnreachableRecordsError),
    ],
)
def test_a_server_is_understood_by_its_code(sqlstate: str | None, kind: type[RecordsError]):
    error = sqlalchemy.exc.OperationalError("INSERT", {}, DriverError(sqlstate))
    assert type(to_records_error(error, "postgresql://host/name")) is kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, FullDiskError), (errno.EDQUOT, FullDiskError), (errno.EROFS, UnwritableRecordsError)],
)
def test_the_file_system_is_understood_by_its_number(number: int, kind: type[RecordsError]):
    with pytest.raises(kind, match=os.strerror(number)), mapped("home"):
        raise OSError(number, os.strerror(number))
