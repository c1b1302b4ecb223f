"""Facts put right or taken back: "actually 54", "left not right", "14 v 22", "scrap that, no surgery".

What a turn tells in so many words is read by the readers. This is for what only makes sense beside the facts that are
there already: a bare number, a side without a knee, a word that takes something back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.extracting import Told
from assistant.quoting import Typed
from assistant.readers import SIDES, UNIT, weeks
from corpus.facts import FACT_KINDS, FactType, FactValue
from guardrails.types import Fact

_MARKER = re.compile(
    r"\b(?:sorry|actually|correction|corrected|i meant?|meant|make (?:that|it)|should (?:be|say|read|have been)|typo|"
    r"mistakes?|my bad|misread|mistyped|misheard|wrong|scrap|oops|apologies|strike that|no wait|wait,? no|ignore that|"
    r"rather than|in fact|hang on|hold on|to correct|amend(?:ed|ment)?)\b"
)
_COUNT = r"(\d{1,3}(?:\.\d+)?)"
_LEAD = r"(?<![\w./])"
_NEW_FOR_OLD = re.compile(
    rf"{_LEAD}{_COUNT}(?: ?{UNIT})?(?: (?:on|for|in) (?:the )?(?:left|right))?,? (?:and )?(?:not|rather than|instead of) {_COUNT}(?: ?{UNIT})?"
)
_OLD_FOR_NEW = re.compile(rf"\bnot {_COUNT}(?: ?{UNIT})?(?:,| but| its| thats|:)* {_COUNT}(?: ?{UNIT})?\b")
_PAIR = re.compile(
    rf"^(?:[a-z ,:;-]*?\b)?{_COUNT} ?(?:l|r|left|right)?\s*(?:v|vs|versus|against|/)\s*{_COUNT} ?(?:l|r|left|right)?\W*$"
)
_BARE = re.compile(
    rf"\b(?:make (?:that|it)|should (?:be|say|read|have been)|i meant?|meant|its|thats|actually|sorry|correction|typo)\W+(?:to be )?{_COUNT}\b(?!\s*(?:v|vs|/|%))"
)
_BARE_WHOLE = re.compile(rf"^\W*{_COUNT}\W+(?:sorry|actually|typo|i meant?|correction|my (?:mistake|bad))\W*$")
_SEX_FOR_SEX = re.compile(
    r"\b(he|she|man|woman|male|female|boy|girl|m|f),? not (?:an? )?(?:he|she|man|woman|male|female|boy|girl|m|f)\b"
)
_FEMALE = frozenset({"she", "woman", "female", "girl", "f"})
_THIS_NOT_THAT = re.compile(r"^(?:its |hes |shes |was )?[\w-]+(?: [\w-]+){0,3},? not [\w-]+(?: [\w-]+){0,3}\W*$")
_SIDE_FOR_SIDE = re.compile(
    r"\b(left|right|l|r)(?: (?:knee|leg|side|one))?,? (?:and )?not (?:the )?(?:left|right|l|r)\b(?! (?:now|away))"
)
_ITS_SIDE = re.compile(
    r"\b(?:its|it is|is|was|meant|mean|make (?:that|it)|should (?:be|say|read)|sorry|actually|correction)\W+(?:on )?(?:the |his |her )?(left|right|bilateral|both(?: (?:knees|sides|legs))?)(?: (?:knee|leg|side|one))?(?=\W*$|[,.;:]| actually| sorry)"
    r"|[-:,\u2013] ?(left|right|bilateral|both)\W*$"
)
_TAKE_BACK = r"\b(?:scrap|forget|ignore|disregard|drop|delete|remove|strike|leave out|cross out)(?: about)? (?:the|that|those|his|her|their|my)?\s*"
_DONE = r"(?:done|tested|measured|taken|assessed)\b"
# What a fact is called where it is taken back, and the facts that go.
_LABELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"surger(?:y|ies)|operations?|op\b|reconstruction|acl\w*|replacement|meniscectomy|repair|graft", ("surgery",)),
    (r"(?:single-leg )?(?:heel|calf)[ -](?:rises?|raises?)(?: (?:numbers|counts?|test))?|counts?", ("heel_rise",)),
    (r"knee[ -]to[ -]wall|lunge(?: test)?", ("knee_to_wall",)),
    (r"hops?(?: tests?)?", ("hop",)),
    (r"quad\w*(?: \w+)?", ("quads", "quads_deficit")),
    (r"hip (?:strength|numbers|abd\w*)", ("hip", "hip_deficit")),
    (r"age\b", ("age",)),
    (r"sports?|running|football", ("sport",)),
    (r"side\b", ("side",)),
    (r"duration|weeks|months", ("duration.weeks",)),
    (r"effusion|swelling", ("effusion",)),
    (r"med(?:icine|ication)?s?\b|drugs|tablets", ("medicine",)),
    (r"pregnan\w+", ("pregnant",)),
)
# What hangs on a fact that is put right, and goes with it unless it is told anew.
_HANGS_ON: Mapping[str, tuple[str, ...]] = {"surgery.kind": ("surgery.graft",)}
_STRENGTHS = ("quads", "hamstrings", "hip", "hop", "heel_rise")
_OF_BEFORE = re.compile(
    r"\b(?:limb symmetry index|symmetry|quad\w*|strength|hops?|heel rises?|single-leg heel-rises?|numbers|tests?|scores?)\b[^.;?!]{0,30}?"
    r"(?:\b(?:from|was|were|is|are|taken|measured|done)\b[^.;?!]{0,15}?)?\b(?:pre-?op\w*|pre-?surg\w*|before (?:the |his |her )?(?:surgery|op|operation))\b"
)
_SYMMETRY_PARTS = ("low", "high", "gap", "lsi")
# "No surgery": the fact goes where it was told, and it is not asked for again.
_NONE_OF = (
    (re.compile(r"\b(?:no|nil|without|never had(?: any)?|not had(?: any)?|hasnt had(?: any)?) (?:previous |prior |past |knee |any )*(?:surgery|surgeries|operations?|ops?)\b|\bnever (?:been )?operated\b"), "surgery"),
    (re.compile(r"\b(?:no|nil|not on any|takes no) (?:regular |other )*(?:medicines?|meds|medications?|tablets|drugs)\b"), "medicine"),
    (re.compile(r"\b(?:no sports?|doesnt (?:do|play) (?:any )?sports?|not sporty|sedentary)\b"), "sport"),
    (re.compile(r"\b(?:nothing (?:has been |was )?tried|tried nothing|no (?:previous |prior )?(?:treatment|physio|rehab))\b"), "tried"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What one turn puts right: facts in place of others, and names of facts, or values of sets, taken back."""

    facts: tuple[Fact, ...] = ()
    withdrawn: tuple[str, ...] = ()
    denied: tuple[tuple[str, FactValue], ...] = ()
    none_of: frozenset[str] = frozenset()


