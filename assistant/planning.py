"""From case and retrieval to a plan: which crux answers, what it may cite, whether anything supports it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.library import Library
from corpus.predicates import holds
from corpus.retriever import Retrieved
from corpus.sentences import variant
from corpus.types import Crux, Design, Premise
from guardrails.types import Case, Detail, Evidence, EvidenceItem

# Calibrated on the dev questions (decision 8): below it the best crux is more often beside the point than to it.
SUPPORTED_SCORE = 0.47
_FITS_BONUS = 0.06
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
    cruxes = [library.crux_by_id[c] for c, _ in ranking]
    supported = [c for c, score in ranking if score >= SUPPORTED_SCORE]
    crux = library.crux_by_id[supported[0]] if supported else None
    return Plan(
        crux=crux, secondary=_secondary(ranking, library) if crux else None,
        premise=_premise(case, crux, library) if crux else None, nearest=tuple(cruxes[:_NEAREST_SHOWN]),
        quoted=() if crux else _documents(retrieved, library), detail=detail,
    )


def gather(retrieved: Retrieved, made: Plan, library: Library) -> Evidence:
    """Return the closed set that may be cited: what was retrieved, and what the plan's cruxes lean on."""
    items = {
        h.passage_id: EvidenceItem(passage_id=h.passage_id, viewpoint=h.viewpoint, route="search", score=h.score)
        for h in retrieved.hits
    }
    for crux in filter(None, (made.crux, made.secondary)):
        for passage in cited_by(crux):
            items.setdefault(
                passage,
                EvidenceItem(passage_id=passage, viewpoint=library.viewpoint_of(passage), route="crux", score=0.0),
            )
    for viewpoint in library.viewpoints:
        items.setdefault(
            viewpoint.nearest,
            EvidenceItem(passage_id=viewpoint.nearest, viewpoint=viewpoint.id, route="nearest", score=0.0),
        )
    return Evidence(items=tuple(items[i] for i in sorted(items)))


def cited_by(crux: Crux) -> tuple[str, ...]:
    """Return the passages that the sentences of `crux` lean on, each once, in order of place."""
    from corpus.lint import variant_lists

    found = [c for _, texts in variant_lists(crux) for t in texts for c in t.cites]
    found += [link.passage for link in crux.evidence]
    found += [c for d in crux.decides for c in d.cites] + [c for p in crux.premises for c in p.cites]
    return tuple(dict.fromkeys(found))


def _ranked(case: Case, retrieved: Retrieved, library: Library) -> list[tuple[str, float]]:
    scored = []
    for hit in retrieved.cruxes:
        crux = library.crux_by_id[hit.crux_id]
        if crux.outside and holds(crux.outside, case.known):
            continue
        fits = crux.fits is not None and holds(crux.fits, case.known)
        scored.append((hit.crux_id, round(hit.score + (_FITS_BONUS if fits else 0.0), 4)))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def _secondary(ranking: list[tuple[str, float]], library: Library) -> Crux | None:
    if len(ranking) < 2:
        return None
    (_, best), (other, score) = ranking[:2]
    is_close = score >= SUPPORTED_SCORE and best - score <= _SECONDARY_MARGIN
    return library.crux_by_id[other] if is_close else None


def _premise(case: Case, crux: Crux, library: Library) -> Premise | None:
    words = set(library.normaliser.words(case.question))
    text = library.normaliser.expand(case.question)
    for premise in crux.premises:
        met = all(any(_said(term, words, text) for term in group) for group in premise.terms)
        if met and not any(_said(term, words, text) for term in premise.unless):
            return premise
    return None


def _said(term: str, words: set[str], text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(term)}\b", text)) if " " in term or "-" in term else term in words


def _documents(retrieved: Retrieved, library: Library) -> tuple[str, ...]:
    found = [
        h.passage_id for h in retrieved.hits
        if library.source_of(h.passage_id).design is Design.CLINIC_DOCUMENT and h.dense >= _DOCUMENT_COSINE
    ]
    return tuple(found[:2])


def has_lead(crux: Crux, case: Case) -> bool:
    """Return whether `crux` has a first sentence of its own for the case's intent."""
    texts = crux.lead.answer.get(case.intent)
    return texts is not None and variant(crux, f"lead.answer.{case.intent}", texts, case.known) is not None
