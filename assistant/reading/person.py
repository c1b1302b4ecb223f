"""Readers of who the patient is: age, sex, sport, level, pregnancy."""

from __future__ import annotations

import re

from assistant.readers import NUMBER_WORDS, Reader, Values, constant, reader

_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_NO_AGE_AFTER = re.compile(
    r"\b(?:rais\w*|ris\w*|hop\w*|limb symmetry|symmetry|reps?|repetitions?|sets?|dos\w+|mg|tablets?|weeks?|days?|months?|years?|"
    r"minutes?|score|scale|degrees?|flexion|extension|cm|kg|wall|lunge|left|right|cadence|bpm|pages?|n|mother|father|mum|dad|"
    r"sister|brother|son|daughter|wife|husband|cousin|aunt|uncle|friend|ages?)\b"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def _age(match: re.Match[str]) -> Values:
    age = float(match.group(1))
    return {"age": age} if 4 <= age <= 105 else {}


def _bare_age(match: re.Match[str]) -> Values:
    """Return the number alone between commas, unless what stands before it is a test, a dose or a relative."""
    return {} if _NO_AGE_AFTER.search(match.group(1)) else {"age": float(match.group(2))}


def _age_in_words(match: re.Match[str]) -> Values:
    tens, units = match.groups()
    if tens in _TEENS:
        return {"age": 10.0 + _TEENS.index(tens)}
    return {"age": float(_TENS[tens] + (NUMBER_WORDS[units] if units else 0))}


def _sex_of(word: str) -> str:
    return "female" if word in ("f", "female", "woman", "girl", "lady") else "male"


def _age_sex(match: re.Match[str]) -> Values:
    return {**_age(match), "sex": _sex_of(match.group(2))}


def _sex_age(match: re.Match[str]) -> Values:
    return {"sex": _sex_of(match.group(1)), "age": float(match.group(2))}


_SPORTS = {
    "running": r"runners?|joggers?|marathon\w*|parkrun\w*|(?:5|10) ?k runner|cross[- ]country(?! ski)|sprinters?",
    "football": r"football\w*|soccer|futsal|5-a-side|gaa|gaelic",
    "basketball": r"basketball\w*",
    "volleyball": r"volleyball\w*|vball",
    "tennis": r"tennis(?! elbow)|squash player|badminton|padel",
    "cycling": r"cyclists?|cycling|triathl\w+",
    "skiing": r"skiers?|skiing|skis|(?:alpine|downhill) racers?|ski[ -](?:rac\w+|teams?|athletes?|instructors?|coach|patrol\w*|club|season)|freestyle ski",
    "dance": r"dancers?|ballet",
    "gym": r"gym-goer|crossfit\w*|powerlift\w*|weightlift\w*",
    "netball": r"netball\w*",
    "rugby": r"rugby",
    "hockey": r"hockey",
    "swimming": r"swimm(?:er|ers|ing)|swims",
}
_SPORTS_BY_ACTIVITY = {  # after the words for a person, so that a footballer whose knee hurts on running stays one
    "running": r"running|runs|ran|jogg\w+|5 ?k|10 ?k|sprinting",
}
_METRES = (
    r"\W{0,2}(?:sprints?|shuttles?|runs?|walk|swim|row|dash|hops?|repeats?|efforts?|intervals?|before|and back|track|hurdles|"
    r"distance|x|without)\b"
)
# "6m post ACLR" is a time, "6M, knee pain" a boy
_SINCE = (
    r"\W{0,2}(?:post\w*|after|ago|since|out|on|into|in|following|follow|from|s/p|down|time|pre\w*|of|history|hx|old|tall|long|"
    r"timed|x|and|rehab|review|r/v|check|mark|later)\b"
)
_MOVED = r"\b(?:walk(?:s|ed|ing)?|runs?|ran|swims?|sprints?|after|over|than|every|x|about|first|last) "
# "a 5-year-old injury" is no child
_NOT_INJURY = r"(?!(?:[1-9]|1[0-2])[ -](?:year|yr)s?[ -]old (?:\w+ )?(?:injur\w+|tear|repair|graft|scar|operation))"
_THRESHOLD = r"(?! (?:or|and) (?:over|more|above|older|up)|\+)"
# "Bento and her trial", "what he argues": the author's pronoun, not the patient's
_AN_AUTHORS = (
    r"(?! (?:own )?(?:trial|study|research|paper|article|blog|post|argument|claim|clients?|data|evidence|school|argues?|"
    r"argued|writes|wrote|proved|concedes)\b)"
)

PERSON: tuple[Reader, ...] = (
    reader(
        rf"(?<![\d.])\b(\d{{2}})(?:[ -]?(?:yo|y/o|y))?[ -]?(f|m(?!{_METRES}))\b",
        _age_sex,
        deniable=False,
        unless=_MOVED,
    ),
    reader(rf"(?:^|\n)\W*([4-9])(f|m)\b(?!{_METRES})(?!{_SINCE})", _age_sex, deniable=False),
    reader(
        r"\b(\d{1,3})[ -]?(?:y(?:ea)?r?s?[ -]?old|year[ -]old|yo|y/o|yrs?|y)?[ -]?(?:\w+ )?(female|male|woman|man|girl|boy|lady|gent|gentleman)\b",
        _age_sex,
        deniable=False,
    ),
    reader(
        r"\b(f|m|female|male)[ /,-]?(\d{2})\b(?!\s*(?:cm|reps?|repetitions?|%|mm|/|v\b|weeks?|km))",
        _sex_age,
        deniable=False,
    ),
    reader(
        rf"\b{_NOT_INJURY}(\d{{1,3}})[ -]?(?:y(?:ea)?rs?[ -]?olds?|year[ -]olds?|yo\b|y/o|y\.? ?o\b|yr old)",
        _age,
        deniable=False,
    ),
    reader(
        rf"\b({'|'.join(_TEENS)}|{'|'.join(_TENS)})(?:[ -]({'|'.join(list(NUMBER_WORDS)[:9])}))?[ -](?:yea)?rs?[ -]old\b",
        _age_in_words,
        deniable=False,
    ),
    reader(rf"\bage[d:]?\W{{0,2}}(\d{{1,3}})\b{_THRESHOLD}", _age, deniable=False),
    reader(
        r"\b(?:shes|hes|(?:she|he|pt|patient|client) is) (?:actually |now |only |just )?(\d{2})\b(?!\s*(?:%|weeks?|days?|months?|cm|km|minutes?|kg|/))",
        _age,
        deniable=False,
    ),
    reader(
        r"\b(?:girl|boy|lad|lass|woman|man|lady|child|kid|player|runner) of (\d{1,2})\b(?!\s*(?:%|weeks?|days?|months?|cm|km|kg|/))",
        _age,
        deniable=False,
    ),
    reader(r"\bturned (\d{1,2})\b(?!\s*(?:%|weeks?|days?|months?|degrees?|/))", _age, deniable=False),
    reader(
        r"(?:^|[.,:(] ?)([^,\d]{2,80}|[^,]{2,80}\)), ([1-9]\d)(?=,(?! ?(?:\d|weeks?|days?|months?|years?)))",
        _bare_age,
        deniable=False,
    ),
    constant(
        rf"\b(?:(?:she|her){_AN_AUTHORS}|shes|hers|woman|female|lady|girl|new mum|mum of)\b",
        "sex",
        "female",
        deniable=False,
    ),
    constant(
        rf"\b(?:(?:he|his){_AN_AUTHORS}|hes|him|man|male|boy|lad|gentleman|bloke|guy)\b", "sex", "male", deniable=False
    ),
    *(constant(rf"\b(?:{p})\b", "sport", s) for s, p in _SPORTS.items()),
    *(constant(rf"\b(?:{p})\b", "sport", s) for s, p in _SPORTS_BY_ACTIVITY.items()),
    constant(r"\b(?:novice|beginner|new to running|couch to 5k|start-to-run)\b", "level", "novice"),
    constant(
        r"\b(?:recreational|rec|keen|club|hobby|park) (?:\w+ )?(?:runner|athlete|footballer|player|cyclist|swimmer)",
        "level",
        "recreational",
    ),
    constant(r"\b(?:elite|professional|pro|competitive|semi-pro|academy)\b", "level", "competitive"),
    constant(r"\b(?:pregnan\w+|post-?partum|puerper\w+|\d+/40\b)", "pregnant", value=True),
)