def is_correction(text: str) -> bool:
    """Return whether normalised `text` says that something before was wrong."""
    return bool(
        _MARKER.search(text)
        or _THIS_NOT_THAT.search(text)
        or _NEW_FOR_OLD.search(text)
        or _SIDE_FOR_SIDE.search(text)
        or re.search(_TAKE_BACK, text)
    )


def corrected(typed: Typed, told: Told, known: Sequence[Fact], turn: int) -> Correction:
    """Return what `typed` puts right among the facts in force.

    Args:
        typed: a turn after the first.
        told: what the readers found in it; a name told is not guessed at again.
        known: the facts in force before it.
        turn: its number.
    """
    text = typed.expanded
    by_name = {f.name: f for f in known}
    fresh = {f.name for f in told.facts}
    put_right = {f.name: f for f in _put_right(typed, by_name, turn) if f.name not in fresh or f.name == "sex"}
    taken_back = {*_taken_back(text), *_hanging(text, told, by_name)}
    none_of = frozenset(name for pattern, name in _NONE_OF if pattern.search(text))
    return Correction(
        facts=tuple(put_right.values()),
        withdrawn=tuple(n for n in by_name if _is_under(n, {*none_of, *taken_back}) and n not in fresh),
        denied=tuple((n, v) for n, v in told.denied if _holds(by_name.get(n), v) and not _is_replaced(n, v, fresh)),
        none_of=none_of,
    )


def _put_right(typed: Typed, known: Mapping[str, Fact], turn: int) -> Iterator[Fact]:
    text = typed.expanded
    for name, value, span in (*_numbers(text, known), *_sides(text, known), *_sexes(text)):
        said = typed.words(*span)
        yield Fact(id="", name=name, value=value, unit=FACT_KINDS[name].unit, said=said.strip(" ,"), turn=turn)


