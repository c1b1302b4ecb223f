"""What a run comes to: counts and intervals by operator, the gates, and what survived on the dev half.

Of the held half only counts leave this module: whoever mends a check must not see what it missed there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evals.metrics import Interval, wilson_interval
from evals.mutation.running import Kind, Mode, Outcome, Row, Trial

SCHEMA = "counterpoint/mutation-report/1"
GATED_FREE = ("citation: ", "school: ", "number: ", "negation: ", "safety: ")
"""Keys, schools, numbers, explicit negation and safety: of these a model's draft may get nothing through."""
_GOOD = {
    Kind.MUTANT: frozenset({Outcome.CAUGHT}),
    Kind.UNSUPPORTED: frozenset({Outcome.CAUGHT}),
    Kind.REWORDING: frozenset({Outcome.PASSED}),
    Kind.SUPPORTED: frozenset({Outcome.PASSED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row in numbers: how many came out as they should, `good` of `n`, with a 95 % interval.

    `fair_good` of `fair_n` leaves out what was refused before it was changed; of a harmless change the share tells what
    the change itself did.
    """

    name: str
    kind: Kind
    half: str
    mode: Mode
    is_gated: bool
    must_catch: bool
    n: int
    made: int
    good: int
    interval: Interval | None
    fair_n: int
    fair_good: int
    outcomes: dict[Outcome, int]
    error: str | None

    @property
    def fails(self) -> bool:
        """Whether the run fails by it: a gated mutant survived, a check crashed, or the operator did."""
        broken = self.error is not None or self.outcomes.get(Outcome.ERROR, 0) > 0
        return broken or (self.is_gated and self.outcomes.get(Outcome.SURVIVED, 0) > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All rows of a run, and the lines they come to."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...]

    @property
    def passed(self) -> bool:
        """Whether something ran and nothing fails."""
        return bool(self.lines) and not any(line.fails for line in self.lines)

    @property
    def verdict(self) -> str:
        """One line on the whole."""
        mutants = [x for x in self.lines if x.kind is Kind.MUTANT]
        failing = [f"{x.name} ({x.mode}, {x.half})" for x in self.lines if x.fails]
        counts = f"{sum(x.good for x in mutants)} of {sum(x.n for x in mutants)} mutants caught"
        return f"PASSED: {counts}" if self.passed else f"FAILED: {counts}; {', '.join(failing) or 'nothing ran'}"


def build_report(rows: Iterable[Row]) -> Report:
    """Return the report of a run's rows; a series that made nothing for a half is left out, unless it failed."""
    kept = tuple(r for r in rows if r.trials or r.error)
    return Report(rows=kept, lines=tuple(map(_line, kept)))


def is_gated(row: Row) -> bool:
    """Return whether a survivor of this row fails the run."""
    return row.must_catch and (row.mode is Mode.AUTHORED or row.name.startswith(GATED_FREE))


def _line(row: Row) -> Line:
    outcomes = Counter(t.outcome for t in row.trials)
    fair = [t for t in row.trials if not t.was_refused]
    good = sum(outcomes[o] for o in _GOOD[row.kind])
    return Line(
        name=row.name,
        kind=row.kind,
        half=row.half,
        mode=row.mode,
        is_gated=is_gated(row),
        must_catch=row.must_catch,
        n=len(row.trials),
        made=row.made,
        good=good,
        interval=wilson_interval(good, len(row.trials)),
        fair_n=len(fair),
        fair_good=sum(t.outcome in _GOOD[row.kind] for t in fair),
        outcomes=dict(outcomes),
        error=row.error,
    )


def missed(row: Row) -> Iterator[Trial]:
    """Yield the dev half's mutants and untrue sentences that survived, and its harmless changes that were stopped."""
    bad = (Outcome.SURVIVED, Outcome.STOPPED, Outcome.ERROR)
    if row.half == "dev":
        yield from (t for t in row.trials if t.outcome in bad and not (t.was_refused and row.kind.is_harmless))


def totals(lines: Sequence[Line]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield for each half and mode its name, mutants caught and all, rewordings passed and all.

    Of the rewordings only those count whose sentence passes as it stands.
    """
    for half, mode in dict.fromkeys((x.half, x.mode) for x in lines):
        own = [x for x in lines if (x.half, x.mode) == (half, mode)]
        broken = [x for x in own if x.kind is Kind.MUTANT]
        harmless = [x for x in own if x.kind is Kind.REWORDING]
        yield (
            f"{half}, {mode}",
            sum(x.good for x in broken),
            sum(x.n for x in broken),
            sum(x.fair_good for x in harmless),
            sum(x.fair_n for x in harmless),
        )


def to_json(report: Report) -> str:
    """Return the report as JSON, schema `counterpoint/mutation-report/1`; of the held half its counts only."""
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "passed": report.passed,
        "verdict": report.verdict,
        "series": [_line_json(line) for line in report.lines],
        "missed": [
            {
                "name": r.name,
                "mode": r.mode,
                "outcome": t.outcome,
                "note": t.note,
                "found": [f.message for f in t.findings],
            }
            for r in report.rows
            for t in missed(r)
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "kind": line.kind,
        "half": line.half,
        "mode": line.mode,
        "gated": line.is_gated,
        "must_catch": line.must_catch,
        "n": line.n,
        "made": line.made,
        "good": line.good,
        "low": line.interval.low if line.interval else None,
        "high": line.interval.high if line.interval else None,
        "unchanged_passes": {"n": line.fair_n, "good": line.fair_good},
        "outcomes": {str(o): n for o, n in line.outcomes.items()},
        "failed": line.fails,
        "error": line.error,
    }
