"""Numbers in words made digits, and the quantities of a reading: value, unit, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from guardrails.freetext.reading import Reading

_ONES = {
    w: n
    for n, w in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        start=2,
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_DIGIT = {"one": 1, **{w: n for w, n in _ONES.items() if n < 10}}
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS)})[\s-]+({'|'.join(_DIGIT)})\b")
_SIMPLE = re.compile(rf"\b({'|'.join((*_ONES, *_TENS))})(?=\b|fold\b)")
_FRACTIONS = (
    (re.compile(r"\b2[\s-]+thirds\b"), " 66.7 percent "),
    (re.compile(r"\b3[\s-]+quarters\b"), " 75 percent "),
    (re.compile(r"\bhalf a year\b"), " 6 months "),
    (re.compile(r"\bhalf (?:a|an) (?:hour)\b"), " 30 minutes "),
    (re.compile(r"\b(?:(?:a|one) )?half\b(?! (?:squat|marathon|kneel))"), " 50 percent "),
    (re.compile(r"\b(?:a|one)[\s-]+third\b"), " 33.3 percent "),
    (re.compile(r"\b(?:a|one)[\s-]+quarter\b"), " 25 percent "),
    (re.compile(r"\b(?:a|one)[\s-]+fifth\b"), " 20 percent "),
    (re.compile(r"\b(?:a|one)[\s-]+sixth\b"), " 16.7 percent "),
    (re.compile(r"\b(?:a|one)[\s-]+tenth\b"), " 10 percent "),
    (re.compile(r"\b(?:one|a) (?=year\b)"), "1 "),
    (re.compile(r"\bone (?=(?:month|week|day|hour|minute|second|session|point)\b)"), "1 "),
    (
        re.compile(
            r"(?:^|(?<=[.;,] )|(?<=\bin )|(?<=\bat )|(?<=\bby )|(?<=\bfor )|(?<=\bafter )|(?<=\bwithin ))a (?=(?:month|week|day)\b)"
        ),
        "1 ",
    ),
    (re.compile(r"\btwice\b"), " 2 times "),
    (re.compile(r"\bthrice\b"), " 3 times "),
    (re.compile(r"\b(?:a )?dozen\b"), " 12 "),
    (re.compile(r"\b(?:a|one) million\b"), " 1000000 "),
    (re.compile(r"\b(?:a|one) hundred\b"), " 100 "),
    (re.compile(r"\b(?:a|one) thousand\b"), " 1000 "),
    (re.compile(r"\b(\d+) hundred\b"), r" \g<1>00 "),
    (re.compile(r"\b(\d+) thousand\b"), r" \g<1>000 "),
    (re.compile(r"\b(?:doubled?|doubling|two[\s-]?fold|twofold)\b"), " 2 fold "),
    (re.compile(r"\b(?:trebled?|tripled?)(?! hop)\b"), " 3 fold "),
    (re.compile(r"\bfortnight\b"), " 2 weeks "),
    (re.compile(r"(\d)[\s-]?fold\b"), r"\1 fold "),
)
_MARKS = (
    (re.compile(r"%|\bper[\s-]?cent\b"), " percent "),
    (re.compile(r"\u00b0"), " degrees "),
    (re.compile(r"[\u2265]|>="), " at least "),
    (re.compile(r"[\u2264]|<="), " at most "),
    (re.compile(r">"), " more than "),
    (re.compile(r"<"), " less than "),
)
_GAPPED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")
_RANGE = re.compile(r"(?<=\d)\s?[\u2013\u2014]\s?(?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}\b)")

_UNITS = {
    "percent": "percent percentage",
    "week": "week weeks wk wks w weekly",
    "month": "month months monthly",
    "year": "year years yr yrs y yo",
    "day": "day days",
    "hour": "hour hours h",
    "minute": "minute minutes min mins",
    "second": "second seconds s sec secs",
    "degree": "degree degrees deg",
    "mm": "mm millimetre millimetres millimeter millimeters",
    "cm": "cm centimetre centimetres centimeter centimeters",
    "metre": "m metre metres meter meters",
    "km": "km kilometre kilometres kilometer kilometers",
    "kg": "kg kilogram kilograms kilo kilos",
    "newton": "n newton newtons",
    "repetition": "repetition repetitions rep reps rises raises",
    "set": "set sets",
    "session": "session sessions visit visits appointment appointments",
    "times": "times x",
    "fold": "fold",
    "point": "point points",
    "people": "people person persons patient patients participant participants adult adults woman women man men child children "
    "adolescent adolescents athlete athletes runner runners footballer footballers volunteer volunteers boys girls players cadets "
    "recruits soldiers individuals subjects clinicians experts controls americans",
    "study": "study studies trial trials article articles cohort cohorts paper papers rcts rct reports references",
    "knee": "knee knees",
    "rm": "rm",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_REMEMBERED = 4096
_LOOKED_AHEAD = 3
_JOINS = frozenset("to and or of against versus v vs out from by".split())
_MORE = frozenset("more over above longer greater higher older larger".split())
_LESS = frozenset("less under below fewer shorter lower younger smaller".split())
_OVER = frozenset({("over",), ("above",), ("exceeding",), ("beyond",), ("exceed",), ("exceeds",)})
_UNDER = frozenset({("under",), ("below",), ("within",)})
TIMES = frozenset({"week", "month", "year", "day", "hour", "minute", "second"})
_ROUND = frozenset("about around roughly approximately nearly almost some circa just".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a reading: its value, its unit if it has one, the token at which it stands, and how it is bounded."""

    shown: str
    value: float
    unit: str | None
    at: int
    bound: str | None = None
    is_rounded: bool = False
    per: str | None = None

    @property
    def is_fold(self) -> bool:
        """Whether it counts times over, as in fourfold."""
        return self.unit == "fold"


