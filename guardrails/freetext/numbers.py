"""Every number of a claim stands in a cited passage or in the case, with the same unit, bound, and beside the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from guardrails.freetext.binding import context, fit
from guardrails.freetext.figures import Quantity, quantities
from guardrails.freetext.reading import Reading
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

# What one unit is in days; a month is also taken as four weeks up to half a year, as programmes are told.
_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
_CLOSE = 0.02  # 12 months are 52 weeks, within 1 %; chosen, decision 18
_FOUR_WEEKS = 28.0
_HALF_YEAR = 6
_SAME_KIND = (
    frozenset({"session", "times"}),
    frozenset({"people", "knee"}),
    frozenset({"repetition", "times"}),
    frozenset({"times", "set"}),
    frozenset({"times", "fold"}),
)
_FRACTIONS = frozenset({"50", "66.7", "33.3", "25", "20", "16.7", "10", "75"})
_ABOUT = 3.0  # per cent by which "about a third" may differ; chosen, decision 18
_LENGTHS = {"mm": 1.0, "cm": 10.0, "metre": 1000.0, "km": 1_000_000.0}
_SWAPPED = 1.6  # how much better the other number's place must fit; chosen on the dev half, decision 18
_LEAST_FIT = 0.5
_ARM = 6  # words after a number that may name what it belongs to


def misquoted(claim: Reading, grounds: Sequence[Ground], case: Reading) -> Iterator[Fault]:
    """Yield a fault for each number that is not that of a passage or of the case."""
    held = [(q, g) for g in grounds for r in (g.said, g.figures, g.population, g.named) for q in quantities(r)]
    of_case = quantities(case)
    for quantity in quantities(claim):
        if _only_points_back(claim, quantity):
            continue
        values = [h for h, _ in held if same_amount(quantity, h)]
        fitting = [h for h in values if same_unit(quantity, h)]
        if quantity.unit == "study" and any(h.unit == "study" for h, _ in held):
            fitting = [h for h in fitting if h.unit is not None]  # as the passage counts its studies itself
        if any(_in_bounds(quantity, h) for h in fitting):
            continue
        is_of_study = quantity.unit in ("people", "study") or _is_statistic(claim, quantity)  # a case has no sample
        if not is_of_study and any(_is_of_case(claim, quantity, case, c) for c in of_case):
            continue
        if fitting:
            yield contradicted(
                Rule.NUMBERS, f"the limit set by {quantity.shown} is turned round or is not in what is cited"
            )
        elif values:
            yield contradicted(
                Rule.UNITS,
                f"{_shown(quantity)} is not in what is cited; there {quantity.shown} stands with another unit ({_units(values)})",
            )
        else:
            yield contradicted(
                Rule.NUMBERS, f"the number {_shown(quantity)} is neither in what is cited nor in the case"
            )
    yield from _exchanged(claim, grounds)
    yield from _relabelled(claim, grounds)
    yield from _no_difference(claim, grounds)


def _is_of_case(claim: Reading, quantity: Quantity, case: Reading, typed: Quantity) -> bool:
    """Return whether a number is one that was typed, of the same thing."""
    if not same_amount(quantity, typed) or not same_unit(quantity, typed):
        return False
    return typed.unit is not None or fit(context(claim, quantity.at), context(case, typed.at)) > 0


_STATISTIC = frozenset({"median", "mean", "average", "averaged"})
_BY_IT = 4  # words between a statistic's name and its value. Chosen.


def _is_statistic(claim: Reading, quantity: Quantity) -> bool:
    """Return whether a number is what a study had as its median or mean, which no number of a case is."""
    for n, token in enumerate(claim.tokens):
        if token.word in _STATISTIC:
            near = [
                q for q in quantities(claim) if abs(q.at - n) <= _BY_IT and claim.tokens[q.at].clause == token.clause
            ]
            if min(near, key=lambda q: (abs(q.at - n), -q.at), default=None) == quantity:
                return True
    return False


_BY = ("by", "of")


def _no_difference(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for "beat it by 28 points", where 28 is one arm's value and the difference is another figure."""
    figures = [(g, clause) for g in grounds for clause in g.figures.clauses]
    differences = {t.word for _, c in figures if {"difference", "advantage"} & {t.word for t in c} for t in c}
    said = {q.value for g in grounds for q in quantities(g.said)}
    for quantity in quantities(claim):
        words = [t.word for t in claim.tokens if t.clause == claim.tokens[quantity.at].clause]
        is_gap = quantity.at > 0 and claim.tokens[quantity.at - 1].word in _BY and bool(_AHEAD & set(words))
        is_point = quantity.unit == "point"
        if is_gap and is_point and differences and quantity.shown not in differences and quantity.value not in said:
            yield contradicted(Rule.NUMBERS, f"the difference is not {quantity.shown} in what is cited")
            return


_AHEAD = frozenset("beat beats more better than over outperformed ahead_of against".split())
_LABELS = frozenset("grade stage week month day year phase level".split())
_PAIRED = 4  # words from a number to the number of its label, as in "6.9 percent in grade 1"


