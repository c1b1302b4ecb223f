"""Measures as forms: which an answer names, what fills them, what comes out and how the case is told."""

from __future__ import annotations

import pytest

from assistant.noting import noted
from ui.measure_forms import FORMS, NAMES_OF, MeasureInputError, finding, named_in, prefilled, read, worked_out

FILLED = {
    "heel-rise": {"age": "34", "sex": "female", "left": "26", "right": "11"},
    "lsi": {"test": "quads", "involved": "118", "other": "142"},
    "knee-to-wall": {"left": "8", "right": "11,5"},
    "step-down": {"knee": "over-foot"},
    "hop-battery": {"single": "88", "quadriceps": "84"},
    "wells-dvt": {"pitting_oedema": "yes", "calf_swelling": "yes", "age": "46"},
    "ottawa-knee": {"age": "41", "fibula": "yes"},
    "pittsburgh-knee": {"age": "63", "fall": "yes"},
    "koos": {"before": "48", "after": "66", "condition": "oa", "subscale": "pain"},
    "nprs": {"before": "6", "after": "4.5", "condition": "pfp"},
}


def answer_with(words):
    return {"sections": [{"kind": "deciding", "claims": [{"text": words}]}]}


@pytest.mark.parametrize("measure", FORMS)
def test_every_measure_is_worked_out_from_its_form_and_told_to_the_case(measure, library):
    form = FORMS[measure]
    given = read(form, FILLED[measure])
    result = worked_out(form, given)
    said = finding(form, given, result, "the measure")
    assert result.measure == next(m.id for m in library.measures if m.id == measure)
    assert said.startswith("Finding. ")
    assert (noted(said, 2) is not None) == bool(form.facts(given, result))
    assert measure in NAMES_OF


@pytest.mark.parametrize("measure", [m for m in FORMS if m != "wells-dvt"])
def test_an_empty_form_is_refused_in_words(measure):
    form = FORMS[measure]
    with pytest.raises(MeasureInputError):
        worked_out(form, read(form, {}))


@pytest.mark.parametrize(("typed", "says"), [({"age": "old"}, "expected a number"), ({"age": ""}, "fill this in")])
def test_what_cannot_be_read_is_told_by_the_name_of_its_field(typed, says):
    with pytest.raises(MeasureInputError, match=f"Age: {says}"):
        read(FORMS["ottawa-knee"], typed)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Single-leg heel rise, both sides: below 90% of the better side.", ("heel-rise",)),
        ("Ottawa knee rule: X-ray for any one of five.", ("ottawa-knee",)),
        ("Add up the Wells score.", ("wells-dvt",)),
        ("Keep hip strengthening.", ()),
    ],
)
def test_only_the_measures_an_answer_speaks_of_are_offered(words, named):
    assert named_in(answer_with(words)) == named


def test_the_case_fills_what_it_knows():
    facts = {"age": 34.0, "sex": "female", "heel_rise.left": 26.0}
    assert prefilled(FORMS["heel-rise"], facts) == {"age": 34.0, "sex": "female", "left": 26.0}
