"""Which crux a question is about: its phrasings and words, and what the case and the premises say for it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from corpus.asks import CruxHit
from corpus.crux_words import all_words, spoken
from corpus.library import Library
from corpus.predicates import facts_named, holds
from corpus.retriever import Retrieved
from corpus.types import Crux, Premise
from guardrails.types import Case

WEIGHTS = Path(__file__).with_name("placing.json")
# Facts that a question names when it is about them: a crux on one of these is beside the point without it.
_NAMED_SUBJECTS = frozenset({"condition", "surgery.kind", "surgery.planned", "snap_back", "instant_relief"})


def ranked_cruxes(case: Case, retrieved: Retrieved, library: Library) -> list[tuple[Crux, float]]:
    """Return the cruxes that bear on `case` with their scores, best first, ties by id.

    Scores run mostly from 0.3 to 0.8; what they are made of was weighed on labelled questions, see decision 29.
    """
    scored = []
    for hit in retrieved.cruxes:
        crux = library.crux_by_id[hit.crux_id]
        if crux.outside is None or not holds(crux.outside, case.known):
            scored.append((crux, round(weighed(features(crux, hit, case, library)), 4)))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].id))


def weighed(found: Mapping[str, float]) -> float:
    """Return the score of a crux with the features `found`."""
    weights = packaged_weights()
    return weights["start"] + sum(weights[name] * value for name, value in found.items())


def features(crux: Crux, hit: CruxHit, case: Case, library: Library) -> dict[str, float]:
    """Return what speaks for `crux` as the subject of `case`, each from 0 to 1 or so.

    Its phrasings and words, from the index; whether the case's facts fit it, or do not although it is on one of them;
    whether its premise is carried; and whether the question speaks the language of its debate or names its school.
    """
    facts = facts_named(crux.fits)
    fits = crux.fits is not None and holds(crux.fits, case.known)
    is_subject, has_premise = bool(facts & _NAMED_SUBJECTS), premise_of(case, crux, library) is not None
    is_operation = "surgery.kind" in facts
    debate = library.debate_by_id[crux.debate]
    is_crux = crux.kind == "crux"
    flags = {
        "fits_operation": fits and is_operation,
        "fits_subject": fits and is_subject and not is_operation,
        "fits_measured": fits and not is_subject,
        "unfit_operation": is_operation and not fits and not has_premise,
        "unfit_subject": is_subject and not is_operation and not fits and not has_premise,
        "premise": has_premise,
        "debate": is_crux and not set(library.normaliser.words(case.asked)).isdisjoint(debate.about),
        "school": is_crux and case.named_first in debate.viewpoints,
    }
    found = {
        "nearest": hit.score,
        "own_nearest": hit.own_score,
        "learned": hit.learned,
        "spoken_of": hit.share.spoken_of,
        "named": hit.share.named,
    }
    return found | {name: float(is_so) for name, is_so in flags.items()}


@lru_cache(maxsize=1)
def packaged_weights() -> Mapping[str, float]:
    """Return the weights that come with the package, written by ``python -m evals.placing --write``."""
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))


def premise_of(case: Case, crux: Crux, library: Library) -> Premise | None:
    """Return the false or loaded premise of `crux` that the question carries, if any."""
    return next((p for p in crux.premises if is_met(p, case.question, library)), None)


def is_met(premise: Premise, text: str, library: Library) -> bool:
    """Return whether `text` has a word of each list of the premise's terms, and none that speaks against it."""
    words, said = set(library.normaliser.words(text)), library.normaliser.expand(text)

    def has(term: str) -> bool:
        return _said(library.normaliser.expand(term), words, said)

    return all(any(map(has, group)) for group in premise.terms) and not any(map(has, premise.unless))


def vocabulary(crux: Crux, library: Library) -> str:
    """Return all that `crux` says and is asked by, normalised, to look a subject up in."""
    return library.normaliser.expand(all_words(crux))


def subjects_named(asked: str, library: Library) -> list[str]:
    """Return the names of the subjects that `asked` names: terms marked as such in the library."""
    return [t.name for t in library.terms if t.subject and re.search(rf"\b{re.escape(t.name)}\b", asked)]


def knows(crux: Crux, subjects: list[str], library: Library) -> bool:
    """Return whether `crux` speaks of what the question names, so that it does not answer beside the point."""
    said = library.normaliser.expand(spoken(crux))
    return not subjects or any(re.search(rf"\b{re.escape(s)}\b", said) for s in subjects)


def _said(term: str, words: set[str], text: str) -> bool:
    return term in words or (not term.isalnum() and re.search(rf"\b{re.escape(term)}\b", text) is not None)
