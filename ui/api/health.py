"""Whether the service is alive, and whether it is ready: for whoever starts and watches it."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from assistant.destinations import destination_of
from assistant.records.errors import RecordsError
from corpus.errors import CorpusError
from ui.about import installed_version
from ui.api.backing import Backing, BackingHere
from ui.api.describing import answered

router = APIRouter(tags=["health"])
_MODEL_PATIENCE_SECONDS = 2.0  # chosen: whoever watches gives up after some seconds
_LEAST_FREE_BYTES = 20_000_000  # chosen: some hundred answers, and SQLite's own log beside them


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"]
    version: str = Field(description="of Counterpoint, as installed")


class Readiness(BaseModel):
    """One thing that has to work."""

    name: Literal["index", "records", "disk", "model"]
    good: bool
    said: str = Field(description="what was found, or what to do")


class Ready(BaseModel):
    """Whether questions can be answered and kept, and each thing that this rests on."""

    status: Literal["ready", "not-ready"]
    checks: list[Readiness]


@router.get(
    "/healthz",
    operation_id="isAlive",
    summary="Tell whether the process is alive",
    response_model=Alive,
    responses={200: answered(shown="alive")},
)
async def healthz() -> dict[str, Any]:
    """Answer at once, whatever else goes on; nothing is asked of the disk or of any server."""
    return {"status": "ok", "version": installed_version()}


@router.get(
    "/readyz",
    operation_id="isReady",
    summary="Tell whether questions can be answered and kept",
    response_model=Ready,
    responses={200: answered(shown="ready"), 503: {"model": Ready, "description": "Not ready; each reason is told."}},
)
async def readyz(backing: BackingHere) -> JSONResponse:
    """Open the index, write to the records, look for room on the disk, and call on the model's server if one is set."""
    checks = await run_in_threadpool(lambda: list(_checks(backing)))
    good = all(check.good for check in checks)
    body = Ready(status="ready" if good else "not-ready", checks=checks)
    status = HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse(body.model_dump(), status_code=status, headers={"Cache-Control": "no-store"})


def _checks(backing: Backing) -> Iterator[Readiness]:
    yield _index(backing)
    yield from _records(backing)
    yield _disk(backing)
    yield from _model(backing)


def _index(backing: Backing) -> Readiness:
    try:
        snapshot = backing.assistant.snapshot
        held = sum(snapshot.store.counts().values())
    except (CorpusError, OSError) as error:
        return Readiness(name="index", good=False, said=f"{error}; run `counterpoint index --rebuild`")
    return Readiness(name="index", good=held > 0, said=f"{held} passages")


def _records(backing: Backing) -> Iterator[Readiness]:
    if backing.records is None:
        yield Readiness(name="records", good=True, said="none: answers are remembered while the process lives")
        return
    try:
        with backing.records.writing():
            pass  # a place among the writers is enough: a database that cannot be written gives none
    except RecordsError as error:
        yield Readiness(name="records", good=False, said=str(error))
    else:
        yield Readiness(name="records", good=True, said="can be written")


def _disk(backing: Backing) -> Readiness:
    home = backing.assistant.settings.index.home
    try:
        free = shutil.disk_usage(home).free
    except OSError as error:
        return Readiness(name="disk", good=False, said=f"the data folder cannot be read: {error.strerror}")
    good = free >= _LEAST_FREE_BYTES
    return Readiness(name="disk", good=good, said=f"{free // 10**6} MB free" + ("" if good else "; make room"))


def _model(backing: Backing) -> Iterator[Readiness]:
    """Yield whether a connection to the model's server can be made; nothing is asked of it, and no word is sent."""
    found = destination_of(backing.assistant.settings)
    if found is None or found.host is None or found.port is None:
        return
    where = f"{found.host}:{found.port}"
    try:
        socket.create_connection((found.host, found.port), timeout=_MODEL_PATIENCE_SECONDS).close()
    except OSError as error:
        said = f"nothing answers at {where} ({error}); answers come from the library alone until it does"
        yield Readiness(name="model", good=False, said=said)
    else:
        yield Readiness(name="model", good=True, said=f"something answers at {where}")
