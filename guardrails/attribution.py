"""What is credited to a school stands in that school's own passage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.library import Library
from corpus.types import Viewpoint
from guardrails.freetext.crediting import credited
from guardrails.freetext.naming import unnamed
from guardrails.types import Claim, Draft, Finding, Section, SectionKind

_QUOTED = re.compile("\u201c[^\u201d]*\u201d?")
_SAYS = (
    r"(?:says?|said|holds?|held|argues?|argued|claims?|claimed|grants?|granted|concedes?|conceded|recommends?|advises?|"
    r"shows?|showed|proves?|proved|believes?|thinks?|wants?|prescribes?|finds?|found|agrees?|denies|doubts?)"
)


def attributed(draft: Draft, library: Library) -> Iterator[Finding]:
    """Yield a finding for each claim that credits a school without that school's passage.

    A school's own section is headed by that school and cites no other; a claim that names an author cites that
    author; a free one that only an opinion carries names whose it is; and a line that cites nothing puts no words in an
    author's mouth.
    """
    for section in draft.sections:
        if section.kind is SectionKind.VIEWPOINT:
            yield from _headed(section, library)
        for claim in section.claims:
            if section.kind is SectionKind.VIEWPOINT:
                yield from _in_own_section(claim, section.viewpoint, library)
            yield from _named(claim, library) if claim.citations else _quoted_uncited(claim, library)
    yield from (_finding(claim, why) for claim, why in credited(draft, library))
    yield from (_finding(claim, why) for claim, why in unnamed(draft, library))


def _headed(section: Section, library: Library) -> Iterator[Finding]:
    own = library.viewpoint_by_id.get(section.viewpoint or "")
    if own is None:
        yield _finding(None, f"a section stands under no school of the library: {section.title}")
        return
    others = [v for v in library.viewpoints if v is not own and _names(section.title, v)]
    if others or not _names(section.title, own) or own.weight not in section.title:
        yield _finding(
            None, f"the heading of {own.surname}'s view is not {own.surname} with {own.weight!r}: {section.title}"
        )


def _in_own_section(claim: Claim, viewpoint: str | None, library: Library) -> Iterator[Finding]:
    schools = {_school(c.passage_id, library) for c in claim.citations}
    others = sorted(filter(None, schools - {viewpoint}))
    if others:
        cited = ", ".join(_surname(v, library) for v in others)
        yield _finding(claim, f"stands under {_surname(viewpoint, library)} and cites {cited}")
    if viewpoint not in schools:
        yield _finding(claim, f"stands under {_surname(viewpoint, library)} without a passage of that school")


def _named(claim: Claim, library: Library) -> Iterator[Finding]:
    schools = {_school(c.passage_id, library) for c in claim.citations}
    for viewpoint in library.viewpoints:
        if _names(claim.text, viewpoint) and viewpoint.id not in schools:
            yield _finding(claim, f"names {viewpoint.surname} and cites no passage of {viewpoint.surname}'s")


def _quoted_uncited(claim: Claim, library: Library) -> Iterator[Finding]:
    sentences = re.split(r"(?<=[.!?])\s+", _QUOTED.sub("", claim.text))
    stated = " ".join(s for s in sentences if not s.endswith("?"))
    for viewpoint in library.viewpoints:
        if re.search(rf"\b{re.escape(viewpoint.surname)}\W+(?:\w+\W+)?{_SAYS}\b", stated, re.IGNORECASE):
            yield _finding(claim, f"says what {viewpoint.surname} says and cites nothing")


def _names(text: str, viewpoint: Viewpoint) -> bool:
    return re.search(rf"\b{re.escape(viewpoint.surname)}\b", text, re.IGNORECASE) is not None


def _surname(viewpoint_id: str | None, library: Library) -> str:
    viewpoint = library.viewpoint_by_id.get(viewpoint_id or "")
    return viewpoint.surname if viewpoint else "no known school"


def _school(passage_id: str, library: Library) -> str | None:
    return library.viewpoint_of(passage_id) if passage_id in library.passages else None


def _finding(claim: Claim | None, message: str) -> Finding:
    if claim is None:
        return Finding(rule="attribution", claim_id=None, message=message)
    return Finding(rule="attribution", claim_id=claim.id, message=f"{message}: {claim.text}")
