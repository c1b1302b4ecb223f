"""Each school of the debate speaks, cited, in about the same number of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from corpus.library import Library
from corpus.weighing import weighed
from guardrails.freetext.verdict import spelt
from guardrails.types import Claim, Draft, Finding, Section, SectionKind

EVEN_WORDS = 0.75  # DESIGN: the shorter at least this share of the longer, where both speak
_CLAIMS_APART = 1
_ITS_OWN = (
    0.5  # of a claim's terms, how many a school's passage must have for the claim to give it; chosen, decision 18
)
_FEWEST = 2  # terms


def balanced(draft: Draft, library: Library, wrong: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """Yield a finding for each school left out, and where one speaks at greater length or without its own case.

    Args:
        draft: to be checked.
        library: whose schools and debates count.
        wrong: ids of free claims that another check found wrong; a school has not spoken by them.
    """
    yield from _weighed_otherwise(draft, library)
    if not draft.debates:
        yield _finding("the answer names no debate, so that no school would have to speak")
    for debate_id in draft.debates:
        debate = library.debate_by_id.get(debate_id)
        if debate is None:
            yield _finding(f"the debate {debate_id!r} is not in the library")
            continue
        spoken = {v: _sections_of(draft, v) for v in debate.viewpoints}
        for viewpoint, sections in spoken.items():
            if not _speaks(sections, viewpoint, library, wrong):
                surname = library.viewpoint_by_id[viewpoint].surname
                silent = "" if any(s.claims for s in sections) else ", and no words at all"
                yield _finding(f"{surname} has no cited claim of that school's own{silent}")
        yield from _uneven(spoken, library)
        if not draft.is_authored:
            yield from _without_its_case(draft, spoken, library, wrong)


def _weighed_otherwise(draft: Draft, library: Library) -> Iterator[Finding]:
    """Yield a finding where the heading over the evidence weighs it otherwise than the ledger does."""
    expected = weighed(library.crux_by_id.get(next(iter(draft.cruxes), "")), library)
    for section in draft.sections:
        said = section.title.partition(": ")[2]
        if section.kind is SectionKind.EVIDENCE and said != expected:
            ledger = f"“{expected}”" if expected else "nothing, as no dispute is weighed"
            yield _finding(f"the evidence is headed “{said}”; by the findings it is {ledger}")


def _sections_of(draft: Draft, viewpoint: str) -> list[Section]:
    return [s for s in draft.sections if s.kind is SectionKind.VIEWPOINT and s.viewpoint == viewpoint]


def _speaks(sections: Sequence[Section], viewpoint: str, library: Library, wrong: AbstractSet[str]) -> bool:
    cited = {c.passage_id for s in sections for claim in s.claims if claim.id not in wrong for c in claim.citations}
    return any(p in library.passages and library.viewpoint_of(p) == viewpoint for p in cited)


def _without_its_case(
    draft: Draft, spoken: dict[str, list[Section]], library: Library, wrong: AbstractSet[str]
) -> Iterator[Finding]:
    """Yield a finding for a school whose own word on the crux, as the library has it, a free draft leaves out.

    A slogan that cites that word is not it: a claim gives it that no other check found wrong, and that says what the
    passage says.
    """
    for crux in (library.crux_by_id[c] for c in draft.cruxes[:1] if c in library.crux_by_id):
        for viewpoint, sections in spoken.items():
            view = crux.views.get(viewpoint)
            own = (
                {p for text in view.says for p in text.cites if library.viewpoint_of(p) == viewpoint}
                if view
                else set[str]()
            )
            claims = [c for s in sections for c in s.claims]
            is_authored = all(c.origin for c in claims)  # a school beyond whose reach the case is
            is_given = any(c.id not in wrong and _gives(c, own, library) for c in claims)
            if own and sections and not is_authored and not is_given:
                surname = library.viewpoint_by_id[viewpoint].surname
                yield _finding(f"{surname}'s own word on this question ({', '.join(sorted(own))}) is left out")


def _gives(claim: Claim, own: AbstractSet[str], library: Library) -> bool:
    """Return whether a claim says what one of the passages `own` that it cites says."""
    cited = own & {c.passage_id for c in claim.citations}
    if claim.origin is not None or not cited:
        return bool(cited)
    said = _terms(claim.text, library)
    held = max(len(said & _terms(library.passages[p].text, library)) for p in cited)
    return held >= _FEWEST and held >= _ITS_OWN * len(said)


def _terms(text: str, library: Library) -> set[str]:
    """Return what a text speaks of, the schools' names left out."""
    names = " ; ".join(v.proponent for v in library.viewpoints)
    return set(spelt(library, text).ideas - spelt(library, names).all_ideas)


def _uneven(spoken: dict[str, list[Section]], library: Library) -> Iterator[Finding]:
    names = {v: library.viewpoint_by_id[v].surname for v in spoken}
    claims = {v: sum(len(s.claims) for s in sections) for v, sections in spoken.items()}
    silent = {v for v, sections in spoken.items() if any(_is_silent(s) for s in sections)}
    for viewpoint in sorted(v for v in silent if claims[v] > 1):
        yield _finding(f"{names[viewpoint]} is shown as silent and has {claims[viewpoint]} claims; expected one line")
    if max(claims.values()) - min(claims.values()) > _CLAIMS_APART:
        counted = ", ".join(f"{names[v]} {n}" for v, n in claims.items())
        yield _finding(f"claims of each school: {counted}; expected the same number within {_CLAIMS_APART}")
    words = {v: sum(len(c.text.split()) for s in sections for c in s.claims) for v, sections in spoken.items()}
    if not silent and min(words.values()) < EVEN_WORDS * max(words.values()):
        counted = ", ".join(f"{names[v]} {n}" for v, n in words.items())
        yield _finding(f"words of each school: {counted}; expected the shorter at {EVEN_WORDS:.0%} of the longer")


def _is_silent(section: Section) -> bool:
    """Return whether a school has nothing on the question: said so, or only its nearest line is shown."""
    return section.is_silent or all((c.origin or "").endswith("/nearest") for c in section.claims)


def _finding(message: str) -> Finding:
    return Finding(rule="viewpoint_balance", claim_id=None, message=message)
