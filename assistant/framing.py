"""From what was typed to a case: facts with units, what is asked, in which form, and for which school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.accumulating import accumulated
from assistant.following import Kind, following, root_of
from assistant.intents import asked_of, intent_of
from corpus.library import Library
from guardrails.types import Case, Intent

_UNSAID = (Intent.POLAR, Intent.PLAN)
"""What a few words are read as that ask in no form of their own."""
_FOLLOW_UP = re.compile(r"^(?:and|so|ok|okay|then|but|what about|how about|same|also|now)\b")
_ONLY = re.compile(
    r"\b(?:only|just|solely|exclusively)\b[^.?!]{0,25}\b(?:cite|quote|use|show|mention|give|want|need|hear|tell)\b|"
    r"\b(?:cite|quote|use|show|mention|give|want|need|hear|tell|are|be)\b[^.?!]{0,25}\b(?:only|just|solely|exclusively)\b|"
    r"\b(?:no need for|skip|ignore|leave out|without|forget|dont (?:mention|cite|need|bother|bring|include)|spare me|not interested in|drop)\b[^.?!]{0,40}"
)
_OTHER_SIDE = re.compile(
    r"\b(?:other (?:side|camp|school|view|viewpoint|article)|both sides|opposing|counter-?arguments?|balance)\b"
)


def frame(turns: Sequence[str], library: Library, *, first_turn: int = 1, notes: Sequence[str] = ()) -> Case:
    """Return the case that `turns` describe; facts of later turns replace earlier ones.

    A follow-up without a subject of its own asks what the turn before it asked, in the form it wants.

    Args:
        turns: the user's words about one patient, identifiers removed, oldest first, at least one.
        library: whose terms spell out shorthand and whose schools may be named.
        first_turn: the number of ``turns[0]`` in the conversation.
        notes: what to tell of how the conversation was read.
    """
    told = accumulated(turns, library, first_turn=first_turn)
    expanded = [library.normaliser.expand(t) for t in turns]
    last = len(turns) - 1
    root = root_of(expanded, last, library)
    step = following(expanded[last], library)
    own = _intent(expanded, root, library)
    asked = _asked(expanded, root)
    return Case(
        turns=tuple(turns),
        asked=asked if root == last else f"{asked} {asked_of(expanded[last])}",
        intent=(step.intent or own) if root < last else own,
        facts=told.facts,
        named_first=_named_first(expanded[last], library)
        or (_named_first(expanded[root], library) if step.is_told else None),
        only=_only(expanded[last], library),
        first_turn=first_turn,
        notes=tuple(notes),
        unasked=told.none_of,
    )


def framed_at(case: Case, place: int, library: Library) -> Case:
    """Return `case` as of the question at `place` of its turns, with the facts in force now."""
    expanded = [library.normaliser.expand(t) for t in case.turns[: place + 1]]
    return replace(
        case,
        turns=case.turns[: place + 1],
        asked=_asked(expanded, place),
        intent=_intent(expanded, place, library),
        named_first=_named_first(expanded[place], library),
    )


def _intent(expanded: Sequence[str], place: int, library: Library) -> Intent:
    """Return the form in which the turn at `place` asks; "and after surgery?" asks as the question before did."""
    own = intent_of(asked_of(expanded[place]), library)
    if place == 0 or own not in _UNSAID or following(expanded[place], library).kind is not Kind.CHANGED:
        return own
    return _intent(expanded, root_of(expanded, place - 1, library), library)


def _asked(expanded: Sequence[str], root: int) -> str:
    """Return what the turn at `root` asks; one that goes on from the turn before is asked with it."""
    asked = asked_of(expanded[root])
    if root > 0 and _FOLLOW_UP.match(expanded[root].strip()):
        return f"{asked_of(expanded[root - 1])} {asked}"
    return asked


def _named_first(text: str, library: Library) -> str | None:
    places = {v.id: _first_alias(text, library.spoken_aliases(v)) for v in library.viewpoints}
    named = {v: p for v, p in places.items() if p is not None}
    return min(named, key=lambda v: (named[v], v)) if named else None


def _first_alias(text: str, aliases: Sequence[str]) -> int | None:
    found = [m.start() for a in aliases if (m := re.search(rf"\b{re.escape(a)}\b", text))]
    return min(found) if found else None


def _only(text: str, library: Library) -> str | None:
    """Return the school the asker wants alone, ``other`` when the other side is unwanted, or None."""
    names = {v.id: "|".join(map(re.escape, library.spoken_aliases(v))) for v in library.viewpoints}
    for viewpoint, name in names.items():
        if re.search(rf"\b(?:only|just|solely) (?:the )?(?:{name})\b", text):
            return viewpoint
    for match in _ONLY.finditer(text):
        span = re.split(r"[.?!]", text[match.start() : match.end() + 40])[0]
        if _OTHER_SIDE.search(span):
            return "other"
        named = [v for v, name in names.items() if re.search(rf"\b(?:{name})\b", span)]
        if len(named) == 1:
            return named[0]
    return None
