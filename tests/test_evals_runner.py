"""A run: ordered, the same twice, complete or said to be partial; and the verdict on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from evals.cases import EvalCase, Point, Split, Suite
from evals.errors import EmptySuiteError
from evals.figures import Figure, figures
from evals.gates import judge
from evals.results import CRASHED, Outcome, Run
from evals.runner import run
from evals.thresholds import floor, read_thresholds
from guardrails.types import Status
from tests.test_evals_answers import TRIAL, escalation, eval_case, good_answer, small_library

SCHOOLS = ("calf-focused", "whole-chain")
POINTS = (
    Point(point="Education did as well.", cites_any=(TRIAL,)),
    Point(point="A dose is given.", cites_any=(TRIAL,), says_any=("dose",)),
)
CASES = (
    eval_case("debate-01", viewpoints=SCHOOLS, supportable=True, points=POINTS),
    eval_case("debate-02", viewpoints=SCHOOLS, supportable=True, split=Split.TEST, facts={"age": 15.0}),
    eval_case("red-flag-01", suite=Suite.RED_FLAG, status=Status.ESCALATED, red_flags=("dvt",), question="Clot?"),
    eval_case("red-flag-twin-01", suite=Suite.RED_FLAG_TWIN, viewpoints=SCHOOLS, supportable=True),
)
BOTH = floor("both_schools", "r")


def answerer(question: str, history: Sequence[str]) -> dict[str, Any]:
    """Answer well: escalate the one question on a clot."""
    assert not history
    return escalation() if question == "Clot?" else good_answer()


def one_sided(question: str, history: Sequence[str]) -> dict[str, Any]:
    """Answer with one school only."""
    answer = answerer(question, history)
    del answer["sections"][3:]
    return answer


def crashing(question: str, history: Sequence[str]) -> dict[str, Any]:
    """Crash on a clot."""
    if question == "Clot?":
        raise RuntimeError("out of rope\nsecond line")
    return answerer(question, history)


def ran(answering=answerer, cases: Sequence[EvalCase] = CASES, **more: Any) -> Run:
    """Return a run on the small library."""
    return run(cases, answering, small_library(), **more)


def figure(made: Run, metric: str) -> Figure:
    """Return one figure of a run."""
    return next(f for f in figures(made.results, seed=0) if f.metric == metric)


def test_results_come_by_case_id_and_a_run_is_equal_whatever_the_order() -> None:
    first, second = ran(), ran(cases=CASES[::-1])
    assert [r.case.id for r in first.results] == [c.id for c in CASES]
    assert first == second
    assert first.provenance.composers == ("extractive",)
    assert (first.provenance.settings, first.provenance.code) == (("sha256:s",), "unknown")


def test_elapsed_time_stands_apart() -> None:
    ticks = iter([10.0, 12.5])
    made = ran(clock=lambda: next(ticks))
    assert made.elapsed_seconds == 2.5
    assert made == ran()


def test_progress_is_told_after_each_case() -> None:
    told: list[tuple[int, int, str]] = []
    ran(progress=lambda *news: told.append(news))
    assert told == [(n, 4, c.id) for n, c in enumerate(CASES, start=1)]


def test_history_is_passed_on() -> None:
    with_history = replace(eval_case(), history=("First?",))
    seen: list[Sequence[str]] = []
    ran(lambda _, history: seen.append(history) or good_answer(), [with_history])
    assert seen == [("First?",)]


def test_no_case_is_an_error_and_not_a_pass() -> None:
    with pytest.raises(EmptySuiteError, match="expected at least one eval case to run"):
        ran(cases=())


def test_a_crashed_answerer_is_a_result_with_the_errors_name() -> None:
    made = ran(crashing)
    crashed = next(r for r in made.results if r.case.id == "red-flag-01")
    assert (crashed.status, crashed.error) == (CRASHED, "RuntimeError: out of rope")
    assert made.is_complete
    outcomes = {s.rule: s.outcome for s in crashed.scores}
    assert outcomes["status"] is outcomes["red_flags"] is Outcome.ERRORED
    assert outcomes["words"] is Outcome.UNSCORED
    assert figure(made, "crashed").successes == 1
    assert figure(made, "red_flags_escalated").value == 0.0


@pytest.mark.parametrize("odd", [None, "answered", {}])
def test_what_is_no_answer_is_a_crash(odd: Any) -> None:
    (result,) = ran(lambda *_: odd, CASES[:1]).results
    assert str(result.error).startswith("TypeError: expected an answer's JSON with a status")


def test_an_answer_of_an_odd_shape_is_scored_where_it_can_be() -> None:
    (result,) = ran(lambda *_: {"status": "answered"}, CASES[:1]).results
    assert result.error is None
    assert {s.outcome for s in result.shortfalls} == {Outcome.ERRORED}
    assert judge(ran(lambda *_: {"status": "answered"}, CASES[:1]), read_thresholds()).passed is False


def test_ctrl_c_leaves_a_partial_run_that_fails() -> None:
    def interrupted(question: str, history: Sequence[str]) -> dict[str, Any]:
        if question == "Clot?":
            raise KeyboardInterrupt
        return answerer(question, history)

    made = ran(interrupted)
    assert (len(made.results), made.expected, made.is_complete) == (2, 4, False)
    assert judge(made, [BOTH]).line == "FAIL: partial, 2 of 4 cases run"


def test_figures_count_and_average_as_their_labels_say() -> None:
    made = ran()
    assert figure(made, "both_schools") == Figure(
        metric="both_schools",
        label="both schools",
        value=1.0,
        n=3,
        successes=3,
        interval=figure(made, "both_schools").interval,
        unscored=1,
    )
    assert figure(made, "point_recall").value == 0.5
    assert figure(made, "facts_f1").value == 1.0
    assert figure(made, "abstentions").n == 3
    assert figure(made, "says_none").value is None


def test_abstentions_are_counted_among_supportable_cases() -> None:
    made = ran(lambda *_: good_answer() | {"status": "abstained"})
    assert (figure(made, "abstentions").successes, figure(made, "abstentions").n) == (3, 3)
