"""Indexes of other collections, apart from the library's own: kept for the next time, and found by what they hold.

They are made of the same parts and searched by the same retriever. A generation is named by a fingerprint of its
content, so it is never brought up to date: another content has another name.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.encoder import Encoder, Vectors, encoder_fingerprint
from corpus.encoding import Progress
from corpus.errors import IndexUnavailableError
from corpus.generation import asks_of, read_vectors, texts_of, write_generation
from corpus.index import SCHEMA, IndexSettings, Pointer, write_errors, write_lock
from corpus.library import Library
from corpus.snapshot import Snapshot, open_snapshot

_KEPT = 12  # generations; older ones are removed when another is made
_BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class ApartSettings(IndexSettings):
    """Where other collections lie: beside the library's index, whose exported encoder they share."""

    @property
    def root(self) -> Path:
        """The folder of all generations."""
        return self.home / "collections"

    @property
    def export(self) -> Path:
        """The folder of the exported encoder."""
        return IndexSettings(home=self.home, encoder=self.encoder).export


def snapshot_apart(library: Library, beside: Snapshot, progress: Progress) -> Snapshot:
    """Return a snapshot of `library`, indexed on first use in the data folder of the snapshot in force.

    Args:
        library: another collection than the one in force, such as one of a retrieval set.
        beside: the snapshot in force, whose encoder is taken; nothing of it is touched.
        progress: told how far the encoding is.

    Raises:
        IndexUnavailableError: the data folder cannot be written, is full, or stays locked.
    """
    settings = ApartSettings(home=beside.settings.home, encoder=beside.settings.encoder)
    pointer = _pointer(library, settings)
    with write_errors(settings), write_lock(settings, progress):
        try:
            return open_snapshot(settings, pointer)
        except IndexUnavailableError:
            _make(library, pointer, settings, beside, progress)
        return open_snapshot(settings, pointer)


def vectors_by_id(snapshot: Snapshot) -> dict[str, Vectors]:
    """Return the vector of each passage of a snapshot.

    Raises:
        IndexUnavailableError: they cannot be read.
    """
    try:
        known = read_vectors(_folder(snapshot))
        return {i: known[text] for part in texts_of(snapshot.library).values() for i, text in part.items()}
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnavailableError(f"the vectors in {_folder(snapshot)} cannot be read: {error}") from error


def _folder(snapshot: Snapshot) -> Path:
    return snapshot.settings.root / snapshot.pointer.generation


def _pointer(library: Library, settings: IndexSettings) -> Pointer:
    encoder = encoder_fingerprint(settings.encoder)
    key = hashlib.sha256(f"{SCHEMA}|{library.fingerprint}|{encoder}".encode()).hexdigest()
    return Pointer(
        schema=SCHEMA,
        generation=f"{_prefix(encoder)}{key[:16]}",
        raw=library.fingerprint,
        library=library.fingerprint,
        encoder=encoder,
        passages=len(library.passages),
        asks=len(asks_of(library)),
        encoded=len(library.passages),
        exported=True,
    )


def _make(library: Library, pointer: Pointer, settings: IndexSettings, beside: Snapshot, progress: Progress) -> None:
    """Write the generation that `pointer` names, in a folder beside its place and by one move."""
    older = sorted(settings.root.glob("generation-*"), key=lambda p: p.stat().st_mtime, reverse=True)
    place, fresh = settings.root / pointer.generation, settings.root / "making"
    texts, asks = texts_of(library), asks_of(library)
    needed = {text for part in (*texts.values(), asks) for text in part.values()}
    known: dict[str, Vectors] = {}
    alike = [p for p in older if p.name.startswith(_prefix(pointer.encoder)) and p != place]
    for folder in (_folder(beside), *alike[:1]):
        known |= _held(folder, needed)
    known |= _encoded(beside.encoder, sorted(needed - known.keys()), progress)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    write_generation(fresh, library, texts, known)
    shutil.rmtree(place, ignore_errors=True)
    fresh.replace(place)
    for folder in [p for p in older if p != place][_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _prefix(encoder: str) -> str:
    """Return how the folders of an encoder's vectors begin: those of another are never mixed in."""
    return f"generation-{hashlib.sha256(encoder.encode()).hexdigest()[:8]}-"


def _held(folder: Path, needed: set[str]) -> Mapping[str, Vectors]:
    try:
        return {text: row for text, row in read_vectors(folder).items() if text in needed}
    except (OSError, ValueError):
        return {}


def _encoded(encoder: Encoder, texts: list[str], progress: Progress) -> Mapping[str, Vectors]:
    """Return a vector for each text; what is longer than the encoder takes is cut by it."""
    found: dict[str, Vectors] = {}
    for start in range(0, len(texts), _BATCH):
        progress("encoding", start, len(texts))
        part = texts[start : start + _BATCH]
        found |= dict(zip(part, encoder.encode(part), strict=True))
    return found
