"""The same records on PostgreSQL, where a server is at hand."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from filelock import FileLock

from assistant.records.engine import build_engine, locate
from assistant.records.errors import UnreachableRecordsError
from assistant.records.models import metadata
from assistant.records.spool import spool
from assistant.records.store import Records
from assistant.records.upgrading import configure
from tests.homes import shared

URL = os.environ.get("COUNTERPOINT_TEST_POSTGRES_URL", "")

pytestmark = pytest.mark.skipif(not URL, reason="COUNTERPOINT_TEST_POSTGRES_URL names no empty database to test in")


def a_document(number: int = 1, **changed: Any) -> dict[str, Any]:
    moment = f"2026-11-21T09:{number:02}:00+02:00"
    return {"id": f"a-{number}", "asked_at": moment, "question": f"Knee {number}?", "status": "answered"} | changed


@pytest.fixture
def records(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory):
    with FileLock(shared(tmp_path_factory) / "postgres.lock"):  # there is one database, and tests may run side by side
        with Records(tmp_path, URL) as opened:
            yield opened
        engine = build_engine(locate(tmp_path, URL), busy_seconds=5, migrating=True)
        with engine.begin() as connection:
            options = {"compare_type": True, "compare_server_default": True}
            assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
            command.downgrade(configure(connection), "base")
        engine.dispose()


def test_what_is_kept_comes_back_and_goes(records: Records):
    odd = "Knee \ud800\x00 ركبة 🦵🏽 100%"
    records.keep(a_document(1, question=odd, markdown=odd), {"score": float("nan")}, conversation="c-1")
    records.keep(a_document(2), {}, conversation="c-1")
    records.keep(a_document(2, question="again"), {}, conversation="c-1")
    spool(records.home, a_document(3, conversation="c-2"), {})
    assert records.take_in() == 1
    kept = records.answer("a-1")
    assert kept is not None
    assert (kept.question, kept.trace, kept.asked_at.hour) == ("Knee \ufffd\ufffd ركبة 🦵🏽 100%", {"score": None}, 7)
    assert records.questions("c-1")[1:] == ("Knee 2?",)
    assert [item.id for item in records.conversations("KNEE 100%").items] == ["c-1"]
    assert records.rename("c-1", "Other") is True
    assert records.delete_conversation("c-1") is True
    assert (records.answer("a-1"), records.conversations(None).total) == (None, 1)


def test_several_that_open_and_keep_at_once_lose_nothing(records: Records, tmp_path: Path):
    failures: list[BaseException] = []

    def keep(name: int) -> None:
        try:
            with Records(tmp_path / str(name), URL) as mine:  # another machine: another lock file
                for number in range(20):
                    mine.keep(a_document(1, id=f"a-{name}-{number}"), {}, conversation="c-1")
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=keep, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    conversation = records.conversation("c-1")
    assert conversation is not None
    assert [answer.position for answer in conversation.answers] == list(range(1, 121))


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path):
    with pytest.raises(UnreachableRecordsError, match="Check that its server runs") as refusal:
        Records(tmp_path, "postgresql+psycopg://me:secret@127.0.0.1:1/none").open()
    assert "secret" not in str(refusal.value)
