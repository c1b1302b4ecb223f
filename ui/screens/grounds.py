"""What an answer rests on: the debate map of its question, and the passage that a node of it opens."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.records.errors import NotFoundError
from ui.conversations import Conversations
from ui.measure_forms import facts_in_force
from ui.papers.debate_map import debate_map
from ui.passages import of_passage
from ui.screens.fragments import ScreenRoute
from ui.screens.visitors import Visitors

_UNKEPT = {"Cache-Control": "no-store"}


def build_grounds(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the map of an answer, and any passage of the library as the panel shows it."""
    router = APIRouter(route_class=ScreenRoute)

    @router.get("/answers/{answer_id}/map")
    def rests_on(request: Request, answer_id: str) -> Response:
        document = visitors.desk(request).answer(answer_id).document
        library = conversations.assistant.snapshot.library
        found = [crux for crux in document["cruxes"] if crux in library.crux_by_id]
        if not found:
            raise NotFoundError("the question that this answer turned on is no longer in the library")
        html = debate_map(found[0], library, facts_in_force(document["case"]["facts"]))
        return HTMLResponse(html, headers=_UNKEPT)

    @router.get("/passages/{passage_id}")
    def passage(passage_id: str) -> Response:
        library = conversations.assistant.snapshot.library
        if passage_id not in library.passages:
            raise NotFoundError("this passage is no longer in the library")
        original = conversations.assistant.attached.in_place(library.passages[passage_id])
        return HTMLResponse(of_passage(passage_id, library, original), headers=_UNKEPT)

    return router
