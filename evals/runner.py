"""Cases in, run out: each question is put to the answerer, and each rule that concerns it is scored."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from corpus.library import Library
from evals.answers import Answer, Answerer
from evals.cases import EvalCase, fingerprint_of
from evals.errors import EmptySuiteError
from evals.judging import Scorer, described, score, score_of_crash
from evals.results import CRASHED, Provenance, Result, Run
from evals.scorers import SCORERS

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called after each case with how many are done, how many there are, and the id of the one just done."""


def run(
    cases: Iterable[EvalCase],
    answerer: Answerer,
    library: Library,
    *,
    scorers: Sequence[Scorer] = SCORERS,
    seed: int = 0,
    progress: Progress = lambda _done, _total, _case_id: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Return the run of `cases`, its results by case id whatever the order they come in.

    An error in the answerer or in a scorer is a result. Ctrl-C ends the run early: what was done by then is
    returned, and `Run.is_complete` is False.

    Args:
        cases: at least one.
        answerer: called once a case with the question and its history.
        library: what citations are checked against.
        scorers: the rules.
        seed: of the resampling behind the bootstrap intervals.
        progress: called after each case.
        clock: seconds, for `Run.elapsed_seconds` only.

    Raises:
        EmptySuiteError: there is no case.
    """
    asked = tuple(cases)
    if not asked:
        raise EmptySuiteError("expected at least one eval case to run, got none")
    started = clock()
    results = _results(asked, answerer, library, scorers, progress)
    return Run(
        results=tuple(sorted(results, key=lambda r: r.case.id)),
        expected=len(asked),
        provenance=_provenance(asked, results, library, seed),
        elapsed_seconds=clock() - started,
    )


def _results(
    cases: Sequence[EvalCase],
    answerer: Answerer,
    library: Library,
    scorers: Sequence[Scorer],
    progress: Progress,
) -> list[Result]:
    results: list[Result] = []
    try:
        for case in cases:
            results.append(_result(case, answerer, library, scorers))
            progress(len(results), len(cases), case.id)
    except KeyboardInterrupt:
        pass  # what is done so far makes a report that says it is partial
    return results


def _result(case: EvalCase, answerer: Answerer, library: Library, scorers: Sequence[Scorer]) -> Result:
    concerned = [s for s in scorers if s.concerns(case)]
    try:
        answer = _answer(case, answerer)
    except Exception as error:  # noqa: BLE001 (a crash of the product is a finding about it)
        crashed = tuple(score_of_crash(s, error) for s in concerned)
        return Result(case=case, status=CRASHED, scores=crashed, error=described(error))
    scores = tuple(score(s, case, answer, library) for s in concerned)
    return Result(case=case, status=str(answer["status"]), scores=scores, answer=answer)


def _answer(case: EvalCase, answerer: Answerer) -> Answer:
    more = {"dismissals": case.dismissals} if case.dismissals else {}
    answer = answerer(case.question, case.history, **more)
    if not isinstance(answer, Mapping) or "status" not in answer:
        raise TypeError(f"expected an answer's JSON with a status, got {type(answer).__name__}")
    return answer


def _provenance(cases: Sequence[EvalCase], results: Iterable[Result], library: Library, seed: int) -> Provenance:
    composers = {str(c) for r in results if (c := _composer(r.answer or {}))}
    return Provenance(
        library=library.fingerprint,
        cases=fingerprint_of(cases),
        composers=tuple(sorted(composers)),
        python=platform.python_version(),
        seed=seed,
    )


def _composer(answer: Answer) -> object:
    provenance = answer.get("provenance")
    return provenance.get("composer") if isinstance(provenance, Mapping) else None
