"""What a citation opens: the passage as it stands in the library, its source, its weight, and what is next to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from assistant.figuring import figures_in_words
from corpus.attached import AttachedOriginals, InPlace
from corpus.grading import is_second_hand
from corpus.library import Library
from corpus.sentences import DESIGN_WORDS
from corpus.types import Design, Passage, SeenLevel, Source

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEEN = {
    SeenLevel.FULL_TEXT: "full text",
    SeenLevel.ABSTRACT: "abstract only",
    SeenLevel.SECONDARY: "second-hand: as another document reports it",
    SeenLevel.NONE: "no source seen: the library's own record",
}
_HUES = 4


def school_of(viewpoint: str | None, library: Library) -> str:
    """Return which of the schools' colours `viewpoint` has, empty for a source of no school."""
    ids = tuple(library.viewpoint_by_id)
    return str(ids.index(viewpoint) % _HUES) if viewpoint in ids else ""


def strength_chip(strength: str, words: str | None = None) -> str:
    """Return the chip of one of the four words, drawn as bars too, so that colour is not needed.

    `words` must be escaped already.
    """
    level = escape(strength, quote=True)
    return f'<span class="cp-strength" data-strength="{level}"><i aria-hidden="true"></i>{words or level}</span>'


def is_gone(citation: Mapping[str, Any], library: Library) -> bool:
    """Return whether the passage of a kept answer has left the library."""
    return citation["passage_id"] not in library.passages


def was_changed(citation: Mapping[str, Any], library: Library) -> bool:
    """Return whether the library says something else now than it said when the answer was given."""
    if is_gone(citation, library):
        return False
    return citation["passage_fingerprint"] != library.passage_fingerprint(citation["passage_id"])


def panel(citation: Mapping[str, Any], library: Library, attached: AttachedOriginals | None = None) -> str:
    """Return the side panel of one citation, in a template that nothing shows before it is opened."""
    inner = _kept_only(citation, library) if is_gone(citation, library) else _whole(citation, library, attached)
    return f'<template class="cp-passage" data-n="{citation["number"]}">{inner}</template>'


def of_passage(passage_id: str, library: Library, original: InPlace | None) -> str:
    """Return the side panel of a passage that no answer needs to cite: a node of a debate map opens it."""
    source, passage = library.source_of(passage_id), library.passages[passage_id]
    strength = library.strength_of(passage_id).value
    return _panel(source, passage, library, strength=strength, original=original, lead="", notes="")


def _whole(citation: Mapping[str, Any], library: Library, attached: AttachedOriginals | None) -> str:
    source, passage = library.source_of(citation["passage_id"]), library.passages[citation["passage_id"]]
    notes = ""
    if was_changed(citation, library):
        was = escape(citation["quote"])
        notes = f'<div class="cp-since"><h3>When this answer was given the library said</h3><p>{was}</p></div>'
    original = (attached.in_place(passage) if attached else None) or _alone(citation["original"])
    return _panel(
        source, passage, library, strength=citation["strength"], original=original,
        lead=f"[{citation['number']}] ", notes=notes,
    )  # fmt: skip


def _panel(
    source: Source,
    passage: Passage,
    library: Library,
    *,
    strength: str,
    original: InPlace | None,
    lead: str,
    notes: str,
) -> str:
    parts = [
        f'<p class="cp-eyebrow">{escape(_design(source))} {strength_chip(strength)}</p>',
        f"<h2>{lead}{escape(source.title)}</h2>",
        f'<p class="cp-byline">{escape(_byline(source))}</p>',
        _retracted(source),
        _second_hand(source, passage),
        f'<blockquote data-school="{school_of(source.viewpoint, library)}">{escape(passage.text)}</blockquote>',
        notes,
        _original(original),
        _implication(passage),
        f"<dl>{''.join(_row(*row) for row in _rows(source, passage))}</dl>",
        _neighbours(source, passage),
    ]
    return "".join(parts)


def _kept_only(citation: Mapping[str, Any], library: Library) -> str:
    """Return what the answer itself kept of a passage that is no longer in the library."""
    who = " · ".join(str(x) for x in (citation["authors"], citation["year"]) if x)
    school = school_of(citation["viewpoint"], library)
    parts = [
        f'<p class="cp-eyebrow">{strength_chip(citation["strength"])}</p>',
        f"<h2>[{citation['number']}] {escape(citation['title'])}</h2>",
        f'<p class="cp-byline">{escape(who)}</p>',
        '<p class="cp-since">This passage has left the library since. It read, when the answer was given:</p>',
        f'<blockquote data-school="{school}">{escape(citation["quote"])}</blockquote>',
        _original(_alone(citation["original"])),
        f"<dl>{_row('Where', escape(citation['locator']))}{_kept_figures(citation)}</dl>",
    ]
    return "".join(parts)


