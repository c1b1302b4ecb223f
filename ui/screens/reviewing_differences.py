"""What differs: a corrected text from the answer's own, and one mentor's review from the other's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from assistant.records.review_types import Review
from ui.screens.reviewing_answer import Reading
from ui.screens.reviewing_words import CITATION_VERDICTS, OUTCOME_OF, VIEWPOINT_VERDICTS

_WORDS = re.compile(r"\s+|[^\s]+")
_UNSAID = "not judged"
_ALIKE = 0.4  # chosen by looking: below it a paragraph reads better as taken out and put in


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words that was kept, taken out or put in."""

    kind: str
    """``same``, ``out`` or ``in``."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One thing that both mentors judged."""

    name: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Return whether they part here."""
        return self.first != self.second


def difference(before: str, after: str) -> tuple[tuple[Piece, ...], ...]:
    r"""Return the paragraphs that differ, each as pieces; those left alone are not repeated.

    >>> difference("Load the calf.\n\nRest.", "Load the hip.\n\nRest.")[0][1]
    Piece(kind='out', text='calf.')
    """
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[tuple[Piece, ...]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _changed(old[a:b], new[c:d])
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").split("\n")
    return [line.strip() for line in lines if line.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[Piece, ...]]:
    """Yield paragraphs that stand in each other's place word by word, the rest whole."""
    for one, other in zip(old, new, strict=False):
        yield _by_word(one, other)
    yield from ((Piece(kind="out", text=line),) for line in old[len(new) :])
    yield from ((Piece(kind="in", text=line),) for line in new[len(old) :])


def _by_word(old: str, new: str) -> tuple[Piece, ...]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (Piece(kind="out", text=old), Piece(kind="in", text=new))
    pieces: list[Piece] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(kind="same", text="".join(a[i:j])))
        else:
            pieces += [Piece(kind="out", text="".join(a[i:j]))] if j > i else []
            pieces += [Piece(kind="in", text="".join(b[k:m]))] if m > k else []
    return tuple(pieces)


def compared(first: Review, second: Review, reading: Reading) -> tuple[Compared, ...]:
    """Return what two mentors said of the same answer, line by line; what neither judged is left out."""
    lines = [_line("The answer", OUTCOME_OF, first.form.verdict, second.form.verdict)]
    for school in reading.schools:
        a, b = first.form.viewpoints.get(school.id), second.form.viewpoints.get(school.id)
        lines.append(_line(school.name, VIEWPOINT_VERDICTS, a, b))
    for number in sorted({*first.form.citations, *second.form.citations}):
        a, b = first.form.citations.get(number), second.form.citations.get(number)
        lines.append(_line(f"Passage [{number}]", CITATION_VERDICTS, a, b))
    return tuple(lines)


def _line(name: str, words: Mapping[Any, str], first: object, second: object) -> Compared:
    return Compared(name=name, first=words.get(first, _UNSAID), second=words.get(second, _UNSAID))
