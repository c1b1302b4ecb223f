"""Names that nothing announces, by where they stand: "Eilidh is 34", "saw Chukwuemeka today", "Callum's knee"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from guardrails.identifiers.naming import (
    first_names,
    is_aged,
    is_author,
    is_named_after,
    is_never,
    is_numbered,
    may_begin,
    name_at,
)
from guardrails.identifiers.spared import CLINIC, MAKERS, SPARED, SURNAMED
from guardrails.identifiers.types import Authors, Name
from guardrails.identifiers.words import Word, is_ambiguous, is_given, is_ordinary, is_place, word_set

# Verbs of which only a person is the subject.
_ACTS = re.compile(
    r"(?:['\u2019]s)? (?:can(?:['\u2019]?t|not)|won['\u2019]?t|doesn['\u2019]?t|didn['\u2019]?t|couldn['\u2019]?t|wouldn['\u2019]?t|hasn['\u2019]?t|isn['\u2019]?t|hates?|hated|"
    r"loves|loved|wants|wanted|asks|asked|told|rang|says|said|thinks|thought|reckons|feels|felt|came|went|walks|walked|runs|ran|plays|played|"
    r"works|worked|lives|limps|limped|landed|fell|tripped|twisted|kneels|lunges|jumps|hops|climbs|steps|bends|sits|stands|sleeps|smokes|drives|rides|rows|skis|coaches|teaches|eats|drinks|bowls|kicks|throws|fasts|trains|cycles|swims|struggles|complains|reports|denies|refuses|refused|worries|"
    r"worried|insists|keeps|kept|tried|tries|hyperextends|squats|lifts|swears|hobbles|hobbled|jogs|jogged|dances|attends|attended|arrived|cried|cries|"
    r"tore|ruptured|sprained|dislocated|injured|admits|admitted|forgot|forgets|skipped|missed|texted|emailed|phoned|booked|cancelled|again\b|here\b|speaking\b|and I\b|and me\b|& I\b)(?![\w-])"
)
# Those that a person shares with things; a thing is rarely told, seen, keen or thirty-four.
_IS = re.compile(
    r" (?:ok(?:ay)? (?:now|to)|(?:is|was)(?: now| only| just| about)? (?:\d\d\b(?! ?[%/.x])|back|my|seen|told|discharged|referred|keen|worried|limping|struggling|pregnant|due|"
    r"unable|able|asking|scared|afraid|happy|unhappy|convinced|adamant|desperate|coming|waiting|running|training|a \w*(?:er|ist|or|man|woman|girl|boy)\b)|"
    r"has (?:a|an|had|been|no|his|her|pain|knee|got|plateaued|now)\b|had (?:a|an|his|her|their|pain|knee|no)\b|did (?:his|her|their|a|\d)|got |gets |needs |does |did )"
)
_BODY = (
    r"knees?|calf|calves|hips?|legs?|ankles?|foot|feet|quads?|hamstrings?|hop|pain|scan|mri|x-?ray|op|operation|surgery|gait|rehab|graft|swelling|effusion|mum|mom|"
    r"dad|mother|father|wife|husband|partner|son|daughter|coach|gp|surgeon|my|lsi|slhr|programme|program|strength|squat|heel|raises?|patell\w+|kneecaps?|tkr|aclr?|wound|"
    r"brace|left|right|other|shoulder|tendon|meniscus|review|appointment|notes|referral|letter|birthday|age|dob|pfp|back|been|had|got|in\b|not\b"
)
_OWNS = re.compile(rf"['\u2019\u2018`]s? (?:\w+ )?(?:{_BODY})\b", re.IGNORECASE)
_COLON = re.compile(r"(?<=\w{5}): (?=[A-Za-z])|, [1-9]\d[,.](?!\d)|, (?:who|whose|my|our|a \w+er\b)")
_SEEN_BEFORE = word_set(
    "saw seen seeing treated treating met reviewed assessed rang phoned visited discharged told asked discussed reassured warned advised emailed texted invited taught coached progressing coaching helping assessing reviewing discharging visiting"
)
_SAW = word_set("saw seen seeing met rang phoned told reassured")
# Behind "saw" a capital may be a service, a finding or a trade: Rheumatology, Improvement, Plasters.
_DEPARTMENT = re.compile(r"(?:olog(?:y|ist)|ics|ist|opath|itis|opathy|ment|ion|ing|ness|ers?|ors?|ance|ence|s)$")
_PREPOSITIONS = word_set("on for with in from to by of and had have")
_WHEN = re.compile(
    r",? (?:in (?:today|clinic|again|for|this|yesterday|on)|yesterday|today|tomorrow|tonight|again|this (?:morning|week|afternoon)|last (?:week|night|month|time))\b"
)
_WITH = word_set("with for")
_THEN = re.compile(r" (?:was|is|who|has been)\b")
_MAY = word_set("could can should would will did does is was has")
_BASE_ACT = re.compile(
    r" (?:swim|run|play|return|go|kneel|squat|walk|start|stop|keep|jog|cycle|train|drive|work|dance|jump|hop|lift|ski|fly|have|do|need|get|come|still|be|try|ever|really|just|safely|now|limp|hurt|struggle|extend|bend|lock|swell|click|sleep|benefit|tolerate|cope|manage|progress|resume|continue|load|wear|take|avoid|miss|sit|stand|lunge|kick|bowl|throw)\b"
)
_PERSONS = sorted(
    word_set(
        "patient patients physio physios surgeon surgeons consultant student mother mum father lady gentleman runner runners footballer daughter husband colleague coach radiologist orthopod doctor "
        "woman everyone someone nobody anyone trainer teacher therapist specialist registrar client netballer athlete player dancer cyclist swimmer"
    )
)
_CITED = re.compile(r" (?:\((?:19|20)\d\d[a-z]?\)|(?:19|20)\d\d[a-z]?\))")  # Mills (2004), (Mills 2004)
_TYPO_LIKENESS = 0.8  # of difflib: "Pateint" is 0.86 like "patient", "Leszek" at most 0.5 like any of them
_SHORTEST_SMALL, _SHORTEST_SHOUTED = 4, 5


def bare_names(text: str, words: Sequence[Word], authors: Authors) -> Iterator[Name]:
    """Yield the names in `text` that stand where a person stands."""
    index = 0
    while index < len(words):
        name = _name(text, words, index, authors)
        if name is not None:
            yield name
        index += max(1, len(name.words) if name else 1)


def _name(text: str, words: Sequence[Word], index: int, authors: Authors) -> Name | None:
    word = words[index]
    if word.is_placeholder or is_never(word) or _is_model(words, index):
        return None
    if not word.is_capital:
        return _small(text, words, index)
    name = name_at(words, index)
    if (
        name is None
        or _is_cited(text, name, authors)
        or _CITED.match(text, name.end)
        or is_named_after(words, index + len(name.words) - 1)
    ):
        return None
    return name if _stands_for_person(text, words, index, name) else None


def _is_model(words: Sequence[Word], index: int) -> bool:
    """Whether a maker's name stands right before: "Hoka Clifton"."""
    return index > 0 and words[index].gap == " " and words[index - 1].key in MAKERS


