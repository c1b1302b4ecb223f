"""Whose words a free sentence gives: what it credits to a school stands in that school's own passage, and is no straw man."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.library import Library
from corpus.types import Viewpoint
from guardrails.freetext.coverage import is_light, strange, terms_missing
from guardrails.freetext.reading import Reading, Token, read, sentences
from guardrails.freetext.sharing import Part, joins, parts
from guardrails.freetext.signs import NEGATORS
from guardrails.freetext.types import Ground
from guardrails.freetext.verdict import ground, known_ideas, past_silence, spelt
from guardrails.types import Claim, Draft, Section, SectionKind

_SHOWN = re.compile(
    r"\W+(?:and colleagues |et al\.? |has |have |had |also |clearly )?(?:prove[sdn]?|show(?:s|ed|n)|demonstrat\w+|establish\w+|confirm\w+|found|finds|discovered|measured|trialled|tested)\b"
)
_SEEN = re.compile(r"\b(?:found|finds|measured|tested)\b")
_ONE_PATIENT = re.compile(r"\b(?:client|this patient|the patient)\b")
_TURN = re.compile(r"\b(?:while|whereas|but|although|though|yet|however)\b|;")
_LIKE = (
    0.75  # of what a school is often mistaken for, how much a sentence must say to be that mistake; chosen, decision 18
)
_AGREED = 0.6  # of an agreement's terms, how many each school's passages must hold; chosen on the dev half, decision 18
_LEAST = 3


def credited(draft: Draft, library: Library) -> Iterator[tuple[Claim, str]]:
    """Yield each free claim that credits a school with what its passages do not say, with why."""
    debates = [library.debate_by_id[d] for d in draft.debates[:1] if d in library.debate_by_id]
    everybody = tuple(library.viewpoint_by_id[v] for debate in debates for v in debate.viewpoints)
    for section in draft.sections:
        before = ""
        for claim in section.claims:
            if claim.origin is None and claim.citations:
                yield from ((claim, why) for why in _wrong(claim, section, everybody, before, library))
            before = claim.text


def _wrong(
    claim: Claim, section: Section, everybody: Sequence[Viewpoint], before: str, library: Library
) -> Iterator[str]:
    cited = [c.passage_id for c in claim.citations if c.passage_id in library.passages]
    schools = {library.viewpoint_of(p) for p in cited}
    own = library.viewpoint_by_id.get(section.viewpoint or "") if section.kind is SectionKind.VIEWPOINT else None
    for sentence in sentences(past_silence(claim.text, library)[0]):
        spoken = spelt(library, sentence)
        named = _named(spoken.text, library)
        for viewpoint in named:
            if viewpoint.id not in schools and viewpoint.surname.lower() not in spoken.text:
                yield f"speaks for {viewpoint.surname}'s view and cites no passage of it"
        if own is not None and any(v is not own for v in named) and own not in named:
            yield f"stands under {own.surname} and speaks for another school"
        told = f"{before} , {sentence}" if joins(spoken.text, named, _size(spoken.text, library)) else sentence
        shared = schools - {None} and own is None
        is_agreement = section.kind is SectionKind.AGREEMENT
        found = _parts(told, everybody if shared else (), library, is_agreement=is_agreement)
        yield from _together(found, cited, library)
        for viewpoint in named or ([own] if own else []):
            own_part = " , ".join(p.text for p in found if p.schools == (viewpoint,)) if len(named) > 1 else sentence
            yield from _of_school(spelt(library, own_part), viewpoint, cited, library, is_named=bool(named))
        before = sentence
    yield from _straw(claim, own, library)


def _named(spoken: str, library: Library) -> list[Viewpoint]:
    return [v for v in library.viewpoints if names(spoken, v, library)]


def _parts(sentence: str, everybody: Sequence[Viewpoint], library: Library, *, is_agreement: bool) -> tuple[Part, ...]:
    return parts(
        spelt(library, sentence).text,
        lambda text: tuple(_named(text, library)),
        everybody,
        is_agreement=is_agreement,
        size=lambda text: _size(text, library),
    )


def _together(found: Sequence[Part], cited: Sequence[str], library: Library) -> Iterator[str]:
    """Yield what is said to be several schools' that one of them does not say, each held to its own passages."""
    for part in found:
        for viewpoint in part.schools if len(part.schools) > 1 else ():
            grounds = [ground(library, p) for p in cited if library.viewpoint_of(p) == viewpoint.id]
            if not grounds:
                yield f"speaks for {viewpoint.surname} too and cites no passage of {viewpoint.surname}'s"
                continue
            terms = _said(part.text, library)
            held = {i for g in grounds for r in (g.said, g.figures, g.population) for i in r.all_ideas}
            missing = [t for t in terms if t.idea not in held and not (t.idea in _MUSCLE and held & _MUSCLES)]
            if len(missing) > (1 - _AGREED) * len(terms):
                words = ", ".join(list(dict.fromkeys(t.word.replace("_", " ") for t in missing))[:3])
                yield f"says of several schools what {viewpoint.surname}'s passage does not say ({words})"


def _said(text: str, library: Library) -> list[Token]:
    """Return the words of a text that say something of the matter: no names, no signs, nothing of who agrees."""
    bare = text
    for viewpoint in library.viewpoints:
        bare = _pattern(library.spoken_aliases(viewpoint)).sub(" ", bare)
    tokens = spelt(library, bare).tokens
    terms = [t for t in tokens if not t.is_generic and t.sign is None and t.idea not in _OF_AGREEING]
    return [t for t in terms if not is_light(t, lambda: known_ideas(library))]


