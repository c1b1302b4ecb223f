"""Identifiers of people, taken out before anything is stored, logged, sent or shown.

A date of birth becomes an age and any other full date an interval, because a case needs those.
Names are taken where something announces them (a title, "pt:", a signature, a date of birth behind them);
the names of tests, diseases and authors stay, because the question is about those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from types import MappingProxyType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- numbers, addresses
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_NHS = re.compile(r"(?<![\w.])\d{3}[ -]?\d{3}[ -]?\d{4}\b")
_LINK = r"(?:\s*(?:\b(?:no|number|num|id|ref|is)\b\.?|[#:]))"
_RECORDS = (
    re.compile(
        rf"\b(?i:MRN|CHI|H&C|serial|S/N|SN)\b(?i:{_LINK})*\s*"
        r"(?P<number>[A-Z]{0,4}[ -]?\d(?:[ /-]?\d){3,}[A-Z]?)\b"
    ),
    re.compile(r"\b(?i:MRN|CHI|SN)(?P<number>\d{4,})\b"),
    re.compile(rf"\b(?i:NHS)\b(?i:{_LINK})*\s*(?P<number>\d(?:[ -]?\d){{7,}})"),
    re.compile(
        r"\b(?:hospital|hosp|patient|pt|record|case|chart|unit|id|ref|device|implant|lot|account|policy|passport|licence)"
        rf"{_LINK}+\s*(?P<number>[a-z]{{0,4}}-?(?=(?:[a-z/-]*\d){{5}})\d[a-z0-9/-]{{3,}}|[a-z]{{1,4}}\d{{4,}})",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w-])(?P<number>\d{3}-\d{2}-\d{4})(?![\w-])"),
    re.compile(r"\b(?P<number>[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D])\b"),
)
_LONG_NUMBER = re.compile(r"(?<![\w.,/-])(?<!PMID )(?<!PMID: )(?<!pmid )(?<!pmid: )(?P<number>\d{8,})(?![\w/-]|\.\d)")
_PHONES = (
    re.compile(r"(?<![\w+])(?:\+|00)\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?\(?\d(?:[\s().-]{0,2}\d){6,12}(?!\w|\.\d)"),
    re.compile(r"(?<![\w.])\(?0\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\w|\.\d)"),
    re.compile(r"(?<![\w.])(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w|\.\d)"),
    re.compile(
        r"\b(?:tel|phone|telephone|mobile|mob|cell|ph)\b[\s:.]*(?:(?:no|number)\b[\s:.]*)?"
        r"(?P<number>\d(?:[\s-]?\d){6,14})",
        re.IGNORECASE,
    ),
)
_OUTWARD, _INWARD = r"[A-PR-UWYZ][A-HK-Y]?\d[A-HJKP-Y\d]?", r"\d[ABD-HJLNP-UW-Z]{2}"
_POSTCODES = (
    re.compile(rf"\b{_OUTWARD} ?{_INWARD}\b"),
    re.compile(rf"\b(?:post ?code:?|lives (?:in|at|near))\s+(?P<number>{_OUTWARD} ?{_INWARD})\b", re.IGNORECASE),
    re.compile(r"\b[A-Z]{2} \d{5}(?:-\d{4})?\b"),
)

# --- names
_LATIN = [chr(c) for c in range(0x250)]
_U = "".join(c for c in _LATIN if c.isupper())
_L = "".join(c for c in _LATIN if c.islower())
_NAME = rf"[{_U}](?:[{_L}]|['\u2019-][{_U}{_L}]|(?<=[{_L}])[{_U}](?=[{_L}])){{1,40}}"  # Smith, O'Brien, McDonald
_SHOUTED = rf"\b[{_U}]{{2,40}}(?:['\u2019-][{_U}]+)?(?![{_L}])"  # SMITH
_INITIALS = rf"(?:[{_U}]\.? ?(?=[{_U}])){{0,3}}"
_PARTICLES = r"(?:(?:van|von|de|der|den|da|di|al|el|bin|la) ){0,2}"
_NAMES = rf"{_INITIALS}{_PARTICLES}{_NAME}(?: {_PARTICLES}{_NAME}){{0,2}}"
_WHOLE_NAME = rf"{_SHOUTED},? {_NAME}|{_INITIALS}{_NAME}(?: {_PARTICLES}{_NAME}){{1,2}}"  # SMITH, John; J. Ann Smith
_WHO = r"(?:patient|pt|client|lady|gentleman|man|woman|girl|boy|lad|runner|athlete|player|he|she)"
_TITLED = (
    re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|Dr|Prof|Professor|Sir|Dame|Rev|Nurse)\b\.? "
        rf"(?P<name>{_INITIALS}{_SHOUTED}(?:,? {_NAME})?|{_NAMES})"
    ),
    re.compile(r"\b(?:mr|mrs|dr)\b\.? (?P<name>[a-z'\u2019-]{2,40})\b"),
)
_NAMED = (
    re.compile(
        r"(?<!test )(?<!drill )(?<!exercise )\b(?i:(?:sur|fore|first |last )?name)"
        r"(?:\s+(?i:is)\b|['\u2019]s\b|\s*[:=\u2013-])"
        rf"\s*(?P<name>{_WHOLE_NAME}|{_SHOUTED}|{_NAMES})"
    ),
    re.compile(rf"\b(?i:{_WHO}(?: is| was|['\u2019]s)? (?:called|named|known as)) (?P<name>{_NAMES})"),
)
_CUED = (
    re.compile(
        rf"\b(?i:re|seen|patient|pt|client|nok|next of kin)\s*:\s*"
        rf"(?P<name>{_WHOLE_NAME}|{_INITIALS}{_NAME}(?=,? \(?\d{{1,3}}(?!\d)))"
    ),
    re.compile(rf"\b(?i:patient|pt|client),? (?P<name>{_INITIALS}{_NAME} {_PARTICLES}{_NAME})"),
    re.compile(rf"\b(?i:(?:my|our) (?:patient|pt|client)),? (?P<name>{_NAME})"),
    re.compile(
        r"\b(?i:regards|wishes|thanks|thank you|cheers|sincerely|faithfully|signed)"
        r"(?:\s*[,:]\s*|\s*\n\s*|\s+(?=\w+\W*$))"
        rf"(?P<name>{_NAMES})(?=\s*(?:[,.(\n]|$))",
        re.MULTILINE,
    ),
)
_BEFORE_BIRTH = re.compile(rf"(?P<name>{_WHOLE_NAME}),?\s*\(?(?=(?i:d\.?o\.?b\b|date of birth|born\b))")
_STREET = re.compile(
    rf"(?:\b(?i:flat|apt) \d{{1,4}}[a-z]?,? )?\b\d{{1,4}}[a-z]?,? (?:(?:{_NAME}|St\.?) ){{1,3}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Way|Crescent|Terrace|Place|Gardens|Grove|Square|Hill)\b"
)
# Surname and first name of researchers whom a question may name; the schools' own authors come with the library.
_RESEARCHERS = {"Rathleff": "Michael", "Esculier": "Jean", "Alfredson": "Hakan"}
_EPONYMS = _words(
    "Osgood Schlatter Baker Bakers Sinding Larsen Johansson Thompson Thessaly Lachman Lachmans "
    "McMurray McMurrays Ottawa Pittsburgh Wells Homan Homans Noble Ober Obers Thomas Clarke Clarkes Hoffa Hoffas "
    "Kujala Tegner Lysholm Beighton Matles Achilles Silfverskiold Apley Apleys Gray Gary Rathleff "
    "Esculier Alfredson Tanner Perthes Staheli Ely Elys Trendelenburg Romberg Steinman Pellegrini Blount Segond "
    "Gerdy Kager Nordic Borg Copenhagen Spanish Bulgarian Romanian Likert Oxford Salter Harris Kellgren Lawrence "
    "Hunter Fulkerson"
)
# Words that may begin a line or stand in a heading with a capital, and are nobody's name.
_ORDINARY = _words(
    "a about active acute adductor after age aged all also am an and ankle anterior any are arthrogram "
    "arthroscopy as at asked asking athlete back bad ball band basketball before better bilateral both boy but "
    "calf calves can case chain child chronic client clinic coach complains could cyclist dancer day days deficit "
    "denies did discussed do does doing everyone excellent failed feels female film findings first fit foot "
    "footballer for former friday from full gait girl good great had hamstring hamstrings has have he heel her "
    "high hip his history hop how i if imaging images in injury initial injection is it joint jumper jumpers just "
    "keen knee knees lady last lateral left leg limited load loading low male man march may me medial meniscal "
    "meniscus middle monday more mri my netball new newly no normal not now old older on or our out pain painful "
    "partial patella patellar patellofemoral patient patients persistent physio physiotherapist physiotherapy "
    "please poor positive possible post posterior presents previous professional progress pt quad quadriceps "
    "quads question range recent recreational referral referred rehab report reported reports request results "
    "retired return right runner runners running said saturday says scan second seen sees severe she should "
    "showed shows since sir so some sports squat still strength strong student sunday surgery surgical suspected "
    "swelling swollen symptoms team tendinopathy tendon tennis test tested testing tests thanks that the their "
    "then there these they third this three thursday to today told total treatment tuesday twisted two underwent "
    "unable update very waiting walking was we weak weakness wednesday week weekend weeks went were what when "
    "where which while who why will with woman work works worse would x year years yes you young your"
)

# --- dates
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMERIC = r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})(?![\d/])"
_WORDED = rf"{_DAY}[ -](?:of )?{_MONTH}[.,]?[ -]['\u2019]?(?:\d{{4}}|\d{{2}})\b|{_MONTH}\.? {_DAY},? \d{{4}}\b"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_YEARLESS = rf"{_ORDINAL} (?:of )?{_MONTH}|{_MONTH} {_ORDINAL}\b|(?<=on )(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}\b)"
_BIRTH = re.compile(
    r"\b(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|born(?: on)?(?: the)?|b\.)\s*[:=-]?\s*\(?"
    rf"(?P<date>{_NUMERIC}|(?:\d{{1,2}} \d{{1,2}} \d{{4}}|\d{{8}})(?!\d)|{_WORDED})",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(rf"(?<![\w/.-])(?:on )?(?P<date>{_NUMERIC}|{_WORDED}|{_YEARLESS})", re.IGNORECASE)
# Repetitions, ranges of motion and scores that are written like a date with a two-digit year: "15-12-10 reps".
_SERIES_BEFORE = re.compile(
    r"\b(?:rom|range|flexion|extension|reps?|sets(?: of)?|tempo|kg|pyramid|scores?)\W{0,3}$", re.IGNORECASE
)
_SERIES_AFTER = re.compile(
    r"\s*(?:reps?|repetitions|sets?|kg|lbs?|cm|mm|deg\w*|seconds|secs?|mins?|minutes)\b|\s*[%\u00b0]"
)
_COUNTED_IN_DAYS, _WEEK_DAYS, _YEAR_DAYS = (
    14,
    7,
    365,
)  # an interval is told in days, then weeks, after two years in years
_NHS_DIGITS, _YEAR_DIGITS, _LAST_MONTH, _WHOLE_NAME_WORDS = 10, 4, 12, 2
_Replace = Callable[[re.Match[str]], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text without identifiers, and which kinds were taken out."""

    text: str
    kinds: tuple[str, ...]


