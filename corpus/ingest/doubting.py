"""What a person should look at before relying on a document: doubles, scans, retractions, hidden instructions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.ingest.types import Chunk, Document, Doubt, WhyDropped
from corpus.instructions import is_instruction
from corpus.library import Library

_GRAM = 4
_NEARLY_THE_SAME = 0.6  # chosen: 0.6 of four-word runs shared; a fair paraphrase shares below 0.2
_MOST_HOLDERS = 8  # chosen: a run of words in more passages than these tells none from another
_SHOWN = 90
_FIRST_BLOCKS = 12
_WORD = re.compile(r"\w+")
_RETRACTED = re.compile(
    r"\b(?:retracted(?: article)?\b\s*:|retraction (?:notice|note)|this article has been (?:retracted|withdrawn)|"
    r"has been retracted)",
    re.IGNORECASE,
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")


def doubts(document: Document, chunks: Sequence[Chunk], library: Library, doi: str | None = None) -> Iterator[Doubt]:
    """Yield what should be looked at, each with the words that gave rise to it."""
    if document.textless_pages:
        pages = ", ".join(map(str, document.textless_pages))
        yield Doubt(about="scanned pages", text=f"no text on page {pages}: scanned, most likely; they are not in it")
    yield from _retraction(document, library, doi)
    yield from _instructions(document, chunks)
    yield from _doubles(chunks, library)


def title_doubts(found: str, shelved: str) -> Iterator[Doubt]:
    """Yield that a title was shelved otherwise than it was found, without what may tell who a patient is."""
    if found != shelved:
        text = f"the title may have named a patient and stands as “{shelved}”; give it another with --title"
        yield Doubt(about="title", text=text)


def _retraction(document: Document, library: Library, doi: str | None) -> Iterator[Doubt]:
    first = " ".join(b.text for b in document.blocks[:_FIRST_BLOCKS])
    for match in _RETRACTED.finditer(f"{document.title or ''} {first}"):
        yield Doubt(about="retracted source", text=f"it says “{match.group()}”: check before relying on it")
        break
    named = {d.rstrip(".,;)").lower() for d in _DOI.findall(first)} | ({doi.lower()} if doi else set())
    for source in library.sources:
        if source.retracted and source.doi and source.doi.lower() in named:
            yield Doubt(
                about="retracted source", text=f"its doi is that of {source.id}, which the library marks as retracted"
            )


def _instructions(document: Document, chunks: Sequence[Chunk]) -> Iterator[Doubt]:
    if is_instruction(document.title or ""):
        yield Doubt(
            about="hidden instructions", text=f"its title reads like an order to a computer: “{document.title}”"
        )
    hidden = [d.block.text for d in document.dropped if d.why is WhyDropped.HIDDEN]
    for text in hidden:
        if is_instruction(text):
            yield Doubt(
                about="hidden instructions", text=f"text that a reader does not see, left out: “{text[:_SHOWN]}”"
            )
    for chunk in chunks:
        if is_instruction(chunk.text):
            said = f"{chunk.locator} reads like an order to a computer, left out: “{chunk.text[:_SHOWN]}”"
            yield Doubt(about="hidden instructions", text=said)


def _doubles(chunks: Sequence[Chunk], library: Library) -> Iterator[Doubt]:
    holders: dict[tuple[str, ...], list[str]] = {}
    for passage in library.passages.values():
        _enter(holders, _grams(passage.text), passage.id)
    for chunk in chunks:
        grams = _grams(chunk.text)
        shared = Counter(name for gram in grams for name in holders.get(gram, ()))
        name, most = max(shared.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if grams and most >= _NEARLY_THE_SAME * len(grams):
            yield Doubt(about="near-duplicate", text=f"{chunk.locator} says nearly what {name} says")
        _enter(holders, grams, f"the same document at {chunk.locator}")


def _enter(holders: dict[tuple[str, ...], list[str]], grams: frozenset[tuple[str, ...]], name: str) -> None:
    for gram in grams:
        names = holders.setdefault(gram, [])
        if len(names) < _MOST_HOLDERS:
            names.append(name)


def _grams(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return frozenset(tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1))
