"""How far two mentors who do not see each other's review agree, by Krippendorff's alpha with an interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import krippendorff
import numpy as np
from numpy.typing import NDArray

from assistant.desk.access import Action
from assistant.desk.sitting import Sitting
from assistant.records.review_types import AnswerVerdict, CitationVerdict, Review, ReviewForm, ViewpointVerdict
from assistant.records.reviews import select_reviews

RESAMPLES = 1_000  # chosen: the ends of a 95 % interval then stand to about 0.01
SEED = 20_261_130
_ENDS = (2.5, 97.5)

Scale = Literal["nominal", "ordinal"]
Counts = NDArray[np.int64]
"""One row a unit, one column a verdict: how many reviewers gave it; shape (units, verdicts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Agreement on one kind of thing; `value` and its interval are None where there is too little to tell.

    `value` is undefined where every verdict is the same, however often; `same` then says that it is. `low` and `high`
    end a 95 % interval by resampling whole items: the citations of one answer are no independent observations.
    """

    value: float | None
    low: float | None
    high: float | None
    same: float | None
    """The share of units on which both gave the same verdict."""
    units: int
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement per citation, per school, and per answer."""

    citations: Alpha
    viewpoints: Alpha
    answers: Alpha


def agreement(sitting: Sitting) -> Agreement:
    """Return how far mentors agree, over the items that two of them reviewed blind."""
    sitting.require(Action.READ_STATISTICS)
    with sitting.records.reading() as connection:
        pairs = blind_pairs(select_reviews(connection))
    return Agreement(
        citations=alpha([_shared(a.citations, b.citations) for a, b in pairs], CitationVerdict, "nominal"),
        viewpoints=alpha([_shared(a.viewpoints, b.viewpoints) for a, b in pairs], ViewpointVerdict, "nominal"),
        answers=alpha([_both(a, b) for a, b in pairs], AnswerVerdict, "ordinal"),
    )


def blind_pairs(reviews: Iterable[Review]) -> tuple[tuple[ReviewForm, ReviewForm], ...]:
    """Return for each item that two mentors reviewed what each first came to, before seeing the other's."""
    firsts: dict[int, dict[str, Review]] = {}
    for review in sorted((r for r in reviews if r.finished_at), key=lambda r: (r.finished_at, r.id)):
        firsts.setdefault(review.item_id, {}).setdefault(review.reviewer_id, review)
    found = (tuple(by_reviewer.values())[:2] for by_reviewer in firsts.values() if len(by_reviewer) > 1)
    return tuple((first.form, second.form) for first, second in found)


def alpha(items: Sequence[Sequence[tuple[StrEnum, StrEnum]]], kind: type[StrEnum], scale: Scale) -> Alpha:
    """Return the agreement on units that lie in items, each unit a pair of verdicts of `kind` in their order.

    Source:
        Krippendorff, Content Analysis (2018), ch. 12; the percentile bootstrap over clusters: Davison & Hinkley (1997).
    """
    filled = [_counted(pairs, tuple(kind)) for pairs in items if pairs]
    if not filled:
        return Alpha(value=None, low=None, high=None, same=None, units=0, items=0)
    units = np.concatenate(filled)
    low, high = _interval(filled, scale)
    return Alpha(
        value=_alpha(units, scale),
        low=low,
        high=high,
        same=float((units.max(axis=1) == 2).mean()),
        units=len(units),
        items=len(filled),
    )


def _interval(filled: Sequence[Counts], scale: Scale) -> tuple[float | None, float | None]:
    """Return the ends of the interval; None with fewer than two items, or where most resamples are of one verdict."""
    rng = np.random.default_rng(SEED)
    draws = rng.integers(0, len(filled), size=(RESAMPLES, len(filled)))
    found = [_alpha(np.concatenate([filled[n] for n in draw]), scale) for draw in draws] if len(filled) > 1 else []
    values = [value for value in found if value is not None]
    if len(values) < RESAMPLES // 2:
        return None, None
    low, high = np.percentile(values, _ENDS)
    return float(low), float(high)


def _alpha(units: Counts, scale: Scale) -> float | None:
    if np.count_nonzero(units.sum(axis=0)) < 2:  # one verdict only: what is expected by chance is then 0
        return None
    return float(krippendorff.alpha(value_counts=units, level_of_measurement=scale))


def _counted(pairs: Iterable[tuple[StrEnum, StrEnum]], kinds: Sequence[StrEnum]) -> Counts:
    return np.array([[(first == kind) + (second == kind) for kind in kinds] for first, second in pairs], dtype=np.int64)


def _shared(first: Mapping[Any, StrEnum], second: Mapping[Any, StrEnum]) -> list[tuple[StrEnum, StrEnum]]:
    return [(first[key], second[key]) for key in first if key in second]


def _both(first: ReviewForm, second: ReviewForm) -> list[tuple[StrEnum, StrEnum]]:
    return [] if first.verdict is None or second.verdict is None else [(first.verdict, second.verdict)]
