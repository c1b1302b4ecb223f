"""What must hold of a library beyond its fields; each problem names file and line.

Run as ``counterpoint library lint`` or ``python -m corpus.lint``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from corpus.library import Library, read_with_places
from corpus.lint.copying import check_copying
from corpus.lint.cruxes import check_cruxes, check_openings
from corpus.lint.instructions import check_instructions
from corpus.lint.problems import Breaking, Problem
from corpus.lint.safety import check_safety
from corpus.lint.schools import check_ledger, check_schools
from corpus.lint.sources import check_passages, check_sources

__all__ = ["Breaking", "Problem", "breaking_problems", "lint", "report"]
_CHECKS = (
    check_sources,
    check_passages,
    check_schools,
    check_ledger,
    check_cruxes,
    check_openings,
    check_safety,
    check_copying,
    check_instructions,
)


def breaking_problems(library: Library) -> list[Problem]:
    """Return the problems of `library` that keep it from being indexed."""
    return [p for p in lint(library) if p.breaks]


def lint(library: Library) -> list[Problem]:
    """Return every problem of `library`; none means it may be shipped."""
    found = chain.from_iterable(check(library) for check in _CHECKS)
    return sorted(found, key=lambda p: (p.kind, p.id, p.message))


def report(folders: Iterable[Path]) -> list[str]:
    """Return one line a problem, each with its file and line, for the library of `folders`.

    Raises:
        LibraryError: a file does not fit its format.
    """
    library, places = read_with_places(folders)
    lines = []
    for problem in lint(library):
        path, line = places.get((problem.kind, problem.id), (Path("?"), 1))
        lines.append(f"{path}:{line}: {problem.id}: {problem.message}")
    return lines
