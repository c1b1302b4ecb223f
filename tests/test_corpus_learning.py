"""What is learned of phrasings, and the words of cruxes: groups are told apart, and what is saved comes back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching import features, packaged_weights
from corpus.asks import CruxHit
from corpus.crux_words import CruxWords
from corpus.learning import learned, predicted
from corpus.library import read_library
from guardrails.types import Case, Intent

LIBRARY = read_library()
WORDS = CruxWords.build(LIBRARY.cruxes, LIBRARY.normaliser)


def around(centre, count, rng):
    rows = np.asarray(centre) + rng.normal(scale=0.1, size=(count, len(centre)))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_groups_are_told_apart_and_a_stranger_is_of_none():
    rng = np.random.default_rng(7)
    vectors = np.vstack([around([1, 0, 0, 0], 30, rng), around([0, 1, 0, 0], 20, rng)])
    told = learned(vectors, ["a"] * 30 + ["b"] * 20)
    questions = np.vstack([around([1, 0, 0, 0], 1, rng), around([0, 1, 0, 0], 1, rng), around([0, 0, 1, 0], 1, rng)])
    found = predicted(questions @ vectors.T, told)
    assert (found[0, 0] > 0.8, found[0, 1] < 0.2) == (True, True)
    assert (found[1, 1] > 0.8, found[1, 0] < 0.2) == (True, True)
    assert found[2].max() < 0.7


def test_nothing_is_learned_of_nothing():
    assert learned(np.zeros((0, 4), dtype=np.float32), []).shape == (0, 0)


@given(st.text(max_size=200))
def test_shares_lie_between_none_and_all(text):
    for share in WORDS.shares([LIBRARY.normaliser.expand(text)]).values():
        assert 0.0 <= share.spoken_of <= 1.0
        assert 0.0 <= share.named <= 1.0
        assert all(count >= 0 for count in share.points)


def test_what_is_saved_comes_back(tmp_path):
    WORDS.save(tmp_path)
    question = ["may she kneel on her new knee after a total knee replacement?"]
    assert CruxWords.load(tmp_path, LIBRARY.normaliser).shares(question) == WORDS.shares(question)


@pytest.mark.parametrize("damage", ["{}", "not JSON"])
def test_damaged_words_are_refused(tmp_path, damage):
    (tmp_path / "crux-words.json").write_text(damage)
    with pytest.raises((ValueError, KeyError)):
        CruxWords.load(tmp_path, LIBRARY.normaliser)


def test_a_rare_word_of_a_subject_weighs_more_than_common_ones():
    shares = WORDS.shares(["blood flow restriction for his knee?"])
    best = max(shares, key=lambda crux: shares[crux].named)
    assert best == "blood-flow-restriction"
    assert max(WORDS.shares(["new patient"]).values(), key=lambda s: s.spoken_of).spoken_of < 0.5


def test_each_feature_has_a_weight_and_each_weight_a_feature():
    case = Case(turns=("Calf raises?",), asked="calf raises?", intent=Intent.POLAR, facts=())
    crux = LIBRARY.cruxes[0]
    found = features(crux, CruxHit(crux_id=crux.id, score=0.5, own_score=0.5), case, LIBRARY)
    assert {*found, "start"} == set(packaged_weights())
