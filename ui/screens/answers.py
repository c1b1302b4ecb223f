"""An answer's foot, one's own answer put down first, and the same answer in brief or in full."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from assistant.desk import Action, Desk
from assistant.desk.access import Thing
from assistant.records.errors import NotFoundError
from assistant.records.review_types import AnswerVerdict, ItemState, QueueItem, Review
from assistant.records.types import KeptAnswer
from guardrails.types import Detail
from ui.conversations import Conversations
from ui.rendering import answered
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors

_EXPORTS = (("md", "Markdown"), ("pdf", "PDF"), ("json", "JSON"))
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
    def foot(request: Request, answer_id: str, detail: Detail = Detail.BRIEF) -> Response:
        desk = visitors.desk(request)
        before = desk.unread()
        response = page("asking/foot.html", **footing(desk, desk.answer(answer_id)), detail=detail.value)
        if desk.unread() != before:
            response.headers["HX-Trigger"] = "cp-cases"  # the list of cases marks it as new no longer
        return response

    @router.post("/commitment")
    def commit(
        request: Request,
        answer_id: str,
        own: Annotated[str, Form(max_length=20_000)] = "",
        skip: Annotated[str, Form(max_length=3)] = "",
    ) -> Response:
        desk = visitors.desk(request)
        kept = desk.answer(answer_id)
        if skip:
            desk.skip_commitment(answer_id)
        else:
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
        html = answered(reply, is_held=desk.is_held(kept), own=own.text if own else None)
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

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
    is_news = item is not None and item.id in desk.unread_items()
    if item is not None and is_news:
        desk.mark_read(item.id)
    return {
        "id": kept.id,
        "thumb": thumbs[-1] if thumbs else None,
        "is_answered": kept.status == "answered",
        "exports": _EXPORTS,
        "line": queue_line(item) if item else None,
        "verdict": _verdict(item) if item else None,
        "reviews": _reviews(item) if item else (),
        "comments": comments,
        "may_reply": item is not None and desk.may(Action.COMMENT, Thing(owner_id=item.owner_id, is_queued=True)),
        "is_news": is_news,
        "expired": _expired(desk, kept.id),
        "like": _like(desk, kept),
    }


def _expired(desk: Desk, answer_id: str) -> tuple[str, ...]:
    """Return why a mentor's approval of an answer holds no longer, nothing where it holds or there is none."""
    found = desk.approved(answer_id)
    return found.reasons if found else ()


def _like(desk: Desk, kept: KeptAnswer) -> dict[str, Any] | None:
    """Return an approved answer to a like question as it is shown second, with the facts that differ."""
    found = desk.like_answer(kept.id) if kept.status == "answered" else None
    if found is None:
        return None
    short = [c["text"] for s in found.answer.document["sections"] if s["kind"] == "short_answer" for c in s["claims"]]
    return {
        "question": found.answer.question,
        "text": found.approval.text or " ".join(short),
        "by": " and ".join(found.approval.reviewer_names),
        "when": f"{found.approval.at.day} {found.approval.at:%B %Y}",
        "differing": [(d.label, d.here or "not told", d.there or "not told") for d in found.differing],
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


def _verdict(item: QueueItem) -> dict[str, str] | None:
    """Return the verdict that stands and by whom; that two mentors differ is said as well."""
    finished = _finished(item)
    by = " and ".join(dict.fromkeys(review.reviewer_name for review in finished))
    if item.settled is None:
        return {"words": "two mentors differ:", "by": by} if len(finished) > 1 else None
    return {"words": f"{_VERDICTS[item.settled]} by", "by": by}


def _reviews(item: QueueItem) -> list[dict[str, str | None]]:
    """Return what each mentor made of the answer: the verdict, the corrected text where there is one, the comment."""
    return [
        {
            "who": review.reviewer_name,
            "when": f"{review.finished_at.day} {review.finished_at:%B %Y}" if review.finished_at else "",
            "verdict": _VERDICTS[review.form.verdict] if review.form.verdict else "",
            "corrected": review.form.corrected,
            "comment": review.form.comment,
        }
        for review in _finished(item)
    ]


def _finished(item: QueueItem) -> list[Review]:
    return [review for review in item.reviews if review.finished_at is not None]
