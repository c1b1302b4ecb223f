"""What is done with an answer: thumbs with reasons, a word to the mentor, one's own answer first, brief or full."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from assistant.desk import Desk
from assistant.records.errors import NotFoundError
from assistant.records.review_types import AnswerVerdict, ItemState, QueueItem, Thumb
from assistant.records.types import KeptAnswer
from guardrails.types import Detail
from ui.conversations import Conversations
from ui.rendering import answered
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors

REASONS = {
    Thumb.UP: ("clear", "settled my question", "showed me the other side", "right test to do next"),
    Thumb.DOWN: ("misses my question", "wrong for this patient", "a school is misread", "evidence overstated", "too long"),
    Thumb.PROBLEM: ("unsafe advice", "missed a red flag", "wrong citation", "shows what it should not", "does not work"),
}
_ASKED = {
    Thumb.UP: "What was good about it?",
    Thumb.DOWN: "What was wrong with it?",
    Thumb.PROBLEM: "What is the problem?",
}
_STATES = {
    ItemState.NEW: "waits for a mentor",
    ItemState.IN_REVIEW: "is with a mentor",
    ItemState.NEEDS_SECOND: "waits for a second mentor",
    ItemState.DONE: "has been reviewed",
}
_VERDICTS = {
    AnswerVerdict.ACCEPT: "accepted",
    AnswerVerdict.CORRECTIONS: "accepted with corrections",
    AnswerVerdict.REJECT: "rejected",
}


def build_answers(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return what hangs on one answer."""
    router = APIRouter(prefix="/answers/{answer_id}", route_class=ScreenRoute)

    @router.get("/foot")
    def foot(request: Request, answer_id: str) -> Response:
        desk = visitors.desk(request)
        return page("asking/foot.html", **footing(desk, desk.answer(answer_id)))

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

    @router.post("/commitment")
    def commit(
        request: Request,
        answer_id: str,
        own: Annotated[str, Form(max_length=20_000)] = "",
        skip: Annotated[str, Form(max_length=3)] = "",
    ) -> Response:
        desk = visitors.desk(request)
        kept = desk.answer(answer_id)
        if not skip:
            desk.commit(answer_id, own)
        return _turn(desk, kept, kept.detail)

    @router.get("/turn")
    def turn(request: Request, answer_id: str, detail: Detail) -> Response:
        desk = visitors.desk(request)
        return _turn(desk, desk.answer(answer_id), detail.value)

    def _turn(desk: Desk, kept: KeptAnswer, detail: str | None) -> Response:
        """Return the whole turn again, in the length that is asked for."""
        own = desk.commitment(kept.id)
        length = Detail(detail or Detail.BRIEF.value)
        reply = conversations.at_length(kept, number_of(desk, kept), length)
        html = answered(reply, own=own.text if own else None)
        return HTMLResponse(html, headers={"Cache-Control": "no-store", "HX-Trigger-After-Settle": "cp-turned"})

    return router


def number_of(desk: Desk, kept: KeptAnswer) -> int:
    """Return the number of an answer's turn in its case, 1 for one outside a case."""
    if kept.conversation_id is None:
        return 1
    return next(n for n, one in enumerate(desk.case(kept.conversation_id).answers, start=1) if one.id == kept.id)


def footing(desk: Desk, kept: KeptAnswer) -> dict[str, Any]:
    """Return what the foot of an answer shows: the thumb given, where it is in the queue, what the mentor said."""
    own = desk.profile.id if desk.profile else None
    thumbs = [f.thumb for f in desk.feedback(kept.id) if f.profile_id == own]
    item = _item(desk, kept.id)
    comments = desk.comments(item.id) if item else ()
    if item is not None and comments:
        desk.mark_read(item.id)
    return {
        "id": kept.id,
        "thumb": thumbs[-1] if thumbs else None,
        "is_answered": kept.status == "answered",
        "has_case": kept.conversation_id is not None,
        "line": queue_line(item) if item else None,
        "verdict": _verdict(item) if item else None,
        "comments": comments,
    }


def queue_line(item: QueueItem) -> str:
    """Return where an answer stands with the mentors, in words."""
    who = f"; {item.held_by_name} has it open" if item.held_by_name else ""
    return f"Number {item.id} in the mentors' queue: {_STATES[item.state]}{who}."


def _item(desk: Desk, answer_id: str) -> QueueItem | None:
    try:
        return desk.queue_item_of(answer_id)
    except NotFoundError:
        return None


def _verdict(item: QueueItem) -> dict[str, Any] | None:
    """Return the verdict that stands, by whom, and the corrected text where there is one."""
    if item.settled is None:
        return None
    finished = [r for r in item.reviews if r.finished_at is not None]
    corrected = next((r.form.corrected for r in finished if r.form.corrected), None)
    return {
        "words": _VERDICTS[item.settled],
        "by": " and ".join(dict.fromkeys(r.reviewer_name for r in finished)),
        "when": max(r.finished_at for r in finished if r.finished_at).strftime("%d %B %Y") if finished else "",
        "corrected": corrected,
    }
