"""The schools: dropped, swapped, caricatured, advertised or dressed as trials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.library import Library
from evals.mutation.editing import added, capitalised, cite, pick, put, retold, schools, sections_of, with_claim
from evals.mutation.types import Edit
from guardrails.types import Answer, Basis, Claim, Section, SectionKind

_STRAW_MEN = {
    "calf-focused": (
        "Barker claims that every knee pain comes from a weak calf.",
        "Barker tells clinicians to stop all quadriceps and hip exercise.",
        "Barker thinks that calf raises alone cure any knee.",
        "Barker denies that hip or quadriceps matter to the knee.",
        "Barker would give the same calf drill to everybody, untested.",
    ),
    "whole-chain": (
        "Bento holds that calf exercise is useless in every patient.",
        "Bento rejects all isolated work, even after surgery.",
        "Bento thinks that strength is irrelevant and only movement counts.",
        "Bento claims that studies of isolated exercise are fraudulent.",
        "Bento would have a patient fresh from surgery do nothing but whole-chain drills.",
    ),
    "hip-focused": (
        "Powers claims that the quadriceps play no part in patellofemoral pain.",
        "Powers would never treat at the knee itself.",
        "Powers holds that every painful kneecap has a weak hip behind it.",
    ),
    "quadriceps-focused": (
        "Kooiker holds that hip exercise is a waste of time.",
        "Kooiker would forbid hip work until the quadriceps are strong.",
        "Kooiker claims that quadriceps exercise cures patellofemoral pain by itself.",
    ),
}
_ADVERTS = {
    "calf-focused": (
        "Barker's online course teaches this calf method step by step.",
        "Barker's programme is the most trusted knee system among therapists today.",
        "Clinicians who sign up with Barker get results that others cannot.",
    ),
    "whole-chain": (
        "Bento's certification is the best way to learn these drills.",
        "Bento's foot-driven system is the leading method worldwide.",
        "Join Bento's course to give your patients this edge.",
    ),
    "hip-focused": (
        "Powers's courses are the gold standard for treating the kneecap.",
        "Powers offers a workshop that every therapist should book.",
    ),
    "quadriceps-focused": (
        "Kooiker's programme is the one that leading clinics buy.",
        "Kooiker's protocol, available online, outperforms the rest.",
    ),
}
_TITLES = (
    (r"opinion, one author, one client, no trial", "supported by randomised trials"),
    (r"opinion, one author, no trial", "strong evidence from systematic reviews"),
    (r"our label; argued in [^,]+, trials weighed beside it", "guideline-backed, strong evidence"),
    (r"contested, on thin findings", "settled, on strong findings"),
    (r"thinner for (\w+)", r"stronger for \1"),
    (r"it points one way", "contested, on thin findings"),
    (r"the dispute itself is untested", "trials have settled the dispute"),
)
_SILENT = r"does not|leaves|names no|gives no|knows of no|speaks|,"
_SECOND_VERB = re.compile(r"(?:,|and) (?:asks|wants|puts|objects|doubts|finds|ranks|calls|prefers|leaves)\b")
_SAYS = r"argues|says|holds|states|thinks|grants|allows|points out|reports|believes|concedes|finds|doubts|counts"
_TWICE = 1.7  # times the words of the other school: far beyond what "about the same" can mean. Chosen.
_STUDIES = (
    "Studies show that",
    "Trials confirm that",
    "Research has demonstrated that",
    "Controlled studies found that",
)


def school_dropped(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Leave one school's section out."""
    for section in schools(answer):
        yield Edit(claim_id=None, draft=put(answer.draft, section), note=f"no section of {section.viewpoint}")


