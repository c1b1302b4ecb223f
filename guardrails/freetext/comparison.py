"""Who did better than whom: the two sides of a comparison stand as they stand in the passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guardrails.freetext.direction import agreement, events
from guardrails.freetext.reading import Reading
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_THAN = frozenset("than against versus vs v over compared relative to beat beats outperform outperforms outperformed outdid without unlike".split())
_STRONG = frozenset("than beat beats outperform outperforms outperformed outdid over versus against compared".split())
_SIDE = 9  # words to each side of the turning point


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison: the ideas before and after the word on which it turns, and its sign."""

    left: frozenset[str]
    right: frozenset[str]
    sign: int | None


def swapped(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where the two sides of a comparison have changed places and nothing else has."""
    for mine in _comparisons(claim):
        for ground in grounds:
            if any(_is_exchanged(claim, mine, ground.said, theirs) for theirs in _comparisons(ground.said)):
                yield contradicted(Rule.COMPARISON, "the two sides of the comparison have changed places")
                return


def _comparisons(reading: Reading) -> list[Compared]:
    found: list[Compared] = []
    signs = events(reading)
    for n, token in enumerate(reading.tokens):
        if token.word in _STRONG:
            nearest = min(signs, key=lambda e: abs(e.at - n), default=None)
            before = [t.idea for t in reading.tokens[max(0, n - _SIDE) : n] if not t.is_generic and not t.sign]
            after = [t.idea for t in reading.tokens[n + 1 : n + 1 + _SIDE] if not t.is_generic and not t.sign]
            found.append(Compared(frozenset(before), frozenset(after), nearest.at if nearest else None))
    return found


def _is_exchanged(claim: Reading, mine: Compared, said: Reading, theirs: Compared) -> bool:
    """Return whether what tells the sides apart has changed sides while the sign stayed."""
    left, right = mine.left - mine.right, mine.right - mine.left
    other_left, other_right = theirs.left - theirs.right, theirs.right - theirs.left
    crossed = len(left & other_right), len(right & other_left)
    kept = len(left & other_left) + len(right & other_right)
    is_crossed = min(crossed) >= 1 and sum(crossed) > kept
    return is_crossed and _signs_agree(claim, mine, said, theirs)


def _signs_agree(claim: Reading, mine: Compared, said: Reading, theirs: Compared) -> bool:
    own = next((e for e in events(claim) if e.at == mine.sign), None)
    other = next((e for e in events(said) if e.at == theirs.sign), None)
    if own is None or other is None:
        return False
    return "same" not in (own.sign, other.sign) and not own.is_denied and agreement(own, other) is True
