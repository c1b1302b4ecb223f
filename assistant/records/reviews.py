"""Reviews, what was said after the reveal, and comments: each on a connection whose transaction the caller holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, or_, select, union_all, update

from assistant.records.models import comment, correction, feedback, profile, queue_item, read_mark, review, settlement
from assistant.records.review_types import (
    AnswerVerdict,
    CitationVerdict,
    Comment,
    Review,
    ReviewForm,
    Role,
    Settlement,
    Settling,
    Thumb,
    ViewpointVerdict,
)

_REVIEW = select(review, profile.c.name.label("reviewer_name")).join(profile, profile.c.id == review.c.reviewer_id)


def select_reviews(connection: Connection, item_id: int | None = None) -> tuple[Review, ...]:
    """Return the reviews of an item, or of all, in the order they were begun; drafts and superseded ones too."""
    wanted = _REVIEW if item_id is None else _REVIEW.where(review.c.item_id == item_id)
    return tuple(_to_review(row) for row in connection.execute(wanted.order_by(review.c.id)))


def insert_review(connection: Connection, item_id: int, reviewer_id: str, form: ReviewForm, at: datetime) -> int:
    """Begin a review and return its number."""
    row = {"item_id": item_id, "reviewer_id": reviewer_id, "form": to_row(form), "active_seconds": 0}
    statement = insert(review).values(**row, started_at=at, saved_at=at).returning(review.c.id)
    return int(connection.scalar(statement) or 0)


def update_review(connection: Connection, review_id: int, **changed: Any) -> None:
    """Change columns of a review."""
    connection.execute(update(review).where(review.c.id == review_id).values(**changed))


def insert_correction(connection: Connection, review_id: int, text: str, at: datetime) -> None:
    """Keep the corrected text beside the answer, which stays as it was given."""
    connection.execute(insert(correction).values(review_id=review_id, text=text, at=at))


def insert_settlement(connection: Connection, row: Mapping[str, Any]) -> None:
    """Keep what a reviewer said after the reveal."""
    connection.execute(insert(settlement).values(**row))


def select_settlements(connection: Connection, item_id: int) -> tuple[Settlement, ...]:
    """Return what the reviewers said after the reveal, in order; the last one of a person counts."""
    wanted = select(settlement, profile.c.name).join(profile, profile.c.id == settlement.c.profile_id)
    rows = connection.execute(wanted.where(settlement.c.item_id == item_id).order_by(settlement.c.id)).all()
    return tuple(_to_settlement(row) for row in rows)


def insert_comment(connection: Connection, item_id: int, author_id: str, text: str, at: datetime) -> int:
    """Keep a comment and return its number."""
    statement = insert(comment).values(item_id=item_id, author_id=author_id, text=text, at=at).returning(comment.c.id)
    return int(connection.scalar(statement) or 0)


def select_comments(connection: Connection, item_id: int) -> tuple[Comment, ...]:
    """Return the comments on an item in order."""
    wanted = select(comment, profile.c.name.label("author_name"), profile.c.role.label("author_role"))
    joined = wanted.join(profile, profile.c.id == comment.c.author_id).where(comment.c.item_id == item_id)
    rows = connection.execute(joined.order_by(comment.c.id)).all()
    return tuple(map(_to_comment, rows))


def set_read(connection: Connection, profile_id: str, item_id: int, at: datetime) -> None:
    """Keep that a person has seen what there is on an item."""
    here = read_mark.c.profile_id == profile_id, read_mark.c.item_id == item_id
    if connection.execute(update(read_mark).where(*here).values(read_at=at)).rowcount == 0:
        connection.execute(insert(read_mark).values(profile_id=profile_id, item_id=item_id, read_at=at))


def select_unread(connection: Connection, profile_id: str) -> tuple[int, ...]:
    """Return the numbers of the items that concern a person and on which another has said something since."""
    said = _said().subquery()
    mark = select(read_mark.c.read_at).where(
        read_mark.c.profile_id == profile_id, read_mark.c.item_id == said.c.item_id
    )
    seen = mark.scalar_subquery()
    reviewed = exists().where(
        review.c.item_id == said.c.item_id, review.c.reviewer_id == profile_id, review.c.finished_at.is_not(None)
    )
    wrote = exists().where(comment.c.item_id == said.c.item_id, comment.c.author_id == profile_id)
    by_another = or_(said.c.by.is_(None), said.c.by != profile_id)
    statement = (
        select(said.c.item_id)
        .distinct()
        .join(queue_item, queue_item.c.id == said.c.item_id)
        .where(
            by_another, or_(queue_item.c.asker_id == profile_id, reviewed, wrote), or_(seen.is_(None), said.c.at > seen)
        )
    )
    return tuple(sorted(connection.scalars(statement)))


def count_finished(connection: Connection) -> int:
    """Return how many reviews are finished and stand."""
    stands = review.c.finished_at.is_not(None), review.c.superseded_at.is_(None)
    return connection.scalar(select(func.count()).select_from(review).where(*stands)) or 0


def _said() -> Any:
    """Return who said something on which item and when."""
    heard = feedback.c.thumb != Thumb.UP.value
    return union_all(
        select(comment.c.item_id, comment.c.author_id.label("by"), comment.c.at),
        select(review.c.item_id, review.c.reviewer_id.label("by"), review.c.finished_at.label("at")).where(
            review.c.finished_at.is_not(None)
        ),
        select(settlement.c.item_id, settlement.c.profile_id.label("by"), settlement.c.at),
        select(queue_item.c.id.label("item_id"), feedback.c.profile_id.label("by"), feedback.c.at)
        .join(queue_item, queue_item.c.answer_id == feedback.c.answer_id)
        .where(heard),
    )


def to_row(form: ReviewForm) -> dict[str, Any]:
    """Return a form as JSON."""
    return {
        "citations": {str(number): verdict.value for number, verdict in sorted(form.citations.items())},
        "viewpoints": {name: verdict.value for name, verdict in sorted(form.viewpoints.items())},
        "verdict": form.verdict.value if form.verdict else None,
        "corrected": form.corrected,
        "comment": form.comment,
        "sampled": list(form.sampled),
        "wants_second": form.wants_second,
    }


def to_form(row: Mapping[str, Any]) -> ReviewForm:
    """Return the form that `to_row` made `row` of."""
    return ReviewForm(
        citations={int(number): CitationVerdict(verdict) for number, verdict in row["citations"].items()},
        viewpoints={name: ViewpointVerdict(verdict) for name, verdict in row["viewpoints"].items()},
        verdict=AnswerVerdict(row["verdict"]) if row["verdict"] else None,
        corrected=row["corrected"],
        comment=row["comment"],
        sampled=tuple(row["sampled"]),
        wants_second=row["wants_second"],
    )


def _to_review(row: Row[Any]) -> Review:
    fields = _fields(row)
    fields["form"] = to_form(row.form)
    return Review(**fields)


def _to_settlement(row: Row[Any]) -> Settlement:
    fields = _fields(row)
    fields.update(kind=Settling(row.kind), verdict=AnswerVerdict(row.verdict) if row.verdict else None)
    return Settlement(**fields)


def _to_comment(row: Row[Any]) -> Comment:
    fields = _fields(row)
    fields["author_role"] = Role(row.author_role)
    return Comment(**fields)


def _fields(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
