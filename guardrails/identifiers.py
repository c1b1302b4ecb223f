"""Identifiers of people, taken out before anything is stored, logged, sent or shown.

A date of birth becomes an age and any other full date an interval, because a case needs those.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Master|Dr|Prof|Sir|Dame)"
_NAME = r"[A-Z][a-z\u00c0-\u024f'\u2019-]+"
_NOT_PEOPLE = frozenset(
    "Barker Bento Osgood Schlatter Baker Bakers Sinding Larsen Johansson Thompson Thessaly Lachman McMurray Ottawa "
    "Pittsburgh Wells Homan Homans Noble Ober Thomas Clarke Hoffa Kujala Tegner Beighton Matles Achilles Silfverskiold "
    "Apley Gray Gary Andy Jessica Rathleff Esculier Alfredson Tanner Perthes Staheli Ely Trendelenburg".split()
)
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_NHS = re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")
_PHONE = re.compile(
    r"(?<![\w.])(?:\+\d{1,3}[\s-]?)?(?:\(?0\d{2,4}\)?[\s-]?)\d{3,4}[\s-]?\d{3,4}(?![\w.])|(?<!\w)\+\d[\d\s-]{8,14}\d(?!\w)"
)
_US_PHONE = re.compile(r"(?<![\w.])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w.])")
_SSN = re.compile(r"\b\d{3}-\d{2}-\d{4}\b")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_STREET = re.compile(
    rf"\b\d{{1,4}}[a-z]?,? (?:{_NAME} ){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Way|Crescent|Terrace|Place|Gardens)\b"
)
_RECORD = re.compile(
    r"\b(?:MRN|NHS|CHI|hospital|hosp|patient|pt|record|case|chart|unit|ID|NI)\b\s*(?:no\.?|number|num|#|id|:)+\s*:?\s*([A-Z]{0,3}\d[\w/-]{3,})",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"\b{_TITLE}\.? (?:{_NAME})(?: {_NAME})?")
_CUED = re.compile(
    rf"\b(?:(?i:name(?: is|:)|patient named|patient called|client named|client called|known as|pt(?: name)?:|patient:|re:|seen:|"
    rf"regards,|thanks,|signed,?))\s+({_NAME}(?: {_NAME}){{0,2}})"
)
_CUED_BEFORE = re.compile(rf"\b(?i:patient|pt|client)\s+({_NAME} {_NAME})\b")
_DATE = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"
_ISO = r"(\d{4})-(\d{2})-(\d{2})"
_BIRTH = re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\s*:?\s*(?:{_DATE}|{_ISO})", re.IGNORECASE)
_ANY_DATE = re.compile(rf"(?<![\d/])(?:\b(?i:on) )?(?:{_DATE}|{_ISO})(?![\d/])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text without identifiers, and which kinds were taken out."""

    text: str
    kinds: tuple[str, ...]


def redact(text: str, *, today: date) -> Redacted:
    """Return `text` with each identifier replaced by what a case may keep of it.

    Args:
        text: as typed.
        today: the day the question is asked, for ages and intervals.
    """
    kinds: list[str] = []

    def replace(kind: str, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str | None]) -> None:
        nonlocal text

        def substitute(match: re.Match[str]) -> str:
            replacement = by(match)
            if replacement is None:
                return match.group()
            kinds.append(kind)
            return replacement

        text = pattern.sub(substitute, text)

    replace("date of birth", _BIRTH, lambda m: _age(m, today))
    replace("e-mail", _EMAIL, lambda _: "[e-mail]")
    replace("NHS number", _NHS, lambda m: "[NHS number]" if is_nhs_number(m.group()) else None)
    replace("record number", _RECORD, lambda m: m.group().replace(m.group(1), "[record number]"))
    replace("social security number", _SSN, lambda _: "[record number]")
    replace("date", _ANY_DATE, lambda m: _interval(m, today))
    replace("phone", _PHONE, lambda _: "[phone]")
    replace("phone", _US_PHONE, lambda _: "[phone]")
    replace("address", _STREET, lambda _: "[address]")
    replace("postcode", _POSTCODE, lambda _: "[postcode]")
    replace("name", _TITLED, _name)
    replace("name", _CUED, lambda m: _cued(m))
    replace("name", _CUED_BEFORE, lambda m: _cued(m))
    return Redacted(text=text, kinds=tuple(dict.fromkeys(kinds)))


def is_nhs_number(text: str) -> bool:
    """Return whether the ten digits in `text` pass the NHS number's modulus-11 check.

    Source: NHS Data Dictionary, "NHS NUMBER": weights 10 to 2, check digit 11 minus remainder.
    """
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[9] and check != 10


def _name(match: re.Match[str]) -> str | None:
    words = match.group().replace(".", "").split()
    return None if set(words[1:]) & _NOT_PEOPLE else "[name]"


def _cued(match: re.Match[str]) -> str | None:
    if set(match.group(1).split()) & _NOT_PEOPLE:
        return None
    return match.group().replace(match.group(1), "[name]")


def _parsed(match: re.Match[str]) -> date | None:
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    try:
        if iso_year:
            return date(int(iso_year), int(iso_month), int(iso_day))
        full = int(year) + (0 if len(year) == 4 else 1900 if int(year) > 30 else 2000)
        return date(full, int(month), int(day)) if int(month) <= 12 else date(full, int(day), int(month))
    except ValueError:
        return None


def _age(match: re.Match[str], today: date) -> str:
    born = _parsed(match)
    if born is None or born > today:
        return "[date of birth]"
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{years}-year-old"


def _interval(match: re.Match[str], today: date) -> str | None:
    then = _parsed(match)
    if then is None:
        return None
    days = (today - then).days
    if days < 0:
        return f"in {-days // 7} weeks"
    return f"{days} days ago" if days < 14 else f"{days // 7} weeks ago"
