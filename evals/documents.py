"""The files that a run leaves, as JSON: the report, and the baseline that later runs are held against."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError

from corpus.errors import LibraryError
from corpus.yamlfile import YamlFile
from evals.errors import RecordFileError
from evals.figures import Figure
from evals.misfits import misfit
from evals.pairing import Difference
from evals.recording import CaseRecord
from evals.results import Outcome, Provenance
from evals.thresholds import Threshold

SCHEMA_FILE = Path(str(files("evals"))) / "report.schema.json"
PACKAGED_BASELINE = Path(str(files("evals"))) / "baseline.json"
_STRICT = {"extra": "forbid"}
_LARGEST_BYTES = 50_000_000  # a report of 1,000 cases takes 2 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictEntry:
    """Whether the run may pass, and why, in one line."""

    __pydantic_config__: ClassVar = _STRICT
    passed: bool
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateEntry:
    """A threshold, and what was missed; `passed` is null where nothing was scored."""

    __pydantic_config__: ClassVar = _STRICT
    threshold: Threshold
    passed: bool | None
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeEntry:
    """How often an outcome was expected and another, or the same, came."""

    __pydantic_config__: ClassVar = _STRICT
    expected: str
    came: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreEntry:
    """One rule on one answer of the dev part."""

    __pydantic_config__: ClassVar = _STRICT
    rule: str
    outcome: Outcome
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DevEntry:
    """One case of the dev part, and the command that runs it again."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    suite: str
    family: str
    expected: str
    came: str
    error: str | None
    scores: tuple[ScoreEntry, ...]
    rerun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineEntry:
    """What the run was held against: the baseline's provenance, and how many of its cases the run shares."""

    __pydantic_config__: ClassVar = _STRICT
    provenance: Provenance
    cases: int
    paired: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """A run as a file. `dev` tells of the dev part case by case; `records` holds what a comparison needs of both."""

    __pydantic_config__: ClassVar = _STRICT
    schema: Literal["counterpoint/eval-report/2"] = "counterpoint/eval-report/2"
    verdict: VerdictEntry
    expected: int
    run: int
    provenance: Provenance
    baseline: BaselineEntry | None
    gates: tuple[GateEntry, ...]
    figures: dict[str, tuple[Figure, ...]]
    outcomes: tuple[OutcomeEntry, ...]
    dev: tuple[DevEntry, ...]
    records: tuple[CaseRecord, ...]

    @property
    def is_complete(self) -> bool:
        """Whether as many cases ran as were asked for."""
        return self.run == self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineDocument:
    """What later runs are held against."""

    __pydantic_config__: ClassVar = _STRICT
    schema: Literal["counterpoint/eval-baseline/1"] = "counterpoint/eval-baseline/1"
    provenance: Provenance
    records: tuple[CaseRecord, ...]

    @property
    def is_complete(self) -> bool:
        """Whether as many cases ran as were asked for: a baseline is only made of such runs."""
        return True


Recorded: TypeAlias = ReportDocument | BaselineDocument
_KINDS: dict[str, type[Recorded]] = {
    "counterpoint/eval-report/2": ReportDocument,
    "counterpoint/eval-baseline/1": BaselineDocument,
}


def read_recorded(path: Path) -> Recorded:
    """Return the report or the baseline in a file.

    Raises:
        RecordFileError: it does not fit; the message names file, line and what was expected.
    """
    content = _json(path)
    schema = content.get("schema") if isinstance(content, dict) else None
    kind = _KINDS.get(schema) if isinstance(schema, str) else None
    if kind is None:
        expected = " or ".join(_KINDS)
        raise RecordFileError(f"schema: expected {expected}, got {schema!r}", file=path, line=_line(path, ("schema",)))
    try:
        return TypeAdapter(kind).validate_python(content, strict=False)
    except ValidationError as error:
        place, problem = misfit(error)
        raise RecordFileError(problem, file=path, line=_line(path, place)) from error


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise RecordFileError(f"expected a file under {_LARGEST_BYTES // 1_000_000} MB", file=path)
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RecordFileError(f"expected a report or a baseline: {error.strerror}", file=path) from error
    except json.JSONDecodeError as error:
        raise RecordFileError(f"expected JSON: {error.msg}", file=path, line=error.lineno) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise RecordFileError(f"expected JSON in UTF-8: {type(error).__name__}", file=path) from error


def _line(path: Path, place: tuple[str | int, ...]) -> int | None:
    """Return the line of `place`; JSON is read as the YAML that it nearly always is."""
    try:
        return YamlFile(path).line(place)
    except LibraryError:
        return None


def to_text(document: Recorded) -> str:
    """Return a document as JSON, each field and each item of a list on a line of its own."""
    content = TypeAdapter(type(document)).dump_python(document, mode="json")
    return "{\n" + ",\n".join(f"{_compact(key)}: {_value(value)}" for key, value in content.items()) + "\n}\n"


def _value(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n" + ",\n".join(f"  {_compact(item)}" for item in value) + "\n]"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def report_schema() -> str:
    """Return the JSON Schema of a report."""
    schema = TypeAdapter(ReportDocument).json_schema(mode="serialization")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, indent=2, sort_keys=True) + "\n"


def write_schema(path: Path = SCHEMA_FILE) -> None:
    """Write `report_schema` to `path`."""
    path.write_text(report_schema(), encoding="utf-8")
