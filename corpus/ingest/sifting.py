"""What of a document is left out: headers on every page, menus, promotion, lists of references, scraps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from corpus.ingest.chunking import sentence_spans
from corpus.ingest.decoding import goes_on, joined
from corpus.ingest.types import Block, Document, Dropped, FileKind, WhyDropped

_MOST_PAGES = 0.5  # chosen: a line on half of the pages and more is a header or a footer
_FEWEST_PAGES = 3
_MOST_HEADER_WORDS = 15  # chosen: a longer block that is repeated says something each time
_MIN_WORDS = 4  # chosen: a caption of three words says nothing that could be cited
_SENTENCE = re.compile(r"[.!?:;)\"\u201d]$")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NAVIGATION = re.compile(
    r"^(?:(?:home|menu|search|log ?in|sign (?:in|up)|share|print|contact(?: us)?|about(?: us)?|next|previous|back)\W*$|"
    r"skip to (?:main )?content|back to top|share (?:this (?:post|page|article)|on)\b|cookies? (?:policy|settings|preferences|notice)|"
    r"(?:we|this (?:web)?site) uses? cookies|accept (?:all )?cookies|privacy policy|terms (?:and|&) conditions|all rights reserved|"
    r"copyright (?:\u00a9|\(c\)|\d{4})|\u00a9|related (?:posts|articles)|read more\b|(?:previous|next) (?:post|article)\b|"
    r"leave a (?:comment|reply)|posted (?:on|by)|tags?: |categories: )",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"\b(?:sign up (?:now|today|here|for (?:our|my|the newsletter))|enrol+ (?:now|today|in (?:our|my))|book (?:now|online|today)|"
    r"book your (?:place|spot|seat|call)|book (?:your|an?) (?:\w+ )?(?:appointment|session|call|consultation) (?:now|today|online|here|with (?:us|me)\b)|"
    r"buy now|order (?:yours|now\W*$)|add to (?:cart|basket)|(?:a|an|our|your|my|special|student|early[- ]bird|\d{1,2} ?%) discounts?|discount (?:code|price|voucher)|"
    r"(?:save|get|take|enjoy|now|with|for) (?:up to )?(?:\d{1,2} ?%|fifty per ?cent) off|\d{1,2} ?% off(?: (?:the|our|my|all|your|any|this)\b|\W*$)|half price|"
    r"coupon|promo(?:tional)? code|limited (?:time (?:only|offer)|offer|places (?:left|available|remain)|spots)|money[- ]back|"
    r"(?<!-)(?<!pain )(?<!symptom )free (?:trial|webinar|e-?book|download|consultation|taster)|"
    r"subscribe(?: (?:now|today|here|to (?:our|my|us|the (?:newsletter|channel|blog|podcast)))|\W*$)|newsletter|"
    r"follow (?:me|us) on (?:instagram|facebook|twitter|x|you ?tube|linked ?in|tik ?tok|social)|(?:our|my) (?:\w+ ){0,7}courses?\b(?! of)|online courses?\b(?! of)|on (?:the|this) course\b(?! of)|"
    r"(?:you will|you[\u2019\']ll) (?:learn|discover) how|i[\u2019\']ll show you how|your ticket|"
    r"join (?:our|my) (?:\w+ )?(?:programme|program)|join (?:the|our|my) (?:\w+ )?(?:course|membership|mentorship|community|waiting list|academy)|"
    r"click (?:here|below|the link)|find out more about (?:our|my|the (?:course|programme|program|book))|testimonials?|become a member|use (?:the )?code\b)",
    re.IGNORECASE,
)
_REFERENCES = re.compile(r"^(?:references|bibliography|works cited|literature cited|sources)\W*$", re.IGNORECASE)


def sift(document: Document) -> Document:
    """Return `document` with only the blocks that may become passages; what went is in `dropped`, with its reason."""
    repeated = _repeated(document)
    kept: list[Block] = []
    dropped: list[Dropped] = list(document.dropped)
    is_in_references = False
    said: set[str] = set()
    for block in _lists_gathered(document.blocks):
        is_in_references = (is_in_references and not block.is_heading) or _REFERENCES.match(block.text) is not None
        for part in _parts(block):
            why = (
                WhyDropped.REFERENCES if is_in_references else _why(part, document.kind, repeated - _first(part, said))
            )
            if why is None:
                kept.append(part)
            else:
                dropped.append(Dropped(block=part, why=why))
    return replace(document, blocks=_rejoined(kept), dropped=tuple(dropped))


def _lists_gathered(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield `blocks`, a list of short items joined to what introduces it: "Phase 1: quad sets; heel slides"."""
    runs = [(is_scrap, list(run)) for is_scrap, run in groupby(blocks, key=_is_scrap)]
    taken = False
    for (is_scrap, run), (_, after) in zip(runs, [*runs[1:], (False, [])], strict=True):
        if is_scrap and taken:
            taken = False
            continue
        taken = not is_scrap and len(after) > 1 and (run[-1].is_heading or run[-1].text.endswith(":"))
        yield from run[:-1] if taken else run
        if taken:
            items = "; ".join(b.text for b in after)
            yield replace(run[-1], text=f"{run[-1].text.rstrip(':')}: {items}", is_heading=False)


def _is_scrap(block: Block) -> bool:
    is_short = len(block.text.split()) < _MIN_WORDS and not _SENTENCE.search(block.text)
    return is_short and not block.is_heading and not _NAVIGATION.match(block.text)


def _rejoined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return `blocks` with each sentence that the end of a box or a page broke made whole, on the page it begins on."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last and block.page and last.page in (block.page, block.page - 1) and goes_on(last.text, block.text):
            found[-1] = replace(last, text=joined(last.text, block.text))
        else:
            found.append(block)
    return tuple(found)


def _first(block: Block, said: set[str]) -> set[str]:
    """Return the text of `block` if it is a whole sentence that has not been said: that is kept once, however repeated."""
    text = _without_numbers(block.text)
    is_first = text not in said and len(block.text.split()) >= _MIN_WORDS and block.text.endswith((".", "!", "?"))
    said.add(text)
    return {text} if is_first else set()


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
    return WhyDropped.TOO_SHORT if _is_scrap(block) else None


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
