"""The two-minute path: which passages of an answer a mentor is asked to judge, and why each of them.

All of the short answer, each school once, whatever is flagged, and a sample of the rest. The sample is drawn by the
answer's id, so that both mentors judge the same passages and their agreement can be measured.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.records.review_types import Feedback, Thumb

SAMPLED_CLAIMS = 2  # chosen: with the rest of the path some eight passages, ten seconds each
WHOLE = ("Short answer", "Safety")
"""Why a sentence is asked about that stands in the part which is asked about as a whole."""
SECOND_ONE_IN = 10  # issue 6: a random tenth is reviewed twice, or agreement would be known of the doubtful ones only
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
    document: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], feedback: Sequence[Feedback], seed: str
) -> Path:
    """Return the path through an answer.

    Args:
        document: the answer as JSON.
        findings: what its checks found, each with `claim_id` and `message`.
        feedback: the thumbs it was given; a [3] in a bad one's words points at a citation.
        seed: decides what is drawn; the same for everyone who reviews the answer.
    """
    draw = random.Random(f"path:{seed}")  # noqa: S311 - a sample that can be drawn again, not a secret
    claims = [(part, claim) for part in document.get("sections") or () for claim in part.get("claims") or ()]
    cited = [(part, claim) for part, claim in claims if claim.get("citations")]
    chosen: dict[str, Asked] = {}
    for one in (*_short(cited), *_schools(cited, draw), *_flagged(cited, findings, feedback)):
        chosen[one.claim_id] = _joined(chosen.get(one.claim_id), one)
    seen = {n for one in chosen.values() for n in one.numbers}
    rest = [claim for _, claim in cited if claim["id"] not in chosen and set(claim["citations"]) - seen]
    drawn = draw.sample(rest, min(SAMPLED_CLAIMS, len(rest)))
    for claim in drawn:
        number = draw.choice([n for n in claim["citations"] if n not in seen])
        chosen[claim["id"]] = Asked(claim_id=claim["id"], numbers=(number,), why="Drawn at random")
    order = [claim["id"] for _, claim in claims]
    return Path(
        asked=tuple(sorted(chosen.values(), key=lambda one: order.index(one.claim_id))),
        sampled=tuple(sorted((claim["id"] for claim in drawn), key=order.index)),
    )


def is_drawn_for_second(seed: str) -> bool:
    """Return whether an answer is of the random tenth that a second mentor reviews unasked."""
    return int.from_bytes(hashlib.sha256(f"second:{seed}".encode()).digest()[:8]) % SECOND_ONE_IN == 0


def _short(cited: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Iterable[Asked]:
    """Yield the short answer; of an answer that stops at a warning, the warning."""
    kinds = {part.get("kind") for part, _ in cited}
    first = "short_answer" if "short_answer" in kinds else "safety"
    words = WHOLE[first == "safety"]
    for part, claim in cited:
        if part.get("kind") == first:
            yield Asked(claim_id=claim["id"], numbers=tuple(claim["citations"]), why=words)


def _schools(cited: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], draw: random.Random) -> Iterable[Asked]:
    """Yield the first claim of each school, with one passage of it."""
    seen: set[str] = set()
    for part, claim in cited:
        school = part.get("viewpoint")
        if school and school not in seen:
            seen.add(school)
            yield Asked(claim_id=claim["id"], numbers=(draw.choice(claim["citations"]),), why="Each school once")


def _flagged(
    cited: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]],
    findings: Sequence[Mapping[str, Any]],
    feedback: Sequence[Feedback],
) -> Iterable[Asked]:
    """Yield what the checks found wrong and what the asker pointed at."""
    found = {f["claim_id"]: str(f.get("message", "")) for f in findings if f.get("claim_id")}
    bad = [one for one in feedback if one.thumb != Thumb.UP]
    pointed = {int(n) for one in bad for n in _POINTED_AT.findall(" ".join((*one.reasons, one.note)))}
    for _, claim in cited:
        numbers = tuple(claim["citations"])
        if claim["id"] in found:
            yield Asked(claim_id=claim["id"], numbers=numbers, why=f"Flagged: {found[claim['id']]}", is_flagged=True)
        if hit := tuple(n for n in numbers if n in pointed):
            yield Asked(claim_id=claim["id"], numbers=hit, why="Flagged by who asked", is_flagged=True)


def _joined(before: Asked | None, one: Asked) -> Asked:
    if before is None:
        return one
    numbers = tuple(dict.fromkeys((*before.numbers, *one.numbers)))
    return Asked(
        claim_id=one.claim_id,
        numbers=numbers,
        why=f"{before.why}. {one.why}",
        is_flagged=before.is_flagged or one.is_flagged,
    )
