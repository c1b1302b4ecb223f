"""Eval cases: a question, and what must hold of its answer; written in YAML, one folder or more."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from corpus.errors import LibraryError
from corpus.facts import FACT_KINDS, FactType
from corpus.library import Library
from corpus.yamlfile import YamlFile
from evals.errors import CaseFileError, EmptySuiteError, EvalFileError
from guardrails.types import Dismissal, Intent, Status

PACKAGED = Path(str(files("evals"))) / "cases"
SCHEMA_FILE = Path(str(files("evals"))) / "case.schema.json"
OTHER_SUITES = ("mutation",)
"""Suites that hold no cases; each is run by itself."""
EVIDENCE = "evidence"
"""The key under `cites_any` for passages of no school."""

_STRICT = {"extra": "forbid"}
_Words = Annotated[str, Field(min_length=1)]
_Phrases = Annotated[tuple[_Words, ...], Field(min_length=1)]
ExpectedFact: TypeAlias = bool | float | str | tuple[str, ...]
Place: TypeAlias = tuple[str | int, ...]
T = TypeVar("T")


class Family(StrEnum):
    """What an eval case is about; also the name of its suite."""

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
    ADOLESCENT_OA_TENDON = "adolescent-oa-tendon"
    SECOND_DEBATE = "second-debate"
    CONDITIONS = "conditions"


class Split(StrEnum):
    """The part a case is in: tuned on, or reported in totals only."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What must hold of the answer.

    `cites_any` maps a viewpoint's id, or ``evidence``, to passages of which one at least must be cited.
    Each group of `says_any` is one point, made by any of its phrases. `red_flags` and `cruxes_any` are alternatives.
    `facts_absent` may not be in force: they were withdrawn, or another patient's.
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
    says_any: tuple[_Phrases, ...] = ()
    says_none: tuple[_Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalCase:
    """One reference question, with the questions before it, oldest first, and the red flags set aside on the way."""

    __pydantic_config__: ClassVar = _STRICT
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    family: Family
    split: Split
    author: _Words
    date: dt.date
    question: _Words
    history: tuple[_Words, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    expect: Expect


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
    """Return the cases with one of `ids` and of one of the families `suites`; empty means any.

    Raises:
        EmptySuiteError: an id or a suite is unknown, or nothing is left.
    """
    cases = tuple(cases)
    _require(ids, [c.id for c in cases], "a case id")
    _require(suites, sorted({*(str(c.family) for c in cases), *OTHER_SUITES}), "a suite")
    left = tuple(c for c in cases if (not ids or c.id in ids) and (not suites or c.family in suites))
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
        first = _most_telling(error.errors())
        place = tuple(first["loc"])
        given = "" if first["type"] == "missing" else f", got {str(first['input'])[:60]!r}"
        name = ".".join(map(str, place)) or "the file"
        raise error_type(f"{name}: {first['msg']}{given}", file=path, line=file.line(place)) from error


def _most_telling(errors: list[ErrorDetails]) -> ErrorDetails:
    """Return the error to show: a field misspelt rather than the field that is missing for it."""
    return next((e for e in errors if e["type"] == "unexpected_keyword_argument"), errors[0])


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CaseFileError("expected a folder of eval cases", file=folder)
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())


def _add(cases: dict[str, EvalCase], path: Path, library: Library | None) -> None:
    content, file = parsed(_FILE, path, CaseFileError)
    for position, case in enumerate(content.cases):
        if case.id in cases:
            _refuse(file, ("cases", position, "id"), f"id {case.id!r} is already taken by another case")
        for place, problem in _problems(case.expect, library):
            _refuse(file, ("cases", position, "expect", *place), problem)
        cases[case.id] = case


def _refuse(file: YamlFile, place: Place, problem: str) -> None:
    raise CaseFileError(problem, file=file.path, line=file.line(place))


def _problems(expect: Expect, library: Library | None) -> Iterator[tuple[Place, str]]:
    for name, value in expect.facts.items():
        if problem := _fact_problem(name, value):
            yield ("facts", name), problem
    for position, name in enumerate(expect.facts_absent):
        if name not in FACT_KINDS:
            yield (
                ("facts_absent", position),
                f"expected a fact of corpus/facts.py, got {name!r}{_nearest(name, FACT_KINDS)}",
            )
    if expect.status is Status.ESCALATED and not expect.red_flags:
        yield (
            ("status",),
            "expected red_flags with the patterns of which one must be named, as the case escalates",
        )
    if library is not None:
        yield from _library_problems(expect, library)


def _fact_problem(name: str, value: ExpectedFact) -> str | None:
    kind = FACT_KINDS.get(name)
    if kind is None:
        return f"expected a fact of corpus/facts.py, got {name!r}{_nearest(name, FACT_KINDS)}"
    if kind.type in (FactType.CHOICE, FactType.SET):
        return _choice_problem(name, value, kind.type, kind.choices)
    wanted = {FactType.NUMBER: float, FactType.FLAG: bool}[kind.type]
    return None if isinstance(value, wanted) else f"{name}: expected a {kind.type}, got {value!r}"


def _choice_problem(name: str, value: ExpectedFact, kind: FactType, choices: Collection[str]) -> str | None:
    shape = tuple if kind is FactType.SET else str
    given = value if isinstance(value, tuple) else (value,)
    if isinstance(value, shape) and set(given) <= set(choices):
        return None
    a = "a list of" if kind is FactType.SET else "one of"
    return f"{name}: expected {a} {', '.join(sorted(choices))}; got {value!r}"


def _library_problems(expect: Expect, library: Library) -> Iterator[tuple[Place, str]]:
    yield from _strange("viewpoints", "a viewpoint", expect.viewpoints, library.viewpoint_by_id)
    for key, passages in expect.cites_any.items():
        for position, passage_id in enumerate(passages):
            if problem := _passage_problem(key, passage_id, library):
                yield ("cites_any", key, position), problem
    yield from _strange("cruxes_any", "a crux", expect.cruxes_any, library.crux_by_id)
    patterns = {flag.id for flag in library.red_flags}
    yield from _strange("red_flags", "a red flag", expect.red_flags if patterns else (), patterns)


def _strange(at: str, what: str, named: Iterable[str], known: Collection[str]) -> Iterator[tuple[Place, str]]:
    for position, name in enumerate(named):
        if name not in known:
            yield (at, position), _unknown(what, name, known)


def _passage_problem(key: str, passage_id: str, library: Library) -> str | None:
    if key != EVIDENCE and key not in library.viewpoint_by_id:
        return _unknown("a viewpoint or 'evidence'", key, [*library.viewpoint_by_id, EVIDENCE])
    if passage_id not in library.passages:
        return _unknown("a passage", passage_id, library.passages)
    school = library.viewpoint_of(passage_id) or EVIDENCE
    return None if school == key else f"expected a passage of {key!r}, got {passage_id!r} of {school!r}"


def _unknown(what: str, given: str, known: Collection[str]) -> str:
    return f"expected {what} of the library, got {given!r}{_nearest(given, known)}"


def _require(wanted: Collection[str], known: Collection[str], what: str) -> None:
    for name in wanted:
        if name not in known:
            raise EmptySuiteError(f"expected {what}, got {name!r}{_nearest(name, known)}")


def _nearest(given: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(given, list(known), n=3, cutoff=0.5)
    return f" (nearest: {', '.join(near)})" if near else ""
