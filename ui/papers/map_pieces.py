"""The pieces of a debate map: cards, marks on strings, lines and words, each with the box that it fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from ui.papers.map_content import Finding
from ui.papers.map_shapes import RADIUS
from ui.papers.map_text import Words, wrapped

T = TypeVar("T")
_DENSE = 0.8
_FILLS = 1.1  # the widest shape goes a tenth beyond its radius


class Form(Enum):
    """Three widths of a map: the schools beside the tests, below them, or all in one column."""

    WIDE = 1080
    MIDDLE = 760
    NARROW = 350


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A rectangle with words: a claim, a test or a guideline; one with a passage opens it."""

    x: float
    y: float
    width: float
    height: float
    css: str
    words: tuple[Words, ...]
    passage: str = ""
    told: str = ""
    hue: int | None = None
    glyph: Finding | None = None

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Bead:
    """A finding as a mark on a string, with its label below it; a dense map shows no labels."""

    x: float
    y: float
    finding: Finding
    hue: int | None
    label: Words | None

    @property
    def radius(self) -> float:
        """By the weight of the finding; smaller where marks stand close."""
        return RADIUS[self.finding.strength] * (1 if self.label else _DENSE)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Of the mark alone."""
        r = self.radius * _FILLS
        return self.x - r, self.y - r, self.x + r, self.y + r


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A stretch of string: its path, what it says (supports, limits, leaves open), and how thick it is."""

    path: str
    css: str
    hue: int | None
    is_direct: bool


@dataclass(slots=True)
class Layout:
    """A map that was laid out: what to draw, and how tall it came out."""

    width: float
    height: float = 0
    cards: list[Card] = field(default_factory=list[Card])
    beads: list[Bead] = field(default_factory=list[Bead])
    lines: list[Line] = field(default_factory=list[Line])
    words: list[Words] = field(default_factory=list[Words])

    def texts(self) -> Iterator[Words]:
        """Yield all words, those of cards and labels too."""
        yield from self.words
        yield from (w for c in self.cards for w in c.words)
        yield from (b.label for b in self.beads if b.label)


def flow(x: float, y: float, width: float, parts: Sequence[tuple[str, float, str, bool]]) -> tuple[Words, ...]:
    """Return texts one below the other: each with its size, its class and whether it is bold."""
    placed: list[Words] = []
    for text, size, css, is_bold in parts:
        lines = wrapped(text, width, size, is_bold=is_bold)
        placed.append(Words(x=x, y=y, lines=lines, size=size, css=css, is_bold=is_bold))
        y = placed[-1].box[3] + 2
    return tuple(placed)


def in_rows(items: Sequence[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield `items` in rows of `size`, the last as long as is left."""
    yield from (tuple(items[n : n + size]) for n in range(0, len(items), size))
