"""An answer or a case as a PDF that reads well on paper: selectable text, both schools of equal width, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby

from corpus.library import Library
from ui.papers.exporting import Answered, Part, stamp
from ui.papers.sheet import ACCENT, INK, MARGIN, MUTED, Colour, Sheet

_BODY, _SMALL, _HEAD, _NAME, _LEAD, _TITLE = 10.0, 8.0, 9.0, 11.0, 12.5, 15.0  # pt
_LONG_QUESTION = 160  # characters; set smaller
_GUTTER = 7.0  # mm between the schools
_PAD, _INDENT, _NUMBER, _AFTER, _UNDER_HEAD, _APART = 4.0, 5.0, 8.0, 1.0, 0.6, 4.5  # mm
_BOXED: dict[str, tuple[Colour, Colour]] = {
    "safety": ((152, 25, 26), (253, 238, 236)),
    "deciding": (ACCENT, (226, 239, 239)),
}
_HUES: tuple[Colour, ...] = ((42, 87, 155), (135, 72, 15), (106, 61, 143), (45, 102, 56))  # as on the screen
_LONGEST_BOOKMARK = 80


def to_pdf(answers: Sequence[Answered], title: str, library: Library, *, exported_at: datetime) -> bytes:
    """Return `answers` as a PDF; it is written twice, for each page says of how many it is one.

    Args:
        answers: oldest first.
        title: of the document.
        library: which colour a school has.
        exported_at: aware; stands in the head, and makes the bytes the same for the same answers.
    """
    when = stamp(exported_at)
    with closing(Sheet(title, when, exported_at, pages=0)) as counted:
        pages = _written(answers, counted, library).page_no()
    with closing(Sheet(title, when, exported_at, pages=pages)) as final:
        return bytes(_written(answers, final, library).output())


def _written(answers: Sequence[Answered], sheet: Sheet, library: Library) -> Sheet:
    hues = {v.id: _HUES[n % len(_HUES)] for n, v in enumerate(library.viewpoints)}
    for number, answer in enumerate(answers, start=1):
        if number > 1:
            sheet.add_page()
        _answer(sheet, answer, f"Question {number}" if len(answers) > 1 else "Question", hues)
    if sheet.lacking:
        many = "characters" if sheet.lacking > 1 else "character"
        sheet.style("I", _SMALL, MUTED)
        sheet.block(f"{sheet.lacking} {many} that this file's face lacks: written out in words.")
    return sheet


def _answer(sheet: Sheet, answer: Answered, heading: str, hues: dict[str, Colour]) -> None:
    """Write one answer with its question, its parts in their order, and its references."""
    whole = " ".join(answer.question)
    sheet.start_section(f"{heading}: {whole}"[:_LONGEST_BOOKMARK])
    sheet.style("B", _SMALL, MUTED)
    sheet.block(heading)
    sheet.style("B", _TITLE if len(whole) < _LONG_QUESTION else _LEAD, INK)
    for line in answer.question:
        sheet.block(line)
    sheet.ln(_AFTER)
    sheet.style("", _SMALL, MUTED)
    facts = [f"Read from the case: {answer.facts}."] if answer.facts else []
    for line in (*facts, *answer.flags, f"Asked {answer.asked}. Answer {answer.id}."):
        sheet.block(line)
    sheet.ln(_APART - _AFTER)
    for is_view, run in groupby(answer.parts, key=lambda p: p.kind == "viewpoint"):
        if is_view:
            _views(sheet, list(run), hues)
            continue
        for part in run:
            _boxed(sheet, part) if part.kind in _BOXED else _plain(sheet, part)
    _references(sheet, answer)


def _plain(sheet: Sheet, part: Part) -> None:
    sheet.style("", _LEAD, INK)
    sheet.make_room(sheet.height_of(part.lines[0].whole, sheet.epw) + 8)  # a heading goes with what it heads
    sheet.style("B", _HEAD, MUTED)
    sheet.block(part.title)
    sheet.ln(_UNDER_HEAD)
    for number, line in enumerate(part.lines):
        is_first = part.kind == "short_answer" and number == 0
        sheet.style("B" if is_first else "", _LEAD if is_first else _BODY, INK)
        _item(sheet, part, line.whole)
    sheet.ln(_APART - _AFTER)


def _item(sheet: Sheet, part: Part, text: str) -> None:
    if part.is_prose:
        sheet.make_room(sheet.height_of(text, sheet.epw))
        sheet.block(text)
    else:
        sheet.hung("•", text, _INDENT)
    sheet.ln(_AFTER)


def _boxed(sheet: Sheet, part: Part) -> None:
    """Write a section on a tinted ground; where it does not fit on a page, without the ground."""
    colour, soft = _BOXED[part.kind]
    height = _box_height(sheet, part)
    if height > sheet.eph:
        _plain(sheet, part)
        return
    sheet.make_room(height)
    top = sheet.y
    sheet.set_fill_color(*soft)
    sheet.rect(MARGIN, top, sheet.epw, height, style="F", round_corners=True, corner_radius=2.5)
    sheet.set_y(top + _PAD - 0.5)
    _indent(sheet, _PAD)
    sheet.style("B", _HEAD, colour)
    sheet.block(part.title)
    sheet.ln(_UNDER_HEAD)
    sheet.style("", _BODY, INK)
    for line in part.lines:
        _item(sheet, part, line.whole)
    _indent(sheet, 0)
    sheet.set_y(top + height + _APART)


def _box_height(sheet: Sheet, part: Part) -> float:
    width = sheet.epw - 2 * _PAD
    sheet.style("B", _HEAD, INK)
    title = sheet.height_of(part.title, width) + _UNDER_HEAD
    sheet.style("", _BODY, INK)
    indent = 0 if part.is_prose else _INDENT
    lines = (sheet.height_of(line.whole, width - indent) + _AFTER for line in part.lines)
    return title + sum(lines) - _AFTER + 2 * _PAD - 1


def _indent(sheet: Sheet, by: float) -> None:
    sheet.set_left_margin(MARGIN + by)
    sheet.set_right_margin(MARGIN + by)
    sheet.set_x(MARGIN + by)


def _views(sheet: Sheet, views: Sequence[Part], hues: dict[str, Colour]) -> None:
    """Write the schools side by side, each as wide as the others."""
    width = (sheet.epw - _GUTTER * (len(views) - 1)) / len(views)
    height = max(_view_height(sheet, v, width) for v in views)
    if height > sheet.eph:
        for view in views:
            _plain(sheet, view)
        return
    sheet.make_room(height)
    top = sheet.y
    for number, view in enumerate(views):
        sheet.set_y(top)
        _view(sheet, view, MARGIN + number * (width + _GUTTER), width, hues.get(view.viewpoint or "", ACCENT))
    sheet.set_xy(MARGIN, top + height + _APART)


def _view(sheet: Sheet, view: Part, x: float, width: float, hue: Colour) -> None:
    top = sheet.y
    sheet.set_fill_color(*hue)
    sheet.rect(x, top, width, 1, style="F")
    sheet.set_y(top + 2.5)
    name, _, weight = view.title.partition(": ")
    for text, style, size, colour in ((name, "B", _NAME, hue), (weight, "", _SMALL, MUTED)):
        sheet.style(style, size, colour)
        sheet.block(text, x=x, width=width)
    sheet.set_y(sheet.y + 1)
    sheet.style("", _BODY, INK)
    for line in view.lines:
        sheet.block(line.whole, x=x, width=width)
        sheet.set_y(sheet.y + _AFTER)


def _view_height(sheet: Sheet, view: Part, width: float) -> float:
    name, _, weight = view.title.partition(": ")
    total = 2.5 + 1
    for text, style, size in ((name, "B", _NAME), (weight, "", _SMALL)):
        sheet.style(style, size, INK)
        total += sheet.height_of(text, width)
    sheet.style("", _BODY, INK)
    return total + sum(sheet.height_of(line.whole, width) + _AFTER for line in view.lines) - _AFTER


def _references(sheet: Sheet, answer: Answered) -> None:
    if answer.references:
        sheet.style("", _SMALL, INK)
        sheet.make_room(sheet.height_of(answer.references[0].text, sheet.epw - _NUMBER) + 8)
        sheet.style("B", _HEAD, MUTED)
        sheet.block("References")
        sheet.ln(_UNDER_HEAD)
        sheet.style("", _SMALL, INK)
        for line in answer.references:
            sheet.hung(line.markers, line.text, _NUMBER)
            sheet.ln(0.8)
        sheet.ln(2)
    sheet.style("", _SMALL, MUTED)
    for line in (answer.removed, answer.checks):
        if line:
            sheet.block(line)
