"""The outcomes that are not an answer: escalated, declined, abstained. Each is a value with words of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive import COMPOSER
from assistant.language import NOT_ENGLISH
from assistant.planning import Plan
from assistant.separating import NEW_CASE
from corpus.library import Library
from corpus.sentences import Sentence, render
from guardrails.red_flags import cue_words
from guardrails.scope import OWN_KNEE, in_scope
from guardrails.scope.cautions import AFTER_SURGERY, HELP_NOW, unread
from guardrails.suspicion import net_words
from guardrails.types import (
    Basis,
    Case,
    Citation,
    Claim,
    DismissalReason,
    Draft,
    Flagged,
    Section,
    SectionKind,
    Verdict,
)

_OPERATED = re.compile(
    r"\b(?:op|operations?|surgery|surgeon|operated|acl|aclr|replacement|new knee|repair|ward|stitches|wound)\b"
)


def escalation(flags: Sequence[Flagged], made: Plan, library: Library) -> Draft:
    """Return what is suspected and what to do now, most urgent first, and nothing about exercise."""
    claims: list[Claim] = []
    standing = [f for f in flags if f.escalates]
    for flag in standing[:2]:
        for part in ("suspected", "do_now"):
            claims.append(
                _cited(f"c{len(claims) + 1}", render(library, f"red-flag/{flag.pattern}/{part}", {}), library)
            )
    safety = Section(kind=SectionKind.SAFETY, title="Stop: possible red flag", claims=tuple(claims))
    said_by = [_cue_words(t, f, library) for f in standing for t in f.triggers]
    triggers = ", ".join(f"“{t}”" for t in dict.fromkeys(said_by) if t)
    said = f"Set off by: {triggers}. " if triggers else ""
    reasons = ", ".join(r.words for r in DismissalReason)
    note = (
        f"{said}No exercise advice is given while this stands. If it has been excluded, set it aside with a reason "
        f"({reasons}) and ask again."
    )
    return _outcome((safety, _note(SectionKind.NOTE, "Why this came up", [note], len(claims))), made)


def declination(reason: str, made: Plan, library: Library, asked: str = "") -> Draft:
    """Return why the question is not answered here, and what is; what safety asks for stands first.

    Args:
        reason: why.
        made: the plan, whose notes are said.
        library: whose schools are named.
        asked: what was typed, by whose words its language is known.
    """
    schools = [v.name.lower() for d in library.debates for v in map(library.viewpoint_by_id.__getitem__, d.viewpoints)]
    scope = in_scope(schools)
    operated = [AFTER_SURGERY] if _OPERATED.search(asked.lower()) else []
    texts = {OWN_KNEE: [HELP_NOW, reason, *operated, scope], NOT_ENGLISH: [reason, *unread(asked), scope]}
    said = texts.get(reason, [reason, scope])
    return _outcome((_note(SectionKind.NOTE, "Outside what Counterpoint answers", said, 0),), made)


def abstention(made: Plan) -> Draft:
    """Return that the library cannot support an answer, and the nearest questions it can answer.

    The question stands above it at every door and is not repeated: what was typed may hold an order to a machine that
    no scanner knows.
    """
    subject = f" on {' and '.join(made.unheld)}" if made.unheld else ""
    missing = f"The library holds nothing{subject} that answers this. It will not guess."
    nearest = [f"It can answer: {c.question}" for c in made.nearest]
    return _outcome((_note(SectionKind.MISSING, "Not supported by the library", [missing, *nearest], 0),), made)


def nothing_before(case: Case, made: Plan) -> Draft:
    """Return that a follow-up, or only the mark of a new case, came first, and how to begin."""
    title = "Nothing to go on from yet"
    text = (
        "That goes on from an earlier question, and there is none in this conversation yet. "
        "Type the case or the question first; then this works."
    )
    if NEW_CASE in case.notes:
        title, text = "Ready for the new case", "That begins a new case. Type what you see and what you ask."
    nearest = [f"It can answer: {c.question}" for c in made.nearest]
    return _outcome((_note(SectionKind.MISSING, title, [text, *nearest], 0),), made)


def noted(draft: Draft, notes: Sequence[str]) -> Draft:
    """Return `draft` with each of `notes` that it does not carry yet, in its last section of notes."""
    fresh = [n for n in notes if n not in {c.text for c in draft.claims}]
    if not fresh:
        return draft
    taken = max((int(c.id.removeprefix("c")) for c in draft.claims), default=0)
    more = _note(SectionKind.NOTE, "Note", fresh, taken)
    last = draft.sections[-1]
    if last.kind is SectionKind.NOTE:
        return replace(draft, sections=(*draft.sections[:-1], replace(last, claims=(*last.claims, *more.claims))))
    return replace(draft, sections=(*draft.sections, more))


def headed(draft: Draft, heads: Sequence[str | None]) -> Draft:
    """Return `draft` with those of its notes that are `heads` before all but what is told for safety.

    The rest is read in their light: that it is about one of two patients, or that the leg may bear no weight.
    """
    first = [c for head in heads for c in draft.claims if c.text == head]
    if not first:
        return draft
    rest = [replace(s, claims=tuple(c for c in s.claims if c not in first)) for s in draft.sections]
    rest = [s for s in rest if s.claims]
    place = sum(s.kind is SectionKind.SAFETY for s in rest)
    section = Section(kind=SectionKind.NOTE, title="Read first", claims=tuple(first))
    return replace(draft, sections=(*rest[:place], section, *rest[place:]))


def unverified(verdict: Verdict, made: Plan) -> Draft:
    """Return that a draft was made and held back, and which checks it failed."""
    failed = ", ".join(dict.fromkeys(f.rule.replace("_", " ") for f in verdict.findings))
    text = f"An answer was drafted and held back because it did not pass these checks: {failed}. Please report this."
    return _outcome((_note(SectionKind.MISSING, "Held back", [text], 0),), made)


_STAGE_WORDS = {
    "identifiers": "names and numbers were being removed",
    "case": "the case was being read",
    "screening": "red flags were being screened for",
    "evidence": "evidence was being gathered",
    "draft": "it was being drafted",
    "verdict": "it was being checked",
}


def broken_off(stage: str, made: Plan, *, has_flags: bool | None) -> Draft:
    """Return that the answer broke off in `stage`, that nothing is advised, and what is known of red flags.

    Args:
        stage: the name of the stage that failed.
        made: the plan, of nothing but notes.
        has_flags: whether a red flag to refer or monitor was seen; None where screening did not run.
    """
    fault = f"The answer broke off while {_STAGE_WORDS.get(stage, 'it was being made')}, for a fault of this program."
    screened = {
        None: "Red flags were not screened for: screen the patient by hand before anything else.",
        True: "A red flag to look at was seen in what you typed: examine for it by hand before anything else.",
        False: "Red flags were screened for and none was seen in what you typed.",
    }[has_flags]
    texts = [fault, screened, "Nothing is advised. Please ask again, and report this if it comes again."]
    return _outcome((_note(SectionKind.MISSING, "Broken off", texts, 0),), made)


def _cue_words(trigger: str, flag: Flagged, library: Library) -> str:
    """Return the words of `trigger` that are its pattern's own, as cue or in the net; those between are left out."""
    pattern = next((f for f in library.red_flags if f.id == flag.pattern), None)
    known = (cue_words(pattern) if pattern else frozenset()) | net_words(flag.pattern)
    words = [w if _is_cue(w, known) else "…" for w in trigger.split()]
    return " ".join(w for n, w in enumerate(words) if w != "…" or words[n - 1 : n] != ["…"]).strip("… ")


def _is_cue(word: str, known: frozenset[str]) -> bool:
    plain = word.strip(".,;!?%-")
    return plain in known or any(k.endswith("*") and plain.startswith(k[:-1]) for k in known)


def _note(kind: SectionKind, title: str, texts: Sequence[str], after: int) -> Section:
    claims = [Claim(id=f"c{after + n}", text=text, basis=Basis.CASE) for n, text in enumerate(texts, start=1)]
    return Section(kind=kind, title=title, claims=tuple(claims))


def _cited(identifier: str, sentence: Sentence, library: Library) -> Claim:
    citations = tuple(Citation(passage_id=p, quote=library.passages[p].text) for p in sentence.cites)
    return Claim(id=identifier, text=sentence.text, basis=Basis.SYNTHESIS, citations=citations, origin=sentence.origin)


def _outcome(sections: tuple[Section, ...], made: Plan) -> Draft:
    if made.notes:
        after = sum(len(s.claims) for s in sections)
        sections = (*sections, _note(SectionKind.NOTE, "What was left out", made.notes, after))
    return Draft(sections=sections, debates=(), cruxes=(), composer=COMPOSER, detail=made.detail)
