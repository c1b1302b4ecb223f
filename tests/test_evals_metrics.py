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
        metrics.gate_consistency([]),
        metrics.quantile([], 0.5),
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


def test_gate_consistency_is_the_share_of_claims_that_pass() -> None:
    assert metrics.gate_consistency([True, True, True, False]) == 0.75


@pytest.mark.parametrize(
    ("expected", "came", "precision", "recall", "refusal"),
    [
        ("declined", "declined", 1.0, 1.0, None),
        ("declined", "abstained", 1.0, 1.0, None),
        ("abstained", "answered", None, 0.0, None),
        ("answered", "declined", 0.0, None, 1.0),
        ("answered", "answered", None, None, 0.0),
        ("escalated", "answered", None, None, None),
        ("escalated", "declined", 0.0, None, None),
        ("answered", "escalated", None, None, 0.0),
        ("declined", "crashed", None, 0.0, None),
    ],
)
def test_turning_away_is_judged_by_what_was_expected(
    expected: str, came: str, precision: float | None, recall: float | None, refusal: float | None
) -> None:
    def value(ratio: metrics.Ratio | None) -> float | None:
        return None if ratio is None else ratio.value

    assert value(metrics.deflection_precision(expected, came)) == precision
    assert value(metrics.deflection_recall(expected, came)) == recall
    assert value(metrics.false_refusal(expected, came)) == refusal


def test_order_flips_are_counted_among_all_that_were_turned_round() -> None:
    parts = [metrics.order_flip(is_changed=changed) for changed in (True, False, False, False)]
    assert metrics.sum_of(parts).value == 0.25


@pytest.mark.parametrize(
    ("values", "share", "expected"), [([4.0], 0.95, 4.0), ([1.0, 3.0], 0.5, 2.0), ([0.0, 10.0, 20.0], 0.95, 19.0)]
)
def test_a_quantile_is_interpolated(values: list[float], share: float, expected: float) -> None:
    assert metrics.quantile(values, share) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_a_quantile_lies_within_the_values(values: list[float], share: float) -> None:
    found = metrics.quantile(values, share)
    assert found is not None
    assert min(values) - 1e-6 <= found <= max(values) + 1e-6


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), min_size=2))
def test_balance_lies_between_0_and_1(marks: dict[str, int]) -> None:
    found = metrics.viewpoint_balance(marks)
    assert found is None or -1e-9 <= found <= 1 + 1e-9


@given(st.lists(st.lists(st.booleans())))
def test_citation_recall_and_precision_are_shares(claims: list[list[bool]]) -> None:
    for found in (metrics.citation_recall(claims), metrics.citation_precision(claims)):
        assert found is None or 0 <= found <= 1
