"""Names that something announces: a title, "pt", "name:", a relative, a greeting, a signature."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from guardrails.identifiers.cues import BY_WORD, SIGNS, Cue, Says
from guardrails.identifiers.naming import (
    first_names,
    is_aged,
    is_author,
    is_numbered,
    is_person,
    leads_on,
    may_begin,
    name_at,
)
from guardrails.identifiers.spared import AUTHORS, CLINIC, SPARED
from guardrails.identifiers.types import Authors, Name
from guardrails.identifiers.words import Word, is_ambiguous, is_given, is_ordinary, is_surname_too, word_set

_BY_NICKNAME = word_set("big wee auld old young little poor")
_NOT_AFTER_TITLE = word_set("will may can said says told asked has had is was")


def cued_names(text: str, words: Sequence[Word], authors: Authors) -> Iterator[Name]:
    """Yield the names in `text` that a cue announces; those of `authors` only where an age says that they are patients."""
    at = {w.start: n for n, w in enumerate(words)}
    for cue, match in _cues(text, words):
        name = _announced(text, words, at.get(match.end()), cue)
        if name is None or _is_quoted(text, name, cue, authors):
            continue
        yield Name(match.start(), name.end, name.words) if cue.takes_cue else name


def _cues(text: str, words: Sequence[Word]) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Yield each cue where it stands: those that begin with a word are tried at such words alone, which is what takes time."""
    for cue in SIGNS:
        yield from ((cue, m) for m in cue.pattern.finditer(text))
    for word in words:
        for cue in BY_WORD.get(word.key, ()):
            match = cue.pattern.match(text, word.start)
            if match is not None:
                yield cue, match


def _announced(text: str, words: Sequence[Word], index: int | None, cue: Cue) -> Name | None:
    while index is not None and _is_nickname(words, index) and not cue.takes_cue:
        index += 1
    if index is None:
        return None
    is_small = not words[index].is_capital and not leads_on(words, index)
    name = _small(text, words, index, cue) if is_small else _written(text, words, index, cue)
    if name is None or (cue.behind is not None and not _ends(text, name, cue.behind)):
        return None
    return name


def _is_nickname(words: Sequence[Word], index: int) -> bool:
    """Whether it is the first word of a name such as "Big Tam"."""
    return words[index].key in _BY_NICKNAME and index + 1 < len(words) and words[index + 1].is_capital


def _ends(text: str, name: Name, behind: re.Pattern[str]) -> bool:
    return bool(behind.match(text, name.end))


def _written(text: str, words: Sequence[Word], index: int, cue: Cue) -> Name | None:
    is_told = cue.says is Says.NAME and not cue.takes_cue and words[index].key not in CLINIC
    name = name_at(words, index, is_sure=cue.says is Says.SURE or is_told)
    if name is None or cue.says is Says.SURE:
        return name
    first = next((w for w in name.words if not w.is_initial and w.text[0].isupper()), name.words[0])
    if cue.says is Says.NAME:
        return name
    if cue.says is Says.GIVEN:
        return name if (is_given(first.key) or is_ambiguous(first.key)) and first.key not in SPARED else None
    is_known = (
        is_person(first)
        or (len(name.words) > 1 and is_surname_too(first.key))
        or (first.key in SPARED and _is_patient(text, name, first))
    )
    return name if is_known and not _is_heading(words, name, first) else None


def _is_patient(text: str, name: Name, first: Word) -> bool:
    """Whether a name that is also a test's or an author's is a patient's: with an age, or a given name with another."""
    if is_aged(text, name.end):
        return may_begin(first) or is_given(first.key)
    return len(name.words) > 1 and is_given(first.key) and first.key not in AUTHORS


def _is_heading(words: Sequence[Word], name: Name, first: Word) -> bool:
    """Whether an ambiguous word belongs to a line in capitals: "Patient Will Need Surgery"."""
    at = bisect_left(words, name.end, key=lambda w: w.start)
    following = words[at] if at < len(words) else None
    is_capital = following is not None and following.is_capital and following.gap == " " and not following.is_shouted
    return is_ambiguous(first.key) and is_capital and following is not None and is_ordinary(following.key)


def _small(text: str, words: Sequence[Word], index: int, cue: Cue) -> Name | None:
    """Return a name that is written small behind a cue of shorthand: "mrs jones", "pt mark seward"."""
    if not cue.reads_lower:
        return None
    if initialled := _initialled(words, index, cue):
        return initialled
    first = words[index]
    is_sure = cue.takes_cue or cue.says is Says.NAME
    following = words[index + 1] if index + 1 < len(words) and words[index + 1].gap == " " else None
    goes_on = following is not None and following.text[0].islower() and _is_unknown(following.key)
    if is_ambiguous(first.key):
        is_name = (
            goes_on
            or is_aged(text, first.end)
            or is_numbered(text, first.end)
            or (cue.takes_cue and first.key not in _NOT_AFTER_TITLE)
        )
    else:
        is_name = first.key not in CLINIC and (is_given(first.key) or (is_sure and _is_unknown(first.key)))
    if not is_name or first.is_placeholder or first.key in CLINIC or (first.key in SPARED and not cue.takes_cue):
        return None
    taken = (first, following) if goes_on and following is not None else (first,)
    return Name(first.start, taken[-1].end, taken)


def _initialled(words: Sequence[Word], index: int, cue: Cue) -> Name | None:
    """Return a small initial with a surname behind it: "name: d. petrov", "mr v. balan"."""
    initial, following = words[index], words[index + 1] if index + 1 < len(words) else None
    if len(initial.key) > 1 or following is None or following.gap not in {". ", ".", " "}:
        return None
    is_told = cue.says is not Says.PERSON or following.gap != " "
    is_name = is_told and _is_unknown(following.key) and not following.is_placeholder
    return Name(initial.start, following.end, (initial, following)) if is_name else None


def _is_unknown(key: str) -> bool:
    return len(key) > 2 and not is_ordinary(key) and key not in CLINIC and key not in SPARED


def _is_quoted(text: str, name: Name, cue: Cue, authors: Authors) -> bool:
    """Whether the name is an author's, not a patient's, whom the question names."""
    is_cited = is_author(name, authors) or (not cue.takes_cue and _names_author(name, authors))
    return (is_cited and cue.says not in {Says.NAME, Says.SURE}) or (
        is_cited and cue.takes_cue and not is_aged(text, name.end) and not _is_numbered(text, name)
    )


def _names_author(name: Name, authors: Authors) -> bool:
    return name.words[0].key in first_names(authors)


def _is_numbered(text: str, name: Name) -> bool:
    return bool(re.match(r",? \(?(?:aged )?\d{1,3}\b", text[name.end : name.end + 12]))
