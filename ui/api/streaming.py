"""An answer as server-sent events: each stage as it begins, then the sections, then the whole answer.

Nothing of an answer is sent before its whole verdict. The work runs in a thread of its own and keeps the answer
there: a client that goes away stops nothing.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel

from assistant.records.errors import RecordsError
from corpus.errors import CorpusError
from ui.api.answer_shapes import DoneTold, StageTold
from ui.conversations import Reply

EVENT_STREAM = "text/event-stream"
HEARTBEAT_SECONDS = 10.0  # chosen: proxies close what is silent for 30 to 60 s
_FAILED = "Counterpoint failed on this question; nothing was kept. The terminal it runs in shows why; please report it."
_log = logging.getLogger(__name__)

Work: TypeAlias = Callable[[Callable[[str], None]], Reply]
"""Takes a listener for stages, and returns the reply once it is kept."""


async def streamed(work: Work, pool: ThreadPoolExecutor) -> EventSourceResponse:
    """Return the response that tells of `work` as it is done in a thread of `pool`.

    What the question itself gets wrong is found before the first stage, and is raised here: it has its own status then.

    Raises:
        QuestionError: the question cannot be taken as it is.
        DismissalError: a red flag is set aside that the library does not hold.
        RecordsError: the earlier questions cannot be read.
    """
    told = _Told(asyncio.get_running_loop())
    pool.submit(told.run, work)
    first = await told.next_within(HEARTBEAT_SECONDS)
    if isinstance(first, Exception):
        raise first
    return EventSourceResponse(_events(told, first), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


class _Told:
    """What a thread says, heard in the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._queue: asyncio.Queue[str | Reply | Exception] = asyncio.Queue()

    def run(self, work: Work) -> None:
        """Do `work` here and say its stages, then its reply or what went wrong."""
        try:
            self._say(work(self._say))
        except Exception as error:  # noqa: BLE001 - handed to the loop, which tells the client in words
            self._say(error)

    def _say(self, what: str | Reply | Exception) -> None:
        try:
            self._loop.call_soon_threadsafe(self._queue.put_nowait, what)
        except RuntimeError:  # the server has stopped: nobody listens, and the answer is kept all the same
            _log.info("an answer was finished after the server had stopped")

    async def next_within(self, seconds: float) -> str | Reply | Exception | None:
        """Return what is said next, None where nothing is for so long."""
        try:
            return await asyncio.wait_for(self._queue.get(), seconds)
        except TimeoutError:
            return None


async def _events(told: _Told, first: str | Reply | Exception | None) -> AsyncIterator[bytes]:
    said = first
    while not isinstance(said, Reply | Exception):
        yield KEEPALIVE_COMMENT if said is None else _event("stage", StageTold(stage=said))
        said = await told.next_within(HEARTBEAT_SECONDS)
    for event in _finished(said) if isinstance(said, Reply) else _broken(said):
        yield event
        await asyncio.sleep(0)  # each section leaves by itself


def _finished(reply: Reply) -> Iterator[bytes]:
    sections = reply.document["sections"]
    for number, section in enumerate(sections, start=1):
        yield _event("section", {"number": number, "of": len(sections), "section": section})
    yield _event("answer", reply.document)
    places = {None: None, True: "new", False: "continued"}
    yield _event("done", DoneTold.model_validate({"kept": reply.unkept is None, "conversation": places[reply.is_new]}))


def _broken(error: Exception) -> Iterator[bytes]:
    """Yield the problem that ends a stream whose status has gone out already."""
    is_ours = isinstance(error, RecordsError | CorpusError)
    if not is_ours:
        _log.error("a streamed question failed", exc_info=error)
    status, title = (503, "Service Unavailable") if is_ours else (500, "Internal Server Error")
    detail = str(error) if is_ours else _FAILED
    yield _event("problem", {"type": "about:blank", "title": title, "status": status, "detail": detail})


def _event(name: str, said: BaseModel | dict[str, Any]) -> bytes:
    data = said.model_dump_json() if isinstance(said, BaseModel) else json.dumps(said, ensure_ascii=False)
    return format_sse_event(event=name, data_str=data)
