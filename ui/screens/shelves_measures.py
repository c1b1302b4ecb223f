"""The clinical tests and scores: how each is done, what is normal, and a form where it is a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from corpus.library import Library
from corpus.types import Measure
from ui.measure_forms import FORMS, MeasureInputError, read, worked_out
from ui.measured import to_json
from ui.screens.fragments import page
from ui.screens.shelves_catalogue import Catalogue
from ui.screens.shelves_routes import ShelfRoute
from ui.screens.shelves_telling import missing, tools


def build_measures(catalogue: Callable[[], Catalogue]) -> APIRouter:
    """Return the routes of the list, of each measure, and of its form."""
    router = APIRouter(prefix="/measures", route_class=ShelfRoute)

    @router.get("")
    def measures() -> Response:
        library = catalogue().library
        ordered = sorted(library.measures, key=lambda m: m.name.lower())
        return page("library/measures.html", measures=ordered, forms=FORMS, **tools(library))

    @router.get("/{measure_id}")
    def measure(measure_id: str) -> Response:
        library = catalogue().library
        found = _measure(measure_id, library)
        cites = [p for p in found.cites if p in library.passages]
        return page("library/measure.html", measure=found, cites=cites, form=FORMS.get(found.id), **tools(library))

    @router.post("/{measure_id}/result")
    async def result(request: Request, measure_id: str) -> Response:
        library = catalogue().library
        found = _measure(measure_id, library)
        if found.id not in FORMS:
            raise missing("formula", measure_id, FORMS, "#/library/measures/")
        typed = [(name, str(value)) for name, value in (await request.form()).multi_items()]
        return _worked_out(found, typed, library)

    return router


def _measure(measure_id: str, library: Library) -> Measure:
    by_id = {m.id: m for m in library.measures}
    if measure_id not in by_id:
        raise missing("measure", measure_id, by_id, "#/library/measures/")
    return by_id[measure_id]


def _worked_out(measure: Measure, typed: Sequence[tuple[str, str]], library: Library) -> Response:
    """Return what came out, or what is wrong with what was filled in, in the same place."""
    form = FORMS[measure.id]
    values: dict[str, Any] = {"told": None, "problem": ""}
    try:
        values["told"] = to_json(worked_out(form, read(form, dict(typed))), library)
    except MeasureInputError as error:
        values["problem"] = str(error)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if values["problem"] else HTTPStatus.OK
    return page("library/result.html", status, measure=measure, **values, **tools(library))
