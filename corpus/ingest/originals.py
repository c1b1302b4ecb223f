"""The originals of digested articles that a clinic holds: recognised by their paragraphs, shown beside our digest."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.attached import FOLDER
from corpus.errors import ShelfError
from corpus.ingest.sandbox import read_safely
from corpus.ingest.sifting import sift
from corpus.ingest.types import Document
from corpus.library import Library
from corpus.types import Paragraph, Source

_LEAST = 0.5  # chosen: a page that holds half of an article's kept paragraphs holds the article
_MOST_WORDS = 50_000  # chosen: ten times the longer of the two articles; searched in some seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """How much of an article was recognised: the numbers of the paragraphs found, and of the kept ones not found."""

    found: tuple[int, ...]
    missing: tuple[int, ...]


def attach(source_id: str, path: Path, library: Library, home: Path) -> Attached:
    """Keep the paragraphs of the article at `path` beside its digest, and return which were recognised.

    Raises:
        DocumentError: the file cannot be read.
        ShelfError: no digested article has that id, or the file is not its original.
    """
    source = _digested(source_id, library)
    texts = recognised(source, read_safely(path))
    kept = [p.number for p in source.paragraphs if p.kept]
    missing = tuple(n for n in kept if n not in texts)
    if len(missing) > _LEAST * len(kept):
        raise ShelfError(
            f"{path} does not read like the original of {source_id}: {len(kept) - len(missing)} of its {len(kept)} "
            "paragraphs were recognised; give the article as text, HTML, Word or PDF, unabridged"
        )
    _keep(home / FOLDER / f"{source_id}.json", texts)
    return Attached(found=tuple(sorted(texts)), missing=missing)


def detach(source_id: str, library: Library, home: Path) -> bool:
    """Remove what was attached to an article; return False where nothing was.

    Raises:
        ShelfError: no digested article has that id.
    """
    path = home / FOLDER / f"{_digested(source_id, library).id}.json"
    is_there = path.is_file()
    path.unlink(missing_ok=True)
    return is_there


def _digested(source_id: str, library: Library) -> Source:
    source = library.source_by_id.get(source_id)
    if source is None or not source.paragraphs:
        digested = ", ".join(s.id for s in library.sources if s.paragraphs)
        raise ShelfError(f"expected the id of a digested article ({digested}), got {source_id!r}")
    return source


def recognised(source: Source, document: Document) -> dict[int, str]:
    """Return the paragraphs of `source` that stand in `document`, by number, wherever its own paragraphs begin and end.

    A PDF cuts paragraphs at its pages, and a page's header may stand between the halves; so the document is searched
    as one run of words: all of it, without what is repeated on its pages, and with quotation marks as a printer sets
    them. Of a document far longer than the article nothing is recognised.
    """
    sifted = sift(document)
    parts = ([b.text for b in document.blocks], [b.text for b in sifted.blocks], [d.block.text for d in sifted.dropped])
    found: dict[int, str] = {}
    if sum(len(text.split()) for texts in (parts[0], parts[2]) for text in texts) > _MOST_WORDS:
        return found
    for words in (" ".join(texts).split() for texts in parts):
        for version in (words, [_printed(w) for w in words]):
            found |= _in_words([p for p in source.paragraphs if p.number not in found], version)
    return found


def _in_words(paragraphs: Sequence[Paragraph], words: Sequence[str]) -> dict[int, str]:
    """Return the paragraphs that stand among `words`, each looked for by its length and its fingerprint."""
    wanted: dict[int, dict[str, int]] = {}
    for paragraph in paragraphs:
        wanted.setdefault(paragraph.words, {})[paragraph.sha256] = paragraph.number
    lowered = [w.lower() for w in words]
    return {
        numbers[key]: " ".join(words[start : start + length])
        for length, numbers in wanted.items()
        for start in range(len(words) - length + 1)
        if (key := _sha256(" ".join(lowered[start : start + length]))) in numbers
    }


def _printed(word: str) -> str:
    r"""Return `word` with its quotation marks and dots as a printer sets them.

    >>> ascii(_printed('"don\'t..."'))
    "'\\u201cdon\\u2019t\\u2026\\u201d'"
    """
    opened = re.sub(r"^([(\[]?)'", "\\1\u2018", re.sub(r'^([(\[]?)"', "\\1\u201c", word))
    return opened.replace("'", "\u2019").replace('"', "\u201d").replace("...", "\u2026")


def fingerprint(text: str) -> str:
    """Return the sha256 of a paragraph, lower-cased, its white space made single spaces."""
    return _sha256(" ".join(text.lower().split()))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(path: Path, texts: dict[int, str]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise ShelfError(f"{path} cannot be written: {error.strerror}") from error
