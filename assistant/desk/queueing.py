"""The mentors' queue: what waits, and who has it in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta

from assistant.desk import seeing
from assistant.desk.access import Action, Thing
from assistant.desk.sitting import Sitting
from assistant.records import queueing
from assistant.records.engine import Connection
from assistant.records.errors import BadRecordError, ConflictError, NotFoundError
from assistant.records.people import select_commitments, select_feedback
from assistant.records.queueing import QueueFilter
from assistant.records.review_types import ItemState, QueueItem, QueueLine, QueuePage, Review
from assistant.records.reviews import select_reviews, select_settlements
from assistant.records.validating import check_page

HOLD = timedelta(minutes=30)
"""How long an item is reserved; saving renews it. Chosen: an interrupted review is picked up the same hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueChoices:
    """What the queue can be narrowed to, and how many items each state has."""

    viewpoints: tuple[str, ...]
    cruxes: tuple[str, ...]
    askers: tuple[tuple[str, str], ...]
    """Id and name of each person whose answers stand there."""
    counts: Mapping[ItemState, int]


def choices(sitting: Sitting) -> QueueChoices:
    """Return what the queue can be narrowed to."""
    sitting.require(Action.READ_QUEUE)
    with sitting.records.reading() as connection:
        labels, now = queueing.select_labels(connection), sitting.now()
        counts = {
            state: queueing.select_queue(connection, QueueFilter(state=state), now, 1, 0).total for state in ItemState
        }
        return QueueChoices(
            viewpoints=labels.get("viewpoint", ()),
            cruxes=labels.get("crux", ()),
            askers=queueing.select_askers(connection),
            counts=counts,
        )


def to_state(state: ItemState | str | None) -> ItemState | None:
    """Return the state that a screen names.

    Raises:
        BadRecordError: there is none of that name.
    """
    try:
        return None if state is None else ItemState(str(state))
    except ValueError:
        raise BadRecordError(f"a state: expected one of {', '.join(ItemState)}, got {str(state)[:40]!r}") from None


def queue(sitting: Sitting, wanted: QueueFilter, limit: int, offset: int) -> QueuePage:
    """Return a part of the queue: what waits before what is done, problems first, then who has waited longest."""
    sitting.require(Action.READ_QUEUE)
    check_page(limit, offset)
    with sitting.records.reading() as connection:
        return queueing.select_queue(connection, wanted, sitting.now(), limit, offset)


def sent(sitting: Sitting, limit: int, offset: int) -> QueuePage:
    """Return the items of who sits here.

    Raises:
        NotAllowedError: no profile is chosen.
    """
    check_page(limit, offset)
    with sitting.records.reading() as connection:
        return queueing.select_queue(connection, QueueFilter(physio=sitting.who()), sitting.now(), limit, offset)


def item(sitting: Sitting, item_id: int) -> QueueItem:
    """Return an item with its answer and what of its reviews may be seen."""
    with sitting.records.reading() as connection:
        line = found_line(sitting, connection, item_id)
        sitting.require(Action.READ_ITEM, belonging(line))
        return whole(sitting, connection, line)


def item_of(sitting: Sitting, answer_id: str) -> QueueItem | None:
    """Return the item of an answer; None where it was not sent, or where it is not for who sits here."""
    with sitting.records.reading() as connection:
        number = queueing.select_item_id(connection, answer_id)
        line = None if number is None else queueing.select_line(connection, number, sitting.now())
        if line is None or not sitting.may(Action.READ_ITEM, belonging(line)):
            return None
        return whole(sitting, connection, line)


def reserve(sitting: Sitting, item_id: int) -> QueueItem:
    """Take an item in hand for half an hour.

    Raises:
        ConflictError: another has it, or there is nothing left to review in it.
    """
    with sitting.records.writing() as connection:
        line = reviewable(sitting, connection, item_id)
        check_free(sitting, line, select_reviews(connection, item_id))
        take(sitting, connection, item_id)
        return whole(sitting, connection, found_line(sitting, connection, item_id))


