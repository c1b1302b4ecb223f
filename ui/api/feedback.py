"""What the asker makes of an answer: thumbs with reasons, and their own answer put down first."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from ui.api import desk_shapes as shapes
from ui.api.caching import TaggedRoute
from ui.api.describing import answered, problems
from ui.api.pages import WindowHere
from ui.api.problems import ProblemError
from ui.api.who import DeskHere
from ui.api.words import AnswerInPath

router = APIRouter(prefix="/api/v1/answers/{answer_id}", tags=["answers"], route_class=TaggedRoute)


@router.post("/feedback", operation_id="giveFeedback", summary="Judge an answer", status_code=HTTPStatus.CREATED,
             responses={201: answered(shown="feedback"), **problems(401, 403, 404, 413, 422, 503)})  # fmt: skip
def give_feedback(answer_id: AnswerInPath, given: shapes.FeedbackGiven, desk: DeskHere) -> shapes.FeedbackShown:
    """Keep a thumb with its reasons; one that is down, or a problem, lands in the mentors' queue."""
    return shapes.FeedbackShown.of(desk.give_feedback(answer_id, given.thumb, given.reasons, given.note))


@router.get("/feedback", operation_id="listFeedback", summary="List the thumbs given to an answer",
            responses={200: answered(shown="feedbacks"), **problems(401, 403, 404, 422, 503)})  # fmt: skip
def list_feedback(answer_id: AnswerInPath, desk: DeskHere, window: WindowHere) -> shapes.FeedbackPage:
    """List the thumbs given to an answer, in order; the last one of a person counts."""
    return shapes.FeedbackPage(**window.cut(desk.feedback(answer_id), shapes.FeedbackShown.of))


@router.post("/commitment", operation_id="commit", summary="Put down one's own answer",
             status_code=HTTPStatus.CREATED,
             responses={201: answered(shown="commitment"), **problems(401, 403, 404, 409, 413, 422, 503)})  # fmt: skip
def commit(answer_id: AnswerInPath, made: shapes.CommitmentMade, desk: DeskHere) -> shapes.CommitmentShown:
    """Keep the asker's own answer, put down before ours is seen; the first one stands."""
    return shapes.CommitmentShown.of(desk.commit(answer_id, made.text))


@router.get("/commitment", operation_id="readCommitment", summary="Read what one put down",
            responses={200: answered(shown="commitment"), **problems(401, 403, 404, 422, 503)})  # fmt: skip
def read_commitment(answer_id: AnswerInPath, desk: DeskHere) -> shapes.CommitmentShown:
    """Return one's own answer as it was put down."""
    found = desk.commitment(answer_id)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "you put down no answer of your own before seeing this one")
    return shapes.CommitmentShown.of(found)