def redact(text: str, *, today: date, authors: Mapping[str, str] = MappingProxyType({})) -> Redacted:
    """Return `text` with each identifier replaced by what a case may keep of it.

    What one identifier hid from view, glued to it, is found in a further pass: the result holds nothing to take out.

    Args:
        text: as typed.
        today: the day the question is asked, for ages and intervals.
        authors: first names by the surnames of those whose views a question may name; they are no patients.

    >>> redact("Mrs Jones, DOB 12/03/1990, ACLR on 1 June 2026", today=date(2026, 7, 13)).text
    '[name], 36-year-old, ACLR 6 weeks ago'
    """
    found: list[str] = []
    while kinds := (passed := _passed(text, today, {**_RESEARCHERS, **authors})).kinds:
        text = passed.text
        found += kinds
    return Redacted(text=text, kinds=tuple(dict.fromkeys(found)))


def _passed(text: str, today: date, authors: Mapping[str, str]) -> Redacted:
    rules: list[tuple[str, re.Pattern[str], _Replace]] = [
        ("name", _BEFORE_BIRTH, lambda m: _cued(m, authors)),
        ("date of birth", _BIRTH, lambda m: _age(m, today)),
        ("e-mail", _EMAIL, lambda m: _put("[e-mail]", m)),
        ("NHS number", _NHS, lambda m: _put("[NHS number]", m) if is_nhs_number(m.group()) else None),
        *(("record number", p, lambda m: _put("[record number]", m)) for p in _RECORDS),
        ("date", _ANY_DATE, lambda m: _interval(m, today)),
        *(("phone", p, lambda m: _put("[phone]", m)) for p in _PHONES),
        ("record number", _LONG_NUMBER, lambda m: _put("[record number]", m)),
        ("address", _STREET, lambda m: _put("[address]", m)),
        *(("postcode", p, lambda m: _put("[postcode]", m)) for p in _POSTCODES),
        *(("name", p, lambda m: _titled(m, authors)) for p in _TITLED),
        *(("name", p, _named) for p in _NAMED),
        *(("name", p, lambda m: _cued(m, authors)) for p in _CUED),
    ]
    kinds: list[str] = []
    for kind, pattern, replace in rules:
        text, changed = _substituted(text, pattern, replace)
        kinds += [kind] * changed
    return Redacted(text=text, kinds=tuple(kinds))


