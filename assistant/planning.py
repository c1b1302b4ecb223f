"""From case and retrieval to a plan: which crux answers, what it may cite, whether anything supports it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.holding import holds_answer, unheld_topics
from assistant.intents import is_question
from assistant.matching import knows, premise_of, ranked_cruxes, subjects_named
from corpus.asks import CruxHit
from corpus.facts import Facts
from corpus.library import Library
from corpus.measures.answering import measured_from
from corpus.predicates import holds
from corpus.retriever import Hit, Retrieved
from corpus.sentences import render, variant_lists
from corpus.types import Crux, Debate, Design, Point, Premise
from guardrails.limits import in_force
from guardrails.types import Case, Detail, Evidence, EvidenceItem, Flagged, Intent

# Calibrated on the dev questions (decision 8): below it the best crux is more often beside the point than to it.
SUPPORTED_SCORE = 0.47
_NAMED_SUPPORTED_SCORE = 0.36  # a question that names a school is about its debate
_SECONDARY_MARGIN = 0.12
# A point answers when it is near, and nearer than the crux's own phrasings; each word that only it is asked by brings it
# nearer. Chosen on the labelled questions of the part train (`python -m evals.placing`, decision 29).
_POINT_SCORE = 0.45
_POINT_LEAD = 0.02
_TELLING_WORD, _MOST_TELLING = 0.04, 3
_TWO_PARTS = re.compile(
    r"\?.*\w.*\?|[,;]? and (?:should|is|are|does|do|can|what|how|which|will|would|when)\b", re.DOTALL
)
_WORD = re.compile(r"[a-z]+")
_OF_ANY_PLAN = frozenset(
    "what where how next now do does would should could can you i we start begin plan priority priorities first "
    "management treatment treat rehab rx focus thoughts advice please the a is to for this and your my ideas help go".split()
)
_DOCUMENT_COSINE = 0.5
_NEAREST_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an answer will be made of; `notes` are said whatever the outcome."""

    debate: Debate
    crux: Crux | None
    secondary: Crux | None
    premise: Premise | None
    nearest: tuple[Crux, ...]
    quoted: tuple[str, ...]
    detail: Detail
    point: int | None = None
    elsewhere: Crux | None = None
    unheld: tuple[str, ...] = ()
    found: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    misread: str | None = None
    """The address of what puts right a claim laid to a school."""
    goes_on_from_nothing: bool = False
    """Whether the question is a follow-up and nothing was asked before it."""


def nothing_planned(library: Library, detail: Detail, notes: tuple[str, ...] = ()) -> Plan:
    """Return the plan of an outcome that rests on nothing but its notes."""
    return Plan(
        debate=library.debates[0],
        crux=None,
        secondary=None,
        premise=None,
        nearest=(),
        quoted=(),
        detail=detail,
        notes=notes,
    )


def plan(case: Case, retrieved: Retrieved, library: Library, detail: Detail, *, settled: Crux | None = None) -> Plan:
    """Return the plan for `case`; its crux is None when the library cannot support an answer.

    A follow-up may have `settled` which crux answers; then nothing beside it is looked for.
    """
    if settled is not None:
        return _plan_on(settled, case, retrieved, library, detail)
    ranking = ranked_cruxes(case, retrieved, library)
    supported = _of_named_school(case, ranking, library) or [(c, s) for c, s in ranking if s >= SUPPORTED_SCORE]
    named = subjects_named(case.asked, library)
    crux = next((c for c, _ in supported if knows(c, named, library)), None)
    if crux is not None and not _holds(crux, case, ranking, retrieved, library):
        named, crux = [*named, *unheld_topics(case, crux, library)], None
    nearest = _nearest(retrieved, library)
    point = _point(crux, case, retrieved) if crux else None
    unlinked = _unlinked([h.passage_id for h in retrieved.hits], library)
    return Plan(
        debate=_debate(crux, nearest, library),
        crux=crux,
        secondary=_secondary(case, crux, supported) if crux and point is None else None,
        elsewhere=_elsewhere(case, crux, supported, library) if crux else None,
        premise=premise_of(case, crux, library) if crux else None,
        nearest=nearest,
        quoted=() if crux else _documents(retrieved, library),
        unheld=() if crux else tuple(dict.fromkeys(named)),
        detail=detail,
        point=point,
        found=tuple(h for h in retrieved.hits if h.viewpoint is None and h.passage_id not in unlinked),
    )


