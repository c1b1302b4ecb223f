"""Facts put down in a form rather than in free words, such as "Correction. Age: 54 years; pregnant: no.".

A screen offers each fact read from a case to be put right. What is sent back is a turn like any other, in words that a
colleague could read, so that it is kept, exported and replayed as such; but it is read by its form alone, and nothing
in it is guessed at. Its labels are those of ``corpus.facts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.facts import FACT_KINDS, FactKind, FactType, FactValue
from guardrails.types import Fact

NOT_KNOWN = "not known"
LARGEST = 10_000.0  # chosen: more than any count, distance or number of weeks
_SEPARATOR = "; "
_UNITS: Mapping[str, str] = {"year": "years", "week": "weeks", "repetition": "repetitions"}
_OPENING = r"(?P<opening>correction|finding)\. "
_FORM = re.compile(rf"{_OPENING}(?P<items>[^?!]+?)\.?", re.IGNORECASE)
_BEGINS = re.compile(_OPENING)
_NAME_OF = {kind.label: name for name, kind in FACT_KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What a turn in that form tells: facts that stand in place of earlier ones, and names of those taken back."""

    facts: tuple[Fact, ...]
    withdrawn: frozenset[str]


class NotedError(ValueError):
    """A value does not fit its fact; the message says what does."""


def note(values: Mapping[str, FactValue | None], *, is_correction: bool) -> str:
    """Return the turn that tells `values`; None takes a fact back.

    >>> note({"age": 54.0, "pregnant": False}, is_correction=True)
    'Correction. Age: 54 years; pregnant: no.'

    Raises:
        NotedError: an unknown fact, or a value that does not fit it.
    """
    items = _SEPARATOR.join(_item(name, value) for name, value in values.items())
    return f"{'Correction' if is_correction else 'Finding'}. {items[:1].upper()}{items[1:]}."


def is_note(text: str) -> bool:
    """Return whether normalised `text` opens as one; what follows is read from the words as typed."""
    return _BEGINS.match(text) is not None


def noted(turn: str, number: int) -> Noted | None:
    """Return what `turn` tells, or None where any part of it is in another form: then it is read as free words."""
    form = _FORM.fullmatch(" ".join(turn.split()))
    if form is None:
        return None
    facts: list[Fact] = []
    withdrawn: set[str] = set()
    for said in form["items"].split(_SEPARATOR):
        label, _, words = said.partition(": ")
        name = _NAME_OF.get(label) or _NAME_OF.get(f"{label[:1].lower()}{label[1:]}")
        if name is None or not words:
            return None
        if words == NOT_KNOWN:
            withdrawn.add(name)
            continue
        value = _value(words, FACT_KINDS[name])
        if value is None:
            return None
        facts.append(Fact(id="", name=name, value=value, unit=FACT_KINDS[name].unit, said=said, turn=number))
    return Noted(facts=tuple(facts), withdrawn=frozenset(withdrawn))


def checked_value(name: str, value: FactValue) -> FactValue:
    """Return `value` where it fits the fact.

    Raises:
        NotedError: it does not.
    """
    kind = FACT_KINDS.get(name)
    if kind is None:
        raise NotedError(f"there is no fact called {name[:40]!r}")
    if kind.type is FactType.NUMBER:
        if not isinstance(value, float) or not 0 <= value <= LARGEST:
            raise NotedError(f"{kind.label}: expected a number from 0 to {LARGEST:,.0f}")
    elif kind.type is FactType.FLAG:
        if not isinstance(value, bool):
            raise NotedError(f"{kind.label}: expected yes or no")
    elif not _values(value) or not _values(value) <= kind.choices:
        raise NotedError(f"{kind.label}: expected {', '.join(sorted(kind.choices))}")
    return value


def _values(value: FactValue) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset({str(value)})


def _item(name: str, value: FactValue | None) -> str:
    if value is None:
        return f"{FACT_KINDS[name].label}: {NOT_KNOWN}"
    fitting = checked_value(name, value)
    return f"{FACT_KINDS[name].label}: {_words(fitting, FACT_KINDS[name])}"


def _words(value: FactValue, kind: FactKind) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        unit = _UNITS.get(kind.unit or "", kind.unit or "")
        return f"{value:g} {unit}".strip()
    return ", ".join(_spelt(sorted(_values(value))))


def _spelt(choices: Iterable[str]) -> Iterator[str]:
    return (choice.replace("-", " ") for choice in choices)


def _value(words: str, kind: FactKind) -> FactValue | None:
    if kind.type is FactType.FLAG:
        return {"yes": True, "no": False}.get(words)
    if kind.type is FactType.NUMBER:
        unit = re.escape(_UNITS.get(kind.unit or "", kind.unit or ""))
        number = re.fullmatch(rf"(\d{{1,5}}(?:\.\d+)?)(?: {unit})?", words)
        return None if number is None else float(number[1])
    by_words = dict(zip(_spelt(sorted(kind.choices)), sorted(kind.choices), strict=True))
    found = [by_words.get(one) for one in words.split(", ")]
    if kind.type is FactType.CHOICE:
        return found[0] if len(found) == 1 else None
    return None if None in found else frozenset(one for one in found if one is not None)
