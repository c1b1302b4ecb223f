"""The library as somebody at the shelf asks for it: what each source weighs, which debates and claims it bears on."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.planning import cited_by
from corpus.grading import strength_of
from corpus.library import Library
from corpus.types import Crux, LedgerLink, Passage, SchoolClaim, Source, Strength

WEIGHTS = (Strength.STRONG, Strength.MODERATE, Strength.THIN, Strength.OPINION)
"""The four words, heaviest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A source with what the filters ask of it; `words` is its title, authors, year and journal, folded."""

    source: Source
    strengths: frozenset[Strength]
    debates: frozenset[str]
    schools: frozenset[str]
    is_own: bool
    words: str

    @property
    def weight(self) -> Strength:
        """The heaviest of its passages."""
        return next((w for w in WEIGHTS if w in self.strengths), Strength.OPINION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """What a passage does to a claim of a school."""

    claim: SchoolClaim
    school: str
    link: LedgerLink


class Catalogue:
    """Looks a library up from its passages' end; made once for each library."""

    def __init__(self, library: Library) -> None:
        """Take the library in force."""
        self.library = library

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every source, heaviest first, then newest."""
        found = (self._entry(source) for source in self.library.sources)
        return tuple(sorted(found, key=lambda e: (WEIGHTS.index(e.weight), -(e.source.year or 0), e.source.id)))

    @cached_property
    def entry_by_id(self) -> Mapping[str, Entry]:
        """Entries by the id of their source."""
        return {e.source.id: e for e in self.entries}

    @cached_property
    def passage_by_id(self) -> Mapping[str, Passage]:
        """Every passage, those of retracted sources too."""
        return {p.id: p for s in self.library.sources for p in s.passages}

    @cached_property
    def subjects(self) -> Mapping[str, tuple[Crux, ...]]:
        """The cruxes and briefs that cite a passage, by its id."""
        found: defaultdict[str, list[Crux]] = defaultdict(list)
        for crux in self.library.cruxes:
            for passage_id in cited_by(crux):
                found[passage_id].append(crux)
        return {i: tuple(cruxes) for i, cruxes in found.items()}

    @cached_property
    def bearings(self) -> Mapping[str, tuple[Bearing, ...]]:
        """What a passage does to the schools' claims, by its id."""
        found: defaultdict[str, list[Bearing]] = defaultdict(list)
        for school in self.library.viewpoints:
            for claim in school.claims:
                entry = self.library.ledger_by_claim.get(claim.id)
                for link in entry.links if entry else ():
                    found[link.passage].append(Bearing(claim=claim, school=school.id, link=link))
        return {i: tuple(bearings) for i, bearings in found.items()}

    @cached_property
    def claims(self) -> Mapping[str, tuple[SchoolClaim, ...]]:
        """The claims that a passage of a school's own article makes, by its id."""
        found: defaultdict[str, list[SchoolClaim]] = defaultdict(list)
        for claim in self.library.claim_by_id.values():
            for passage_id in claim.passages:
                found[passage_id].append(claim)
        return {i: tuple(claims) for i, claims in found.items()}

    def weight_of(self, passage_id: str) -> Strength:
        """Return the weight of a passage, of a retracted source too."""
        passage = self.passage_by_id[passage_id]
        return strength_of(self.library.source_by_id[passage.source_id], passage)

    def _entry(self, source: Source) -> Entry:
        ids = [p.id for p in source.passages]
        schools = {b.school for i in ids for b in self.bearings.get(i, ())} | {source.viewpoint}
        debates = {c.debate for i in ids for c in self.subjects.get(i, ())} | set(self._debates_of(schools))
        return Entry(
            source=source,
            strengths=frozenset(strength_of(source, p) for p in source.passages),
            debates=frozenset(debates),
            schools=frozenset(s for s in schools if s),
            is_own=source.id in self.library.own,
            words=folded(" ".join(str(x or "") for x in (source.title, source.authors, source.year, source.journal))),
        )

    def _debates_of(self, schools: set[str | None]) -> Iterator[str]:
        yield from (d.id for d in self.library.debates if schools & set(d.viewpoints))


def folded(text: str) -> str:
    """Return `text` in small letters without accents.

    >>> folded("Leppänen")
    'leppanen'
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


class Catalogues:
    """Hands out the catalogue of the library in force, and makes it again when another comes into force."""

    def __init__(self) -> None:
        """Begin without one."""
        self._catalogue: Catalogue | None = None

    def of(self, library: Library) -> Catalogue:
        """Return the catalogue of `library`."""
        held = self._catalogue
        if held is None or held.library is not library:
            held = self._catalogue = Catalogue(library)
        return held