def is_nhs_number(text: str) -> bool:
    """Return whether the ten digits in `text` pass the NHS number's modulus-11 check.

    Source: NHS Data Dictionary, "NHS NUMBER": weights 10 to 2, check digit 11 minus remainder.
    """
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != _NHS_DIGITS:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, range(_NHS_DIGITS, 1, -1), strict=False)) % 11
    return check % 11 == digits[-1] and check != _NHS_DIGITS


def _substituted(text: str, pattern: re.Pattern[str], replace: _Replace) -> tuple[str, bool]:
    """Return `text` with what `replace` makes of each match, and whether it made anything."""
    changed = False

    def substitute(match: re.Match[str]) -> str:
        nonlocal changed
        replacement = replace(match)
        changed = changed or replacement is not None
        return match.group() if replacement is None else replacement

    return pattern.sub(substitute, text), changed


def _put(placeholder: str, match: re.Match[str]) -> str:
    """Return the match with its group, or all of it where there is none, replaced by `placeholder`."""
    group = next(iter(match.re.groupindex), 0)
    return match.string[match.start() : match.start(group)] + placeholder + match.string[match.end(group) : match.end()]


def _titled(match: re.Match[str], authors: Mapping[str, str]) -> str | None:
    """Replace title and name, unless it is an author, not a patient, whom the question names."""
    names = _leading_names(match["name"])
    is_aged = re.match(r",? \(?(?:aged )?\d{1,3}\b", match.string[match.end() :])
    if not names or (_is_author(names, authors) and not is_aged):
        return None
    return "[name]" + _after(names, match)


