"""`counterpoint records`: taken out, deleted by age, copied and put back; and what is said when that cannot be."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

import assistant
from assistant.records import copying
from assistant.records.copying import backup, restore
from assistant.records.errors import (
    FullDiskError,
    LockedRecordsError,
    NewerRecordsError,
    NotFoundError,
    RecordsError,
    UnreadableRecordsError,
)
from assistant.records.models import metadata
from assistant.records.spool import spool
from assistant.records.store import Records
from tests.command_line import command_line
from tests.desks import Clinic, an_answer
from tests.homes import downgraded

NOW = datetime(2026, 11, 30, 12, 0, 5, tzinfo=UTC)
ROOT = Path(assistant.__file__).parents[1]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with two cases: the first one reviewed twice, approved and talked over, and one answer by itself."""
    with Records(tmp_path / "home") as records:
        clinic = Clinic(records)
        item = clinic.sent(1, question="Knee ✓ \u2028 <b>?")
        clinic.ben.commit("a-1", "Load it.")
        clinic.ben.give_feedback("a-1", "down", ["long"])
        clinic.reviewed(item, clinic.ana, "corrections", wants_second=True)
        clinic.reviewed(item, clinic.dora, "accept")
        clinic.ana.agree(item, "accept")
        clinic.ben.comment(item, "Thanks")
        clinic.ben.mark_read(item)
        (records.home / "cases").mkdir()
        (records.home / "cases" / f"reviewed-{item}.yaml").write_text("x")
        clinic.asked(2, by=clinic.cem, asked_at="2026-12-01T00:00:00Z")
        clinic.asked(3, case=None)
    return tmp_path / "home"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path: Path, home: Path):
    return command_line(monkeypatch, capsys, tmp_path, home)


def contents(home: Path) -> dict[str, int]:
    with Records(home) as records, records.reading() as connection:
        found = {
            t.name: connection.execute(select(func.count()).select_from(t)).scalar() for t in metadata.sorted_tables
        }
    return {name: count for name, count in found.items() if count}


# --- export


def test_everything_comes_out_as_json_lines_with_each_row_once(run, home: Path):
    code, out, err = run("records", "export")
    heading, *rows = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert (heading["schema"], heading["revision"], heading["case"]) == ("counterpoint/records/1", "0004", None)
    counted: dict[str, int] = {}
    for row in rows:
        counted[row["table"]] = counted.get(row["table"], 0) + 1
    assert counted == contents(home)
    answer = next(row for row in rows if row["table"] == "answer" and row["id"] == "a-1")
    assert answer["document"]["question"] == answer["question"] == "Knee ✓ \u2028 <b>?"
    assert answer["asked_at"] == "2026-11-23T08:01:00+00:00"


def test_one_case_comes_out_with_all_that_came_of_it_and_nothing_else(run, home: Path):
    code, _, err = run("records", "export", "one.jsonl", "--case", "c-1")
    assert (code, "Written to one.jsonl" in err) == (0, True)
    rows = [json.loads(line) for line in (home.parent / "one.jsonl").read_text(encoding="utf-8").split("\n") if line]
    tables = [row["table"] for row in rows[1:]]
    assert {t: tables.count(t) for t in dict.fromkeys(tables)} == {
        "profile": 3, "conversation": 1, "answer": 1, "feedback": 1, "commitment": 1, "queue_item": 1, "queue_label": 3, "review": 2,
        "correction": 1, "settlement": 1, "comment": 1, "read_mark": 2, "approval": 1,
    }  # fmt: skip
    assert {row["name"] for row in rows if row.get("table") == "profile"} == {"Ana", "Ben", "Dora"}
    assert "a-2" not in json.dumps(rows)


