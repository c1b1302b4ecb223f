"""A gain that was gone by a time is not said to have lasted till then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guardrails.freetext.figures import TIMES, Quantity, quantities
from guardrails.freetext.numbers import same_amount
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.signs import LIKE, NEGATORS
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_POINT = frozenset("at by after within until till through past".split())
_LATER = frozenset("result results follow outcome outcomes mark point".split())  # "the 6-month result"
_BACK = 3  # words before a number among which the word stands that makes it a point in time


def outlasted(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where a passage finds nothing at a point in time and the claim finds something there."""
    for quantity in _points(claim):
        clause = _clause(claim, quantity.at)
        if any(map(_says_nothing, clause)):
            continue
        held = [(g.said, q) for g in grounds for q in _points(g.said) if same_amount(quantity, q)]
        if held and all(any(map(_says_nothing, _clause(said, q.at))) for said, q in held):
            yield contradicted(
                Rule.NEGATION,
                f"speaks of something at {quantity.shown} {quantity.unit}s, where what is cited found none",
            )
            return


def _points(reading: Reading) -> list[Quantity]:
    """Return the quantities of time that are points in it: "at 12 months", not "12 weeks of exercise"."""
    words = [t.word for t in reading.tokens]
    times = [q for q in quantities(reading) if q.unit in TIMES]
    return [
        q for q in times if _POINT & set(words[max(0, q.at - _BACK) : q.at]) or _LATER & set(words[q.at + 2 : q.at + 3])
    ]


def _clause(reading: Reading, at: int) -> tuple[Token, ...]:
    return tuple(t for t in reading.tokens if t.clause == reading.tokens[at].clause)


def _says_nothing(token: Token) -> bool:
    return token.word in NEGATORS or token.word in LIKE
