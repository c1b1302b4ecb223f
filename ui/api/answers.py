"""Questions answered, as JSON or as a stream of events, and kept answers read again in several forms."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.desk import Desk
from assistant.separating import MAX_TURNS
from guardrails.dismissing import LONGEST_NOTE
from guardrails.types import Detail
from ui.api import exports
from ui.api.answer_shapes import AnswerGiven
from ui.api.backing import Backing, BackingHere
from ui.api.caching import TaggedRoute
from ui.api.describing import answered, problems
from ui.api.negotiating import chosen
from ui.api.streaming import EVENT_STREAM, streamed
from ui.api.who import AskingDesk, DeskHere
from ui.api.words import AnswerInPath, ConversationId, FormInPath
from ui.conversations import Reply
from ui.papers.note import note, turns_of

router = APIRouter(prefix="/api/v1/answers", tags=["answers"], route_class=TaggedRoute)

_NOTE = "Physiotherapy note, 2026-11-30 (drafted by Counterpoint; read and correct before filing)\nS: 34M runner …\n"


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
    conversation: ConversationId | None = Field(
        default=None, description="the conversation it belongs to, such as c-1f2e; made where it does not exist"
    )
    dismissals: list[DismissalOverHttp] = Field(
        default_factory=list,
        max_length=MAX_TURNS,
        description="red flags set aside; in a conversation they are kept, and hold until later words raise them again",
    )


@router.post(
    "",
    operation_id="ask",
    summary="Answer a question",
    response_model=AnswerGiven,
    responses={200: answered(EVENT_STREAM, shown="answer"), **problems(400, 401, 403, 406, 413, 422, 503)},
)
async def ask(asked: AskedOverHttp, request: Request, backing: BackingHere, desk: AskingDesk) -> Response:
    """Answer a case or a question with both schools, their evidence and its references, and keep the answer.

    With `Accept: text/event-stream` the reply is a stream: a `stage` event as each step begins, then a `section` event
    for each part of the answer, then the whole as `answer`, and `done`. Nothing of an answer is sent before it is
    checked, and it is kept even when the client goes away. The header `Counterpoint-Kept` says whether it was kept.
    """
    form = chosen(request, ("application/json", EVENT_STREAM))
    work = partial(_reply, backing, asked, desk)
    if form == EVENT_STREAM:
        return await streamed(lambda on_stage: work(on_stage=on_stage), backing.streaming)
    reply = await run_in_threadpool(work)
    return JSONResponse(reply.document, headers=_told(reply))


def _reply(backing: Backing, asked: AskedOverHttp, desk: Desk | None, **more: Any) -> Reply:
    return backing.conversations.reply(
        asked.question,
        conversation=asked.conversation,
        history=asked.history,
        detail=asked.detail,
        dismissals=[d.model_dump() for d in asked.dismissals],
        desk=desk,
        **more,
    )


def _told(reply: Reply) -> dict[str, str]:
    headers = {"Counterpoint-Kept": "yes" if reply.unkept is None else "no"}
    if reply.is_new is not None:
        headers["Counterpoint-Conversation"] = "new" if reply.is_new else "continued"
    return headers


@router.get(
    "/{answer_id}.{form}",
    operation_id="exportAnswer",
    summary="Save a kept answer as a file",
    response_model=AnswerGiven,
    responses={200: answered(exports.MARKDOWN, exports.PDF, shown="answer"), **problems(401, 403, 404, 422, 503)},
)
def export_answer(answer_id: AnswerInPath, form: FormInPath, backing: BackingHere, desk: DeskHere) -> Response:
    """Return a kept answer as a file, with its references: `…/a-….md`, `…/a-….pdf` or `…/a-….json`."""
    [document] = desk.with_results(desk.answer(answer_id))
    return exports.as_file(document, form, backing)


@router.get(
    "/{answer_id}/note",
    operation_id="readNote",
    summary="Read a kept answer as a clinical note",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"example": _NOTE}}}, **problems(401, 403, 404, 422, 503)},
)
def read_note(answer_id: AnswerInPath, backing: BackingHere, desk: DeskHere) -> str:
    """Return a note in plain text, in the order of SOAP: what was typed, results, and plan; no finding of its own."""
    kept = desk.answer(answer_id)
    [document] = desk.with_results(kept)
    return note(document, backing.assistant.snapshot.library, turns=turns_of(kept.trace))


@router.get(
    "/{answer_id}",
    operation_id="readAnswer",
    summary="Read a kept answer",
    response_model=AnswerGiven,
    responses={200: answered(exports.MARKDOWN, exports.PDF, shown="answer"), **problems(401, 403, 404, 406, 422, 503)},
)
def read_answer(answer_id: AnswerInPath, request: Request, backing: BackingHere, desk: DeskHere) -> Response:
    """Return an answer as it was given, with its references, as JSON, Markdown or PDF by the Accept header."""
    form = chosen(request, tuple(exports.FORMS))
    [document] = desk.with_results(desk.answer(answer_id))
    if form == exports.JSON:
        return JSONResponse(document, headers={"Vary": "Accept"})
    return exports.as_form(document, form, backing)
