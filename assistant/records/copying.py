"""Backup and restore of the SQLite file while it is in use, by SQLite's own copying (sqlite.org/backup.html).

A copy is of one moment and whole, however much is written meanwhile. A restore goes into the file in use, as one
transaction: other processes that have it open go on with what was restored.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock
from sqlalchemy import URL

from assistant.records.engine import FILE
from assistant.records.errors import LockedRecordsError, NotFoundError, RecordsError, UnreadableRecordsError
from assistant.records.failures import mapped, to_records_error
from assistant.records.spool import sync_folder
from assistant.records.store import BUSY_SECONDS, LOCK_FILE
from assistant.records.upgrading import bring_to_head, check_known

_RETRY_SECONDS = 0.05
_BESIDE = ("", "-wal", "-shm")
_ON_A_SERVER = (
    "These records lie on a database server ({what}), not in a file. {tool} does this there: see its manual; "
    "nothing was changed."
)


def check_is_file(url: str | None, tool: str) -> None:
    """Refuse what is not in a file of ours.

    Raises:
        RecordsError: the records lie on a server; the message names the `tool` to take.
    """
    if url:
        what = url.partition(":")[0]
        raise RecordsError(_ON_A_SERVER.format(what=what, tool=tool))


def backup(home: Path, target: Path, *, busy_seconds: float = BUSY_SECONDS) -> int:
    """Copy the records of `home` into the new file `target`, whole or not at all; return its size in bytes.

    Raises:
        RecordsError: there are none, `target` is there already, or it cannot be written.
    """
    source = home / FILE
    if not source.is_file():
        raise NotFoundError(f"no records are kept in {home} yet: there is nothing to back up")
    if target.exists():
        raise RecordsError(f"expected a new file, got {target}, which is there already; choose another name")
    with mapped(str(target)), _beside(target) as fresh:
        _copy(source, fresh, busy_seconds)
        _check_whole(fresh, str(source))
        _settle(fresh)
        fresh.rename(target)
        sync_folder(target.parent)
    return target.stat().st_size


def restore(home: Path, backed_up: Path, *, now: datetime, busy_seconds: float = BUSY_SECONDS) -> Path | None:
    """Put the records of the file `backed_up` in the place of those of `home`; return where the old ones lie now.

    Raises:
        NotFoundError: there is no such file.
        NewerRecordsError: the file, or what it would replace, was written by a newer version.
        UnreadableRecordsError: the file is damaged, or no backup of ours.
        RecordsError: the records cannot be replaced; they are as they were.
    """
    if not backed_up.is_file():
        raise NotFoundError(f"expected the file of a backup, got {backed_up}, which is not there")
    with mapped(str(home)):
        home.mkdir(parents=True, exist_ok=True)
    with mapped(str(home)), FileLock(home / LOCK_FILE, timeout=busy_seconds), _beside(home / FILE) as fresh:
        with mapped(str(backed_up)):
            _check_ours(backed_up)
        _take_over(backed_up, fresh, busy_seconds)
        bring_to_head(URL.create("sqlite", database=str(fresh)), where=str(backed_up), busy_seconds=busy_seconds)
        aside = home / f"records-before-{now:%Y%m%dT%H%M%SZ}.sqlite3"
        with _kept(home / FILE, aside, busy_seconds):
            _copy(fresh, home / FILE, busy_seconds)
    return aside if aside.exists() else None


def _take_over(backed_up: Path, fresh: Path, busy_seconds: float) -> None:
    """Copy a backup; a full disk is told of the copy, damage of the backup."""
    try:
        _copy(backed_up, fresh, busy_seconds)
        _check_whole(fresh, str(backed_up))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise to_records_error(error, str(backed_up)) from error


@contextmanager
def _kept(current: Path, aside: Path, busy_seconds: float) -> Iterator[None]:
    """Keep the records in use beside themselves while they are replaced; an error in the block undoes it.

    Those that are damaged cannot be copied, and are moved.
    """
    if aside.exists():
        raise RecordsError(f"{aside} is there already: wait a second and try again")
    is_moved = current.exists() and not _is_copied(current, aside, busy_seconds)
    if is_moved:
        _move(current, aside)
    try:
        yield
    except BaseException:
        if is_moved:
            _move(aside, current)
        aside.unlink(missing_ok=True)
        raise


def _is_copied(current: Path, aside: Path, busy_seconds: float) -> bool:
    """Copy the records; return False where they are damaged.

    Raises:
        NewerRecordsError: a newer version wrote them.
        sqlite3.OperationalError: they are locked, or the disk is full.
    """
    try:
        _check_ours(current)
        _copy(current, aside, busy_seconds)
        _check_whole(aside, str(current))
    except sqlite3.OperationalError:
        aside.unlink(missing_ok=True)
        raise
    except (UnreadableRecordsError, sqlite3.DatabaseError):
        aside.unlink(missing_ok=True)
        return False
    return True


def _move(source: Path, target: Path) -> None:
    for end in _BESIDE:
        with suppress(FileNotFoundError):
            source.with_name(source.name + end).rename(target.with_name(target.name + end))


def _copy(source: Path, target: Path, busy_seconds: float) -> None:
    """Copy one database over another, each read and written as SQLite would.

    Raises:
        sqlite3.Error: one of them refuses.
        LockedRecordsError: one of them is held too long.
    """
    options = {"timeout": busy_seconds, "uri": True, "isolation_level": None}
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", **options)) as reading,
        closing(sqlite3.connect(target, timeout=busy_seconds, isolation_level=None)) as writing,
    ):
        writing.execute("PRAGMA synchronous=FULL")
        reading.backup(writing, progress=_patience(target, busy_seconds), sleep=_RETRY_SECONDS)


def _patience(target: Path, busy_seconds: float) -> Callable[[int, int, int], None]:
    """Return what ends a copy that a lock holds up: Python's driver would try for ever."""
    until = time.monotonic() + busy_seconds

    def progress(status: int, _left: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > until:
            raise LockedRecordsError.at(str(target), "database is locked")

    return progress


def _check_ours(path: Path) -> None:
    """Refuse a file that is no database of ours, or a newer version's; only reads it.

    Raises:
        UnreadableRecordsError, NewerRecordsError: as said.
        sqlite3.Error: it is no database at all, or damaged.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"alembic_version", "conversation", "answer"} <= names:
            raise UnreadableRecordsError.at(str(path), "it has none of our tables")
        (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
    check_known(revision, str(path))


def _check_whole(path: Path, where: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise UnreadableRecordsError.at(where, said)


def _settle(path: Path) -> None:
    """Make a copy one file that needs nothing beside it, and write it through."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE").fetchone()
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Yield a path for a file that is made beside `target` and gone afterwards."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield fresh
    finally:
        for end in (*_BESIDE, "-journal"):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)
