"""Red flags of the library, seen in the framed case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import holds
from corpus.types import Action, RedFlag
from guardrails.context import Clause, Context, clauses, context_of
from guardrails.types import Flagged

_GAP_WORDS = 2
_URGENCY = {action: position for position, action in enumerate(Action)}


def seen(library: Library, turns: Sequence[str], facts: Facts) -> tuple[Flagged, ...]:
    """Return the red flags of `library` affirmed anywhere in `turns`, most urgent first.

    Args:
        library: whose patterns and terms count.
        turns: the user's words, identifiers removed, oldest first.
        facts: what was read from them; a cue may depend on age or surgery.
    """
    typed = _Typed.of("\n".join(library.normaliser.expand(t) for t in turns), facts)
    found = [_flagged(flag, typed) for flag in library.red_flags]
    return tuple(sorted((f for f in found if f), key=lambda f: (_URGENCY[f.action], f.pattern)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed, cut into clauses, with the set of its words and the case's facts."""

    parts: tuple[Clause, ...]
    words: frozenset[str]
    facts: Facts

    @classmethod
    def of(cls, text: str, facts: Facts) -> _Typed:
        spaced = _spaced(text)
        return cls(parts=clauses(spaced), words=frozenset(re.findall(r"\w+", spaced)), facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One way a pattern shows: alternatives for each word, in order or not, and a condition on the case."""

    words: tuple[frozenset[str], ...]
    is_ordered: bool
    condition: str | None

    def possible(self, words: frozenset[str]) -> bool:
        """Return whether each place of the cue has a word among `words`."""
        return all(not alternatives.isdisjoint(words) for alternatives in self.words)


@lru_cache(maxsize=8192)
def parse_cue(text: str) -> Cue:
    """Return the cue written as `text`: words, ``a|b`` alternatives, ``~`` any order, ``@`` condition."""
    words, _, condition = text.partition("@")
    stripped = words.strip()
    parts = stripped.removeprefix("~").split()
    alternatives = tuple(frozenset(w for a in part.split("|") for w in re.findall(r"\w+", a)) for part in parts)
    return Cue(words=alternatives, is_ordered=not stripped.startswith("~"), condition=condition or None)


def _flagged(flag: RedFlag, typed: _Typed) -> Flagged | None:
    if any(True for cue in flag.unless for _ in _affirmed(cue, typed)):
        return None
    strong = [t for cue in flag.strong for t in _affirmed(cue, typed)]
    if strong:
        return _as_flagged(flag, strong)
    weak = {name: _first_weak(cues, typed) for name, cues in flag.weak.items()}
    for combination in flag.combinations:
        triggers = [weak[name] for name in combination]
        if all(t is not None for t in triggers):
            return _as_flagged(flag, [t for t in triggers if t])
    return None


def _as_flagged(flag: RedFlag, triggers: list[str]) -> Flagged:
    distinct = tuple(dict.fromkeys(triggers))[:3]
    return Flagged(pattern=flag.id, triggers=distinct, action=flag.action)


def _first_weak(cues: Sequence[str], typed: _Typed) -> str | None:
    for text in cues:
        cue = parse_cue(text)
        if not cue.words:
            if holds(cue.condition, typed.facts):
                return ""
            continue
        for trigger in _affirmed(text, typed):
            return trigger
    return None


def _affirmed(text: str, typed: _Typed) -> Iterator[str]:
    cue = parse_cue(text)
    if not cue.possible(typed.words) or not holds(cue.condition, typed.facts):
        return
    for clause in typed.parts:
        for start, end in spans(text, clause.text):
            if context_of(clause, start, end) is Context.AFFIRMED:
                yield clause.text[start:end]


def spans(cue: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where `cue` stands in `text`.

    Words must follow in order with at most two others between; a leading ``~`` allows any order.
    """
    words = cue.partition("@")[0].strip()
    if parse_cue(cue).is_ordered:
        yield from (m.span() for m in _pattern(words).finditer(text))
        return
    places = [p.search(text) for p in _patterns(words.removeprefix("~").strip())]
    if all(places):
        yield min(m.start() for m in places if m), max(m.end() for m in places if m)


@lru_cache(maxsize=8192)
def _pattern(words: str) -> re.Pattern[str]:
    gap = rf"(?:\W+\w+){{0,{_GAP_WORDS}}}\W+"
    return re.compile(gap.join(_alternatives(w) for w in words.split()))


@lru_cache(maxsize=2048)
def _patterns(words: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_alternatives(w)) for w in words.split())


def _alternatives(word: str) -> str:
    return rf"\b(?:{'|'.join(re.escape(a) for a in word.split('|'))})\b"


def _spaced(text: str) -> str:
    """Keep clause marks, turn other punctuation to spaces, so that cues meet plain words."""
    return re.sub(r"[^\w\s.;!?,%/\u2013\u2014-]", " ", text)
