"""Cases down the side: searched, renamed in place, deleted with what goes with them, and put back into the log."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse

from assistant.desk import Desk
from assistant.records.types import Conversation, ConversationSummary, KeptAnswer
from ui.conversations import Conversations
from ui.escaping import text
from ui.rendering import answered, is_correction
from ui.screens.fragments import ScreenRoute, page
from ui.screens.visitors import Visitors

PAGE = 30  # chosen: a screen and a half of the column
_LONGEST_SEARCH = 200
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def build_cases(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the list, its lines with their forms, and a case's turns."""
    router = APIRouter(prefix="/cases", route_class=ScreenRoute)

    @router.get("")
    def listed(
        request: Request,
        search: Annotated[str, Query(max_length=_LONGEST_SEARCH)] = "",
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> Response:
        desk = visitors.desk(request)
        found = desk.cases(search.strip() or None, limit=PAGE, offset=offset)
        unread = _unread_cases(desk)
        lines = [_line(summary, unread, desk) for summary in found.items]
        after = offset + len(lines)
        return page(
            "asking/cases.html", lines=lines, total=found.total, offset=offset, search=search,
            after=after if after < found.total else None,
        )  # fmt: skip

    @router.get("/{case_id}/line")
    def line(request: Request, case_id: str) -> Response:
        return page("asking/case.html", line=_line_of(visitors.desk(request), case_id))

    @router.get("/{case_id}/rename")
    def rename_form(request: Request, case_id: str) -> Response:
        return page("asking/rename.html", line=_line_of(visitors.desk(request), case_id))

    @router.post("/{case_id}/rename")
    def rename(request: Request, case_id: str, title: Annotated[str, Form(max_length=500)]) -> Response:
        desk = visitors.desk(request)
        desk.rename_case(case_id, title)
        return page("asking/case.html", line=_line_of(desk, case_id), is_fresh=True)

    @router.get("/{case_id}/delete")
    def delete_form(request: Request, case_id: str) -> Response:
        desk = visitors.desk(request)
        case = desk.case(case_id)
        return page("asking/delete.html", line=_line_of(desk, case_id), goes=_goes_with(desk, case))

    @router.post("/{case_id}/delete")
    def delete(request: Request, case_id: str) -> Response:
        visitors.desk(request).delete_case(case_id)
        return HTMLResponse("", headers={"HX-Trigger": json.dumps({"cp-deleted": case_id})})

    @router.get("/{case_id}/turns")
    def turns(request: Request, case_id: str) -> Response:
        desk = visitors.desk(request)
        case = desk.case(case_id)
        html = "".join(restored(conversations, desk, case.answers))
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    return router


def restored(conversations: Conversations, desk: Desk, answers: Sequence[KeptAnswer]) -> list[str]:
    """Return each turn of a case as HTML, by the same rendering as when it was given."""
    after = [*answers[1:], None]
    return [
        f'<article class="cp-turn" id="t-{text(kept.id)}">'
        f"{_turn(conversations, desk, kept, number, is_replaced=_replaces(later))}</article>"
        for number, (kept, later) in enumerate(zip(answers, after, strict=True), start=1)
    ]


def _turn(conversations: Conversations, desk: Desk, kept: KeptAnswer, number: int, *, is_replaced: bool) -> str:
    own = desk.commitment(kept.id)
    reply, is_held = conversations.restored(kept, number), desk.is_held(kept)
    return answered(reply, is_held=is_held, is_replaced=is_replaced, own=own.text if own else None)


def _replaces(later: KeptAnswer | None) -> bool:
    return later is not None and is_correction(later.question)


def _line_of(desk: Desk, case_id: str) -> dict[str, Any]:
    case = desk.case(case_id)
    summary = ConversationSummary(
        id=case.id, title=case.title, created_at=case.created_at, updated_at=case.updated_at,
        owner_id=case.owner_id, answer_count=len(case.answers),
    )  # fmt: skip
    return _line(summary, _unread_cases(desk), desk)


def _line(summary: ConversationSummary, unread: frozenset[str], desk: Desk) -> dict[str, Any]:
    """Return one line of the list; that a case is everybody's is worth saying beside one's own only."""
    return {
        "id": summary.id,
        "title": summary.title,
        "when": ago(summary.updated_at, datetime.now(UTC)),
        "exactly": summary.updated_at.strftime("%d %B %Y, %H:%M UTC"),
        "answers": _counted(summary.answer_count, "answer"),
        "is_shared": desk.profile is not None and summary.owner_id is None,
        "is_unread": summary.id in unread,
    }


def _unread_cases(desk: Desk) -> frozenset[str]:
    """Return the cases of which a mentor has said something that who asks has not seen."""
    if desk.profile is None:
        return frozenset()
    items = (desk.queue_item(number) for number in desk.unread_items())
    return frozenset(item.conversation_id for item in items if item.conversation_id)


def _goes_with(desk: Desk, case: Conversation) -> str:
    """Return what is deleted with a case, in words."""
    items = [found for kept in case.answers if (found := desk.queue_item_of(kept.id)) is not None]
    comments = sum(len(desk.comments(item.id)) for item in items)
    parts = [
        _counted(len(case.answers), "answer"),
        *([_counted(len(items), "request to a mentor", "requests to a mentor")] if items else ()),
        *([_counted(reviews, "review")] if (reviews := sum(len(i.reviews) for i in items)) else ()),
        *([_counted(comments, "comment")] if comments else ()),
    ]
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def ago(then: datetime, now: datetime) -> str:
    """Return how long ago something was, as one would say it.

    >>> ago(datetime(2026, 11, 30, 9, 0, tzinfo=UTC), datetime(2026, 11, 30, 9, 20, tzinfo=UTC))
    '20 min ago'
    """
    seconds = (now - then).total_seconds()
    steps: tuple[tuple[float, Callable[[], str]], ...] = (
        (_MINUTE, lambda: "just now"),
        (_HOUR, lambda: f"{seconds // _MINUTE:.0f} min ago"),
        (_DAY, lambda: f"{seconds // _HOUR:.0f} h ago"),
        (2 * _DAY, lambda: "yesterday"),
        (7 * _DAY, lambda: f"{seconds // _DAY:.0f} days ago"),
    )
    return next((words() for limit, words in steps if seconds < limit), f"{then.day} {then:%B %Y}")
