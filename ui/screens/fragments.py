"""Fragments: templates that escape, answers that nobody stores, and errors as a sentence in place."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException

from assistant.desk import NotAllowedError
from assistant.pipeline import QuestionError
from assistant.records.errors import BadRecordError, ConflictError, NotFoundError, RecordsError
from guardrails.dismissing import DismissalError

_TEMPLATES = Path(__file__).parent / "templates"
_FAILED = "Counterpoint failed here. The terminal it runs in shows why; please report it."
_STATUS: tuple[tuple[type[Exception], HTTPStatus], ...] = (  # the first that fits
    (NotAllowedError, HTTPStatus.FORBIDDEN),
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (ConflictError, HTTPStatus.CONFLICT),
    (BadRecordError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (QuestionError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (DismissalError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RecordsError, HTTPStatus.SERVICE_UNAVAILABLE),
)
_log = logging.getLogger(__name__)

environment = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    """Return `template` filled with `values`; no cache keeps it, it may hold a case."""
    html = environment.get_template(template).render(values)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


class ScreenRoute(APIRoute):
    """A route whose errors come back as a fragment that says what is wrong and what to do."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, its errors told in words."""
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handler(request)
            except RequestValidationError as error:
                return _alert(HTTPStatus.UNPROCESSABLE_ENTITY, _faults(error))
            except HTTPException as error:
                return _alert(HTTPStatus(error.status_code), str(error.detail))
            except tuple(kind for kind, _ in _STATUS) as error:
                return _alert(next(s for kind, s in _STATUS if isinstance(error, kind)), str(error))
            except Exception:  # noqa: BLE001 - the edge: a person is told in words, the terminal is shown why
                _log.exception("a screen failed")
                return _alert(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED)

        return told


def _alert(status: HTTPStatus, sentence: str) -> HTMLResponse:
    return page("alert.html", status, sentence=f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.")


def _faults(error: RequestValidationError) -> str:
    """Return what is wrong with a form, field by field; what was typed is not repeated."""
    return "; ".join(f"{'.'.join(map(str, f['loc'][1:])) or 'form'}: {f['msg']}" for f in error.errors()[:3])
