"""From turns to a case: facts with the words that said them, replaced by later ones, and whom the asker named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.framing import frame
from assistant.quoting import Typed
from corpus.facts import FACT_KINDS
from corpus.library import read_library
from guardrails.types import Intent

LIBRARY = read_library()


def fact(case, name):
    return next(f for f in case.facts if f.name == name and f.replaced_by is None)


def framed(*turns):
    return frame(turns, LIBRARY)


def test_a_later_turn_replaces_a_fact_and_keeps_the_old_one_with_what_replaced_it():
    case = framed("34M runner, L knee pain", "sorry, he is 43")
    old, new = [f for f in case.facts if f.name == "age"]
    assert (old.value, old.turn, old.replaced_by) == (34.0, 1, new.id)
    assert (new.value, new.turn, new.replaced_by) == (43.0, 2, None)
    assert case.known["age"] == 43.0


def test_a_fact_said_again_with_the_same_value_is_kept_once():
    case = framed("34M runner, L knee pain", "34M runner, still L knee pain")
    names = [f.name for f in case.facts]
    assert len(names) == len(set(names))
    assert all(f.turn == 1 for f in case.facts)


def test_a_set_grows_over_turns_and_never_shrinks():
    case = framed("AKP, tried taping", "also tried orthotics", "tried taping again")
    assert case.known["tried"] == frozenset({"taping", "orthoses"})
    assert [f.replaced_by for f in case.facts if f.name == "tried"][-1] is None


def test_facts_are_numbered_in_order_without_gaps():
    case = framed("R AKP 6/12, 28F runner, SLHR 11 R v 26 L", "now SLHR 20 R v 26 L, he is 30")
    assert [f.id for f in case.facts] == [f"f{n}" for n in range(1, len(case.facts) + 1)]
    ids = {f.id for f in case.facts}
    assert all(f.replaced_by in ids for f in case.facts if f.replaced_by)


def test_lower_and_higher_side_gap_and_symmetry_follow_from_the_two_sides():
    known = framed("SLHR 11 R v 26 L").known
    assert {k: known[f"heel_rise.{k}"] for k in ("low", "high", "gap", "lsi")} == {
        "low": 11.0,
        "high": 26.0,
        "gap": 15.0,
        "lsi": 42.0,
    }


def test_new_heel_rises_give_a_new_symmetry_and_the_old_is_replaced():
    case = framed("SLHR 11 R v 26 L", "retest: SLHR 24 R v 26 L")
    assert case.known["heel_rise.lsi"] == 92.0
    assert case.known["heel_rise.gap"] == 2.0


def test_one_side_measured_again_gives_a_new_symmetry_with_the_other():
    assert framed("SLHR 11 R v 26 L", "SLHR on the right is 22 now").known["heel_rise.lsi"] == 85.0


def test_a_later_pair_without_sides_gives_the_new_symmetry():
    known = framed("SLHR 11 R v 26 L", "six weeks later SLHR 24/27").known
    assert (known["heel_rise.low"], known["heel_rise.high"], known["heel_rise.lsi"]) == (24.0, 27.0, 89.0)


def test_later_sides_replace_an_earlier_pair_without_sides():
    known = framed("SLHR 14/27", "SLHR L 20 R 25").known
    assert (known["heel_rise.low"], known["heel_rise.high"], known["heel_rise.lsi"]) == (20.0, 25.0, 80.0)


def test_no_rise_on_either_side_gives_no_symmetry():
    known = framed("SLHR 0 L v 0 R").known
    assert known["heel_rise.gap"] == 0.0
    assert "heel_rise.lsi" not in known


def test_a_gap_within_the_wall_test_is_derived_and_a_symmetry_of_it_is_not():
    known = framed("KTW R 9cm L 12cm").known
    assert known["knee_to_wall.gap"] == 3.0
    assert {k for k in known if k.startswith("knee_to_wall")} <= set(FACT_KINDS)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("R AKP 6/12, 28F runner", "age", "28F"),
        ("R AKP 6/12, 28F runner", "duration.weeks", "6/12"),
        ("R AKP 6/12, 28F runner", "condition", "AKP"),
        ("34-year-old Runner, SLHR 11 R v 26 L", "heel_rise.lsi", "SLHR 11 R v 26 L"),
        ("34-year-old Runner, SLHR 11 R v 26 L", "sport", "Runner"),
        ("34-year-old Runner, SLHR 11 R v 26 L", "age", "34-year-old"),
        ("6 weeks post ACLR, HS graft", "surgery.weeks", "6 weeks post ACLR"),
        ("6 weeks post ACLR, HS graft", "surgery.graft", "HS graft"),
        ("Runner\u2019s knee on the left", "condition", "Runner\u2019s knee"),
        ("L MM repair 4/52, PWB", "weight_bearing", "PWB"),
        ("quads  LSI\n62 %", "quads.lsi", "quads  LSI\n62 %"),
        ("🦵 KTW R 9cm L 12cm", "knee_to_wall.gap", "KTW R 9cm L 12cm"),
    ],
)
def test_said_is_what_was_typed(text, name, said):
    assert fact(framed(text), name).said == said


@given(st.text(alphabet="RLrl 0123456789/,.-'\u2019SLHRAKPvmFfwks\n", max_size=80))
@settings(max_examples=150, deadline=None)
def test_said_always_stands_in_the_text_or_in_its_expansion(text):
    expanded = " ".join(LIBRARY.normaliser.expand(text).split())
    for found in frame([text or " "], LIBRARY).facts:
        assert found.said in text or found.said in expanded


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_framed(text):
    assert frame([text], LIBRARY).turns == (text,)


def test_words_of_an_expansion_stand_for_all_of_the_shorthand_they_came_from():
    typed = Typed("R AKP today", "r anterior knee pain today")
    assert typed.words(2, 10) == "AKP"


def test_a_part_of_the_expansion_that_was_not_typed_is_quoted_as_expanded():
    assert Typed("", "anterior knee pain").words(0, 8) == "anterior"


def test_units_come_with_the_facts():
    case = framed("28F, AKP 6/12, SLHR 11 R v 26 L")
    assert {f.name: f.unit for f in case.facts}["duration.weeks"] == "week"
    assert fact(case, "heel_rise.lsi").unit == "%"
    assert fact(case, "sex").unit is None


def test_a_follow_up_is_asked_with_the_question_before_it():
    case = framed("Would Barker load the calf?", "And what would Bento do with those numbers?")
    assert "barker" in case.asked
    assert "those numbers" in case.asked


def test_a_new_question_stands_alone():
    case = framed("Would Barker load the calf?", "Which test tells me whether the quads matter?")
    assert "barker" not in case.asked
    assert case.intent is Intent.TEST


def test_the_sentences_of_the_case_are_not_part_of_what_is_asked():
    case = framed("34M runner. Sore for a year. Is the calf the cause?")
    assert case.asked == "is the calf the cause?"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Would Bento or Barker load the calf?", "whole-chain"),
        ("Would Barker or Bento load the calf?", "calf-focused"),
        ("Would you load the calf?", None),
    ],
)
def test_the_school_named_first_comes_first(text, first):
    assert framed(text).named_first == first


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Only cite Barker please: should every knee patient do calf work?", "calf-focused"),
        ("No need for the other side, just list Bento's reasons", "other"),
        ("Just tell me what Bento says about calf raises", "whole-chain"),
        ("Leave out Barker. Are drills better?", "calf-focused"),
        ("Would Barker load only the calf?", None),
        ("Is it just the calf?", None),
    ],
)
def test_a_wish_for_one_side_is_noticed(text, only):
    found = framed(text).only
    assert (found is not None) == (only is not None)


def test_the_same_turns_give_the_same_case():
    turns = ("R AKP 6/12, 28F runner", "SLHR 11 R v 26 L. Calf first?")
    assert framed(*turns) == framed(*turns)


def test_a_fact_of_an_earlier_turn_stays_in_force():
    case = framed("28F runner, R AKP", "Which test would decide it?")
    assert case.known["age"] == 28.0
    assert fact(case, "age").turn == 1
