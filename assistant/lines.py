"""Lines: claims to be, dropped by importance until an answer fits, then put into sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus.library import Library
from corpus.sentences import Sentence
from guardrails.types import Basis, Citation, Claim, Computed, Detail, Section, SectionKind

_EVEN_VOICE = 0.75  # DESIGN: the shorter school at least this share of the longer
_ORDER = list(SectionKind)
_TITLES = {
    SectionKind.SAFETY: "Safety",
    SectionKind.SHORT_ANSWER: "Short answer",
    SectionKind.DECIDING: "What to do and test next",
    SectionKind.QUESTIONS: "Worth asking",
    SectionKind.EVIDENCE: "What the evidence says",
    SectionKind.AGREEMENT: "Where both agree",
    SectionKind.MISSING: "Missing",
    SectionKind.NOTE: "Note",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A claim to be, where it goes, and how soon it is dropped (a higher rank goes sooner)."""

    kind: SectionKind
    sentence: Sentence | None
    text: str
    rank: int
    viewpoint: str | None = None
    basis: Basis = Basis.SYNTHESIS
    computed: Computed | None = None
    pair: str | None = None

    @property
    def words(self) -> int:
        """How many words it would add to the answer."""
        return len(self.text.split())


def authored(kind: SectionKind, sentence: Sentence | None, rank: int, **more: Any) -> Iterator[Line]:
    """Yield the line that says `sentence`, if there is one; `more` as for a line."""
    if sentence is not None:
        yield Line(kind=kind, sentence=sentence, text=sentence.text, rank=rank, **more)


def without_repeats(lines: Iterable[Line]) -> list[Line]:
    """Return `lines` without those that say what an earlier one says."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        if line.text not in seen:
            kept.append(line)
        seen.add(line.text)
    return kept


def fit(lines: list[Line], detail: Detail) -> list[Line]:
    """Drop the least important lines until the claims fit; a pair of the schools goes together."""
    kept = _even(list(lines))
    while sum(line.words for line in kept) > detail.words:
        last = max(range(len(kept)), key=lambda n: (kept[n].rank, n))
        if kept[last].rank == 0:
            break
        pair = kept[last].pair
        kept = [x for n, x in enumerate(kept) if n != last and not (pair and x.pair == pair)]
        kept = _even(kept)
    return kept


def _even(lines: list[Line]) -> list[Line]:
    """Drop the last pair of lines while one school speaks much longer than another."""
    while True:
        totals: dict[str, int] = {}
        for line in lines:
            if line.pair and line.viewpoint:
                totals[line.viewpoint] = totals.get(line.viewpoint, 0) + line.words
        pairs = [x.pair for x in lines if x.pair and x.pair != "says"]
        if len(totals) < 2 or not pairs or min(totals.values()) >= _EVEN_VOICE * max(totals.values()):
            return lines
        lines = [x for x in lines if x.pair != pairs[-1]]


def to_sections(
    lines: list[Line], library: Library, *, silent: frozenset[str], weighed: str = ""
) -> tuple[Section, ...]:
    """Return `lines` as sections in reading order, their claims numbered.

    Args:
        lines: what is said.
        library: where schools and passages are looked up.
        silent: the schools that have nothing on this question, to be marked.
        weighed: how the findings lie, for the heading of the evidence; empty where nothing is disputed.
    """
    sections: list[Section] = []
    ordered = sorted(enumerate(lines), key=lambda pair: (_ORDER.index(pair[1].kind), pair[0]))
    for number, (_, line) in enumerate(ordered, start=1):
        claim = _claim(f"c{number}", line, library)
        last = sections[-1] if sections else None
        if last and last.kind is line.kind and last.viewpoint == line.viewpoint:
            sections[-1] = replace(last, claims=(*last.claims, claim))
        else:
            sections.append(_section(line, claim, library, weighed, is_silent=line.viewpoint in silent))
    return tuple(sections)


def _section(line: Line, claim: Claim, library: Library, weighed: str, *, is_silent: bool) -> Section:
    title = section_title(line.kind, line.viewpoint, library, weighed)
    return Section(kind=line.kind, title=title, claims=(claim,), viewpoint=line.viewpoint, is_silent=is_silent)


def section_title(kind: SectionKind, viewpoint_id: str | None, library: Library, weighed: str = "") -> str:
    """Return a section's heading; a school's own says what the school rests on."""
    if viewpoint_id is not None:
        viewpoint = library.viewpoint_by_id[viewpoint_id]
        return f"{viewpoint.name} ({viewpoint.surname}): {viewpoint.weight}"
    title = _TITLES.get(kind, "")
    return f"{title}: {weighed}" if kind is SectionKind.EVIDENCE and weighed else title


def _claim(identifier: str, line: Line, library: Library) -> Claim:
    cites = line.sentence.cites if line.sentence else ()
    return Claim(
        id=identifier,
        text=line.text,
        basis=line.basis,
        computed=line.computed,
        origin=line.sentence.origin if line.sentence else None,
        citations=tuple(Citation(passage_id=p, quote=library.passages[p].text) for p in cites),
    )
