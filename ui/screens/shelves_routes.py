"""Routes of the shelf: what the corpus refuses is told in its own words, and a wrong id with the ids near it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from corpus.errors import CorpusError, DocumentError, IndexUnavailableError, ShelfUnavailableError
from evals.errors import EvalError
from ui.screens.fragments import ScreenRoute, page
from ui.screens.shelves_telling import NotHereError

_UNAVAILABLE = (ShelfUnavailableError, IndexUnavailableError)


class _TellingRoute(APIRoute):
    """A route that tells the errors of the library and of the evals."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, these errors told in words."""
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handler(request)
            except NotHereError as error:
                return page("library/nothing.html", HTTPStatus.NOT_FOUND, error=error)
            except _UNAVAILABLE as error:
                return refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
            except (CorpusError, EvalError) as error:
                return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, words_of(error))

        return told


class ShelfRoute(ScreenRoute, _TellingRoute):
    """A screen's route that knows these errors as well: they are told first, all others around them."""


def refusal(status: HTTPStatus, sentence: str) -> Response:
    """Return `sentence` as an alert."""
    return page("alert.html", status, sentence=f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.")


def words_of(error: Exception) -> str:
    """Return what to tell a person: of a document the reason alone, the path is the server's own."""
    return error.reason if isinstance(error, DocumentError) else str(error)
