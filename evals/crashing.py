"""The server killed at random moments while people ask, send and review: what was accepted is there afterwards.

Accepted is what the server said it kept: an answer with ``Counterpoint-Kept: yes``, a review that came back finished.
"""

from __future__ import annotations

import random
import signal
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import httpx

from evals.load import questions_asked
from evals.serving import Server, serving

_PEOPLE = 6
_LONGEST_SECONDS = 3.0  # chosen: some answers and reviews are done by then, and others are under way
_PATIENCE_SECONDS = 30.0


@dataclass(slots=True, kw_only=True)
class Accepted:
    """What the server said it kept, and what of that was found gone."""

    kills: int = 0
    answers: list[str] = field(default_factory=list)
    reviews: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def crash(home: Path, *, kills: int, rng: random.Random) -> Iterator[Accepted]:
    """Kill a server on `home` so many times, and yield after each what was accepted and what of it is gone.

    Every start is a test too: nothing is repaired in between.

    Raises:
        NotReadyError: the server did not come up by itself after a kill.
    """
    found, headers = Accepted(), dict[str, str]()
    for _ in range(kills):
        with serving(home) as server:
            headers = headers or {"Counterpoint-Profile": _mentor(server)}
            _look(server, found, headers)
            _ask_until_killed(server, found, headers, rng)
        found.kills += 1
        yield found
    with serving(home) as server:
        _look(server, found, headers)
        yield found


def _mentor(server: Server) -> str:
    body = {"name": f"Soak {uuid.uuid4().hex[:8]}", "role": "mentor"}
    return httpx.post(f"{server.url}/api/v1/profiles", json=body, timeout=30, trust_env=False).json()["id"]


def _look(server: Server, found: Accepted, headers: dict[str, str]) -> None:
    """Find what was accepted and is gone."""
    with httpx.Client(base_url=f"{server.url}/api/v1", timeout=30, trust_env=False, headers=headers) as client:
        gone = [a for a in found.answers if client.get(f"/answers/{a}").status_code != httpx.codes.OK]
        rows = client.get("/reviews?limit=200&offset=0").json()
        kept = {row["item"] for row in rows["items"]}
        while len(kept) < rows["total"] and rows["items"]:
            rows = client.get(f"/reviews?limit=200&offset={rows['offset'] + 200}").json()
            kept |= {row["item"] for row in rows["items"]}
    found.lost += [f"answer {a}" for a in gone] + [f"review of item {i}" for i in found.reviews if i not in kept]


def _ask_until_killed(server: Server, found: Accepted, headers: dict[str, str], rng: random.Random) -> None:
    stopped, questions = Event(), questions_asked()
    with ThreadPoolExecutor(_PEOPLE) as people:
        for _ in range(_PEOPLE):
            people.submit(_person, server, found, headers, stopped, next(questions))
        time.sleep(rng.uniform(0, _LONGEST_SECONDS))
        server.process.send_signal(signal.SIGKILL)
        stopped.set()


def _person(server: Server, found: Accepted, headers: dict[str, str], stopped: Event, question: str) -> None:
    """Ask, send and review until the server is gone; note what it accepted at once."""
    with httpx.Client(base_url=f"{server.url}/api/v1", timeout=_PATIENCE_SECONDS, trust_env=False) as client:
        while not stopped.is_set():
            try:
                _round(client, found, headers, question)
            except httpx.TransportError:
                return


def _round(client: httpx.Client, found: Accepted, headers: dict[str, str], question: str) -> None:
    answer = client.post("/answers", json={"question": question, "conversation": f"c-{uuid.uuid4().hex}"})
    if answer.headers.get("Counterpoint-Kept") != "yes":
        return
    found.answers.append(answer.json()["id"])
    judged = client.post(f"/answers/{answer.json()['id']}/feedback", json={"thumb": "down"})
    if judged.status_code != httpx.codes.CREATED:
        return
    queue = client.get("/queue", params={"search": question[:60], "state": "new", "limit": 1}, headers=headers)
    for line in queue.json()["items"] if queue.is_success else ():
        form = {"verdict": "accept", "finish": True}
        review = client.put(f"/queue/{line['id']}/review", json=form, headers=headers)
        if review.is_success:
            found.reviews.append(line["id"])
