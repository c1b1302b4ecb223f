"""What a debate map shows, before it is drawn: schools, their claims, what bears on each, and what would decide.

A crux is shown with the findings that it names; a whole debate with everything the ledger holds beside its claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.facts import Facts
from corpus.library import Library
from corpus.measures.types import joined
from corpus.predicates import holds
from corpus.sentences import variant_lists
from corpus.types import Crux, Debate, Decider, Design, Direction, Directness, EvidenceLink, LedgerLink, Strength
from corpus.weighing import weighed
from ui.papers.reading import byline, design_words

NO_FACTS: Facts = {}
_MOST_GUIDELINES = 2
_LONGEST_GIST = 150
_STEPS = {Strength.STRONG: 0, Strength.MODERATE: 1, Strength.THIN: 2, Strength.OPINION: 3}
_WAYS = {
    Direction.SUPPORTS: "supports",
    Direction.LIMITS: "limits",
    Direction.NEUTRAL: "leaves open",
    Direction.NOT_TESTED: "leaves open",
}
_TOLD = {
    "supports": ("supports {}", "support {}"),
    "limits": ("limits {}", "limit {}"),
    "leaves open": ("leaves {} open", "leave {} open"),
}
WAYS = ("supports", "limits", "leaves open")
"""What a finding does to a claim, in the order in which its strings hang."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A passage as a mark of the map: who, what kind, how heavy, and how it bears on the claim it hangs by."""

    passage: str
    label: str
    design: str
    design_words: str
    strength: Strength
    says: str
    way: str = ""
    why: str = ""
    is_direct: bool = True
    fits: bool = False

    @property
    def told(self) -> str:
        """The mark in words, for those who do not see it."""
        bears = f"{self.way}{'' if self.is_direct else ', indirectly'}" if self.way else ""
        bears += f": {self.why}" if bears and self.says else ""
        like = "in people like this patient" if self.fits else ""
        told = (f"{self.label}, {self.design_words}, {self.strength}", self.says, bears, like)
        return " ".join(f"{t[:1].upper()}{t[1:].rstrip('.')}." for t in told if t)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A claim of a school, the passage it is made in, and what bears on it; `more` findings are in the library only."""

    claim: str
    text: str
    passage: str
    findings: tuple[Finding, ...]
    more: int = 0

    def strings(self) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """Yield what the findings do to the claim with those that do it: direct ones first, then the heavier."""
        for way in WAYS:
            found = sorted((f for f in self.findings if f.way == way), key=_rank)
            if found:
                yield way, tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school on its side of the map; `hue` is the number of its colour."""

    id: str
    name: str
    proponent: str
    weight: str
    hue: int
    stands: tuple[Stand, ...]

    @property
    def tally(self) -> str:
        """How many findings of the map do what to its claims: "Here 7 findings support its claims and 8 limit them"."""
        counts = [(way, sum(f.way == way for s in self.stands for f in s.findings)) for way in WAYS]
        told = [(n, _TOLD[way][n > 1]) for way, n in counts if n]
        if not told:
            return "No finding here bears on its claims"
        first, words = told[0]
        head = f"{first} {'finding' if first == 1 else 'findings'} {words.format('its claims')}"
        others = (f"{n} {words.format('them')}" for n, words in told[1:])
        return f"Here {joined((head, *others))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What would decide: a test, its cut-off, and what to do on either side of it."""

    __test__ = False  # not one of pytest's
    name: str
    cut_off: str
    branches: tuple[tuple[str, str], ...]
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All of a map: the question, what stands above both schools, the schools, and the tests between them."""

    title: str
    verdict: str
    guidelines: tuple[Finding, ...]
    context: tuple[Finding, ...]
    schools: tuple[School, ...]
    tests: tuple[Test, ...]
    is_dense: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every mark, in reading order."""
        hung = (f for s in self.schools for stand in s.stands for f in stand.findings)
        return (*self.guidelines, *self.context, *hung)


def of_crux(crux: Crux, library: Library, facts: Facts = NO_FACTS) -> Picture:
    """Return the picture of a crux or a brief; `facts` of a case choose among its tests, and mark what fits it."""
    linked = [e for e in crux.evidence if e.of and e.of in library.claim_by_id]
    above = [_of_link(e, library, facts) for e in crux.evidence]
    guidelines = [f for f in above if f.design == Design.GUIDELINE] or list(_cited_guidelines(crux, library, facts))
    loose = [f for f, e in zip(above, crux.evidence, strict=True) if e not in linked and f.design != Design.GUIDELINE]
    schools = library.debate_by_id[crux.debate].viewpoints
    return Picture(
        title=crux.question,
        verdict=weighed(crux, library),
        guidelines=tuple(guidelines[:_MOST_GUIDELINES]),
        context=tuple(sorted(loose, key=_rank)),
        schools=tuple(_school(v, library, tuple(_stands(v, crux, linked, library, facts))) for v in schools),
        tests=tuple(_test(d) for d in crux.decides if holds(d.when, facts)),
    )


