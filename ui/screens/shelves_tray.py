"""Documents that were uploaded and do not count yet: each in a folder of its own until it is shelved or discarded."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from assistant.settings import Settings
from corpus.errors import DocumentError, ShelfUnavailableError, TitleTakenError
from corpus.ingest.describing import Wanted
from corpus.ingest.shelving import Added
from ui.adding import shelve
from ui.limits import DOCUMENT_BODY

MOST_BYTES = DOCUMENT_BODY - 10_000  # what a browser writes around a file counts for the request, too
_FOLDER = "incoming"
_PIECE_BYTES = 1_000_000
_LONGEST_NAME = 120
_PATIENCE_SECONDS = 24 * 3600  # chosen: what nobody looked at for a day is forgotten
_MOST_WAITING = 20  # chosen: 400 MB at most
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An upload that was read: what would become of it, and the file itself."""

    token: str
    path: Path
    added: Added


class Tray:
    """Holds uploads until a person has decided; safe to share between threads."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Take how to find the settings in force."""
        self._settings = settings
        self._waiting: dict[str, Waiting] = {}
        self._lock = Lock()

    def take(self, name: str, file: BinaryIO, today: date) -> Waiting:
        """Return what would become of the uploaded `file`; where it cannot be read, nothing of it is kept.

        Raises:
            DocumentError: it is too long, empty, of no kind that is read, encrypted, damaged, or says nothing.
            ShelfUnavailableError: the data folder cannot be written.
        """
        self._sweep()
        token = f"u-{secrets.token_hex(16)}"
        folder = self._folder / token
        path = folder / safe_name(name)
        try:
            folder.mkdir(parents=True, mode=0o700)
            _copy(file, path)
            waiting = Waiting(token=token, path=path, added=self._tried(path, today))
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise ShelfUnavailableError(f"the document cannot be kept: {error.strerror}; free some space") from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._lock:
            self._waiting[token] = waiting
        return waiting

    def find(self, token: str) -> Waiting | None:
        """Return the upload of that token, None where it was shelved, discarded, or forgotten."""
        with self._lock:
            return self._waiting.get(token)

    def discard(self, token: str) -> None:
        """Forget an upload, its file too."""
        with self._lock:
            waiting = self._waiting.pop(token, None)
        if waiting is not None:
            shutil.rmtree(waiting.path.parent, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        return self._settings().index.home / _FOLDER

    def _tried(self, path: Path, today: date) -> Added:
        settings = self._settings().index
        try:
            return shelve(Wanted(path=path), settings, today, is_trial=True)
        except TitleTakenError:  # the person sees it with another one, and can give it a third
            named = f"{path.stem} ({today:%d %B %Y})"
            return shelve(Wanted(path=path, title=named), settings, today, is_trial=True)

    def _sweep(self) -> None:
        """Forget what waited too long, and the oldest where too many wait; also what an earlier process left."""
        with self._lock:
            tokens = list(self._waiting)
        for token in tokens[: max(0, len(tokens) - _MOST_WAITING + 1)]:
            self.discard(token)
        limit = time.time() - _PATIENCE_SECONDS
        for folder in self._folder.glob("u-*"):
            if folder.stat().st_mtime < limit:
                self.discard(folder.name)
                shutil.rmtree(folder, ignore_errors=True)


def safe_name(name: str) -> str:
    """Return the name of an uploaded file as it may stand in a folder; its ending stays.

    >>> safe_name("../../etc/Hop protocol.pdf")
    'Hop protocol.pdf'
    """
    last = _UNSAFE.sub("/", name).rpartition("/")[2].lstrip(". ")
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:20]}" if stem else last[:_LONGEST_NAME] or "document"


def _copy(file: BinaryIO, path: Path) -> None:
    size = 0
    with path.open("wb") as target:
        while piece := file.read(_PIECE_BYTES):
            size += len(piece)
            if size > MOST_BYTES:
                raise DocumentError(path, too_long())
            target.write(piece)


def too_long() -> str:
    """Return what is said of a document that is too long."""
    return (
        f"expected a document of at most {round(MOST_BYTES / 10**6)} MB; split it, or add it on this machine with "
        "`counterpoint library add`"
    )
