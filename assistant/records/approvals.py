"""What was approved: each function on a connection whose transaction the caller holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from assistant.records.models import approval
from assistant.records.review_types import AnswerVerdict, KeptApproval


def insert_approval(connection: Connection, row: Mapping[str, Any]) -> None:
    """Keep an approval."""
    connection.execute(insert(approval).values(**row))


def withdraw_approvals(connection: Connection, item_id: int, at: datetime) -> None:
    """Take back the approval of an item that stands; its row stays, with the moment."""
    here = approval.c.item_id == item_id, approval.c.withdrawn_at.is_(None)
    connection.execute(update(approval).where(*here).values(withdrawn_at=at))


def select_approvals(
    connection: Connection, *, answer_id: str | None = None, subject: str | None = None, limit: int | None = None
) -> tuple[KeptApproval, ...]:
    """Return the approvals that were not taken back, of one answer, of one subject, or all, the latest first."""
    wanted = select(approval).where(approval.c.withdrawn_at.is_(None)).order_by(approval.c.id.desc()).limit(limit)
    if answer_id is not None:
        wanted = wanted.where(approval.c.answer_id == answer_id)
    if subject is not None:
        wanted = wanted.where(approval.c.subject == subject)
    return tuple(map(_to_approval, connection.execute(wanted)))


def _to_approval(row: Row[Any]) -> KeptApproval:
    fields = {name: value for name, value in row._mapping.items() if name != "withdrawn_at"}  # noqa: SLF001 - public
    fields.update(reviewers=tuple(row.reviewers), passages=tuple(row.passages), verdict=AnswerVerdict(row.verdict))
    return KeptApproval(**fields)
