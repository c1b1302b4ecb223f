"""Bring a database to the shape that this code knows, or say why that cannot be.

The caller holds the data folder's lock: of several processes that open a fresh folder, one makes the tables.
Alembic takes 0.25 s to import (2 cores), so it is imported only where a step is to be taken.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, inspect, text

from assistant.records.engine import WRITING, build_engine
from assistant.records.errors import NewerRecordsError, UnreadableRecordsError
from assistant.records.models import metadata

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The revision that ``models`` describes; a test holds it to the newest file of the migrations."""

MIGRATIONS = Path(__file__).parent / "migrations"

_ONE_AT_A_TIME = threading.Lock()  # Alembic's `op` and `context` are the process's own
_ADVISORY_LOCK = 0x636F756E74  # "count": several machines may open one PostgreSQL database


def bring_to_head(target: URL, *, where: str, busy_seconds: float) -> None:
    """Make or change the tables of `target` until they are the ones of ``models``.

    All steps are one transaction: a process that is killed leaves the old shape or the new.

    Raises:
        NewerRecordsError: the database has a revision that is not among ours.
        UnreadableRecordsError: it has tables of these names that are not ours.
    """
    engine = build_engine(target, busy_seconds=busy_seconds, migrating=True)
    try:
        with engine.connect() as connection:
            found = _revision(connection, where)
        if found == HEAD:
            return
        check_known(found, where)
        with _ONE_AT_A_TIME, engine.execution_options(**WRITING).begin() as connection:
            upgrade(connection)
    finally:
        engine.dispose()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Take the steps up to `revision`, in the connection's transaction."""
    from alembic import command

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    command.upgrade(configure(connection), revision)


def configure(connection: Connection) -> Config:
    """Return Alembic's configuration for the migrations beside this file, on `connection`."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection, where: str) -> str | None:
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))
    if clash := sorted(names & set(metadata.tables)):
        raise UnreadableRecordsError.at(where, f"it has a table {clash[0]} that we did not make")
    return None


def check_known(found: str | None, where: str) -> None:
    """Refuse a revision that this code does not know.

    Raises:
        NewerRecordsError: `found` is not among ours.
    """
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if found is not None and found not in known:
        raise NewerRecordsError.at(where, f"its revision is {found}, the newest known here is {HEAD}")
