"""What was found in one arm or group stays with it, said with or without "than"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise, permutations

from guardrails.freetext.figures import TIMES, Quantity, quantities
from guardrails.freetext.negation import key_of
from guardrails.freetext.numbers import same_amount, same_unit
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_CONTRAST = frozenset("whereas while whilst but though although".split())
_TIMING = frozenset("early late temporary long_term".split())  # ideas that say when, as signs say which way
_AGAINST = frozenset("against versus vs v compared".split())
_TURNS = _AGAINST | frozenset("than unlike beat beats or".split())
_OTHERS = frozenset(
    "other others rest without not no none remaining control controls comparison otherwise elsewhere later usual".split()
)
_ARM = 6  # words after a number that may name what it belongs to
_FAR = 10  # words before “against” among which the figure stands that is set against the other. Chosen.
_NAMED = 3  # ideas that name an arm
_MOSTLY = 0.5  # of an arm's own ideas, how many a sentence must have to be of it; chosen on the dev half, decision 18


def crossed(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where a claim says of one arm or group what a passage says of the other."""
    for ground in grounds:
        if _is_crosswise(claim, ground.said) or _is_with_the_other(claim, ground.said):
            yield contradicted(Rule.COMPARISON, "says of one group what is cited of the other")
            return
        moved = next((f for q in quantities(claim) if (f := _moved(claim, q, ground.said))), None)
        if moved:
            yield contradicted(Rule.NUMBERS, moved)
            return


def _is_crosswise(claim: Reading, said: Reading) -> bool:
    """Return whether two clauses of a claim say of each other's subject what two of a passage say.

    Of what tells the two clauses apart, either one shares something with both clauses of the passage: the subject with
    one, what is said of it with the other.
    """
    for mine, yours in combinations(claim.clauses, 2):
        for his, hers in permutations(said.clauses, 2):
            a, b = _apart(mine, yours)
            p, q = _apart(his, hers)
            is_crossed = all((a & p, a & q, b & p, b & q))
            if is_crossed and _is_told(a & (p | q)) and _is_told(b & (p | q)):
                return True
    return False


def _is_with_the_other(claim: Reading, said: Reading) -> bool:
    """Return whether a claim sets two arms against each other and gives one the effect that a passage gives the other."""
    contrasted = [pair for pair in pairwise(claim.clauses) if pair[1][0].word in _CONTRAST]
    for mine, yours in (ordered for pair in contrasted for ordered in (pair, pair[::-1])):
        for his, hers in permutations(said.clauses, 2):
            a, b = _apart(mine, yours)
            effect = _said_of(mine) & _said_of(his) - _said_of(hers) - _said_of(yours)
            holding = frozenset(_keys(c) for c in said.clauses if effect & _said_of(c))
            own = frozenset(i for i in a & _keys(hers) if _names(i)) - frozenset().union(*holding)
            shared = {i for i in (a & _keys(his)) - _keys(hers) if _names(i)} - _TIMING
            if effect and len(own) > len(shared) and any(_names(i) for i in b & _keys(his)):
                return True
    return False


def _apart(one: Sequence[Token], other: Sequence[Token]) -> tuple[frozenset[str], frozenset[str]]:
    left, right = _keys(one), _keys(other)
    return left - right, right - left


def _keys(clause: Sequence[Token]) -> frozenset[str]:
    return frozenset(key_of(t) for t in clause if not t.is_generic or t.word[0].isdigit() or t.sign)


def _is_told(keys: frozenset[str]) -> bool:
    """Return whether something is said of a subject among keys: a sign, a number, a time."""
    return any(not _names(k) or k in _TIMING for k in keys)


def _names(key: str) -> bool:
    """Return whether a key names a thing, and is no number and no sign."""
    return key[0] != "+" and not key[0].isdigit()


