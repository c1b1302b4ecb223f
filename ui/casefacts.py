"""The facts read from a case, as chips: what the answer took the patient to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from corpus.facts import FACT_KINDS

_WORKED_OUT = frozenset({"heel_rise.low", "heel_rise.high", "heel_rise.gap", "knee_to_wall.gap"})
_SPEAKS_FOR_ITSELF = frozenset({"sex", "sport", "condition", "level"})
_LETTERS = frozenset({"pfp", "itb", "oa", "aclr", "acl", "tka", "mcl", "pcl", "nsaid"})
_UNITS = {"year": "years", "week": "weeks", "repetition": "", "%": "%"}


def chips(facts: Sequence[Mapping[str, Any]], turn: int = 1) -> str:
    """Return the facts in force as chips: those of this `turn` at once, those of earlier ones at a tap."""
    shown = [f for f in facts if f["replaced_by"] is None and f["name"] not in _WORKED_OUT]
    new, earlier = [f for f in shown if f["turn"] == turn], [f for f in shown if f["turn"] != turn]
    parts = [f"<span>Read from the case</span>{_list(new)}"] if new else []
    if earlier:
        parts.append(f"<details><summary>{len(earlier)} facts from before</summary>{_list(earlier)}</details>")
    return f'<div class="cp-facts">{"".join(parts)}</div>' if parts else ""


def _list(facts: Sequence[Mapping[str, Any]]) -> str:
    items = (
        f'<li title="read from: {escape(str(f["said"]), quote=True)}">{escape(worded(f), quote=True)}</li>'
        for f in facts
    )
    return f"<ul>{''.join(items)}</ul>"


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
