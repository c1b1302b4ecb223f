"""The library on the screen: one search over everything, sources, passages, questions, measures, red flags."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from assistant.desk import Action
from assistant.records.errors import RecordsError
from corpus.browsing import browse
from ui.conversations import Conversations
from ui.screens.fragments import page
from ui.screens.shelves_adding import build_adding
from ui.screens.shelves_catalogue import Catalogue, Catalogues
from ui.screens.shelves_flags import build_flags
from ui.screens.shelves_measures import build_measures
from ui.screens.shelves_removing import build_removing
from ui.screens.shelves_routes import ShelfRoute
from ui.screens.shelves_searching import SORTS, Sought, filters, listing, sought
from ui.screens.shelves_subjects import build_subjects
from ui.screens.shelves_telling import MANY, citation_text, links_of, missing, places, told, tools
from ui.screens.visitors import Visitors

_log = logging.getLogger(__name__)


def build_shelves(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes below ``/library``."""
    router = APIRouter(prefix="/library", route_class=ShelfRoute)
    catalogues = Catalogues()

    def catalogue() -> Catalogue:
        return catalogues.of(conversations.assistant.snapshot.library)

    @router.get("")
    def everything(request: Request, asked: Annotated[Sought, Depends(sought)]) -> Response:
        snapshot = conversations.assistant.snapshot
        held = catalogues.of(snapshot.library)
        found = listing(asked, browse(snapshot, asked.q), held, answers_by_source(visitors, request))
        return page(
            "library/search.html", asked=asked, found=found, filters=filters(held.library), sorts=SORTS,
            may_change=may_change(visitors, request), **tools(held.library),
        )  # fmt: skip

    @router.get("/sources/{source_id}")
    def source(request: Request, source_id: str) -> Response:
        return _source(request, source_id, None)

    @router.get("/passages/{passage_id}")
    def passage(request: Request, passage_id: str) -> Response:
        found = catalogue().passage_by_id.get(passage_id)
        if found is None:
            raise missing("passage", passage_id, catalogue().passage_by_id, "#/library/passages/")
        return _source(request, found.source_id, passage_id)

    def _source(request: Request, source_id: str, jump: str | None) -> Response:
        held = catalogue()
        entry = held.entry_by_id.get(source_id)
        if entry is None:
            raise missing("source", source_id, held.entry_by_id, "#/library/sources/")
        of = entry.source
        original = conversations.assistant.originals
        return page(
            "library/source.html", entry=entry, source=of, jump=jump, citation=citation_text(of), links=links_of(of),
            passages=[told(p, held, original(p)) for p in of.passages], places=places(of), many=MANY,
            answers=answers_by_source(visitors, request).get(source_id, 0),
            may_remove=entry.is_own and of.original is not None and may_change(visitors, request),
            **tools(held.library, held.weight_of),
        )  # fmt: skip

    router.include_router(build_adding(conversations, visitors))
    router.include_router(build_removing(conversations, visitors))
    router.include_router(build_subjects(catalogue))
    router.include_router(build_measures(catalogue))
    router.include_router(build_flags(catalogue))
    return router


def answers_by_source(visitors: Visitors, request: Request) -> Mapping[str, int]:
    """Return how many kept answers cite each source; none where nothing is kept or it cannot be read now."""
    try:
        return visitors.desk(request).answers_by_source()
    except (HTTPException, RecordsError) as error:
        _log.warning("how many answers rest on a source cannot be told: %s", error)
        return {}


def may_change(visitors: Visitors, request: Request) -> bool:
    """Return whether whoever asks may add documents and take them off."""
    try:
        return visitors.desk(request).may(Action.CHANGE_LIBRARY)
    except (HTTPException, RecordsError):
        return False
