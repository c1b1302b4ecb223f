"""The two-minute path through an answer: what a mentor in haste looks at, with a random sample of the rest.

Without the sample, agreement would be measured on the claims that were flagged, which are the doubtful ones.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.desk.queueing import item
from assistant.desk.sitting import Sitting
from corpus.library import Library
from corpus.types import SeenLevel
from guardrails.types import Basis, SectionKind

SAMPLE = 2  # chosen: two claims more take some 20 seconds
SECOND_ONE_IN = 10  # issue 6: a random tenth is reviewed twice, or agreement would be known of the doubtful ones only
_UNCITED = frozenset({SectionKind.QUESTIONS, SectionKind.MISSING, SectionKind.NOTE})
_UNSEEN = frozenset({SeenLevel.SECONDARY, SeenLevel.NONE})
_WHOLE = frozenset({SectionKind.SAFETY, SectionKind.SHORT_ANSWER})


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoMinutes:
    """Ids of claims in the order of the answer: `shown` always, `flagged` for a doubt, `sampled` at random."""

    shown: tuple[str, ...]
    flagged: tuple[str, ...]
    sampled: tuple[str, ...]


def two_minutes(sitting: Sitting, item_id: int) -> TwoMinutes:
    """Return what to look at in an item; the sample is the same for both reviewers of it."""
    found = item(sitting, item_id)
    library = None if sitting.knowledge is None else sitting.library
    return chosen(found.document, library, seed=f"{found.id}:{found.answer_id}")


def chosen(document: Mapping[str, Any], library: Library | None, *, seed: str) -> TwoMinutes:
    """Return the short answer and each school once, the claims in doubt, and a sample of the rest drawn by `seed`."""
    claims = {claim["id"]: (section, claim) for section in _cited(document) for claim in section.get("claims") or ()}
    shown = [key for key, (section, _) in claims.items() if section["kind"] in _WHOLE]
    schools: dict[str, str] = {}
    for key, (section, _) in claims.items():
        if section["kind"] == SectionKind.VIEWPOINT:
            schools.setdefault(section["viewpoint"], key)
    shown += schools.values()
    doubtful = _second_hand(document, library)
    flagged = [key for key, (_, claim) in claims.items() if key not in shown and _is_flagged(claim, doubtful)]
    rest = [key for key in claims if key not in {*shown, *flagged}]
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    drawn = random.Random(number).sample(rest, min(SAMPLE, len(rest)))  # noqa: S311 - a sample, no secret
    return TwoMinutes(shown=tuple(shown), flagged=tuple(flagged), sampled=tuple(k for k in claims if k in drawn))


def is_drawn_for_second(answer_id: str) -> bool:
    """Return whether an answer is of the random tenth that a second mentor reviews unasked."""
    return int.from_bytes(hashlib.sha256(f"second:{answer_id}".encode()).digest()[:8]) % SECOND_ONE_IN == 0


def _cited(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [section for section in document.get("sections") or () if section["kind"] not in _UNCITED]


def _second_hand(document: Mapping[str, Any], library: Library | None) -> frozenset[int]:
    """Return the numbers of the citations whose source nobody of ours saw, or which the library no longer has."""
    if library is None:
        return frozenset()
    sources = {c["number"]: library.source_by_id.get(c["source_id"]) for c in document.get("citations") or ()}
    return frozenset(n for n, source in sources.items() if source is None or source.seen.level in _UNSEEN)


def _is_flagged(claim: Mapping[str, Any], doubtful: frozenset[int]) -> bool:
    """Return whether a claim is in doubt: a model's own sentence, a computed number, or second-hand altogether."""
    cited = set(claim.get("citations") or ())
    is_free = bool(cited) and claim.get("origin") is None
    return is_free or claim.get("basis") == Basis.COMPUTED or bool(cited and cited <= doubtful)
