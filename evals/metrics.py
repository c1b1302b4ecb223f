"""The formulas: pure functions, one paper each. An empty set has no value: None, never 0.0."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

_Z_95 = 1.959963984540054  # the normal quantile of a two-sided 95 % interval
_TURNED_AWAY = frozenset({"declined", "abstained"})
_RESAMPLES = 2_000  # Efron and Tibshirani 1993, ch. 13: percentile limits want 1,000 or more


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """A case's part in a metric: the metric is the sum of what stands above over the sum of what stands below.

    >>> sum_of([Ratio(1.0, 1.0), Ratio(0.5, 1.0)]).value
    0.75
    """

    above: float
    below: float

    @property
    def value(self) -> float | None:
        """The quotient; None where nothing stands below."""
        return self.above / self.below if self.below else None


def sum_of(ratios: Iterable[Ratio]) -> Ratio:
    """Return what stands above all of them over what stands below all of them."""
    parts = tuple(ratios)
    return Ratio(sum(r.above for r in parts), sum(r.below for r in parts))


def rate(successes: int, n: int) -> float | None:
    """Return `successes` of `n` as a share from 0 to 1; None when `n` is 0.

    >>> rate(57, 60)
    0.95
    """
    return successes / n if n else None


def wilson_interval(successes: float, n: float) -> Interval | None:
    """Return the 95 % score interval of a share; None when `n` is 0.

    Honest at the ends: 0 failures of 30 still leaves room for some. `n` may be an effective size, so no whole number.

    >>> limits = wilson_interval(57, 60)
    >>> round(limits.low, 3), round(limits.high, 3)
    (0.863, 0.983)

    Source:
        Wilson EB 1927, Probable inference, the law of succession, and statistical inference,
        J Am Stat Assoc 22:209-212.
    """
    if not n:
        return None
    share, z2 = successes / n, _Z_95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def bootstrap_interval(numerators: Sequence[float], denominators: Sequence[float], *, seed: int) -> Interval | None:
    """Return the 95 % percentile interval of sum(numerators) / sum(denominators) over cases.

    Cases are drawn again with replacement, so what is said twice within one case is not counted as two
    observations. Draws without any denominator are left out; None when there is none at all.

    >>> bootstrap_interval([1.0, 1.0], [1.0, 1.0], seed=1)
    Interval(low=1.0, high=1.0)

    Source:
        Efron B 1979, Bootstrap methods: another look at the jackknife, Ann Stat 7:1-26.
    """
    if not sum(denominators):
        return None
    count = len(denominators)
    drawn = np.random.default_rng(seed).integers(0, count, size=(_RESAMPLES, count))
    below = np.asarray(denominators, dtype=float)[drawn].sum(axis=1)
    above = np.asarray(numerators, dtype=float)[drawn].sum(axis=1)
    low, high = np.percentile(above[below > 0] / below[below > 0], [2.5, 97.5])
    return Interval(float(low), float(high))


def citation_recall(claims: Sequence[Sequence[bool]]) -> float | None:
    """Return the share of claims that a citation carries; None without claims.

    ALCE asks an NLI model whether a statement's citations together entail it. The product cites closed
    passages word for word, so here a claim is carried when one of its citations is verified: the passage
    exists and the quote is its text. Whether the passage supports the claim is for readers to judge.

    Args:
        claims: per claim that needs a citation, per citation, whether it is verified.

    Source:
        Gao T et al. 2023, Enabling large language models to generate text with citations (ALCE), EMNLP.
    """
    return rate(sum(any(marks) for marks in claims), len(claims))


def citation_precision(claims: Sequence[Sequence[bool]]) -> float | None:
    """Return the share of citation marks that are verified; None without marks.

    Args:
        claims: as for `citation_recall`.

    Source:
        Gao T et al. 2023 (ALCE), EMNLP, with its irrelevance test replaced by verification.
    """
    marks = [mark for claim in claims for mark in claim]
    return rate(sum(marks), len(marks))


def gate_consistency(passes: Sequence[bool]) -> float | None:
    """Return the share of drafted claims that the product's own checks pass; None without claims.

    Named so because the gate enforces it: what is shown has passed, so only drafts that were held back lower it.
    It does not say whether the checks are right.

    Args:
        passes: per claim, whether no check has a finding on it.

    Source:
        Es S et al. 2024, RAGAS: automated evaluation of retrieval augmented generation, EACL: faithfulness as the share
        of an answer's claims that a judge finds supported, with the product's checks for the judge.
    """
    return rate(sum(passes), len(passes))


def viewpoint_coverage(cited: AbstractSet[str], required: AbstractSet[str]) -> float | None:
    """Return the share of the `required` viewpoints that are cited; None when none is required.

    Source:
        Balepur N et al. 2025, MoDS: Moderating a mixture of document speakers, NAACL: coverage of the
        documents by citations, with a debate's viewpoints in the place of documents.
    """
    return rate(len(cited & required), len(required))


def viewpoint_balance(marks: Mapping[str, int]) -> float | None:
    """Return how evenly citations fall on the viewpoints, 1.0 even, 0.0 all on one.

    The entropy of the shares over its greatest value, that is 1 - KL(shares || even) / log k. None with
    fewer than two viewpoints, or without marks.

    >>> viewpoint_balance({"calf-focused": 3, "whole-chain": 3})
    1.0

    Source:
        Balepur N et al. 2025, MoDS, NAACL: balance of the cited perspectives against an even split.
    """
    total = sum(marks.values())
    if len(marks) < 2 or not total:
        return None
    shares = [count / total for count in marks.values() if count]
    return -sum(share * math.log(share) for share in shares) / math.log(len(marks)) + 0.0


def point_recall(made: Sequence[bool]) -> float | None:
    """Return the share of the expected points that an answer makes; None when none is expected.

    Source:
        Voorhees EM 2003, Overview of the TREC 2003 question answering track: recall of vital nuggets.
    """
    return rate(sum(made), len(made))


def fact_precision(right: float, wrong: float) -> Ratio:
    """Return how many of the values read are right, among facts the reference names.

    The reference lists what must be read, not all that may be, so facts it does not name are not judged.

    Source:
        Chinchor N 1992, MUC-4 evaluation metrics, MUC-4: precision of slot filling.
    """
    return Ratio(right, right + wrong)


def fact_recall(right: float, missed: float) -> Ratio:
    """Return how many of the expected values were read; a wrong value is missed as well.

    Source:
        Chinchor N 1992, MUC-4 evaluation metrics, MUC-4: recall of slot filling.
    """
    return Ratio(right, right + missed)


def fact_f1(right: float, wrong: float, missed: float) -> Ratio:
    """Return the harmonic mean of fact precision and recall as a ratio that can be summed over cases.

    >>> fact_f1(right=8, wrong=1, missed=2).value == 2 / (9 / 8 + 10 / 8)
    True

    Source:
        van Rijsbergen CJ 1979, Information retrieval, 2nd ed., ch. 7: the F measure with equal weights.
    """
    return Ratio(2 * right, 2 * right + wrong + missed)


def outcome_confusion(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return how often each (expected, came) pair of outcomes occurs, sorted; those that never do are absent.

    Source:
        Stehman SV 1997, Selecting and interpreting measures of thematic classification accuracy,
        Remote Sens Environ 62:77-89: the error matrix.
    """
    return dict(sorted(Counter(pairs).items()))


