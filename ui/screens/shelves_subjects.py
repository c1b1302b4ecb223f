"""The questions that the library answers, and under each what every school claims with what was found on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from fastapi import APIRouter, Response
from markupsafe import Markup

from corpus.library import Library
from corpus.types import Crux, Debate, Viewpoint
from corpus.weighing import weigh_school, weighed
from ui.papers.card import branches, measure_of
from ui.papers.debate_map import debate_map, whole_debate_map
from ui.papers.debate_overview import overview
from ui.screens.fragments import page
from ui.screens.shelves_catalogue import Catalogue
from ui.screens.shelves_routes import ShelfRoute
from ui.screens.shelves_telling import DIRECTION_WORDS, claims_of, ledger_of, missing, tools
from ui.shelf import scales_text

_NODE = re.compile(r'data-passage="([^"]+)" href="#" role="button"')
_KINDS = {"crux": "Disputed between the schools", "brief": "Not disputed"}
_IN_SHORT = {"crux": "disputed", "brief": "not disputed"}


def build_subjects(catalogue: Callable[[], Catalogue]) -> APIRouter:
    """Return the routes of the questions and of the schools."""
    router = APIRouter(route_class=ShelfRoute)

    @router.get("/subjects")
    def subjects() -> Response:
        library = catalogue().library
        groups = [(debate, _by_kind(debate, library)) for debate in library.debates]
        parts = [
            (f"cp-part-{debate.id}-{kind}", f"{_named(debate, library)}: {_IN_SHORT[kind]} {len(cruxes)}")
            for debate, kinds in groups
            for kind, cruxes in kinds.items()
        ]
        return page(
            "library/subjects.html", groups=groups, kinds=_KINDS, parts=parts, weighed=weighed, **tools(library)
        )

    @router.get("/subjects/{subject_id}")
    def subject(subject_id: str) -> Response:
        library = catalogue().library
        crux = library.crux_by_id.get(subject_id)
        if crux is None:
            raise missing("question", subject_id, library.crux_by_id, "#/library/subjects/")
        debate = library.debate_by_id[crux.debate]
        sides = [(library.viewpoint_by_id[v], _ledgers(crux, v, library)) for v in debate.viewpoints]
        return page(
            "library/subject.html", crux=crux, debate=debate, sides=sides, directions=DIRECTION_WORDS,
            lies=weighed(crux, library), map=linked_map(crux.id, library),
            parts=_parts(crux, sides), deciders=[(d, measure_of(d, library), branches(d)) for d in crux.decides],
            **tools(library),
        )  # fmt: skip

    @router.get("/debates/{debate_id}")
    def debate(debate_id: str) -> Response:
        library = catalogue().library
        found = library.debate_by_id.get(debate_id)
        if found is None:
            raise missing("debate", debate_id, library.debate_by_id, "#/library/debates/")
        return page(
            "library/debate.html", debate=found, overview=Markup(overview(debate_id, library)),  # noqa: S704 - as below
            map=_leading(whole_debate_map(debate_id, library)), settled=_settled(found, library), **tools(library),
        )  # fmt: skip

    @router.get("/schools/{school_id}")
    def school(school_id: str, claim: str = "") -> Response:
        library = catalogue().library
        found = library.viewpoint_by_id.get(school_id)
        if found is None:
            raise missing("school", school_id, library.viewpoint_by_id, "#/library/schools/")
        return page(
            "library/school.html", school=found, ledgers=[ledger_of(c, library) for c in found.claims],
            directions=DIRECTION_WORDS, lies=scales_text(weigh_school(found, library)), sought=claim, **tools(library),
        )  # fmt: skip

    return router


def _parts(crux: Crux, sides: Sequence[tuple[Viewpoint, Sequence[object]]]) -> list[tuple[str, str]]:
    """Return the parts of a question's page, by their ids, in their order on it."""
    found = {
        "agree": ("Agreement", crux.agree),
        "decide": ("What decides it", crux.decides),
        "studies": ("Studies", crux.evidence),
        "map": ("Picture", True),
        **{school.id: (f"{school.name} claims", ledgers) for school, ledgers in sides},
        "asks": ("Other wordings", True),
    }
    return [(f"cp-part-{id_}", words) for id_, (words, is_there) in found.items() if is_there]


def linked_map(crux_id: str, library: Library) -> Markup:
    """Return the debate map of a question; beside an answer its nodes open a panel, here each leads to its passage."""
    return _leading(debate_map(crux_id, library))


def _leading(drawn: str) -> Markup:
    """Return a map whose nodes lead to their passages."""
    return Markup(_NODE.sub(r'href="#/library/passages/\1"', drawn))  # noqa: S704 - escaped where it is drawn


def _named(debate: Debate, library: Library) -> str:
    """Return a debate by its schools, "Calf-focused or whole-chain"."""
    return " or ".join(library.viewpoint_by_id[v].name for v in debate.viewpoints).capitalize()


def _settled(debate: Debate, library: Library) -> int:
    """Return how many questions of a debate nobody disputes."""
    return sum(c.debate == debate.id and c.kind != "crux" for c in library.cruxes)


def _by_kind(debate: Debate, library: Library) -> dict[str, list[Crux]]:
    """Return the questions of `debate` by kind, in alphabetical order; a kind without any is left out."""
    own = sorted((c for c in library.cruxes if c.debate == debate.id), key=lambda c: c.question)
    found = {kind: [c for c in own if c.kind == kind] for kind in _KINDS}
    return {kind: cruxes for kind, cruxes in found.items() if cruxes}


def _ledgers(crux: Crux, school: str, library: Library) -> list[object]:
    return [ledger_of(claim, library) for claim in claims_of(crux, school, library)]
