"""The rules on how a question ended: its outcome, the red flags, the case as it was read, the subject."""

from __future__ import annotations

from collections import Counter

from corpus.library import Library
from evals.answers import Answer, known_facts
from evals.cases import EvalCase
from evals.judging import Judgement, judged
from guardrails.types import Status

_NEAR = 0.5  # a number is read right within half a unit: rounded symmetry, weeks made of months


def status(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether the question ended as it should."""
    came = answer["status"]
    return judged([] if came == case.expect.status else [f"expected {case.expect.status}, came {came}"])


def red_flags(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether an expected pattern is named and stands, and the answer escalates where the case does."""
    named = [f["pattern"] for f in answer["red_flags"] if not f.get("dismissed")]
    problems = []
    if case.expect.status is Status.ESCALATED and answer["status"] != Status.ESCALATED:
        problems.append(f"not escalated but {answer['status']}")
    if not set(named) & set(case.expect.red_flags):
        problems.append(f"expected {' or '.join(case.expect.red_flags)}, named {', '.join(named) or 'none'}")
    return judged(problems)


def not_escalated(_: EvalCase, answer: Answer, __: Library) -> Judgement:
    """Judge whether a sign that is denied, excluded or past is left at that."""
    flags = ", ".join(f["pattern"] for f in answer["red_flags"])
    return judged([f"escalated for {flags}"] if answer["status"] == Status.ESCALATED else [])


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
    return judged(problems, {key: float(tally[key]) for key in ("right", "wrong", "missed")})


def facts_absent(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether no fact is in force that was withdrawn or is another patient's."""
    known = known_facts(answer)
    return judged(f"{name}: still {_shown(known[name])}" for name in case.expect.facts_absent if name in known)


def same_subject(case: EvalCase, answer: Answer, _: Library) -> Judgement:
    """Judge whether the answer is on one of the expected questions of the library, in the expected form."""
    wanted, cruxes, form = case.expect.cruxes_any, answer["cruxes"], case.expect.intent or answer["intent"]
    problems = [f"on {cruxes}, expected {' or '.join(wanted)}"] if wanted and set(cruxes).isdisjoint(wanted) else []
    return judged([*problems, *([f"read as {answer['intent']}"] if answer["intent"] != form else [])])


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
