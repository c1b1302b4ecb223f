"""Where everything stands on a debate map: own code, the same for the same picture.

A claim is a card; what bears on it hangs from it on strings, a string for each way and as many rows as it takes. The
nearer to the card, the more it bears on it: direct findings first, then the heavier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ui.papers.map_content import Finding, Picture, Test
from ui.papers.map_pieces import Card, Form, Layout, Line, flow, in_rows
from ui.papers.map_school import FIRST_LOOSE, GAP, Column, school, string
from ui.papers.map_text import Words, wrapped

_PAD = 12
_CENTRE = 236
_TEST_GAP = 10
_TESTS_IN_ROW = 3
_WHEN = 74  # the width of "Otherwise" in bold
_GUIDELINE_GLYPH = 44
_LEAST_GUIDELINE = 52


def lay_out(picture: Picture, form: Form) -> Layout:
    """Return where everything of `picture` stands in a map of this form."""
    made = Layout(float(form.value))
    top = _above(made, picture)
    if form is Form.NARROW:
        made.height = _stacked(made, picture, top)
    elif form is Form.WIDE and picture.tests and len(picture.schools) == 2:
        made.height = _beside(made, picture, top)
    else:
        made.height = _below(made, picture, top)
    return made


def _beside(made: Layout, picture: Picture, top: float) -> float:
    """Put the tests between the schools."""
    side = (made.width - _CENTRE - 2 * GAP) / 2
    left, right = picture.schools
    return max(
        school(made, left, Column(x=0, width=side, hue=left.hue, is_dense=picture.is_dense), top),
        _tests(made, picture.tests, side + GAP, top, _CENTRE),
        school(made, right, Column(x=made.width - side, width=side, hue=right.hue, is_dense=picture.is_dense), top),
    )


def _below(made: Layout, picture: Picture, top: float) -> float:
    """Put the tests in a row, and the schools side by side under them."""
    if picture.tests:
        top = _test_row(made, picture.tests, top)
    count = len(picture.schools)
    side = (made.width - (count - 1) * GAP) / count
    return max(
        school(made, s, Column(x=n * (side + GAP), width=side, hue=s.hue, is_dense=picture.is_dense), top)
        for n, s in enumerate(picture.schools)
    )


def _stacked(made: Layout, picture: Picture, top: float) -> float:
    """Put everything in one column, the tests after the first school."""
    y = top
    for number, of in enumerate(picture.schools):
        place = Column(x=0, width=made.width, hue=of.hue, is_dense=picture.is_dense)
        y = school(made, of, place, y) + GAP
        if number == 0 and picture.tests:
            y = _tests(made, picture.tests, 0, y, made.width) + GAP
    return y - GAP


# ---- above both schools ---------------------------------------------------------------------------------------------


def _above(made: Layout, picture: Picture) -> float:
    """Lay out the guidelines and what bears on the question itself; return where the rest begins."""
    y = _guidelines(made, picture.guidelines) if picture.guidelines else 0.0
    if picture.context:
        y += GAP if y else 0
        title = Words(x=0, y=y, lines=("On the question itself",), size=12, css="cp-map-head", is_bold=True)
        made.words.append(title)
        y = string(made, "context", picture.context, Column(x=0, width=made.width, first=FIRST_LOOSE), title.box[3])
    return y + GAP if y else 0.0


def _guidelines(made: Layout, found: Sequence[Finding]) -> float:
    in_row = 1 if made.width < Form.MIDDLE.value else len(found)
    width = (made.width - (in_row - 1) * GAP) / in_row
    y = 0.0
    for row in in_rows(found, in_row):
        y = _evened(made, [_guideline(f, n * (width + GAP), y, width) for n, f in enumerate(row)]) + GAP
    return y - GAP


def _guideline(finding: Finding, x: float, y: float, width: float) -> Card:
    head = f"{finding.design_words[:1].upper()}{finding.design_words[1:]}: {finding.label}, {finding.strength}"
    words = flow(x + _GUIDELINE_GLYPH, y + 10, width - _GUIDELINE_GLYPH - _PAD, [
        (head, 12.5, "cp-map-strong", True),
        (finding.says, 13, "cp-map-text", False),
    ])  # fmt: skip
    height = max(words[-1].box[3] - y + 10, _LEAST_GUIDELINE)
    return Card(
        x=x, y=y, width=width, height=height, css="cp-map-guideline", words=words, passage=finding.passage,
        told=finding.told, glyph=finding,
    )  # fmt: skip


# ---- the tests ------------------------------------------------------------------------------------------------------


def _tests(made: Layout, tests: Sequence[Test], x: float, y: float, width: float) -> float:
    """Stack the tests under their heading, and return where they end."""
    y = _tests_head(made, x, y, width)
    for test in tests:
        made.cards.append(_test(test, x, y, width))
        y = made.cards[-1].box[3] + _TEST_GAP
    return y - _TEST_GAP


def _test_row(made: Layout, tests: Sequence[Test], y: float) -> float:
    """Lay the tests side by side, three to a row, and return where the schools begin."""
    y = _tests_head(made, 0, y, made.width)
    in_row = min(len(tests), _TESTS_IN_ROW)
    width = (made.width - (in_row - 1) * _TEST_GAP) / in_row
    for row in in_rows(tests, in_row):
        y = _evened(made, [_test(t, n * (width + _TEST_GAP), y, width) for n, t in enumerate(row)]) + _TEST_GAP
    return y - _TEST_GAP + GAP


def _tests_head(made: Layout, x: float, y: float, width: float) -> float:
    said = ("What would decide it",)
    middle = x + width / 2
    head = Words(x=middle, y=y + 10, lines=said, size=13, css="cp-map-decide", is_bold=True, is_centred=True)
    made.lines.append(Line(path=f"M{x:.1f} {y + 2:.1f}h{width:.1f}", css="rule", hue=None, is_direct=True))
    made.words.append(head)
    return head.box[3] + 10


def _evened(made: Layout, row: Sequence[Card]) -> float:
    """Add a row of cards, all as tall as the tallest, and return where they end."""
    height = max(c.height for c in row)
    made.cards += [replace(c, height=height) for c in row]
    return row[0].y + height


def _test(test: Test, x: float, y: float, width: float) -> Card:
    words = flow(x + _PAD, y + 10, width - 2 * _PAD, [
        (test.name, 13, "cp-map-strong", True),
        (f"Cut-off: {test.cut_off}", 11.5, "cp-map-muted", False),
    ])  # fmt: skip
    below = words[-1].box[3] + 5
    for when, then in test.branches:
        head = Words(x=x + _PAD, y=below + 0.6, lines=(when,), size=11.5, css="cp-map-when", is_bold=True)
        lines = wrapped(then, width - 2 * _PAD - _WHEN, 12.5)
        words = (*words, head, Words(x=x + _PAD + _WHEN, y=below, lines=lines, size=12.5, css="cp-map-text"))
        below = words[-1].box[3] + 3
    told = f"{test.name}. Cut-off: {test.cut_off}. {' '.join(f'{w}: {t}.' for w, t in test.branches)}"
    return Card(
        x=x, y=y, width=width, height=below - y + 7, css="cp-map-test", words=words, passage=test.passage, told=told
    )
