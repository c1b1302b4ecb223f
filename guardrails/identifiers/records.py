"""Numbers by which a person, a visit, a policy or an implant is filed.

The principle is one: a cue ("hospital no", "auth code", "lot", "eircode") and behind it, or before it, a token with
digits. Which tokens count depends on how much the cue says: "MRN 4471" is a record, "case 3" and "unit 3 of 4" are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from guardrails.identifiers.checksums import is_bank_account, is_nhs_number
from guardrails.identifiers.types import Rule

# --- the token
# A number that goes on is not the age, the load or the range of motion that a note puts behind it.
_CLINICAL = (
    r"(?:\d{1,3}(?:\s?[MF]\b|[\s-]?(?:y|yr|yrs|yo|years?|deg|degrees|kg|cm|mm|km|reps?|sets?|weeks?|wks?|days?|months?|"
    r"min|mins|sec|secs|x|of|out)\b|\s?[/%\u00b0x.+][\d/]?|\s?-\s?\d)|\d{1,3}\s*$)"
)
_GROUPS = rf"(?:[ ](?!{_CLINICAL})\d[\d-]{{1,7}}(?![\w/.%]\w|%)){{0,5}}(?:[ ]\d(?!\w|[.,]\d|[ /.-]{{0,2}}\d|/|[ -]?(?:sets?|reps?|x|weeks?|wks?|days?|months?|of|out|out of)\b))?"
_UNDATED = r"(?!(?:[0-2]?\d|3[01])[/.-](?:[0-2]?\d|3[01])[/.-]\d{2,4}\b(?![/.-]\d))(?!(?:19|20)\d\d(?:[/-]\d\d)?\b(?![ /-]?\d))"  # no date, no year
_TOKEN = (
    rf"(?-i:[A-Z]{{1,6}}[ /.-]{{0,2}}(?=\d))?{_UNDATED}"
    r"(?=[A-Z]{0,8}\d)[A-Z0-9]{1,30}(?:[/.-][A-Z0-9]{1,14}){0,4}(?!\w)" + _GROUPS
)
_LINK = (
    r"(?:[\s]*(?:\b(?:nos?|numbers?|num|nums|nr|id|ids|ref|reference|code|card|is|was|are|line|reads|ending|account|PPO|HMO|EPO)\b"
    r"\.?|[#:=(\u2013-]))"
)
_NUMBER = rf"(?P<number>{_TOKEN})"

# --- the cues
_FILED = (  # nothing but an identifier follows these
    r"MRN|MR\#|PAS|EMIS|SystmOne|RiO|CHI|H&C|HCN|IHI|PPSN?|NINO|NIN|NI|SSN|UBRN|UDI|GTIN|DVA|Medicare|Medicaid|"
    r"H\.?S\.?E|TFN|ABN|SIN|BSN|PESEL|CPF|DNI|NRIC|NHI|URN|Aadhaar|CRIS|PACS|accession|medical record|health (?:and|&) (?:social )?care|national insurance|"
    r"soc(?:ial)?\.? sec(?:urity)?|serial|S/N|SN|lot|batch|polic[yi](?:es)?|claims?|pre-?auth(?:ori[sz]ation)?|"
    r"auth(?:ori[sz]ation)?|memberships?|member|subscriber|grp|Bupa|AXA|Aviva|Vitality|VHI|Laya|Aetna|Cigna|BCBS|Humana|Medibank|insured|insurer|passport|driving licen[cs]e|"
    r"driver'?s licen[cs]e|licen[cs]e|booking|appt|appointment|referral|invoice|order|episode|encounter|wristband|"
    r"barcode|tracking|IBAN|sort(?: code)?|GMC|HCPC|NMC|AHPRA|CORU|username|user name|user id|login|pin|ticket|travel card"
)
_LOOSE = (  # these need a "no", an "id" or a colon behind them
    r"hosp(?:ital)?|patient|pt|client|record|case|chart|unit|file|id|ref(?:erence)?|device|implant|component|prosthesis|"
    r"model|account|acct|a/c|registration|reg|group|job|study|trust|clinic|card|bed|badge|staff|employee|student|"
    r"locker|confirmation|code|voucher|catalogue|cat|visit|contract|customer|insurance"
)
_CUED = re.compile(rf"\b(?:{_FILED})\b['\u2019]?s?{_LINK}{{0,4}}\s*{_NUMBER}", re.IGNORECASE)
_NHS_CUED = re.compile(rf"\bNHS\b{_LINK}{{0,4}}\s*{_NUMBER}", re.IGNORECASE)
_GLUED = re.compile(r"\b(?:MRN|CHI|SN|NHS)(?P<number>\d{4,})\b")
_LINKED = re.compile(rf"\b(?:{_LOOSE})\b{_LINK}{{1,4}}\s*{_NUMBER}", re.IGNORECASE)
_REF = re.compile(
    rf"\b(?:ref|reference|id|hosp|hospital|patient|pt|case|chart|record|file|acct|account|code|sort)\b\.?\s{_NUMBER}",
    re.IGNORECASE,
)
_BARE_LINK = re.compile(
    rf"(?<![\w-])(?:no\.|no:|nos\.?|number|num|\#)[ ]?(?!\+|00\d\d|\(?0\d{{2,4}}\)?[ -]?\d{{3}}){_NUMBER}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\w/.-]){_NUMBER}(?=(?:\s?\(|\s(?:is|was|=|as)\s)(?:the |her |his |their |its |my )?(?:new |old )?"
    rf"(?:NHS|MRN|CHI|IHI|SSN|hospital (?:no|number|id)|(?:policy|claim|booking|serial|membership|record|case|patient|"
    rf"appointment|referral|medicare|lot|implant|device) (?:no|number|num|ref|reference|code|id)|"
    rf"(?:ref|reference) (?:no|number)|on (?:the|her|his) (?:wristband|sticker|referral|label))\b)",
    re.IGNORECASE,
)

# --- tokens whose shape alone says what they are
_NHS = re.compile(r"(?<![\w.])\d{3}([ -]?)\d{3}\1\d{4}\b")
_UDI = re.compile(r"(?<!\w)\(01\)\s?\d{14}(?:\s?\(\d{2}\)\s?[A-Za-z0-9-]{1,20}){0,5}")
_SHAPES = (
    re.compile(r"(?i:\bsort(?: code)?\b[\s:]*)(?P<number>\d\d-\d\d-\d\d)\b"),  # GB bank branches
    re.compile(r"(?<![\w-])(?P<number>\d{3}-\d{2}-\d{4})(?![\w-])"),  # US social security
    re.compile(r"\b(?P<number>[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D])\b"),  # GB national insurance
    re.compile(r"\b(?P<number>\d{7}[A-W][ABHWTX]?)\b"),  # IE personal public service
    re.compile(r"\b(?P<number>[A-Z]{2,5}9{0,3}\d{6}[A-Z]{1,2}\d?[A-Z]{1,2})\b"),  # GB driving licence
    re.compile(r"(?<![\w.-])(?P<number>\d{4}(?:[ -]\d{4}){3})(?![\w-])"),  # cards
    re.compile(
        r"\b(?!(?:PMC|NCT|ISRCTN|PMID|CRD|ACTRN|CD|DRKS|CTRI|NTR|JPRN|ISBN|ISSN|COPD|EUCTR)\W?\d)"
        r"(?<![\w-])(?P<number>[A-Z]{1,5}[/-]?\d{5,}(?:[/-]?[A-Z0-9]{1,6})?)\b"
    ),
    re.compile(r"\b(?P<number>[A-Z]{2,5}-\d{2,}-[A-Z0-9]{1,12}|[A-Z]{2,5}\d{2,}-\d{3,})\b"),
    re.compile(r"\b(?P<number>\d{5,}[A-Z])\b"),
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_LONG = re.compile(
    r"(?<![\w.,/;-])(?<!PMID )(?<!PMID: )(?<!pmid )(?<!pmid: )(?<!doi )(?<!ISBN )(?P<number>\d{7,})(?![\w/-]|\.\d)"
)

_HINT = re.compile(r"\d{4}|\d{3}[ -]\d|\d[ -]\d\d[ -]\d|[A-Z]{1,6}[-/]\d|\b(?=[A-Za-z]{0,8}\d)(?=[a-z\d]*[A-Z])\w{5,}")

_FEW_DIGITS, _MANY_DIGITS, _MIXED_LENGTH = 4, 5, 5


def placed(kind: str, match: re.Match[str]) -> str:
    """Return the match with its named group, or all of it where there is none, replaced by the kind's placeholder."""
    group = next(iter(match.re.groupindex), 0)
    return f"{match.string[match.start() : match.start(group)]}[{kind}]{match.string[match.end(group) : match.end()]}"


