"""A run: ordered, the same twice, complete or said to be partial; and the verdict on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.cases import EvalCase, Point, Split, Suite
from evals.errors import EmptySuiteError, NothingScoredError, ThresholdFileError
from evals.figures import METRICS, Figure, figures
from evals.gates import Threshold, in_words, judge, read_thresholds
from evals.metrics import Interval
from evals.results import CRASHED, Outcome, Run
from evals.runner import run
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
BOTH = Threshold(metric="both_schools", minimum=1.0, reason="r")


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
    assert judge(made, [BOTH]).line == "FAIL: 2 of 4 cases run"


def test_a_good_run_passes_and_says_what_was_not_scored() -> None:
    thresholds = [t for t in read_thresholds() if t.metric != "point_recall"]
    verdict = judge(ran(), thresholds)
    assert verdict.line == (
        "PASS: 4 cases, 15 gates met; not scored: what the studies found is shown, each school retrieved, "
        "forbidden points not made, identifiers and payloads absent, order flips, an added red flag escalates, said what no passage carries, "
        "a passage to the point cited, outcome and schools stay under what must not matter, "
        "the answer changes where it must, something to the point retrieved"
    )
    assert verdict.passed


def test_a_missed_threshold_fails_and_the_line_says_why() -> None:
    verdict = judge(ran(one_sided), [BOTH])
    assert not verdict.passed
    assert verdict.line == "FAIL: both schools 0 of 3 (0.0 %, 0.0 to 56.1) below 100 %"


def test_a_missed_maximum_is_above_it() -> None:
    verdict = judge(ran(crashing), [Threshold(metric="crashed", maximum=0.0, reason="r")])
    assert verdict.line == "FAIL: crashed 1 of 4 (25.0 %, 4.6 to 69.9) above 0 %"


def test_a_run_of_which_no_gate_can_be_judged_is_an_error() -> None:
    with pytest.raises(NothingScoredError, match="none of the 1 gates") as caught:
        judge(ran(cases=CASES[2:3]), [BOTH])
    assert caught.value.exit_code == 3


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


@pytest.mark.parametrize(
    ("value", "successes", "n", "words"),
    [
        (0.95, 57, 60, "57 of 60 (95.0 %, 86.3 to 98.3)"),
        (0.95, None, 60, "95.0 % (n = 60, 86.3 to 98.3)"),
        (None, None, 0, "not scored"),
    ],
)
def test_a_figure_in_words(value: float | None, successes: int | None, n: int, words: str) -> None:
    given = Figure(metric="m", label="l", value=value, n=n, successes=successes, interval=Interval(0.863, 0.983))
    assert in_words(given) == words


def test_the_packaged_thresholds_hold_what_the_issues_ask() -> None:
    bounds = {t.metric: t.minimum if t.maximum is None else t.maximum for t in read_thresholds()}
    hard = ("both_schools", "claims_cited", "citations_exact", "red_flags_escalated", "twins_not_escalated")
    assert all(bounds[m] == 1.0 for m in (*hard, "says_none", "absent", "words", "no_repeats"))
    assert bounds["abstentions"] == 0.05
    assert (bounds["schools_silent"], bounds["status_right"]) == (0.2, 0.95)
    assert (bounds["facts_f1"], bounds["point_recall"], bounds["crashed"]) == (0.9, 0.8, 0.0)
    assert set(bounds) <= {m.name for m in METRICS}


@pytest.mark.parametrize(
    ("entry", "line", "expected"),
    [
        ("{metric: both_school, minimum: 1, reason: r}", 3, "expected a metric among both_schools"),
        ("{metric: words, reason: r}", 3, "expected either a minimum or a maximum"),
        ("{metric: words, minimum: 1, maximum: 1, reason: r}", 3, "expected either a minimum or a maximum"),
        ("{metric: words, minimum: 95, reason: r}", 3, "less than or equal to 1"),
        ("{metric: words, minimum: 1}", 3, "reason: Field required"),
        ("{metric: words, minimum: 1, reason: r}\n- {metric: words, minimum: 1, reason: r}", 4, "already has"),
    ],
)
def test_a_wrong_threshold_is_refused_at_its_line(tmp_path: Path, entry: str, line: int, expected: str) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text(f"schema: counterpoint/eval-thresholds/1\nthresholds:\n- {entry}\n", encoding="utf-8")
    with pytest.raises(ThresholdFileError) as caught:
        read_thresholds(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert expected in str(caught.value)
