"""The review screens without a browser: a clinic, and what each of its people gets from the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.desk import Desk
from tests.desks import Clinic
from ui.conversations import Conversations
from ui.screens import build_screens
from ui.screens.visitors import HEADER, Visitors

FILLED = {
    "c-1": "supports",
    "c-2": "partly",
    "c-3": "supports",
    "v-calf-focused": "fair",
    "v-whole-chain": "fair",
    "verdict": "accept",
    "corrected": "**Short answer.** Yes [1].",
    "comment": "",
}


@dataclass
class Rooms:
    """Sends requests as somebody of the clinic."""

    clinic: Clinic
    client: TestClient = field(init=False)
    assistant: object = None

    def __post_init__(self) -> None:
        app = FastAPI()
        visitors = Visitors(self.clinic.records, self.clinic.clock, knowledge=self.assistant)
        app.include_router(build_screens(Conversations(self.assistant, self.clinic.records), visitors))
        self.client = TestClient(app)

    def get(self, path: str, desk: Desk):
        return self.client.get(f"/screens{path}", headers=_named(desk))

    def post(self, path: str, desk: Desk, **fields: str):
        return self.client.post(f"/screens{path}", data=fields, headers=_named(desk))

    def opens(self, item: int, desk: Desk) -> str:
        answer = self.get(f"/review/{item}", desk)
        assert answer.status_code == 200
        return answer.text

    def finishes(self, item: int, desk: Desk, **changed: str):
        self.opens(item, desk)
        return self.post(f"/review/{item}/finished", desk, **(FILLED | changed))


def _named(desk: Desk) -> dict[str, str]:
    return {HEADER: desk.profile.id} if desk.profile else {}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words(html: str) -> str:
    """Return what a fragment says, without its tags."""
    parser = _Words()
    parser.feed(html)
    return " ".join(" ".join(parser.words).split())
