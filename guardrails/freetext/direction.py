"""Which way things went: each rise, fall, gain or likeness of a claim goes the way the cited passages say it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guardrails.freetext import signs
from guardrails.freetext.binding import context, fit
from guardrails.freetext.reading import Reading, Token
from guardrails.freetext.types import Fault, Ground, Rule, contradicted, not_enough

_UNWELCOME = frozenset(signs.UNWELCOME.split())
_WELCOME = frozenset(signs.WELCOME.split())
_LOOKED = 7  # words within which a sign finds what it is said of
_NEAR = 4  # words after a sign within which its own noun stands
_MARGIN = 1.6  # how much better an opposite sign's place must fit to count against; chosen on the dev half, decision 18
_LEAST = 0.4
_ADVERBIAL = frozenset("than in at when with after by for over and only on to from among during".split())
_BE = frozenset("is are was were be been".split())
_AS_MUCH_AS = 3  # words of "as … as"
_AGAINST = {"up": "down", "down": "up", "good": "bad", "bad": "good"}


@dataclass(frozen=True, slots=True)
class Event:
    """One place where a text says which way something went; `worth` is good or bad where that follows."""

    at: int
    sign: str
    worth: str | None
    is_denied: bool
    target: str | None = None


def turned_round(claim: Reading, grounds: Sequence[Ground]) -> Iterator[Fault]:
    """Yield a fault for each sign of the claim that no passage carries, or that the passages turn round."""
    held = [(e, g.said) for g in grounds for e in events(g.said)]
    for event in events(claim):
        fault = _judged(claim, event, held)
        if fault:
            yield fault


def events(reading: Reading) -> tuple[Event, ...]:
    """Return the signs of a reading with what they are worth there."""
    return tuple(_event(reading, n) for n in reading.signs if not _is_name(reading, n))


_PLACES = frozenset(
    "limb limbs leg legs body back end extremity quarter hamstrings hamstring pole third half calf tibia spine".split()
)
_ONE_AND_THE_SAME = frozenset("leg limb side knee person people patient patients day session week study runner".split())
_LEVEL = frozenset({"the_same", "unchanged", "equal", "similar", "identical", "comparable"})
_RISES = frozenset("rise rises raise raises drop drops".split())
_RAISED = frozenset("heel calf leg toe legged single seated standing donkey".split())
_AFTER_ITS_NOUN = frozenset("weakness loss losses".split())
_LARGER = frozenset("larger bigger greater clearer".split())  # "a larger drop" is a drop
_SMALLER = frozenset("smaller lesser slighter".split())  # "a smaller drop" is none, set beside what fell more
_TAKEN_UP = frozenset("gain gains benefit benefits improvement improvements reduction relief".split())  # told before
_NOUNS = frozenset(
    "improvement improvements relief gain gains gained benefit benefits loss deficit deficits improved reduction reductions".split()
)


def _is_name(reading: Reading, at: int) -> bool:
    """Return whether a sign only names a thing: a lower limb, the same speed, a bound, what groups did not differ in."""
    tokens = reading.tokens
    word = tokens[at].word
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    before = tokens[at - 1].word if at else ""
    if word in ("lower", "lowers") and after in _PLACES:
        return True
    return (
        (word in _RISES and (before[:1].isdigit() or before in _RAISED or after in ("jump", "jumps", "landing")))
        or (word in ("fall", "falls", "fell") and after in ("under", "within", "short", "into"))
        or (word == "the_same" and after in _ONE_AND_THE_SAME)
        or (word in _LEVEL and before in ("at", "in", "of", "with", "to", "from", "by", "on"))
        or (word == "better" and after in ("quality", "known"))
        or (
            word in _LARGER | _SMALLER and at + 1 < len(tokens) and tokens[at + 1].sign in ("up", "down", "good", "bad")
        )
        or (word in _TAKEN_UP and before in ("the", "that", "this", "these", "those", "their", "its", "his", "her"))
        or (word in _NOUNS and any(t.sign == "same" and t.clause == tokens[at].clause for t in tokens))
        or (after == "than" and any(t.word[0].isdigit() for t in tokens[at + 2 : at + 3]))
    )


def _event(reading: Reading, at: int) -> Event:
    token = reading.tokens[at]
    sign, is_denied = token.sign or "", token.is_denied
    words = [t.word for t in reading.tokens[max(0, at - 1) : at + 2]]
    if sign in ("up", "down", "good", "bad") and words[0] == words[-1] == "as" and len(words) == _AS_MUCH_AS:
        sign = "same"  # "as strong as"
    if sign in ("notgood", "notbad"):
        sign, is_denied = sign[3:], True
    if is_denied and sign in ("same", "other"):
        sign, is_denied = "other" if sign == "same" else "same", False
    is_time = at + 1 < len(reading.tokens) and reading.tokens[at + 1].word == "time"
    governing = _governing(reading, at)
    if governing is not None:
        is_turned = token.word == "less"
        worth = _AGAINST.get(governing.worth or "", governing.worth) if is_turned else governing.worth
        sign = _AGAINST.get(governing.sign, governing.sign) if is_turned else governing.sign
        return Event(at=at, sign=sign, worth=worth, is_denied=is_denied, target=governing.target)
    if at and reading.tokens[at - 1].word in _SMALLER and sign in ("up", "down"):
        sign = _AGAINST[sign]
    target = None if is_time else _target(reading.tokens, at)
    return Event(at=at, sign=sign, worth=_worth(target, sign, is_time=is_time), is_denied=is_denied, target=target)


def _governing(reading: Reading, at: int) -> Event | None:
    """Return what a bare "more" or "less" adds to, as in "eased pain more than usual care"."""
    tokens = reading.tokens
    if tokens[at].word not in ("more", "less"):
        return None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.clause == tokens[at].clause and after.word not in _ADVERBIAL:
        return None
    for n in range(at - 1, max(-1, at - 2 * _LOOKED), -1):
        if tokens[n].clause != tokens[at].clause:
            return None
        if tokens[n].sign in ("up", "down", "good", "bad") and not _is_name(reading, n):
            return _event(reading, n)
    return None


def _worth(target: str | None, sign: str, *, is_time: bool) -> str | None:
    if is_time:
        return None
    if sign in ("good", "bad", "same", "other"):
        return sign
    if target is None:
        return None
    return "good" if (sign == "up") == (target in _WELCOME) else "bad"


def _target(tokens: Sequence[Token], at: int) -> str | None:
    """Return the nearest idea of the clause that is welcome or not, what follows before what precedes."""
    own = tokens[at].idea
    if own in _WELCOME | _UNWELCOME and tokens[at].word not in ("raise", "raises"):
        return own
    places = [*range(at + 1, at + _LOOKED), *range(at - 1, at - _LOOKED, -1)]
    if at and tokens[at - 1].word in _BE:  # "the odds were higher with …"
        places = [*range(at - 1, at - _LOOKED, -1), *range(at + 1, at + _LOOKED)]
    for n in places:
        if 0 <= n < len(tokens) and tokens[n].clause == tokens[at].clause and tokens[n].idea in _WELCOME | _UNWELCOME:
            return tokens[n].idea
    return None


def _judged(claim: Reading, event: Event, held: Sequence[tuple[Event, Reading]]) -> Fault | None:
    matches = [(_agreement(claim, event, other, said), other, said) for other, said in held]
    if not any(match for match, _, _ in matches):
        against = next((said.tokens[o.at].word for match, o, said in matches if match is False), None)
        return _against(claim, event, against) if against else not_enough(
            Rule.DIRECTION, f"nothing cited says “{_word(claim, event)}” of this")  # fmt: skip
    if event.sign == "other" and any(match is False for match, _, _ in matches):
        alike = next(said.tokens[o.at].word for match, o, said in matches if match is False)
        if not any(o.sign == "other" for _, o, _ in matches):
            return _against(claim, event, alike)
    if event.sign == "same":
        return None  # what is said to be alike lies beside what rose and fell in most passages
    head = _head(claim, event.at)
    of_head = [
        (match, said.tokens[o.at].word)
        for match, o, said in matches
        if match is not None and head and _head(said, o.at) == head
    ]
    if of_head:
        return None if any(match for match, _ in of_head) else _against(claim, event, of_head[0][1])
    here = context(claim, event.at)
    fits = [
        (fit(here, context(said, o.at)), match, o, said.tokens[o.at].word)
        for match, o, said in matches
        if match is not None
    ]
    own = max(f for f, match, _, _ in fits if match)
    others = [(f, w) for f, match, o, w in fits if not match and (o.target is None or o.target == event.target)]
    against, word = max(others, default=(0.0, ""))
    return _against(claim, event, word) if against > _LEAST and against > own * _MARGIN else None


def _agreement(claim: Reading, event: Event, other: Event, said: Reading) -> bool | None:
    """Return what two signs are to each other; what was raised, where more of it is neither good nor bad, was improved."""
    found = agreement(event, other)
    pair = {event.sign: event, other.sign: other}
    if (
        found is None
        and set(pair) == {"good", "up"}
        and pair["up"].worth is None
        and event.is_denied == other.is_denied
    ):
        head = _head(claim, event.at)
        return True if head and head == _head(said, other.at) else None
    return found


def _head(reading: Reading, at: int) -> str | None:
    """Return the first idea after a sign in its clause: what rose or fell."""
    after = reading.tokens[at + 1 : at + 1 + _NEAR]
    if after and (after[0].sign or after[0].word in ("and", "or")):
        after = ()  # "at a faster rate cut …", "pain fell and …": what rose or fell stands before
    for token in () if reading.tokens[at].word in _AFTER_ITS_NOUN else after:
        if token.clause != reading.tokens[at].clause or token.word in ("than", "against", "time"):
            return None
        if not token.is_generic and not token.sign:
            return token.idea
    if reading.tokens[at].word not in _AFTER_ITS_NOUN:
        return None
    before = [
        t for t in reading.tokens[max(0, at - 2) : at] if t.clause == reading.tokens[at].clause and not t.is_generic
    ]
    return before[-1].idea if before else None


def _against(claim: Reading, event: Event, opposed: str) -> Fault:
    said = opposed.replace("_", " ")
    return contradicted(
        Rule.DIRECTION, f"“{_word(claim, event)}” goes against what is cited, which says “{said}” of it"
    )


def _word(claim: Reading, event: Event) -> str:
    return _said(event, claim.tokens[event.at].word.replace("_", " "))


def _said(event: Event, word: str) -> str:
    return f"not {word}" if event.is_denied and not word.startswith(("no ", "not ")) else word


def agreement(mine: Event, held: Event) -> bool | None:
    """Return whether two signs say the same, the opposite, or (None) nothing of each other."""
    if mine.is_denied != held.is_denied:
        return _with_one_denied(mine, held)
    if mine.sign == held.sign or (mine.worth and mine.worth == held.worth):
        return True
    if "same" in (mine.sign, held.sign):
        return False
    if "other" in (mine.sign, held.sign):
        return True if mine.sign == "other" else None
    if _AGAINST[mine.sign] == held.sign:
        return None if mine.worth and mine.worth == held.worth else False
    return False if mine.worth and held.worth else None


def _with_one_denied(mine: Event, held: Event) -> bool | None:
    """Return the same for two signs of which one is denied: what is not better is alike or worse."""
    denied, plain = (mine, held) if mine.is_denied else (held, mine)
    if plain.sign == "same" and denied.sign != "same":
        return True if denied.worth != "bad" or denied is mine else None
    if denied.sign == "same" and plain.sign != "same":
        return True if denied is held or denied is mine else None
    if denied.sign == plain.sign or (denied.worth and denied.worth == plain.worth):
        return False
    return denied is mine or None