def _is_cited(text: str, name: Name, authors: Authors) -> bool:
    is_cited = is_author(name, authors) or name.words[0].key in first_names(authors)
    return is_cited and not is_aged(text, name.end)


def _stands_for_person(text: str, words: Sequence[Word], index: int, name: Name) -> bool:
    first = next((w for w in name.words if not w.is_initial and w.is_capital), name.words[0])
    if first.key in SPARED:
        return (first.key in SURNAMED or is_given(first.key)) and is_aged(text, name.end)
    if _is_surely_given(text, name, first):
        return True
    if is_given(first.key) or is_aged(text, name.end):
        return not first.is_shouted or len(name.words) > 1 or is_ambiguous(first.key)
    if is_ambiguous(first.key) or first.is_plain:
        return (_is_ambiguous_person if is_ambiguous(first.key) else _is_plain_person)(text, words, index, name)
    is_unknown = not is_place(first.key) and not first.is_shouted and not first.is_initial
    return is_unknown and _is_unknown_person(text, words, index, name) and not _is_typo(first.key)


def _is_surely_given(text: str, name: Name, first: Word) -> bool:
    """Whether a given name is in it that no abbreviation is taken for: "Siew Ling", "SMITH, Jayden", "SARAH"."""
    if is_given(first.key) and first.is_shouted:
        return len(first.key) >= _SHORTEST_SHOUTED or is_aged(text, name.end)
    return any(is_given(w.key) and w.key not in SPARED for w in name.words[1:])


