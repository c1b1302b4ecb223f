"""A document in reading order with what became of each piece, so that a person can see what would count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.ingest.types import Block, Document, Dropped, Judged, WhyDropped


def retraced(read: Document, sifted: Document, barred: Sequence[str]) -> tuple[Judged, ...]:
    """Return the pieces of `read` in order, those that were left out with the reason.

    What the reader itself left out, as a page's menu, has no place among the paragraphs and comes last.

    Args:
        read: the document as its reader gave it.
        sifted: the same, sifted; what it dropped stands in reading order after what the reader had dropped.
        barred: texts that were kept by then and are left out all the same, as orders to a computer.
    """
    before = len(read.dropped)
    waiting = list(sifted.dropped[before:])
    judged = [piece for block in read.blocks for piece in _pieces(block, waiting, barred)]
    unplaced = (*sifted.dropped[:before], *waiting)
    return (*judged, *(Judged(text=d.block.text, page=d.block.page, why=d.why) for d in unplaced))


def _pieces(block: Block, waiting: list[Dropped], barred: Sequence[str]) -> Iterator[Judged]:
    """Yield `block` cut at what was left out of it, which is taken from `waiting`."""
    rest = block.text
    while waiting and waiting[0].block.page == block.page and waiting[0].block.text in rest:
        gone = waiting.pop(0)
        before, _, rest = rest.partition(gone.block.text)
        yield from _kept(before, block, barred)
        yield _piece(gone.block.text, block, gone.why)
    yield from _kept(rest, block, barred)


def _kept(text: str, block: Block, barred: Sequence[str]) -> Iterator[Judged]:
    for order in barred:
        before, found, after = text.partition(order)
        if found:
            yield from _kept(before, block, barred)
            yield _piece(order, block, WhyDropped.INSTRUCTION)
            text = after
    if text.strip():
        yield _piece(text.strip(), block, None)


def _piece(text: str, block: Block, why: WhyDropped | None) -> Judged:
    return Judged(text=text, page=block.page, why=why, is_heading=block.is_heading)
