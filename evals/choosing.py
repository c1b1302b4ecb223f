"""Which eval cases and which pairs of wordings a run takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from corpus.library import Library
from evals.cases import EvalCase, Suite, select
from evals.errors import EmptySuiteError
from evals.linting import nearest
from evals.metamorphic.relations import SAMPLE, pairs
from evals.metamorphic.types import JOIN, Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a run takes."""

    cases: tuple[EvalCase, ...]
    pairs: tuple[Pair, ...]


def choose(
    cases: Iterable[EvalCase],
    library: Library,
    *,
    ids: Collection[str] = (),
    suites: Collection[str] = (),
    every_pair: bool = False,
) -> Chosen:
    """Return what a run of `suites` and `ids` takes; without either all cases, and a sample of the pairs.

    Args:
        cases: all there are.
        library: whose schools may be named.
        ids: of cases, and of pairs such as ``debate-01+slips``.
        suites: names of suites; ``metamorphic`` stands for the pairs.
        every_pair: whether all pairs are taken where a sample is otherwise.

    Raises:
        EmptySuiteError: an id or a suite is unknown, an id is of no suite asked for, or nothing is left.
    """
    cases = tuple(cases)
    plain, joined = [i for i in ids if JOIN not in i], [i for i in ids if JOIN in i]
    own = [s for s in suites if s != Suite.METAMORPHIC]
    takes_pairs = len(own) < len(suites) or not suites
    if ids:
        if plain and not own and suites:
            raise EmptySuiteError(f"expected a pair such as {plain[0]}{JOIN}slips, got the case {plain[0]!r}")
        if joined and not takes_pairs:
            raise EmptySuiteError(f"expected a case of {', '.join(own)}, got the pair {joined[0]!r}")
        chosen = select(cases, ids=plain, suites=own) if plain else ()
        return Chosen(cases=chosen, pairs=_named(joined, cases, library) if joined else ())
    sample = pairs(cases, library, at_most=None if every_pair else SAMPLE) if takes_pairs else ()
    return Chosen(cases=select(cases, suites=own) if own or not suites else (), pairs=sample)


def _named(ids: Collection[str], cases: Iterable[EvalCase], library: Library) -> tuple[Pair, ...]:
    known = {p.id: p for p in pairs(cases, library, at_most=None)}
    for name in ids:
        if name not in known:
            raise EmptySuiteError(
                f"expected a case, or a case and a relation joined by {JOIN}, got {name!r}{nearest(name, known)}"
            )
    return tuple(known[i] for i in dict.fromkeys(ids))