def _named(match: re.Match[str]) -> str | None:
    names = _leading_names(match["name"])
    return _before(match) + "[name]" + _after(names, match) if names else None


def _cued(match: re.Match[str], authors: Mapping[str, str]) -> str | None:
    """Replace the name, unless its first word is that of a test or an author: the cue alone is weak."""
    names = _leading_names(match["name"])
    spared = _EPONYMS | authors.keys() | set(authors.values())
    is_eponym = bool(names) and not spared.isdisjoint(re.split(r"\W", names[0]))
    is_cut = len(names) < _WHOLE_NAME_WORDS <= len(match["name"].split(" "))
    return None if is_eponym or is_cut else _named(match)


def _leading_names(text: str) -> list[str]:
    return list(takewhile(lambda word: not _is_ordinary(word), text.split(" ")))


def _is_ordinary(word: str) -> bool:
    return re.split(r"['\u2019-]", word.lower())[0] in _ORDINARY


def _is_author(names: list[str], authors: Mapping[str, str]) -> bool:
    first, last = names[0], re.split(r"['\u2019]", names[-1])[0]
    return last in authors and (len(names) == 1 or first == authors[last])


def _before(match: re.Match[str]) -> str:
    return match.string[match.start() : match.start("name")]


def _after(names: list[str], match: re.Match[str]) -> str:
    """Return what the match holds behind `names`: ordinary words, a comma."""
    return match.string[match.start("name") + len(" ".join(names)) : match.end()]


