"""The two-level Wells score for a suspected clot in a deep vein of the leg."""

from __future__ import annotations

from dataclasses import dataclass, fields

from corpus.errors import OutOfRangeError
from corpus.measures.ranges import within
from corpus.measures.types import Item, Result, Value

LIKELY_FROM = 2  # points: nice-ng158-wells-table:1
ALTERNATIVE_POINTS = -2  # nice-ng158-wells-table:1
LEAST_AGE, MOST_AGE = 18, 120  # nice-ng158-wells-table:2; the upper end chosen
_CITES = ("nice-ng158-wells-table:1", "wells-dvt-two-level:1", "nice-ng158-wells-table:2", "nice-ng158-dvt-timing:1")
_CAVEATS = (
    (
        "The score sorts for the next medical test; it neither finds nor excludes a clot, and a low score does not "
        "mean safe."
    ),
    "Not for people under 18 and not in pregnancy or the weeks after birth: refer those whatever it says.",
    (
        "Older versions count four weeks after surgery, ask for more than 3 cm and leave out an earlier DVT; do not "
        "mix them."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WellsCriteria:
    """What counts 1 point each, and the alternative diagnosis that takes off 2."""

    active_cancer: bool = False
    paralysis_or_plaster: bool = False
    bedridden_or_surgery: bool = False
    deep_vein_tenderness: bool = False
    entire_leg_swollen: bool = False
    calf_swelling: bool = False
    pitting_oedema: bool = False
    collateral_veins: bool = False
    previous_dvt: bool = False
    alternative_diagnosis: bool = False


NAMES = {
    "active_cancer": "active cancer (treated within 6 months, or palliative)",
    "paralysis_or_plaster": "paralysis or recent plaster of the leg",
    "bedridden_or_surgery": "3 days or more in bed, or major surgery under anaesthesia within 12 weeks",
    "deep_vein_tenderness": "tenderness along the deep veins",
    "entire_leg_swollen": "whole leg swollen",
    "calf_swelling": "calf at least 3 cm larger than the other",
    "pitting_oedema": "pitting oedema of that leg alone",
    "collateral_veins": "collateral superficial veins, not varicose",
    "previous_dvt": "earlier DVT",
    "alternative_diagnosis": "another diagnosis at least as likely (-2)",
}


def wells_dvt_score(criteria: WellsCriteria) -> int:
    """Return the points of the two-level Wells score.

    Returns:
        -2 to 9.

    >>> wells_dvt_score(WellsCriteria(bedridden_or_surgery=True, pitting_oedema=True))
    2

    Source:
        NICE NG158, table 1, after Wells 2003.
    """
    met = sum(getattr(criteria, f.name) for f in fields(criteria) if f.name != "alternative_diagnosis")
    return met + (ALTERNATIVE_POINTS if criteria.alternative_diagnosis else 0)


def wells_dvt(criteria: WellsCriteria, *, age_years: float | None = None, pregnant: bool = False) -> Result:
    """Return the two-level Wells score with what NICE asks for at each level.

    Args:
        criteria: what was found.
        age_years: 18 or more, or None when it is not given.
        pregnant: pregnant, or in the weeks after birth.

    Raises:
        OutOfRangeError: under 18, or pregnant.

    Source:
        NICE NG158.
    """
    if age_years is not None:
        within("age", age_years, LEAST_AGE, MOST_AGE, "years", why="the guideline's adults")
    if pregnant:
        raise OutOfRangeError(
            "pregnancy: expected adults who are neither pregnant nor newly delivered, for whom the score was made; "
            "got pregnant: refer the same day on suspicion alone"
        )
    points = wells_dvt_score(criteria)
    band, meaning = _reading(points)
    items = tuple(Item(name=NAMES[f.name], met=getattr(criteria, f.name)) for f in fields(criteria))
    met = tuple(i.name for i in items if i.met)
    return Result(
        measure="wells-dvt",
        said=f"{points} {'point' if points == 1 else 'points'}: {band}. Counted: {'; '.join(met) or 'nothing'}.",
        values=(Value(name="score", value=float(points), unit="points"),),
        band=band,
        meaning=meaning,
        cites=_CITES,
        caveats=_CAVEATS,
        items=items,
    )


def _reading(points: int) -> tuple[str, str]:
    if points >= LIKELY_FROM:
        return "DVT likely by the score", (
            "Refer the same day: NICE asks for a proximal vein scan with its result within four hours, or interim "
            "anticoagulation and a scan within 24."
        )
    return "DVT unlikely by the score", (
        "If a clot is suspected at all, refer the same day: NICE asks for a D-dimer result within four hours, or else "
        "interim treatment."
    )
