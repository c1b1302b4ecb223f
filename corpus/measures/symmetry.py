"""How one limb compares with the other."""

from __future__ import annotations

from corpus.measures.ranges import above_zero, within
from corpus.measures.types import Result, Value, as_read

CUT_OFF_PERCENT = 90.0  # above it: grindem-2016:1; reached: wellsandt-2017:1; within 10: green-2022:1
_MOST = 100_000.0  # chosen: beyond any unit a limb is measured in
_CAVEATS = (
    (
        "Symmetry flatters when the other leg is weak too: six months after ACL reconstruction 57.1% of 70 athletes "
        "reached 90% symmetry, 28.6% reached 90% of their estimated capacity before the injury."
    ),
    (
        "The cut-off comes from strength and hops after ACL reconstruction; for heel rises no source gives a "
        "left-right cut-off."
    ),
    "Error by test: for hops after ACL reconstruction symmetry had to change by 7.05 to 12.96 points to be beyond it.",
)


def limb_symmetry(low: float, high: float) -> float:
    """Return the worse result in whole per cent of the better.

    Args:
        low: the worse side, 0 or more, in any unit of which more is better.
        high: the better side, in the same unit.

    Returns:
        0 to 100.

    Raises:
        OutOfRangeError: nothing to divide by, or the sides are not in order.

    >>> limb_symmetry(11, 26)
    42.0

    Source:
        the ratio as ACL studies give it, Reid 2007.
    """
    within("the worse side", low, 0, above_zero("the better side", high), "", why="the better side")
    return float(round(100 * low / high))


def symmetry_index(involved: float, other: float, *, more_is_better: bool = True) -> float:
    """Return the involved side in per cent of the other, so that less than 100 is worse.

    A time is turned round (other by involved), which is our choice.

    Args:
        involved: the affected or operated side, above 0 for a time.
        other: the other side, above 0, in the same unit.
        more_is_better: False for a time.

    Returns:
        0 or more, not rounded; above 100 when the involved side is the better.

    Raises:
        OutOfRangeError: a side that no ratio can be made with.

    Source:
        Reid 2007, Physical Therapy 87(3):337-349.
    """
    above_zero("the other side", other)
    if not more_is_better:
        above_zero("the involved side", involved)
    within("the involved side", involved, 0, _MOST, "in the unit of the test")
    return 100 * (involved / other if more_is_better else other / involved)


def symmetry(involved: float, other: float, *, more_is_better: bool = True) -> Result:
    """Return the limb symmetry index with its reading against 90%.

    Args:
        involved: the affected or operated side.
        other: the other side, same test, same unit.
        more_is_better: False for a time.

    Raises:
        OutOfRangeError: see `symmetry_index`.

    Source:
        Reid 2007; Grindem 2016 and Wellsandt 2017 for the cut-off.
    """
    index = round(symmetry_index(involved, other, more_is_better=more_is_better), 1)
    band, meaning = _reading(index)
    return Result(
        measure="lsi",
        said=f"{as_read(involved)} against {as_read(other)} is {as_read(index)}% of the other side.",
        values=(Value(name="limb symmetry index", value=index, unit="%"),),
        band=band,
        meaning=meaning,
        cites=("reid-2007:1", "grindem-2016:1", "wellsandt-2017:1", "green-2022:1"),
        caveats=_CAVEATS
        if more_is_better
        else (*_CAVEATS, "A time was turned round, so that less than 100% is worse."),
    )


def _reading(index: float) -> tuple[str, str]:
    if index < CUT_OFF_PERCENT:
        return "below 90%", "Below the cut-off that return-to-sport studies use: load the lagging side and test again."
    if index == CUT_OFF_PERCENT:
        return "at 90%", "On the cut-off: some studies ask for 90%, others for more than that."
    if index > 200 - CUT_OFF_PERCENT:
        return (
            "above 110%",
            (
                "The involved side is clearly the better: check which side was entered, and whether the other one is "
                "weak."
            ),
        )
    return (
        "above 90%",
        "Above the cut-off; ask next how both sides compare with a norm or with values from before the injury.",
    )
