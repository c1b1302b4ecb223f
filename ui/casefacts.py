"""The facts read from a case, as chips: what the answer took the patient to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from corpus.facts import FACT_KINDS

_SPEAKS_FOR_ITSELF = frozenset({"sex", "sport", "condition", "level"})
_LETTERS = frozenset({"pfp", "itb", "oa", "aclr", "acl", "tka", "mcl", "pcl", "nsaid"})
_UNITS = {"year": "years", "week": "weeks", "repetition": "", "%": "%"}


def chips(
    facts: Sequence[Mapping[str, Any]], turn: int = 1, answer_id: str | None = None, *, is_open: bool = False
) -> str:
    """Return the facts in force as chips: those of this `turn` at once, those of earlier ones at a tap.

    Args:
        facts: all that were ever told, as the answer's JSON has them.
        turn: the number of the turn that is shown.
        answer_id: of the answer whose facts they are; with it each can be put right at a tap.
        is_open: whether those of earlier turns are shown at once, too.
    """
    known = {f["name"] for f in facts if f["replaced_by"] is None}
    shown = [f for f in facts if f["replaced_by"] is None and not is_worked_out(f["name"], known)]
    new, earlier = [f for f in shown if f["turn"] == turn], [f for f in shown if f["turn"] != turn]
    parts = [f"<span>Read from the case</span>{_list(new, known, answer_id)}"] if new else []
    if earlier:
        before = f"{len(earlier)} facts from before" if len(earlier) > 1 else "1 fact from before"
        opened = " open" if is_open else ""
        parts.append(f"<details{opened}><summary>{before}</summary>{_list(earlier, known, answer_id)}</details>")
    if not parts:
        return ""
    form = '<div class="cp-opened cp-correcting" aria-live="polite"></div>' if answer_id else ""
    return f'<div class="cp-facts">{"".join(parts)}</div>{form}'


def in_force(facts: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the facts that hold, in words, without those that only say again what others do."""
    held = [f for f in facts if f["replaced_by"] is None]
    known = {f["name"] for f in held}
    return tuple(worded(f) for f in held if not is_worked_out(f["name"], known))


def is_worked_out(name: str, known: Collection[str]) -> bool:
    """Return whether a fact only says again what the two sides of a test, `known`, say."""
    test, _, part = name.partition(".")
    if part in ("low", "high"):
        return {f"{test}.left", f"{test}.right"} <= set(known)
    return part == "gap" and f"{test}.low" in known


def _list(facts: Sequence[Mapping[str, Any]], known: Collection[str], answer_id: str | None) -> str:
    return f"<ul>{''.join(f'<li>{_chip(f, known, answer_id)}</li>' for f in facts)}</ul>"


def _chip(fact: Mapping[str, Any], known: Collection[str], answer_id: str | None) -> str:
    words, said = escape(worded(fact), quote=True), escape(str(fact["said"]), quote=True)
    follows = fact["name"].endswith(".lsi") and f"{fact['name'].partition('.')[0]}.low" in known
    if answer_id is None or follows or fact["name"] not in FACT_KINDS:
        return f'<span class="cp-chip" title="read from: {said}">{words}</span>'
    address = f"/screens/ask/answers/{escape(answer_id, quote=True)}/facts/{escape(fact['name'], quote=True)}"
    return (
        f'<button type="button" class="cp-chip" hx-get="{address}" hx-target="next .cp-correcting"'
        f' title="read from: {said}" aria-label="{words}. Put it right">{words}</button>'
    )


def worded(fact: Mapping[str, Any]) -> str:
    """Return a fact as a clinician would jot it down.

    >>> worded({"name": "surgery.weeks", "value": 8, "unit": "week"})
    'since surgery: 8 weeks'
    >>> worded({"name": "condition", "value": ["anterior-knee-pain", "pfp"], "unit": None})
    'anterior knee pain, PFP'
    """
    name, value = fact["name"], fact["value"]
    label = FACT_KINDS[name].label if name in FACT_KINDS else name.replace(".", " ").replace("_", " ")
    if isinstance(value, bool):
        return label if value else f"no {label}"
    said = _value(value, fact["unit"])
    if name == "age" or name in _SPEAKS_FOR_ITSELF:
        return said
    return f"{label}: {said}"


def _value(value: object, unit: str | None) -> str:
    if isinstance(value, list):
        return ", ".join(_words(str(v)) for v in value)
    if isinstance(value, str):
        return _words(value)
    tail = _UNITS.get(unit or "", unit or "")
    return f"{value}%" if tail == "%" else f"{value} {tail}".strip()


def _words(choice: str) -> str:
    return " ".join(_spelt(choice.split("-")))


def _spelt(parts: Iterable[str]) -> Iterable[str]:
    return (p.upper() if p in _LETTERS else p for p in parts)
