"""Where a model states as plain what only a school's opinion says: the author or the school has to be named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.library import Library
from corpus.types import Design, Viewpoint
from guardrails.freetext.coverage import share_held
from guardrails.freetext.crediting import names
from guardrails.freetext.reading import Reading, sentences
from guardrails.freetext.sharing import speaks_of_schools
from guardrails.freetext.types import Ground
from guardrails.freetext.verdict import ground, past_silence, spelt
from guardrails.types import Claim, Draft, SectionKind

_STATED = frozenset(
    {
        SectionKind.SHORT_ANSWER,
        SectionKind.DECIDING,
        SectionKind.VIEWPOINT,
        SectionKind.EVIDENCE,
        SectionKind.AGREEMENT,
    }
)
_GOES_ON = re.compile(
    r"^\W*(?:(?:to|for|in) )?(?:he|she|his|hers?|him|they|their)\b|\b(?:he|she|they) (?:also |then )?\w+s\b"
)
_SAYS_WHOSE = re.compile(r"\b(?:he|she|his|hers?|him|they|their|them|our inference)\b")
_AS_A_SCHOOL = re.compile(r"(?:[ -](?:focused|first|camp|school|view|people|approach|article|guy))\b")
_CARRIES = 0.84  # of a clause's terms, how many a study must hold to carry it; as for two passages (``coverage``)
_LEAST = 3  # terms of a clause below which it is no statement by itself


def unnamed(draft: Draft, library: Library) -> Iterator[tuple[Claim, str]]:
    """Yield each free claim that gives a school's opinion without saying whose; under its heading "he" or "she" will do."""
    for section in draft.sections:
        was_named = section.kind is SectionKind.VIEWPOINT
        goes_on = _SAYS_WHOSE if was_named else _GOES_ON
        for claim in section.claims if section.kind in _STATED else ():
            is_agreement = section.kind is SectionKind.AGREEMENT
            for sentence in sentences(past_silence(claim.text, library)[0]) or [claim.text]:
                spoken = spelt(library, sentence)
                is_named = _names_whose(spoken.text, library, is_agreement=is_agreement)
                if is_named or (was_named and goes_on.search(spoken.text)):
                    was_named = True
                elif claim.origin is None and _is_only_opinion(spoken, claim, library):
                    yield claim, f"gives as plain what only {_whose(claim, library)} says"


def _names_whose(spoken: str, library: Library, *, is_agreement: bool) -> bool:
    return any(_is_named(spoken, v, library) for v in library.viewpoints) or speaks_of_schools(
        spoken, is_agreement=is_agreement
    )


def _is_named(spoken: str, viewpoint: Viewpoint, library: Library) -> bool:
    """Return whether a text says whose view it gives; "train the entire chain" is what a school wants, not its name."""
    if re.search(rf"\b{re.escape(viewpoint.surname.lower())}", spoken):
        return True
    return names(spoken, viewpoint, library) and _AS_A_SCHOOL.search(spoken) is not None


def _is_only_opinion(spoken: Reading, claim: Claim, library: Library) -> bool:
    cited = [c.passage_id for c in claim.citations if c.passage_id in library.passages]
    opinions = [p for p in cited if _is_opinion(p, library)]
    if not opinions or spoken.text.rstrip().endswith("?"):
        return False
    studies = [ground(library, p) for p in cited if p not in opinions]
    return not studies or _carried_by_opinion(spoken, studies, [ground(library, p) for p in opinions])


def _carried_by_opinion(spoken: Reading, studies: Sequence[Ground], opinions: Sequence[Ground]) -> bool:
    """Return whether some clause stands in an opinion that is cited, and in none of the studies."""
    for clause in spoken.clauses:
        by_study = share_held(clause, studies)
        if by_study is not None and by_study.of >= _LEAST and by_study.share < _CARRIES:
            by_opinion = share_held(clause, opinions)
            if by_opinion is not None and by_opinion.share >= _CARRIES:
                return True
    return False


def _is_opinion(passage_id: str, library: Library) -> bool:
    is_of_school = library.viewpoint_of(passage_id) is not None
    return is_of_school and library.source_of(passage_id).design is Design.EXPERT_OPINION


def _whose(claim: Claim, library: Library) -> str:
    cited = [c.passage_id for c in claim.citations if c.passage_id in library.passages]
    schools = dict.fromkeys(library.viewpoint_of(p) for p in cited if _is_opinion(p, library))
    return " and ".join(library.viewpoint_by_id[s].surname for s in schools if s)
