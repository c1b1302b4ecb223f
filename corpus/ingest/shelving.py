"""Puts a document on the clinic's shelf and takes it off again; either happens whole or not at all.

What makes a document part of the library is one file, ``library/documents/ID.yaml``, moved into place when all else is
written and checked. Its original and its text lie in ``originals/``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.encoder import piece_counter
from corpus.errors import DocumentError, LibraryError, ShelfError
from corpus.index import IndexSettings
from corpus.ingest.chunking import chunk, kept_text
from corpus.ingest.doubting import doubts, is_instruction
from corpus.ingest.sandbox import read_safely
from corpus.ingest.sifting import sift
from corpus.ingest.sniffing import kind_of
from corpus.ingest.types import Chunk, Document, Doubt, Dropped
from corpus.library import Library, read_library, read_with_places
from corpus.lint import breaking_problems
from corpus.numbers import numbers_of
from corpus.types import Design
from corpus.yamlfile import to_yaml

ORIGINALS = "originals"
_DOCUMENTS = "documents"
_STAGING = ".adding-"
_LOCK_PATIENCE_SECONDS = 60
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A document to add, as the person who adds it describes it."""

    path: Path
    title: str | None = None
    viewpoint: str | None = None
    authors: str | None = None
    year: int | None = None
    doi: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a document: its id, its passages, what was left out, and what a person should look at."""

    source_id: str
    title: str
    passages: tuple[Chunk, ...]
    dropped: tuple[Dropped, ...]
    doubts: tuple[Doubt, ...]


def add_document(wanted: Wanted, settings: IndexSettings, today: date, *, is_trial: bool = False) -> Added:
    """Return what was put on the shelf; with `is_trial`, what would be.

    Raises:
        DocumentError: the file cannot be read, says nothing, or is on the shelf already.
        ShelfError: unknown viewpoint, the data folder cannot be written, or another process holds it.
    """
    kind_of(wanted.path)
    fingerprint = hashlib.sha256(wanted.path.read_bytes()).hexdigest()
    document = sift(read_safely(wanted.path))
    with _writing(settings):
        library = read_library(settings.folders)
        title = _title(wanted, document)
        source_id = _new_id(title, wanted, library, fingerprint)
        cut = chunk(document.blocks, piece_counter(settings.encoder))
        found = tuple(doubts(document, cut, library, wanted.doi))
        kept = tuple(c for c in cut if not is_instruction(c.text))
        if not kept:
            raise DocumentError(wanted.path, "nothing is left to cite once menus, promotion and scraps are left out")
        source = _source(wanted, document, kept, title, source_id, fingerprint, today)
        if not is_trial:
            _put(source, document, wanted.path, settings)
    return Added(source_id=source_id, title=title, passages=kept, dropped=document.dropped, doubts=found)


def remove_document(source_id: str, settings: IndexSettings) -> int:
    """Take a clinic's document off the shelf, its original too, and return how many passages went.

    The index still holds them until it is built again.

    Raises:
        ShelfError: no such document, a packaged one, one written by hand beside others, or one that is still cited.
    """
    with _writing(settings):
        library, places = read_with_places(settings.folders)
        if ("sources", source_id) not in places:
            raise ShelfError(f"nothing on the shelf has the id {source_id!r}; `counterpoint library list` shows all")
        file, line = places["sources", source_id]
        if file.parent != _documents(settings):
            raise ShelfError(f"{source_id} was not added by `library add`: it stands in {file}:{line}")
        left = replace(library, sources=tuple(s for s in library.sources if s.id != source_id))
        broken = breaking_problems(left)
        if broken:
            raise ShelfError(f"{source_id} is still cited, by {broken[0].id}: {broken[0].message}")
        file.unlink()
        for path in (settings.home / ORIGINALS).glob(f"{source_id}.*"):
            path.unlink(missing_ok=True)
    return len(library.source_by_id[source_id].passages)


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the files below `folder` that may be documents, hidden ones left out, in order of name."""
    return tuple(sorted(p for p in folder.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(folder))))


def inside(path: Path, folder: Path) -> Path:
    """Return `path`, if it really lies in `folder`.

    Raises:
        DocumentError: it is a link to somewhere else.
    """
    if not path.resolve().is_relative_to(folder.resolve()):
        raise DocumentError(path, f"is a link to a file outside {folder}; add that file by its own name")
    return path


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _title(wanted: Wanted, document: Document) -> str:
    return " ".join((wanted.title or document.title or wanted.path.stem.replace("_", " ").replace("-", " ")).split())


