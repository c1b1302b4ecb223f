"""What an answer may not sound like: too long, said twice, safety not first, certain beyond its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from guardrails.types import Draft, Finding, SectionKind

_CERTAIN = re.compile(
    r"\b(?:proves that|proven to|guarantee[ds]?|undoubtedly|definitely|without (?:any )?doubt|100 ?% (?:effective|safe))\b",
    re.IGNORECASE,
)
_DIAGNOSED = re.compile(
    r"\b(?:the diagnosis is|this is definitely|(?:he|she|the patient) has (?:a torn|a ruptured))\b", re.IGNORECASE
)


def worded(draft: Draft) -> Iterator[Finding]:
    """Yield a finding for each claim that is too sure, and for an answer that is too long or repeats itself."""
    for claim in draft.claims:
        if _CERTAIN.search(claim.text):
            yield Finding(rule="wording", claim_id=claim.id, message=f"is surer than any evidence here: {claim.text}")
        if _DIAGNOSED.search(claim.text):
            yield Finding(rule="wording", claim_id=claim.id, message=f"pronounces a diagnosis: {claim.text}")
    for text, times in Counter(c.text for c in draft.claims).items():
        if times > 1:
            yield Finding(rule="wording", claim_id=None, message=f"is said {times} times: {text}")
    words = sum(len(c.text.split()) for c in draft.claims)
    if words > draft.detail.words:
        yield Finding(
            rule="length", claim_id=None, message=f"{words} words of claims; expected {draft.detail.words} at most"
        )


def safety_first(draft: Draft) -> Iterator[Finding]:
    """Yield a finding when a safety section stands below anything else."""
    kinds = [s.kind for s in draft.sections]
    if SectionKind.SAFETY in kinds[1:]:
        yield Finding(rule="safety_first", claim_id=None, message="the safety notice stands below other text")
