"""No text of the library speaks to a language model: a passage that does is left out of answers, a sentence breaks."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.instructions import is_instruction
from corpus.library import Library
from corpus.lint.problems import Breaking, Problem
from corpus.sentences import variant_lists
from corpus.types import Source

_SHOWN_CHARS = 60


def check_instructions(library: Library) -> Iterator[Problem]:
    """Yield each passage and each authored sentence that reads as an order to a machine."""
    for source in library.sources:
        for name, text in _printed(source):
            if is_instruction(text):
                message = f"{name} reads as an order to a computer, so it is never cited: {text[:_SHOWN_CHARS]!r}"
                yield Problem(kind="sources", id=source.id, message=message)
    for crux in library.cruxes:
        texts = [(place, t.text) for place, variants in variant_lists(crux) for t in variants]
        for place, text in (("question", crux.question), *texts):
            if is_instruction(text):
                message = Breaking(f"{place} reads as an order to a computer: {text[:_SHOWN_CHARS]!r}")
                yield Problem(kind="cruxes", id=crux.id, message=message)


def _printed(source: Source) -> Iterator[tuple[str, str]]:
    for name in ("title", "authors", "journal"):
        yield name, getattr(source, name) or ""
    for passage in source.passages:
        yield f"{passage.id}: text", passage.text
        yield f"{passage.id}: implication", passage.implication or ""
        yield f"{passage.id}: locator", passage.locator
