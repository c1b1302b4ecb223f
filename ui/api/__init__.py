"""HTTP beside the chat, under ``/api/v1``: the answers of the contract, and all that the screens can do.

answers, streaming        a question answered, as JSON or as events; exports: a kept answer as a file
library, documents        what answers rest on; a clinic's own documents put on the shelf
measures                  tests and scores, worked out
health                    alive, ready
backing, pages, caching   what stands behind the routes; long lists; ETags
problems                  every error as a sentence; describing: the API's description of itself
"""

from __future__ import annotations

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
)
from ui.api.backing import Backing
from ui.api.describing import describe
from ui.api.elsewhere import build_elsewhere
from ui.api.problems import add_error_handlers, problem, refusal
from ui.api.words import CONVERSATION
from ui.conversations import Conversations

__all__ = ["CONVERSATION", "add_api", "problem", "refusal"]

_PARTS = (answers, feedback, conversations, profiles, queue, library, documents, measures, health)


def add_api(app: FastAPI, asked: Conversations, records: Records | None = None) -> None:
    """Add the API to `app`, its description, and the sentences for whatever goes wrong anywhere in `app`."""
    app.state.backing = Backing(conversations=asked, records=records)
    for part in _PARTS:
        app.include_router(part.router)
    describe(app)
    app.include_router(build_elsewhere([part.router for part in _PARTS]))
    add_error_handlers(app)
