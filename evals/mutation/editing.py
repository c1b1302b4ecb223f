"""Small changes of a draft and of a sentence; each returns a new value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from corpus.library import Library
from evals.mutation.types import Edit, Edits, Rewrite
from guardrails.types import Answer, Citation, Claim, Draft, Section, SectionKind

T = TypeVar("T")
_NOT_CHECKABLE = (SectionKind.QUESTIONS, SectionKind.MISSING, SectionKind.NOTE)


def checkable(answer: Answer) -> Iterator[Claim]:
    """Yield the claims that rest on a passage."""
    for section in answer.draft.sections:
        if section.kind not in _NOT_CHECKABLE:
            yield from (c for c in section.claims if c.citations)


def schools(answer: Answer) -> tuple[Section, ...]:
    """Return the schools' own sections, in the order in which they stand."""
    return tuple(s for s in answer.draft.sections if s.kind is SectionKind.VIEWPOINT)


def sections_of(answer: Answer, kind: SectionKind) -> tuple[Section, ...]:
    """Return the sections of one kind."""
    return tuple(s for s in answer.draft.sections if s.kind is kind)


def cite(library: Library, *passage_ids: str) -> tuple[Citation, ...]:
    """Return citations of passages that exist, quoted as they stand."""
    return tuple(Citation(passage_id=i, quote=library.passages[i].text) for i in passage_ids)


def put(draft: Draft, old: Section, *new: Section) -> Draft:
    """Return `draft` with `new` where `old` stood."""
    out: list[Section] = []
    for section in draft.sections:
        out.extend(new if section is old else (section,))
    return replace(draft, sections=tuple(out))


def with_claim(draft: Draft, claim_id: str, *new: Claim) -> Draft:
    """Return `draft` with `new` where the claim of that id stood."""
    return replace(draft, sections=tuple(_section_with(s, claim_id, new) for s in draft.sections))


def _section_with(section: Section, claim_id: str, new: tuple[Claim, ...]) -> Section:
    if all(c.id != claim_id for c in section.claims):
        return section
    out: list[Claim] = []
    for claim in section.claims:
        out.extend(new if claim.id == claim_id else (claim,))
    return replace(section, claims=tuple(out))


def added(draft: Draft, section: Section, claim: Claim) -> Draft:
    """Return `draft` with `claim` at the end of `section`."""
    return put(draft, section, replace(section, claims=(*section.claims, claim)))


def retold(answer: Answer, claim: Claim, text: str) -> Edit:
    """Return the edit that gives `claim` other words."""
    draft = with_claim(answer.draft, claim.id, replace(claim, text=text))
    return Edit(claim_id=claim.id, draft=draft, note=f"{claim.text} -> {text}")


def by_rewriting(rewrite: Rewrite) -> Edits:
    """Return the edits that put each text of `rewrite` in place of a claim's own."""

    def edits(answer: Answer, _library: Library) -> Iterator[Edit]:
        for claim in checkable(answer):
            for text in rewrite(claim.text):
                if text != claim.text:
                    yield retold(answer, claim, text)

    return edits


def swaps(text: str, rules: Iterable[tuple[str, str]], *, at_most: int = 1) -> Iterator[str]:
    """Yield `text` with one match of one rule replaced, for the first rules that match.

    A rule is a pattern, read without regard to case and at word edges, and what stands for it; a capital stays one.
    """
    found = 0
    for pattern, stand_in in rules:
        match = re.search(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE)
        if match is None:
            continue
        yield text[: match.start()] + _cased(match, stand_in) + text[match.end() :]
        found += 1
        if found == at_most:
            return


def _cased(match: re.Match[str], stand_in: str) -> str:
    new = match.expand(stand_in)
    was_word = match[0][:1].isupper() and not match[0][1:2].isupper()
    return capitalised(new) if was_word or match.start() == 0 else new


def by_rules(rules: Iterable[tuple[str, str]], *, at_most: int = 1) -> Edits:
    """Return the edits of the first `at_most` rules that match each claim."""
    fixed = tuple(rules)
    return by_rewriting(lambda text: swaps(text, fixed, at_most=at_most))


def capitalised(text: str) -> str:
    """Return `text` with its first letter as a capital."""
    return text[:1].upper() + text[1:]


_KEEPS_CAPITAL = re.compile(
    r"(?:[A-Z][A-Z]|[A-Z]\w*[A-Z0-9]|Barker|Bento|Powers|Kooiker|Bolgla|Giles|Natri|Peters|Khay|"
    r"NICE|EULAR|Dutch|Danish|Ottawa|Achilles|Thessaly|McMurray|Lachman|Osgood|Wells)"
)


def lowered(text: str) -> str:
    """Return `text` as it reads after a lead-in: a small first letter, unless it is a name or initials."""
    return text if _KEEPS_CAPITAL.match(text) else text[:1].lower() + text[1:]


def pick(options: tuple[str, ...], key: str) -> str:
    """Return one of `options` by the letters of `key`: the same on each run and machine."""
    return options[sum(map(ord, key)) % len(options)]


def spread(items: Sequence[T], at_most: int) -> tuple[T, ...]:
    """Return at most so many of `items`, evenly from first to last."""
    step = max(-(-len(items) // at_most), 1)
    return tuple(items[::step])
