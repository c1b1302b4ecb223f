"""Several people at once: one of them gets the item, nothing is lost, and what stands in the way is said."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

import assistant
from assistant.desk import Desk
from assistant.records.errors import ConflictError, FullDiskError, LockedRecordsError, NotFoundError
from assistant.records.store import Records
from tests.desks import Clinic, a_form

ROOT = Path(assistant.__file__).parents[1]

# Tries to reserve each item as the mentor of the given id, all at about the same moment, and says which it got.
RESERVER = """
import sys, time
from pathlib import Path
from assistant.desk import Desk
from assistant.records.errors import ConflictError
from assistant.records.store import Records
home, profile, *items = sys.argv[1:]
with Records(Path(home)) as records:
    desk = Desk.of(records, profile)
    print("ready", flush=True)
    sys.stdin.readline()
    for item in items:
        try:
            desk.reserve(int(item))
            print(item)
        except ConflictError as error:
            assert "is being reviewed by" in str(error), error
"""


@pytest.fixture
def clinic(tmp_path: Path):
    with Records(tmp_path) as records:
        yield Clinic(records)


def at_once(count: int, work) -> list[BaseException | None]:
    """Run `work(number)` in threads that start together; return what each raised."""
    gate = threading.Barrier(count)
    raised: list[BaseException | None] = [None] * count

    def run(number: int) -> None:
        gate.wait()
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 - told to the test
            raised[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


def test_of_several_mentors_in_threads_exactly_one_gets_each_item(clinic: Clinic):
    mentors = [clinic.join(f"Mentor {number}", "mentor") for number in range(6)]
    for item in [clinic.sent(number) for number in range(1, 11)]:
        raised = at_once(6, lambda number, item=item: mentors[number].reserve(item))
        assert [type(error) for error in raised if error is not None] == [ConflictError] * 5
        winner = mentors[raised.index(None)].profile
        assert clinic.ana.queue_item(item).held_by_id == winner.id


def test_of_two_mentors_in_two_processes_exactly_one_gets_each_item(tmp_path: Path):
    with Records(tmp_path) as records:
        clinic = Clinic(records, clock=Desk(records, None)._sitting.now)
        items = [str(clinic.sent(number)) for number in range(1, 21)]
        mentors = [clinic.ana.profile.id, clinic.dora.profile.id]
    command = [sys.executable, "-c", RESERVER, str(tmp_path)]
    running = [
        subprocess.Popen([*command, mentor, *items], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for mentor in mentors
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    got = [process.communicate("go\n", timeout=120)[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(map(int, got[0] + got[1])) == sorted(map(int, items))


def test_of_two_who_finish_the_same_review_one_is_kept_and_the_others_form_is_a_draft(clinic: Clinic):
    item = clinic.sent(1)
    mentors = (clinic.ana, clinic.dora)
    raised = at_once(2, lambda number: mentors[number].save_review(item, a_form(), finish=True))
    assert [type(error) for error in raised if error is not None] == [ConflictError]
    loser = mentors[1 - raised.index(None)]
    finished, draft = loser.queue_item(item).reviews
    assert (finished.ordinal, draft.finished_at) == (1, None)


def test_one_answer_that_is_sent_and_reported_at_once_is_one_item(clinic: Clinic):
    clinic.asked(1, by=clinic.nobody)
    desks = (clinic.ben, clinic.cem, clinic.nobody, clinic.ana)
    tries = (
        lambda: clinic.ben.send_to_mentor("a-1", "Look"),
        lambda: clinic.cem.give_feedback("a-1", "down"),
        lambda: clinic.nobody.give_feedback("a-1", "problem"),
        lambda: clinic.ana.give_feedback("a-1", "down"),
    )
    assert at_once(len(desks), lambda number: tries[number]()) == [None] * 4
    assert clinic.dora.queue().total == 1
    assert len(clinic.nobody.feedback("a-1")) == 3


def test_a_case_that_is_deleted_while_it_is_reviewed_is_said_to_be_gone(clinic: Clinic):
    for number in range(1, 9):
        item = clinic.sent(number)
        clinic.ana.reserve(item)
        raised = at_once(2, lambda turn, item=item, number=number: (clinic.ana.save_review(item, a_form(), finish=True) if turn else clinic.ben.delete_case(f"c-{number}")))  # fmt: skip
        assert raised[0] is None
        assert raised[1] is None or isinstance(raised[1], NotFoundError)
        with pytest.raises(NotFoundError, match="deleted"):
            clinic.ana.save_review(item, a_form(), finish=True)
    assert clinic.ana.queue().total == 0


def test_a_database_that_another_program_holds_is_said_and_the_review_can_be_saved_again(tmp_path: Path):
    with Records(tmp_path, busy_seconds=0.2) as records:
        clinic = Clinic(records)
        item = clinic.sent(1)
        clinic.ana.reserve(item)
        with closing(sqlite3.connect(tmp_path / "records.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LockedRecordsError, match="Another program holds .* Try again in a moment") as refusal:
                clinic.ana.save_review(item, a_form(), finish=True)
            assert refusal.value.retry_helps
        assert clinic.ana.save_review(item, a_form(), finish=True).ordinal == 1


def test_a_full_disk_is_said_and_what_was_kept_stays(tmp_path: Path):
    def cap(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=90").close()  # SQLite then says what it says of a full disk

    event.listen(Engine, "connect", cap)
    try:
        with Records(tmp_path) as records:
            clinic = Clinic(records)
            item = clinic.sent(1)
            clinic.ana.save_review(item, a_form(None))
            with pytest.raises(FullDiskError, match="Free some disk space"):  # noqa: PT012 - whichever of many fills it
                for _ in range(200):
                    clinic.ana.save_review(item, a_form("corrections", corrected="knee " * 7_900))
                    clinic.ana.comment(item, "knee " * 700)
            with pytest.raises(FullDiskError):
                clinic.ana.save_review(item, a_form("corrections", corrected="hip " * 9_900), finish=True)
            draft = clinic.ana.queue_item(item).reviews[-1]
            assert (draft.form.corrected.split()[0], draft.finished_at) == ("knee", None)
    finally:
        event.remove(Engine, "connect", cap)
