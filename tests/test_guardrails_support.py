"""What is cited carries the claim, by what the claim rests on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.framing import frame
from assistant.limiting import limits_on
from corpus.predicates import holds
from corpus.sentences import decider_text, variant, variant_lists
from guardrails.freetext.types import Outcome
from guardrails.freetext.verdict import judged
from guardrails.support import compute, supported
from guardrails.types import Basis, Case, Claim, Computed, Detail, Fact, Intent, SectionKind
from tests.test_guardrails_policy import (
    ANSWERS,
    CALF,
    CHAIN,
    DEBATES,
    EVEN_CALVES,
    NUMBERS,
    SURGERY,
    WITH_NUMBERS,
    Drafted,
    draft_of,
    drafted,
    exchanged,
    messages,
    packaged,
    plan_for,
    quote,
)

RULE = "claims_supported"


def on(answer: Drafted, claim_id: str) -> str:
    """Return what this check says of one claim, without the claim's own words."""
    found = [f.message for f in supported(answer.draft, answer.case, answer.library) if f.claim_id == claim_id]
    return " | ".join(found)


def sentence(origin: str, text: str, *cites: str, basis: Basis = Basis.SYNTHESIS) -> Claim:
    """Return a claim that says it stands at `origin`."""
    return Claim(id="c99", text=text, basis=basis, citations=tuple(quote(p) for p in cites), origin=origin)


def added(answer: Drafted, claim: Claim, kind: SectionKind = SectionKind.SHORT_ANSWER) -> Drafted:
    """Return the answer with one more claim."""
    return answer.with_added(answer.section(kind), claim)


# --- authored sentences

NUMBER = re.compile(r"\d+")


@pytest.mark.parametrize("name", ANSWERS)
def test_a_number_altered_in_any_claim_is_found(name):
    answer = drafted(name)
    for claim in [c for c in answer.draft.claims if NUMBER.search(c.text)]:
        text = NUMBER.sub(lambda m: str(int(m.group()) + 1), claim.text, count=1)
        assert text in messages(answer.with_claim(claim, text=text), RULE)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_word_altered_in_any_authored_claim_is_found(name):
    answer = drafted(name)
    for claim in [c for c in answer.draft.claims if c.origin]:
        for text in (f"Not {claim.text}", claim.text[:-1], claim.text.replace(" ", "  ", 1), claim.text.upper()):
            assert "differs from the library's sentence" in messages(answer.with_claim(claim, text=text), RULE)


@pytest.mark.parametrize("school", [CALF, CHAIN])
@pytest.mark.parametrize("name", ["debate, full", "with numbers, full", "with a red flag, full"])
def test_two_citations_swapped_inside_a_school_are_found(name, school):
    answer = drafted(name)
    one, other, *_ = answer.view(school).claims
    assert one.citations != other.citations
    said = messages(exchanged(answer, one, other), RULE)
    assert said.count("cites other passages than the library's sentence does") == 2


@pytest.mark.parametrize("name", DEBATES)
def test_the_order_of_a_claims_citations_is_that_of_the_library(name):
    answer = drafted(name)
    for claim in [c for c in answer.draft.claims if len(c.citations) > 1]:
        said = messages(answer.with_claim(claim, citations=claim.citations[::-1]), RULE)
        assert said == f"cites other passages than the library's sentence does: {claim.text}"


@pytest.mark.parametrize("name", ANSWERS)
def test_a_citation_added_for_weight_is_found(name):
    answer = drafted(name)
    claim = next(c for c in answer.draft.claims if c.citations)
    padded = answer.with_claim(claim, citations=(*claim.citations, quote("nascimento-2018:1")))
    assert "cites other passages" in messages(padded, RULE)


@pytest.mark.parametrize("basis", [Basis.SYNTHESIS, Basis.SOURCE])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_free_sentence_without_an_origin_is_not_enough_however_well_it_cites(name, basis):
    answer = drafted(name)
    passage = answer.evidence.items[0].passage_id
    free = Claim(id="c99", text="A calf that is short has to be loaded.", basis=basis, citations=(quote(passage),))
    said = messages(added(answer, free), RULE)
    assert "not enough to tell whether the citations carry this" in said or "is not the text of what it cites" in said


