"""A change of pain on the 0 to 10 scale against the published important changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.errors import OutOfRangeError
from corpus.measures.ranges import within
from corpus.measures.types import Result, Value, as_read, joined

_CAVEATS = (
    "Ask for the same pain (usual, worst, or in one task) each time; the sources differ in which one they asked for.",
    "Higher pain at the start asks for a larger fall in points.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The lowest and the highest published important fall, in points, and in per cent where a source gives it."""

    who: str
    low: float
    high: float
    cites: tuple[str, ...]
    percents: tuple[float, ...] = ()
    note: str | None = None


THRESHOLDS: Mapping[str, Thresholds] = {
    "pfp": Thresholds(
        who="patellofemoral pain",
        low=1.16,
        high=2.0,
        cites=("piva-2009:1", "crossley-2004:1"),
        note="1.16 points are from 60 people after eight weeks of physiotherapy; 2 are from a 10 cm line in another "
        "sample (n=71).",
    ),
    "oa": Thresholds(
        who="chronic musculoskeletal pain, knee osteoarthritis among it",
        low=1.0,
        high=2.0,
        cites=("salaffi-2004:1",),
        percents=(15.0, 33.0),
        note="1 point or 15% went with feeling slightly better, 2 points or 33% with much better (n=825).",
    ),
    "chronic": Thresholds(
        who="chronic pain in drug trials",
        low=2.0,
        high=2.0,
        cites=("farrar-2001:1",),
        percents=(30.0,),
        note="About 2 points or about 30% (n=2724).",
    ),
}


def nprs_change(before: float, after: float, *, condition: str) -> Result:
    """Return a change of pain with its reading against the published important falls.

    Args:
        before: pain at the start, 0 to 10.
        after: pain now, 0 to 10.
        condition: a key of `THRESHOLDS`.

    Raises:
        OutOfRangeError: pain outside 0 to 10, or an unknown condition; the message names what is known.

    Source:
        Piva 2009, doi 10.2340/16501977-0295; Crossley 2004, doi 10.1016/S0003-9993(03)00613-0;
        Salaffi 2004, doi 10.1016/j.ejpain.2003.09.004; Farrar 2001, doi 10.1016/s0304-3959(01)00349-9.
    """
    for pain in (before, after):
        within("pain", pain, 0, 10, "points")
    known = THRESHOLDS.get(condition)
    if known is None:
        raise OutOfRangeError(f"condition: expected {joined(tuple(THRESHOLDS), 'or')}; got {condition!r}")
    fall = round(before - after, 2)
    percent_fall = 100 * fall / before if before > 0 else 0.0
    band, meaning = _reading(fall, percent_fall, known)
    percent = f", {round(percent_fall)}%" if fall > 0 else ""
    return Result(
        measure="nprs",
        said=f"Pain {as_read(before)} to {as_read(after)}: {_moved(fall)}{percent}, against {_range(known)} in "
        f"{known.who}.",
        values=(Value(name="fall", value=fall, unit="points"),),
        band=band,
        meaning=meaning,
        cites=known.cites,
        caveats=(*_CAVEATS, known.note) if known.note else _CAVEATS,
    )


def _moved(fall: float) -> str:
    if fall == 0:
        return "no change"
    return f"{'down' if fall > 0 else 'up'} {abs(fall):g} {'point' if abs(fall) == 1 else 'points'}"


def _range(known: Thresholds) -> str:
    points = f"{known.low:g}" if known.low == known.high else f"{known.low:g} to {known.high:g}"
    percents = f" ({' to '.join(f'{p:g}' for p in known.percents)}%)" if known.percents else ""
    return f"an important fall of {points} points{percents}"


def _reading(fall: float, percent_fall: float, known: Thresholds) -> tuple[str, str]:
    """Return band and meaning; a threshold in points and the same in per cent need not agree."""
    if fall < 0:
        return "worse", "Pain rose; no source here gives a threshold for an important worsening."
    least = [fall >= known.low, *(percent_fall >= p for p in known.percents[:1])]
    most = [fall >= known.high, *(percent_fall >= p for p in known.percents[-1:])]
    if all(most):
        return "at or above the important change", "As much as each of these sources calls important."
    if any(least):
        return (
            "between the published thresholds",
            "Enough by one published threshold and not by another: ask whether the patient calls it better.",
        )
    return "below the important change", "Less than any of these sources calls important."
