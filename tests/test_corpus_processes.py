"""Processes and folders that fail: two builders at once, sudden death, a full disk, a folder that is none."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import corpus
from assistant.door import Assistant
from assistant.settings import Settings
from corpus.errors import IndexUnavailableError
from corpus.index import IndexSettings, build, is_current, read_pointer
from corpus.library import PACKAGED
from corpus.retriever import Retriever
from corpus.snapshot import SnapshotHolder, open_snapshot
from evals.soak import prepare, timed, trial
from tests.homes import copy_home
from tests.test_corpus_small import SmallSettings, silent, small_index

ROOT = Path(corpus.__file__).parents[1]

# Builds the small library's index, says each step, and stops at `writing the index` until a line comes in.
BUILDER = """
import sys
from dataclasses import dataclass
from pathlib import Path
from corpus.index import IndexSettings, build

class Small(IndexSettings):
    folders = property(lambda self: (self.home / "library",))

def say(what, done, total):
    print(what, flush=True)
    if what == "writing the index":
        sys.stdin.readline()

print("pointer", build(Small(home=Path(sys.argv[1])), say).generation, flush=True)
"""
# Builds under a limit on the size of each file written, which is how a full disk looks from inside.
LIMITED = """
import resource, signal, sys
from pathlib import Path
from corpus.errors import CorpusError
from corpus.index import IndexSettings, build

class Small(IndexSettings):
    folders = property(lambda self: (self.home / "library",))

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    build(Small(home=Path(sys.argv[1])), lambda *_: None)
except CorpusError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def settings(assistant: Assistant, tmp_path: Path) -> SmallSettings:
    return small_index(assistant, tmp_path)


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def said_until(process: subprocess.Popen[str], last: str) -> list[str]:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if lines[-1] == last:
            break
    return lines


def change(settings: IndexSettings) -> None:
    path = settings.home / "library" / "sources.yaml"
    path.write_text(path.read_text() + "# changed\n")


def answers(settings: IndexSettings) -> bool:
    pointer = read_pointer(settings)
    assert pointer is not None
    snapshot = open_snapshot(settings, pointer)
    found = Retriever(snapshot).retrieve(["Does cold water help a sore knee?"])
    snapshot.store.close()
    return len(found.hits) == 22 and bool(found.cruxes)


def test_of_two_processes_on_a_changed_library_one_builds_and_the_other_waits_and_both_end_alike(
    settings: SmallSettings,
):
    change(settings)
    first = start(BUILDER, settings.home)
    assert said_until(first, "writing the index")[-1] == "writing the index"
    second = start(BUILDER, settings.home)
    waiting = "waiting for another process that is building the index"
    assert said_until(second, waiting) == [waiting]
    one, one_error = first.communicate("go on\n", timeout=60)
    other, other_error = second.communicate("go on\n", timeout=60)
    assert (one_error, other_error) == ("", "")
    pointer = read_pointer(settings)
    assert pointer is not None
    assert one.split("\n")[-2] == other.split("\n")[-2] == f"pointer {pointer.generation}"
    assert other.split("\n") == [f"pointer {pointer.generation}", ""]
    assert is_current(settings, pointer)
    assert answers(settings)


def test_of_four_processes_that_start_together_only_one_writes(settings: SmallSettings):
    change(settings)
    builders = [start(BUILDER, settings.home) for _ in range(4)]
    for builder in builders:
        assert builder.stdin is not None
        builder.stdin.write("go on\n")
        builder.stdin.flush()
    said = [b.communicate(timeout=120) for b in builders]
    assert [error for _, error in said] == [""] * 4
    assert sum("writing the index" in out for out, _ in said) == 1
    assert len({out.split("\n")[-2] for out, _ in said}) == 1
    assert answers(settings)


@pytest.mark.kills
def test_a_builder_that_is_killed_lets_go_of_the_lock_and_leaves_the_old_index_in_force(settings: SmallSettings):
    before = read_pointer(settings)
    change(settings)
    builder = start(BUILDER, settings.home)
    said_until(builder, "writing the index")
    assert len(list(settings.root.glob("generation-*"))) == 2
    builder.kill()
    builder.communicate()
    assert read_pointer(settings) == before
    assert answers(settings)
    after = build(settings, silent)
    assert after != before
    assert {p.name for p in settings.root.glob("generation-*")} == {
        after.generation,
        before.generation if before else "",
    }


