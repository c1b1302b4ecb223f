"""Red flags taken back: a later turn says that a sign was typed in error, and plainly denies that sign.

"No night pain actually, my mistake" takes back the night pain typed before, and nothing else. Without a word that
corrects ("my mistake", "wrong notes") a later denial takes nothing back: a sign may be gone today and still have been.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.library import Library
from guardrails.context import Clause, Context, clauses, context_of
from guardrails.types import Flagged


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CORRECTS = re.compile(
    r"\b(?:actually|my (?:mistake|error|bad)|mistake|sorry|correction|typo|mistyped|misread|misheard|"
    r"(?:wrong|mixed up|other patients) (?:chart|notes?|patient|file|record)|i meant|meant to|in error|scrap that|"
    r"apologies|strike that)\b"
)
_WORD = re.compile(r"[a-z]{3,}")
_BREAK = re.compile(r",|;|\band\b|\bor\b|\bnor\b|\bno\b|\bnot\b|\bwithout\b")
# What may stand around a denied sign and is no part of it.
_FILLERS = _words(
    "the her his their any knee knees leg legs left right now all actually mistake sorry correction typo wrong notes "
    "chart had was has there she they been have that this its own for him after and with but one side itself does did "
    "doesnt didnt hasnt isnt wasnt havent"
)
# Forms of one sign that share no stem.
_FAMILIES = (
    r"swell\w*|swollen|swelled|oedema\w*|edema\w*",
    r"fever\w*|febrile|temperature|pyrexia\w*",
    r"hot|heat|warm\w*",
    r"red|redness|erythema\w*",
    r"lost|loss|losing|lose",
    r"numb\w*|tingl\w*",
    r"breath\w*|dyspnoea",
    r"lock\w*|stuck",
)
# What is a sign by itself: where one is left in the words that raised a flag, the flag is not plainly denied.
_SIGN = re.compile(
    rf"\b(?:{'|'.join(_FAMILIES)}|pain\w*|ache|aching|tender\w*|pitting|wound|discharg\w+|ooz\w+|bleed\w*|bruis\w+|"
    r"deform\w*|gap|cold|pale|white|weak\w*|fell|fall|falls|fallen|trauma|pop|popped|snap\w*|sweat\w*|rigors?|lump)\b"
)
_WINDOW_WORDS = 2
_SHORTEST_STEM = 5


def corrects(text: str) -> bool:
    """Return whether normalised `text` says that something typed before was wrong."""
    return _CORRECTS.search(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """The turns without the signs that a later turn takes back, and whether the last turn took any back."""

    turns: tuple[str, ...]
    signs: tuple[tuple[str, ...], ...] = ()
    is_last: bool = False

    def covers(self, flag: Flagged) -> bool:
        """Return whether all that raised `flag` is denied: a sign that is not keeps it standing."""
        bare = [(t, _without(t, self.signs)) for t in flag.triggers if t]
        return bool(bare) and all(left != said and not _SIGN.search(left) for said, left in bare)


def without_denied(library: Library, turns: Sequence[str], flags: Sequence[Flagged]) -> Denied:
    """Return `turns` without the signs that a later turn takes back.

    Args:
        library: whose terms spell out shorthand.
        turns: the user's words, oldest first.
        flags: what they raise; nothing is looked for where nothing is raised.
    """
    kept, is_last, denied = list(turns), False, list[tuple[str, ...]]()
    for place in range(1, len(turns) if any(f.triggers for f in flags) else 0):
        expanded = library.normaliser.expand(turns[place])
        signs = _denied_signs(expanded) if corrects(expanded) else ()
        is_last = False
        for earlier in range(place if signs else 0):
            spelt = library.normaliser.expand(kept[earlier])
            bare = _without(spelt, signs)
            if bare != spelt:
                kept[earlier], is_last = bare, place == len(turns) - 1
        denied += signs
    return Denied(turns=tuple(kept), signs=tuple(denied), is_last=is_last)


def _denied_signs(text: str) -> tuple[tuple[str, ...], ...]:
    """Return each sign that is denied in `text`, as the words that name it."""
    found: list[tuple[str, ...]] = []
    for clause in clauses(text):
        start = 0
        for piece in _BREAK.finditer(clause.text):
            found.append(_denied_words(clause, start, piece.start()))
            start = piece.end()
        found.append(_denied_words(clause, start, len(clause.text)))
    return tuple(words for words in found if words)


def _denied_words(clause: Clause, start: int, end: int) -> tuple[str, ...]:
    words = [m for m in _WORD.finditer(clause.text, start, end) if m.group() not in _FILLERS]
    if not words:
        return ()
    is_denied = context_of(clause, words[0].start(), words[0].end()) is Context.NEGATED
    return tuple(m.group() for m in words) if is_denied else ()


def _without(text: str, signs: Sequence[tuple[str, ...]]) -> str:
    """Return `text` without each of `signs`, wherever all its words stand close together."""
    for words in signs:
        forms = [_form(w) for w in words]
        for match in reversed(list(re.finditer(rf"\b(?:{forms[0]})\b" if len(forms) == 1 else _close(forms), text))):
            text = f"{text[: match.start()]} {text[match.end() :]}"
    return text


def _close(forms: Sequence[str]) -> str:
    gap = rf"(?:\W+\w+){{0,{_WINDOW_WORDS}}}?\W+"
    orders = (list(forms), list(reversed(forms)))
    return "|".join(gap.join(rf"\b(?:{f})\b" for f in order) for order in orders)


def _form(word: str) -> str:
    for family in _FAMILIES:
        if re.fullmatch(family, word):
            return family
    return rf"{re.escape(word[:_SHORTEST_STEM])}\w*" if len(word) > _SHORTEST_STEM else re.escape(word)
