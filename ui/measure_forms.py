"""Measures as small forms: what each asks for, what of it the case says already, and what comes out.

The forms are a table; the sums are those of ``corpus.measures``, the same as of ``counterpoint measure``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from assistant.noting import note
from corpus.errors import OutOfRangeError
from corpus.facts import FactValue
from corpus.measures.heel_rise import heel_rise
from corpus.measures.hop_battery import TESTS, hop_battery
from corpus.measures.knee_rules import ottawa_knee, pittsburgh_knee
from corpus.measures.knee_to_wall import knee_to_wall
from corpus.measures.koos import POPULATIONS, Subscale, koos_change
from corpus.measures.nprs import THRESHOLDS, nprs_change
from corpus.measures.step_down import KneeAt, step_down
from corpus.measures.symmetry import symmetry
from corpus.measures.types import Result, Sex
from corpus.measures.wells_dvt import NAMES, WellsCriteria, wells_dvt

Given = Mapping[str, Any]
NUMBER, CHOICE, YES = "number", "choice", "yes"
_SIDES = ("quads", "hamstrings", "hip", "hop")
_STEPS = "four steps are not managed, neither at once nor now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input: a number with its unit, a choice, or a box to tick; `fact` is what fills it from the case."""

    name: str
    label: str
    kind: str = NUMBER
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    fact: str | None = None
    is_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureForm:
    """A measure to fill in: how an answer names it, and the facts that its result tells of the case."""

    id: str
    named: str
    fields: tuple[Field, ...]
    work_out: Callable[[Given], Result]
    facts: Callable[[Given, Result], Mapping[str, FactValue | None]] = lambda _given, _result: {}


class MeasureInputError(ValueError):
    """What was filled in cannot be read; the message says what was expected."""


def _choices(*values: str) -> tuple[tuple[str, str], ...]:
    return tuple((value, value.replace("-", " ")) for value in values)


def _ticked(*names: tuple[str, str]) -> tuple[Field, ...]:
    return tuple(Field(name=name, label=label, kind=YES) for name, label in names)


_AGE = Field(name="age", label="Age", unit="years", fact="age", is_needed=True)
_BEFORE_AND_AFTER = (
    Field(name="before", label="At the start", is_needed=True),
    Field(name="after", label="Now", is_needed=True),
)


def _counted(given: Given, _: Result) -> Mapping[str, FactValue | None]:
    counts = {f"heel_rise.{side}": given[side] for side in ("left", "right") if given[side] is not None}
    return {"age": given["age"], "sex": given["sex"], **counts}


def _quality(_: Given, result: Result) -> Mapping[str, FactValue | None]:
    return {"step_down": result.band} if result.band in ("good", "poor") else {}


def _hopped(given: Given, _: Result) -> Mapping[str, FactValue | None]:
    hops = [given[name] for name in TESTS if name != "quadriceps" and given[name] is not None]
    told: dict[str, FactValue | None] = {"hop.lsi": min(hops)} if hops else {}
    return told | ({"quads.lsi": given["quadriceps"]} if given["quadriceps"] is not None else {})


