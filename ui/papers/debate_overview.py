"""A whole debate at a glance: its questions down a spine, and on either side of it what was found on each school.

What supports a school's claims hangs on a whole string, what limits them on a broken one below; colour is the
school's, shape the design, size and fill the weight. A question leads to its own map, a mark to its passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.types import Crux, Debate
from corpus.weighing import Weighing, weigh_crux, weighed
from ui.papers.debate_map import designs, weights
from ui.papers.map_content import Finding, School, of_crux
from ui.papers.map_pieces import in_rows
from ui.papers.map_shapes import RADIUS, path_of
from ui.papers.pages import page

HALF_WIDTH = 174
_FIRST, _PITCH, _IN_ROW, _LINE = 30, 26, 6, 26  # user units: from the spine, from mark to mark; a target is 24
_SCALE = 0.68
_LEAST_HEIGHT = 30
_BANDS = {
    Weighing.CONVERGING: "The findings point one way",
    Weighing.ONE_SIDE_THIN: "Thinner for one side",
    Weighing.CONTESTED: "Contested",
    Weighing.UNTESTED: "The dispute itself is untested",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A finding on a string: where it stands, and its outline."""

    finding: Finding
    x: float
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """A string from the spine to its last mark; `way` is what its findings do to the school's claims."""

    way: str
    hue: int
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question with its strings; `said` tells in words what they show."""

    id: str
    question: str
    weighed: str
    said: str
    height: float
    strands: tuple[Strand, ...]


def overview(debate_id: str, library: Library) -> str:
    """Return the picture of a whole debate as HTML, to stand in a page that has ``map.css``.

    Raises:
        KeyError: there is no such debate in the library.
    """
    debate = library.debate_by_id[debate_id]
    schools = [library.viewpoint_by_id[v] for v in debate.viewpoints]
    hues = tuple(library.viewpoint_by_id)
    return page("overview.html.jinja").render(
        debate=debate,
        schools=[(s, hues.index(s.id) % 4) for s in schools],
        bands=(found := bands(debate, library)),
        designs=designs(mark.finding for _, rows in found for r in rows for s in r.strands for mark in s.marks),
        weights=weights(),
        half=HALF_WIDTH,
    )


def bands(debate: Debate, library: Library) -> list[tuple[str, list[Row]]]:
    """Return the disputed questions of a debate by how their findings lie; within a band by the school they favour."""
    own = [c for c in library.cruxes if c.debate == debate.id and c.kind == "crux"]
    scales = {c.id: weigh_crux(c, library) for c in own}
    order = {None: len(debate.viewpoints), **{v: n for n, v in enumerate(debate.viewpoints)}}
    found = []
    for label, title in _BANDS.items():
        here = [c for c in own if scales[c.id].label is label]
        here.sort(key=lambda c: (order[scales[c.id].heavier], -sum(scales[c.id].findings.values()), c.question))
        if here:
            found.append((title, [_row(crux, library) for crux in here]))
    return found


def _row(crux: Crux, library: Library) -> Row:
    left, right = of_crux(crux, library).schools[:2]
    strands: list[Strand] = []
    height = 0.0
    for school, side in ((left, -1), (right, 1)):
        made = list(_strands(school, side))
        strands += made
        height = max(height, len(made) * _LINE + 4)
    return Row(
        id=crux.id,
        question=crux.question,
        weighed=weighed(crux, library),
        said=f"{left.name}: {_tally(left)}. {right.name}: {_tally(right)}.",
        height=max(height, _LEAST_HEIGHT),
        strands=tuple(strands),
    )


def _strands(school: School, side: int) -> Iterator[Strand]:
    y = _LINE / 2 + 2
    for way in ("supports", "limits"):
        for found in in_rows(_findings(school, way), _IN_ROW):
            marks = tuple(
                Mark(finding=f, x=side * (_FIRST + n * _PITCH), path=path_of(f.design, RADIUS[f.strength] * _SCALE))
                for n, f in enumerate(found)
            )
            yield Strand(way=way, hue=school.hue % 4, y=y, marks=marks)
            y += _LINE


def _findings(school: School, way: str) -> Sequence[Finding]:
    """Return the findings that do this to any claim of a school, each once, the heaviest nearest to the spine."""
    found = {f.passage: f for stand in school.stands for f in stand.findings if f.way == way}
    return sorted(found.values(), key=lambda f: (not f.is_direct, -RADIUS[f.strength], f.passage))


def _tally(school: School) -> str:
    counts = {way: len(_findings(school, way)) for way in ("supports", "limits")}
    if not any(counts.values()):
        return "no finding for or against"
    return f"{counts['supports']} for, {counts['limits']} against"
