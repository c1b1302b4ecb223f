"""What is asked of the tables, each on a connection whose transaction the caller holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, exists, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.records.models import answer, conversation, dismissal, queue_item
from assistant.records.types import Conversation, ConversationPage, ConversationSummary, KeptAnswer
from assistant.records.validating import search_words, to_title
from guardrails.types import Dismissal, DismissalReason

_IDS = 2_000  # chosen: a year's answers of one physio, read in milliseconds

_ANSWER_COUNT = (
    select(func.count()).where(answer.c.conversation_id == conversation.c.id).correlate(conversation).scalar_subquery()
)


def insert_answer(connection: Connection, kept: KeptAnswer, owner: str | None = None) -> bool:
    """Keep an answer at the end of its conversation; return whether it is new. The first of an id stands.

    A conversation that is made by it belongs to `owner`.
    """
    if connection.scalar(select(exists().where(answer.c.id == kept.id))):
        return False
    position = _next_position(connection, kept, kept.conversation_id, owner) if kept.conversation_id else None
    row = {column.name: getattr(kept, column.name) for column in answer.columns} | {"position": position}
    return _insert_if_new(connection, answer, row)


def select_answer(connection: Connection, answer_id: str) -> KeptAnswer | None:
    """Return the answer of that id."""
    row = connection.execute(select(answer).where(answer.c.id == answer_id)).first()
    return None if row is None else _to_answer(row)


def select_latest_ids(connection: Connection) -> tuple[str, ...]:
    """Return the ids of the answers asked last, the latest first."""
    return tuple(connection.scalars(select(answer.c.id).order_by(answer.c.asked_at.desc()).limit(_IDS)))


def select_conversation(connection: Connection, conversation_id: str) -> Conversation | None:
    """Return the conversation with its answers in order."""
    row = connection.execute(select(conversation).where(conversation.c.id == conversation_id)).first()
    if row is None:
        return None
    rows = connection.execute(_of(conversation_id, select(answer))).all()
    return Conversation(**row._mapping, answers=tuple(map(_to_answer, rows)))  # noqa: SLF001 - SQLAlchemy's public name


def select_questions(connection: Connection, conversation_id: str) -> tuple[str, ...]:
    """Return the questions of a conversation in order."""
    return tuple(connection.scalars(_of(conversation_id, select(answer.c.question))))


def select_owner(connection: Connection, conversation_id: str) -> str | None:
    """Return the profile a conversation belongs to, None where it belongs to nobody or is not there."""
    return connection.scalar(select(conversation.c.owner_id).where(conversation.c.id == conversation_id))


def is_conversation(connection: Connection, conversation_id: str) -> bool:
    """Return whether there is a conversation of that id."""
    return bool(connection.scalar(select(exists().where(conversation.c.id == conversation_id))))


def insert_dismissals(connection: Connection, kept: KeptAnswer, dismissals: Sequence[Dismissal]) -> None:
    """Keep what was set aside with an answer, each once; `turn` becomes the answer's place in its conversation."""
    here = answer.c.id == kept.id
    place = connection.scalar(select(answer.c.position).where(here, answer.c.conversation_id.is_not(None)))
    of_case = dismissal.c.conversation_id == kept.conversation_id
    known = set(connection.scalars(select(dismissal.c.pattern).where(dismissal.c.turn == place, of_case)))
    for given in dismissals if place else ():
        if given.pattern not in known:
            row = {"pattern": given.pattern, "reason": given.reason.value, "note": given.note, "turn": place}
            connection.execute(dismissal.insert().values(conversation_id=kept.conversation_id, at=kept.asked_at, **row))


def select_dismissals(connection: Connection, conversation_id: str) -> tuple[Dismissal, ...]:
    """Return what was set aside in a conversation; `turn` counts the questions that are still kept."""
    rows = connection.execute(
        select(dismissal).where(dismissal.c.conversation_id == conversation_id).order_by(dismissal.c.id)
    ).all()
    places = tuple(connection.scalars(_of(conversation_id, select(answer.c.position)))) if rows else ()
    return tuple(
        Dismissal(
            pattern=row.pattern,
            reason=DismissalReason(row.reason),
            note=row.note,
            turn=max(sum(place <= row.turn for place in places), 1),
        )
        for row in rows
    )


