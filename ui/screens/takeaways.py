"""What is taken away from an answer: the clinical note, the card, files; and what it rests on, as a map."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.records.errors import NotFoundError
from ui.conversations import Conversations
from ui.passages import of_passage
from ui.screens.fragments import ScreenRoute
from ui.screens.visitors import Visitors


def build_takeaways(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the papers of an answer, and the passage that a node of a map opens."""
    router = APIRouter(route_class=ScreenRoute)

    @router.get("/passages/{passage_id}")
    def passage(passage_id: str) -> Response:
        library = conversations.assistant.snapshot.library
        if passage_id not in library.passages:
            raise NotFoundError("this passage is no longer in the library")
        original = conversations.assistant.originals(library.passages[passage_id])
        return HTMLResponse(of_passage(passage_id, library, original), headers={"Cache-Control": "no-store"})

    return router
