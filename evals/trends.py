"""How the main figures moved from run to run, as places on a plot: shares of its width and of its height."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.figures import METRICS, Figure
from evals.keeping import KeptRun
from evals.phrasing import in_words

# Chosen: what harms most where it fails first, then how good the answers are.
MAIN = (
    "red_flags_escalated", "twins_not_escalated", "both_schools", "citations_exact",
    "status_right", "point_recall", "facts_f1", "retrieval_recall",
)  # fmt: skip
SHOWN = 20  # chosen: more points than these cannot be told apart on a phone
_STEP = 0.05
_LABEL = {m.name: m.label for m in METRICS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One run's figure: `x` from the left, `y` from the top and its interval, all shares; and the same in words."""

    run_id: str
    x: float
    y: float
    low: float
    high: float
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One metric over the runs; `least` is the share at the bottom of its plot."""

    metric: str
    label: str
    now: str
    gate: str
    least: float
    points: tuple[Point, ...]


def trends(runs: Sequence[KeptRun]) -> tuple[Trend, ...]:
    """Return the trends over `runs`, latest first and of the same suites; a metric that nobody scored is left out."""
    oldest_first = tuple(reversed(runs[:SHOWN]))
    found = (_trend(metric, oldest_first) for metric in MAIN)
    return tuple(trend for trend in found if trend is not None)


def whole_runs(runs: Sequence[KeptRun]) -> tuple[KeptRun, ...]:
    """Return those of `runs` that hold the most suites: a run of one suite cannot stand in line with them."""
    most = max((len(r.suites) for r in runs), default=0)
    return tuple(r for r in runs if len(r.suites) == most)


def _trend(metric: str, runs: Sequence[KeptRun]) -> Trend | None:
    figures = [(r, f) for r in runs if (f := r.figure(metric)) is not None]
    if not figures:
        return None
    lowest = min(_limits(f)[0] for _, f in figures)
    least = max(0.0, min(0.9, int(lowest / _STEP) * _STEP))
    places = {r.id: (n + 0.5) / len(runs) for n, r in enumerate(runs)}
    last, now = figures[-1]
    return Trend(
        metric=metric,
        label=_LABEL[metric],
        now=in_words(now),
        gate=last.gates.get(metric, ""),
        least=least,
        points=tuple(_points(figures, places, least)),
    )


def _points(figures: Sequence[tuple[KeptRun, Figure]], places: dict[str, float], least: float) -> Iterator[Point]:
    def place(share: float) -> float:
        return (1.0 - share) / (1.0 - least)

    for run, figure in figures:
        low, high = _limits(figure)
        yield Point(
            run_id=run.id,
            x=places[run.id],
            y=place(figure.value or 0.0),
            low=place(low),
            high=place(high),
            told=f"{run.at:%d %b %Y, %H:%M}: {in_words(figure)}",
        )


def _limits(figure: Figure) -> tuple[float, float]:
    value = figure.value or 0.0
    return (figure.interval.low, figure.interval.high) if figure.interval else (value, value)
