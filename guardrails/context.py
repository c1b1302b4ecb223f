"""What surrounds a phrase: whether it is affirmed, denied, past, somebody else's or only supposed.

A ConText-style algorithm (Harkema et al. 2009, after NegEx, Chapman et al. 2001): trigger words
open a scope, terminators and clause ends close it. Where the reading is in doubt the phrase counts as affirmed,
because a missed red flag costs more than a needless one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

_SENTENCE = re.compile(r"([.;!?]+(?=\s|$)|\n+)")
_CONTRAST = re.compile(r"\s+(?:but|however|although|though|except|whereas|yet)\s+|\s+[-\u2013\u2014]\s+")
# A sentence that asks for knowledge and points at nobody.
_KNOWLEDGE = re.compile(
    r"^\W*(?:and |so |also |quick question )?(?:why\b|what (?:are|is|does|do|makes|causes|distinguishes|tells|"
    r"suggests|raises|signs|"
    r"symptoms|features|findings|red ?flags)\b|(?:which|what) (?:\w+ ){0,2}(?:signs|symptoms|features|findings|"
    r"red ?flags|tests?|"
    r"criteria|rules?|score|items?)\b|when (?:should|do|does|would|is|to|must)\b|"
    r"how (?:(?:do|does|would|should|can) (?:i|you|we|one|physios|clinicians)|to|common|likely|often|reliabl[ey]|"
    r"accurate|sensitive|soon|"
    r"fast|quickly|well|dangerous|serious|urgent(?:ly)?)\b|define\b|explain\b|describe\b)"
)
_SOMEBODY = re.compile(
    r"\b(?:he|she|his|her|hers|him|hes|shes|my|mine|this|these|that knee|pt|patient|client|lady|gentleman|today|"
    r"yesterday|now|tonight|ago|"
    r"since|yo|\d+ ?[mf]|[mf] ?\d+|\d+/(?:7|52|12)|\d+ (?:days?|weeks?))\b"
)
_CARE = re.compile(
    r"\b(?:exercis\w*|treat\w*|rehab\w*|strength\w*|stretch\w*|massage|load\w*|plan|progress\w*|help\w*|programme|"
    r"do (?:for|with|about)|"
    r"raises?|physiotherapy)\b"
)
_TERMINATOR = re.compile(r"\b(?:but|however|except|apart from|now has|now with|then|today has|presents? with)\b")
_ENDS_DENIAL = re.compile(
    r"\b(?:woke|came|started|began|begins|since|because|which|now|present(?:s|ed|ing)?|develop(?:s|ed|ing)?|"
    r"reports?|complain\w*|today|"
    r"yesterday|tonight|last night|this (?:morning|evening|week)|so (?:he|she|they|i|now)|"
    r"and (?:now|has|is|are|feels?|looks?|cannot|wont|getting|he|she|they|the|it|then))\b"
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|neg(?:ative)? for|no (?:history|hx|sign|signs|evidence|complaints?|symptoms?) of|"
    r"nil of)\b"
)
_NOT = re.compile(
    r"\b(?:no|not|nil|non|without|never|neither|nor|absent|isnt|wasnt|arent|werent|hasnt|havent|doesnt|didnt|free of|"
    r"excluded|excludes|ruled out|rules out|(?:scan|duplex|doppler|ultrasound|mri|ct|x-ray|bloods|gp) r/o|"
    r"rather than|unlikely|zero)\b"
)
# Words that hold a "no" and deny nothing that follows.
_DENIES_NOTHING = re.compile(
    r"\b(?:(?:not|never|cannot|havent|hasnt|isnt|wasnt|yet|to|be|been) (?:yet |been |be |fully )*(?:exclude[ds]?|"
    r"ruled? out|r/o|cleared)|"
    r"no (?:change|better|improvement|relief|idea|worse|doubt|joy|luck|further|longer than)|"
    r"no (?:known )?reason(?! to)|no (?:reason|point|will) (?:to|in) (?:live|living|carry|go|going|be)\b|"
    r"not (?:only|just|sure|certain|clear|improv\w+|better|getting|settl\w+|help\w+|respond\w+|resolv\w+|"
    r"reliev\w+|touched|touching|"
    r"eas\w+|seen|checked|tested|examined|yet|tolerat\w+|sleeping|coping|able|managing)|never (?:seen|"
    r"had anything|felt)|"
    r"doesnt (?:know|remember|recall|help|touch|settle|ease|like)|nothing (?:helps|touches|eases|relieves))\b"
)
_STATES = (
    r"(?:is|are|has|have|was|feels?|looks?|went|gone|now|hot|red|warm|swollen|tense|tight|locked|stuck|cold|pale|"
    r"white|numb|weak|hard|"
    r"deformed|ballooned|swelled|blew|hurts|leaking|oozing|burning)"
)
_BODY = (
    r"(?:knees?|legs?|calf|foot|feet|toes?|joint|hip|ankle|shin|thigh|wound|scar|patella|achilles|tendon|chest|back)"
)
_NEW_STATEMENT = re.compile(rf"^\W*(?:(?:the|her|his|their|left|right|l|r|whole) )*{_BODY}\W+(?:\w+ly )?{_STATES}\b")
_TRAUMA = re.compile(
    r"^\W*(?:\w+ ){0,2}?(?:injury|trauma|falls?|fell|knock|blow|mechanism|reason|cause|accident|twist|surgery|"
    r"incident|bite|warning)\b"
)
_LISTED = re.compile(
    r"\b(?:redness|heat|warmth|swelling|loss|pain|sweats|fevers?|chills|rigors|numbness|tingling|bruising|"
    r"weakness|tenderness|effusion|locking|lump|rash|discharge|cough|haemoptysis|incontinence|symptoms|changes?|pitting|oedema|deformity|gap|lag)$"
)
_AFTER_NOT = re.compile(
    r"\b(?:ruled out|r/o|excluded|negative|neg|cleared|absent|denied|nad|unremarkable|not (?:seen|present|found|there)|"
    r"nil|resolved|is not|are not|screened|none)\b"
)
_FINE = re.compile(r"\b(?:normal|intact|fine|unaffected|unremarkable)\b")
# Words that deny a finding as its predicate ("pulses normal"), not before a noun ("with normal pulses").
_AFTER_FINE = re.compile(
    r"\b(?:(?:normal|clear|intact|fine|ok|okay|equal|settled|gone|never|painless|full|unaffected|healed|cured)"
    r"(?=$|\W*$|\W+(?:now|today|since|by|on|at|in|after|and|or|throughout|this|both|long)\b)|^free\b)"
)
_ASKS_LEAVE = re.compile(r"\W*\b(?:ok|okay|fine|safe|alright)\W*$")
_STILL_OPEN = re.compile(
    r"\b(?:not|never|hasnt|havent|isnt|wasnt|cannot|yet to) (?:yet |been |be |fully )*(?:clear\w*|settled|"
    r"resolved|normal|excluded|ruled|r/o|healed|screened|gone|fine|right|denied)"
)
_AFTER_END = re.compile(r",|\b(?:with|while|because|then|so|despite|when)\b")
_PAST_BEFORE = re.compile(
    r"\b(?:(?:back )?in (?:19|20)\d\d|last year|years ago|previous(?:ly)?|prior|past|past medical history|"
    r"(?<!year )(?<!year-)(?<!years )(?<!yr )(?<!yrs )(?<!month )(?<!months )"
    r"(?<!week )(?<!weeks )(?<!day )(?<!days )(?<!mo )(?<!y )old|"
    r"as a (?:child|kid|baby|toddler|teen\w*)|childhood|once had|used to|pinned for)\b[^,]*$"
)
_SPAN = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|some|many)"
_PAST_AFTER = re.compile(
    rf"^[^,]{{0,40}}?\b(?:{_SPAN} (?:years?|yrs?) (?:ago|back|previously)|{_SPAN} (?:months?|mths?) (?:ago|back)|"
    rf"last (?:year|season|autumn|winter|spring|summer)|years ago|months ago|(?:back )?in (?:19|20)\d\d|"
    r"(?:19|20)\d\d|as a (?:child|kid|baby|toddler|teen\w*)|in childhood|previously|"
    r"at (?:age |the age of )\d+|at \d+ and|pinned|(?<!not )(?<!isnt )(?<!never )healed|cured|washed out|"
    r"fully recovered|discharged)\b"
)
# A finding that an operation was for: it is what was mended, unless the operation is still to come.
_MENDED = re.compile(
    r"\b(?:reconstruct\w+|repair(?:ed|s)?|orif|fixation|operat(?:ion|ed)|surgery|surgical|fixed|plated|nailed|washout)\b"
    r"(?: (?:after|following|for|post|because of|due to|of|from)| on after)"
    r"(?: (?:a|an|the|his|her|left|right|l|r|bad|nasty|traumatic|acute|closed|open|previous))* (?:\w+ )?$"
)
_STILL_TO_COME = re.compile(
    r"\b(?:await\w*|waiting|needs?|needing|list(?:ed)?|booked|planned|before|offered|refused|declin\w+|consider\w*|"
    r"no|not|without|missed|failed|wants?|urgent|tomorrow|today|yesterday)\b"
)
_LONG_AGO = re.compile(
    rf"\b(?:\d+ ?/12|(?:{_SPAN} |\d+ ?)(?:months?|mths?|mo|years?|yrs?|y)|last year|(?:19|20)\d\d)\b"
)
# A spell with an end, some time ago, and nothing of it left: "for two days last month, scan clear".
_OVER = re.compile(
    rf"^[^,]{{0,20}}?\bfor (?:about |around |only |just )?(?:{_SPAN}|a few|a couple(?: of)?) "
    rf"(?:hours?|days?|nights?|weeks?|wks?) (?:(?:back )?(?:last|in|over|during) (?:month|year|summer|autumn|winter|"
    rf"spring|term|season)|(?:{_SPAN}|a few|a couple of) (?:weeks?|wks?|months?|mths?|years?) (?:ago|back))\b"
    r".*\b(?<!not )(?:clear(?:ed)?|normal(?:ly)?|fine|resolved|settled|fully recovered|nothing since)\b"
)
_RECENT_TOO = re.compile(r"month|mth|discharged")
_ONSET = re.compile(r"\b(?:start\w*|began|onset|since|notic\w+|first|came on|appeared|develop\w+|for)\b")
_PRESENT = re.compile(
    r"\b(?:now|again|currently|today|still|ongoing|persist\w*|this (?:morning|week)|since (?:then|yesterday)|"
    r"tonight|new(?:ly)?)\b"
)
_RELATIVE = (
    r"(?:mother|father|mum|mom|dad|brother|sister|cousin|aunt|uncle|grand\w+|parent|wife|husband|son|daughter|"
    r"friend|team ?mate|neighbour|colleague)"
)
_FAMILY = re.compile(
    rf"(?:(?<!my )\b{_RELATIVE}s?(?: also)? (?:had|has|have|with|died|got|was|is being treated|suffered|needed|"
    rf"carrie[sd]|developed|gets)\b"
    r"(?! (?:noticed|seen|said|brought|reported|found|been|told|tried|given|described|worried|to carry|to help|"
    r"to lift))|"
    r"\b(?:family history|fhx?|fh of|runs in the family|familial)\b)"
)
_HIMSELF = re.compile(r"\b(?:he|she|they|himself|herself|pt|patient|i)\b")
_SUPPOSED = re.compile(
    r"(?:(?<!worse )(?<!screams )(?<!hurts )(?<!cries )(?<!yelps )(?<!painful )\bif (?!i\b|we\b|you\b)|"
    r"\b(?:in case|when (?:should|would|do)|how (?:do|would|should) (?:i|you|we) "
    r"(?:screen|exclude|rule|spot|tell|recogni[sz]e|check)|signs of|criteria|rules? for|what if|should (?:he|she|"
    r"they) "
    r"(?:develop|get)|red ?flags? (?:for|of)|watch (?:for|out)|look out|risk of|prevent(?:ing|ion)?|worr(?:y|ied) "
    r"(?:about|that)|scared of|fear of|in general|safety ?-?net\w*)\b)"
)
_ENDS_SUPPOSING = re.compile(r"\b(?:because|as (?:her|his|the|she|he|they)|since|given)\b")
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
    is_general: bool = False
    """Whether its sentence asks for knowledge, about nobody in particular."""
    is_asked: bool = False
    """Whether its sentence is a question."""


def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of plain text: cut at sentence and line ends, semicolons, dashes and contrasts."""
    found: list[Clause] = []
    pieces = [*_SENTENCE.split(text), ""]
    for sentence, mark in zip(pieces[::2], pieces[1::2], strict=True):
        is_general = "?" in mark and _asks_for_knowledge(sentence)
        parts = (re.sub(r"\s+", " ", p).strip(" ,") for p in _CONTRAST.split(sentence))
        found += [Clause(text=p, is_general=is_general, is_asked="?" in mark) for p in parts if p]
    return tuple(found)


