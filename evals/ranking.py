"""Metrics of a ranking against judgements, each a pure function; of an empty set None.

`ranked` are ids, best first; `grades` the judged ones above 0, by id.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from evals.metrics import Interval

_DRAWS = 10_000  # of the bootstrap; the interval's ends then move by less than a hundredth of its width


def ndcg_at(k: int, ranked: Sequence[str], grades: Mapping[str, int]) -> float | None:
    """Return the discounted gain of the first `k`, as a share of the best possible.

    >>> round(ndcg_at(10, ["a", "x", "b"], {"a": 1, "b": 2}), 3)
    0.76

    Source:
        Järvelin K, Kekäläinen J 2002, Cumulated gain-based evaluation of IR techniques, ACM Trans Inf Syst 20:422-446,
        with linear gain.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:k])
    return _gain([grades.get(i, 0) for i in ranked[:k]]) / best if best else None


def _gain(grades: Sequence[int]) -> float:
    return sum(g / math.log2(place + 1) for place, g in enumerate(grades, start=1))


def recall_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float | None:
    """Return which share of `relevant` stands among the first `k`.

    >>> recall_at(2, ["a", "x", "b"], {"a", "b"})
    0.5

    Source:
        Manning CD, Raghavan P, Schütze H 2008, Introduction to information retrieval, Cambridge, ch. 8.
    """
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else None


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float | None:
    """Return one over the place of the first relevant entry, 0 where there is none.

    >>> reciprocal_rank(["x", "a"], {"a"})
    0.5

    Source:
        Voorhees EM 1999, The TREC-8 question answering track report, TREC-8: the mean of it is MRR.
    """
    if not relevant:
        return None
    return next((1 / place for place, i in enumerate(ranked, start=1) if i in relevant), 0.0)


def has_all_sides(k: int, ranked: Sequence[str], sides: Mapping[str, Collection[str]]) -> bool | None:
    """Return whether each side has one of its relevant entries among the first `k`; None where a side has none at all.

    >>> has_all_sides(2, ["a", "x", "b"], {"one": {"a"}, "other": {"b"}})
    False

    Source:
        Chen HT, Choi E 2024, Open-world evaluation for retrieving diverse perspectives (BERDS): viewpoint recall, that
        is MRecall at k, here of whether every side is there.
    """
    if not sides or not all(sides.values()):
        return None
    first = set(ranked[:k])
    return all(first & set(entries) for entries in sides.values())


def paired_interval(differences: Sequence[float], *, seed: int) -> Interval | None:
    """Return the 95 % percentile bootstrap interval of the mean of paired `differences`.

    Source:
        Efron B, Tibshirani RJ 1993, An introduction to the bootstrap, New York, ch. 13.
    """
    if not differences:
        return None
    values = np.asarray(differences)
    draws = np.random.default_rng(seed).integers(0, len(values), size=(_DRAWS, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return Interval(low=float(low), high=float(high))
