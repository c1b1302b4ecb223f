"""What was screened: the signs stated absent, and those that red flags would have one ask and nobody did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import holds
from guardrails.context import Context
from guardrails.red_flags import cue_words
from guardrails.stating import Stated, stated
from ui.papers.signs import GROUPS, Item

LONGEST_LIST = 10
"""Items in what was not asked; chosen: more is not read."""
_TELLING = 3  # letters; "no", "any" and "leg" tell no sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """`absent` as they read ("no fever"); `unasked` at most ten; `more` counts those left out."""

    absent: tuple[str, ...]
    unasked: tuple[str, ...]
    more: int = 0


def screened(
    turns: Sequence[str], facts: Facts, library: Library, *, topics: Collection[str] = (), raised: Collection[str] = ()
) -> Screened:
    """Return what `turns` state as absent, and what they do not speak of.

    Args:
        turns: the words typed about this patient, identifiers removed.
        facts: of the case, in force.
        library: whose red flags count; one that our list of signs does not know is asked for by its name.
        topics: of the question at hand; groups about them come first.
        raised: ids of the red flags raised; their groups come first of all.
    """
    known = frozenset(f.id for f in library.red_flags)
    groups = [g for g in GROUPS if g.patterns & known and holds(g.when, facts)]
    readings = stated(library, turns, _cues())
    kept = {cue: tuple(_longest(found, readings)) for cue, found in readings.items()}
    absent = dict.fromkeys(chain.from_iterable(_absent(i, kept) for g in groups for i in g.items))
    ordered = sorted(groups, key=lambda g: (g.patterns.isdisjoint(raised), g.about.isdisjoint(topics)))
    unasked = [i.asks for g in ordered for i in g.items if not _is_asked(i, kept, facts)]
    unasked = list(dict.fromkeys([*unasked, *_unknown(turns, library)]))
    shown = unasked[:LONGEST_LIST]
    return Screened(absent=tuple(absent), unasked=tuple(shown), more=len(unasked) - len(shown))


@cache
def _cues() -> tuple[str, ...]:
    items = [i for g in GROUPS for i in g.items]
    return tuple(dict.fromkeys(c for i in items for c in (*chain.from_iterable(i.signs.values()), *i.clear)))


def _longest(found: Iterable[Stated], readings: Mapping[str, Sequence[Stated]]) -> Iterator[Stated]:
    """Yield the readings that are no part of a longer one: "no calf swelling" says nothing of swelling elsewhere."""
    every = list(chain.from_iterable(readings.values()))
    yield from (s for s in found if s.is_of_patient and not any(s.is_within(other) for other in every))


def _absent(item: Item, kept: Mapping[str, Sequence[Stated]]) -> Iterator[str]:
    """Yield what `item` has that was stated absent, and never stated otherwise."""
    for label, cues in item.signs.items():
        contexts = {s.context for cue in cues for s in kept.get(cue, ())}
        if contexts == {Context.NEGATED}:
            yield f"no {label}"
    yield from (s.words for cue in item.clear for s in kept.get(cue, ()) if s.context is Context.AFFIRMED)


def _is_asked(item: Item, kept: Mapping[str, Sequence[Stated]], facts: Facts) -> bool:
    cues = (*chain.from_iterable(item.signs.values()), *item.clear)
    return any(kept.get(cue) for cue in cues) or any(f in facts for f in item.facts)


def _unknown(turns: Sequence[str], library: Library) -> Iterator[str]:
    """Yield the names of red flags that a clinic added, where no word of theirs was typed."""
    ours = frozenset(chain.from_iterable(g.patterns for g in GROUPS))
    typed = {w for t in turns for w in library.normaliser.words(t)}
    for flag in library.red_flags:
        if flag.id not in ours and typed.isdisjoint(w for w in cue_words(flag) if len(w) > _TELLING):
            yield flag.name[:1].lower() + flag.name[1:]
