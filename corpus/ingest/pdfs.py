"""PDFs: pdfminer finds the text and its columns; here boxes become paragraphs, and text nobody sees is set apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError
from corpus.ingest.decoding import tidy
from corpus.ingest.types import Block, Document, Dropped, FileKind, WhyDropped

_LINE_MARGIN = 0.8  # chosen: keeps lines set at 1.5 together, and paragraphs a blank line apart separate
_SMALLEST_POINTS = 2.0  # chosen: nobody reads smaller print; footnotes have 6 points and more
_WHITE = ((1, 1, 1), (1,), (0, 0, 0, 0))  # as RGB, grey and CMYK


def read_pdf(path: Path) -> Document:
    """Return the paragraphs of a PDF with their pages.

    Raises:
        DocumentError: encrypted, damaged or cut off.
    """
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException

    broken = (PDFSyntaxError, PSException, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError)
    pages: list[list[Block | Dropped]] = []
    try:
        for number, page in enumerate(extract_pages(path, laparams=LAParams(line_margin=_LINE_MARGIN)), start=1):
            pages.append(list(_page_parts(page, number)))
        title, authors = _particulars(path)
    except PDFPasswordIncorrect as error:
        raise DocumentError(path, "the PDF is encrypted; save it without a password and add that copy") from error
    except broken as error:
        raise DocumentError(path, f"the PDF is damaged or cut off ({error or type(error).__name__})") from error
    if not pages:
        raise DocumentError(path, "the PDF is damaged or cut off: no page can be read")
    parts = [part for page in pages for part in page]
    return Document(
        kind=FileKind.PDF,
        title=title,
        authors=authors,
        blocks=tuple(p for p in parts if isinstance(p, Block)),
        dropped=tuple(p for p in parts if isinstance(p, Dropped)),
        pages=len(pages),
        textless_pages=tuple(n for n, page in enumerate(pages, start=1) if not page),
    )


def _page_parts(page: Iterable[object], number: int) -> Iterator[Block | Dropped]:
    """Yield the boxes of a page, and what of them nobody sees."""
    for seen, hidden in map(_texts, page):
        if seen:
            yield Block(text=seen, page=number)
        if hidden:
            yield Dropped(block=Block(text=hidden, page=number), why=WhyDropped.HIDDEN)


def _texts(element: object) -> tuple[str, str]:
    """Return what a reader sees of a box, and what is too small or too white to be seen."""
    from pdfminer.layout import LTTextContainer, LTTextLine

    if not isinstance(element, LTTextContainer):
        return "", ""
    lines: list[Any] = [line for line in element if isinstance(line, LTTextLine)]
    hidden = [_is_hidden(line) for line in lines]
    seen = "".join(line.get_text() for line, is_hidden in zip(lines, hidden, strict=True) if not is_hidden)
    return tidy(seen), tidy("".join(line.get_text() for line, h in zip(lines, hidden, strict=True) if h))


def _is_hidden(line: Iterable[object]) -> bool:
    from pdfminer.layout import LTChar

    letters = [c for c in line if isinstance(c, LTChar) and not c.get_text().isspace()]
    return bool(letters) and all(c.size < _SMALLEST_POINTS or _is_white(c.graphicstate.ncolor) for c in letters)


def _is_white(colour: object) -> bool:
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    return tuple(parts) in _WHITE


def _particulars(path: Path) -> tuple[str | None, str | None]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    with path.open("rb") as file:
        info = next(iter(PDFDocument(PDFParser(file)).info), {})

    def said(name: str) -> str | None:
        value = resolve1(info.get(name))
        return (tidy(decode_text(value)) or None) if isinstance(value, bytes) else None

    return said("Title"), said("Author")
