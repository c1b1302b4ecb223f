"""The queue as a mentor sees it, and as a physio sees what they sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response

from assistant.desk import Action, Desk
from assistant.records.errors import BadRecordError, RecordsError
from assistant.records.review_types import ItemState, QueueLine, QueuePage
from corpus.library import Library
from ui.conversations import Conversations
from ui.screens.fragments import ScreenRoute, page
from ui.screens.reviewing_words import OUTCOMES, STATES, clock, counted, moment, now_utc, waited, why_here
from ui.screens.visitors import Visitors

LINES = 20  # chosen: two screens of a desktop
_FILTERS = ("viewpoint", "status", "physio", "crux", "search")
_LONGEST_CHARS = 200
_LAST_PAGE = 10_000
_EMPTY: Mapping[str, str] = {
    "new": "Nothing new is waiting. Answers come here when a physio sends one, gives a thumbs down or reports a"
    " problem.",
    "in-review": "Nobody has an answer open at the moment. Open one under New.",
    "needs-second": "No answer waits for a second mentor. A first mentor asks for one, and one review in ten is drawn"
    " for it.",
    "done": "No review is finished yet. Open an answer under New: the short path takes about two minutes.",
    "all": "No answer was sent to a mentor yet. Under an answer, “Send to my mentor” puts it here.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the queue is narrowed to, as it stands in the address."""

    state: str
    values: Mapping[str, str]
    thumbs_down: bool
    number: int

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything but the state narrows it."""
        return self.thumbs_down or any(self.values.values())

    def address(self, **changed: object) -> str:
        """Return the address of the same queue with something changed."""
        mine = {"state": self.state, **self.values, "thumbs_down": "on" if self.thumbs_down else "", "page": ""}
        kept = {name: value for name, value in (mine | changed).items() if value not in ("", None)}
        return f"#/review?{urlencode(kept)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An answer in the queue, in words."""

    id: int
    question: str
    case: str
    """The title of the case that a follow-up belongs to, empty where the question itself opens the case."""
    who: str
    sent: str
    waits: str
    why: str
    state: str
    outcome: str
    note: str
    held: str
    is_unread: bool
    tone: str
    """The class that colours `why`."""


