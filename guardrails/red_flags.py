"""Red flags of the library, seen in the framed case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    text = "\n".join(library.normaliser.expand(t) for t in turns)
    found = [_flagged(flag, clauses(_spaced(text)), facts) for flag in library.red_flags]
    return tuple(sorted((f for f in found if f), key=lambda f: (_URGENCY[f.action], f.pattern)))


def _flagged(flag: RedFlag, parts: tuple[Clause, ...], facts: Facts) -> Flagged | None:
    if any(_affirmed(cue, parts, facts) for cue in flag.unless):
        return None
    strong = [t for cue in flag.strong for t in _affirmed(cue, parts, facts)]
    if strong:
        return _as_flagged(flag, strong)
    weak = {name: _first_weak(cues, parts, facts) for name, cues in flag.weak.items()}
    for combination in flag.combinations:
        triggers = [weak[name] for name in combination]
        if all(t is not None for t in triggers):
            return _as_flagged(flag, [t for t in triggers if t])
    return None


def _as_flagged(flag: RedFlag, triggers: list[str]) -> Flagged:
    distinct = tuple(dict.fromkeys(triggers))[:3]
    return Flagged(pattern=flag.id, triggers=distinct, action=flag.action)


def _first_weak(cues: Sequence[str], parts: tuple[Clause, ...], facts: Facts) -> str | None:
    for cue in cues:
        words, _, condition = cue.partition("@")
        if not words.strip():
            if holds(condition, facts):
                return ""
            continue
        for trigger in _affirmed(cue, parts, facts):
            return trigger
    return None


def _affirmed(cue: str, parts: tuple[Clause, ...], facts: Facts) -> Iterator[str]:
    words, _, condition = cue.partition("@")
    if condition and not holds(condition, facts):
        return
    for clause in parts:
        for start, end in spans(words.strip(), clause.text):
            if context_of(clause, start, end) is Context.AFFIRMED:
                yield clause.text[start:end]


def spans(cue: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where `cue` stands in `text`.

    Words must follow in order with at most two others between; a leading ``~`` allows any order.
    """
    if cue.startswith("~"):
        places = [p.search(text) for p in _words(cue[1:].strip())]
        if all(places):
            yield min(m.start() for m in places if m), max(m.end() for m in places if m)
        return
    yield from (m.span() for m in _pattern(cue).finditer(text))


@lru_cache(maxsize=8192)
def _pattern(cue: str) -> re.Pattern[str]:
    gap = rf"(?:\W+\w+){{0,{_GAP_WORDS}}}\W+"
    return re.compile(gap.join(_alternatives(w) for w in cue.split()))


@lru_cache(maxsize=2048)
def _words(cue: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_alternatives(w)) for w in cue.split())


def _alternatives(word: str) -> str:
    return rf"\b(?:{'|'.join(re.escape(a) for a in word.split('|'))})\b"


def _spaced(text: str) -> str:
    """Keep clause marks, turn other punctuation to spaces, so that cues meet plain words."""
    return re.sub(r"[^\w\s.;!?,%/\u2013\u2014-]", " ", text)
