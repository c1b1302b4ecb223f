"""What is taken away from an answer: the clinical note, the card for the couch, and files."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from ui.conversations import Conversations
from ui.papers.card import to_html
from ui.papers.exporting import Form, export_answer
from ui.papers.note import note, turns_of
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors

_UNKEPT = {"Cache-Control": "no-store"}
_CARD_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


def build_takeaways(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the papers of an answer."""
    router = APIRouter(prefix="/answers/{answer_id}", route_class=ScreenRoute)

    @router.get("/note")
    def clinical_note(request: Request, answer_id: str) -> Response:
        desk = visitors.desk(request)
        kept = desk.answer(answer_id)
        library = conversations.assistant.snapshot.library
        [document] = desk.with_results(kept)
        words = note(document, library, turns=turns_of(kept.trace))
        return page("asking/note.html", id=answer_id, words=words)

    @router.get("/card")
    def card(request: Request, answer_id: str) -> Response:
        document = visitors.desk(request).answer(answer_id).document
        html = to_html(document, conversations.assistant.snapshot.library)
        return HTMLResponse(html, headers=_UNKEPT | {"Content-Security-Policy": _CARD_POLICY})

    @router.get("/export/{form}")
    def export(request: Request, answer_id: str, form: Form) -> Response:
        desk = visitors.desk(request)
        [document] = desk.with_results(desk.answer(answer_id))
        library = conversations.assistant.snapshot.library
        file = export_answer(document, form, library, exported_at=datetime.now(UTC))
        headers = _UNKEPT | {"Content-Disposition": f'attachment; filename="{file.name}"'}
        return Response(file.content, media_type=file.media_type, headers=headers)

    return router
