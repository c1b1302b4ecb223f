"""Every error as problem+json (RFC 9457) with a sentence for a person; on a screen, as a fragment that says it.

ProblemError
└── UnchangedError   what the client holds is what it would get again: 304, no body

What a client sent is never repeated, so that nothing of a case leaks into a log or another page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from assistant.desk import NotAllowedError
from assistant.pipeline import QuestionError
from assistant.records.errors import BadRecordError, ConflictError, NotFoundError, RecordsError
from corpus.errors import (
    AlreadyShelvedError,
    CorpusError,
    DocumentError,
    OutOfRangeError,
    ShelfError,
)
from guardrails.dismissing import DismissalError
from ui.escaping import text

PROBLEM = "application/problem+json"
SCREENS = "/screens/"
_EXPECTED = "the request does not fit; what each one takes is described at /api/v1/docs"
_JSON = "expected a JSON object as described at /api/v1/docs"
_FAILED = "Counterpoint failed on this request; nothing was kept. The terminal it runs in shows why; please report it."
_RETRY_SECONDS = "5"  # chosen: another process that holds the records lets go within one or two
_WORDS: Mapping[int, str] = {
    400: "the body could not be read as JSON in UTF-8, nor as a form; see /api/v1/docs for what is expected",
    404: "nothing is here; the API begins with POST /api/v1/answers and is described at /api/v1/docs",
    405: "this address does not take that method; the API begins with POST /api/v1/answers, see /api/v1/docs",
    413: "the request is too long; shorten the text or split the document",
    415: "this kind of content is not taken here; send JSON, or a form where a document is uploaded",
}


class Problem(BaseModel):
    """What went wrong, in a sentence for a person (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "no answer of this id is kept"}
            ]
        }
    )

    type: str = Field(default="about:blank", description="always about:blank: the status says which kind it is")
    title: str = Field(description="the status in words")
    status: int = Field(description="the status as a number")
    detail: str = Field(description="what was expected, what came, and what to do next")
    by: str | None = Field(default=None, description="of a conflict: who holds the thing now")
    until: datetime | None = Field(default=None, description="of a conflict: until when")


class ProblemError(Exception):
    """A request that cannot be answered as asked, with the status and the sentence that say why."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        """Say what goes out: `more` are members of the problem beside the usual ones."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = more


class UnchangedError(ProblemError):
    """The client holds the newest already."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        """Take the headers that a 304 repeats."""
        super().__init__(HTTPStatus.NOT_MODIFIED, "", headers)


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> JSONResponse:
    """Return `detail` as problem+json."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail, **more}
    return JSONResponse(body, status_code=status, media_type=PROBLEM, headers=headers)


def refusal(
    path: str, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:  # fmt: skip
    """Return an error in the form that the reader of `path` expects: a fragment on a screen, else problem+json."""
    if not path.startswith(SCREENS):
        return problem(status, detail, headers, **more)
    words = text(detail[:1].upper() + detail[1:])
    fragment = (
        '<section class="cp-page cp-problem" aria-labelledby="cp-problem">'
        f'<h1 id="cp-problem" tabindex="-1">{text(HTTPStatus(status).phrase)}</h1><p role="alert">{words}</p></section>'
    )
    return HTMLResponse(fragment, status_code=status, headers={**(headers or {}), "Cache-Control": "no-store"})


def add_error_handlers(app: FastAPI) -> None:
    """Make every error of `app` a sentence for a person."""
    for kind, status in _STATUSES.items():
        app.add_exception_handler(kind, _telling(status))
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(DocumentError, _on_document)
    app.add_exception_handler(RequestValidationError, _on_bad_request)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_anything)


_STATUSES: Mapping[type[Exception], HTTPStatus] = {
    QuestionError: HTTPStatus.UNPROCESSABLE_ENTITY,
    DismissalError: HTTPStatus.UNPROCESSABLE_ENTITY,
    OutOfRangeError: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadRecordError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotAllowedError: HTTPStatus.FORBIDDEN,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    ShelfError: HTTPStatus.CONFLICT,
    CorpusError: HTTPStatus.SERVICE_UNAVAILABLE,
    RecordsError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""What each error of a lower package means over HTTP; the nearest kind counts."""


def _telling(status: HTTPStatus) -> Any:
    def tell(request: Request, error: Exception) -> Response:
        headers = {"Retry-After": _RETRY_SECONDS} if getattr(error, "retry_helps", False) else {}
        return refusal(request.url.path, status, str(error), headers)

    return tell


def _on_problem(request: Request, error: Exception) -> Response:
    if isinstance(error, UnchangedError):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=error.headers)
    found = error if isinstance(error, ProblemError) else ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED)
    return refusal(request.url.path, found.status, found.detail, found.headers, **found.more)


def _on_document(request: Request, error: Exception) -> Response:
    """Leave out the path: it names a temporary file of ours."""
    is_there = isinstance(error, AlreadyShelvedError)
    status = HTTPStatus.CONFLICT if is_there else HTTPStatus.UNPROCESSABLE_ENTITY
    reason = error.reason if isinstance(error, DocumentError) else _EXPECTED
    return refusal(request.url.path, status, f"the document {reason}" if is_there else f"the document: {reason}")


def _on_bad_request(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    is_json = any(fault["loc"][0] == "body" for fault in found) and "form" not in request.headers.get(
        "content-type", ""
    )
    said = "; ".join([_JSON if is_json else _EXPECTED, *(_fault(fault) for fault in found[:3])])
    return refusal(request.url.path, HTTPStatus.UNPROCESSABLE_ENTITY, said)


def _fault(fault: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in fault["loc"][1:4] if isinstance(part, int) or _is_name(str(part)))
    return f"{place or 'body'}: {str(fault['msg'])[:160]}".encode("ascii", "replace").decode()


def _is_name(part: str) -> bool:
    return part.replace("-", "_").isidentifier()


def _on_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    headers = dict(getattr(error, "headers", None) or {})
    return refusal(request.url.path, status, _WORDS.get(status, f"{HTTPStatus(status).phrase}; {_EXPECTED}"), headers)


def _on_anything(request: Request, _: Exception) -> Response:
    return refusal(request.url.path, HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED)