def release(sitting: Sitting, item_id: int) -> None:
    """Put an item back; a draft of its review stays. Nothing happens where it is not in one's hands."""
    with sitting.records.writing() as connection:
        line = reviewable(sitting, connection, item_id)
        if line.held_by_id == sitting.profile_id:
            queueing.let_go(connection, item_id)


def reviewable(sitting: Sitting, connection: Connection, item_id: int) -> QueueLine:
    """Return an item that who sits here may review, and keep others from it until the transaction ends."""
    queueing.lock_item(connection, item_id)
    line = found_line(sitting, connection, item_id)
    sitting.require(Action.REVIEW, asked(line))
    return line


def belonging(line: QueueLine) -> Thing:
    """Return to whom an item belongs: nobody's case is everybody's to read, with what came of it."""
    return Thing(owner_id=line.owner_id, is_queued=True)


def asked(line: QueueLine) -> Thing:
    """Return whose question an item is, as nobody reviews their own: also of nobody's case it is the sender's."""
    return Thing(owner_id=line.owner_id or line.asker_id, is_queued=True)


def reviewer_of(sitting: Sitting, line: QueueLine) -> str | None:
    """Return who sits here if they may review the item, else None."""
    return sitting.profile_id if sitting.may(Action.REVIEW, asked(line)) else None


def check_free(sitting: Sitting, line: QueueLine, reviews: tuple[Review, ...]) -> None:
    """Let pass an item that nobody else has in hand and that waits for this mentor's review.

    Raises:
        ConflictError: otherwise; the message says who has it until when, or who has done it.
    """
    if line.held_by_id not in {None, sitting.profile_id} and line.held_until is not None:
        until = f"{line.held_until:%Y-%m-%dT%H:%M:%SZ}"
        raise ConflictError(f"item {line.id} is being reviewed by {line.held_by_name} until {until}")
    finished = seeing.standing_reviews(reviews)
    if any(review.reviewer_id == sitting.profile_id for review in finished):
        raise ConflictError(f"your review of item {line.id} is finished; reopen it to change it")
    if line.state == ItemState.DONE:
        names = " and ".join(review.reviewer_name for review in finished) or "a colleague"
        raise ConflictError(f"item {line.id} is done: {names} reviewed it")


def take(sitting: Sitting, connection: Connection, item_id: int) -> None:
    """Give an item to who sits here, for half an hour from now."""
    now = sitting.now()
    queueing.hold(connection, item_id, sitting.who(), now=now, until=now + HOLD)


def found_line(sitting: Sitting, connection: Connection, item_id: int) -> QueueLine:
    """Return an item as a line.

    Raises:
        NotFoundError: it is not there.
    """
    line = queueing.select_line(connection, item_id, sitting.now())
    if line is None:
        raise NotFoundError(f"item {item_id} is not in the queue; its case may have been deleted meanwhile")
    return line


def whole(sitting: Sitting, connection: Connection, line: QueueLine) -> QueueItem:
    """Return an item with everything of it that who sits here may see."""
    reviews = select_reviews(connection, line.id)
    settlements = select_settlements(connection, line.id)
    reviewer_id = reviewer_of(sitting, line)
    is_blind = seeing.is_blind(line, reviews, reviewer_id)
    stands = None if is_blind or line.state != ItemState.DONE else seeing.settled(reviews, settlements)
    commitments = select_commitments(connection, [line.answer_id])
    return QueueItem(
        **{field.name: getattr(line, field.name) for field in fields(line)},
        document=sitting.answer(connection, line.answer_id).document,
        reviews=seeing.visible_reviews(line, reviews, reviewer_id),
        settlements=() if is_blind else settlements,
        settled=None if stands is None else stands.verdict,
        feedback=select_feedback(connection, line.answer_id),
        commitment=next((c for c in commitments if c.profile_id == line.asker_id and c.text), None),
        is_blind=is_blind,
    )
