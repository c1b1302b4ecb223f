"""The cues that announce a name: titles, "pt", relatives, greetings, signatures; and how much each of them says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from guardrails.identifiers.words import folded, word_set


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
    r"Councillor|Pvt|LCpl|Brig|Brigadier|Gen|General|Cdr|Commander|Admiral|Insp|Inspector|Garda|Detective|Sheriff|Madame|Mdm|Mlle|Signora|Sra|Sheikh|Begum|Shri|Smt|Chief|Deacon|Canon|Bishop|Baroness|Baron|Viscount|Earl|Duke|Duchess|Prince|Princess|Count|Countess|Chef|Maestro|Ald|Hon|Judge|Pastor|Imam|Rabbi|Coach|Constable|PC|WO|Signor|Senor|Herr|Frau"
)
_SURE = r"Mr|Mrs|Ms|Mx|Dr|Drs|Prof|Rev|Revd|Capt|Sgt|Cllr"
_PATIENT = r"patients?|pts?|clients?|service user"
_RELATIVES = (
    r"mum|mam|mom|mummy|mother|dad|da|daddy|father|parent|wife|husband|hubby|partner|spouse|fiancee?|son|daughter|brother|"
    r"sister|sibling|twin|friend|neighbour|neighbor|carer|caregiver|boyfriend|girlfriend|gran|granny|nan|nana|grandma|"
    r"grandad|granddad|grandpa|grandmother|grandfather|grandson|granddaughter|uncle|aunt|auntie|aunty|cousin|niece|nephew|"
    r"stepson|stepdaughter|step-?mum|step-?dad|foster mum|guardian|sister-in-law|mother-in-law|nok|next of kin|\w{0,8}mate|housemate|teammate|classmate"
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
_SEPARATED = (
    r"(?:['\u2019]s name is |['\u2019]s called |,? (?:is |was )?called |,? named |, | \(|: ?| - | \u2013 | is | )"
)
_SIGNED_END = re.compile(
    r"(?: [A-Z]\.?(?!\w))?\s*(?:[,.;:!()\n\u2013\u2014|/-]|$|and\b|[A-Z]{2,}|physio|band|PT|OT|FCP)"
)
_HERE = re.compile(
    r"(?:,? (?:again|here|speaking|from|back|calling|at|in|one of|the|a|an|physio|band|your)\b|[,.(\n-]| \(|\s*$)",
    re.IGNORECASE,
)
_LAST = re.compile(r"\s*(?:\([^)]{0,40}\)|,[^,\n]{0,40})?\W*$")
_CLOSED = re.compile(r"\s*(?:\)|,|;|-|\u2013| \d{1,3}\b| from| at| in)")


def _heads(*alternatives: str) -> frozenset[str]:
    """Return the first word of each alternative, folded: what a text must hold for the cue to be tried."""
    plain = re.sub(r"\[[^\]]*\]|\(\?[:!<=][^)]*\)|[?\\]", "", "|".join(alternatives))
    return frozenset(folded(re.split(r"[ -]", a)[0]) for a in plain.split("|") if a) | _SPELT


_SPELT = word_set(
    "centre full wing half back scrum fly collegue colleague next sister mother band bd step stepmum stepdad foster hockey pt service patient patients pts client clients"
)
_OPEN_TITLES = _heads(_TITLES) | word_set("rev dr")
_OPEN_PEOPLE = _heads(_PATIENT, _RELATIVES, _STAFF, _PEOPLE) | word_set(
    "he she they who child collegue coleague fiance fiancee"
)
_OPEN_NAMES = word_set(
    "name names surname surnames forename forenames firstname lastname fullname nickname nicknames first last full given middle family maiden preferred pt patient client her his their nee"
)
_OPEN_CALLED = word_set("called named goes known aka nicknamed answers prefers likes")
_OPEN_HEADS = _OPEN_PEOPLE | word_set(
    "pat re regarding about seen ref subject attn attention fao cc dear hi hello hey hiya morning afternoon to from contact by via author case signed sent entered written dictated discussed handover under c ask asked"
)
_OPEN_OURS = word_set("my our this another new young old poor lovely his her their the other a")
_OPEN_SELF = word_set("it it's its this i i'm im that that's here here's")
_OPEN_TALK = word_set(
    "spoke speaking spoken talked talking chat chatted call met meeting session appointment liaised liaising working clinic signed reviewed seen discussed referral referred letter message text note email e-mail handover query question opinion"
)

_CUES = (
    Cue(
        pattern=re.compile(rf"\b(?:{_SURE})\b\.? ?"),
        says=Says.SURE,
        opens=_OPEN_TITLES,
        takes_cue=True,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(rf"\b(?:{_TITLES}|MR|MRS|MISS|DR)\b\.? ?"),
        says=Says.NAME,
        opens=_OPEN_TITLES,
        takes_cue=True,
    ),
    Cue(
        pattern=re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|capt|rev)\b\.? "),
        says=Says.NAME,
        opens=_OPEN_TITLES,
        takes_cue=True,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(
            r"(?<!test )(?<!drill )(?<!exercise )(?<!brand )\b(?:(?:sur|fore|first ?|last ?|full ?|given ?|middle ?|family ?|maiden ?|"
            r"nick ?|pt ?|patient ?|client ?|preferred ?)?names?)(?:['\u2019]s\b|\s+is\b|\s+are\b|\s*[:=?.\u2013-])+\s*",
            re.IGNORECASE,
        ),
        opens=_OPEN_NAMES,
        says=Says.NAME,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(
            r"\b(?:surname|forename|(?-i:Name)|(?:(?:pt|patient|client|first|last|full|given|family|her|his|their)(?:['\u2019]s)? )name|nee)\s+",
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
            rf"\b(?:{_PATIENT}|pat\.?|re|regarding|about|seen|ref|subject|attn|attention|fao|cc|dear|hi|hello|hey|{_RELATIVES}|"
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
        pattern=re.compile(
            r"\b(?:re|dear|hi|hello|hey|attn|fao|cc|hiya|morning|afternoon|signed|via|ask|(?:seen|asked|entered|written|dictated|typed) by)\b,? (?!:)",
            re.IGNORECASE,
        ),
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
            r"(?:\b(?:regards|wishes|gr\u00fc(?:\u00df|ss)en?|gru\u00df|thanks|thank you|thanx|thx|tks|ta|cheers|sincerely|faithfully|truly|signed|KR|BW|BR|rgds|best|yours|love|warmly|gratefully|respectfully|take care|"
            r"appreciated|advance|MTIA|TIA|slainte)\b(?: again| so much| a lot| a million| in advance| all| folks| both)?"
            r"|--+|\u2014|(?<=\n)-)(?:\s*[,:!.\u2013-]\s*|\s*\n\s*|\s+)",
            re.IGNORECASE,
        ),
        says=Says.PERSON,
        behind=_SIGNED_END,
        reads_lower=True,
    ),
    Cue(
        pattern=re.compile(
            r"\b(?:regards|wishes|thanks|thank you|thx|cheers|ta|appreciated|sl[a\u00e1]n|hwyl|diolch|mihi|grazie|merci|gracias|xx+)\b"
            r"[^,.\n!?:;]{0,25}(?:[,!.]?[ \n]\s*|[-\u2013] )",
            re.IGNORECASE,
        ),
        says=Says.PERSON,
        behind=_LAST,
    ),
    Cue(pattern=re.compile(r"\("), says=Says.GIVEN, behind=_CLOSED),
    Cue(
        pattern=re.compile(
            r"\b(?:spoke|speaking|spoken|talked|talking|chat|chatted|call|met|meeting|session|appointment|liais(?:ed|ing)|working|clinic|signed off|reviewed|seen|"
            r"discussed|referral|referred|letter|message|text|note|email|e-mail|handover|query|question|opinion)"
            r" (?:to|with|w/|from|by|for|about|on|re) ",
            re.IGNORECASE,
        ),
        opens=_OPEN_TALK,
        says=Says.PERSON,
    ),
)
SIGNS = tuple(c for c in _CUES if c.opens is None)
"""The cues that begin with a sign: they are looked for in the whole text."""
_OPENING: frozenset[str] = frozenset(key for c in _CUES for key in c.opens or ())
BY_WORD: dict[str, tuple[Cue, ...]] = {key: tuple(c for c in _CUES if key in (c.opens or ())) for key in _OPENING}
"""The cues by the folded word that each begins with."""
