"""Who did better than whom: the two sides of a comparison stand as they stand in the passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guardrails.freetext.direction import agreement, events
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_THAN = frozenset(
    "than against versus vs v over compared relative to beat beats outperform outperforms outperformed outdid without unlike".split()
)
_STRONG = frozenset("than beat beats outperform outperforms outperformed outdid over versus against compared".split())
_MARKS = frozenset({"with", "without"})
_MOSTLY = 0.5  # of a side's own ideas, how many must stand on the other; chosen on the dev half, decision 18
_NAMED = 3  # ideas that name a side
_SIDE = 12  # words after the turning point that may name the other side


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
    for mine in _comparisons(claim):
        if claim.words & _CONTESTS and any(_found_alike(mine, g.said) for g in grounds):
            yield contradicted(Rule.COMPARISON, "sets one above the other, where what is cited found the two alike")
            return
    if _is_contest(claim) and grounds and all(_is_level(g.said) for g in grounds):
        yield contradicted(
            Rule.COMPARISON, "says that one did better than the other, where what is cited found them alike"
        )


def _found_alike(mine: Compared, said: Reading) -> bool:
    """Return whether a clause of a passage finds the two sides of a comparison alike, and no clause sets one above."""
    left, right = mine.left - mine.right, mine.right - mine.left
    if not left or not right:
        return False
    clauses = [
        c
        for c in said.clauses
        if {t.idea for t in c} & left and len({t.idea for t in c} & right) >= _MOSTLY * len(right)
    ]
    return bool(clauses) and all(any(t.sign == "same" for t in c) and not {t.word for t in c} & _AHEAD for c in clauses)


def _is_contest(claim: Reading) -> bool:
    """Return whether a claim says that one thing beat another."""
    return any(t.word in _WINS and not t.is_denied for t in claim.tokens) or bool(
        any(t.word == "than" and not _counts_on(claim, n) for n, t in enumerate(claim.tokens))
        and any(t.sign in ("up", "down", "good", "bad") and not t.is_denied for t in claim.tokens)
    )


def _counts_on(claim: Reading, at: int) -> bool:
    return any(t.word[0].isdigit() or t.word == "one" for t in claim.tokens[at + 1 : at + 2])


def _is_level(said: Reading) -> bool:
    """Return whether a passage found two things alike and neither ahead."""
    is_alike = any(e.sign == "same" or (e.sign == "good" and e.is_denied) for e in events(said))
    return is_alike and not said.words & _AHEAD


_CONTESTS = frozenset({"than", "beat", "beats", "outperformed", "outperforms", "superior"})
_WINS = frozenset(
    "superior inferior beat beats outperform outperforms outperformed outdid ahead_of more_effective less_effective".split()
)
_AHEAD = frozenset(
    "than more less better worse beat beats against over superior higher lower fewer larger smaller longer shorter most".split()
)


def _comparisons(reading: Reading) -> list[Compared]:
    """Return each turning point with what stands before it in its sentence and after it in its clause."""
    found: list[Compared] = []
    signs = events(reading)
    for n, token in enumerate(reading.tokens):
        if token.word in _STRONG:
            nearest = min(signs, key=lambda e: abs(e.at - n), default=None)
            before = [t for t in reading.tokens[:n] if t.clause >= token.clause - 3]
            after = [t for t in reading.tokens[n + 1 : n + 1 + _SIDE] if t.clause <= token.clause + 1]
            found.append(Compared(_side(before), _side(after, most=_NAMED), nearest.at if nearest else None))
    return found


def _side(tokens: Sequence[Token], most: int | None = None) -> frozenset[str]:
    named = [
        t.word if t.word in _MARKS else t.idea for t in tokens if t.word in _MARKS or (not t.is_generic and not t.sign)
    ]
    return frozenset(named[:most])


def _is_exchanged(claim: Reading, mine: Compared, said: Reading, theirs: Compared) -> bool:
    """Return whether what tells the sides apart has changed sides while the sign stayed."""
    left, right = mine.left - mine.right, mine.right - mine.left
    other_left, other_right = theirs.left - theirs.right, theirs.right - theirs.left
    if not right or not other_right:
        return False
    is_crossed = len(right & other_left) >= _MOSTLY * len(right) and len(other_right & left) >= _MOSTLY * len(
        other_right
    )
    return is_crossed and _signs_agree(claim, mine, said, theirs)


def _signs_agree(claim: Reading, mine: Compared, said: Reading, theirs: Compared) -> bool:
    own = next((e for e in events(claim) if e.at == mine.sign), None)
    other = next((e for e in events(said) if e.at == theirs.sign), None)
    if own is None or other is None:
        return False
    is_one_word = claim.tokens[own.at].word == said.tokens[other.at].word and own.is_denied == other.is_denied
    return "same" not in (own.sign, other.sign) and not own.is_denied and (agreement(own, other) is True or is_one_word)
