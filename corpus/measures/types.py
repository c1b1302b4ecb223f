"""What a measure gives back: a result with its reading, what it cites and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """The sex whose norm applies."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One number that was worked out, with its name and unit."""

    name: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One criterion of a rule, and whether it is met."""

    name: str
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was computed, where it lies, what that means, what it rests on and what limits it.

    `measure` is the id of the library's entry, which holds the protocol. `meaning` names an action or a comparison;
    it pronounces no diagnosis.
    """

    measure: str
    said: str
    values: tuple[Value, ...]
    band: str
    meaning: str
    cites: tuple[str, ...]
    caveats: tuple[str, ...]
    items: tuple[Item, ...] = ()


def as_read(value: float) -> str:
    """Return a number as it reads in a sentence.

    >>> as_read(14.0), as_read(1.25)
    ('14', '1.2')
    """
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def joined(words: tuple[str, ...], last: str = "and") -> str:
    """Return a list as it reads in a sentence.

    >>> joined(("arm", "trunk", "knee"))
    'arm, trunk and knee'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
