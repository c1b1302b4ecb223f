"""People who speak to the HTTP API, each with a profile of their own."""

from __future__ import annotations

import uuid

import httpx

from assistant.desk.sampling import is_drawn_for_second

QUESTION = "34F runner, R AKP 6/12, SLHR 11 R v 26 L: calf rehab?"
ONE_BY_ONE = httpx.Limits(max_keepalive_connections=0)
"""A connection for each request: one that lay idle may be closed by the server just when it is taken again."""


class Person(httpx.Client):
    """Somebody at the API."""

    def __init__(self, served: str, role: str = "physio", school: str | None = None) -> None:
        super().__init__(base_url=f"{served}/api/v1", timeout=60, trust_env=False, limits=ONE_BY_ONE)
        self.name = f"{role.title()} {uuid.uuid4().hex[:10]}"
        self.wanted = {"name": self.name, "role": role, "school": school}
        self.profile: dict = {}

    def __enter__(self):
        """Get a profile, and send it along from now on."""
        super().__enter__()
        self.profile = self.post("/profiles", json=self.wanted).json()
        self.headers["Counterpoint-Profile"] = self.profile["id"]
        return self

    def asked(self, question: str = QUESTION, conversation: str | None = None) -> dict:
        """Ask in a case of one's own and return the answer."""
        case = conversation or f"c-{uuid.uuid4().hex}"
        return self.post("/answers", json={"question": question, "conversation": case}).json()

    def sent(self, note: str = "Which dose?") -> int:
        """Ask, send the answer to a mentor, and return its number in the queue; one review is enough for it."""
        return self.post("/queue", json={"answer_id": self.asked_for_one_review(), "note": note}).json()["id"]

    def asked_for_one_review(self) -> str:
        """Return the id of an answer that is not drawn for two reviews, as one in so many is."""
        while is_drawn_for_second(answer := self.asked()["id"]):
            pass
        return answer


def stranger(served: str, **headers: str) -> httpx.Client:
    """Return somebody without a profile."""
    return httpx.Client(base_url=f"{served}/api/v1", timeout=60, trust_env=False, limits=ONE_BY_ONE, headers=headers)