@pytest.mark.parametrize("name", DEBATES)
def test_a_claim_that_loses_its_origin_is_held_to_what_it_cites(name):
    answer = drafted(name)
    typed = " ; ".join((*answer.case.turns, *(f.said for f in answer.case.facts)))
    for claim in [c for c in answer.draft.claims if c.citations and not c.computed]:
        cited = [c.passage_id for c in claim.citations]
        is_carried = judged(claim.text, cited, answer.library, case_words=typed).outcome is Outcome.SUPPORTED
        free = answer.with_claim(claim, origin=None)
        assert (on(free, claim.id) == "") == (is_carried or claim.basis is Basis.SOURCE)
        altered = answer.with_claim(claim, origin=None, text=f"Acupuncture: {claim.text}", basis=Basis.SYNTHESIS)
        assert "acupuncture" in messages(altered, RULE)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "calf-cause",
        "calf-cause/lead.reason",
        "calf-cause/lead.reason/99",
        "calf-cause/lead.reason/x",
        "nobody/next/0",
        "calf-cause/premises/none",
        "viewpoint/nobody/nearest",
        "red-flag/dvt/advice",
        "measure/lsi/x",
        "calf-cause/asks/0",
    ],
)
def test_an_address_that_names_no_sentence_is_found(origin):
    answer = drafted("debate, brief")
    claim = sentence(origin, "A calf that is short has to be loaded.", "neal-2019:1")
    said = [f.message for f in added(answer, claim).verdict.findings if f.claim_id == "c99"]
    assert said
    assert all(claim.text in m for m in said)


QUESTIONS = {
    "numbers": NUMBERS,
    "even calves": EVEN_CALVES,
    "surgery": SURGERY,
    "nothing": "Does a weak calf cause it?",
}
CRUXES = ("calf-cause", "after-surgery")


@pytest.mark.parametrize("crux_id", CRUXES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_of_all_variants_of_a_sentence_only_the_one_that_fits_this_case_best_is_supported(name, crux_id):
    library = packaged()
    crux = library.crux_by_id[crux_id]
    answer = draft_of(frame([QUESTIONS[name]], library), plan_for(crux_id, Detail.FULL))
    for place, texts in variant_lists(crux):
        is_asked = not place.startswith("lead.answer.") or place in (
            f"lead.answer.{answer.case.intent}",
            "lead.answer.default",
        )
        fitting = variant(crux, place, texts, answer.case.known)
        if place.startswith("lead.answer.") or place.endswith(("next", "dose")):
            limits = limits_on(answer.case.known, library)
            fitting = limits.variant(crux, place, texts, answer.case.known) or fitting
        for position, text in enumerate(texts):
            origin = f"{crux_id}/{place}/{position}"
            is_fitting = fitting is not None and fitting.origin == origin
            words = fitting.text if fitting is not None and is_fitting else text.text
            said = on(added(answer, sentence(origin, words, *text.cites)), "c99")
            assert (said == "") is (is_fitting and is_asked), (origin, said)


def test_a_variant_whose_condition_does_not_hold_is_told_apart_from_one_that_another_fits_better():
    library = packaged()
    found = []
    for question in QUESTIONS.values():
        answer = draft_of(frame([question], library), plan_for("calf-cause", Detail.FULL))
        for place, texts in variant_lists(library.crux_by_id["calf-cause"]):
            for position, text in enumerate(texts):
                found.append(
                    on(added(answer, sentence(f"calf-cause/{place}/{position}", text.text, *text.cites)), "c99")
                )
    for expected in (
        "does not hold for this case",
        "is not the sentence that fits this case most closely",
        "answers another form of question",
    ):
        assert any(expected in m for m in found)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_test_that_is_meant_for_another_patient_is_found(name):
    library = packaged()
    crux = library.crux_by_id["calf-cause"]
    answer = draft_of(frame([QUESTIONS[name]], library), plan_for(crux.id, Detail.FULL))
    facts = answer.case.known
    for position, decider in enumerate(crux.decides):
        claim = sentence(f"calf-cause/decides/{position}", decider_text(decider, facts), *decider.cites)
        said = on(added(answer, claim), "c99")
        assert ("does not hold for this case" in said) is not holds(decider.when, facts)


def test_some_test_of_this_crux_is_for_runners_only():
    crux = packaged().crux_by_id["calf-cause"]
    assert any(not holds(d.when, {}) for d in crux.decides)


def test_a_sentence_of_another_question_is_found_though_it_holds():
    library = packaged()
    answer = drafted("debate, full")
    for crux in library.cruxes:
        fitting = variant(crux, "lead.reason", crux.lead.reason, answer.case.known)
        if fitting is not None and crux.id != "calf-cause":
            claim = sentence(fitting.origin, fitting.text, *fitting.cites)
            assert "belongs to another question" in on(added(answer, claim), "c99")


def test_facts_that_change_after_drafting_unsettle_the_draft():
    answer = drafted("with numbers, brief")
    even = frame([EVEN_CALVES], packaged())
    assert "does not hold for this case" in messages(replace(answer, case=even), RULE)


def test_a_slot_is_filled_from_the_case_and_nothing_else():
    library = packaged()
    measure = next(m for m in library.measures if m.result)
    claim = sentence(f"measure/{measure.id}/result", "as may be", *measure.cites)
    unknown = Case(turns=("why?",), asked="why?", intent=Intent.WHY, facts=())
    said = on(added(replace(drafted("debate, brief"), case=unknown), claim), "c99")
    assert "is not known in this case" in said or "differs from" in said


# --- what a source says


def test_a_source_claim_is_the_very_text_of_what_it_cites():
    answer = drafted("debate, brief")
    text = packaged().passages["neal-2019:1"].text
    good = Claim(id="c99", text=text, basis=Basis.SOURCE, citations=(quote("neal-2019:1"),))
    assert on(added(answer, good), "c99") == ""


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("A summary of it.", ("neal-2019:1",)),
        (None, ("li-2002:1",)),
        (None, ("neal-2019:1", "barker-calf-rehab:30")),
        (None, ()),
    ],
)
def test_a_source_claim_in_other_words_or_beside_its_passage_is_found(text, cites):
    said = text or packaged().passages["neal-2019:1"].text
    claim = Claim(id="c99", text=said, basis=Basis.SOURCE, citations=tuple(quote(p) for p in cites))
    assert on(added(drafted("debate, brief"), claim), "c99") == f"is not the text of what it cites: {said}"