def build_queue(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes of the queue."""
    router = APIRouter(prefix="/review", route_class=ScreenRoute)

    @router.get("")
    def queue(request: Request) -> Response:
        desk = visitors.desk(request)
        if not desk.may(Action.READ_QUEUE):
            return _own(desk)
        return _whole(desk, conversations.assistant.snapshot.library, _asked(request.query_params))

    @router.get("/unread")
    def unread(request: Request) -> Response:
        try:
            count = visitors.desk(request).unread()
        except (HTTPException, RecordsError):  # nothing is kept, or it cannot be read: the header stays as it is
            count = 0
        return page("review/unread.html", unread=count)

    return router


def _whole(desk: Desk, library: Library, asked: Asked) -> Response:
    """Return the queue for a mentor."""
    choices = desk.queue_choices()
    found = _found(desk, asked)
    now, seen_by = now_utc(), set(desk.unread_items())
    counts = {state.value: choices.counts[state] for state in ItemState}
    tabs = [(state.value, STATES[state], counts[state.value]) for state in ItemState]
    return page(
        "review/queue.html",
        asked=asked,
        tabs=[*tabs, ("all", "All", sum(counts.values()))],
        lines=[line_of(line, desk, now, is_unread=line.id in seen_by) for line in found.items],
        total=found.total,
        empty=_empty(asked, counts),
        schools=[(v, _name(library, v)) for v in choices.viewpoints],
        subjects=[(c, _subject(library, c)) for c in choices.cruxes],
        people=choices.askers,
        outcomes=OUTCOMES,
        pages=_pages(asked, found),
        pace=pace_of(desk),
    )


def _found(desk: Desk, asked: Asked) -> QueuePage:
    values = {name: value or None for name, value in asked.values.items()}
    state = None if asked.state == "all" else asked.state
    offset = (asked.number - 1) * LINES
    return desk.queue(state, **values, thumbs_down=asked.thumbs_down, limit=LINES, offset=offset)


def _own(desk: Desk) -> Response:
    """Return what a physio sent, or, for nobody, what to do."""
    now, unread = now_utc(), set(desk.unread_items())
    sent = desk.sent().items if desk.profile else ()
    lines = [line_of(line, desk, now, is_unread=line.id in unread) for line in sent]
    return page("review/own.html", lines=lines, profile=desk.profile)


def line_of(line: QueueLine, desk: Desk, now: datetime, *, is_unread: bool) -> Line:
    """Return an answer of the queue in words."""
    mine = desk.profile is not None and line.held_by_id == desk.profile.id
    return Line(
        id=line.id,
        question=line.question,
        case=_case_of(line),
        who=line.asker_name or "Somebody without a profile",
        sent=moment(line.sent_at, now),
        waits="" if line.state == ItemState.DONE else f"waits {waited(line.sent_at, now)}",
        why=why_here(line),
        state=STATES[line.state],
        outcome="" if line.status == "answered" else OUTCOMES.get(line.status, line.status),
        note=line.note,
        held=_held(line, mine=mine),
        is_unread=is_unread,
        tone=" is-urgent" if line.is_problem else " is-down" if line.thumbs_down else "",
    )


def _case_of(line: QueueLine) -> str:
    title = (line.case_title or "").removesuffix("…")
    return "" if " ".join(line.question.split()).startswith(title) else line.case_title or ""


def _held(line: QueueLine, *, mine: bool) -> str:
    if line.held_until is None:
        return ""
    return f"{'You have' if mine else f'{line.held_by_name} has'} it until {clock(line.held_until)}"


def _asked(query: Mapping[str, str]) -> Asked:
    """Return what the address asks for.

    Raises:
        BadRecordError: a state or a page that does not exist, or a value that is too long.
    """
    state, number = query.get("state", "new"), query.get("page", "1")
    if state not in {"all", *ItemState}:
        raise BadRecordError(f"the queue has no part {state[:40]!r}; open Review again")
    if not (number.isascii() and number.isdigit() and 0 < int(number[:6]) <= _LAST_PAGE):
        raise BadRecordError(f"the queue has no page {number[:10]!r}; open Review again")
    values = {name: query.get(name, "").strip() for name in _FILTERS}
    if any(len(value) > _LONGEST_CHARS for value in values.values()):
        raise BadRecordError(f"a filter: expected {_LONGEST_CHARS} characters at most; shorten it")
    return Asked(state=state, values=values, thumbs_down="thumbs_down" in query, number=int(number[:6]))


def _empty(asked: Asked, counts: Mapping[str, int]) -> tuple[str, str, str]:
    """Return what an empty list says, and where it leads: sentence, address, words of the link."""
    if asked.is_narrowed:
        bare = asked.address(**dict.fromkeys((*_FILTERS, "thumbs_down"), ""))
        return "Nothing here fits the filters.", bare, "Take the filters off"
    if asked.state == "new" and counts["needs-second"]:
        waiting = counted(counts["needs-second"], "answer")
        return f"{_EMPTY['new']} {waiting} could do with a second mentor.", "#/review?state=needs-second", "Look there"
    return _EMPTY[asked.state], "", ""


def _pages(asked: Asked, found: QueuePage) -> Mapping[str, str]:
    """Return the addresses of the pages before and after, empty where there is none, and which part is shown."""
    last = found.offset + len(found.items)
    return {
        "before": asked.address(page=asked.number - 1) if asked.number > 1 else "",
        "after": asked.address(page=asked.number + 1) if last < found.total else "",
        "shown": f"{found.offset + 1} to {last} of {found.total}" if found.items else "",
    }


def pace_of(desk: Desk) -> str:
    """Return how long a review takes, empty where none is finished."""
    minutes = desk.median_minutes()
    if minutes is None:
        return ""
    return f"Median review: {'under a minute' if minutes < 1 else counted(round(minutes), 'minute')}"


def _name(library: Library, viewpoint: str) -> str:
    known = library.viewpoint_by_id.get(viewpoint)
    return known.name if known else viewpoint


def _subject(library: Library, crux: str) -> str:
    known = library.crux_by_id.get(crux)
    return known.question if known else crux


def next_of(desk: Desk, after: int) -> int | None:
    """Return the item to go on with, None where there is none: nobody has it in hand, and it waits for this mentor."""
    if not desk.may(Action.READ_QUEUE):
        return None
    mine = desk.profile.id if desk.profile else None
    for state in (ItemState.NEW, ItemState.NEEDS_SECOND):
        for line in desk.queue(state, limit=LINES).items:
            is_free = line.id != after and line.asker_id != mine and line.held_by_id in (None, mine)
            if is_free and (state == ItemState.NEW or desk.queue_item(line.id).is_blind):
                return line.id
    return None
