"""What takes long and is watched: done in a thread, its heavy part in a process of its own that can be stopped.

A process of its own keeps the server small (no torch in it) and its answers fast (no lock shared with it).
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread
from typing import Any

from assistant.records.errors import RecordsError
from assistant.settings import Settings
from corpus.errors import CorpusError, DocumentError
from evals.errors import EvalError

_PATIENCE_SECONDS = 10  # chosen: a run that is asked to stop ends after the answer it is at
_FAILED = "Counterpoint failed here; the terminal it runs in shows why. Please report it"
_log = logging.getLogger(__name__)


class JobState(StrEnum):
    """How far a job is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class JobError(Exception):
    """The process of a job could not do it; the message is for the person."""


class JobStoppedError(Exception):
    """The job was stopped by a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is being done, how much of it is done, and at the end what came of it, in words and as `result`."""

    state: JobState = JobState.RUNNING
    what: str = "starting"
    done: int = 0
    total: int = 0
    said: str = ""
    result: Any = None


class Job:
    """Something that runs in a thread until it is done, fails or is stopped."""

    def __init__(self, work: Callable[[Job], Any]) -> None:
        """Take what to do: `work` is given this job to tell of its progress, and returns its result."""
        self._work = work
        self._thread = Thread(target=self._run, daemon=True)
        self._process: subprocess.Popen[str] | None = None
        self._stop = Event()
        self.progress = Progress()

    def start(self) -> Job:
        """Begin, and return this."""
        self._thread.start()
        return self

    def tell(self, what: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done; of the form of the corpus' own progress callback."""
        self.progress = replace(self.progress, what=what, done=done, total=total)

    def stop(self) -> None:
        """Ask the job to end; its process is killed where it does not."""
        self._stop.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
            Thread(target=_end, args=(process,), daemon=True).start()

    def wait(self, seconds: float) -> Progress:
        """Return the progress after the job has ended, or after `seconds`."""
        self._thread.join(seconds)
        return self.progress

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.progress.state is JobState.RUNNING

    def perform(self, task: str, settings: Settings, given: Mapping[str, Any]) -> Any:
        """Return what a task of ``ui.performing`` gives back, done in a process of its own.

        Raises:
            JobError: it failed; the message is its own.
            JobStoppedError: it was stopped.
        """
        command = [sys.executable, "-m", "ui.performing", task, json.dumps(given)]
        with subprocess.Popen(  # noqa: S603 - our own module
            command, stdout=subprocess.PIPE, text=True, env=_environment(settings), start_new_session=True
        ) as process:
            self._process = process
            last = self._listen(process)
        if self._stop.is_set():
            raise JobStoppedError
        if "error" in last:
            raise JobError(last["error"])
        if "result" not in last:
            raise JobError(f"its process ended without a word (exit code {process.returncode})")
        return last["result"]

    def _listen(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        """Take in what the process says, line by line, and return the last of it."""
        last: dict[str, Any] = {}
        for line in process.stdout or ():
            last = json.loads(line)
            if "what" in last:
                self.tell(last["what"], last["done"], last["total"])
        return last

    def _run(self) -> None:
        try:
            result = self._work(self)
            self.progress = replace(self.progress, state=JobState.DONE, result=result)
        except JobStoppedError:
            self.progress = replace(self.progress, state=JobState.STOPPED)
        except DocumentError as error:
            self._fail(error.reason)
        except (JobError, CorpusError, EvalError, RecordsError, OSError) as error:
            self._fail(str(error))
        except Exception:  # noqa: BLE001 - the edge: a person is told in words, the terminal is shown why
            _log.exception("a job failed")
            self._fail(_FAILED)

    def _fail(self, why: str) -> None:
        self.progress = replace(self.progress, state=JobState.FAILED, said=why)


def _end(process: subprocess.Popen[str]) -> None:
    """Kill the process, and those that it started, where it has not ended by itself in time."""
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def _environment(settings: Settings) -> dict[str, str]:
    """Return this process's environment with what the settings say, however they were come by."""
    root = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    own = {"COUNTERPOINT_HOME": str(settings.index.home), "COUNTERPOINT_ENCODER": settings.encoder, "PYTHONPATH": path}
    return os.environ | own
