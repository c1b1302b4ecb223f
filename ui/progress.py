"""A progress bar on stderr for what takes long; silent where nothing does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from corpus.encoding import Progress


class _Bar:
    """Starts a rich progress bar at the first thing there is to show."""

    def __init__(self) -> None:
        self._progress: Any = None
        self._task: Any = None

    def show(self, what: str, done: int, total: int) -> None:
        progress = self._progress or self._start()
        progress.update(self._task, description=what, completed=done, total=max(total, 1))
        if not sys.stderr.isatty() and done == 0:
            print(f"counterpoint: {what}", file=sys.stderr)

    def stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _start(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        self._progress = RichProgress(
            SpinnerColumn(),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),  # last: its length changes, and the bar stays where it is
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
            redirect_stdout=sys.stdout.isatty(),  # else rich would draw a result on stderr that goes to a file
        )
        self._progress.start()
        self._task = self._progress.add_task("", total=1)
        return self._progress


@contextmanager
def terminal_progress() -> Iterator[Progress]:
    """Yield a progress callback that draws on stderr and is cleaned up at the end."""
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.stop()
