"""The rules: each looks at one answer for one eval case, and passes, fails or does not judge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.library import Library
from evals import metrics
from evals.answers import (
    Answer,
    citation_problem,
    citations,
    cited_passages,
    claims_to_cite,
    known_facts,
    text_of,
)
from evals.cases import EvalCase, Family
from evals.results import Outcome, Score
from evals.wording import asserted, repeated_sentence, said_of
from guardrails.types import Detail, SectionKind, Status

_NEAR = 0.5  # a number is read right within half a unit: rounded symmetry, weeks made of months
_PARTING_FAMILIES = frozenset({Family.DEBATE, Family.LEADING})  # asked on what the schools part over
_SILENCE = re.compile(  # at the head of a claim: a school that speaks may well leave out one thing
    r"(?:[\w'-]+ ){1,4}(?:does|do|did) not (?:discuss|address|mention|cover|consider|speak)\b"
    r"|neither (?:article|author|school) (?:discusses|addresses|mentions|covers)\b"
)
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
    return _clipped(f"{type(error).__name__}: {first}")


def _judged(problems: Iterable[str], values: Mapping[str, float | None] | None = None) -> Judgement:
    found = tuple(problems)
    kept = {name: value for name, value in (values or {}).items() if value is not None}
    return Judgement(passed=not found, detail="; ".join(map(_clipped, found)), values=kept)


def _unscored(why: str) -> Judgement:
    return Judgement(passed=None, detail=why)


def _clipped(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _DETAIL_CHARS else flat[: _DETAIL_CHARS - 1] + "…"


def _is_answered(answer: Answer) -> bool:
    return answer["status"] == Status.ANSWERED


def status(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether the question ended as it should."""
    came = answer["status"]
    return _judged([] if came == case.expect.status else [f"expected {case.expect.status}, came {came}"])


