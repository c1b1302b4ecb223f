"""Who sits at the desk, what lies on it, and what is typed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from assistant.desk.access import NOTHING, Action, NotAllowedError, Thing, may, require
from assistant.desk.authors import cited_authors, cited_sources
from assistant.records.engine import Connection
from assistant.records.errors import BadRecordError, NotFoundError, RecordsError
from assistant.records.people import select_owner
from assistant.records.queries import select_answer
from assistant.records.queueing import select_item_id
from assistant.records.review_types import Profile
from assistant.records.store import Records
from assistant.records.types import KeptAnswer
from assistant.records.validating import clean_text
from corpus.library import Library
from corpus.snapshot import Snapshot
from guardrails.identifiers import redact

NOTE_CHARS = 4_000  # chosen: a page; what is longer is a document
NO_ANSWER: Mapping[str, Any] = MappingProxyType({})
LONG_CHARS = 40_000  # chosen: some ten times the longest answer


class Knowledge(Protocol):
    """What knows the library in force; the project's `Assistant` does."""

    @property
    def snapshot(self) -> Snapshot:
        """The library and index in force now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One person at the desk at one time."""

    records: Records
    profile: Profile | None
    now: Callable[[], datetime]
    knowledge: Knowledge | None = None
    draws_second: Callable[[str], bool] = lambda _: False
    """Whether the answer of that id is reviewed a second time though nobody asks for it."""

    @property
    def library(self) -> Library:
        """Return the library in force.

        Raises:
            RecordsError: the desk was made without what knows it.
        """
        if self.knowledge is None:
            raise RecordsError("the library is not at hand here; make the desk with knowledge=")
        return self.knowledge.snapshot.library

    @property
    def profile_id(self) -> str | None:
        """Return who sits here, None without a profile."""
        return None if self.profile is None or self.profile.retired_at is not None else self.profile.id

    def require(self, action: Action, thing: Thing = NOTHING) -> None:
        """Let pass what the profile may do.

        Raises:
            NotAllowedError: it may not.
        """
        require(self.profile, action, thing)

    def may(self, action: Action, thing: Thing = NOTHING) -> bool:
        """Return whether the profile may do this."""
        return may(self.profile, action, thing)

    def who(self) -> str:
        """Return the id of who sits here.

        Raises:
            NotAllowedError: no profile is chosen.
        """
        if (found := self.profile_id) is None:
            raise NotAllowedError("choose a profile first")
        return found

    def typed(
        self,
        text: object,
        what: str,
        *,
        most: int = NOTE_CHARS,
        is_needed: bool = False,
        about: Mapping[str, Any] = NO_ANSWER,
    ) -> str:
        """Return typed `text` as it is kept: trimmed, and without what names a patient.

        Who speaks for a school is no patient, nor is an author whom the text cites; `about` is the answer it is about.

        Raises:
            BadRecordError: not text, longer than `most` characters, or nothing where something `is_needed`.
        """
        if not isinstance(text, str):
            raise BadRecordError(f"{what}: expected text, got a {type(text).__name__}")
        words = clean_text(text).strip()
        if len(words) > most:
            raise BadRecordError(f"{what}: expected {most} characters at most, got {len(words)}; shorten it")
        if is_needed and not words:
            raise BadRecordError(f"{what}: expected a few words, got none")
        return redact(words, today=self.now().date(), authors=self._spared(words, about)).text if words else ""

    def _spared(self, words: str, about: Mapping[str, Any]) -> Mapping[str, str]:
        if self.knowledge is None:
            return {}
        return cited_authors(words, self.library, cited_sources(about)) | dict(self.library.proponents)

    def answer(self, connection: Connection, answer_id: str) -> KeptAnswer:
        """Return an answer.

        Raises:
            NotFoundError: it is not there.
        """
        found = select_answer(connection, answer_id)
        if found is None:
            raise NotFoundError(f"the answer {answer_id[:60]} is not there; its case may have been deleted meanwhile")
        return found

    def thing(self, connection: Connection, answer_id: str) -> Thing:
        """Return to whom an answer belongs, and whether it stands in the queue."""
        is_queued = select_item_id(connection, answer_id) is not None
        return Thing(owner_id=select_owner(connection, answer_id), is_queued=is_queued)
