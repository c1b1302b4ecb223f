"""The Ottawa and the Pittsburgh rule: whether an acutely injured knee needs an X-ray."""

from __future__ import annotations

from corpus.measures.ranges import within
from corpus.measures.types import Item, Result, Value

OTTAWA_AGE = 55  # from this age on: stiell-1995:1
PITTSBURGH_YOUNG, PITTSBURGH_OLD = 12, 50  # under, over: seaberg-1994:1
_ADULT, _MOST_AGE = 18, 120  # stiell-1995:1 is on adults; the upper end chosen
_REFER = (
    "The rule asks for an X-ray: arrange one, and let the knee take no more load than it tolerates until it is read."
)
_NOT_ASKED = (
    "The rule does not ask for an X-ray. Look again if the knee does not improve, and image anyway where the "
    "mechanism or the examination worries you."
)


def ottawa_knee(
    *,
    age_years: float,
    fibular_head_tender: bool = False,
    only_patella_tender: bool = False,
    cannot_flex_90: bool = False,
    cannot_take_four_steps: bool = False,
) -> Result:
    """Return whether the Ottawa knee rule asks for an X-ray, and by which criteria.

    Args:
        age_years: 18 to 120; the rule is for adults.
        fibular_head_tender: tenderness at the head of the fibula.
        only_patella_tender: the kneecap is tender and no other bone of the knee.
        cannot_flex_90: the knee does not bend to 90 degrees.
        cannot_take_four_steps: neither at once after the injury nor when examined; a limp counts as managing them.

    Raises:
        OutOfRangeError: under 18.

    Source:
        Stiell 1995, doi 10.1016/s0196-0644(95)70106-0; accuracy by Bachmann 2004.
    """
    within("age", age_years, _ADULT, _MOST_AGE, "years", why="the adults the rule was made for")
    items = (
        Item(name="age 55 or more", met=age_years >= OTTAWA_AGE),
        Item(name="tender head of the fibula", met=fibular_head_tender),
        Item(name="tender kneecap and no other bone", met=only_patella_tender),
        Item(name="no bending to 90 degrees", met=cannot_flex_90),
        Item(name="four steps managed neither at once nor now", met=cannot_take_four_steps),
    )
    caveats = (
        (
            "For acute injuries of adults. In 4249 adults of six studies a negative rule left a fracture very "
            "unlikely (LR- 0.05, 95% CI 0.02 to 0.23; sensitivity 98.5%, specificity 48.6%), so about half of those "
            "without a fracture are X-rayed too."
        ),
        "A crack that was heard or fast swelling is no item of the rule.",
    )
    cites = ("stiell-1995:1", "ottawa-knee-rule-accuracy:1", "stiell-1996:1")
    return _rule("ottawa-knee", items, cites, caveats, asks=any(i.met for i in items))


def pittsburgh_knee(*, age_years: float, fall_or_blunt_trauma: bool, cannot_take_four_steps: bool = False) -> Result:
    """Return whether the Pittsburgh knee rule asks for an X-ray, and by which criteria.

    Args:
        age_years: 0 to 120.
        fall_or_blunt_trauma: how it happened; without either the rule asks for nothing.
        cannot_take_four_steps: four steps with weight on the leg are not managed when examined.

    Raises:
        OutOfRangeError: an impossible age.

    Source:
        Seaberg 1994, doi 10.1016/0735-6757(94)90274-7; Seaberg 1998.
    """
    within("age", age_years, 0, _MOST_AGE, "years")
    by_age = age_years < PITTSBURGH_YOUNG or age_years > PITTSBURGH_OLD
    items = (
        Item(name="fall or blunt trauma", met=fall_or_blunt_trauma),
        Item(name="age under 12 or over 50", met=by_age),
        Item(name="four steps not managed", met=cannot_take_four_steps),
    )
    asks = fall_or_blunt_trauma and (by_age or cannot_take_four_steps)
    caveats = (
        "In 934 patients sensitivity was 99% and specificity 60%, against 97% and 27% for the Ottawa rule.",
        (
            "Made for injuries within 7 days; not for skin injuries alone, in pregnancy, after earlier surgery of "
            "that knee, or at a second look."
        ),
    )
    cites = ("seaberg-1994:1", "pittsburgh-knee-rule:1", "seaberg-1994:2")
    return _rule("pittsburgh-knee", items, cites, caveats, asks=asks)


def _rule(
    measure: str, items: tuple[Item, ...], cites: tuple[str, ...], caveats: tuple[str, ...], *, asks: bool
) -> Result:
    met = tuple(i.name for i in items if i.met)
    band = "X-ray asked for" if asks else "X-ray not asked for"
    return Result(
        measure=measure,
        said=f"{band}: {len(met)} of {len(items)} criteria present ({'; '.join(met) or 'none'}).",
        values=(Value(name="criteria present", value=float(len(met)), unit="items"),),
        band=band,
        meaning=_REFER if asks else _NOT_ASKED,
        cites=cites,
        caveats=caveats,
        items=items,
    )
