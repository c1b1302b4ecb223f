"""Kills and load: index builds and the server killed at random moments, and many people who ask at once.

After each kill of a build the index must be the old one or the new one, whole; after each kill of the server all that
was accepted must be there. Run as ``make soak``, or a part of it: ``python -m evals.soak --kills 0 --crashes 0``.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from corpus.index import build, read_pointer
from corpus.library import read_library
from corpus.retriever import Retriever
from corpus.snapshot import open_snapshot
from evals.crashing import Accepted, crash
from evals.load import firsts, lines, load
from evals.serving import serving

_CHILD = (
    "from assistant.settings import Settings; from corpus.index import build; "
    "build(Settings().index, lambda what, done, total: print(what, flush=True))"
)
_NOTE = """sources:
- id: soak-note
  title: A note that changes
  design: clinic-document
  seen: {{level: full-text}}
  passages:
  - id: soak-note:1
    locator: whole
    kind: finding
    text: A note kept by the soak test.
    implication: Version {version}.
    topics: [soak]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one kill left behind."""

    version: int
    stage: str
    was_killed: bool
    whole: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How long a build of the changed library takes here, in all and from the moment it writes."""

    settings: Settings
    total_seconds: float
    writing_seconds: float


def prepare(home: Path, *, like: Path | None = None) -> Settings:
    """Return the settings of `home`, now with an index: that of `like` brought up to date, or a new one."""
    settings = Settings(home=home)
    if like is not None:
        shutil.copytree(like / "index", home / "index")
    write_note(home, 0)
    build(settings.index, lambda *_: None)
    return settings


def timed(settings: Settings) -> Range:
    """Return how long a build after a change of the note takes, by one that is left alone."""
    write_note(settings.home, -1)
    began = time.perf_counter()
    child = _start(settings)
    _wait_for_writing(child)
    writing = time.perf_counter()
    child.communicate()
    ended = time.perf_counter()
    return Range(settings=settings, total_seconds=ended - began, writing_seconds=ended - writing)


def write_note(home: Path, version: int) -> None:
    """Write the clinic's file that makes the index out of date without a passage to encode again."""
    folder = home / "library"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soak.yaml").write_text(_NOTE.format(version=version))


def trial(chosen: Range, version: int, rng: random.Random, *, from_writing: bool) -> Trial:
    """Change the library, start a build in a process of its own, kill it, and look at the index.

    Args:
        chosen: a home made by ``prepare``, with the times to draw from, by ``timed``.
        version: the note's new version.
        rng: draws the moment of the kill; a little beyond the end, so that the swap is inside.
        from_writing: whether to wait until the build writes, so that the kill falls in the write and swap window.
    """
    settings = chosen.settings
    before = read_pointer(settings.index)
    write_note(settings.home, version)
    after = read_library(settings.index.folders).fingerprint
    child = _start(settings)
    stage = _wait_for_writing(child) if from_writing else "starting"
    time.sleep(rng.uniform(0, 1.1 * (chosen.writing_seconds if from_writing else chosen.total_seconds)))
    was_killed = child.poll() is None
    if was_killed:
        child.send_signal(signal.SIGKILL)
    said = child.communicate()[0].split("\n")
    stage = next((s for s in reversed([x.strip() for x in said]) if s), stage)
    whole, detail = look(settings, {before.library if before else "", after})
    return Trial(version=version, stage=stage, was_killed=was_killed, whole=whole, detail=detail)


def _start(settings: Settings) -> subprocess.Popen[str]:
    environment = {**os.environ, "COUNTERPOINT_HOME": str(settings.home)}
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )


def _wait_for_writing(child: subprocess.Popen[str]) -> str:
    for line in child.stdout or ():
        if line.strip() == "writing the index":
            return line.strip()
    return "ended before writing"


def look(settings: Settings, expected: set[str]) -> tuple[bool, str]:
    """Return whether the index in force is one of those expected and answers, and what was seen."""
    pointer = read_pointer(settings.index)
    if pointer is None:
        return False, "no pointer"
    if pointer.library not in expected:
        return False, f"library {pointer.library[:20]} is neither the old nor the new one"
    snapshot = open_snapshot(settings.index, pointer)
    found = Retriever(snapshot).retrieve(["does a weak calf cause knee pain?"])
    snapshot.store.close()
    return bool(found.hits and found.cruxes), f"{len(found.hits)} hits"


def main() -> int:
    """Run the kills and the load and print what came of them; return 1 where something was lost or failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of index builds")
    parser.add_argument("--crashes", type=int, default=50, help="of the server under load")
    parser.add_argument("--people", type=int, default=50, help="who ask at once")
    parser.add_argument("--seconds", type=float, default=60.0, help="for so long; 0 for no load")
    parser.add_argument("--like", type=Path, help="a data folder whose index is taken, instead of building one")
    parser.add_argument("--seed", type=int, default=20261121)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = prepare(Path(folder), like=options.like).home
        codes = [
            _kills(timed(Settings(home=home)), options.kills, _drawn(options.seed)) if options.kills else 0,
            _crashes(home, options.crashes, _drawn(options.seed)) if options.crashes else 0,
            _load(home, options.people, options.seconds) if options.seconds else 0,
        ]
    return max(codes)


def _drawn(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - draws moments, not secrets


def _kills(chosen: Range, kills: int, rng: random.Random) -> int:
    trials: list[Trial] = []
    while sum(t.was_killed for t in trials) < kills:
        number = len(trials) + 1
        trials.append(trial(chosen, number, rng, from_writing=number % 2 == 0))
        _count(sum(t.was_killed for t in trials), kills, "kills of a build")
    return _print(trials)


def _crashes(home: Path, crashes: int, rng: random.Random) -> int:
    found = Accepted()
    for found in crash(home, kills=crashes, rng=rng):
        _count(found.kills, crashes, "kills of the server")
    kept = f"{len(found.answers)} answers and {len(found.reviews)} reviews accepted, {len(found.lost)} lost"
    print(f"\n{found.kills} kills of the server under load: {kept}; it started again by itself each time")
    for each in found.lost[:20]:
        print(f"LOST: {each}")
    return 1 if found.lost else 0


def _load(home: Path, people: int, seconds: float) -> int:
    with serving(home) as server:
        first = firsts(server)
        seen = load(server, people=people, seconds=seconds)
    print("\n".join(lines(seen, first)))
    return 1 if seen.errors or not seen.asked else 0


def _count(done: int, wanted: int, what: str) -> None:
    print(f"\r{done} of {wanted} {what}", end="", file=sys.stderr)


def _print(trials: list[Trial]) -> int:
    bad = [t for t in trials if not t.whole]
    killed = sum(t.was_killed for t in trials)
    stages: dict[str, int] = {}
    for each in trials:
        stages[each.stage] = stages.get(each.stage, 0) + each.was_killed
    print(f"\nindex whole after {len(trials) - len(bad)} of {len(trials)} builds, {killed} of them killed in time")
    print("killed at: " + ", ".join(f"{s} {n}" for s, n in sorted(stages.items()) if n))
    for each in bad:
        print(f"NOT WHOLE: version {each.version}, {each.stage}: {each.detail}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
