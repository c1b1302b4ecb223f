"""Which crux answers a case, what it may cite, and when nothing supports an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.framing import frame
from assistant.planning import SUPPORTED_SCORE, cited_by, gather, plan
from corpus.asks import CruxHit
from corpus.retriever import Hit, Retrieved, Retriever
from corpus.types import Action, Design
from guardrails.types import Detail, Flagged


@pytest.fixture(scope="module")
def shelf(assistant):
    return assistant.snapshot.library


def planned(assistant, question, detail=Detail.BRIEF):
    library = assistant.snapshot.library
    case = frame([question], library)
    retrieved = Retriever(assistant.snapshot).retrieve([question])
    return case, retrieved, plan(case, retrieved, library, detail)


def hits(*cruxes: tuple[str, float], passages: tuple[Hit, ...] = ()) -> Retrieved:
    found = tuple(CruxHit(crux_id=c, score=s, own_score=s, learned=s) for c, s in cruxes)
    return Retrieved(hits=passages, cruxes=found)


@pytest.mark.parametrize(
    ("question", "crux"),
    [
        ("Does an underworking calf cause knee pain?", "calf-cause"),
        ("Should every knee patient do calf rehab?", "calf-for-everyone"),
        ("Calf raises or functional drills for a runner with knee pain?", "raises-or-drills"),
        ("Does isolation ingrain bad patterns?", "isolation-patterns"),
        ("Does higher EMG mean a better exercise?", "emg-better"),
        ("Are the quads overworking and should they rest?", "quads-overworking"),
        ("What does instant relief prove?", "instant-relief"),
        ("Her knee snaps back in stance, what would each do?", "snap-back"),
        ("Do hamstring and gastrocnemius work together at the knee?", "hamstring-gastroc"),
        ("Why does his knee pain come back every time he ups his mileage?", "mileage-relapse"),
        ("6 weeks post ACLR hamstring graft, is isolated calf work ok?", "after-surgery"),
        ("Which test tells me whether the calf matters in this knee?", "who-to-test"),
        ("Are foot-driven drills better for the knee?", "foot-drills"),
        ("What do Barker and Bento agree on?", "what-both-agree"),
        ("What are the Ottawa knee criteria?", "fracture-rules"),
        ("Normal single-leg heel rise count by sex?", "heel-rise-norms"),
        ("How much pain is acceptable during loading?", "acceptable-pain"),
        ("First-line treatment for knee osteoarthritis?", "oa-first-line"),
        ("Return to sport after ACLR: which criteria?", "return-to-sport-acl"),
    ],
)
def test_each_question_is_answered_by_the_crux_it_is_about(assistant, question, crux):
    made = planned(assistant, question)[2]
    assert made.crux is not None
    assert made.crux.id == crux


@pytest.mark.parametrize(
    "question",
    [
        "Does acupuncture help patellofemoral pain?",
        "Hinge settings after posterolateral corner reconstruction?",
        "Below-knee amputee with a flexion contracture. How many hours of serial splinting a day?",
    ],
)
def test_what_the_library_does_not_hold_has_no_crux_and_three_nearest_questions(assistant, question):
    made = planned(assistant, question)[2]
    assert made.crux is None
    assert made.quoted == ()
    assert len({c.id for c in made.nearest}) == 3


def test_a_crux_below_the_calibrated_score_supports_nothing(shelf):
    case = frame(["calf raises"], shelf)
    below = plan(case, hits(("raises-or-drills", SUPPORTED_SCORE - 0.2)), shelf, Detail.BRIEF)
    above = plan(case, hits(("raises-or-drills", SUPPORTED_SCORE + 0.2)), shelf, Detail.BRIEF)
    assert (below.crux, above.crux and above.crux.id) == (None, "raises-or-drills")
    assert below.nearest[0].id == "raises-or-drills"


def test_a_tie_is_broken_by_id_whatever_the_order_found(shelf):
    case = frame(["anything about a knee"], shelf)
    two = [("isolation-patterns", 0.8), ("emg-better", 0.8)]
    chosen = {plan(case, hits(*order), shelf, Detail.BRIEF).crux.id for order in (two, two[::-1])}
    assert chosen == {"emg-better"}


def test_at_most_one_secondary_crux_for_a_question_in_two_parts_and_only_when_it_is_nearly_as_good(shelf):
    case = frame(["Does EMG matter at the knee, and should I isolate the calf?"], shelf)
    near = plan(case, hits(("emg-better", 0.8), ("isolation-patterns", 0.78)), shelf, Detail.FULL)
    far = plan(case, hits(("emg-better", 0.8), ("isolation-patterns", 0.6)), shelf, Detail.FULL)
    assert near.secondary is not None
    assert near.secondary.id == "isolation-patterns"
    assert far.secondary is None


def test_a_question_in_one_part_has_no_secondary_crux(shelf):
    case = frame(["Does EMG matter at the knee?"], shelf)
    assert plan(case, hits(("emg-better", 0.8), ("isolation-patterns", 0.79)), shelf, Detail.FULL).secondary is None


def test_a_crux_about_surgery_yields_where_no_surgery_is_known(shelf):
    found = hits(("after-surgery", 0.6), ("raises-or-drills", 0.58))
    without = plan(frame(["calf work?"], shelf), found, shelf, Detail.BRIEF)
    operated = plan(frame(["6 weeks post ACLR, calf work?"], shelf), found, shelf, Detail.BRIEF)
    assert (without.crux.id, operated.crux.id) == ("raises-or-drills", "after-surgery")


def test_a_false_premise_is_found_by_its_terms_in_any_wording(assistant):
    made = planned(assistant, "How many sets of donkey raises does Barker prescribe?")[2]
    other = planned(assistant, "Barker's donkey raise prescription: sets?")[2]
    plain = planned(assistant, "How many calf raises should I give?")[2]
    assert made.premise is not None
    assert other.premise is not None
    assert plain.premise is None


def test_a_clinics_own_document_is_quoted_when_no_crux_answers(shelf):
    source = shelf.sources[0]
    document = replace(source, id="clinic", design=Design.CLINIC_DOCUMENT, viewpoint=None)
    passage = replace(source.passages[0], id="clinic:1")
    library = replace(shelf, sources=(*shelf.sources, replace(document, passages=(passage,))))
    hit = Hit(passage_id="clinic:1", viewpoint=None, score=0.1, rank=1, dense=0.7, lexical=2.0)
    case = frame(["our clinic's brace protocol?"], library)
    assert plan(case, hits(passages=(hit,)), library, Detail.BRIEF).quoted == ("clinic:1",)
    weak = replace(hit, dense=0.3)
    assert plan(case, hits(passages=(weak,)), library, Detail.BRIEF).quoted == ()


def test_the_closed_set_holds_all_that_the_cruxes_lean_on_and_what_was_found(assistant, shelf):
    _, retrieved, made = planned(assistant, "Calf raises or functional drills for a runner?")
    evidence = gather(retrieved, made, (), shelf)
    assert set(cited_by(made.crux)) <= evidence.passage_ids
    assert {h.passage_id for h in retrieved.hits} <= evidence.passage_ids
    assert list(evidence.items) == sorted(evidence.items, key=lambda i: i.passage_id)


def test_both_schools_are_always_in_the_closed_set(assistant, shelf):
    for question in ("Ottawa knee criteria?", "shockwave for bursitis?", "What does Barker say?"):
        _, retrieved, made = planned(assistant, question)
        schools = {i.viewpoint for i in gather(retrieved, made, (), shelf).items}
        assert {"calf-focused", "whole-chain"} <= schools


def test_what_a_red_flag_leans_on_may_be_cited_only_when_it_was_seen(assistant, shelf):
    _, retrieved, made = planned(assistant, "Calf raises or drills?")
    flag = next(
        f for f in shelf.red_flags if f.cites and not set(f.cites) & gather(retrieved, made, (), shelf).passage_ids
    )
    flagged = Flagged(pattern=flag.id, triggers=("x",), action=Action(flag.action))
    assert set(flag.cites) <= gather(retrieved, made, (flagged,), shelf).passage_ids
    assert not set(flag.cites) <= gather(retrieved, made, (), shelf).passage_ids


def test_each_passage_of_a_crux_is_listed_once(shelf):
    for crux in shelf.cruxes:
        cited = cited_by(crux)
        assert len(cited) == len(set(cited))
        assert set(cited) <= set(shelf.passages)
