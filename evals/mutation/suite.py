"""The mutants as a suite: the answers are made, broken and judged, and a report comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.library import Library
from evals.errors import EmptySuiteError
from evals.mutation.reporting import Report, build_report
from evals.mutation.running import Mode, Progress, Series, run, series
from evals.mutation.split import Half
from guardrails.types import Answer

NAME = "mutation"
"""What the suite is called beside the families of eval cases."""
AT_MOST = 4
"""Of each series, half and mode; chosen so that one half takes less than 30 s on two idle cores."""


def chosen(answers: Sequence[Answer], library: Library, operator: str | None = None) -> tuple[Series, ...]:
    """Return the series whose name has `operator` in it; all without one.

    Raises:
        EmptySuiteError: no series has such a name.
    """
    every = tuple(series(answers, library))
    left = tuple(s for s in every if operator is None or operator.lower() in s.name.lower())
    if not left:
        names = ", ".join(sorted({s.name.partition(":")[0] for s in every}))
        raise EmptySuiteError(f"expected a part of an operator's name, got {operator!r}; they begin with {names}")
    return left


def evaluate(
    asked: Iterable[Series],
    library: Library,
    *,
    halves: Sequence[Half] = ("dev", "held"),
    modes: Sequence[Mode] = tuple(Mode),
    at_most: int | None = AT_MOST,
    progress: Progress = lambda _name: None,
) -> Report:
    """Return the report on all that `asked` makes; see `running.run` for the arguments."""
    return build_report(run(asked, library, halves=halves, modes=modes, at_most=at_most, progress=progress))
