"""Several processes and sudden death lose no answer that was accepted."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import assistant
from assistant.records.spool import spool
from assistant.records.store import Records

ROOT = Path(assistant.__file__).parents[1]

# Keeps answers named after itself, half of them in one conversation, and writes each id once `keep` has returned.
WRITER = """
import os, sys
from pathlib import Path
from assistant.records.store import Records
home, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Records(home) as records:
    for number in range(count):
        document = {"id": f"a-{name}-{number}", "asked_at": "2026-11-21T09:00:00Z", "question": f"{name} {number}",
                    "status": "answered", "markdown": "knee " * 400}
        records.keep(document, {"n": number}, conversation="c-all" if number % 2 else f"c-{name}")
        os.write(1, f"a-{name}-{number}\\n".encode())
"""


def start(home: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(home), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def missing(home: Path, accepted: Sequence[str]) -> list[str]:
    with Records(home) as records:
        return [identifier for identifier in accepted if records.answer(identifier) is None]


def test_four_processes_on_a_fresh_folder_lose_nothing(tmp_path: Path):
    home = tmp_path / "fresh"
    writers = [start(home, f"w{number}", 50) for number in range(4)]
    results = [(*writer.communicate(timeout=60), writer.returncode) for writer in writers]
    assert [(error, code) for _, error, code in results] == [("", 0)] * 4
    accepted = [line for output, _, _ in results for line in output.split()]
    assert len(accepted) == 200
    assert missing(home, accepted) == []
    with Records(home) as records:
        shared = records.conversation("c-all")
        assert shared is not None
        assert [answer.position for answer in shared.answers] == list(range(1, 101))


@pytest.mark.kills
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_writer_loses_nothing_that_it_was_told_is_kept(tmp_path: Path, seed: int):
    writer = start(tmp_path, "w", 100_000)
    assert writer.stdout is not None
    accepted = [writer.stdout.readline().strip()]
    time.sleep(random.Random(seed).uniform(0.0, 0.5))  # noqa: S311 - a moment, not a secret
    writer.send_signal(signal.SIGKILL)
    accepted += writer.communicate(timeout=60)[0].split("\n")[:-1]
    assert writer.returncode == -9
    assert accepted[0] == "a-w-0"
    assert missing(tmp_path, accepted) == []
    with Records(tmp_path) as records:
        records.keep(
            {"id": "a-after", "asked_at": "2026-11-21T09:00:00Z", "question": "?", "status": "answered"},
            {},
            conversation="c-w",
        )
        assert records.questions("c-w")[-1] == "?"


@pytest.mark.kills
@pytest.mark.parametrize("seed", range(4))
def test_death_while_the_tables_are_made_leaves_a_folder_that_opens(tmp_path: Path, seed: int):
    opener = start(tmp_path, "w", 1)
    while not (tmp_path / "records.sqlite3").exists() and opener.poll() is None:
        time.sleep(0.001)
    time.sleep(random.Random(seed).uniform(0.0, 0.4))  # noqa: S311 - a moment, not a secret
    opener.send_signal(signal.SIGKILL)
    accepted = opener.communicate(timeout=60)[0].split("\n")[:-1]
    assert missing(tmp_path, accepted) == []


def test_threads_share_one_object(tmp_path: Path):
    with Records(tmp_path) as records:
        failures: list[BaseException] = []

        def keep(name: int) -> None:
            try:
                for number in range(10):
                    moment = "2026-11-21T09:00:00Z"
                    document = {"id": f"a-{name}-{number}", "asked_at": moment, "question": "?", "status": "answered"}
                    records.keep(document, {}, conversation="c-1")
                    records.conversations("?")
            except BaseException as error:  # noqa: BLE001 - told to the test
                failures.append(error)

        threads = [threading.Thread(target=keep, args=(name,)) for name in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert failures == []
        assert len(records.questions("c-1")) == 200


def test_processes_that_open_at_once_take_the_spool_in_once(tmp_path: Path):
    for number in range(40):
        moment, name = f"2026-11-21T09:00:{number:02}Z", f"a-{number}"
        document = {"id": name, "conversation": "c-1", "asked_at": moment, "question": name, "status": "answered"}
        spool(tmp_path, document, {})
    writers = [start(tmp_path, f"w{number}", 1) for number in range(3)]
    assert [writer.communicate(timeout=60)[1] for writer in writers] == ["", "", ""]
    with Records(tmp_path) as records:
        assert records.questions("c-1") == tuple(f"a-{number}" for number in range(40))
    assert os.listdir(tmp_path / "spool") == []  # noqa: PTH208 - names are wanted
