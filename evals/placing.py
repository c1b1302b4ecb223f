"""Weighs what speaks for a subject, and says how often the right one is chosen (``assistant.matching``).

``python -m evals.placing`` prints, by part of ``evals/phrasings/questions.jsonl``, how many questions land on a
subject that their writer accepts; ``--write`` weighs anew on the part ``train`` first, and fits when a
subject holds no answer (``evals.holding``). The weights are those of a
conditional logit: each crux of a question competes with the others by the sum of its weighted features.

Source: McFadden D 1974, Conditional logit analysis of qualitative choice behavior, in: Zarembka P (ed.), Frontiers in
econometrics: 105-142.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.door import Assistant
from assistant.framing import frame
from assistant.matching import WEIGHTS, features, packaged_weights, weighed
from assistant.planning import nearest_point, plan
from assistant.relevance import queries
from corpus.predicates import holds
from corpus.retriever import Retriever
from corpus.snapshot import Snapshot
from evals import holding
from evals.phrasing import share_in_words
from evals.screening import read_phrasings
from guardrails.types import Detail

_PENALTY = 3e-4
_ALSO_RIGHT = 0.5  # what a subject that would answer as well weighs beside the best one
# Chosen, as few labelled questions tell: an operation decides, and nobody is answered on one that they did not have.
_BOUNDS = {"fits_operation": (2.5, None), "unfit_operation": (None, -1.5), "unfit_subject": (None, -1.5)}
_FOLDS = 5
_SEED = 20261130
# The scores are brought to the mean and spread that they had when other thresholds were chosen (decision 29).
_MEAN, _SPREAD = 0.587, 0.0966
_TOP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question with the subjects its writer accepts, the best first, and the features of each that may answer."""

    id: str
    right: tuple[str, ...]
    features: Mapping[str, Mapping[str, float]]
    point: int | None = None
    found: int | None = None
    """The narrower question of the best subject that is asked, and the one that the product takes it for."""
    taken: str | None = None
    """The subject that the product answers from, if it answers."""

    def order(self, weights: Mapping[str, float] | None = None) -> list[tuple[str, float]]:
        """Return the subjects with their scores, best first, by `weights` or by the packaged ones."""
        scores = {crux: _score(found, weights) for crux, found in self.features.items()}
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _score(found: Mapping[str, float], weights: Mapping[str, float] | None) -> float:
    return weighed(found) if weights is None else sum(weights[name] * value for name, value in found.items())


def choices(part: str, snapshot: Snapshot, name: str = "questions") -> Iterator[Choice]:
    """Yield the questions of a part of a file of phrasings, each with what the product finds for it."""
    library, retriever = snapshot.library, Retriever(snapshot)
    for phrasing in read_phrasings(name, part):
        case = frame((phrasing["text"],), library)
        retrieved = retriever.retrieve(queries(case, library))
        hits = [(library.crux_by_id[h.crux_id], h) for h in retrieved.cruxes]
        answering = plan(case, retrieved, library, Detail.BRIEF).crux
        found = {
            crux.id: features(crux, hit, case, library)
            for crux, hit in hits
            if crux.outside is None or not holds(crux.outside, case.known)
        }
        right = tuple(phrasing["subjects"])
        asked = int(phrasing["point"].removeprefix("p")) if phrasing["point"] else None
        taken = next((nearest_point(crux, hit, case) for crux, hit in hits if crux.id in right[:1]), None)
        yield Choice(
            id=phrasing["id"],
            right=right,
            features=found,
            point=asked,
            found=taken,
            taken=answering.id if answering else None,
        )


def fit(questions: Sequence[Choice]) -> dict[str, float]:
    """Return the weight of each feature, in units of log odds."""
    from scipy.optimize import minimize

    names = sorted(next(iter(questions[0].features.values())))
    rows = [pair for q in questions if (pair := _arrays(q, names)) is not None]
    bounds = [_BOUNDS.get(name, (None, None)) for name in names]
    found = minimize(_loss, np.zeros(len(names)), args=(rows,), jac=True, method="L-BFGS-B", bounds=bounds)
    return dict(zip(names, map(float, found.x), strict=True))


