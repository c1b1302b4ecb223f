"""A mentor's review: drafts, finishing, the blind second, the reveal, and what is said after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.desk import approving, seeing
from assistant.desk.access import NotAllowedError
from assistant.desk.queueing import check_free, found_line, reviewable, take, whole
from assistant.desk.sitting import LONG_CHARS, Sitting
from assistant.records import queueing, reviews
from assistant.records.engine import Connection
from assistant.records.errors import BadRecordError, ConflictError
from assistant.records.review_types import (
    AnswerVerdict,
    CitationVerdict,
    ItemState,
    QueueItem,
    QueueLine,
    Review,
    ReviewForm,
    Settling,
    ViewpointVerdict,
)

_MOST_SAMPLED = 100  # chosen: an answer has some twenty claims


def save(sitting: Sitting, item_id: int, form: ReviewForm, *, finish: bool) -> Review:
    """Keep a review as a draft, or finish it.

    A form that comes too late, because a colleague has the item or has done it, is kept as a draft before the refusal.

    Raises:
        BadRecordError: the form does not fit the answer, or has no verdict to finish with.
        ConflictError: a colleague has the item, or has done it; the draft is kept.
    """
    refusal: ConflictError | None = None
    with sitting.records.writing() as connection:
        line = reviewable(sitting, connection, item_id)
        clean = _checked(sitting, connection, line, form, finish=finish)
        kept = reviews.select_reviews(connection, item_id)
        try:
            check_free(sitting, line, kept)
        except ConflictError as error:
            if any(r.reviewer_id == sitting.profile_id for r in seeing.standing_reviews(kept)):
                raise
            refusal = ConflictError(f"{error}; what you filled in is kept as your draft")
        if refusal is None and finish and not seeing.standing_reviews(kept) and sitting.draws_second(line.answer_id):
            clean = replace(clean, wants_second=True)  # kept as one that was asked for: nothing tells them apart
        number = _keep_draft(sitting, connection, line, clean)
        if refusal is None and finish:
            _finish(sitting, connection, line, number)
        elif refusal is None:
            take(sitting, connection, item_id)
        saved = _review(connection, item_id, number)
    if refusal is not None:
        raise refusal
    return saved


def reopen(sitting: Sitting, item_id: int) -> QueueItem:
    """Take one's own finished review up again: it is kept as superseded, what it approved is withdrawn.

    Raises:
        ConflictError: one has no finished review of it, or a colleague has the item in hand.
    """
    with sitting.records.writing() as connection:
        line = reviewable(sitting, connection, item_id)
        finished = seeing.standing_reviews(reviews.select_reviews(connection, item_id))
        own = next((review for review in finished if review.reviewer_id == sitting.profile_id), None)
        if own is None:
            raise ConflictError(f"you have no finished review of item {item_id} to take up again")
        if line.held_by_id not in {None, sitting.profile_id}:
            raise ConflictError(f"item {item_id} is being reviewed by {line.held_by_name}; wait until that is done")
        now = sitting.now()
        reviews.update_review(connection, own.id, superseded_at=now)
        number = reviews.insert_review(connection, item_id, own.reviewer_id, own.form, now)
        reviews.update_review(connection, number, active_seconds=own.active_seconds)
        approving.withdraw(sitting, connection, item_id)
        stage = ItemState.NEEDS_SECOND if len(finished) > 1 else ItemState.NEW
        queueing.update_item(connection, item_id, stage=stage.value)
        take(sitting, connection, item_id)
        return whole(sitting, connection, found_line(sitting, connection, item_id))


def agree(sitting: Sitting, item_id: int, verdict: AnswerVerdict | str, note: str) -> QueueItem:
    """Take over a verdict after both reviews are finished; where both mentors hold the same, it stands.

    Raises:
        ConflictError: there are not two finished reviews, or their verdict stands already.
    """
    return _settle(sitting, item_id, Settling.AGREE, _verdict(verdict), note)


def dissent(sitting: Sitting, item_id: int, note: str) -> QueueItem:
    """Keep that one holds to one's own verdict, and why; then none stands, and nothing is approved.

    Raises:
        BadRecordError: no reason is given.
        ConflictError: there are not two finished reviews.
    """
    return _settle(sitting, item_id, Settling.DISSENT, None, sitting.typed(note, "your reason", is_needed=True))


def _settle(sitting: Sitting, item_id: int, kind: Settling, verdict: AnswerVerdict | None, note: str) -> QueueItem:
    words = sitting.typed(note, "a note")
    with sitting.records.writing() as connection:
        reviewable(sitting, connection, item_id)
        kept = reviews.select_reviews(connection, item_id)
        finished = seeing.standing_reviews(kept)
        if len(finished) < 2:
            raise ConflictError(f"item {item_id} has not two finished reviews yet; both come before the comparison")
        if all(review.reviewer_id != sitting.profile_id for review in finished):
            raise NotAllowedError(f"only the two who reviewed item {item_id} agree or dissent; add a comment instead")
        before = seeing.settled(kept, reviews.select_settlements(connection, item_id))
        if kind == Settling.AGREE and before is not None:
            raise ConflictError(f"item {item_id} is settled already: both reviews come to {before.verdict}")
        row = {"item_id": item_id, "profile_id": sitting.who(), "kind": kind.value, "note": words}
        value = None if verdict is None else verdict.value
        reviews.insert_settlement(connection, row | {"verdict": value, "at": sitting.now()})
        line = found_line(sitting, connection, item_id)
        approving.renew(sitting, connection, line)
        return whole(sitting, connection, line)


def _keep_draft(sitting: Sitting, connection: Connection, line: QueueLine, form: ReviewForm) -> int:
    """Keep the form in one's own draft, begun now where there is none, and return the draft's number."""
    now, who = sitting.now(), sitting.who()
    draft = seeing.own_draft(reviews.select_reviews(connection, line.id), who)
    began = queueing.select_touched(connection, line.id) if line.held_by_id == who else None
    number = reviews.insert_review(connection, line.id, who, form, began or now) if draft is None else draft.id
    spent = 0 if began is None else max((now - began).total_seconds(), 0)  # at most the half hour it was held
    earlier = 0 if draft is None else draft.active_seconds
    reviews.update_review(
        connection, number, form=reviews.to_row(form), saved_at=now, active_seconds=earlier + round(spent)
    )
    return number


def _finish(sitting: Sitting, connection: Connection, line: QueueLine, number: int) -> None:
    """Finish a draft: it becomes the first review or the second, and the item goes on or is done."""
    now = sitting.now()
    earlier = seeing.standing_reviews(reviews.select_reviews(connection, line.id))
    taken = {review.ordinal for review in earlier}
    ordinal = 1 if 1 not in taken else 2
    reviews.update_review(connection, number, finished_at=now, ordinal=ordinal)
    form = _review(connection, line.id, number).form
    if form.corrected:
        reviews.insert_correction(connection, number, form.corrected, now)
    if not earlier:  # who wrote the first review has read what was said before it; the second is shown the rest now
        reviews.set_read(connection, sitting.who(), line.id, now)
    is_done = bool(earlier) or not form.wants_second
    stage = ItemState.DONE if is_done else ItemState.NEEDS_SECOND
    queueing.let_go(connection, line.id)
    queueing.update_item(connection, line.id, stage=stage.value)
    approving.renew(sitting, connection, found_line(sitting, connection, line.id))


def _review(connection: Connection, item_id: int, number: int) -> Review:
    return next(review for review in reviews.select_reviews(connection, item_id) if review.id == number)


def _checked(
    sitting: Sitting, connection: Connection, line: QueueLine, form: ReviewForm, *, finish: bool
) -> ReviewForm:
    """Return the form with its texts cleaned.

    Raises:
        BadRecordError: it speaks of what the answer does not have, or has no verdict to finish with.
    """
    document = sitting.answer(connection, line.answer_id).document
    _check_names(document, form)
    clean = replace(
        form,
        citations={number: CitationVerdict(verdict) for number, verdict in form.citations.items()},
        viewpoints={name: ViewpointVerdict(verdict) for name, verdict in form.viewpoints.items()},
        verdict=None if form.verdict is None else _verdict(form.verdict),
        corrected=sitting.typed(form.corrected or "", "the corrected text", most=LONG_CHARS, about=document) or None,
        comment=sitting.typed(form.comment, "a comment", about=document),
        sampled=tuple(form.sampled),
    )
    if finish and clean.verdict is None:
        raise BadRecordError("choose accept, accept with corrections or reject before finishing; the draft can wait")
    if finish and clean.verdict == AnswerVerdict.CORRECTIONS and not clean.corrected:
        raise BadRecordError(
            "accept with corrections: expected the corrected text; write it, or choose another verdict"
        )
    return clean


def _check_names(document: Mapping[str, Any], form: ReviewForm) -> None:
    numbers = {cited.get("number") for cited in document.get("citations") or ()}
    if strange := sorted(map(str, set(form.citations) - numbers)):
        raise BadRecordError(f"citations: the answer has no citation {strange[0][:40]}")
    claims = {claim.get("id") for part in document.get("sections") or () for claim in part.get("claims") or ()}
    if strange := sorted(map(str, set(form.sampled) - claims)):
        raise BadRecordError(f"sampled: the answer has no claim {strange[0][:40]}")
    for values, known in ((form.citations, CitationVerdict), (form.viewpoints, ViewpointVerdict)):
        if strange := sorted({str(value) for value in values.values()} - {one.value for one in known}):
            raise BadRecordError(f"expected one of {', '.join(known)}, got {strange[0][:40]!r}")
    if any(not isinstance(name, str) or not 0 < len(name) <= 60 for name in form.viewpoints):
        raise BadRecordError("viewpoints: expected the ids of schools, such as calf-focused")
    if len(form.viewpoints) > _MOST_SAMPLED:
        raise BadRecordError(f"viewpoints: expected {_MOST_SAMPLED} at most, got {len(form.viewpoints)}")


def _verdict(verdict: object) -> AnswerVerdict:
    try:
        return AnswerVerdict(str(verdict))
    except ValueError:
        raise BadRecordError(f"a verdict: expected accept, corrections or reject, got {str(verdict)[:40]!r}") from None
