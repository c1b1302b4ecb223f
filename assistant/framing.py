"""From what was typed to a case: facts with units, what is asked, in which form, and for which school."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.intents import asked_of, intent_of
from assistant.quoting import Typed
from assistant.readers import Reader
from assistant.reading import READERS
from corpus.facts import FACT_KINDS, FactType, FactValue
from corpus.library import Library
from guardrails.context import Clause, Context, clauses, context_of
from guardrails.types import Case, Fact

_OLD_STILL_COUNTS = ("surgery", "tried", "medicine")
_SYMMETRIES = ("heel_rise", "knee_to_wall")
# A sentence that opens so asks in general, unless it speaks of a patient.
_ASKING = re.compile(
    r"^(?:and |so |but |ok )?(?:is|are|does|do|did|can|could|should|would|will|why|what|whats|which|how|when|if|has|have)\b"
)
_OF_PATIENT = re.compile(r"\b(?:his|her|their|this|my (?:patient|client)s?) (?:\w+ )?$")
_RELATIVE = (
    r"(?:mother|father|mum|mom|dad|brother|sister|cousin|aunt|uncle|grand\w+|parent|wife|husband|son|daughter|partner|"
    r"friend|team ?mate|neighbour|colleague|coach)s?"
)
_SOMEBODY_BEFORE = re.compile(rf"\b{_RELATIVE}\b(?! (?:of|with) )[^,]{{0,30}}$")
_SOMEBODY_AFTER = re.compile(rf"^[ -]{{1,2}}{_RELATIVE}\b")
_ABOUT_A_PERSON = ("age", "sex", "sport", "level", "surgery", "condition", "medicine", "pregnant")
_FOLLOW_UP = re.compile(r"^(?:and|so|ok|okay|then|but|what about|how about|same|also|now)\b")
_ONLY = re.compile(
    r"\b(?:only|just|solely|exclusively)\b[^.?!]{0,25}\b(?:cite|quote|use|show|mention|give|want|need|hear|tell)\b|"
    r"\b(?:cite|quote|use|show|mention|give|want|need|hear|tell|are|be)\b[^.?!]{0,25}\b(?:only|just|solely|exclusively)\b|"
    r"\b(?:no need for|skip|ignore|leave out|without|forget|dont (?:mention|cite|need|bother|bring|include)|spare me|not interested in|drop)\b[^.?!]{0,40}"
)
_OTHER_SIDE = re.compile(
    r"\b(?:other (?:side|camp|school|view|viewpoint|article)|both sides|opposing|counter-?arguments?|balance)\b"
)


def frame(turns: Sequence[str], library: Library) -> Case:
    """Return the case that `turns` describe; facts of later turns replace earlier ones.

    Args:
        turns: the user's words, identifiers removed, oldest first, at least one.
        library: whose terms spell out shorthand and whose schools may be named.
    """
    facts: tuple[Fact, ...] = ()
    for number, turn in enumerate(turns, start=1):
        facts = _merge(facts, _read_turn(Typed(turn, library.normaliser.expand(turn)), number))
    facts = _derive(facts)
    expanded = [library.normaliser.expand(t) for t in turns]
    asked = asked_of(expanded[-1])
    if _FOLLOW_UP.match(expanded[-1].strip()) and len(turns) > 1:
        asked = f"{asked_of(expanded[-2])} {asked}"
    return Case(
        turns=tuple(turns),
        asked=asked,
        intent=intent_of(asked_of(expanded[-1]), library),
        facts=facts,
        named_first=_named_first(expanded[-1], library),
        only=_only(expanded[-1], library),
    )


def _read_turn(typed: Typed, turn: int) -> list[Fact]:
    found: dict[str, Fact] = {}
    for clause in clauses(typed.expanded):
        place = typed.place(clause.text)
        taken: list[tuple[int, int]] = []
        for reader in READERS:
            for name, value, span in _values(reader, clause):
                if name == "duration.weeks" and any(a < span[1] and span[0] < b for a, b in taken):
                    continue
                if name == "surgery.weeks":
                    taken.append(span)
                _note(found, name, value, typed.words(place + span[0], place + span[1]), turn)
    return list(found.values())


def _values(reader: Reader, clause: Clause) -> Iterator[tuple[str, FactValue, tuple[int, int]]]:
    for match in reader.pattern.finditer(clause.text):
        before, after = clause.text[: match.start()], clause.text[match.end() :]
        if _is_off(reader, before):
            continue
        # What a question is about in general counts as its subject, so the clause is read as if about somebody.
        about = Clause(text=clause.text)
        context = context_of(about, *match.span()) if reader.deniable else Context.AFFIRMED
        is_somebody_else = bool(_SOMEBODY_BEFORE.search(before) or _SOMEBODY_AFTER.match(after))
        for name, value in reader.read(match).items():
            if is_somebody_else and name.startswith(_ABOUT_A_PERSON):
                continue
            if context is Context.NEGATED and FACT_KINDS[name].type is FactType.FLAG:
                yield name, False, match.span()
            elif context is Context.AFFIRMED or (context is Context.PAST and name.startswith(_OLD_STILL_COUNTS)):
                yield name, value, match.span()


def _is_off(reader: Reader, before: str) -> bool:
    """Return whether the words before a match turn it off, or it stands in a sentence that only asks."""
    if reader.unless and reader.unless.search(before):
        return True
    return not reader.askable and bool(_ASKING.match(before)) and not _OF_PATIENT.search(before)


def _note(found: dict[str, Fact], name: str, value: FactValue, said: str, turn: int) -> None:
    old = found.get(name)
    if old is None:
        found[name] = Fact(id="", name=name, value=value, unit=FACT_KINDS[name].unit, said=said.strip(" ,"), turn=turn)
    elif isinstance(value, frozenset) and isinstance(old.value, frozenset) and not value <= old.value:
        fresh = said.strip(" ,")
        words = max(old.said, fresh, key=len) if fresh in old.said or old.said in fresh else f"{old.said}; {fresh}"
        found[name] = replace(old, value=old.value | value, said=words)


def _merge(old: tuple[Fact, ...], new: list[Fact]) -> tuple[Fact, ...]:
    """Return `old` and `new` numbered; a fact said again with another value replaces the earlier one."""
    merged = list(old)
    for fact in new:
        position = next((i for i, f in enumerate(merged) if f.name == fact.name and f.replaced_by is None), None)
        if position is None:
            merged.append(replace(fact, id=f"f{len(merged) + 1}"))
            continue
        current = merged[position]
        value = fact.value
        if isinstance(value, frozenset) and isinstance(current.value, frozenset):
            value = current.value | value
        if value != current.value:
            fresh = f"f{len(merged) + 1}"
            merged[position] = replace(current, replaced_by=fresh)
            merged.append(replace(fact, id=fresh, value=value))
    return tuple(merged)


def _derive(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return `facts` with lower and higher side, gap and symmetry of each two-sided test added."""
    derived = list(facts)
    for test in _SYMMETRIES:
        pair = _newest_pair(test, derived)
        if pair is None:
            continue
        low, high = sorted(f.value for f in pair if isinstance(f.value, float))
        values = {"low": low, "high": high, "gap": round(high - low, 1)}
        if high > 0:
            values["lsi"] = float(round(100 * low / high))
        latest = max(pair, key=lambda f: f.turn)
        for part, value in values.items():
            if f"{test}.{part}" in FACT_KINDS:
                _restate(derived, latest, f"{test}.{part}", value)
    return tuple(derived)


