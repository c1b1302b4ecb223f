"""What a file holds, told from its content before any reader opens it; what cannot be read safely is refused."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from corpus.errors import DocumentError
from corpus.ingest.types import FileKind

MAX_BYTES = 50_000_000  # chosen: a scanned book is larger, a protocol or a paper is not
_MAX_UNPACKED_BYTES = 300_000_000  # chosen: Word documents of 50 MB unpack to less
_MAX_RATIO = 200  # chosen: text in Word's XML packs 10 to 30 times; a bomb thousands
_HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old and of encrypted Office files
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|article|main|div|p)\b", re.IGNORECASE)
SUFFIXES = {
    ".pdf": FileKind.PDF,
    ".docx": FileKind.DOCX,
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".txt": FileKind.TEXT,
    ".text": FileKind.TEXT,
}


def kind_of(path: Path) -> FileKind:
    """Return what `path` holds.

    Raises:
        DocumentError: not a file, empty, too large, of a kind that is not read, not what its name says, or an archive
            that unpacks to far more than a document holds.
    """
    named = SUFFIXES.get(path.suffix.lower())
    if named is None:
        raise DocumentError(
            path, f"expected a file ending in {', '.join(SUFFIXES)}, got {path.suffix or 'no ending'!r}"
        )
    size = _size(path)
    if size == 0:
        raise DocumentError(path, "the file is empty (0 bytes)")
    if size > MAX_BYTES:
        raise DocumentError(
            path, f"expected a file of at most {MAX_BYTES // 10**6} MB, got {size // 10**6} MB; split it"
        )
    held = _held(path, named)
    if held is not named:
        raise DocumentError(path, f"its name says {named}, its content is {held or 'none of the kinds that are read'}")
    return named


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise DocumentError(path, "expected a file, got none" if not path.exists() else "expected a plain file")
        return path.stat().st_size
    except OSError as error:
        raise DocumentError(path, f"cannot be read: {error.strerror}") from error


def _held(path: Path, named: FileKind) -> FileKind | None:
    head = _head(path)
    if head.startswith(_OLE):
        raise DocumentError(
            path, "it is encrypted or of Word before 2007; save it as .docx without a password and add that copy"
        )
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    if b"\0" in head:
        return None
    if named is FileKind.HTML:
        return FileKind.HTML if _HTML.search(head) else FileKind.TEXT
    if named is FileKind.TEXT and _HTML.match(head.lstrip(b"\xef\xbb\xbf \r\n\t")):
        return FileKind.HTML
    return named if named in (FileKind.MARKDOWN, FileKind.TEXT) else None


def _head(path: Path) -> bytes:
    """Return how the file begins; text in UTF-16 as UTF-8, so that it can be looked into."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise DocumentError(path, f"cannot be read: {error.strerror}") from error
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore").encode()
    return head


def _packed(path: Path) -> FileKind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise DocumentError(path, f"the file is damaged or cut off: {error}") from error
    unpacked = sum(e.file_size for e in entries)
    packed = max(sum(e.compress_size for e in entries), 1)
    if unpacked > _MAX_UNPACKED_BYTES or (unpacked > MAX_BYTES and unpacked > _MAX_RATIO * packed):
        raise DocumentError(path, f"it unpacks to {unpacked // 10**6} MB, far more than a document holds; refused")
    names = {e.filename for e in entries}
    return FileKind.DOCX if "word/document.xml" in names else None