def _record(match: re.Match[str], _: date) -> str:
    return placed("record number", match)


def _filed(match: re.Match[str], today: date) -> str | None:
    number = match["number"]
    is_mixed = len(number) >= _MIXED_LENGTH and any(c.isupper() for c in number)
    return _record(match, today) if _digits(number) >= _FEW_DIGITS or (is_mixed and _digits(number) > 1) else None


def _loose(match: re.Match[str], today: date) -> str | None:
    number = match["number"]
    is_mixed = len(number) >= _MIXED_LENGTH and any(c.isupper() for c in number) and _digits(number) >= 3
    return _record(match, today) if _digits(number) >= _MANY_DIGITS or is_mixed else None


def _linked(match: re.Match[str], today: date) -> str | None:
    """With a "no" or an "id" four digits are enough."""
    is_numbered = re.search(
        r"\b(?:no|number|num|id|ref|reference|code)\b|#",
        match.group()[: match.start("number") - match.start()],
        re.IGNORECASE,
    )
    return _filed(match, today) if is_numbered else _loose(match, today)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _rule(pattern: re.Pattern[str], replace: Callable[[re.Match[str], date], str | None]) -> Rule:
    return Rule(kind="record number", pattern=pattern, replace=replace, hint=_HINT)


def _iban(match: re.Match[str], today: date) -> str | None:
    return _record(match, today) if is_bank_account(match.group()) else None


def _nhs(match: re.Match[str], _: date) -> str | None:
    return "[NHS number]" if is_nhs_number(match.group()) else None


RULES = (
    _rule(_GLUED, _record),
    _rule(_UDI, _record),
    _rule(_IBAN, _iban),
    *(_rule(p, _record) for p in _SHAPES),
    _rule(_CUED, _filed),
    Rule(kind="NHS number", pattern=_NHS, replace=_nhs, hint=_HINT),
    _rule(_NHS_CUED, _filed),
    _rule(_LINKED, _linked),
    _rule(_REF, _loose),
    _rule(_BARE_LINK, _loose),
    _rule(_AFTER, _loose),
)
"""Before dates and telephone numbers are looked for."""

LEFT_OVER = (_rule(_LONG, _record),)
"""After them: so long a number is nothing that a clinic measures."""
