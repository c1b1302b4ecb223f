"""Readers: a file of each kind becomes blocks in reading order. Other people's libraries do the parsing.

``python -m corpus.ingest.reading PATH`` prints the document as JSON; so `corpus.ingest.sandbox` runs it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from corpus.errors import DocumentError
from corpus.ingest.sniffing import kind_of
from corpus.ingest.types import Block, Document, FileKind

_SPACE = re.compile(r"\s+")
_HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_LINE_MARGIN = 0.8  # chosen: keeps lines set at 1.5 together, and paragraphs a blank line apart separate
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def read_document(path: Path) -> Document:
    """Return the blocks of `path`.

    Raises:
        DocumentError: the file is of no kind that is read, encrypted, damaged, or holds no text.
    """
    kind = kind_of(path)
    document = _READERS[kind](path)
    if not any(b.text for b in document.blocks):
        scanned = " (scanned pages, most likely: make them searchable with an OCR program first)"
        raise DocumentError(path, f"holds no text{scanned if kind is FileKind.PDF else ''}")
    return document


def tidy(text: str) -> str:
    """Return `text` on one line, words that were broken at a line's end whole again, invisible characters gone."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", _HYPHENATED.sub("", text))).strip()


def _pdf(path: Path) -> Document:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException

    try:
        read = extract_pages(path, laparams=LAParams(line_margin=_LINE_MARGIN))
        pages = [list(_page_blocks(page, number)) for number, page in enumerate(read, start=1)]
    except PDFPasswordIncorrect as error:
        raise DocumentError(path, "the PDF is encrypted; save it without a password and add that copy") from error
    except (PDFSyntaxError, PSException, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise DocumentError(path, f"the PDF is damaged or cut off ({error or type(error).__name__})") from error
    if not pages:
        raise DocumentError(path, "the PDF is damaged or cut off: no page can be read")
    title, authors = _pdf_particulars(path)
    return Document(
        kind=FileKind.PDF,
        title=title,
        authors=authors,
        blocks=tuple(b for page in pages for b in page),
        pages=len(pages),
        textless_pages=tuple(n for n, page in enumerate(pages, start=1) if not page),
    )


def _page_blocks(page: Iterable[object], number: int) -> Iterator[Block]:
    """Yield the paragraphs of a page; a box that goes on in the middle of a sentence is joined to the one before."""
    from pdfminer.layout import LTTextContainer

    held = ""
    for element in page:
        text = tidy(element.get_text()) if isinstance(element, LTTextContainer) else ""
        if not text:
            continue
        if held and not (text[0].islower() and held[-1] not in ".!?:;"):
            yield Block(text=held, page=number)
            held = ""
        held = f"{held} {text}".strip()
    if held:
        yield Block(text=held, page=number)


def _pdf_particulars(path: Path) -> tuple[str | None, str | None]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.utils import decode_text

    with path.open("rb") as file:
        info = next(iter(PDFDocument(PDFParser(file)).info), {})

    def said(name: str) -> str | None:
        value = info.get(name)
        return (tidy(decode_text(value)) or None) if isinstance(value, bytes) else None

    return said("Title"), said("Author")


def _docx(path: Path) -> Document:
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table
    from lxml.etree import LxmlError

    blocks: list[Block] = []
    try:
        opened = docx.Document(str(path))
        for part in opened.iter_inner_content():
            if isinstance(part, Table):
                blocks += [Block(text=t) for row in part.rows if (t := tidy("; ".join(c.text for c in row.cells)))]
            elif text := tidy(part.text):
                style = (part.style.name if part.style else None) or ""
                blocks.append(Block(text=text, is_heading=style.startswith(("Heading", "Title"))))
    except (OpcError, LxmlError, KeyError, ValueError) as error:
        raise DocumentError(path, f"the Word document is damaged or encrypted ({error})") from error
    about = opened.core_properties
    return Document(kind=FileKind.DOCX, title=about.title or None, authors=about.author or None, blocks=tuple(blocks))


def _html(path: Path) -> Document:
    from corpus.ingest.webpages import read_page

    return read_page(path)


def _markdown(path: Path) -> Document:
    from markdown_it import MarkdownIt

    blocks: list[Block] = []
    opener = ""
    for token in MarkdownIt("commonmark").enable("table").parse(decoded(path)):
        opener = token.type if token.type.endswith("_open") else opener
        if token.type == "inline" and (text := tidy(_plain(token.children or []))):
            blocks.append(Block(text=text, is_heading=opener == "heading_open"))
    title = next((b.text for b in blocks if b.is_heading), None)
    return Document(kind=FileKind.MARKDOWN, title=title, blocks=tuple(blocks))


def _plain(tokens: Iterable[object]) -> str:
    return "".join(
        " " if getattr(t, "type", "").endswith("break") else getattr(t, "content", "")
        for t in tokens
        if getattr(t, "type", "") in ("text", "code_inline", "softbreak", "hardbreak")
    )


def _text(path: Path) -> Document:
    parts = (tidy(part) for part in re.split(r"\n\s*\n", decoded(path)))
    return Document(kind=FileKind.TEXT, blocks=tuple(Block(text=p) for p in parts if p))


def decoded(path: Path) -> str:
    """Return the text of a file whose encoding is UTF-8, or else what charset-normalizer makes of it.

    Raises:
        DocumentError: it is no text in any encoding.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(raw).best()
        if best is None:
            raise DocumentError(path, "is not text in any known encoding; save it as UTF-8") from None
        text = str(best)
    return text.replace("\r\n", "\n").replace("\r", "\n")


_READERS: Mapping[FileKind, Callable[[Path], Document]] = {
    FileKind.PDF: _pdf,
    FileKind.DOCX: _docx,
    FileKind.HTML: _html,
    FileKind.MARKDOWN: _markdown,
    FileKind.TEXT: _text,
}


def main(path: str) -> int:
    """Print the document at `path` as JSON, or on stderr why it cannot be read; return the exit code."""
    from corpus.ingest.sandbox import to_json

    try:
        document = read_document(Path(path))
    except DocumentError as error:
        sys.stderr.write(error.reason)
        return 2
    sys.stdout.buffer.write(to_json(document))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
