"""Fits the guardrails' linear models: words scaled as ``guardrails.suspicion`` says, other columns not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guardrails.suspicion import scale

LEAST_WEIGHT = 0.01  # of the largest; words that weigh less are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Weights of the words, weights of the other columns in their order, and the bias."""

    words: dict[str, float]
    columns: tuple[float, ...]
    bias: float


def fitted(
    found: Sequence[frozenset[str]],
    is_one: Sequence[bool],
    penalty: float,
    columns: Sequence[Sequence[float]] = (),
    counted: Sequence[float] | None = None,
) -> Fitted:
    """Return a logistic regression over the words `found` in each text, and over `columns` where given.

    Args:
        found: the features of each text; without any in all of them the columns alone are fitted.
        is_one: of which class each text is.
        penalty: the inverse strength of regularisation.
        columns: a row of further values for each text.
        counted: how many times each text counts; once when left out.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, diags, hstack
    from sklearn.linear_model import LogisticRegression

    names = sorted(set().union(*found))
    matrix, spread = _spread(found, names, np.array(is_one))
    lengths = np.array([1 / scale(names_of) for names_of in found])
    whole: Any = diags(lengths) @ matrix @ diags(spread)
    if len(columns):
        whole = hstack([whole, csr_matrix(np.asarray(columns, dtype=float))]).tocsr()
    model: Any = LogisticRegression(C=penalty, max_iter=5000, class_weight="balanced")
    model.fit(whole, np.array(is_one), sample_weight=counted)
    weights = model.coef_[0][: len(names)] * spread
    least = LEAST_WEIGHT * np.abs(weights).max(initial=0.0)
    kept = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= least}
    others = tuple(round(float(w), 3) for w in model.coef_[0][len(names) :])
    return Fitted(words=kept, columns=others, bias=round(float(model.intercept_[0]), 2))


def _spread(found: Sequence[frozenset[str]], names: Sequence[str], is_one: Any) -> tuple[Any, Any]:
    """Return which text has which word, and each word's inverse frequency times its log-count ratio."""
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {name: n for n, name in enumerate(names)}
    pairs = [(row, place[name]) for row, names_of in enumerate(found) for name in sorted(names_of)]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    matrix: Any = csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(found), len(names)))
    inverse = np.log((1 + len(found)) / (1 + np.asarray(matrix.sum(0)).ravel())) + 1
    with_it, without = (1 + np.asarray(matrix[part].sum(0)).ravel() for part in (is_one, ~is_one))
    return matrix, inverse * np.abs(np.log((with_it / with_it.sum()) / (without / without.sum())))
