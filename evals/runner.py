"""Cases in, run out: each question is put to the answerer, and each rule that concerns it is scored."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from corpus.library import Library
from evals.answers import Answerer, answer_of
from evals.cases import EvalCase, fingerprint_of
from evals.errors import EmptySuiteError
from evals.judging import Scorer, described, score, score_of_crash
from evals.metamorphic.running import Answering, result_of
from evals.metamorphic.types import Pair
from evals.results import CRASHED, UNKNOWN, Origin, Provenance, Result, Run
from evals.scorers import SCORERS

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called after each case with how many are done, how many there are, and the id of the one just done."""


def run(
    cases: Iterable[EvalCase],
    answerer: Answerer,
    library: Library,
    *,
    pairs: Sequence[Pair] = (),
    scorers: Sequence[Scorer] = SCORERS,
    origin: Origin = UNKNOWN,
    progress: Progress = lambda _done, _total, _case_id: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Return the run of `cases` and of `pairs` of wordings, its results by case id whatever the order they come in.

    An error in the answerer or in a scorer is a result. Ctrl-C ends the run early: what was done by then is
    returned, and `Run.is_complete` is False.

    Args:
        cases: at least one, or a pair.
        answerer: called once a case with the question and its history, and once for each wording of a pair.
        library: what citations are checked against.
        pairs: wordings of cases to be held against one another.
        scorers: the rules.
        origin: of the answers, for the provenance; its seed is that of the bootstrap.
        progress: called after each case.
        clock: seconds, for `Run.elapsed_seconds` only.

    Raises:
        EmptySuiteError: there is no case.
    """
    asked = tuple(cases)
    if not asked and not pairs:
        raise EmptySuiteError("expected at least one eval case to run, got none")
    started = clock()
    results = _results(asked, pairs, answerer, library, scorers, progress)
    return Run(
        results=tuple(sorted(results, key=lambda r: r.case.id)),
        expected=len(asked) + len(pairs),
        provenance=_provenance((*asked, *(p.as_case for p in pairs)), results, library, origin),
        elapsed_seconds=clock() - started,
    )


def _results(
    cases: Sequence[EvalCase],
    pairs: Sequence[Pair],
    answerer: Answerer,
    library: Library,
    scorers: Sequence[Scorer],
    progress: Progress,
) -> list[Result]:
    results: list[Result] = []
    total = len(cases) + len(pairs)
    try:
        for case in cases:
            results.append(_result(case, answerer, library, scorers))
            progress(len(results), total, case.id)
        answering = Answering(answerer, {r.case.id: r for r in results})
        for pair in pairs:
            results.append(result_of(pair, answering, library))
            progress(len(results), total, pair.id)
    except KeyboardInterrupt:
        pass  # what is done so far makes a report that says it is partial
    return results


def _result(case: EvalCase, answerer: Answerer, library: Library, scorers: Sequence[Scorer]) -> Result:
    concerned = [s for s in scorers if s.concerns(case)]
    try:
        answer = answer_of(answerer, case.question, case.history, dismissals=case.dismissals)
    except Exception as error:  # noqa: BLE001 (a crash of the product is a finding about it)
        crashed = tuple(score_of_crash(s, error) for s in concerned)
        return Result(case=case, status=CRASHED, scores=crashed, error=described(error))
    scores = tuple(score(s, case, answer, library) for s in concerned)
    return Result(case=case, status=str(answer["status"]), scores=scores, answer=answer)


def _provenance(cases: Sequence[EvalCase], results: Sequence[Result], library: Library, origin: Origin) -> Provenance:
    return Provenance(
        code=origin.code,
        library=library.fingerprint,
        settings=_named(results, "settings"),
        encoder=origin.encoder,
        composers=_named(results, "composer"),
        cases=fingerprint_of(cases),
        seed=origin.seed,
        python=platform.python_version(),
    )


def _named(results: Sequence[Result], what: str) -> tuple[str, ...]:
    """Return what the answers' own provenance says, each once."""
    told = [(r.answer or {}).get("provenance") for r in results]
    return tuple(sorted({str(p[what]) for p in told if isinstance(p, Mapping) and p.get(what)}))
