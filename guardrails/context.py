"""What surrounds a phrase: whether it is affirmed, denied, past, somebody else's or only supposed.

A ConText-style algorithm (Harkema et al. 2009, after NegEx, Chapman et al. 2001): trigger words
open a scope, terminators and clause ends close it. Where the reading is in doubt the phrase counts as affirmed,
because a missed red flag costs more than a needless one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from guardrails import triggers
from guardrails.settling import is_excluded, settles

_ONE_SENTENCE = 2  # pieces: its words and the end
_UNPARTED = re.compile(r"(?<=[a-z0-9)%]) (?=(?:They|She|He|Also) [a-z])")
_THEIR = re.compile(r"\b(?:his|her|their) $")


class Context(StrEnum):
    """How a phrase is meant."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    PAST = "past"
    FAMILY = "family"
    SUPPOSED = "supposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of text that a cue must lie within."""

    text: str
    is_general: bool = False
    """Whether its sentence asks for knowledge, about nobody in particular."""
    is_asked: bool = False
    """Whether its sentence is a question."""
    is_of_another: bool = False
    """Whether its sentence tells of another patient, who has been dealt with."""
    is_denied: bool = False
    """Whether it is a short question that the next sentence answers by no: "Night pain? No."."""
    is_contrasted: bool = False
    """Whether a "but" or a dash follows it in its sentence: what it says may not be the end of it."""


def parted(text: str) -> str:
    """Return `text` as typed, with a full stop where a sentence about the patient begins and none was typed.

    >>> parted("What else They fell down")
    'What else. They fell down'
    """
    return _UNPARTED.sub(". ", text)


def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of plain text, a turn a line: cut at sentence ends, semicolons, dashes and contrasts."""
    return tuple(clause for turn in text.split("\n") for clause in _clauses_of(turn))


def _clauses_of(turn: str) -> Iterator[Clause]:
    is_taught = bool(triggers.TEACHING.search(turn))
    patient = triggers.MY_PATIENT.search(turn)
    pieces = [*triggers.SENTENCE.split(turn), ""]
    for sentence, mark, answer in zip(pieces[::2], pieces[1::2], [*pieces[2::2], ""], strict=True):
        is_asked = "?" in mark
        is_denied = is_asked and _is_answered_by_no(sentence, answer)
        is_open = is_asked or len(pieces) == _ONE_SENTENCE  # a question alone is often typed without its mark
        is_general = (is_open and _asks_for_knowledge(sentence)) or _is_for_a_lesson(sentence, is_taught=is_taught)
        is_of_another = bool(triggers.OTHER_PATIENT.search(sentence)) or _is_of_relative(sentence, patient)
        told, asked = _before_question(sentence) if is_denied else (sentence, "")
        parts = triggers.CONTRAST.split(told)
        last = len(parts) - 1
        for place, part in enumerate((*parts, asked)):
            if words := re.sub(r"\s+", " ", part).strip(" ,"):
                yield Clause(
                    text=words,
                    is_general=is_general,
                    is_asked=is_asked,
                    is_of_another=is_of_another,
                    is_denied=is_denied and place > last,
                    is_contrasted=place < last,
                )


def context_of(clause: Clause, start: int, end: int, *, own: Collection[str] | None = None) -> Context:
    """Return how the phrase at `start`:`end` of `clause` is meant.

    Args:
        clause: which holds the phrase.
        start: where the phrase begins.
        end: where it ends.
        own: the words looked for; a denial between them that is not one of them denies the phrase.
    """
    if clause.is_denied:
        return Context.NEGATED
    before, phrase, after = clause.text[:start], clause.text[start:end], clause.text[end:]
    if clause.is_asked:  # "calf swollen: massage ok?" asks for leave; its last word denies nothing before it
        after = triggers.ASKS_LEAVE.sub("", after)
    before = before[_last_end(triggers.TERMINATOR, before) :]
    if _is_denied(before, phrase, after, own) or is_excluded(before, phrase, after):
        return Context.NEGATED
    if clause.is_of_another or _is_of_family(before, phrase, after):
        return Context.FAMILY
    is_going = _is_gone_soon(before + phrase, after) or settles(before, phrase, after)
    if _is_past(before, phrase, after) or (is_going and not clause.is_contrasted):
        return Context.PAST
    supposing = before[_last_end(triggers.ENDS_SUPPOSING, before) :]
    if clause.is_general or triggers.SUPPOSED.search(supposing[-70:]):
        return Context.SUPPOSED
    return Context.AFFIRMED


def tells_of_patient(clause: Clause, start: int, end: int) -> bool:
    """Return whether the phrase at `start`:`end`, denied or not, is told of this patient.

    A relative's "no fever", or one that is only supposed, was not screened in anybody.
    """
    before, phrase, after = clause.text[:start], clause.text[start:end], clause.text[end:]
    before = before[_last_end(triggers.TERMINATOR, before) :]
    supposing = before[_last_end(triggers.ENDS_SUPPOSING, before) :]
    if clause.is_of_another or clause.is_general:
        return False
    return not _is_of_family(before, phrase, after) and not triggers.SUPPOSED.search(supposing[-70:])


def _before_question(sentence: str) -> tuple[str, str]:
    """Return what is told before a short question, and the question: "new numb saddle since Sunday, catheterised? No".

    A list is asked as a whole: "Any night pain, weight loss or fever? No".
    """
    told, _, asked = sentence.rpartition(",")
    is_list = all(len(item.split()) <= triggers.ASKED_ITEM_WORDS for item in told.split(","))
    return ("", sentence) if is_list or triggers.ASKS_FOR_SIGNS.match(sentence) else (told, asked)


def _asks_for_knowledge(sentence: str) -> bool:
    return (
        bool(triggers.KNOWLEDGE.search(sentence))
        and not triggers.SOMEBODY.search(sentence)
        and not triggers.CARE.search(sentence)
    )


def _is_answered_by_no(question: str, answer: str) -> bool:
    is_short = len(question.rpartition(",")[2].split()) <= triggers.SHORT_QUESTION_WORDS
    return is_short and bool(triggers.ANSWERS_NO.match(answer)) and not triggers.ASKS_WHETHER_TO.search(question)


def _is_of_relative(sentence: str, patient: re.Match[str] | None) -> bool:
    """Return whether `sentence` is about a relative who is in others' care, or who is not the one named as patient."""
    if triggers.CARED_FOR.search(sentence):
        return True
    about = triggers.ABOUT_RELATIVE.match(sentence)
    return bool(patient and about and about[1] not in patient.groups())


