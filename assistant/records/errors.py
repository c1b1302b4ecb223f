"""What can go wrong with the records.

RecordsError
├── NotFoundError             what is asked for is not there, or is there no longer
├── ConflictError             another person is at it, or was quicker
├── BadRecordError            an answer that cannot be kept: a field is missing, or a value is not JSON
├── NewerRecordsError         the database was written by a newer Counterpoint
├── UnreadableRecordsError    not a database, damaged, or another program's
├── UnwritableRecordsError    the folder or the file is read-only or cannot be opened
├── FullDiskError             no room left; nothing half-written stays
├── LockedRecordsError        another process held the database too long (a retry helps)
└── UnreachableRecordsError   the database server does not answer (a retry helps)
"""

from __future__ import annotations

import errno
from typing import ClassVar, Self

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class RecordsError(Exception):
    """Anything this package raises on purpose."""

    retry_helps: ClassVar[bool] = False
    sentence: ClassVar[str] = "The records in {where} could not be used: {why}."

    @classmethod
    def at(cls, where: str, why: str = "") -> Self:
        """Return the error for the database or folder `where`, `why` in the words of what refused."""
        return cls(cls.sentence.format(where=where, why=why.strip().rstrip(".")))


class BadRecordError(RecordsError):
    """An answer does not have the form that is kept."""


class NotFoundError(RecordsError):
    """What an id names is not there; the message names it and says what may have happened."""


class ConflictError(RecordsError):
    """Another person holds it or has done it; the message says who, and until when."""


class NewerRecordsError(RecordsError):
    """The database has a revision that this code does not know."""

    sentence = (
        "The records in {where} were written by a newer Counterpoint ({why}). "
        "Install that version or a newer one, or set COUNTERPOINT_HOME to another folder; nothing was changed."
    )


class UnreadableRecordsError(RecordsError):
    """The file is not a database, is damaged, or belongs to another program."""

    sentence = (
        "{where} is not a database of Counterpoint's, or it is damaged ({why}). "
        "Move it aside, put a backup in its place or start afresh; nothing was changed."
    )


class UnwritableRecordsError(RecordsError):
    """The folder or the database cannot be opened or written."""

    sentence = (
        "{where} cannot be written ({why}). "
        "Make the folder and its files writable for this user, or set COUNTERPOINT_HOME to a folder that is."
    )


class FullDiskError(RecordsError):
    """The disk is full."""

    sentence = (
        "No room left to keep answers in {where} ({why}). "
        "Free some disk space and try again; what was kept before is still there."
    )


class LockedRecordsError(RecordsError):
    """Another process held the database for longer than we wait."""

    retry_helps = True
    sentence = (
        "Another program holds {where} ({why}). Try again in a moment; "
        "if it stays so, close the other Counterpoint or database tool that has it open."
    )


class UnreachableRecordsError(RecordsError):
    """The database server cannot be reached."""

    retry_helps = True
    sentence = (
        "The database {where} does not answer ({why}). "
        "Check that its server runs and that COUNTERPOINT_DATABASE_URL names it with the right user and password."
    )


def to_file_error(error: OSError, where: str) -> RecordsError:
    """Return what the file system's refusal means for the records in `where`."""
    kind = FullDiskError if error.errno in _NO_ROOM else UnwritableRecordsError
    return kind.at(where, error.strerror or str(error))
