"""What every route works with, found through the request: the assistant, the conversations, the records, the clock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from assistant.door import Assistant
from assistant.records.store import Records
from corpus.library import Library
from ui.conversations import Conversations

STREAMED_AT_ONCE = 8  # chosen: as many as the chat answers at once; the next ones wait and hear a heartbeat


def _now() -> datetime:
    return datetime.now(UTC)


def _streaming() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(STREAMED_AT_ONCE, thread_name_prefix="streamed-answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What stands behind the API; one for the whole app, kept in its state.

    `streaming` runs streamed answers in threads of its own, which go on when a client goes away.
    """

    conversations: Conversations
    records: Records | None = None
    now: Callable[[], datetime] = _now
    streaming: ThreadPoolExecutor = field(default_factory=_streaming)

    @property
    def assistant(self) -> Assistant:
        """Who answers."""
        return self.conversations.assistant


async def backing_of(request: Request) -> Backing:
    """Return what stands behind the app that `request` came to."""
    return request.app.state.backing


BackingHere = Annotated[Backing, Depends(backing_of)]


def library_of(backing: BackingHere) -> Library:
    """Return the library in force now."""
    return backing.assistant.snapshot.library


LibraryHere = Annotated[Library, Depends(library_of)]
