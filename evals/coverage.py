"""How often the 95 % interval of a share covers the true rate, in simulated runs whose cases come in families.

``python -m evals.coverage`` prints the table of docs/figures.md: Wilson's interval as if every case stood alone, beside
the one that the reports use.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from evals.intervals import effective_size
from evals.metrics import Interval, Ratio, wilson_interval

RUNS = 1_000
SIZES = (40, 100, 250)
RATES = (0.8, 0.95, 0.99)
CORRELATIONS = (0.0, 0.3)
LARGEST_FAMILY = 5
_SEED = 20261130


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is simulated: runs of `n` cases that pass at `rate`, two of one family correlated by `correlation`."""

    n: int
    rate: float
    correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The share of intervals that hold the true rate, and their mean width."""

    share: float
    width: float


def simulated(setting: Setting, *, runs: int = RUNS, seed: int = _SEED) -> tuple[Covered, Covered]:
    """Return how Wilson's interval does, and how the clustered one, over `runs` simulated runs.

    >>> plain, clustered = simulated(Setting(n=40, rate=0.8, correlation=0.3), runs=50, seed=1)
    >>> plain.share < clustered.share
    True
    """
    rng = np.random.default_rng(seed)
    plain, clustered = [], []
    for _ in range(runs):
        sizes = family_sizes(setting.n, rng)
        passed = passes(setting, sizes, rng)
        total = float(passed.sum())
        size = effective_size([Ratio(float(s), float(m)) for s, m in zip(passed, sizes, strict=True)])
        plain.append(wilson_interval(total, setting.n))
        clustered.append(wilson_interval(total / setting.n * size, size))
    return _covered(plain, setting.rate), _covered(clustered, setting.rate)


def family_sizes(n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return sizes of 1 to `LARGEST_FAMILY`, each as likely, that add up to `n`; the last is cut to fit."""
    sizes = rng.integers(1, LARGEST_FAMILY + 1, size=n)
    ends = np.minimum(np.cumsum(sizes), n)
    cut = np.diff(ends, prepend=0)
    return cut[cut > 0]


def passes(setting: Setting, sizes: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Return how many cases of each family pass.

    Source:
        Lunn AD, Davies SJ 1998, A note on generating correlated binary variables, Biometrika 85:487-490: each case
        takes its family's outcome with the chance of the correlation's root, else one of its own.
    """
    family = np.repeat(np.arange(len(sizes)), sizes)
    shared = rng.random(len(sizes)) < setting.rate
    own = rng.random(setting.n) < setting.rate
    follows = rng.random(setting.n) < math.sqrt(setting.correlation)
    return np.bincount(family, weights=np.where(follows, shared[family], own)).astype(np.int64)


def _covered(intervals: list[Interval | None], rate: float) -> Covered:
    limits = np.array([(i.low, i.high) for i in intervals if i is not None])
    held = (limits[:, 0] <= rate) & (rate <= limits[:, 1])
    return Covered(share=float(held.mean()), width=float((limits[:, 1] - limits[:, 0]).mean()))


def lines(*, runs: int = RUNS) -> Iterator[str]:
    """Yield a line a setting, as a row of a Markdown table."""
    yield "| n | rate | correlation | Wilson covers | width | clustered covers | width |"
    yield "|---|---|---|---|---|---|---|"
    for n, rate, correlation in product(SIZES, RATES, CORRELATIONS):
        found = simulated(Setting(n=n, rate=rate, correlation=correlation), runs=runs)
        cells = (f"{100 * c.share:.1f} % | {100 * c.width:.1f}" for c in found)
        yield f"| {n} | {rate} | {correlation} | {' | '.join(cells)} |"


def main() -> int:
    """Print the table."""
    for line in lines():
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
