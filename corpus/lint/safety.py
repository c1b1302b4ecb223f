"""Measures, red flags and restrictions."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.facts import FACT_KINDS
from corpus.library import Library
from corpus.lint.problems import Breaking, Problem
from corpus.predicates import PredicateError, compile_predicate


def check_safety(library: Library) -> Iterator[Problem]:
    """Yield citations that lead nowhere, and combinations of cues that do not exist."""
    entries = [("red_flags", f.id, f.cites) for f in library.red_flags]
    entries += [("measures", m.id, m.cites) for m in library.measures]
    entries += [("restrictions", r.id, r.cites) for r in library.restrictions]
    for kind, identifier, cites in entries:
        for passage in cites:
            if passage not in library.passages:
                yield Problem(kind=kind, id=identifier, message=Breaking(f"cites unknown passage {passage!r}"))
    yield from _unreadable(library)
    for flag in library.red_flags:
        for combination in flag.combinations:
            for name in combination:
                if name not in flag.weak:
                    yield Problem(
                        kind="red_flags", id=flag.id, message=Breaking(f"combination names unknown weak cue {name!r}")
                    )


def _unreadable(library: Library) -> Iterator[Problem]:
    """Yield restrictions whose `when` cannot be read, that name no condition, or an unknown red flag or fact."""
    known = {f.id for f in library.red_flags}
    for restriction in library.restrictions:
        unknown = [f"expected a known red flag, got {f!r}" for f in restriction.flags if f not in known]
        if restriction.past is not None and restriction.past not in FACT_KINDS:
            unknown.append(f"past: expected a known fact, got {restriction.past!r}")
        if restriction.when is None and not restriction.flags:
            unknown.append("expected “when” or “flags”, got neither")
        yield from (Problem(kind="restrictions", id=restriction.id, message=Breaking(u)) for u in unknown)
        try:
            compile_predicate(restriction.when or "age")
        except PredicateError as error:
            yield Problem(kind="restrictions", id=restriction.id, message=Breaking(f"when: {error}"))
