"""The rules in force, each with the eval cases that it concerns."""

from __future__ import annotations

from collections.abc import Callable

from corpus.library import Library
from evals import citing, ending, gathering, saying
from evals.answers import Answer
from evals.cases import EvalCase, Suite
from evals.judging import Judgement, Scorer
from evals.results import Outcome

_PARTING_SUITES = frozenset({Suite.DEBATE, Suite.LEADING})  # asked on what the schools part over


def _scorer(
    judge: Callable[[EvalCase, Answer, Library], Judgement],
    concerns: Callable[[EvalCase], bool] = lambda _: True,
    *,
    without_answer: Outcome = Outcome.UNSCORED,
) -> Scorer:
    return Scorer(rule=judge.__name__, concerns=concerns, judge=judge, without_answer=without_answer)


SCORERS = (
    _scorer(ending.status, without_answer=Outcome.ERRORED),
    _scorer(ending.red_flags, lambda c: bool(c.expect.red_flags), without_answer=Outcome.ERRORED),
    _scorer(ending.not_escalated, lambda c: c.suite is Suite.RED_FLAG_TWIN),
    _scorer(citing.both_viewpoints),
    _scorer(citing.right_debate, lambda c: bool(c.expect.viewpoints)),
    _scorer(citing.claims_cited),
    _scorer(citing.citations_exact),
    _scorer(citing.claims_placed),
    _scorer(citing.evidence_shown),
    _scorer(citing.cites_any, lambda c: bool(c.expect.cites_any)),
    _scorer(gathering.retrieved, lambda c: bool(gathering.passages_to_the_point(c))),
    _scorer(gathering.schools_found),
    _scorer(gathering.gate),
    _scorer(ending.facts, lambda c: bool(c.expect.facts)),
    _scorer(ending.facts_absent, lambda c: bool(c.expect.facts_absent)),
    _scorer(ending.same_subject, lambda c: bool(c.expect.cruxes_any or c.expect.intent)),
    _scorer(saying.absent, lambda c: bool(c.expect.absent)),
    _scorer(saying.points, lambda c: bool(c.expect.points)),
    _scorer(saying.says_any, lambda c: bool(c.expect.says_any)),
    _scorer(saying.says_none, lambda c: bool(c.expect.says_none)),
    _scorer(saying.words),
    _scorer(saying.no_repeats),
    _scorer(saying.schools_speak, lambda c: c.suite in _PARTING_SUITES),
)
"""Every rule, the most telling first: reports list a case's shortfalls in this order."""
