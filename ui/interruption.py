"""Ctrl-C, held back while something happens that must be told as it happened."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def interruption_held() -> Iterator[Callable[[], None]]:
    """Yield a function: once it is called, a Ctrl-C waits until the end of the block, where it takes its effect.

    What lies between must be short. Before the call a Ctrl-C takes effect at once. Outside the main thread, where no
    Ctrl-C arrives, and where it is not Python that handles one, nothing is held.
    """
    usual = signal.getsignal(signal.SIGINT)
    came = False

    def note(_number: int, _frame: Any) -> None:
        nonlocal came
        came = True

    def hold() -> None:
        if usual is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, note)

    try:
        yield hold
    finally:
        if signal.getsignal(signal.SIGINT) is note:
            signal.signal(signal.SIGINT, usual)
        if came:
            signal.raise_signal(signal.SIGINT)
