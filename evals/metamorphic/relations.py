"""Every relation, and the pairs that it makes of the eval cases: by rule, by a seed, in the same order each time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from random import Random

from corpus.library import Library
from evals.cases import EvalCase, Split
from evals.metamorphic.additions import across_threshold, with_red_flag, with_surgery
from evals.metamorphic.manners import polite, with_aside
from evals.metamorphic.schools import other_named_first
from evals.metamorphic.slips import mistyped
from evals.metamorphic.spelling import respelt
from evals.metamorphic.types import Change, Kind, Make, Pair, Relation, Wording, asked_as, of_case
from evals.metamorphic.written import WAYS, written_for

SAMPLE = 20
"""Of each relation and part in a default run; chosen so that it ends within a minute on two cores."""


def _reversed(case: EvalCase, _: Random, __: Library) -> Change:
    return Change(after=Wording(question=case.question, history=case.history, evidence_reversed=True))


def _reworded(reword: Callable[[str, Random], str | None]) -> Make:
    def make(case: EvalCase, rng: Random, _: Library) -> Change | None:
        changed = reword(case.question, rng)
        return None if changed is None else Change(after=asked_as(case, changed))

    return make


def _same(name: str, label: str, make: Make) -> Relation:
    return Relation(name=name, label=label, kind=Kind.SAME, make=make)


def _different(name: str, label: str, make: Make, *, awaits_red_flag: bool = False) -> Relation:
    return Relation(name=name, label=label, kind=Kind.DIFFERENT, make=make, awaits_red_flag=awaits_red_flag)


ORDER = _same("evidence-reversed", "evidence reversed", _reversed)
RED_FLAG = _different("red-flag-added", "a red flag added", with_red_flag, awaits_red_flag=True)
RELATIONS = (
    ORDER,
    *(_same(way, label, partial(written_for, way)) for way, label in WAYS.items()),
    _same("spelling", "British or American spelling", _reworded(lambda text, _: respelt(text))),
    _same("named-first", "the other school named first", lambda case, _, library: other_named_first(case, library)),
    _same("aside", "an irrelevant fact", _reworded(with_aside)),
    _same("polite", "politeness", _reworded(polite)),
    _same("slips", "typing errors", _reworded(mistyped)),
    RED_FLAG,
    _different("surgery-added", "surgery added", with_surgery),
    _different("threshold", "a number across a threshold", across_threshold),
)
"""Those under which the answer stays the same first."""


def pairs(
    cases: Iterable[EvalCase],
    library: Library,
    *,
    seed: int = 0,
    at_most: int | None = SAMPLE,
    relations: Sequence[Relation] = RELATIONS,
) -> tuple[Pair, ...]:
    """Return the pairs that `relations` make of `cases`, relation by relation, by case id.

    Args:
        cases: in any order.
        library: whose schools may be named.
        seed: of what is changed; which cases are drawn does not hang on it.
        at_most: of each relation and part; those whose ids hash lowest are taken, so that a new case pushes out one
            other at most. None takes all.
        relations: which to use.
    """
    by_id = sorted(cases, key=lambda c: c.id)
    return tuple(p for r in relations for p in _drawn(list(_made(r, by_id, library, seed)), at_most))


def _made(relation: Relation, cases: Iterable[EvalCase], library: Library, seed: int) -> Iterator[Pair]:
    for case in cases:
        change = relation.make(case, Random(f"{seed}/{relation.name}/{case.id}"), library)  # noqa: S311 (no secret)
        if change is not None:
            before = change.before or of_case(case)
            yield Pair(relation=relation, case=case, before=before, after=change.after, awaits=change.awaits)


def _drawn(made: Sequence[Pair], at_most: int | None) -> list[Pair]:
    if at_most is None:
        return list(made)
    kept: set[str] = set()
    for split in Split:
        part = sorted((p.id for p in made if p.case.split is split), key=_place)
        kept.update(part[:at_most])
    return [p for p in made if p.id in kept]


def _place(pair_id: str) -> str:
    return hashlib.sha256(pair_id.encode()).hexdigest()
