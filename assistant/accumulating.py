"""Facts over the turns of one case: they add up, a later one replaces an earlier one, and some are taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.correcting import Correction, corrected
from assistant.extracting import Told, told_in
from assistant.following import is_supposed, stated
from assistant.noting import Noted, noted
from assistant.quoting import Typed
from corpus.facts import FACT_KINDS
from corpus.library import Library
from guardrails.types import Fact

WITHDRAWN = "withdrawn"
"""Stands in `replaced_by` of a fact that was taken back with nothing in its place."""

_AFTER_SURGERY = re.compile(
    r"\b(?:after|post|following) (?:an? |the |knee )*(?:surgery|operation|op)\b|\bpost[ -]?op(?:erative(?:ly)?)?\b"
)
_SYMMETRIES = ("heel_rise", "knee_to_wall")
_REMEMBERED_TURNS = 256  # a conversation's earlier turns are read once


@dataclass(frozen=True, slots=True, kw_only=True)
class Accumulated:
    """The facts of a case, all that were ever told, and the names of those said not to exist."""

    facts: tuple[Fact, ...]
    none_of: frozenset[str] = frozenset()


def accumulated(turns: Sequence[str], library: Library, *, first_turn: int = 1) -> Accumulated:
    """Return the facts that `turns` tell together.

    What is only supposed ("and if she were 15?") counts in the turn that supposes it and not after.

    Args:
        turns: the user's words about one patient, identifiers removed, oldest first.
        library: whose terms spell out shorthand.
        first_turn: the number of ``turns[0]`` in the conversation.
    """
    facts: tuple[Fact, ...] = ()
    none_of: set[str] = set()
    for number, turn in enumerate(turns, start=first_turn):
        if (form := noted(turn, number)) is not None:
            facts = _put_down(facts, form)
            continue
        expanded = library.normaliser.expand(turn)
        is_last = number == first_turn + len(turns) - 1
        if not is_last and number > first_turn and is_supposed(expanded):
            continue
        if number > first_turn and is_supposed(expanded):
            expanded = stated(expanded)
        told = _told(turn, expanded, number)
        if number > first_turn:
            known = [f for f in facts if f.replaced_by is None]
            fix = corrected(Typed(turn, expanded), told, known, number)
            none_of |= fix.none_of
            facts = _merge(_without(facts, fix, number, turn), fix.facts)
            put_right = {f.name for f in fix.facts}
            told = replace(told, facts=tuple(f for f in told.facts if f.name not in put_right))
        facts = _merge(facts, told.facts)
        if number > first_turn and (fact := _any_surgery(turn, expanded, number, facts)):
            facts = _merge(facts, (fact,))
    return Accumulated(facts=_derive(facts), none_of=frozenset(none_of))


def _put_down(facts: tuple[Fact, ...], form: Noted) -> tuple[Fact, ...]:
    """Return `facts` with those of a form in place of earlier ones, a set too, and those taken back marked."""
    gone = form.withdrawn | {f.name for f in form.facts if isinstance(f.value, frozenset)}
    left = (replace(f, replaced_by=WITHDRAWN) if f.replaced_by is None and f.name in gone else f for f in facts)
    return _merge(tuple(left), form.facts)


def _any_surgery(turn: str, expanded: str, number: int, facts: Sequence[Fact]) -> Fact | None:
    """Return the operation of no kind that "and after surgery?" supposes, where none is known."""
    match = _AFTER_SURGERY.search(expanded)
    is_known = any(f.name == "surgery.kind" and f.replaced_by is None for f in facts)
    if match is None or is_known or not is_supposed(expanded):
        return None
    said = Typed(turn, expanded).words(*match.span())
    return Fact(id="", name="surgery.kind", value="other", unit=None, said=said, turn=number)


@lru_cache(maxsize=_REMEMBERED_TURNS)
def _told(turn: str, expanded: str, number: int) -> Told:
    return told_in(Typed(turn, expanded), number)


def _without(facts: tuple[Fact, ...], fix: Correction, turn: int, said: str) -> tuple[Fact, ...]:
    """Return `facts` with those taken back marked; a set loses the value that is denied."""
    left = [replace(f, replaced_by=WITHDRAWN) if _is_gone(f, fix) else f for f in facts]
    for name, value in fix.denied:
        place = next((n for n, f in enumerate(left) if f.name == name and f.replaced_by is None), None)
        if place is None:
            continue
        old = left[place].value
        rest = old - value if isinstance(old, frozenset) and isinstance(value, frozenset) else None
        fresh = f"f{len(left) + 1}" if rest else WITHDRAWN
        if rest:
            left.append(replace(left[place], id=fresh, value=rest, said=said, turn=turn))
        left[place] = replace(left[place], replaced_by=fresh)
    return tuple(left)


def _is_gone(fact: Fact, fix: Correction) -> bool:
    return fact.replaced_by is None and fact.name in fix.withdrawn


def _merge(old: tuple[Fact, ...], new: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return `old` and `new` numbered; a fact said again with another value replaces the earlier one."""
    merged = list(old)
    for fact in new:
        position = next((i for i, f in enumerate(merged) if f.name == fact.name and f.replaced_by is None), None)
        if position is None:
            merged.append(replace(fact, id=f"f{len(merged) + 1}"))
            continue
        current = merged[position]
        value = fact.value
        if isinstance(value, frozenset) and isinstance(current.value, frozenset):
            value = current.value | value
        if value != current.value:
            fresh = f"f{len(merged) + 1}"
            merged[position] = replace(current, replaced_by=fresh)
            merged.append(replace(fact, id=fresh, value=value))
    return tuple(merged)


def _derive(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return `facts` with lower and higher side, gap and symmetry of each two-sided test added."""
    derived = list(facts)
    for test in _SYMMETRIES:
        pair = _newest_pair(test, derived)
        if pair is None:
            continue
        low, high = sorted(f.value for f in pair if isinstance(f.value, float))
        values = {"low": low, "high": high, "gap": round(high - low, 1)}
        if high > 0:
            values["lsi"] = float(round(100 * low / high))
        latest = max(pair, key=lambda f: f.turn)
        for part, value in values.items():
            if f"{test}.{part}" in FACT_KINDS:
                _restate(derived, latest, f"{test}.{part}", value)
    return tuple(derived)


def _newest_pair(test: str, facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Return the two facts that a test's symmetry follows from, those said last; sides go before low and high."""
    known = {f.name: f for f in facts if f.replaced_by is None}
    pairs = [(known.get(f"{test}.{a}"), known.get(f"{test}.{b}")) for a, b in (("left", "right"), ("low", "high"))]
    whole = [(a, b) for a, b in pairs if a is not None and b is not None]
    return max(whole, key=lambda pair: max(f.turn for f in pair)) if whole else None


def _restate(facts: list[Fact], origin: Fact, name: str, value: float) -> None:
    """Add what follows from `origin`; an earlier statement of it is replaced, a symmetry stated as such is kept."""
    position = next((n for n, f in enumerate(facts) if f.name == name and f.replaced_by is None), None)
    if position is not None and (facts[position].value == value or facts[position].turn >= origin.turn):
        return
    fresh = f"f{len(facts) + 1}"
    if position is not None:
        facts[position] = replace(facts[position], replaced_by=fresh)
    facts.append(replace(origin, id=fresh, name=name, value=value, unit=FACT_KINDS[name].unit))
