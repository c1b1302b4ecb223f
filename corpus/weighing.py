"""What the findings beside the schools' claims amount to, in one of four words, by a written rule (decision 15).

A finding weighs what its source weighs (decision 7), one step less where it bears on a claim only indirectly. What
supports one school's claim, and what limits another's, lies in the same pan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.library import Library
from corpus.types import Crux, Direction, Directness, EvidenceLink, LedgerLink, Strength, Viewpoint

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
    pans: dict[str, list[int]] = {"for": [], "against": []}
    for claim in viewpoint.claims:
        entry = library.ledger_by_claim.get(claim.id)
        for link in entry.links if entry else ():
            _lay(pans, link, "for", ("against",), library)
    return _read(pans)


def weigh_crux(crux: Crux, library: Library) -> Scales:
    """Return how the findings that `crux` shows lie between the schools of its debate."""
    schools = library.debate_by_id[crux.debate].viewpoints
    pans: dict[str, list[int]] = {v: [] for v in schools}
    for link in crux.evidence:
        owner = (link.of or "").partition(":")[0]
        if owner in pans:
            _lay(pans, link, owner, tuple(v for v in schools if v != owner), library)
    return _read(pans)


def _lay(
    pans: dict[str, list[int]],
    link: EvidenceLink | LedgerLink,
    own: str,
    others: Iterable[str],
    library: Library,
) -> None:
    weight = _STEPS[library.strength_of(link.passage)] - (link.directness is Directness.INDIRECT)
    if link.direction is Direction.SUPPORTS:
        pans[own].append(weight)
    if link.direction is Direction.LIMITS:
        for other in others:
            pans[other].append(weight)


def _read(pans: Mapping[str, Sequence[int]]) -> Scales:
    """Return the label of `pans`; what weighs nothing (opinion, or thin and indirect) is not counted.

    No finding: untested. Findings in one pan only: converging where the heaviest is at least moderate, else one side
    thin. In both: contested where the heaviest of each weigh the same, else one side thin.
    """
    counted = {name: [w for w in weights if w >= _THIN] for name, weights in pans.items()}
    best = sorted(((max(w, default=0), name) for name, w in counted.items()), reverse=True)
    (most, heavier), (next_most, _) = best[0], best[1]
    found = {name: len(w) for name, w in counted.items()}
    all_thin = most == _THIN
    if most == 0:
        return Scales(label=Weighing.UNTESTED, heavier=None, all_thin=False, findings=found)
    if next_most == most:
        return Scales(label=Weighing.CONTESTED, heavier=None, all_thin=all_thin, findings=found)
    label = Weighing.CONVERGING if next_most == 0 and not all_thin else Weighing.ONE_SIDE_THIN
    return Scales(label=label, heavier=heavier, all_thin=all_thin, findings=found)
