"""Which crux a question is about: retrieval's score, and what the case, the wording and the premises say for it."""

from __future__ import annotations

import re

from corpus.library import Library
from corpus.predicates import facts_named, holds
from corpus.retriever import Retrieved
from corpus.sentences import variant_lists
from corpus.types import Crux, Premise
from guardrails.types import Case

# Chosen on the dev questions (decision 8); scores run from 0 to 1, the right crux mostly between 0.55 and 0.8.
_MEASURED_BONUS = 0.08
_SUBJECT_BONUS = 0.04
_SURGERY_BONUS = 0.06
_SUBJECT_PENALTY = 0.1
_PREMISE_BONUS = 0.12
_NAMED_BONUS = 0.06
_DEBATE_BONUS = 0.06  # for a question in a debate's own words, against briefs
# Facts that a question names when it is about them: a crux on one of these is beside the point without it.
_NAMED_SUBJECTS = frozenset({"condition", "surgery.kind", "snap_back", "instant_relief"})


def ranked_cruxes(case: Case, retrieved: Retrieved, library: Library) -> list[tuple[Crux, float]]:
    """Return the cruxes that bear on `case` with their scores, best first, ties by id."""
    named = subjects_named(case.asked, library)
    scored = []
    for hit in retrieved.cruxes:
        crux = library.crux_by_id[hit.crux_id]
        if crux.outside is None or not holds(crux.outside, case.known):
            subject = _NAMED_BONUS if named and knows(crux, named, library) else 0.0
            scored.append((crux, round(hit.score + _bonus(crux, case, library) + subject, 4)))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].id))


def premise_of(case: Case, crux: Crux, library: Library) -> Premise | None:
    """Return the false or loaded premise of `crux` that the question carries, if any."""
    words = set(library.normaliser.words(case.question))
    text = library.normaliser.expand(case.question)
    for premise in crux.premises:
        met = all(any(_said(library.normaliser.expand(t), words, text) for t in group) for group in premise.terms)
        if met and not any(_said(library.normaliser.expand(t), words, text) for t in premise.unless):
            return premise
    return None


def vocabulary(crux: Crux, library: Library) -> str:
    """Return all that `crux` says and is asked by, normalised, to look a subject up in."""
    texts = [crux.question, *crux.asks, *(t.text for _, variants in variant_lists(crux) for t in variants)]
    texts += [link.gist for link in crux.evidence] + [p.text for p in crux.premises]
    texts += [" ".join(group) for p in crux.premises for group in p.terms]
    return library.normaliser.expand(" . ".join(texts))


def _bonus(crux: Crux, case: Case, library: Library) -> float:
    has_premise = premise_of(case, crux, library) is not None
    total = _fit_bonus(crux, case, has_premise=has_premise) + (_PREMISE_BONUS if has_premise else 0.0)
    about = library.debate_by_id[crux.debate].about
    if crux.kind == "crux" and not set(library.normaliser.words(case.asked)).isdisjoint(about):
        total += _DEBATE_BONUS
    return total


def _fit_bonus(crux: Crux, case: Case, *, has_premise: bool) -> float:
    """Return how much the case's facts speak for `crux`, or against it when its subject is not named."""
    if crux.fits is None:
        return 0.0
    facts = facts_named(crux.fits)
    is_subject = bool(facts & _NAMED_SUBJECTS)
    if holds(crux.fits, case.known):
        return _SURGERY_BONUS if "surgery.kind" in facts else _SUBJECT_BONUS if is_subject else _MEASURED_BONUS
    return -_SUBJECT_PENALTY if is_subject and not has_premise else 0.0


def subjects_named(asked: str, library: Library) -> list[str]:
    """Return the names of the subjects that `asked` names: terms marked as such in the library."""
    return [t.name for t in library.terms if t.subject and re.search(rf"\b{re.escape(t.name)}\b", asked)]


def knows(crux: Crux, subjects: list[str], library: Library) -> bool:
    """Return whether `crux` speaks of what the question names, so that it does not answer beside the point."""
    return not subjects or any(re.search(rf"\b{re.escape(s)}\b", vocabulary(crux, library)) for s in subjects)


def _said(term: str, words: set[str], text: str) -> bool:
    return term in words or (not term.isalnum() and re.search(rf"\b{re.escape(term)}\b", text) is not None)