@pytest.mark.kills
@pytest.mark.slow
def test_after_each_of_five_kills_in_the_write_and_swap_window_the_old_or_the_new_index_is_whole(
    assistant: Assistant, tmp_path: Path
):
    copy_home(assistant.settings.index.root, tmp_path / "home" / "index")
    chosen, rng = timed(prepare(tmp_path / "home")), random.Random(20261121)  # noqa: S311
    trials = [trial(chosen, version, rng, from_writing=True) for version in range(1, 6)]
    assert [t for t in trials if not t.whole] == []
    assert sum(t.was_killed for t in trials) >= 3
    assert all(t.stage in ("writing the index", "verifying", "done") for t in trials)


@pytest.mark.parametrize("limit_bytes", [10, 40_000, 100_000, 150_000])
def test_a_full_data_folder_is_named_with_what_to_do_and_the_old_index_stays(settings: SmallSettings, limit_bytes: int):
    before = read_pointer(settings)
    change(settings)
    done = start(LIMITED, settings.home, limit_bytes)
    output, error = done.communicate(timeout=60)
    assert (error, done.returncode) == ("", 0)
    assert output.startswith("IndexUnavailableError ")
    assert output.count("\n") == 1
    assert "cannot be written: " in output
    assert "free some space or set COUNTERPOINT_HOME to a folder you can write" in output
    assert read_pointer(settings) == before
    assert answers(settings)
    assert build(settings, silent) != before


@pytest.mark.parametrize("place", ["home", "home/below", "index", "write.lock"])
def test_a_data_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path, place: str):
    home = tmp_path / "home"
    match place:
        case "home" | "home/below":
            home.write_text("a file in the way")
            home = tmp_path / place
        case "index":
            home.mkdir()
            (home / "index").write_text("a file in the way")
        case _:
            (home / "index" / "write.lock").mkdir(parents=True)
    with pytest.raises(IndexUnavailableError) as caught:
        SnapshotHolder(IndexSettings(home=home), silent)
    assert str(caught.value).startswith(f"the data folder {home} cannot be written: ")
    assert "set COUNTERPOINT_HOME to a folder you can write" in str(caught.value)


# Opens or builds the index as one who may read the folder and not write to it.
READER = """
import os, sys
from pathlib import Path
from corpus.errors import CorpusError
from corpus.index import IndexSettings
from corpus.snapshot import SnapshotHolder

class Small(IndexSettings):
    folders = property(lambda self: (self.home / "library",))

if os.geteuid() == 0:
    os.setuid(65534)  # root may write where it likes
try:
    SnapshotHolder(Small(home=Path(sys.argv[1])), lambda *_: None)
except CorpusError as error:
    print(type(error).__name__, error)
"""


def test_a_read_only_data_folder_is_named_with_what_to_do(settings: SmallSettings):
    change(settings)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        copy_home(settings.home, home)
        for path in [Path(folder), home, *home.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        output, error = start(READER, home).communicate(timeout=60)
        for path in [Path(folder), *home.rglob("*")]:
            path.chmod(0o755)
    assert error == ""
    assert output.startswith(f"IndexUnavailableError the data folder {home} cannot be written: Permission denied")
    assert "set COUNTERPOINT_HOME to a folder you can write" in output


def test_an_up_to_date_index_in_a_folder_that_cannot_be_written_is_read_without_a_lock(settings: SmallSettings):
    (settings.root / "write.lock").unlink()
    (settings.root / "write.lock").mkdir()
    holder = SnapshotHolder(settings, silent)
    assert Retriever(holder.snapshot()).retrieve(["cold water"]).hits
    holder.snapshot().store.close()


def test_the_packaged_library_is_never_written_to():
    assert PACKAGED not in Settings(home=Path("elsewhere")).index.root.parents