def test_what_cannot_be_exported_is_said(run, home: Path):
    assert run("records", "export", "--case", "c-9") == (3, "", "counterpoint: the case c-9 is not there; `counterpoint records export` lists what is kept\n")  # fmt: skip
    (home.parent / "there").write_text("mine")
    code, _, err = run("records", "export", "there")
    assert (code, "there already" in err, (home.parent / "there").read_text()) == (2, True, "mine")
    assert run("records", "export", "no/folder.jsonl")[0] == 2


def test_an_export_onto_a_full_disk_says_so_and_leaves_no_file(run, home: Path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ui.outputs.os.fdopen", lambda descriptor, *_a, **_k: os.close(descriptor) or full())
    code, _, err = run("records", "export", "all.jsonl")
    assert (code, "Free some disk space" in err) == (3, True)
    assert list(home.parent.glob("*all.jsonl*")) == []


# --- purge


def test_a_purge_counts_first_and_asks(run, home: Path):
    before = contents(home)
    code, out, err = run("records", "purge", "--before", "2026-12-01", stdin=b"")
    assert code == 2
    assert out == "Last asked before 2026-12-01: 1 case, 2 answers, 2 reviews, 1 approval.\n"
    assert "expected --yes where nobody can be asked; nothing was deleted" in err
    assert contents(home) == before


def test_a_purge_that_is_not_confirmed_deletes_nothing(run, home: Path, monkeypatch):
    before = contents(home)
    terminal = io.StringIO("n\n")
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", terminal)
    code, out, _ = run("records", "purge", "--before", "2026-12-01")
    assert (code, "Nothing was deleted." in out) == (1, True)
    assert contents(home) == before


def test_a_purge_deletes_old_cases_with_all_that_came_of_them_and_their_text_leaves_the_files(run, home: Path):
    code, out, _ = run("records", "purge", "--before", "2026-12-01", "--yes")
    assert (code, "Deleted: 1 case, 2 answers, 2 reviews, 1 approval." in out) == (0, True)
    assert contents(home) == {"profile": 5, "conversation": 1, "answer": 1}
    assert list((home / "cases").iterdir()) == []
    assert all(b"Load the calf first" not in path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert run("records", "purge", "--before", "2026-12-01", "--yes")[1].startswith("Nothing was last asked before")


def test_a_purge_takes_what_waits_in_the_spool_and_what_was_set_aside_as_broken(run, home: Path):
    spool(home, an_answer(7), {})
    broken = home / "spool" / "broken"
    broken.mkdir(parents=True, exist_ok=True)
    (broken / "old.json").write_text("{")
    os.utime(broken / "old.json", (0, 0))
    (broken / "new.json").write_text("{")
    os.utime(broken / "new.json", (2**32, 2**32))
    _, out, _ = run("records", "purge", "--before", "2026-12-01", "--yes")
    assert "1 case, 3 answers, 2 reviews, 1 approval, 1 set-aside file." in out
    assert [path.name for path in broken.iterdir()] == ["new.json"]


def test_a_case_that_was_asked_in_on_the_day_itself_stays(run):
    assert "1 case, 2 answers" in run("records", "purge", "--before", "2026-12-01", "--yes")[1]
    assert (
        run("records", "purge", "--before", "2026-12-02", stdin=b"")[1]
        == "Last asked before 2026-12-02: 1 case, 1 answer.\n"
    )


@pytest.mark.parametrize("day", ["yesterday", "", "31.12.2026", "2026-13-01", "2026-02-30", "9" * 99])
def test_a_day_that_is_none_is_refused(run, day: str):
    code, _, err = run("records", "purge", "--before", day, "--yes")
    assert (code, "expected a day such as 2026-01-31" in err) == (2, True)


# --- backup and restore


def test_a_backup_put_back_holds_what_was_there_and_the_later_records_lie_beside(run, home: Path, tmp_path: Path):
    before = contents(home)
    assert run("records", "backup", "b.sqlite3")[0] == 0
    assert sorted(p.name for p in tmp_path.iterdir() if "b.sqlite3" in p.name) == ["b.sqlite3"]
    with Records(home) as records:
        records.delete_conversation("c-1")
        records.keep(an_answer(8), {}, conversation="c-8")
    later = contents(home)
    code, out, _ = run("records", "restore", "b.sqlite3")
    assert code == 0
    assert contents(home) == before
    (aside,) = home.glob("records-before-*.sqlite3")
    assert str(aside) in out
    restore(tmp_path / "other", aside, now=NOW)
    assert contents(tmp_path / "other") == later


def test_a_backup_is_whole_while_others_write(home: Path, tmp_path: Path):
    stop = threading.Event()

    def write() -> None:
        with Records(home) as records:
            for number in range(1_000):
                if stop.is_set():
                    return
                records.keep(an_answer(1, id=f"a-w{number}", markdown="knee " * 2_000), {}, conversation="c-w")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup(home, tmp_path / f"b{number}")
            time.sleep(0.05)
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        other = tmp_path / f"home{number}"
        restore(other, tmp_path / f"b{number}", now=NOW)
        with Records(other) as records:
            case = records.conversation("c-w")
            assert [a.position for a in case.answers] == list(range(1, len(case.answers) + 1)) if case else True


def test_who_has_the_records_open_goes_on_with_what_was_restored(home: Path, tmp_path: Path):
    backup(home, tmp_path / "b")
    with Records(home) as records:
        records.keep(an_answer(8), {}, conversation="c-8")
        restore(home, tmp_path / "b", now=NOW)
        assert records.conversation("c-8") is None
        assert records.conversation("c-1") is not None
        records.keep(an_answer(9), {}, conversation="c-9")
        with records.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert contents(home)["conversation"] == 3


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(home: Path, tmp_path: Path):
    with Records(tmp_path / "old") as records:
        records.keep(an_answer(5), {}, conversation="c-5")
    downgraded(tmp_path / "old", "0001")
    old = tmp_path / "old" / "records.sqlite3"
    kept = old.read_bytes()
    restore(home, old, now=NOW)
    assert contents(home) == {"conversation": 1, "answer": 1}
    assert old.read_bytes() == kept


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()


def test_a_newer_backup_and_newer_records_are_refused_and_nothing_changes(home: Path, tmp_path: Path):
    backup(home, tmp_path / "b")
    backup(home, tmp_path / "newer")
    newer(tmp_path / "newer")
    before = contents(home)
    with pytest.raises(NewerRecordsError, match="9999"):
        restore(home, tmp_path / "newer", now=NOW)
    assert contents(home) == before
    newer(home / "records.sqlite3")
    with pytest.raises(NewerRecordsError, match="9999"):
        restore(home, tmp_path / "b", now=NOW)
    assert left_over(home) == []


def left_over(home: Path) -> list[str]:
    return [p.name for p in home.iterdir() if p.name.startswith(("records-before", ".records"))]


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + bytes(5_000), None])
def test_what_is_no_backup_is_refused_and_nothing_changes(home: Path, tmp_path: Path, content: bytes | None):
    before = contents(home)
    file = tmp_path / "b"
    if content is None:
        with closing(sqlite3.connect(file)) as database:
            database.execute("CREATE TABLE other (x)")
    else:
        file.write_bytes(content)
    with pytest.raises(UnreadableRecordsError, match=r"b is not a database of Counterpoint's|b.*none of our tables"):
        restore(home, file, now=NOW)
    assert (contents(home), left_over(home)) == (before, [])


