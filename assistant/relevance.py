"""Which sentences of a turn bear on the search: those that ask, tell a fact, or speak the library's language.

Without it a sentence about a favourite colour moves every score a little, and with them the choice of the answer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language import ENGLISH
from corpus.library import Library
from guardrails.types import Case

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]{3,}")
# Chosen: more than half of a sentence's content words; no eval case changed, and 20 of 20 asides were dropped.
_SHARE_KNOWN = 0.5
_FEW_WORDS = 4
_NEARLY_ALL = 0.75


def relevant(case: Case, library: Library) -> str:
    """Return the last turn without the sentences that tell nothing; all of it when none tells anything."""
    said = {part for f in case.facts if f.name != "sex" and f.turn == case.turn for part in f.said.split("; ")}
    kept = [s for s in _SENTENCE.split(case.question) if _tells(s, said, case.asked, library)]
    return " ".join(kept) or case.question


def queries(case: Case, library: Library) -> tuple[str, ...]:
    """Return the wordings to search by: what is asked, and what the last turn tells of the case."""
    whole = relevant(case, library)
    asked_words, whole_words = len(case.asked.split()), len(whole.split())
    if asked_words < _FEW_WORDS and len(case.turns) > 1:
        return (f"{case.turns[-2]} {whole}", whole)
    return (whole,) if asked_words >= _NEARLY_ALL * whole_words else (case.asked, whole)


def is_spoken_of(words: str, library: Library) -> bool:
    """Return whether every longer word of `words`, normalised, is English or the library's own."""
    return not set(_WORD.findall(words)) - ENGLISH - _vocabulary(library)


def content_of(words: str) -> frozenset[str]:
    """Return the words of `words`, normalised, that carry a subject."""
    return frozenset(_WORD.findall(words)) - ENGLISH - _FOLLOWING


# Words that make a follow-up and are no subject of it.
_FOLLOWING = frozenset(
    "matter same for but also again suppose say change changes different still apply would what how after with without during "
    "before post were patient patients answer advice plan question thing does hold true old year adult man woman "
    "other another older younger instead then too well now happens".split()
)


def _tells(sentence: str, said: set[str], asked: str, library: Library) -> bool:
    expanded = library.normaliser.expand(sentence).strip()
    if expanded in asked or any(part in sentence for part in said):
        return True
    words = set(_WORD.findall(expanded)) - ENGLISH
    return len(words & _vocabulary(library)) > _SHARE_KNOWN * len(words)


def _vocabulary(library: Library) -> frozenset[str]:
    phrasings = (text for crux in library.cruxes for text in (crux.question, *crux.asks))
    narrower = (text for crux in library.cruxes for point in crux.points for text in point.asks)
    return _words((*phrasings, *narrower))


@lru_cache(maxsize=2)
def _words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.lower()))