def _is_plain_person(_: str, words: Sequence[Word], index: int, name: Name) -> bool:
    """Whether a dictionary word with a capital amid a sentence is a person that was seen: "Saw Temperance"."""
    word = words[index]
    before = words[index - 1].key if index and word.gap == " " else ""
    return before in _SAW and len(name.words) == 1 and not word.is_shouted and not _DEPARTMENT.search(word.key)


def _is_ambiguous_person(text: str, words: Sequence[Word], index: int, name: Name) -> bool:
    """Whether a name that is a word as well stands for a person; at the head of a sentence the verb must say so."""
    if (
        _ACTS.match(text, name.end)
        or _OWNS.match(text, name.end)
        or (is_numbered(text, name.end) and "," in text[name.end : name.end + 2])
    ):
        return True
    if words[index].opens_sentence:
        return bool(re.match(r" is (?:now )?\d\d\b(?! ?[%/.])", text[name.end : name.end + 12]))
    before = words[index - 1].key if index else ""
    if before in _MAY and _BASE_ACT.match(text, name.end):
        return True
    return before in _SEEN_BEFORE or bool(_IS.match(text, name.end))


def _is_unknown_person(text: str, words: Sequence[Word], index: int, name: Name) -> bool:
    before = words[index - 1].key if index and words[index].gap == " " else ""
    if before in _SEEN_BEFORE or _ACTS.match(text, name.end) or _OWNS.match(text, name.end):
        return True
    if before in _MAY and _BASE_ACT.match(text, name.end):
        return True
    if before in _PREPOSITIONS and _WHEN.match(text, name.end):
        return True
    if before in _WITH and _THEN.match(text, name.end):
        return True
    return bool(_IS.match(text, name.end) or (words[index].opens_sentence and _COLON.match(text, name.end)))


_TRADE = re.compile(r"(?:ist|encer|grapher|tuber|caster|icist|trician|metrist)$")


def _is_typo(key: str) -> bool:
    return bool(_TRADE.search(key)) or bool(get_close_matches(key, _PERSONS, n=1, cutoff=_TYPO_LIKENESS))


def _small(text: str, words: Sequence[Word], index: int) -> Name | None:
    """Return a given name that is written small where a person stands: "seen gareth today", "jean wont kneel"."""
    word = words[index]
    if len(word.key) < _SHORTEST_SMALL or word.key in SPARED or word.key in CLINIC:
        return None
    before = words[index - 1].key if index and word.gap == " " else ""
    acts = bool(_ACTS.match(text, word.end))
    if is_given(word.key) and before in _PREPOSITIONS and len(word.key) >= _SHORTEST_SHOUTED:
        stands = True
    elif is_given(word.key):
        stands = (
            before in _SEEN_BEFORE
            or acts
            or bool(_OWNS.match(text, word.end))
            or is_aged(text, word.end)
            or bool(_IS.match(text, word.end))
        )
    else:
        stands = is_ambiguous(word.key) and words[index].start == 0 and acts
    return Name(word.start, word.end, (word,)) if stands else None


def repeated(words: Sequence[Word], known: Collection[str]) -> Iterator[Name]:
    """Yield the other places of names that were found, in this text or another of the same conversation."""
    for index, word in enumerate(words):
        if word.key not in known or word.key in SPARED or is_never(word) or is_named_after(words, index):
            continue
        is_plain = is_ordinary(word.key) or is_ambiguous(word.key)
        is_meant = word.is_capital and not (is_plain and word.opens_sentence)
        if is_meant or (not is_plain and len(word.key) >= _SHORTEST_SMALL):
            yield Name(word.start, word.end, (word,))


def joined(text: str, words: Sequence[Word], name: Name) -> Name | None:
    """Return the name that an "and" or a bracket joins to one that was found: "Drs Whitcombe and Achebe", Ebenezer ("Eb")."""
    at = bisect_left(words, name.end, key=lambda w: w.start)
    if at == len(words) or words[at].is_placeholder:
        return None
    short = words[at]
    if re.fullmatch(r" \(?[\"'\u2018\u201c]", short.gap) and re.match(
        "[\"'\u2019\u201d]", text[short.end : short.end + 1]
    ):
        return Name(short.start, short.end, (short,))
    if at + 1 == len(words) or short.key != "and" or short.gap != " " or words[at + 1].gap != " ":
        return None
    second = words[at + 1]
    return (
        name_at(words, at + 1)
        if may_begin(second) and second.key not in SPARED and not is_named_after(words, at + 1)
        else None
    )
