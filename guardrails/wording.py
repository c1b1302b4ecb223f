"""What an answer may not sound like: too long, said twice, safety not first, certain beyond its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from corpus.library import Library
from corpus.wording import is_too_sure, pronounces_a_diagnosis
from guardrails.freetext.phrasing import misphrased
from guardrails.notes import is_own_note
from guardrails.types import Basis, Case, Claim, Draft, Finding, Flagged, Section, SectionKind, Status

_MARKS = re.compile(r"[\[\]{}<>`]+")
_QUOTED = re.compile("\u201c[^\u201d]*\u201d?")


def worded(draft: Draft, case: Case, library: Library) -> Iterator[Finding]:
    """Yield a finding for each claim that is too sure, and for an answer that is too long or repeats itself."""
    for claim in draft.claims:
        said = _own_words(claim)
        if is_too_sure(said):
            yield Finding(rule="wording", claim_id=claim.id, message=f"is surer than any evidence here: {claim.text}")
        if pronounces_a_diagnosis(said):
            yield Finding(rule="wording", claim_id=claim.id, message=f"pronounces a diagnosis: {claim.text}")
        if not is_own_note(claim, case, library):
            yield from _misphrased(claim, draft)
    for text, times in Counter(" ".join(c.text.lower().split()) for c in draft.claims).items():
        if times > 1:
            yield Finding(rule="wording", claim_id=None, message=f"is said {times} times: {text}")
    words = sum(len(c.text.split()) for c in draft.claims)
    if words > draft.detail.words:
        yield Finding(
            rule="length", claim_id=None, message=f"{words} words of claims; expected {draft.detail.words} at most"
        )


def arranged(draft: Draft, status: Status, heads: Collection[str] = ()) -> Iterator[Finding]:
    """Yield a finding for two claims under one id, and for an answer that does not open with the short answer.

    What is told for safety stands before it, and `heads` may: notes on how the question was read.
    """
    for claim_id, times in Counter(c.id for c in draft.claims).items():
        if times > 1:
            yield Finding(rule="structure", claim_id=None, message=f"{times} claims have one id: {claim_id}")
    opening = next((s for s in draft.sections if s.kind is not SectionKind.SAFETY and not _is_head(s, heads)), None)
    is_opened = opening is not None and opening.kind is SectionKind.SHORT_ANSWER and bool(opening.claims)
    if status is Status.ANSWERED and not is_opened:
        yield Finding(rule="structure", claim_id=None, message="the answer does not open with the short answer")


def _is_head(section: Section, heads: Collection[str]) -> bool:
    return section.kind is SectionKind.NOTE and all(c.text in heads for c in section.claims)


def _misphrased(claim: Claim, draft: Draft) -> Iterator[Finding]:
    if claim.is_free or not draft.is_authored:
        is_told = is_too_sure(claim.text), pronounces_a_diagnosis(claim.text)
        for why in misphrased(claim.text):
            if (is_told[0] and why.startswith("is surer")) or (is_told[1] and why.startswith("pronounces")):
                continue
            yield Finding(rule="wording", claim_id=claim.id, message=f"{why}: {_plain(claim.text)}")


def _plain(text: str) -> str:
    """Return a text without marks that a screen could take for mark-up."""
    return _MARKS.sub(" ", text)


def _own_words(claim: Claim) -> str:
    """Return the claim without what it repeats of the asker's: an escalation quotes what set it off."""
    return _QUOTED.sub("", claim.text) if claim.basis is Basis.CASE and not claim.citations else claim.text


def safety_first(draft: Draft, due: Sequence[Flagged] = ()) -> Iterator[Finding]:
    """Yield a finding when a safety section stands below anything else, or a red flag has no notice there.

    Args:
        draft: to be checked.
        due: the red flags whose notice must be read.
    """
    if SectionKind.SAFETY in [s.kind for s in draft.sections][1:]:
        yield _unsafe("the safety notice stands below other text")
    notices = [c.origin or "" for s in draft.sections if s.kind is SectionKind.SAFETY for c in s.claims]
    for flag in due:
        if not any(n.startswith(f"red-flag/{flag.pattern}/") for n in notices):
            yield _unsafe(f"nothing is said of the red flag {flag.pattern!r}, seen in: {', '.join(flag.triggers)}")


def told_of(draft: Draft, set_aside: Sequence[Flagged]) -> Iterator[Finding]:
    """Yield a finding for each red flag set aside that no note names: it must not be forgotten in silence."""
    notes = [c.text for s in draft.sections if s.kind is SectionKind.NOTE for c in s.claims]
    for flag in set_aside:
        reason = (flag.dismissed or "").partition(":")[0]
        if not any(n.startswith("Set aside") and reason in n for n in notes):
            yield _unsafe(f"nothing is said of the red flag {flag.pattern!r}, which was set aside: {reason}")


def _unsafe(message: str) -> Finding:
    return Finding(rule="safety_first", claim_id=None, message=message)
