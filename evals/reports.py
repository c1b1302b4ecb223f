"""A run as people and machines read it: the report, its lines, and its JSON.

Of the test part every report shows totals only. Nothing in the files depends on the clock, so equal runs give
equal bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from evals.cases import Split, Suite
from evals.figures import Figure, figures
from evals.gates import Gate, Threshold, Verdict, in_words, judge
from evals.metrics import outcome_confusion
from evals.results import Result, Run

SCHEMA = "counterpoint/eval-report/1"
HEADINGS = ("metric", "value", *(str(split) for split in Split), "gate", "")
"""What stands above the columns of `rows`."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The figures of one part of a run."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run, the verdict on it, and its figures: all cases, then each part."""

    run: Run
    verdict: Verdict
    parts: tuple[Part, ...]

    @property
    def worst(self) -> tuple[Result, ...]:
        """The dev part's cases that fell short, those with the most shortfalls first."""
        short = [r for r in self.run.part(Split.DEV) if r.shortfalls]
        return tuple(sorted(short, key=lambda r: (-len(r.shortfalls), r.case.id)))


def build_report(run: Run, thresholds: Iterable[Threshold]) -> Report:
    """Return the report of `run`, judged by `thresholds`.

    Raises:
        NothingScoredError: not one gate could be judged.
    """
    seed = run.provenance.seed
    parts = {"all": run.results, **{str(s): run.part(s) for s in Split}}
    return Report(
        run=run,
        verdict=judge(run, thresholds),
        parts=tuple(Part(name=n, figures=figures(rs, seed=seed)) for n, rs in parts.items()),
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


def rows(report: Report) -> list[tuple[str, ...]]:
    """Return for each metric its label, value, value by part, gate, and how the gate came out."""
    gates = {g.figure.metric: g for g in report.verdict.gates}
    by_part = zip(*(p.figures for p in report.parts), strict=True)
    return [
        (whole.label, in_words(whole), *map(_percent, parts), *_gate_cells(gates.get(whole.metric)))
        for whole, *parts in by_part
    ]


def _percent(figure: Figure) -> str:
    return "" if figure.value is None else f"{100 * figure.value:.1f} %"


def _gate_cells(gate: Gate | None) -> tuple[str, str]:
    if gate is None:
        return "", ""
    outcome = {True: "met", False: "MISSED", None: "not scored"}[gate.passed]
    return bound(gate.threshold), outcome


def bound(threshold: Threshold) -> str:
    """Return what meeting `threshold` is, such as ``≥ 95 %``."""
    if threshold.minimum is not None:
        return f"≥ {100 * threshold.minimum:g} %"
    return f"≤ {100 * (threshold.maximum or 0.0):g} %"


def clean(text: str) -> str:
    """Return `text` without the characters that XML and Markdown cannot carry."""
    return _CONTROL.sub("�", text)


def outcomes(run: Run) -> dict[tuple[str, str], int]:
    """Return how often each (expected, came) pair of outcomes occurred among the eval cases."""
    asked = (r for r in run.results if r.case.suite is not Suite.METAMORPHIC)
    return outcome_confusion((str(r.case.expect.status), r.status) for r in asked)


def to_json(report: Report) -> str:
    """Return the report as JSON, schema `counterpoint/eval-report/1`; of the test part its figures only."""
    run = report.run
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "verdict": {"passed": report.verdict.passed, "line": report.verdict.line},
        "expected": run.expected,
        "run": len(run.results),
        "provenance": asdict(run.provenance),
        "gates": [_gate_json(g) for g in report.verdict.gates],
        "figures": {p.name: [asdict(f) for f in p.figures] for p in report.parts},
        "outcomes": [{"expected": e, "came": c, "count": n} for (e, c), n in outcomes(run).items()],
        "dev": [_case_json(r) for r in run.part(Split.DEV)],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _gate_json(gate: Gate) -> dict[str, Any]:
    return {**asdict(gate.threshold), "passed": gate.passed}


def _case_json(result: Result) -> dict[str, Any]:
    return {
        "id": result.case.id,
        "suite": str(result.case.suite),
        "family": result.case.family,
        "expected": str(result.case.expect.status),
        "came": result.status,
        "error": result.error,
        "scores": [{"rule": s.rule, "outcome": str(s.outcome), "detail": s.detail} for s in result.scores],
        "rerun": rerun_command(result),
    }
