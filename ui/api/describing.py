"""The API's description of itself (OpenAPI 3.1) and a page that shows it, both without a request to anywhere else."""

from __future__ import annotations

import json
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse

from ui.about import installed_version
from ui.api.problems import PROBLEM, Problem, ProblemError
from ui.page import policy_of_documents

OPENAPI = "/api/v1/openapi.json"
DOCS = "/api/v1/docs"
_SUMMARY = "Decision support for physiotherapists: both schools of a debate, checked citations, what would decide it."
_DESCRIPTION = """
One team, one machine: Counterpoint listens on this machine's own address only and has no passwords. Who asks is said
by the header `Counterpoint-Profile` (or the cookie `counterpoint-profile`) with the id of a profile; without one you
may ask and read what belongs to nobody, and may not send to a mentor, review or comment.

Every list takes `limit` and `offset`, tells its `total`, and names the other parts in the `Link` header (RFC 8288).
Every error is a problem (RFC 9457) whose `detail` is a sentence: what was expected and what to do next. Every read
carries an `ETag`; send it back as `If-None-Match` and get 304 where nothing has changed.

Supports clinicians' judgement and does not replace it; not for patients.
"""
_TAGS = {
    "answers": "Ask, and read what was answered, with its references.",
    "conversations": "The cases that were talked over.",
    "profiles": "Who asks and who reviews.",
    "reviews": "What physios sent to their mentors, and what the mentors say of it.",
    "library": "What answers rest on: sources, passages, disputed questions, red flags; a clinic's own documents.",
    "measures": "Clinical tests and scores, worked out.",
    "health": "Whether the service is alive and ready.",
}
_SHOWN = {
    "text/event-stream": {
        "example": 'event: stage\ndata: {"stage":"evidence"}\n\n'
        'event: section\ndata: {"number":1,"of":8,"section":{…}}\n\n'
        'event: answer\ndata: {"schema":"counterpoint/answer/1",…}\n\n'
        'event: done\ndata: {"kept":true,"conversation":"new"}\n\n'
    },
    "application/yaml": {"example": "schema: counterpoint/eval-case/1\ncases:\n- id: reviewed-7\n  suite: answers\n"},
    "text/csv": {"example": "review,item,answer,question\n1,7,a-3ea5952b54843c52ed7d,Calf rehab?\n"},
    "text/markdown": {
        "example": "**Short answer**\n\nCalf work is worth trying here. [1]\n\n**References**\n\n[1] …\n"
    },
}
_NAMED = "example:"
_ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
_WHEN = {
    400: "The body could not be read.",
    401: "No profile has the id that was sent.",
    403: "This profile may not do that, or another site's page sent the request.",
    404: "There is no such thing.",
    405: "The address does not take this method.",
    406: "None of the forms in the Accept header is offered.",
    409: "Somebody else holds it now, or it is there already; `by` and `until` say who and how long.",
    413: "The request is too long.",
    415: "This kind of content is not taken.",
    422: "The request does not fit; the sentence says where.",
    503: "The records or the library cannot be used now; the sentence says why.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the description of these errors of a route."""
    return {status: _problem(_WHEN[status], status) for status in statuses}


def _problem(description: str, status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    shown = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": description}
    return {"description": description, "content": {PROBLEM: {"schema": schema, "example": shown}}}


def answered(*others: str, shown: str | None = None) -> dict[str, Any]:
    """Return the description of what a route answers: the name of its example, and the `others` of its forms.

    The name is "NAME" or "NAME/PART" of `example`; the example itself is put in last, for FastAPI takes every null out.
    """
    content: dict[str, Any] = {form: {"schema": {"type": "string"}, **_SHOWN.get(form, {})} for form in others}
    if shown is not None:
        content["application/json"] = {"example": f"{_NAMED}{shown}"}
    return {"content": content}


def example(name: str, part: str | None = None) -> Any:
    """Return the example that lies in ``examples/NAME.json``, or a `part` of it; ``tests.api_examples`` makes them."""
    held = json.loads(files("ui.api").joinpath("examples", f"{name}.json").read_text(encoding="utf-8"))
    return held if part is None else held[part]


def describe(app: FastAPI) -> None:
    """Make `app` describe its API, and serve the page that shows the description."""
    app.openapi = lambda: _described(app)
    app.include_router(_pages())


def _described(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        found = get_openapi(
            title="Counterpoint",
            version=installed_version(),
            summary=_SUMMARY,
            description=_DESCRIPTION,
            routes=app.routes,
            tags=[{"name": name, "description": words} for name, words in _TAGS.items()],
        )
        app.openapi_schema = _finished(found)
    return app.openapi_schema


def _finished(found: dict[str, Any]) -> dict[str, Any]:
    """Add what holds for every route: how errors look, and that a read may be unchanged."""
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for path in found["paths"].values():
        for method, operation in path.items():
            if method == "get":
                operation["responses"].setdefault("304", {"description": "What you hold is the newest."})
            operation["responses"].setdefault("default", _problem("Any other error.", 500))
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):  # FastAPI's own form
                operation["responses"]["422"] = _problem(_WHEN[422], 422)
            for response in operation["responses"].values():
                _show(response.get("content", {}).get("application/json", {}))
    return found


def _show(content: dict[str, Any]) -> None:
    named = content.get("example")
    if isinstance(named, str) and named.startswith(_NAMED):
        content["example"] = example(*named.removeprefix(_NAMED).split("/"))


def _pages() -> APIRouter:
    router = APIRouter(include_in_schema=False)
    folder = Path(str(files("fastapi_offline"))) / "static"

    @router.get(DOCS)
    async def page() -> HTMLResponse:
        shown = get_swagger_ui_html(
            openapi_url=OPENAPI, title="Counterpoint: the API", swagger_favicon_url="/counterpoint/mark.svg",
            swagger_js_url=f"{DOCS}/swagger-ui-bundle.js", swagger_css_url=f"{DOCS}/swagger-ui.css",
        )  # fmt: skip
        html = bytes(shown.body).decode().replace("<html>", '<html lang="en">')
        return HTMLResponse(html, headers={"Content-Security-Policy": policy_of_documents(html)})

    @router.get(f"{DOCS}/{{name}}")
    async def asset(name: str) -> Response:
        if name not in _ASSETS:
            raise ProblemError(HTTPStatus.NOT_FOUND, f"the page that describes the API is at {DOCS}")
        return FileResponse(folder / name, media_type=_ASSETS[name], headers={"Cache-Control": "max-age=86400"})

    return router
