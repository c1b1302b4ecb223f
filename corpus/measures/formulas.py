"""The formulas that an answer may name: the composer computes by them, and the guardrail computes again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from corpus.errors import OutOfRangeError
from corpus.facts import Facts, FactValue
from corpus.measures.heel_rise import heel_rise_norm, percent_short
from corpus.measures.knee_to_wall import knee_to_wall_gap
from corpus.measures.symmetry import limb_symmetry
from corpus.measures.types import Sex

Inputs = Mapping[str, float]
HEEL_RISES = (
    "heel_rise.low",
    "heel_rise.left",
    "heel_rise.right",
)  # the count that a norm is held to, first known first
_TWO_SIDES = frozenset({"low", "high"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How a value follows from its inputs, which inputs those may be, and what else the case must say."""

    work_out: Callable[[Inputs], float]
    takes: Callable[[frozenset[str]], bool]
    holds_for: Mapping[str, FactValue] = field(default_factory=dict[str, FactValue])


def _of_two_sides(calculate: Callable[[float, float], float]) -> Formula:
    return Formula(
        work_out=lambda given: calculate(given["low"], given["high"]), takes=lambda names: names == _TWO_SIDES
    )


def _short_of_norm(given: Inputs, *, sex: Sex) -> float:
    count = next(given[name] for name in HEEL_RISES if name in given)
    return percent_short(count, heel_rise_norm(age_years=given["age"], sex=sex))


def _is_count_at_an_age(names: frozenset[str]) -> bool:
    return len(names) == 2 and "age" in names and not names.isdisjoint(HEEL_RISES)


FORMULAS: Mapping[str, Formula] = {
    "as-stated": Formula(work_out=lambda given: next(iter(given.values())), takes=lambda names: len(names) == 1),
    "limb-symmetry": _of_two_sides(limb_symmetry),
    "knee-to-wall-gap": _of_two_sides(knee_to_wall_gap),
    **{
        f"heel-rise-norm-{sex}": Formula(
            work_out=partial(_short_of_norm, sex=sex), takes=_is_count_at_an_age, holds_for={"sex": sex.value}
        )
        for sex in Sex
    },
}


def worked_out(name: str, inputs: Inputs) -> float | None:
    """Return the value of a named formula, or None for an unknown formula or inputs that it does not take.

    >>> worked_out("limb-symmetry", {"low": 11.0, "high": 26.0})
    42.0
    """
    formula = FORMULAS.get(name)
    if formula is None or not formula.takes(frozenset(inputs)):
        return None
    try:
        return formula.work_out(inputs)
    except OutOfRangeError:
        return None


def holds_for(name: str, facts: Facts) -> bool:
    """Return whether the case says what a known formula asks for beside its inputs, such as the sex of a norm."""
    return all(facts.get(fact) == value for fact, value in FORMULAS[name].holds_for.items())


def formula_of(fact: str, facts: Facts) -> tuple[str, dict[str, float]] | None:
    """Return the formula and the inputs by which the number of `fact` was come by, or None when it is not known."""
    value = facts.get(fact)
    if not isinstance(value, float):
        return None
    test = fact.removesuffix(".lsi")
    low, high = facts.get(f"{test}.low"), facts.get(f"{test}.high")
    if test != fact and isinstance(low, float) and isinstance(high, float):
        return "limb-symmetry", {"low": low, "high": high}
    return "as-stated", {fact: value}