def _size(text: str, library: Library) -> int:
    return len(_said(text, library))


_OF_AGREEING = frozenset(t.idea for t in read("agree common share alike concur echo likewise too company").tokens)
_MUSCLE = frozenset(t.idea for t in read("muscle").tokens)
_MUSCLES = frozenset(t.idea for t in read("calf gastrocnemius soleus hamstring quadriceps glute").tokens)


def names(spoken: str, viewpoint: Viewpoint, library: Library) -> bool:
    """Return whether a text, its shorthand spelt out, names a school by its author or by what people call it."""
    return _pattern(library.spoken_aliases(viewpoint)).search(spoken) is not None


@lru_cache(maxsize=64)
def _pattern(aliases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(a) for a in aliases if a)})(?!\w)(?!{_NO_SCHOOL})")


_NO_SCHOOL = r"(?: (?:or|and|versus|against) [\w-]+)?[ -](?:exercises?|programmes?|training|work|groups?|arms?|rehab\w*|strengthening|sessions?|protocols?|drills?)\b"


def _of_school(
    spoken: Reading, viewpoint: Viewpoint, cited: Sequence[str], library: Library, *, is_named: bool
) -> Iterator[str]:
    """Yield what is wrong with a text that is credited to one school."""
    grounds = [ground(library, p) for p in cited if library.viewpoint_of(p) == viewpoint.id]
    if not grounds:
        return
    shown = re.search(rf"\b{re.escape(viewpoint.surname.lower())}{_SHOWN.pattern}", spoken.text)
    if (
        is_named
        and _is_opinion(viewpoint, library)
        and shown
        and not (_SEEN.search(shown.group()) and _of_one(grounds))
    ):
        yield f"says that {viewpoint.surname} showed or found what is an opinion"
    missing = _not_in(spoken, viewpoint, grounds, library)
    if missing:
        yield f"credits {viewpoint.surname} with what that school's passage does not say ({', '.join(missing)})"


def _of_one(grounds: Sequence[Ground]) -> bool:
    """Return whether all that is cited is an author's account of one patient, in whom things are found."""
    return all(_ONE_PATIENT.search(g.said.text) for g in grounds)


def _is_opinion(viewpoint: Viewpoint, library: Library) -> bool:
    return library.source_by_id[viewpoint.source].design.value == "expert-opinion"


def _not_in(spoken: Reading, viewpoint: Viewpoint, grounds: Sequence[Ground], library: Library) -> list[str]:
    """Return the words credited to a school that its passages lack: all of a text, or from its name to the next turn."""
    part = _part(spoken, viewpoint)
    names_of_all = spelt(
        library, " ; ".join(a for v in library.viewpoints for a in (v.proponent, *v.aliases))
    ).all_ideas
    missing = strange(terms_missing(part, grounds, names_of_all), part, lambda: known_ideas(library))
    return list(dict.fromkeys(t.word.replace("_", " ") for t in missing))[:3]


def _part(spoken: Reading, viewpoint: Viewpoint) -> list[Token]:
    """Return the clauses that speak for a school: from its name to the next turn, or all where it is not named apart."""
    turns = [n for n, t in enumerate(spoken.tokens) if _TURN.fullmatch(t.word)]
    names_it = [n for n, t in enumerate(spoken.tokens) if t.word.rstrip("s") == viewpoint.surname.lower()]
    if not turns or not names_it:
        return list(spoken.tokens)
    start = max((n for n in turns if n <= names_it[0]), default=0)
    end = min((n for n in turns if n > names_it[0]), default=len(spoken.tokens))
    return list(spoken.tokens[start:end])


def _straw(claim: Claim, own: Viewpoint | None, library: Library) -> Iterator[str]:
    if any(
        library.passages[c.passage_id].text == claim.text for c in claim.citations if c.passage_id in library.passages
    ):
        return  # a passage word for word is that school's own statement
    for sentence in sentences(claim.text):
        spoken = spelt(library, sentence)
        for viewpoint in library.viewpoints:
            if viewpoint is not own and not names(spoken.text, viewpoint, library):
                continue
            for mistake in viewpoint.mistaken_for:
                wrong = spelt(library, mistake.partition(", ")[0])
                is_said = len(wrong.ideas) >= _LEAST and len(wrong.ideas & spoken.ideas) >= _LIKE * len(wrong.ideas)
                if is_said and _denies_as(spoken, wrong):
                    yield f"makes of {viewpoint.surname}'s view what it is often mistaken for: {mistake}"
                    return


def _denies_as(spoken: Reading, wrong: Reading) -> bool:
    """Return whether a text denies, or rejects, where a mistake about a school does; who grants a thing rejects none."""
    if _REFUSES.search(wrong.text):
        return _REFUSES.search(spoken.text) is not None or (_denies(spoken) and not _GRANTS.search(spoken.text))
    return _denies(spoken) == _denies(wrong)


def _denies(reading: Reading) -> bool:
    return any(t.word in NEGATORS for t in reading.tokens)


_REFUSES = re.compile(
    r"\b(?:against|opposes?d?|rejects?|drops?|dismiss\w*|bans?|banning|rules? out|throws? out|wrong)\b"
)
_GRANTS = re.compile(r"\b(?:accepts?|grants?|allows?|concedes?|admits?|keeps?|leaves?)\b")
