"""Who says which part of a sentence: what is credited to several schools at once, and what to one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.types import Viewpoint

_TURN = re.compile(
    r"\s*(?:;|:|,?\s*\b(?:while|whereas|but|although|though|yet|however)\b|,\s*(?:and\s+)?(?=(?:he|she)\b))\s*"
)
_SAYS = r"(?:agree|argue|say|hold|believe|think|doubt|concede|grant|claim|want|accept|share|deny|reject|ask|write|warn)"
_SCHOOLS = r"(?:schools?|authors?|articles?|camps?|writers?|clinicians|experts|viewpoints?|views?|opinions?|of them)"
_TOGETHER = re.compile(
    rf"\b(?:both|neither|each|two|2)\b[^,;]{{0,20}}?\b(?:{_SCHOOLS}|{_SAYS}s?)\b|\bthe (?:two|2) are (?:at (?:one|1)|agreed|alike)\b"
)
_IN_AGREEMENT = re.compile(
    r"\b(?:both|neither|each|either|the (?:two|2)|they|all|common|shared?|agree[ds]?|agreement|alike|same)\b"
)
_JOINS = re.compile(
    r"\b(?:agrees?|concurs?|too|likewise|as do(?:es)?|so do(?:es)?|says? the same|thinks? the same|echo(?:es)?|shares? (?:this|that|the)|"
    r"no differently|along with|as well as|alike|together with)\b"
)
_BARE = 2  # content words below which "and Bento agrees" says nothing of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a sentence and the schools whose view it gives; none where it is nobody's by name."""

    text: str
    schools: tuple[Viewpoint, ...]


def parts(
    text: str,
    names: Callable[[str], tuple[Viewpoint, ...]],
    everybody: Sequence[Viewpoint],
    *,
    is_agreement: bool,
    size: Callable[[str], int],
) -> tuple[Part, ...]:
    """Return the stretches of a sentence with the schools that each is credited to.

    "Both", "neither author" and what stands under the agreement speak for `everybody`; ", and Bento agrees" makes
    Bento's what stands before it.

    Args:
        text: one sentence, its shorthand spelt out.
        names: gives the schools that a stretch names.
        everybody: the schools of the debate.
        is_agreement: whether it stands under what both agree on.
        size: counts the words of a stretch that say something by themselves, names left out.
    """
    found: list[Part] = []
    for stretch in _stretches(text, names):
        named = names(stretch)
        if named and found and _JOINS.search(stretch) and size(stretch) < _BARE:
            found = [replace(p, schools=_joined(p.schools, named)) for p in found]
        elif len(named) < 2 and _is_of_all(stretch, named, is_agreement=is_agreement):
            found.append(Part(text=stretch, schools=tuple(everybody)))
        else:
            found.append(Part(text=stretch, schools=named))
    return tuple(found)


def speaks_of_schools(text: str, *, is_agreement: bool) -> bool:
    """Return whether a text tells whose view it gives without a name: both authors', either school's."""
    return bool(_TOGETHER.search(text) or (is_agreement and _IN_AGREEMENT.search(text)))


def _joined(some: Sequence[Viewpoint], more: Sequence[Viewpoint]) -> tuple[Viewpoint, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def joins(text: str, named: Sequence[Viewpoint], size: int) -> bool:
    """Return whether a sentence by itself only says that a school agrees with what was said before."""
    return len(named) == 1 and _JOINS.search(text) is not None and size < _BARE


def _is_of_all(stretch: str, named: Sequence[Viewpoint], *, is_agreement: bool) -> bool:
    return speaks_of_schools(stretch, is_agreement=is_agreement and not named)


def _stretches(text: str, names: Callable[[str], tuple[Viewpoint, ...]]) -> Iterator[str]:
    """Yield the stretches between turns; a comma is one where another school is named after it."""
    for piece in _TURN.split(text):
        start = ""
        for bit in re.split(r"(,\s*(?:and\s+|as\s+)?)", piece):
            is_others = bool(names(bit)) and names(bit) != names(start)
            is_new = is_others and bool(names(start) or _TOGETHER.search(start))
            if is_new:
                yield start
                start = bit
            else:
                start += bit
        if start.strip():
            yield start
