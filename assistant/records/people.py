"""Profiles, and what people say of an answer: each function on a connection whose transaction the caller holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from assistant.records.models import answer, commitment, conversation, feedback, profile
from assistant.records.review_types import Commitment, Feedback, Profile, Role, Thumb


def insert_profile(connection: Connection, made: Profile) -> None:
    """Keep a new profile."""
    row = {column.name: getattr(made, column.name) for column in profile.columns}
    connection.execute(insert(profile).values(row))


def select_profiles(connection: Connection) -> tuple[Profile, ...]:
    """Return the profiles that are not retired, by name."""
    rows = connection.execute(select(profile).where(profile.c.retired_at.is_(None))).all()
    return tuple(sorted(map(_to_profile, rows), key=lambda found: (found.name.casefold(), found.id)))


def select_profile(connection: Connection, profile_id: str) -> Profile | None:
    """Return the profile of that id, retired or not."""
    row = connection.execute(select(profile).where(profile.c.id == profile_id)).first()
    return None if row is None else _to_profile(row)


def retire_profile(connection: Connection, profile_id: str, at: datetime) -> None:
    """Take a profile off the list; what it wrote stays."""
    here = profile.c.id == profile_id, profile.c.retired_at.is_(None)
    connection.execute(update(profile).where(*here).values(retired_at=at))


def select_owner(connection: Connection, answer_id: str) -> str | None:
    """Return the profile to whom the case of an answer belongs, None where it belongs to nobody."""
    of_answer = select(conversation.c.owner_id).join(answer, answer.c.conversation_id == conversation.c.id)
    return connection.scalar(of_answer.where(answer.c.id == answer_id))


def lock_answer(connection: Connection, answer_id: str) -> bool:
    """Return whether there is such an answer, and hold it until the transaction ends."""
    statement = select(answer.c.id).where(answer.c.id == answer_id).with_for_update()
    return connection.scalar(statement) is not None


def insert_feedback(connection: Connection, given: Feedback) -> Feedback:
    """Keep a thumb beside the earlier ones and return it with its number."""
    row = {column.name: getattr(given, column.name) for column in feedback.columns if column.name != "id"}
    row["reasons"] = list(given.reasons)
    number = connection.scalar(insert(feedback).values(row).returning(feedback.c.id))
    return _to_feedback(connection.execute(select(feedback).where(feedback.c.id == number)).one())


def select_feedback(connection: Connection, answer_id: str) -> tuple[Feedback, ...]:
    """Return the thumbs given to an answer, in order; the last one of a person counts."""
    rows = connection.execute(select(feedback).where(feedback.c.answer_id == answer_id).order_by(feedback.c.id)).all()
    return tuple(map(_to_feedback, rows))


def insert_commitment(connection: Connection, made: Commitment) -> None:
    """Keep what the asker put down."""
    row = {"answer_id": made.answer_id, "profile_id": made.profile_id, "text": made.text, "at": made.at}
    connection.execute(insert(commitment).values(row))


def select_commitments(connection: Connection, answer_ids: Sequence[str]) -> tuple[Commitment, ...]:
    """Return what was put down before these answers were seen, in order."""
    columns = commitment.c.answer_id, commitment.c.profile_id, commitment.c.text, commitment.c.at
    wanted = select(*columns).where(commitment.c.answer_id.in_(answer_ids)).order_by(commitment.c.id)
    return tuple(Commitment(**_fields(row)) for row in connection.execute(wanted))


def _to_profile(row: Row[Any]) -> Profile:
    fields = _fields(row)
    fields["role"] = Role(row.role)
    return Profile(**fields)


def _to_feedback(row: Row[Any]) -> Feedback:
    fields = _fields(row)
    fields.update(thumb=Thumb(row.thumb), reasons=tuple(row.reasons))
    return Feedback(**fields)


def _fields(row: Any) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
