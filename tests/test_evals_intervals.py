"""Clustered intervals: Wilson's where cases stand alone, wider where they come in families, never without doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import coverage
from evals.coverage import Setting, family_sizes, passes, simulated
from evals.intervals import by_family, effective_size, ratio_interval, share_interval
from evals.metrics import Interval, Ratio, wilson_interval

CASES = st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=60)


def shares(cases: list[tuple[bool, int]]) -> tuple[list[float], list[str]]:
    """Return outcomes and families as the intervals take them."""
    return [float(passed) for passed, _ in cases], [f"family-{n}" for _, n in cases]


def width(limits: Interval | None) -> float:
    """Return how wide an interval is."""
    assert limits is not None
    return limits.high - limits.low


def test_without_cases_there_is_no_interval() -> None:
    assert share_interval([], []) is None
    assert ratio_interval([], [], seed=1) is None
    assert ratio_interval([Ratio(0.0, 0.0)], ["a"], seed=1) is None


@given(st.lists(st.booleans(), min_size=2, max_size=80))
def test_cases_that_stand_alone_have_wilsons_interval(passed: list[bool]) -> None:
    ours = share_interval([float(p) for p in passed], [f"case-{n}" for n in range(len(passed))])
    theirs = wilson_interval(sum(passed), len(passed))
    assert ours is not None
    assert theirs is not None
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(CASES)
def test_families_never_count_for_more_than_their_cases(cases: list[tuple[bool, int]]) -> None:
    outcomes, families = shares(cases)
    grouped = by_family([Ratio(o, 1.0) for o in outcomes], families)
    assert 0 < effective_size(grouped) <= len(cases) + 1e-9


@given(CASES)
def test_an_interval_holds_its_share_and_stays_within_0_and_1(cases: list[tuple[bool, int]]) -> None:
    outcomes, families = shares(cases)
    limits = share_interval(outcomes, families)
    assert limits is not None
    assert 0 <= limits.low <= sum(outcomes) / len(outcomes) + 1e-9
    assert sum(outcomes) / len(outcomes) - 1e-9 <= limits.high <= 1 + 1e-9


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_cases_does_not_matter(cases: list[tuple[bool, int]], random) -> None:
    shuffled = random.sample(cases, len(cases))
    one, other = share_interval(*shares(cases)), share_interval(*shares(shuffled))
    assert one is not None
    assert other is not None
    assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=1e-9)


@pytest.mark.parametrize(
    ("grouped", "size"),
    [
        ([Ratio(5.0, 5.0)], 1.0),
        ([Ratio(2.0, 5.0)], 1.0),
        ([Ratio(1.0, 1.0)] * 7, 7.0),
        ([Ratio(3.0, 3.0), Ratio(1.0, 1.0)], 1.6),
        ([Ratio(0.0, 2.0)] * 5, 5.0),
    ],
)
def test_where_nothing_can_be_estimated_families_count_as_wholly_alike(grouped: list[Ratio], size: float) -> None:
    assert effective_size(grouped) == pytest.approx(size)


def test_families_that_pass_or_fail_as_one_are_worth_little_more_than_one_case_each() -> None:
    alike = [Ratio(4.0, 4.0)] * 15 + [Ratio(0.0, 4.0)] * 5
    mixed = [Ratio(3.0, 4.0)] * 20
    assert 15 < effective_size(alike) < 21
    assert 70 < effective_size(mixed) < 81


def test_a_mean_over_families_is_wider_than_over_cases() -> None:
    parts = [Ratio(v, 1.0) for v in (1.0, 1.0, 1.0, 0.2, 0.2, 0.2, 0.9, 0.9, 0.9, 0.4, 0.4, 0.4)]
    alone = ratio_interval(parts, [f"case-{n}" for n in range(12)], seed=3)
    together = ratio_interval(parts, [f"family-{n // 3}" for n in range(12)], seed=3)
    assert width(together) > width(alone) > 0


def test_a_mean_that_no_draw_changes_still_leaves_room_for_doubt() -> None:
    limits = ratio_interval([Ratio(1.0, 1.0)] * 30, [f"case-{n}" for n in range(30)], seed=3)
    assert limits == wilson_interval(30, 30)
    assert ratio_interval([Ratio(1.0, 1.0)] * 30, ["one"] * 30, seed=3) == wilson_interval(1, 1)


def test_the_interval_of_a_mean_is_the_same_for_the_same_seed() -> None:
    parts, families = [Ratio(v, 1.0) for v in (1.0, 0.5, 0.25)], ["a", "b", "b"]
    assert ratio_interval(parts, families, seed=5) == ratio_interval(parts, families, seed=5)


def test_simulated_families_add_up_and_are_correlated_as_asked() -> None:
    rng = coverage.np.random.default_rng(1)
    sizes = family_sizes(1_000, rng)
    assert sizes.sum() == 1_000
    assert 1 <= sizes.min() <= sizes.max() <= coverage.LARGEST_FAMILY
    bound = passes(Setting(n=1_000, rate=0.5, correlation=1.0), sizes, rng)
    assert all(passed in (0, size) for passed, size in zip(bound, sizes, strict=True))
    free = passes(Setting(n=1_000, rate=0.5, correlation=0.0), sizes, rng)
    assert 400 < free.sum() < 600


@pytest.mark.parametrize("rate", [0.8, 0.95])
def test_the_reports_interval_covers_where_wilsons_does_not(rate: float) -> None:
    plain, clustered = simulated(Setting(n=100, rate=rate, correlation=0.3), runs=300)
    assert plain.share < 0.94
    assert clustered.share >= 0.93
    assert clustered.width > plain.width


def test_the_table_has_a_row_a_setting() -> None:
    rows = list(coverage.lines(runs=3))
    assert len(rows) == 2 + 3 * 3 * 2
    assert rows[2].startswith("| 40 | 0.8 | 0.0 | ")