def _is_for_a_lesson(sentence: str, *, is_taught: bool) -> bool:
    return bool((is_taught and triggers.TAUGHT.search(sentence)) or triggers.IMAGINED.search(sentence))


def _is_denied(before: str, phrase: str, after: str, own: Collection[str] | None) -> bool:
    if own is not None and any(m.group() not in own for p in (triggers.NOT, triggers.FINE) for m in p.finditer(phrase)):
        return True
    open_part = before[_last_end(triggers.ENDS_DENIAL, before) :]
    open_part = triggers.DENIES_NOTHING.sub("~", _without_postposed(open_part))
    return _not_before(open_part, phrase, after) or _not_after(after)


def _without_postposed(before: str) -> str:
    """Return `before` without the denials that belong to what stands before them: "raise nil, ..."."""
    head, comma, last = before.rpartition(",")
    kept = last if re.match(r"\W*(?:nil|no|zero)\b", last) else triggers.POSTPOSED.sub("~", last)
    return triggers.POSTPOSED.sub("~", head) + comma + kept


def _not_before(before: str, phrase: str, after: str) -> bool:
    denial = _last_end(triggers.DENIES, before)
    opened = denial or _last_end(triggers.NOT, before)
    if not opened:
        return False
    between = before[opened:]
    *items, last = between.split(",")
    if items and not denial and triggers.MISSED.search(items[0]):
        return False
    if not items:
        return bool(denial) or len(between.split()) <= triggers.NOT_WINDOW_WORDS
    segment = last + phrase
    if triggers.NEW_STATEMENT.search(segment) or any(len(i.split()) > triggers.LIST_ITEM_WORDS for i in items):
        return False
    if denial or re.search(r"\b(?:or|nor)\b", last + " " + after.partition(",")[0]):
        return True
    return (
        bool(triggers.LISTED.search(segment))
        and not triggers.TRAUMA.search(items[0])
        and not re.search(rf"\b{triggers.BODY}\b", segment)
    )


def _not_after(after: str) -> bool:
    if triggers.ALL_NO.search(after):
        return True
    segment = triggers.AFTER_END.split(after, maxsplit=1)[0]
    words = " ".join(re.findall(r"[\w/]+", segment)[:5])
    return bool(
        triggers.AFTER_NOT.search(words) or triggers.AFTER_FINE.search(words)
    ) and not triggers.STILL_OPEN.search(words)


def _is_of_family(before: str, phrase: str, after: str) -> bool:
    # What follows counts: "son has diabetes", but "son has thrown her out".
    # "Mum says he has ..." tells of the patient, "mum says his cousin had ..." of the cousin.
    told = _last_end(triggers.REPORTER, before)
    matches = triggers.FAMILY.finditer(before + phrase + after)
    whose = (m for m in matches if not told or (m.start() >= told and _THEIR.search(before[: m.start()])))
    found = max((m.end() for m in whose if m.end() <= len(before)), default=0)
    if found and not triggers.HIMSELF.search(before[found:]):
        return True
    return bool(re.match(rf"\W+in (?:the|her|his|their) {triggers.RELATIVE}", after))


def _is_past(before: str, phrase: str, after: str) -> bool:
    earlier = triggers.PAST_BEFORE.search(before[_last_end(triggers.ENDS_PAST, before) :][-60:])
    later = triggers.PAST_AFTER.search(after)
    near = before.rpartition(",")[2] + phrase + after.partition(",")[0]
    if triggers.PRESENT.search(near):
        return False
    if triggers.RESOLVED.search(after) and not triggers.NOT_RESOLVED.search(after):
        return True
    mended = triggers.MENDED.search(before[-80:])
    mended_then = mended and triggers.LONG_AGO.search(before[-80:] + after[:40])
    if triggers.OVER.search(after) or (
        mended_then and not triggers.STILL_TO_COME.search(before[-80:] + phrase + after[:30])
    ):
        return True
    if earlier:
        return True
    is_recent = later is not None and triggers.RECENT_TOO.search(later.group())
    return later is not None and not (is_recent and (triggers.ONSET.search(near) or triggers.GOES_ON.search(after)))


def _is_gone_soon(told: str, after: str) -> bool:
    return bool(triggers.GONE_SOON.search(after)) and not triggers.FUNCTION.search(told)


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    ends = [m.end() for m in pattern.finditer(text)]
    return ends[-1] if ends else 0
