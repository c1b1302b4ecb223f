"""Addresses under ``/api`` that lead nowhere: told here, for the chat is mounted at the root and would take them."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Match

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def build_elsewhere(known: Sequence[APIRouter]) -> APIRouter:
    """Return the routes that come after those of all `known` routers and take what none of these does."""
    router = APIRouter(include_in_schema=False)

    async def nowhere(request: Request) -> None:
        methods = sorted(_methods_at(request, known))
        if not methods:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(methods)})

    for path in ("/api/{rest:path}", "/healthz", "/readyz"):
        router.add_api_route(path, nowhere, methods=_METHODS, name="nowhere")
    return router


def _methods_at(request: Request, known: Sequence[APIRouter]) -> set[str]:
    """Return the methods that the address of `request` takes."""
    found: set[str] = set()
    for route in (route for router in known for route in router.routes):
        if isinstance(route, APIRoute) and route.matches(request.scope)[0] is not Match.NONE:
            found |= set(route.methods or ())
    return found
