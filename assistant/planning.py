"""From case and retrieval to a plan: which crux answers, what it may cite, whether anything supports it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.predicates import facts_named, holds
from corpus.retriever import Retrieved
from corpus.types import Crux, Design, Premise
from guardrails.types import Case, Detail, Evidence, EvidenceItem, Flagged

# Calibrated on the dev questions (decision 8): below it the best crux is more often beside the point than to it.
SUPPORTED_SCORE = 0.47
_NAMED_SUPPORTED_SCORE = 0.36  # a question that names a school is about its debate
_MEASURED_BONUS = 0.08
_SUBJECT_BONUS = 0.04
_SUBJECT_PENALTY = 0.1
_PREMISE_BONUS = 0.12
_DEBATE_BONUS = 0.06  # for a question in a debate's own words, against briefs
# Facts that a question names when it is about them: a crux on one of these is beside the point without it.
_NAMED_SUBJECTS = frozenset({"condition", "surgery.kind", "snap_back", "instant_relief"})
_SECONDARY_MARGIN = 0.06
_DOCUMENT_COSINE = 0.5
_NEAREST_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an answer will be made of."""

    crux: Crux | None
    secondary: Crux | None
    premise: Premise | None
    nearest: tuple[Crux, ...]
    quoted: tuple[str, ...]
    detail: Detail


def plan(case: Case, retrieved: Retrieved, library: Library, detail: Detail) -> Plan:
    """Return the plan for `case`; its crux is None when the library cannot support an answer."""
    ranking = _ranked(case, retrieved, library)
    needed = SUPPORTED_SCORE if case.named_first is None else _NAMED_SUPPORTED_SCORE
    supported = [(c, score) for c, score in ranking if score >= needed]
    crux = library.crux_by_id[supported[0][0]] if supported else None
    return Plan(
        crux=crux,
        secondary=_secondary(supported, library),
        premise=_premise(case, crux, library) if crux else None,
        nearest=tuple(library.crux_by_id[c] for c, _ in ranking[:_NEAREST_SHOWN]),
        quoted=() if crux else _documents(retrieved, library),
        detail=detail,
    )


def gather(retrieved: Retrieved, made: Plan, flags: Sequence[Flagged], library: Library) -> Evidence:
    """Return the closed set that may be cited: what was retrieved, and what cruxes and red flags lean on."""
    items = {
        h.passage_id: EvidenceItem(passage_id=h.passage_id, viewpoint=h.viewpoint, route="search", score=h.score)
        for h in retrieved.hits
    }
    leaned_on = [("crux", p) for c in (made.crux, made.secondary) if c for p in cited_by(c)]
    seen = {f.pattern for f in flags}
    leaned_on += [("red-flag", p) for f in library.red_flags if f.id in seen for p in f.cites]
    leaned_on += [("nearest", v.nearest) for v in library.viewpoints]
    for route, passage in leaned_on:
        viewpoint = library.viewpoint_of(passage)
        items.setdefault(passage, EvidenceItem(passage_id=passage, viewpoint=viewpoint, route=route, score=0.0))
    return Evidence(items=tuple(items[i] for i in sorted(items)))


def cited_by(crux: Crux) -> tuple[str, ...]:
    """Return the passages that the sentences of `crux` lean on, each once, in order of place."""
    from corpus.lint import variant_lists

    found = [c for _, texts in variant_lists(crux) for t in texts for c in t.cites]
    found += [link.passage for link in crux.evidence]
    found += [c for d in crux.decides for c in d.cites] + [c for p in crux.premises for c in p.cites]
    return tuple(dict.fromkeys(found))


def _ranked(case: Case, retrieved: Retrieved, library: Library) -> list[tuple[str, float]]:
    asked = set(library.normaliser.words(case.asked))
    debated = {d.id for d in library.debates if not asked.isdisjoint(d.about)}
    scored = []
    for hit in retrieved.cruxes:
        crux = library.crux_by_id[hit.crux_id]
        if crux.outside and holds(crux.outside, case.known):
            continue
        premise = _PREMISE_BONUS if _premise(case, crux, library) else 0.0
        debate = _DEBATE_BONUS if crux.kind == "crux" and crux.debate in debated else 0.0
        scored.append((hit.crux_id, round(hit.score + _fit_bonus(crux, case) + premise + debate, 4)))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def _fit_bonus(crux: Crux, case: Case) -> float:
    """Return how much the case's facts speak for `crux`, or against it when its subject is not named."""
    if crux.fits is None:
        return 0.0
    is_subject = bool(facts_named(crux.fits) & _NAMED_SUBJECTS)
    if holds(crux.fits, case.known):
        return _SUBJECT_BONUS if is_subject else _MEASURED_BONUS
    return -_SUBJECT_PENALTY if is_subject else 0.0


def _secondary(supported: list[tuple[str, float]], library: Library) -> Crux | None:
    if len(supported) < 2:
        return None
    (_, best), (other, score) = supported[:2]
    return library.crux_by_id[other] if best - score <= _SECONDARY_MARGIN else None


def _premise(case: Case, crux: Crux, library: Library) -> Premise | None:
    words = set(library.normaliser.words(case.question))
    text = library.normaliser.expand(case.question)
    for premise in crux.premises:
        met = all(any(_said(library.normaliser.expand(t), words, text) for t in group) for group in premise.terms)
        if met and not any(_said(library.normaliser.expand(t), words, text) for t in premise.unless):
            return premise
    return None


def _said(term: str, words: set[str], text: str) -> bool:
    return term in words or (not term.isalnum() and re.search(rf"\b{re.escape(term)}\b", text) is not None)


def _documents(retrieved: Retrieved, library: Library) -> tuple[str, ...]:
    found = [
        h.passage_id
        for h in retrieved.hits
        if library.source_of(h.passage_id).design is Design.CLINIC_DOCUMENT and h.dense >= _DOCUMENT_COSINE
    ]
    return tuple(found[:2])
