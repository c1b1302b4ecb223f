"""Fits when the nearest subject holds no answer (``assistant.holding``), on questions of which people said so.

A logistic regression over the traits of a question and its nearest subject; both classes weigh the same. The threshold
is taken from scores of questions that the fit did not know, so that few of those that are answered are turned away.
``python -m evals.placing --write`` fits it, after the weights that the nearest subject is chosen by.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.framing import frame
from assistant.holding import WEIGHTS, doubt, packaged_holding, traits
from assistant.matching import ranked_cruxes
from assistant.relevance import queries
from corpus.retriever import Retriever
from corpus.snapshot import Snapshot
from evals.phrasing import share_in_words
from evals.screening import read_phrasings

_PENALTY = 0.01  # inverse strength; 0.1 is worse on a writer who was left out
_FOLDS = 5
_SEED = 20261130
_KEPT = 0.965  # share of the answerable questions that stay answered in cross-validation; the bound is 95 %
TRAINED_ON = (("questions", "train"), ("unanswerable", "train"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question's traits, and whether its writer knows no subject that answers it."""

    id: str
    is_unheld: bool
    traits: Mapping[str, float]


def asked(name: str, part: str, snapshot: Snapshot) -> Iterator[Asked]:
    """Yield the questions of a part of a file of phrasings that any subject may answer."""
    library, retriever = snapshot.library, Retriever(snapshot)
    for phrasing in read_phrasings(name, part):
        case = frame((phrasing["text"],), library)
        retrieved = retriever.retrieve(queries(case, library))
        ranking = ranked_cruxes(case, retrieved, library)
        if ranking:
            found = traits(case, ranking, retrieved, library)
            yield Asked(id=phrasing["id"], is_unheld=not phrasing["subjects"], traits=found)


def fit(questions: Sequence[Asked]) -> dict[str, float]:
    """Return the start and the weight of each trait, without a threshold."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = sorted(questions[0].traits)
    table = np.array([[q.traits[n] for n in names] for q in questions])
    scaler: Any = StandardScaler().fit(table)
    model: Any = LogisticRegression(C=_PENALTY, max_iter=4000, class_weight="balanced")
    model.fit(scaler.transform(table), [q.is_unheld for q in questions])
    weights = model.coef_[0] / scaler.scale_
    start = float(model.intercept_[0] - weights @ scaler.mean_)
    return {"start": round(start, 4)} | {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}


def crossed(questions: Sequence[Asked]) -> list[float]:
    """Return each question's doubt by a fit that was made without the fifth it is in."""
    fold = np.random.default_rng(_SEED).integers(0, _FOLDS, len(questions))
    fits = [fit([q for q, f in zip(questions, fold, strict=True) if f != n]) for n in range(_FOLDS)]
    return [doubt(q.traits, fits[int(f)]) for q, f in zip(questions, fold, strict=True)]


def trained(questions: Sequence[Asked]) -> dict[str, float]:
    """Return the weights with the threshold from the cross-validation."""
    held = [d for q, d in zip(questions, crossed(questions), strict=True) if not q.is_unheld]
    return fit(questions) | {"threshold": round(float(np.quantile(held, _KEPT)), 3)}


def write(snapshot: Snapshot) -> Iterator[str]:
    """Fit, write the weights, and yield what the cross-validation says of them, and each writer without the other."""
    parts = {name: list(asked(name, part, snapshot)) for name, part in TRAINED_ON}
    questions = [q for part in parts.values() for q in part]
    weights = trained(questions)
    WEIGHTS.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    packaged_holding.cache_clear()
    yield from told("unknown to the fit", questions, crossed(questions), weights["threshold"])
    for name, strangers in parts.items():
        known = trained([q for other, part in parts.items() if other != name for q in part])
        yield from told(
            f"{name}, by the other writer", strangers, [doubt(q.traits, known) for q in strangers], known["threshold"]
        )


def told(name: str, questions: Sequence[Asked], doubts: Sequence[float], threshold: float) -> Iterator[str]:
    """Yield how many of each kind would be left unanswered."""
    for is_unheld, kind in ((True, "that nothing answers"), (False, "that a subject answers")):
        own = [d for q, d in zip(questions, doubts, strict=True) if q.is_unheld is is_unheld]
        yield f"{name}: of those {kind}, left {share_in_words(sum(d >= threshold for d in own), len(own))}"
