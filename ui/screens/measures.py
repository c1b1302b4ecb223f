"""Measures under an answer: small forms filled from the facts, the result in place, a tap to use it in the case."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.records.errors import BadRecordError, NotFoundError
from corpus.library import Library
from corpus.measures.types import Result
from ui.conversations import Conversations
from ui.measure_forms import (
    FORMS,
    MeasureForm,
    MeasureInputError,
    facts_in_force,
    finding,
    named_in,
    prefilled,
    read,
    worked_out,
)
from ui.measured import to_json
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors


def build_measures(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the forms of the measures that an answer names, and their results."""
    router = APIRouter(prefix="/answers/{answer_id}/measures", route_class=ScreenRoute)

    @router.get("")
    def forms(request: Request, answer_id: str) -> Response:
        document = visitors.desk(request).answer(answer_id).document
        library = conversations.assistant.snapshot.library
        facts = facts_in_force(document["case"]["facts"])
        shown = [
            _shown(FORMS[name], library) | {"filled": prefilled(FORMS[name], facts)} for name in named_in(document)
        ]
        return page("asking/measures.html", id=answer_id, forms=shown)

    @router.post("/{measure}")
    async def result(request: Request, answer_id: str, measure: str) -> Response:
        if measure not in FORMS:
            raise NotFoundError("there is no such measure")
        visitors.desk(request).answer(answer_id)
        library = conversations.assistant.snapshot.library
        typed = {name: str(value) for name, value in (await request.form()).items()}
        try:
            given = read(FORMS[measure], typed)
            found = worked_out(FORMS[measure], given)
        except MeasureInputError as error:
            raise BadRecordError(str(error)) from error
        return page("asking/measure_result.html", **_result(FORMS[measure], given, found, library))

    return router


def _shown(form: MeasureForm, library: Library) -> dict[str, Any]:
    measure = next(m for m in library.measures if m.id == form.id)
    return {"id": form.id, "name": measure.name, "protocol": measure.protocol, "fields": form.fields}


def _result(form: MeasureForm, given: dict[str, Any], found: Result, library: Library) -> dict[str, Any]:
    measure = next(m for m in library.measures if m.id == form.id)
    told = to_json(found, library)
    return {
        "told": told,
        "cut_off": measure.norm,
        "cites": [source["passage_id"] for source in told["sources"]],
        "sources": told["sources"],
        "finding": finding(form, given, found, measure.name),
    }
