"""Every claim cited; every citation known, retrieved for this answer, and quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.library import Library
from guardrails.types import Basis, Claim, Draft, Evidence, Finding, SectionKind

_STUDY = r"(?:trials?|study|studies|cohorts?|registry|registries|reviews?|meta-analys\w+|comparisons|randomi[sz]ed)"
_TOLD = (
    r"(?:found|finds?|show(?:s|ed|n)?|confirm\w*|prove[sd]?|reveal\w*|report(?:s|ed)|tied|linked|beat|halved|cut|eased|"
    r"improved|reduced|settled|demonstrat\w+|were|was)"
)
TELLS_OF_A_STUDY = re.compile(rf"\b{_STUDY}\b[^.?!]*\b{_TOLD}\b", re.IGNORECASE)
UNCITED_KINDS = frozenset({SectionKind.QUESTIONS, SectionKind.MISSING, SectionKind.NOTE})


def claims_cited(draft: Draft) -> Iterator[Finding]:
    """Yield a finding for each claim that states something and cites nothing.

    Only what is asked back, missing or noted, and rests on the case alone, may do without.
    """
    for section in draft.sections:
        for claim in section.claims:
            is_excused = section.kind in UNCITED_KINDS and claim.basis is Basis.CASE
            if is_excused and claim.origin is None and TELLS_OF_A_STUDY.search(claim.text):
                yield Finding(
                    rule="claims_cited", claim_id=claim.id, message=f"tells of a study and cites nothing: {claim.text}"
                )
            if not is_excused and not claim.citations:
                yield Finding(rule="claims_cited", claim_id=claim.id, message=f"nothing is cited for: {claim.text}")


def citations_exist(draft: Draft, evidence: Evidence, library: Library) -> Iterator[Finding]:
    """Yield a finding for each citation of something unknown, not retrieved, or misquoted."""
    for claim in draft.claims:
        for citation in claim.citations:
            message = _wrong(claim, citation.passage_id, citation.quote, evidence, library)
            if message:
                yield Finding(rule="citations_exist", claim_id=claim.id, message=message)


def _wrong(claim: Claim, passage_id: str, quote: str, evidence: Evidence, library: Library) -> str | None:
    passage = library.passages.get(passage_id)
    if passage is None:
        return f"{passage_id} is not in the library: {claim.text}"
    if passage_id not in evidence.passage_ids:
        return f"{passage_id} was not retrieved for this question: {claim.text}"
    if quote != passage.text:
        return f"the quote of {passage_id} is not its text: {quote[:80]}"
    return None
