"""The one place where what SQLAlchemy, its drivers, the lock and the file system raise becomes a `RecordsError`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import Timeout
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from assistant.records.errors import (
    FullDiskError,
    LockedRecordsError,
    RecordsError,
    UnreachableRecordsError,
    UnreadableRecordsError,
    UnwritableRecordsError,
    to_file_error,
)

_PRIMARY = 0xFF  # SQLite's extended codes hold the primary one in the low byte (sqlite.org/rescode.html)
_BY_SQLITE_CODE: dict[int, type[RecordsError]] = {
    sqlite3.SQLITE_PERM: UnwritableRecordsError,
    sqlite3.SQLITE_READONLY: UnwritableRecordsError,
    sqlite3.SQLITE_CANTOPEN: UnwritableRecordsError,
    sqlite3.SQLITE_AUTH: UnwritableRecordsError,
    sqlite3.SQLITE_FULL: FullDiskError,
    sqlite3.SQLITE_IOERR_SHMSIZE: FullDiskError,  # no room for the file beside the database that WAL needs
    sqlite3.SQLITE_BUSY: LockedRecordsError,
    sqlite3.SQLITE_LOCKED: LockedRecordsError,
    sqlite3.SQLITE_CORRUPT: UnreadableRecordsError,
    sqlite3.SQLITE_NOTADB: UnreadableRecordsError,
}
# PostgreSQL's codes by their longest known beginning (its manual, appendix A).
_BY_SQLSTATE: dict[str, type[RecordsError]] = {
    "53100": FullDiskError,
    "53": UnreachableRecordsError,  # too many connections, no memory
    "55P03": LockedRecordsError,
    "40": LockedRecordsError,  # deadlock, serialisation
    "08": UnreachableRecordsError,
    "57P": UnreachableRecordsError,  # shut down, starting up
    "28": UnreachableRecordsError,  # wrong user or password
    "3D": UnreachableRecordsError,  # no such database
    "25006": UnwritableRecordsError,
    "42501": UnwritableRecordsError,
    "XX001": UnreadableRecordsError,
    "XX002": UnreadableRecordsError,
}


@contextmanager
def mapped(where: str) -> Iterator[None]:
    """Let only `RecordsError` out of the block, in words about `where`."""
    try:
        yield
    except Timeout as error:
        raise LockedRecordsError.at(where, "its lock file is held") from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise to_records_error(error, where) from error
    except ImportError as error:
        raise RecordsError.at(where, f"{error}; for PostgreSQL install counterpoint[postgres]") from error
    except OSError as error:
        raise to_file_error(error, where) from error


def to_records_error(error: SQLAlchemyError | sqlite3.Error, where: str) -> RecordsError:
    """Return what `error` means for the records in `where`; never with a statement's values in its text."""
    if isinstance(error, PoolTimeoutError):
        return LockedRecordsError.at(where, "all its connections are in use")
    if not isinstance(error, DBAPIError | sqlite3.Error):
        return RecordsError.at(where, str(error.args[0]) if error.args else type(error).__name__)
    original = error.orig if isinstance(error, DBAPIError) else error
    kind = _by_sqlite_code(original) or _by_sqlstate(original) or _by_kind(error)
    return kind.at(where, " ".join(str(original).split()))


def _by_sqlite_code(original: object) -> type[RecordsError] | None:
    code = getattr(original, "sqlite_errorcode", None)
    return None if code is None else _BY_SQLITE_CODE.get(code) or _BY_SQLITE_CODE.get(code & _PRIMARY)


def _by_sqlstate(original: object) -> type[RecordsError] | None:
    state = getattr(original, "sqlstate", None) or ""
    return next((_BY_SQLSTATE[state[:n]] for n in (5, 3, 2) if state[:n] in _BY_SQLSTATE), None)


def _by_kind(error: SQLAlchemyError | sqlite3.Error) -> type[RecordsError]:
    """Return the error for a refusal without a code of ours: a server that cannot be reached gives none at all."""
    if not isinstance(error, OperationalError) or isinstance(error.orig, sqlite3.Error):
        return RecordsError
    return RecordsError if getattr(error.orig, "sqlstate", None) else UnreachableRecordsError
