"""Red flags of the library, seen in the framed case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import holds
from corpus.types import Action, RedFlag
from guardrails.context import Clause, Context, clauses, context_of
from guardrails.spelling import Spelling
from guardrails.types import Flagged

_GAP_WORDS = 2
_AND = " + "
_AT_LEAST = re.compile(r"(\d+)\+")
_A_NUMBER = "0+"
_SHORTEST_STEM = 3
_URGENCY = {action: position for position, action in enumerate(Action)}
_EXERCISES = (
    "raise",
    "raises",
    "work",
    "strength",
    "strengthening",
    "loading",
    "drill",
    "drills",
    "pumps",
    "press",
    "curl",
    "curls",
    "exercise",
    "exercises",
    "programme",
)
_TRAINED = frozenset({"calf", "leg", "hip", "quadriceps", "heel", "knee", "foot"})
_NOT_EXERCISE = rf"(?! (?:{'|'.join(_EXERCISES)})\b)"


def seen(library: Library, turns: Sequence[str], facts: Facts) -> tuple[Flagged, ...]:
    """Return the red flags of `library` affirmed anywhere in `turns`, most urgent first.

    Args:
        library: whose patterns and terms count.
        turns: the user's words, identifiers removed, oldest first.
        facts: what was read from them; a cue may depend on age or surgery.
    """
    cues = _vocabulary(tuple(chain.from_iterable(_cues(flag) for flag in library.red_flags)))
    typed = _Typed("\n".join(library.normaliser.expand(t) for t in turns), facts, cues)
    found = [_flagged(flag, typed) for flag in library.red_flags]
    return tuple(sorted((f for f in found if f), key=lambda f: (_URGENCY[f.action], f.pattern)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One way a pattern shows: alternatives for each word, in order or not, and a condition on the case."""

    words: tuple[frozenset[str], ...]
    is_ordered: bool
    counts_if_past: bool
    condition: str | None

    @property
    def own(self) -> frozenset[str]:
        """All words of the cue."""
        return frozenset(chain.from_iterable(self.words))

    def possible(self, words: frozenset[str]) -> bool:
        """Return whether each place of the cue has a word among `words`."""
        return all(not alternatives.isdisjoint(words) for alternatives in self.words)


@lru_cache(maxsize=8192)
def parse_cue(text: str) -> Cue:
    """Return the cue written as `text`.

    ``a|b`` alternatives for a word; ``a*`` any ending; ``38+`` a number of at least 38; a leading ``~`` any order in a
    clause; a leading ``^`` counts when it is past; ``@`` a condition on the case's facts.
    """
    words, _, condition = text.partition("@")
    marks, body = _marks(words)
    alternatives = tuple(frozenset(_words_of(part)) for part in body.split())
    return Cue(
        words=alternatives, is_ordered="~" not in marks, counts_if_past="^" in marks, condition=condition or None
    )


def _words_of(place: str) -> Iterator[str]:
    """Yield what must stand in a text for `place` to be there; a number of at least so many needs a number."""
    for alternative in place.split("|"):
        if alternative.removesuffix("*").isalnum():
            yield alternative
        else:
            yield from [_A_NUMBER] if _AT_LEAST.fullmatch(alternative) else re.findall(r"\w+\*?", alternative)


