"""Measures under an answer: small forms filled from the facts, the result in place and kept with the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.records.errors import BadRecordError, NotFoundError
from assistant.records.review_types import KeptResult
from corpus.facts import FactValue
from corpus.library import Library
from corpus.types import Measure
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
        desk = visitors.desk(request)
        document = desk.answer(answer_id).document
        library = conversations.assistant.snapshot.library
        facts = facts_in_force(document["case"]["facts"])
        kept = {one.measure: one for one in desk.results(answer_id)}
        names = dict.fromkeys((*named_in(document), *(name for name in kept if name in FORMS)))
        shown = [_shown(FORMS[name], library, facts, kept.get(name)) for name in names]
        return page("asking/measures.html", id=answer_id, forms=shown)

    @router.post("/{measure}")
    async def result(request: Request, answer_id: str, measure: str) -> Response:
        if measure not in FORMS:
            raise NotFoundError("there is no such measure")
        desk = visitors.desk(request)
        desk.answer(answer_id)
        library = conversations.assistant.snapshot.library
        typed = {name: str(value) for name, value in (await request.form()).items()}
        try:
            told = _result(FORMS[measure], typed, library)
        except MeasureInputError as error:
            raise BadRecordError(str(error)) from error
        if is_kept := desk.may_keep_result(answer_id):
            given = {field.name: typed[field.name] for field in FORMS[measure].fields if typed.get(field.name)}
            desk.keep_result(answer_id, measure, name=told["name"], given=given, said=told["told"]["said"])
        return page("asking/measure_result.html", id=answer_id, is_kept=is_kept, **told)

    @router.post("/{measure}/removed")
    def remove(request: Request, answer_id: str, measure: str) -> Response:
        visitors.desk(request).remove_result(answer_id, measure)
        return page("asking/measure_removed.html")

    return router


def _shown(
    form: MeasureForm, library: Library, facts: Mapping[str, FactValue], kept: KeptResult | None
) -> dict[str, Any]:
    """Return a form with what the case says already, or with what was filled in and what came out of it."""
    measure = _measure(form, library)
    filled, told = prefilled(form, facts), None
    if kept is not None:
        try:
            told = _result(form, kept.given, library)
            filled = read(form, kept.given)
        except MeasureInputError:  # the measure asks for something else now: it is filled in anew
            told = None
    return {
        "id": form.id, "name": measure.name, "protocol": measure.protocol, "fields": form.fields, "filled": filled,
        "told": told,
    }  # fmt: skip


def _result(form: MeasureForm, typed: Mapping[str, str], library: Library) -> dict[str, Any]:
    """Return what comes out of a form.

    Raises:
        MeasureInputError: what was filled in cannot be read, or lies outside what the measure is made for.
    """
    given = read(form, typed)
    found = worked_out(form, given)
    measure = _measure(form, library)
    told = to_json(found, library)
    return {
        "measure": form.id,
        "name": measure.name,
        "told": told,
        "cut_off": measure.norm,
        "sources": told["sources"],
        "finding": finding(form, given, found, measure.name),
    }


def _measure(form: MeasureForm, library: Library) -> Measure:
    return next(m for m in library.measures if m.id == form.id)
