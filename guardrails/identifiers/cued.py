"""Names that something announces: a title, "pt", "name:", a relative, a greeting, a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from guardrails.identifiers.naming import first_names, is_aged, is_author, is_numbered, is_person, leads_on, may_begin, name_at
from guardrails.identifiers.spared import AUTHORS, CLINIC, SPARED
from guardrails.identifiers.types import Authors, Name
from guardrails.identifiers.words import Word, folded, is_ambiguous, is_given, is_ordinary, is_surname_too, word_set


class Says(Enum):
    """How much a cue says: that any capital is a name, that a name follows, a person, a person if by a given name."""

    SURE = auto()
    NAME = auto()
    PERSON = auto()
    GIVEN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What stands before a name, up to its first letter, and what must stand behind it."""

    pattern: re.Pattern[str]
    says: Says
    opens: frozenset[str] | None = None
    """The folded words a cue begins with, so that it is tried only there; None for one that begins with a sign."""
    behind: re.Pattern[str] | None = None
    takes_cue: bool = False
    """Whether the cue is taken out with the name, as a title is."""
    reads_lower: bool = False
    """Whether the name may be written small, as it is in shorthand."""


_TITLES = (
    r"Mr|Mrs|Ms|Miss|Mx|Messrs|Mme|Master|Dr|Drs|Doctor|Prof|Professor|Sir|Dame|Lord|Revd?|Reverend|Nurse|Sister|Matron|"
    r"Lady|Capt|Captain|Sgt|Sergeant|Cpl|Corporal|Pte|Private|Lt|Lieutenant|Col|Colonel|Maj|Major|Fr|Father|Brother|Cllr|"
    r"Councillor|Judge|Pastor|Imam|Rabbi|Coach|Constable|PC|WO|Signor|Senor|Herr|Frau"
)
_SURE = r"Mr|Mrs|Ms|Mx|Dr|Drs|Prof|Rev|Revd|Capt|Sgt|Cllr"
_PATIENT = r"patients?|pts?|clients?|service user"
_RELATIVES = (
    r"mum|mam|mom|mummy|mother|dad|da|daddy|father|parent|wife|husband|hubby|partner|spouse|fiancee?|son|daughter|brother|"
    r"sister|sibling|twin|friend|neighbour|neighbor|carer|caregiver|boyfriend|girlfriend|gran|granny|nan|nana|grandma|"
    r"grandad|granddad|grandpa|grandmother|grandfather|grandson|granddaughter|uncle|aunt|auntie|aunty|cousin|niece|nephew|"
    r"stepson|stepdaughter|step-?mum|step-?dad|foster mum|guardian|sister-in-law|mother-in-law|nok|next of kin|mate|flatmate"
)
_STAFF = (
    r"coll?eague|collegue|student|physio|physiotherapist|pt student|educator|mentor|supervisor|senior|junior|coach|trainer|teacher|"
    r"consultant|surgeon|gp|doctor|registrar|reg|radiologist|rheumatologist|radiographer|podiatrist|osteopath|chiropractor|"
    r"chiro|nurse|hca|assistant|manager|receptionist|ot|boss|therapist|orthopod|locum|lecturer|tutor|captain|referee|"
    r"band [4-8]|bd [4-8]|fcp|ahp|sister|secretary|instructor|lead"
)
_PEOPLE = (
    r"lady|gentleman|gent|lad|guy|chap|bloke|fella|girl|boy|woman|man|kid|teenager|teen|youngster|youth|runner|footballer|"
    r"hurler|athlete|player|dancer|cyclist|lifter|swimmer|gymnast|netballer|hockey player|farmer|builder|nurse|teacher|"
    r"(?:centre|full|wing|half)[ -]?back|scrum[ -]half|fly[ -]half|hooker|flanker|midfielder|goalkeeper|defender|bowler|batsman|quarterback|"
    r"golfer|triathlete|rower|climber|skier|jumper|sprinter|keeper|goalie|striker|winger"
)
_SEPARATED = r"(?:['\u2019]s name is |['\u2019]s called |,? (?:is |was )?called |,? named |, | \(|: ?| - | \u2013 | is | )"
_ENDS = re.compile(r"(?:['\u2019]s)?\s*(?:[,.;:!?()\n\[\u2013\u2014/-]|$|and\b|who\b|here\b|from\b|again\b|at\b|in\b|is\b|says\b)", re.IGNORECASE)
_SIGNED_END = re.compile(r"\s*(?:[,.;:!()\n\u2013\u2014|/-]|$|and\b|[A-Z]{2,}|physio|band|PT|OT|FCP)")
_HERE = re.compile(r"(?:,? (?:again|here|speaking|from|back|calling|at|in|one of|the|a|an|physio|band|your)\b|[,.(\n-]|\s*$)", re.IGNORECASE)
_CLOSED = re.compile(r"\s*(?:\)|,|;|-|\u2013| \d| from| at| in)")


