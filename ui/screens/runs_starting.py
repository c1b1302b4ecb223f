"""A run of the evals, now: in a process of its own, one at a time, watched and stopped from the screen."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Response

from assistant.settings import Settings
from evals.cases import Suite
from ui.jobs import Job, JobStoppedError
from ui.screens.fragments import page
from ui.screens.shelves_routes import ShelfRoute


class Starter:
    """Starts runs, one at a time; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings that a run is made with."""
        self._settings = settings
        self._lock = Lock()
        self.job: Job | None = None

    def start(self, suites: tuple[str, ...]) -> Job:
        """Return the run that is going on; a new one where none is."""
        with self._lock:
            if self.job is None or not self.job.is_running:
                self.job = Job(lambda job: self._run(job, suites)).start()
            return self.job

    def _run(self, job: Job, suites: tuple[str, ...]) -> None:
        if not job.perform("evals", self._settings, {"suites": suites})["is_complete"]:
            raise JobStoppedError


def build_starting(settings: Settings) -> tuple[APIRouter, Callable[[], Job | None]]:
    """Return the routes that start, watch and stop a run, and what tells which one is on its way or just ended."""
    router = APIRouter(route_class=ShelfRoute)
    starter = Starter(settings)

    def shown(job: Job | None, status: HTTPStatus = HTTPStatus.OK) -> Response:
        return page("evals/progress.html", status, job=job)

    @router.post("/started")
    def start(suite: Annotated[str, Form(max_length=40)] = "") -> Response:
        if suite not in ("", *map(str, Suite)):
            raise HTTPException(422, f"suite: expected one of {', '.join(map(str, Suite))}, or nothing for all cases")
        return shown(starter.start((suite,) if suite else ()))

    @router.get("/progress")
    def progress() -> Response:
        return shown(starter.job)

    @router.post("/stopped")
    def stop() -> Response:
        if starter.job is not None:
            starter.job.stop()
        return shown(starter.job)

    return router, lambda: starter.job