def _relabelled(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where a number stands with another grade, stage or week than it has in every passage."""
    held = [pair for g in grounds for r in (g.said, g.figures) for pair in _labelled(r)]
    for quantity, label, number in _labelled(claim):
        others = [n for q, w, n in held if w == label and same_amount(quantity, q) and q.unit == quantity.unit]
        if others and number not in others:
            yield contradicted(Rule.NUMBERS, f"{quantity.shown} is that of {label} {others[0]:g}, not {number:g}")
            return


def _labelled(reading: Reading) -> list[tuple[Quantity, str, float]]:
    """Return each number that is followed by a label with a number of its own."""
    words = [t.word for t in reading.tokens]
    pairs = pairwise(quantities(reading))
    return [
        (one, words[two.at - 1], two.value)
        for one, two in pairs
        if two.at - one.at <= _PAIRED and words[two.at - 1] in _LABELS
    ]


def _only_points_back(claim: Reading, quantity: Quantity) -> bool:
    """Return whether a number only stands for things named before, as in "the two did not differ"."""
    before = claim.tokens[quantity.at - 1].word if quantity.at else ""
    return quantity.unit is None and quantity.value in (2, 3) and before in ("the", "these", "those", "other")


def _exchanged(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where two numbers of one kind have changed places."""
    mine = quantities(claim)
    for ground in grounds:
        theirs = quantities(ground.said)
        for first, second in pairwise(mine):
            if first.value == second.value or first.unit != second.unit:
                continue
            a = [q for q in theirs if q.value == first.value and q.unit == first.unit]
            b = [q for q in theirs if q.value == second.value and q.unit == second.unit]
            if len(a) == len(b) == 1 and _places_changed(claim, first, second, ground.said, a[0], b[0]):
                yield contradicted(Rule.NUMBERS, f"{first.shown} and {second.shown} have changed places")
                return


def _places_changed(claim: Reading, first: Quantity, second: Quantity, said: Reading, a: Quantity, b: Quantity) -> bool:
    """Return whether the numbers stand the other way round than what they are said of."""
    own = fit(context(claim, first.at), context(said, a.at)) + fit(context(claim, second.at), context(said, b.at))
    other = fit(context(claim, first.at), context(said, b.at)) + fit(context(claim, second.at), context(said, a.at))
    if other > own * _SWAPPED and other > _LEAST_FIT:
        return True
    is_reversed = a.at > b.at
    if is_reversed and _between(claim, first, second) == _between(said, b, a):
        return True
    order = _order_of_arms(claim, first, second, said)
    return order is not None and is_reversed == (order > 0)


def _order_of_arms(claim: Reading, first: Quantity, second: Quantity, said: Reading) -> int | None:
    """Return 1 when what follows the first number stands first in the passage too, -1 when it stands second, else None."""
    left = {t.idea for t in claim.tokens[first.at + 1 : second.at] if not t.is_generic}
    right = {t.idea for t in claim.tokens[second.at + 1 : second.at + 1 + _ARM] if not t.is_generic}
    places = {t.idea: n for n, t in reversed(list(enumerate(said.tokens)))}
    one = [places[i] for i in left - right if i in places]
    other = [places[i] for i in right - left if i in places]
    if not one or not other or (max(one) > min(other) and max(other) > min(one)):
        return None
    return 1 if max(one) < min(other) else -1


def _between(reading: Reading, one: Quantity, other: Quantity) -> tuple[str, ...]:
    return tuple(t.word for t in reading.tokens[one.at + 1 : other.at])


def same_amount(mine: Quantity, held: Quantity) -> bool:
    """Return whether two quantities are the same amount, units of time and length converted where that is exact."""
    if mine.value == held.value:
        return True
    if mine.unit in _DAYS and held.unit in _DAYS and mine.unit != held.unit:
        return _same_time(mine, held)
    if mine.unit in _LENGTHS and held.unit in _LENGTHS:
        return abs(mine.value * _LENGTHS[mine.unit] - held.value * _LENGTHS[held.unit]) < 1e-9
    digits = len(mine.shown.partition(".")[2])
    if mine.is_rounded and mine.shown in _FRACTIONS and mine.unit == held.unit == "percent":
        return abs(held.value - mine.value) <= _ABOUT
    is_rounding = mine.is_rounded and len(held.shown.partition(".")[2]) > digits
    if is_rounding or (mine.unit == held.unit == "percent" and mine.shown in ("66.7", "33.3", "16.7")):
        return round(held.value, digits) == mine.value or abs(held.value - mine.value) < 0.5
    return False


def _same_time(mine: Quantity, held: Quantity) -> bool:
    days, other = mine.value * _DAYS[mine.unit or ""], held.value * _DAYS[held.unit or ""]
    if abs(days - other) <= _CLOSE * max(days, other):
        return True
    units = {mine.unit: mine.value, held.unit: held.value}
    return (
        set(units) == {"week", "month"}
        and units["month"] <= _HALF_YEAR
        and units["week"] * 7 == units["month"] * _FOUR_WEEKS
    )


_STRICT = frozenset(
    {
        "percent",
        "degree",
        "mm",
        "cm",
        "metre",
        "km",
        "kg",
        "newton",
        "week",
        "month",
        "year",
        "day",
        "hour",
        "minute",
        "second",
    }
)


def same_unit(mine: Quantity, held: Quantity) -> bool:
    """Return whether the unit of a quantity may stand for that of another, where the amount is the same."""
    if mine.unit == held.unit or (mine.value != held.value):
        return mine.unit == "percent" or not (mine.per and held.per) or mine.per == held.per
    if mine.per and held.per:
        return mine.per == held.per
    if held.unit is None:
        return mine.unit not in _STRICT and not mine.is_fold and (mine.per is None or mine.unit == "point")
    if mine.unit is None:
        return True
    return any({mine.unit, held.unit} <= kind for kind in _SAME_KIND)


def _in_bounds(mine: Quantity, held: Quantity) -> bool:
    return mine.bound == held.bound or mine.bound is None or (held.bound is None and mine.is_rounded)


def _shown(quantity: Quantity) -> str:
    return (
        quantity.shown
        if quantity.unit is None
        else f"{quantity.shown} {quantity.unit}{'' if quantity.unit in ('percent', 'mm', 'cm', 'km', 'kg', 'people', 'times', 'rm') else 's'}"
    )


def _units(held: Sequence[Quantity]) -> str:
    return ", ".join(sorted({h.unit or "none" for h in held}))
