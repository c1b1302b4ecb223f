"""Narrower questions are answered by the point they ask for, and by the nearest finding where there is no point."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.extractive import compose
from assistant.framing import frame
from assistant.planning import Plan, gather
from corpus.retriever import Hit, Retrieved
from corpus.sentences import OriginError, render
from guardrails.policy import judge
from guardrails.types import Basis, Detail, SectionKind, Status

CASES = ["", "28F runner, SLHR 11 R v 26 L", "13F netball", "61F knee OA", "6 weeks post ACLR hamstring graft"]


def plan_for(crux, point, library, *, detail=Detail.BRIEF, found=()):
    return Plan(
        debate=library.debate_by_id[crux.debate],
        crux=crux,
        secondary=None,
        premise=None,
        nearest=(),
        quoted=(),
        detail=detail,
        point=point,
        found=tuple(found),
    )


def verdict_of(case, plan, library):
    evidence = gather(Retrieved(hits=plan.found, cruxes=()), plan, (), library, facts=case.known)
    draft = compose(case, plan, (), library)
    return draft, judge(draft, Status.ANSWERED, case, evidence, library)


def short_answer(draft):
    return next(s for s in draft.sections if s.kind is SectionKind.SHORT_ANSWER).claims


def hit(passage_id, dense):
    return Hit(passage_id=passage_id, viewpoint=None, score=0.1, rank=1, dense=dense, lexical=1.0)


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("text", CASES)
def test_every_point_makes_an_answer_that_passes(text, detail, library):
    case = frame([f"{text} why?"], library)
    failed = [
        (crux.id, number, finding.message)
        for crux in library.cruxes
        for number in range(len(crux.points))
        for finding in verdict_of(case, plan_for(crux, number, library, detail=detail), library)[1].findings
    ]
    assert failed == []


def test_a_points_sentences_open_the_short_answer(library):
    crux = next(c for c in library.cruxes if c.points)
    draft, _ = verdict_of(frame(["why?"], library), plan_for(crux, 0, library), library)
    assert [c.origin.split("/")[1] for c in short_answer(draft)[:2]] == ["points.0.says", "points.0.reason"]


def test_most_questions_put_in_a_points_own_words_find_that_point(assistant):
    asked = [(c, n, p.asks[0]) for c in assistant.snapshot.library.cruxes for n, p in enumerate(c.points)][::9]
    found = [assistant.ask(question) for _, _, question in asked]
    right = [
        a.draft.cruxes[:1] == (c.id,) and any(f"points.{n}." in (claim.origin or "") for claim in a.draft.claims)
        for (c, n, _), a in zip(asked, found, strict=True)
    ]
    assert sum(right) >= 0.8 * len(right), [q for (_, _, q), ok in zip(asked, right, strict=True) if not ok]


def test_without_a_point_a_very_near_finding_is_sentence_two_in_the_librarys_own_words(library):
    crux = library.crux_by_id["patellofemoral-first-line"]
    plan = plan_for(crux, None, library, found=[hit("rathleff-2014:1", 0.75)])
    draft, verdict = verdict_of(frame(["why?"], library), plan, library)
    assert verdict.passed
    second = short_answer(draft)[1]
    assert (second.basis, second.text) == (Basis.SOURCE, library.passages["rathleff-2014:1"].text)


def test_a_finding_that_is_not_near_stays_out(library):
    crux = library.crux_by_id["patellofemoral-first-line"]
    draft, _ = verdict_of(
        frame(["why?"], library), plan_for(crux, None, library, found=[hit("rathleff-2014:1", 0.5)]), library
    )
    assert all(claim.basis is not Basis.SOURCE for claim in draft.claims)


@pytest.mark.parametrize("passage", ["trek-runners-pfp-load-rules:1", "clinical-judgement:perthes"])
def test_what_was_seen_second_hand_or_not_at_all_never_stands_alone(passage, library):
    crux = library.crux_by_id["running-load"]
    draft, _ = verdict_of(frame(["why?"], library), plan_for(crux, None, library, found=[hit(passage, 0.9)]), library)
    assert all(claim.basis is not Basis.SOURCE for claim in draft.claims)


@pytest.mark.parametrize(
    "origin", ["calf-cause/points.99.says/0", "calf-cause/points.x.says/0", "calf-cause/points.0.asks/0"]
)
def test_an_address_of_no_point_is_refused(origin, library):
    with pytest.raises(OriginError):
        render(library, origin, {})


def test_a_point_of_another_crux_is_found_by_the_verdict(library):
    crux = next(c for c in library.cruxes if c.points)
    case, plan = frame(["why?"], library), plan_for(crux, 0, library)
    draft, _ = verdict_of(case, plan, library)
    first = short_answer(draft)[0]
    forged = replace(first, origin=first.origin.replace("points.0", "points.1"))
    sections = tuple(replace(s, claims=tuple(forged if c is first else c for c in s.claims)) for s in draft.sections)
    evidence = gather(Retrieved(hits=(), cruxes=()), plan, (), library, facts=case.known)
    verdict = judge(replace(draft, sections=sections), Status.ANSWERED, case, evidence, library)
    assert "claims_supported" in {f.rule for f in verdict.findings}


def test_a_bare_case_is_answered_by_its_subject_and_not_by_a_narrower_question(assistant):
    found = assistant.ask("34F runner, could only do 12 on the left and 20 on the right heel raises")
    assert all("/points." not in c.origin for c in found.draft.claims if c.origin)


def test_what_study_an_author_did_is_answered_with_what_the_article_is(assistant):
    found = assistant.ask("What's the p-value in Barker's study of calf raises?")
    assert "Neither reports a study of their own" in short_answer(found.draft)[0].text
