"""What a free draft may not advise: against a limit of the case or an unsettled red flag, or in the notice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import constants_of
from corpus.types import Restriction
from guardrails.freetext.advising import Named, Said
from guardrails.freetext.figures import with_digits
from guardrails.freetext.reading import sentences
from guardrails.limits import in_force, of_flags, ruled_out
from guardrails.red_flags import seen
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
_NEXT = re.compile(r"/(?:next|dose|decides|points\.\d+\.next)/\d+$")
_BENT = re.compile(
    r"\b(?:squat|lunge|press|bend|bent|flex|step|extension|curl|cycl|bike|push|rang|kneel|heel slide|work|load|exercis|"
    r"motion|move)\w*"
)
_TURNS_TO = re.compile(r"(\d{2,3})(?= ?(?:degrees?|deg\b)| *(?:[.,;:)]|$))")
_GOES_ON = re.compile(
    r"\b(?:carry on|keep (?:up|going|on|\w+ing|the|all)|continu\w+|go on|press on|push on|as planned|as usual|"
    r"as before|no reason to (?:stop|worry|hold)|no need to (?:stop|refer|worry|wait)|can wait|all the same|"
    r"reassur\w+|nothing to worry)\b"
)
_SENT_ON = re.compile(
    r"(?<!no reason to )(?<!no need to )(?<!not )"
    r"\b(?:stop|call|ring|refer|send|seek|urgent\w*|same day|today|hold|cut)\b"
)
_SUPPOSED = re.compile(r"\b(?:even if|if|should|when|whenever|where|once|in case|although|though|despite)\b")
_INTO_PAIN = re.compile(
    r"\b(?:through|into|past|despite|regardless of|no matter|ignor(?:e|ing)|whatever)"
    r"(?: (?:the|any|her|his|more|rising|increasing|worsening|sharp|severe|night|new|all|and))*"
    r" (?:pain|swelling|effusion|soreness|ache|giving way|locking|numbness)\b"
)


def respected(draft: Draft, case: Case, library: Library, standing: Sequence[Flagged] = ()) -> Iterator[Finding]:
    """Yield a finding for each sentence that advises what the case's limits or the safety notice rule out.

    Of the library's own sentences those that say what to do next, and which test decides, are held to the limits.

    Args:
        draft: to be checked.
        case: whose limits count.
        library: whose restrictions count.
        standing: the red flags that are not set aside, those that are only possible too.
    """
    flags = {f.pattern for f in standing}
    limits = in_force(case.known, library)
    strict = [*limits, *(r for r in of_flags(case.known, library) if flags & {*r.flags})]
    for section in draft.sections:
        for claim in section.claims:
            if limits and section.kind is SectionKind.DECIDING and _NEXT.search(claim.origin or ""):
                yield from _withheld(claim, limits, library)
            if claim.origin is not None or not claim.citations:
                continue
            if section.kind is SectionKind.SAFETY and _advises_exercise(claim):
                yield _unsafe(claim, "advises exercise in the safety notice")
            if section.kind not in _TOLD:
                yield from _against(claim, strict, case.known, library)
                yield from _heedless(claim, case, library)


def _withheld(claim: Claim, limits: Sequence[Restriction], library: Library) -> Iterator[Finding]:
    limit = ruled_out(claim.text, limits, library)
    if limit is not None:
        yield _unsafe(claim, f"advises what waits, although {limit.why}")


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


def _heedless(claim: Claim, case: Case, library: Library) -> Iterator[Finding]:
    """Yield a finding for a sentence that advises to go on into pain, or to go on with a red flag that it names."""
    for sentence in sentences(claim.text):
        said = Said(library.normaliser.expand(sentence))
        into = _INTO_PAIN.search(said.text)
        if into and any(n.is_advised for n in said.named(into.group())):
            yield _unsafe(claim, f"advises to go on “{into.group()}”")
        elif _GOES_ON.search(said.text) and not _SENT_ON.search(said.text) and not said.awaits(None):
            supposed = _SUPPOSED.sub(" ", sentence.lower())
            before = {f.pattern for f in seen(library, case.turns, case.known)}
            new = [f for f in seen(library, (*case.turns, supposed), case.known) if f.pattern not in before]
            if new:
                yield _unsafe(claim, f"advises to go on with a sign of {_suspected(new[0], library)}")


def _suspected(flag: Flagged, library: Library) -> str:
    return next(f.suspected for f in library.red_flags if f.id == flag.pattern)


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
