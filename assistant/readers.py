"""Readers: each finds one kind of fact in plain text, prose or shorthand. How one is made; the table is in the package reading.

A reader is a pattern and a function from its match to named values. Text comes in lower case, shorthand
spelt out by the library's terms, so a reader sees one way of saying a thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from corpus.facts import FactValue

Values: TypeAlias = Mapping[str, FactValue]
SIDES = {"l": "left", "lt": "left", "left": "left", "r": "right", "rt": "right", "right": "right"}
_WEEKS_IN = {"day": 1 / 7, "week": 1.0, "month": 52 / 12, "year": 52.0}
NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a": 1,
    "an": 1,
    "half a": 0.5,
    "half an": 0.5,
    "a couple of": 2,
    "a few": 3,
    "fifteen": 15,
    "twenty": 20,
}
COUNT = (
    r"(\d+(?:\.\d+)?|(?:half an?|a couple of|a few|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|an?)(?![a-z]))"  # "any" is no "an y"
)
UNIT = r"(days?|weeks?|wks?|w|months?|mths?|mo|years?|yrs?|y)\b(?![ -]olds?\b|[ .]?o\b)"
SIDED = r"\b(left|right|l|r|lt|rt)\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A pattern and what its match says.

    `deniable`: a denial before or after it turns it off. `askable`: it counts also in a sentence that only asks.
    `unless`: words just before it that turn it off. `given`: what the whole turn must say for it to count.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Values]
    deniable: bool = True
    askable: bool = True
    unless: re.Pattern[str] | None = None
    given: re.Pattern[str] | None = None


def reader(
    pattern: str,
    read: Callable[[re.Match[str]], Values],
    *,
    deniable: bool = True,
    askable: bool = True,
    unless: str | None = None,
    given: str | None = None,
) -> Reader:
    """Return a reader of `pattern`; `unless` is a pattern for the words just before it, `given` for the turn."""
    before = re.compile(rf"(?:{unless})$") if unless else None
    whole = re.compile(given) if given else None
    return Reader(
        pattern=re.compile(pattern), read=read, deniable=deniable, askable=askable, unless=before, given=whole
    )


def constant(pattern: str, name: str, value: FactValue, **how: Any) -> Reader:
    """Return a reader that finds the fact `name` to be `value`; `how` as for ``reader``."""
    return reader(pattern, lambda _: {name: value}, **how)


def member(pattern: str, name: str, value: str, **how: Any) -> Reader:
    """Return a reader that finds `value` among the set `name`; `how` as for ``reader``."""
    return constant(pattern, name, frozenset({value}), **how)


def weeks(count: str, unit: str) -> float:
    """Return a span in weeks, a day counted as a seventh, rounded to a tenth."""
    number = float(NUMBER_WORDS[count]) if count in NUMBER_WORDS else float(count)
    key = {"d": "day", "w": "week", "m": "month", "y": "year"}[unit[0]]
    return round(number * _WEEKS_IN[key], 1)


def fraction_weeks(match: re.Match[str]) -> float:
    """Return "6/7", "6/52" or "6/12" as days, weeks or months, in weeks."""
    per = {"7": "day", "52": "week", "12": "month"}[match.group(2)]
    return weeks(match.group(1), per)


def paired(name: str, first: str, first_value: str, second: str, second_value: str) -> Values:
    """Return the two sides of a test by `name`, when the words name two different sides."""
    sides = {SIDES[first]: float(first_value), SIDES[second]: float(second_value)}
    if len(sides) != 2:
        return {}
    return {f"{name}.{side}": value for side, value in sides.items()}


def _unsided(name: str) -> Callable[[re.Match[str]], Values]:
    def read(match: re.Match[str]) -> Values:
        one, other = float(match.group(1)), float(match.group(2))
        return {f"{name}.low": min(one, other), f"{name}.high": max(one, other)}

    return read


def _one(match: re.Match[str], name: str, *, value_first: bool) -> Values:
    side, value = reversed(match.groups()) if value_first else match.groups()
    return {f"{name}.{SIDES[side]}": float(value)}


def _and_other(match: re.Match[str], name: str, *, value_first: bool) -> Values:
    first, second, other = match.groups()
    side, value = (second, first) if value_first else (first, second)
    return paired(name, side, value, "right" if SIDES[side] == "left" else "left", other)


def _same(name: str) -> Callable[[re.Match[str]], Values]:
    return lambda m: {f"{name}.left": float(m.group(1)), f"{name}.right": float(m.group(1))}


HEEL_RISE = (
    r"(?:single-leg heel-rises?|heel[ -]rises?|heel[ -]raises?|calf raises?|"
    r"single[ -]leg(?:ged)? (?:heel|calf)[ -]r(?:aise|ise)s?)"
)
KNEE_TO_WALL = r"(?:knee[ -]to[ -]wall|(?:weight[ -]bearing|dorsiflexion|df|ankle) lunge(?: test)?|lunge test)"
_NUMBER = r"(\d{1,3}(?:\.\d+)?)(?![\d%])(?!\s*/\s*(?:7|10|12|52)\b)(?!\s*(?:x|sets?|weeks?|wks|days?|months?|bpm)\b)"
_ON_SIDE = r"(?<![\w-])\(?(left|right|lt|rt|l|r)(?![a-z-])\)?(?:[ -](?:side|leg|calf|heel|knee|foot))?"
_GAP = r"(?:(?!\b(?:pain\w*|sore|hurts?|sets?|for|daily|norms?|normal)\b)[^.;?!\d]){0,30}?"
_VERSUS = r"[\s,)]*\b(?:v|vs|versus|against|compared (?:with|to))\b[\s.]*(?:only |just )?"
_JOIN = r"(?:\s?\([a-z -]{3,25}\))?[\s,;/()-]{0,4}(?:(?:v|vs|versus|and|against|to|with|compared (?:with|to)|only|just)\b[\s.,]*){0,3}"
_ILL = r"(?:op|operation|operated|affected|involved|injured|painful|bad|sore|symptomatic|surgical)"


def pair_readers(name: str, test: str) -> tuple[Reader, ...]:
    """Return the readers of a test done on both sides: side or number first, test before, between or after."""
    unit = r"(?:\s*(?:repetitions?|reps?|cm|rises|raises))?"

    def side_first(unit: str) -> str:
        return rf"{_ON_SIDE}[\s:=(-]{{0,3}}(?:(?:was|is|only|just|managed|got|did) ){{0,2}}{_NUMBER}{unit}"

    def value_first(unit: str) -> str:
        return rf"{_NUMBER}{unit}\s*(?:on |for )?(?:the |her |his )?{_ON_SIDE}"

    def two(match: re.Match[str]) -> Values:
        a, b, c, d = match.groups()
        return paired(name, a, b, c, d) if a in SIDES else paired(name, b, a, d, c)

    pairs = [form(unit) + _JOIN + form(unit) for form in (side_first, value_first)]
    within = [form(rf"\s*{test}") + _JOIN + form(unit) for form in (side_first, value_first)]
    rows: list[tuple[str, Callable[[re.Match[str]], Values]]] = [
        *((rf"{test}[^.;?!]{{0,60}}?\b(?:now|today)\W{{0,2}}{pair}", two) for pair in pairs),
        *((rf"{test}{_GAP}{pair}", two) for pair in pairs),
        *((rf"{pair}[\s,]*(?:(?:on|in|for|of) (?:the |a )?)?{test}", two) for pair in pairs),
        *((pair, two) for pair in within),
        (rf"{test}{_GAP}{side_first(unit)}{_VERSUS}{_NUMBER}", partial(_and_other, name=name, value_first=False)),
        (rf"{test}{_GAP}{value_first(unit)}{_VERSUS}{_NUMBER}", partial(_and_other, name=name, value_first=True)),
        (
            rf"{test}{_GAP}{_NUMBER}{unit}(?: on)?(?: the)? {_ILL}(?: side| leg| calf)?{_JOIN}{_NUMBER}",
            _unsided(name),
        ),
        (rf"{test}{_GAP}{_NUMBER}{unit}(?:{_VERSUS}|\s*/\s*){_NUMBER}", _unsided(name)),
        (rf"{test}{_GAP}{_NUMBER}{unit},? (?:on )?(?:bilateral|both|each|either)\b", _same(name)),
        (rf"{test}{_GAP}{side_first(unit)}", partial(_one, name=name, value_first=False)),
        (rf"{test}{_GAP}{value_first(unit)}", partial(_one, name=name, value_first=True)),
    ]
    return tuple(reader(pattern, read, deniable=False) for pattern, read in rows)


_SPAN = r"(?:weeks?|wks|months?|days?|years?|reps?|cm|km|kg)\b"
_OTHER_WORDS = r"(?:(?!\b(?:quad|ham|hop|hip|calf|heel|knee)\w*)[^.;?!\d])"  # no other measure between
_THEN = rf"{_OTHER_WORDS}{{0,30}}?(?:\d{{1,2}} {_SPAN}{_OTHER_WORDS}{{0,15}}?)?"
_OF_LOAD = r"(?!\s*(?:of )?(?:1 ?rm|one repetition|max\w*|effort|mvc|mvic|bodyweight|body|quality|higher|lower|more|less|increase|weak\w*|down|deficit|short|behind|loss|reduced))"


def symmetry_readers(name: str, what: str, *, is_strength: bool = True) -> tuple[Reader, ...]:
    """Return the readers of a symmetry: said to be one, or of a strength a bare percentage beside the muscle's name."""
    rows = (
        rf"\b{what}\b{_OTHER_WORDS}{{0,25}}?\d{{2,3}}\s*%?{_THEN}(?:now|today|currently|this week)\b\W{{0,2}}(?:(?:at|is|up to|down to) )?(\d{{2,3}})(?!\d|/|\s*{_SPAN})",
        rf"\b{what}\b{_OTHER_WORDS}{{0,25}}?\d{{2,3}}\s*%?{_THEN}(\d{{2,3}})\s*%? (?:now|today|currently|this week)\b",
        rf"\b{what}\b[^.;?!,]{{0,40}}?(?:limb symmetry index|symmetry)\D{{0,12}}(\d{{2,3}})\s*%?",
        rf"\b(?:limb symmetry index|symmetry)\W{{1,3}}(?:of |in |for |on )?(?:the )?{what}\W{{1,3}}(?:(?:at|is|was|only) )?(\d{{2,3}})\s*%?",
        rf"\b{what}(?: strength| power| peak torque| torque)?(?:\W{{1,3}}(?:at|is|was|are|only|still|now))*\W{{1,3}}(\d{{2,3}})\s*%{_OF_LOAD}",
    )
    return tuple(
        reader(row, lambda m: {f"{name}.lsi": float(m.group(1))}, deniable=False)
        for row in (rows if is_strength else rows[:4])
    )


