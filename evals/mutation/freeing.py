"""An authored draft as a language model's would be judged: nothing is believed for standing in the library."""

from __future__ import annotations

from dataclasses import replace

from guardrails.types import Answer, Basis, Claim, Draft, Section, SectionKind

COMPOSER = "openai:judged-as-free-text"
# What a model never writes (assistant/generative.py): it stays as the library has it, and is judged as authored.
_AUTHORED = frozenset({SectionKind.SAFETY, SectionKind.QUESTIONS, SectionKind.MISSING, SectionKind.NOTE})


def as_free(draft: Draft, unbroken: Draft) -> Draft:
    """Return `draft` as if a model had written all that models write.

    Args:
        draft: the unbroken draft itself, or one made of it by an operator.
        unbroken: the authored draft; its lines of a silent school and its computed ones stay authored, unless they
            were touched.
    """
    kept = {_told(c) for s in unbroken.sections for c in s.claims if s.is_silent or c.basis is Basis.COMPUTED}
    return replace(draft, sections=tuple(_freed(s, kept) for s in draft.sections), composer=COMPOSER)


def is_written(answer: Answer, claim_id: str | None) -> bool:
    """Return whether a model writes what stands as this claim: no safety, questions, notes, nothing computed."""
    return any(
        c.id == claim_id and s.kind not in _AUTHORED and c.basis is not Basis.COMPUTED
        for s in answer.draft.sections
        for c in s.claims
    )


def _freed(section: Section, kept: set[tuple[str, str | None]]) -> Section:
    if section.kind in _AUTHORED:
        return section
    claims = (c if _told(c) in kept or c.basis is Basis.COMPUTED else _as_written(c) for c in section.claims)
    return replace(section, claims=tuple(claims))


def _as_written(claim: Claim) -> Claim:
    """Return a claim without origin; one that an operator calls a fact of the case is still called so."""
    return replace(claim, origin=None, basis=claim.basis if claim.basis is Basis.CASE else Basis.SYNTHESIS)


def _told(claim: Claim) -> tuple[str, str | None]:
    return claim.text, claim.origin