def _arrays(question: Choice, names: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """Return the features of each subject, and the share of the choice that each should have."""
    best = question.right[:1]
    wanted = np.array([1.0 if c in best else _ALSO_RIGHT * (c in question.right) for c in question.features])
    if not wanted.any():
        return None
    return np.array([[f[n] for n in names] for f in question.features.values()]), wanted / wanted.sum()


def _loss(weights: NDArray[Any], rows: Sequence[tuple[NDArray[Any], NDArray[Any]]]) -> tuple[float, NDArray[Any]]:
    total, slope = 0.0, np.zeros_like(weights)
    for found, wanted in rows:
        scores = found @ weights
        chance = np.exp(scores - scores.max())
        chance /= chance.sum()
        total -= float(wanted @ np.log(chance + 1e-12))
        slope += found.T @ (chance - wanted)
    return total / len(rows) + _PENALTY * float(weights @ weights), slope / len(rows) + 2 * _PENALTY * weights


def scaled(weights: Mapping[str, float], questions: Sequence[Choice]) -> dict[str, float]:
    """Return `weights` with a start, so that the best scores have the mean and the spread of earlier ones."""
    best = [question.order(weights)[0][1] for question in questions]
    factor = _SPREAD / float(np.std(best))
    start = _MEAN - factor * float(np.mean(best))
    return {"start": round(start, 5)} | {name: round(factor * weight, 5) for name, weight in weights.items()}


def crossed(questions: Sequence[Choice]) -> int:
    """Return how many of `questions` land right by weights that were fitted without them."""
    fold = np.random.default_rng(_SEED).integers(0, _FOLDS, len(questions))
    total = 0
    for number in range(_FOLDS):
        weights = fit([q for q, f in zip(questions, fold, strict=True) if f != number])
        total += sum(_lands(q, weights) for q, f in zip(questions, fold, strict=True) if f == number and q.right)
    return total


def _lands(question: Choice, weights: Mapping[str, float] | None = None, top: int = 1) -> bool:
    return any(crux in question.right for crux, _ in question.order(weights)[:top])


def report(part: str, questions: Sequence[Choice]) -> str:
    """Return the line of a part: right first, right among three, and what happens where no subject answers."""
    asked = [q for q in questions if q.right]
    none = [q for q in questions if not q.right]
    taken = [q for q in asked if q.taken is not None]
    left = sum(q.taken is None for q in none)
    first_three = sum(_lands(q, top=_TOP) for q in asked)
    return (
        f"{part}: right subject {share_in_words(sum(map(_lands, asked)), len(asked))}; among the first three "
        f"{share_in_words(first_three, len(asked))}; taken for supported {share_in_words(len(taken), len(asked))}; "
        f"answered from a right one {share_in_words(sum(q.taken in q.right for q in asked), len(asked))}; "
        f"where none answers, left unanswered {share_in_words(left, len(none))}; {_narrower(asked)}"
    )


def _narrower(asked: Sequence[Choice]) -> str:
    narrow, broad = [q for q in asked if q.point is not None], [q for q in asked if q.point is None]
    found = share_in_words(sum(q.found == q.point for q in narrow), len(narrow))
    other = share_in_words(sum(q.found not in (None, q.point) for q in narrow), len(narrow))
    needless = share_in_words(sum(q.found is not None for q in broad), len(broad))
    return f"narrower question found {found}, another taken for it {other}, one taken where none is asked {needless}"


def main() -> None:
    """Print the figures of each part asked for; with ``--write`` weigh anew first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["train", "dev"], metavar="part", help="train, dev, held")
    parser.add_argument("--write", action="store_true", help="weigh anew on the part train")
    options = parser.parse_args()
    snapshot = Assistant().snapshot
    if options.write:
        questions = list(choices("train", snapshot))
        WEIGHTS.write_text(json.dumps(scaled(fit(questions), questions), indent=1) + "\n", encoding="utf-8")
        asked = [q for q in questions if q.right]
        packaged_weights.cache_clear()
        print(*holding.write(snapshot), sep="\n")
        print(f"train, weighed without them: right subject {share_in_words(crossed(questions), len(asked))}")
    for part in options.parts:
        for name in ("questions", "unanswerable"):
            if found := list(choices(part, snapshot, name)):
                print(report(f"{name}, {part}", found))


if __name__ == "__main__":
    main()
