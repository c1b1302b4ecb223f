"""The two-minute path: which passages of an answer a mentor is asked to judge, and why each of them.

The desk says which claims (``assistant/desk/sampling.py``), the same for both mentors, so that their agreement can be
measured; what the checks found and what the asker pointed at is added here. Of the warning, the short answer and what
is flagged every passage is asked about, of a school and of a sampled claim one, drawn by the answer's id.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.desk.sampling import TwoMinutes
from assistant.records.review_types import Feedback, Thumb

WHOLE = ("Short answer", "Safety")
"""Why a sentence is asked about that stands in the part which is asked about as a whole."""
_POINTED_AT = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A claim on the path: which of its citations are to be judged, and why it was chosen."""

    claim_id: str
    numbers: tuple[int, ...]
    why: str
    is_flagged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """What a mentor is asked to judge; everything else of the answer may be judged."""

    asked: tuple[Asked, ...]
    sampled: tuple[str, ...]
    """The claims drawn at random."""

    @property
    def numbers(self) -> frozenset[int]:
        """Return the citations to be judged."""
        return frozenset(n for one in self.asked for n in one.numbers)

    @property
    def by_claim(self) -> Mapping[str, Asked]:
        """Return what is asked of each claim on the path."""
        return {one.claim_id: one for one in self.asked}


def path_of(
    document: Mapping[str, Any],
    two_minutes: TwoMinutes,
    findings: Sequence[Mapping[str, Any]],
    feedback: Sequence[Feedback],
) -> Path:
    """Return the path through an answer.

    Args:
        document: the answer as JSON.
        two_minutes: the claims that the desk chose.
        findings: what its checks found, each with `claim_id` and `message`.
        feedback: the thumbs it was given; a [3] in a bad one's words points at a citation.
    """
    draw = random.Random(f"path:{document.get('id')}")  # noqa: S311 - a sample that can be drawn again, no secret
    claims = {
        claim["id"]: (part, claim) for part in document.get("sections") or () for claim in part.get("claims") or ()
    }
    chosen: dict[str, Asked] = {}
    for one in (*_chosen(claims, two_minutes, draw), *_pointed(claims, findings, feedback)):
        chosen[one.claim_id] = _joined(chosen.get(one.claim_id), one)
    asked = tuple(chosen[id_] for id_ in claims if id_ in chosen)
    return Path(asked=asked, sampled=two_minutes.sampled)


def _chosen(
    claims: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]], two_minutes: TwoMinutes, draw: random.Random
) -> Iterable[Asked]:
    """Yield what the desk chose, each claim with its reason."""
    for id_ in (*two_minutes.shown, *two_minutes.flagged, *two_minutes.sampled):
        part, claim = claims[id_]
        numbers = tuple(claim.get("citations") or ())
        if not numbers:
            continue
        if id_ in two_minutes.flagged:
            yield Asked(claim_id=id_, numbers=numbers, why=_doubt(claim), is_flagged=True)
        elif id_ in two_minutes.sampled:
            yield Asked(claim_id=id_, numbers=(draw.choice(numbers),), why="Drawn at random")
        elif part.get("kind") == "viewpoint":
            yield Asked(claim_id=id_, numbers=(draw.choice(numbers),), why="Each school once")
        else:
            yield Asked(claim_id=id_, numbers=numbers, why=WHOLE[part.get("kind") == "safety"])


def _doubt(claim: Mapping[str, Any]) -> str:
    if claim.get("basis") == "computed":
        return "Look twice: a computed number"
    if claim.get("origin") is None:
        return "Look twice: a language model's own sentence"
    return "Look twice: known second-hand only"


def _pointed(
    claims: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]],
    findings: Sequence[Mapping[str, Any]],
    feedback: Sequence[Feedback],
) -> Iterable[Asked]:
    """Yield what the checks found wrong and what the asker pointed at."""
    found = {f["claim_id"]: str(f.get("message", "")) for f in findings if f.get("claim_id")}
    bad = [one for one in feedback if one.thumb != Thumb.UP]
    pointed = {int(n) for one in bad for n in _POINTED_AT.findall(" ".join((*one.reasons, one.note)))}
    for id_, (_, claim) in claims.items():
        numbers = tuple(claim.get("citations") or ())
        if numbers and id_ in found:
            yield Asked(claim_id=id_, numbers=numbers, why=f"A check found: {found[id_]}", is_flagged=True)
        if hit := tuple(n for n in numbers if n in pointed):
            yield Asked(claim_id=id_, numbers=hit, why="Doubted by who asked", is_flagged=True)


def _joined(before: Asked | None, one: Asked) -> Asked:
    if before is None:
        return one
    numbers = tuple(dict.fromkeys((*before.numbers, *one.numbers)))
    return Asked(
        claim_id=one.claim_id,
        numbers=numbers,
        why=one.why if before.why in WHOLE else f"{before.why}. {one.why}",
        is_flagged=before.is_flagged or one.is_flagged,
    )