def _age(match: re.Match[str], today: date) -> str:
    born = _parsed(match["date"], today, is_past=True)
    if born is None or born > today:
        return "[date of birth]"
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{years}-year-old"


def _interval(match: re.Match[str], today: date) -> str | None:
    said = match["date"]
    then = _parsed(said, today, is_past=False)
    if then is None:
        return "[date]" if re.search(r"\d{4}", said) else None
    if not re.search(r"\d{4}|[a-z]", said) and _is_series(match):
        return None
    days = (today - then).days
    if days == 0:
        return "today"
    return f"{_length(days)} ago" if days > 0 else f"in {_length(-days)}"


def _is_series(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start()], match.string[match.end() :]
    return bool(_SERIES_BEFORE.search(before[-20:]) or _SERIES_AFTER.match(after))


def _length(days: int) -> str:
    """Return a length of time, coarser the longer it is: what a case needs and no more."""
    if days < _COUNTED_IN_DAYS:
        number, unit = days, "day"
    elif days < 2 * _YEAR_DAYS:
        number, unit = days // _WEEK_DAYS, "week"
    else:
        number, unit = days // _YEAR_DAYS, "year"
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _parsed(said: str, today: date, *, is_past: bool) -> date | None:
    """Return the day that is meant, read day first; a year of two digits or none is the latest that fits."""
    numbers = re.findall(r"\d+", said)
    month = next((n for n, m in enumerate(_MONTHS, start=1) if re.search(rf"\b{m}|\d{m}|-{m}", said.lower())), None)
    if month is not None:
        day, year = numbers[0], numbers[1] if len(numbers) > 1 else None
        return _day(day, str(month), year, today, is_past=is_past)
    if len(numbers) == 1:
        numbers = [said[:2], said[2:4], said[4:8]]
    first, second, third = numbers
    if len(first) == _YEAR_DIGITS:
        return _day(third, second, first, today, is_past=is_past)
    if int(second) > _LAST_MONTH:
        first, second = second, first
    return _day(first, second, third, today, is_past=is_past)


def _day(day: str, month: str, year: str | None, today: date, *, is_past: bool) -> date | None:
    latest = today.year if is_past or year is None else today.year + 1
    if year is None:
        full = latest if (int(month), int(day)) <= (today.month, today.day) else latest - 1
    else:
        full = int(year) if len(year) == _YEAR_DIGITS else latest - (latest - int(year)) % 100
    try:
        found = date(full, int(month), int(day))
        return (
            found.replace(year=full - 100) if is_past and year and len(year) < _YEAR_DIGITS and found > today else found
        )
    except ValueError:
        return None
