"""An answer or a whole case as a file: Markdown, JSON or PDF.

Made from the answer's JSON alone, as it was given then: a passage may have left the library since. The library says
only which colour a school has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from assistant.presenting import INTENDED_USE, removal
from corpus.library import Library
from ui.papers.pages import page
from ui.papers.reading import full_reference, lines_of, markers, measured_lines, one_line, told_facts

CASE_SCHEMA = "counterpoint/case/1"
_LONGEST_TITLE = 120
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # fmt: skip - English whatever the machine's language
_NOT_IN_NAMES = re.compile(r"[^a-z0-9-]+")


class Form(StrEnum):
    """What an export is written as; the value is the ending of its name."""

    MARKDOWN = "md"
    JSON = "json"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """As HTTP names it."""
        return _MEDIA[self]


_MEDIA = {
    Form.MARKDOWN: "text/markdown; charset=utf-8",
    Form.JSON: "application/json",
    Form.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file as it is handed over."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence and the markers of what it leans on."""

    text: str
    markers: str = ""

    @property
    def whole(self) -> str:
        """Both on one line."""
        return f"{self.text} {self.markers}".strip()

    @property
    def safe_markers(self) -> Markup:
        """The markers as they may stand in Markdown: figures in brackets and nothing else."""
        return Markup(self.markers)  # noqa: S704 - made here, of whole numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of an answer: its kind, its heading, its sentences, and whose it is where it is a school's."""

    kind: str
    title: str
    lines: tuple[Told, ...]
    viewpoint: str | None = None

    @property
    def is_prose(self) -> bool:
        """Whether its sentences run on, instead of standing in a list."""
        return self.kind in ("safety", "short_answer", "viewpoint", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer as both Markdown and PDF tell it."""

    question: tuple[str, ...]
    asked: str
    id: str
    facts: str
    flags: tuple[str, ...]
    parts: tuple[Part, ...]
    references: tuple[Told, ...]
    checks: str
    removed: str


def export_answer(document: Mapping[str, Any], form: Form, library: Library, *, exported_at: datetime) -> Exported:
    """Return one answer as a file; as JSON it is the answer's own.

    Args:
        document: the answer's JSON.
        form: what to write.
        library: for the schools' colours, and the names of red flags.
        exported_at: aware; the same answer at the same time gives the same bytes.
    """
    title = _title(document["question"])
    content = _json(document) if form is Form.JSON else _told([document], title, form, library, exported_at)
    return _exported(document["id"], form, content)


def export_case(
    documents: Sequence[Mapping[str, Any]], form: Form, library: Library, *, title: str, exported_at: datetime
) -> Exported:
    """Return all answers of a case as one file, oldest first.

    Raises:
        ValueError: there is no answer.
    """
    if not documents:
        raise ValueError("expected at least one answer to export, got none; ask a question in this case first")
    said = _title(title) or _title(documents[0]["question"])
    if form is Form.JSON:
        whole = {
            "schema": CASE_SCHEMA,
            "title": said,
            "conversation": documents[0]["conversation"],
            "exported_at": stamp(exported_at),
            "intended_use": INTENDED_USE,
            "answers": list(documents),
        }
        content = _json(whole)
    else:
        content = _told(documents, said, form, library, exported_at)
    return _exported(f"case-{documents[0]['conversation'] or documents[0]['id']}", form, content)


def _told(
    documents: Sequence[Mapping[str, Any]], title: str, form: Form, library: Library, exported_at: datetime
) -> bytes:
    answers = [answered(d, library) for d in documents]
    if form is Form.PDF:
        from ui.papers.pdf import to_pdf

        return to_pdf(answers, title, library, exported_at=exported_at)
    text = page("answer.md.jinja").render(
        answers=answers, title=title, exported_at=stamp(exported_at), intended_use=INTENDED_USE
    )
    return text.encode("utf-8")


def answered(document: Mapping[str, Any], library: Library) -> Answered:
    """Return what of an answer is told, each text on one line."""
    return Answered(
        question=tuple(lines_of(document["question"])),
        asked=stamp(datetime.fromisoformat(document["asked_at"])),
        id=document["id"],
        facts="; ".join(told_facts(document)),
        flags=tuple(_flags(document, library)),
        parts=(*(_part(s) for s in document["sections"]), *_measured(document)),
        references=tuple(
            Told(text=one_line(full_reference(c)), markers=f"[{int(c['number'])}]") for c in document["citations"]
        ),
        checks=_checks(document),
        removed=removal(document["removed"]) if document.get("removed") else "",
    )


def _part(section: Mapping[str, Any]) -> Part:
    lines = tuple(Told(text=one_line(c["text"]), markers=markers(c)) for c in section["claims"])
    return Part(kind=section["kind"], title=one_line(section["title"]), lines=lines, viewpoint=section["viewpoint"])


def _measured(document: Mapping[str, Any]) -> Iterator[Part]:
    """Yield what the clinician worked out beside the answer, which is none of the answer's own sentences."""
    if lines := tuple(Told(text=f"{one_line(line)}.") for line in measured_lines(document)):
        yield Part(kind="measured", title="Worked out from what the clinician entered", lines=lines)


def _title(text: object) -> str:
    """Return `text` on one line, cut at a word where it is long."""
    line = one_line(text)
    return line if len(line) <= _LONGEST_TITLE else line[:_LONGEST_TITLE].rpartition(" ")[0].rstrip(",;:") + "…"


def _flags(document: Mapping[str, Any], library: Library) -> list[str]:
    names = {f.id: f.name for f in library.red_flags}
    aside = [f for f in document["red_flags"] if f["dismissed"]]
    return [f"Set aside: {names.get(f['pattern'], f['pattern'])} ({one_line(f['dismissed'])})." for f in aside]


def _checks(document: Mapping[str, Any]) -> str:
    checks = document["verdict"]["checks"]
    composer = document["provenance"]["composer"]
    by = "composed from the library's own sentences" if composer == "extractive" else f"drafted by {composer}"
    return f"{sum(c['passed'] for c in checks)} of {len(checks)} checks passed; {by}."


def stamp(moment: datetime) -> str:
    """Return a time to the minute, "30 November 2026, 09:30 UTC"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment:%Y, %H:%M %Z}".strip()


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _exported(stem: str, form: Form, content: bytes) -> Exported:
    safe = _NOT_IN_NAMES.sub("-", stem.lower()).strip("-")
    return Exported(name=f"counterpoint-{safe}.{form.value}", media_type=form.media_type, content=content)
