"""What was typed, found again behind its expansion: the words that a reader's match stands for."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cached_property

from corpus.terms import plain

_WORD = re.compile(r"\w+(?:['\u2019`]\w+)*|[^\w\s]")
_SPACE = re.compile(r"\s+")


class Typed:
    """A text as typed beside its expansion, which readers see.

    >>> typed = Typed("R AKP 6/12, 28F", "r anterior knee pain 6/12, 28f")
    >>> at = typed.expanded.index("anterior")
    >>> typed.words(at, at + len("anterior knee pain 6/12"))
    'AKP 6/12'
    """

    def __init__(self, text: str, expanded: str) -> None:
        """Take the text and what the library's terms make of it."""
        self._text = text
        self.expanded = _SPACE.sub(" ", expanded)
        self._cursor = 0

    def place(self, part: str) -> int:
        """Return where `part` stands in the expansion; parts are asked for in order."""
        start = max(self.expanded.find(part, self._cursor), 0)
        self._cursor = start + len(part)
        return start

    def words(self, start: int, end: int) -> str:
        """Return what was typed for `start`:`end` of the expansion, whole words."""
        places = [n for n, m in enumerate(self._spelt) if m.start() < end and start < m.end()]
        if not places:
            return self.expanded[start:end]
        first, last = self._source[places[0]][0], self._source[places[-1]][1]
        if first >= last:
            return self.expanded[start:end]
        return self._text[self._said[first].start() : self._said[last - 1].end()]

    @cached_property
    def _spelt(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.expanded))

    @cached_property
    def _said(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self._text))

    @cached_property
    def _source(self) -> list[tuple[int, int]]:
        """The typed words, first and one past the last, behind each word of the expansion."""
        said, spelt = [plain(m.group()) for m in self._said], [m.group() for m in self._spelt]
        source: list[tuple[int, int]] = []
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, said, spelt, autojunk=False).get_opcodes():
            one_to_one = tag == "equal" or i2 - i1 == j2 - j1
            source += [(i1 + n, i1 + n + 1) if one_to_one else (i1, i2) for n in range(j2 - j1)]
        return source
