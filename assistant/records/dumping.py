"""Everything that is kept, as rows of plain values: of the whole installation, or of one case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from assistant.records.errors import NotFoundError
from assistant.records.models import conversation, metadata, profile
from assistant.records.store import Records
from assistant.records.upgrading import HEAD

SCHEMA = "counterpoint/records/1"
_AT_ONCE = 200  # rows in memory; an answer has some 30 kB


def rows(records: Records, *, at: datetime, case: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield a heading, then each row with its table's name under ``table``, what is referred to before what refers.

    All rows are of one moment. Of a case: everything that came of it, and the profiles it names.

    Raises:
        NotFoundError: there is no such case.
        RecordsError: the records cannot be read.
    """
    with records.reading() as connection:
        found = _everything(connection) if case is None else iter(_of_case(connection, case))
        yield {"schema": SCHEMA, "revision": HEAD, "exported_at": at.isoformat(), "case": case}
        yield from found


def _everything(connection: Connection) -> Iterator[dict[str, Any]]:
    for table in metadata.sorted_tables:
        statement = select(table).order_by(*table.primary_key)
        found = connection.execute(statement, execution_options={"yield_per": _AT_ONCE})
        yield from (_plain(table, row) for row in found.mappings())


def _of_case(connection: Connection, case: str) -> list[dict[str, Any]]:
    """Return the case and, table by table, the rows that would go with it, by the same foreign keys."""
    chosen: dict[str, list[Any]] = {conversation.name: [case]}
    found: list[tuple[Table, RowMapping]] = []
    for table in metadata.sorted_tables:
        if table is not profile:
            mine = _rows_of(connection, table, chosen)
            chosen.setdefault(table.name, [row["id"] for row in mine if "id" in row])
            found += [(table, row) for row in mine]
    if not found:
        raise NotFoundError(f"the case {case[:60]} is not there; `counterpoint records export` lists what is kept")
    named = {row[c.name] for table, row in found for c in table.columns if _names_a_profile(c)} - {None}
    people = connection.execute(select(profile).where(profile.c.id.in_(named)).order_by(profile.c.id))
    return [*(_plain(profile, row) for row in people.mappings()), *(_plain(table, row) for table, row in found)]


def _rows_of(connection: Connection, table: Table, chosen: Mapping[str, list[Any]]) -> list[RowMapping]:
    if table is conversation:
        wanted = conversation.c.id.in_(chosen[conversation.name])
    else:
        key = next(key for key in table.foreign_keys if key.ondelete == "CASCADE")
        wanted = key.parent.in_(chosen[key.column.table.name])
    return list(connection.execute(select(table).where(wanted).order_by(*table.primary_key)).mappings())


def _names_a_profile(column: Any) -> bool:
    return any(key.column.table is profile for key in column.foreign_keys)


def _plain(table: Table, row: RowMapping) -> dict[str, Any]:
    plain = {str(name): v.isoformat() if isinstance(v, datetime) else v for name, v in row.items()}
    return {"table": table.name, **plain}
