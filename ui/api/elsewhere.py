"""Addresses under ``/api`` that lead nowhere: told here, for the chat is mounted at the root and would take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

_OURS = ("/api/{rest:path}", "/healthz", "/readyz")


class Nowhere:
    """Takes what no route takes: 405 with the methods that the address does take, else 404."""

    def __init__(self, known: Sequence[APIRouter]) -> None:
        """Take the routers whose routes were tried before."""
        self._known = known

    def routes(self) -> Iterator[Route]:
        """Yield the routes that come after those of the known routers; they take every method."""
        yield from (Route(path, self, include_in_schema=False) for path in _OURS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's form
        """Refuse the request.

        Raises:
            HTTPException: always.
        """
        methods = sorted(self._methods_at(scope))
        if not methods:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(methods)})

    def _methods_at(self, scope: Scope) -> set[str]:
        """Return the methods that the address takes."""
        routes = (r for router in self._known for r in router.routes if isinstance(r, APIRoute))
        return {m for r in routes if r.matches(scope)[0] is not Match.NONE for m in r.methods or ()}
