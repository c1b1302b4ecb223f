"""A red flag's cues as somebody might say them: one wording for each, since a cue stands for many."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus.facts import FACT_KINDS
from corpus.types import RedFlag

_MARKS = re.compile(r"^[~^]+")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")
_AT_LEAST = re.compile(r"(\d+)\+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FEWEST_OF_A_SPAN = 3  # "38.1|38.2|38.3" is a span, "2|3" are two numbers
_ITSELF = re.compile(r"\b(calf|leg) itself\b")  # as the terms spell what is no calf exercise
_LONG_PLACES = 4  # looked at: a wording of more words shows its seams
_CLAUSE = re.compile(
    r'(?P<not>not )?(?:"(?P<held>[\w-]+)" in )?(?P<name>[\w.]+)(?: ?(?P<sign>>=|<|==|>) ?"?(?P<value>[\w.-]+)"?)?'
)
_SIGNS = {">=": "{} or more", "<": "under {}", ">": "over {}", "==": "{}"}
_SHORT = re.compile(r"\b(ca|wo|do|does|did|is|was|has|could|would)nt\b")  # the text that is searched has no apostrophes


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A wording that shows what a cue means; `when` says of which patients it counts, empty where of all."""

    said: str
    when: str


def vocabulary(flags: Iterable[RedFlag]) -> frozenset[str]:
    """Return the whole words of all cues, to complete stems with."""
    cues = chain.from_iterable((*f.strong, *f.unless, *chain.from_iterable(f.weak.values())) for f in flags)
    places = chain.from_iterable(_words(cue).split() for cue in cues)
    return frozenset(word for place in places for word in place.split("|") if word.isalpha())


def examples(cues: Sequence[str], known: Collection[str]) -> tuple[Example, ...]:
    """Return a wording of each cue, no two the same, those first that read most like speech.

    >>> [e.said for e in examples(["~calf tight|hard swoll*", "cannot feel pee|urine"], {"swollen"})]
    ['cannot feel pee', 'calf … tight … swollen']
    """
    made = {Example(said=_said(cue, known), when=_when(cue)): None for cue in sorted(cues, key=_roughness)}
    return tuple(example for example in made if example.said or example.when)


def _roughness(cue: str) -> tuple[bool, bool, bool]:
    return " + " in cue, cue.lstrip("^").startswith("~"), len(_words(cue).split()) > _LONG_PLACES


def _words(cue: str) -> str:
    """Return the words of a cue, without its marks and conditions."""
    return " ".join(_MARKS.sub("", part.partition("@")[0]) for part in cue.split(" + "))


def _said(cue: str, known: Collection[str]) -> str:
    parts = (_part(part.partition("@")[0], known) for part in cue.split(" + "))
    return " and ".join(part for part in parts if part)


def _part(part: str, known: Collection[str]) -> str:
    marks = _MARKS.match(part)
    words = [_word(place, known) for place in _MARKS.sub("", part).split()]
    said = (" … " if marks and "~" in marks.group() else " ").join(words)
    return (
        said.replace(" of calf itself", " of the calf").replace(" of leg itself", " of the leg").replace(" itself", "")
    )


def _word(place: str, known: Collection[str]) -> str:
    """Return the first alternative for a word as it is written; a span for a row of numbers."""
    alternatives = place.split("|")
    if len(alternatives) >= _FEWEST_OF_A_SPAN and all(map(_NUMBER.fullmatch, alternatives)):
        return f"{alternatives[0]} to {alternatives[-1]}"
    first = alternatives[0]
    if first.endswith("*"):
        return _completed(first.removesuffix("*"), known)
    first = _AT_LEAST.sub(r"\1 or more", _RANGE.sub(r"\1 to \2", first))
    return _SHORT.sub(r"\1n't", first)


def _completed(stem: str, known: Collection[str]) -> str:
    """Return the shortest known word that begins with `stem`, or the stem with dots."""
    found = [word for word in known if word.startswith(stem)]
    return min(found, key=lambda word: (len(word), word)) if found else f"{stem}…"


def _when(cue: str) -> str:
    """Return the condition of a cue in words.

    >>> _when("knee pain@not age>=18 and not surgery.kind")
    'unless aged 18 or more, unless surgery'
    """
    conditions = [part.partition("@")[2] for part in cue.split(" + ") if "@" in part]
    clauses = chain.from_iterable(condition.split(" and ") for condition in conditions)
    return ", ".join(map(_clause, clauses))


def _clause(clause: str) -> str:
    found = _CLAUSE.fullmatch(clause.strip("() "))
    if found is None:
        return "for some patients only"
    name, kind = found["name"], FACT_KINDS.get(found["name"])
    label = "aged" if name == "age" else kind.label if kind else name.replace(".", " ").replace("_", " ")
    value = found["held"] or (_SIGNS[found["sign"]].format(found["value"]) if found["sign"] else "")
    unit = f"{kind.unit}s" if kind and value and kind.unit == "week" else ""
    return " ".join(w for w in ("unless" if found["not"] else "if", label, value.replace("-", " "), unit) if w)
