"""The records of one data folder: read this file first.

What can go wrong is drawn in ``assistant.records.errors``; every method raises `RecordsError` and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self

from filelock import FileLock
from sqlalchemy import Connection, Engine

from assistant.records import casefiles, queries
from assistant.records.engine import WRITING, build_engine, locate
from assistant.records.errors import RecordsError
from assistant.records.failures import mapped
from assistant.records.spool import forget_broken, is_empty, read_spooled, spooled
from assistant.records.types import Conversation, ConversationPage, KeptAnswer
from assistant.records.upgrading import bring_to_head
from assistant.records.validating import check_page, to_kept_answer, to_title
from guardrails.types import Dismissal

LOCK_FILE = "records.lock"
BUSY_SECONDS = 30.0  # chosen: waiting beats losing an answer; 4 processes x 50 keeps wait well under 1 s each
_BATCH = 100  # spooled answers a transaction: one sync for many, and memory stays small
_NEAR_SHOWN = 3


class Records:
    """Conversations, answers and traces in ``<home>/records.sqlite3``, or in the database that `url` names.

    One object serves any number of threads; any number of processes may have the same folder open.

    >>> with Records(Path("/tmp/clinic")) as records:  # doctest: +SKIP
    ...     records.keep(document, trace, conversation="c-1")
    """

    def __init__(
        self,
        home: Path,
        url: str | None = None,
        *,
        warn: Callable[[str], None] | None = None,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        """Name the records; nothing is touched before `open`.

        Args:
            home: the data folder; made where it is missing. It holds the lock and the spool with any `url`.
            url: a database in SQLAlchemy's form, e.g. ``postgresql://user@host/name``.
            warn: is told what happens to spooled files that cannot be taken in; the log where not given.
            busy_seconds: how long to wait for another process before a `LockedRecordsError`.
        """
        self.home = home
        self._url = url
        self._warn = warn or logging.getLogger(__name__).warning
        self._busy_seconds = busy_seconds
        self._where = str(home)
        self._engine: Engine | None = None

    def open(self) -> Self:
        """Make the database or bring it up to date, take in what was spooled, and return the records.

        Spooled answers that the database refuses stay where they are, and `warn` is told.

        Raises:
            RecordsError: as drawn in ``errors``; nothing was changed.
        """
        if self._engine is not None:
            return self
        with mapped(self._where):
            target = locate(self.home, self._url)
        self._where = target.render_as_string(hide_password=True) if self._url else str(target.database)
        with mapped(self._where):
            with self._lock():
                bring_to_head(target, where=self._where, busy_seconds=self._busy_seconds)
            self._engine = build_engine(target, busy_seconds=self._busy_seconds)
        try:
            self.take_in()
        except RecordsError as error:  # a full disk or a lock must not keep what is there from being read
            self._warn(f"Spooled answers could not be taken in and wait for the next opening. {error}")
        return self

    def close(self) -> None:
        """Let go of the database; closing twice is nothing."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def __enter__(self) -> Self:
        """Open the records."""
        return self.open()

    def __exit__(self, *_: object) -> None:
        """Close them."""
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read on; only `RecordsError` comes out of the block."""
        with mapped(self._where), self._opened().connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that has its place among the writers before it reads; an error in it changes nothing."""
        with mapped(self._where), self._opened().execution_options(**WRITING).begin() as connection:
            yield connection

    def keep(
        self,
        document: Mapping[str, Any],
        trace: Mapping[str, Any],
        *,
        conversation: str | None,
        dismissals: Sequence[Dismissal] = (),
        owner: str | None = None,
    ) -> None:
        """Keep an answer at the end of its conversation: once this returns, it survives a kill or a loss of power.

        An id that is kept already stays as it is. A conversation that does not exist is made, with a title from the
        question.

        Args:
            document: the answer as CONTRACT.md's JSON, identifiers removed.
            trace: what it was made from, as JSON.
            conversation: whose turn it is; None for a question by itself.
            dismissals: the red flags set aside with this question; kept for the conversation's later turns.
            owner: the profile to whom a conversation that is made by this belongs; None for nobody's.

        Raises:
            BadRecordError: a field is missing or of the wrong kind.
            RecordsError: the database refused; nothing of the answer was kept.
        """
        answer = to_kept_answer(document, trace, conversation=conversation)
        with self.writing() as connection:
            queries.insert_answer(connection, answer, owner)
            if dismissals:
                queries.insert_dismissals(connection, answer, dismissals)

    def answer(self, answer_id: str) -> KeptAnswer | None:
        """Return the answer of that id, None where there is none."""
        with self.reading() as connection:
            return queries.select_answer(connection, answer_id)

    def nearest_ids(self, answer_id: str) -> tuple[str, ...]:
        """Return the ids of kept answers that read most like `answer_id`; the latest where none is like it."""
        with self.reading() as connection:
            ids = queries.select_latest_ids(connection)
        return tuple(get_close_matches(answer_id, ids, n=_NEAR_SHOWN)) or ids[:_NEAR_SHOWN]

    def conversation(self, conversation_id: str) -> Conversation | None:
        """Return the conversation with its answers in order, None where there is none."""
        with self.reading() as connection:
            return queries.select_conversation(connection, conversation_id)

    def conversations(self, search: str | None = None, *, limit: int = 50, offset: int = 0) -> ConversationPage:
        """Return conversations, the latest first, whose title or questions hold every word of `search`.

        Raises:
            BadRecordError: `limit` is not 1 to 200, or `offset` is below 0.
        """
        check_page(limit, offset)
        with self.reading() as connection:
            return queries.select_page(connection, search, limit, offset)

    def questions(self, conversation_id: str) -> tuple[str, ...]:
        """Return a conversation's earlier questions in order, empty where there is none."""
        with self.reading() as connection:
            return queries.select_questions(connection, conversation_id)

    def dismissals(self, conversation_id: str) -> tuple[Dismissal, ...]:
        """Return the red flags set aside in a conversation, in the order of doing so."""
        with self.reading() as connection:
            return queries.select_dismissals(connection, conversation_id)

    def knows(self, conversation_id: str) -> bool:
        """Return whether there is a conversation of that id."""
        with self.reading() as connection:
            return queries.is_conversation(connection, conversation_id)

    def rename(self, conversation_id: str, title: str) -> bool:
        """Give a conversation another title, cut to one line; return False where there is no such conversation."""
        with self.writing() as connection:
            return queries.update_title(connection, conversation_id, to_title(title))

    def delete_conversation(self, conversation_id: str) -> bool:
        """Delete a conversation and all that came of it, spooled answers too; return False where there was none."""
        self.take_in()
        with self.writing() as connection:
            items = queries.select_item_ids(connection, conversation_id)
            was_there = queries.delete_conversation(connection, conversation_id)
        casefiles.forget(self.home, items)
        return was_there

    def forget_source(self, source_id: str) -> int:
        """Delete the answers that cite a document that was taken off the shelf, spooled ones too; return how many."""
        self.take_in()
        with mapped(self._where):
            forget_broken(self.home, source_id)
        with self.writing() as connection:
            deleted, items = queries.delete_answers_citing(connection, source_id)
        casefiles.forget(self.home, items)
        return deleted

    def take_in(self) -> int:
        """Keep what `spool` left, in the order of asking, then remove its files; return how many answers were new.

        A process that dies between the two leaves files whose answers are kept: the next one finds their ids and
        only removes them.
        """
        if is_empty(self.home):
            return 0
        with mapped(self._where), self._lock():
            paths = spooled(self.home, self._warn)
            return sum(self._take_in(paths[start : start + _BATCH]) for start in range(0, len(paths), _BATCH))

    def _take_in(self, paths: tuple[Path, ...]) -> int:
        answers = [read_spooled(path) for path in paths]
        with self.writing() as connection:
            new = sum(queries.insert_answer(connection, answer) for answer in answers)
        for path in paths:
            path.unlink(missing_ok=True)
        return new

    def _lock(self) -> FileLock:
        self.home.mkdir(parents=True, exist_ok=True)
        return FileLock(self.home / LOCK_FILE, timeout=self._busy_seconds)

    def _opened(self) -> Engine:
        if self._engine is None:
            raise RecordsError.at(self._where, "they are not open; call open() or use `with`")
        return self._engine