def _holds(
    crux: Crux, case: Case, ranking: Sequence[tuple[Crux, float]], retrieved: Retrieved, library: Library
) -> bool:
    """Return whether `crux` holds an answer; who asks what a named school says is told that much in any case."""
    if case.named_first is not None:
        return True
    return holds_answer(case, _from(crux, ranking), retrieved, library)


def _from(crux: Crux, ranking: Sequence[tuple[Crux, float]]) -> list[tuple[Crux, float]]:
    """Return `ranking` from `crux` on."""
    return list(ranking[next(n for n, (c, _) in enumerate(ranking) if c is crux) :])


def _plan_on(crux: Crux, case: Case, retrieved: Retrieved, library: Library, detail: Detail) -> Plan:
    return Plan(
        debate=library.debate_by_id[crux.debate],
        crux=crux,
        secondary=None,
        premise=premise_of(case, crux, library),
        nearest=_nearest(retrieved, library),
        quoted=(),
        detail=detail,
        point=_point(crux, case, retrieved),
        found=tuple(h for h in retrieved.hits if h.viewpoint is None),
    )


def _debate(crux: Crux | None, nearest: Sequence[Crux], library: Library) -> Debate:
    """Return whose schools must speak: the debate of the crux that answers, else of the nearest one, else any."""
    near = crux or next(iter(nearest), None)
    return library.debate_by_id[near.debate] if near else library.debates[0]


def _of_named_school(case: Case, ranking: Sequence[tuple[Crux, float]], library: Library) -> list[tuple[Crux, float]]:
    """Return the cruxes of the named school's own debate; they need a lower score, for the name says the subject."""
    own = {d.id for d in library.debates if case.named_first in d.viewpoints}
    return [(crux, score) for crux, score in ranking if crux.debate in own and score >= _NAMED_SUPPORTED_SCORE]


def _point(crux: Crux, case: Case, retrieved: Retrieved) -> int | None:
    """Return the number of the point of `crux` that the question asks about, if it is about one.

    A case that asks nothing, or only what next, is about no narrower question, whatever its facts are near to.
    """
    if case.intent is Intent.PLAN and (not is_question(case.asked) or _asks_nothing_particular(case.asked)):
        return None
    return nearest_point(crux, next(h for h in retrieved.cruxes if h.crux_id == crux.id), case)


def nearest_point(crux: Crux, hit: CruxHit, case: Case) -> int | None:
    """Return the number of the point of `crux` that is nearer to the question than the crux itself, if any."""
    told = dict(enumerate(hit.share.points))
    near = {
        number: score + _TELLING_WORD * min(told.get(number, 0), _MOST_TELLING)
        for number, score in hit.points
        if not _is_outside(crux.points[number], case)
    }
    best = min(near, key=lambda number: (-near[number], number), default=None)
    least = max(_POINT_SCORE, hit.own_score + _POINT_LEAD)
    return best if best is not None and near[best] >= least else None


def _is_outside(point: Point, case: Case) -> bool:
    return point.outside is not None and holds(point.outside, case.known)


def _asks_nothing_particular(asked: str) -> bool:
    return not set(_WORD.findall(asked)) - _OF_ANY_PLAN


def _nearest(retrieved: Retrieved, library: Library) -> tuple[Crux, ...]:
    return tuple(library.crux_by_id[hit.crux_id] for hit in retrieved.cruxes[:_NEAREST_SHOWN])


