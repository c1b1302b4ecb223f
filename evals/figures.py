"""A run's metrics: each a figure with what it counts and a 95 % interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from evals import metrics
from evals.metrics import Interval
from evals.results import Outcome, Result, Score
from guardrails.types import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A metric's value. `successes` is set where it is a share of `n` whole things; else `n` counts cases."""

    metric: str
    label: str
    value: float | None
    n: int
    successes: int | None = None
    interval: Interval | None = None
    unscored: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """How a figure is made of results; `seed` is that of the bootstrap."""

    name: str
    label: str
    figure: Callable[[Metric, Sequence[Result], int], Figure]


def figures(results: Sequence[Result], *, seed: int) -> tuple[Figure, ...]:
    """Return every metric's figure over `results`, in the order of `METRICS`."""
    return tuple(m.figure(m, results, seed) for m in METRICS)


def _scores(results: Iterable[Result], rule: str) -> list[Score]:
    return [s for r in results if (s := r.score(rule)) is not None]


def _share(metric: Metric, judged: Sequence[bool], unscored: int = 0) -> Figure:
    successes, n = sum(judged), len(judged)
    return Figure(
        metric=metric.name,
        label=metric.label,
        value=metrics.rate(successes, n),
        n=n,
        successes=successes,
        interval=metrics.wilson_interval(successes, n),
        unscored=unscored,
    )


def _passing(rule: str, outcome: Outcome = Outcome.PASSED) -> Callable[[Metric, Sequence[Result], int], Figure]:
    def figure(metric: Metric, results: Sequence[Result], _: int) -> Figure:
        scores = _scores(results, rule)
        judged = [s.outcome is outcome for s in scores if s.counts]
        return _share(metric, judged, len(scores) - len(judged))

    return figure


def _mean(rule: str, value: str) -> Callable[[Metric, Sequence[Result], int], Figure]:
    def figure(metric: Metric, results: Sequence[Result], seed: int) -> Figure:
        scores = _scores(results, rule)
        values = [s.values[value] for s in scores if value in s.values]
        return Figure(
            metric=metric.name,
            label=metric.label,
            value=sum(values) / len(values) if values else None,
            n=len(values),
            interval=metrics.bootstrap_interval(values, [1.0] * len(values), seed=seed),
            unscored=len(scores) - len(values),
        )

    return figure


def _facts(
    formula: Callable[[int, int, int], float | None], above: dict[str, int], below: dict[str, int]
) -> Callable[[Metric, Sequence[Result], int], Figure]:
    """Return the maker of a figure of all facts; `above` and `below` weigh right, wrong and missed."""

    def figure(metric: Metric, results: Sequence[Result], seed: int) -> Figure:
        scores = _scores(results, "facts")
        tallies = [s.values for s in scores if s.values]
        right, wrong, missed = (int(sum(t[k] for t in tallies)) for k in ("right", "wrong", "missed"))
        numerators = [sum(weight * t[k] for k, weight in above.items()) for t in tallies]
        denominators = [sum(weight * t[k] for k, weight in below.items()) for t in tallies]
        return Figure(
            metric=metric.name,
            label=metric.label,
            value=formula(right, wrong, missed),
            n=len(tallies),
            interval=metrics.bootstrap_interval(numerators, denominators, seed=seed),
            unscored=len(scores) - len(tallies),
        )

    return figure


def _abstentions(metric: Metric, results: Sequence[Result], _: int) -> Figure:
    ended = [r.status for r in results if r.case.expect.supportable and r.error is None]
    share = _share(metric, [status == Status.ABSTAINED for status in ended])
    return replace(share, value=metrics.abstention_rate(ended))


def _crashes(metric: Metric, results: Sequence[Result], _: int) -> Figure:
    return _share(metric, [any(s.outcome is Outcome.ERRORED for s in r.scores) for r in results])


_ONE_RIGHT = {"right": 1}
_TWO_RIGHT = {"right": 2}

METRICS = (
    Metric(name="both_schools", label="both schools", figure=_passing("both_viewpoints")),
    Metric(name="claims_cited", label="claims cited", figure=_passing("claims_cited")),
    Metric(name="citations_exact", label="citations exact", figure=_passing("citations_exact")),
    Metric(name="red_flags_escalated", label="red flags escalated", figure=_passing("red_flags")),
    Metric(name="twins_not_escalated", label="negated twins not escalated", figure=_passing("not_escalated")),
    Metric(name="says_none", label="forbidden points not made", figure=_passing("says_none")),
    Metric(name="crashed", label="crashed", figure=_crashes),
    Metric(name="status_right", label="outcome right", figure=_passing("status")),
    Metric(name="abstentions", label="abstentions among supportable", figure=_abstentions),
    Metric(
        name="schools_silent",
        label="debate answers with 'does not address this'",
        figure=_passing("schools_speak", Outcome.FAILED),
    ),
    Metric(name="right_debate", label="the schools asked about are heard", figure=_passing("right_debate")),
    Metric(name="point_recall", label="point recall", figure=_mean("says_any", "point_recall")),
    Metric(
        name="facts_f1",
        label="facts F1",
        figure=_facts(metrics.fact_f1, _TWO_RIGHT, {"right": 2, "wrong": 1, "missed": 1}),
    ),
    Metric(
        name="facts_precision",
        label="facts precision",
        figure=_facts(lambda r, w, _: metrics.fact_precision(r, w), _ONE_RIGHT, {"right": 1, "wrong": 1}),
    ),
    Metric(
        name="facts_recall",
        label="facts recall",
        figure=_facts(lambda r, _, m: metrics.fact_recall(r, m), _ONE_RIGHT, {"right": 1, "missed": 1}),
    ),
    Metric(name="words", label="within the length", figure=_passing("words")),
    Metric(name="no_repeats", label="no sentence twice", figure=_passing("no_repeats")),
    Metric(name="cites_any", label="a passage to the point cited", figure=_passing("cites_any")),
    Metric(name="citation_recall", label="citation recall", figure=_mean("citations_exact", "citation_recall")),
    Metric(
        name="citation_precision",
        label="citation precision",
        figure=_mean("citations_exact", "citation_precision"),
    ),
    Metric(name="viewpoint_coverage", label="viewpoint coverage", figure=_mean("both_viewpoints", "coverage")),
    Metric(name="viewpoint_balance", label="viewpoint balance", figure=_mean("both_viewpoints", "balance")),
)
"""Every metric, gated ones and must-holds first."""
