"""Numbers that the words around them tie to something: a study's median is no number of the case, and 60 beats are not 60 rises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guardrails.freetext.figures import quantities
from guardrails.freetext.reading import Reading, idea_of
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_OF_A_STUDY = re.compile(r"\b(?:median|mean|average[ds]?|across|pooled|participants|studies|trials|cohort)\b")
_OF_THE_PATIENT = re.compile(r"\b(?:his|her|hers|him|he|she|your|this patient|patient's|against|with)\b")
_RATE = re.compile(
    r"\b(\d+(?:\.\d+)?) ((?!times\b|sets\b|or\b|to\b|and\b|percent\b)[a-z]+) (?:a|an|per|each|every) (minute|second|hour|day|week|month)\b"
)
_SHARE_AT = r"(\d+(?:\.\d+)?) percent(?: +[a-z]+){{0,{words}}} +at (?:the )?(\d+) (day|week|month|year)s?\b"
_SAID_AT = re.compile(_SHARE_AT.format(words=4))
_FOUND_AT = re.compile(_SHARE_AT.format(words=0))
_UNITS_OF_TIME = (7, 12, 24, 52, 60)
_AFTER = 3  # words after a number in which the thing it counts stands


def counted_otherwise(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a study's figure that only the case has, for a rate of another thing, and a share at another time."""
    yield from _of_study(claim, grounds)
    yield from _rates(claim, grounds)
    yield from _at_times(claim, grounds)


def _of_study(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a number beside "median" and the like that no passage has, though the patient may have it."""
    held = {q.value for g in grounds for r in (g.said, g.figures, g.population) for q in quantities(r)}
    for clause in claim.clauses:
        words = " ".join(t.word for t in clause)
        if not _OF_A_STUDY.search(words) or _OF_THE_PATIENT.search(words):
            continue
        places = {n for n, t in enumerate(claim.tokens) if t in clause}
        strange = next((q for q in quantities(claim) if q.at in places and q.value not in held | {1.0}), None)
        if strange is not None and not _is_converted(strange.value, held):
            yield contradicted(Rule.NUMBERS, f"says {strange.shown} of what was studied, which is not in what is cited")
            return


def _is_converted(value: float, held: set[float]) -> bool:
    """Return whether a number is one of those held in another unit of time: days for weeks, months for years."""
    return any(value in (other * f, other / f) for other in held for f in _UNITS_OF_TIME)


def _rates(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    for number, thing, unit in _RATE.findall(claim.text):
        places = [
            (g.said.text, m.end()) for g in grounds for m in re.finditer(rf"\b{re.escape(number)}\b", g.said.text)
        ]
        after = [re.findall(r"[a-z]+", text[end:])[: _AFTER + 1] for text, end in places]
        same = [words for words in after if unit in words]
        if same and not any(idea_of(thing) in map(idea_of, words) for words in same):
            yield contradicted(Rule.UNITS, f"says {number} {thing} a {unit}, which what is cited says of {same[0][0]}")
            return


def _at_times(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for a share told of another time than the one at which the passage has it."""
    found = [pair.groups() for g in grounds for pair in _FOUND_AT.finditer(g.said.text)]
    for share, number, unit in (pair.groups() for pair in _SAID_AT.finditer(claim.text)):
        times = [(n, u) for s, n, u in found if s == share]
        if times and (number, unit) not in times and any((n, u) == (number, unit) for _, n, u in found):
            there = f"{times[0][0]} {times[0][1]}s"
            yield contradicted(Rule.NUMBERS, f"says {share} percent at {number} {unit}s, which was found at {there}")
            return
