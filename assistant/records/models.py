"""The tables. A change here needs a migration beside it; a test compares the two.

Deleting a conversation deletes, by the foreign keys, all that came of it. Profiles are never deleted, only retired: a
review goes on saying whose it is.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from assistant.records.columns import CleanText, UtcMoment, metadata


def _of(target: str, name: str) -> Column[Any]:
    """Return the column of a row that goes with the row of `target` it belongs to."""
    kind = CleanText if target == "answer" else Integer
    return Column(name, kind, ForeignKey(f"{target}.id", ondelete="CASCADE"), nullable=False, index=True)


def _by(name: str, *, nullable: bool = True) -> Column[str]:
    """Return a column that says whose profile it was."""
    return Column(name, CleanText, ForeignKey("profile.id"), nullable=nullable)


profile = Table(
    "profile",
    metadata,
    Column("id", CleanText, primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("role", CleanText, nullable=False),
    Column("school", CleanText),
    Column("created_at", UtcMoment, nullable=False),
    Column("retired_at", UtcMoment),
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", CleanText, primary_key=True),
    Column("title", CleanText, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("updated_at", UtcMoment, nullable=False),
    _by("owner_id"),
    Index(None, "updated_at", "id"),
)

answer = Table(
    "answer",
    metadata,
    Column("id", CleanText, primary_key=True),
    Column("conversation_id", CleanText, ForeignKey("conversation.id", ondelete="CASCADE")),
    Column("position", Integer),
    Column("asked_at", UtcMoment, nullable=False),
    Column("question", CleanText, nullable=False),
    Column("status", CleanText, nullable=False),
    Column("detail", CleanText),
    Column("document", JSON, nullable=False),
    Column("trace", JSON, nullable=False),
    UniqueConstraint("conversation_id", "position"),
)

dismissal = Table(
    "dismissal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", CleanText, ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("pattern", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("note", CleanText, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("answer", "answer_id"),
    _by("profile_id"),
    Column("thumb", CleanText, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("note", CleanText, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

commitment = Table(
    "commitment",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("answer", "answer_id"),
    _by("profile_id"),
    Column("text", CleanText, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

result = Table(
    "result",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("answer", "answer_id"),
    _by("profile_id"),
    Column("measure", CleanText, nullable=False),
    Column("name", CleanText, nullable=False),
    Column("given", JSON, nullable=False),
    Column("said", CleanText, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

queue_item = Table(
    "queue_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer_id", CleanText, ForeignKey("answer.id", ondelete="CASCADE"), nullable=False),
    _by("asker_id"),
    Column("sent_at", UtcMoment, nullable=False),
    Column("note", CleanText, nullable=False),
    Column("stage", CleanText, nullable=False),
    Column("thumbs_down", Boolean, nullable=False),
    Column("is_problem", Boolean, nullable=False),
    _by("held_by_id"),
    Column("held_until", UtcMoment),
    Column("touched_at", UtcMoment),
    UniqueConstraint("answer_id"),
    Index(None, "stage", "sent_at"),
    sqlite_autoincrement=True,  # else the number of a deleted item is given again, and a late review would land there
)

queue_label = Table(
    "queue_label",
    metadata,
    Column("item_id", Integer, ForeignKey("queue_item.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", CleanText, primary_key=True),
    Column("value", CleanText, primary_key=True),
    Index(None, "kind", "value"),
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("queue_item", "item_id"),
    _by("reviewer_id", nullable=False),
    Column("ordinal", Integer),
    Column("form", JSON, nullable=False),
    Column("active_seconds", Integer, nullable=False),
    Column("started_at", UtcMoment, nullable=False),
    Column("saved_at", UtcMoment, nullable=False),
    Column("finished_at", UtcMoment),
    Column("superseded_at", UtcMoment),
)

correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("review", "review_id"),
    Column("text", CleanText, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

settlement = Table(
    "settlement",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("queue_item", "item_id"),
    _by("profile_id", nullable=False),
    Column("kind", CleanText, nullable=False),
    Column("verdict", CleanText),
    Column("note", CleanText, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

comment = Table(
    "comment",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("queue_item", "item_id"),
    _by("author_id", nullable=False),
    Column("text", CleanText, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

read_mark = Table(
    "read_mark",
    metadata,
    Column("profile_id", CleanText, ForeignKey("profile.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("queue_item.id", ondelete="CASCADE"), primary_key=True),
    Column("read_at", UtcMoment, nullable=False),
)

approval = Table(
    "approval",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("queue_item", "item_id"),
    _of("answer", "answer_id"),
    Column("verdict", CleanText, nullable=False),
    Column("text", CleanText),
    Column("reviewers", JSON, nullable=False),
    Column("passages", JSON, nullable=False),
    Column("subject", CleanText, nullable=False, index=True),
    Column("intent", CleanText, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("withdrawn_at", UtcMoment),
)
