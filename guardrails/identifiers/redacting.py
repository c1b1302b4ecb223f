"""The way from a text as typed to one without identifiers: what is told by its shape first, then names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from guardrails.identifiers import addresses, contact, dates, records
from guardrails.identifiers.bare import bare_names, joined, repeated
from guardrails.identifiers.cued import cued_names
from guardrails.identifiers.spared import RESEARCHERS
from guardrails.identifiers.types import Authors, Name, Redacted, Rule, spans_of
from guardrails.identifiers.words import words_of

_SHAPES: tuple[Rule, ...] = (
    *contact.WRITTEN,
    *dates.RULES,
    *records.RULES,
    *addresses.POSTCODES,
    *dates.OTHERS,
    *contact.DIALLED,
    *records.LEFT_OVER,
    *contact.PLATES,
    *addresses.RULES,
)
_MOST_PASSES = (
    50  # chosen: four are the most that any text of the tests took; a rule gone wrong must not hang a question
)
_NOBODY: Authors = MappingProxyType({})


def redact(text: str, *, today: date, authors: Mapping[str, str] = _NOBODY) -> Redacted:
    """Return `text` with each identifier replaced by what a case may keep of it.

    What one identifier hid from view, glued to it, is found in a further pass: the result holds nothing to take out.

    Args:
        text: as typed.
        today: the day the question is asked, for ages and intervals.
        authors: first names by the surnames of those whose views a question may name; they are no patients.

    >>> redact("Mrs Jones, DOB 12/03/1990, ACLR on 1 June 2026", today=date(2026, 7, 13)).text
    '[name], 36-year-old, ACLR 6 weeks ago'
    """
    return redact_all((text,), today=today, authors=authors)[0]


def redact_all(texts: Sequence[str], *, today: date, authors: Mapping[str, str] = _NOBODY) -> tuple[Redacted, ...]:
    """Return each of `texts` as `redact` does, and a name that is told in one of them gone from the others too.

    >>> said = redact_all(("Mrs Okafor has knee pain", "Could Okafor run?"), today=date(2026, 7, 13))
    >>> [r.text for r in said]
    ['[name] has knee pain', 'Could [name] run?']
    """
    spared = {**RESEARCHERS, **authors}
    known: set[str] = set()
    done = [_settled(t, today, spared, known) for t in texts]
    if known and len(texts) > 1:
        done = [_again(r, _settled(r.text, today, spared, known)) for r in done]
    return tuple(done)


def _settled(text: str, today: date, authors: Authors, known: set[str]) -> Redacted:
    found: list[str] = []
    passes = 0
    while (kinds := (passed := _passed(text, today, authors, known)).kinds) and passes < _MOST_PASSES:
        text, passes = passed.text, passes + 1
        found += kinds
    return Redacted(text=text, kinds=tuple(dict.fromkeys(found)))


def _again(first: Redacted, second: Redacted) -> Redacted:
    return Redacted(text=second.text, kinds=tuple(dict.fromkeys((*first.kinds, *second.kinds))))


def _passed(text: str, today: date, authors: Authors, known: set[str]) -> Redacted:
    kinds: list[str] = []
    hinted: dict[re.Pattern[str], bool] = {}
    for rule in _SHAPES:
        if rule.hint not in hinted:
            hinted[rule.hint] = rule.hint.search(text) is not None
        if hinted[rule.hint]:
            text, changed = _substituted(text, rule, today)
            kinds += [rule.kind] * changed
    names = _names(text, authors, known)
    if names:
        text = _without(text, names)
        kinds.append("name")
    return Redacted(text=text, kinds=tuple(kinds))


def _substituted(text: str, rule: Rule, today: date) -> tuple[str, bool]:
    """Return `text` with what the rule makes of each match, and whether it made anything."""
    changed = False

    def substitute(match: re.Match[str]) -> str:
        nonlocal changed
        replacement = rule.replace(match, today)
        changed = changed or replacement is not None
        return match.group() if replacement is None else replacement

    return rule.pattern.sub(substitute, text), changed


def _names(text: str, authors: Authors, known: set[str]) -> list[Name]:
    """Return the names in `text`, and add the words they are made of to `known`."""
    words = words_of(text)
    found = [*cued_names(text, words, authors), *bare_names(text, words, authors)]
    found = [n for n in found if not any(w.is_placeholder for w in n.words)]
    found += [n for f in found if (n := joined(text, words, f)) is not None]
    known.update(w.key for n in found for w in n.words if len(w.key) > 2)
    return [*found, *repeated(words, known)] if known else found


def _without(text: str, names: Sequence[Name]) -> str:
    """Return `text` with each name, and the "'s" behind it, replaced."""
    for start, end in reversed(spans_of(names)):
        rest = text[end:]
        owned = rest[:2] in {"'s", "\u2019s", "'S", "\u2019S"} and not rest[2:3].isalnum()
        text = f"{text[:start]}[name]{rest[2:] if owned else rest}"
    return text
