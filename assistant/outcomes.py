"""The outcomes that are not an answer: escalated, declined, abstained. Each is a value with words of its own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.extractive import COMPOSER
from assistant.planning import Plan
from corpus.library import Library
from corpus.sentences import Sentence, render
from guardrails.scope import in_scope
from guardrails.types import (
    Basis,
    Case,
    Citation,
    Claim,
    Draft,
    Flagged,
    Section,
    SectionKind,
    Verdict,
)

_SHOWN_CHARS = 160


def escalation(flags: Sequence[Flagged], made: Plan, library: Library) -> Draft:
    """Return what is suspected and what to do now, most urgent first, and nothing about exercise."""
    claims: list[Claim] = []
    for flag in [f for f in flags if f.escalates][:2]:
        for part in ("suspected", "do_now"):
            claims.append(
                _cited(f"c{len(claims) + 1}", render(library, f"red-flag/{flag.pattern}/{part}", {}), library)
            )
    safety = Section(kind=SectionKind.SAFETY, title="Stop: possible red flag", claims=tuple(claims))
    triggers = ", ".join(f"“{t}”" for f in flags if f.escalates for t in f.triggers if t)
    said = f"Set off by: {triggers}. " if triggers else ""
    note = f"{said}No exercise advice is given while this stands. If it has been excluded, say so and ask again."
    return _outcome((safety, _note(SectionKind.NOTE, "Why this came up", [note], len(claims))), made)


def declination(reason: str, made: Plan, library: Library) -> Draft:
    """Return why the question is not answered here, and what is."""
    schools = [v.name.lower() for d in library.debates for v in map(library.viewpoint_by_id.__getitem__, d.viewpoints)]
    scope = in_scope(schools)
    return _outcome((_note(SectionKind.NOTE, "Outside what Counterpoint answers", [reason, scope], 0),), made)


def abstention(case: Case, made: Plan) -> Draft:
    """Return that the library cannot support an answer, and the nearest questions it can answer."""
    subject = f" on {' and '.join(made.unheld)}" if made.unheld else ""
    typed = case.question[:_SHOWN_CHARS].strip()
    missing = f"The library holds nothing{subject} that answers this: “{typed}”. It will not guess."
    nearest = [f"It can answer: {c.question}" for c in made.nearest]
    return _outcome((_note(SectionKind.MISSING, "Not supported by the library", [missing, *nearest], 0),), made)


def unverified(verdict: Verdict, made: Plan) -> Draft:
    """Return that a draft was made and held back, and which checks it failed."""
    failed = ", ".join(dict.fromkeys(f.rule.replace("_", " ") for f in verdict.findings))
    text = f"An answer was drafted and held back because it did not pass these checks: {failed}. Please report this."
    return _outcome((_note(SectionKind.MISSING, "Held back", [text], 0),), made)


def _note(kind: SectionKind, title: str, texts: Sequence[str], after: int) -> Section:
    claims = [Claim(id=f"c{after + n}", text=text, basis=Basis.CASE) for n, text in enumerate(texts, start=1)]
    return Section(kind=kind, title=title, claims=tuple(claims))


def _cited(identifier: str, sentence: Sentence, library: Library) -> Claim:
    citations = tuple(Citation(passage_id=p, quote=library.passages[p].text) for p in sentence.cites)
    return Claim(id=identifier, text=sentence.text, basis=Basis.SYNTHESIS, citations=citations, origin=sentence.origin)


def _outcome(sections: tuple[Section, ...], made: Plan) -> Draft:
    return Draft(sections=sections, debates=(), cruxes=(), composer=COMPOSER, detail=made.detail)
