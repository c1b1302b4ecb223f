"""What the findings beside the schools' claims amount to, in one of four words, by a written rule (decision 15).

A finding weighs what its source weighs (decision 7), one step less where it bears on a claim only indirectly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.library import Library
from corpus.types import Crux, Direction, Directness, LedgerLink, Strength, Viewpoint

_STEPS: Mapping[Strength, int] = {
    Strength.OPINION: 0,
    Strength.THIN: 1,
    Strength.MODERATE: 2,
    Strength.STRONG: 3,
}
_THIN = _STEPS[Strength.THIN]


class Weighing(StrEnum):
    """How the findings lie."""

    CONTESTED = "contested"
    ONE_SIDE_THIN = "one side thin"
    CONVERGING = "converging"
    UNTESTED = "untested"


_WORDS = {
    Weighing.CONTESTED: "contested",
    Weighing.CONVERGING: "it points one way",
    Weighing.UNTESTED: "the dispute itself is untested",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """A label, the pan that is heavier (a school, or "for" or "against") if one is, and the findings that count.

    `all_thin` says that the heaviest of them is thin.
    """

    label: Weighing
    heavier: str | None
    all_thin: bool
    findings: Mapping[str, int]


def weigh_school(viewpoint: Viewpoint, library: Library) -> Scales:
    """Return how the findings lie for and against the claims of `viewpoint`, over its whole ledger."""
    entries = (library.ledger_by_claim.get(claim.id) for claim in viewpoint.claims)
    pans = _Pans.of((link for entry in entries if entry for link in entry.links), library)
    counts = {"for": len(pans.supports), "against": len(pans.limits)}
    heavier = None if pans.standing == 0 else "for" if pans.standing > 0 else "against"
    return Scales(label=_label([pans], heavier), heavier=heavier, all_thin=_all_thin([pans]), findings=counts)


def weighed(crux: Crux | None, library: Library) -> str:
    """Return how the findings on a disputed question lie between the schools, in clinic words; "" for any other."""
    if crux is None or crux.kind != "crux":
        return ""
    scales = weigh_crux(crux, library)
    if scales.label is Weighing.ONE_SIDE_THIN:
        schools = library.debate_by_id[crux.debate].viewpoints
        lighter = " and ".join(library.viewpoint_by_id[v].surname for v in schools if v != scales.heavier)
        return f"thinner for {lighter}, and thin in all" if scales.all_thin else f"thinner for {lighter}"
    return _WORDS[scales.label] + (", on thin findings" if scales.all_thin else "")


def weigh_crux(crux: Crux, library: Library) -> Scales:
    """Return how the findings that `crux` shows lie between the schools of its debate.

    What limits one school's claim counts against that school, and not for another: it may be wrong without the other
    being right.
    """
    schools = library.debate_by_id[crux.debate].viewpoints
    shown = [library.ledger_links[e.of, e.passage] for e in crux.evidence if e.of]
    owners = [e.of.partition(":")[0] for e in crux.evidence if e.of]
    pans = {v: _Pans.of((x for x, o in zip(shown, owners, strict=True) if o == v), library) for v in schools}
    counts = {f"{v} {way}": len(part) for v, p in pans.items() for way, part in p.parts.items()}
    standings = sorted(((p.standing, v) for v, p in pans.items()), reverse=True)
    heavier = standings[0][1] if standings[0][0] > standings[1][0] else None
    every = [pans[heavier], *(p for v, p in pans.items() if v != heavier)] if heavier else list(pans.values())
    return Scales(label=_label(every, heavier), heavier=heavier, all_thin=_all_thin(every), findings=counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pans:
    """The weights of what supports a school's claims and of what limits them; what weighs nothing is left out."""

    supports: tuple[int, ...]
    limits: tuple[int, ...]

    @classmethod
    def of(cls, links: Iterable[LedgerLink], library: Library) -> _Pans:
        weighed = [(link.direction, _weight(link, library)) for link in links]
        return cls(
            supports=tuple(w for d, w in weighed if d is Direction.SUPPORTS and w >= _THIN),
            limits=tuple(w for d, w in weighed if d is Direction.LIMITS and w >= _THIN),
        )

    @property
    def parts(self) -> Mapping[str, tuple[int, ...]]:
        return {"for": self.supports, "against": self.limits}

    @property
    def standing(self) -> int:
        """By how much the heaviest finding for outweighs the heaviest against."""
        return max(self.supports, default=0) - max(self.limits, default=0)


def _weight(link: LedgerLink, library: Library) -> int:
    return _STEPS[library.strength_of(link.passage)] - (link.directness is Directness.INDIRECT)


def _all_thin(every: Sequence[_Pans]) -> bool:
    return max((w for p in every for w in (*p.supports, *p.limits)), default=0) == _THIN


def _label(every: Sequence[_Pans], heavier: str | None) -> Weighing:
    """Return the label; where one school is heavier, its pans come first.

    No finding: untested. No school heavier: contested. Else converging, where no finding speaks against the heavier
    school, none for another, and the heaviest is at least moderate; else one side thin.
    """
    if not any(p.supports or p.limits for p in every):
        return Weighing.UNTESTED
    if heavier is None:
        return Weighing.CONTESTED
    first, *others = every
    speaks_for = (first.limits, *(p.supports for p in others))
    if heavier == "against":
        speaks_for = (first.supports,)
    is_one_way = not any(speaks_for) and not _all_thin(every)
    return Weighing.CONVERGING if is_one_way else Weighing.ONE_SIDE_THIN
