"""Puts a document on the clinic's shelf and takes it off again; either happens whole or not at all.

What makes a document part of the library is one file, ``library/documents/ID.yaml``, moved into place when all else is
written and checked. Its original and its text lie in ``originals/``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.encoder import piece_counter
from corpus.errors import DocumentError, ShelfError, ShelfUnavailableError
from corpus.index import IndexSettings
from corpus.ingest.chunking import chunk, kept_text
from corpus.ingest.describing import Wanted, authors_of, new_id, source_entry, title_of
from corpus.ingest.doubting import doubts, title_doubts
from corpus.ingest.retracing import retraced
from corpus.ingest.sandbox import read_safely
from corpus.ingest.sifting import sift
from corpus.ingest.sniffing import kind_of
from corpus.ingest.types import Chunk, Document, Doubt, Dropped, Judged
from corpus.instructions import is_instruction
from corpus.library import Library, Places, read_library, read_with_places
from corpus.lint import breaking_problems
from corpus.yamlfile import to_yaml

ORIGINALS = "originals"
_DOCUMENTS = "documents"
_STAGING = ".adding-"
_REMOVING = ".removing-"
_LOCK_PATIENCE_SECONDS = 60
_MOST_PASSAGES = 5_000  # chosen: a textbook; encoding it takes some minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a document: its id, its passages, what was left out, and what a person should look at.

    `judged` is the document in reading order, each piece with what became of it; `read` is how its reader gave it.
    """

    source_id: str
    title: str
    passages: tuple[Chunk, ...]
    dropped: tuple[Dropped, ...]
    doubts: tuple[Doubt, ...]
    judged: tuple[Judged, ...] = ()
    authors: str | None = None
    read: Document | None = None


def add_document(
    wanted: Wanted,
    settings: IndexSettings,
    today: date,
    *,
    is_trial: bool = False,
    before_putting: Callable[[], object] | None = None,
    bare: Callable[[str], str] = str,
    read: Document | None = None,
) -> Added:
    """Return what was put on the shelf; with `is_trial`, what would be.

    `before_putting` is called once the document is read, checked and about to be put there. `bare` takes what tells who
    a patient is out of a title that nobody gave, which answers show wherever they cite the document. `read` is what the
    reader made of the file where it has been read before.

    Raises:
        DocumentError: the file cannot be read, says nothing or far too much, or is on the shelf already.
        ShelfError: unknown viewpoint.
        ShelfUnavailableError: the data folder cannot be written, or another process holds it.
    """
    kind_of(wanted.path)
    fingerprint = hashlib.sha256(wanted.path.read_bytes()).hexdigest()
    read = read or read_safely(wanted.path)
    document = sift(read)
    with _writing(settings):
        library = read_library(settings.folders)
        found_title = title_of(wanted, document)
        title = found_title if wanted.title else bare(found_title)
        source_id = new_id(title, wanted, library, fingerprint)
        count = piece_counter(settings.encoder)
        cut = chunk(document.blocks, count)
        found = (*doubts(document, cut, library, wanted.doi), *title_doubts(found_title, title))
        kept = _citable(cut, wanted.path)
        authors = authors_of(wanted.authors or document.authors, count)
        source = source_entry(replace(wanted, authors=authors), kept, title, source_id, fingerprint, today)
        if not is_trial:
            if before_putting is not None:
                before_putting()
            _put(source, document, wanted.path, settings)
    return Added(
        source_id=source_id,
        title=title,
        passages=kept,
        dropped=document.dropped,
        doubts=found,
        judged=retraced(read, document, [c.text for c in cut if c not in kept]),
        authors=authors,
        read=read,
    )


@contextmanager
def removing_document(source_id: str, settings: IndexSettings) -> Iterator[int]:
    """Take a clinic's document off the shelf, its original too, and yield how many passages went.

    Inside, the caller takes them out of the index and of the record. A removal that was broken off is gone on with
    when it is asked for again.

    Raises:
        ShelfError: no such document, a packaged one, one written by hand beside others, or one that is still cited.
        ShelfUnavailableError: the data folder cannot be written, or another process holds it.
    """
    begun = settings.home / f"{_REMOVING}{re.sub(r'[^a-z0-9-]', '', source_id)}"
    with _writing(settings):
        library, places = read_with_places(settings.folders)
        source = library.source_by_id.get(source_id)
        if source is not None:
            file = _removable(source_id, library, places, settings)
            begun.touch()
            file.unlink()
        elif not begun.exists():
            raise ShelfError(f"nothing on the shelf has the id {source_id!r}; `counterpoint library list` shows all")
        _sweep_originals(settings)
    yield len(source.passages) if source else 0
    begun.unlink(missing_ok=True)


def _removable(source_id: str, library: Library, places: Places, settings: IndexSettings) -> Path:
    file, line = places["sources", source_id]
    if file.parent != _documents(settings):
        raise ShelfError(f"{source_id} was not added by `library add`: it stands in {file}:{line}")
    broken = breaking_problems(replace(library, sources=tuple(s for s in library.sources if s.id != source_id)))
    if broken:
        raise ShelfError(f"{source_id} is still cited, by {broken[0].id}: {broken[0].message}")
    return file


def _sweep_originals(settings: IndexSettings) -> None:
    """Remove originals whose document is not on the shelf: of a removal, or of an addition that was killed."""
    shelved = {p.stem for p in _documents(settings).glob("*.yaml")}
    for path in (settings.home / ORIGINALS).glob("clinic-*"):
        if path.name.partition(".")[0] not in shelved:
            path.unlink(missing_ok=True)


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the files below `folder` that may be documents, hidden ones left out, in order of name."""
    found = sorted(p for p in folder.rglob("*") if not _is_hidden(p.relative_to(folder)))
    return tuple(p for p in found if p.is_file() or (p.is_symlink() and not p.is_dir()))


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


def _citable(cut: Sequence[Chunk], path: Path) -> tuple[Chunk, ...]:
    """Return the passages that may be cited, orders to a computer left out."""
    kept = tuple(c for c in cut if not is_instruction(c.text))
    if not kept:
        raise DocumentError(path, "nothing is left to cite once menus, promotion and scraps are left out")
    if len(kept) > _MOST_PASSAGES:
        raise DocumentError(path, f"expected at most {_MOST_PASSAGES:,} passages, got {len(kept):,}; split it")
    return kept


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
        _sweep_originals(settings)


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
            _sweep_originals(settings)
            yield
    except Timeout as error:
        raise ShelfUnavailableError(
            f"another process is changing {settings.home}; try again when it is done"
        ) from error
    except OSError as error:
        said = f"the data folder {settings.home} cannot be written: {error.strerror or error}"
        raise ShelfUnavailableError(
            f"{said}; free some space or set COUNTERPOINT_HOME to a folder you can write"
        ) from error


def to_json(added: Added) -> dict[str, Any]:
    """Return `added` for a machine to read."""
    return {
        "id": added.source_id,
        "title": added.title,
        "passages": [{"locator": c.locator, "text": c.text} for c in added.passages],
        "dropped": [{"text": d.block.text, "page": d.block.page, "why": str(d.why)} for d in added.dropped],
        "doubts": [asdict(d) for d in added.doubts],
    }
