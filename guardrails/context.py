"""What surrounds a phrase: is it affirmed, denied, past, somebody else's or only supposed?

A ConText-style algorithm (Harkema et al. 2009, after NegEx, Chapman et al. 2001): trigger words
open a scope, terminators and clause ends close it. Where the reading is in doubt the phrase counts as affirmed,
because a missed red flag costs more than a needless one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_CLAUSE = re.compile(
    r"(?:[.;!?\n]+(?=\s|$)|\s+(?:but|however|although|though|except|whereas|yet)\s+|\s+[-\u2013\u2014]\s+)"
)
_TERMINATOR = re.compile(r"\b(?:but|however|except|apart from|now has|now with|then|today has|presents? with)\b")
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|neg(?:ative)? for|no (?:history|hx|sign|signs|evidence|complaints?) of|nil of)\b"
)
_NOT = re.compile(
    r"\b(?:no|not|nil|non|without|never|neither|nor|absent|isnt|wasnt|arent|hasnt|havent|doesnt|didnt|free of|"
    r"excluded?|excludes|ruled out|rules out|r/o|rather than|unlikely|zero)\b"
)
_AFTER_NOT = re.compile(
    r"\b(?:ruled out|excluded|negative|neg|clear(?:ed)?|absent|denied|nad|normal|unremarkable|not (?:seen|present|found|there)|"
    r"never|nil|resolved|settled|is not|are not|screened|none)\b"
)
_PAST_BEFORE = re.compile(
    r"\b(?:(?:back )?in (?:19|20)\d\d|last year|years ago|previous(?:ly)?|prior|past|pmh(?:x)?|(?<!year )(?<!years )(?<!yr )(?<!month )old|as a (?:child|kid|teen\w*)|"
    r"childhood|once had|used to)\b[^,]*$"
)
_PAST_AFTER = re.compile(
    r"^[^,]{0,40}?\b(?:(?:\d+|two|three|four|five|several|some|many) (?:years?|yrs?) (?:ago|back|previously)|last year|"
    r"years ago|(?:back )?in (?:19|20)\d\d|(?:19|20)\d\d|as a (?:child|kid|teen\w*)|in childhood|previously|pinned in)\b"
)
_PRESENT = re.compile(
    r"\b(?:now|again|currently|today|this (?:morning|week)|since (?:then|yesterday)|tonight|new(?:ly)?)\b"
)
_RELATIVE = (
    r"(?:mother|father|mum|mom|dad|brother|sister|cousin|aunt|uncle|grand\w+|parent|wife|husband|son|daughter|"
    r"friend|team ?mate|neighbour|colleague)"
)
_FAMILY = re.compile(
    rf"\b(?:{_RELATIVE}s?(?: also)? (?:had|has|have|with|died|got|was|is being treated|suffered)|family history|fhx?|fh of|"
    r"runs in the family|familial)\b"
)
_SUPPOSED = re.compile(
    r"\b(?:if|in case|what (?:are|is|would)|when (?:should|would|do)|how (?:do|would|should) (?:i|you|we) "
    r"(?:screen|exclude|rule|spot|tell|recogni[sz]e|check)|signs of|criteria|rules? for|what if|should (?:he|she|they) "
    r"(?:develop|get)|red flags? (?:for|of)|watch (?:for|out)|look out|risk of|prevent(?:ing|ion)?|worr(?:y|ied) "
    r"(?:about|that)|scared of|fear of|in general|safety ?-?net\w*)\b"
)
_NOT_WINDOW_WORDS = 6
_LIST_ITEM_WORDS = 5


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


def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of plain text: cut at sentence ends, semicolons, dashes and contrasts."""
    parts = (re.sub(r"\s+", " ", p).strip(" ,") for p in _CLAUSE.split(text))
    return tuple(Clause(text=p) for p in parts if p)


def context_of(clause: Clause, start: int, end: int) -> Context:
    """Return how the phrase at `start`:`end` of `clause` is meant."""
    before, after = clause.text[:start], clause.text[end:]
    before = before[_last_end(_TERMINATOR, before) :]
    if _is_denied(before, after):
        return Context.NEGATED
    if _FAMILY.search(before) or re.match(rf"\W+in (?:the|her|his|their) {_RELATIVE}", after):
        return Context.FAMILY
    if (_PAST_BEFORE.search(before[-60:]) or _PAST_AFTER.search(after)) and not _PRESENT.search(clause.text):
        return Context.PAST
    if _SUPPOSED.search(before[-70:]):
        return Context.SUPPOSED
    return Context.AFFIRMED


def _is_denied(before: str, after: str) -> bool:
    if _DENIES.search(before):
        return True
    return _not_before(before, after) or _not_after(after)


def _not_before(before: str, after: str) -> bool:
    found = list(_NOT.finditer(before))
    if not found:
        return False
    between = before[found[-1].end() :]
    if "," not in between:
        return len(between.split()) <= _NOT_WINDOW_WORDS
    items = [*between.split(",")[:-1]]
    is_list = re.search(r"\b(?:or|nor)\b", between + after.split(",")[0])
    return bool(is_list) and all(len(i.split()) <= _LIST_ITEM_WORDS for i in items)


def _not_after(after: str) -> bool:
    segment = re.split(r",", after, maxsplit=1)[0]
    words = " ".join(segment.split()[:5])
    return bool(_AFTER_NOT.search(words)) and not re.search(
        r"\bnot (?:clear|settled|resolved|normal|excluded|ruled)", words
    )


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    ends = [m.end() for m in pattern.finditer(text)]
    return ends[-1] if ends else 0
