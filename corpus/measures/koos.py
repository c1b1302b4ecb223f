"""A change of a KOOS subscale against the published minimal important change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import OutOfRangeError
from corpus.measures.ranges import within
from corpus.measures.types import Result, Value, as_read, joined

ERROR_POINTS = (10.9, 20.2)  # smallest change beyond error in one person, over the subscales: paradowski-2013:1
_CAVEATS = (
    "A minimal important change is an average of a group: one person may call less a success, or more no help.",
    (
        f"In one person a change of {ERROR_POINTS[0]} to {ERROR_POINTS[1]} points, by subscale, may be measurement "
        "error (72 people after ACL reconstruction)."
    ),
)


class Subscale(StrEnum):
    """The subscales of the KOOS, and its patellofemoral one."""

    PAIN = "pain"
    SYMPTOMS = "symptoms"
    DAILY_LIVING = "daily-living"
    SPORT = "sport"
    QUALITY_OF_LIFE = "quality-of-life"
    PATELLOFEMORAL = "patellofemoral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Whom the values come from, the passage they stand in, and the important change by subscale."""

    who: str
    cite: str
    changes: Mapping[Subscale, float]
    note: str | None = None


def _five(
    pain: float, symptoms: float, daily_living: float, sport: float, quality_of_life: float
) -> Mapping[Subscale, float]:
    return dict(zip(Subscale, (pain, symptoms, daily_living, sport, quality_of_life), strict=False))


POPULATIONS: Mapping[str, Population] = {
    "oa": Population(
        who="146 people with knee osteoarthritis after four weeks of physiotherapy",
        cite="koos-mic:1",
        changes=_five(15, 12.5, 15.5, 17.5, 12.5),
    ),
    "tka": Population(
        who="148 people in rehabilitation after knee replacement",
        cite="koos-mic:1",
        changes=_five(16.7, 10.7, 18.4, 12.5, 15.6),
    ),
    "aclr": Population(
        who="542 people after ACL reconstruction",
        cite="koos-aclr-mic:1",
        changes=_five(2.5, -1.2, 2.4, 12.1, 18.3),
        note="The low values for pain, symptoms and daily living come from patients who had few problems there before "
        "surgery; they lie inside measurement error and say little.",
    ),
    "meniscal-repair": Population(
        who="60 people after meniscal repair",
        cite="koos-meniscal-repair-mic:1",
        changes=_five(11.8, 12.3, 11.4, 16.7, 16.9),
    ),
    "pfp": Population(
        who="people with patellofemoral pain or osteoarthritis",
        cite="koos-pf-mic:1",
        changes={Subscale.PATELLOFEMORAL: 16.4},
        note="For this subscale the smallest change beyond error in one person was 16 points.",
    ),
}


def important_change(condition: str, subscale: Subscale) -> float:
    """Return the published minimal important change, in points.

    Args:
        condition: a key of `POPULATIONS`.
        subscale: of the KOOS.

    Raises:
        OutOfRangeError: the sources give none for this pair; the message names what they do give.

    >>> important_change("oa", Subscale.SPORT)
    17.5

    Source:
        Mostafaee 2021; the ACL registry study; the meniscal repair study, doi 10.1016/j.arthro.2021.04.058;
        Crossley 2018, doi 10.1136/bjsports-2016-096776.
    """
    population = POPULATIONS.get(condition)
    if population is None:
        raise OutOfRangeError(f"condition: expected {joined(tuple(POPULATIONS), 'or')}; got {condition!r}")
    if subscale not in population.changes:
        known = joined(tuple(s.value for s in population.changes), "or")
        raise OutOfRangeError(
            f"subscale: expected {known} for {condition}, which the sources give; got {subscale.value}"
        )
    return population.changes[subscale]


def koos_change(before: float, after: float, *, condition: str, subscale: Subscale) -> Result:
    """Return a change of one KOOS subscale with its reading against the minimal important change.

    Args:
        before: points at the start, 0 (worst) to 100.
        after: points now, 0 to 100.
        condition: a key of `POPULATIONS`.
        subscale: of the KOOS.

    Raises:
        OutOfRangeError: points outside 0 to 100, or no value for this condition and subscale.

    Source:
        see `important_change`.
    """
    for points in (before, after):
        within("KOOS points", points, 0, 100, "points")
    needed = important_change(condition, subscale)
    population, change = POPULATIONS[condition], round(after - before, 1)
    band, meaning = _reading(change, needed)
    return Result(
        measure="koos",
        said=f"KOOS {subscale.value.replace('-', ' ')} {as_read(before)} to {as_read(after)}: a change of "
        f"{change:+.1f} points, against {as_read(needed)} in {population.who}.",
        values=(
            Value(name="change", value=change, unit="points"),
            Value(name="minimal important change", value=needed, unit="points"),
        ),
        band=band,
        meaning=meaning,
        cites=(population.cite, "paradowski-2013:1"),
        caveats=(*_CAVEATS, population.note) if population.note else _CAVEATS,
    )


def _reading(change: float, needed: float) -> tuple[str, str]:
    if change < 0:
        return "worse", "The score fell; no source here gives a threshold for an important worsening."
    if max(needed, change) < ERROR_POINTS[0]:
        return (
            "inside measurement error",
            "The change is smaller than what the questionnaire can tell apart in one person, whatever the threshold.",
        )
    if change < needed:
        return "below the important change", "Less than patients of that study called an important improvement."
    return "at or above the important change", "As much as patients of that study called an important improvement."
