"""The same records on PostgreSQL, where a server is at hand."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from filelock import FileLock

from assistant.desk import Desk
from assistant.records import dumping, purging
from assistant.records.engine import build_engine, locate
from assistant.records.errors import ConflictError, UnreachableRecordsError
from assistant.records.models import metadata
from assistant.records.spool import spool
from assistant.records.store import Records
from assistant.records.upgrading import configure
from tests.desks import Clinic
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


def test_a_mentors_day_is_the_same_on_a_server(records: Records):
    clinic = Clinic(records)
    item = clinic.sent(1, note="Knee 100%", by=clinic.ben)
    clinic.ben.commit("a-1", "Load it.")
    clinic.ben.give_feedback("a-1", "problem", ["dose"], "odd \ud800\x00")
    assert (
        clinic.ana.queue(state="new", viewpoint="whole-chain", crux="calf-for-everyone", search="KNEE 100%").total == 1
    )
    clinic.reviewed(item, clinic.ana, "reject", wants_second=True)
    assert clinic.dora.queue_item(item).reviews == ()
    clinic.reviewed(item, clinic.dora, "corrections")
    assert clinic.ana.agree(item, "corrections").settled == "corrections"
    clinic.ben.comment(item, "Thanks")
    assert (clinic.ana.unread_items(), clinic.ben.unread_items()) == ((item,), (item,))
    clinic.ben.mark_read(item)
    clinic.ben.mark_read(item)
    assert clinic.ben.unread() == 0
    assert dict(clinic.ana.queue_choices().counts) == {"new": 0, "in-review": 0, "needs-second": 0, "done": 1}
    assert clinic.eva.agreement().answers.units == 1
    assert clinic.eva.digest(clinic.clock().date()).reviews == 2
    assert len(clinic.eva.export_reviews()) == 2
    rows = list(dumping.rows(records, at=clinic.clock(), case="c-1"))
    assert [row["table"] for row in rows[1:]].count("review") == 2
    assert [row["table"] for row in dumping.rows(records, at=clinic.clock()) if "table" in row].count("profile") == 5
    found = purging.purge(records, (clinic.clock() + timedelta(days=1)).date())
    assert (found.cases, found.answers, found.reviews, found.approvals) == (1, 1, 2, 1)
    assert clinic.ana.queue().total == 0


def test_of_several_mentors_exactly_one_gets_an_item_on_a_server(records: Records):
    clinic = Clinic(records)
    mentors = [clinic.join(f"Mentor {number}", "mentor") for number in range(4)]
    for item in [clinic.sent(number) for number in range(1, 9)]:
        got: list[str] = []

        def reserve(desk: Desk, item: int = item, got: list[str] = got) -> None:
            with suppress(ConflictError):
                got.append(desk.reserve(item).held_by_name)

        threads = [threading.Thread(target=reserve, args=(desk,)) for desk in mentors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert got == [clinic.ana.queue_item(item).held_by_name]
