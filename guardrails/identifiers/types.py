"""What the parts of this package hand to each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guardrails.identifiers.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text without identifiers, and which kinds were taken out, each once, in the order in which they were found."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of identifier, where it may stand, and what is kept of it; None from `replace` keeps the match.

    `hint` is what any match holds, quick to look for: where a text lacks it, the pattern is not tried.
    """

    kind: str
    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str], date], str | None]
    hint: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in a text, as its place in it and the words it is made of."""

    start: int
    end: int
    words: tuple[Word, ...]


Authors = Mapping[str, str]
"""First names, by the surnames, of those whose views a question may name."""


def spans_of(names: Iterable[Name]) -> list[tuple[int, int]]:
    """Return the places of `names` from left to right, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((n.start, n.end) for n in names):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
