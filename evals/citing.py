"""The rules on what an answer cites, and for whom."""

from __future__ import annotations

from collections import Counter

from corpus.library import Library
from evals import metrics
from evals.answers import Answer, citation_problem, citations, cited_passages, claims_to_cite, is_answered
from evals.cases import EvalCase
from evals.judging import Judgement, judged, unscored


def both_viewpoints(_: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether every viewpoint of the answer's debate is cited, by the library's word on whose a passage is."""
    if not is_answered(answer):
        return unscored(f"the question {answer['status']}")
    required = frozenset(v for d in answer["debates"] for v in library.debate_by_id[d].viewpoints)
    marks = Counter(library.viewpoint_of(p) for p in cited_passages(answer) if p in library.passages)
    by_school = {viewpoint: marks[viewpoint] for viewpoint in sorted(required)}
    cited = {viewpoint for viewpoint, count in by_school.items() if count}
    coverage = metrics.viewpoint_coverage(cited, required)
    if coverage is None:
        return unscored("no viewpoint is expected")
    values = {"coverage": coverage, "balance": metrics.viewpoint_balance(by_school)}
    return judged((f"{v} is not cited" for v in sorted(required - cited)), values)


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


def cites_any(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether of each list of passages to the point at least one is cited."""
    cited = set(cited_passages(answer))
    lists = case.expect.cites_any.items()
    return judged(f"{key}: none of {', '.join(wanted)}" for key, wanted in lists if cited.isdisjoint(wanted))
