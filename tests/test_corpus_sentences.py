"""The library's sentences by address: each kind renders, each bad address is refused, and the wording is as said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.facts import Facts, FactValue
from corpus.sentences import (
    DESIGN_WORDS,
    OriginError,
    decider_text,
    evidence_text,
    fill,
    fitting,
    render,
    shown,
    variant,
    variant_lists,
)
from corpus.types import Design, Text
from tests.test_corpus_small import packaged_library, small_library

CASE: Facts = {
    "age": 15.0,
    "effusion": True,
    "pregnant": True,
    "sport": "running",
    "heel_rise.lsi": 80.0,
    "heel_rise.low": 16.0,
    "heel_rise.high": 20.0,
}
NORTH_NEAREST = "North does not address this; nearest: North recommends cold water for a sore knee."


@pytest.mark.parametrize(
    ("origin", "text", "cites"),
    [
        (
            "cold-knee/lead.answer.polar/0",
            "With this swelling, cold water may calm the knee for an hour.",
            "evidence-a:1",
        ),
        ("cold-knee/lead.answer.polar/1", "Perhaps a little, for an hour, and no longer than that.", "evidence-a:1"),
        ("cold-knee/lead.answer.default/0", "Cold water calms some knees for about an hour.", "evidence-a:1"),
        ("cold-knee/lead.reason/0", "A small trial of 30 swimmers found less pain for an hour.", "evidence-a:1"),
        ("cold-knee/lead.changes/0", "At 15 the joint still grows, which changes the plan.", "evidence-b:2"),
        ("cold-knee/next/0", "Note the pain before and after cooling.", "evidence-b:1"),
        ("cold-knee/dose/0", "Ten minutes is what the trial used.", "evidence-a:2"),
        ("cold-knee/agree/0", "Both want the knee to move soon afterwards.", "north-book:3 south-book:3"),
        ("cold-knee/views.north.says/0", "North puts cold water first for every sore knee.", "north-book:1"),
        ("cold-knee/views.north.because/0", "North argues that cold slows the ache.", "north-book:2"),
        ("cold-knee/views.north.first_step/0", "He starts with a cold bath.", "north-book:3"),
        ("cold-knee/views.north.applied/0", "Applied here (our inference): A cold bath after the run.", "north-book:3"),
        ("cold-knee/views.north.concedes/0", "He grants that some people dislike it.", "north-book:4"),
        ("cold-knee/views.north.reach/0", "North does not write about pregnancy.", "north-book:5"),
        ("cold-knee/evidence/0", "Cold water lessened pain for an hour (trial, thin).", "evidence-a:1"),
        (
            "cold-knee/decides/0",
            "Heel rise: 16 against 20 is 80%, below 90% of the better side: load that calf.",
            "evidence-b:1",
        ),
        ("cold-knee/decides/1", "Skin: if it is hot to the touch, cool it; if not, warm it.", "evidence-b:1"),
        ("cold-knee/decides/2", "Age: 15 years, below 18 years: stop.", "evidence-b:1"),
        ("cold-knee/needs/0", "How old is the patient?", ""),
        ("cold-knee/missing/0", "Not stated: How old is the patient (growth changes the plan).", ""),
        ("cold-knee/premises/ice-cures", "Neither author says that ice is enough.", "north-book:1"),
        ("cold-knee/points.0.says/0", "Ten minutes were enough in swimmers.", "evidence-a:2"),
        ("cold-knee/points.0.reason/0", "No other length was tried.", "evidence-a:2"),
        ("cold-knee/points.0.next/0", "Set a clock before he gets in.", "evidence-b:1"),
        ("viewpoint/north/nearest", NORTH_NEAREST, "north-book:1"),
        ("red-flag/clot/suspected", "This reads like a clot in the leg.", "evidence-a:1"),
        ("red-flag/clot/do_now", "Send to emergency care today.", "evidence-a:1"),
        ("measure/heel-rise/result", "16 rises on the lower side.", "evidence-a:1"),
    ],
)
def test_each_kind_of_address_renders_the_sentence_that_stands_there(origin: str, text: str, cites: str):
    sentence = render(small_library(), origin, CASE)
    assert (sentence.origin, sentence.text, sentence.cites) == (origin, text, tuple(cites.split()))


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "/",
        "cold-knee",
        "cold-knee/",
        "cold-knee/next",
        "cold-knee/next/",
        "cold-knee/next/1",
        "cold-knee/next/-1",
        "cold-knee/next/x",
        "cold-knee/next/\u00b2",
        "cold-knee/next/0/0",
        "cold-knee/topics/0",
        "cold-knee/lead/0",
        "cold-knee/lead.answer/0",
        "cold-knee/lead.answer.dose/0",
        "cold-knee/lead.__class__/0",
        "cold-knee/views.west.says/0",
        "cold-knee/views.north.silent/0",
        "cold-knee/views.south.applied/0",
        "cold-knee/evidence/3",
        "cold-knee/decides/3",
        "cold-knee/needs/1",
        "cold-knee/missing/1",
        "cold-knee/premises/none",
        "cold-knee/points.1.says/0",
        "cold-knee/points.-1.says/0",
        "cold-knee/points.x.says/0",
        "cold-knee/points.\u00b2.says/0",
        "cold-knee/points.0.asks/0",
        "cold-knee/points.0.says/1",
        "warm-knee/next/0",
        "viewpoint/west/nearest",
        "viewpoint/north",
        "viewpoint/north/says",
        "red-flag/clot",
        "red-flag/clot/name",
        "red-flag/gone/do_now",
        "measure/plain/result",
        "measure/heel-rise",
        "measure/gone/result",
        "\ud800/next/0",
    ],
)
def test_an_address_that_names_no_sentence_is_refused(origin: str):
    with pytest.raises(OriginError, match="no sentence at"):
        render(small_library(), origin, CASE)


@pytest.mark.parametrize("origin", ["lead.answer.polar/0", "lead.changes/0", "views.north.applied/0", "decides/2"])
def test_a_sentence_whose_condition_does_not_hold_is_refused(origin: str):
    with pytest.raises(OriginError, match="does not hold for this case"):
        render(small_library(), f"cold-knee/{origin}", {})


def test_a_sentence_with_a_slot_that_is_not_known_is_refused():
    with pytest.raises(OriginError, match=r"heel_rise\.low is not known in this case"):
        render(small_library(), "measure/heel-rise/result", {})


HEEL, SKIN, AGE = small_library().cruxes[0].decides


def test_a_threshold_of_ours_says_so_and_one_of_a_source_does_not():
    ours = replace(HEEL, basis="our working cut-off")
    assert "90% of the better side (our cut-off), load" in decider_text(ours, {})
    assert "(our cut-off): load" in decider_text(ours, {"heel_rise.lsi": 80.0})
    assert "if it is hot to the touch (our rule), cool it" in decider_text(replace(SKIN, basis="our working rule"), {})
    assert "our" not in decider_text(HEEL, {}).split()


@pytest.mark.parametrize(
    ("decider", "facts", "text"),
    [
        (HEEL, {}, "Heel rise: below 90% of the better side, load that calf; otherwise look elsewhere."),
        (HEEL, {"heel_rise.lsi": 89.9}, "Heel rise: 89.9%, below 90% of the better side: load that calf."),
        (HEEL, {"heel_rise.lsi": 90.0}, "Heel rise: 90%, not below 90% of the better side: look elsewhere."),
        (
            HEEL,
            {"heel_rise.lsi": 100.0, "heel_rise.low": 20.0, "heel_rise.high": 20.0},
            "Heel rise: 20 against 20 is 100%, not below 90% of the better side: look elsewhere.",
        ),
        (AGE, {"age": 1.0}, "Age: 1 year, below 18 years: stop."),
        (AGE, {"age": 40.0}, "Age: 40 years, not below 18 years: go on."),
        (SKIN, {"age": 40.0}, "Skin: if it is hot to the touch, cool it; if not, warm it."),
    ],
)
def test_a_decider_says_what_a_known_value_decides_and_else_shows_both_branches(decider, facts: Facts, text: str):
    assert decider_text(decider, facts) == text


OWN, OPINION, TOLD = small_library().cruxes[0].evidence


@pytest.mark.parametrize(
    ("link", "facts", "text"),
    [
        (OWN, {}, "Cold water lessened pain for an hour (trial, thin)."),
        (
            OWN,
            {"sport": "swimming"},
            "Cold water lessened pain for an hour (trial, thin, a population like this patient's).",
        ),
        (OPINION, {}, "Cold slows the ache (opinion)."),
        (TOLD, {}, "Warmth changed nothing (systematic review, thin, seen second-hand)."),
    ],
)
def test_a_finding_says_its_design_its_weight_how_it_was_seen_and_whom_it_fits(link, facts: Facts, text: str):
    assert evidence_text(small_library(), link, facts) == text


def test_every_design_but_the_trial_has_its_own_words():
    assert set(DESIGN_WORDS) == {d.value for d in Design}
    assert len(set(DESIGN_WORDS.values())) == len(DESIGN_WORDS)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("age", 34.0, "34"),
        ("age", 12.5, "12.5"),
        ("heel_rise.lsi", 83.333333, "83.3"),
        ("sport", "running", "running"),
        ("condition", frozenset({"pfp", "fat-pad"}), "fat pad, pfp"),
        ("surgery.kind", "meniscal-repair", "meniscal repair"),
    ],
)
def test_a_value_is_shown_as_a_person_writes_it(name: str, value: FactValue, text: str):
    assert shown(name, {name: value}) == text
    assert fill(f"({{{name}}})", {name: value}) == f"({text})"


def test_what_is_no_slot_is_left_as_it_stands():
    assert fill("{Age} {} {0} {age!r}", {}) == "{Age} {} {0} {age!r}"


VARIANTS = (
    Text(text="At {age}.", cites=("a:1",), when="age < 18"),
    Text(text="After {surgery.weeks} weeks.", cites=("a:1",), when="surgery.kind"),
    Text(text="Else.", cites=("a:1",)),
)


@pytest.mark.parametrize(
    ("facts", "position"),
    [
        ({"age": 15.0}, 0),
        ({"age": 15.0, "surgery.kind": "aclr", "surgery.weeks": 3.0}, 0),
        ({"surgery.kind": "aclr", "surgery.weeks": 3.0}, 1),
        ({"surgery.kind": "aclr"}, 2),
        ({}, 2),
    ],
)
def test_the_first_variant_that_holds_and_whose_slots_are_known_is_picked(facts: Facts, position: int):
    assert next(fitting(VARIANTS, facts), None) == position
    assert list(fitting(VARIANTS[:2], {})) == []


def test_no_variant_is_no_sentence():
    assert variant(small_library().cruxes[0], "next", (), {}) is None


@pytest.mark.parametrize("facts", [{}, CASE], ids=["nothing known", "a case"])
def test_every_variant_that_is_picked_from_the_packaged_library_renders_again_from_its_address(facts: Facts):
    library = packaged_library()
    found = [
        sentence
        for crux in library.cruxes
        for place, texts in variant_lists(crux)
        if (sentence := variant(crux, place, texts, facts))
    ]
    assert len(found) > 100
    assert [s for s in found if render(library, s.origin, facts) != s] == []


def test_every_other_sentence_of_the_packaged_library_renders():
    library = packaged_library()
    for crux in library.cruxes:
        told = [f"{crux.id}/evidence/{n}" for n in range(len(crux.evidence))]
        told += [f"{crux.id}/{place}/{n}" for place in ("needs", "missing") for n in range(len(crux.needs))]
        told += [f"{crux.id}/premises/{p.id}" for p in crux.premises]
        for origin in told:
            assert render(library, origin, {}).text.endswith((".", "?")), origin
    for flag in library.red_flags:
        assert render(library, f"red-flag/{flag.id}/do_now", {}).cites == flag.cites
    for viewpoint in library.viewpoints:
        assert viewpoint.surname in render(library, f"viewpoint/{viewpoint.id}/nearest", {}).text


def test_a_changed_sentence_no_longer_renders_as_it_was():
    library = small_library()
    crux = library.cruxes[0]
    reworded = replace(crux, dose=(replace(crux.dose[0], text="Twenty minutes."),))
    after = render(replace(library, cruxes=(reworded,)), "cold-knee/dose/0", {})
    assert after != render(library, "cold-knee/dose/0", {})