def gather(
    retrieved: Retrieved,
    made: Plan,
    flags: Sequence[Flagged],
    library: Library,
    given: Sequence[str] = (),
    facts: Facts | None = None,
) -> Evidence:
    """Return the closed set that may be cited: what was retrieved, here or elsewhere (`given`), and what is leaned on.

    What cruxes, red flags, the measures and the limits of a case with `facts` lean on is in it; a given passage that the
    library does not hold is not.
    """
    unlinked = _unlinked([h.passage_id for h in retrieved.hits], library) - set(made.quoted)
    items = {
        h.passage_id: EvidenceItem(passage_id=h.passage_id, viewpoint=h.viewpoint, route="search", score=h.score)
        for h in retrieved.hits
        if h.passage_id not in unlinked
    }
    leaned_on = [("crux", p) for c in (made.crux, made.secondary) if c for p in cited_by(c)]
    seen = {f.pattern for f in flags}
    leaned_on += [("red-flag", p) for f in library.red_flags if f.id in seen for p in f.cites]
    leaned_on += [("crux", p) for p in (render(library, made.misread, {}).cites if made.misread else ())]
    leaned_on += [("limit", p) for r in in_force(facts or {}, library) for p in r.cites]
    leaned_on += [("nearest", v.nearest) for v in library.viewpoints]
    by_measures = measured_from(made.crux, facts or {}) if made.crux else ()
    leaned_on += [("measure", p) for p in by_measures if p in library.passages]
    leaned_on += [("given", p) for p in given if p in library.passages]
    for route, passage in leaned_on:
        viewpoint = library.viewpoint_of(passage)
        items.setdefault(passage, EvidenceItem(passage_id=passage, viewpoint=viewpoint, route=route, score=0.0))
    return Evidence(items=tuple(items[i] for i in sorted(items)))


def _unlinked(passage_ids: Sequence[str], library: Library) -> set[str]:
    """Return the passages of a clinic's own sources that nobody has laid beside a question.

    Near words alone do not make them evidence, whatever they call themselves; a document is quoted as one, or not at all.
    """
    own = set(library.own)
    found = {p for p in passage_ids if p in library.passages and library.source_of(p).id in own}
    return found - {p for crux in library.cruxes for p in cited_by(crux)} if found else found


def cited_by(crux: Crux) -> tuple[str, ...]:
    """Return the passages that the sentences of `crux` lean on, each once, in order of place."""
    found = [c for _, texts in variant_lists(crux) for t in texts for c in t.cites]
    found += [link.passage for link in crux.evidence]
    found += [c for d in crux.decides for c in d.cites] + [c for p in crux.premises for c in p.cites]
    return tuple(dict.fromkeys(found))


def _secondary(case: Case, first: Crux, supported: list[tuple[Crux, float]]) -> Crux | None:
    """Return the crux of the other half of a question in two parts."""
    if not _TWO_PARTS.search(case.asked):
        return None
    least = next(score for crux, score in supported if crux is first) - _SECONDARY_MARGIN
    return next((crux for crux, score in supported if crux is not first and score >= least), None)


def _elsewhere(case: Case, first: Crux, supported: list[tuple[Crux, float]], library: Library) -> Crux | None:
    """Return the nearest crux of another debate that the question touches as well, in that debate's own words."""
    words = set(library.normaliser.words(case.asked))
    touched = {d.id for d in library.debates if d.id != first.debate and not words.isdisjoint(d.about)}
    least = next(score for crux, score in supported if crux is first) - _SECONDARY_MARGIN
    return next((c for c, s in supported if c.debate in touched and c.kind == "crux" and s >= least), None)


def _documents(retrieved: Retrieved, library: Library) -> tuple[str, ...]:
    found = [
        h.passage_id
        for h in retrieved.hits
        if library.source_of(h.passage_id).design is Design.CLINIC_DOCUMENT and h.dense >= _DOCUMENT_COSINE
    ]
    return tuple(found[:2])