def _heads(*alternatives: str) -> frozenset[str]:
    """Return the first word of each alternative, folded: what a text must hold for the cue to be tried."""
    plain = re.sub(r"\[[^\]]*\]|\(\?[:!<=][^)]*\)|[?\\]", "", "|".join(alternatives))
    return frozenset(folded(re.split(r"[ -]", a)[0]) for a in plain.split("|") if a) | _SPELT


_SPELT = frozenset("centre full wing half back scrum fly collegue colleague next sister mother band bd step stepmum stepdad foster hockey pt service patient patients pts client clients".split())
_OPEN_TITLES = _heads(_TITLES) | word_set("rev dr")
_OPEN_PEOPLE = _heads(_PATIENT, _RELATIVES, _STAFF, _PEOPLE) | word_set("he she they who child collegue coleague fiance fiancee")
_OPEN_NAMES = word_set(
    "name names surname surnames forename forenames firstname lastname fullname nickname nicknames first last full given middle family maiden preferred pt patient client her his their nee"
)
_OPEN_CALLED = word_set("called named goes known aka nicknamed answers prefers likes")
_OPEN_HEADS = _OPEN_PEOPLE | word_set(
    "re regarding about seen ref subject attn attention fao cc dear hi hello hey hiya morning afternoon to from contact by via author case signed sent entered written dictated discussed handover under c ask asked"
)
_OPEN_OURS = word_set("my our this another new young old poor lovely his her their the other a")
_OPEN_SELF = word_set("it it's its this i i'm im that that's here here's")
_OPEN_TALK = word_set(
    "spoke speaking spoken talked talking chat chatted call met meeting session appointment liaised liaising working clinic signed reviewed seen discussed referral referred letter message text note email e-mail handover query question opinion"
)

