"""The lines that measures add to an answer: shown where they concern the question, and computed again by the guardrail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.extractive import compose
from assistant.framing import frame
from corpus.measures.formulas import worked_out
from corpus.sentences import OriginError, render
from guardrails.types import Basis, Claim, Detail, SectionKind
from tests.test_guardrails_policy import Drafted, draft_of, messages, packaged, plan_for, quote

RULE = "claims_supported"
MAN = "34M runner, SLHR 14 L v 27 R, anterior knee pain. Calf rehab?"
LEVEL = "34M runner, SLHR 26 L v 27 R, anterior knee pain. Calf rehab?"
WOMAN = "28F runner, R AKP, SLHR 11 R v 26 L"
STIFF = "41F, KTW 8 v 12 cm, knee pain on stairs. Does the stiff ankle matter?"
NORM, GAP = "measure/heel-rise/norm", "measure/knee-to-wall/gap"


def answered(question: str, crux: str, detail: Detail = Detail.FULL) -> Drafted:
    """Return the answer to a question by the crux named."""
    return draft_of(frame([question], packaged()), plan_for(crux, detail))


def lines(answer: Drafted, origin: str) -> list[Claim]:
    """Return the claims of an answer that stand at one address."""
    return [c for c in answer.draft.claims if c.origin == origin]


def line(answer: Drafted, origin: str = NORM) -> Claim:
    """Return the one claim that a measure added."""
    (found,) = lines(answer, origin)
    return found


# question, crux, address, formula, value, how the line starts
SHOWN = [
    (MAN, "calf-cause", NORM, "heel-rise-norm-male", 56.0, "Norm for men of 30 to 39 (second-hand): 32 to 33 rises; left 14 is 56% short"),
    (WOMAN, "who-to-test", NORM, "heel-rise-norm-female", 63.0, "Norm for women of 20 to 29 (second-hand): 30 to 31 rises; left 26 is 13% short"),
    (STIFF, "ankle-stiffness", GAP, "knee-to-wall-gap", 4.0, "Knee-to-wall 8 against 12 cm is a gap of 4 cm, beyond the 1.6 to 1.9 cm"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "crux", "origin", "formula", "value", "starts"), SHOWN)
def test_what_the_case_measured_is_held_to_norm_or_error_and_the_answer_passes(
    question, crux, origin, formula, value, starts
):
    answer = answered(question, crux)
    claim = line(answer, origin)
    assert claim.text.startswith(starts)
    assert (claim.basis, claim.computed.formula, claim.computed.value) == (Basis.COMPUTED, formula, value)
    assert claim in answer.section(SectionKind.DECIDING).claims
    assert answer.verdict.passed, answer.verdict.findings


@pytest.mark.parametrize(
    ("question", "crux"),
    [
        ("runner, SLHR 14 L v 27 R. Calf rehab?", "calf-cause"),
        ("34, SLHR 14 L v 27 R. Calf rehab?", "calf-cause"),
        ("34M, anterior knee pain. Calf rehab?", "calf-cause"),
        ("15M, SLHR 14 L v 27 R. Calf rehab?", "calf-cause"),
        ("85M, SLHR 4 L v 7 R. Calf rehab?", "calf-cause"),
        (LEVEL, "imaging"),
        ("41F, KTW 8 v 9 cm, knee pain on stairs. Does the stiff ankle matter?", "calf-cause"),
    ],
)
def test_nothing_is_added_without_age_sex_and_counts_inside_the_norm_or_where_the_question_is_another(question, crux):
    answer = answered(question, crux)
    assert [c.origin for c in answer.draft.claims if (c.origin or "").startswith("measure/")] == []


@pytest.mark.parametrize(("question", "crux", "origin"), [(MAN, "imaging", NORM), (STIFF, "calf-cause", GAP)])
def test_sides_that_differ_by_more_than_the_error_are_told_whatever_is_asked(question, crux, origin):
    answer = answered(question, crux)
    assert line(answer, origin)
    assert answer.verdict.passed, answer.verdict.findings


def test_of_two_tests_the_one_that_shows_something_has_the_room():
    answer = answered("41F, SLHR 20/20, KTW 6 v 9 cm, knee pain on stairs. Calf rehab?", "calf-cause", Detail.BRIEF)
    assert lines(answer, GAP)


def test_what_a_line_may_rest_on_may_be_cited_wherever_the_line_concerns_the_crux():
    (line,) = lines(answered("55M, SLHR 14 L v 27 R. Calf rehab?", "calf-cause"), NORM)
    assert [c.passage_id for c in line.citations] == ["hebert-losier-2017-decades:1"]


@pytest.mark.parametrize("crux", [c.id for c in packaged().cruxes])
def test_a_line_goes_before_the_cruxs_own_test_when_room_is_short_and_every_answer_passes(crux):
    for detail in Detail:
        answer = answered(MAN, crux, detail)
        assert answer.verdict.passed, answer.verdict.findings
        if lines(answer, NORM):
            decided = [d for d in packaged().crux_by_id[crux].decides if d.fact == "heel_rise.lsi"]
            assert not decided or [
                c for c in answer.draft.claims if c.computed and c.computed.formula == "limb-symmetry"
            ]


@pytest.mark.parametrize("question", [MAN, WOMAN, STIFF, "34M, SLHR 14 L v 27 R, KTW 8 v 12. What now?"])
@pytest.mark.parametrize("crux", [c.id for c in packaged().cruxes])
def test_a_line_that_finds_no_room_costs_no_other_line_its_place(question, crux):
    answer = answered(question, crux, Detail.BRIEF)
    without_measures = replace(packaged(), measures=())
    bare = compose(answer.case, plan_for(crux, Detail.BRIEF), answer.flags, without_measures)
    has_line = any((c.origin or "").startswith("measure/") for c in answer.draft.claims)
    assert has_line or answer.draft == bare


def test_a_short_answer_has_room_for_the_norm():
    assert line(answered(MAN, "calf-cause", Detail.BRIEF)).text.startswith("Norm for men of 30 to 39")


def test_the_same_case_gives_the_same_line():
    assert line(answered(MAN, "calf-cause")) == line(answered(MAN, "calf-cause"))


def test_a_line_is_rendered_again_from_its_address_and_only_where_the_library_holds_its_measure():
    known = frame([MAN], packaged()).known
    assert render(packaged(), NORM, known).text == line(answered(MAN, "calf-cause")).text
    for library in (replace(packaged(), measures=()), replace(packaged(), sources=())):
        with pytest.raises(OriginError):
            render(library, NORM, known)
    for facts in ({}, {**known, "age": 15.0}):
        with pytest.raises(OriginError):
            render(packaged(), NORM, facts)


# --- the guardrail


def tampered(answer: Drafted, origin: str = NORM, **changes: object) -> Drafted:
    """Return the answer with the computed value of its line changed in some part."""
    claim = line(answer, origin)
    return answer.with_claim(claim, computed=replace(claim.computed, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("question", "crux", "origin"), [s[:3] for s in SHOWN])
def test_a_tampered_value_is_computed_again_and_found(question, crux, origin):
    answer = answered(question, crux)
    value = line(answer, origin).computed.value
    assert f"computing again gives {value:g}, not {value + 1:g}" in messages(
        tampered(answer, origin, value=value + 1), RULE
    )


@pytest.mark.parametrize(("question", "crux", "origin"), [s[:3] for s in SHOWN])
def test_a_number_altered_in_the_text_is_found(question, crux, origin):
    answer = answered(question, crux)
    claim = line(answer, origin)
    text = claim.text.replace(f"{claim.computed.value:g}", f"{claim.computed.value + 2:g}", 1)
    said = messages(answer.with_claim(claim, text=text), RULE)
    assert "does not state the value" in said or "differs from the library's sentence" in said


def test_the_norm_of_the_other_sex_is_found_though_its_value_is_right():
    answer = answered(MAN, "calf-cause")
    inputs = line(answer).computed.inputs
    value = worked_out("heel-rise-norm-female", inputs)
    said = messages(tampered(answer, formula="heel-rise-norm-female", value=value), RULE)
    assert "its inputs are not facts of the case" in said


@pytest.mark.parametrize(
    "inputs",
    [{"age": 44.0, "heel_rise.low": 14.0}, {"age": 34.0, "heel_rise.low": 15.0}, {"age": 34.0, "heel_rise.left": 27.0}],
)
def test_inputs_that_the_case_does_not_hold_are_found(inputs):
    value = worked_out("heel-rise-norm-male", inputs)
    assert "its inputs are not facts of the case" in messages(
        tampered(answered(MAN, "calf-cause"), inputs=inputs, value=value), RULE
    )


@pytest.mark.parametrize("inputs", [{}, {"age": 34.0}, {"age": 15.0, "heel_rise.low": 14.0}])
def test_inputs_that_the_norm_does_not_take_are_found(inputs):
    assert "cannot be worked out from what is given" in messages(
        tampered(answered(MAN, "calf-cause"), inputs=inputs), RULE
    )


def test_another_citation_for_the_line_is_found():
    answer = answered(MAN, "calf-cause")
    said = messages(answer.with_claim(line(answer), citations=(quote("neal-2019:1"),)), RULE)
    assert "cites other passages than the library's sentence does" in said


def test_a_line_of_a_test_that_the_question_does_not_turn_on_is_found():
    answer, other = answered(LEVEL, "imaging"), answered(LEVEL, "calf-cause")
    claim = replace(line(other), id="c99")
    said = [
        f.message
        for f in answer.with_added(answer.section(SectionKind.DECIDING), claim).verdict.findings
        if f.rule == RULE
    ]
    assert [m for m in said if m.startswith("belongs to another question")]


def test_an_age_told_later_unsettles_the_line():
    answer = answered(MAN, "calf-cause")
    older = frame([MAN.replace("34M", "64M")], packaged())
    assert "its inputs are not facts of the case" in messages(replace(answer, case=older), RULE)
