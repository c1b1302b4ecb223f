"""HTTP beside the chat: answers as the JSON of the contract, errors as problem+json (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.exceptions import HTTPException

from assistant.pipeline import QuestionError
from assistant.records.errors import RecordsError
from assistant.separating import MAX_TURNS
from guardrails.dismissing import LONGEST_NOTE, DismissalError
from guardrails.types import Detail
from ui.conversations import Conversations

PROBLEM = "application/problem+json"
CONVERSATION = r"^[A-Za-z0-9_-]{1,64}$"
_EXPECTED = 'expected a JSON object such as {"question": "Does a weak calf cause knee pain?", "detail": "brief"}'


class DismissalOverHttp(BaseModel):
    """A red flag set aside by the clinician."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"pattern": "dvt", "reason": "scanned-clear", "note": "duplex yesterday"}]},
    )

    pattern: str = Field(max_length=80, description="as in `dismissing.patterns` of the answer that was escalated")
    reason: str = Field(max_length=80, description="scanned-clear, reviewed-by-medics, cue-misread or old-episode")
    note: str = Field(default="", max_length=LONGEST_NOTE, description="your own words; identifiers are removed")
    turn: int | None = Field(
        default=None, ge=1, description="the turn after which it was set aside, from 1; left out: with this question"
    )


class AskedOverHttp(BaseModel):
    """The body of a question."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "34M runner, SLHR 14 L v 27 R, anterior knee pain. Calf rehab?", "detail": "brief"}
            ]
        },
    )

    question: str = Field(description="the case or question, 8,000 characters at most")
    history: list[str] | None = Field(
        default=None,
        max_length=MAX_TURNS,
        description="earlier questions of this conversation, oldest first; left out, those kept under `conversation`",
    )
    detail: Detail | None = Field(default=None, description="brief (220 words at most) or full (400)")
    conversation: Annotated[str, StringConstraints(pattern=CONVERSATION)] | None = Field(
        default=None, description="the conversation it belongs to, such as c-1f2e"
    )
    dismissals: list[DismissalOverHttp] = Field(
        default_factory=list,
        max_length=MAX_TURNS,
        description="red flags set aside; in a conversation they are kept, and hold until later words raise them again",
    )


def build_router(conversations: Conversations) -> APIRouter:
    """Return the routes, all of them asking `conversations`."""
    router = APIRouter()

    @router.post("/api/v1/answers", summary="Answer a question")
    def post_answer(asked: AskedOverHttp, response: Response) -> dict[str, Any]:
        reply = conversations.reply(
            asked.question,
            conversation=asked.conversation,
            history=asked.history,
            detail=asked.detail,
            dismissals=[d.model_dump() for d in asked.dismissals],
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["Counterpoint-Kept"] = "yes" if reply.unkept is None else "no"
        if reply.is_new is not None:
            response.headers["Counterpoint-Conversation"] = "new" if reply.is_new else "continued"
        return reply.document

    @router.api_route("/api/v1/answers", methods=["GET", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def other_methods() -> None:
        """Answer here: the chat is mounted at the root and would take them otherwise."""
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})

    @router.get("/api/v1/answers/{answer_id}", summary="Return a kept answer")
    def get_answer(answer_id: str, response: Response) -> Any:
        found = conversations.kept(answer_id)
        if found is None:
            return problem(HTTPStatus.NOT_FOUND, "no answer of this id is kept; expected the `id` of an earlier answer")
        response.headers["Cache-Control"] = "no-store"
        return found

    @router.get("/healthz", summary="Tell whether questions can be answered")
    def healthz() -> dict[str, Any]:
        library = conversations.assistant.snapshot.library
        return {"status": "ok", "library": library.fingerprint, "passages": len(library.passages)}

    return router


def add_error_handlers(app: FastAPI) -> None:
    """Make every error of `app` a problem+json with a sentence for a person."""
    app.add_exception_handler(RequestValidationError, _on_bad_body)
    app.add_exception_handler(QuestionError, _on_bad_question)
    app.add_exception_handler(DismissalError, _on_bad_question)
    app.add_exception_handler(RecordsError, _on_records)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_anything)


def problem(status: int, detail: str) -> JSONResponse:
    """Return `detail` as problem+json; what the client sent is never repeated, so that nothing of a case leaks."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type=PROBLEM)


def _on_bad_body(_: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    places = "; ".join(_fault(fault) for fault in found[:3])
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{_EXPECTED}; {places}" if places else _EXPECTED)


def _fault(fault: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in fault["loc"][1:4] if isinstance(part, int) or str(part).isidentifier())
    return f"{place or 'body'}: {str(fault['msg'])[:160]}".encode("ascii", "replace").decode()


def _on_bad_question(_: Request, error: Exception) -> Response:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


def _on_records(_: Request, error: Exception) -> Response:
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))


def _on_http(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    if status == HTTPStatus.BAD_REQUEST:
        return problem(status, f"the body could not be read as JSON in UTF-8; {_EXPECTED}")
    response = problem(status, "the API is POST /api/v1/answers, GET /api/v1/answers/{id} and GET /healthz")
    response.headers.update(getattr(error, "headers", None) or {})
    return response


def _on_anything(_: Request, __: Exception) -> Response:
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Counterpoint failed on this question; nothing was kept. The terminal it runs in shows why; please report it.",
    )