_CUES = (
    Cue(pattern=re.compile(rf"\b(?:{_SURE})\b\.? ?"), says=Says.SURE, opens=_OPEN_TITLES, takes_cue=True),
    Cue(pattern=re.compile(rf"\b(?:{_TITLES}|MR|MRS|MISS|DR)\b\.? ?"), says=Says.NAME, opens=_OPEN_TITLES, takes_cue=True),
    Cue(pattern=re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|capt|rev)\b\.? "), says=Says.NAME, opens=_OPEN_TITLES, takes_cue=True, reads_lower=True),
    Cue(
        pattern=re.compile(
            r"(?<!test )(?<!drill )(?<!exercise )(?<!brand )\b(?:(?:sur|fore|first ?|last ?|full ?|given ?|middle ?|family ?|maiden ?|"
            r"nick ?|pt ?|patient ?|client ?|preferred ?)?names?)(?:['\u2019]s\b|\s+is\b|\s+are\b|\s*[:=\u2013-])+\s*",
            re.IGNORECASE,
        ),
        opens=_OPEN_NAMES,
        says=Says.NAME,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(
            r"\b(?:surname|forename|(?:(?:pt|patient|client|first|last|full|given|family|her|his|their)(?:['\u2019]s)? )name|nee)\s+",
            re.IGNORECASE,
        ),
        opens=_OPEN_NAMES,
        says=Says.PERSON,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(
            rf"\b(?:{_PATIENT}|{_PEOPLE}|he|she|they|who|child|{_RELATIVES}|{_STAFF})(?: is| was|['\u2019]s| are)?,? "
            r"(?:called|named|known as|nicknamed|goes by|answers to)\s+",
            re.IGNORECASE,
        ),
        opens=_OPEN_PEOPLE,
        says=Says.NAME,
    ),
    Cue(
        pattern=re.compile(
            r"\b(?:called|named|goes by|known as|aka|nicknamed|answers to|prefers|prefers to be called|likes to be called|known to everyone as)\s+[\"'\u2018\u201c]?",
            re.IGNORECASE,
        ),
        opens=_OPEN_CALLED,
        says=Says.PERSON,
    ),
    Cue(
        pattern=re.compile(
            rf"\b(?:{_PATIENT}|re|regarding|about|seen|ref|subject|attn|attention|fao|cc|dear|hi|hello|hey|{_RELATIVES}|"
            rf"{_STAFF}|{_PEOPLE}|to|from|contact|by|via|author|case|signed|sent|entered by|written by|seen by|dictated by|"
            r"discussed with|handover from|under|c/o)"
            r"(?:\s*[:=]\s*|\s[-\u2013]\s)",
            re.IGNORECASE,
        ),
        opens=_OPEN_HEADS,
        says=Says.PERSON,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(rf"\b(?:{_PATIENT}),? (?:is |was |of mine,? |called |named |\()?", re.IGNORECASE),
        opens=_OPEN_PEOPLE,
        says=Says.PERSON,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(
            rf"\b(?:my|our|this|another|new|young|old|poor|lovely|his|her|their|the|other|a) (?:\w+ )?(?:{_PEOPLE}|pal|one),? (?:is |\()?",
            re.IGNORECASE,
        ),
        opens=_OPEN_OURS,
        says=Says.PERSON,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(rf"\b(?:{_RELATIVES}|{_STAFF}|{_PEOPLE}){_SEPARATED}", re.IGNORECASE),
        opens=_OPEN_PEOPLE,
        says=Says.PERSON,
    ),
    Cue(
        pattern=re.compile(r"\b(?:re|dear|hi|hello|hey|attn|fao|cc|hiya|morning|afternoon|signed|seen by|via|ask|asked by)\b,? (?!:)", re.IGNORECASE),
        opens=_OPEN_HEADS,
        says=Says.PERSON,
    ),
    Cue(
        pattern=re.compile(
            r"\b(?:it['\u2019]?s|it is|this is|i['\u2019]?m|i am|that['\u2019]s|here['\u2019]s|im)\s+", re.IGNORECASE
        ),
        opens=_OPEN_SELF,
        says=Says.PERSON,
        behind=_HERE,
    ),
    Cue(
        pattern=re.compile(
            r"(?:\b(?:regards|wishes|thanks|thank you|thanx|thx|tks|ta|cheers|sincerely|faithfully|truly|signed|KR|BW|BR|rgds|best|yours|love|warmly|gratefully|respectfully|take care|"
            r"appreciated|advance|MTIA|TIA|slainte)\b(?: again| so much| a lot| a million| in advance| all| folks| both)?"
            r"|--+|\u2014|(?<=\n)-)(?:\s*[,:!.\u2013-]\s*|\s*\n\s*|\s+)",
            re.IGNORECASE,
        ),
        says=Says.PERSON,
        behind=_SIGNED_END,
        reads_lower=True,
    ),
    Cue(pattern=re.compile(r"\("), says=Says.GIVEN, behind=_CLOSED),
    Cue(
        pattern=re.compile(
            r"\b(?:spoke|speaking|spoken|talked|talking|chat|chatted|call|met|meeting|session|appointment|liais(?:ed|ing)|working|clinic|signed off|reviewed|seen|"
            r"discussed|referral|referred|letter|message|text|note|email|e-mail|handover|query|question|opinion)"
            r" (?:to|with|from|by|for|about|on|re) ",
            re.IGNORECASE,
        ),
        opens=_OPEN_TALK,
        says=Says.PERSON,
    ),
)
_SIGNS = tuple(c for c in _CUES if c.opens is None)
_BY_WORD = {key: tuple(c for c in _CUES if c.opens and key in c.opens) for key in frozenset().union(*(c.opens or () for c in _CUES))}
_BY_NICKNAME = frozenset("big wee auld old young little poor".split())
_NOT_AFTER_TITLE = frozenset("will may can said says told asked has had is was".split())


def cued_names(text: str, words: Sequence[Word], authors: Authors) -> Iterator[Name]:
    """Yield the names in `text` that a cue announces; those of `authors` only where an age says that they are patients."""
    at = {w.start: n for n, w in enumerate(words)}
    for cue, match in _cues(text, words):
        name = _announced(text, words, at.get(match.end()), cue)
        if name is None or _is_quoted(text, name, cue, authors):
            continue
        yield Name(match.start(), name.end, name.words) if cue.takes_cue else name


