"""The language of cues: how one is written, where its words stand in a text, and which of a library's could."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from guardrails.spelling import Spelling

_GAP_WORDS = 2
_AT_LEAST = re.compile(r"(\d+)\+")
_A_NUMBER = "0+"
_RANGE = re.compile(r"\b(\d+)\.\.(\d+)\b")
_SHORTEST_STEM = 3
_DENIALS = frozenset({"no", "not", "nil", "never", "without", "zero", "none", "nor", "neither", "absent"})
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


@lru_cache(maxsize=16384)
def parse_cue(text: str) -> Cue:
    """Return the cue written as `text`.

    ``a|b`` alternatives for a word; ``a*`` any ending; ``38+`` a number of at least 38; ``20..40`` any whole number of
    these; a leading ``~`` any order in a clause; a leading ``^`` counts when it is past; ``@`` a condition on the
    case's facts.
    """
    words, _, condition = text.partition("@")
    marks, body = _marks(words)
    alternatives = tuple(frozenset(_needed(_counted(part))) for part in body.split())
    return Cue(
        words=alternatives, is_ordered="~" not in marks, counts_if_past="^" in marks, condition=condition or None
    )


def _needed(place: str) -> Iterator[str]:
    """Yield what must stand in a text for `place` to be there; a number of at least so many needs a number."""
    for alternative in place.split("|"):
        if alternative.removesuffix("*").isalnum():
            yield alternative
        else:
            yield from [_A_NUMBER] if _AT_LEAST.fullmatch(alternative) else re.findall(r"\w+\*?", alternative)


def spans(cue: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of `cue` stand in `text`, in order and with at most two others between neighbours."""
    yield from (m.span() for m in _pattern(_body(cue)).finditer(text))


def places(cue: str) -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each word of `cue`, for those whose order does not matter."""
    return _patterns(_body(cue))


def words_of(text: str) -> frozenset[str]:
    """Return the words of `text`, with the stems that a ``*`` could stand after, and whether one is a number."""
    words = frozenset(re.findall(r"\w+", text))
    stems = {f"{w[:n]}*" for w in words for n in range(_SHORTEST_STEM, len(w) + 1)}
    return words | stems | {_A_NUMBER for w in words if w.isdecimal()}


class Vocabulary:
    """The cues of a library by the words of their rarest place, and the spelling of their words."""

    def __init__(self, cues: Iterable[str]) -> None:
        """Take every cue of a library."""
        parsed = {text: parse_cue(text) for text in cues}
        common = Counter(chain.from_iterable(cue.own for cue in parsed.values()))
        self._by_word: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}
        for text, cue in parsed.items():
            rarest, *others = sorted(cue.words, key=lambda place: sum(common[w] for w in place)) or [frozenset[str]()]
            for word in rarest:
                self._by_word.setdefault(word, []).append((text, tuple(others)))
        self.spelling = Spelling.of(common)

    def possible(self, words: frozenset[str]) -> frozenset[str]:
        """Return the cues of which each place has a word among `words`."""
        return frozenset(
            text
            for word in self._by_word.keys() & words
            for text, others in self._by_word[word]
            if not any(map(words.isdisjoint, others))
        )


def _counted(words: str) -> str:
    """Return `words` with each range of numbers written out: "up|7..9" is "up|7|8|9"."""
    return _RANGE.sub(lambda m: "|".join(map(str, range(int(m[1]), int(m[2]) + 1))), words)


def _body(cue: str) -> str:
    return _marks(cue.partition("@")[0])[1]


def _marks(words: str) -> tuple[str, str]:
    """Return the leading marks of a cue and the rest."""
    stripped = words.strip()
    body = stripped.lstrip("~^")
    return stripped.removesuffix(body), body.strip()


@lru_cache(maxsize=16384)
def _pattern(words: str) -> re.Pattern[str]:
    each = words.split()
    # "no neuro deficit, pulses good" denies the deficit and not the pulses
    between = r"[^\w,]+" if each and not _DENIALS.isdisjoint(each[0].split("|")) else r"\W+"
    gap = rf"(?:{between}(?!(?:raises?|exercises?|strengthening)\b)\w+){{0,{_GAP_WORDS}}}{between}"
    followed = zip(each, [*each[1:], ""], strict=True)
    return re.compile(gap.join(_alternatives(word, follower) for word, follower in followed))


@lru_cache(maxsize=2048)
def _patterns(words: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_alternatives(w, "")) for w in words.split())


def _alternatives(word: str, follower: str) -> str:
    """Return a pattern for one place; a part of the body is not meant where an exercise is named after it."""
    alternatives = _counted(word).split("|")
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
