"""The screens beside the chat: HTML fragments made here, fetched and put in place by htmx.

================  =================================================================
module            holds
================  =================================================================
`fragments`       templates, the route that turns errors into a sentence, forms
`visitors`        whose profile a request comes with, and the desk they sit at
`asking`          the ask screen: `cases`, `answers`, `responding`, `correcting`, `measures`, `grounds`, `takeaways`
`profiles`        choosing who one is
`reviewing`       reviews by mentors, in modules of its name
`runs`            the evals: the last runs, what fell short, two side by side, one now
`shelves`         the library: search, sources, questions, measures, red flags, a clinic's documents
================  =================================================================

``static/screens.js`` says which address shows which screen. Every string from outside is escaped by the templates.
"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Response

from ui.conversations import Conversations
from ui.screens.asking import build_asking
from ui.screens.fragments import ScreenRoute
from ui.screens.profiles import build_profiles
from ui.screens.reviewing import build_reviewing
from ui.screens.runs import build_runs
from ui.screens.shelves import build_shelves
from ui.screens.visitors import Visitors


def build_screens(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes of every screen, all below ``/screens``."""
    router = APIRouter(prefix="/screens", include_in_schema=False)
    router.include_router(build_asking(conversations, visitors))
    router.include_router(build_profiles(conversations, visitors))
    router.include_router(build_reviewing(conversations, visitors))
    router.include_router(build_shelves(conversations, visitors))
    router.include_router(build_runs(conversations))
    router.include_router(_elsewhere())
    return router


def _elsewhere() -> APIRouter:
    """Return what answers to an address that leads nowhere; it comes last."""
    router = APIRouter(route_class=ScreenRoute)

    @router.get("/{path:path}")
    def nowhere(path: str) -> Response:  # noqa: ARG001 - whatever it is, it is not repeated
        raise HTTPException(404, "there is no screen at this address; choose one from the header")

    return router
