"""A school's column on a debate map: its claims as cards, and what bears on each on strings below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ui.papers.map_content import Finding, School, Stand
from ui.papers.map_pieces import Bead, Card, Layout, Line, flow, in_rows
from ui.papers.map_shapes import RADIUS
from ui.papers.map_text import Words, wrapped

GAP = 16
_FIRST, _PITCH, _LABEL = 110, 80, 77  # from the column's edge to the first mark, from mark to mark, a label's width
_DENSE_PITCH, _DENSE_BELOW = 30, 19
FIRST_LOOSE = 44  # where the string has no word on it
_BESIDE = 48  # from a mark that hangs alone to what it says
_WAY = 40  # from the column's edge to the word on a string
_ABOVE, _BELOW, _BELOW_MARK = 22, 4, 5
_STEM, _STEM_STEP, _BEND = 12, 9, 8
_SHORT = {"leaves open": "open", "context": ""}  # the key says what a dotted string is


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Where a column stands, whose colour it has, and whether its marks stand close and without labels."""

    x: float
    width: float
    hue: int | None = None
    is_dense: bool = False
    first: float = _FIRST

    def rows(self, found: Sequence[Finding]) -> Iterator[tuple[Finding, ...]]:
        """Yield `found` in as many rows as the column takes."""
        pitch = _DENSE_PITCH if self.is_dense else _PITCH
        in_row = max(int((self.width - self.first - pitch / 2) // pitch) + 1, 1)
        yield from in_rows(found, in_row)


def school(made: Layout, of: School, place: Column, y: float) -> float:
    """Lay out a school and return where it ends."""
    rule = Line(path=f"M{place.x:.1f} {y + 2:.1f}h{place.width:.1f}", css="rule", hue=place.hue, is_direct=True)
    made.lines.append(rule)
    head = flow(place.x, y + 10, place.width, [
        (f"{of.name} ({of.proponent})", 15, f"cp-map-name hue-{of.hue % 4}", True),
        (f"Rests on: {of.weight}", 12, "cp-map-muted", False),
        (of.tally, 12, "cp-map-muted", False),
    ])  # fmt: skip
    made.words += head
    y = head[-1].box[3] + 10
    for stand in of.stands:
        y = _stand(made, stand, place, y) + GAP
    if not of.stands:
        made.words += flow(place.x, y, place.width, [("It says nothing on this question.", 13, "cp-map-muted", False)])
        return made.words[-1].box[3]
    return y - GAP


def _stand(made: Layout, stand: Stand, place: Column, y: float) -> float:
    """Lay out a claim and what hangs from it."""
    words = flow(place.x + 14, y + 9, place.width - 26, [(stand.text, 13, "cp-map-text", False)])
    made.cards.append(Card(
        x=place.x, y=y, width=place.width, height=words[-1].box[3] - y + 9, css="cp-map-claim", words=words,
        passage=stand.passage, told=f"Claim: {stand.text}", hue=place.hue,
    ))  # fmt: skip
    bottom = y = made.cards[-1].box[3]
    strings = list(stand.strings())
    for number, (way, found) in enumerate(strings):
        stem = place.x + _STEM + _STEM_STEP * (len(strings) - 1 - number)
        y = string(made, way, found, place, y, hangs_at=(stem, bottom))
    if note := _remark(stand):
        lines = wrapped(note, place.width - 26, 11)
        made.words.append(Words(x=place.x + 14, y=y + 3, lines=lines, size=11, css="cp-map-muted"))
        y = made.words[-1].box[3]
    return y


def _remark(stand: Stand) -> str:
    if not stand.findings:
        more = f"; {stand.more} beside this claim in the library" if stand.more else ""
        return f"No finding on this question bears on it{more}."
    if not stand.more:
        return ""
    return f"{stand.more} more {'finding' if stand.more == 1 else 'findings'} beside this claim in the library."


def string(
    made: Layout,
    way: str,
    found: Sequence[Finding],
    place: Column,
    y: float,
    *,
    hangs_at: tuple[float, float] | None = None,
) -> float:
    """Put `found` on a string, in as many rows as it takes, and return where they end.

    Args:
        made: takes the marks, lines and words.
        way: what they do to the claim above.
        found: in the order in which they hang.
        place: the column.
        y: where the string may begin.
        hangs_at: where it leaves the card above; a string that hangs from none begins at the column's edge.
    """
    pitch = _DENSE_PITCH if place.is_dense else _PITCH
    for row in place.rows(found):
        middle, largest = y + _ABOVE, max(RADIUS[f.strength] for f in row)
        beads = [_bead(f, place, place.x + place.first + n * pitch, middle, largest) for n, f in enumerate(row)]
        made.lines += _thread(way, beads, place, middle, hangs_at)
        if row[0] is found[0] and (said := _SHORT.get(way, way)):
            made.words.append(Words(x=place.x + _WAY, y=middle - 15, lines=(said,), size=10.5, css="cp-map-way"))
        made.beads += beads
        y = max(b.label.box[3] + _BELOW if b.label else middle + _DENSE_BELOW for b in beads)
    if len(found) == 1 and not place.is_dense:
        y = max(y, _says(made, made.beads[-1], place))
    return y


def _says(made: Layout, bead: Bead, place: Column) -> float:
    """Write what a finding that hangs alone says beside it, where there is room; return where that ends."""
    left = bead.x + _BESIDE
    lines = wrapped(bead.finding.says, place.x + place.width - left - 4, 11.5)
    words = Words(x=left, y=bead.y - _ABOVE / 2, lines=lines, size=11.5, css="cp-map-says")
    made.words.append(words)
    return words.box[3]


def _bead(finding: Finding, place: Column, x: float, y: float, largest: float) -> Bead:
    if place.is_dense:
        return Bead(x=x, y=y, finding=finding, hue=place.hue, label=None)
    name, year = _two_parts(finding.label)
    lines = (*wrapped(name, _LABEL, 11, most=2), *((year,) if year else ()))
    label = Words(x=x, y=y + largest + _BELOW_MARK, lines=lines, size=11, css="cp-map-label", is_centred=True)
    return Bead(x=x, y=y, finding=finding, hue=place.hue, label=label)


def _two_parts(label: str) -> tuple[str, str]:
    """Return the first author and the year: "et al." goes without saying under a mark."""
    name, _, year = label.rpartition(" ")
    if not year.isdigit():
        name, year = label, ""
    return name.removesuffix(" et al.").split(" and ")[0], year


def _thread(
    way: str, beads: Sequence[Bead], place: Column, y: float, hangs_at: tuple[float, float] | None
) -> Iterator[Line]:
    """Yield the string of a row: from where it hangs to the first mark, then from mark to mark."""
    left = place.x + _STEM
    for number, bead in enumerate(beads):
        path = f"M{left:.1f} {y:.1f}H{bead.x:.1f}"
        if number == 0 and hangs_at:
            stem, begin = hangs_at
            path = f"M{stem:.1f} {begin:.1f}V{y - _BEND:.1f}q0 {_BEND} {_BEND} {_BEND}H{bead.x:.1f}"
        yield Line(path=path, css=way.replace(" ", "-"), hue=place.hue, is_direct=bead.finding.is_direct)
        left = bead.x
