"""Documents put on the shelf and taken off it, with progress, and told to the person who does it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.progress import terminal_progress
from ui.usage import UsageError

if TYPE_CHECKING:
    from corpus.index import IndexSettings
    from corpus.ingest.shelving import Added

_SHOWN = 76


def add_all(
    path: Path, viewpoint: str | None, details: Mapping[str, Any], today: date, *, is_trial: bool, as_json: bool
) -> int:
    """Add the document at `path`, or each below it, and return how many could not be; each tells its own error."""
    from assistant.settings import Settings
    from corpus.errors import DocumentError
    from corpus.ingest.shelving import Wanted, add_document, inside, to_json

    settings = Settings().index
    files = _files(path)
    told: list[dict[str, Any]] = []
    failed = 0
    with terminal_progress() as progress:
        for number, file in enumerate(files):
            progress(f"reading {file.name}", number, len(files))
            wanted = Wanted(path=file, viewpoint=viewpoint, **details)
            try:
                if path.is_dir():
                    inside(file, path)
                added = add_document(wanted, settings, today, is_trial=is_trial)
            except DocumentError as error:
                failed += 1
                told.append({"file": str(file), "error": error.reason})
                print(f"counterpoint: {error}", file=sys.stderr)
                continue
            told.append({"file": str(file), **to_json(added)})
            if not as_json:
                print("\n".join(_lines(added, is_trial=is_trial)))
        if failed < len(files) and not is_trial:
            _index(settings, progress)
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    return failed


def remove(source_id: str) -> str:
    """Take a document off the shelf, out of the index, and out of the record; return what went, in a sentence."""
    from assistant.records.store import Records
    from assistant.settings import Settings
    from corpus.index import forget_old
    from corpus.ingest.shelving import remove_document

    settings = Settings()
    passages = remove_document(source_id, settings.index)
    with terminal_progress() as progress:
        _index(settings.index, progress)
        forget_old(settings.index, progress)
    with Records(settings.index.home, settings.database_url) as records:
        answers = records.forget_source(source_id)
    return f"removed {source_id}: {passages} passages with their vectors, and {answers} kept answers that cited it"


def _files(path: Path) -> tuple[Path, ...]:
    from corpus.ingest.shelving import files_in

    if not path.exists():
        raise UsageError(f"expected a file or a folder, got {path}, which does not exist")
    files = files_in(path) if path.is_dir() else (path,)
    if not files:
        raise UsageError(f"{path} holds no file; hidden ones are left out")
    return files


def _index(settings: IndexSettings, progress: Any) -> None:
    from corpus.index import build

    build(settings, progress)


def _lines(added: Added, *, is_trial: bool) -> Iterator[str]:
    from corpus.ingest.sifting import reasons

    did = "would add" if is_trial else "added"
    yield f"{did} {added.source_id}: “{added.title}”, {len(added.passages)} passages"
    if added.dropped:
        yield f"  left out {len(added.dropped)}: {reasons(added.dropped)}"
    for dropped in added.dropped:
        page = f" (page {dropped.block.page})" if dropped.block.page else ""
        yield f"    {dropped.why}{page}: {_short(dropped.block.text)}"
    for doubt in added.doubts:
        yield f"  look at: {doubt.about}: {doubt.text}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