def test_a_damaged_backup_is_refused(home: Path, tmp_path: Path):
    with Records(home) as records:
        for number in range(20):
            records.keep(an_answer(1, id=f"a-d{number}", markdown="knee " * 2_000), {}, conversation="c-d")
    backup(home, tmp_path / "b")
    content = bytearray((tmp_path / "b").read_bytes())
    content[-4096 * 20 :] = os.urandom(4096 * 20)  # answers: the tables themselves can still be read
    (tmp_path / "b").write_bytes(content)
    before = contents(home)
    with pytest.raises(UnreadableRecordsError, match="damaged"):
        restore(home, tmp_path / "b", now=NOW)
    assert (contents(home), left_over(home)) == (before, [])


def test_damaged_records_are_moved_aside_for_a_backup(home: Path, tmp_path: Path):
    backup(home, tmp_path / "b")
    before = contents(home)
    (home / "records.sqlite3").write_bytes(b"gone wrong")
    aside = restore(home, tmp_path / "b", now=NOW)
    assert aside == home / "records-before-20261130T120005Z.sqlite3"
    assert aside.read_bytes() == b"gone wrong"
    assert contents(home) == before


def test_a_restore_that_fails_at_the_end_leaves_what_was_there(home: Path, tmp_path: Path, monkeypatch):
    backup(home, tmp_path / "b")
    (home / "records.sqlite3").write_bytes(b"gone wrong")
    real = copying._copy

    def full(source: Path, target: Path, busy_seconds: float) -> None:
        if target == home / "records.sqlite3":
            raise FullDiskError.at(str(target), "database or disk is full")
        real(source, target, busy_seconds)

    monkeypatch.setattr(copying, "_copy", full)
    with pytest.raises(FullDiskError, match="Free some disk space"):
        restore(home, tmp_path / "b", now=NOW)
    assert (home / "records.sqlite3").read_bytes() == b"gone wrong"
    assert left_over(home) == []


