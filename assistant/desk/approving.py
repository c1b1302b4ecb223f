"""Answers that were accepted, on which passages, and whether those still say what was accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.desk import seeing
from assistant.desk.access import Action
from assistant.desk.sitting import Sitting
from assistant.records import approvals, reviews
from assistant.records.engine import Connection
from assistant.records.people import select_profile
from assistant.records.review_types import AnswerVerdict, ItemState, KeptApproval, QueueLine
from corpus.library import Library
from corpus.types import Passage

ACCEPTED = frozenset({AnswerVerdict.ACCEPT, AnswerVerdict.CORRECTIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That an answer was accepted, by whom and when; `text` is the corrected text where there is one.

    `reasons` say why it holds no longer against the library in force, a sentence each; none where it holds.
    """

    item_id: int
    answer_id: str
    verdict: AnswerVerdict
    text: str | None
    reviewer_names: tuple[str, ...]
    at: datetime
    reasons: tuple[str, ...]

    @property
    def is_expired(self) -> bool:
        """Whether what was accepted has changed since."""
        return bool(self.reasons)


def approved(sitting: Sitting, answer_id: str) -> Approval | None:
    """Return the approval of an answer, expired or not; None where it was not approved."""
    sitting.require(Action.READ_APPROVALS)
    with sitting.records.reading() as connection:
        found = approvals.select_approvals(connection, answer_id=answer_id, limit=1)
        return shown(sitting, connection, found[0]) if found else None


def all_approved(sitting: Sitting) -> tuple[Approval, ...]:
    """Return every approval, the latest first."""
    sitting.require(Action.READ_APPROVALS)
    with sitting.records.reading() as connection:
        return tuple(shown(sitting, connection, kept) for kept in approvals.select_approvals(connection))


def shown(sitting: Sitting, connection: Connection, kept: KeptApproval) -> Approval:
    """Return an approval with the names of who gave it, held against the library in force."""
    profiles = (select_profile(connection, reviewer) for reviewer in kept.reviewers)
    return Approval(
        item_id=kept.item_id,
        answer_id=kept.answer_id,
        verdict=kept.verdict,
        text=kept.text,
        reviewer_names=tuple(profile.name for profile in profiles if profile is not None),
        at=kept.at,
        reasons=tuple(why for passage in kept.passages for why in changes(passage, sitting.library)),
    )


def withdraw(sitting: Sitting, connection: Connection, item_id: int) -> None:
    """Take back what was approved of an item; the record of it stays."""
    approvals.withdraw_approvals(connection, item_id, sitting.now())


def renew(sitting: Sitting, connection: Connection, line: QueueLine) -> None:
    """Approve the answer of an item whose standing verdict accepts it; an earlier approval of it is taken back."""
    kept = reviews.select_reviews(connection, line.id)
    stands = seeing.settled(kept, reviews.select_settlements(connection, line.id))
    withdraw(sitting, connection, line.id)
    if line.state != ItemState.DONE or stands is None or stands.verdict not in ACCEPTED:
        return
    document = sitting.answer(connection, line.answer_id).document
    row = {
        "item_id": line.id,
        "answer_id": line.answer_id,
        "verdict": str(stands.verdict),
        "text": stands.text,
        "reviewers": [review.reviewer_id for review in seeing.standing_reviews(kept)],
        "passages": [_basis(cited, sitting) for cited in document.get("citations") or ()],
        "subject": subject(document),
        "intent": str(document.get("intent") or ""),
        "at": sitting.now(),
    }
    approvals.insert_approval(connection, row)


def subject(document: Mapping[str, Any]) -> str:
    """Return what an answer is about, its crux or brief; empty where it has none."""
    cruxes = document.get("cruxes") or ()
    return str(cruxes[0]) if cruxes else ""


def changes(basis: Mapping[str, Any], library: Library) -> tuple[str, ...]:
    """Return what of a passage is no longer as it was when an answer on it was accepted, a sentence each.

    A corrected doi, title or locator is no change: the finding, its figures, its grade and a retraction are.
    """
    passage_id, source_id = str(basis["passage_id"]), str(basis["source_id"])
    source = library.source_by_id.get(source_id)
    if source is not None and source.retracted:
        return (f"{source_id} was retracted",)
    passage = library.passages.get(passage_id)
    if passage is None:
        return (f"{passage_id} is no longer in the library",)
    if library.passage_fingerprint(passage_id) == basis["fingerprint"]:
        return ()
    return tuple(_differences(basis, passage))


def _differences(basis: Mapping[str, Any], passage: Passage) -> list[str]:
    found = []
    if _hash(passage.text) != basis["text"]:
        found.append(f"{passage.id}: its finding was reworded or changed")
    if (passage.grade or "") != basis["grade"]:
        found.append(f"{passage.id}: its grade was {basis['grade'] or 'none'} and is {passage.grade or 'none'}")
    figures = basis["figures"]
    if (figures is not None and figures != dict(passage.figures)) or not found:
        found.append(f"{passage.id}: its figures changed")
    return found


def _basis(cited: Mapping[str, Any], sitting: Sitting) -> dict[str, Any]:
    """Return a cited passage as the answer took it; its figures only where the library still has it so."""
    passage_id = str(cited.get("passage_id"))
    figures = None
    if sitting.knowledge is not None and passage_id in sitting.library.passages:
        is_same = sitting.library.passage_fingerprint(passage_id) == cited.get("passage_fingerprint")
        figures = dict(sitting.library.passages[passage_id].figures) if is_same else None
    return {
        "passage_id": passage_id,
        "source_id": str(cited.get("source_id")),
        "fingerprint": cited.get("passage_fingerprint"),
        "text": _hash(str(cited.get("quote") or "")),
        "figures": figures,
        "grade": cited.get("grade") or "",
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
