"""95 % intervals over cases that come in families: related cases are fewer observations than they look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scipy.special import stdtrit

from evals.metrics import Interval, Ratio, bootstrap_interval, sum_of, wilson_interval

_UPPER = 0.975


def share_interval(outcomes: Sequence[float], families: Sequence[str]) -> Interval | None:
    """Return the 95 % interval of a share, given each case's 0 or 1 and its family; None without cases.

    It is Wilson's on `effective_size`: of cases that are all families of their own, Wilson's own. How often such an
    interval covers is simulated by ``python -m evals.coverage``.

    >>> limits = share_interval([1.0] * 57 + [0.0] * 3, [f"case-{n}" for n in range(60)])
    >>> round(limits.low, 3), round(limits.high, 3)
    (0.863, 0.983)

    Source:
        Korn EL, Graubard BI 1998, Confidence intervals for proportions with small expected number of positive counts
        estimated from survey data, Surv Methodol 24:193-201: an interval for independent cases, on the effective size.
    """
    grouped = by_family([Ratio(outcome, 1.0) for outcome in outcomes], families)
    whole = sum_of(grouped)
    if whole.value is None:
        return None
    size = effective_size(grouped)
    return wilson_interval(whole.value * size, size)


def effective_size(grouped: Sequence[Ratio]) -> float:
    """Return how many independent cases the families are worth: their successes and sizes are given.

    The number of cases over the design effect, which is estimated from the families and never taken below 1, and
    shortened for the few families that it is estimated from. Where every case came out alike there is nothing to
    estimate it from; then the cases of a family count as wholly alike.

    >>> round(effective_size([Ratio(1.0, 1.0)] * 9 + [Ratio(0.0, 1.0)]), 6)
    10.0
    >>> effective_size([Ratio(4.0, 4.0)] * 10)
    10.0

    Source:
        Kish L 1965, Survey sampling, New York: the design effect, here by the variance of a ratio of family totals;
        Korn EL, Graubard BI 1998, Surv Methodol 24:193-201: the correction by the two quantiles of t.
    """
    whole, families = sum_of(grouped), len(grouped)
    cases = whole.below
    share = whole.above / cases
    spread = share * (1 - share)
    if families == 1 or not spread:
        return cases * cases / sum(r.below**2 for r in grouped)
    between = families / (families - 1) * sum((r.above - share * r.below) ** 2 for r in grouped)
    design_effect = max(1.0, between * (cases - 1) / (cases * cases * spread))
    shortened = (stdtrit(cases - 1, _UPPER) / stdtrit(families - 1, _UPPER)) ** 2
    return float(cases / design_effect * shortened)


def ratio_interval(parts: Sequence[Ratio], families: Sequence[str], *, seed: int) -> Interval | None:
    """Return the 95 % interval of a mean or ratio of scores from 0 to 1; None where nothing stands below.

    Families are drawn again with replacement. Where no draw differs, as where every case scored 1, the bootstrap has
    no width, and Wilson's limits on the effective size stand for it: a score from 0 to 1 varies no more than a share.

    Source:
        Efron B 1979 (see `bootstrap_interval`); Davison AC, Hinkley DV 1997, Bootstrap methods and their application,
        Cambridge, sec. 3.8: resampling whole clusters.
    """
    grouped = by_family(parts, families)
    value = sum_of(grouped).value
    limits = bootstrap_interval([r.above for r in grouped], [r.below for r in grouped], seed=seed)
    if limits is None or value is None or limits.low < limits.high:
        return limits
    size = len(parts) ** 2 / sum(count**2 for count in Counter(families).values())
    return wilson_interval(value * size, size)


def by_family(parts: Sequence[Ratio], families: Sequence[str]) -> list[Ratio]:
    """Return the sum of each family's parts, in the order in which families first come.

    >>> by_family([Ratio(1.0, 1.0), Ratio(0.0, 1.0), Ratio(1.0, 1.0)], ["a", "b", "a"])
    [Ratio(above=2.0, below=2.0), Ratio(above=0.0, below=1.0)]
    """
    grouped: dict[str, list[Ratio]] = {}
    for part, family in zip(parts, families, strict=True):
        grouped.setdefault(family, []).append(part)
    return [sum_of(group) for group in grouped.values()]
