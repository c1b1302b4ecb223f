"""Thresholds, and the verdict of a run on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from evals.cases import parsed
from evals.errors import NothingScoredError, ThresholdFileError
from evals.figures import METRICS, Figure, figures
from evals.results import Run

PACKAGED_THRESHOLDS = Path(str(files("evals"))) / "thresholds.yaml"
_STRICT = {"extra": "forbid"}
_Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The least or the most that a metric may be, and why."""

    __pydantic_config__: ClassVar = _STRICT
    metric: str
    minimum: _Share | None = None
    maximum: _Share | None = None
    reason: Annotated[str, Field(min_length=1)]

    def is_met_by(self, value: float) -> bool:
        """Return whether `value` lies within."""
        low = 0.0 if self.minimum is None else self.minimum
        high = 1.0 if self.maximum is None else self.maximum
        return low <= value <= high


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdFile:
    """What the file of thresholds holds."""

    __pydantic_config__: ClassVar = _STRICT
    schema: Literal["counterpoint/eval-thresholds/1"]
    thresholds: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A threshold held against a figure; `passed` is None where nothing was scored."""

    threshold: Threshold
    figure: Figure
    passed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the run may pass, in one line with the reason."""

    passed: bool
    line: str
    gates: tuple[Gate, ...]


_FILE: TypeAdapter[ThresholdFile] = TypeAdapter(ThresholdFile)


def read_thresholds(path: Path = PACKAGED_THRESHOLDS) -> tuple[Threshold, ...]:
    """Return the thresholds of a file.

    Raises:
        ThresholdFileError: the file does not fit; the message names file, line and what was expected.
    """
    content, file = parsed(_FILE, path, ThresholdFileError)
    known = [m.name for m in METRICS]
    seen: set[str] = set()
    for position, threshold in enumerate(content.thresholds):
        if problem := _problem(threshold, known, seen):
            line = file.line(("thresholds", position))
            raise ThresholdFileError(problem, file=path, line=line)
        seen.add(threshold.metric)
    return content.thresholds


def _problem(threshold: Threshold, known: Sequence[str], seen: set[str]) -> str | None:
    if threshold.metric not in known:
        return f"expected a metric among {', '.join(known)}; got {threshold.metric!r}"
    if threshold.metric in seen:
        return f"metric {threshold.metric!r} already has a threshold"
    if (threshold.minimum is None) == (threshold.maximum is None):
        return f"{threshold.metric}: expected either a minimum or a maximum"
    return None


def judge(run: Run, thresholds: Iterable[Threshold]) -> Verdict:
    """Return the verdict: passed when every case ran and no gate was missed.

    Raises:
        NothingScoredError: there are gates, and not one of them could be judged.
    """
    by_metric = {f.metric: f for f in figures(run.results, seed=run.provenance.seed)}
    gates = tuple(_gate(t, by_metric[t.metric]) for t in thresholds)
    if run.is_complete and gates and all(g.passed is None for g in gates):
        raise NothingScoredError(f"expected scores, and none of the {len(gates)} gates has any; nothing was judged")
    problems = [] if run.is_complete else [f"{len(run.results)} of {run.expected} cases run"]
    problems += [_shortfall(g) for g in gates if g.passed is False]
    line = f"FAIL: {'; '.join(problems)}" if problems else _praise(run, gates)
    return Verdict(passed=not problems, line=line, gates=gates)


def _gate(threshold: Threshold, figure: Figure) -> Gate:
    passed = None if figure.value is None else threshold.is_met_by(figure.value)
    return Gate(threshold=threshold, figure=figure, passed=passed)


def _praise(run: Run, gates: Sequence[Gate]) -> str:
    judged = sum(g.passed is not None for g in gates)
    left = [g.figure.label for g in gates if g.passed is None]
    rest = f"; not scored: {', '.join(left)}" if left else ""
    return f"PASS: {_counted(len(run.results), 'case')}, {_counted(judged, 'gate')} met{rest}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _shortfall(gate: Gate) -> str:
    return f"{gate.figure.label} {in_words(gate.figure)} {bound_in_words(gate.threshold)}"


def bound_in_words(threshold: Threshold) -> str:
    """Return what missing `threshold` is, such as ``below 95 %``."""
    if threshold.minimum is not None:
        return f"below {100 * threshold.minimum:g} %"
    return f"above {100 * (threshold.maximum or 0.0):g} %"


def in_words(figure: Figure) -> str:
    """Return a figure with its count and interval, such as ``57 of 60 (95.0 %, 86.3 to 98.3)``."""
    if figure.value is None:
        return "not scored"
    limits = figure.interval
    interval = f", {100 * limits.low:.1f} to {100 * limits.high:.1f}" if limits else ""
    if figure.successes is None:
        return f"{100 * figure.value:.1f} % (n = {figure.n}{interval})"
    return f"{figure.successes} of {figure.n} ({100 * figure.value:.1f} %{interval})"
