"""``counterpoint records``: what is kept, taken out, deleted by age, copied and put back."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.ending import FAILED
from ui.usage import UsageError

if TYPE_CHECKING:
    from assistant.records.purging import Purged
    from assistant.records.store import Records
    from assistant.settings import Settings

_BREAKS = re.compile("[\x85\u2028\u2029]")  # some readers of lines end one at these

records_app = typer.Typer(no_args_is_help=True, help="What is kept: cases, answers, reviews. Take out, purge, back up.")


@records_app.command("export")
def records_export(
    target: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A new file; standard output when left out.")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", metavar="ID", help="Only this case (c-…).")] = None,
) -> None:
    """Write everything that is kept as JSON Lines, or all of one case.

    Example: counterpoint records export all.jsonl
    """
    from assistant.records.errors import to_file_error
    from ui import outputs

    if target is not None:
        _check_new(target)
    with _records() as records:
        lines = _lines(records, case)
        if target is None:
            sys.stdout.writelines(lines)
            return
        try:
            outputs.write(target, lines)
        except OSError as error:
            raise to_file_error(error, str(target)) from error
    print(f"Written to {target}.", file=sys.stderr)


@records_app.command("purge")
def records_purge(
    before: Annotated[str, typer.Option("--before", metavar="DATE", help="A day such as 2026-01-31, in UTC.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking, for scripts.")] = False,
) -> None:
    """Delete the cases last asked in before a day, with their answers, reviews, comments and approvals.

    Example: counterpoint records purge --before 2026-01-31
    """
    from assistant.records import purging

    day = _day(before)
    with _records() as records:
        found = purging.count(records, day)
        if found.is_empty:
            print(f"Nothing was last asked before {day}; nothing to delete.")
            return
        print(f"Last asked before {day}: {_counted(found)}.")
        if not yes and not _is_confirmed():
            print("Nothing was deleted.")
            raise typer.Exit(FAILED)
        print(f"Deleted: {_counted(purging.purge(records, day))}. Backups made earlier still hold them.")


@records_app.command("backup")
def records_backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
) -> None:
    """Copy the records into one file, whole and of one moment, while the product may go on running.

    Example: counterpoint records backup records-2026-11-30.sqlite3
    """
    from assistant.records import copying

    settings = _settings()
    copying.check_is_file(settings.database_url, "pg_dump")
    _check_new(target)
    with _records():
        size = copying.backup(settings.index.home, target)
    print(f"Backed up to {target} ({size / 1e6:.1f} MB).")


@records_app.command("restore")
def records_restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What `counterpoint records backup` made.")],
) -> None:
    """Put a backup in the place of the records; those of now are kept beside them.

    Example: counterpoint records restore records-2026-11-30.sqlite3
    """
    from assistant.records import copying

    settings = _settings()
    copying.check_is_file(settings.database_url, "pg_restore")
    old = copying.restore(settings.index.home, source, now=datetime.now(UTC))
    print(f"Restored from {source}." + (f" The records before it lie in {old}." if old else ""))


def _settings() -> Settings:
    from assistant.settings import Settings

    return Settings()


@contextmanager
def _records() -> Iterator[Records]:
    from assistant.records.store import Records

    settings = _settings()
    with Records(settings.index.home, settings.database_url) as records:
        yield records


def _lines(records: Records, case: str | None) -> Iterator[str]:
    from assistant.records.dumping import rows

    for row in rows(records, at=datetime.now(UTC), case=case):
        text = json.dumps(row, ensure_ascii=False)
        yield _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--before: expected a day such as 2026-01-31, got {text[:40]!r}") from None


def _is_confirmed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("expected --yes where nobody can be asked; nothing was deleted")
    return typer.confirm("Delete them for good?")


def _counted(found: Purged) -> str:
    parts = (
        (found.cases, "case", "cases"),
        (found.answers, "answer", "answers"),
        (found.reviews, "review", "reviews"),
        (found.approvals, "approval", "approvals"),
        (found.files, "set-aside file", "set-aside files"),
    )
    return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in parts if n)


def _check_new(target: Path) -> None:
    if target.is_file():
        raise UsageError(f"expected a new file, got {target}, which is there already; choose another name")
    if target.is_dir() or not target.resolve().parent.is_dir():
        raise UsageError(f"expected a new file in a folder that exists, got {target}")
