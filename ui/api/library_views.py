"""The library in force as the API shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from corpus.library import Library
from corpus.sentences import variant_lists
from corpus.types import Crux, LedgerLink, Passage, SchoolClaim, Source, Viewpoint
from corpus.weighing import weighed
from ui.api.library_shapes import (
    Bearing,
    ClaimShown,
    Finding,
    LeftOut,
    PassageShown,
    PassageWhole,
    QuestionLine,
    QuestionShown,
    SchoolLine,
    SchoolShown,
    SourceLine,
    SourceShown,
    Summary,
)

Originals: TypeAlias = Callable[[Passage], str | None]


def to_summary(library: Library) -> Summary:
    """Return what the library holds, counted."""
    return Summary(
        fingerprint=library.fingerprint,
        sources=len(library.sources),
        passages=len(library.passages),
        questions=len(library.cruxes),
        measures=len(library.measures),
        red_flags=len(library.red_flags),
        debates=[debate.id for debate in library.debates],
        own=list(library.own),
    )


def to_source_line(source: Source, library: Library) -> SourceLine:
    """Return a source as one line."""
    return SourceLine(
        id=source.id,
        title=source.title,
        authors=source.authors,
        year=source.year,
        journal=source.journal,
        doi=source.doi,
        pmid=source.pmid,
        design=source.design,
        viewpoint=source.viewpoint,
        seen=source.seen,
        retracted=source.retracted,
        own=source.id in library.own,
        passages=len(source.passages),
    )


def to_source(source: Source, library: Library) -> SourceShown:
    """Return a source with its passages."""
    return SourceShown(
        **to_source_line(source, library).model_dump(),
        interests=source.interests,
        licence=source.licence,
        in_order=[to_passage(p, library) for p in source.passages],
        left_out=[LeftOut(number=p.number, why=p.why) for p in source.paragraphs if not p.kept],
    )


def to_passage(passage: Passage, library: Library) -> PassageShown:
    """Return a passage by itself."""
    return PassageShown(
        id=passage.id,
        source_id=passage.source_id,
        locator=passage.locator,
        kind=passage.kind,
        text=passage.text,
        implication=passage.implication,
        topics=list(passage.topics),
        population=passage.population,
        figures=passage.figures,
        grade=passage.grade,
        strength=library.strength_of(passage.id),
        viewpoint=library.viewpoint_of(passage.id),
        fingerprint=library.passage_fingerprint(passage.id),
    )


def to_passage_whole(passage: Passage, library: Library, originals: Originals) -> PassageWhole:
    """Return a passage in its place."""
    source = library.source_of(passage.id)
    place = source.passages.index(passage)
    before, after = source.passages[max(place - 1, 0) : place], source.passages[place + 1 : place + 2]
    return PassageWhole(
        **to_passage(passage, library).model_dump(),
        original=originals(passage),
        note=passage.note,
        conflicts_with=list(passage.conflicts_with),
        source=to_source_line(source, library),
        before=to_passage(before[0], library) if before else None,
        after=to_passage(after[0], library) if after else None,
        bears_on=list(_bearings(passage.id, library)),
        questions=[crux.id for crux in library.cruxes if passage.id in _shown_by(crux)],
    )


def to_question_line(crux: Crux, library: Library) -> QuestionLine:
    """Return a question as one line."""
    return QuestionLine(
        id=crux.id,
        kind=crux.kind,
        debate=crux.debate,
        question=crux.question,
        topics=list(crux.topics),
        weight=weighed(crux, library),
    )


def to_question(crux: Crux, library: Library) -> QuestionShown:
    """Return a question with the sentences of its answer."""
    parts = {name: getattr(crux, name) for name in _PARTS}
    return QuestionShown(**to_question_line(crux, library).model_dump(), **parts)


_PARTS = ("asks", "lead", "next", "dose", "views", "evidence", "agree", "decides", "needs", "premises", "points")


def to_school_line(viewpoint: Viewpoint, library: Library) -> SchoolLine:
    """Return a school as one line."""
    return SchoolLine(
        id=viewpoint.id,
        name=viewpoint.name,
        proponent=viewpoint.proponent,
        definition=viewpoint.definition,
        weight=viewpoint.weight,
        debates=[debate.id for debate in library.debates if viewpoint.id in debate.viewpoints],
    )


def to_school(viewpoint: Viewpoint, library: Library) -> SchoolShown:
    """Return a school with its claims and what each rests on."""
    return SchoolShown(
        **to_school_line(viewpoint, library).model_dump(),
        source=viewpoint.source,
        mistaken_for=list(viewpoint.mistaken_for),
        claims=[_claim(claim, library) for claim in viewpoint.claims],
    )


def _claim(claim: SchoolClaim, library: Library) -> ClaimShown:
    entry = library.ledger_by_claim.get(claim.id)
    return ClaimShown(
        id=claim.id,
        text=claim.text,
        passages=list(claim.passages),
        searched=entry.searched if entry else None,
        findings=[_finding(link, library) for link in entry.links if link.passage in library.passages] if entry else [],
    )


def _finding(link: LedgerLink, library: Library) -> Finding:
    return Finding(
        passage=link.passage,
        text=library.passages[link.passage].text,
        strength=library.strength_of(link.passage),
        direction=link.direction,
        directness=link.directness,
        why=link.why,
    )


def _bearings(passage_id: str, library: Library) -> Iterator[Bearing]:
    for (claim, passage), link in library.ledger_links.items():
        if passage == passage_id:
            text = library.claim_by_id[claim].text
            yield Bearing(
                claim=claim, text=text, direction=link.direction, directness=link.directness, why=link.why
            )  # fmt: skip


def _shown_by(crux: Crux) -> frozenset[str]:
    """Return every passage that the answer to a question may show."""
    authored = (cite for _, texts in variant_lists(crux) for text in texts for cite in text.cites)
    more = (cite for part in (*crux.decides, *crux.premises) for cite in part.cites)
    return frozenset((*authored, *more, *(link.passage for link in crux.evidence)))
