"""Everything that matches a few words, for somebody who browses: the product's own scores without its quotas.

An answer takes the best of each school; a person at the shelf wants all that matches, and nothing that does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.retriever import Retriever, ranked
from corpus.snapshot import Snapshot

# Chosen by hand on some twenty searches of one to nine words: below these, what is listed is about something else.
_LEAST_NEAR, _SHARE_OF_NEAREST = 0.35, 0.75
_SHARE_OF_WORDS = 0.6
_LEAST_SUBJECT, _SHARE_OF_SUBJECT = 0.5, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsed:
    """Ids of what matches, best first: passages, and cruxes and briefs."""

    passages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def browse(snapshot: Snapshot, words: str) -> Browsed:
    """Return what matches `words`; nothing where they are blank or the library speaks of something else."""
    if not words.strip():
        return Browsed()
    found = Retriever(snapshot).scored([words])
    near, shared = found.dense[0], found.lexical[0]
    listed = _above(near, max(_LEAST_NEAR, _SHARE_OF_NEAREST * _best(near)))
    listed |= _above(shared, max(_SHARE_OF_WORDS * _best(shared), 1e-9))
    best = max((c.score for c in found.cruxes), default=0.0)
    least = max(_LEAST_SUBJECT, _SHARE_OF_SUBJECT * best)
    return Browsed(
        passages=tuple(p for p in ranked(found.fused) if p in listed),
        subjects=tuple(c.crux_id for c in found.cruxes if c.score >= least),
    )


def _above(scores: Mapping[str, float], least: float) -> set[str]:
    return {i for i, score in scores.items() if score >= least}


def _best(scores: Mapping[str, float]) -> float:
    return max(scores.values(), default=0.0)
