"""Readers: a file of each kind becomes blocks in reading order. Other people's libraries do the parsing.

``python -m corpus.ingest.reading PATH`` prints the document as JSON; so `corpus.ingest.sandbox` runs it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.errors import DocumentError
from corpus.ingest.decoding import refuse_endless
from corpus.ingest.pdfs import read_pdf
from corpus.ingest.plainfiles import read_markdown, read_text
from corpus.ingest.sandbox import REFUSED, to_json
from corpus.ingest.sniffing import kind_of
from corpus.ingest.types import Document, FileKind
from corpus.ingest.webpages import read_page
from corpus.ingest.wordfiles import read_word

_READERS: Mapping[FileKind, Callable[[Path], Document]] = {
    FileKind.PDF: read_pdf,
    FileKind.DOCX: read_word,
    FileKind.HTML: read_page,
    FileKind.MARKDOWN: read_markdown,
    FileKind.TEXT: read_text,
}


def read_document(path: Path) -> Document:
    """Return the blocks of `path`.

    Raises:
        DocumentError: the file is of no kind that is read, encrypted, damaged, far too long, or holds no text.
    """
    kind = kind_of(path)
    document = _READERS[kind](path)
    length = sum(len(b.text) for b in document.blocks)
    refuse_endless(path, length)
    if not length and not document.dropped:
        scanned = " (scanned pages, most likely: make them searchable with an OCR program first)"
        raise DocumentError(path, f"holds no text{scanned if kind is FileKind.PDF else ''}")
    return document


def main(path: str) -> int:
    """Print the document at `path` as JSON, or why it cannot be read; return the exit code, `REFUSED` for the latter.

    Both go to stdout: on stderr other people's libraries may have said something of their own.
    """
    try:
        document = read_document(Path(path))
    except DocumentError as error:
        sys.stdout.buffer.write(error.reason.encode(errors="replace"))
        return REFUSED
    except MemoryError:
        sys.stdout.buffer.write(b"needs more memory to read than any document should; split it")
        return REFUSED
    except RecursionError:
        sys.stdout.buffer.write(b"is nested too deeply to be read")
        return REFUSED
    sys.stdout.buffer.write(to_json(document))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
