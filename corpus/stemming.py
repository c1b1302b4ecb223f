"""Words cut to their stems (Porter 2, by Snowball), as search and guardrails both compare them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import Stemmer

_STEMMER = Stemmer.Stemmer("english")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the stem of one lower-case word.

    >>> stem("strengthening"), stem("raises")
    ('strengthen', 'rais')
    """
    return _STEMMER.stemWord(word)


def stems(words: Iterable[str]) -> list[str]:
    """Return the stems of `words`, in order."""
    return [stem(w) for w in words]
