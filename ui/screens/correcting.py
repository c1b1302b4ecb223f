"""A fact read from the case, put right in a small form; what comes of it is asked as a turn of the case."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.noting import LARGEST, NOT_KNOWN, NotedError, note
from assistant.records.errors import BadRecordError, NotFoundError
from corpus.facts import FACT_KINDS, FactKind, FactType, FactValue
from ui.conversations import Conversations
from ui.measure_forms import facts_in_force
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors

_WHOLE = frozenset({"repetition", "year"})


def build_correcting(conversations: Conversations, visitors: Visitors) -> APIRouter:  # noqa: ARG001 - as its siblings
    """Return the form of one fact, and what checks it."""
    router = APIRouter(prefix="/answers/{answer_id}/facts/{name}", route_class=ScreenRoute)

    def shown(request: Request, answer_id: str, name: str, wrong: str | None = None) -> Response:
        kind = _kind(name)
        held = facts_in_force(visitors.desk(request).answer(answer_id).document["case"]["facts"])
        return page("asking/fact.html", **_form(answer_id, name, kind, held.get(name)), wrong=wrong)

    @router.get("")
    def form(request: Request, answer_id: str, name: str) -> Response:
        return shown(request, answer_id, name)

    @router.post("")
    async def correct(request: Request, answer_id: str, name: str) -> Response:
        kind, filled = _kind(name), await request.form()
        visitors.desk(request).answer(answer_id)
        taken_back = filled.get("not_so") == "yes"
        try:
            value = None if taken_back else _value(kind, [str(v) for v in filled.getlist("value")])
            question = note({name: value}, is_correction=True)
        except NotedError as error:
            raise BadRecordError(str(error)) from error
        return HTMLResponse("", headers={"HX-Trigger": json.dumps({"cp-send": question})})

    return router


def _kind(name: str) -> FactKind:
    if name not in FACT_KINDS:
        raise NotFoundError("there is no such fact")
    return FACT_KINDS[name]


def _form(answer_id: str, name: str, kind: FactKind, value: FactValue | None) -> dict[str, Any]:
    chosen = value if isinstance(value, frozenset) else frozenset({str(value)})
    return {
        "id": answer_id,
        "name": name,
        "label": kind.label,
        "type": kind.type.value,
        "unit": {"year": "years", "week": "weeks", "repetition": "repetitions"}.get(kind.unit or "", kind.unit or ""),
        "step": "1" if kind.unit in _WHOLE else "any",
        "most": f"{LARGEST:.0f}",
        "value": f"{value:g}" if isinstance(value, float | int) and not isinstance(value, bool) else "",
        "is_so": value is not False,
        "choices": [(choice, choice.replace("-", " "), choice in chosen) for choice in sorted(kind.choices)],
        "not_known": NOT_KNOWN,
    }


def _value(kind: FactKind, typed: list[str]) -> FactValue:
    """Return what was filled in, as the fact takes it.

    Raises:
        NotedError: nothing, or no number where one is expected.
    """
    if not typed or not any(typed):
        raise NotedError(f"{kind.label}: fill this in, or say that it is not so")
    if kind.type is FactType.NUMBER:
        try:
            return float(typed[0].replace(",", "."))
        except ValueError:
            raise NotedError(f"{kind.label}: expected a number, got {typed[0][:20]!r}") from None
    if kind.type is FactType.FLAG:
        return typed[0] == "yes"
    return frozenset(typed) if kind.type is FactType.SET else typed[0]