# --- what is computed


def computed_claim(answer: Drafted) -> Claim:
    """Return the claim whose value was computed."""
    return answer.claim(lambda c: c.computed is not None)


def with_computed(answer: Drafted, **changes: object) -> Drafted:
    """Return the answer with its computed value changed in some part."""
    claim = computed_claim(answer)
    assert claim.computed is not None
    return answer.with_claim(claim, computed=replace(claim.computed, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_an_altered_value_is_computed_again_and_found(name):
    answer = drafted(name)
    claim = computed_claim(answer)
    assert claim.computed is not None
    said = messages(with_computed(answer, value=claim.computed.value + 1), RULE)
    assert f"computing again gives {claim.computed.value:g}, not {claim.computed.value + 1:g}" in said


@pytest.mark.parametrize("name", ["with numbers, brief", "with numbers, full"])
def test_altered_inputs_are_found_whether_or_not_the_value_follows(name):
    answer = drafted(name)
    computed = computed_claim(answer).computed
    assert computed is not None
    inputs = {**computed.inputs, "low": computed.inputs["low"] + 2}
    assert "computing again gives" in messages(with_computed(answer, inputs=inputs), RULE)
    value = compute(replace(computed, inputs=inputs))
    assert "its inputs are not facts of the case" in messages(with_computed(answer, inputs=inputs, value=value), RULE)


@pytest.mark.parametrize(
    ("inputs", "value"),
    [({"low": 26.0, "high": 28.0}, 93.0), ({"low": 11.0, "high": 28.0}, 39.0), ({"low": 26.0, "high": 26.0}, 100.0)],
)
def test_other_numbers_of_the_case_are_not_the_inputs_of_this_test(inputs, value):
    said = messages(with_computed(drafted("with numbers, brief"), inputs=inputs, value=value), RULE)
    assert "its inputs are not facts of the case" in said


def test_a_value_that_the_sentence_does_not_state_is_found():
    answer = drafted("with numbers, brief")
    stated = Computed(formula="as-stated", inputs={"age": 28.0}, value=28.0)
    said = messages(answer.with_claim(computed_claim(answer), computed=stated), RULE)
    assert "does not state the value 28 that was computed" in said


@pytest.mark.parametrize("formula", ["", "limb-asymmetry", "lsi"])
def test_an_unknown_formula_is_found(formula):
    said = messages(with_computed(drafted("with numbers, brief"), formula=formula), RULE)
    assert f"the formula '{formula}' cannot be worked out from what is given" in said


def test_a_computed_claim_without_its_formula_is_found():
    answer = drafted("with numbers, brief")
    assert "no formula is given" in messages(answer.with_claim(computed_claim(answer), computed=None), RULE)


def test_a_wrong_value_is_found_under_another_basis_too():
    answer = with_computed(drafted("with numbers, brief"), value=99.0)
    for basis in Basis:
        assert "computing again gives 42, not 99" in messages(
            answer.with_claim(computed_claim(answer), basis=basis), RULE
        )


def test_a_computed_text_that_is_altered_is_found_though_the_value_is_right():
    answer = drafted("with numbers, brief")
    claim = computed_claim(answer)
    said = messages(answer.with_claim(claim, text=claim.text.replace("below", "not below", 1)), RULE)
    assert "differs from the library's sentence" in said


# formula, inputs, the value expected
FORMULAS = [
    ("as-stated", {"age": 28.0}, 28.0),
    ("as-stated", {"a": 1.0, "b": 2.0}, None),
    ("as-stated", {}, None),
    ("limb-symmetry", {"low": 11.0, "high": 26.0}, 42.0),
    ("limb-symmetry", {"low": 25.0, "high": 27.0}, 93.0),
    ("limb-symmetry", {"low": 20.0, "high": 20.0}, 100.0),
    ("limb-symmetry", {"low": 0.0, "high": 20.0}, 0.0),
    ("limb-symmetry", {"low": 0.0, "high": 0.0}, None),
    ("limb-symmetry", {"low": 5.0, "high": -1.0}, None),
    ("limb-symmetry", {"high": 20.0}, None),
    ("limb-symmetry", {"low": 20.0}, None),
    ("limb-symmetry", {"low": 1.0, "high": 2.0, "other": 3.0}, None),
    ("nothing", {"low": 1.0, "high": 2.0}, None),
]


@pytest.mark.parametrize(("formula", "inputs", "expected"), FORMULAS)
def test_a_formula_gives_its_value_or_nothing_for_bad_inputs(formula, inputs, expected):
    assert compute(Computed(formula=formula, inputs=inputs, value=0.0)) == expected


@pytest.mark.parametrize(("value", "shown"), [(6.0, "6"), (6.5, "6.5"), (6.25, "6.2")])
def test_a_stated_value_is_recognised_as_sentences_show_it(value, shown):
    fact = Fact(id="f1", name="age", value=value, unit="year", said="", turn=1)
    case = Case(turns=("x",), asked="x", intent=Intent.POLAR, facts=(fact,))
    claim = Claim(
        id="c99",
        text=f"It is {shown} here.",
        basis=Basis.COMPUTED,
        computed=Computed(formula="as-stated", inputs={"age": value}, value=value),
    )
    said = on(added(replace(drafted("debate, brief"), case=case), claim), "c99")
    assert "does not state" not in said
    assert "not enough to tell" in said


# --- what only the case carries


def test_a_question_back_and_a_missing_fact_are_the_librarys_own_words():
    answer = drafted("debate, brief")
    claim = answer.section(SectionKind.QUESTIONS).claims[0]
    altered = answer.with_claim(claim, text="Has she tried ibuprofen?")
    assert "differs from the library's sentence" in messages(altered, RULE)


# what was typed, the note, the numbers that are not in the case
NOTED = [
    ("SLHR 11 R v 26 L", "You gave 11 and 26.", None),
    ("SLHR 11 R v 26 L", "You gave 11 and 62.", "62"),
    ("SLHR 11 R v 26 L", "You gave 1.", "1"),
    ("SLHR 11 R v 26 L", "You gave 11.5 and 27.", "11.5, 27"),
    ("VAS 3/10 for 6/52", "Pain 3 of 10 for 6.", None),
    ("pain \u00bd of the time", "You wrote: 1\u20442.", None),
    ("knee pain", "You asked for one side only.", None),
    ("knee pain", "Two of three patients.", None),
]


@pytest.mark.parametrize(("typed", "note", "strange"), NOTED)
def test_a_note_holds_no_number_that_was_not_typed(typed, note, strange):
    answer = drafted("leading, brief")
    case = replace(answer.case, turns=(typed,))
    claim = Claim(id="c99", text=note, basis=Basis.CASE)
    said = on(added(replace(answer, case=case), claim, SectionKind.NOTE), "c99")
    assert said == (f"holds numbers that the case does not ({strange}): {note}" if strange else "")


def test_numbers_of_earlier_turns_count_as_typed():
    answer = drafted("leading, brief")
    case = replace(answer.case, turns=("SLHR 11 R v 26 L", "and now?"))
    claim = Claim(id="c99", text="You gave 11 and 26.", basis=Basis.CASE)
    assert on(added(replace(answer, case=case), claim, SectionKind.NOTE), "c99") == ""


def test_the_surgery_of_the_case_chooses_the_sentence_that_is_verified():
    answer = drafted("after surgery, brief")
    bearing = frame([SURGERY.replace(", NWB", "")], packaged())
    assert "does not hold for this case" in messages(replace(answer, case=bearing), RULE)
