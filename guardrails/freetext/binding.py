"""How well a word of a claim stands where it stands in a passage: by the ideas around it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from guardrails.freetext.reading import Reading

_REACH = 8  # words to each side that still tell what a word is said of
_OTHER_CLAUSE = 0.35  # chosen on the dev half, decision 18


@lru_cache(maxsize=4096)
def context(reading: Reading, at: int) -> Mapping[str, float]:
    """Return the ideas around one token with their nearness, from 0 to 1."""
    near: dict[str, float] = {}
    here = reading.tokens[at]
    for n in range(max(0, at - _REACH), min(len(reading.tokens), at + _REACH + 1)):
        token = reading.tokens[n]
        if n == at or (
            token.is_generic
            and token.word not in ("with", "without", "before", "after")
            and not token.word[0].isdigit()
        ):
            continue
        weight = 1 / (1 + abs(n - at) / 3)
        if token.clause != here.clause:
            weight *= _OTHER_CLAUSE
        near[token.idea] = max(weight, near.get(token.idea, 0.0))
    return near


def fit(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how much two contexts share: 0 for nothing."""
    return sum(min(weight, other[idea]) for idea, weight in one.items() if idea in other)
