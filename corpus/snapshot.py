"""One immutable view of library and index, held for the whole of a question."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from corpus.asks import AskIndex
from corpus.encoder import Encoder, OnnxEncoder, SentenceTransformerEncoder, is_exported
from corpus.encoding import Progress
from corpus.errors import IndexUnavailableError
from corpus.generation import read_asks
from corpus.index import IndexSettings, Pointer, build, is_current, read_pointer
from corpus.lexical import LexicalIndex
from corpus.library import Library, from_json
from corpus.vectors import VectorStore


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A library with the vectors and words it is found by."""

    pointer: Pointer
    library: Library
    store: VectorStore
    passages: LexicalIndex
    asks: AskIndex
    settings: IndexSettings

    @cached_property
    def encoder(self) -> Encoder:
        """The exported encoder, or sentence-transformers where the model could not be exported."""
        if is_exported(self.settings.export, self.settings.encoder):
            return OnnxEncoder(self.settings.export)
        return SentenceTransformerEncoder(self.settings.encoder)


def open_snapshot(settings: IndexSettings, pointer: Pointer) -> Snapshot:
    """Return what `pointer` names.

    Raises:
        IndexUnavailableError: a part of the generation is missing or damaged.
    """
    folder = settings.root / pointer.generation
    try:
        library = from_json((folder / "library.json").read_bytes())
        words = LexicalIndex.load(folder / "lexical-passages", library.normaliser)
        asks = read_asks(folder, library)
        if not (folder / "vectors" / "chroma.sqlite3").is_file():
            raise IndexUnavailableError(f"the vectors of {folder} are missing")
        store = VectorStore(folder / "vectors")
        held = sum(store.counts().values())
    except (OSError, ValueError, KeyError, json.JSONDecodeError) as error:
        said = str(error).partition("\n")[0]
        raise IndexUnavailableError(f"the index in {folder} is damaged: {said}") from error
    if held != pointer.passages or len(asks.ids) != pointer.asks:
        store.close()
        raise IndexUnavailableError(
            f"the index in {folder} is damaged: expected {pointer.passages} passages and {pointer.asks} phrasings, "
            f"got {held} and {len(asks.ids)}"
        )
    return Snapshot(pointer=pointer, library=library, store=store, passages=words, asks=asks, settings=settings)


def current_snapshot(settings: IndexSettings, progress: Progress) -> Snapshot:
    """Return a snapshot of the library as it is now, building or mending the index first if need be.

    Raises:
        CorpusError: the library does not fit, or the index can be neither opened nor built.
    """
    pointer = read_pointer(settings)
    if pointer is None or not is_current(settings, pointer):
        pointer = build(settings, progress)
    try:
        return open_snapshot(settings, pointer)
    except IndexUnavailableError as error:
        progress(f"{error}; building it again", 0, 1)
        return open_snapshot(settings, build(settings, progress))


class SnapshotHolder:
    """Hands out the snapshot in force; a new index is seen at the next question."""

    def __init__(self, settings: IndexSettings, progress: Progress) -> None:
        """Open or build the index at once."""
        self.settings = settings
        self._snapshot = current_snapshot(settings, progress)

    def snapshot(self) -> Snapshot:
        """Return the snapshot the pointer names now; the one in hand where that cannot be opened."""
        pointer = read_pointer(self.settings)
        if pointer is not None and pointer != self._snapshot.pointer:
            try:
                self._snapshot = open_snapshot(self.settings, pointer)
            except IndexUnavailableError:
                return self._snapshot
        return self._snapshot
