"""What is read from an answer's trace, the rules made of it, and what answers cost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.door import Assistant
from evals.cases import EvalCase, Point
from evals.expense import Expense, expense
from evals.judging import score
from evals.results import Outcome, Result, Score
from evals.scorers import SCORERS
from evals.traces import TRACE, ask_traced, claims_passed, evidence_ids, evidence_ranked
from tests.test_evals_answers import CALF, CHAIN, TRIAL, eval_case, good_answer, small_library

RULES = {s.rule: s for s in SCORERS}
CASE = eval_case(
    viewpoints=("calf-focused", "whole-chain"),
    cites_any={"calf-focused": (CALF,), "whole-chain": (CHAIN,)},
    points=(Point(point="Education did as well.", cites_any=(TRIAL,)),),
)
SCHOOLS = {CALF: "calf-focused", CHAIN: "whole-chain"}


def traced(*found: str, leaned_on: tuple[str, ...] = (), **trace: Any) -> dict[str, Any]:
    """Return the good answer with a trace: `found` by search in that order, `leaned_on` beside it."""
    items = [_item(p, "search", 1 / n) for n, p in enumerate(found, start=1)]
    items += [_item(p, "crux", 0.0) for p in leaned_on]
    return good_answer() | {TRACE: {"evidence": items, "attempts": [], "draft": drafted("c1"), "findings": [], **trace}}


def _item(passage_id: str, route: str, score: float) -> dict[str, Any]:
    return {"passage_id": passage_id, "viewpoint": SCHOOLS.get(passage_id), "route": route, "score": score}


def drafted(*claims: str) -> dict[str, Any]:
    """Return a draft with claims of these ids."""
    return {"sections": [{"claims": [{"id": c} for c in claims]}]}


def finding(claim_id: str | None) -> dict[str, Any]:
    """Return a finding on a claim, or on a whole draft."""
    return {"rule": "claims_supported", "claim_id": claim_id, "message": "m"}


def scored(rule: str, answer: dict[str, Any], case: EvalCase = CASE) -> Score:
    """Return the score of one rule."""
    return score(RULES[rule], case, answer, small_library())


def test_what_was_found_comes_in_the_products_order_and_without_what_is_only_leaned_on() -> None:
    answer = traced(TRIAL, CALF, leaned_on=(CHAIN,))
    assert evidence_ranked(answer, small_library()) == [TRIAL, CALF]
    assert evidence_ids(answer) == {TRIAL, CALF, CHAIN}


def test_each_school_has_a_place_among_the_first_five_of_the_ranking() -> None:
    others = tuple(f"other:{n}" for n in range(9))
    assert CHAIN in (evidence_ranked(traced(CALF, *others, CHAIN), small_library()) or ())[:5]


def test_without_a_trace_nothing_is_read_and_nothing_judged() -> None:
    assert evidence_ranked(good_answer(), small_library()) is None
    assert evidence_ids(good_answer()) is None
    assert claims_passed(good_answer()) is None
    assert {scored(rule, good_answer()).outcome for rule in ("retrieved", "schools_found", "gate")} == {
        Outcome.UNSCORED
    }


def test_retrieval_is_measured_against_what_the_case_names() -> None:
    found = scored("retrieved", traced("x:1", CALF, TRIAL))
    assert found.outcome is Outcome.PASSED
    assert found.values == {
        "recall": pytest.approx(2 / 3),
        "ndcg": pytest.approx(0.5307, abs=1e-4),
        "reciprocal_rank": 0.5,
        "viewpoint_recall": 0.0,
    }
    assert scored("retrieved", traced(CALF, CHAIN)).values["viewpoint_recall"] == 1.0


def test_viewpoint_recall_is_not_judged_where_the_case_names_no_passage_of_a_school() -> None:
    one_sided = replace(CASE, expect=replace(CASE.expect, cites_any={"calf-focused": (CALF,)}))
    assert "viewpoint_recall" not in scored("retrieved", traced(CALF), one_sided).values


def test_evidence_with_nothing_to_the_point_fails() -> None:
    assert scored("retrieved", traced("x:1")).detail == "nothing to the point was retrieved"
    assert scored("retrieved", traced("x:1", leaned_on=(TRIAL,))).outcome is Outcome.PASSED


def test_a_school_of_which_nothing_was_found_fails_though_a_sentence_leans_on_it() -> None:
    assert scored("schools_found", traced(CALF, TRIAL, CHAIN)).outcome is Outcome.PASSED
    found = scored("schools_found", traced(CALF, TRIAL, "gone:1", leaned_on=(CHAIN,)))
    assert found.detail == "nothing of whole-chain was retrieved"


def test_retrieval_is_judged_of_answers_only() -> None:
    assert scored("retrieved", traced(CALF) | {"status": "declined"}).outcome is Outcome.UNSCORED


def test_claims_that_the_gate_passed_are_told_from_those_it_did_not() -> None:
    held = {"draft": drafted("c1", "c2", "c3"), "findings": [finding("c2"), finding(None)]}
    crashed = {"draft": None, "findings": []}
    answer = traced(attempts=[held, crashed])
    assert claims_passed(answer) == [True, False, True, True]
    found = scored("gate", answer)
    assert (found.detail, found.values) == ("1 of 4 claims did not pass", {"gate_consistency": 0.75})


def test_what_stands_in_for_a_draft_that_was_held_back_is_not_judged() -> None:
    held = {"draft": drafted("c1"), "findings": [finding("c1")]}
    answer = traced(attempts=[held], findings=[finding("c1")])
    answer["verdict"]["passed"] = False
    assert claims_passed(answer | {"status": "abstained"}) == [False]
    assert claims_passed(answer | {"status": "escalated"}) == [False, False]


def test_an_answer_whose_claims_all_pass_has_a_gate_consistency_of_one() -> None:
    assert scored("gate", traced()).values == {"gate_consistency": 1.0}


def test_the_product_is_asked_with_its_trace(assistant: Assistant) -> None:
    answer = ask_traced(assistant, "Does a weak calf cause knee pain?")
    library = assistant.snapshot.library
    ranked = evidence_ranked(answer, library)
    assert ranked
    assert set(ranked) <= (evidence_ids(answer) or set()) <= set(library.passages)
    passed = claims_passed(answer)
    assert passed
    assert all(passed)


def cost(elapsed_ms: float | None, usage: dict[str, Any] | None = None) -> Result:
    """Return a result whose answer tells its cost."""
    provenance = {"usage": usage} | ({} if elapsed_ms is None else {"elapsed_ms": elapsed_ms})
    return Result(case=CASE, status="answered", scores=(), answer={"provenance": provenance})


def test_the_cost_of_answers_without_a_model_is_their_time() -> None:
    spent = expense([cost(10.0), cost(30.0), cost(20.0), cost(None)])
    assert spent == Expense(n=3, median_ms=20.0, p95_ms=29.0, calls=0, input_tokens=0, output_tokens=0, cost=0.0)
    assert str(spent) == "20 ms at the median, 29 ms at the 95th percentile (n = 3)"


def test_a_models_calls_tokens_and_price_add_up() -> None:
    used = {"calls": 2, "input_tokens": 900, "output_tokens": 80, "cost": 0.25}
    spent = expense([cost(10.0, used), cost(10.0, used), cost(10.0)])
    assert str(spent).endswith("; 4 calls, 1800 tokens in, 160 out, cost 0.50")
    unpriced = expense([cost(10.0, used), cost(10.0, used | {"cost": None})])
    assert str(unpriced).endswith("price not set")


def test_nothing_is_told_of_answers_that_say_nothing_of_their_cost() -> None:
    assert expense([]) is None
    assert expense([Result(case=CASE, status="crashed", scores=())]) is None
