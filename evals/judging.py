"""What a rule is, what it finds, and its score; a rule that crashes scores too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from corpus.library import Library
from evals.answers import Answer
from evals.cases import EvalCase
from evals.results import Outcome, Score

_DETAIL_CHARS = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a rule found; `passed` is None where it does not judge."""

    passed: bool | None
    detail: str = ""
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """A rule: its name, the cases it concerns, how it judges an answer, and what no answer at all scores."""

    rule: str
    concerns: Callable[[EvalCase], bool]
    judge: Callable[[EvalCase, Answer, Library], Judgement]
    without_answer: Outcome = Outcome.UNSCORED


def score(scorer: Scorer, case: EvalCase, answer: Answer, library: Library) -> Score:
    """Return the scorer's score; an error in it is a score too, with the error's name."""
    try:
        found = scorer.judge(case, answer, library)
    except Exception as error:  # noqa: BLE001 (an odd answer must not end the run)
        return Score(rule=scorer.rule, outcome=Outcome.ERRORED, detail=described(error))
    if found.passed is None:
        return Score(rule=scorer.rule, outcome=Outcome.UNSCORED, detail=found.detail)
    outcome = Outcome.PASSED if found.passed else Outcome.FAILED
    return Score(rule=scorer.rule, outcome=outcome, detail=found.detail, values=found.values)


def score_of_crash(scorer: Scorer, error: Exception) -> Score:
    """Return the score of a rule where the answerer raised `error` instead of answering."""
    return Score(rule=scorer.rule, outcome=scorer.without_answer, detail=described(error))


def described(error: Exception) -> str:
    """Return an error's name and first line."""
    first = (str(error).splitlines() or [""])[0]
    return clipped(f"{type(error).__name__}: {first}")


def judged(problems: Iterable[str], values: Mapping[str, float | None] | None = None) -> Judgement:
    """Return a pass where there is no problem, else a failure that names each; `values` without what has none."""
    found = tuple(problems)
    kept = {name: value for name, value in (values or {}).items() if value is not None}
    return Judgement(passed=not found, detail="; ".join(map(clipped, found)), values=kept)


def unscored(why: str) -> Judgement:
    """Return no judgement, and why."""
    return Judgement(passed=None, detail=why)


def clipped(text: str) -> str:
    """Return `text` on one line, as long as a report shows it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _DETAIL_CHARS else flat[: _DETAIL_CHARS - 1] + "…"