def _newest_pair(test: str, facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Return the two facts that a test's symmetry follows from, those said last; sides go before low and high."""
    known = {f.name: f for f in facts if f.replaced_by is None}
    pairs = [(known.get(f"{test}.{a}"), known.get(f"{test}.{b}")) for a, b in (("left", "right"), ("low", "high"))]
    whole = [(a, b) for a, b in pairs if a is not None and b is not None]
    return max(whole, key=lambda pair: max(f.turn for f in pair)) if whole else None


def _restate(facts: list[Fact], origin: Fact, name: str, value: float) -> None:
    """Add what follows from `origin`; an earlier statement of it is replaced, a symmetry stated as such is kept."""
    position = next((n for n, f in enumerate(facts) if f.name == name and f.replaced_by is None), None)
    if position is not None and (facts[position].value == value or facts[position].turn >= origin.turn):
        return
    fresh = f"f{len(facts) + 1}"
    if position is not None:
        facts[position] = replace(facts[position], replaced_by=fresh)
    facts.append(replace(origin, id=fresh, name=name, value=value, unit=FACT_KINDS[name].unit))


def _named_first(text: str, library: Library) -> str | None:
    places = {v.id: _first_alias(text, library.spoken_aliases(v)) for v in library.viewpoints}
    named = {v: p for v, p in places.items() if p is not None}
    return min(named, key=lambda v: (named[v], v)) if named else None


def _first_alias(text: str, aliases: Sequence[str]) -> int | None:
    found = [m.start() for a in aliases if (m := re.search(rf"\b{re.escape(a)}\b", text))]
    return min(found) if found else None


def _only(text: str, library: Library) -> str | None:
    """Return the school the asker wants alone, ``other`` when the other side is unwanted, or None."""
    names = {v.id: "|".join(map(re.escape, library.spoken_aliases(v))) for v in library.viewpoints}
    for viewpoint, name in names.items():
        if re.search(rf"\b(?:only|just|solely) (?:the )?(?:{name})\b", text):
            return viewpoint
    for match in _ONLY.finditer(text):
        span = re.split(r"[.?!]", text[match.start() : match.end() + 40])[0]
        if _OTHER_SIDE.search(span):
            return "other"
        named = [v for v, name in names.items() if re.search(rf"\b(?:{name})\b", span)]
        if len(named) == 1:
            return named[0]
    return None