def spans(cue: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of `cue` stand in `text`, in order and with at most two others between neighbours."""
    yield from (m.span() for m in _pattern(_marks(cue.partition("@")[0])[1]).finditer(text))


class _Typed:
    """What was typed, cut into clauses, with the set of its words, the case's facts and what was found so far."""

    def __init__(self, text: str, facts: Facts, cues: _Vocabulary) -> None:
        spaced = cues.spelling.corrected(_spaced(text))
        self.parts = clauses(spaced)
        self.facts = facts
        words = frozenset(re.findall(r"\w+", spaced))
        self.words = words | {f"{w[:n]}*" for w in words for n in range(_SHORTEST_STEM, len(w) + 1)}
        self.words |= {_A_NUMBER for w in words if w.isdecimal()}
        self.open = frozenset(chain.from_iterable(cues.by_first_word.get(w, ()) for w in self.words))
        self._found: dict[str, tuple[str, ...]] = {}

    def affirmed(self, text: str) -> tuple[str, ...]:
        """Return the stretches of what was typed that the cue `text` reads as so."""
        if text not in self.open:
            return ()
        if text not in self._found:
            self._found[text] = tuple(self._matches(text, parse_cue(text)))
        return self._found[text]

    def _matches(self, text: str, cue: Cue) -> Iterator[str]:
        if not cue.possible(self.words) or not holds(cue.condition, self.facts):
            return
        for clause in self.parts:
            if cue.is_ordered:
                yield from (clause.text[a:b] for a, b in spans(text, clause.text) if _counts(cue, clause, a, b))
            else:
                yield from _together(cue, clause, _marks(text.partition("@")[0])[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vocabulary:
    """The cues of a library by the alternatives of their first word, and the spelling of their words."""

    by_first_word: Mapping[str, frozenset[str]]
    spelling: Spelling


@lru_cache(maxsize=4)
def _vocabulary(cues: tuple[str, ...]) -> _Vocabulary:
    first: dict[str, set[str]] = {}
    for text in cues:
        for word in next(iter(parse_cue(text).words), ()):
            first.setdefault(word, set()).add(text)
    words = frozenset(chain.from_iterable(parse_cue(text).own for text in cues))
    return _Vocabulary(
        by_first_word={w: frozenset(texts) for w, texts in first.items()},
        spelling=Spelling.of(words),
    )


def cue_words(flag: RedFlag) -> frozenset[str]:
    """Return every word of the cues of `flag`, a star where any ending will do."""
    return frozenset(chain.from_iterable(parse_cue(cue).own for cue in _cues(flag)))


def _cues(flag: RedFlag) -> Iterator[str]:
    together = chain.from_iterable(cue.split(_AND) for cue in flag.unless)
    return chain(together, flag.strong, *flag.weak.values())


def _flagged(flag: RedFlag, typed: _Typed) -> Flagged | None:
    strong = [t for cue in flag.strong if cue in typed.open for t in typed.affirmed(cue)]
    triggers = strong or _combined(flag, typed)
    if triggers is None:
        return None
    withdrawn = [cue for cue in flag.unless if all(typed.affirmed(part) for part in cue.split(_AND))]
    if any(_AND not in cue for cue in withdrawn) or (withdrawn and not strong):
        return None
    return _as_flagged(flag, triggers)


def _combined(flag: RedFlag, typed: _Typed) -> list[str] | None:
    """Return the triggers of the first combination of weak cues that is whole, or None."""
    weak: dict[str, str | None] = {}
    for combination in flag.combinations:
        triggers: list[str] = []
        for name in combination:
            if name not in weak:
                weak[name] = _first_weak(flag.weak[name], typed)
            trigger = weak[name]
            if trigger is None:
                break
            triggers.append(trigger)
        else:
            return [t for t in triggers if t]
    return None


def _as_flagged(flag: RedFlag, triggers: list[str]) -> Flagged:
    distinct = tuple(dict.fromkeys(triggers))[:3]
    return Flagged(pattern=flag.id, triggers=distinct, action=flag.action)


def _first_weak(cues: Sequence[str], typed: _Typed) -> str | None:
    """Return the first trigger of `cues`, empty where a fact of the case alone is one, or None."""
    for text in cues:
        if text in typed.open:
            for trigger in typed.affirmed(text):
                return trigger
        elif text[0] == "@" and holds(text[1:], typed.facts):
            return ""
    return None


def _counts(cue: Cue, clause: Clause, start: int, end: int) -> bool:
    context = context_of(clause, start, end, own=cue.own)
    return context is Context.AFFIRMED or (context is Context.PAST and cue.counts_if_past)


def _together(cue: Cue, clause: Clause, words: str) -> Iterator[str]:
    """Yield the stretch of `clause` that holds each of `words`, in any order, each counting on its own."""
    places: list[re.Match[str]] = []
    for pattern in _patterns(words):
        place = next((m for m in pattern.finditer(clause.text) if _counts(cue, clause, *m.span())), None)
        if place is None:
            return
        places.append(place)
    yield clause.text[min(m.start() for m in places) : max(m.end() for m in places)]


def _marks(words: str) -> tuple[str, str]:
    """Return the leading marks of a cue and the rest."""
    stripped = words.strip()
    body = stripped.lstrip("~^")
    return stripped.removesuffix(body), body.strip()


@lru_cache(maxsize=8192)
def _pattern(words: str) -> re.Pattern[str]:
    gap = rf"(?:\W+(?!(?:raises?|exercises?|strengthening)\b)\w+){{0,{_GAP_WORDS}}}\W+"
    places = words.split()
    followed = zip(places, [*places[1:], ""], strict=True)
    return re.compile(gap.join(_alternatives(word, follower) for word, follower in followed))


@lru_cache(maxsize=2048)
def _patterns(words: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_alternatives(w, "")) for w in words.split())


def _alternatives(word: str, follower: str) -> str:
    """Return a pattern for one place; a part of the body is not meant where an exercise is named after it."""
    alternatives = word.split("|")
    is_trained = not _TRAINED.isdisjoint(alternatives) and set(_EXERCISES).isdisjoint(follower.split("|"))
    ending = _NOT_EXERCISE if is_trained else ""
    choice = "|".join(_spelt(a) for a in alternatives)
    return rf"\b(?:{choice})\b{ending}"


def _spelt(alternative: str) -> str:
    """Return a pattern for one alternative of a place."""
    if number := _AT_LEAST.fullmatch(alternative):
        return _at_least(number[1])
    return re.escape(alternative).replace(r"\*", r"\w*")


def _at_least(number: str) -> str:
    """Return a pattern for the whole numbers from `number` up, a digit longer at most: 38, 39, 40 to 99, 100 to 999."""
    from_here = [
        rf"{number[:n]}[{int(digit) + 1}-9]\d{{{len(number) - n - 1}}}" for n, digit in enumerate(number) if digit < "9"
    ]
    return "|".join([number, *from_here, rf"[1-9]\d{{{len(number)}}}"])


def _spaced(text: str) -> str:
    """Keep clause marks, turn other punctuation to spaces, so that cues meet plain words; a red flag is no redness."""
    text = re.sub(r"\bred[ -](?=flags?\b)", "red", text)
    return re.sub(r"[^\w\s.;!?,%/\u2013\u2014-]", " ", text)
