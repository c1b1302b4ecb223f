"""What the people had in whom something was found: a finding in one condition is not one in another, or in any sore knee."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.types import Design
from guardrails.freetext.reading import Reading
from guardrails.freetext.types import Fault, Ground, Rule, contradicted

_OPINION = frozenset({Design.EXPERT_OPINION, Design.CLINICAL_JUDGEMENT, Design.CLINIC_DOCUMENT})
# A condition (or the surgery after it), and the words by which a text names it once its shorthand is spelt out.
CONDITIONS: dict[str, str] = {
    "patellofemoral pain": r"patellofemoral (?:\w+ )?(?:pain|dysfunction|group|patients?)|(?:anterior|front) knee pain|pain at the front of the knee",
    "osteoarthritis": r"osteoarthritis|arthritic|arthritis",
    "Osgood-Schlatter disease": r"osgood.schlatter(?: disease)?",
    "patellar tendinopathy": r"patellar tendin\w+|jumper'?s knee",
    "quadriceps tendinopathy": r"quadriceps tendin\w+",
    "Achilles tendinopathy": r"achilles tendin\w+|achilles pain",
    "iliotibial band syndrome": r"(?:iliotibial|it) band \w+",
    "cruciate ligament injury": r"acl\b|anterior cruciate|cruciate ligament",
    "meniscal injury": r"menisc\w+",
    "knee replacement": r"(?:knee )?replacements?|arthroplast\w+",
    "patellar dislocation": r"dislocat\w+|patellar instability",
    "stress fracture": r"stress fractures?",
    "hypermobility": r"hypermob\w+|ehlers.danlos",
}
_NAMES = {name: re.compile(rf"\b(?:{words})") for name, words in CONDITIONS.items()}
_NO_OTHER = r"(?! (?:his|her|their|your|this|that|the|my)\b)"
_IN_WHOM = {
    name: re.compile(
        rf"\b(?:with|in|of|among|after|following){_NO_OTHER} (?:[\w,.-]+ ){{0,4}}?(?:{words})|\b(?:{words}) (?:patients|sufferers|knees)\b"
    )
    for name, words in CONDITIONS.items()
}
_ANY_KNEE = r"(?<!anterior )(?<!front )(?<!patellofemoral )(?:knee pain|(?:painful|sore|bad|aching) knees?|knee (?:problems?|complaints?|trouble|patients?))"
_ANY = re.compile(
    rf"\b(?:with|in|of|for|among|across){_NO_OTHER} (?:(?:an?|any|all|every|each|most|chronic|general) )*{_ANY_KNEE}|"
    rf"\b{_ANY_KNEE} (?:patients|sufferers|in general)\b|\bknee patients\b"
)
_WIDE = re.compile(rf"{_ANY_KNEE}|knee (?:conditions?|injur\w+|referrals)|unilateral knee|musculoskeletal|mixed sports")
_HEALTHY = re.compile(r"\b(?:health(?:y|ily)|uninjured|asymptomatic|symptom.free|pain.free|untrained)\b")
_PART = re.compile(r"\b(?:partial|unicompartmental)\b")
_REPLACED = re.compile(r"\b(?:replacements?|arthroplast\w+)\b")


def conditions_of(text: str) -> frozenset[str]:
    """Return the conditions that a lower-case text names.

    >>> sorted(conditions_of("women with patellofemoral pain"))
    ['patellofemoral pain']
    """
    return frozenset(name for name, pattern in _NAMES.items() if pattern.search(text))


def in_others(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault where a finding is told of people with another condition, or of sore knees in general.

    What this patient has may be named ("for his osteoarthritis"); it is whom a finding was made in that is asked of.
    """
    if not grounds or any(g.design in _OPINION for g in grounds):
        return
    studied = [f"{g.said.text} . {g.population.text} . {g.named.text}" for g in grounds]
    theirs = frozenset(name for text in studied for name in conditions_of(text))
    told = frozenset(name for name, pattern in _IN_WHOM.items() if pattern.search(claim.text))
    is_known = all(conditions_of(t) or _HEALTHY.search(t) for t in studied)
    strange = sorted(told - theirs)
    if strange and not told & theirs and is_known and not any(_WIDE.search(t) for t in studied):
        yield contradicted(Rule.POPULATION, f"tells of {strange[0]} what was found in {_whom(theirs)}")
    elif _ANY.search(claim.text) and not conditions_of(claim.text) & theirs and _is_narrow(grounds):
        yield contradicted(Rule.POPULATION, f"tells of any sore knee what was found in {_whom(theirs)}")
    elif _REPLACED.search(claim.text) and not _PART.search(claim.text) and all(_is_partial(t) for t in studied):
        yield contradicted(Rule.POPULATION, "tells of any knee replacement what was found after a partial one")


def _is_narrow(grounds: Sequence[Ground]) -> bool:
    """Return whether all that is cited was found in a certain condition, or in healthy people, and says no more."""
    texts = [f"{g.said.text} . {g.population.text}" for g in grounds]
    return all((conditions_of(t) or _HEALTHY.search(t)) and not _WIDE.search(t) for t in texts)


def _is_partial(text: str) -> bool:
    return _PART.search(text) is not None and _REPLACED.search(text) is not None


def _whom(theirs: frozenset[str]) -> str:
    return f"people with {' or '.join(sorted(theirs))}" if theirs else "healthy people"
