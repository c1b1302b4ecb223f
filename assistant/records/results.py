"""Results worked out beside an answer: each function on a connection whose transaction the caller holds."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from assistant.records.models import profile, result
from assistant.records.review_types import KeptResult


def replace_result(connection: Connection, made: KeptResult) -> None:
    """Keep a result in the place of the earlier one of that measure."""
    delete_result(connection, made.answer_id, made.measure)
    row = {column.name: getattr(made, column.name) for column in result.columns if column.name != "id"}
    connection.execute(insert(result).values(row | {"given": dict(made.given)}))


def delete_result(connection: Connection, answer_id: str, measure: str) -> None:
    """Take the result of a measure away from an answer."""
    connection.execute(delete(result).where(result.c.answer_id == answer_id, result.c.measure == measure))


def select_results(connection: Connection, answer_ids: Sequence[str]) -> tuple[KeptResult, ...]:
    """Return the results kept beside these answers, in the order they were worked out."""
    wanted = select(result, profile.c.name.label("by")).outerjoin(profile, profile.c.id == result.c.profile_id)
    rows = connection.execute(wanted.where(result.c.answer_id.in_(answer_ids)).order_by(result.c.id)).mappings()
    return tuple(KeptResult(**{str(key): value for key, value in row.items() if key != "id"}) for row in rows)
