"""What a free draft may not advise this patient: against a limit of the case, or in the safety notice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import holds
from corpus.stemming import stems
from corpus.types import Restriction
from guardrails.freetext.reading import sentences
from guardrails.types import Case, Claim, Draft, Finding, SectionKind

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
_NEXT = re.compile(r"/(?:next|dose|decides|points\.\d+\.next)/\d+$")
_WORD = re.compile(r"[a-z0-9]+")  # an underscore parts two words too


def in_force(facts: Facts, library: Library) -> tuple[Restriction, ...]:
    """Return the restrictions that hold of a case with `facts`."""
    return tuple(r for r in library.restrictions if holds(r.when, facts))


def limit_note(limit: Restriction) -> str:
    """Return the line that tells of a limit of the case's own, which no passage carries."""
    return f"As told, {limit.why}: whatever is said here that asks more of it waits until that limit is lifted."


def ruled_out(text: str, limits: Sequence[Restriction], library: Library) -> Restriction | None:
    """Return the limit that `text` advises against, if any.

    A sentence that names what is forbidden beside a word for later, or for another way to do it, is all right.
    """
    for sentence in sentences(text):
        said = _stemmed(library.normaliser.expand(sentence))
        for limit in limits:
            if _named(limit, said) and not any(_has(said, u) for u in limit.unless):
                return limit
    return None


def respected(draft: Draft, case: Case, library: Library) -> Iterator[Finding]:
    """Yield a finding for each sentence that advises what the case's limits or the safety notice rule out.

    Of the library's own sentences those that say what to do next, and which test decides, are held to the limits.
    """
    limits = in_force(case.known, library)
    for section in draft.sections:
        for claim in section.claims:
            if limits and section.kind is SectionKind.DECIDING and _NEXT.search(claim.origin or ""):
                yield from _against(claim, limits, library)
            if claim.origin is not None or not claim.citations:
                continue
            if section.kind is SectionKind.SAFETY and _advises_exercise(claim):
                yield _unsafe(claim, "advises exercise in the safety notice")
            if section.kind not in _TOLD:
                yield from _against(claim, limits, library)


def _against(claim: Claim, limits: Sequence[Restriction], library: Library) -> Iterator[Finding]:
    for sentence in sentences(claim.text):
        said = _stemmed(library.normaliser.expand(sentence))
        for limit in limits:
            named = _named(limit, said)
            if named and not any(_has(said, u) for u in limit.unless):
                yield _unsafe(claim, f"advises “{named}” although {limit.why}")
                break


def _named(limit: Restriction, said: str) -> str | None:
    return next((f for f in limit.forbidden if _has(said, f)), None)


def _advises_exercise(claim: Claim) -> bool:
    said = _stemmed(claim.text.lower())
    return any(_has(said, e) for e in _EXERCISE) and not any(_has(said, s) for s in _STOPS)


def _stemmed(text: str) -> str:
    return f" {' '.join(stems(_WORD.findall(text)))} "


def _has(said: str, phrase: str) -> bool:
    return f" {' '.join(stems(_WORD.findall(phrase)))} " in said


def _unsafe(claim: Claim, why: str) -> Finding:
    return Finding(rule="safety_first", claim_id=claim.id, message=f"{why}: {claim.text}")
