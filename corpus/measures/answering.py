"""The lines that a measure adds to an answer, worked out from the facts of the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.errors import OutOfRangeError
from corpus.facts import Facts
from corpus.measures.formulas import HEEL_RISES, worked_out
from corpus.measures.heel_rise import DECADES, RETEST_RISES, SOURCE, Norm, against, heel_rise_norm
from corpus.measures.knee_to_wall import CHANGE_ERRORS_CM, against_error
from corpus.measures.types import Sex, as_read
from corpus.types import Crux

# hebert-losier-2017:1 holds the counts of these decades in its figures and note, the account by decade those of all.
_ERROR = "powden-2015:1"
_DECADES_OF_SOURCE = frozenset({20, 30, 40, 60, 70})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A sentence with the passages it cites and how its value was worked out."""

    text: str
    cites: tuple[str, ...]
    formula: str
    inputs: Mapping[str, float]
    value: float


def measured(address: str, facts: Facts) -> Measured | None:
    """Return the line of a measure, addressed ``measure/part``, or None when the case does not hold what it needs."""
    line = _LINES.get(address)
    if line is None:
        return None
    try:
        return line(facts)
    except OutOfRangeError:
        return None


def addresses_for(crux: Crux, facts: Facts) -> tuple[str, ...]:
    """Return the addresses of the lines that concern `crux` in a case of these facts.

    It decides by the test, or asks for it; or the case's sides differ by more than the test's error, which nobody who
    measured them wants passed over.
    """
    named = [d.fact for d in crux.decides if d.fact] + [n.fact for n in crux.needs]
    return tuple(a for a in _LINES if any(f.startswith(f"{_TEST_OF[a]}.") for f in named) or stands_out(a, facts))


def stands_out(address: str, facts: Facts) -> bool:
    """Return whether the case's sides differ by more than the error of the test behind a line."""
    gap, beyond = _number(facts, f"{_TEST_OF[address]}.gap"), _BEYOND_ERROR[address]
    return gap is not None and gap > beyond


def measured_from(crux: Crux, facts: Facts) -> tuple[str, ...]:
    """Return the passages that the lines of measures on `crux` may rest on in a case of these facts."""
    return tuple(p for address in addresses_for(crux, facts) for p in _RESTS_ON[address])


def _heel_rise_norm(facts: Facts) -> Measured | None:
    age, sex = _number(facts, "age"), facts.get("sex")
    fact = next((name for name in HEEL_RISES if _number(facts, name) is not None), None)
    if age is None or fact is None or sex not in set(Sex):
        return None
    norm = heel_rise_norm(age_years=age, sex=Sex(str(sex)))
    inputs = {"age": age, fact: float(facts[fact])}  # type: ignore[arg-type] # a number, seen above
    formula = f"heel-rise-norm-{norm.sex}"
    value = worked_out(formula, inputs)
    if value is None:
        return None
    cites = (SOURCE,) if norm.from_age in _DECADES_OF_SOURCE else (DECADES,)
    return Measured(text=_against(norm, facts), cites=cites, formula=formula, inputs=inputs, value=value)


def _against(norm: Norm, facts: Facts) -> str:
    return against(norm, _sides(facts), seen=" (second-hand)")


def _sides(facts: Facts) -> tuple[tuple[str, float], ...]:
    """Return the sides of the heel-rise test by name; low and high go before sides that were told earlier."""
    by_name = tuple((s, n) for s in ("left", "right") if (n := _number(facts, f"heel_rise.{s}")) is not None)
    low, high = _number(facts, "heel_rise.low"), _number(facts, "heel_rise.high")
    if low is None or high is None:
        return by_name or ((("lower side", low),) if low is not None else ())
    if sorted(n for _, n in by_name) == [low, high]:
        return by_name
    return ("lower side", low), ("higher side", high)


def _knee_to_wall_gap(facts: Facts) -> Measured | None:
    low, high = _number(facts, "knee_to_wall.low"), _number(facts, "knee_to_wall.high")
    if low is None or high is None:
        return None
    inputs = {"low": low, "high": high}
    value = worked_out("knee-to-wall-gap", inputs)
    if value is None:
        return None
    text = (
        f"Knee-to-wall {as_read(low)} against {as_read(high)} cm is a gap of {as_read(value)} cm, "
        f"{against_error(value)} that one ankle may differ by when measured again."
    )
    return Measured(text=text, cites=(_ERROR,), formula="knee-to-wall-gap", inputs=inputs, value=value)


def _number(facts: Facts, name: str) -> float | None:
    value = facts.get(name)
    return value if isinstance(value, float) else None


_LINES: Mapping[str, Callable[[Facts], Measured | None]] = {
    "heel-rise/norm": _heel_rise_norm,
    "knee-to-wall/gap": _knee_to_wall_gap,
}
_RESTS_ON: Mapping[str, tuple[str, ...]] = {"heel-rise/norm": (SOURCE, DECADES), "knee-to-wall/gap": (_ERROR,)}
_TEST_OF: Mapping[str, str] = {"heel-rise/norm": "heel_rise", "knee-to-wall/gap": "knee_to_wall"}
_BEYOND_ERROR: Mapping[str, float] = {"heel-rise/norm": RETEST_RISES, "knee-to-wall/gap": max(CHANGE_ERRORS_CM)}
