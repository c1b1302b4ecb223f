"""How the findings lie: the written rule, on findings of known weight, and on the packaged ledger."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import Library, read_library
from corpus.types import (
    Crux,
    Debate,
    Design,
    Direction,
    Directness,
    EvidenceLink,
    Lead,
    LedgerEntry,
    LedgerLink,
    Passage,
    PassageKind,
    SchoolClaim,
    Searched,
    Seen,
    SeenLevel,
    Source,
    Viewpoint,
)
from corpus.weighing import Weighing, weigh_crux, weigh_school

DESIGNS = {"opinion": Design.EXPERT_OPINION, "thin": Design.COHORT, "moderate": Design.CONSENSUS}


def source(weight: str) -> Source:
    passage = Passage(id=f"{weight}:1", locator="abstract", kind=PassageKind.FINDING, text="x.", topics=())
    seen = Seen(level=SeenLevel.ABSTRACT)
    return Source(id=weight, title=weight, design=DESIGNS[weight], seen=seen, passages=(passage,))


def viewpoint(name: str) -> Viewpoint:
    claims = (SchoolClaim(id=f"{name}:a", text="x", passages=()),)
    rest = dict.fromkeys(("name", "proponent", "surname", "source", "definition", "weight", "nearest"), name)
    return Viewpoint(id=name, mistaken_for=(), aliases=(), claims=claims, **rest)


def bearing(way: str, how: str) -> dict[str, Any]:
    return {"direction": Direction(way), "directness": Directness(how)}


def crux_with(found) -> Crux:
    links = tuple(EvidenceLink(passage=f"{weight}:1", of=f"{school}:a", gist="x") for school, _, _, weight in found)
    lead = Lead(answer={}, reason=(), changes=())
    return Crux(
        id="c", debate="d", question="x?", asks=(), topics=(), lead=lead, next=(), dose=(), views={}, evidence=links
    )


def shelf(found=()) -> Library:
    links = [
        (school, LedgerLink(passage=f"{weight}:1", **bearing(way, how), why="x")) for school, way, how, weight in found
    ]
    searched = Searched(date="2026-11", queries=("x",))
    return Library(
        sources=tuple(source(w) for w in DESIGNS),
        viewpoints=(viewpoint("north"), viewpoint("south")),
        debates=(Debate(id="d", title="x", question="x?", viewpoints=("north", "south")),),
        ledger=tuple(
            LedgerEntry(claim=f"{s}:a", searched=searched, links=tuple(link for own, link in links if own == s))
            for s in ("north", "south")
        ),
    )


FOUND = {
    "untested": ([], Weighing.UNTESTED, None),
    "only not tested": ([("north", "not-tested", "direct", "moderate")], Weighing.UNTESTED, None),
    "only opinion": ([("north", "supports", "direct", "opinion")], Weighing.UNTESTED, None),
    "thin and indirect weighs nothing": ([("north", "supports", "indirect", "thin")], Weighing.UNTESTED, None),
    "one way, moderate": ([("north", "supports", "direct", "moderate")], Weighing.CONVERGING, "north"),
    "one way, by limits": ([("south", "limits", "direct", "moderate")], Weighing.CONVERGING, "north"),
    "both limited alike": (
        [("north", "limits", "direct", "moderate"), ("south", "limits", "direct", "moderate")],
        Weighing.CONTESTED,
        None,
    ),
    "a limit of one is no support of the other": (
        [("south", "limits", "direct", "moderate"), ("north", "supports", "direct", "thin")],
        Weighing.CONVERGING,
        "north",
    ),
    "supported and limited alike": (
        [("north", "supports", "indirect", "moderate"), ("north", "limits", "direct", "thin")],
        Weighing.CONTESTED,
        None,
    ),
    "one way, thin": ([("south", "supports", "direct", "thin")], Weighing.ONE_SIDE_THIN, "south"),
    "both, alike": (
        [("north", "supports", "direct", "thin"), ("south", "supports", "direct", "thin")],
        Weighing.CONTESTED,
        None,
    ),
    "both, unlike": (
        [("north", "supports", "direct", "moderate"), ("north", "limits", "direct", "thin")],
        Weighing.ONE_SIDE_THIN,
        "north",
    ),
    "indirect loses a step": (
        [("north", "supports", "indirect", "moderate"), ("south", "supports", "direct", "thin")],
        Weighing.CONTESTED,
        None,
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_crux_is_labelled_by_the_heaviest_finding_in_each_pan(name):
    found, label, heavier = FOUND[name]
    scales = weigh_crux(crux_with(found), shelf(found))
    assert (scales.label, scales.heavier) == (label, heavier)


def test_a_school_is_weighed_over_its_own_claims_only():
    found = [("north", "supports", "direct", "moderate"), ("south", "limits", "direct", "moderate")]
    library = shelf(found)
    north, south = (weigh_school(v, library) for v in library.viewpoints)
    assert (north.label, north.heavier, dict(north.findings)) == (Weighing.CONVERGING, "for", {"for": 1, "against": 0})
    assert (south.label, south.heavier) == (Weighing.CONVERGING, "against")


def test_thin_findings_are_told_apart():
    thin = [("north", "supports", "direct", "thin"), ("south", "supports", "direct", "thin")]
    assert weigh_crux(crux_with(thin), shelf(thin)).all_thin
    more = [*thin, ("north", "supports", "direct", "moderate")]
    assert not weigh_crux(crux_with(more), shelf(more)).all_thin
    assert not weigh_crux(crux_with([]), shelf()).all_thin


LINK = st.tuples(
    st.sampled_from(["north", "south"]),
    st.sampled_from(["supports", "limits", "neutral", "not-tested"]),
    st.sampled_from(["direct", "indirect"]),
    st.sampled_from(sorted(DESIGNS)),
)
MIRRORED = {"north": "south", "south": "north"}


@given(st.lists(LINK, max_size=8, unique_by=lambda link: (link[0], link[3])))
def test_neither_school_is_favoured(found):
    here = weigh_crux(crux_with(found), shelf(found))
    mirrored = [(MIRRORED[school], *rest) for school, *rest in found]
    there = weigh_crux(crux_with(mirrored), shelf(mirrored))
    assert here.label == there.label
    assert here.heavier == MIRRORED.get(there.heavier or "")


def test_every_packaged_crux_and_school_has_a_label():
    library = read_library()
    labels = [weigh_crux(c, library).label for c in library.cruxes] + [
        weigh_school(v, library).label for v in library.viewpoints
    ]
    assert len(labels) == len(library.cruxes) + len(library.viewpoints)
    assert set(labels) <= set(Weighing)
