"""What a document is called on the shelf, and how it stands there: its title, its id, its entry as a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import AlreadyShelvedError, ShelfError, TitleTakenError
from corpus.ingest.chunking import RESERVED_PIECES, Counter
from corpus.ingest.decoding import tidy
from corpus.ingest.types import Chunk, Document
from corpus.library import Library
from corpus.numbers import numbers_of
from corpus.types import Design

_LONGEST_ID = 60
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A document to add, as the person who adds it describes it."""

    path: Path
    title: str | None = None
    viewpoint: str | None = None
    authors: str | None = None
    year: int | None = None
    doi: str | None = None


def title_of(wanted: Wanted, document: Document) -> str:
    """Return the title given, else the document's own, else one made of the file's name."""
    stem = wanted.path.stem.replace("_", " ").replace("-", " ")
    title = next(filter(None, (tidy(t or "") for t in (wanted.title, document.title, stem))), "Untitled")
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"


def new_id(title: str, wanted: Wanted, library: Library, fingerprint: str) -> str:
    """Return the id of a document that is not on the shelf yet.

    Raises:
        AlreadyShelvedError: the same file is there.
        TitleTakenError: another has the same title.
        ShelfError: unknown viewpoint.
    """
    known = next((s for s in library.sources if s.original and s.original.sha256 == fingerprint), None)
    if known is not None:
        raise AlreadyShelvedError(wanted.path, known.id)
    if wanted.viewpoint is not None and wanted.viewpoint not in library.viewpoint_by_id:
        expected = ", ".join(library.viewpoint_by_id)
        raise ShelfError(f"expected a viewpoint among {expected}, got {wanted.viewpoint!r}")
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_title).strip("-")[:_LONGEST_ID].rstrip("-")
    source_id = f"clinic-{slug or fingerprint[:12]}"
    if source_id in library.source_by_id:
        raise TitleTakenError(
            wanted.path,
            f"another document has the title {title!r} ({source_id}); give this one another with --title, or take that "
            f"one off first: counterpoint library remove {source_id}",
        )
    return source_id


def authors_of(authors: str | None, count: Counter) -> str | None:
    """Return the authors, as many as can be encoded beside a passage of their school."""
    names = (authors or "").split(",")
    while names and count(", ".join(names)) > RESERVED_PIECES:
        names.pop()
    told = tidy(",".join(names))
    return (f"{told} et al." if len(names) < len((authors or "").split(",")) else told) if told else None


def source_entry(
    wanted: Wanted,
    chunks: Sequence[Chunk],
    title: str,
    source_id: str,
    fingerprint: str,
    today: date,
) -> dict[str, Any]:
    """Return the document's entry, as it stands in a library file."""
    particulars: dict[str, Any] = {
        "id": source_id,
        "title": title,
        "authors": wanted.authors,
        "year": wanted.year,
        "doi": wanted.doi,
        "design": Design.CLINIC_DOCUMENT.value,
        "viewpoint": wanted.viewpoint,
        "seen": {"level": "full-text", "date": f"{today:%Y-%m}"},
        "original": {"file": tidy(wanted.path.name), "sha256": fingerprint, "added": today.isoformat()},
    }
    passages = [_passage(f"{source_id}:{n}", c) for n, c in enumerate(chunks, start=1)]
    return {k: v for k, v in particulars.items() if v is not None} | {"passages": passages}


def _passage(identifier: str, found: Chunk) -> dict[str, Any]:
    numbers = numbers_of(found.text)
    figures = {"figures": {"as printed": "; ".join(numbers)}} if numbers else {}
    return {"id": identifier, "locator": found.locator, "kind": "claim", "text": found.text, "topics": [], **figures}
