"""The mentors' queue: each function on a connection whose transaction the caller holds.

"In review" is not kept but follows from who holds an item until when, so that a reservation ends by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, exists, func, insert, not_, or_, select, update

from assistant.records.models import answer, conversation, profile, queue_item, queue_label, review
from assistant.records.review_types import ItemState, QueueLine, QueuePage
from assistant.records.validating import search_words

_ASKER, _HOLDER = profile.alias("asker"), profile.alias("holder")
_LINE = (
    select(
        queue_item,
        answer.c.conversation_id,
        answer.c.question,
        answer.c.status,
        answer.c.asked_at,
        conversation.c.owner_id,
        conversation.c.title.label("case_title"),
        _ASKER.c.name.label("asker_name"),
        _HOLDER.c.name.label("held_by_name"),
    )
    .join(answer, answer.c.id == queue_item.c.answer_id)
    .outerjoin(conversation, conversation.c.id == answer.c.conversation_id)
    .outerjoin(_ASKER, _ASKER.c.id == queue_item.c.asker_id)
    .outerjoin(_HOLDER, _HOLDER.c.id == queue_item.c.held_by_id)
)
_CHUNK = 500  # ids a statement: SQLite before 3.32 takes 999
_NOT_SHOWN = frozenset({"stage", "touched_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What a list of the queue is narrowed to; None leaves it wide.

    `viewpoint` is a school that the answer cites, `school` the asker's own, `status` the answer's outcome, `physio` the
    profile of who asked; `search` are words of the question, the note or the asker's name.
    """

    state: ItemState | None = None
    viewpoint: str | None = None
    school: str | None = None
    status: str | None = None
    physio: str | None = None
    crux: str | None = None
    thumbs_down: bool = False
    search: str | None = None


def insert_item(connection: Connection, row: Mapping[str, Any], labels: Mapping[str, Sequence[str]]) -> int:
    """Put an answer in the queue, with its cruxes and schools to filter by, and return its number."""
    number = connection.scalar(insert(queue_item).values(**row).returning(queue_item.c.id))
    rows = [
        {"item_id": number, "kind": kind, "value": value} for kind in labels for value in dict.fromkeys(labels[kind])
    ]
    if rows:
        connection.execute(insert(queue_label), rows)
    return int(number or 0)


def update_item(connection: Connection, item_id: int, **changed: Any) -> None:
    """Change columns of an item."""
    connection.execute(update(queue_item).where(queue_item.c.id == item_id).values(**changed))


def hold(connection: Connection, item_id: int, profile_id: str, *, now: datetime, until: datetime) -> None:
    """Give an item to a mentor until a moment."""
    update_item(connection, item_id, held_by_id=profile_id, held_until=until, touched_at=now)


def let_go(connection: Connection, item_id: int) -> None:
    """Take an item from whoever holds it."""
    update_item(connection, item_id, held_by_id=None, held_until=None, touched_at=None)


def lock_item(connection: Connection, item_id: int) -> bool:
    """Return whether there is such an item, and keep others from changing it until the transaction ends."""
    statement = select(queue_item.c.id).where(queue_item.c.id == item_id).with_for_update()
    return connection.scalar(statement) is not None


def select_line(connection: Connection, item_id: int, now: datetime) -> QueueLine | None:
    """Return the item of that number."""
    row = connection.execute(_LINE.where(queue_item.c.id == item_id)).first()
    return None if row is None else _to_lines(connection, [row], now)[0]


def select_item_id(connection: Connection, answer_id: str) -> int | None:
    """Return the number under which an answer stands in the queue."""
    return connection.scalar(select(queue_item.c.id).where(queue_item.c.answer_id == answer_id))


def select_touched(connection: Connection, item_id: int) -> datetime | None:
    """Return when whoever holds an item last reserved or saved it."""
    return connection.scalar(select(queue_item.c.touched_at).where(queue_item.c.id == item_id))


def is_case_queued(connection: Connection, conversation_id: str) -> bool:
    """Return whether an answer of a case stands in the queue."""
    here = queue_item.c.answer_id == answer.c.id
    return bool(connection.scalar(select(exists().where(here, answer.c.conversation_id == conversation_id))))


