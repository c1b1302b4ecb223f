"""The hand-written answer that the evals' tests share and break, and reading it."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from corpus.library import Library
from corpus.types import Action, Debate, Design, Passage, PassageKind, RedFlag, Seen, SeenLevel, Source, Viewpoint
from evals.answers import (
    citation_problem,
    citations,
    cited_passages,
    claims,
    claims_to_cite,
    known_facts,
    text_of,
)
from evals.cases import EvalCase, Expect, Split, Suite
from guardrails.types import Status

CALF, CHAIN, TRIAL = "barker:1", "bento:1", "trial:1"
_TEXTS = {
    CALF: "Calf and hamstrings that underwork leave the quadriceps to take over.",
    CHAIN: "No literature is known that makes a weak calf the reason for pain.",
    TRIAL: "Load education alone did as well as with exercise in 69 runners.",
}
_SCHOOLS = {CALF: "calf-focused", CHAIN: "whole-chain", TRIAL: None}


def small_library() -> Library:
    """Return a library of two schools, one trial and one red flag."""
    return Library(
        sources=tuple(_source(passage_id) for passage_id in _TEXTS),
        viewpoints=tuple(_viewpoint(v) for v in ("calf-focused", "whole-chain")),
        debates=(Debate(id="calf-versus-chain", title="T", question="Q", viewpoints=("calf-focused", "whole-chain")),),
        red_flags=(
            RedFlag(
                id="dvt",
                name="DVT",
                action=Action.URGENT_REFERRAL,
                strong=("pitting oedema",),
                suspected="s",
                do_now="d",
                cites=(TRIAL,),
            ),
        ),
    )


def _source(passage_id: str) -> Source:
    passage = Passage(id=passage_id, locator="p. 1", kind=PassageKind.CLAIM, text=_TEXTS[passage_id], topics=("calf",))
    return Source(
        id=passage.source_id,
        title="T",
        design=Design.EXPERT_OPINION,
        viewpoint=_SCHOOLS[passage_id],
        seen=Seen(level=SeenLevel.FULL_TEXT),
        passages=(passage,),
    )


def _viewpoint(viewpoint_id: str) -> Viewpoint:
    return Viewpoint(
        id=viewpoint_id,
        name="N",
        proponent="P",
        surname="S",
        source="s",
        definition="d",
        weight="w",
        mistaken_for=(),
        aliases=(),
        nearest="n",
        claims=(),
    )


def good_answer() -> dict[str, Any]:
    """Return an answer of which every rule holds, fresh for the test to break."""
    return copy.deepcopy(
        {
            "schema": "counterpoint/answer/1",
            "status": "answered",
            "intent": "polar",
            "debates": ["calf-versus-chain"],
            "cruxes": ["calf-cause"],
            "case": {
                "facts": [
                    _fact("age", 51, replaced_by="f2"),
                    _fact("age", 15),
                    _fact("condition", ["pfp", "oa"]),
                    _fact("heel_rise.lsi", 74.6),
                    _fact("effusion", value=False),
                ]
            },
            "red_flags": [],
            "sections": [
                _section("short_answer", None, [("Not shown; load education did as well.", [3])]),
                _section("questions", None, [("Which knee hurts?", [])]),
                _section("viewpoint", "calf-focused", [("Barker blames an underworking calf.", [1])]),
                _section("viewpoint", "whole-chain", [("Bento knows of no such literature.", [2])]),
            ],
            "citations": [_citation(n, p) for n, p in enumerate((CALF, CHAIN, TRIAL), start=1)],
            "verdict": {
                "passed": True,
                "checks": [
                    {"name": n, "passed": True, "detail": "ok"} for n in ("claims_supported", "viewpoint_balance")
                ],
            },
            "provenance": {"composer": "extractive", "settings": "sha256:s"},
            "markdown": "Not shown; load education did as well. [3]",
        }
    )


def _fact(name: str, value: object, replaced_by: str | None = None) -> dict[str, Any]:
    return {"name": name, "value": value, "replaced_by": replaced_by}


def _section(kind: str, viewpoint: str | None, said: list[tuple[str, list[int]]]) -> dict[str, Any]:
    written = [{"text": text, "basis": "synthesis", "citations": numbers} for text, numbers in said]
    return {"kind": kind, "viewpoint": viewpoint, "title": f"{viewpoint or kind}", "claims": written}


def _citation(number: int, passage_id: str) -> dict[str, Any]:
    return {
        "number": number,
        "passage_id": passage_id,
        "locator": "p. 1",
        "quote": _TEXTS[passage_id],
        "viewpoint": _SCHOOLS[passage_id],
    }


def escalation() -> dict[str, Any]:
    """Return an answer that escalates for a suspected thrombosis."""
    answer = good_answer()
    answer["status"], answer["debates"], answer["citations"] = "escalated", [], [_citation(1, TRIAL)]
    answer["sections"] = [_section("safety", None, [("Suspected thrombosis: refer today.", [1])])]
    answer["red_flags"] = [{"pattern": "dvt", "action": "urgent-referral", "dismissed": None}]
    return answer


def eval_case(
    case_id: str = "debate-01",
    *,
    suite: Suite = Suite.DEBATE,
    family: str = "",
    split: Split = Split.DEV,
    question: str = "Is the calf the cause?",
    **expected: Any,
) -> EvalCase:
    """Return an eval case that expects an answer with both schools, unless told otherwise."""
    expected.setdefault("status", Status.ANSWERED)
    return EvalCase(
        id=case_id,
        suite=suite,
        family=family,
        split=split,
        author="t",
        date=date(2026, 1, 1),
        question=question,
        expect=Expect(**expected),
    )


def test_the_claims_of_all_sections_are_read_in_order() -> None:
    assert [c["text"] for c in claims(good_answer())][1] == "Which knee hurts?"
    assert text_of(good_answer()).count("\n") == 3


def test_questions_gaps_notes_and_facts_of_the_case_need_no_citation() -> None:
    answer = good_answer()
    answer["sections"][2]["claims"][0]["basis"] = "case"
    assert [c["citations"] for c in claims_to_cite(answer)] == [[3], [2]]


def test_a_mark_that_leads_nowhere_cites_no_passage() -> None:
    answer = good_answer()
    answer["sections"][0]["claims"][0]["citations"] = [3, 9]
    assert cited_passages(answer) == [TRIAL, CALF, CHAIN]


def test_a_replaced_fact_is_not_in_force() -> None:
    assert known_facts(good_answer())["age"] == 15


def test_a_citation_is_held_against_the_library() -> None:
    listed, library = citations(good_answer()), small_library()
    assert [citation_problem(c, library) for c in listed.values()] == [None, None, None]
    assert "differs from barker:1" in str(citation_problem({**listed[1], "quote": "other"}, library))
    assert "stands at p. 1, not at p. 2" in str(citation_problem({**listed[1], "locator": "p. 2"}, library))
    assert "does not hold" in str(citation_problem({**listed[1], "passage_id": "barker:99"}, library))
    assert "is calf-focused" in str(citation_problem({**listed[1], "viewpoint": "whole-chain"}, library))
