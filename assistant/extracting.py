"""The facts of one turn: what it tells, with the words that say it, and what it denies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.quoting import Typed
from assistant.readers import Reader
from assistant.reading import READERS
from corpus.facts import FACT_KINDS, FactType, FactValue
from guardrails.context import Clause, Context, clauses, context_of
from guardrails.types import Fact

_OLD_STILL_COUNTS = ("surgery", "tried", "medicine", "history")
# A sentence that opens so asks in general, unless it speaks of a patient.
_ASKING = re.compile(
    r"^(?:and |so |but |ok )?(?:is|are|does|do|did|can|could|should|would|will|why|what|whats|which|how|when|if|has|have)\b"
)
_OF_PATIENT = re.compile(r"\b(?:his|her|their|this|my (?:patient|client)s?) (?:\w+ )?$")
_RELATIVE = (
    r"(?:mother|father|mum|mom|dad|brother|sister|cousin|aunt|uncle|grand\w+|parent|wife|husband|son|daughter|partner|"
    r"friend|team ?mate|neighbour|colleague|coach)s?"
)
_SOMEBODY_BEFORE = re.compile(rf"\b{_RELATIVE}\b(?! (?:of|with) )(?:, \d{{1,2}}, (?=had\b))?[^,]{{0,30}}$")
_SOMEBODY_AFTER = re.compile(rf"^[ -]{{1,2}}{_RELATIVE}\b")
# A number that a guideline, a surgeon or a norm states is not the patient's own.
_SOURCE = (
    r"\b(?:guidelines?|guidance|surgeons?|consultants?|papers?|stud(?:y|ies)|trials?|protocols?|consensus|literature|textbooks?|"
    r"research|review|authors?|course|coach)\b[^,.;]{0,15}?(?:\b(?:says?|said|wants?|asks?|requires?|recommends?|states?|gives?|quotes?|"
    r"uses?|suggests?|sets?|insists?)\b|:)"
)
_NORM = r"\b(?:norms?|normative|cut-?offs?|thresholds?|targets?|goals?|criteri(?:on|a)|benchmarks?)\b"
_PATIENTS_OWN = (
    r"\b(?:he|she|hes|shes|her|hers|him|theirs|patients?|lad|today|now|got|scored|measured|tested|currently)\b"
)
_UP_TO_IT = rf"(?:(?!{_PATIENTS_OWN}).){{0,60}}$"
_SAID_BY_SOMEBODY = re.compile(_SOURCE + _UP_TO_IT)
_OF_A_NORM = re.compile(rf"{_NORM}(?: for (?:his|her) age)?{_UP_TO_IT}")
_DEMANDED = re.compile(r"\bbe (?:at least |at |above |over )?\d")
_OWN_AFTER = re.compile(rf"^[^,.;]{{0,15}}{_PATIENTS_OWN}")
_MEASURED = tuple(n for n in FACT_KINDS if n.endswith((".lsi", ".left", ".right", ".low", ".high")))
_STATED_BY_SOMEBODY = (*_MEASURED, "surgery.weeks")
_ABOUT_A_PERSON = ("age", "sex", "sport", "level", "surgery", "condition", "medicine", "pregnant", "history")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one turn says of the patient: facts, not yet numbered, and values that it denies."""

    facts: tuple[Fact, ...]
    denied: tuple[tuple[str, FactValue], ...] = ()


def told_in(typed: Typed, turn: int) -> Told:
    """Return the facts that `typed` tells and denies; `turn` is its number in the conversation."""
    found: dict[str, Fact] = {}
    denied: list[tuple[str, FactValue]] = []
    for clause in clauses(typed.expanded):
        place = typed.place(clause.text)
        taken: list[tuple[int, int]] = []
        for reader in READERS:
            if reader.given and not reader.given.search(typed.expanded):
                continue
            for name, value, span, is_denied in _values(reader, clause):
                if is_denied:
                    denied.append((name, value))
                    continue
                if name == "duration.weeks" and any(a < span[1] and span[0] < b for a, b in taken):
                    continue
                if name == "surgery.weeks":
                    taken.append(span)
                _note(found, name, value, typed.words(place + span[0], place + span[1]), turn)
    return Told(facts=tuple(found.values()), denied=tuple(denied))


def _values(reader: Reader, clause: Clause) -> Iterator[tuple[str, FactValue, tuple[int, int], bool]]:
    """Yield what `reader` finds: name, value, place, and whether it is denied."""
    for match in reader.pattern.finditer(clause.text):
        before, after = clause.text[: match.start()], clause.text[match.end() :]
        if _is_off(reader, before):
            continue
        # What a question is about in general counts as its subject, so the clause is read as if about somebody.
        about = Clause(text=clause.text)
        context = context_of(about, *match.span()) if reader.deniable else Context.AFFIRMED
        spared = _not_the_patients(before, match.group(), after)
        for name, value in reader.read(match).items():
            if name.startswith(spared):
                continue
            if context is Context.NEGATED and FACT_KINDS[name].type is FactType.FLAG:
                yield name, False, match.span(), False
            elif context is Context.NEGATED:
                yield name, value, match.span(), True
            elif context is Context.AFFIRMED or (context is Context.PAST and name.startswith(_OLD_STILL_COUNTS)):
                yield name, value, match.span(), False


def _not_the_patients(before: str, said: str, after: str) -> tuple[str, ...]:
    """Return what a match must not tell: a relative's history, or a number that a guideline or a norm asks for."""
    is_somebody_else = _SOMEBODY_BEFORE.search(before) or _SOMEBODY_AFTER.match(after)
    spared = _ABOUT_A_PERSON if is_somebody_else else ()
    if _OWN_AFTER.match(after):
        return spared
    if _SAID_BY_SOMEBODY.search(before):
        return (*spared, *_STATED_BY_SOMEBODY)
    return (*spared, *_MEASURED) if _OF_A_NORM.search(before) or _DEMANDED.search(said) else spared


def _is_off(reader: Reader, before: str) -> bool:
    """Return whether the words before a match turn it off, or it stands in a sentence that only asks."""
    if reader.unless and reader.unless.search(before):
        return True
    return not reader.askable and bool(_ASKING.match(before)) and not _OF_PATIENT.search(before)


def _note(found: dict[str, Fact], name: str, value: FactValue, said: str, turn: int) -> None:
    old = found.get(name)
    if old is None:
        found[name] = Fact(id="", name=name, value=value, unit=FACT_KINDS[name].unit, said=said.strip(" ,"), turn=turn)
    elif isinstance(value, frozenset) and isinstance(old.value, frozenset) and not value <= old.value:
        fresh = said.strip(" ,")
        words = max(old.said, fresh, key=len) if fresh in old.said or old.said in fresh else f"{old.said}; {fresh}"
        found[name] = replace(old, value=old.value | value, said=words)
