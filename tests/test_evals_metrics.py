"""Metrics: worked values, ranges, and None where there is nothing to measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evals import metrics
from evals.metrics import Interval


@pytest.mark.parametrize(
    "empty",
    [
        metrics.rate(0, 0),
        metrics.wilson_interval(0, 0),
        metrics.bootstrap_interval([], [], seed=1),
        metrics.bootstrap_interval([0.0], [0.0], seed=1),
        metrics.citation_recall([]),
        metrics.citation_precision([[]]),
        metrics.viewpoint_coverage({"a"}, set()),
        metrics.viewpoint_balance({"a": 3}),
        metrics.viewpoint_balance({"a": 0, "b": 0}),
        metrics.point_recall([]),
        metrics.fact_precision(0, 0).value,
        metrics.fact_recall(0, 0).value,
        metrics.fact_f1(0, 0, 0).value,
        metrics.sum_of([]).value,
    ],
)
def test_an_empty_set_is_none_and_never_zero(empty: object) -> None:
    assert empty is None


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_wilson_interval_is_that_of_scipy(successes: int, failures: int) -> None:
    n = successes + failures
    ours = metrics.wilson_interval(successes, n)
    if ours is not None:
        theirs = binomtest(successes, n).proportion_ci(method="wilson")
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_the_bootstrap_is_the_same_for_the_same_seed_and_brackets_the_ratio() -> None:
    numerators, denominators = [1.0, 0.0, 2.0, 1.0], [1.0, 1.0, 2.0, 2.0]
    first = metrics.bootstrap_interval(numerators, denominators, seed=7)
    assert first == metrics.bootstrap_interval(numerators, denominators, seed=7)
    assert first is not None
    assert first.low < 4 / 6 < first.high


def test_the_bootstrap_leaves_out_draws_without_a_denominator() -> None:
    assert metrics.bootstrap_interval([1.0, 0.0], [1.0, 0.0], seed=1) == Interval(1.0, 1.0)


def test_citation_recall_counts_claims_and_precision_counts_marks() -> None:
    claims = [[True, False], [False], [], [True]]
    assert metrics.citation_recall(claims) == 0.5
    assert metrics.citation_precision(claims) == 0.5
    assert metrics.citation_precision([[True, True, False, False, False]]) == 0.4


def test_coverage_is_the_share_of_viewpoints_cited() -> None:
    assert metrics.viewpoint_coverage({"a", "z"}, {"a", "b"}) == 0.5


@pytest.mark.parametrize(
    ("marks", "balance"), [({"a": 4, "b": 4}, 1.0), ({"a": 4, "b": 0}, 0.0), ({"a": 3, "b": 1}, 0.8113)]
)
def test_balance_is_one_when_even_and_zero_when_one_sided(marks: dict[str, int], balance: float) -> None:
    assert metrics.viewpoint_balance(marks) == pytest.approx(balance, abs=1e-4)


def test_point_recall_is_the_share_of_points_made() -> None:
    assert metrics.point_recall([True, True, False]) == pytest.approx(2 / 3)


def test_a_fact_read_wrong_lowers_precision_and_recall() -> None:
    right, wrong, missed = 8, 1, 2
    assert metrics.fact_precision(right, wrong).value == pytest.approx(8 / 9)
    assert metrics.fact_recall(right, missed).value == 0.8
    assert metrics.fact_f1(right, wrong, missed).value == pytest.approx(2 * (8 / 9) * 0.8 / (8 / 9 + 0.8))


def test_the_confusion_matrix_counts_pairs_in_order() -> None:
    pairs = [("escalated", "answered"), ("answered", "answered"), ("answered", "answered")]
    assert list(metrics.outcome_confusion(pairs).items()) == [
        (("answered", "answered"), 2),
        (("escalated", "answered"), 1),
    ]


def test_the_abstention_rate_counts_abstentions_only() -> None:
    outcomes = ["abstained", "declined", "answered", "answered"]
    assert metrics.sum_of(map(metrics.abstention, outcomes)) == metrics.Ratio(1.0, 4.0)