def context_of(clause: Clause, start: int, end: int, *, own: Collection[str] | None = None) -> Context:
    """Return how the phrase at `start`:`end` of `clause` is meant.

    Args:
        clause: which holds the phrase.
        start: where the phrase begins.
        end: where it ends.
        own: the words looked for; a denial between them that is not one of them denies the phrase.
    """
    before, phrase, after = clause.text[:start], clause.text[start:end], clause.text[end:]
    if clause.is_asked:  # "calf swollen: massage ok?" asks for leave; its last word denies nothing before it
        after = _ASKS_LEAVE.sub("", after)
    before = before[_last_end(_TERMINATOR, before) :]
    if _is_denied(before, phrase, after, own):
        return Context.NEGATED
    if _is_of_family(before, after):
        return Context.FAMILY
    if _is_past(before, phrase, after):
        return Context.PAST
    supposing = before[_last_end(_ENDS_SUPPOSING, before) :]
    if clause.is_general or _SUPPOSED.search(supposing[-70:]):
        return Context.SUPPOSED
    return Context.AFFIRMED


def _asks_for_knowledge(sentence: str) -> bool:
    return bool(_KNOWLEDGE.search(sentence)) and not _SOMEBODY.search(sentence) and not _CARE.search(sentence)


def _is_denied(before: str, phrase: str, after: str, own: Collection[str] | None) -> bool:
    if own is not None and any(m.group() not in own for p in (_NOT, _FINE) for m in p.finditer(phrase)):
        return True
    open_part = before[_last_end(_ENDS_DENIAL, before) :]
    return _not_before(_DENIES_NOTHING.sub("~", open_part), phrase, after) or _not_after(after)