def _new_id(title: str, wanted: Wanted, library: Library, fingerprint: str) -> str:
    known = next((s for s in library.sources if s.original and s.original.sha256 == fingerprint), None)
    if known is not None:
        raise DocumentError(wanted.path, f"is on the shelf already, as {known.id}")
    if wanted.viewpoint is not None and wanted.viewpoint not in library.viewpoint_by_id:
        expected = ", ".join(library.viewpoint_by_id)
        raise ShelfError(f"expected a viewpoint among {expected}, got {wanted.viewpoint!r}")
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    source_id = "clinic-" + re.sub(r"[^a-z0-9]+", "-", ascii_title).strip("-")[:_LONGEST_ID].rstrip("-")
    if source_id in library.source_by_id:
        raise DocumentError(
            wanted.path,
            f"another document has the title {title!r} ({source_id}); give this one another with --title, or take that "
            f"one off first: counterpoint library remove {source_id}",
        )
    return source_id


def _source(
    wanted: Wanted,
    document: Document,
    chunks: Sequence[Chunk],
    title: str,
    source_id: str,
    fingerprint: str,
    today: date,
) -> dict[str, Any]:
    particulars: dict[str, Any] = {
        "id": source_id,
        "title": title,
        "authors": wanted.authors or document.authors,
        "year": wanted.year,
        "doi": wanted.doi,
        "design": Design.CLINIC_DOCUMENT.value,
        "viewpoint": wanted.viewpoint,
        "seen": {"level": "full-text", "date": f"{today:%Y-%m}"},
        "original": {"file": wanted.path.name, "sha256": fingerprint, "added": today.isoformat()},
    }
    passages = [_passage(f"{source_id}:{n}", c) for n, c in enumerate(chunks, start=1)]
    return {k: v for k, v in particulars.items() if v is not None} | {"passages": passages}


def _passage(identifier: str, found: Chunk) -> dict[str, Any]:
    numbers = numbers_of(found.text)
    figures = {"figures": {"as printed": "; ".join(numbers)}} if numbers else {}
    return {"id": identifier, "locator": found.locator, "kind": "claim", "text": found.text, "topics": [], **figures}


def _put(source: dict[str, Any], document: Document, path: Path, settings: IndexSettings) -> None:
    """Write what is to be kept beside its place, check the library it would make, then move it there."""
    target = _documents(settings) / f"{source['id']}.yaml"
    staging = settings.home / f"{_STAGING}{uuid.uuid4().hex[:12]}"
    try:
        staging.mkdir(parents=True)
        fresh = staging / target.name
        _write(fresh, to_yaml({"sources": [source]}))
        _check(settings, staging)
        originals = settings.home / ORIGINALS
        originals.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, staging / "original")
        (staging / "original").replace(originals / f"{source['id']}{path.suffix.lower()}")
        _write(staging / "text", kept_text(document.blocks))
        (staging / "text").replace(originals / f"{source['id']}.kept.txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.replace(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _check(settings: IndexSettings, staging: Path) -> None:
    broken = breaking_problems(read_library((*settings.folders, staging)))
    if broken:
        raise ShelfError(f"the library would not hold together with it: {broken[0].id}: {broken[0].message}")


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _documents(settings: IndexSettings) -> Path:
    return settings.home / "library" / _DOCUMENTS


@contextmanager
def _writing(settings: IndexSettings) -> Iterator[None]:
    """Hold the shelf for one writer, and clear what a killed one left."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.home / "shelf.lock", timeout=_LOCK_PATIENCE_SECONDS):
            for left in settings.home.glob(f"{_STAGING}*"):
                shutil.rmtree(left, ignore_errors=True)
            yield
    except Timeout as error:
        raise ShelfError(f"another process is changing {settings.home}; try again when it is done") from error
    except LibraryError:
        raise
    except OSError as error:
        raise ShelfError(f"the data folder {settings.home} cannot be written: {error.strerror or error}") from error


def to_json(added: Added) -> dict[str, Any]:
    """Return `added` for a machine to read."""
    return {
        "id": added.source_id,
        "title": added.title,
        "passages": [{"locator": c.locator, "text": c.text} for c in added.passages],
        "dropped": [{"text": d.block.text, "page": d.block.page, "why": str(d.why)} for d in added.dropped],
        "doubts": [asdict(d) for d in added.doubts],
    }