def select_queue(connection: Connection, wanted: QueueFilter, now: datetime, limit: int, offset: int) -> QueuePage:
    """Return a part of the queue: what waits before what is done, problems first, then who has waited longest."""
    narrowed = _LINE.where(*_conditions(wanted, now))
    total = connection.scalar(select(func.count()).select_from(narrowed.subquery()))
    is_done = queue_item.c.stage == ItemState.DONE
    order = (
        case((is_done, 1), else_=0),
        case((and_(not_(is_done), queue_item.c.is_problem), 0), else_=1),
        case((is_done, None), else_=queue_item.c.sent_at).asc(),
        queue_item.c.id.desc() if wanted.state == ItemState.DONE else queue_item.c.id,
    )
    rows = connection.execute(narrowed.order_by(*order).limit(limit).offset(offset)).all()
    return QueuePage(items=_to_lines(connection, rows, now), total=total or 0, limit=limit, offset=offset)


def select_lines(connection: Connection, now: datetime) -> tuple[QueueLine, ...]:
    """Return every item of the queue in the order of sending."""
    rows = connection.execute(_LINE.order_by(queue_item.c.id)).all()
    return tuple(
        line
        for start in range(0, len(rows), _CHUNK)
        for line in _to_lines(connection, rows[start : start + _CHUNK], now)
    )


def select_labels(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the values of each kind of label that the queue holds, to offer as filters."""
    found: dict[str, list[str]] = {}
    statement = (
        select(queue_label.c.kind, queue_label.c.value).distinct().order_by(queue_label.c.kind, queue_label.c.value)
    )
    for row in connection.execute(statement):
        found.setdefault(row.kind, []).append(row.value)
    return {kind: tuple(values) for kind, values in found.items()}


def select_askers(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return the id and name of everybody whose answers stand in the queue, by name."""
    statement = select(_ASKER.c.id, _ASKER.c.name).join(queue_item, queue_item.c.asker_id == _ASKER.c.id).distinct()
    return tuple((row.id, row.name) for row in connection.execute(statement.order_by(_ASKER.c.name, _ASKER.c.id)))


def _conditions(wanted: QueueFilter, now: datetime) -> list[ColumnElement[bool]]:
    exact = (
        (answer.c.status, wanted.status),
        (queue_item.c.asker_id, wanted.physio),
        (_ASKER.c.school, wanted.school),
    )
    found = [column == value for column, value in exact if value is not None]
    labels = ("viewpoint", wanted.viewpoint), ("crux", wanted.crux)
    found += [_labelled(kind, value) for kind, value in labels if value is not None]
    found += [_holds(word) for word in search_words(wanted.search)]
    if wanted.state is not None:
        found.append(_is_in(wanted.state, now))
    return [*found, queue_item.c.thumbs_down] if wanted.thumbs_down else found


def _is_in(state: ItemState, now: datetime) -> ColumnElement[bool]:
    is_held = func.coalesce(queue_item.c.held_until > now, False)
    if state == ItemState.IN_REVIEW:
        return and_(queue_item.c.stage != ItemState.DONE, is_held)
    stands = queue_item.c.stage == state.value
    return stands if state == ItemState.DONE else and_(stands, not_(is_held))


def _labelled(kind: str, value: str) -> ColumnElement[bool]:
    here = queue_label.c.item_id == queue_item.c.id
    return exists().where(here, queue_label.c.kind == kind, queue_label.c.value == value)


def _holds(word: str) -> ColumnElement[bool]:
    columns = answer.c.question, queue_item.c.note, _ASKER.c.name
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def _to_lines(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> tuple[QueueLine, ...]:
    labels: dict[tuple[int, str], list[str]] = {}
    here = select(queue_label).where(queue_label.c.item_id.in_([row.id for row in rows])).order_by(queue_label.c.value)
    for found in connection.execute(here) if rows else ():
        labels.setdefault((found.item_id, found.kind), []).append(found.value)
    return tuple(_to_line(row, labels, now) for row in rows)


def _to_line(row: Row[Any], labels: Mapping[tuple[int, str], Sequence[str]], now: datetime) -> QueueLine:
    fields = {name: value for name, value in row._mapping.items() if name not in _NOT_SHOWN}  # noqa: SLF001 - public
    is_held = row.held_until is not None and row.held_until > now and row.stage != ItemState.DONE
    if not is_held:
        fields |= {"held_by_id": None, "held_by_name": None, "held_until": None}
    return QueueLine(
        **fields,
        state=ItemState.IN_REVIEW if is_held else ItemState(row.stage),
        cruxes=tuple(labels.get((row.id, "crux"), ())),
        viewpoints=tuple(labels.get((row.id, "viewpoint"), ())),
    )


def has_first_review(connection: Connection, item_id: int) -> bool:
    """Return whether a review of the item is finished and stands."""
    stands = review.c.finished_at.is_not(None), review.c.superseded_at.is_(None)
    return bool(connection.scalar(select(exists().where(review.c.item_id == item_id, *stands))))
