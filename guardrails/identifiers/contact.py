"""Where a person is reached: mail, telephone, pages and accounts, and the car that brings them."""

from __future__ import annotations

import ipaddress
import re
from datetime import date

import phonenumbers

from guardrails.identifiers.records import placed
from guardrails.identifiers.types import Rule

# --- mail, pages, accounts
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_SPELT_EMAIL = re.compile(
    r"\b[\w+-]{1,40}(?: ?(?:dot|\.) ?[\w-]{1,40}){0,3} at (?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|nhs|hse)"
    r"(?: dot |\.)\w{2,10}(?:(?: dot |\.)\w{2,10})?\b",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:\bhttps?://|\bwww\.)[^\s<>\"\u201d)\]]{2,300}|\b(?:[\w-]{2,40}\.){1,3}[a-z]{2,10}/[\w./?=&%~#-]{2,200}"
)
# Pages that a question may well name: publishers, guidelines and registers hold no patient.
_PUBLISHED = re.compile(
    r"doi\.org|pubmed|ncbi\.nlm|\bnih\.gov|nice\.org|\bbmj\.|jospt|cochrane|who\.int|clinicaltrials|physio-pedia|"
    r"csp\.org|aaos\.org|oarsi|springer|elsevier|wiley|sagepub|frontiersin|plos|mdpi|tandfonline|sciencedirect|"
    r"lww\.com|oup\.com|academic\.|nature\.com|thelancet|medrxiv|youtube\.com/@",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w.])@(?!(?:rpe|rir|rm|bw|home|work|rest|night|gym|least|\d)\b)(?!RPE|RIR)[A-Za-z_][\w.]{2,39}\b"
)
_FORUM = re.compile(r"(?<![\w/])u/[A-Za-z][\w-]{2,30}\b")
_ACCOUNT = re.compile(
    r"\b(?:insta(?:gram)?|ig|tik ?tok|twitter|snap(?:chat)?|facebook|fb|strava|skype|discord|youtube|linkedin|whatsapp|"
    r"zwift|user ?name|handle|login|account|screen name|pass ?word|passcode|pass ?phrase|pass)\b(?: (?:name|id|is|as|at|page|account|handle|under))*[:\s=]{1,3}"
    r"(?P<number>(?=[\w.-]*[\d_])(?=[\w.-]*[A-Za-z])[\w.!$-]{4,40}\b)",
    re.IGNORECASE,
)
_NICK = re.compile(
    r"(?<![\w@/.])(?P<number>(?=[\w.]*\d)(?=[\w.]*[A-Za-z]{2})\w{2,30}_\w{1,30}|(?=\w*\d)(?=\w*[A-Za-z]{3})\w{5,30}(?= (?:on|@) (?:insta|ig\b|tik|twitter|strava|snap|facebook|x\b)))",
    re.IGNORECASE,
)
_IP = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[\da-f]*:[\da-f:]*:)[\da-f:]{6,39})(?![\w:]|\.\d)", re.IGNORECASE
)
_MAC = re.compile(r"\b(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}\b", re.IGNORECASE)

# --- telephones
_TRUNK = re.compile(r"(?<![\w.])(?:\(0\d{1,4}\)|0\d{1,4})(?:[\s-]{0,2}\d){5,9}(?!\w|[./]\d)")
_PHONES = (
    re.compile(r"(?<![\w+])(?:\+|00)\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?\(?\d(?:[\s().-]{0,2}\d){6,12}(?!\w|\.\d)"),
    re.compile(r"(?<![\w.])(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w|\.\d)"),
    re.compile(r"(?<![\w.])0\d{2,4}\.\d{3,4}\.\d{3,4}(?!\w|\.\d)"),
    re.compile(r"(?<![\w.])1[38]00[ -]?\d{3}[ -]?\d{3}(?!\w|\.\d)"),
    re.compile(
        r"\b(?:tel|telephone|phone|mobile|mob|cell|ph|landline|fax|pager|bleep|call|ring|rang|text|txt|whatsapp|"
        r"contact|voicemail)\b['\u2019]?s?[\s:.#]*(?:(?:him|her|them|me|us|on|at|from|no|number|num|is|was|home|work|"
        r"daughter|son|wife|husband|mum|dad)\b[\s:.#]*){0,4}"
        r"(?P<number>\+?\(?\d(?:[\s()-]{0,2}\d){5,14})(?!\w|[./]\d)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:bleep|pager)\b[\s:.#]*(?:no|number)?[\s:.#]*(?P<number>\d{3,6})\b", re.IGNORECASE),
)
_TRUNK_DIGITS = (9, 11)
_DIALLED = re.compile(r"(?<![\w./;-])(?!\d{9,}(?!\d))\d[\d ()-]{8,17}\d(?!\w|[./]\d)")
_REGIONS = ("GB", "IE", "US", "AU")

