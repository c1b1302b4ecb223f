"""How we speak to the database: which one, and what SQLite needs to lose nothing."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url

FILE = "records.sqlite3"
WRITING = {"sqlite_begin": "IMMEDIATE"}
"""Execution options of a transaction that writes: it takes its place in the queue before it reads."""

# Kept answers survive a loss of power (synchronous) and deleted ones leave no text behind (secure_delete).
_PRAGMAS = ("synchronous=FULL", "secure_delete=ON")
# A migration that makes a table anew must not set off the cascade of the old one's rows.
_USING = (*_PRAGMAS, "foreign_keys=ON")
_MIGRATING = ("journal_mode=WAL", *_PRAGMAS, "foreign_keys=OFF")


def locate(home: Path, url: str | None) -> URL:
    """Return the database that `url` names, else the file in `home`."""
    return make_url(url) if url else URL.create("sqlite", database=str(home / FILE))


def build_engine(target: URL, *, busy_seconds: float, migrating: bool = False) -> Engine:
    """Return an engine for `target`; `migrating` makes it one for a change of the tables."""
    is_sqlite = target.get_backend_name() == "sqlite"
    options: dict[str, Any] = {"connect_args": {"timeout": busy_seconds}} if is_sqlite else {"pool_pre_ping": True}
    if migrating:
        options["poolclass"] = NullPool
    engine = create_engine(
        target,
        json_serializer=partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":")),
        hide_parameters=True,  # an error's text must not carry a question
        **options,
    )
    if is_sqlite:
        _set_up_sqlite(engine, _MIGRATING if migrating else _USING)
    return engine


def _set_up_sqlite(engine: Engine, pragmas: tuple[str, ...]) -> None:
    """Begin transactions ourselves: Python's driver begins them late, and then two writers collide."""

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
