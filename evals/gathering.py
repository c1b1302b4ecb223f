"""The rules on what an answer was made from: the evidence that was found, and the drafts that were held back."""

from __future__ import annotations

from corpus.library import Library
from evals import metrics, ranking
from evals.answers import Answer, is_answered, schools_due
from evals.cases import EvalCase
from evals.judging import Judgement, judged, unscored
from evals.traces import claims_passed, evidence_ids, evidence_ranked

RETRIEVED = 10
"""How many of the passages found count for the metrics of retrieval."""


def retrieved(case: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether anything to the point is in the evidence, and how well it is ranked there.

    To the point is each passage that the case names, though it names alternatives and asks for one of them only: so the
    ranking's values compare two versions of the product, and are no grade of one.
    """
    evidence, order = evidence_ids(answer), evidence_ranked(answer, library)
    if not is_answered(answer) or evidence is None or order is None:
        return unscored("no answer, or none with a trace")
    relevant = passages_to_the_point(case)
    sides = {v: {p for p in relevant if library.viewpoint_of(p) == v} for v in case.expect.viewpoints}
    seen = ranking.has_all_sides(RETRIEVED, order, sides)
    values = {
        "recall": ranking.recall_at(RETRIEVED, order, relevant),
        "ndcg": ranking.ndcg_at(RETRIEVED, order, dict.fromkeys(relevant, 1)),
        "reciprocal_rank": ranking.reciprocal_rank(order, relevant),
        "viewpoint_recall": None if seen is None else float(seen),
    }
    return judged([] if evidence & relevant else ["nothing to the point was retrieved"], values)


def schools_found(_: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether the search found every school of the answer's debate, none of them far down."""
    order = evidence_ranked(answer, library)
    if not is_answered(answer) or order is None:
        return unscored("no answer, or none with a trace")
    found = {library.viewpoint_of(p) for p in order[:RETRIEVED] if p in library.passages}
    return judged(f"nothing of {v} was retrieved" for v in sorted(schools_due(answer, library) - found))


def passages_to_the_point(case: EvalCase) -> frozenset[str]:
    """Return every passage that the case names: to be cited, or to carry a point."""
    cited = (p for passages in case.expect.cites_any.values() for p in passages)
    return frozenset((*cited, *(p for point in case.expect.points for p in point.cites_any)))


def gate(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether the product's own checks pass every claim that it drafted, held back or not."""
    passed = claims_passed(answer)
    if not passed:
        return unscored("no claim, or no trace")
    failed = passed.count(False)
    problems = [f"{failed} of {len(passed)} claims did not pass"] if failed else []
    return judged(problems, {"gate_consistency": metrics.gate_consistency(passed)})
