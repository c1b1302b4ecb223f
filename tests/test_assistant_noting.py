"""Facts put right in a form: every fact there is comes back as it was given, and the question before is asked anew."""

from __future__ import annotations

import pytest

from assistant.accumulating import WITHDRAWN, accumulated
from assistant.following import Kind, following
from assistant.noting import NotedError, note, noted
from corpus.facts import FACT_KINDS, FactType

CASE = "34F runner, R AKP 6/12, SLHR 11 R v 26 L, 12/52 post ACLR: are weak calves causing her knee pain?"


def values(name):
    kind = FACT_KINDS[name]
    some = {
        FactType.NUMBER: [0.0, 54.0, 3.5],
        FactType.FLAG: [True, False],
        FactType.CHOICE: sorted(kind.choices),
        FactType.SET: [frozenset(sorted(kind.choices)[:2]), kind.choices],
    }
    return some[kind.type]


@pytest.mark.parametrize("name", FACT_KINDS)
def test_every_value_of_every_fact_comes_back(library, name):
    for value in values(name):
        turn = note({name: value}, is_correction=True)
        assert following(library.normaliser.expand(turn), library).kind is Kind.SAME
        facts = accumulated([CASE, turn], library).facts
        assert [f.value for f in facts if f.name == name and f.replaced_by is None] == [value]


def test_a_fact_taken_back_is_in_force_no_longer_and_stays_in_the_list(library):
    turn = note({"age": None, "surgery.weeks": None}, is_correction=True)
    facts = accumulated([CASE, turn], library).facts
    assert {f.name: f.replaced_by for f in facts}["age"] == WITHDRAWN
    assert {f.name: f.replaced_by for f in facts}["surgery.weeks"] == WITHDRAWN


def test_a_count_put_right_is_worked_out_again(library):
    facts = accumulated([CASE, note({"heel_rise.right": 22.0}, is_correction=True)], library).facts
    assert {f.name: f.value for f in facts if f.replaced_by is None}["heel_rise.lsi"] == 85


def test_several_facts_stand_in_one_turn():
    turn = note({"heel_rise.left": 14.0, "snap_back": True}, is_correction=False)
    assert turn == "Finding. Heel rises left: 14 repetitions; knee snaps back: yes."
    assert [(f.name, f.value) for f in noted(turn, 3).facts] == [("heel_rise.left", 14.0), ("snap_back", True)]


@pytest.mark.parametrize(
    "turn",
    [
        "Correction. Age: old.",
        "Correction. Shoe size: 43.",
        "Correction. Sex: male, female.",
        "Correction. Age: 54 years? Calf rehab!",
        "Finding. The knee is hot.",
        "correction: actually 54",
    ],
)
def test_what_has_another_form_is_read_as_free_words(turn):
    assert noted(turn, 2) is None


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("age", -1.0, "from 0 to 10,000"),
        ("age", float("nan"), "from 0 to 10,000"),
        ("sex", "other", "female, male"),
        ("pregnant", "yes", "yes or no"),
        ("condition", frozenset(), "expected"),
        ("shoe", 43.0, "no fact called"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(name, value, says):
    with pytest.raises(NotedError, match=says):
        note({name: value}, is_correction=True)
