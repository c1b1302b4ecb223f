"""The tables that the steps make are the tables of the models, forwards and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Connection, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from assistant.records.columns import UtcMoment
from assistant.records.engine import WRITING, build_engine, locate
from assistant.records.errors import NewerRecordsError
from assistant.records.models import metadata
from assistant.records.store import Records
from assistant.records.upgrading import HEAD, MIGRATIONS, configure, upgrade
from tests.homes import downgraded


def a_document(number: int = 1) -> dict[str, Any]:
    return {"id": f"a-{number}", "asked_at": "2026-11-21T09:00:00Z", "question": "Calf?", "status": "answered"}


@pytest.fixture
def migrating(tmp_path: Path):
    """A connection as a migration has it, on a database at the head with two answers."""
    with Records(tmp_path) as records:
        records.keep(a_document(1), {}, conversation="c-1")
        records.keep(a_document(2), {}, conversation="c-1")
    engine = build_engine(locate(tmp_path, None), busy_seconds=5, migrating=True)
    with engine.execution_options(**WRITING).begin() as connection:
        yield connection
    engine.dispose()


def difference(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def test_the_migrations_make_what_the_models_say(migrating: Connection):
    assert difference(migrating) == []


def test_the_comparison_would_see_a_difference(migrating: Connection):
    migrating.execute(text("ALTER TABLE answer ADD COLUMN extra INTEGER"))
    assert difference(migrating)


def test_the_tables_go_and_come_back(migrating: Connection):
    command.downgrade(configure(migrating), "base")
    assert inspect(migrating).get_table_names() == ["alembic_version"]
    upgrade(migrating)
    inspect(migrating).clear_cache()
    assert difference(migrating) == []


def test_the_head_that_the_code_names_is_the_newest_step():
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_heads() == [HEAD]
    assert all(Path(step.path).name.startswith(f"r{step.revision}_") for step in script.walk_revisions())


def test_making_a_table_anew_keeps_what_refers_to_it(migrating: Connection):
    operations = Operations(MigrationContext.configure(migrating))
    with operations.batch_alter_table("conversation", recreate="always") as batch:
        batch.alter_column("title", nullable=True)
    assert migrating.scalar(text("SELECT count(*) FROM answer")) == 2


def test_opening_at_the_head_changes_nothing(tmp_path: Path):
    with Records(tmp_path) as records:
        records.keep(a_document(), {}, conversation="c-1")
    before = (tmp_path / "records.sqlite3").read_bytes()
    with Records(tmp_path) as records:
        assert records.answer("a-1") is not None
    assert (tmp_path / "records.sqlite3").read_bytes() == before


def test_a_database_of_a_newer_revision_is_refused_and_left_alone(tmp_path: Path):
    with Records(tmp_path) as records:
        records.keep(a_document(), {}, conversation="c-1")
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    with pytest.raises(NewerRecordsError, match=r"newer Counterpoint \(its revision is 9999, .* is 0004\)") as refusal:
        Records(tmp_path).open()
    assert "records.sqlite3" in str(refusal.value)
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM answer").fetchone() == (1,)


def test_a_step_that_fails_leaves_no_table_behind(tmp_path: Path):
    engine = build_engine(locate(tmp_path, None), busy_seconds=5, migrating=True)
    with suppress(ZeroDivisionError), engine.execution_options(**WRITING).begin() as connection:
        upgrade(connection)
        assert "answer" in inspect(connection).get_table_names()
        raise ZeroDivisionError
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


def test_postgresql_takes_the_tables():
    dialect = postgresql.dialect()
    made = "".join(str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables)
    made += "".join(str(CreateIndex(i).compile(dialect=dialect)) for t in metadata.sorted_tables for i in t.indexes)
    columns = [column for table in metadata.tables.values() for column in table.columns]
    assert made.count("TIMESTAMP WITH TIME ZONE") == sum(isinstance(c.type, UtcMoment) for c in columns) > 15
    assert made.count("JSON NOT NULL") == sum(isinstance(c.type, JSON) for c in columns) > 5
    assert "ON DELETE CASCADE" in made
    assert "CREATE INDEX ix_conversation_updated_at ON conversation (updated_at, id)" in made


def test_cases_of_the_version_before_belong_to_nobody_and_lose_nothing(tmp_path: Path):
    with Records(tmp_path) as records:
        records.keep(a_document(1), {"seal": 1}, conversation="c-1")
        records.keep(a_document(2), {}, conversation="c-1")
    downgraded(tmp_path, "0002")
    with Records(tmp_path) as records:
        case = records.conversation("c-1")
        assert case is not None
        assert (case.owner_id, [answer.document for answer in case.answers]) == (None, [a_document(1), a_document(2)])
