"""What can go wrong in the evals.

EvalError
├── EvalFileError         a file does not fit its format (file, line, what was expected)
│   ├── CaseFileError         a file of eval cases
│   ├── ThresholdFileError    the file of thresholds
│   ├── RecordFileError       a report or a baseline
│   └── RetrievalSetError     a file of a retrieval set
├── EmptySuiteError       no eval case is left to run
├── NothingPairedError    two runs share no case
└── NothingScoredError    cases ran, and no gate could be judged
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Self

from corpus.errors import LibraryError


class EvalError(Exception):
    """Anything this package raises on purpose; `exit_code` is what a command ends with."""

    exit_code: ClassVar[int] = 2


class EvalFileError(EvalError):
    """A file does not fit its format."""

    def __init__(self, message: str, *, file: Path | str, line: int | None = None) -> None:
        """Say where: `file`, and `line` counted from 1 when known."""
        where = f"{file}:{line}" if line else f"{file}"
        super().__init__(f"{where}: {message}")
        self.file = str(file)
        self.line = line

    @classmethod
    def of(cls, error: LibraryError) -> Self:
        """Return the same complaint, made by the reader of YAML, as one of ours."""
        where = f"{error.file}:{error.line}: " if error.line else f"{error.file}: "
        return cls(str(error).removeprefix(where), file=error.file, line=error.line)


class CaseFileError(EvalFileError):
    """A file of eval cases does not fit."""


class ThresholdFileError(EvalFileError):
    """The file of thresholds does not fit."""


class RecordFileError(EvalFileError):
    """A report or a baseline does not fit."""


class RetrievalSetError(EvalFileError):
    """A file of a retrieval set does not fit."""


class EmptySuiteError(EvalError):
    """No eval case is left to run."""


class NothingPairedError(EvalError):
    """Two runs share no case."""


class NothingScoredError(EvalError):
    """Cases ran, and no gate could be judged."""

    exit_code: ClassVar[int] = 3
