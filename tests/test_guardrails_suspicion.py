"""The net of words under the red-flag cues."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Action
from guardrails.suspicion import Net, features, packaged_net, scale, score, suspected, with_suspicion
from guardrails.types import Flagged

NET = Net(
    weights={"calf swollen": 12.0, "hot": 6.0, "stairs": -9.0},
    bias=-0.5,
    patterns={"dvt": {"calf swollen": 3.0}, "fracture": {"fell": 3.0, "hot": 0.5}},
    possible=0.0,
    sure=1.6,
)
PATTERNS = ("dvt", "fracture")


def lower(text):
    return text.lower()


def test_features_are_words_neighbours_and_near_pairs_within_a_sentence():
    assert features("calf red. hot") == {"calf", "calf red", "hot", "red"}
    assert features("calf is so red") >= {"calf _ so", "calf _ red", "is _ red"}
    assert features("") == frozenset()


def test_what_is_denied_is_another_feature_up_to_a_comma_or_a_turn():
    assert {"~hot", "not ~hot"} <= features("not hot")
    assert "hot" not in features("never red or hot")
    assert {"~fever", "hot"} <= features("no fever, hot")
    assert {"~fever", "hot"} <= features("no fever but hot")


def test_a_score_is_the_bias_and_the_weights_over_the_root_of_the_length():
    assert score(NET, features("")) == -0.5
    many = features("hot stairs " + " ".join(f"w{n}" for n in range(30)))
    assert score(NET, many) == pytest.approx(-0.5 + (6.0 - 9.0) / len(many) ** 0.5)


def test_a_text_of_a_few_words_is_judged_as_if_it_had_more():
    assert score(NET, features("hot")) == pytest.approx(-0.5 + 6.0 / 24**0.5)
    assert scale(features("hot")) == scale(features("hot stairs")) == 24**0.5


def test_what_weighs_enough_is_possible_and_what_weighs_more_is_sure():
    assert suspected(["stairs"], lower, PATTERNS, NET) is None
    possible = suspected(["hot"], lower, PATTERNS, replace(NET, sure=5.0))
    sure = suspected(["Calf swollen"], lower, PATTERNS, NET)
    assert (possible.is_sure, sure.is_sure) == (False, True)


def test_the_pattern_is_the_one_whose_words_were_typed_and_its_words_are_told():
    found = suspected(["Calf swollen, hot"], lower, PATTERNS, NET)
    assert found.pattern == "dvt"
    assert found.words[0] == "calf swollen"
    assert suspected(["he fell, hot"], lower, PATTERNS, NET).pattern == "fracture"


def test_the_last_turn_counts_alone_and_the_whole_conversation_counts():
    assert suspected(["stairs " * 3, "calf swollen"], lower, PATTERNS, replace(NET, possible=1.5)) is not None
    assert suspected(["calf swollen", "and then?"], lower, PATTERNS, replace(NET, possible=1.0)) is not None
    assert suspected(["and then?"], lower, PATTERNS, NET) is None


def test_the_net_adds_a_flag_and_clears_none(library):
    told = ("My patient woke with a hot swollen knee, shivering and 39.2, hates any movement of it. Calf raises?",)
    seen = Flagged(pattern="septic-arthritis", triggers=("hot",), action=Action.EMERGENCY)
    assert with_suspicion((seen,), told, library) == (seen,)
    refer = Flagged(pattern="crps", triggers=("burning",), action=Action.REFER)
    with_net = with_suspicion((refer,), told, library)
    assert refer in with_net
    assert len(with_net) == 2
    assert with_net[0].action.escalates


def test_a_flag_set_aside_is_not_raised_again_by_the_net(library):
    told = ("My patient woke with a hot swollen knee, shivering and 39.2, hates any movement of it. Calf raises?",)
    pattern = with_suspicion((), told, library)[0].pattern
    aside = Flagged(pattern=pattern, triggers=(), action=Action.EMERGENCY, dismissed="scanned clear")
    assert with_suspicion((aside,), told, library) == (aside,)


def test_a_plain_question_is_not_suspicious(library):
    for question in (
        "Does a weak calf cause knee pain?",
        "34F runner, PFP for 3 months, SLHR 14 L v 27 R. Calf or hip first?",
    ):
        assert with_suspicion((), (question,), library) == ()


def test_every_pattern_that_escalates_can_be_named(library):
    assert {f.id for f in library.red_flags if f.action.escalates} <= set(packaged_net().patterns)


@pytest.mark.parametrize("pattern", ["dvt", "fracture", "cauda-equina", "self-harm"])
def test_what_may_be_a_flag_opens_the_answer_and_does_not_stop_it(assistant, monkeypatch, pattern):
    flag = next(f for f in assistant.snapshot.library.red_flags if f.id == pattern)
    possible = Flagged(pattern=pattern, triggers=("word",), action=flag.action, is_possible=True)
    monkeypatch.setattr("assistant.screening.with_suspicion", lambda *_: (possible,))
    found = assistant.ask("Six months of anterior knee pain in a runner: calf raises or hip work first?")
    assert found.status.value == "answered"
    assert found.verdict.passed
    first = found.draft.sections[0]
    assert first.kind.value == "safety"
    assert first.claims[0].text.startswith("Rule out first")
    assert flag.suspected in first.claims[0].text


@given(st.text(max_size=300))
def test_any_text_has_a_score(text):
    assert score(NET, features(text.lower())) <= 10.0
