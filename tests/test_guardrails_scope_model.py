"""The scope's model: its features, its decision, and that the packaged one is what its training gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scoping import training
from guardrails.scope import NEXT_TURN, outside
from guardrails.scope.deciding import REASONS
from guardrails.scope.learned import Models, Net, Scoping, kind_of_outside, packaged_models
from guardrails.scope.signs import signs
from guardrails.suspicion import features

EMPTY = Net(bias=0.0, words={}, signs={})
KINDS = {"lay": EMPTY, "medicine": Net(bias=1.0, words={}, signs={}), "other": EMPTY, "region": EMPTY}


def models(net: Net, threshold: float = 0.0) -> Models:
    scoping = Scoping(outside=net, kinds=KINDS, threshold=threshold)
    return Models(with_vector=scoping, without=scoping)


def test_a_score_is_bias_words_signs_and_vector():
    net = Net(bias=1.0, words={"calf": 48**0.5}, signs={"knee": -4.0}, vector=(0.5, 1.0))
    assert net.score(frozenset({"calf", *map(str, range(47))}), frozenset({"knee", "x"}), (2.0, 3.0)) == pytest.approx(
        1 + 1 - 4 + 4
    )


def test_a_vector_of_another_length_is_an_error_and_not_a_guess():
    with pytest.raises(ValueError, match="shorter|longer"):
        Net(bias=0.0, words={}, signs={}, vector=(1.0,)).score(frozenset(), frozenset(), (1.0, 2.0))


def test_from_the_threshold_on_a_text_is_outside_and_its_kind_is_the_likeliest():
    assert kind_of_outside("x", models=models(Net(bias=0.5, words={}, signs={}), threshold=0.5)) == "medicine"
    assert kind_of_outside("x", models=models(Net(bias=0.5, words={}, signs={}), threshold=0.6)) is None


def test_every_kind_has_a_reason_of_its_own():
    packaged = packaged_models()
    assert set(packaged.with_vector.kinds) == set(packaged.without.kinds) == set(REASONS)
    assert len(packaged.with_vector.outside.vector) == 2 * 384 + 4
    assert not packaged.without.outside.vector


def test_the_packaged_model_knows_no_word_that_its_training_texts_lack(library):
    expand = library.normaliser.expand
    known = frozenset(f for text, *_ in training(library) for f in features(expand(text)))
    assert set(packaged_models().with_vector.outside.words) <= known
    assert set(packaged_models().without.outside.words) <= known


SIGNS = [
    ("de quervains in a new mum", "region without knee"),
    ("calf strain, knee fine", "cleared without knee"),
    ("my dads knee is sore", "my relative"),
    ("she takes naproxen for her knee", "medicine as a fact"),
    ("which naproxen dose for her knee", "medicine with choosing"),
    ("does it hold for men", "bare, goes on"),
    ("i twisted my knee", "first person of a leg"),
]


@pytest.mark.parametrize(("text", "sign"), SIGNS)
def test_a_sign_stands_for_what_a_question_is_about(text, sign):
    assert sign in signs(text)


def test_what_a_patient_is_quoted_to_say_is_not_said_by_the_asker():
    assert "first person" not in signs('client says "my knee aches at night". which test?')
    assert "first person" in signs("my knee aches at night. which test?")


def test_a_turn_that_is_inside_by_itself_or_with_what_was_asked_before_is_answered():
    knee, film = "does a weak calf cause knee pain", "what is your favourite film"
    assert outside(film, film) is not None
    assert outside("and if she is 70?", f"{knee}{NEXT_TURN}and if she is 70?") is None


@given(st.text(max_size=200), st.booleans())
def test_any_text_has_one_length_and_is_strange_where_it_is_said_to_be(text, is_strange):
    shown = signs(text, is_strange=is_strange)
    assert sum(s.startswith("length ") for s in shown) == 1
    assert ("strange" in shown) is is_strange
