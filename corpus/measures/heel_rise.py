"""Single-leg heel rises against the norm for age and sex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.measures.ranges import within
from corpus.measures.types import Result, Sex, Value, as_read, joined

SOURCE, DECADES = "hebert-losier-2017:1", "hebert-losier-2017-decades:1"
LEAST_AGE, MOST_AGE = 20, 81  # the norm sample: hebert-losier-2017:1
RETEST_RISES = 6  # the same leg a week apart: hebert-losier-2017:1
_MOST_RISES = 300  # chosen: more is a slip of the keys
# First age of the decade: the lowest and the highest count that accounts give, hebert-losier-2017-decades:1.
_NORMS: Mapping[Sex, Mapping[int, tuple[int, int]]] = {
    Sex.MALE: {20: (37, 37), 30: (32, 33), 40: (28, 28), 50: (23, 24), 60: (19, 19), 70: (14, 15), 80: (10, 10)},
    Sex.FEMALE: {20: (30, 31), 30: (27, 27), 40: (24, 25), 50: (21, 22), 60: (19, 19), 70: (16, 17), 80: (13, 14)},
}
_CAVEATS = (
    (
        "The norm was counted on a 10-degree incline, one rise every two beats at 60 a minute, knee and trunk kept in "
        "place; another way of counting cannot be compared."
    ),
    f"The same leg a week apart differed by up to about {RETEST_RISES} rises (n=32).",
    (
        "The equations that also take BMI and activity were not seen; these are the counts by decade as others report "
        "them, in healthy volunteers with a BMI of 30 or less. Healthy people lie on both sides of a norm."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """The rises expected at an age; `low` and `high` differ where accounts of the study do."""

    sex: Sex
    from_age: int
    low: int
    high: int

    @property
    def people(self) -> str:
        """Whom it holds for, as it reads in a sentence."""
        who = "men" if self.sex is Sex.MALE else "women"
        return f"{who} from 80" if self.from_age == 80 else f"{who} of {self.from_age} to {self.from_age + 9}"

    @property
    def rises(self) -> str:
        """The expected count, as it reads in a sentence."""
        return as_read(self.low) if self.low == self.high else f"{self.low} to {self.high}"


def heel_rise_norm(*, age_years: float, sex: Sex) -> Norm:
    """Return the heel rises expected of a healthy adult, by decade of age.

    Args:
        age_years: 20 to 81, the range of the norm sample.
        sex: the sex whose norm applies.

    Raises:
        OutOfRangeError: age outside the norm sample; the message names the range.

    >>> heel_rise_norm(age_years=34, sex=Sex.MALE).rises
    '32 to 33'

    Source:
        Hébert-Losier 2017, doi 10.1016/j.physio.2017.03.002, by decade as three write-ups report it.
    """
    within("age", age_years, LEAST_AGE, MOST_AGE, "years", why="the norm sample")
    decade = int(age_years) // 10 * 10
    low, high = _NORMS[sex][decade]
    return Norm(sex=sex, from_age=decade, low=low, high=high)


def heel_rise_shortfall(repetitions: float, norm: Norm) -> float:
    """Return how far a count lies below the lower end of the norm, as a fraction.

    Args:
        repetitions: completed rises, 0 or more.
        norm: what is expected.

    Returns:
        0.0 at or above the norm, 0.4 for 40 % below it, 1.0 for none.

    Raises:
        OutOfRangeError: fewer than 0 rises or more than anyone does.

    Source:
        arithmetic on the norm.
    """
    within("heel rises", repetitions, 0, _MOST_RISES, "repetitions")
    return max(0.0, (norm.low - repetitions) / norm.low)


def percent_short(repetitions: float, norm: Norm) -> float:
    """Return the shortfall in whole per cent, 0 to 100."""
    return float(round(100 * heel_rise_shortfall(repetitions, norm)))


def against(norm: Norm, sides: tuple[tuple[str, float], ...], *, seen: str = "") -> str:
    """Return how each side stands against the norm, as it reads in a sentence.

    Args:
        norm: what is expected.
        sides: the name and the count of each side, one or two.
        seen: a remark on how the norm was seen, in brackets.

    >>> against(heel_rise_norm(age_years=34, sex=Sex.MALE), (("left", 14), ("right", 27)))
    'Norm for men of 30 to 39: 32 to 33 rises; left 14 is 56% short, right 27 is 16% short (retest noise).'
    """
    head = f"Norm for {norm.people}{seen}: {norm.rises} rises"
    if all(percent_short(count, norm) == 0 for _, count in sides):
        reach = "reach" if len(sides) > 1 else "reaches"
        return f"{head}; {joined(tuple(f'{s} {as_read(c)}' for s, c in sides))} {reach} it (0% short)."
    return f"{head}; {', '.join(_short_of(s, c, norm) for s, c in sides)}."


def _short_of(side: str, repetitions: float, norm: Norm) -> str:
    short = percent_short(repetitions, norm)
    if short == 0:
        return f"{side} {as_read(repetitions)} reaches it"
    noise = " (retest noise)" if norm.low - repetitions <= RETEST_RISES else ""
    return f"{side} {as_read(repetitions)} is {as_read(short)}% short{noise}"


def heel_rise(*, age_years: float, sex: Sex, left: float | None = None, right: float | None = None) -> Result:
    """Return how each counted side stands against the norm for age and sex.

    Args:
        age_years: 20 to 81.
        sex: the sex whose norm applies.
        left: rises on the left, or None when not counted.
        right: rises on the right, or None when not counted.

    Raises:
        OutOfRangeError: age outside the norm sample, an impossible count, or no side counted.

    Source:
        Hébert-Losier 2017; see `heel_rise_norm`.
    """
    norm = heel_rise_norm(age_years=age_years, sex=sex)
    sides = tuple((name, count) for name, count in (("left", left), ("right", right)) if count is not None)
    if not sides:
        within("sides counted", 0, 1, 2, "sides")
    lowest = min(count for _, count in sides)
    band, meaning = _reading(lowest, norm)
    return Result(
        measure="heel-rise",
        said=against(norm, sides),
        values=tuple(Value(name=f"{s}, short of the norm", value=percent_short(c, norm), unit="%") for s, c in sides),
        band=band,
        meaning=meaning,
        cites=(DECADES, SOURCE),
        caveats=_CAVEATS,
    )


def _reading(lowest: float, norm: Norm) -> tuple[str, str]:
    if lowest >= norm.low:
        return (
            "at the norm",
            "Each side counted reaches what healthy people of that age reach; look elsewhere than at calf endurance.",
        )
    if norm.low - lowest <= RETEST_RISES:
        return (
            "just below the norm",
            "The shortfall is no larger than what one leg varies by on retest: count again before acting on it.",
        )
    return (
        "below the norm",
        "The shortfall is larger than retest noise: compare with the other leg, and consider loading the calf.",
    )
