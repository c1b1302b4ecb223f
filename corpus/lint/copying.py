"""No wording of the digested articles stands in the library."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from corpus.copying import copied
from corpus.library import Library
from corpus.lint.problems import Problem
from corpus.sentences import variant_lists
from corpus.types import Crux, Design


def check_copying(library: Library) -> Iterator[Problem]:
    """Yield each text of our own that shares eight words in a row with an article; a clinic's own document may."""
    for kind, identifier, text in chain(_passages(library), _schools(library), _cruxes(library)):
        run = copied(text)
        if run is not None:
            yield Problem(kind=kind, id=identifier, message=f"copied from an article: {run!r}")


def _passages(library: Library) -> Iterator[tuple[str, str, str]]:
    for source in library.sources:
        if source.design is not Design.CLINIC_DOCUMENT:
            for passage in source.passages:
                said = (passage.text, passage.implication, passage.note)
                yield "sources", source.id, " . ".join(filter(None, said))


def _schools(library: Library) -> Iterator[tuple[str, str, str]]:
    for viewpoint in library.viewpoints:
        said = (viewpoint.definition, *viewpoint.mistaken_for, *(c.text for c in viewpoint.claims))
        yield from (("viewpoints", viewpoint.id, text) for text in said)


def _cruxes(library: Library) -> Iterator[tuple[str, str, str]]:
    for crux in library.cruxes:
        yield from (("cruxes", crux.id, text) for text in _said(crux))


def _said(crux: Crux) -> Iterator[str]:
    yield from crux.asks
    yield from (t.text for _, texts in variant_lists(crux) for t in texts)
    yield from (link.gist for link in crux.evidence)
    yield from (p.text for p in crux.premises)
