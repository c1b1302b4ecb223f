"""The first sentences of an answer: what is asked, answered in its own terms, its reason and what would change it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.evidencing import nearest_finding
from assistant.limiting import Limits
from assistant.lines import Line, authored
from assistant.planning import Plan
from corpus.facts import Facts
from corpus.sentences import Sentence, render, variant
from corpus.types import Crux, Text
from guardrails.types import Case, SectionKind

# How a first sentence begins that says itself what a limit would.
_DENIES = re.compile(r"(?:no|not|none|hold|leave|without|a cuff is not|the screen)\b", re.IGNORECASE)


def short_answer(case: Case, made: Plan, crux: Crux, limits: Limits) -> Iterator[Line]:
    """Yield what opens the answer: a premise put right or a limit, the answer, its reason, what would change it."""
    facts, kind, library = case.known, SectionKind.SHORT_ANSWER, limits.library
    if made.premise is not None:
        origin = f"{crux.id}/premises/{made.premise.id}"
        yield from authored(kind, Sentence(origin=origin, text=made.premise.text, cites=made.premise.cites), 0)
    if made.misread is not None:
        yield from authored(kind, render(library, made.misread, {}), 0)
    if made.premise is None and made.point is None:
        asked = _limits_on_asked(case, crux, limits)
        for sentence in asked:
            yield from authored(kind, sentence, 0)
        yield from authored(kind, first_sentence(crux, case, limits, is_limited=bool(asked or made.misread)), 0)
    elif made.premise is None:
        for sentence in limits.on_asked(asked_for(case)):
            yield from authored(kind, sentence, 0)
    if made.point is not None:
        yield from _point(made.point, crux, facts, has_premise=made.premise is not None)
    else:
        nearest = nearest_finding(case, made, library)
        yield from nearest or authored(kind, variant(crux, "lead.reason", crux.lead.reason, facts), 1)
    yield from authored(kind, variant(crux, "lead.changes", crux.lead.changes, facts), 4 if made.point is None else 8)


def _point(number: int, crux: Crux, facts: Facts, *, has_premise: bool) -> Iterator[Line]:
    """Yield the sentences of the narrower question that was asked; after a corrected premise they come second."""
    point = crux.points[number]
    for part, rank in (("says", 1 if has_premise else 0), ("reason", 1)):
        texts: tuple[Text, ...] = getattr(point, part)
        yield from authored(SectionKind.SHORT_ANSWER, variant(crux, f"points.{number}.{part}", texts, facts), rank)


def asked_for(case: Case) -> tuple[str, ...]:
    """Return what may ask for something that a limit rules out: what is asked, and what was just before."""
    return (case.asked, *case.turns[-2:])


def _limits_on_asked(case: Case, crux: Crux, limits: Limits) -> list[Sentence]:
    """Return what passages say of the limits that the question meets, where the first sentence does not say it."""
    found = limits.on_asked(asked_for(case))
    first = first_sentence(crux, case, limits) if found else None
    if first is None or not _DENIES.match(first.text):
        return found
    return [s for s in found if not set(s.cites) & set(first.cites)]


def first_sentence(
    crux: Crux, case: Case, limits: Limits | None = None, *, is_limited: bool = False
) -> Sentence | None:
    """Return the sentence that answers in the form of the question, else the default one; one within the `limits`.

    Where a limit has answered already (`is_limited`), no "yes" follows it: the default one says what holds.
    """
    answers = crux.lead.answer
    places = [(f"lead.answer.{i}", answers[i]) for i in (case.intent.value, "default") if answers.get(i)]
    within = (limits.variant(crux, place, texts, case.known) for place, texts in places) if limits else ()
    usual = (variant(crux, place, texts, case.known) for place, texts in places)
    found = [s for s in (*within, *usual) if s is not None]
    fitting = [s for s in found if not (is_limited and s.text.startswith("Yes"))]
    return next(iter(fitting or found), None)
