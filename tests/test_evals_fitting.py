"""The fit of the guardrails' linear models: what tells two classes apart gets the weight, and the same in each run."""

from __future__ import annotations

import numpy as np
import pytest

from evals.fitting import LEAST_WEIGHT, fitted
from guardrails.suspicion import scale

TEXTS = [frozenset({"calf", "red"}), frozenset({"calf", "hot"}), frozenset({"knee", "stiff"}), frozenset({"knee"})] * 6
FLAGGED = [True, True, False, False] * 6


def odds(fit, words, columns=()):
    worded = sum(fit.words.get(w, 0.0) for w in words) / scale(words)
    return fit.bias + worded + sum(w * c for w, c in zip(fit.columns, columns, strict=True))


def test_words_of_one_class_weigh_for_it_and_those_of_the_other_against_it():
    fit = fitted(TEXTS, FLAGGED, 1.0)
    assert fit.words["calf"] > 0 > fit.words["knee"]
    assert all((odds(fit, words) > 0) is flagged for words, flagged in zip(TEXTS, FLAGGED, strict=True))


def test_a_word_of_both_classes_weighs_nothing_and_is_left_out():
    texts = [words | {"old"} for words in TEXTS]
    fit = fitted(texts, FLAGGED, 1.0)
    assert "old" not in fit.words
    assert min(map(abs, fit.words.values())) >= LEAST_WEIGHT * max(map(abs, fit.words.values())) - 0.005


def test_columns_are_weighed_beside_words_in_their_order():
    rng = np.random.default_rng(7)
    telling = [1.0 if flagged else -1.0 for flagged in FLAGGED]
    columns = [[float(noise), value] for noise, value in zip(rng.normal(size=len(TEXTS)), telling, strict=True)]
    fit = fitted([frozenset({"same"})] * len(TEXTS), FLAGGED, 1.0, columns)
    assert len(fit.columns) == 2
    assert fit.columns[1] > abs(fit.columns[0])


def test_without_any_word_the_columns_alone_are_fitted():
    fit = fitted([frozenset()] * len(TEXTS), FLAGGED, 1.0, [[float(flagged)] for flagged in FLAGGED])
    assert fit.words == {}
    assert odds(fit, frozenset(), (1.0,)) > 0 > odds(fit, frozenset(), (0.0,))


def test_a_weaker_penalty_lets_weights_grow():
    strict, loose = (fitted(TEXTS, FLAGGED, penalty) for penalty in (0.1, 10.0))
    assert abs(loose.words["calf"]) > abs(strict.words["calf"])


def test_the_same_texts_give_the_same_fit_whatever_their_order():
    backwards = fitted(TEXTS[::-1], FLAGGED[::-1], 1.0)
    fit = fitted(TEXTS, FLAGGED, 1.0)
    assert fit == fitted(TEXTS, FLAGGED, 1.0)
    assert backwards.words == pytest.approx(fit.words, abs=0.02)


def test_one_class_alone_cannot_be_fitted():
    with pytest.raises(ValueError, match="class"):
        fitted(TEXTS, [True] * len(TEXTS), 1.0)