def _kept_figures(citation: Mapping[str, Any]) -> str:
    figures = citation.get("figures")
    return _row("Figures in its record", escape(figures_in_words(figures))) if figures else ""


def _retracted(source: Source) -> str:
    return '<p class="cp-since is-grave">This source has been retracted.</p>' if source.retracted else ""


def _second_hand(source: Source, passage: Passage) -> str:
    """Return the line that says, before the words themselves, that they were not read at their source."""
    if not is_second_hand(source, passage):
        return ""
    return '<p class="cp-since">Second-hand: we read this in another document, not in the source itself.</p>'


def _design(source: Source) -> str:
    """Return the design as the first line of the panel; "opinion" itself stands in the chip beside it."""
    words = "article" if source.design is Design.EXPERT_OPINION else DESIGN_WORDS[source.design]
    return words[:1].upper() + words[1:]


def _byline(source: Source) -> str:
    year = str(source.year) if source.year else "no year shown"
    journal = source.journal or ""
    return " · ".join(x for x in (source.authors or "authors not shown", journal, "" if year in journal else year) if x)


def _alone(paragraph: str | None) -> InPlace | None:
    """Return what an answer kept of an original, which is the paragraph by itself."""
    return InPlace(before=None, paragraph=paragraph, after=None) if paragraph else None


def _original(original: InPlace | None) -> str:
    """Return the paragraph itself, marked, between its neighbours."""
    if original is None:
        return ""
    before, after = (f"<p>{escape(text)}</p>" if text else "" for text in (original.before, original.after))
    return (
        '<section class="cp-in-place"><h3>The paragraph itself, as attached</h3>'
        f'{before}<p class="cp-original"><mark>{escape(original.paragraph)}</mark></p>{after}</section>'
    )


def _implication(passage: Passage) -> str:
    if not passage.implication:
        return ""
    return f'<div class="cp-ours"><h3>Our reading, not the source\'s</h3><p>{escape(passage.implication)}</p></div>'


def _rows(source: Source, passage: Passage) -> Iterable[tuple[str, str]]:
    """Yield each line of the particulars; values are HTML."""
    yield "Where", escape(passage.locator)
    if passage.figures:
        yield "Figures in its record", escape(figures_in_words(passage.figures))
    yield "Seen by us", escape(_SEEN[source.seen.level] + month_of(source.seen.date))
    if passage.population:
        yield "Population", escape(passage.population)
    if passage.grade:
        yield "Grade as printed", escape(passage.grade)
    if source.interests:
        yield "Interests", escape(source.interests)
    if source.licence:
        yield "Licence", escape(source.licence)
    if source.doi:
        doi = escape(source.doi, quote=True)
        yield "DOI", f'<a href="https://doi.org/{doi}" target="_blank" rel="noreferrer noopener">{doi}</a>'
    if source.pmid:
        yield "PMID", escape(source.pmid)
    yield "In the library", f"<code>{escape(passage.id)}</code>"


def _row(name: str, value: str) -> str:
    return f"<dt>{name}</dt><dd>{value}</dd>"


def month_of(date: str | None) -> str:
    """Return ", November 2026" for "2026-11"."""
    year, _, month = (date or "").partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= len(_MONTHS)):
        return f", {date}" if date else ""
    return f", {_MONTHS[int(month) - 1]} {year}"


def _neighbours(source: Source, passage: Passage) -> str:
    """Return what stands before and after the passage in the same source, so that it can be read in its place."""
    place = source.passages.index(passage)
    near = [("Before it", p) for p in source.passages[max(0, place - 1) : place]]
    near += [("After it", p) for p in source.passages[place + 1 : place + 2]]
    if not near:
        return ""
    lines = "".join(
        f'<li><span class="cp-locator">{when} ({escape(p.locator)})</span> {escape(p.text)}</li>' for when, p in near
    )
    return f'<section class="cp-near"><h3>In the same source</h3><ul>{lines}</ul></section>'