def abstention(outcome: str) -> Ratio:
    """Return one question's part in the share of abstentions.

    Source:
        El-Yaniv R, Wiener Y 2010, On the foundations of noise-free selective classification,
        J Mach Learn Res 11:1605-1641: one minus coverage.
    """
    return Ratio(float(outcome == "abstained"), 1.0)


def deflects(outcome: str) -> bool:
    """Return whether a question that ends so is turned away: declined, or abstained from."""
    return outcome in _TURNED_AWAY


def deflection_precision(expected: str, came: str) -> Ratio | None:
    """Return a question's part in the share of those turned away that should be; None where it was not turned away.

    Source:
        van Rijsbergen CJ 1979, Information retrieval, 2nd ed., ch. 7: precision, of turning away.
    """
    return Ratio(float(deflects(expected)), 1.0) if deflects(came) else None


def deflection_recall(expected: str, came: str) -> Ratio | None:
    """Return a question's part in the share of those to be turned away that are; None where it is not one of them.

    Source:
        van Rijsbergen CJ 1979, Information retrieval, 2nd ed., ch. 7: recall, of turning away.
    """
    return Ratio(float(deflects(came)), 1.0) if deflects(expected) else None


def false_refusal(expected: str, came: str) -> Ratio | None:
    """Return a question's part in the share of answerable ones that are turned away; None where it is not answerable.

    Source:
        Röttger P et al. 2024, XSTest: a test suite for identifying exaggerated safety behaviours in large language
        models, NAACL.
    """
    return Ratio(float(deflects(came)), 1.0) if expected == "answered" else None


def order_flip(*, is_changed: bool) -> Ratio:
    """Return a question's part in the share of answers that hang on the order of the evidence.

    Args:
        is_changed: whether outcome, schools or conclusion differ when the evidence comes last first.

    Source:
        Liu NF et al. 2024, Lost in the middle: how language models use long contexts, Trans Assoc Comput Linguist
        12:157-173: answers that hang on where in the context a passage stands.
    """
    return Ratio(float(is_changed), 1.0)


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which `share` of `values` lies, interpolated; None without values.

    >>> quantile([1.0, 2.0, 3.0, 10.0], 0.5)
    2.5

    Source:
        Hyndman RJ, Fan Y 1996, Sample quantiles in statistical packages, Am Stat 50:361-365: definition 7.
    """
    return float(np.quantile(np.asarray(values, dtype=float), share)) if len(values) else None
