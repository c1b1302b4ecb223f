"""A free sentence is plain words: no markup, no link, no citation mark of its own, and not a paragraph.

A model may write what a screen would carry out or a reader would click. The library's own sentences are held to more
than this at lint, and a clinic's documents are shown as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.grading import is_second_hand
from corpus.library import Library
from guardrails.types import Basis, Claim, Draft, Finding, SectionKind

_MOST_WORDS = 45  # chosen: one claim a sentence; the longest authored one has 41
_MOST_SENTENCES = 2
_MARKUP = r"<\s*[a-z!/?]|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|```|\*\*|__\w|^\s*(?:#+|[-*])\s"
_LINK = r"\]\s*\(|\b(?:https?|ftp|mailto):|\b(?:file|javascript|data):(?=\S)|\bwww\.|\w@\w+\.\w"
_MARK = r"\[\s*\d|\bcp-?[0-9a-f]{6,8}\b|\[\^|<<"
_HIDDEN = "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
_FORBIDDEN = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("markup", _MARKUP),
        ("a link", _LINK),
        ("a citation mark", _MARK),
        ("a hidden character", _HIDDEN),
    )
)
_LEADING = frozenset({SectionKind.SHORT_ANSWER})
_SHOWN_CHARS = 300
_SENTENCE_END = re.compile(r"[.!?]['\"\u201d)]?\s+(?=[A-Z])")


def plain(draft: Draft, library: Library) -> Iterator[Finding]:
    """Yield a finding for each free sentence (one that has no origin and cites) that is not one plain sentence.

    A short answer that rests on what was seen second-hand only is found too: the library's own are linted for it.
    """
    for section in draft.sections:
        for claim in section.claims:
            if claim.origin is None and claim.basis is not Basis.CASE:
                found = [*_wrong(claim), *(_second_hand(claim, library) if section.kind in _LEADING else ())]
                for message in found:
                    yield Finding(rule="wording", claim_id=claim.id, message=f"{message}: {claim.text[:_SHOWN_CHARS]}")


def _second_hand(claim: Claim, library: Library) -> Iterator[str]:
    ids = [c.passage_id for c in claim.citations if c.passage_id in library.passages]
    if ids and all(is_second_hand(library.source_of(i), library.passages[i]) for i in ids):
        yield "rests the short answer on what was seen second-hand only"


def _wrong(claim: Claim) -> Iterator[str]:
    if claim.basis is Basis.SOURCE:  # a passage word for word, which has sentences and length of its own
        return
    for name, pattern in _FORBIDDEN:
        if pattern.search(claim.text):
            yield f"holds {name}; expected plain words"
    words, sentences = len(claim.text.split()), len(_SENTENCE_END.findall(claim.text)) + 1
    if words > _MOST_WORDS or sentences > _MOST_SENTENCES:
        yield f"is {sentences} sentences of {words} words; expected one claim of {_MOST_WORDS} words at most"
