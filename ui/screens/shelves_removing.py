"""Taking a clinic's document off the shelf: what goes with it is said first; then it leaves index and record."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from assistant.desk import Desk
from ui.adding import take_off
from ui.conversations import Conversations
from ui.jobs import Job
from ui.screens.fragments import page
from ui.screens.shelves_routes import ShelfRoute
from ui.screens.shelves_telling import missing, tools
from ui.screens.visitors import Visitors


class Removing:
    """The screens of one removal; safe to share between threads."""

    def __init__(self, conversations: Conversations, visitors: Visitors) -> None:
        """Take where the library in force is found, and who asks."""
        self._assistant, self._visitors = conversations.assistant, visitors
        self._jobs: dict[str, Job] = {}

    def ask(self, request: Request, source_id: str) -> Response:
        """Return what would go with a document, or how far its removal is."""
        desk = self._mentor(request)
        library = self._assistant.snapshot.library
        source = library.source_by_id.get(source_id)
        if source_id in self._jobs and (self._jobs[source_id].is_running or source is None):
            return self._working(source_id, "library/working.html")
        if source is None:
            raise missing("source", source_id, library.source_by_id, "#/library/sources/")
        answers = desk.answers_by_source().get(source_id, 0)
        own = source_id in library.own
        return page("library/removal.html", source=source, answers=answers, own=own, **tools(library))

    def remove(self, request: Request, source_id: str) -> Response:
        """Begin a removal, and return how far it is."""
        desk = self._mentor(request)
        if source_id not in self._jobs or not self._jobs[source_id].is_running:
            self._jobs[source_id] = Job(lambda job: self._work(job, source_id, desk)).start()
        return self._working(source_id, "library/working.html")

    def progress(self, source_id: str) -> Response:
        """Return how far a removal is."""
        if source_id not in self._jobs:
            raise HTTPException(404, "nothing is being removed under this id")
        return self._working(source_id, "library/progress.html")

    def _work(self, job: Job, source_id: str, desk: Desk) -> str:
        settings = self._assistant.settings
        job.tell("taking it off the shelf")

        def reindex() -> None:
            job.perform("index", settings, {"forget": True})

        return take_off(source_id, settings.index, reindex, desk.forget_source).said

    def _mentor(self, request: Request) -> Desk:
        desk = self._visitors.desk(request)
        desk.check_changing_library()
        return desk

    def _working(self, source_id: str, template: str) -> Response:
        told = _told(self._jobs[source_id])
        return page(template, token=source_id, **told, **tools(self._assistant.snapshot.library))


def build_removing(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes of a removal."""
    router = APIRouter(prefix="/sources/{source_id}", route_class=ShelfRoute)
    removing = Removing(conversations, visitors)
    router.add_api_route("/removal", removing.ask, methods=["GET"], response_model=None)
    router.add_api_route("/removed", removing.remove, methods=["POST"], response_model=None)
    router.add_api_route("/removal/progress", removing.progress, methods=["GET"], response_model=None)
    return router


def _told(job: Job) -> dict[str, Any]:
    return {
        "progress": job.progress,
        "poll": "/screens/library/sources/{}/removal/progress",
        "title": "Taking it off the shelf",
        "meanwhile": "The app goes on answering; what cites this document goes at the end.",
        "done": f"It is off the shelf: {job.progress.result}.",
        "then": "",
    }
