"""``counterpoint eval retrieval``: a set in, a table and files out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from assistant.door import Assistant
from evals.retrieval import PACKAGED, evaluate
from evals.retrieval_reports import to_json, to_lines, to_run
from ui.outputs import write
from ui.progress import terminal_progress
from ui.usage import UsageError

_WRITERS = {"json": to_json, "run": to_run}


class Corpus(StrEnum):
    """Whose passages a set is about."""

    FOLDER = "folder"
    LIBRARY = "library"


def run_retrieval(
    helper: Assistant, folder: Path, *, split: str | None, corpus: str, files: Mapping[str, Path]
) -> None:
    """Print the figures of the set in `folder`, or of the packaged one of that name, and write the files asked for.

    Raises:
        UsageError: `corpus` is none there is.
        RetrievalSetError: a file of the set does not fit.
    """
    if corpus not in list(Corpus):
        raise UsageError(f"--corpus: expected {' or '.join(Corpus)}, got {corpus!r}")
    place = folder if folder.exists() or not (PACKAGED / folder.name).is_dir() else PACKAGED / folder.name
    with terminal_progress() as progress:
        report = evaluate(
            place,
            helper.snapshot,
            lambda what, done, total: progress(what, done, total) if sys.stderr.isatty() or not done else None,
            split=split,
            of_own=corpus == Corpus.LIBRARY,
        )
    for kind, path in files.items():
        write(path, _WRITERS[kind](report))
    print("\n".join(to_lines(report)))
