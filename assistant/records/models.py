"""The tables. A change here needs a migration beside it; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from assistant.records.validating import clean_text


class CleanText(TypeDecorator[str]):
    """Text that any database takes, in values and in what is searched for alike."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace what is not text."""
        return None if value is None else clean_text(value)


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment, always in UTC; SQLite, which has no time zones, keeps it bare."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Bring an aware moment to UTC; one without an offset is a mistake in our code."""
        if value is not None and value.tzinfo is None:
            message = f"expected an aware moment, got {value!r}"
            raise ValueError(message)
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the moment its zone back."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", CleanText, primary_key=True),
    Column("title", CleanText, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("updated_at", UtcMoment, nullable=False),
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
