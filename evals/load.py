"""Many people who ask at once: what is visible when, what fails, and whether the server keeps its size.

Each person asks, reads nothing, and asks again at once, so that as many questions are under way as there are people.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import httpx

from evals.cases import Split, read_cases
from evals.serving import Server

_PATIENCE_SECONDS = 60.0
_QUESTIONS = 40  # chosen: of all suites, so that escalations and refusals are among them
_SETTLED_SECONDS = 10.0  # from here on the server should hold no more memory
_FIRSTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: seconds until the first section was visible and until all was there, or what went wrong."""

    visible_seconds: float | None = None
    whole_seconds: float | None = None
    error: str | None = None


@dataclass(slots=True, kw_only=True)
class Load:
    """What was seen while people asked; bytes of memory at 10 s and at the end, None where the system does not tell."""

    people: int
    seconds: float
    asked: list[Asked] = field(default_factory=list)
    early_bytes: int | None = None
    late_bytes: int | None = None

    @property
    def errors(self) -> list[str]:
        """What went wrong, a line each."""
        return [one.error for one in self.asked if one.error]


def firsts(server: Server) -> list[float]:
    """Return for twenty questions, one after another on a warm server, the seconds until the answer is visible."""
    return asyncio.run(_firsts(server))


async def _firsts(server: Server) -> list[float]:
    async with _client(server) as client:
        questions = questions_asked()
        for question in itertools.islice(questions, _QUESTIONS):  # each kind of question once, so that all is warm
            await _ask(client, question)
        found = [await _ask(client, question) for question in itertools.islice(questions, _FIRSTS)]
    return [one.visible_seconds for one in found if one.visible_seconds is not None]


def load(server: Server, *, people: int, seconds: float) -> Load:
    """Let `people` ask at once for so many seconds, and return what was seen."""
    return asyncio.run(_load(server, Load(people=people, seconds=seconds)))


async def _load(server: Server, seen: Load) -> Load:
    questions, end = questions_asked(), time.monotonic() + seen.seconds

    async def person(client: httpx.AsyncClient) -> None:
        seen.asked.append(await _ask(client, next(questions)))  # one each, however slow the machine is
        while time.monotonic() < end:
            seen.asked.append(await _ask(client, next(questions)))

    async def watch() -> None:
        await asyncio.sleep(min(_SETTLED_SECONDS, seen.seconds / 2))
        seen.early_bytes = server.memory_bytes
        await asyncio.sleep(max(end - time.monotonic(), 0))
        seen.late_bytes = server.memory_bytes

    async with _client(server) as client:
        await asyncio.gather(watch(), *(person(client) for _ in range(seen.people)))
    return seen


def questions_asked() -> Iterator[str]:
    """Yield the questions of the dev cases, some of each suite, again and again."""
    cases = [case for case in read_cases() if case.split is Split.DEV]
    return itertools.cycle([case.question for case in cases[:: max(len(cases) // _QUESTIONS, 1)]])


def _client(server: Server) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncClient(base_url=server.url, timeout=_PATIENCE_SECONDS, limits=limits, trust_env=False)


async def _ask(client: httpx.AsyncClient, question: str) -> Asked:
    began = time.monotonic()
    body = {"question": question, "conversation": f"c-{uuid.uuid4().hex}"}
    headers = {"Accept": "text/event-stream"}
    try:
        async with client.stream("POST", "/api/v1/answers", json=body, headers=headers) as response:
            if response.status_code != httpx.codes.OK:
                return Asked(error=f"status {response.status_code}")
            return await _heard(response, began)
    except httpx.HTTPError as error:
        return Asked(error=type(error).__name__)


async def _heard(response: httpx.Response, began: float) -> Asked:
    visible, event = None, ""
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            event = line.removeprefix("event: ")
            visible = time.monotonic() - began if event == "section" and visible is None else visible
        elif line.startswith("data: ") and event == "done":
            kept = json.loads(line.removeprefix("data: "))["kept"]
            error = None if kept else "not kept"
            return Asked(visible_seconds=visible, whole_seconds=time.monotonic() - began, error=error)
        elif line.startswith("data: ") and event == "problem":
            return Asked(error=json.loads(line.removeprefix("data: "))["detail"])
    return Asked(error="the stream ended before the answer")


def lines(seen: Load, first: Sequence[float]) -> Iterator[str]:
    """Yield what is printed of a load: figures with n, then the kinds of errors."""
    visible = [one.visible_seconds for one in seen.asked if one.visible_seconds is not None]
    whole = [one.whole_seconds for one in seen.asked if one.whole_seconds is not None]
    if first:
        yield f"first answer visible, warm, one at a time: median {statistics.median(first):.2f} s (n = {len(first)})"
    yield f"{seen.people} people for {seen.seconds:g} s: {len(seen.asked)} asked, {len(seen.errors)} errors"
    for name, found in (("visible", visible), ("whole", whole)):
        if len(found) > 1:
            parts = statistics.quantiles(found, n=20)
            yield f"    {name}: p50 {parts[9]:.2f} s, p95 {parts[18]:.2f} s, worst {max(found):.2f} s"
    if seen.early_bytes and seen.late_bytes:
        ratio = seen.late_bytes / seen.early_bytes
        yield f"    memory: {seen.late_bytes / 2**20:.0f} MB, {ratio:.3f} of what it was at {_SETTLED_SECONDS:g} s"
    yield from sorted({f"    error: {error} ({seen.errors.count(error)})" for error in seen.errors})
