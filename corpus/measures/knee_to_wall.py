"""The side difference of the knee-to-wall lunge against its measurement error."""

from __future__ import annotations

from corpus.measures.ranges import within
from corpus.measures.types import Result, Value, as_read

DIFFERENCE_ERROR_CM = 1.5  # of the difference between two ankles: chisholm-2012:1
CHANGE_ERRORS_CM = (1.6, 1.9)  # of a change in one ankle, between and within raters: powden-2015:1
MOST_CM = 30.0  # chosen: more than any foot stands from the wall; a slip such as millimetres is caught
_CAVEATS = (
    (
        "The 1.5 cm are from 53 patients with an injured ankle; the 1.6 to 1.9 cm, pooled over 12 studies, are for a "
        "change in one ankle. No sample had knee pain."
    ),
    "Healthy ankles are not simply alike: in 64 recruits the non-dominant side bent further.",
)


def knee_to_wall_gap(low_cm: float, high_cm: float) -> float:
    """Return the side difference in cm, one decimal.

    Args:
        low_cm: the stiffer side, great toe to wall.
        high_cm: the freer side.

    Returns:
        0.0 to 30.0.

    Raises:
        OutOfRangeError: a distance below 0 or above 30 cm.

    >>> knee_to_wall_gap(8.0, 11.0)
    3.0

    Source:
        subtraction.
    """
    for side in (low_cm, high_cm):
        within("knee-to-wall", side, 0, MOST_CM, "cm")
    return round(abs(high_cm - low_cm), 1)


def band_of(gap_cm: float) -> str:
    """Return where a gap lies against the published errors: within, between or beyond.

    Args:
        gap_cm: side difference, 0 or more.

    Source:
        Chisholm 2012, doi 10.3138/ptc.2011-41; Powden 2015, doi 10.1016/j.math.2015.01.004.
    """
    if gap_cm <= DIFFERENCE_ERROR_CM:
        return "within"
    return "beyond" if gap_cm > max(CHANGE_ERRORS_CM) else "between"


_MEANINGS = {
    "within": (
        "within measurement error",
        "No side difference that the tape can be trusted with: treat the ankles as level on this test.",
    ),
    "between": (
        "between the published errors",
        "Beyond one published error and inside another: measure again, three trials a side, before acting on it.",
    ),
    "beyond": (
        "beyond measurement error",
        (
            "A real side difference is likely: work on the stiffer ankle and see whether the painful task changes "
            "with it."
        ),
    ),
}


def knee_to_wall(*, left_cm: float, right_cm: float) -> Result:
    """Return the side difference with its reading against measurement error.

    Args:
        left_cm: great toe to wall, left, 0 to 30 cm.
        right_cm: the same, right.

    Raises:
        OutOfRangeError: a distance outside that.

    Source:
        see `band_of`.
    """
    gap = knee_to_wall_gap(left_cm, right_cm)
    band, meaning = _MEANINGS[band_of(gap)]
    low, high = CHANGE_ERRORS_CM
    return Result(
        measure="knee-to-wall",
        said=f"Left {as_read(left_cm)} cm, right {as_read(right_cm)} cm: a difference of {as_read(gap)} cm, against "
        f"an error of {DIFFERENCE_ERROR_CM} cm for a difference and {low} to {high} cm for a change.",
        values=(Value(name="side difference", value=gap, unit="cm"),),
        band=band,
        meaning=meaning,
        cites=("chisholm-2012:1", "powden-2015:1", "bennell-1998:1", "rabin-2015-sides:1"),
        caveats=_CAVEATS,
    )


def against_error(gap_cm: float) -> str:
    """Return how a gap compares with the error of a change in one ankle, as it reads in an answer."""
    low, high = CHANGE_ERRORS_CM
    if gap_cm < low:
        return f"inside the {low} to {high} cm"
    return f"beyond the {low} to {high} cm" if gap_cm > high else f"no clearer than the {low} to {high} cm"