FORMS: Mapping[str, MeasureForm] = {
    form.id: form
    for form in (
        MeasureForm(
            id="heel-rise",
            named=r"\b(?:heel|calf)[ -](?:rise|raise)s?\b.*\b(?:norm|count|test|sides?|left|right|fatigue)\b",
            fields=(
                _AGE,
                Field(name="sex", label="Sex", kind=CHOICE, choices=_choices(*Sex), fact="sex", is_needed=True),
                Field(name="left", label="Rises, left", fact="heel_rise.left"),
                Field(name="right", label="Rises, right", fact="heel_rise.right"),
            ),
            work_out=lambda g: heel_rise(age_years=g["age"], sex=Sex(g["sex"]), left=g["left"], right=g["right"]),
            facts=_counted,
        ),
        MeasureForm(
            id="lsi",
            named=r"\b(?:limb )?symmetry\b|\bLSI\b|90 ?% of the other",
            fields=(
                Field(name="test", label="Test", kind=CHOICE, choices=_choices(*_SIDES), is_needed=True),
                Field(name="involved", label="Affected side", is_needed=True),
                Field(name="other", label="Other side, same unit", is_needed=True),
            ),
            work_out=lambda g: symmetry(g["involved"], g["other"]),
            facts=lambda g, result: {f"{g['test']}.lsi": float(result.values[0].value)},
        ),
        MeasureForm(
            id="knee-to-wall",
            named=r"\bknee[ -]to[ -]wall\b",
            fields=(
                Field(name="left", label="Left", unit="cm", fact="knee_to_wall.left", is_needed=True),
                Field(name="right", label="Right", unit="cm", fact="knee_to_wall.right", is_needed=True),
            ),
            work_out=lambda g: knee_to_wall(left_cm=g["left"], right_cm=g["right"]),
            facts=lambda g, _: {"knee_to_wall.left": g["left"], "knee_to_wall.right": g["right"]},
        ),
        MeasureForm(
            id="step-down",
            named=r"\bstep[ -]downs?\b",
            fields=(
                *_ticked(
                    ("arm", "a hand leaves the waist"),
                    ("trunk", "the trunk leans"),
                    ("pelvis", "the pelvis leaves the horizontal"),
                    ("unsteady", "steps down on the other limb, or the foot wavers"),
                ),
                Field(name="knee", label="Knee goes", kind=CHOICE, choices=_choices(*KneeAt), is_needed=True),
            ),
            work_out=lambda g: step_down(
                arm=g["arm"], trunk=g["trunk"], pelvis=g["pelvis"], knee=KneeAt(g["knee"]), unsteady=g["unsteady"]
            ),
            facts=_quality,
        ),
        MeasureForm(
            id="hop-battery",
            named=r"\bhop (?:tests?|battery)\b|\bhops?\b.*\b90",
            fields=tuple(Field(name=n, label=x.capitalize(), unit="% of the other side") for n, x in TESTS.items()),
            work_out=lambda g: hop_battery({n: g[n] for n in TESTS if g[n] is not None}),
            facts=_hopped,
        ),
        MeasureForm(
            id="wells-dvt",
            named=r"\bwells\b|\bdeep vein thrombosis\b",
            fields=(
                *_ticked(*((f.name, NAMES[f.name]) for f in fields(WellsCriteria))),
                Field(name="age", label="Age", unit="years", fact="age"),
                Field(name="pregnant", label="pregnant, or in the weeks after birth", kind=YES, fact="pregnant"),
            ),
            work_out=lambda g: wells_dvt(
                WellsCriteria(**{f.name: g[f.name] for f in fields(WellsCriteria)}),
                age_years=g["age"],
                pregnant=g["pregnant"],
            ),
        ),
        MeasureForm(
            id="ottawa-knee",
            named=r"\bottawa\b",
            fields=(
                _AGE,
                *_ticked(
                    ("fibula", "the head of the fibula is tender"),
                    ("patella", "the kneecap is tender and no other bone"),
                    ("flexion", "the knee does not bend to 90 degrees"),
                    ("steps", _STEPS),
                ),
            ),
            work_out=lambda g: ottawa_knee(
                age_years=g["age"], fibular_head_tender=g["fibula"], only_patella_tender=g["patella"],
                cannot_flex_90=g["flexion"], cannot_take_four_steps=g["steps"],
            ),
        ),
        MeasureForm(
            id="pittsburgh-knee",
            named=r"\bpittsburgh\b",
            fields=(
                _AGE,
                *_ticked(("fall", "it came by a fall or blunt trauma"), ("steps", "four steps are not managed")),
            ),
            work_out=lambda g: pittsburgh_knee(
                age_years=g["age"], fall_or_blunt_trauma=g["fall"], cannot_take_four_steps=g["steps"]
            ),
        ),
        MeasureForm(
            id="koos",
            named=r"\bKOOS\b",
            fields=(
                *_BEFORE_AND_AFTER,
                Field(name="condition", label="After", kind=CHOICE, choices=_choices(*POPULATIONS), is_needed=True),
                Field(name="subscale", label="Subscale", kind=CHOICE, choices=_choices(*Subscale), is_needed=True),
            ),
            work_out=lambda g: koos_change(
                g["before"], g["after"], condition=g["condition"], subscale=Subscale(g["subscale"])
            ),
        ),
        MeasureForm(
            id="nprs",
            named=r"\bNPRS\b|\bpain (?:scale|score|rating)\b|\b0 to 10\b|\bout of (?:10|ten)\b",
            fields=(
                *_BEFORE_AND_AFTER,
                Field(name="condition", label="Whose pain", kind=CHOICE, choices=_choices(*THRESHOLDS), is_needed=True),
            ),
            work_out=lambda g: nprs_change(g["before"], g["after"], condition=g["condition"]),
            facts=lambda g, _: {"pain.score": g["after"]},
        ),
    )
}  # fmt: skip


