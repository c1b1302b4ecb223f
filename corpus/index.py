"""The index: a disposable cache, built beside the old one, verified, swapped in by a pointer.

A generation is a folder that holds the compiled library, its vectors and its lexical index together.
``current.json`` names the generation in force. A writer holds a lock; a reader never does: it opens
what the pointer names. The generation before the current one stays until the next build, for readers
that still hold it.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from corpus.asks import AskIndex, ask_texts
from corpus.encoder import (
    DEFAULT_MODEL,
    MAX_WORD_PIECES,
    OnnxEncoder,
    SentenceTransformerEncoder,
    Vectors,
    encoder_fingerprint,
    export_encoder,
    is_exported,
)
from corpus.errors import EncoderError, IndexUnavailableError, LibraryError
from corpus.lexical import LexicalIndex
from corpus.library import PACKAGED, Library, from_json, raw_key, read_with_places, to_json
from corpus.lint import breaking_problems
from corpus.types import Passage, Source

if TYPE_CHECKING:
    from corpus.vectors import VectorStore

SCHEMA = 4
EVIDENCE = "passages-evidence"
_POINTER = "current.json"
_LOCK_PATIENCE_SECONDS = 900
_FEW = 200  # texts that the export encodes in less time than sentence-transformers takes to load; chosen
_ITSELF = 0.999  # cosine of a text to itself, less rounding
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What the index in force was made of."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    schema: int
    generation: str
    raw: str
    library: str
    encoder: str
    passages: int
    asks: int
    encoded: int
    exported: bool


_POINTERS = TypeAdapter(Pointer)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """Where the index lies and what it is made from."""

    home: Path
    encoder: str = DEFAULT_MODEL

    @property
    def folders(self) -> tuple[Path, ...]:
        """The library's folders: the packaged one, then the clinic's own."""
        own = self.home / "library"
        return (PACKAGED, own) if own.is_dir() else (PACKAGED,)

    @property
    def root(self) -> Path:
        """The folder of all generations."""
        return self.home / "index"

    @property
    def export(self) -> Path:
        """The folder of the exported encoder."""
        return self.root / "encoder"


def collection_of(viewpoint: str | None) -> str:
    """Return the collection that holds the passages of `viewpoint`, or of no school."""
    return f"passages-{viewpoint}" if viewpoint else EVIDENCE


def passage_text(source: Source, passage: Passage) -> str:
    """Return what is encoded and indexed of a passage: its words, its topics, its population."""
    topics = " ".join(t.replace("-", " ") for t in passage.topics)
    speaker = source.authors if source.viewpoint else ""
    return f"{passage.text} {topics} {passage.population or ''} {speaker or ''}".strip()


def read_pointer(settings: IndexSettings) -> Pointer | None:
    """Return the pointer in force, or None when there is none this version can read."""
    try:
        pointer = _POINTERS.validate_json((settings.root / _POINTER).read_bytes())
    except (OSError, ValueError):
        return None
    return pointer if pointer.schema == SCHEMA else None


def is_current(settings: IndexSettings, pointer: Pointer | None) -> bool:
    """Return whether `pointer` was made from the library and encoder as they are now."""
    return (
        pointer is not None
        and pointer.raw == raw_key(settings.folders)
        and pointer.encoder == encoder_fingerprint(settings.encoder)
        and (settings.root / pointer.generation).is_dir()
        and (is_exported(settings.export, settings.encoder) or not pointer.exported)
    )


def build(settings: IndexSettings, progress: Progress, *, rebuild: bool = False) -> Pointer:
    """Return the pointer of an up-to-date index, building what is missing; safe to call from many.

    Raises:
        LibraryError: the library does not fit.
        EncoderError: the encoder cannot be loaded.
        IndexUnavailableError: the data folder cannot be written, is full, or stays locked.
    """
    with write_errors(settings), write_lock(settings, progress):
        pointer = read_pointer(settings)
        if pointer is None and (settings.root / _POINTER).exists():
            progress("the index is of another version or damaged; building it again", 0, 1)
        if not rebuild and pointer is not None and is_current(settings, pointer):
            if _opens(settings, pointer):
                return pointer
            progress("the index is damaged; building it again", 0, 1)
        return _build(settings, progress, pointer, reuse=not rebuild)


def forget_old(settings: IndexSettings, progress: Progress) -> None:
    """Remove the generations before the one in force, so that what was taken from the library is nowhere kept.

    A process that still has one open goes on with the one in force at its next question.

    Raises:
        IndexUnavailableError: the data folder cannot be written.
    """
    with write_errors(settings), write_lock(settings, progress):
        pointer = read_pointer(settings)
        _sweep(settings, keep={pointer.generation} if pointer else set())


def _build(settings: IndexSettings, progress: Progress, old: Pointer | None, *, reuse: bool) -> Pointer:
    progress("reading the library", 0, 1)
    raw = raw_key(settings.folders)
    library = _readable(settings)
    _sweep(settings, keep={old.generation} if old else set())
    name = f"generation-{uuid.uuid4().hex[:12]}"
    folder = settings.root / name
    folder.mkdir(parents=True)
    texts, asks = texts_of(library), asks_of(library)
    flat = {key: text for part in (*texts.values(), asks) for key, text in part.items()}
    vectors, encoded = _vectors(settings, flat, old if reuse else None, progress)
    progress("writing the index", 0, 1)
    try:
        write_generation(folder, library, texts, vectors)
    except IndexUnavailableError as error:  # of the vector store; other parts raise OSError
        raise _unwritable(settings, error) from error
    pointer = Pointer(
        schema=SCHEMA,
        generation=name,
        raw=raw,
        library=library.fingerprint,
        encoder=encoder_fingerprint(settings.encoder),
        passages=len(library.passages),
        asks=len(asks),
        encoded=encoded,
        exported=is_exported(settings.export, settings.encoder),
    )
    progress("verifying", 0, 1)
    _verify(folder, pointer)
    _swap(settings, pointer)
    progress("done", 1, 1)
    return pointer


def _readable(settings: IndexSettings) -> Library:
    library, places = read_with_places(settings.folders)
    problems = breaking_problems(library)
    if problems:
        first = problems[0]
        file, line = places[first.kind, first.id]
        raise LibraryError(
            f"{first.id}: {first.message} ({len(problems)} such; `counterpoint library lint` lists all)",
            file=file,
            line=line,
        )
    return library


def texts_of(library: Library) -> dict[str, dict[str, str]]:
    """Return what is encoded of each passage, by collection and id."""
    names = [EVIDENCE, *(collection_of(v.id) for v in library.viewpoints)]
    texts: dict[str, dict[str, str]] = {name: {} for name in names}
    for passage in library.passages.values():
        source = library.source_by_id[passage.source_id]
        texts[collection_of(source.viewpoint)][passage.id] = passage_text(source, passage)
    return texts


def asks_of(library: Library) -> dict[str, str]:
    """Return the phrasings of all cruxes, by ask id."""
    return {key: text for crux in library.cruxes for key, text in ask_texts(crux).items()}


def _vectors(
    settings: IndexSettings, texts: dict[str, str], old: Pointer | None, progress: Progress
) -> tuple[dict[str, Vectors], int]:
    """Return a vector for each distinct text, and how many had to be encoded."""
    known = _known_vectors(settings, old)
    needed = sorted(set(texts.values()) - known.keys())
    exported = is_exported(settings.export, settings.encoder)
    if needed or not exported:
        progress("loading the encoder", 0, 1)
        known |= _encode(_encoder(settings, needed, progress, exported=exported), needed, progress)
    return {t: known[t] for t in texts.values()}, len(needed)


def _encoder(
    settings: IndexSettings, needed: Sequence[str], progress: Progress, *, exported: bool
) -> SentenceTransformerEncoder | OnnxEncoder:
    """Return the exported encoder where there are few texts: the other's import takes longer than they do."""
    if exported and len(needed) <= _FEW:
        try:
            return OnnxEncoder(settings.export)
        except EncoderError:
            shutil.rmtree(settings.export, ignore_errors=True)
            exported = False
    encoder = SentenceTransformerEncoder(settings.encoder)
    if not exported:
        progress("exporting the encoder", 0, 1)
        _export(encoder, settings)
    return encoder


