"""What sets the phrasings of one group apart from those of the others, learned when the index is built.

The nearest phrasing alone is often a stranger's that shares the words; kernel ridge regression weighs all of them at
once. Of phrasings left out in turn (five folds, 87 cruxes, 4,234 phrasings) it gives 62 % to the right crux, the
nearest phrasing 44 %; ``python -m evals.placing`` prints how well questions are placed. Deterministic, and nothing
to download: what is learned is made from the library's own phrasings, a clinic's included.

Source: Saunders C, Gammerman A, Vovk V 1998, Ridge regression learning algorithm in dual variables, ICML: 515-521.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Coefficients: TypeAlias = NDArray[np.float32]
"""A row for each phrasing, a column for each group in the order of names."""

_SHARPNESS = 2.0  # of the kernel exp(sharpness * (cosine - 1)); with the penalty chosen by five folds, see above
_PENALTY = 0.3
_MOST = 6_000  # phrasings that are learned from: the cost grows with their number cubed, 6,000 take some 10 s


def learned(vectors: NDArray[np.float32], groups: Sequence[str]) -> Coefficients:
    """Return what tells each of `groups` from the others, to be used by ``predicted``.

    Args:
        vectors: a row of length 1 for each phrasing.
        groups: the group each is of. Beyond 6,000 phrasings as many, evenly spaced, are learned from.
    """
    names = sorted(set(groups))
    coefficients = np.zeros((len(groups), len(names)))
    if names:
        used = np.unique(np.linspace(0, len(groups) - 1, min(len(groups), _MOST)).astype(int))
        column = {name: n for n, name in enumerate(names)}
        wanted = np.eye(len(names))[[column[groups[int(n)]] for n in used]]
        some = vectors[used].astype(np.float64)
        kernel = _kernel(some @ some.T) + _PENALTY * np.eye(len(used))
        coefficients[used] = np.linalg.solve(kernel, wanted)
    return coefficients.astype(np.float32)


def predicted(cosines: NDArray[np.float32], coefficients: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return for each question (rows) how much it is of each group (columns), mostly from 0 to 1.

    Args:
        cosines: of each question with each phrasing.
        coefficients: from ``learned``, over the same phrasings; as float64 they need no copy a question.
    """
    return _kernel(cosines.astype(np.float64)) @ coefficients


def _kernel(cosines: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.exp(_SHARPNESS * (cosines - 1.0))