def _numbers(text: str, known: Mapping[str, Fact]) -> Iterator[tuple[str, float, tuple[int, int]]]:
    measured = [f for f in known.values() if FACT_KINDS[f.name].type is FactType.NUMBER]
    for pattern, is_new_first in ((_NEW_FOR_OLD, True), (_OLD_FOR_NEW, False)):
        for match in pattern.finditer(text):
            first, second = (match[1], match[2]), (match[3], match[4])
            new, old = (first, second) if is_new_first else (second, first)
            for fact in measured:
                if _amount(old, new, fact) == fact.value:
                    yield fact.name, _amount(new, old, fact), match.span()
                    break
    if not is_correction(text):
        return
    if pair := _PAIR.search(text):
        yield from _pair(float(pair.group(1)), float(pair.group(2)), known, pair.span())
    elif (bare := _BARE.search(text) or _BARE_WHOLE.search(text)) and (
        nearest := _nearest(float(bare.group(1)), measured)
    ):
        yield nearest, float(bare.group(1)), bare.span()


def _amount(one: tuple[str, str | None], other: tuple[str, str | None], fact: Fact) -> float:
    """Return a number in the fact's unit; a unit said once holds for both."""
    unit = one[1] or other[1]
    return weeks(one[0], unit) if unit and fact.unit == "week" else float(one[0])


def _pair(
    first: float, second: float, known: Mapping[str, Fact], span: tuple[int, int]
) -> Iterator[tuple[str, float, tuple[int, int]]]:
    """Yield two sides in place of the two that were said last, in the order in which those were said."""
    tests = [f.name.partition(".")[0] for f in known.values() if f.name.endswith((".left", ".low"))]
    if not tests:
        return
    test = tests[-1]
    left, right = known.get(f"{test}.left"), known.get(f"{test}.right")
    if left is None or right is None:
        yield f"{test}.low", min(first, second), span
        yield f"{test}.high", max(first, second), span
        return
    order = ("left", "right") if _is_said_first(left, right) else ("right", "left")
    yield f"{test}.{order[0]}", first, span
    yield f"{test}.{order[1]}", second, span


def _is_said_first(left: Fact, right: Fact) -> bool:
    numbers = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", left.said)]
    places = [numbers.index(f.value) if f.value in numbers else len(numbers) for f in (left, right)]
    return places[0] <= places[1]


def _nearest(number: float, measured: Sequence[Fact]) -> str | None:
    """Return the fact whose value is nearest to a bare number, as a slip of the pen is; None where two are as near."""
    ranked = sorted((abs(f.value - number), f.name) for f in measured if isinstance(f.value, float))
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _sides(text: str, known: Mapping[str, Fact]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    match = _SIDE_FOR_SIDE.search(text)
    named = set(re.findall(r"\b(?:left|right|bilateral|both)\b", text))
    if match is None and is_correction(text) and len(named) == 1 and "side" in known:
        match = _ITS_SIDE.search(text)
    if match is not None:
        word = next(g for g in match.groups() if g)
        yield "side", SIDES.get(word, "both"), match.span()


def _sexes(text: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    if match := _SEX_FOR_SEX.search(text):
        yield "sex", "female" if match.group(1) in _FEMALE else "male", match.span()


def _taken_back(text: str) -> Iterator[str]:
    for label, names in _LABELS:
        not_done = rf"\b(?:no|without) (?:{label}) {_DONE}|\b(?:{label}) (?:was |were )?not (?:been )?{_DONE}"
        if re.search(rf"{_TAKE_BACK}(?:{label})|{not_done}", text):
            yield from names


def _hanging(text: str, told: Told, known: Mapping[str, Fact]) -> Iterator[str]:
    """Yield the facts that go with one that is put right, and measures said to be older than the operation."""
    if _OF_BEFORE.search(text):
        yield from _STRENGTHS
    if not is_correction(text):
        return
    for fact in told.facts:
        old = known.get(fact.name)
        if old is not None and old.value not in (fact.value, "other"):
            yield from _HANGS_ON.get(fact.name, ())


def _is_under(name: str, prefixes: set[str]) -> bool:
    return any(name == p or name.startswith(f"{p}.") for p in prefixes)


def _is_replaced(name: str, value: FactValue, fresh: Collection[str]) -> bool:
    """Return whether the same turn tells what stands in place of a denied value; a set only loses what is denied."""
    return name in fresh and not isinstance(value, frozenset)


def _holds(fact: Fact | None, value: FactValue) -> bool:
    """Return whether a denied value is in force."""
    if fact is None:
        return False
    if isinstance(fact.value, frozenset) and isinstance(value, frozenset):
        return bool(fact.value & value)
    return fact.value == value
