"""The mentors' queue: what waits, who has it in hand, reviews, and words between mentor and physio."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from assistant.desk import Desk
from assistant.records.errors import ConflictError
from assistant.records.review_types import ItemState, QueueItem, ReviewForm
from guardrails.types import Status
from ui.api import desk_shapes as shapes
from ui.api.caching import TaggedRoute
from ui.api.describing import answered, problems
from ui.api.pages import WindowHere
from ui.api.problems import ProblemError
from ui.api.who import DeskHere
from ui.api.words import Search

router = APIRouter(prefix="/api/v1/queue", tags=["reviews"], route_class=TaggedRoute)
_LARGEST_ID = 2**31 - 1  # what every database takes as a number of an item
ItemInPath = Annotated[int, Path(ge=1, le=_LARGEST_ID, description="the number of an item of the queue")]
Id = Annotated[str | None, Query(max_length=120)]
_ITEM = answered(shown="queue-item")
_USUAL = problems(401, 403, 404, 422, 503)
_BUSY = problems(401, 403, 404, 409, 413, 422, 503)


@router.get("", operation_id="listQueue", summary="List the queue",
            responses={200: answered(shown="queue"), **problems(401, 403, 422, 503)})  # fmt: skip
def list_queue(  # noqa: PLR0913 - the filters of one list
    *,
    desk: DeskHere,
    window: WindowHere,
    state: Annotated[ItemState | None, Query(description="new, in-review, needs-second or done")] = None,
    viewpoint: Annotated[Id, Query(description="the id of a school that the answer cites")] = None,
    school: Annotated[Id, Query(description="the asker's own school, by id")] = None,
    status: Annotated[Status | None, Query(description="the answer's outcome")] = None,
    physio: Annotated[Id, Query(description="the profile of who asked, by id")] = None,
    crux: Annotated[Id, Query(description="the question that the answer turns on, by id")] = None,
    thumbs_down: Annotated[bool, Query(description="only what was judged badly or reported")] = False,
    search: Annotated[Search | None, Query(description="words of the question, the note or the asker's name")] = None,
) -> shapes.QueueShownPage:
    """List what waits before what is done, problems first, then who has waited longest; for mentors."""
    found = desk.queue(
        state, viewpoint=viewpoint, school=school, status=status, physio=physio, crux=crux,
        thumbs_down=thumbs_down, search=search, limit=window.limit, offset=window.offset,
    )  # fmt: skip
    window.tell(found.total)
    items = [shapes.QueueLineShown.of(line) for line in found.items]
    return shapes.QueueShownPage(items=items, total=found.total, limit=found.limit, offset=found.offset)


@router.post("", operation_id="sendToMentor", summary="Send an answer to a mentor", status_code=HTTPStatus.CREATED,
             response_model=shapes.QueueItemShown, responses={201: _ITEM, **_BUSY})  # fmt: skip
def send_to_mentor(sent: shapes.ToMentor, desk: DeskHere) -> JSONResponse:
    """Put an answer in the mentors' queue with a word to them; on one that stands there the word becomes a comment."""
    return _shown(desk.send_to_mentor(sent.answer_id, sent.note), HTTPStatus.CREATED)


@router.get("/choices", operation_id="readQueueChoices", summary="Tell what the queue can be narrowed to",
            responses={200: answered(shown="queue-choices"), **problems(401, 403, 503)})  # fmt: skip
def read_choices(desk: DeskHere) -> shapes.Choices:
    """Return the schools, questions and people that answers in the queue have, and how many stand in each state."""
    return shapes.Choices.of(desk.queue_choices())


@router.get("/unread", operation_id="readUnread", summary="Tell where there is something new to read",
            responses={200: answered(shown="unread"), **problems(401, 503)})  # fmt: skip
def read_unread(desk: DeskHere) -> shapes.Unread:
    """Return the items that concern the profile on which another has said something since they looked."""
    items = list(desk.unread_items())
    return shapes.Unread(count=len(items), items=items)


@router.get("/{item_id}", operation_id="readQueueItem", summary="Read an answer in the queue",
            response_model=shapes.QueueItemShown, responses={200: _ITEM, **_USUAL})  # fmt: skip
def read_item(item_id: ItemInPath, desk: DeskHere) -> JSONResponse:
    """Return an answer with all that may be seen of its reviews; a colleague's only after one's own is finished."""
    return _shown(desk.queue_item(item_id))


@router.put("/{item_id}/reservation", operation_id="reserve", summary="Take an answer in hand",
            response_model=shapes.QueueItemShown, responses={200: _ITEM, **_BUSY})  # fmt: skip
def reserve(item_id: ItemInPath, desk: DeskHere) -> JSONResponse:
    """Reserve an answer for half an hour; saving a review renews it. 409 says who has it and until when."""
    with _told(desk, item_id):
        return _shown(desk.reserve(item_id))


