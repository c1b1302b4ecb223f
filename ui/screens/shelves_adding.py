"""Putting a clinic's document on the shelf: uploaded, looked at piece by piece, then added or discarded."""

from __future__ import annotations

import json
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, HTTPException, Request, Response, UploadFile
from pydantic import BaseModel, Field

from assistant.desk import Action
from corpus.errors import CorpusError, DocumentError, ShelfError, TitleTakenError
from corpus.ingest.describing import Wanted
from corpus.ingest.shelving import Added
from corpus.ingest.sifting import reasons
from ui.adding import shelve
from ui.conversations import Conversations
from ui.jobs import Job, JobError
from ui.screens.fragments import page
from ui.screens.shelves_routes import ShelfRoute, words_of
from ui.screens.shelves_telling import tools
from ui.screens.shelves_tray import MOST_BYTES, Tray, Waiting
from ui.screens.visitors import Visitors

ENDINGS = ".pdf,.docx,.html,.htm,.md,.markdown,.txt,.text"
_YEARS = (1800, 2100)
_TAKEN = "Another document on the shelf has this title; give this one another."


class Described(BaseModel):
    """How a document is to stand on the shelf, as it was typed."""

    title: str = Field(default="", max_length=200)
    authors: str = Field(default="", max_length=300)
    year: str = Field(default="", max_length=10)
    viewpoint: str = Field(default="", max_length=80)

    def wanted(self, waiting: Waiting) -> Wanted:
        """Return what is to be added; what was left empty stays as the document has it.

        Raises:
            ShelfError: the year is none.
        """
        title, authors = self.title.strip() or None, self.authors.strip() or None
        viewpoint = self.viewpoint or None
        return Wanted(path=waiting.path, title=title, authors=authors, year=_year(self.year), viewpoint=viewpoint)


class Adding:
    """The screens of one document from its file to the index; safe to share between threads."""

    def __init__(self, conversations: Conversations, visitors: Visitors) -> None:
        """Take where the library in force is found, and who asks."""
        self._assistant, self._visitors = conversations.assistant, visitors
        self._tray = Tray(lambda: self._assistant.settings)
        self._jobs: dict[str, Job] = {}

    def add(self, request: Request) -> Response:
        """Return the form that takes a file."""
        return self._form(request)

    def upload(self, request: Request, document: Annotated[UploadFile | None, File()] = None) -> Response:
        """Return what would become of an uploaded document; of one that cannot be read nothing is kept."""
        self._check(request)
        if document is None or not document.filename:
            return self._form(request, HTTPStatus.UNPROCESSABLE_ENTITY, problem="Choose a file first.")
        try:
            waiting = self._tray.take(document.filename, document.file, _today())
        except (DocumentError, ShelfError) as error:
            problem = f"{document.filename}: {words_of(error)}. Nothing of it was kept."
            return self._form(request, HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem)
        return self._look(waiting)

    def document(self, request: Request, token: str) -> Response:
        """Return how far an upload is: looked at, on its way into the index, or there."""
        self._check(request)
        if token in self._jobs:
            return self._working(token, "library/working.html")
        waiting = self._tray.find(token)
        if waiting is None:
            raise HTTPException(404, "this upload is not here any more: it was discarded, or the server was restarted")
        return self._look(waiting)

    def progress(self, token: str) -> Response:
        """Return how far the index is."""
        if token not in self._jobs:
            raise HTTPException(404, "this upload is not here any more")
        return self._working(token, "library/progress.html")

    def discard(self, request: Request, token: str) -> Response:
        """Forget an upload."""
        self._check(request)
        self._tray.discard(token)
        return _at("#/library/add", self._form(request, note="Discarded. Nothing of it was kept."))

    def put(self, request: Request, token: str, described: Annotated[Described, Form()]) -> Response:
        """Put an upload on the shelf and bring the index up to date beside the answering, or say what is wrong."""
        self._check(request)
        waiting = self._tray.find(token)
        if waiting is None:
            return self.document(request, token)
        try:
            wanted = described.wanted(waiting)
            added = shelve(wanted, self._assistant.settings.index, _today(), read=waiting.added.read)
        except TitleTakenError:
            return self._look(waiting, HTTPStatus.CONFLICT, _TAKEN, described)
        except (DocumentError, ShelfError) as error:
            return self._look(waiting, HTTPStatus.UNPROCESSABLE_ENTITY, words_of(error), described)
        self._tray.discard(token)
        self._jobs[token] = Job(lambda job: self._indexed(job, added)).start()
        return self._working(token, "library/working.html")

    def _indexed(self, job: Job, added: Added) -> dict[str, str]:
        job.tell("bringing the index up to date")
        try:
            job.perform("index", self._assistant.settings, {})
        except (JobError, CorpusError) as error:
            said = f"“{added.title}” is on the shelf, but the index cannot be brought up to date: {error}"
            raise JobError(said) from error
        return {"id": added.source_id, "title": added.title}

    def _check(self, request: Request) -> None:
        self._visitors.desk(request).check_changing_library()

    def _page(self, template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
        return page(template, status, **values, **tools(self._assistant.snapshot.library))

    def _form(self, request: Request, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
        may = self._visitors.desk(request).may(Action.CHANGE_LIBRARY)
        told = {"problem": "", "note": ""} | values
        return self._page("library/add.html", status, may_change=may, most=MOST_BYTES, endings=ENDINGS, **told)

    def _look(
        self,
        waiting: Waiting,
        status: HTTPStatus = HTTPStatus.OK,
        problem: str = "",
        described: Described | None = None,
    ) -> Response:
        added = waiting.added
        filled = described or Described(title=added.title, authors=(added.authors or "")[:300])
        response = self._page(
            "library/look.html", status, waiting=waiting, added=added, reasons=reasons(added.dropped), problem=problem,
            filled=filled,
        )  # fmt: skip
        return _at(f"#/library/documents/{waiting.token}", response)

    def _working(self, token: str, template: str) -> Response:
        progress = self._jobs[token].progress
        there = progress.result or {"id": "", "title": ""}
        return self._page(
            template,
            token=token,
            progress=progress,
            poll="/screens/library/documents/{}/progress",
            title="Adding to the library",
            meanwhile="The app goes on answering from the library as it was until this is done.",
            done=f"“{there['title']}” is in the library: answers may cite it from now on.",
            then=f"#/library/sources/{there['id']}",
        )


def build_adding(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes of an upload."""
    router = APIRouter(route_class=ShelfRoute)
    adding = Adding(conversations, visitors)
    for path, does, method in (
        ("/add", adding.add, "GET"),
        ("/documents", adding.upload, "POST"),
        ("/documents/{token}", adding.document, "GET"),
        ("/documents/{token}/progress", adding.progress, "GET"),
        ("/documents/{token}/discarded", adding.discard, "POST"),
        ("/documents/{token}/shelved", adding.put, "POST"),
    ):
        router.add_api_route(path, does, methods=[method], response_model=None)
    return router


def _at(address: str, response: Response) -> Response:
    """Return `response` with the address that its screen has from now on, so that it is there after a reload."""
    response.headers["HX-Trigger-After-Swap"] = json.dumps({"cp-address": address})
    return response


def _year(typed: str) -> int | None:
    """Return the year that was typed, None where none was.

    Raises:
        ShelfError: it is none.
    """
    words = typed.strip()
    if not words:
        return None
    if not words.isascii() or not words.isdigit() or not _YEARS[0] <= int(words) <= _YEARS[1]:
        raise ShelfError(f"Year: expected one from {_YEARS[0]} to {_YEARS[1]}, or nothing")
    return int(words)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the clinic's own day
