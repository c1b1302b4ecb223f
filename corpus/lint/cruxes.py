"""Cruxes and briefs: their shape, their openings, and what they link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from corpus.facts import FACT_KINDS
from corpus.library import Library
from corpus.lint.problems import Breaking, Problem
from corpus.lint.reach import never_holds
from corpus.lint.texts import check_texts, check_voices, numbers_printed
from corpus.predicates import PredicateError, compile_predicate
from corpus.types import Crux
from corpus.wording import is_too_sure, pronounces_a_diagnosis

INTENTS = (
    "polar",
    "choice",
    "why",
    "test",
    "dose",
    "lookup",
    "viewpoint",
    "strength",
    "plan",
    "default",
)
_GIST_WORDS = 18
_FEWEST_ASKS = 8
_OPENING_WORDS = 6


def check_cruxes(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with each crux or brief."""
    for crux in library.cruxes:
        for message in chain(
            _shape(library, crux),
            check_texts(library, crux),
            check_voices(library, crux),
            _links(library, crux),
        ):
            yield Problem(kind="cruxes", id=crux.id, message=message)


def _shape(library: Library, crux: Crux) -> Iterator[str]:
    debate = library.debate_by_id.get(crux.debate)
    if debate is None:
        yield Breaking(f"unknown debate {crux.debate!r}")
        return
    if set(crux.views) != set(debate.viewpoints):
        yield Breaking(f"expected views of {sorted(debate.viewpoints)}, got {sorted(crux.views)}")
    if len(crux.asks) < _FEWEST_ASKS:
        yield f"expected {_FEWEST_ASKS} or more asks, got {len(crux.asks)}"
    if "default" not in crux.lead.answer:
        yield Breaking("lead.answer needs 'default'")
    strange = [intent for intent in crux.lead.answer if intent not in INTENTS]
    yield from (f"lead.answer: expected an intent among {list(INTENTS)}, got {intent!r}" for intent in strange)
    unknown = [need.fact for need in crux.needs if need.fact not in FACT_KINDS]
    yield from (Breaking(f"needs: unknown fact {fact!r}") for fact in unknown)
    yield from (f"points.{n}: says is empty" for n, point in enumerate(crux.points) if not point.says)
    predicates = (
        *(crux.fits, crux.outside, *(p.outside for p in crux.points)),
        *(d.when for d in crux.decides),
        *(e.fits for e in crux.evidence),
    )
    yield from _predicate_problems(filter(None, predicates))


def _predicate_problems(predicates: Iterator[str]) -> Iterator[str]:
    for predicate in predicates:
        try:
            compile_predicate(predicate)
        except PredicateError as error:
            yield Breaking(f"predicate {predicate!r}: {error}")
            continue
        if never_holds(predicate):
            yield f"predicate {predicate!r} holds for no case"


def _links(library: Library, crux: Crux) -> Iterator[str]:
    yield from _evidence_links(library, crux)
    yield from _deciders(library, crux)
    yield from (
        f"premise {premise.id} would be held back, as too sure or as a diagnosis: {premise.text[:80]!r}"
        for premise in crux.premises
        if is_too_sure(premise.text) or pronounces_a_diagnosis(premise.text)
    )
    cited = [(premise.id, c) for premise in crux.premises for c in premise.cites]
    yield from (
        Breaking(f"premise {name} cites unknown passage {c!r}") for name, c in cited if c not in library.passages
    )


def _evidence_links(library: Library, crux: Crux) -> Iterator[str]:
    for link in crux.evidence:
        if link.passage not in library.passages:
            yield Breaking(f"evidence cites unknown passage {link.passage!r}")
            continue
        if link.of and (link.of, link.passage) not in library.ledger_links:
            yield Breaking(f"evidence {link.passage} of {link.of}: the ledger has no such link")
        if not link.of and not link.why:
            yield f"evidence {link.passage}: expected the claim it bears on (of), or why it is shown (why)"
        if len(link.gist.split()) > _GIST_WORDS:
            yield f"evidence {link.passage}: gist has {len(link.gist.split())} words, expected {_GIST_WORDS} at most"
        yield from (f"evidence {m}" for m in numbers_printed(library, link.gist, (link.passage,)))


def _deciders(library: Library, crux: Crux) -> Iterator[str]:
    for decider in crux.decides:
        yield from (
            Breaking(f"decides cites unknown passage {c!r}") for c in decider.cites if c not in library.passages
        )
        if (decider.fact is None) != (decider.threshold is None):
            yield Breaking(f"decides {decider.measure!r}: give fact and threshold together or neither")
        if decider.fact and decider.fact not in FACT_KINDS:
            yield Breaking(f"decides {decider.measure!r}: unknown fact {decider.fact!r}")


def check_openings(library: Library) -> Iterator[Problem]:
    """Yield short answers of two cruxes that open alike: they would read like a template."""
    opened: dict[tuple[str, ...], str] = {}
    for crux in library.cruxes:
        for text in chain.from_iterable(crux.lead.answer.values()):
            opening = tuple(re.findall(r"\w+", text.text.lower())[:_OPENING_WORDS])
            other = opened.setdefault(opening, crux.id)
            if other != crux.id:
                yield Problem(
                    kind="cruxes", id=crux.id, message=f"short answer opens like one of {other}: {' '.join(opening)!r}"
                )
