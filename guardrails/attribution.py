"""What is credited to a school stands in that school's own passage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.library import Library
from corpus.types import Viewpoint
from guardrails.types import Claim, Draft, Finding, SectionKind


def attributed(draft: Draft, library: Library) -> Iterator[Finding]:
    """Yield a finding for each claim that credits a school without that school's passage.

    A school's own section cites no other school, and a claim that names an author cites that author.
    """
    for section in draft.sections:
        for claim in section.claims:
            if section.kind is SectionKind.VIEWPOINT:
                yield from _in_own_section(claim, section.viewpoint, library)
            if claim.citations:
                yield from _named(claim, library)


def _in_own_section(claim: Claim, viewpoint: str | None, library: Library) -> Iterator[Finding]:
    schools = {_school(c.passage_id, library) for c in claim.citations}
    others = schools - {viewpoint, None}
    if others:
        yield _finding(claim, f"stands under {viewpoint} and cites {', '.join(sorted(filter(None, others)))}")
    if viewpoint not in schools:
        yield _finding(claim, f"stands under {viewpoint} without a passage of that school")


def _named(claim: Claim, library: Library) -> Iterator[Finding]:
    schools = {_school(c.passage_id, library) for c in claim.citations}
    for viewpoint in library.viewpoints:
        if _names(claim.text, viewpoint) and viewpoint.id not in schools:
            yield _finding(claim, f"names {viewpoint.surname} and cites no passage of {viewpoint.id}")


def _names(text: str, viewpoint: Viewpoint) -> bool:
    return re.search(rf"\b{re.escape(viewpoint.surname)}\b", text) is not None


def _school(passage_id: str, library: Library) -> str | None:
    return library.viewpoint_of(passage_id) if passage_id in library.passages else None


def _finding(claim: Claim, message: str) -> Finding:
    return Finding(rule="attribution", claim_id=claim.id, message=f"{message}: {claim.text}")
