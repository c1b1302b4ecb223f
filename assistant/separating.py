"""Patients told apart: which turns are about the patient in front of the clinician, and what is said of another.

A mark ("next patient:", "different pt", "another one:") begins a new case, and so does a second case opening that
contradicts age and sex. Where only age and sex differ it is read as another patient too, and asked about: then the red
flags of what came before still stand, for a missed one costs more than a question. Of two patients in one message the
first is answered, and it is said so; "and the other one?" goes on to the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.accumulating import accumulated
from assistant.correcting import is_correction
from assistant.dividing import Divided, asks_of_other, divided
from assistant.following import is_supposed
from assistant.reattributing import ANOTHERS, reattributed
from corpus.library import Library
from corpus.terms import plain
from guardrails.types import Fact

MAX_TURNS = 20
"""How many turns of one case are read, the latest."""

NEW_CASE = "Read as a new case: nothing typed before about another patient counts."
PERHAPS_NEW = "Age or sex differ from before, so this is read as another patient. Is it the same patient? Then say “same patient”."
LEFT_OUT = "What was typed about another patient was left out."
RETURNED = "Read as about the patient before; what was typed about the other one since is left out. Red flags of either still stand."
TWO_PATIENTS = (
    "Two patients are told of in this message. Red flags were looked for in both; anything else here is about the first "
    "alone, without what is told of the other. Go on with “and the other one?”, or ask about the other by itself."
)
LAST_OF_TWO = (
    "Two patients are told of in this message. Red flags were looked for in both; anything else here is about the last "
    "alone, without what is told of the one before."
)
MORE_PATIENTS = (
    "Several patients are told of in this message. Red flags were looked for in all; anything else here is about the first "
    "alone, without what is told of the others. Ask about each of them by itself."
)
THE_OTHER = "Read as about the other patient of your earlier message: nothing told of the first counts."
TOO_OLD = "Only the latest twenty turns are read; repeat what still matters from before."

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_PERSON = r"(?:patients?|pts?|cases?|clients?|person|lady|gent|gentleman|man|woman|lad|girl|boy|chap|bloke|guy|athlete|runner|referral)"
_LEAD = r"^\W*(?:(?:ok|okay|right|so|now|thanks|thank you|cheers|great|and|then|also|moving on to|on to|onto|over to|got|have|ive got|i have|heres|here is|this is|sorry)\W+)*"
_NEXT = re.compile(
    rf"{_LEAD}(?:a |the |my |an )*(?:(?:next|new|different|another|second|third|separate|other|unrelated) {_PERSON}\b(?! (?:groups?|population|education|questions?|leaflet|for|against))|"
    r"(?:next|another|new) one\b|one more\s*[:,-]|(?:next(?: up)?|another|new case)\s*[:,.;-]|next up\b|wrong patient\b)"
)
_SAME = re.compile(r"\bsame (?:patient|pt|person|case|lady|gent\w*|man|woman|client|one)\b(?! (?:but|for|with))")
# Back to a patient of earlier turns.
_BACK = re.compile(
    rf"\b(?:back|return(?:ing)?) to (?:the|my|our|that) (?:\S+ ){{0,3}}?{_PERSON}\b|"
    rf"\b(?:the|my|our|that) (?:very )?(?:first|previous|earlier|original|initial) (?:\S+ )?{_PERSON}\b"
)
# Somebody seen before and dealt with: told in passing.
_FORMER = re.compile(
    rf"^\W*(?:(?:ok|so|by the way|btw|fyi|the|my|that|a|an|and|thanks)\W+)*(?P<which>last|previous|earlier|different|another|other|yesterdays|that last|mornings) (?:{_PERSON}|one)\b"
)
_DEALT_WITH = re.compile(
    r"\b(?:sent (?:him|her|them|back|up|off|in|on|to|straight)|was sent|been sent|referred|went (?:to|in|off|straight|up)|admitted|in (?:a&e|ed|hospital)|"
    r"is sorted|was sorted|seen by|with the (?:gp|surgeons?|team)|(?:had|was|turned out|came back|has had|got) )"
)
_ENDS_CASE = frozenset({"last", "previous", "that last"})
_OPENING = re.compile(
    r"^\W*(?:(?:ok|now|so|and|then|thanks|cheers|right|got|have|ive|i|got|seeing|this|is|a|an|my|the|pt|patient|client|new|next|hx|case)\b[\s:,.-]*)*"
    r"(?:(?P<age>\d{1,2})\s*-?(?:yo|y/o|yrs?|y|years?[ -]olds?)?[\s-]*(?P<sex>f|m|female|male|woman|man|girl|boy|lady|gent(?:leman)?)\b|"
    r"(?P<sex2>f|m|female|male)\s?(?P<age2>\d{2})\b|(?P<age3>\d{1,2})\s*-?(?:yo|y/o|years?[ -]olds?|yrs?[ -]olds?)\b)"
)
_FEMALE = frozenset({"f", "female", "woman", "girl", "lady"})
_FEWEST_OTHER_FACTS = 2
_YEARS_APART = 2
_FEW_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Separated:
    """The turns about the patient at hand, with the number of the first; those that red flags are looked for in.

    `screened` begins where the last new case certainly began, and may hold more than `turns`. Where a message tells of
    several patients it holds all of that; `alone` is the same without the others, and `parts` are what is told of each,
    with the number of the message: what clears one clears no other.
    """

    turns: tuple[str, ...]
    first_turn: int
    screened: tuple[str, ...]
    first_screened: int
    notes: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    parts: tuple[tuple[int, str], ...] = ()

    @property
    def head(self) -> str | None:
        """What must be said before anything else: that two patients were told of at once."""
        return next((n for n in self.notes if n in (TWO_PATIENTS, MORE_PATIENTS, LAST_OF_TWO)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Break:
    """Where a new case begins: the turn, the text that is left of it, and whether that is certain."""

    turn: int
    is_certain: bool


def separated(turns: Sequence[str], library: Library, *, first_turn: int = 1) -> Separated:
    """Return the turns of the case that the last turn belongs to.

    Args:
        turns: the user's words, identifiers removed, oldest first.
        library: whose terms spell out shorthand.
        first_turn: the number of ``turns[0]`` in the conversation.
    """
    turns, disowning = reattributed(turns, library)
    texts, parts, moved = _divided(turns)
    texts, breaks, has_left_out = _walked(texts, library, moved)
    certain = max((b.turn for b in breaks if b.is_certain), default=0)
    start = max((b.turn for b in breaks), default=0)
    begins = max(start, len(turns) - MAX_TURNS)
    notes: list[str] = []
    last = len(turns) - 1
    if 0 < start < last and _BACK.search(plain(turns[-1])):
        return _returned(texts, [b.turn for b in breaks], first_turn)
    if last in parts:
        notes.append(_told_of(parts[last]))
    elif last in moved:
        notes.append(THE_OTHER)
    elif start == last and start > 0:
        notes.append(NEW_CASE if any(b.turn == last and b.is_certain for b in breaks) else PERHAPS_NEW)
    elif has_left_out:
        notes.append(LEFT_OUT)
    if last in disowning:
        notes.append(ANOTHERS)
    if begins > start or (start == 0 and first_turn > 1):
        notes.append(TOO_OLD)
    return Separated(
        turns=tuple(texts[begins:]),
        first_turn=first_turn + begins,
        screened=tuple(turns[n] if n in parts else texts[n] for n in range(certain, len(texts))),
        first_screened=first_turn + certain,
        notes=tuple(notes),
        alone=tuple(texts[certain:]),
        parts=tuple((first_turn + n, part) for n in parts if n >= certain for part in parts[n].parts),
    )


def _told_of(found: Divided) -> str:
    if len(found.parts) > 2:
        return MORE_PATIENTS
    return LAST_OF_TWO if found.moves_on else TWO_PATIENTS


def _divided(turns: Sequence[str]) -> tuple[list[str], dict[int, Divided], set[int]]:
    """Return the turns with one patient each, those that told of several, and those that go on to the other one."""
    texts: list[str] = []
    several: dict[int, Divided] = {}
    moved: set[int] = set()
    for place, turn in enumerate(turns):
        other = next((several[n].other for n in reversed(several)), None)
        if other is not None and not moved and asks_of_other(turn):
            moved.add(place)
            texts.append(other if len(turn.split()) <= _FEW_WORDS + 1 else f"{other} {turn}")
            continue
        found = divided(turn)
        if found is not None:
            several[place] = found
        texts.append(found.answered if found else turn)
    return texts, several, moved


def _returned(texts: Sequence[str], breaks: Sequence[int], first_turn: int) -> Separated:
    """Return the turns of the case before the latest one, and the last turn; flags are looked for in all of them.

    Which of several earlier patients is meant cannot be known, and a missed flag costs more than one told needlessly.
    """
    start = max(breaks)
    begins = max(max((b for b in breaks if b < start), default=0), start - MAX_TURNS)
    return Separated(
        turns=(*texts[begins:start], texts[-1]),
        first_turn=first_turn + begins,
        screened=tuple(texts),
        first_screened=first_turn,
        notes=(RETURNED,),
    )


def _walked(turns: Sequence[str], library: Library, moved: Collection[int]) -> tuple[list[str], list[_Break], bool]:
    """Return the turns without what is said of others, where new cases begin, and whether the last lost anything.

    Those that have `moved` on to the other patient of an earlier message begin one.
    """
    texts: list[str] = []
    breaks: list[_Break] = []
    lost = False
    waits = False
    for place, turn in enumerate(turns):
        kept, ends, opens = _read(turn, is_last=place == len(turns) - 1)
        if place > 0 and (waits or ends or opens or place in moved):
            breaks.append(_Break(turn=place, is_certain=True))
        elif place > 0:
            start = max((b.turn for b in breaks), default=0)
            doubt = _contradicts(kept, texts[start:], library)
            if doubt is not None:
                breaks.append(_Break(turn=place, is_certain=doubt))
        if _SAME.search(plain(turn)):
            breaks = [b for b in breaks if b.is_certain and not (b.turn == place and not (ends or opens or waits))]
        waits = opens is None or (ends and not kept.strip())
        lost = kept != turn and not opens
        texts.append(kept)
    return texts, breaks, lost


def _read(turn: str, *, is_last: bool) -> tuple[str, bool, bool | None]:
    """Return a turn without what is said of others, whether the former case ended, whether a new one opens in it.

    None for a mark with nothing behind it: the new case opens with the next turn.
    """
    sentences = [s for s in _SENTENCE.split(turn) if s.strip()]
    kept: list[str] = []
    has_ended, opens = False, False
    for number, sentence in enumerate(sentences):
        folded = plain(sentence)
        former = _FORMER.match(folded)
        if (
            former
            and _DEALT_WITH.search(folded)
            and "?" not in sentence
            and _goes_on(sentences[number + 1 :], is_last=is_last)
        ):
            has_ended = has_ended or former.group("which") in _ENDS_CASE
            continue
        if _NEXT.match(folded):
            kept, opens = [], True
            if number == len(sentences) - 1 and not is_last and len(_NEXT.sub("", folded).split()) < _FEW_WORDS:
                return "", has_ended, None
        kept.append(sentence)
    whole = len(kept) == len(sentences)
    return (turn if whole else " ".join(kept)), has_ended, opens


def _goes_on(rest: Sequence[str], *, is_last: bool) -> bool:
    """Return whether more is told after what is said of another: else the question is about that one."""
    return not is_last or sum(len(s.split()) for s in rest) > _FEW_WORDS


def _contradicts(turn: str, before: Sequence[str], library: Library) -> bool | None:
    """Return True where `turn` opens another case, False where it may, None where it does not."""
    folded = plain(turn)
    opening = _OPENING.match(folded)
    expanded = library.normaliser.expand(turn)
    if opening is None or is_correction(expanded) or is_supposed(expanded) or _SAME.search(folded):
        return None
    known = {f.name: f for f in accumulated(before, library).facts if f.replaced_by is None} if before else {}
    age = next((float(a) for a in opening.group("age", "age2", "age3") if a), None)
    word = next((s for s in opening.group("sex", "sex2") if s), None)
    sex = None if word is None else "female" if word in _FEMALE else "male"
    is_other_age = _differs(known.get("age"), age)
    is_other_sex = sex is not None and "sex" in known and known["sex"].value != sex
    others = {f.name.partition(".")[0] for f in accumulated((turn,), library).facts} - {"age", "sex"}
    is_full = len(others) >= _FEWEST_OTHER_FACTS
    if is_other_age and is_other_sex:
        return is_full
    return False if is_full and (is_other_age or is_other_sex) else None


def _differs(known: Fact | None, age: float | None) -> bool:
    return (
        known is not None
        and age is not None
        and isinstance(known.value, float)
        and abs(known.value - age) >= _YEARS_APART
    )
