"""Putting a clinic's document on the shelf: uploaded, looked at piece by piece, then added or discarded; and taken off."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, HTTPException, Request, Response, UploadFile

from assistant.desk import Action, Desk
from corpus.errors import DocumentError, ShelfError, TitleTakenError
from corpus.ingest.describing import Wanted
from corpus.ingest.sifting import reasons
from ui.adding import shelve, take_off
from ui.conversations import Conversations
from ui.jobs import Job, JobError
from ui.screens.fragments import page
from ui.screens.shelves_routes import ShelfRoute
from ui.screens.shelves_telling import missing, tools
from ui.screens.shelves_tray import MOST_BYTES, Tray, Waiting
from ui.screens.visitors import Visitors

_ENDINGS = ".pdf,.docx,.html,.htm,.md,.markdown,.txt,.text"
_YEARS = (1800, 2100)


def build_adding(conversations: Conversations, visitors: Visitors) -> APIRouter:  # noqa: C901 - a route each
    """Return the routes of an upload from its file to the index, and of a removal."""
    router = APIRouter(route_class=ShelfRoute)
    assistant = conversations.assistant
    tray, jobs = Tray(lambda: assistant.settings), dict[str, Job]()

    def mentor(request: Request) -> Desk:
        desk = visitors.desk(request)
        desk.check_changing_library()
        return desk

    def shown(template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
        return page(template, status, **values, **tools(assistant.snapshot.library))

    def form(request: Request, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
        may = visitors.desk(request).may(Action.CHANGE_LIBRARY)
        told = {"problem": "", "note": ""} | values
        return shown("library/add.html", status, may_change=may, most=MOST_BYTES, endings=_ENDINGS, **told)

    def looked_at(waiting: Waiting, status: HTTPStatus = HTTPStatus.OK, problem: str = "", **typed: str) -> Response:
        added = waiting.added
        filled = {"title": added.title, "authors": added.authors or "", "year": "", "viewpoint": ""} | typed
        response = shown(
            "library/look.html", status, waiting=waiting, added=added, reasons=reasons(added.dropped), problem=problem,
            filled=filled,
        )  # fmt: skip
        response.headers["HX-Trigger-After-Swap"] = f'{{"cp-address": "#/library/documents/{waiting.token}"}}'
        return response

    @router.get("/add")
    def add(request: Request) -> Response:
        return form(request)

    @router.post("/documents")
    def upload(request: Request, document: Annotated[UploadFile | None, File()] = None) -> Response:
        mentor(request)
        if document is None or not document.filename:
            return form(request, HTTPStatus.UNPROCESSABLE_ENTITY, problem="Choose a file first.")
        try:
            waiting = tray.take(document.filename, document.file, _today())
        except (DocumentError, ShelfError) as error:
            words = error.reason if isinstance(error, DocumentError) else str(error)
            problem = f"{document.filename}: {words}. Nothing of it was kept."
            return form(request, HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem)
        return looked_at(waiting)

    @router.get("/documents/{token}")
    def document(request: Request, token: str) -> Response:
        mentor(request)
        waiting = tray.find(token)
        if waiting is not None and token not in jobs:
            return looked_at(waiting)
        if token not in jobs:
            raise HTTPException(404, "this upload is not here any more: it was discarded, or the server was restarted")
        return shown("library/working.html", token=token, **_of_adding(jobs[token]))

    @router.post("/documents/{token}/discarded")
    def discard(request: Request, token: str) -> Response:
        mentor(request)
        tray.discard(token)
        response = form(request, note="Discarded. Nothing of it was kept.")
        response.headers["HX-Trigger-After-Swap"] = '{"cp-address": "#/library/add"}'
        return response

    @router.post("/documents/{token}/shelved")
    def put(
        request: Request,
        token: str,
        title: Annotated[str, Form(max_length=200)] = "",
        authors: Annotated[str, Form(max_length=300)] = "",
        year: Annotated[str, Form(max_length=10)] = "",
        viewpoint: Annotated[str, Form(max_length=80)] = "",
    ) -> Response:
        mentor(request)
        waiting = tray.find(token)
        if waiting is None:
            return document(request, token)
        typed = {"title": title, "authors": authors, "year": year, "viewpoint": viewpoint}
        try:
            wanted = Wanted(
                path=waiting.path, title=title.strip() or None, authors=authors.strip() or None, year=_year(year),
                viewpoint=viewpoint or None,
            )  # fmt: skip
            added = shelve(wanted, assistant.settings.index, _today(), read=waiting.added.read)
        except TitleTakenError:
            words = "Another document on the shelf has this title; give this one another."
            return looked_at(waiting, HTTPStatus.CONFLICT, words, **typed)
        except (DocumentError, ShelfError) as error:
            words = error.reason if isinstance(error, DocumentError) else str(error)
            return looked_at(waiting, HTTPStatus.UNPROCESSABLE_ENTITY, words, **typed)
        tray.discard(token)
        jobs[token] = Job(lambda job: _indexed(job, added.source_id, added.title)).start()
        return shown("library/working.html", token=token, **_of_adding(jobs[token]))

    def _indexed(job: Job, source_id: str, title: str) -> dict[str, str]:
        job.tell("bringing the index up to date")
        try:
            job.perform("index", assistant.settings, {})
        except JobError as error:
            raise JobError(f"“{title}” is on the shelf, but the index cannot be brought up to date: {error}") from error
        return {"id": source_id, "title": title}

    @router.get("/documents/{token}/progress")
    def progress(token: str) -> Response:
        if token not in jobs:
            raise HTTPException(404, "this upload is not here any more")
        return shown("library/progress.html", token=token, **_of_adding(jobs[token]))

    @router.get("/sources/{source_id}/removal")
    def removal(request: Request, source_id: str) -> Response:
        desk = mentor(request)
        library = assistant.snapshot.library
        source = library.source_by_id.get(source_id)
        job = jobs.get(source_id)
        if job is not None and (job.is_running or source is None):
            return shown("library/working.html", token=source_id, **_of_removal(job, source_id))
        if source is None:
            raise missing("source", source_id, library.source_by_id, "#/library/sources/")
        answers = desk.answers_by_source().get(source_id, 0)
        return shown("library/removal.html", source=source, answers=answers, own=source_id in library.own)

    @router.post("/sources/{source_id}/removed")
    def remove(request: Request, source_id: str) -> Response:
        desk = mentor(request)
        if source_id not in jobs or not jobs[source_id].is_running:
            settings = assistant.settings

            def work(job: Job) -> str:
                job.tell("taking it off the shelf")
                reindex = lambda: job.perform("index", settings, {"forget": True})  # noqa: E731 - a step, passed on
                return take_off(source_id, settings.index, reindex, desk.forget_source).said

            jobs[source_id] = Job(work).start()
        return shown("library/working.html", token=source_id, **_of_removal(jobs[source_id], source_id))

    @router.get("/sources/{source_id}/removal/progress")
    def removal_progress(source_id: str) -> Response:
        if source_id not in jobs:
            raise HTTPException(404, "nothing is being removed under this id")
        return shown("library/progress.html", token=source_id, **_of_removal(jobs[source_id], source_id))

    return router


def _of_adding(job: Job) -> dict[str, Any]:
    progress = job.progress
    return {
        "progress": progress,
        "poll": "/screens/library/documents/{}/progress",
        "title": "Adding to the library",
        "meanwhile": "The app goes on answering from the library as it was until this is done.",
        "done": f"“{progress.result['title']}” is in the library: answers may cite it from now on." if progress.result else "",
        "then": f"#/library/sources/{progress.result['id']}" if progress.result else "",
    }  # fmt: skip


def _of_removal(job: Job, source_id: str) -> dict[str, Any]:
    progress = job.progress
    return {
        "progress": progress,
        "poll": "/screens/library/sources/{}/removal/progress",
        "title": f"Taking {source_id} off the shelf",
        "meanwhile": "The app goes on answering; what cites this document goes at the end.",
        "done": f"It is off the shelf: {progress.result}." if progress.result else "",
        "then": "",
    }


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
