"""One answer under review: opened, saved as one goes, finished, taken up again, talked about, settled."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from assistant.desk import Desk, NotAllowedError
from assistant.desk.sampling import is_drawn_for_second
from assistant.records.errors import BadRecordError, ConflictError, NotFoundError
from assistant.records.review_types import ItemState, QueueItem
from corpus.library import Library
from ui.conversations import Conversations
from ui.screens.fragments import ScreenRoute, page
from ui.screens.reviewing_answer import Reading, reading_of
from ui.screens.reviewing_differences import difference
from ui.screens.reviewing_form import fields_of, form_of, judged, lacking
from ui.screens.reviewing_path import Path
from ui.screens.reviewing_view import comments_of, opened, path_at, verdicts
from ui.screens.reviewing_words import (
    ANSWER_VERDICTS,
    CITATION_VERDICTS,
    KEYS,
    VIEWPOINT_VERDICTS,
    clock,
    now_utc,
    told,
)
from ui.screens.visitors import Visitors

_NUMBER = re.compile(r"[1-9]\d{0,8}")
_WORDS = {
    "citation_verdicts": CITATION_VERDICTS,
    "viewpoint_verdicts": VIEWPOINT_VERDICTS,
    "answer_verdicts": ANSWER_VERDICTS,
    "keys": KEYS,
    "joint": verdicts(),
}
_STATUS = {
    NotAllowedError: HTTPStatus.FORBIDDEN,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
}
Fields = Annotated[dict[str, str], Depends(fields_of)]


class Bench:
    """One answer on the desk of whoever sends a request."""

    def __init__(self, desk: Desk, library: Library, item: str) -> None:
        """Look at the item of that number.

        Raises:
            NotFoundError: no item could have it.
        """
        self.desk, self.library, self.id = desk, library, number_of(item)

    def shown(self, notice: str = "") -> Response:
        """Return the whole screen; `notice` says what just happened."""
        shown = opened(self.desk, self.id, self.library)
        response = page("review/item.html", s=shown, notice=notice, **_WORDS)
        response.headers["HX-Trigger-After-Settle"] = "cp-read"
        return response

    def laid_out(self) -> tuple[QueueItem, Path, Reading]:
        """Return the item with the path through it."""
        item = self.desk.queue_item(self.id)
        path = path_at(self.desk, item)
        return item, path, reading_of(item.document, self.library, path)

    def save(self, fields: dict[str, str]) -> Response:
        """Keep a draft; what happened is told in the bar, and nothing else of the page is touched."""
        try:
            _, path, reading = self.laid_out()
            form = form_of(fields, reading, path.sampled)
            saved = self.desk.save_review(self.id, form)
        except (NotAllowedError, NotFoundError, ConflictError, BadRecordError) as error:
            return _unsaved(error)
        until = self.desk.queue_item(self.id).held_until
        return page(
            "review/saved.html",
            at=clock(saved.saved_at),
            until=clock(until) if until else "",
            judged=judged(form, path),
            asked=len(path.numbers),
            changes=difference(reading.body, saved.form.corrected or reading.body),
            wanted=lacking(form, reading, path) if "told" in fields else None,
        )

    def finish(self, fields: dict[str, str]) -> Response:
        """Finish a review, or keep it as a draft and say what it lacks."""
        item, path, reading = self.laid_out()
        form = form_of(fields, reading, path.sampled)
        if wanted := lacking(form, reading, path):
            self.desk.save_review(self.id, form)
            return page("review/lacking.html", HTTPStatus.UNPROCESSABLE_ENTITY, wanted=wanted)
        drawn = not item.is_blind and not form.wants_second and is_drawn_for_second(item.answer_id)
        self.desk.save_review(self.id, form, finish=True)
        response = self.shown(self._finished(drawn=drawn))
        response.headers["HX-Retarget"] = "#cp-screen"
        return response

    def release(self) -> Response:
        """Put the item back; the draft stays."""
        self.desk.release(self.id)
        return page("review/released.html", id=self.id)

    def reopen(self) -> Response:
        """Take one's own finished review up again."""
        self.desk.reopen(self.id)
        return self.shown("Taken up again. The review you had finished is kept beside this one.")

    def agree(self, fields: dict[str, str]) -> Response:
        """Come to a verdict with the other mentor."""
        self.desk.agree(self.id, fields.get("verdict", ""), fields.get("note", ""))
        return self.shown("Kept.")

    def dissent(self, fields: dict[str, str]) -> Response:
        """Hold to one's own verdict."""
        self.desk.dissent(self.id, fields.get("note", ""))
        return self.shown("Kept, with your reason.")

    def comment(self, fields: dict[str, str]) -> Response:
        """Say something to the other side; what cannot be kept stays in the box."""
        trouble, typed = "", fields.get("text", "")
        try:
            self.desk.comment(self.id, typed)
            typed = ""
        except BadRecordError as error:
            trouble = told(error)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK
        said = comments_of(self.desk, self.id)
        return page(
            "review/thread.html", status, id=self.id, comments=said, may_comment=True, trouble=trouble, typed=typed
        )

    def _finished(self, *, drawn: bool) -> str:
        if self.desk.queue_item(self.id).state == ItemState.DONE:
            return "Finished and kept."
        why = "It was drawn for a second, blind review, as one in ten is." if drawn else "A second mentor will follow."
        return f"Finished and kept. {why}"


def number_of(item: str) -> int:
    """Return the number that an address names.

    Raises:
        NotFoundError: no item could have it.
    """
    if not _NUMBER.fullmatch(item):
        raise NotFoundError(f"the queue has no answer {item[:20]!r}; open Review to see what it has")
    return int(item)


def build_item(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes of one answer under review."""
    router = APIRouter(prefix="/review/{item}", route_class=ScreenRoute)

    def bench(request: Request, item: str) -> Bench:
        return Bench(visitors.desk(request), conversations.assistant.snapshot.library, item)

    @router.get("")
    def show(request: Request, item: str) -> Response:
        return bench(request, item).shown()

    @router.post("/saved")
    def save(request: Request, item: str, fields: Fields) -> Response:
        return bench(request, item).save(fields)

    @router.post("/finished")
    def finish(request: Request, item: str, fields: Fields) -> Response:
        return bench(request, item).finish(fields)

    @router.post("/released")
    def release(request: Request, item: str) -> Response:
        return bench(request, item).release()

    @router.post("/reopened")
    def reopen(request: Request, item: str) -> Response:
        return bench(request, item).reopen()

    _add_talk(router, bench)
    return router


def _add_talk(router: APIRouter, bench: Callable[[Request, str], Bench]) -> None:
    """Add what is said once a review is there."""

    @router.post("/agreed")
    def agree(request: Request, item: str, fields: Fields) -> Response:
        return bench(request, item).agree(fields)

    @router.post("/dissented")
    def dissent(request: Request, item: str, fields: Fields) -> Response:
        return bench(request, item).dissent(fields)

    @router.post("/comments")
    def comment(request: Request, item: str, fields: Fields) -> Response:
        return bench(request, item).comment(fields)


def _unsaved(error: Exception) -> Response:
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), HTTPStatus.UNPROCESSABLE_ENTITY)
    is_kept = isinstance(error, ConflictError)
    return page("review/unsaved.html", status, sentence=told(error), is_kept=is_kept, at=clock(now_utc()))
