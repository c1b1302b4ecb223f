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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from corpus.encoder import DEFAULT_MODEL, Vectors, encoder_fingerprint, is_exported
from corpus.encoding import Progress, vectors_of
from corpus.errors import IndexUnavailableError, LibraryError
from corpus.generation import asks_of, read_vectors, texts_of, verify, write_generation
from corpus.library import PACKAGED, Library, raw_key, read_with_places
from corpus.lint import breaking_problems

SCHEMA = 5
_POINTER = "current.json"
_LOCK_PATIENCE_SECONDS = 900


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
    before = settings.root / old.generation if old is not None and reuse and _encodes_alike(settings, old) else None
    vectors, encoded = vectors_of(flat.values(), _known(before), settings.export, settings.encoder, progress)
    progress("writing the index", 0, 1)
    try:
        write_generation(folder, library, texts, vectors, before)
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
    verify(folder, pointer.library, pointer.passages, pointer.asks)
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


def _encodes_alike(settings: IndexSettings, old: Pointer) -> bool:
    return old.encoder == encoder_fingerprint(settings.encoder)


def _known(folder: Path | None) -> dict[str, Vectors]:
    try:
        return {} if folder is None else read_vectors(folder)
    except (OSError, ValueError):
        return {}


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


def _opens(settings: IndexSettings, pointer: Pointer) -> bool:
    try:
        verify(settings.root / pointer.generation, pointer.library, pointer.passages, pointer.asks)
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
