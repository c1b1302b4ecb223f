"""Two runs case by case: McNemar's test, the paired bootstrap over families, flips."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evals.metrics import Ratio
from evals.pairing import Difference, Match, differences, lost_on, matched, mcnemar, paired_interval
from evals.recording import CaseRecord, key_of, record_of
from evals.results import Outcome
from tests.test_evals_runner import CASES, ran


def record(key: str = "k", name: str | None = "n", family: str = "", **more: Mapping) -> CaseRecord:
    """Return what is kept of one case; it is a family by itself unless told otherwise."""
    kept = {"rules": {}, "parts": {}} | more
    return CaseRecord(key=key, name=name, family=family or key, came="answered", **kept)


def balanced(values: list[float]) -> list[CaseRecord]:
    """Return a record for each value of a mean."""
    return [record(f"{n:03}", parts={"viewpoint_balance": (v, 1.0)}) for n, v in enumerate(values)]


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_the_exact_binomial_test_of_the_cases_that_changed(rose: int, fell: int) -> None:
    expected = binomtest(rose, rose + fell).pvalue if rose + fell else 1.0
    assert mcnemar(rose, fell) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("worse", "is_significant"), [(5, False), (6, True)])
def test_six_flips_one_way_are_the_fewest_that_chance_does_not_explain(worse: int, is_significant: bool) -> None:
    assert (mcnemar(0, worse) < 0.05) is is_significant


def test_no_change_has_no_width() -> None:
    same = [Ratio(n / 20, 1.0) for n in range(20)]
    interval = paired_interval(same, same, [str(n) for n in range(20)], seed=1)
    assert (interval.low, interval.high) == (0.0, 0.0)


def test_the_bootstrap_is_paired_so_that_an_equal_loss_in_each_case_is_certain() -> None:
    then = [Ratio(n / 30, 1.0) for n in range(1, 31)]
    now = [Ratio(r.above - 0.05, 1.0) for r in then]
    interval = paired_interval(then, now, [str(n) for n in range(30)], seed=1)
    assert interval.low == pytest.approx(-0.05)
    assert interval.high == pytest.approx(-0.05)


def test_a_loss_in_one_family_counts_as_one_observation() -> None:
    then = [Ratio(1.0, 1.0)] * 30
    now = [Ratio(0.0, 1.0)] * 10 + [Ratio(1.0, 1.0)] * 20
    alone = paired_interval(then, now, [str(n) for n in range(30)], seed=1)
    together = paired_interval(then, now, ["one"] * 10 + [str(n) for n in range(20)], seed=1)
    assert alone.high < 0.0
    assert together.high == 0.0
    assert together.low < alone.low


def test_too_few_families_give_no_interval() -> None:
    ratios = [Ratio(1.0, 1.0)] * 9
    assert paired_interval(ratios, ratios, [str(n) for n in range(9)], seed=1) is None


def test_draws_without_a_denominator_are_left_out_and_nothing_else_is_none() -> None:
    nothing = [Ratio(0.0, 0.0)] * 12
    assert paired_interval(nothing, nothing, [str(n) for n in range(12)], seed=1) is None


def test_the_interval_depends_on_the_seed_alone() -> None:
    then = [Ratio(1.0, 1.0)] * 12
    now = [Ratio(float(n > 3), 1.0) for n in range(12)]
    families = [str(n) for n in range(12)]
    assert paired_interval(then, now, families, seed=3) == paired_interval(then, now, families, seed=3)


def test_a_flip_is_a_rule_that_passed_and_falls_short_or_the_other_way_round() -> None:
    then = record(rules={"a": Outcome.PASSED, "b": Outcome.FAILED, "c": Outcome.PASSED, "d": Outcome.UNSCORED})
    now = record(rules={"a": Outcome.ERRORED, "b": Outcome.PASSED, "c": Outcome.UNSCORED, "d": Outcome.FAILED})
    pair = Match(then=then, now=now)
    assert (pair.lost, pair.won) == (("a",), ("b",))


def test_cases_are_paired_by_key_and_those_of_the_dev_part_come_first() -> None:
    then = [record("1", "b"), record("2", None), record("3", "a"), record("4", "gone")]
    now = [record("2", None), record("1", "b"), record("3", "a"), record("5", "new")]
    assert [p.now.key for p in matched(then, now)] == ["3", "1", "2"]


def test_lost_are_the_cases_that_were_at_their_best_and_are_no_more() -> None:
    then = [record(str(n), parts={"crashed": (c, 1.0)}) for n, c in enumerate((0.0, 0.0, 1.0))]
    now = [record(str(n), parts={"crashed": (c, 1.0)}) for n, c in enumerate((1.0, 0.0, 1.0))]
    assert [p.now.key for p in lost_on("crashed", matched(then, now))] == ["0"]
    assert lost_on("both_schools", matched(then, now)) == ()


def test_a_difference_counts_cases_and_knows_which_way_is_better() -> None:
    then = [record(str(n), parts={"abstentions": (0.0, 1.0)}) for n in range(12)]
    now = [record(str(n), parts={"abstentions": (float(n < 7), 1.0)}) for n in range(12)]
    (found,) = differences(matched(then, now), seed=1)
    assert (found.n, found.before, found.after) == (12, 0.0, 7 / 12)
    assert (found.better, found.worse) == (0, 7)
    assert found.p == mcnemar(7, 0)
    assert found.gain == -7 / 12
    assert found.is_significant


def test_a_mean_has_an_interval_and_no_p() -> None:
    (found,) = differences(matched(balanced([1.0] * 20), balanced([0.8] * 8 + [1.0] * 12)), seed=1)
    assert found.p is None
    assert found.interval.high < 0
    assert found.is_significant
    assert (found.better, found.worse) == (0, 8)


def test_a_metric_that_only_one_run_scored_has_no_difference() -> None:
    then = [record(parts={"crashed": (0.0, 1.0), "words": (1.0, 1.0)})]
    now = [record(parts={"crashed": (0.0, 1.0), "facts_f1": (0.0, 0.0)})]
    assert [d.metric for d in differences(matched(then, now), seed=1)] == ["crashed"]


def test_without_an_interval_a_mean_is_not_significant() -> None:
    assert not Difference(metric="m", n=3, before=1.0, after=0.0, better=0, worse=3).is_significant


def test_of_a_case_of_the_test_part_neither_name_nor_family_is_kept() -> None:
    kept = {r.case.id: record_of(r) for r in ran().results}
    assert kept["debate-01"].name == "debate-01"
    hidden = kept["debate-02"]
    assert hidden.name is None
    assert "debate" not in f"{hidden.key}{hidden.family}"
    assert hidden.parts["facts_f1"] == (2.0, 2.0)
    assert len({key_of(c) for c in CASES}) == len(CASES)