def of_debate(debate: Debate, library: Library) -> Picture:
    """Return the picture of a debate: every claim of its schools with all that the ledger holds beside it."""
    return Picture(
        title=debate.question,
        verdict="",
        guidelines=(),
        context=(),
        schools=tuple(_school(v, library, tuple(_whole_stands(v, library))) for v in debate.viewpoints),
        tests=(),
        is_dense=True,
    )


def _school(viewpoint_id: str, library: Library, stands: tuple[Stand, ...]) -> School:
    viewpoint = library.viewpoint_by_id[viewpoint_id]
    return School(
        id=viewpoint.id,
        name=viewpoint.name,
        proponent=viewpoint.proponent,
        weight=viewpoint.weight,
        hue=tuple(library.viewpoint_by_id).index(viewpoint_id),
        stands=stands,
    )


def _stands(
    viewpoint_id: str, crux: Crux, linked: Sequence[EvidenceLink], library: Library, facts: Facts
) -> Iterator[Stand]:
    """Yield the claims of a school that a crux shows findings on, else those that it has the school speak from."""
    viewpoint, view = library.viewpoint_by_id[viewpoint_id], crux.views.get(viewpoint_id)
    of = {claim.id: [e for e in linked if e.of == claim.id] for claim in viewpoint.claims}
    spoken = {c for text in (view.says if view else ()) for c in text.cites}
    for claim in viewpoint.claims:
        if of[claim.id] or (not any(of.values()) and spoken & set(claim.passages)):
            entry = library.ledger_by_claim.get(claim.id)
            yield Stand(
                claim=claim.id,
                text=claim.text,
                passage=claim.passages[0],
                findings=tuple(_on_claim(e, library, facts) for e in of[claim.id]),
                more=max(len(entry.links if entry else ()) - len(of[claim.id]), 0),
            )


def _whole_stands(viewpoint_id: str, library: Library) -> Iterator[Stand]:
    for claim in library.viewpoint_by_id[viewpoint_id].claims:
        entry = library.ledger_by_claim.get(claim.id)
        links = [x for x in (entry.links if entry else ()) if x.passage in library.passages]
        findings = tuple(_hung(link, library, "") for link in links)
        yield Stand(claim=claim.id, text=claim.text, passage=claim.passages[0], findings=findings)


def _on_claim(link: EvidenceLink, library: Library, facts: Facts) -> Finding:
    hung = library.ledger_links[str(link.of), link.passage]
    return _hung(hung, library, link.gist, fits=bool(link.fits) and holds(link.fits, facts))


def _hung(link: LedgerLink, library: Library, says: str, *, fits: bool = False) -> Finding:
    is_direct = link.directness is Directness.DIRECT
    return _finding(
        link.passage, library, says, fits=fits, way=_WAYS[link.direction], why=link.why, is_direct=is_direct
    )


def _of_link(link: EvidenceLink, library: Library, facts: Facts) -> Finding:
    return _finding(link.passage, library, link.gist, fits=bool(link.fits) and holds(link.fits, facts))


def _finding(passage: str, library: Library, says: str, **more: Any) -> Finding:
    source = library.source_of(passage)
    told: Mapping[str, Any] = {
        "authors": source.authors, "year": source.year, "title": source.title, "viewpoint": source.viewpoint,
    }  # fmt: skip
    return Finding(
        passage=passage,
        label=byline(told),
        design=source.design.value,
        design_words=design_words(source.design.value),
        strength=library.strength_of(passage),
        says=says.rstrip("."),
        **more,
    )


def _cited_guidelines(crux: Crux, library: Library, facts: Facts) -> Iterator[Finding]:
    """Yield the guidelines that the sentences of `crux` cite for this case, where its findings hold none."""
    texts = (t for place, ts in variant_lists(crux) if not place.startswith(("views", "points")) for t in ts)
    cited = (c for t in texts if holds(t.when, facts) for c in t.cites if c in library.passages)
    for passage in dict.fromkeys(cited):
        if library.source_of(passage).design is Design.GUIDELINE:
            yield _finding(passage, library, _cut(library.passages[passage].text))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_GIST else f"{text[:_LONGEST_GIST].rpartition(' ')[0]} …"


def _test(decider: Decider) -> Test:
    is_number = decider.threshold_text[:1].isdigit()
    ours = " (our cut-off)" if is_number else " (our rule)"
    below, above = ("Below", decider.if_below), ("Otherwise", decider.if_above)
    so, not_so = ("If so", decider.if_above), ("If not", decider.if_below)
    return Test(
        name=decider.measure,
        cut_off=f"{decider.threshold_text}{ours if decider.basis.startswith('our ') else ''}",
        branches=(below, above) if is_number else (so, not_so),
        passage=decider.cites[0],
    )


def _rank(finding: Finding) -> tuple[bool, int, str]:
    return not finding.is_direct, _STEPS[finding.strength], finding.passage
