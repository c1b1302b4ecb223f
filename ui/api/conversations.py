"""The cases that were talked over: found, read with every reference, renamed, deleted."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from ui.api import desk_shapes as shapes
from ui.api import exports
from ui.api.backing import BackingHere
from ui.api.caching import TaggedRoute
from ui.api.describing import answered, problems
from ui.api.pages import WindowHere
from ui.api.problems import ProblemError
from ui.api.who import DeskHere
from ui.api.words import ConversationInPath, FormInPath, Search

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"], route_class=TaggedRoute)


@router.get("", operation_id="listConversations", summary="List cases",
            responses={200: answered(shown="conversations"), **problems(401, 422, 503)})  # fmt: skip
def list_conversations(
    desk: DeskHere,
    window: WindowHere,
    search: Annotated[Search | None, Query(description="words of the title or of a question")] = None,
) -> shapes.ConversationPage:
    """List one's own cases and nobody's, the latest first."""
    found = desk.cases(search, limit=window.limit, offset=window.offset)
    window.tell(found.total)
    items = [shapes.ConversationLine.of(line) for line in found.items]
    return shapes.ConversationPage(items=items, total=found.total, limit=found.limit, offset=found.offset)


@router.get("/{conversation_id}.{form}", operation_id="exportConversation", summary="Save a case as a file",
            response_model=shapes.CaseExported,
            responses={200: answered(exports.MARKDOWN, exports.PDF, shown="case-file"),
                       **problems(401, 403, 404, 422, 503)})  # fmt: skip
def export_conversation(
    conversation_id: ConversationInPath, form: FormInPath, desk: DeskHere, backing: BackingHere
) -> Response:
    """Return all answers of a case as one file, oldest first: `…/c-….md`, `…/c-….pdf` or `…/c-….json`."""
    case = desk.case(conversation_id)
    if not case.answers:
        raise ProblemError(HTTPStatus.NOT_FOUND, "no answer of this case is kept any more")
    return exports.case_as_file(desk.with_results(*case.answers), case.title, form, backing)


@router.get("/{conversation_id}", operation_id="readConversation", summary="Read a case",
            response_model=shapes.ConversationShown,
            responses={200: answered(shown="conversation"), **problems(401, 403, 404, 422, 503)})  # fmt: skip
def read_conversation(conversation_id: ConversationInPath, desk: DeskHere) -> JSONResponse:
    """Return a case with its answers in order, each as it was given, with its references."""
    case = desk.case(conversation_id)
    return JSONResponse({**shapes.to_line(case), "answers": [dict(kept.document) for kept in case.answers]})


@router.patch("/{conversation_id:dotless}", operation_id="renameConversation", summary="Rename a case",
              response_model=shapes.ConversationLine,
              responses={200: answered(shown="case"), **problems(401, 403, 404, 413, 422, 503)})  # fmt: skip
def rename_conversation(conversation_id: ConversationInPath, renamed: shapes.Renamed, desk: DeskHere) -> Any:
    """Give a case another title, cut to one line; what names a patient is taken out."""
    desk.rename_case(conversation_id, renamed.title)
    return shapes.to_line(desk.case(conversation_id))


@router.delete("/{conversation_id:dotless}", operation_id="deleteConversation", summary="Delete a case",
               status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404, 422, 503))  # fmt: skip
def delete_conversation(conversation_id: ConversationInPath, desk: DeskHere) -> None:
    """Delete a case with everything that came of it: answers, thumbs, reviews, comments, approvals."""
    desk.delete_case(conversation_id)
