"""What can go wrong in the corpus.

CorpusError
├── LibraryError        a file of the library does not fit (file, line, what was expected)
├── DocumentError       a clinic's document cannot be read or added (path, why)
│   ├── AlreadyShelvedError   the same file is on the shelf
│   └── TitleTakenError       another document has that title
├── ShelfError          the clinic's library cannot be changed as asked
├── ShelfUnavailableError   the clinic's library cannot be written now (read-only, full, locked)
├── EncoderError        the encoder's weights are missing or not the ones expected
├── IndexUnavailableError   the index can be neither opened nor built (read-only, full, locked)
└── OutOfRangeError     a measure is asked about what it is not valid for (the range, and what was given)
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """Anything this package raises on purpose."""


class LibraryError(CorpusError):
    """A library file does not fit its format."""

    def __init__(self, message: str, *, file: Path | str, line: int | None = None) -> None:
        """Say where: `file`, and `line` counted from 1 when known."""
        where = f"{file}:{line}" if line else f"{file}"
        super().__init__(f"{where}: {message}")
        self.file = str(file)
        self.line = line


class EncoderError(CorpusError):
    """The encoder cannot be loaded."""


class IndexUnavailableError(CorpusError):
    """The index cannot be opened or built."""


class OutOfRangeError(CorpusError):
    """A value lies outside what a measure is valid for; the message names the range and what was given."""


class DocumentError(CorpusError):
    """A clinic's document cannot be added."""

    def __init__(self, path: Path, reason: str) -> None:
        """Say which file, and why."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class AlreadyShelvedError(DocumentError):
    """The same file is on the shelf already."""

    def __init__(self, path: Path, source_id: str) -> None:
        """Say which file, and as what it is there."""
        super().__init__(path, f"is on the shelf already, as {source_id}")
        self.source_id = source_id


class TitleTakenError(DocumentError):
    """Another document on the shelf has the same title, and so would have the same id."""


class ShelfUnavailableError(CorpusError):
    """The clinic's library cannot be written now; it is as it was."""


class ShelfError(CorpusError):
    """The clinic's library cannot be changed as asked; it is as it was."""
