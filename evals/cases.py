"""Eval cases: a question, and what must hold of its answer; written in YAML, one folder or more."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from corpus.errors import LibraryError
from corpus.library import Library
from corpus.yamlfile import YamlFile
from evals.errors import CaseFileError, EmptySuiteError, EvalFileError
from evals.linting import Place, nearest, problems
from evals.misfits import misfit
from guardrails.types import Dismissal, Intent, Status

PACKAGED = Path(str(files("evals"))) / "cases"
SCHEMA_FILE = Path(str(files("evals"))) / "case.schema.json"
OTHER_SUITES = ("mutation",)
"""Suites that hold no cases; each is run by itself."""

_STRICT = {"extra": "forbid"}
_Words = Annotated[str, Field(min_length=1)]
_Whole = Annotated[str, Field(min_length=3)]  # shorter ones stand in some fingerprint or other
_Phrases = Annotated[tuple[_Words, ...], Field(min_length=1)]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
_Family = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]*)?$")]
ExpectedFact: TypeAlias = bool | float | str | tuple[str, ...]
T = TypeVar("T")


class Suite(StrEnum):
    """What an eval case is about; ``--suite`` takes these names."""

    DEBATE = "debate"
    NUMBERS = "numbers"
    LEADING = "leading"
    FALSE_PREMISE = "false-premise"
    RED_FLAG = "red-flag"
    RED_FLAG_TWIN = "red-flag-twin"
    OUT_OF_SCOPE = "out-of-scope"
    NO_SUPPORT = "no-support"
    LOOK_UP = "look-up"
    SHORTHAND = "shorthand"
    MULTI_TURN = "multi-turn"
    AFTER_SURGERY = "after-surgery"
    ADOLESCENT = "adolescent"
    OSTEOARTHRITIS = "osteoarthritis"
    TENDON = "tendon"
    RUNNING = "running"
    PRIVACY = "privacy"
    INJECTION = "injection"
    SECOND_DEBATE = "second-debate"
    CONDITIONS = "conditions"
    METAMORPHIC = "metamorphic"
    """Made of the cases by rule; no file holds one."""


class Split(StrEnum):
    """The part a case is in: tuned on, or reported in totals only."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What an answer must say, as a sentence.

    It is made by one claim that the answer's own checks let pass, that cites one of `cites_any`, and that, where
    `says_any` is given, asserts one of its phrases.
    """

    __pydantic_config__: ClassVar = _STRICT
    point: _Words
    cites_any: _Phrases
    says_any: tuple[_Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What must hold of the answer.

    `cites_any` maps a viewpoint's id, or ``evidence``, to passages of which one at least must be cited.
    `points` are what must be said on the word of a passage; a group of `says_any` is for what no passage carries, and
    is met by any of its phrases. `says_none` may not be claimed; `absent` may stand nowhere in the answer's JSON, the
    question as kept included. `red_flags` and `cruxes_any` are alternatives. `facts_absent` may not be in force: they
    were withdrawn, or another patient's.
    """

    __pydantic_config__: ClassVar = _STRICT
    status: Status
    viewpoints: tuple[str, ...] = ()
    supportable: bool | None = None
    cites_any: dict[str, _Phrases] = field(default_factory=dict)
    red_flags: tuple[str, ...] = ()
    facts: dict[str, ExpectedFact] = field(default_factory=dict)
    facts_absent: tuple[str, ...] = ()
    cruxes_any: tuple[str, ...] = ()
    intent: Intent | None = None
    points: tuple[Point, ...] = ()
    says_any: tuple[_Phrases, ...] = ()
    says_none: tuple[_Words, ...] = ()
    absent: tuple[_Whole, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalCase:
    """One reference question, with the questions before it, oldest first, and the red flags set aside on the way.

    Cases of one `family` share a situation, such as a red flag and its twin: they are no independent observations.
    A case that names none is a family of its own, called by its id.
    """

    __pydantic_config__: ClassVar = _STRICT
    id: _Id
    suite: Suite
    family: _Family = ""
    split: Split
    author: _Words
    date: dt.date
    question: _Words
    history: tuple[_Words, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    expect: Expect

    def __post_init__(self) -> None:
        """Name the family after the case where none is given."""
        if not self.family:
            object.__setattr__(self, "family", self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What one file holds."""

    __pydantic_config__: ClassVar = _STRICT
    schema: Literal["counterpoint/eval-case/1"]
    cases: tuple[EvalCase, ...]


_FILE: TypeAdapter[CaseFile] = TypeAdapter(CaseFile)
_CASES: TypeAdapter[tuple[EvalCase, ...]] = TypeAdapter(tuple[EvalCase, ...])


def read_cases(folders: Iterable[Path] = (PACKAGED,), *, library: Library | None = None) -> tuple[EvalCase, ...]:
    """Return the eval cases of all YAML files under `folders`, by id.

    Args:
        folders: searched with their subfolders.
        library: where given, passages, viewpoints and red flags named by a case must be in it.

    Raises:
        CaseFileError: a file does not fit; the message names file, line and what was expected.
        EmptySuiteError: the folders hold no eval case.
    """
    folders = tuple(folders)
    cases: dict[str, EvalCase] = {}
    for folder in folders:
        for path in _yaml_files(folder):
            _add(cases, path, library)
    if not cases:
        raise EmptySuiteError(f"expected eval cases in {', '.join(map(str, folders)) or 'a folder'}, found none")
    return tuple(cases[case_id] for case_id in sorted(cases))


def select(
    cases: Iterable[EvalCase], *, ids: Collection[str] = (), suites: Collection[str] = ()
) -> tuple[EvalCase, ...]:
    """Return the cases with one of `ids` and of one of `suites`; empty means any.

    Raises:
        EmptySuiteError: an id or a suite is unknown, or nothing is left.
    """
    cases = tuple(cases)
    _require(ids, [c.id for c in cases], "a case id")
    _require(suites, sorted({*(str(c.suite) for c in cases), *OTHER_SUITES}), "a suite")
    left = tuple(c for c in cases if (not ids or c.id in ids) and (not suites or c.suite in suites))
    if not left:
        raise EmptySuiteError("expected at least one eval case; no case has both an id and a suite asked for")
    return left


def fingerprint_of(cases: Iterable[EvalCase]) -> str:
    """Return a fingerprint of the cases' content, the same in any order."""
    ordered = tuple(sorted(cases, key=lambda c: c.id))
    return "sha256:" + hashlib.sha256(_CASES.dump_json(ordered)).hexdigest()


def case_schema() -> str:
    """Return the JSON Schema of a file of eval cases."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_FILE.json_schema()}
    schema["$defs"]["Suite"]["enum"].remove(Suite.METAMORPHIC.value)
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def write_schema(path: Path = SCHEMA_FILE) -> None:
    """Write `case_schema` to `path`."""
    path.write_text(case_schema(), encoding="utf-8")


def parsed(adapter: TypeAdapter[T], path: Path, error_type: type[EvalFileError]) -> tuple[T, YamlFile]:
    """Return the content of a YAML file as the adapter's type, and the file for its lines.

    Raises:
        EvalFileError: of `error_type`, naming file, line and what was expected.
    """
    try:
        file = YamlFile(path)
    except LibraryError as error:
        raise error_type.of(error) from error
    try:
        return adapter.validate_python(file.data), file
    except ValidationError as error:
        place, problem = misfit(error)
        raise error_type(problem, file=path, line=file.line(place)) from error


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CaseFileError("expected a folder of eval cases", file=folder)
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())


def _add(cases: dict[str, EvalCase], path: Path, library: Library | None) -> None:
    content, file = parsed(_FILE, path, CaseFileError)
    for position, case in enumerate(content.cases):
        if case.id in cases:
            _refuse(file, ("cases", position, "id"), f"id {case.id!r} is already taken by another case")
        if case.suite is Suite.METAMORPHIC:
            _refuse(file, ("cases", position, "suite"), "expected a suite of cases; pairs of wordings are made by rule")
        for place, problem in problems(case.expect, library):
            _refuse(file, ("cases", position, "expect", *place), problem)
        cases[case.id] = case


def _refuse(file: YamlFile, place: Place, problem: str) -> None:
    raise CaseFileError(problem, file=file.path, line=file.line(place))


def _require(wanted: Collection[str], known: Collection[str], what: str) -> None:
    for name in wanted:
        if name not in known:
            raise EmptySuiteError(f"expected {what}, got {name!r}{nearest(name, known)}")