# --- cars
_NOT_A_PLATE = "ACL|PCL|MCL|LCL|TKR|TKA|UKR|THR|PFP|AKP|OKC|CKC|RPE|RIR|ROM|LSI|BFR|KOA|BMI|VAS|NRS|SLR|RDL|WBC|CRP|ESR|HSR|DVT|MRI"
_PLATES = (
    re.compile(rf"\b(?P<number>[A-Z]{{2}}\d{{2}} ?(?!(?:{_NOT_A_PLATE})\b)[A-Z]{{3}})\b"),
    re.compile(r"\b(?P<number>\d{2,3}-[A-Z]{1,2}-\d{1,6})\b"),
    re.compile(
        r"\b(?:reg(?:istration)?|number plate|plates?|vrm|vehicle|rego|tag)\b(?: (?:no|number|mark|plate|is)\b\.?)*[\s:.]*"
        r"(?P<number>(?=[A-Z ]*\d)[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,5})\b(?! ?(?:of|from|with))"
    ),
    re.compile(
        r"\b(?:drives|car|van|parked|badge)\b[^.\d]{0,12}\b(?P<number>[A-Z]{1,3}\d{1,4} ?[A-Z]{1,3}|[A-Z]{3} ?\d{3,4})\b"
    ),
)


def _url(match: re.Match[str], _: date) -> str | None:
    said = match.group().rstrip(".,;:")
    return None if _PUBLISHED.search(said) else "[link]" + match.group()[len(said) :]


def _address(match: re.Match[str], _: date) -> str | None:
    try:
        ipaddress.ip_address(match.group())
    except ValueError:
        return None
    return "[device]"


def _trunk(match: re.Match[str], _: date) -> str | None:
    """Replace a national number, told by its leading zero: as long as one, and no row of results."""
    digits = sum(c.isdigit() for c in match.group())
    return "[phone]" if _TRUNK_DIGITS[0] <= digits <= _TRUNK_DIGITS[1] else None


def _dialled(match: re.Match[str], _: date) -> str | None:
    """Replace a number without a sign of its own: one of a region's numbering plan, with a group too long for a result."""
    said = match.group()
    if not re.search(r"\d{4}", said):
        return None
    for region in _REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(said, region)):
                return "[phone]"
        except phonenumbers.NumberParseException:
            continue
    return None


def _put(kind: str, pattern: re.Pattern[str], hint: str) -> Rule:
    return Rule(kind=kind, pattern=pattern, replace=lambda m, _: placed(kind, m), hint=re.compile(hint))


_DIGITS = re.compile(r"\d(?:[\s().-]{0,3}\d){5}")

WRITTEN = (
    Rule(kind="link", pattern=_URL, replace=_url, hint=re.compile("/|www")),
    _put("e-mail", _EMAIL, "@"),
    _put("e-mail", _SPELT_EMAIL, r" at \w+(?: dot |\.)"),
    _put("account", _HANDLE, "@"),
    _put("account", _FORUM, "u/"),
    _put("account", _ACCOUNT, r"\w[\d_]|[\d_]\w"),
    _put("account", _NICK, r"_|nsta|ok\b|witter|trava|nap|acebook"),
    Rule(kind="device", pattern=_IP, replace=_address, hint=re.compile(r"\d\.\d{1,3}\.\d|:[\da-fA-F]*:")),
    _put("device", _MAC, "[:-][0-9A-Fa-f]{2}[:-]"),
)
"""What is written with letters; before any number is looked at."""

DIALLED = (
    *(Rule(kind="phone", pattern=p, replace=lambda m, _: placed("phone", m), hint=_DIGITS) for p in _PHONES[:-1]),
    _put("phone", _PHONES[-1], "leep|ager|LEEP|AGER"),
    Rule(kind="phone", pattern=_TRUNK, replace=_trunk, hint=_DIGITS),
    Rule(kind="phone", pattern=_DIALLED, replace=_dialled, hint=_DIGITS),
)
"""After records and dates, which are told apart by their cues."""

PLATES = tuple(_put("car", p, r"[A-Z]\d|\d-[A-Z]|[A-Z] \d|\d [A-Z]") for p in _PLATES)
"""After postcodes."""
