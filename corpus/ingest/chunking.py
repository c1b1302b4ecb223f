"""A document's kept text cut into passages: one to three sentences of one paragraph, short enough for the encoder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.encoder import MAX_WORD_PIECES
from corpus.ingest.types import Block, Chunk

Counter = Callable[[str], int]
"""Returns how many word pieces a text has for the encoder, specials counted."""

MOST_SENTENCES = 3
RESERVED_PIECES = 40  # chosen: topics, population and author are encoded with the passage
MOST_PIECES = MAX_WORD_PIECES - RESERVED_PIECES
_MOST_CHARACTERS = 2_000  # chosen: above any sentence that fits, so that a text without an end is not counted whole
_ABBREVIATIONS = ("e.g.", "i.e.", "vs.", "Fig.", "fig.", "al.", "Dr.", "Mr.", "Mrs.", "No.", "ca.", "approx.", "St.")
_ABBREVIATED = "".join(rf"(?<!\b{re.escape(a)})" for a in _ABBREVIATIONS)
_SENTENCE_END = re.compile(rf"(?<=[.!?])[\"\u201d')\]]?{_ABBREVIATED}(?P<gap>\s+)(?=[\"\u201c'(\[]?[A-Z0-9])")


def kept_text(blocks: Sequence[Block]) -> str:
    """Return the document's kept text, which the character spans of passages count in."""
    return "\n\n".join(b.text for b in blocks)


def chunk(blocks: Sequence[Block], count: Counter) -> tuple[Chunk, ...]:
    """Return the passages of `blocks` in order; a heading stands in none, since its text is no statement.

    Args:
        blocks: what was kept, in reading order.
        count: word pieces of a text, for the encoder in use.
    """
    found: list[Chunk] = []
    start = 0
    for block in blocks:
        if not block.is_heading:
            found += _of_block(block, start, count)
        start += len(block.text) + 2
    return tuple(found)


def _of_block(block: Block, offset: int, count: Counter) -> Iterator[Chunk]:
    group: list[tuple[int, int]] = []
    for span in _sentences(block.text, count):
        wider = [*group, span]
        if group and (len(wider) > MOST_SENTENCES or count(block.text[group[0][0] : span[1]]) > MOST_PIECES):
            yield _chunk(block, group, offset)
            wider = [span]
        group = wider
    if group:
        yield _chunk(block, group, offset)


def _chunk(block: Block, group: Sequence[tuple[int, int]], offset: int) -> Chunk:
    start, end = group[0][0], group[-1][1]
    return Chunk(text=block.text[start:end], page=block.page, start=offset + start, end=offset + end)


def _sentences(text: str, count: Counter) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends; one too long for the encoder is cut between words."""
    for start, end in sentence_spans(text):
        yield from _cut(text, start, end, count)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of `text` begins and ends."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start("gap")
        start = match.end()
    yield start, len(text)


def _cut(text: str, start: int, end: int, count: Counter) -> Iterator[tuple[int, int]]:
    while end - start > _MOST_CHARACTERS or count(text[start:end]) > MOST_PIECES:
        middle = text.rfind(" ", start, (start + end) // 2 + 1)
        cut = middle if middle > start else (start + end) // 2
        yield from _cut(text, start, cut, count)
        start = cut + (text[cut] == " ")
    if end > start:
        yield start, end
