"""The rules on what an answer cites, and for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpus.facts import FactValue
from corpus.library import Library
from corpus.sentences import Sentence, render
from evals import metrics
from evals.answers import (
    Answer,
    citation_problem,
    citations,
    cited_passages,
    claims_to_cite,
    is_answered,
    known_facts,
    schools_due,
)
from evals.cases import EvalCase
from evals.judging import Judgement, judged, unscored
from guardrails.types import SectionKind

_OF_PASSAGE = "passage/"
"""How the origin of a claim begins that is a passage's own words."""


def both_viewpoints(_: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether every viewpoint of the answer's debate has its say: a section of its own that cites it.

    Whose a passage is, is the library's word.
    """
    if not is_answered(answer):
        return unscored(f"the question {answer['status']}")
    required = schools_due(answer, library)
    marks = Counter(library.viewpoint_of(p) for p in cited_passages(answer) if p in library.passages)
    by_school = {viewpoint: marks[viewpoint] for viewpoint in sorted(required)}
    heard = _heard(answer, library) & required
    coverage = metrics.viewpoint_coverage(heard, required)
    if coverage is None:
        return unscored("no viewpoint is expected")
    values = {"coverage": coverage, "balance": metrics.viewpoint_balance(by_school)}
    return judged((f"{v} is not cited in a section of its own" for v in sorted(required - heard)), values)


def _heard(answer: Answer, library: Library) -> set[str]:
    """Return the viewpoints under whose heading a passage of theirs is cited."""
    listed = citations(answer)
    own = {n: library.viewpoint_of(c["passage_id"]) for n, c in listed.items() if c["passage_id"] in library.passages}
    said = ((s["viewpoint"], n) for s in answer["sections"] for c in s["claims"] for n in c["citations"])
    return {v for v, n in said if v is not None and own.get(n) == v}


def right_debate(case: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether the schools that the case expects are those that are heard."""
    if not is_answered(answer):
        return unscored(f"the question {answer['status']}")
    cited = {library.viewpoint_of(p) for p in cited_passages(answer) if p in library.passages}
    return judged(f"{v} is not heard: another debate answers" for v in sorted(set(case.expect.viewpoints) - cited))


def claims_cited(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether every claim that must be cited has a citation that is listed."""
    if not is_answered(answer):
        return unscored(f"the question {answer['status']}")
    listed = citations(answer)
    bare = [c["text"] for c in claims_to_cite(answer) if not any(n in listed for n in c["citations"])]
    return judged(f"no citation: {text}" for text in bare)


def citations_exact(_: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether every citation is a passage word for word, credited to the right school."""
    listed = citations(answer)
    marks = [tuple(c["citations"]) for c in claims_to_cite(answer)]
    problems = {n: citation_problem(c, library) for n, c in listed.items()}
    dangling = sorted({n for numbers in marks for n in numbers if n not in listed})
    if not listed and not dangling:
        return unscored("nothing is cited")
    verified = [[n in listed and problems[n] is None for n in numbers] for numbers in marks]
    values = {
        "citation_recall": metrics.citation_recall(verified),
        "citation_precision": metrics.citation_precision(verified),
    }
    wrong = [p for p in problems.values() if p] + [f"[{n}] is not in the list" for n in dangling]
    return judged(wrong, values)


def claims_placed(_: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether each claim of the library says its own sentence, on the passages that carry it.

    A school's section leans on that school's passages and on no other's, whoever wrote its claims.
    """
    by_number = {n: c["passage_id"] for n, c in citations(answer).items()}
    problems = []
    for section in answer["sections"]:
        for claim in section["claims"]:
            cited = {by_number[n] for n in claim["citations"] if n in by_number}
            problems += [f"{why}: {claim['text']}" for why in _misplaced(section, claim, cited, answer, library)]
    return judged(problems) if by_number else unscored("nothing is cited")


def _misplaced(
    section: Mapping[str, Any], claim: Mapping[str, Any], cited: set[str], answer: Answer, library: Library
) -> Iterator[str]:
    school = section["viewpoint"]
    if school is not None and cited:
        owners = {library.viewpoint_of(p) for p in cited if p in library.passages}
        if school not in owners or owners - {school, None}:
            yield f"stands under {school}, cites {_schools(owners)}"
    own = _own_sentence(claim["origin"], answer, library) if claim.get("origin") else None
    if own is not None and cited != set(own.cites):
        yield f"its sentence rests on {_listed(own.cites)}, cited {_listed(cited)}"
    if own is not None and claim["text"] != own.text:
        yield "is not its sentence of the library"


def _own_sentence(origin: str, answer: Answer, library: Library) -> Sentence:
    """Return what the library holds at `origin`: a passage's own words, or a sentence that is filled from the facts."""
    if origin.startswith(_OF_PASSAGE):
        passage = library.passages[origin.removeprefix(_OF_PASSAGE)]
        return Sentence(origin=origin, text=passage.text, cites=(passage.id,))
    return render(library, origin, {n: _typed(v) for n, v in known_facts(answer).items()})


def _typed(value: Any) -> FactValue:
    """Return a fact's value as the library's sentences take it, from what JSON makes of it."""
    if isinstance(value, list):
        return frozenset(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _schools(owners: Iterable[str | None]) -> str:
    return _listed(owner or "no school's" for owner in owners)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def evidence_shown(_: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether the findings have their section wherever the library lays any beside the question that answers."""
    cruxes = [library.crux_by_id[c] for c in answer.get("cruxes", ())[:1] if c in library.crux_by_id]
    if not is_answered(answer) or not any(c.evidence for c in cruxes):
        return unscored("no finding is laid beside the question")
    shown = any(
        s["kind"] == SectionKind.EVIDENCE and any(c["citations"] for c in s["claims"]) for s in answer["sections"]
    )
    return judged([] if shown else ["no section says what the studies found"])


def cites_any(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether of each list of passages to the point at least one is cited."""
    cited = set(cited_passages(answer))
    lists = case.expect.cites_any.items()
    return judged(f"{key}: none of {', '.join(wanted)}" for key, wanted in lists if cited.isdisjoint(wanted))
