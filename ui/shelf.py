"""The library as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.library import Library
from corpus.types import Crux, Measure, Passage, SchoolClaim, Source, Viewpoint
from corpus.weighing import Scales, weigh_crux, weigh_school


def list_lines(library: Library) -> Iterator[str]:
    """Yield the table of contents."""
    for debate in library.debates:
        yield f"debate    {debate.id}: {debate.question}"
    for viewpoint in library.viewpoints:
        yield f"school    {viewpoint.id}: {viewpoint.proponent} ({viewpoint.weight})"
    for crux in library.cruxes:
        yield f"{crux.kind:<9} {crux.id}: {crux.question}"
    for measure in library.measures:
        yield f"measure   {measure.id}: {measure.name}"
    for flag in library.red_flags:
        yield f"red flag  {flag.id}: {flag.name} ({flag.action})"
    for source in library.sources:
        yield f"source    {source.id}: {source.title} ({len(source.passages)} passages)"
    yield f"{len(library.sources)} sources, {len(library.passages)} passages, {len(library.cruxes)} cruxes and briefs"


def show_lines(library: Library, identifier: str) -> list[str] | None:
    """Return the entry with this id as lines, or None."""
    if identifier in library.source_by_id:
        return list(_source(library, library.source_by_id[identifier]))
    if identifier in library.passages:
        return list(_passage(library, library.passages[identifier]))
    if identifier in library.crux_by_id:
        return list(_crux(library, library.crux_by_id[identifier]))
    if identifier in library.viewpoint_by_id:
        return list(_viewpoint(library, library.viewpoint_by_id[identifier]))
    measure = next((m for m in library.measures if m.id == identifier), None)
    return list(_measure(library, measure)) if measure else None


def _measure(library: Library, measure: Measure) -> Iterator[str]:
    for row in ("name", "protocol", "unit", "norm", "error", "valid"):
        if getattr(measure, row):
            yield f"{row}: {getattr(measure, row)}"
    if measure.computes:
        yield f"computed by: counterpoint measure {measure.computes}"
    for passage in measure.cites:
        source = library.source_of(passage)
        about = ", ".join(str(x) for x in (source.year, source.doi and f"doi:{source.doi}") if x)
        yield f"from: {passage}, {source.title}{f' ({about})' if about else ''}"


def _source(library: Library, source: Source) -> Iterator[str]:
    yield source.title
    for name in ("authors", "year", "journal", "doi", "pmid", "interests"):
        if getattr(source, name):
            yield f"{name}: {getattr(source, name)}"
    yield f"design: {source.design}; seen: {source.seen.level} ({source.seen.date or 'no date'})"
    for passage in source.passages:
        yield f"  {passage.id} [{passage.kind}, {library.strength_of(passage.id)}] {passage.text}"
    if source.viewpoint:
        yield from _claims(library, library.viewpoint_by_id[source.viewpoint])
    left_out = [p for p in source.paragraphs if not p.kept]
    yield from (f"  left out: paragraph {p.number} ({p.why})" for p in left_out)


def _passage(library: Library, passage: Passage) -> Iterator[str]:
    yield passage.text
    source = library.source_by_id[passage.source_id]
    yield f"from: {source.title}, {passage.locator}; {source.design}, {library.strength_of(passage.id)}"
    for name in ("population", "grade", "implication", "note"):
        if getattr(passage, name):
            yield f"{name}: {getattr(passage, name)}"
    yield from (f"figure: {k} = {v}" for k, v in passage.figures.items())
    yield from (f"conflicts with: {other}" for other in passage.conflicts_with)


def _viewpoint(library: Library, viewpoint: Viewpoint) -> Iterator[str]:
    yield f"{viewpoint.name} ({viewpoint.proponent}): {viewpoint.definition}"
    yield f"weight: {viewpoint.weight}"
    yield from (f"not to be mistaken for: {m}" for m in viewpoint.mistaken_for)
    yield from _claims(library, viewpoint)


def _claims(library: Library, viewpoint: Viewpoint) -> Iterator[str]:
    """Yield each claim of a school with its ledger, then how the findings lie over all of them."""
    for claim in viewpoint.claims:
        yield f"claim {claim.id}: {claim.text}"
        yield from _ledger(library, claim)
    yield f"over all claims: {scales_text(weigh_school(viewpoint, library))}"


def _ledger(library: Library, claim: SchoolClaim) -> Iterator[str]:
    entry = library.ledger_by_claim.get(claim.id)
    if entry is None:
        yield "    not yet searched"
        return
    for link in entry.links:
        about = f"{link.directness}, {library.strength_of(link.passage)}"
        yield f"    {link.direction} ({about}) {link.passage}: {library.passages[link.passage].text}"
        yield f"        because {link.why}"
    found = "searched" if entry.links else "no study found; searched"
    yield f"    {found} {entry.searched.date}: {'; '.join(entry.searched.queries)}"


def scales_text(scales: Scales) -> str:
    """Return a label with the counts it rests on."""
    counts = ", ".join(f"{name} {n}" for name, n in scales.findings.items())
    return f"{scales.label} (findings that weigh: {counts})"


def _crux(library: Library, crux: Crux) -> Iterator[str]:
    yield f"{crux.question} ({crux.kind} of {crux.debate})"
    if crux.kind == "crux":
        yield f"evidence: {scales_text(weigh_crux(crux, library))}"
    for intent, texts in crux.lead.answer.items():
        yield from (f"  {intent}{f' when {t.when}' if t.when else ''}: {t.text} {list(t.cites)}" for t in texts)
    for viewpoint_id, view in crux.views.items():
        for part in ("says", "because", "first_step", "applied", "concedes", "reach"):
            yield from (f"  {viewpoint_id} {part}: {t.text} {list(t.cites)}" for t in getattr(view, part))
    for link in crux.evidence:
        found = library.ledger_links.get((link.of, link.passage)) if link.of else None
        does = f"{found.direction} {link.of}" if found else "context"
        yield f"  evidence, {does}: {link.gist} [{link.passage}, {library.strength_of(link.passage)}]"
    yield from (f"  decides: {d.measure}, {d.threshold_text} ({d.basis})" for d in crux.decides)
