"""Two runs of the same cases, case by case: which got better, which worse, and whether chance makes it so."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evals.figures import METRICS, Metric
from evals.metrics import Interval, Ratio, sum_of
from evals.recording import CaseRecord
from evals.results import Outcome

_RESAMPLES = 2_000  # as for the intervals of `metrics.bootstrap_interval`
_FEWEST_FAMILIES = 10  # chosen: with fewer, percentile limits cover too little to fail a run on them
_LEVEL = 0.05
_SHORT = (Outcome.FAILED, Outcome.ERRORED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One case in two runs."""

    then: CaseRecord
    now: CaseRecord

    @property
    def lost(self) -> tuple[str, ...]:
        """The rules that passed then and fall short now."""
        return _flipped(self.then, self.now)

    @property
    def won(self) -> tuple[str, ...]:
        """The rules that fell short then and pass now."""
        return _flipped(self.now, self.then)


def _flipped(passing: CaseRecord, short: CaseRecord) -> tuple[str, ...]:
    rules = passing.rules.items()
    return tuple(r for r, o in rules if o is Outcome.PASSED and short.rules.get(r) in _SHORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A metric over the paired cases that both runs scored.

    `interval` is that of `after` minus `before`. `better` and `worse` count cases. `p` is set for shares, where it is
    the chance of so uneven a split of the cases that changed.
    """

    metric: str
    n: int
    before: float
    after: float
    better: int
    worse: int
    interval: Interval | None = None
    p: float | None = None
    lower_is_better: bool = False

    @property
    def gain(self) -> float:
        """How much better the metric got; below zero where it got worse."""
        return self.before - self.after if self.lower_is_better else self.after - self.before

    @property
    def is_changed(self) -> bool:
        """Whether any case changed."""
        return bool(self.better or self.worse)

    @property
    def is_significant(self) -> bool:
        """Whether chance alone makes such a change in fewer than 1 of 20 comparisons."""
        if self.p is not None:
            return self.p < _LEVEL
        return self.interval is not None and not self.interval.low <= 0.0 <= self.interval.high


def matched(then: Iterable[CaseRecord], now: Iterable[CaseRecord]) -> tuple[Match, ...]:
    """Return the cases that both runs hold, dev cases by name before the test part's by key."""
    before = {r.key: r for r in then}
    shared = [Match(then=before[r.key], now=r) for r in now if r.key in before]
    return tuple(sorted(shared, key=lambda p: (p.now.name is None, p.now.name or "", p.now.key)))


def lost_on(metric: str, paired: Iterable[Match]) -> tuple[Match, ...]:
    """Return the cases on which the metric was at its best then, and is not now."""
    best = (0.0, 1.0) if _METRIC[metric].lower_is_better else (1.0, 1.0)
    both = [p for p in paired if metric in p.then.parts and metric in p.now.parts]
    return tuple(p for p in both if p.then.parts[metric] == best != p.now.parts[metric])


def differences(paired: Sequence[Match], *, seed: int) -> tuple[Difference, ...]:
    """Return the difference of each metric that both runs scored on some case, in the order of `METRICS`."""
    found = (_difference(m, paired, seed) for m in METRICS)
    return tuple(d for d in found if d is not None)


def _difference(metric: Metric, paired: Sequence[Match], seed: int) -> Difference | None:
    both = [p for p in paired if metric.name in p.then.parts and metric.name in p.now.parts]
    then = [Ratio(*p.then.parts[metric.name]) for p in both]
    now = [Ratio(*p.now.parts[metric.name]) for p in both]
    before, after = sum_of(then).value, sum_of(now).value
    if before is None or after is None:
        return None
    rose = sum(_share(b) > _share(a) for a, b in zip(then, now, strict=True))
    fell = sum(_share(b) < _share(a) for a, b in zip(then, now, strict=True))
    return Difference(
        metric=metric.name,
        n=len(both),
        before=before,
        after=after,
        better=fell if metric.lower_is_better else rose,
        worse=rose if metric.lower_is_better else fell,
        interval=paired_interval(then, now, [p.now.family for p in both], seed=seed),
        p=mcnemar(rose, fell) if metric.is_share else None,
        lower_is_better=metric.lower_is_better,
    )


def _share(ratio: Ratio) -> float:
    return ratio.value or 0.0


def mcnemar(rose: int, fell: int) -> float:
    """Return the two-sided exact chance of so uneven a split among the cases that changed; 1.0 where none did.

    >>> mcnemar(0, 6)
    0.03125

    Source:
        McNemar Q 1947, Note on the sampling error of the difference between correlated proportions or percentages,
        Psychometrika 12:153-157; exact by the binomial distribution with chance one half.
    """
    changed = rose + fell
    tail = sum(math.comb(changed, k) for k in range(min(rose, fell) + 1))
    return min(1.0, 2 * tail / 2**changed)


def paired_interval(
    then: Sequence[Ratio], now: Sequence[Ratio], families: Sequence[str], *, seed: int
) -> Interval | None:
    """Return the 95 % percentile interval of the metric now minus the metric then, over families of cases.

    Whole families are drawn again with replacement, a case always with both of its runs. None with fewer than ten
    families, where the limits would cover too little, and where no draw has a denominator.

    Source:
        Koehn P 2004, Statistical significance tests for machine translation evaluation, EMNLP (paired bootstrap);
        Field CA, Welsh AH 2007, Bootstrapping clustered data, J R Stat Soc B 69:369-390.
    """
    kinds = sorted(set(families))
    if len(kinds) < _FEWEST_FAMILIES:
        return None
    sums = np.zeros((len(kinds), 4))
    place = {family: row for row, family in enumerate(kinds)}
    for family, a, b in zip(families, then, now, strict=True):
        sums[place[family]] += (a.above, a.below, b.above, b.below)
    drawn = np.random.default_rng(seed).integers(0, len(kinds), size=(_RESAMPLES, len(kinds)))
    above_then, below_then, above_now, below_now = sums[drawn].sum(axis=1).T
    counted = (below_then > 0) & (below_now > 0)
    if not counted.any():
        return None
    change = above_now[counted] / below_now[counted] - above_then[counted] / below_then[counted]
    low, high = np.percentile(change, [2.5, 97.5])
    return Interval(float(low), float(high))


_METRIC = {m.name: m for m in METRICS}
