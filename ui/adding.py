"""Documents put on the shelf and taken off it, with progress, and told to the person who does it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.interruption import interruption_held
from ui.progress import terminal_progress
from ui.usage import UsageError

if TYPE_CHECKING:
    from corpus.index import IndexSettings
    from corpus.ingest.describing import Wanted
    from corpus.ingest.shelving import Added

_SHOWN = 76


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    WOULD_ADD = "would add"
    ALREADY_THERE = "already there"
    FAILED = "failed"


def add_all(
    path: Path, viewpoint: str | None, details: Mapping[str, Any], today: date, *, is_trial: bool, as_json: bool
) -> bool:
    """Add the document at `path`, or each below it, and return whether none failed; each tells its own error.

    A file of a folder that is on the shelf already is no failure, so that a folder can be added again as it grows.
    """
    from assistant.settings import Settings
    from corpus.ingest.describing import Wanted

    settings = Settings().index
    files = _files(path, settings.home)
    told: list[dict[str, Any]] = []
    is_through = False
    try:
        with terminal_progress() as progress:
            for number, file in enumerate(files):
                progress(f"reading {file.name}", number, len(files))
                wanted = Wanted(path=file, viewpoint=viewpoint, **details)
                with interruption_held() as hold:  # what lies on the shelf has been counted
                    entry, added = _add(wanted, path, settings, today, hold, is_trial=is_trial)
                    told.append(entry)
                _tell(entry, added, is_trial=is_trial, as_json=as_json)
            if any(t["outcome"] is Outcome.ADDED for t in told):
                _index(settings, progress)
        is_through = True
    finally:
        if len(files) > 1 or (told and not is_through):
            print(_summary([t["outcome"] for t in told], len(files)), file=sys.stderr)
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    outcomes = {t["outcome"] for t in told}
    return Outcome.FAILED not in outcomes and (path.is_dir() or Outcome.ALREADY_THERE not in outcomes)


def _add(
    wanted: Wanted, path: Path, settings: IndexSettings, today: date, hold: Callable[[], None], *, is_trial: bool
) -> tuple[dict[str, Any], Added | None]:
    """Return what became of one file, as JSON has it, and what was added; from `hold` on, it happens whole."""
    from corpus.errors import AlreadyShelvedError, DocumentError
    from corpus.ingest.shelving import inside, to_json

    named = str(wanted.path).encode(errors="replace").decode()
    try:
        if path.is_dir():
            inside(wanted.path, path)
        added = shelve(wanted, settings, today, is_trial=is_trial, before_putting=hold)
    except DocumentError as error:
        is_there = isinstance(error, AlreadyShelvedError)
        outcome = Outcome.ALREADY_THERE if is_there else Outcome.FAILED
        return {"file": named, "outcome": outcome, "error": error.reason}, None
    outcome = Outcome.WOULD_ADD if is_trial else Outcome.ADDED
    return {"file": named, "outcome": outcome, **to_json(added)}, added


def shelve(wanted: Wanted, settings: IndexSettings, today: date, **more: Any) -> Added:
    """Return what was put on the shelf, or with `is_trial` would be; `more` as for ``add_document``.

    Raises:
        CorpusError: as there.
    """
    from assistant.untrusted import bare_title
    from corpus.ingest.shelving import add_document

    return add_document(wanted, settings, today, bare=partial(bare_title, today=today), **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """How much went with a document."""

    passages: int
    answers: int

    @property
    def said(self) -> str:
        """What went, in words."""
        cited = _counted(self.answers, "kept answer")
        return f"{_counted(self.passages, 'passage')} with their vectors, and {cited} that cited it"


def take_off(
    source_id: str, settings: IndexSettings, reindex: Callable[[], object], forget: Callable[[str], int]
) -> Gone:
    """Take a document off the shelf, out of the index by `reindex` and out of the record by `forget`.

    Raises:
        CorpusError: as ``removing_document``; or what the two raise, and then it goes on when it is asked for again.
    """
    from corpus.ingest.shelving import removing_document

    with removing_document(source_id, settings) as passages:
        reindex()
        answers = forget(source_id)
    return Gone(passages=passages, answers=answers)


def _tell(entry: Mapping[str, Any], added: Added | None, *, is_trial: bool, as_json: bool) -> None:
    if added is None:
        said = f"{entry['file']}: {entry['error']}"
        print(f"counterpoint: {' '.join(said.split())}", file=sys.stderr)
    elif not as_json:
        print("\n".join(_lines(added, is_trial=is_trial)))


def _summary(outcomes: Sequence[Outcome], files: int) -> str:
    """Return a line such as "counterpoint: 10 files: added 7, already there 1, failed 2"."""
    counts = Counter(outcomes)
    parts = [f"{outcome} {counts[outcome]}" for outcome in Outcome if counts[outcome]]
    parts += [f"not reached {files - len(outcomes)}"] if len(outcomes) < files else []
    return f"counterpoint: {_counted(files, 'file')}: {', '.join(parts)}"


def remove(source_id: str) -> str:
    """Take a document off the shelf, out of the index, and out of the record; return what went, in a sentence."""
    from assistant.records.store import Records
    from assistant.settings import Settings
    from corpus.index import forget_old

    settings = Settings()

    def forget(identifier: str) -> int:
        with Records(settings.index.home, settings.database_url) as records:
            return records.forget_source(identifier)

    with terminal_progress() as progress:

        def reindex() -> None:
            _index(settings.index, progress)
            forget_old(settings.index, progress)

        gone = take_off(source_id, settings.index, reindex, forget)
    return f"removed {source_id}: {gone.said}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _files(path: Path, home: Path) -> tuple[Path, ...]:
    from corpus.ingest.shelving import files_in

    found = files_in(path) if path.is_dir() else (path,)
    files = tuple(f for f in found if not f.absolute().is_relative_to(home.absolute()))
    if not files:
        raise UsageError(f"{path} holds no file to add; hidden ones and those of {home} are left out")
    return files


def _index(settings: IndexSettings, progress: Any) -> None:
    from corpus.index import build

    build(settings, progress)


def _lines(added: Added, *, is_trial: bool) -> Iterator[str]:
    from corpus.ingest.sifting import reasons

    did = "would add" if is_trial else "added"
    yield f"{did} {added.source_id}: “{added.title}”, {_counted(len(added.passages), 'passage')}"
    if added.dropped:
        yield f"  left out {len(added.dropped)}: {reasons(added.dropped)}"
    for dropped in added.dropped:
        page = f" (page {dropped.block.page})" if dropped.block.page else ""
        yield f"    {dropped.why}{page}: {_short(dropped.block.text)}"
    for doubt in added.doubts:
        yield f"  look at: {doubt.about}: {doubt.text}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
