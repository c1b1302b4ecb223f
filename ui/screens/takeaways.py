"""What is taken away from an answer: the clinical note, the card, files; and what it rests on, as a map."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.records.errors import NotFoundError
from ui.conversations import Conversations
from ui.measure_forms import facts_in_force
from ui.papers.card import to_html
from ui.papers.debate_map import debate_map
from ui.papers.note import note, turns_of
from ui.passages import of_passage
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors

_UNKEPT = {"Cache-Control": "no-store"}
_CARD_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


def build_takeaways(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the papers of an answer, and the passage that a node of a map opens."""
    router = APIRouter(route_class=ScreenRoute)

    @router.get("/answers/{answer_id}/note")
    def clinical_note(request: Request, answer_id: str) -> Response:
        kept = visitors.desk(request).answer(answer_id)
        library = conversations.assistant.snapshot.library
        words = note(kept.document, library, turns=turns_of(kept.trace))
        return page("asking/note.html", id=answer_id, words=words)

    @router.get("/answers/{answer_id}/card")
    def card(request: Request, answer_id: str) -> Response:
        document = visitors.desk(request).answer(answer_id).document
        html = to_html(document, conversations.assistant.snapshot.library)
        return HTMLResponse(html, headers=_UNKEPT | {"Content-Security-Policy": _CARD_POLICY})

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
        original = conversations.assistant.originals(library.passages[passage_id])
        return HTMLResponse(of_passage(passage_id, library, original), headers=_UNKEPT)

    return router