def select_page(
    connection: Connection, search: str | None, limit: int, offset: int, seen_by: Sequence[str | None] | None = None
) -> ConversationPage:
    """Return the conversations that hold every word of `search`, the latest first.

    `seen_by` narrows them to the cases of these profiles, None among them meaning nobody's.
    """
    wanted = [_holds(word) for word in search_words(search)]
    if seen_by is not None:
        named = conversation.c.owner_id.in_([owner for owner in seen_by if owner is not None])
        wanted.append(or_(named, conversation.c.owner_id.is_(None)) if None in seen_by else named)
    total = connection.scalar(select(func.count()).select_from(conversation).where(*wanted))
    rows = connection.execute(
        select(conversation, _ANSWER_COUNT.label("answer_count"))
        .where(*wanted)
        .order_by(conversation.c.updated_at.desc(), conversation.c.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    return ConversationPage(items=_to_summaries(rows), total=total or 0, limit=limit, offset=offset)


def update_title(connection: Connection, conversation_id: str, title: str) -> bool:
    """Give a conversation another title; return whether there is one."""
    statement = update(conversation).where(conversation.c.id == conversation_id).values(title=title)
    return connection.execute(statement).rowcount > 0


def select_item_ids(connection: Connection, conversation_id: str) -> tuple[int, ...]:
    """Return the numbers under which answers of a conversation stand in the mentors' queue."""
    here = select(queue_item.c.id).join(answer, answer.c.id == queue_item.c.answer_id)
    return tuple(connection.scalars(here.where(answer.c.conversation_id == conversation_id)))


def delete_conversation(connection: Connection, conversation_id: str) -> bool:
    """Delete a conversation and, by the foreign key, its answers; return whether there was one."""
    return connection.execute(delete(conversation).where(conversation.c.id == conversation_id)).rowcount > 0


def _next_position(connection: Connection, kept: KeptAnswer, conversation_id: str, owner: str | None) -> int:
    """Return the next place in a conversation that exists, is up to date, and is ours until the commit."""
    here, asked_at = conversation.c.id == conversation_id, kept.asked_at
    row = {"id": conversation_id, "title": to_title(kept.question), "created_at": asked_at, "updated_at": asked_at}
    _insert_if_new(connection, conversation, row | {"owner_id": owner})
    connection.execute(select(conversation.c.id).where(here).with_for_update())
    later = update(conversation).where(here, conversation.c.updated_at < asked_at)
    connection.execute(later.values(updated_at=asked_at))
    last = select(func.max(answer.c.position)).where(answer.c.conversation_id == conversation_id)
    return (connection.scalar(last) or 0) + 1


def delete_answers_citing(connection: Connection, source_id: str) -> tuple[int, tuple[int, ...]]:
    """Delete the answers that cite a passage of `source_id`; return how many, and the items of the queue that went."""
    rows = connection.execute(select(answer.c.id, answer.c.document)).all()
    ids = [row.id for row in rows if any(c.get("source_id") == source_id for c in row.document.get("citations", ()))]
    items: list[int] = []
    for identifier in ids:
        items += connection.scalars(select(queue_item.c.id).where(queue_item.c.answer_id == identifier))
        connection.execute(delete(answer).where(answer.c.id == identifier))
    return len(ids), tuple(items)


def count_answers_by_source(connection: Connection) -> dict[str, int]:
    """Return how many answers cite each source, by its id."""
    citations = answer.c.document["citations"]
    if connection.dialect.name == "postgresql":
        cited = func.json_array_elements(citations).table_valued("value", name="cited")
        source_id = func.json_extract_path_text(cited.c.value, "source_id")
    else:
        cited = func.json_each(citations).table_valued("value", name="cited")
        source_id = func.json_extract(cited.c.value, "$.source_id")
    rows = (
        select(source_id, func.count(answer.c.id.distinct()))
        .select_from(answer)
        .join(cited, true())
        .group_by(source_id)
    )
    return {identifier: number for identifier, number in connection.execute(rows) if identifier}


def _insert_if_new(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(row).on_conflict_do_nothing(index_elements=["id"])
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount > 0


def _of(conversation_id: str, statement: Any) -> Any:
    return statement.where(answer.c.conversation_id == conversation_id).order_by(answer.c.position)


def _holds(word: str) -> ColumnElement[bool]:
    asked = exists().where(
        answer.c.conversation_id == conversation.c.id, answer.c.question.icontains(word, autoescape=True)
    )
    return or_(conversation.c.title.icontains(word, autoescape=True), asked)


def _to_answer(row: Row[Any]) -> KeptAnswer:
    return KeptAnswer(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def _to_summaries(rows: Sequence[Row[Any]]) -> tuple[ConversationSummary, ...]:
    return tuple(ConversationSummary(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public name