def _cues(text: str, words: Sequence[Word]) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Yield each cue where it stands: those that begin with a word are tried at such words alone, which is what takes time."""
    for cue in _SIGNS:
        yield from ((cue, m) for m in cue.pattern.finditer(text))
    for word in words:
        for cue in _BY_WORD.get(word.key, ()):
            match = cue.pattern.match(text, word.start)
            if match is not None:
                yield cue, match


def _announced(text: str, words: Sequence[Word], index: int | None, cue: Cue) -> Name | None:
    while index is not None and words[index].key in _BY_NICKNAME and index + 1 < len(words):
        index += 1
    if index is None:
        return None
    is_small = not words[index].is_capital and not leads_on(words, index)
    name = _small(text, words, index, cue) if is_small else _written(text, words, index, cue)
    if name is None or (cue.behind is not None and not _ends(text, name, cue.behind)):
        return None
    return name


def _ends(text: str, name: Name, behind: re.Pattern[str]) -> bool:
    return bool(behind.match(text, name.end))


def _written(text: str, words: Sequence[Word], index: int, cue: Cue) -> Name | None:
    name = name_at(words, index, is_sure=cue.says is Says.SURE)
    if name is None or cue.says is Says.SURE:
        return name
    first = next((w for w in name.words if not w.is_initial and w.text[0].isupper()), name.words[0])
    if cue.says is Says.NAME:
        return name
    if cue.says is Says.GIVEN:
        return name if (is_given(first.key) or is_ambiguous(first.key)) and first.key not in SPARED else None
    is_known = is_person(first) or (len(name.words) > 1 and is_surname_too(first.key)) or (first.key in SPARED and _is_patient(text, name, first))
    return name if is_known and not _is_heading(words, name, first) else None


def _is_patient(text: str, name: Name, first: Word) -> bool:
    """Whether a name that is also a test's or an author's is a patient's: with an age, or a given name with another."""
    if is_aged(text, name.end):
        return may_begin(first) or is_given(first.key)
    return len(name.words) > 1 and is_given(first.key) and first.key not in AUTHORS


def _is_heading(words: Sequence[Word], name: Name, first: Word) -> bool:
    """Whether an ambiguous word belongs to a line in capitals: "Patient Will Need Surgery"."""
    following = next((w for w in words if w.start >= name.end), None)
    is_capital = following is not None and following.is_capital and following.gap == " " and not following.is_shouted
    return is_ambiguous(first.key) and is_capital and following is not None and is_ordinary(following.key)


def _small(text: str, words: Sequence[Word], index: int, cue: Cue) -> Name | None:
    """Return a name that is written small behind a cue of shorthand: "mrs jones", "pt mark seward"."""
    if not cue.reads_lower:
        return None
    first = words[index]
    following = words[index + 1] if index + 1 < len(words) and words[index + 1].gap == " " else None
    goes_on = following is not None and following.text[0].islower() and _is_unknown(following.key)
    if is_ambiguous(first.key):
        is_name = goes_on or is_aged(text, first.end) or is_numbered(text, first.end) or (cue.takes_cue and first.key not in _NOT_AFTER_TITLE)
    else:
        is_name = first.key not in CLINIC and (is_given(first.key) or (cue.takes_cue and _is_unknown(first.key)))
    if not is_name or first.key in CLINIC or (first.key in SPARED and not cue.takes_cue):
        return None
    taken = (first, following) if goes_on and following is not None else (first,)
    return Name(first.start, taken[-1].end, taken)


def _is_unknown(key: str) -> bool:
    return len(key) > 2 and not is_ordinary(key) and key not in CLINIC and key not in SPARED


def _is_quoted(text: str, name: Name, cue: Cue, authors: Authors) -> bool:
    """Whether the name is an author's, not a patient's, whom the question names."""
    is_cited = is_author(name, authors) or (not cue.takes_cue and _names_author(name, authors))
    return is_cited and cue.says not in {Says.NAME, Says.SURE} or (is_cited and cue.takes_cue and not is_aged(text, name.end) and not _is_numbered(text, name))


def _names_author(name: Name, authors: Authors) -> bool:
    return name.words[0].key in first_names(authors)


def _is_numbered(text: str, name: Name) -> bool:
    return bool(re.match(r",? \(?(?:aged )?\d{1,3}\b", text[name.end : name.end + 12]))
