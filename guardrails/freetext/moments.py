"""At which time and per what a number was counted: a share at 12 weeks is not that at 12 months, a beat no rise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.stemming import stem
from guardrails.freetext.figures import TIMES, Quantity, quantities
from guardrails.freetext.numbers import same_amount
from guardrails.freetext.reading import Reading
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_POINT = frozenset("at after by within".split())
_NEAR = 6  # words from a number to the time at which it was counted
_RATE = re.compile(r"(\d+(?:\.\d+)?) (\w+) (?:a|per|each|every) (minute|second|hour|km|mile|kilometre)\b")


def counted_otherwise(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a number at another time than in every passage, or of other things in the same time."""
    held = [pair for g in grounds for pair in _timed(g.said)]
    for number, time in _timed(claim):
        times = [t for n, t in held if same_amount(number, n) and n.unit == number.unit]
        if times and not any(_is_same(time, t) for t in times):
            shown = f"{times[0].shown} {times[0].unit}s"
            yield contradicted(
                Rule.NUMBERS, f"{number.shown} is what was found at {shown}, not {time.shown} {time.unit}s"
            )
            return
    rates = [m.groups() for g in grounds for m in _RATE.finditer(g.said.text)]
    for value, counted, per in (m.groups() for m in _RATE.finditer(claim.text)):
        others = [c for v, c, p in rates if v == value and p == per]
        if others and stem(counted) not in map(stem, others):
            yield contradicted(Rule.UNITS, f"{value} {counted} a {per} are {others[0]} in what is cited")
            return


def _is_same(one: Quantity, other: Quantity) -> bool:
    """Return whether two times are one: 12 weeks and 3 months, but not 12 weeks and 12 months."""
    return (one.unit == other.unit) == (one.value == other.value) and same_amount(one, other)


def _timed(reading: Reading) -> list[tuple[Quantity, Quantity]]:
    """Return each number that a point in time follows: "86% at 12 weeks"."""
    words = [t.word for t in reading.tokens]
    return [
        (one, two)
        for one, two in pairwise(quantities(reading))
        if two.unit in TIMES and one.unit not in TIMES and words[two.at - 1] in _POINT and two.at - one.at <= _NEAR
    ]
