"""The findings of an answer: those its crux links, and those that bear on the question though it does not."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.fitting import may_speak_for
from assistant.lines import Line
from assistant.planning import Plan
from corpus.facts import Facts
from corpus.grading import is_second_hand
from corpus.library import Library
from corpus.predicates import holds
from corpus.retriever import Hit
from corpus.sentences import Sentence, evidence_text
from corpus.types import Crux, PassageKind, Strength
from guardrails.types import Basis, Case, Detail, SectionKind

_NEAR, _STEPS = 0.4, 20
_ANSWERS = 0.66  # of the cosine; both chosen on the dev questions, decision 8
# Of meaning and words together: chosen on dev cases of writers who had not seen the answers, decision 29.
_BEARS_ON_IT = 0.52
_FURTHER = 2
_LEXICAL_HALF, _DENSE_WEIGHT = 9.0, 0.7


def evidence_lines(case: Case, made: Plan, crux: Crux, library: Library) -> Iterator[Line]:
    """Yield the findings nearest to the question: the crux's own, and those more that the search brought up."""
    near = {h.passage_id: _bearing(h) for h in made.found}
    links = sorted(
        range(len(crux.evidence)),
        key=lambda n: (_misfits(crux.evidence[n].fits, case.known), -_nearness(near.get(crux.evidence[n].passage)), n),
    )
    for position, number in enumerate(links[: 2 if made.detail is Detail.BRIEF else 5]):
        link = crux.evidence[number]
        text = evidence_text(library, link, case.known)
        sentence = Sentence(origin=f"{crux.id}/evidence/{number}", text=text, cites=(link.passage,))
        rank = (1, 6, 7, 8, 9)[position]
        yield Line(kind=SectionKind.EVIDENCE, sentence=sentence, text=sentence.text, rank=rank)
    yield from _further(case, crux, made, library)


def _nearness(bearing: float | None) -> float:
    """Return a coarse nearness, so that only a clear difference overrules the library's own order."""
    return round(_STEPS * bearing) / _STEPS if bearing is not None and bearing >= _NEAR else 0.0


def _further(case: Case, crux: Crux, made: Plan, library: Library) -> list[Line]:
    """Return the findings that bear most on the question, of those the crux does not link, as lines of evidence."""
    linked = {link.passage for link in crux.evidence}
    near = [h for h in _speaking(case, made, library) if h.passage_id not in linked and _bearing(h) >= _BEARS_ON_IT]
    near.sort(key=lambda h: (-_bearing(h), h.passage_id))
    return [_finding_line(h, library, SectionKind.EVIDENCE, 4 + n) for n, h in enumerate(near[:_FURTHER])]


def _bearing(hit: Hit) -> float:
    """Return how much a passage bears on the question by its meaning and by the words they share, from 0 to 1."""
    words = hit.lexical / (hit.lexical + _LEXICAL_HALF)
    return round(_DENSE_WEIGHT * hit.dense + (1 - _DENSE_WEIGHT) * words, 4)


def nearest_finding(case: Case, made: Plan, library: Library) -> list[Line]:
    """Return the finding nearest to the question, in the library's words, where it is near enough to answer it."""
    near = [h for h in _speaking(case, made, library) if h.dense >= _ANSWERS]
    near.sort(key=lambda h: (-h.dense, h.passage_id))
    return [_finding_line(h, library, SectionKind.SHORT_ANSWER, 1) for h in near[:1]]


def _speaking(case: Case, made: Plan, library: Library) -> list[Hit]:
    """Return what was found that may stand in an answer although nobody has laid it beside the question.

    It must be about people like this patient, and no finding may stand against it: one side of a conflict is no answer.
    """
    return [
        h
        for h in made.found
        if _may_stand_alone(h.passage_id, library)
        and not library.passages[h.passage_id].conflicts_with
        and may_speak_for(case, library.passages[h.passage_id])
    ]


def _finding_line(hit: Hit, library: Library, kind: SectionKind, rank: int) -> Line:
    text = library.passages[hit.passage_id].text
    sentence = Sentence(origin=f"passage/{hit.passage_id}", text=text, cites=(hit.passage_id,))
    return Line(kind=kind, sentence=sentence, text=text, rank=rank, basis=Basis.SOURCE)


def _may_stand_alone(passage_id: str, library: Library) -> bool:
    passage, source = library.passages[passage_id], library.source_of(passage_id)
    is_opinion = library.strength_of(passage_id) is Strength.OPINION
    return not is_opinion and passage.kind is not PassageKind.SAFETY and not is_second_hand(source, passage)


def _misfits(fits: str | None, facts: Facts) -> bool:
    """Return whether a finding is about a population that this patient is not known to belong to."""
    return fits is not None and not holds(fits, facts)
