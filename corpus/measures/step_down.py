"""The lateral step-down, scored on five things that are seen."""

from __future__ import annotations

from enum import StrEnum

from corpus.measures.types import Item, Result, Value

MOST_POINTS = 6  # rabin-2014-recruits:1
_GOOD, _POOR = 1, 4  # most points of good, fewest of poor: step-down-reliability:1
_CAVEATS = (
    (
        "Therapists agree only moderately: 0.40 to 0.65 (kappa) in one study, 0.67 in an earlier one of "
        "patellofemoral pain; trust the category, not the point."
    ),
    "Good and poor are reported second-hand, medium is what lies between; the criteria were read in a published table.",
    "The score describes a movement; it was not seen to say where pain comes from.",
)


class KneeAt(StrEnum):
    """Where the tibial tuberosity goes."""

    OVER_FOOT = "over-foot"
    INSIDE_SECOND_TOE = "inside-second-toe"
    INSIDE_FOOT = "inside-foot"

    @property
    def points(self) -> int:
        """What it scores: 0, 1 or 2."""
        return list(KneeAt).index(self)


def step_down_score(*, arm: bool, trunk: bool, pelvis: bool, knee: KneeAt, unsteady: bool) -> int:
    """Return the points of a lateral step-down.

    Args:
        arm: a hand leaves the waist.
        trunk: the trunk leans in any direction.
        pelvis: the pelvis leaves the horizontal.
        knee: where the tibial tuberosity goes.
        unsteady: a step down on the other limb, or a foot that wavers.

    Returns:
        0 to 6.

    >>> step_down_score(arm=False, trunk=True, pelvis=True, knee=KneeAt.INSIDE_FOOT, unsteady=False)
    4

    Source:
        Rabin 2014, doi 10.1186/s13047-014-0048-3, table 1.
    """
    return arm + trunk + pelvis + unsteady + knee.points


def band_of(points: int) -> str:
    """Return the category of a score: good (0 or 1), medium (2 or 3), poor (4 or more).

    Source:
        Mansfield 2021, pmid 33956559, as others report it; medium is what lies between.
    """
    if points <= _GOOD:
        return "good"
    return "poor" if points >= _POOR else "medium"


_MEANINGS = {
    "good": "Good control on this task; other findings decide.",
    "medium": "Middling control: see which criterion costs the points, and compare the other side.",
    "poor": "Poor control: see whether a cue, or more ankle or hip range and strength, changes it, and whether pain "
    "follows.",
}


def step_down(*, arm: bool, trunk: bool, pelvis: bool, knee: KneeAt, unsteady: bool) -> Result:
    """Return the step-down score with its category; arguments as for `step_down_score`.

    Source:
        see `step_down_score` and `band_of`.
    """
    points = step_down_score(arm=arm, trunk=trunk, pelvis=pelvis, knee=knee, unsteady=unsteady)
    items = (
        Item(name="arm: a hand leaves the waist", met=arm),
        Item(name="trunk: leans", met=trunk),
        Item(name="pelvis: out of the horizontal", met=pelvis),
        Item(name="knee: tuberosity inside the second toe", met=knee is KneeAt.INSIDE_SECOND_TOE),
        Item(name="knee: tuberosity inside the foot (2 points)", met=knee is KneeAt.INSIDE_FOOT),
        Item(name="stance: unsteady", met=unsteady),
    )
    band = band_of(points)
    return Result(
        measure="step-down",
        said=f"{points} of {MOST_POINTS} points: {band} movement quality.",
        values=(Value(name="score", value=float(points), unit="points"),),
        band=band,
        meaning=_MEANINGS[band],
        cites=("rabin-2014-recruits:1", "step-down-reliability:1", "piva-2006:1"),
        caveats=_CAVEATS,
        items=items,
    )
