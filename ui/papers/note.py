"""A clinical note in plain text, in the order of SOAP, to be pasted into a record.

It holds what was typed, what tests gave, and what the answer says to do and test. It states no diagnosis and no finding
of its own: the assessment is left to whoever signs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.presenting import INTENDED_USE
from corpus.library import Library
from corpus.types import Action
from ui.casefacts import worded
from ui.papers.reading import (
    cited_in,
    claims_of,
    facts_of,
    in_force,
    lines_of,
    measured_lines,
    one_line,
    short_reference,
    told_fact,
    with_markers,
)
from ui.papers.screened import Screened, screened

_TESTS = ("heel_rise.", "knee_to_wall.", "quads.", "hamstrings.", "hip.", "hop.", "step_down", "snap_back", "effusion")
_DEFICITS = ("calf_deficit", "hip_deficit", "quads_deficit")
_PAIRS = {"heel_rise": "Heel rises", "knee_to_wall": "Knee-to-wall, cm"}
_ACTIONS = {
    Action.EMERGENCY.value: "emergency",
    Action.URGENT_REFERRAL.value: "urgent referral",
    Action.REFER.value: "refer",
    Action.MONITOR.value: "monitor",
}


def note(
    document: Mapping[str, Any],
    library: Library,
    *,
    turns: Sequence[str] | None = None,
) -> str:
    """Return the note of an answer, ending in a newline.

    Args:
        document: the answer's JSON, with what was worked out beside it as ``measured``.
        library: where red flags and cruxes are looked up; one that is gone is named by its id.
        turns: all words typed about this patient, identifiers removed, oldest first; without them the question alone.
    """
    typed = tuple(turns) if turns else (document["question"],)
    parts = (
        _title(document),
        ("S", _subjective(document, typed, library)),
        ("O", _objective(document)),
        ("A", _assessment(document, library)),
        ("P", _plan(document)),
    )
    head, *blocks = parts
    text = [str(head)]
    text += [f"{letter}: " + f"\n{' ' * 3}".join(lines) for letter, lines in blocks]
    return "\n".join([*text, *_end(document, library)]) + "\n"


def _title(document: Mapping[str, Any]) -> str:
    return f"Physiotherapy note, {document['asked_at'][:10]} (drafted by Counterpoint; read and correct before filing)"


def _subjective(document: Mapping[str, Any], turns: Sequence[str], library: Library) -> list[str]:
    lines = [f"Typed: {line}" for turn in turns for line in lines_of(turn)]
    if told := [told_fact(f) for f in in_force(document) if not _is_test(f["name"])]:
        lines.append(f"Read from it: {'; '.join(told)}.")
    return [*lines, *_screening(_screened(document, turns, library))]


def _screened(document: Mapping[str, Any], turns: Sequence[str], library: Library) -> Screened:
    cruxes = [library.crux_by_id[c] for c in document["cruxes"] if c in library.crux_by_id]
    return screened(
        turns,
        facts_of(document),
        library,
        topics={t for c in cruxes for t in c.topics},
        raised={f["pattern"] for f in document["red_flags"]},
    )


def _screening(found: Screened) -> Iterator[str]:
    if found.absent:
        yield f"Screened: {', '.join(found.absent)}."
    if found.unasked:
        more = f"; and {found.more} more" if found.more else ""
        yield f"Not asked: {'; '.join(found.unasked)}{more}."


def _is_test(name: str) -> bool:
    return name.startswith(_TESTS) or name in _DEFICITS


def _objective(document: Mapping[str, Any]) -> list[str]:
    facts = {f["name"]: f for f in in_force(document) if _is_test(f["name"])}
    lines = [line for test, label in _PAIRS.items() if (line := _pair(test, label, facts))]
    paired = tuple(f"{test}." for test in _PAIRS)
    lines += [f"{one_line(_sentence(worded(f)))}." for name, f in facts.items() if not name.startswith(paired)]
    lines += [f"{one_line(line)} (entered by the clinician)." for line in measured_lines(document)]
    return lines or ["No test result was read from what was typed."]


def _pair(test: str, label: str, facts: Mapping[str, Mapping[str, Any]]) -> str:
    """Return both sides of a test on one line, with what was worked out from them marked as such."""
    value = {n.removeprefix(f"{test}."): f["value"] for n, f in facts.items() if n.startswith(f"{test}.")}
    sides = [f"{side} {value[side]}" for side in ("left", "right") if side in value]
    if {"low", "high"} <= value.keys() and not _are_the_same(value):
        sides = [f"{value['low']} against {value['high']}, sides not told"]
    if not sides and "low" in value:
        sides = [f"weaker side {value['low']}"]
    ours = [f"symmetry {value['lsi']}%"] if "lsi" in value else []
    ours += [f"gap {value['gap']}"] if "gap" in value and test != "heel_rise" else []
    derived = f"{', '.join(ours)}{' (worked out)' if sides else ''}"
    return f"{label}: {'; '.join(x for x in (', '.join(sides), derived) if x)}." if sides or ours else ""


def _are_the_same(value: Mapping[str, Any]) -> bool:
    return sorted((value.get("left", -1), value.get("right", -1))) == [value["low"], value["high"]]


def _assessment(document: Mapping[str, Any], library: Library) -> list[str]:
    names = {f.id: f.name for f in library.red_flags}
    flags = [_flag(f, names) for f in document["red_flags"]]
    return [*flags, "[for you to write; nothing here is a diagnosis]"]


def _flag(flag: Mapping[str, Any], names: Mapping[str, str]) -> str:
    name = names.get(flag["pattern"], flag["pattern"])
    by = f", raised by: {', '.join(map(one_line, flag['triggers']))}" if flag["triggers"] else ""
    action = _ACTIONS.get(flag["action"], flag["action"])
    if flag["dismissed"]:
        return f"Red flag set aside: {name} ({action}){by}. Reason: {one_line(flag['dismissed'])}."
    if flag.get("possible"):
        return f"To rule out first: {name} ({action}){by}."
    is_urgent = flag["action"] in (Action.EMERGENCY, Action.URGENT_REFERRAL)
    return f"{'Red flag to be excluded' if is_urgent else 'To check'}: {name} ({action}){by}."


def _planned(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the claims of the plan; that a case reads like something is no plan."""
    safety = [c for c in claims_of(document, "safety") if not str(c.get("origin") or "").endswith("/suspected")]
    return [*safety, *claims_of(document, "deciding")]


def _plan(document: Mapping[str, Any]) -> list[str]:
    lines = [one_line(with_markers(c)) for c in _planned(document)]
    lines += [f"Ask: {one_line(c['text'])}" for c in claims_of(document, "questions")]
    if document["status"] in ("abstained", "declined"):
        return [*lines, "Counterpoint gave no answer to this question."]
    return lines or ["The answer names nothing to do or test."]


def turns_of(trace: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words typed about this patient, from what is kept beside an answer."""
    return tuple(trace.get("framed") or ())


def _end(document: Mapping[str, Any], library: Library) -> Iterator[str]:
    if references := [one_line(short_reference(c)) for c in cited_in(document, _planned(document))]:
        yield f"Sources: {'; '.join(references)}."
    schools = [library.viewpoint_by_id[v].name for v in _schools(document) if v in library.viewpoint_by_id]
    yield f"Both views ({' and '.join(schools)}) and all sources: {document['id']}." if schools else document["id"]
    yield INTENDED_USE


def _schools(document: Mapping[str, Any]) -> list[str]:
    return [s["viewpoint"] for s in document["sections"] if s["kind"] == "viewpoint"]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