@lru_cache(maxsize=_REMEMBERED)
def with_digits(text: str) -> str:
    """Return a lower-case text with its number words, fractions and marks as digits and words.

    >>> " ".join(with_digits("twenty-four runners, half of them at 30%").split())
    '24 runners, 50 percent of them at 30 percent'
    """
    text = _RANGE.sub(" to ", _GAPPED.sub("", _THOUSANDS.sub("", text)))
    text = _COMMA.sub(".", text)
    text = _COMPOUND.sub(lambda m: str(_TENS[m[1]] + _DIGIT[m[2]]), text)
    text = _SIMPLE.sub(lambda m: str(_ONES.get(m[1]) or _TENS[m[1]]), text)
    for pattern, plain in (*_FRACTIONS, *_MARKS):
        text = pattern.sub(plain, text)
    return text


@lru_cache(maxsize=_REMEMBERED)
def quantities(reading: Reading) -> tuple[Quantity, ...]:
    """Return the quantities of a reading in order."""
    tokens = reading.tokens
    found: list[Quantity] = []
    for n, token in enumerate(tokens):
        if token.word[0].isdigit():
            unit = _named_before(reading, n) or _unit(reading, n)
            unit = unit or (_unit_before(reading, n) if reading.is_figures else None)
            found.append(Quantity(
                shown=token.word, value=_value(token.word), unit=unit, at=n, bound=_bound(reading, n),
                is_rounded=n > 0 and tokens[n - 1].word in _ROUND, per=_per(reading, n),
            ))  # fmt: skip
    return tuple(found)


def _value(word: str) -> float:
    pieces = word.replace(",", ".").split(".")
    return float(f"{pieces[0]}.{''.join(pieces[1:])}") if len(pieces) > 1 else float(word)


def _unit(reading: Reading, at: int) -> str | None:
    """Return the unit that follows, over a second number of a range and over an adjective or two."""
    words = [t.word for t in reading.tokens[at + 1 : at + 7]]
    clause = reading.tokens[at].clause
    ahead = 0
    for offset, word in enumerate(words, start=1):
        if reading.tokens[at + offset].clause != clause:
            return None
        if word[0].isdigit() and not _is_range(reading, at, offset, words):
            return None
        if word[0].isdigit() or word in _JOINS:
            if word in ("and", "of", "against", "versus", "v", "from", "by") and not (
                offset < len(words) and words[offset][0].isdigit()
            ):
                return None
            continue
        if word in _UNIT_OF:
            return _UNIT_OF[word]
        ahead += 1
        if ahead >= _LOOKED_AHEAD:
            return None
    return None


def _is_range(reading: Reading, at: int, offset: int, words: list[str]) -> bool:
    """Return whether a second number belongs to the first: joined to it, or greater and right behind it, as in 8-12."""
    if offset > 1:
        return words[offset - 2] in _JOINS
    return _value(words[0]) > _value(reading.tokens[at].word)


def _named_before(reading: Reading, at: int) -> str | None:
    """Return the unit right before a number that counts along it, such as "week 4"."""
    before = reading.tokens[at - 1] if at else None
    is_near = before is not None and before.clause == reading.tokens[at].clause
    return _UNIT_OF.get(before.word) if before and is_near and _UNIT_OF.get(before.word) in TIMES else None


def _unit_before(reading: Reading, at: int) -> str | None:
    """Return the unit in the name of a figure, such as "programme weeks 8"."""
    own = [t.word for t in reading.tokens[:at] if t.clause == reading.tokens[at].clause]
    words = list(takewhile(lambda w: not w[0].isdigit(), own))  # the name; what follows is another number's
    return next(
        (_UNIT_OF[w] for w in reversed(words) if _UNIT_OF.get(w) in TIMES | {"percent", "study"} and len(w) > 1), None
    )


def _per(reading: Reading, at: int) -> str | None:
    words = [t.word for t in reading.tokens[at + 1 : at + 6]]
    for n, word in enumerate(words):
        if word in ("weekly", "daily", "yearly"):
            return {"weekly": "week", "daily": "day", "yearly": "year"}[word]
        if word in ("a", "per", "each", "every") and n + 1 < len(words) and words[n + 1] in ("week", "day", "session"):
            return words[n + 1]
        if word[0].isdigit():
            continue
    return None


def _bound(reading: Reading, at: int) -> str | None:
    """Return whether a number is a least or a most: "more than 3", "up to 6", "45 or over"."""
    words = [t.word for t in reading.tokens]
    before, after = tuple(words[max(0, at - 2) : at]), words[at + 1 : at + 5]
    is_time = _unit(reading, at) in TIMES | {"study"}
    if before[-1:] in _OVER and not is_time:
        return "more"
    if before[-1:] in _UNDER and not is_time:
        return "less"
    if (len(before) == 2 and before[1] == "than") or before in (("at", "least"), ("at", "most"), ("up", "to")):
        return "more" if before[0] in _MORE or before == ("at", "least") else "less"
    if "or" in after[:3]:
        last = after[after.index("or") + 1 :][:1]
        return "more" if last and last[0] in _MORE else "less" if last and last[0] in _LESS else None
    return None
