"""What a free draft may not advise: against a limit of the case or an unsettled red flag, or in the notice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import constants_of, holds
from corpus.types import Restriction
from guardrails.freetext.advising import Named, Said
from guardrails.freetext.figures import with_digits
from guardrails.freetext.reading import sentences
from guardrails.types import Case, Claim, Draft, Finding, Flagged, SectionKind

# What a school says or a study did is told, not advised.
_TOLD = frozenset({SectionKind.VIEWPOINT, SectionKind.EVIDENCE, SectionKind.QUESTIONS})
_EXERCISE = tuple(
    """exercise strengthen heel_raise heel_rise calf_raise squat lunge drill load_the loading_programme stretch hop jump
    run plyometric leg_press train_the rehab_programme repetition sets_of progress_to keep_training keep_running massage
    foam_roll""".split()  # noqa: SIM905 - a list of words reads best as text
)
_STOPS = (
    "no exercise",
    "stop",
    "do not",
    "not",
    "hold",
    "before",
    "avoid",
    "withhold",
    "until",
    "rather than",
    "without",
    "never",
    "instead of",
)
_BENT = re.compile(
    r"\b(?:squat|lunge|press|bend|bent|flex|step|extension|curl|cycl|bike|push|rang|kneel|heel slide|work|load|exercis|"
    r"motion|move)\w*"
)
_TURNS_TO = re.compile(r"(\d{2,3})(?= ?(?:degrees?|deg\b)| *(?:[.,;:)]|$))")


def respected(draft: Draft, case: Case, library: Library, standing: Sequence[Flagged] = ()) -> Iterator[Finding]:
    """Yield a finding for each free sentence that advises what the case's limits or the safety notice rule out.

    Args:
        draft: to be checked.
        case: whose limits count.
        library: whose restrictions count.
        standing: the red flags that are not set aside, those that are only possible too.
    """
    flags = {f.pattern for f in standing}
    limits = [r for r in library.restrictions if holds(r.when, case.known) and (not r.flags or flags & {*r.flags})]
    for section in draft.sections:
        for claim in section.claims:
            if claim.origin is not None or not claim.citations:
                continue
            if section.kind is SectionKind.SAFETY and _advises_exercise(claim):
                yield _unsafe(claim, "advises exercise in the safety notice")
            if section.kind not in _TOLD:
                yield from _against(claim, limits, case.known, library)


def _against(claim: Claim, limits: Sequence[Restriction], known: Facts, library: Library) -> Iterator[Finding]:
    """Yield a finding for each sentence of a claim that advises what a limit forbids."""
    for sentence in sentences(claim.text):
        said = Said(with_digits(library.normaliser.expand(sentence)))
        for limit in limits:
            named = next(
                (n for n in _forbidden(said, limit, known) if n.is_advised and not n.is_of(limit.unless)), None
            )
            if named is not None and not said.awaits(_until_week(limit)):
                yield _unsafe(claim, f"advises “{named.words}” although {limit.why}")
                break


def _forbidden(said: Said, limit: Restriction, known: Facts) -> Iterator[Named]:
    """Yield where a sentence names what a limit forbids, or a bend further than it allows."""
    for phrase in limit.forbidden:
        yield from said.named(phrase)
    furthest = known.get(limit.past) if limit.past else None
    if isinstance(furthest, float) and _BENT.search(said.text):
        for angle in {m[1] for m in _TURNS_TO.finditer(said.text) if float(m[1]) > furthest}:
            yield from said.named(angle)


def _until_week(limit: Restriction) -> float | None:
    """Return the week after surgery at which a limit ends, where it is one of time."""
    weeks = [value for name, value in constants_of(limit.when) if name == "surgery.weeks"]
    return next((w for w in weeks if isinstance(w, float)), None)


def _advises_exercise(claim: Claim) -> bool:
    said = Said(claim.text.lower())
    return any(_has(said, e) for e in _EXERCISE) and not any(_has(said, s) for s in _STOPS)


def _has(said: Said, phrase: str) -> bool:
    return next(said.named(phrase.replace("_", " ")), None) is not None


def _unsafe(claim: Claim, why: str) -> Finding:
    return Finding(rule="safety_first", claim_id=claim.id, message=f"{why}: {claim.text}")