def _encode(
    encoder: SentenceTransformerEncoder | OnnxEncoder, texts: Sequence[str], progress: Progress
) -> dict[str, Vectors]:
    if encoder.longest(texts) > MAX_WORD_PIECES:
        longest = max(texts, key=len)
        raise LibraryError(
            f"a passage is longer than the encoder's {MAX_WORD_PIECES} word pieces: {longest[:60]!r}…; split it",
            file="library",
        )
    batch = 64
    found: dict[str, Vectors] = {}
    alike = sorted(texts, key=lambda t: (len(t), t))  # a batch is padded to its longest text
    for start in range(0, len(alike), batch):
        progress("encoding", start, len(alike))
        part = alike[start : start + batch]
        found |= dict(zip(part, encoder.encode(part), strict=True))
    return found


def _export(encoder: SentenceTransformerEncoder, settings: IndexSettings) -> None:
    fresh = settings.root / f"encoder-{uuid.uuid4().hex[:8]}"
    try:
        agrees = export_encoder(encoder, settings.encoder, fresh)
        if agrees:
            shutil.rmtree(settings.export, ignore_errors=True)
            fresh.replace(settings.export)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _known_vectors(settings: IndexSettings, old: Pointer | None) -> dict[str, Vectors]:
    if old is None or old.encoder != encoder_fingerprint(settings.encoder):
        return {}
    try:
        return read_vectors(settings.root / old.generation)
    except (OSError, ValueError):
        return {}


