"""Each school of the debate speaks, cited, in about the same number of words."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.library import Library
from guardrails.types import Draft, Finding, Section, SectionKind

EVEN_WORDS = 0.75  # DESIGN: the shorter at least this share of the longer, where both speak
_CLAIMS_APART = 1


def balanced(draft: Draft, library: Library) -> Iterator[Finding]:
    """Yield a finding for each school left out, and where one speaks at greater length."""
    for debate_id in draft.debates:
        debate = library.debate_by_id.get(debate_id)
        if debate is None:
            yield _finding(f"the debate {debate_id!r} is not in the library")
            continue
        spoken = {v: _section_of(draft, v) for v in debate.viewpoints}
        yield from (
            _finding(f"{v} has no cited claim of its own") for v, s in spoken.items() if not _speaks(s, v, library)
        )
        present = [s for s in spoken.values() if s is not None]
        yield from _uneven(present)


def _section_of(draft: Draft, viewpoint: str) -> Section | None:
    return next((s for s in draft.sections if s.kind is SectionKind.VIEWPOINT and s.viewpoint == viewpoint), None)


def _speaks(section: Section | None, viewpoint: str, library: Library) -> bool:
    if section is None:
        return False
    cited = {c.passage_id for claim in section.claims for c in claim.citations}
    return any(p in library.passages and library.viewpoint_of(p) == viewpoint for p in cited)


def _uneven(sections: list[Section]) -> Iterator[Finding]:
    if len(sections) < 2:
        return
    counts = [len(s.claims) for s in sections]
    if max(counts) - min(counts) > _CLAIMS_APART:
        yield _finding(f"the schools have {counts} claims; expected the same number within {_CLAIMS_APART}")
    words = [sum(len(c.text.split()) for c in s.claims) for s in sections if not s.is_silent]
    if len(words) == len(sections) and min(words) < EVEN_WORDS * max(words):
        yield _finding(f"the schools speak in {words} words; expected the shorter at {EVEN_WORDS:.0%} of the longer")


def _finding(message: str) -> Finding:
    return Finding(rule="viewpoint_balance", claim_id=None, message=message)
