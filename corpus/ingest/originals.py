"""The originals of digested articles that a clinic holds: recognised by their paragraphs, shown beside our digest."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.attached import FOLDER
from corpus.errors import ShelfError
from corpus.ingest.sandbox import read_safely
from corpus.library import Library
from corpus.types import Source

_LEAST = 0.5  # chosen: a page that holds half of an article's kept paragraphs holds the article


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
    source = library.source_by_id.get(source_id)
    if source is None or not source.paragraphs:
        digested = ", ".join(s.id for s in library.sources if s.paragraphs)
        raise ShelfError(f"expected the id of a digested article ({digested}), got {source_id!r}")
    texts = recognised(source, [b.text for b in read_safely(path).blocks])
    kept = [p.number for p in source.paragraphs if p.kept]
    missing = tuple(n for n in kept if n not in texts)
    if len(missing) > _LEAST * len(kept):
        raise ShelfError(
            f"{path} does not read like the original of {source_id}: {len(kept) - len(missing)} of its {len(kept)} "
            "paragraphs were recognised; give the article as text, HTML, Word or PDF, unabridged"
        )
    _keep(home / FOLDER / f"{source_id}.json", texts)
    return Attached(found=tuple(sorted(texts)), missing=missing)


def detach(source_id: str, home: Path) -> bool:
    """Remove what was attached to an article; return False where nothing was."""
    path = home / FOLDER / f"{source_id}.json"
    is_there = path.is_file()
    path.unlink(missing_ok=True)
    return is_there


def recognised(source: Source, texts: list[str]) -> dict[int, str]:
    """Return the texts that are paragraphs of `source`, by the paragraph's number."""
    numbers = {p.sha256: p.number for p in source.paragraphs}
    return {numbers[key]: text for text in texts if (key := fingerprint(text)) in numbers}


def fingerprint(text: str) -> str:
    """Return the sha256 of a paragraph, lower-cased, its white space made single spaces."""
    return hashlib.sha256(re.sub(r"\s+", " ", text.lower()).strip().encode()).hexdigest()


def _keep(path: Path, texts: dict[int, str]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise ShelfError(f"{path} cannot be written: {error.strerror}") from error
