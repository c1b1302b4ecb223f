"""Where requests to a model run: one event loop in a thread of its own, and threads that nobody has to wait for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

_starting = threading.Lock()
_loops: list[asyncio.AbstractEventLoop] = []


def in_thread(work: Callable[[], Any]) -> Awaitable[Any]:
    """Run `work` in a thread that nobody has to wait for, not even the end of the process."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def settle(set_it: Callable[[Any], None], value: Any) -> None:
        if not done.done():
            set_it(value)

    def run() -> None:
        try:
            found = work()
        except Exception as error:  # noqa: BLE001 - carried over to whoever waits
            loop.call_soon_threadsafe(settle, done.set_exception, error)
        else:
            loop.call_soon_threadsafe(settle, done.set_result, found)

    threading.Thread(target=run, name="counterpoint-model-call", daemon=True).start()
    return done


def one_loop() -> asyncio.AbstractEventLoop:
    """Return the one loop all requests run in: providers' clients keep connections, which belong to a loop."""
    with _starting:
        if not _loops:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="counterpoint-models", daemon=True).start()
            _loops.append(loop)
    return _loops[0]
