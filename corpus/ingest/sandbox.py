"""Reads a document in a process of its own, with limits, so that a hostile or broken file harms nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import DocumentError
from corpus.ingest.types import Document

PATIENCE_SECONDS = 120  # chosen: 300 pages of PDF take some 30 s on one core
_MOST_MEMORY_BYTES = 3 * 2**30  # chosen: reading our largest test file takes a tenth
REFUSED = 2  # the reading process says on stdout why it does not read the document
_DOCUMENT = TypeAdapter(Document)


def to_json(document: Document) -> bytes:
    """Return `document` as it crosses from the reading process."""
    return _DOCUMENT.dump_json(document)


def read_safely(path: Path, *, patience_seconds: float = PATIENCE_SECONDS) -> Document:
    """Return what the reader made of `path`.

    Raises:
        DocumentError: it cannot be read, takes too long or too much memory, or its reader crashed.
    """
    command = [sys.executable, "-m", "corpus.ingest.reading", str(path.absolute())]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and the path is one argument
            command,
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONWARNINGS": "ignore", "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            timeout=patience_seconds,
            check=False,
            preexec_fn=_limit if os.name == "posix" else None,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(path, f"took longer than {patience_seconds:.0f} s to read; split it") from error
    if done.returncode == REFUSED:
        raise DocumentError(path, done.stdout.decode(errors="replace").strip())
    try:
        return _DOCUMENT.validate_json(done.stdout)
    except ValidationError as error:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
        raise DocumentError(path, f"its reader broke down ({said or f'exit code {done.returncode}'})") from error


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))
