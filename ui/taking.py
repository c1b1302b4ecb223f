"""What an answer is taken away as from the terminal: a file, or a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.usage import UsageError

if TYPE_CHECKING:
    from corpus.library import Library

_ENDINGS = "a name that ends in .pdf, .md or .json"


def check_target(path: Path | None) -> None:
    """See, before anything is asked, that an answer can be saved as `path`.

    Raises:
        UsageError: its ending is none of ours, or it cannot be written.
    """
    from ui import outputs

    if path is None:
        return
    _form_of(path)
    outputs.check(path, "--save")


def save(document: Mapping[str, Any], path: Path, library: Library) -> None:
    """Write an answer as the ending of `path` says, whole or not at all."""
    from ui import outputs
    from ui.papers.exporting import export_answer

    outputs.write(path, export_answer(document, _form_of(path), library, exported_at=datetime.now(UTC)).content)


def _form_of(path: Path) -> Any:
    from ui.papers.exporting import Form

    try:
        return Form(path.suffix.lower().removeprefix("."))
    except ValueError:
        raise UsageError(f"--save: expected {_ENDINGS}, got {path.name!r}") from None


def note(answer_id: Annotated[str, typer.Argument(metavar="ANSWER_ID", help="The id of a kept answer (a-…).")]) -> None:
    """Write a clinical note of a kept answer, to be read, corrected and pasted into the record.

    Example: counterpoint note a-0123456789abcdef0123
    """
    print(note_of(answer_id), end="")


def note_of(answer_id: str) -> str:
    """Return the clinical note of a kept answer, with all that was typed about its patient.

    Raises:
        UsageError: no such answer is kept; the message names those nearest to it, or the latest.
        RecordsError: the records cannot be read.
    """
    from assistant.desk.working_out import joined
    from assistant.records.results import select_results
    from assistant.records.store import Records
    from assistant.settings import Settings
    from ui.librarian import shelf
    from ui.papers import note as notes
    from ui.replays import unknown

    settings = Settings()
    with Records(settings.index.home, settings.database_url) as records:
        kept = records.answer(answer_id)
        if kept is None:
            raise UsageError(unknown(records, answer_id, "note"))
        with records.reading() as connection:
            document = joined(kept.document, select_results(connection, [answer_id]))
    return notes.note(document, shelf(), turns=notes.turns_of(kept.trace))
