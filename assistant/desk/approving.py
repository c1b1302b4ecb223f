"""Answers that were accepted, and on which passages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.desk import seeing
from assistant.desk.sitting import Sitting
from assistant.records import approvals, reviews
from assistant.records.engine import Connection
from assistant.records.review_types import AnswerVerdict, ItemState, QueueLine

_ACCEPTED = frozenset({AnswerVerdict.ACCEPT, AnswerVerdict.CORRECTIONS})


def withdraw(sitting: Sitting, connection: Connection, item_id: int) -> None:
    """Take back what was approved of an item; the record of it stays."""
    approvals.withdraw_approvals(connection, item_id, sitting.now())


def renew(sitting: Sitting, connection: Connection, line: QueueLine) -> None:
    """Approve the answer of an item whose standing verdict accepts it; an earlier approval of it is taken back."""
    kept = reviews.select_reviews(connection, line.id)
    stands = seeing.settled(kept, reviews.select_settlements(connection, line.id))
    withdraw(sitting, connection, line.id)
    if line.state != ItemState.DONE or stands is None or stands.verdict not in _ACCEPTED:
        return
    document = sitting.answer(connection, line.answer_id).document
    row = {
        "item_id": line.id,
        "answer_id": line.answer_id,
        "verdict": str(stands.verdict),
        "text": stands.text,
        "reviewers": [review.reviewer_id for review in seeing.standing_reviews(kept)],
        "passages": fingerprints(document),
        "subject": subject(document),
        "intent": str(document.get("intent") or ""),
        "at": sitting.now(),
    }
    approvals.insert_approval(connection, row)


def subject(document: Mapping[str, Any]) -> str:
    """Return what an answer is about, its crux or brief; empty where it has none."""
    cruxes = document.get("cruxes") or ()
    return str(cruxes[0]) if cruxes else ""


def fingerprints(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what an approval rests on: each cited passage as it stood."""
    return [
        {"passage_id": cited.get("passage_id"), "fingerprint": cited.get("passage_fingerprint")}
        for cited in document.get("citations") or ()
    ]
