"""Answers made ahead of time, in processes of their own, so that a run takes as long as the cores need and no longer.

Each process has an assistant of its own: an open index is not shared. What is asked for comes as it would come without
them, in the same order; an error comes where its answer would have come.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self, TypeAlias

from assistant.door import Assistant
from assistant.settings import Settings
from evals.answers import Answer
from evals.cases import EvalCase
from evals.metamorphic.types import Pair
from evals.traces import ask_traced

PROCESSES = max(1, min(4, os.cpu_count() or 1))
"""One a core, four at most: each holds an index and an encoder of its own."""
FEWEST = 60
"""How many questions are worth the two seconds that the processes take to start."""
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # of onnxruntime here, and of numpy
Asking: TypeAlias = tuple[str, tuple[str, ...], tuple[tuple[str, Hashable], ...]]
_OWN: dict[str, Assistant] = {}


class Ahead:
    """An answerer whose questions are known before it is asked; what it was not told of it answers itself."""

    def __init__(self, assistant: Assistant, asked: Iterable[Asking], *, processes: int = PROCESSES) -> None:
        """Take the assistant whose settings the processes use, and what will be asked, in that order."""
        self._assistant = assistant
        self._asked = tuple(dict.fromkeys(asked))
        self._processes = processes if len(self._asked) >= FEWEST else 1
        self._pool: ProcessPoolExecutor | None = None
        self._answers: dict[Asking, Future[Answer]] = {}

    def __enter__(self) -> Self:
        """Start the processes, where there is enough to ask."""
        if self._processes > 1:
            self._pool = ProcessPoolExecutor(
                self._processes, get_context("spawn"), initializer=_open, initargs=(self._assistant.settings,)
            )
            # What starts here starts deaf to Ctrl-C, before it could ignore it by itself.
            with _interruption_ignored(), _a_thread_each():
                self._answers = {a: self._pool.submit(_answer, a) for a in self._asked}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of what was not asked for, and end the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def __call__(self, question: str, history: Sequence[str] = (), **more: Any) -> Answer:
        """Return the answer to `question`, from a process if it was announced."""
        ahead = self._answers.get(asking(question, history, more))
        if ahead is not None:
            return ahead.result()
        return ask_traced(self._assistant, question, history, **more)


@contextmanager
def _interruption_ignored() -> Iterator[None]:
    """Ignore Ctrl-C, for a moment; only the main thread can, and only there does it arrive."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _a_thread_each() -> Iterator[None]:
    """Have what starts here compute on one thread: with a process a core, more threads wait for one another."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def asking(question: str, history: Sequence[str], more: Mapping[str, Any]) -> Asking:
    """Return one question with all that it is asked with; what is empty or false is left out."""
    return question, tuple(history), tuple(sorted((name, value) for name, value in more.items() if value))


def askings(cases: Iterable[EvalCase], pairs: Iterable[Pair]) -> list[Asking]:
    """Return what a run of `cases` and `pairs` asks, in the order in which it does."""
    found = [asking(c.question, c.history, {"dismissals": c.dismissals}) for c in cases]
    for pair in pairs:
        for wording in (pair.before, pair.after):
            more = {"dismissals": pair.case.dismissals, "evidence_reversed": wording.evidence_reversed}
            found.append(asking(wording.question, wording.history, more))
    return found


def _open(settings: Settings) -> None:
    """Open the index in this process; Ctrl-C is for the process that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where the process was started from another thread
    _OWN["assistant"] = Assistant(settings)


def _answer(asked: Asking) -> Answer:
    question, history, more = asked
    return ask_traced(_OWN["assistant"], question, history, **dict(more))
