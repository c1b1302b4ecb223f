"""A desk to test at: records in a folder, a clock that is set, people, and an answer in the contract's form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.desk import Desk
from assistant.records.review_types import CitationVerdict, Profile, ReviewForm, ViewpointVerdict
from assistant.records.store import Records

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def forward(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


def an_answer(number: int = 1, **changed: Any) -> dict[str, Any]:
    """Return an answer of two schools with three citations, asked `number` minutes after eight."""
    return {
        "schema": "counterpoint/answer/1",
        "id": f"a-{number}",
        "conversation": None,
        "asked_at": f"2026-11-23T08:{number:02}:00Z",
        "question": f"Calf rehab for runner number {number}?",
        "status": "answered",
        "detail": "brief",
        "intent": "polar",
        "debates": ["calf-versus-chain"],
        "cruxes": ["calf-for-everyone"],
        "case": {"facts": [{"id": "f1", "name": "age", "value": 34, "unit": "year", "said": "34M"}], "missing": []},
        "sections": [
            {"kind": "short_answer", "viewpoint": None, "claims": [{"id": "c1", "text": "Yes.", "citations": [1]}]},
            {
                "kind": "viewpoint",
                "viewpoint": "calf-focused",
                "claims": [{"id": "c2", "text": "A.", "citations": [2]}],
            },
            {"kind": "viewpoint", "viewpoint": "whole-chain", "claims": [{"id": "c3", "text": "B.", "citations": [3]}]},
        ],
        "citations": [
            {"number": 1, "passage_id": "leppanen-2024:1", "source_id": "leppanen-2024", "viewpoint": None},
            {
                "number": 2,
                "passage_id": "barker-calf-rehab:31a",
                "source_id": "barker-calf-rehab",
                "viewpoint": "calf-focused",
            },
            {"number": 3, "passage_id": "bento-chain:3", "source_id": "bento-chain", "viewpoint": "whole-chain"},
        ],
        "markdown": "**Short answer.** Yes [1].",
    } | changed


def a_form(verdict: str | None = "accept", **changed: Any) -> ReviewForm:
    """Return a form that is filled in."""
    fields = {
        "citations": {1: CitationVerdict.SUPPORTS, 2: CitationVerdict.PARTLY},
        "viewpoints": {"calf-focused": ViewpointVerdict.FAIR, "whole-chain": ViewpointVerdict.CARICATURE},
        "verdict": verdict,
        "corrected": "Load the calf first." if verdict == "corrections" else None,
        "comment": "Well put.",
        "sampled": ("c2",),
    }
    return ReviewForm(**fields | changed)


@dataclass
class Clinic:
    """Two physios, three mentors, and whoever has no profile, before the same records and clock."""

    records: Records
    clock: Clock = field(default_factory=Clock)
    knowledge: Any = None

    def __post_init__(self) -> None:
        self.nobody = Desk(self.records, None, self.clock, knowledge=self.knowledge)
        self.ben, self.cem = (self.join(name, "physio") for name in ("Ben", "Cem"))
        self.ana, self.dora, self.eva = (self.join(name, "mentor", "whole-chain") for name in ("Ana", "Dora", "Eva"))

    def join(self, name: str, role: str, school: str | None = None) -> Desk:
        return self.desk(self.nobody.add_profile(name, role, school))

    def desk(self, profile: Profile) -> Desk:
        return Desk(self.records, profile, self.clock, knowledge=self.knowledge)

    def asked(self, number: int = 1, *, by: Desk | None = None, case: str | None = "", **changed: Any) -> str:
        """Keep an answer to `by` (Ben where not given) in a case of its own, and return its id."""
        conversation = f"c-{number}" if case == "" else case
        (by or self.ben).keep(an_answer(number, **changed), {}, conversation=conversation)
        return f"a-{number}"

    def sent(self, number: int = 1, *, by: Desk | None = None, note: str = "", **changed: Any) -> int:
        """Keep an answer and put it in the queue; return its number there."""
        desk = by or self.ben
        return desk.send_to_mentor(self.asked(number, by=desk, **changed), note).id

    def reviewed(self, item_id: int, by: Desk, verdict: str = "accept", **changed: Any) -> None:
        """Reserve an item and finish its review five minutes later."""
        by.reserve(item_id)
        self.clock.forward(5)
        by.save_review(item_id, a_form(verdict, **changed), finish=True)