def both_viewpoints(_: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether every viewpoint of the answer's debate is cited, by the library's word on whose a passage is."""
    if not _is_answered(answer):
        return _unscored(f"the question {answer['status']}")
    required = frozenset(v for d in answer["debates"] for v in library.debate_by_id[d].viewpoints)
    marks = Counter(library.viewpoint_of(p) for p in cited_passages(answer) if p in library.passages)
    by_school = {viewpoint: marks[viewpoint] for viewpoint in sorted(required)}
    cited = {viewpoint for viewpoint, count in by_school.items() if count}
    coverage = metrics.viewpoint_coverage(cited, required)
    if coverage is None:
        return _unscored("no viewpoint is expected")
    values = {"coverage": coverage, "balance": metrics.viewpoint_balance(by_school)}
    return _judged((f"{v} is not cited" for v in sorted(required - cited)), values)


def right_debate(case: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether the schools that the case expects are those that are heard."""
    if not _is_answered(answer):
        return _unscored(f"the question {answer['status']}")
    cited = {library.viewpoint_of(p) for p in cited_passages(answer) if p in library.passages}
    return _judged(f"{v} is not heard: another debate answers" for v in sorted(set(case.expect.viewpoints) - cited))


def claims_cited(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether every claim that must be cited has a citation that is listed."""
    if not _is_answered(answer):
        return _unscored(f"the question {answer['status']}")
    listed = citations(answer)
    bare = [c["text"] for c in claims_to_cite(answer) if not any(n in listed for n in c["citations"])]
    return _judged(f"no citation: {text}" for text in bare)


def citations_exact(_: EvalCase, answer: Answer, library: Library) -> Judgement:
    """Judge whether every citation is a passage word for word, credited to the right school."""
    listed = citations(answer)
    marks = [tuple(c["citations"]) for c in claims_to_cite(answer)]
    problems = {n: citation_problem(c, library) for n, c in listed.items()}
    dangling = sorted({n for numbers in marks for n in numbers if n not in listed})
    if not listed and not dangling:
        return _unscored("nothing is cited")
    verified = [[n in listed and problems[n] is None for n in numbers] for numbers in marks]
    values = {
        "citation_recall": metrics.citation_recall(verified),
        "citation_precision": metrics.citation_precision(verified),
    }
    wrong = [p for p in problems.values() if p] + [f"[{n}] is not in the list" for n in dangling]
    return _judged(wrong, values)


def cites_any(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether of each list of passages to the point at least one is cited."""
    cited = set(cited_passages(answer))
    lists = case.expect.cites_any.items()
    return _judged(f"{key}: none of {', '.join(wanted)}" for key, wanted in lists if cited.isdisjoint(wanted))


def red_flags(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether an expected pattern is named and stands, and the answer escalates where the case does."""
    named = [f["pattern"] for f in answer["red_flags"] if not f.get("dismissed")]
    problems = []
    if case.expect.status is Status.ESCALATED and answer["status"] != Status.ESCALATED:
        problems.append(f"not escalated but {answer['status']}")
    if not set(named) & set(case.expect.red_flags):
        problems.append(f"expected {' or '.join(case.expect.red_flags)}, named {', '.join(named) or 'none'}")
    return _judged(problems)


def not_escalated(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether a sign that is denied, excluded or past is left at that."""
    flags = ", ".join(f["pattern"] for f in answer["red_flags"])
    return _judged([f"escalated for {flags}"] if answer["status"] == Status.ESCALATED else [])


def facts(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether every expected fact was read; others may have been read besides."""
    known = known_facts(answer)
    tally: Counter[str] = Counter()
    problems = []
    for name, wanted in case.expect.facts.items():
        right, wrong, missed = _compared(wanted, known.get(name))
        tally.update(right=right, wrong=wrong, missed=missed)
        if missed:
            problems.append(f"{name}: expected {_shown(wanted)}, read {_shown(known.get(name))}")
    return _judged(problems, {key: float(tally[key]) for key in ("right", "wrong", "missed")})


def facts_absent(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether no fact is in force that was withdrawn or is another patient's."""
    known = known_facts(answer)
    return _judged(f"{name}: still {_shown(known[name])}" for name in case.expect.facts_absent if name in known)


def same_subject(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether the answer is on one of the expected questions of the library, in the expected form."""
    wanted, cruxes, form = case.expect.cruxes_any, answer["cruxes"], case.expect.intent or answer["intent"]
    problems = [f"on {cruxes}, expected {' or '.join(wanted)}"] if wanted and set(cruxes).isdisjoint(wanted) else []
    return _judged([*problems, *([f"read as {answer['intent']}"] if answer["intent"] != form else [])])


def _compared(wanted: object, read: object) -> tuple[int, int, int]:
    """Return how many values were read right, read wrong and missed; a wrong one is missed too."""
    if isinstance(wanted, tuple):
        given = set(read) if isinstance(read, (list, tuple, set, frozenset)) else set()
        right = len(given & set(wanted))
        return right, 0, len(wanted) - right
    if _is_same(wanted, read):
        return 1, 0, 0
    return 0, int(read is not None), 1


def _is_same(wanted: object, read: object) -> bool:
    if isinstance(wanted, bool) or isinstance(read, bool):
        return wanted is read
    if isinstance(wanted, (int, float)) and isinstance(read, (int, float)):
        return abs(wanted - read) <= _NEAR
    return wanted == read


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, (list, tuple, set, frozenset)):
        return " + ".join(sorted(map(str, value)))
    return f"{value:g}" if isinstance(value, float) else str(value)


def says_any(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether every point is made, by one of its phrases."""
    text = text_of(answer)
    points = case.expect.says_any
    made = [said_of(phrases, text) is not None for phrases in points]
    problems = (f"does not say {' / '.join(p)}" for p, is_made in zip(points, made, strict=True) if not is_made)
    return _judged(problems, {"point_recall": metrics.point_recall(made)})


def says_none(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether no forbidden phrase is said, unless its sentence denies it."""
    text = text_of(answer)
    found = ((phrase, asserted(phrase, text)) for phrase in case.expect.says_none)
    return _judged(f"says {phrase!r}: {sentence}" for phrase, sentence in found if sentence)


def words(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether the claims are no longer than the answer's detail allows."""
    limit = Detail(answer.get("detail", Detail.BRIEF)).words
    count = len(text_of(answer).split())
    return _judged([f"{count} words, at most {limit}"] if count > limit else [], {"words": float(count)})


def no_repeats(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether no sentence stands twice."""
    repeated = repeated_sentence(text_of(answer))
    return _judged([f"twice: {repeated}"] if repeated else [])


def schools_speak(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether no school is shown as not addressing the question."""
    if not _is_answered(answer):
        return _unscored(f"the question {answer['status']}")
    silent = [s for s in answer["sections"] if _is_silent(s)]
    return _judged(f"{s['viewpoint'] or s['kind']}: {' '.join(c['text'] for c in s['claims'])}" for s in silent)


def _is_silent(section: Mapping[str, Any]) -> bool:
    if section["kind"] not in (SectionKind.VIEWPOINT, SectionKind.NOTE):
        return False
    said = [claim["text"].lower() for claim in section["claims"]]
    return bool(section.get("silent")) or any(_SILENCE.match(text) for text in said)


def _scorer(
    judge: Callable[[EvalCase, Answer, Library], Judgement],
    concerns: Callable[[EvalCase], bool] = lambda _: True,
    *,
    without_answer: Outcome = Outcome.UNSCORED,
) -> Scorer:
    return Scorer(rule=judge.__name__, concerns=concerns, judge=judge, without_answer=without_answer)


SCORERS = (
    _scorer(status, without_answer=Outcome.ERRORED),
    _scorer(red_flags, lambda c: bool(c.expect.red_flags), without_answer=Outcome.ERRORED),
    _scorer(not_escalated, lambda c: c.family is Family.RED_FLAG_TWIN),
    _scorer(both_viewpoints),
    _scorer(right_debate, lambda c: bool(c.expect.viewpoints)),
    _scorer(claims_cited),
    _scorer(citations_exact),
    _scorer(cites_any, lambda c: bool(c.expect.cites_any)),
    _scorer(facts, lambda c: bool(c.expect.facts)),
    _scorer(facts_absent, lambda c: bool(c.expect.facts_absent)),
    _scorer(same_subject, lambda c: bool(c.expect.cruxes_any or c.expect.intent)),
    _scorer(says_any, lambda c: bool(c.expect.says_any)),
    _scorer(says_none, lambda c: bool(c.expect.says_none)),
    _scorer(words),
    _scorer(no_repeats),
    _scorer(schools_speak, lambda c: c.family in _PARTING_FAMILIES),
)
"""Every rule, the most telling first: reports list a case's shortfalls in this order."""
