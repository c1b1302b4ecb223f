"""Whether a variant can ever be taken: some case must fit it, and none before it must fit every such case.

Cases are tried out: for each fact that the predicates name, no value, and values on each side of what it is compared
with. So "never" is meant of the cases that the predicates can tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, product
from math import prod

from corpus.facts import FACT_KINDS, Facts, FactType, FactValue
from corpus.predicates import PredicateError, constants_of, facts_named, holds
from corpus.types import Text

_MOST_CASES = 30_000  # chosen: what takes 50 ms; where facts combine to more, only a variant's own facts are tried


@lru_cache(maxsize=4096)
def never_holds(predicate: str) -> bool:
    """Return whether `predicate` holds for no case at all."""
    return not any(holds(predicate, facts) for facts in _cases([predicate], facts_named(predicate)))


def unreachable(texts: Sequence[Text]) -> Iterator[str]:
    """Yield a message for each variant of `texts` that no case can take."""
    try:
        whens = [t.when for t in texts]
        for position, when in enumerate(whens):
            if not _is_reached(tuple(whens[: position + 1])):
                before = " and ".join(repr(w) for w in whens[:position])
                yield f"no case can take the variant {position} ({when!r}): it holds for none that {before} leaves"
    except PredicateError:
        return  # told elsewhere


@lru_cache(maxsize=4096)
def _is_reached(whens: tuple[str | None, ...]) -> bool:
    """Return whether some case takes the last of `whens`."""
    named = facts_named(whens[-1])
    if any(_takes_last(whens, facts) for facts in _cases(whens, named)):
        return True
    every = frozenset(chain.from_iterable(facts_named(w) for w in whens))
    if prod(len(_values(name, whens)) for name in every) > _MOST_CASES:
        return True
    return any(_takes_last(whens, facts) for facts in _cases(whens, every))


def _takes_last(whens: Sequence[str | None], facts: Facts) -> bool:
    return holds(whens[-1], facts) and not any(holds(w, facts) for w in whens[:-1])


def _cases(whens: Sequence[str | None], names: Iterable[str]) -> Iterator[Facts]:
    ordered = sorted(names)
    for values in product(*(_values(name, whens) for name in ordered)):
        yield {name: v for name, v in zip(ordered, values, strict=True) if v is not None}


def _values(name: str, whens: Sequence[str | None]) -> list[FactValue | None]:
    """Return no value, and values that tell apart what `whens` compare the fact with."""
    constants = sorted({v for w in whens for n, v in constants_of(w) if n == name}, key=str)
    kind = FACT_KINDS[name]
    match kind.type:
        case FactType.FLAG:
            return [None, True, False]
        case FactType.NUMBER:
            near = {c + d for c in constants if isinstance(c, float) for d in (-0.5, 0.0, 0.5)}
            return [None, *sorted(near | {1.0})]
        case FactType.CHOICE:
            other = next((c for c in sorted(kind.choices) if c not in constants), None)
            return [None, *map(str, constants), *([other] if other else [])]
        case FactType.SET:
            members = list(map(str, constants)) or sorted(kind.choices)[:1]
            sizes = range(1, min(len(members), 2) + 1)
            return [None, *(frozenset(c) for size in sizes for c in combinations(members, size))]
