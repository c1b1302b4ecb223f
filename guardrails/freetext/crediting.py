"""Whose words a free sentence gives: what it credits to a school stands in that school's own passage, and is no straw man."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.library import Library
from corpus.types import Viewpoint
from guardrails.freetext.coverage import strange, terms_missing
from guardrails.freetext.reading import Reading, Token, sentences
from guardrails.freetext.signs import NEGATORS
from guardrails.freetext.types import Ground
from guardrails.freetext.verdict import ground, known_ideas, past_silence, spelt
from guardrails.types import Claim, Draft, Section, SectionKind

_SHOWN = re.compile(
    r"\W+(?:and colleagues |et al\.? |has |have |had |also |clearly )?(?:prove[sdn]?|show(?:s|ed|n)|demonstrat\w+|establish\w+|confirm\w+|found|finds|discovered|measured|trialled|tested)\b"
)
_BOTH = re.compile(r"\b(?:both|neither|each|either|agree\w*|all)\b")
_TURN = re.compile(r"\b(?:while|whereas|but|although|though|yet|however)\b|;")
_LIKE = (
    0.75  # of what a school is often mistaken for, how much a sentence must say to be that mistake; chosen, decision 18
)
_AGREED = 0.6  # of an agreement's terms, how many each school's passages must hold; chosen on the dev half, decision 18
_LEAST = 3


def credited(draft: Draft, library: Library) -> Iterator[tuple[Claim, str]]:
    """Yield each free claim that credits a school with what its passages do not say, with why."""
    for section in draft.sections:
        for claim in section.claims:
            if claim.origin is None and claim.citations:
                yield from ((claim, why) for why in _wrong(claim, section, library))


def _wrong(claim: Claim, section: Section, library: Library) -> Iterator[str]:
    cited = [c.passage_id for c in claim.citations if c.passage_id in library.passages]
    schools = {library.viewpoint_of(p) for p in cited}
    own = library.viewpoint_by_id.get(section.viewpoint or "") if section.kind is SectionKind.VIEWPOINT else None
    for sentence in sentences(past_silence(claim.text, library)[0]):
        spoken = spelt(library, sentence)
        named = [v for v in library.viewpoints if names(spoken.text, v, library)]
        for viewpoint in named:
            if viewpoint.id not in schools and viewpoint.surname.lower() not in spoken.text:
                yield f"speaks for {viewpoint.surname}'s view and cites no passage of it"
        if own is not None and any(v is not own for v in named) and own not in named:
            yield f"stands under {own.surname} and speaks for another school"
        speaking = named or ([own] if own else [])
        yield from _of_schools(spoken, speaking, cited, library, is_named=bool(named))
    yield from _straw(claim, own, library)


def names(spoken: str, viewpoint: Viewpoint, library: Library) -> bool:
    """Return whether a text, its shorthand spelt out, names a school by its author or by what people call it."""
    return _pattern(library.spoken_aliases(viewpoint)).search(spoken) is not None


@lru_cache(maxsize=64)
def _pattern(aliases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(a) for a in aliases if a)})(?!\w)")


def _of_schools(
    spoken: Reading, speaking: Sequence[Viewpoint], cited: Sequence[str], library: Library, *, is_named: bool
) -> Iterator[str]:
    for viewpoint in speaking:
        grounds = [ground(library, p) for p in cited if library.viewpoint_of(p) == viewpoint.id]
        if not grounds:
            continue
        if (
            is_named
            and _is_opinion(viewpoint, library)
            and re.search(rf"\b{re.escape(viewpoint.surname.lower())}{_SHOWN.pattern}", spoken.text)
        ):
            yield f"says that {viewpoint.surname} showed or found what is an opinion"
        missing = _not_in(spoken, viewpoint, grounds, library, is_shared=len(speaking) > 1)
        if missing:
            yield f"credits {viewpoint.surname} with what that school's passage does not say ({', '.join(missing)})"


def _is_opinion(viewpoint: Viewpoint, library: Library) -> bool:
    return library.source_by_id[viewpoint.source].design.value == "expert-opinion"


def _not_in(
    spoken: Reading, viewpoint: Viewpoint, grounds: Sequence[Ground], library: Library, *, is_shared: bool
) -> list[str]:
    """Return the words credited to a school that its passages lack; none where two schools share a sentence and enough stands."""
    part = _part(spoken, viewpoint, library)
    names_of_all = spelt(
        library, " ; ".join(a for v in library.viewpoints for a in (v.proponent, *v.aliases))
    ).all_ideas
    missing = strange(terms_missing(part, grounds, names_of_all), part, lambda: known_ideas(library))
    if not missing:
        return []
    terms = [t for t in part if not t.is_generic and t.sign is None]
    if is_shared and _BOTH.search(spoken.text) and len(missing) <= (1 - _AGREED) * len(terms):
        return []
    return list(dict.fromkeys(t.word.replace("_", " ") for t in missing))[:3]


def _part(spoken: Reading, viewpoint: Viewpoint, library: Library) -> list[Token]:
    """Return the clauses that speak for a school: from its name to the next turn, or all where it is not named apart."""
    turns = [n for n, t in enumerate(spoken.tokens) if _TURN.fullmatch(t.word)]
    names_it = [n for n, t in enumerate(spoken.tokens) if t.word.rstrip("s") == viewpoint.surname.lower()]
    if not turns or not names_it:
        return list(spoken.tokens)
    start = max((n for n in turns if n <= names_it[0]), default=0)
    end = min((n for n in turns if n > names_it[0]), default=len(spoken.tokens))
    del library
    return list(spoken.tokens[start:end])


def _straw(claim: Claim, own: Viewpoint | None, library: Library) -> Iterator[str]:
    if any(
        library.passages[c.passage_id].text == claim.text for c in claim.citations if c.passage_id in library.passages
    ):
        return  # a passage word for word is that school's own statement
    for sentence in sentences(claim.text):
        spoken = spelt(library, sentence)
        denies = any(t.word in NEGATORS for t in spoken.tokens)
        for viewpoint in library.viewpoints:
            if viewpoint is not own and not names(spoken.text, viewpoint, library):
                continue
            for mistake in viewpoint.mistaken_for:
                wrong = spelt(library, mistake.partition(", ")[0])
                is_said = len(wrong.ideas) >= _LEAST and len(wrong.ideas & spoken.ideas) >= _LIKE * len(wrong.ideas)
                if is_said and denies == any(t.word in NEGATORS for t in wrong.tokens):
                    yield f"makes of {viewpoint.surname}'s view what it is often mistaken for: {mistake}"
                    return
