"""The face that PDFs are set in, and how a character that it lacks is written out instead of lost.

Open Sans, from the package ttf-opensans: Apache 2.0 as we are, so it may be embedded; only the letters used are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont

_FOLDER = Path(str(files("ttf_opensans"))) / "ttf"
FILES: Mapping[str, Path] = {
    "": _FOLDER / "OpenSans-Regular.ttf",
    "B": _FOLDER / "OpenSans-SemiBold.ttf",
    "I": _FOLDER / "OpenSans-Italic.ttf",
}
"""The files by style, as fpdf2 names styles."""
_WRITTEN = {
    "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "↑": "(up)", "↓": "(down)", "✓": "(yes)", "✔": "(yes)", "✗": "(no)",
    "✘": "(no)", "☐": "[ ]", "☑": "[x]", "\u2011": "-", "\u2010": "-", "\u2003": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip


@cache
def _known() -> frozenset[int]:
    """Return the characters that every style of the face draws."""
    known: list[frozenset[int]] = []
    for path in FILES.values():
        with TTFont(path, lazy=True) as font:
            known.append(frozenset(font.getBestCmap() or ()))
    return frozenset.intersection(*known)


def drawable(text: str) -> tuple[str, int]:
    """Return `text` with each character that the face lacks written out, and how many there were.

    >>> drawable("ROM ↓, ≥ 90°")
    ('ROM (down), ≥ 90°', 1)
    >>> drawable("膝")
    ('[CJK UNIFIED IDEOGRAPH-819D]', 1)
    """
    whole = unicodedata.normalize("NFC", text)
    written = [_written(c) for c in whole]
    return "".join(written), sum(w != c for w, c in zip(written, whole, strict=True) if c not in _SPACES)


_SPACES = frozenset("\t\r\x0b\x0c\u2003\u2009\u202f\u2010\u2011")


def _written(character: str) -> str:
    if character in _WRITTEN:
        return _WRITTEN[character]
    if character == "\n" or ord(character) in _known():
        return character
    category = unicodedata.category(character)
    if category in ("Cc", "Zs"):
        return " "
    if category in ("Cf", "Cs"):
        return ""  # an invisible mark of direction or joining says nothing
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}')}]"
