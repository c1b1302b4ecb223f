"""The last runs, kept in the data folder: of each its report, what a page on it shows, and a line for the list.

A run is a folder ``evals/ID`` that is moved into place when it is whole; ids are moments, so they sort by age.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from pydantic import TypeAdapter, ValidationError

from evals.documents import Recorded, read_recorded
from evals.errors import RecordFileError
from evals.figures import Figure
from evals.html import page_values
from evals.reports import Report, Row, clean, to_json

FOLDER = "evals"
KEPT = 50
_FORM = "%Y%m%dT%H%M%S%fZ"
_REPORT, _PAGE, _LINE = "report.json", "page.json", "line.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRun:
    """A kept run in the list: when it was made, its verdict, and its figures over all cases.

    `suites` are those of its cases; `gates` are the bounds in words, by metric.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    id: str
    at: datetime
    passed: bool
    line: str
    cases: int
    suites: tuple[str, ...]
    code: str
    library: str
    figures: tuple[Figure, ...]
    gates: dict[str, str]

    def figure(self, metric: str) -> Figure | None:
        """Return the figure of `metric`, None where it was not scored."""
        return next((f for f in self.figures if f.metric == metric and f.value is not None), None)


_LINES = TypeAdapter(KeptRun)


def keep(report: Report, home: Path, at: datetime) -> str:
    """Keep `report` and let go of the oldest; return the id it is kept under.

    Raises:
        OSError: the data folder cannot be written.
    """
    identifier = f"run-{at.astimezone(UTC).strftime(_FORM)}"
    folder = home / FOLDER
    staging = folder / f".{uuid.uuid4().hex}"
    try:
        staging.mkdir(parents=True)
        (staging / _REPORT).write_text(to_json(report), encoding="utf-8")
        (staging / _PAGE).write_text(json.dumps(_plain(page_values(report)), ensure_ascii=False), encoding="utf-8")
        (staging / _LINE).write_bytes(_LINES.dump_json(_line(identifier, report, at)))
        staging.replace(folder / identifier)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    for old in _ids(home)[KEPT:]:
        shutil.rmtree(folder / old, ignore_errors=True)
    return identifier


def kept_runs(home: Path) -> tuple[KeptRun, ...]:
    """Return the runs kept, the latest first; one whose files are damaged is left out."""
    found = (_read_line(home / FOLDER / i) for i in _ids(home))
    return tuple(run for run in found if run is not None)


def kept_report(home: Path, identifier: str) -> Recorded:
    """Return the report of a kept run.

    Raises:
        RecordFileError: it is not there, or damaged.
    """
    return read_recorded(_folder(home, identifier) / _REPORT)


def kept_page(home: Path, identifier: str) -> Mapping[str, Any]:
    """Return what a page on a kept run shows, as ``evals.html.page_values`` gave it, in plain values.

    Raises:
        RecordFileError: it is not there, or damaged.
    """
    path = _folder(home, identifier) / _PAGE
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordFileError(f"expected what is shown of a run: {error}", file=path) from error


def _folder(home: Path, identifier: str) -> Path:
    if identifier not in _ids(home):
        raise RecordFileError(f"no run is kept as {identifier[:60]!r}", file=home / FOLDER)
    return home / FOLDER / identifier


def _ids(home: Path) -> list[str]:
    return sorted((p.name for p in (home / FOLDER).glob("run-*") if p.is_dir()), reverse=True)


def _read_line(folder: Path) -> KeptRun | None:
    try:
        return _LINES.validate_json((folder / _LINE).read_bytes())
    except (OSError, ValidationError):
        return None


def _line(identifier: str, report: Report, at: datetime) -> KeptRun:
    run = report.run
    return KeptRun(
        id=identifier,
        at=at,
        passed=report.verdict.passed,
        line=report.verdict.line,
        cases=len(run.results),
        suites=tuple(sorted({str(r.case.suite) for r in run.results})),
        code=run.provenance.code,
        library=run.provenance.library,
        figures=report.parts[0].figures,
        gates={g.threshold.metric: g.threshold.bound for g in report.verdict.gates},
    )


def _plain(value: Any) -> Any:
    """Return `value` as JSON can carry it: dataclasses and named tuples as objects, text without control characters."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Row):
        return _plain(value._asdict())
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(v) for v in value]
    return clean(value) if isinstance(value, str) else value
