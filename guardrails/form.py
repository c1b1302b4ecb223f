"""A free sentence is plain words: no markup, no link, no citation mark of its own, and not a paragraph.

A model may write what a screen would carry out or a reader would click. The library's own sentences are held to more
than this at lint, and a clinic's documents are shown as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guardrails.types import Basis, Claim, Draft, Finding

_MOST_WORDS = 45  # chosen: one claim a sentence; the longest authored one has 41
_MOST_SENTENCES = 2
_FORBIDDEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("markup", re.compile(r"<\s*[a-z!/?]|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|```|\*\*|__\w|^\s*(?:#+|[-*])\s", re.IGNORECASE)),
    ("a link", re.compile(r"\]\s*\(|\b(?:https?|ftp|file|javascript|data|mailto):|\bwww\.|\w@\w+\.\w", re.IGNORECASE)),
    ("a citation mark", re.compile(r"\[\s*\d|\bcp-?[0-9a-f]{6,8}\b|\[\^|<<", re.IGNORECASE)),
    ("a hidden character", re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")),
)  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?]['\"\u201d)]?\s+(?=[A-Z])")


def plain(draft: Draft) -> Iterator[Finding]:
    """Yield a finding for each free sentence (one that has no origin and cites) that is not one plain sentence."""
    for claim in draft.claims:
        if claim.origin is None and claim.basis is not Basis.CASE:
            for found in _wrong(claim):
                yield Finding(rule="wording", claim_id=claim.id, message=f"{found}: {claim.text[:300]}")


def _wrong(claim: Claim) -> Iterator[str]:
    if claim.basis is Basis.SOURCE:  # a passage word for word, which has sentences and length of its own
        return
    for name, pattern in _FORBIDDEN:
        if pattern.search(claim.text):
            yield f"holds {name}; expected plain words"
    words, sentences = len(claim.text.split()), len(_SENTENCE_END.findall(claim.text)) + 1
    if words > _MOST_WORDS or sentences > _MOST_SENTENCES:
        yield f"is {sentences} sentences of {words} words; expected one claim of {_MOST_WORDS} words at most"
