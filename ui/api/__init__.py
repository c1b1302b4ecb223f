"""HTTP beside the chat, under ``/api/v1``: the answers of the contract, and all that the screens can do.

========================  ==============================================================================
modules                   hold
========================  ==============================================================================
answers, streaming        a question answered, as JSON or as events; exports: a kept answer as a file
conversations, feedback   the cases that were talked over; what the asker makes of an answer
who, profiles             as whom a request asks
queue, reviews            the mentors' queue, reviews and comments, and what came of them
library, documents        what answers rest on; a clinic's own documents put on the shelf
measures                  tests and scores, worked out
health                    alive, ready
backing, pages, caching   what stands behind the routes; long lists; ETags
problems, describing      every error as a sentence; the API's description of itself
========================  ==============================================================================

Whatever is kept is reached through ``assistant.desk``, which asks who may do what.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from assistant.records.store import Records
from ui.api import (
    answers,
    conversations,
    documents,
    feedback,
    health,
    library,
    measures,
    profiles,
    queue,
    reviews,
)
from ui.api.backing import Backing
from ui.api.describing import describe
from ui.api.elsewhere import Nowhere
from ui.api.problems import add_error_handlers, problem, refusal
from ui.api.words import CONVERSATION
from ui.conversations import Conversations

__all__ = ["CONVERSATION", "add_api", "description", "problem", "refusal"]

_PARTS = (answers, feedback, conversations, profiles, queue, reviews, library, documents, measures, health)


def add_api(app: FastAPI, asked: Conversations, records: Records | None = None) -> None:
    """Add the API to `app`, its description, and the sentences for whatever goes wrong anywhere in `app`."""
    app.state.backing = Backing(conversations=asked, records=records)
    _add_routes(app)
    app.router.routes.extend(Nowhere([part.router for part in _PARTS]).routes())
    add_error_handlers(app)


def description() -> dict[str, Any]:
    """Return the API's description of itself (OpenAPI), as it is served at ``/api/v1/openapi.json``."""
    app = FastAPI()
    _add_routes(app)
    return app.openapi()


def _add_routes(app: FastAPI) -> None:
    for part in _PARTS:
        app.include_router(part.router)
    describe(app)