NAMES_OF: Mapping[str, str] = {
    "heel-rise": "heel rises",
    "lsi": "limb symmetry",
    "knee-to-wall": "knee to wall",
    "step-down": "step-down",
    "hop-battery": "hop tests",
    "wells-dvt": "Wells score",
    "ottawa-knee": "Ottawa rule",
    "pittsburgh-knee": "Pittsburgh rule",
    "koos": "KOOS",
    "nprs": "pain score",
}


def named_in(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the measures that the claims of an answer speak of and that can be worked out here."""
    claims = [c["text"] for s in document["sections"] if s["kind"] != "missing" for c in s["claims"]]
    return tuple(
        form.id for form in FORMS.values() if any(re.search(form.named, words, re.IGNORECASE) for words in claims)
    )


def prefilled(form: MeasureForm, facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Return what of the form the facts in force say already."""
    return {f.name: facts[f.fact] for f in form.fields if f.fact is not None and f.fact in facts}


def read(form: MeasureForm, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what was filled in, by field: numbers, words, yes or no; an empty number is None.

    Raises:
        MeasureInputError: a field that is needed is empty, or holds no number.
    """
    return {field.name: _read(field, typed.get(field.name, "").strip()) for field in form.fields}


def worked_out(form: MeasureForm, given: Given) -> Result:
    """Return the result.

    Raises:
        MeasureInputError: a value lies outside what the measure is made for.
    """
    try:
        return form.work_out(given)
    except (OutOfRangeError, ValueError) as error:
        raise MeasureInputError(str(error)) from error


def finding(form: MeasureForm, given: Given, result: Result, name: str) -> str:
    """Return the turn that tells the case what came out: facts where there are some, else the result in words."""
    told = form.facts(given, result)
    return note(told, is_correction=False) if told else f"Finding. {name}: {result.said}"


def _read(field: Field, typed: str) -> Any:
    if field.kind == YES:
        return typed in ("yes", "on")
    if not typed:
        if field.is_needed:
            raise MeasureInputError(f"{field.label}: fill this in")
        return None
    if field.kind == CHOICE:
        if typed not in dict(field.choices):
            raise MeasureInputError(f"{field.label}: choose one of {', '.join(words for _, words in field.choices)}")
        return typed
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        raise MeasureInputError(f"{field.label}: expected a number, got {typed[:20]!r}") from None


def facts_in_force(facts: Sequence[Mapping[str, Any]]) -> dict[str, FactValue]:
    """Return the facts of an answer's JSON that nothing replaces, by name."""
    found = {f["name"]: f["value"] for f in facts if f["replaced_by"] is None}
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in found.items()}
