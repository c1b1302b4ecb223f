"""A sheet of paper as fpdf2 has it: our face, a head and a foot on each page, and lines that are broken here.

The only importer of fpdf2. Lines are broken word by word: fpdf2 measures each beginning of a line anew, which takes
seconds for a page of references.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from assistant.presenting import INTENDED_USE
from ui.papers.typeface import FILES, drawable

Colour: TypeAlias = tuple[int, int, int]
INK: Colour = (23, 32, 35)
MUTED: Colour = (83, 98, 106)
ACCENT: Colour = (15, 92, 99)
MARGIN = 18.0
"""Left and right, in mm."""
_TOP, _FOOT = 26.0, 20.0
_LINE: Colour = (200, 210, 208)
_FACE = "open-sans"
_LEADING = 0.5  # mm of line to a pt of letters
_SMALL = 8.0


class Sheet(FPDF):
    """Pages with what stands on each of them, and blocks of text to put on them; `y` is where the next one goes."""

    def __init__(self, title: str, when: str, exported_at: datetime, *, pages: int) -> None:
        """Begin a document.

        Args:
            title: of the document.
            when: the time of the export in words, for the head.
            exported_at: the same, for the file's own record.
            pages: how many there will be; 0 where that is not known yet.
        """
        super().__init__(format="A4")
        for style, path in FILES.items():
            self.add_font(_FACE, style, path)
        self.c_margin = 0
        self.str_alias_nb_pages = ""  # "{nb}" is what somebody typed, and no number of pages
        self.lacking = 0
        self._when, self._pages = when, pages
        self.set_title(self._drawn(title))
        self.set_lang("en-GB")
        self.set_creator("Counterpoint")
        self.set_producer("Counterpoint")
        self.set_subject(INTENDED_USE)
        self.set_creation_date(exported_at)
        self.set_margins(MARGIN, _TOP)
        self.set_auto_page_break(auto=True, margin=_FOOT)
        self.add_page()

    def header(self) -> None:
        """Put name and date above a line."""
        self.set_y(11)
        self.style("B", 9, ACCENT)
        self.cell(self.epw / 2, 5, "Counterpoint", new_x=XPos.RIGHT, new_y=YPos.TOP)
        self.style("", _SMALL, MUTED)
        self.cell(self.epw / 2, 5, f"Exported {self._when}", align="R")
        self.set_draw_color(*_LINE)
        self.line(MARGIN, 17.5, self.w - MARGIN, 17.5)
        self.set_xy(self.l_margin, _TOP)

    def footer(self) -> None:
        """Put what it is for, and the number of the page, below a line."""
        self.set_draw_color(*_LINE)
        self.line(MARGIN, self.h - 15, self.w - MARGIN, self.h - 15)
        self.set_xy(MARGIN, self.h - 13.5)
        self.style("", _SMALL, MUTED)
        whole = self.w - 2 * MARGIN
        self.cell(whole * 0.8, 5, INTENDED_USE, new_x=XPos.RIGHT, new_y=YPos.TOP)
        self.cell(whole * 0.2, 5, f"Page {self.page_no()} of {self._pages}", align="R")

    def style(self, style: str, size: float, colour: Colour) -> None:
        """Set in this style ("", "B" or "I") and size (pt) from here on."""
        self.set_font(_FACE, style, size)
        self.set_text_color(*colour)

    def block(self, text: str, *, x: float | None = None, width: float | None = None) -> None:
        """Write `text` in as many lines as it takes, from `x` on and as wide as the page where nothing is said."""
        left = self.l_margin if x is None else x
        for line in self._broken(self._drawn(text), width or self.epw):
            self.set_x(left)
            self.cell(width or self.epw, self.leading, line, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def hung(self, mark: str, text: str, indent: float) -> None:
        """Write `text` beside its mark, which stands in the margin of its lines; a page is not broken within it."""
        self.make_room(self.height_of(text, self.epw - indent))
        self.set_x(self.l_margin)
        self.cell(indent, self.leading, mark, new_x=XPos.RIGHT, new_y=YPos.TOP)
        self.block(text, x=self.l_margin + indent, width=self.epw - indent)

    def make_room(self, height: float) -> None:
        """Begin a page where `height` is not left on this one."""
        if self.will_page_break(min(height, self.eph)):
            self.add_page()

    @property
    def leading(self) -> float:
        """From line to line, in mm."""
        return self.font_size_pt * _LEADING

    def height_of(self, text: str, width: float) -> float:
        """Return how tall `text` comes out in the style that is set."""
        return self.leading * sum(1 for _ in self._broken(drawable(text)[0], width))

    def close(self) -> None:
        """Close the files of the face, which fpdf2 leaves open; nothing can be written after this."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _drawn(self, text: str) -> str:
        written, lacking = drawable(text)
        self.lacking += lacking
        return written

    def _broken(self, text: str, width: float) -> Iterator[str]:
        """Yield the lines of `text`; a word that is wider than a line is broken where it must."""
        space = self.get_string_width(" ")
        line, used = "", 0.0
        for word, wide in self._words(text, width):
            if line and used + space + wide > width:
                yield line
                line, used = word, wide
            else:
                line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
        if line:
            yield line

    def _words(self, text: str, width: float) -> Iterator[tuple[str, float]]:
        for word in text.split():
            wide = self.get_string_width(word)
            if wide <= width:
                yield word, wide
            else:
                yield from self._pieces(word, width)

    def _pieces(self, word: str, width: float) -> Iterator[tuple[str, float]]:
        piece, used = "", 0.0
        for letter in word:
            wide = self.get_string_width(letter)
            if piece and used + wide > width:
                yield piece, used
                piece, used = "", 0.0
            piece, used = piece + letter, used + wide
        yield piece, used
