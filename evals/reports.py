"""A run as people and machines read it: the report, its lines, and its JSON.

Of the test part every report shows totals only. Nothing in the files depends on the clock, so equal runs give
equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from evals.cases import Split, Suite
from evals.documents import (
    BaselineEntry,
    DevEntry,
    GateEntry,
    OutcomeEntry,
    Recorded,
    ReportDocument,
    ScoreEntry,
    VerdictEntry,
    to_text,
)
from evals.figures import Figure, figures
from evals.gates import Gate, Verdict, judge
from evals.metrics import Interval, outcome_confusion
from evals.pairing import Difference, Match, differences, matched
from evals.phrasing import percent, points
from evals.recording import records_of
from evals.results import Result, Run
from evals.thresholds import Threshold

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Row(NamedTuple):
    """One metric in words. `difference` is that against the baseline, over the cases that both hold."""

    metric: str
    value: str
    n: str
    interval: str
    test_part: str
    baseline: str
    difference: str
    gate: str
    outcome: str


MISSED = "MISSED"
"""The outcome of a gate that was not met."""
HEADINGS = ("metric", "value", "n", "95 % interval", "test part", "baseline", "difference", "gate", "")
"""What stands above the columns of `rows`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The figures of one part of a run."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run, the verdict on it, and its figures: all cases, then each part.

    `baseline` is what it was held against, where there is one; `matches` are the cases that both
    hold, and `differences` those of the metrics over them.
    """

    run: Run
    verdict: Verdict
    parts: tuple[Part, ...]
    baseline: Recorded | None = None
    matches: tuple[Match, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def worst(self) -> tuple[Result, ...]:
        """The dev part's cases that fell short, those with the most shortfalls first."""
        short = [r for r in self.run.part(Split.DEV) if r.shortfalls]
        return tuple(sorted(short, key=lambda r: (-len(r.shortfalls), r.case.id)))


def build_report(run: Run, thresholds: Iterable[Threshold], baseline: Recorded | None = None) -> Report:
    """Return the report of `run`, judged by `thresholds` and, case by case, against `baseline`.

    Raises:
        NothingScoredError: not one gate could be judged.
    """
    seed = run.provenance.seed
    parts = {"all": run.results, **{str(s): run.part(s) for s in Split}}
    paired = matched(baseline.records, records_of(run)) if baseline else ()
    changes = differences(paired, seed=seed)
    return Report(
        run=run,
        verdict=judge(run, thresholds, paired, changes),
        parts=tuple(Part(name=n, figures=figures(rs, seed=seed)) for n, rs in parts.items()),
        baseline=baseline,
        matches=paired,
        differences=changes,
    )


def rerun_command(result: Result) -> str:
    """Return the line that runs one case again."""
    return f"counterpoint eval run --case {result.case.id}"


def turns(result: Result) -> tuple[str, ...]:
    """Return what was asked, oldest first."""
    return (*result.case.history, result.case.question)


def failing_lines(result: Result) -> list[str]:
    """Return what fell short, a rule a line, and of a pair of wordings the other one."""
    beside = [f"held against: {' > '.join(result.held_against)}"] if result.held_against else []
    return [*(f"{s.rule}: {s.detail}" for s in result.shortfalls), *beside]


def rows(report: Report) -> list[Row]:
    """Return each metric in words, a row a metric."""
    gates = {g.figure.metric: g for g in report.verdict.gates}
    changes = {d.metric: d for d in report.differences}
    whole, _, test = report.parts
    return [
        _row(figure, hidden, changes.get(figure.metric), gates.get(figure.metric))
        for figure, hidden in zip(whole.figures, test.figures, strict=True)
    ]


def _row(figure: Figure, test: Figure, difference: Difference | None, gate: Gate | None) -> Row:
    return Row(
        metric=figure.label,
        value=_percent(figure.value),
        n=str(figure.n) if figure.successes is None else f"{figure.successes} of {figure.n}",
        interval=_limits(figure.interval),
        test_part=_percent(test.value),
        baseline=_percent(difference.before) if difference else "",
        difference=_change(difference) if difference else "",
        gate=gate.threshold.bound if gate else "",
        outcome=_outcome(gate) if gate else "",
    )


def _outcome(gate: Gate) -> str:
    if gate.passed and gate.is_short:
        return "short"
    return {True: "met", False: MISSED, None: "not scored"}[gate.passed]


def _percent(value: float | None) -> str:
    return "" if value is None else percent(value)


def _limits(interval: Interval | None) -> str:
    return f"{100 * interval.low:.1f} to {100 * interval.high:.1f}" if interval else ""


def _change(difference: Difference) -> str:
    if not difference.is_changed:
        return "0.0"
    limits = difference.interval
    interval = f" ({points(limits.low)} to {points(limits.high)})" if limits else ""
    return points(difference.after - difference.before) + interval


def clean(text: str) -> str:
    """Return `text` without the characters that XML and Markdown cannot carry."""
    return _CONTROL.sub("�", text)


def outcomes(run: Run) -> dict[tuple[str, str], int]:
    """Return how often each (expected, came) pair of outcomes occurred among the eval cases."""
    asked = (r for r in run.results if r.case.suite is not Suite.METAMORPHIC)
    return outcome_confusion((str(r.case.expect.status), r.status) for r in asked)


def confusion(run: Run) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Return the outcomes that came, and for each one expected how often each of them did."""
    counts = outcomes(run)
    came = sorted({c for _, c in counts})
    return came, [(e, [counts.get((e, c), 0) for c in came]) for e in sorted({e for e, _ in counts})]


def to_document(report: Report) -> ReportDocument:
    """Return the report as a document; of the test part its figures, and records without a name."""
    run = report.run
    counts = outcomes(run).items()
    return ReportDocument(
        verdict=VerdictEntry(passed=report.verdict.passed, line=report.verdict.line),
        expected=run.expected,
        run=len(run.results),
        provenance=run.provenance,
        baseline=_baseline_entry(report),
        gates=tuple(
            GateEntry(threshold=g.threshold, passed=g.passed, problems=g.problems) for g in report.verdict.gates
        ),
        figures={p.name: p.figures for p in report.parts},
        outcomes=tuple(OutcomeEntry(expected=e, came=c, count=n) for (e, c), n in counts),
        dev=tuple(_dev_entry(r) for r in run.part(Split.DEV)),
        records=records_of(run),
    )


def to_json(report: Report) -> str:
    """Return the report as JSON, as `report.schema.json` describes it."""
    return to_text(to_document(report))


def _baseline_entry(report: Report) -> BaselineEntry | None:
    if report.baseline is None:
        return None
    return BaselineEntry(
        provenance=report.baseline.provenance,
        cases=len(report.baseline.records),
        paired=len(report.matches),
        differences=report.differences,
    )


def _dev_entry(result: Result) -> DevEntry:
    return DevEntry(
        id=result.case.id,
        suite=str(result.case.suite),
        family=result.case.family,
        expected=str(result.case.expect.status),
        came=result.status,
        error=result.error,
        scores=tuple(ScoreEntry(rule=s.rule, outcome=s.outcome, detail=s.detail) for s in result.scores),
        rerun=rerun_command(result),
    )
