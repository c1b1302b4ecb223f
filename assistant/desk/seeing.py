"""What of a review may be seen by whom: the blind rule, and which verdict stands. Values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.records.review_types import (
    AnswerVerdict,
    Comment,
    ItemState,
    QueueLine,
    Review,
    Settlement,
    Settling,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What one reviewer holds in the end: a verdict with its corrected text, or dissent."""

    reviewer_id: str
    verdict: AnswerVerdict | None
    text: str | None
    is_dissent: bool = False


def standing_reviews(reviews: Sequence[Review]) -> tuple[Review, ...]:
    """Return the finished reviews that stand, the first one first."""
    found = [review for review in reviews if review.finished_at is not None and review.superseded_at is None]
    return tuple(sorted(found, key=lambda review: review.ordinal or 0))


def own_draft(reviews: Sequence[Review], profile_id: str | None) -> Review | None:
    """Return the unfinished review of a person."""
    drafts = (r for r in reviews if r.reviewer_id == profile_id and r.finished_at is None)
    return next(drafts, None)


def is_blind(line: QueueLine, reviews: Sequence[Review], reviewer_id: str | None) -> bool:
    """Return whether a colleague's finished review is hidden from who may review the item: their own is to come.

    `reviewer_id` is None for who reads it and may not review it, here as below.
    """
    finished = standing_reviews(reviews)
    is_to_come = reviewer_id is not None and all(review.reviewer_id != reviewer_id for review in finished)
    return is_to_come and bool(finished) and line.state != ItemState.DONE


def visible_reviews(line: QueueLine, reviews: Sequence[Review], reviewer_id: str | None) -> tuple[Review, ...]:
    """Return the finished reviews that a reader may see, and their own draft last."""
    finished = () if is_blind(line, reviews, reviewer_id) else standing_reviews(reviews)
    draft = own_draft(reviews, reviewer_id)
    return finished if draft is None else (*finished, draft)


def visible_comments(
    line: QueueLine, reviews: Sequence[Review], comments: Sequence[Comment], reviewer_id: str | None
) -> tuple[Comment, ...]:
    """Return the comments that a reader may see; blind, their own and the asker's before the first review."""
    if not is_blind(line, reviews, reviewer_id):
        return tuple(comments)
    first = min(review.finished_at for review in standing_reviews(reviews) if review.finished_at)
    early = (c for c in comments if c.author_id == reviewer_id or (c.at < first and c.author_id == line.asker_id))
    return tuple(early)


def standpoints(reviews: Sequence[Review], settlements: Sequence[Settlement]) -> tuple[Standpoint, ...]:
    """Return what each reviewer holds after what was said since the reveal."""
    finished = standing_reviews(reviews)
    revealed = max((review.finished_at for review in finished if review.finished_at), default=None)
    latest = {said.profile_id: said for said in settlements if revealed is not None and said.at >= revealed}
    return tuple(_standpoint(review, finished, latest.get(review.reviewer_id)) for review in finished)


def settled(reviews: Sequence[Review], settlements: Sequence[Settlement]) -> Standpoint | None:
    """Return what stands: a single review, or what both reviewers hold; None while they differ or one dissents."""
    held = standpoints(reviews, settlements)
    if not held or any(point.is_dissent for point in held):
        return None
    texts = {point.text for point in held if point.text}
    if len({point.verdict for point in held}) > 1 or len(texts) > 1:
        return None
    return Standpoint(reviewer_id=held[0].reviewer_id, verdict=held[0].verdict, text=next(iter(texts), None))


def _standpoint(review: Review, finished: Sequence[Review], said: Settlement | None) -> Standpoint:
    own = Standpoint(reviewer_id=review.reviewer_id, verdict=review.form.verdict, text=review.form.corrected)
    if said is None:
        return own
    if said.kind == Settling.DISSENT:
        return Standpoint(reviewer_id=own.reviewer_id, verdict=own.verdict, text=own.text, is_dissent=True)
    other = next((r for r in finished if r.id != review.id and r.form.verdict == said.verdict), None)
    text = other.form.corrected if other is not None else own.text
    return Standpoint(reviewer_id=own.reviewer_id, verdict=said.verdict, text=text)
