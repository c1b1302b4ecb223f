"""Retention: delete what was last asked before a day, with everything that came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from assistant.records import casefiles
from assistant.records.failures import mapped
from assistant.records.models import answer, approval, conversation, queue_item, review
from assistant.records.spool import BROKEN, FOLDER
from assistant.records.store import Records

_CHUNK = 500  # ids a statement: SQLite before 3.32 takes 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """How much there is to delete, or was deleted; `files` are spooled answers that were set aside as broken."""

    cases: int
    answers: int
    reviews: int
    approvals: int
    files: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self.cases or self.answers or self.files)


def count(records: Records, before: date) -> Purged:
    """Return how much a purge would delete now."""
    start = datetime.combine(before, time(), UTC)
    with records.reading() as connection:
        cases, answers = _old(connection, start)
        return _counted(connection, cases, answers, _broken(records.home, start))


def purge(records: Records, before: date) -> Purged:
    """Delete the cases that were last asked in before a day began in UTC, and answers by themselves; return how much.

    Reviews, comments and approvals of them go as well, however young. The text leaves the file: SQLite overwrites what
    it deletes (``engine``), and its log is emptied.

    Raises:
        RecordsError: nothing was deleted.
    """
    start = datetime.combine(before, time(), UTC)
    broken = _broken(records.home, start)
    with records.writing() as connection:
        cases, answers = _old(connection, start)
        found = _counted(connection, cases, answers, broken)
        items = _all(connection, queue_item, queue_item.c.answer_id, answers)
        for table, ids in ((conversation, cases), (answer, answers)):
            for part in _parts(ids):
                connection.execute(delete(table).where(table.c.id.in_(part)))
    casefiles.forget(records.home, map(int, items))
    with mapped(str(records.home)):
        for path in broken:
            path.unlink(missing_ok=True)
    _empty_log(records)
    return found


def _old(connection: Connection, start: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the cases that are old, and of the answers in them or by themselves."""
    cases = tuple(connection.scalars(select(conversation.c.id).where(conversation.c.updated_at < start)))
    alone = answer.c.conversation_id.is_(None), answer.c.asked_at < start
    answers = tuple(connection.scalars(select(answer.c.id).where(*alone)))
    return cases, (*_all(connection, answer, answer.c.conversation_id, cases), *answers)


def _counted(connection: Connection, cases: Sequence[str], answers: Sequence[str], broken: Sequence[Path]) -> Purged:
    items = _all(connection, queue_item, queue_item.c.answer_id, answers)
    finished = (
        select(func.count()).where(review.c.item_id.in_(part), review.c.finished_at.is_not(None))
        for part in _parts(items)
    )
    accepted = (
        select(func.count())
        .select_from(approval)
        .where(approval.c.item_id.in_(part), approval.c.withdrawn_at.is_(None))
        for part in _parts(items)
    )
    return Purged(
        cases=len(cases),
        answers=len(answers),
        reviews=sum(connection.scalar(statement) or 0 for statement in finished),
        approvals=sum(connection.scalar(statement) or 0 for statement in accepted),
        files=len(broken),
    )


def _all(connection: Connection, table: Table, column: ColumnElement[str], values: Sequence[object]) -> tuple[str, ...]:
    """Return the ids of the rows of `table` whose `column` holds one of `values`."""
    found = (connection.scalars(select(table.c.id).where(column.in_(part))) for part in _parts(values))
    return tuple(identifier for part in found for identifier in part)


def _parts(values: Sequence[object]) -> list[Sequence[object]]:
    return [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]


def _broken(home: Path, start: datetime) -> tuple[Path, ...]:
    with mapped(str(home)):
        found = (home / FOLDER / BROKEN).glob("*.json")
        return tuple(path for path in found if path.stat().st_mtime < start.timestamp())


def _empty_log(records: Records) -> None:
    """Take what was deleted out of SQLite's log too; where another reads just now, it goes at the next checkpoint."""
    with records.reading() as connection:
        url = connection.engine.url
    if url.get_backend_name() == "sqlite":
        with mapped(str(records.home)), closing(sqlite3.connect(str(url.database))) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
