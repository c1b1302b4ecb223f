"""Pairs in, results out: both wordings are answered, each wording of a case once, and the two answers compared."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.library import Library
from evals.answers import Answer, Answerer, answer_of
from evals.judging import clipped, described
from evals.metamorphic.comparing import compared
from evals.metamorphic.types import Pair, Wording, of_case
from evals.results import CRASHED, Outcome, Result, Score

SAME_SUBJECT = "same_subject"
"""The value that says whether both answers are on the same question of the library."""


class Answering:
    """Answers wordings of eval cases, each once; the answers to the cases themselves may be known already."""

    def __init__(self, answerer: Answerer, known: Mapping[str, Result]) -> None:
        """Take what answers, and the results of the eval cases by id."""
        self._answerer = answerer
        self._answers: dict[tuple[str, Wording], Answer] = {
            (r.case.id, of_case(r.case)): r.answer for r in known.values() if r.answer is not None
        }

    def answer(self, pair: Pair, wording: Wording) -> Answer:
        """Return the answer to one wording of a pair.

        Raises:
            Exception: whatever the answerer raises.
        """
        key = (pair.case.id, wording)
        if key not in self._answers:
            self._answers[key] = answer_of(
                self._answerer,
                wording.question,
                wording.history,
                dismissals=pair.case.dismissals,
                evidence_reversed=wording.evidence_reversed,
            )
        return self._answers[key]


def result_of(pair: Pair, answering: Answering, library: Library) -> Result:
    """Return how a pair came out: one score, by its relation's name; an error is a result."""
    try:
        before, after = answering.answer(pair, pair.before), answering.answer(pair, pair.after)
        found = compared(pair, before, after, library)
    except Exception as error:  # noqa: BLE001 (a crash of the product is a finding about it)
        score = Score(rule=pair.relation.name, outcome=Outcome.ERRORED, detail=described(error))
        return Result(
            case=pair.as_case, status=CRASHED, scores=(score,), error=described(error), held_against=pair.before.turns
        )
    score = Score(
        rule=pair.relation.name,
        outcome=Outcome.FAILED if found.problems else Outcome.PASSED,
        detail="; ".join(map(clipped, found.problems)),
        values={SAME_SUBJECT: float(found.same_subject)},
    )
    return Result(
        case=pair.as_case, status=str(after["status"]), scores=(score,), answer=after, held_against=pair.before.turns
    )