def school_emptied(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Keep a school's heading and take its claims."""
    for section in schools(answer):
        draft = put(answer.draft, section, replace(section, claims=()))
        yield Edit(claim_id=None, draft=draft, note=f"no claims of {section.viewpoint}")


def school_merged(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Put both schools' claims under one school's heading."""
    both = schools(answer)
    if len(both) == 2:
        one, other = both
        draft = put(answer.draft, other)
        draft = put(draft, one, replace(one, claims=(*one.claims, *other.claims)))
        yield Edit(claim_id=None, draft=draft, note=f"{other.viewpoint} under {one.viewpoint}")


def falsely_silent(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Say of a school that speaks on this that it does not."""
    for section in schools(answer):
        if section.is_silent or not section.claims or not section.claims[0].citations:
            continue
        name = _surname(section)
        first = section.claims[0]
        claim = replace(first, text=f"{name} does not discuss this question.", citations=first.citations[:1])
        made = replace(section, claims=(claim,), is_silent=True)
        yield Edit(
            claim_id=first.id, draft=put(answer.draft, section, made), note=f"{name} called silent: {first.text}"
        )


def citations_swapped(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Give each school's claims the other's citations."""
    both = schools(answer)
    if len(both) != 2 or not all(s.claims for s in both):
        return
    draft = answer.draft
    for section, source in (both, both[::-1]):
        pairs = [c.citations for c in source.claims]
        claims = tuple(replace(c, citations=pairs[i % len(pairs)]) for i, c in enumerate(section.claims))
        draft = put(draft, section, replace(section, claims=claims))
    yield Edit(claim_id=None, draft=draft, note="the schools' citations swapped")


def headings_swapped(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Put each school's name and heading over the other's claims."""
    both = schools(answer)
    if len(both) != 2:
        return
    one, other = both
    draft = put(answer.draft, one, replace(one, viewpoint=other.viewpoint, title=other.title))
    draft = put(draft, other, replace(other, viewpoint=one.viewpoint, title=one.title))
    yield Edit(claim_id=None, draft=draft, note="the schools' headings swapped")


def _surname(section: Section) -> str:
    found = re.search(r"\((\w+)\)", section.title)
    return found[1] if found else "The author"


def credited_to_other(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Name the other school's author in a claim, and leave its citations."""
    both = schools(answer)
    if len(both) != 2:
        return
    for own, other in (both, both[::-1]):
        for claim in own.claims:
            text = re.sub(rf"\b{_surname(own)}\b", _surname(other), claim.text)
            text = re.sub(r"^(?:He|She)\b", _surname(other), text)
            if claim.citations and text != claim.text:
                yield retold(answer, claim, text)


def moved_to_other(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Put a claim of one school, its citations with it, in place of one of the other's."""
    both = schools(answer)
    if len(both) != 2 or not all(s.claims for s in both):
        return
    for own, other in (both, both[::-1]):
        claim = own.claims[0]
        stolen = replace(claim, id=other.claims[0].id)
        made = replace(other, claims=(stolen, *other.claims[1:]))
        yield Edit(
            claim_id=other.claims[0].id,
            draft=put(answer.draft, other, made),
            note=f"{own.viewpoint} speaks in {other.viewpoint}: {claim.text}",
        )


def straw_man(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Make a caricature of a school in place of a claim of its own."""
    yield from _said_instead(answer, _STRAW_MEN)


def promoted(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Advertise in place of a school's claim."""
    yield from _said_instead(answer, _ADVERTS)


def _said_instead(answer: Answer, sayings: dict[str, tuple[str, ...]]) -> Iterator[Edit]:
    for section in schools(answer):
        options = sayings.get(section.viewpoint or "", ())
        for claim in section.claims[:2]:
            if options and claim.citations:
                yield retold(answer, claim, pick(options, answer.question + claim.text))


def dressed_as_trial(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Tell what an article argues as what studies show."""
    for section in schools(answer):
        name = _surname(section)
        for claim in section.claims:
            lead = pick(_STUDIES, claim.text)
            told = re.fullmatch(rf"(?:{name}|He|She) (?:{_SAYS}) that (.+)", claim.text)
            text = f"{lead} {told[1]}" if told and not _SECOND_VERB.search(told[1]) else claim.text
            if text == claim.text and re.match(rf"(?:{name}|He|She) (?!{_SILENT})", claim.text):
                text = f"Trials bear this out: {claim.text}"
            if claim.citations and text != claim.text:
                yield retold(answer, claim, text)


def heading_weight(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Give a section's heading another weight than its evidence has."""
    for section in answer.draft.sections:
        for pattern, stand_in in _TITLES:
            title = re.sub(pattern, stand_in, section.title)
            if title != section.title:
                draft = put(answer.draft, section, replace(section, title=title))
                yield Edit(claim_id=None, draft=draft, note=f"{section.title} -> {title}")
                break


def verdict_given(answer: Answer, library: Library) -> Iterator[Edit]:
    """Declare one school the winner in the short answer."""
    both = schools(answer)
    if len(both) != 2 or not sections_of(answer, SectionKind.SHORT_ANSWER):
        return
    for own, other in (both, both[::-1]):
        text = f"{_surname(own)} is right and {_surname(other)} is wrong about this patient."
        cited = [c.citations[0].passage_id for c in own.claims if c.citations][:1]
        claim = Claim(
            id=f"c{len(answer.draft.claims) + 1}", text=text, basis=Basis.SYNTHESIS, citations=cite(library, *cited)
        )
        draft = added(answer.draft, sections_of(answer, SectionKind.SHORT_ANSWER)[0], claim)
        yield Edit(claim_id=claim.id, draft=draft, note=text)


def inference_as_source(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Tell our inference for this patient as the school's own advice."""
    for section in schools(answer):
        for claim in section.claims:
            found = re.match(r"Applied here \(our inference\): (.*)", claim.text)
            if found:
                yield retold(answer, claim, f"{_surname(section)} advises: {capitalised(found[1])}")


def lopsided(answer: Answer, library: Library) -> Iterator[Edit]:
    """Let one school say, rightly cited, far more than the other."""
    for section in schools(answer):
        spare = _spare(answer, section, library)
        longest = spare[:3]
        if len(longest) == 3 and all(s.claims and not s.is_silent for s in schools(answer)):
            first = len(answer.draft.claims) + 1
            more = tuple(
                Claim(id=f"c{first + n}", text=library.passages[i].text, basis=Basis.SOURCE, citations=cite(library, i))
                for n, i in enumerate(longest)
            )
            draft = put(answer.draft, section, replace(section, claims=(*section.claims, *more)))
            yield Edit(claim_id=None, draft=draft, note=f"{section.viewpoint} has three claims more")


def _spare(answer: Answer, section: Section, library: Library) -> tuple[str, ...]:
    cited = {c.passage_id for claim in answer.draft.claims for c in claim.citations}
    own = [i for i in answer.evidence.passage_ids if library.viewpoint_of(i) == section.viewpoint and i not in cited]
    return tuple(sorted(own, key=lambda i: (-len(library.passages[i].text), i)))


def cut_short(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Leave one of two schools that both speak a single claim of three or more."""
    both = schools(answer)
    for section in both:
        if len(both) == 2 and all(len(s.claims) >= 3 and not s.is_silent for s in both):
            draft = put(answer.draft, section, replace(section, claims=section.claims[:1]))
            yield Edit(claim_id=None, draft=draft, note=f"{section.viewpoint} cut to one claim")


def padded(answer: Answer, library: Library) -> Iterator[Edit]:
    """Let one school's claim be the longest passage of its own that was retrieved, about twice the other's words."""
    both = schools(answer)
    if len(both) != 2 or any(s.is_silent or not s.claims for s in both):
        return
    for own, other in (both, both[::-1]):
        longest = _spare(answer, own, library)[:1]
        old = own.claims[0]
        for key in longest:
            text = library.passages[key].text
            others = sum(len(c.text.split()) for c in own.claims[1:])
            if others + len(text.split()) >= _TWICE * sum(len(c.text.split()) for c in other.claims):
                made = replace(old, text=text, basis=Basis.SOURCE, citations=cite(library, key))
                yield Edit(claim_id=None, draft=with_claim(answer.draft, old.id, made), note=f"padded: {text}")
