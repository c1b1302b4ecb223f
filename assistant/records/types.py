"""What comes out of the records: frozen values, times in aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """One answer as it was given, and all that it was made from.

    `document` is the answer as CONTRACT.md's JSON; `trace` is what replay and review need beside it.
    An answer outside a conversation has neither `conversation_id` nor `position`.
    """

    id: str
    conversation_id: str | None
    position: int | None
    asked_at: datetime
    question: str
    status: str
    detail: str | None
    document: Mapping[str, Any]
    trace: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A case that was talked over, its answers in order."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    owner_id: str | None = None
    """The profile it belongs to; None where it belongs to nobody, and everybody sees it."""
    answers: tuple[KeptAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationSummary:
    """A conversation as one line of a list."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    owner_id: str | None = None
    answer_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationPage:
    """A part of a list of conversations, the latest first; `total` counts the whole list."""

    items: tuple[ConversationSummary, ...]
    total: int
    limit: int
    offset: int
