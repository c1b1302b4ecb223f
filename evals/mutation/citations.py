"""Keys, quotes and bases: what a claim leans on is not what it says it leans on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from corpus.library import Library
from evals.mutation.editing import checkable, cite, pick, swaps, with_claim
from evals.mutation.types import Edit
from guardrails.types import Answer, Basis, Citation, Claim

_INVENTED = ("hartmann-2019:1", "okafor-2021:2", "lindqvist-2017:1", "pfp-calf-strength-rct-2023:1", "moreau-2022:3")
_MISQUOTES = (
    (r"no (?:significant )?difference", "a clear difference"),
    (r"did not", "did"),
    (r"not", "clearly"),
    (r"(\d+) weeks", r"2\1 weeks"),
    (r"more", "far more"),
    (r"may", "will"),
    (r"some|many|several|often", "all"),
    (r"improved", "worsened"),
    (r"and", "or"),
    (r"the", "nearly the"),
)


def _cited_as(answer: Answer, claim: Claim, citations: tuple[Citation, ...], note: str) -> Edit:
    draft = with_claim(answer.draft, claim.id, replace(claim, citations=citations))
    return Edit(claim_id=claim.id, draft=draft, note=f"{note}: {claim.text}")


def _instead(claim: Claim, first: Citation) -> tuple[Citation, ...]:
    return (first, *claim.citations[1:])


def invented_key(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Cite a source that does not exist."""
    for claim in checkable(answer):
        key = pick(_INVENTED, claim.text)
        made = Citation(passage_id=key, quote=claim.citations[0].quote)
        yield _cited_as(answer, claim, _instead(claim, made), f"cites {key}")


def near_key(answer: Answer, library: Library) -> Iterator[Edit]:
    """Cite a key that is one sign away from the real one."""
    for claim in checkable(answer):
        real = claim.citations[0]
        key = pick(_near(real.passage_id), claim.text)
        if key not in library.passages:
            made = replace(real, passage_id=key)
            yield _cited_as(answer, claim, _instead(claim, made), f"cites {key} for {real.passage_id}")


def _near(passage_id: str) -> tuple[str, ...]:
    source, _, place = passage_id.rpartition(":")
    year = re.sub(r"\d{4}$", lambda m: str(int(m[0]) + 1), source)
    return (f"{source}:9{place}", f"{year}:{place}b", f"{source.capitalize()}:{place}", source, f"{source}-1:{place}")


def unretrieved(answer: Answer, library: Library) -> Iterator[Edit]:
    """Cite, rightly quoted, a passage that exists and was not retrieved."""
    outside = tuple(sorted(library.passages.keys() - answer.evidence.passage_ids))
    for claim in checkable(answer):
        school = library.viewpoint_of(claim.citations[0].passage_id)
        fitting = tuple(i for i in outside if library.viewpoint_of(i) == school)
        if fitting:
            key = pick(fitting, claim.text)
            yield _cited_as(answer, claim, _instead(claim, cite(library, key)[0]), f"cites {key}, not retrieved")


def uncited(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Take all citations from a claim."""
    for claim in checkable(answer):
        yield _cited_as(answer, claim, (), "no citation")


def called_case(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Call a claim of a source one of the case, which needs no citation."""
    for claim in checkable(answer):
        made = replace(claim, basis=Basis.CASE, citations=())
        yield Edit(claim_id=claim.id, draft=with_claim(answer.draft, claim.id, made), note=f"as case: {claim.text}")


def misquoted(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Change a word of the passage as quoted, and leave the claim as it is."""
    for claim in checkable(answer):
        quote = claim.citations[0].quote
        for changed in swaps(quote, _MISQUOTES):
            made = replace(claim.citations[0], quote=changed)
            yield _cited_as(answer, claim, _instead(claim, made), "misquoted")


def wrong_quote(answer: Answer, library: Library) -> Iterator[Edit]:
    """Quote another passage's words under a passage's key."""
    others = sorted(answer.evidence.passage_ids)
    for claim in checkable(answer):
        real = claim.citations[0]
        other = pick(tuple(i for i in others if i != real.passage_id), claim.text)
        made = replace(real, quote=library.passages[other].text)
        yield _cited_as(answer, claim, _instead(claim, made), f"quotes {other} as {real.passage_id}")


def two_citations_swapped(answer: Answer, library: Library) -> Iterator[Edit]:
    """Give each of two claims the other's citations, both retrieved, both of studies."""
    studies = [c for c in checkable(answer) if all(library.viewpoint_of(x.passage_id) is None for x in c.citations)]
    for one, other in combinations(studies, 2):
        if {c.passage_id for c in one.citations} & {c.passage_id for c in other.citations}:
            continue
        draft = with_claim(answer.draft, one.id, replace(one, citations=other.citations))
        draft = with_claim(draft, other.id, replace(other, citations=one.citations))
        yield Edit(claim_id=one.id, draft=draft, note=f"citations swapped: {one.text} | {other.text}")


def beside_the_point(answer: Answer, library: Library) -> Iterator[Edit]:
    """Cite, instead of the right study, another that was retrieved."""
    studies = tuple(i for i in sorted(answer.evidence.passage_ids) if library.viewpoint_of(i) is None)
    for claim in checkable(answer):
        own = {c.passage_id for c in claim.citations}
        others = tuple(i for i in studies if i not in own)
        if others and not any(library.viewpoint_of(i) for i in own):
            key = pick(others, claim.text)
            yield _cited_as(answer, claim, cite(library, key), f"cites {key} for {sorted(own)}")


def one_citation_lost(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Drop the last of several citations, so that part of the claim has none."""
    for claim in checkable(answer):
        if len(claim.citations) > 1:
            yield _cited_as(answer, claim, claim.citations[:-1], "last citation lost")
