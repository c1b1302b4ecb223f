"""The schools, what they dispute, and the ledger of their claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus.library import Library
from corpus.lint.problems import Breaking, Problem
from corpus.types import LedgerEntry, Viewpoint


def check_schools(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with a viewpoint or a debate: whom it cites, whether its schools exist."""
    for viewpoint in library.viewpoints:
        for message in _of_viewpoint(viewpoint, library):
            yield Problem(kind="viewpoints", id=viewpoint.id, message=message)
    for debate in library.debates:
        for unknown in (v for v in debate.viewpoints if v not in library.viewpoint_by_id):
            yield Problem(kind="debates", id=debate.id, message=Breaking(f"unknown viewpoint {unknown!r}"))


def _of_viewpoint(viewpoint: Viewpoint, library: Library) -> Iterator[str]:
    if viewpoint.source not in library.source_by_id:
        yield Breaking(f"unknown source {viewpoint.source!r}")
    for passage in (viewpoint.nearest, *(p for c in viewpoint.claims for p in c.passages)):
        if passage not in library.passages:
            yield Breaking(f"cites unknown passage {passage!r}")
        elif library.viewpoint_of(passage) != viewpoint.id:
            yield f"cites {passage!r}, which is not its own"
    unsearched = (c.id for c in viewpoint.claims if c.id not in library.ledger_by_claim)
    yield from (f"claim {claim} has no entry in the ledger" for claim in unsearched)


def check_ledger(library: Library) -> Iterator[Problem]:
    """Yield entries without a claim, and links that lead nowhere or to the school's own words."""
    for entry in library.ledger:
        for message in _of_entry(entry, library):
            yield Problem(kind="ledger", id=entry.claim, message=message)


def _of_entry(entry: LedgerEntry, library: Library) -> Iterator[str]:
    if entry.claim not in library.claim_by_id:
        yield f"no school has the claim {entry.claim!r}"
    if not entry.searched.queries:
        yield "expected what was searched for, got nothing"
    for passage, times in Counter(link.passage for link in entry.links).items():
        if passage not in library.passages:
            yield Breaking(f"links unknown passage {passage!r}")
        elif library.viewpoint_of(passage) == entry.claim.partition(":")[0]:
            yield f"links {passage!r}, the school's own word: a claim is not its own evidence"
        if times > 1:
            yield f"links {passage!r} {times} times"
