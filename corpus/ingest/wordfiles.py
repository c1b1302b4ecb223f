"""Word documents: python-docx opens them; here each paragraph and table row that a reader sees becomes a block.

Text inside content controls, tracked insertions and text boxes counts; tracked deletions, comments, headers do not.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError
from corpus.ingest.decoding import tidy
from corpus.ingest.types import Block, Document, Dropped, FileKind, WhyDropped

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_SMALLEST_HALF_POINTS = 4  # chosen: two points; nobody reads smaller print
_OFF = ("0", "false", "off")


def read_word(path: Path) -> Document:
    """Return the paragraphs and table rows of a Word document in order.

    Raises:
        DocumentError: damaged or encrypted.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    damaged = (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, AttributeError,
               RuntimeError, NotImplementedError)  # fmt: skip
    try:
        opened = docx.Document(str(path))
        parts = list(_parts(opened))
        about = opened.core_properties
        title, authors = tidy(about.title or ""), tidy(about.author or "")
    except damaged as error:
        raise DocumentError(path, f"the Word document is damaged or encrypted ({error})") from error
    return Document(
        kind=FileKind.DOCX,
        title=title or None,
        authors=authors if authors != "python-docx" and authors else None,
        blocks=tuple(p for p in parts if isinstance(p, Block)),
        dropped=tuple(p for p in parts if isinstance(p, Dropped)),
    )


def _parts(opened: Any) -> Iterator[Block | Dropped]:
    for element in opened.element.body.iter(f"{_W}p", f"{_W}tr"):
        if next(element.iterancestors(f"{_W}tr", _FALLBACK), None) is not None:
            continue  # its row tells it; a fallback says the same again for old programs
        if element.tag == f"{_W}tr":
            yield from _row(element, opened)
        else:
            yield from _paragraph(element, opened)


def _row(row: Any, opened: Any) -> Iterator[Block | Dropped]:
    """Yield a row as one block, "a; b; c"; a cell of several paragraphs is layout, and they stand by themselves."""
    cells = [[list(_paragraph(p, opened)) for p in cell.iter(f"{_W}p")] for cell in row.iter(f"{_W}tc")]
    parts = [part for cell in cells for paragraph in cell for part in paragraph]
    if any(len([p for p in cell if p]) > 1 for cell in cells):
        yield from parts
        return
    yield from (p for p in parts if isinstance(p, Dropped))
    seen = "; ".join(p.text for p in parts if isinstance(p, Block))
    if seen:
        yield Block(text=seen)


def _paragraph(paragraph: Any, opened: Any) -> Iterator[Block | Dropped]:
    seen: list[str] = []
    hidden: list[str] = []
    for node in paragraph.iter(f"{_W}t", *_BREAKS):
        if next(node.iterancestors(f"{_W}p")) is paragraph:  # not of a text box that is anchored in it
            (hidden if _is_hidden(node.getparent()) else seen).append(_BREAKS.get(node.tag) or node.text or "")
    if text := tidy("".join(hidden)):
        yield Dropped(block=Block(text=text), why=WhyDropped.HIDDEN)
    if text := tidy("".join(seen)):
        yield Block(text=text, is_heading=_style(paragraph, opened).startswith(("Heading", "Title")))


def _is_hidden(run: Any) -> bool:
    """Return whether a run is marked hidden, or is white, or too small to be read."""

    def said(name: str) -> str | None:
        found = run.find(f"{_W}rPr/{_W}{name}")
        return None if found is None else found.get(f"{_W}val", "on")

    size = said("sz") or ""
    is_tiny = size.isdecimal() and int(size) < _SMALLEST_HALF_POINTS
    return is_tiny or (said("vanish") or "0") not in _OFF or (said("color") or "").upper() == "FFFFFF"


def _style(paragraph: Any, opened: Any) -> str:
    from docx.text.paragraph import Paragraph

    style = Paragraph(paragraph, opened._body).style  # noqa: SLF001 - where python-docx keeps the styles' owner
    return (style.name if style else None) or ""