_WORSE = (
    r"(?:worse|worst|agg\w*|painful|hurts?|hurting|sore|soreness|aches?|aching|provoked|provokes?|brought on|trouble|difficulty|"
    r"struggl\w+|flares?|cannot|(?:pain(?: [\w/-]+){0,3}?|\d/10) (?:on|with|when|while|during|going|after|climbing|in))\b"
)
_NOT_EASED = r"(?:(?!\b(?:no|not|never|nil|without|eased?s?|better|settles|fine|helps?|for)\b)[^.;?!])"
_FINE = r"(?!(?: (?:is|are|was|were))? (?:fine|ok|okay|normal\w*|pain[ -]free|no problem|not|good|drills?|well))"
_BRINGS_IT_ON = (
    r" (?:is |are |still |really |now )*(?:hurts?|painful|sore|the worst|worst|aggravat\w+|provok\w+|brings? it on|bad)"
)


def aggravator_readers(name: str, what: str) -> tuple[Reader, ...]:
    """Return the readers of what makes it worse: said to, before it in a list or after it."""
    return (
        member(rf"\b\d/10 (?:{what})(?=\W*(?:$|[,+]|and\b))", "aggravator", name),
        member(rf"\b{_WORSE}{_NOT_EASED}{{0,60}}?\b(?:{what})\b{_FINE}", "aggravator", name),
        member(rf"\b(?:{what})(?: up| down)?{_BRINGS_IT_ON}\b", "aggravator", name),
    )


_DONE = r"(?:tried|failed|did|done|doing|completed|finished|prescribed|been (?:given|on|stretching|taping|resting))"
_SINCE = r"(?:had|after|despite|prev\w*|already|following|given|weeks of|months of|course of|been)"
_NO_BETTER = (
    r"[^.;?!]{0,45}?\b(?:doesnt|hasnt|havent|no (?:help|change|better|effect|benefit|relief|joy)|without (?:success|benefit|change)|"
    r"failed|helped|so far|only helped)"
)


def tried_readers(name: str, bare: str, whole: str) -> tuple[Reader, ...]:
    """Return the readers of what was tried: said to be, had before, dated, or without effect."""
    return (
        member(rf"\b{_DONE}\b[^.;?!]{{0,40}}?\b(?:{bare})", "tried", name),
        member(rf"\b{_SINCE} [^.;?!]{{0,30}}?\b(?:{whole})", "tried", name),
        member(rf"\b(?:{whole}),? (?:\w+ ){{0,2}}?{COUNT} ?{UNIT} ago\b", "tried", name),
        member(rf"\b(?:{whole}){_NO_BETTER}", "tried", name),
    )
