"""Hops and quadriceps strength against the criteria that return-to-sport studies used."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.measures.ranges import within
from corpus.measures.symmetry import CUT_OFF_PERCENT
from corpus.measures.types import Item, Result, Value, as_read, joined

TESTS: Mapping[str, str] = {
    "single": "single hop",
    "triple": "triple hop",
    "crossover": "crossover hop",
    "timed": "6 m timed hop",
    "side": "side hop",
    "vertical": "vertical jump",
    "quadriceps": "quadriceps strength",
}
_ASKED_FOR = ("single", "triple", "crossover", "quadriceps")  # kyritsis-2016:2
_LEAST, _MOST = 0.0, 200.0  # per cent; chosen: beyond it the sides were swapped or mistyped
_CAVEATS = (
    (
        "A hop's symmetry has to change by 7 to 13 points to be beyond error, so a result near 90% may fall on either "
        "side."
    ),
    (
        "In 106 athletes passing all tests above 90% had a strong but not significant effect on reinjury (HR 0.16, "
        "p=0.075); in 158 male professionals not meeting six criteria went with a fourfold risk of graft rupture (HR "
        "4.1)."
    ),
    "A review finds hop distance alone flatters the knee's recovery; look at how the hop is done, and at strength.",
    (
        "Time counts beside the tests: up to nine months, each month of waiting lowered reinjury in the same 106 "
        "athletes."
    ),
)


def passes(symmetry_percent: float) -> bool:
    """Return whether one test passes: above 90% of the other side.

    Args:
        symmetry_percent: involved side in per cent of the other, 0 to 200.

    Raises:
        OutOfRangeError: outside that.

    Source:
        Kyritsis 2016, doi 10.1136/bjsports-2015-095908; Grindem 2016, doi 10.1136/bjsports-2016-096031.
    """
    return within("symmetry", symmetry_percent, _LEAST, _MOST, "%") > CUT_OFF_PERCENT


def hop_battery(symmetries: Mapping[str, float]) -> Result:
    """Return which tests pass, which fail and which of those asked for are missing.

    Args:
        symmetries: involved side in per cent of the other, by a key of `TESTS`; a time turned round beforehand.

    Raises:
        OutOfRangeError: no test given, or a symmetry outside 0 to 200%.
        KeyError: an unknown test.

    Source:
        see `passes`.
    """
    if not symmetries:
        within("tests given", 0, 1, len(TESTS), "tests")
    given = {name: symmetries[name] for name in TESTS if name in symmetries} | dict(symmetries)
    items = tuple(Item(name=f"{TESTS[n]} {as_read(v)}%", met=passes(v)) for n, v in given.items())
    passed = sum(item.met for item in items)
    missing = tuple(TESTS[n] for n in _ASKED_FOR if n not in given)
    band, meaning = _reading(missing, all_passed=passed == len(items))
    return Result(
        measure="hop-battery",
        said=f"{passed} of {len(items)} above 90%.",
        values=tuple(Value(name=TESTS[n], value=v, unit="%") for n, v in given.items()),
        band=band,
        meaning=meaning,
        cites=(
            "kyritsis-2016:2",
            "grindem-2016:1",
            "kyritsis-2016:1",
            "reid-2007:1",
            "davies-2020:1",
            "hop-six-metre-method:1",
        ),
        caveats=_CAVEATS,
        items=items,
    )


def _reading(missing: tuple[str, ...], *, all_passed: bool) -> tuple[str, str]:
    rest = f" Not tested: {joined(missing)}." if missing else ""
    if not all_passed:
        return "not all passed", f"Hold pivoting sport and train what failed.{rest}"
    if missing:
        return "passed as far as tested", f"What was tested passes.{rest}"
    return (
        "all passed",
        (
            "The strength and hop criteria are met; time since surgery, movement quality and confidence remain to be "
            "judged."
        ),
    )
