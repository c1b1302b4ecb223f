"""Two patients told of in one message: what is said of the first, of the others, and what is asked.

"34F runner, heel rise 12 v 24. Another pt, 61M with knee OA. Calf raises for both?" Facts of two people read as those
of one make a patient who does not exist. So the message is cut where the second person begins: the first is answered,
and it is said so. Patterns are tried on what was typed, so that what is cut stays in the asker's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.terms import plain

_PEOPLE = (
    r"(?:patients?|pts?|px|cases?|clients?|lady|gent|gentleman|man|woman|lad|lass|girl|boy|chap|bloke|guy|athlete|runner|"
    r"footballer|netballer|player|dancer|teenager|cyclist|referral|male|female)"
)
_MANY = (
    r"(?:patients|pts|clients|cases|people|runners|ladies|women|men|lads|girls|boys|footballers|players|athletes|dancers|"
    r"referrals|teenagers|cyclists|netballers)"
)
_FEMALE = frozenset({"f", "female", "woman", "girl", "lady", "lass", "she", "shes"})
_MALE = frozenset({"m", "male", "man", "boy", "lad", "gent", "gentleman", "chap", "bloke", "guy", "he", "hes"})
# "25 m sprint" is a distance and "6m post op" a time.
_NO_PERSON = (
    r"(?!\W{0,2}(?:sprints?|shuttles?|runs?|walk|swim|row|dash|hops?|intervals?|post|after|ago|since|out|on|into|in|from|"
    r"s/p|down|of|history|hx)\b)"
)
# A person as a case opens: age and sex, or an age said as one.
_PERSON = re.compile(
    rf"(?<![\w./])(?P<age>\d{{1,2}})(?:\s?-?(?:yo|y/o|yrs?|y)[\s-]?|-?)(?P<sex>f|m)\b{_NO_PERSON}|"
    rf"(?<![\w./])(?P<age7>\d{{1,2}}) (?P<sex7>(?-i:[FM]))\b{_NO_PERSON}|"
    rf"\b(?P<sex2>f|m)(?P<age2>\d{{2}})\b(?! \d)|"
    rf"(?<![\w./])(?P<age3>\d{{1,2}})[\s-]?(?:yo|y/o|(?:year|yr)s?[\s-]olds?)\b(?:[\s-]+\w+){{0,2}}?(?:[\s-]+(?P<sex3>female|male|woman|man|girl|boy|lady|lad|gentleman|gent))?\b|"
    rf"(?<![\w./])(?P<age4>\d{{1,2}})[\s-]+(?:\w+[\s-]+)?(?P<sex4>female|male|woman|man|girl|boy|lady|lad|gentleman|gent)\b|"
    rf"\b(?P<sex5>female|male|woman|man|girl|boy|lady|lad|lass|gentleman|gent|chap|bloke|guy)(?:,| of| aged?)? ?(?P<age5>\d{{2}})\b(?!\s*(?:cm|%|reps?|weeks?|days?|months?|years? (?:ago|of)|/|v\b))|"
    rf"\b(?P<sex6>she|he)(?:'?s| is) (?:a )?(?P<age6>\d{{2}})\b(?!\s*(?:cm|%|reps?|weeks?|days?|months?|years? (?:ago|of|post|out|since)|degrees?|/|v\b))",
    re.IGNORECASE,
)
# What may stand between a break in the sentence and a person who is told of anew.
_LEAD_WORDS = (
    r"(?:and|also|plus|then|while|whereas|but|vs?|versus|or|the|a|an|my|this|another|other|second|2nd|third|3rd|next|new|"
    rf"different|one|(?:other|second|one) (?:is|was|has)|got|seeing|there'?s|{_PEOPLE})"
)
_BEGINS = re.compile(
    rf"(?:^|[.;:,?!\n(/&+\u2013\u2014-]|\b(?:and|also|plus|versus|vs|whereas|while|then|or)\b)(?:\W*\b{_LEAD_WORDS}\b)*\W*$",
    re.IGNORECASE,
)
# Somebody who is no second patient: a relative, a sample of a study, a supposition, a slip put right, an age of before.
_NOT_HERE = re.compile(
    r"\b(?:mother|father|mum|mom|dad|brother|sister|cousin|aunt|uncle|grand\w+|wife|husband|son|daughter|partner|friend|"
    r"colleague|coach|carer|if|what if|suppose|say|imagine|were|unlike|than|not|sorry|actually|correction|meant?|rather than|"
    r"instead of|norms?|trial|study|studies|sample|cohort|paper|participants|aged|since|until|when|in|for an?|as an?|like an?)\b"
    r"[^.?!;\n]{0,25}$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:pts?|patients?|cases?|clients?|px)\.?\s?#?(?P<label>[abcdxyz1-4]|one|two|three)\b(?=\W|$)", re.IGNORECASE
)
_ITEM = re.compile(
    rf"(?:^|(?<=[\s:;,.]))\(?(?P<label>[1-4]|[a-d])[).:]\s*(?=(?:(?:a|an|my|the)\s+)?(?:{_PERSON.pattern.replace('(?P<', '(?P<item_')}|(?:[\w-]+\s+){{0,2}}?{_PEOPLE}\b))",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?<=[.;:!?\n] )|(?<=[.;:!?\n])|^|(?<=, ))(?:and )?(?:(?:mrs?|ms|miss)\.? (?:[A-Z][\w-]*\b|\[\w+\])|\[name\]),? ?(?:\(?\d{1,2}\b(?! ?(?:weeks?|wks?|days?|months?|/))|has\b|had\b|is \d{2}\b)",
)
_SIBLINGS = re.compile(r"\b(?:twins|siblings|sisters|brothers|husband and wife|couple)\b", re.IGNORECASE)
_FIRST_NAME = re.compile(r"(?:(?<=[.;:!?\n] )|(?<=, )|(?<=and ))(?:[A-Z][a-z]+|\[name\]) (?:had|has|is|was)\b")
_TWO = re.compile(
    rf"\b(?:two|2|three|3|couple of|pair of|both)\s+(?:of\s+)?(?:my\s+)?(?:[\w-]+\s+){{0,3}}?{_MANY}\b", re.IGNORECASE
)
_ONE = re.compile(
    r"\b(?:one|(?:the )?first)\b(?! (?:knee|leg|side|calf|week|session|line|step|thing|visit|question|author|school))",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:(?:and )?(?:the |my )?(?:other|second)(?: one)?|another|and one)\b(?! (?:knee|leg|side|calf|foot|limb|week|session|question|exercise|author|school|camp|view))",
    re.IGNORECASE,
)
_MARK = re.compile(
    rf"(?:(?<=[.;,?!:\n])|(?<=[.;,?!:\n]\s)|\b(?:and|also|plus|then)\s+)(?:(?:i have|i've got|got|seeing|have)\s+)?(?:a\s+|my\s+|the\s+)?(?:another|second|2nd|third|other)\s+(?:[\w-]+\s+)?{_PEOPLE}\b"
    r"(?!\W+(?:\w+\W+)?(?:said|says|told|swears|recommended|like|in trials|groups?|population))",
    re.IGNORECASE,
)
_MOVES_ON = re.compile(
    rf"\W*(?:(?:and|now|then|on to)\W+)*(?:a |the |my )?(?:(?:next|new|different|wrong|unrelated) (?:{_PEOPLE}|one|case)|next)\b",
    re.IGNORECASE,
)
_FOR_ALL = re.compile(r"\b(?:both|each|either|neither|them|they|all|who|which (?:one|of)|whom)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE = re.compile(r"[:,;]\s+|\s[\u2013\u2014-]\s")
_LEADS_ON = re.compile(
    r"[\s,;:&+\u2013\u2014-]*(?:\b(?:and|also|plus|while|whereas|but|then)\b)?[\s,;:&+(\u2013\u2014-]*$", re.IGNORECASE
)
_FEWEST_WORDS_TOLD = 2
_YEARS_APART = 2  # a birthday and a slip lie within it
_ASKS_OF_OTHER = re.compile(
    rf"^\W*(?:(?:and|ok|okay|now|so|then|thanks|right|what about|how about|on to|next)\W+)*(?:(?:for|about|with)\W+)?(?:the |my |patient |pt |number |no )*"
    rf"(?:other|second|2nd|two|2|b)\b(?: (?:one|{_PEOPLE}))?(?=\W*$|\W+(?:now|please|then|same question|calf|what|which|can|is|does|should|how|with|the)\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """What a message says of each patient, with what it asks of them; whether it leaves the others for the last one."""

    parts: tuple[str, ...]
    moves_on: bool = False

    @property
    def answered(self) -> str:
        """The one who is answered: the first, or the last where the asker has moved on."""
        return self.parts[-1 if self.moves_on else 0]

    @property
    def other(self) -> str:
        """The one who is answered next."""
        return self.parts[0 if self.moves_on else 1]


def divided(turn: str) -> Divided | None:
    """Return what `turn` says of each of several patients, or None where it tells of one.

    >>> divided("22F, ACLR 6/52. Another pt, 58M knee OA. Calf work?").answered
    '22F, ACLR 6/52. Calf work?'
    >>> divided("22F, ACLR 6/52, her mother is 58F. Calf work?") is None
    True
    """
    cuts = next(
        (found for look in (_labelled, _listed, _one_and_other, _persons, _named, _marked) if (found := look(turn))),
        None,
    )
    if cuts is None:
        return None
    parts = [turn[a:b].strip() for a, b in pairwise((*cuts, len(turn)))]
    parts[-1], asked = _question_after(parts[-1])
    is_for_all = _FOR_ALL.search(asked) is not None
    has_own = _is_asking(parts[0]) and not is_for_all
    first = _joined(turn[: cuts[0]].strip(), _ended(parts[0]), "" if has_own else asked)
    moves_on = _MOVES_ON.match(parts[-1]) is not None and not has_own and not is_for_all
    return Divided(parts=(first, *(_joined(_ended(p), asked) for p in parts[1:])), moves_on=moves_on)


def asks_of_other(turn: str) -> bool:
    """Return whether `turn` goes on to the other patient of an earlier message: "and the other one?"."""
    return _ASKS_OF_OTHER.match(plain(turn)) is not None


def _joined(*parts: str) -> str:
    return " ".join(p for p in parts if p)


def _ended(part: str) -> str:
    """Return `part` as a sentence of its own: what led on to the next patient is cut off."""
    told = _LEADS_ON.sub("", part)
    return told if told.endswith((".", "?", "!")) else f"{told}."


def _is_asking(part: str) -> bool:
    return "?" in part


def _is_for_all(sentence: str) -> bool:
    """Return whether a sentence that ends the message asks of all: it names nobody anew."""
    asks = _is_asking(sentence) or _FOR_ALL.search(sentence) or len(sentence.split()) <= _FEWEST_WORDS_TOLD
    return bool(asks) and not _PERSON.search(sentence)


def _question_after(part: str) -> tuple[str, str]:
    """Return the last part without the question that ends it, and that: sentences of their own, else a last clause."""
    sentences = [s for s in _SENTENCE.split(part) if s.strip()]
    place = len(sentences)
    while place > 1 and _is_for_all(sentences[place - 1]):
        place -= 1
    if place < len(sentences) or not _is_asking(part):
        return " ".join(sentences[:place]), " ".join(sentences[place:])
    ends = [m.end() for m in _CLAUSE.finditer(part)]
    told, asked = (part[: ends[-1]], part[ends[-1] :]) if ends else (part, "")
    return (told, asked) if asked and not _PERSON.search(asked) else (part, "")


def _named(turn: str) -> Sequence[int] | None:
    """Return where two people begin who are called by a title or a name, each with an age or an operation beside it."""
    pattern = _FIRST_NAME if _SIBLINGS.search(turn) else _NAME
    found = [m.start() for m in pattern.finditer(turn)]
    return found if len(found) > 1 else None


def _labelled(turn: str) -> Sequence[int] | None:
    """Return where "pt A" and "pt B" begin."""
    return _by_label(_LABEL.finditer(turn))


def _listed(turn: str) -> Sequence[int] | None:
    """Return where the items of a list begin that each name a person."""
    return _by_label(_ITEM.finditer(turn))


def _by_label(found: Iterator[re.Match[str]]) -> Sequence[int] | None:
    places: dict[str, int] = {}
    for match in found:
        places.setdefault(match.group("label").lower(), match.start())
    return sorted(places.values()) if len(places) > 1 else None


def _one_and_other(turn: str) -> Sequence[int] | None:
    """Return where "one" and "the other" begin, after words that there are two."""
    two = _TWO.search(turn)
    one = _ONE.search(turn, two.end()) if two else None
    other = _OTHER.search(turn, one.end()) if one else None
    return (one.start(), other.start()) if one and other else None


def _persons(turn: str) -> Sequence[int] | None:
    """Return where two people begin who differ in age or sex."""
    first: re.Match[str] | None = None
    cuts: list[int] = []
    for match in _PERSON.finditer(turn):
        if first is None:
            first = match
            cuts.append(0)
        elif _is_another(first, match) and (begin := _beginning(turn, match.start())) is not None:
            cuts.append(begin)
    return cuts if len(cuts) > 1 else None


def _beginning(turn: str, place: int) -> int | None:
    """Return where the words begin that bring in the person at `place` as a new one, or None where none do."""
    before = turn[:place]
    lead = _BEGINS.search(before)
    if lead is None:
        return None
    sentence = re.split(r"[.?!;\n]", before[: lead.start()])[-1] + before[lead.start() :]
    if _NOT_HERE.search(sentence) or re.search(r"\bif\b", sentence, re.IGNORECASE):
        return None
    return lead.start() + len(lead.group()) - len(lead.group().lstrip(" .;:,?!\n(/&+-\u2013\u2014"))


def _is_another(one: re.Match[str], other: re.Match[str]) -> bool:
    ages = [float(a) for m in (one, other) if (a := _group(m, "age"))]
    sexes = [s for m in (one, other) if (s := _sex(m))]
    apart = len(ages) == 2 and abs(ages[0] - ages[1]) >= _YEARS_APART
    return apart or (len(sexes) == 2 and sexes[0] != sexes[1] and len(ages) == 2)


def _group(match: re.Match[str], name: str) -> str | None:
    return next((v for k, v in match.groupdict().items() if v and re.fullmatch(rf"{name}\d?", k)), None)


def _sex(match: re.Match[str]) -> str | None:
    word = (_group(match, "sex") or "").lower()
    return "female" if word in _FEMALE else "male" if word in _MALE else None


def _marked(turn: str) -> Sequence[int] | None:
    """Return where "another patient" begins, after the case of a first one."""
    match = _MARK.search(turn)
    if match is None or not _PERSON.search(turn[: match.start()]):
        return None
    rest = turn[match.end() :]
    return (0, match.start()) if len(rest.split()) >= _FEWEST_WORDS_TOLD else None
