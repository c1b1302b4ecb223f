"""The ask screen's fragments: cases down the side, a case put back, what is done with an answer."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from ui.conversations import Conversations
from ui.screens.answers import build_answers
from ui.screens.cases import build_cases
from ui.screens.correcting import build_correcting
from ui.screens.fragments import ScreenRoute
from ui.screens.grounds import build_grounds
from ui.screens.measures import build_measures
from ui.screens.responding import build_responding
from ui.screens.takeaways import build_takeaways
from ui.screens.visitors import Visitors
from ui.welcome import welcome


def build_asking(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes of the ask screen, all below ``/ask``."""
    router = APIRouter(prefix="/ask", route_class=ScreenRoute)

    @router.get("/welcome")
    def first(request: Request) -> Response:  # noqa: ARG001 - the same for everybody
        return HTMLResponse(welcome(conversations.assistant.snapshot.library), headers={"Cache-Control": "no-store"})

    for build in (
        build_cases,
        build_answers,
        build_responding,
        build_correcting,
        build_measures,
        build_takeaways,
        build_grounds,
    ):
        router.include_router(build(conversations, visitors))
    return router