def read_vectors(folder: Path) -> dict[str, Vectors]:
    """Return the vectors of a generation by text.

    Raises:
        OSError, ValueError: they cannot be read.
    """
    texts = json.loads((folder / "texts.json").read_text())
    try:
        return dict(zip(texts, np.load(folder / "vectors.npy", allow_pickle=False), strict=True))
    except (EOFError, TypeError) as error:  # an empty file, and JSON that is no list
        raise ValueError(f"the vectors in {folder} cannot be read: {error}") from error


def write_generation(
    folder: Path,
    library: Library,
    texts: dict[str, dict[str, str]],
    vectors: dict[str, Vectors],
) -> None:
    """Write all that a snapshot is opened from into `folder`, which exists.

    Raises:
        IndexUnavailableError, OSError: the folder is full or cannot be written.
    """
    from corpus.vectors import VectorStore

    (folder / "library.json").write_bytes(to_json(library))
    distinct = sorted(vectors)
    (folder / "texts.json").write_text(json.dumps(distinct))
    np.save(folder / "vectors.npy", np.vstack([vectors[t] for t in distinct]))
    passages = {i: t for part in texts.values() for i, t in part.items()}
    LexicalIndex.build(passages, library.normaliser).save(folder / "lexical-passages")
    AskIndex.build(library.cruxes, vectors, library.normaliser).save(folder)
    store = VectorStore(folder / "vectors")
    for name, part in texts.items():
        ids = sorted(part)
        store.add(name, ids, np.array([vectors[part[i]] for i in ids]))
    store.close()


def _verify(folder: Path, pointer: Pointer) -> None:
    """Open what was written, count it, and find a vector by itself."""
    from corpus.vectors import VectorStore

    library = from_json((folder / "library.json").read_bytes())
    words = LexicalIndex.load(folder / "lexical-passages", library.normaliser)
    asks = AskIndex.load(folder, library.normaliser)
    first = next(iter(library.passages.values()), None)
    rows = read_vectors(folder)
    with closing(VectorStore(folder / "vectors")) as store:
        total = sum(store.counts().values())
        is_found = first is None or _finds(store, library.source_by_id[first.source_id], first, rows)
    has_all = total == pointer.passages == len(words.ids) and len(asks.ids) == pointer.asks
    if not has_all or library.fingerprint != pointer.library or not is_found:
        raise IndexUnavailableError(
            f"the new index does not verify: expected {pointer.passages} passages and {pointer.asks} phrasings, "
            f"got {total} and {len(asks.ids)}"
        )


def _finds(store: VectorStore, source: Source, passage: Passage, rows: dict[str, Vectors]) -> bool:
    """Return whether a passage is found by the vector of its own text."""
    own = np.vstack([rows[passage_text(source, passage)]])
    return store.nearest(collection_of(source.viewpoint), own, 1)[0].get(passage.id, 0.0) > _ITSELF


def _swap(settings: IndexSettings, pointer: Pointer) -> None:
    fresh = settings.root / f"{_POINTER}.{uuid.uuid4().hex[:8]}"
    with fresh.open("w") as file:
        json.dump(asdict(pointer), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(settings.root / _POINTER)


def _sweep(settings: IndexSettings, keep: set[str]) -> None:
    """Remove generations that neither the pointer nor a reader of it can need, and leftovers of kills."""
    for path in settings.root.glob("generation-*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
    for pattern in (f"{_POINTER}.*", "encoder-*"):
        for path in settings.root.glob(pattern):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _opens(settings: IndexSettings, pointer: Pointer | None) -> bool:
    if pointer is None:
        return False
    try:
        _verify(settings.root / pointer.generation, pointer)
    except (IndexUnavailableError, OSError, ValueError, KeyError):
        return False
    return True


@contextmanager
def write_lock(settings: IndexSettings, progress: Progress) -> Iterator[None]:
    """Hold the one right to write below the root, which is made; wait for another process that holds it.

    Raises:
        IndexUnavailableError: the other one does not let go.
    """
    settings.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.root / "write.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("waiting for another process that is building the index", 0, 1)
        try:
            lock.acquire(timeout=_LOCK_PATIENCE_SECONDS)
        except Timeout as error:
            raise IndexUnavailableError(
                f"another process has held {lock.lock_file} for {_LOCK_PATIENCE_SECONDS} s; stop it and try again"
            ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def write_errors(settings: IndexSettings) -> Iterator[None]:
    """Map what writing raises to an error that says which folder it is, and what to do."""
    try:
        yield
    except OSError as error:
        raise _unwritable(settings, error.strerror or error) from error


def _unwritable(settings: IndexSettings, reason: object) -> IndexUnavailableError:
    return IndexUnavailableError(
        f"the data folder {settings.home} cannot be written: {reason}; "
        "free some space or set COUNTERPOINT_HOME to a folder you can write"
    )
