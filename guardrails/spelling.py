"""Slips in long words that a safety cue looks for, put right; words of their own are left alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_SHORTEST_MISSPELT = 7
# Two neighbours swapped are read in shorter words too: few such pairs are both words, as "wuond" is none.
_SHORTEST_SWAPPED = 5
# Words of their own that stand one slip from a cue's word: "taping" from "tapping", "bother" from "brother".
_REAL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "walking spoiling needling setting thorough possibly planting taping bother backed backing selling leaning "
        "neural seeing breaking paying private drives trial quiet diary angel beings",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """The words that cues look for, and the long ones by what is left of them after a slip."""

    known: frozenset[str]
    by_misspelling: Mapping[str, str]

    @classmethod
    def of(cls, words: Collection[str]) -> Spelling:
        """Return the spelling of the `words` of cues; an ending left open, as in "swoll*", has none."""
        return cls(known=frozenset(w.removesuffix("*") for w in words) | _REAL_WORDS, by_misspelling=_misspelt(words))

    def corrected(self, text: str) -> str:
        """Return `text` with long words that are one slip from a word of a cue put right."""
        for word in {w for w in re.findall(r"[a-z]{5,}", text) if w not in self.known}:
            meant = (self.by_misspelling.get(d) for d in _shortened(word))
            right = next((m for m in meant if m and _one_slip_apart(word, m)), None)
            if right:
                text = re.sub(rf"\b{word}\b", right, text)
        return text


def _misspelt(words: Collection[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word in sorted(w for w in words if w.isalpha() and len(w) >= _SHORTEST_SWAPPED):
        for slip in _shortened(word) if len(word) >= _SHORTEST_MISSPELT else _swapped(word):
            found.setdefault(slip, word)
    return found


def _shortened(word: str) -> tuple[str, ...]:
    """Return `word`, and `word` with each letter but the first left out."""
    return (word, *(word[:n] + word[n + 1 :] for n in range(1, len(word))))


def _swapped(word: str) -> tuple[str, ...]:
    """Return `word` with each two neighbours but the first swapped."""
    return tuple(word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(1, len(word) - 1))


def _one_slip_apart(one: str, other: str) -> bool:
    """Return whether a letter more, a letter less or two neighbours swapped is all that differs.

    A letter in place of another is left alone: too many such pairs are both words, as "waiting" and "wasting"; so is an
    ending, as "patients" and "patient", of which the first may speak of people in general, unless it is the last letter
    once more, as in "breathless".
    """
    shorter = min(len(one), len(other))
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    if start == shorter:
        longer = max(one, other, key=len)
        return longer[-1] == longer[-2]
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or (a[:2], a[2:]) == (b[1::-1], b[2:])
