"""Which words make up one name, and which capital may be a person's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guardrails.identifiers.spared import (
    CLINIC,
    NAMED_AFTER,
    NAMED_BY,
    NAMED_FOR,
    NAMES_TOO,
    RESEARCHERS,
    SPARED,
    SURNAMED,
)
from guardrails.identifiers.types import Authors, Name
from guardrails.identifiers.words import Word, folded, is_ambiguous, is_given, is_place, is_surname_too, word_set

PARTICLES = word_set(
    "van von de der den da di dos du del della la le al el bin ibn bint ter ten te ap ab mac mc ni nic o san st abu ben t"
)
_LONGEST = 5
_SPACES = re.compile(r"[ \t]{1,3}|[.] ?|[ ]?-[ ]?|['\u2019]")
_AGED = re.compile(
    r"[,;:]? ?[(\[]?(?:now |aged? |is |was )?(?:\d{1,3} ?(?:[MF]\b|[-\u2011 ]?(?:y\b|yo\b|y/o|yrs?\b|years?\b))|\d{1,3}-year-old|\[date of birth)"
)
_BEFORE_AGE = re.compile(r",? ?\(?(?:aged )?\d{1,3}\b(?![/.%]|:\d| ?(?:reps?|kg|deg|cm|mm|v\b|x\b|/))")


def is_aged(text: str, end: int) -> bool:
    """Return whether an age that names its unit follows: "54M", ", 34 years", " 36-year-old"."""
    return bool(_AGED.match(text, end))


def is_numbered(text: str, end: int) -> bool:
    """Return whether a number follows that may be an age: ", 54"."""
    return bool(_BEFORE_AGE.match(text, end))


def is_named_after(words: Sequence[Word], at: int) -> bool:
    """Return whether the word at `at` names a test, a disease, a protocol: Lelli test, Baker's cyst.

    What a person does as well ("Sarah squats") says so only of a word that is no given name.
    """
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or not re.fullmatch(r"(?:['\u2019][sS])?[ -]", following.gap):
        return False
    is_owned = len(following.gap) > 1 and following.gap[0] in "'\u2019"
    if following.key in NAMED_AFTER or (following.key in NAMED_BY and not is_owned):
        return True
    return following.key in NAMED_FOR and not is_owned and not is_given(words[at].key)


def is_never(word: Word) -> bool:
    """Return whether a word is no part of any name: a placeholder, a word of the clinic."""
    return word.is_placeholder or word.key in CLINIC


def may_begin(word: Word) -> bool:
    """Return whether a name may begin here behind a strong cue: a capital that is no mere word."""
    if word.key in NAMES_TOO and word.is_capital:
        return True
    if is_never(word) or not word.is_capital or word.key in PARTICLES:
        return False
    if word.is_shouted and len(word.key) < 3:
        return False
    return (
        not word.is_plain
        or is_given(word.key)
        or is_ambiguous(word.key)
        or is_surname_too(word.key)
        or word.key in SURNAMED
    )


def is_person(word: Word) -> bool:
    """Return whether a capital is a person's behind a weak cue: a given name, or a word that nothing else explains."""
    if is_never(word) or not word.is_capital or word.key in SPARED or word.is_initial:
        return False
    if is_given(word.key) or is_ambiguous(word.key):
        return True
    return not word.is_plain and not is_place(word.key) and not (word.is_shouted and len(word.key) < 4)


def continues(word: Word, before: Word) -> bool:
    """Return whether a name that has begun goes on with this word."""
    if is_never(word) or not word.is_capital or (word.is_shouted and not before.is_shouted):
        return False
    if word.key in SPARED:
        return word.key in SURNAMED
    is_surname = is_surname_too(word.key) or is_given(before.key) or is_ambiguous(before.key)
    return not word.is_plain or is_surname or is_given(word.key) or is_ambiguous(word.key)


def name_at(words: Sequence[Word], at: int, *, is_sure: bool = False) -> Name | None:
    """Return the name that begins at `at`, initials and particles and all, if a whole word is in it.

    Where it is sure that a name follows ("Mrs Long"), any capital is one.
    """
    taken: list[Word] = []
    index = at
    while index < len(words) and len(taken) < _LONGEST:
        word = words[index]
        if taken and not _joined(word, taken[-1]):
            break
        if leads_on(words, index):
            taken.append(word)
        elif not _has_whole(taken):
            is_sure_name = is_sure and word.is_capital and not word.is_placeholder
            if not may_begin(word) and word.key not in SPARED and not is_sure_name:
                break
            taken.append(word)
        elif continues(word, taken[-1]) and not is_named_after(words, index):
            taken.append(word)
        else:
            break
        index += 1
    while taken and not _is_whole(taken[-1]) and not (is_sure and taken[-1].is_initial and len(taken) == 1):
        taken.pop()
    return Name(taken[0].start, taken[-1].end, tuple(taken)) if taken else None


def _joined(word: Word, before: Word) -> bool:
    """Whether two words may stand in one name: by a space, by the point of an initial, by SURNAME, Forename."""
    if word.gap == ". " and before.key == "st":
        return True
    if word.gap == ", ":
        return before.is_shouted and word.is_capital and not word.is_initial
    if word.gap.startswith("."):
        return before.is_initial and bool(_SPACES.fullmatch(word.gap))
    return bool(re.fullmatch(r"[ \t]{1,2}['\u2019]?", word.gap))


def leads_on(words: Sequence[Word], index: int) -> bool:
    """Return whether an initial or a particle stands at `index`, with a name or another of its kind right behind it."""
    word = words[index]
    if word.is_placeholder or not (word.is_initial or word.key in PARTICLES):
        return False
    following = words[index + 1] if index + 1 < len(words) else None
    if following is None or following.is_placeholder or not (following.is_capital or following.key in PARTICLES):
        return False
    return bool(re.fullmatch(r"\.? ?['\u2019]?|[ \t]", following.gap)) and following.key not in CLINIC


def _is_whole(word: Word) -> bool:
    return not word.is_initial and word.key not in PARTICLES


def _has_whole(taken: Sequence[Word]) -> bool:
    return any(_is_whole(w) for w in taken)


def is_author(name: Name, authors: Authors) -> bool:
    """Return whether a name is that of somebody whose views a question may name, surname alone or with the first name."""
    by_key = {folded(last): folded(first) for last, first in authors.items()}
    keys = [w.key for w in name.words if _is_whole(w)]
    first = by_key.get(keys[-1]) if keys else None
    return first is not None and (len(keys) == 1 or keys[0] == first)


def first_names(authors: Authors) -> frozenset[str]:
    """Return the folded names by which the schools' own authors are called: "What would Andy do?"; of no one else."""
    own = {last: first for last, first in authors.items() if last not in RESEARCHERS}
    return frozenset(folded(n) for n in (*own, *own.values()))
