"""The default composer: sentences come from the library, in order of importance, until the answer fits."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from assistant.extractive import compose, computed_value, first_sentence
from assistant.framing import frame
from assistant.planning import Plan
from corpus.library import read_library
from corpus.sentences import OriginError, render
from corpus.types import Action
from guardrails.types import Basis, Detail, Flagged, Intent, SectionKind

LIBRARY = read_library()


@cache
def framed(question):
    """Return the case of a question, read once for all cruxes."""
    return frame([question], LIBRARY)


def made(crux="raises-or-drills", detail=Detail.BRIEF, **more):
    found = LIBRARY.crux_by_id[crux] if crux else None
    debate = LIBRARY.debate_by_id[found.debate if found else "calf-versus-chain"]
    fields = {"debate": debate, "secondary": None, "premise": None, "nearest": (), "quoted": ()} | more
    return Plan(crux=found, detail=detail, **fields)


def draft(question, crux="raises-or-drills", detail=Detail.BRIEF, flags=(), **more):
    return compose(framed(question), made(crux, detail, **more), flags, LIBRARY)


def words(found):
    return sum(len(c.text.split()) for c in found.claims)


CASES = (
    "Calf raises or drills?",
    "R AKP 6/12, 28F runner, SLHR 11 R v 26 L",
    "13M footballer, Osgood-Schlatter",
    "41M, 8 weeks post ACLR, HS graft, NWB, quads LSI 70%",
    "61F knee OA, what would Bento do?",
)


@pytest.mark.parametrize("detail", list(Detail))
@pytest.mark.parametrize("crux", [c.id for c in LIBRARY.cruxes])
def test_every_crux_fits_its_length_in_every_case_and_says_nothing_twice(crux, detail):
    for case in CASES:
        found = draft(case, crux, detail)
        texts = [c.text for c in found.claims]
        assert words(found) <= detail.words
        assert len(texts) == len(set(texts))


@pytest.mark.parametrize("crux", [c.id for c in LIBRARY.cruxes])
def test_the_schools_have_the_same_number_of_claims_and_even_voice(crux):
    for case in CASES:
        for detail in Detail:
            views = [s for s in draft(case, crux, detail).sections if s.kind is SectionKind.VIEWPOINT]
            debate = LIBRARY.debate_by_id[LIBRARY.crux_by_id[crux].debate]
            assert {s.viewpoint for s in views} == set(debate.viewpoints)
            if any(s.is_silent for s in views):
                continue
            totals = [sum(len(c.text.split()) for c in s.claims) for s in views]
            assert len({len(s.claims) for s in views}) == 1
            assert min(totals) >= 0.75 * max(totals)


@pytest.mark.parametrize("crux", [c.id for c in LIBRARY.cruxes])
def test_every_sentence_with_an_address_is_the_librarys_own_at_that_address(crux):
    for case in CASES:
        known = framed(case).known
        for claim in draft(case, crux, Detail.FULL).claims:
            if claim.origin is None:
                assert claim.basis is Basis.CASE
                continue
            sentence = render(LIBRARY, claim.origin, known)
            assert (claim.text, tuple(c.passage_id for c in claim.citations)) == (sentence.text, sentence.cites)


def test_an_address_that_names_nothing_is_an_error():
    with pytest.raises(OriginError):
        render(LIBRARY, "no-such-crux/lead/0", {})


@pytest.mark.parametrize("crux", [c.id for c in LIBRARY.cruxes])
def test_every_claim_but_questions_and_notes_is_cited_with_the_exact_quote(crux):
    for claim in draft(CASES[1], crux, Detail.FULL).claims:
        assert claim.citations or claim.basis is Basis.CASE
        for citation in claim.citations:
            assert citation.quote == LIBRARY.passages[citation.passage_id].text


def test_the_same_case_gives_the_same_draft():
    assert draft(CASES[1], detail=Detail.FULL) == draft(CASES[1], detail=Detail.FULL)


def test_claims_are_numbered_in_reading_order():
    found = draft(CASES[1], detail=Detail.FULL)
    assert [c.id for c in found.claims] == [f"c{n}" for n in range(1, len(found.claims) + 1)]


def test_full_says_more_than_brief_and_nothing_of_the_short_answer_is_lost():
    brief, full = draft(CASES[0]), draft(CASES[0], detail=Detail.FULL)
    assert words(full) > words(brief)
    short = [
        [c.text for s in d.sections if s.kind is SectionKind.SHORT_ANSWER for c in s.claims] for d in (brief, full)
    ]
    assert short[0][0] == short[1][0]


@pytest.mark.parametrize("first", ["Barker or Bento", "Bento or Barker"])
def test_the_school_named_first_speaks_first(first):
    views = [s.viewpoint for s in draft(f"{first}: raises or drills?").sections if s.viewpoint]
    assert views == (["calf-focused", "whole-chain"] if first.startswith("Barker") else ["whole-chain", "calf-focused"])


@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize("crux", [c.id for c in LIBRARY.cruxes])
def test_every_crux_has_a_first_sentence_for_every_form_of_question(crux, intent):
    for text in CASES:
        case = replace(framed(text), intent=intent)
        sentence = first_sentence(LIBRARY.crux_by_id[crux], case)
        assert sentence is not None
        assert sentence.cites


def test_no_two_cruxes_open_with_the_same_six_words():
    case = framed("?")
    opened: dict[str, str] = {}
    for crux in LIBRARY.cruxes:
        sentence = first_sentence(crux, case)
        start = " ".join(sentence.text.split()[:6]).lower()
        assert opened.setdefault(start, crux.id) == crux.id, start


def test_measured_heel_rises_name_the_formula_their_inputs_and_the_value():
    claims = [c for c in draft(CASES[1], "who-to-test").claims if c.basis is Basis.COMPUTED]
    found = [(c.computed.formula, c.computed.value, c.computed.inputs) for c in claims]
    assert found == [
        ("limb-symmetry", 42.0, {"low": 11.0, "high": 26.0}),
        ("heel-rise-norm-female", 63.0, {"age": 28.0, "heel_rise.low": 11.0}),
    ]


@pytest.mark.parametrize(
    ("fact", "known", "formula", "inputs"),
    [
        ("heel_rise.lsi", {"heel_rise.lsi": 42.0, "heel_rise.low": 11.0, "heel_rise.high": 26.0}, "limb-symmetry", {"low": 11.0, "high": 26.0}),
        ("quads.lsi", {"quads.lsi": 62.0}, "as-stated", {"quads.lsi": 62.0}),
        ("heel_rise.gap", {"heel_rise.gap": 15.0}, "as-stated", {"heel_rise.gap": 15.0}),
    ],
)  # fmt: skip
def test_a_known_value_says_how_it_was_come_by(fact, known, formula, inputs):
    found = computed_value(fact, known)
    assert (found.formula, found.inputs) == (formula, inputs)


@pytest.mark.parametrize(("fact", "known"), [(None, {}), ("quads.lsi", {}), ("snap_back", {"snap_back": True})])
def test_what_is_unknown_or_no_number_is_not_computed(fact, known):
    assert computed_value(fact, known) is None


def test_what_was_told_is_not_asked_back():
    def asked(question):
        sections = draft(question, "calf-cause").sections
        return {c.origin for s in sections if s.kind is SectionKind.QUESTIONS for c in s.claims}

    assert asked(CASES[1]) != asked("Is her calf the cause?")
    assert len(asked("Is her calf the cause?")) <= 2


@pytest.mark.parametrize("crux", [c.id for c in LIBRARY.cruxes])
def test_what_is_missing_is_listed_by_fact_name_and_what_is_known_is_not(crux):
    needed = {n.fact for n in LIBRARY.crux_by_id[crux].needs}
    for case in CASES:
        known = framed(case).known
        assert set(draft(case, crux).missing) == needed - set(known)


def test_safety_stands_first_and_is_never_dropped():
    flag = next(f for f in LIBRARY.red_flags if f.action == "monitor" or not Action(f.action).escalates)
    flagged = Flagged(pattern=flag.id, triggers=("x",), action=Action(flag.action))
    found = draft(CASES[0], flags=(flagged,))
    assert found.sections[0].kind is SectionKind.SAFETY
    dismissed = replace(flagged, dismissed="screened")
    assert SectionKind.SAFETY not in {s.kind for s in draft(CASES[0], flags=(dismissed,)).sections}


def test_a_wish_for_one_side_gets_a_note_and_both_sides():
    found = draft("Only cite Barker please: raises or drills?")
    notes = [c.text for s in found.sections if s.kind is SectionKind.NOTE for c in s.claims]
    assert len(notes) == 1
    assert "Bento is shown as well" in notes[0]
    assert {s.viewpoint for s in found.sections if s.viewpoint} == {"calf-focused", "whole-chain"}


def test_a_second_crux_adds_one_sentence_to_the_short_answer():
    found = draft(CASES[0], detail=Detail.FULL, secondary=LIBRARY.crux_by_id["emg-better"])
    added = [s.kind for s in found.sections for c in s.claims if (c.origin or "").startswith("emg-better/")]
    assert added == [SectionKind.SHORT_ANSWER]
    assert found.cruxes == ("raises-or-drills", "emg-better")


def test_a_false_premise_is_put_right_in_the_first_sentence():
    crux = next(c for c in LIBRARY.cruxes if c.premises)
    found = draft("x?", crux.id, premise=crux.premises[0])
    assert found.claims[0].text == crux.premises[0].text
    assert found.claims[0].origin == f"{crux.id}/premises/{crux.premises[0].id}"


def test_a_clinics_document_is_quoted_as_such_with_each_schools_nearest_word():
    passage = LIBRARY.sources[0].passages[0].id
    found = draft("our brace protocol?", None, quoted=(passage,))
    assert [s.kind for s in found.sections] == [
        SectionKind.SHORT_ANSWER,
        SectionKind.VIEWPOINT,
        SectionKind.VIEWPOINT,
        SectionKind.NOTE,
    ]
    assert found.claims[0].text == LIBRARY.passages[passage].text
    assert found.claims[0].basis is Basis.SOURCE
