"""What a retrieval set is searched in: a snapshot of its own passages, or of the library, as the product makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.apart import snapshot_apart, vectors_by_id
from corpus.encoder import Vectors
from corpus.encoding import Progress
from corpus.library import Library
from corpus.snapshot import Snapshot
from corpus.types import Design, Passage, PassageKind, Seen, SeenLevel, Source, Term, Viewpoint
from evals.beir import Document, Query


@dataclass(frozen=True, kw_only=True)
class Searched:
    """A snapshot to search, and its passages' ids as the set knows them."""

    snapshot: Snapshot
    names: Mapping[str, str]

    @cached_property
    def vectors(self) -> Mapping[str, Vectors]:
        """The passages' vectors, by id."""
        return vectors_by_id(self.snapshot)

    @property
    def library(self) -> Library:
        """The collection searched."""
        return self.snapshot.library


def of_library(snapshot: Snapshot) -> Searched:
    """Return the library itself as what is searched."""
    return Searched(snapshot=snapshot, names={i: i for i in snapshot.library.passages})


@contextmanager
def of_documents(documents: Sequence[Document], beside: Snapshot, progress: Progress) -> Iterator[Searched]:
    """Yield a set's own passages as what is searched, with the terms of the library in force.

    Raises:
        IndexUnavailableError: the data folder cannot be written.
    """
    library = to_library(documents, beside.library.terms)
    named = dict(zip(library.passages, sorted(d.id for d in documents), strict=True))
    with _opened(library, named, beside, progress) as searched:
        yield searched


@contextmanager
def without_viewpoints(searched: Searched, beside: Snapshot, progress: Progress) -> Iterator[Searched]:
    """Yield the same passages with nothing said of the side that each is on.

    Raises:
        IndexUnavailableError: the data folder cannot be written.
    """
    plain = tuple(replace(s, viewpoint=None) for s in searched.library.sources)
    library = replace(searched.library, sources=plain, viewpoints=())
    with _opened(library, searched.names, beside, progress) as other:
        yield other


@contextmanager
def _opened(library: Library, names: Mapping[str, str], beside: Snapshot, progress: Progress) -> Iterator[Searched]:
    snapshot = snapshot_apart(library, beside, progress)
    with closing(snapshot.store):
        yield Searched(snapshot=snapshot, names=names)


def to_library(documents: Sequence[Document], terms: tuple[Term, ...]) -> Library:
    """Return passages of a set as a library: a source each, numbered in the order of their ids; no cruxes."""
    sides = {name: f"side-{n}" for n, name in enumerate(sorted({d.viewpoint for d in documents if d.viewpoint}))}
    ordered = sorted(documents, key=lambda d: d.id)
    sources = tuple(_source(f"{n:07}", d.text, sides.get(d.viewpoint or "")) for n, d in enumerate(ordered))
    return Library(sources=sources, viewpoints=tuple(_viewpoint(i, name) for name, i in sides.items()), terms=terms)


def _source(identifier: str, text: str, viewpoint: str | None) -> Source:
    passage = Passage(id=f"{identifier}:1", locator="1", kind=PassageKind.CLAIM, text=text, topics=())
    return Source(
        id=identifier,
        title=identifier,
        design=Design.CLINIC_DOCUMENT,
        viewpoint=viewpoint,
        seen=Seen(level=SeenLevel.FULL_TEXT),
        passages=(passage,),
    )


def _viewpoint(identifier: str, name: str) -> Viewpoint:
    return Viewpoint(
        id=identifier,
        name=name,
        proponent=name,
        surname=name,
        source="",
        definition="",
        weight="",
        mistaken_for=(),
        aliases=(),
        nearest="",
        claims=(),
    )


def sides_of(query: Query, viewpoints: Mapping[str, str | None], searched: Searched) -> dict[str, set[str]]:
    """Return the relevant passages of each side of a question, or nothing where it has not two sides.

    Sides are the schools of the question's debate; in a collection without debates, those that its relevant passages
    are on.

    Args:
        query: the question.
        viewpoints: the side of each passage, by the set's ids.
        searched: where debates are looked up.
    """
    debates = searched.library.debate_by_id
    if not debates:
        named = {v for p in query.grades if (v := viewpoints[p])}
    else:
        debate = debates.get(query.debate or "")
        named = set(debate.viewpoints) if debate else set()
    sides = {v: {p for p in query.grades if viewpoints[p] == v} for v in sorted(named)}
    return sides if len(sides) > 1 else {}