def test_a_database_that_is_locked_is_named_after_a_while_and_stays_as_it_was(home: Path, tmp_path: Path):
    backup(home, tmp_path / "b")
    before = contents(home)
    with closing(sqlite3.connect(home / "records.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(LockedRecordsError, match="Another program holds"):
            restore(home, tmp_path / "b", now=NOW, busy_seconds=0.3)
        assert time.monotonic() - began < 10
    assert (contents(home), left_over(home)) == (before, [])


def test_a_backup_onto_a_full_disk_says_so_and_leaves_no_file(home: Path, tmp_path: Path):
    with Records(home) as records:
        for number in range(50):
            records.keep(an_answer(1, id=f"a-d{number}", markdown="knee " * 2_000), {}, conversation="c-d")
    script = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from pathlib import Path
from assistant.records.copying import backup
from assistant.records.errors import RecordsError
try:
    backup(Path({str(home)!r}), Path({str(tmp_path / "b")!r}))
except RecordsError as error:
    print(type(error).__name__, error)
"""
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert "could not be used: disk I/O error" in said.stdout or "Free some disk space" in said.stdout, said
    assert [p.name for p in tmp_path.iterdir() if "b" in p.name] == []


def test_a_backup_never_replaces_a_file(run, home: Path, tmp_path: Path):
    (tmp_path / "b").write_text("mine")
    code, _, err = run("records", "backup", "b")
    assert (code, "there already" in err) == (2, True)
    with pytest.raises(RecordsError, match="there already"):
        backup(home, tmp_path / "b")
    assert (tmp_path / "b").read_text() == "mine"
    assert run("records", "backup", "no/b")[0] == 2
    assert run("records", "backup", ".")[0] == 2


def test_what_is_not_there_is_said(run, tmp_path: Path):
    with pytest.raises(NotFoundError, match="nothing to back up"):
        backup(tmp_path / "empty", tmp_path / "b")
    code, _, err = run("records", "restore", "none.sqlite3")
    assert (code, "not there" in err) == (3, True)


def test_records_on_a_server_are_left_to_its_own_tools(run):
    url = "postgresql+psycopg://me:secret@127.0.0.1/none"
    code, _, err = run("records", "backup", "b", database_url=url)
    assert (code, "pg_dump" in err, "secret" in err) == (3, True, False)
    code, _, err = run("records", "restore", "b", database_url=url)
    assert (code, "pg_restore" in err, "secret" in err) == (3, True, False)
