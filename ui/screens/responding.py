"""What the asker makes of an answer: a thumb with reasons, a problem, what is said with the mentor."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from assistant.desk import Desk
from assistant.records.errors import BadRecordError, NotFoundError
from assistant.records.review_types import Thumb
from ui.conversations import Conversations
from ui.screens.answers import queue_line
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors

REASONS = {
    Thumb.UP: ("clear", "settled my question", "showed me the other side", "right test to do next"),
    Thumb.DOWN: (
        "misses my question",
        "wrong for this patient",
        "a school is misread",
        "evidence overstated",
        "too long",
    ),
    Thumb.PROBLEM: (
        "unsafe advice",
        "missed a red flag",
        "wrong citation",
        "shows what it should not",
        "does not work",
    ),
}
_ASKED = {
    Thumb.UP: "What was good about it?",
    Thumb.DOWN: "What was wrong with it?",
    Thumb.PROBLEM: "What is the problem?",
}


def build_responding(conversations: Conversations, visitors: Visitors) -> APIRouter:  # noqa: ARG001 - as its siblings
    """Return the forms of thumbs, problems and notes to a mentor, and what keeps them."""
    router = APIRouter(prefix="/answers/{answer_id}", route_class=ScreenRoute)

    @router.get("/feedback/{thumb}")
    def feedback_form(request: Request, answer_id: str, thumb: Thumb) -> Response:
        visitors.desk(request).answer(answer_id)
        return page("asking/feedback.html", id=answer_id, thumb=thumb, asked=_ASKED[thumb], reasons=REASONS[thumb])

    @router.post("/feedback/{thumb}")
    async def feedback(request: Request, answer_id: str, thumb: Thumb) -> Response:
        form = await request.form()
        reasons = [str(r) for r in form.getlist("reason")]
        desk = visitors.desk(request)
        desk.give_feedback(answer_id, thumb, reasons, str(form.get("note", "")))
        found = desk.queue_item_of(answer_id)
        return page("asking/thanked.html", thumb=thumb, line=queue_line(found) if found else None)

    @router.get("/mentor")
    def mentor_form(request: Request, answer_id: str) -> Response:
        desk = visitors.desk(request)
        desk.answer(answer_id)
        return page("asking/mentor.html", id=answer_id, profile=desk.profile)

    @router.post("/mentor")
    def mentor(request: Request, answer_id: str, note: Annotated[str, Form(max_length=20_000)] = "") -> Response:
        item = visitors.desk(request).send_to_mentor(answer_id, note)
        return page("asking/thanked.html", thumb=None, line=queue_line(item))

    @router.post("/reply")
    def say(request: Request, answer_id: str, text: Annotated[str, Form(max_length=20_000)] = "") -> Response:
        desk = visitors.desk(request)
        if (item := desk.queue_item_of(answer_id)) is None:
            raise NotFoundError("this answer is not with a mentor yet; send it first")
        return _said(desk, item.id, text)

    return router


def _said(desk: Desk, item_id: int, text: str) -> Response:
    """Keep a reply and return the whole talk; what cannot be kept stays in the box."""
    trouble = ""
    try:
        desk.comment(item_id, text)
        text = ""
    except BadRecordError as error:
        trouble = f"{str(error)[:1].upper()}{str(error)[1:]}."
    status = HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK
    item = desk.queue_item(item_id)
    values = {"id": item.answer_id, "comments": desk.comments(item_id), "may_reply": True}
    return page("asking/talk.html", status, **values, trouble=trouble, typed=text, said=not trouble)