def _not_before(before: str, phrase: str, after: str) -> bool:
    denial = _last_end(_DENIES, before)
    opened = denial or _last_end(_NOT, before)
    if not opened:
        return False
    between = before[opened:]
    *items, last = between.split(",")
    if not items:
        return bool(denial) or len(between.split()) <= _NOT_WINDOW_WORDS
    segment = last + phrase
    if _NEW_STATEMENT.search(segment) or any(len(i.split()) > _LIST_ITEM_WORDS for i in items):
        return False
    if denial or re.search(r"\b(?:or|nor)\b", last + " " + after.partition(",")[0]):
        return True
    return bool(_LISTED.search(segment)) and not _TRAUMA.search(items[0]) and not re.search(rf"\b{_BODY}\b", segment)


def _not_after(after: str) -> bool:
    segment = _AFTER_END.split(after, maxsplit=1)[0]
    words = " ".join(re.findall(r"[\w/]+", segment)[:5])
    return bool(_AFTER_NOT.search(words) or _AFTER_FINE.search(words)) and not _STILL_OPEN.search(words)


def _is_of_family(before: str, after: str) -> bool:
    found = _last_end(_FAMILY, before)
    if found and not _HIMSELF.search(before[found:]):
        return True
    return bool(re.match(rf"\W+in (?:the|her|his|their) {_RELATIVE}", after))


def _is_past(before: str, phrase: str, after: str) -> bool:
    earlier, later = _PAST_BEFORE.search(before[-60:]), _PAST_AFTER.search(after)
    near = before.rpartition(",")[2] + phrase + after.partition(",")[0]
    if _PRESENT.search(near):
        return False
    mended = _MENDED.search(before[-80:])
    mended_then = mended and _LONG_AGO.search(before[-80:] + after[:40])
    if _OVER.search(after) or (mended_then and not _STILL_TO_COME.search(before[-80:] + phrase + after[:30])):
        return True
    return bool(earlier) or bool(later and not (_RECENT_TOO.search(later.group()) and _ONSET.search(near)))


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    ends = [m.end() for m in pattern.finditer(text)]
    return ends[-1] if ends else 0