@router.delete("/{item_id}/reservation", operation_id="release", summary="Put an answer back",
               status_code=HTTPStatus.NO_CONTENT, responses=_USUAL)  # fmt: skip
def release(item_id: ItemInPath, desk: DeskHere) -> None:
    """Give up one's reservation; a draft of the review stays."""
    desk.release(item_id)


@router.put("/{item_id}/review", operation_id="saveReview", summary="Save or finish a review",
            responses={200: answered(shown="review"), **_BUSY})  # fmt: skip
def save_review(item_id: ItemInPath, saved: shapes.ReviewSaved, desk: DeskHere) -> shapes.ReviewShown:
    """Keep a review as a draft, or finish it; a finished one is never changed, only superseded."""
    form = ReviewForm(
        citations=saved.citations, viewpoints=saved.viewpoints, verdict=saved.verdict, corrected=saved.corrected,
        comment=saved.comment, sampled=tuple(saved.sampled), wants_second=saved.wants_second,
    )  # fmt: skip
    with _told(desk, item_id):
        return shapes.ReviewShown.of(desk.save_review(item_id, form, finish=saved.finish))


@router.delete("/{item_id}/review", operation_id="reopenReview", summary="Take up one's finished review again",
               response_model=shapes.QueueItemShown, responses={200: _ITEM, **_BUSY})  # fmt: skip
def reopen(item_id: ItemInPath, desk: DeskHere) -> JSONResponse:
    """Supersede one's finished review, to write it anew; the old one is kept, what it approved is withdrawn."""
    with _told(desk, item_id):
        return _shown(desk.reopen(item_id))


@router.post("/{item_id}/agreement", operation_id="agree", summary="Take over a verdict after the reveal",
             response_model=shapes.QueueItemShown, responses={200: _ITEM, **_BUSY})  # fmt: skip
def agree(item_id: ItemInPath, agreed: shapes.Agreed, desk: DeskHere) -> JSONResponse:
    """Say after both reviews are finished which verdict one holds now; where both hold the same, it stands."""
    return _shown(desk.agree(item_id, agreed.verdict, agreed.note))


@router.post("/{item_id}/dissent", operation_id="dissent", summary="Hold to one's own verdict",
             response_model=shapes.QueueItemShown, responses={200: _ITEM, **_BUSY})  # fmt: skip
def dissent(item_id: ItemInPath, dissented: shapes.Dissented, desk: DeskHere) -> JSONResponse:
    """Keep that one holds to one's own verdict, and why; then none stands, and nothing is approved."""
    return _shown(desk.dissent(item_id, dissented.note))


@router.get("/{item_id}/comments", operation_id="listComments", summary="List comments",
            responses={200: answered(shown="comments"), **_USUAL})  # fmt: skip
def list_comments(item_id: ItemInPath, desk: DeskHere, window: WindowHere) -> shapes.CommentPage:
    """List the words between mentor and physio about an answer, as far as they may be seen."""
    return shapes.CommentPage(**window.cut(desk.comments(item_id), shapes.CommentShown.of))


@router.post("/{item_id}/comments", operation_id="comment", summary="Comment on an answer",
             status_code=HTTPStatus.CREATED, responses={201: answered(shown="comment"), **_BUSY})  # fmt: skip
def comment(item_id: ItemInPath, made: shapes.CommentMade, desk: DeskHere) -> shapes.CommentShown:
    """Keep a comment; the physio who asked and the mentors see it."""
    return shapes.CommentShown.of(desk.comment(item_id, made.text))


@router.put("/{item_id}/read", operation_id="markRead", summary="Mark an answer's comments and reviews as read",
            status_code=HTTPStatus.NO_CONTENT, responses=_USUAL)  # fmt: skip
def mark_read(item_id: ItemInPath, desk: DeskHere) -> None:
    """Keep that the profile has seen what there is on an answer."""
    desk.mark_read(item_id)


def _shown(item: QueueItem, status: HTTPStatus = HTTPStatus.OK) -> JSONResponse:
    """Return an item as JSON, its answer untouched."""
    told = shapes.QueueItemSeen.of(item).model_dump(mode="json")
    return JSONResponse({**told, "document": dict(item.document)}, status_code=status)


@contextmanager
def _told(desk: Desk, item_id: int) -> Iterator[None]:
    """Say of a conflict who has the item and until when, beside the sentence.

    Raises:
        ProblemError: a colleague was quicker, 409.
    """
    try:
        yield
    except ConflictError as error:
        held = desk.queue_item(item_id)
        until = None if held.held_until is None else held.held_until.isoformat()
        raise ProblemError(HTTPStatus.CONFLICT, str(error), by=held.held_by_name, until=until) from error
