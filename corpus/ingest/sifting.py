"""What of a document is left out: headers on every page, menus, promotion, lists of references, scraps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from corpus.ingest.chunking import sentence_spans
from corpus.ingest.types import Block, Document, Dropped, FileKind, WhyDropped

_MOST_PAGES = 0.5  # chosen: a line on half of the pages and more is a header or a footer
_FEWEST_PAGES = 3
_MOST_HEADER_WORDS = 15  # chosen: a longer block that is repeated says something each time
_MIN_WORDS = 4  # chosen: a caption of three words says nothing that could be cited
_SENTENCE = re.compile(r"[.!?:;)\"\u201d]$")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NAVIGATION = re.compile(
    r"^(?:skip to (?:main )?content|home|menu|search|log ?in|sign in|back to top|share (?:this|on)|cookies?\b|we use cookies|"
    r"accept (?:all )?cookies|privacy policy|terms (?:and|&) conditions|all rights reserved|copyright|\u00a9|related (?:posts|articles)|"
    r"read more|previous (?:post|article)|next (?:post|article)|leave a (?:comment|reply)|posted (?:on|by)|tags?:|categories:)",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"\b(?:sign up (?:now|today|here|for)|enrol+ (?:now|today)|book (?:now|your|a) ?(?:place|spot|call|appointment|session)?|buy now|order now|"
    r"add to (?:cart|basket)|discount|(?:\d{1,2}|fifty|half) ?% off|coupon|promo(?:tional)? code|limited (?:time|offer|places)|money[- ]back|"
    r"free (?:trial|webinar|e-?book|download)|subscribe|newsletter|follow (?:me|us) on|our (?:online )?course|my (?:online )?course|"
    r"join (?:the|our|my) (?:course|programme|program|membership|mentorship|community)|click (?:here|below|the link)|"
    r"find out more about (?:the|our|my)|testimonials?|become a member|use (?:the )?code\b)",
    re.IGNORECASE,
)
_REFERENCES = re.compile(r"^(?:references|bibliography|works cited|literature cited|sources)\W*$", re.IGNORECASE)


def sift(document: Document) -> Document:
    """Return `document` with only the blocks that may become passages; what went is in `dropped`, with its reason."""
    repeated = _repeated(document)
    kept: list[Block] = []
    dropped: list[Dropped] = list(document.dropped)
    is_in_references = False
    for block in document.blocks:
        is_in_references = (is_in_references and not block.is_heading) or _REFERENCES.match(block.text) is not None
        for part in _parts(block):
            why = WhyDropped.REFERENCES if is_in_references else _why(part, document.kind, repeated)
            if why is None:
                kept.append(part)
            else:
                dropped.append(Dropped(block=part, why=why))
    return replace(document, blocks=tuple(kept), dropped=tuple(dropped))


def _parts(block: Block) -> list[Block]:
    """Return `block`, or where some of its sentences promote something, those and the runs between them by themselves."""
    spans = list(sentence_spans(block.text))
    promotes = [_PROMOTION.search(block.text[a:b]) is not None for a, b in spans]
    if all(promotes) or not any(promotes):
        return [block]
    runs = [list(run) for _, run in groupby(zip(spans, promotes, strict=True), key=itemgetter(1))]
    return [replace(block, text=block.text[run[0][0][0] : run[-1][0][1]]) for run in runs]


def _why(block: Block, kind: FileKind, repeated: frozenset[str]) -> WhyDropped | None:
    text = block.text
    if _without_numbers(text) in repeated or (kind is FileKind.PDF and _PAGE_NUMBER.fullmatch(text)):
        return WhyDropped.REPEATED
    if _NAVIGATION.match(text):
        return WhyDropped.NAVIGATION
    if _PROMOTION.search(text):
        return WhyDropped.PROMOTION
    is_scrap = len(text.split()) < _MIN_WORDS and not _SENTENCE.search(text)
    return WhyDropped.TOO_SHORT if is_scrap and not block.is_heading else None


def _repeated(document: Document) -> frozenset[str]:
    """Return the texts, numbers aside, that stand on so many pages that they are headers or footers."""
    if (document.pages or 0) < _FEWEST_PAGES:
        return frozenset()
    short = (b for b in document.blocks if len(b.text.split()) <= _MOST_HEADER_WORDS)
    places = {(_without_numbers(b.text), b.page) for b in short}
    counts: Counter[str] = Counter(text for text, _ in places)
    return frozenset(t for t, n in counts.items() if n >= max(_FEWEST_PAGES, _MOST_PAGES * (document.pages or 0)))


def _without_numbers(text: str) -> str:
    return _DIGITS.sub("#", text.lower())


def reasons(dropped: Sequence[Dropped]) -> str:
    """Return the counts by reason, such as "3 navigation, 1 promotion"."""
    return ", ".join(f"{n} {why}" for why, n in Counter(str(d.why) for d in dropped).most_common())
