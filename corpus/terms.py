"""Words made comparable: lower case, plain punctuation, shorthand spelt out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache

from corpus.types import Term

_APOSTROPHES = re.compile(r"(?<=\w)['\u2019`](?=\w)")
_NOT_WORD = re.compile(r"[^\w.%/+<>]+")
_REMEMBERED = 4096  # the terms of all premises, and the few texts of the question at hand
_GAP = re.compile(r"[\s-]+")
_LOOSE_DOT = re.compile(r"\.(?!\d)|(?<!\d)\.")


def plain(text: str) -> str:
    """Return `text` in lower case, compatibility-normalised, without apostrophes inside words."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _APOSTROPHES.sub("", folded)


class Normaliser:
    """Spells out shorthand and synonyms by the library's terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take the terms of one library.

        `expand` returns a text plain, with each synonym replaced by the name of its term.
        """
        self._names = {_key(s): plain(term.name) for term in terms for s in term.synonyms}
        self.expand = lru_cache(maxsize=_REMEMBERED)(self._expand)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._names, key=lambda s: (-len(s), s))
        alternatives = "|".join(re.escape(s).replace(r"\ ", r"[\s-]+") for s in longest_first)
        return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)" if alternatives else r"(?!)")

    def _expand(self, text: str) -> str:
        return self._pattern.sub(lambda m: self._names[_key(m.group())], plain(text))

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of `text` after expansion, punctuation dropped, numbers kept whole."""
        spaced = _NOT_WORD.sub(" ", self.expand(text)).replace("/", " ")
        return tuple(_LOOSE_DOT.sub(" ", spaced).split())


def _key(text: str) -> str:
    return _GAP.sub(" ", plain(text)).strip()
