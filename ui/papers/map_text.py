"""How wide words are on a map, before any browser has drawn them, and how they break into lines.

The widths are those of DejaVu Sans, the widest face that ``system-ui`` stands for on the systems we know: text that
fits in it fits in Segoe UI, Roboto and San Francisco too.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_BOLD = 1.13  # the widest bold letters against plain ones
_UNKNOWN = 1000
_PER_EM = 1000
# Advance widths of DejaVu Sans from the space (32) to the tilde (126), in thousandths of an em.
_WIDTHS = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775,
    752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390,
    337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Lines of text at a place: `x` is where they begin, or their middle; `y` is the top of the first."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    css: str
    is_bold: bool = False
    is_centred: bool = False

    @property
    def leading(self) -> float:
        """From line to line."""
        return round(self.size * 1.32, 1)

    @property
    def height(self) -> float:
        """Of all lines."""
        return self.leading * len(self.lines)

    @property
    def baselines(self) -> tuple[tuple[float, str], ...]:
        """Each line with its baseline."""
        return tuple((round(self.y + self.leading * n + self.size * 0.98, 1), x) for n, x in enumerate(self.lines))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what the lines fill at most."""
        widest = max((width_of(x, self.size, is_bold=self.is_bold) for x in self.lines), default=0)
        left = self.x - widest / 2 if self.is_centred else self.x
        return left, self.y, left + widest, self.y + self.height


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of one line of `text` in pixels; a letter with an accent is as wide as without."""
    units = sum(_advance(c) for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return units * size / _PER_EM * (_BOLD if is_bold else 1)


def _advance(character: str) -> int:
    place = ord(character) - ord(" ")
    return _WIDTHS[place] if 0 <= place < len(_WIDTHS) else _UNKNOWN


def wrapped(text: str, width: float, size: float, *, is_bold: bool = False, most: int | None = None) -> tuple[str, ...]:
    """Return `text` in lines of at most `width` pixels; a word that is too long is cut, and so is what `most` leaves.

    >>> wrapped("load that calf", 60, 12)
    ('load that', 'calf')
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, is_bold=is_bold) <= width:
            lines[-1] = longer
        else:
            lines.append(_shortened(word, width, size, is_bold=is_bold))
    if most is None or len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _shortened(f"{lines[most - 1]}…", width, size, is_bold=is_bold, is_cut=True))


def _shortened(word: str, width: float, size: float, *, is_bold: bool, is_cut: bool = False) -> str:
    """Return `word` with an ellipsis where it does not fit."""
    if width_of(word, size, is_bold=is_bold) <= width:
        return word
    bare = word.rstrip("…") if is_cut else word
    while len(bare) > 1 and width_of(f"{bare}…", size, is_bold=is_bold) > width:
        bare = bare[:-1]
    return f"{bare}…"
