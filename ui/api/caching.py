"""Whether a client may keep what it got: every read has an ETag, and what belongs to a patient is stored nowhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from ui.api.problems import UnchangedError

PATIENTS = "no-store"
SHARED = "private, no-cache"  # may be kept and must be asked about: a clinic's library changes under the same address
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class TaggedRoute(APIRoute):
    """A route whose reads carry an ETag of what they say; a client that holds the same gets 304 and no body."""

    def get_route_handler(self) -> Handler:
        """Return the route's handler, with the ETag put on what it returns."""
        handle = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            response = await handle(request)
            response.headers.setdefault("Cache-Control", PATIENTS)
            if request.method == "GET" and response.status_code == HTTPStatus.OK and hasattr(response, "body"):
                _tag(request, response)
            return response

        return tagged


async def shared(response: Response) -> None:
    """Let a client keep what this route says, a dependency of routes that say nothing of a patient."""
    response.headers["Cache-Control"] = SHARED


def _tag(request: Request, response: Response) -> None:
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    held = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in held or held == ["*"]:
        kept = ("etag", "cache-control", "link", "vary")
        raise UnchangedError({name: response.headers[name] for name in kept if name in response.headers})
