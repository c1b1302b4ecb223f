"""Dates: of birth they become an age, any other an interval, because a case needs those and not the day."""

from __future__ import annotations

import re
from datetime import date

from guardrails.identifiers.days import age, interval, parsed
from guardrails.identifiers.types import Rule

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
_WRITTEN_MONTH = (
    r"(?-i:(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May(?! (?:be|not|have|need|help))|June?|July?|"
    r"Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b)"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMERIC = (  # one and the same sign twice: "4-5/10" is a score and "9.1-31.6" an interval
    r"(?:\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)(?:\d{4}|\d{2})|\d{4}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)\d{1,2})(?![\d/])"
)
_WORDED = (
    rf"{_DAY}[ -]?(?:of )?{_MONTH}[.,]?[ -]?['\u2019]?(?:\d{{4}}|\d{{2}}(?![/\d]))\b|"
    rf"{_MONTH}\.?[ -]{_DAY},? ?(?:\d{{4}}|['\u2019]\d{{2}})\b"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
# A day and a month without a year: an ordinal, a weekday or "on" before it, or the month written with its capital.
_COUNTED = r"(?! ?(?:reps?|sets?|x\b|kg|weeks?|wks?|days?|months?|min|sec|km|deg|%|/|:|\.\d|-\d))"
_YEARLESS = (
    rf"{_ORDINAL} (?:of )?{_MONTH}|{_MONTH} {_ORDINAL}\b|\d{{1,2}}-{_MONTH}(?!-)|"
    rf"(?<=on )(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}\b){_COUNTED}|"
    rf"(?<![/.x@-])\b(?:[12]?\d|3[01]) {_WRITTEN_MONTH}(?! ?\d)|"
    rf"{_WRITTEN_MONTH}\.? (?:[12]?\d|3[01])\b{_COUNTED}"
)
_BIRTH_WORD = r"(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|birth ?day|b-?day|(?-i:BD))"
_BIRTH = re.compile(
    rf"\b(?:{_BIRTH_WORD}|born(?: on)?(?: the)?|b\.)(?: line| is| was)?\s*[:=,\u2013-]?\s*\(?(?:the )?"
    rf"(?P<date>{_NUMERIC}|(?:\d{{1,2}} \d{{1,2}} (?:\d{{4}}|\d{{2}})|\d{{8}}|\d{{6}})(?![\d/])|{_WORDED})",
    re.IGNORECASE,
)
_BIRTH_OTHER = re.compile(rf"\b(?P<cue>{_BIRTH_WORD}[\s:=-]*)\d[\w./-]{{3,12}}(?!\w)", re.IGNORECASE)
_BIRTH_BEHIND = re.compile(
    rf"(?<![\w/.-])(?P<date>{_NUMERIC}|{_WORDED})(?: is| was| =| as|,)? ?\(?(?:the |her |his |their |its |my )?"
    rf"(?:patient'?s? )?(?:{_BIRTH_WORD})\)?",
    re.IGNORECASE,
)
_PERSON_BORN = re.compile(
    r"\b(?P<who>lady|gent|gentleman|pt|patient|man|woman|lad|girl|boy|client|fella|chap) \("
    rf"(?P<date>{_NUMERIC}|{_WORDED})\)",
    re.IGNORECASE,
)
_ANY = re.compile(
    rf"(?<![\w/.-])(?:on (?:the )?)?(?:{_WEEKDAY},? (?:the )?)?(?P<date>{_NUMERIC}|{_WORDED}|{_YEARLESS})",
    re.IGNORECASE,
)
_WEEKDAY_DATE = re.compile(rf"(?<!\w)(?:on )?{_WEEKDAY},? (?:the )?(?P<date>{_DAY} {_MONTH})(?!,? ?\d)", re.IGNORECASE)
# "fixed 30/8": a day and month with a stroke, right behind the word of what was dated. 4/52, 5/7 and 2/10 are none.
_DATED = (
    r"fixed|op|op'?d|ops|operated|surgery|operation|aclr?|tkr|tka|ukr|thr|hto|mpfl|repair(?:ed)?|recon(?:struction|structed)?|"
    r"arthroscopy|scoped?|orif|injur(?:y|ed)|fell|twisted|jab|inject(?:ion|ed)|dos|doi|doa|dated?|admitted|discharged|"
    r"accident|fractured?|broke|tore|ruptured|happened|hurt|replaced|surg|sx|#|dislocated|meniscectomy|plated|pinned|taken|done|seen|reviewed|review|rv|clinic|since|until"
)
_STROKED = re.compile(
    rf"(?<!\w)(?P<cue>{_DATED})(?P<link>\s*(?:[:=-]|on|on the|was|done|was done|done on|was on|date|date:|since|dated)?\s*)"
    r"(?:on )?(?P<date>\d{1,2}/\d{1,2})(?![\w/%]|\.\d|\s?(?:of|sets?|sessions?|reps?|pain|way|ago|rest))",
    re.IGNORECASE,
)
_COUNTS = frozenset({5, 7, 10, 12, 52, 100})  # out of five or ten, days, months, weeks, per cent
_MONTH_DAYS, _YEAR_MONTHS = 31, 12
# Repetitions, ranges of motion and scores that are written like a date with a two-digit year: "15-12-10 reps".
_SERIES_BEFORE = re.compile(
    r"\b(?:rom|range|flexion|extension|flex|ext|reps?|sets(?: of)?|tempo|kg|pyramids?|scores?|[ap]{1,2}rom|logged as|"
    r"loads?|koos|lysholm|visa-?p|ikdc|lefs|akps|lag)\W{0,3}$",
    re.IGNORECASE,
)
_SERIES_AFTER = re.compile(
    r"\s*(?:reps?|repetitions|sets?|kg|lbs?|cm|mm|deg\w*|seconds|secs?|mins?|minutes|pyramids?)\b|\s*[%\u00b0]|-\d"
)
_DATED_BEFORE = re.compile(
    rf"(?<!\w)(?:{_DATED}|seen|review(?:ed)?|scan|mri|x-?ray|since|from|until|till|by|clinic)\b\W*(?:on|was|done)?\W*$",
    re.IGNORECASE,
)
_A_GENERATION_YEARS = 10


def _birth(match: re.Match[str], today: date) -> str:
    born = parsed(match["date"], today, is_past=True)
    return "[date of birth]" if born is None or born > today else f"{age(born, today)}-year-old"


def _person(match: re.Match[str], today: date) -> str | None:
    """Read a full date behind the word for a person as the day of birth, if it lies long enough ago."""
    born = parsed(match["date"], today, is_past=True)
    is_birth = born is not None and age(born, today) >= _A_GENERATION_YEARS
    return f"{match['who']} ({_birth(match, today)})" if is_birth else None


def _told(match: re.Match[str], today: date) -> str | None:
    said = match["date"]
    then = parsed(said, today, is_past=False)
    if then is None:
        return "[date]" if re.search(r"\d{4}", said) else None
    if not re.search(r"\d{4}|[a-z]", said, re.IGNORECASE) and _is_series(match):
        return None
    return interval(then, today)


def _is_series(match: re.Match[str]) -> bool:
    """Whether numbers written like a date are repetitions or results: by what stands beside them, or as they only fall."""
    before, after = match.string[: match.start()][-24:], match.string[match.end() :]
    if _SERIES_BEFORE.search(before) or _SERIES_AFTER.match(after):
        return True
    numbers = [int(n) for n in re.findall(r"\d+", match["date"])]
    return numbers == sorted(numbers, reverse=True) and not _DATED_BEFORE.search(before)


def _stroked(match: re.Match[str], today: date) -> str | None:
    first, second = (int(n) for n in match["date"].split("/"))
    is_on = bool(match["link"].strip()) or match["cue"].lower() in {"since", "until", "dated"}
    is_day = 0 < min(first, second) <= _YEAR_MONTHS and max(first, second) <= _MONTH_DAYS
    is_count = second in _COUNTS and not (is_on and first > 10 and second in {7, 10, 12})
    is_fraction = first < second and not is_on and first <= 3
    then = None if not is_day or is_count or is_fraction else parsed(match["date"], today, is_past=False)
    if then is None:
        return None
    link = re.sub(r"\s*\b(?:on|on the)\b\s*$", " ", match["link"])
    return f"{match['cue']}{link}{interval(then, today)}"


_BIRTH_HINT = re.compile(r"\bBD\b|day|DAY|\b[Dd]\.? ?[Oo]\.? ?[Bb]|DOB|irth|IRTH|orn\b|BORN|\b[bB]\.")
_DAY_HINT = re.compile(rf"\d[/.-]\d|\d(?:st|nd|rd|th)?[ -]?(?:of )?{_MONTH}|{_MONTH}\.?[ -]\d", re.IGNORECASE)

RULES = (
    Rule(kind="date of birth", pattern=_BIRTH, replace=_birth, hint=_BIRTH_HINT),
    Rule(kind="date of birth", pattern=_BIRTH_BEHIND, replace=_birth, hint=_BIRTH_HINT),
    Rule(
        kind="date of birth",
        pattern=_BIRTH_OTHER,
        replace=lambda m, _: f"{m['cue']}[date of birth]",
        hint=_BIRTH_HINT,
    ),
    Rule(kind="date of birth", pattern=_PERSON_BORN, replace=_person, hint=re.compile(r"\w \((?:\d|[A-Z])")),
)
"""Dates of birth, by their cue."""

OTHERS = (
    Rule(kind="date", pattern=_ANY, replace=_told, hint=_DAY_HINT),
    Rule(kind="date", pattern=_WEEKDAY_DATE, replace=_told, hint=_DAY_HINT),
    Rule(kind="date", pattern=_STROKED, replace=_stroked, hint=re.compile(r"\d/\d")),
)
"""Any other day."""