def _said_of(clause: Sequence[Token]) -> frozenset[tuple[str, bool]]:
    return frozenset((key_of(t), t.is_denied) for t in clause if (t.sign and t.sign != "same") or t.idea in _TIMING)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures set against each other, with what stands before the first, between them, and for the second."""

    first: tuple[Quantity, ...]
    second: tuple[Quantity, ...]
    before: frozenset[str]
    between: frozenset[str]
    after: frozenset[str]
    either: tuple[frozenset[str], frozenset[str]]


@lru_cache(maxsize=2048)
def _pairs(said: Reading) -> tuple[Pair, ...]:
    """Return the figures of a passage that are set against each other: "34% at 3 years, against 37% in a sleeve"."""
    found: list[Pair] = []
    numbers = quantities(said)
    for n, other in enumerate(numbers):
        turn = next((m for m in range(other.at - 1, -1, -1) if said.tokens[m].word in _AGAINST), None)
        one = None if turn is None else _set_against(numbers[:n], other, turn)
        if turn is None or one is None:
            continue
        first, second = _range(said, numbers, one), _range(said, numbers, other)
        before = frozenset(_thing_ideas(said.tokens[max(0, first[0].at - 2 * _ARM) : first[0].at]))
        between = frozenset(_thing_ideas(said.tokens[one.at + 1 : turn]))
        after = _things(said.tokens[second[-1].at + 1 : second[-1].at + 1 + _ARM], said.tokens[other.at].clause)
        named = after or _after_than(said, other.at)
        found.append(Pair(first, second, before, between, named - before - between, _either(said, first[0].at)))
    return tuple(found)


def _set_against(before: Sequence[Quantity], other: Quantity, turn: int) -> Quantity | None:
    """Return the figure that the one behind "against" is set against: the last of its unit, or the last time."""
    if any(q.at > turn for q in before):
        return None  # a second figure of the other side
    near = [q for q in before if q.at >= turn - _FAR]
    alike = [q for q in near if q.unit == other.unit or {q.unit, other.unit} <= TIMES]
    return alike[-1] if alike else None


def _range(said: Reading, numbers: Sequence[Quantity], one: Quantity) -> tuple[Quantity, ...]:
    """Return a figure with the other end of its range: "7 to 9"."""
    at = [q for q in numbers if q.at in (one.at - 2, one.at + 2) and said.tokens[(q.at + one.at) // 2].word == "to"]
    return tuple(sorted((one, *at), key=lambda q: q.at))


def _either(said: Reading, at: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the two arms of "A or B" in the words before a place, without what they share."""
    turn = next((m for m in range(at - 1, -1, -1) if said.tokens[m].word == "or"), None)
    if turn is None:
        return frozenset(), frozenset()
    own = said.tokens[turn].clause
    left = [i for t in said.tokens[:turn] if t.clause == own for i in _thing_ideas([t])][-_NAMED:]
    right = [i for t in said.tokens[turn + 1 : at] if t.clause == own for i in _thing_ideas([t])][:_NAMED]
    return frozenset(left) - frozenset(right), frozenset(right) - frozenset(left)


def _things(tokens: Sequence[Token], clause: int) -> frozenset[str]:
    named: list[Token] = []
    for token in tokens:
        if token.clause != clause or token.word in _TURNS or token.word[0].isdigit():
            break
        named.append(token)
    return frozenset(_thing_ideas(named))


def _thing_ideas(tokens: Sequence[Token]) -> Iterator[str]:
    return (t.idea for t in tokens if not t.is_generic and not t.sign)


def _after_than(said: Reading, at: int) -> frozenset[str]:
    """Return what stands after the next "than": the second arm, named behind the bracket with its figures."""
    than = next((n for n in range(at, min(at + 4, len(said.tokens))) if said.tokens[n].word == "than"), None)
    return frozenset() if than is None else _things(said.tokens[than + 1 : than + 2 + _ARM], said.tokens[than].clause)


def _moved(claim: Reading, quantity: Quantity, said: Reading) -> str | None:
    """Return why a figure is that of the other arm, where a passage sets two figures against each other."""
    here = [t for t in claim.tokens if t.clause == claim.tokens[quantity.at].clause]
    if {t.word for t in claim.tokens} & _TURNS:
        return None  # sets two sides against each other itself
    ideas, words = frozenset(_thing_ideas(here)), frozenset(t.word for t in here)
    values = quantities(claim)
    for pair in _pairs(said):
        has_first, has_second = (any(_is(quantity, q) for q in side) for side in (pair.first, pair.second))
        rival = pair.second if has_first else pair.first
        if has_first is has_second or any(same_amount(v, q) for v in values for q in rival):
            continue
        if _is_of_the_other(pair, ideas, words, is_first=has_first):
            return f"{quantity.shown} is not the figure of that group in what is cited, but of the other"
    return None


def _is(mine: Quantity, held: Quantity) -> bool:
    return same_amount(mine, held) and same_unit(mine, held)


def _is_of_the_other(pair: Pair, ideas: frozenset[str], words: frozenset[str], *, is_first: bool) -> bool:
    """Return whether a clause with one figure of a pair names the arm of the other figure."""
    if not pair.after and all(pair.either):
        own, other = pair.either if is_first else pair.either[::-1]
        return bool(ideas & other) and not ideas & own
    if is_first:
        is_other = bool(pair.after) and len(ideas & pair.after) >= _MOSTLY * len(pair.after)
        return is_other and (not ideas & pair.before or bool(pair.between and not ideas & pair.between))
    return not ideas & pair.after and not words & _OTHERS and bool(ideas & (pair.before | pair.between))
