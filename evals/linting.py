"""What is wrong with an eval case though its form is right: facts, passages and patterns that are not there."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from corpus.facts import FACT_KINDS, FactType
from corpus.library import Library
from guardrails.types import Status

if TYPE_CHECKING:
    from evals.cases import Expect, ExpectedFact

EVIDENCE = "evidence"
"""The key under `cites_any` for passages of no school."""
Place: TypeAlias = tuple[str | int, ...]


def problems(expect: Expect, library: Library | None) -> Iterator[tuple[Place, str]]:
    """Yield what is wrong with `expect` though its form is right, and where in it.

    Args:
        expect: of one eval case.
        library: where given, passages, viewpoints, cruxes and red flags must be in it.
    """
    for name, value in expect.facts.items():
        if problem := _fact_problem(name, value):
            yield ("facts", name), problem
    for position, name in enumerate(expect.facts_absent):
        if name not in FACT_KINDS:
            yield (
                ("facts_absent", position),
                f"expected a fact of corpus/facts.py, got {name!r}{nearest(name, FACT_KINDS)}",
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
        return f"expected a fact of corpus/facts.py, got {name!r}{nearest(name, FACT_KINDS)}"
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
    for position, point in enumerate(expect.points):
        for place, problem in _strange("cites_any", "a passage", point.cites_any, library.passages):
            yield ("points", position, *place), problem
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
    return f"expected {what} of the library, got {given!r}{nearest(given, known)}"


def nearest(given: str, known: Iterable[str]) -> str:
    """Return which of `known` are spelt like `given`, in brackets; nothing where none is."""
    near = difflib.get_close_matches(given, list(known), n=3, cutoff=0.5)
    return f" (nearest: {', '.join(near)})" if near else ""
