"""What stands where: safety first, no claim twice, nothing too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.library import Library
from evals.mutation.editing import added, checkable, cite, pick, put, retold, sections_of
from evals.mutation.types import Edit
from guardrails.types import Answer, Basis, Claim, Section, SectionKind

_ADVICE = (
    "Start heavy calf raises today, three sets of twelve, and add load each week.",
    "Begin single-leg squats and hopping at once, whatever the pain.",
    "Run four times this week and do calf raises after each run.",
    "Load the knee daily with lunges and jumps until it settles.",
    "Give donkey raises and step-downs now, and review in six weeks.",
)
_SOOTHING = (
    "This is nothing to worry about; go on with the exercises.",
    "No referral is needed while the knee can be trained.",
    "These signs are common and settle with calf work.",
    "Tests can wait until the exercise programme is finished.",
)


def _notices(answer: Answer) -> tuple[Section, ...]:
    return sections_of(answer, SectionKind.SAFETY) if answer.red_flags else ()


def notice_removed(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Leave the safety notice out."""
    for section in _notices(answer):
        yield Edit(claim_id=None, draft=put(answer.draft, section), note="no safety notice")


def notice_emptied(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Keep the notice's heading and take its words."""
    for section in _notices(answer):
        draft = put(answer.draft, section, replace(section, claims=()))
        yield Edit(claim_id=None, draft=draft, note="safety notice without a claim")


def notice_moved(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Put the safety notice after one, two, and all other sections."""
    for section in _notices(answer):
        rest = [s for s in answer.draft.sections if s is not section]
        for place in sorted({1, 2, len(rest)}):
            if 0 < place <= len(rest):
                sections = (*rest[:place], section, *rest[place:])
                draft = replace(answer.draft, sections=sections)
                yield Edit(claim_id=None, draft=draft, note=f"safety notice after {place} sections")


def notice_renamed(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Make the notice a note, so that nothing is marked as safety."""
    for section in _notices(answer):
        made = replace(section, kind=SectionKind.NOTE, title="Note")
        yield Edit(claim_id=None, draft=put(answer.draft, section, made), note="safety notice as a note")


def notice_soothed(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Let the notice say that nothing need be done."""
    for section in _notices(answer):
        for claim in section.claims[:1]:
            for shift in ("", "x"):
                yield retold(answer, claim, pick(_SOOTHING, answer.question + shift))


def advice_above(answer: Answer, library: Library) -> Iterator[Edit]:
    """Put exercise advice, cited, before the safety notice or first within it."""
    for section in _notices(answer):
        passages = tuple(sorted(answer.evidence.passage_ids))
        text = pick(_ADVICE, answer.question)
        key = pick(passages, text)
        claim = Claim(
            id=f"c{len(answer.draft.claims) + 1}", text=text, basis=Basis.SYNTHESIS, citations=cite(library, key)
        )
        above = Section(kind=SectionKind.DECIDING, title="What to do and test next", claims=(claim,))
        yield Edit(claim_id=claim.id, draft=put(answer.draft, section, above, section), note=f"above: {text}")
        within = replace(section, claims=(claim, *section.claims))
        yield Edit(claim_id=claim.id, draft=put(answer.draft, section, within), note=f"within: {text}")


def claim_doubled(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Say a claim twice in its section, or again in another."""
    kinds = (SectionKind.SHORT_ANSWER, SectionKind.DECIDING, SectionKind.EVIDENCE)
    places = [s for s in answer.draft.sections if s.kind in kinds]
    number = len(answer.draft.claims) + 1
    for section in places:
        for claim in section.claims[:1]:
            again = replace(claim, id=f"c{number}")
            yield Edit(claim_id=again.id, draft=added(answer.draft, section, again), note=f"twice: {claim.text}")
            for other in (s for s in places[:1] if s is not section):
                yield Edit(claim_id=again.id, draft=added(answer.draft, other, again), note=f"again: {claim.text}")


def same_id(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Give two claims one id."""
    claims = list(checkable(answer))
    if len(claims) > 1:
        one, other = claims[0], claims[-1]
        sections = tuple(
            replace(s, claims=tuple(replace(c, id=one.id) if c is other else c for c in s.claims))
            for s in answer.draft.sections
        )
        draft = replace(answer.draft, sections=sections)
        yield Edit(claim_id=one.id, draft=draft, note=f"one id: {one.text} | {other.text}")


def too_long(answer: Answer, library: Library) -> Iterator[Edit]:
    """Add true, cited findings until the answer is longer than its detail allows."""
    cited = {c.passage_id for claim in answer.draft.claims for c in claim.citations}
    spare = sorted(i for i in answer.evidence.passage_ids - cited if library.viewpoint_of(i) is None)
    for section in sections_of(answer, SectionKind.EVIDENCE)[:1]:
        draft, number = answer.draft, len(answer.draft.claims)
        home = section
        for passage_id in spare:
            number += 1
            text = library.passages[passage_id].text
            claim = Claim(id=f"c{number}", text=text, basis=Basis.SOURCE, citations=cite(library, passage_id))
            grown = replace(home, claims=(*home.claims, claim))
            draft, home = put(draft, home, grown), grown
            if sum(len(c.text.split()) for c in draft.claims) > answer.detail.words + 40:
                yield Edit(claim_id=None, draft=draft, note=f"longer than {answer.detail.words} words")
                return


def short_answer_last(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Put the short answer at the end."""
    for section in sections_of(answer, SectionKind.SHORT_ANSWER):
        rest = tuple(s for s in answer.draft.sections if s is not section)
        draft = replace(answer.draft, sections=(*rest, section))
        yield Edit(claim_id=None, draft=draft, note="short answer last")


def short_answer_lost(answer: Answer, _library: Library) -> Iterator[Edit]:
    """Leave the short answer out."""
    for section in sections_of(answer, SectionKind.SHORT_ANSWER):
        yield Edit(claim_id=None, draft=put(answer.draft, section), note="no short answer")
