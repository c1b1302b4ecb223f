"""A clinic's own documents: looked at before they count, put on the shelf, and taken off it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel, Field, StringConstraints

from corpus.errors import ShelfError, ShelfUnavailableError
from corpus.ingest.describing import Wanted
from corpus.ingest.shelving import Added, to_json
from ui.adding import shelve, take_off
from ui.api.backing import Backing, BackingHere, LibraryHere
from ui.api.caching import TaggedRoute
from ui.api.describing import answered, problems
from ui.api.problems import ProblemError
from ui.api.who import DeskHere
from ui.api.words import Clean, EntryInPath
from ui.jobs import Job, JobState
from ui.screens.shelves_tray import safe_name

router = APIRouter(prefix="/api/v1/library/documents", tags=["library"], route_class=TaggedRoute)
_PATIENCE_SECONDS = 600.0  # chosen: encoding the longest document we take needs some minutes
_PART_BYTES = 4_000  # chosen: the longest field beside the file is a title
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Clean]


class PassageKept(BaseModel):
    """A passage that can be cited."""

    locator: str
    text: str


class PassageDropped(BaseModel):
    """What was left out, and why."""

    text: str
    page: int | None
    why: str


class DoubtRaised(BaseModel):
    """Something that a person should look at."""

    about: str
    text: str


class DocumentAdded(BaseModel):
    """What became of a document: what can be cited, what was left out, and what to look at."""

    id: str
    title: str
    trial: bool = Field(description="whether it was only looked at, and nothing was kept")
    passages: list[PassageKept]
    dropped: list[PassageDropped]
    doubts: list[DoubtRaised]


@router.post(
    "",
    operation_id="addDocument",
    summary="Put a clinic's document on the shelf, or look at what would be kept",
    status_code=HTTPStatus.CREATED,
    response_model=DocumentAdded,
    responses={201: answered(shown="document"), **problems(400, 401, 403, 409, 413, 422, 503)},
    form_limits={"max_files": 1, "max_fields": 8, "max_part_size": _PART_BYTES},
)
def add(  # noqa: PLR0913 - one field of the form each
    *,
    backing: BackingHere,
    desk: DeskHere,
    response: Response,
    file: Annotated[UploadFile, File(description="a PDF, DOCX, HTML, Markdown or text file, 20 MB at most")],
    trial: Annotated[bool, Form(description="only show what would be kept and left out; 200 then")] = False,
    title: Annotated[Line | None, Form(description="how it is shown; else the document's own title")] = None,
    viewpoint: Annotated[Line | None, Form(description="the school whose own document it is, by id")] = None,
    authors: Annotated[Line | None, Form(description="who wrote it")] = None,
    year: Annotated[int | None, Form(ge=1800, le=2100, description="the year it came out")] = None,
    doi: Annotated[str | None, Form(pattern=r"^10\.\d{4,9}/\S+$", max_length=200, description="as 10.1234/x")] = None,
) -> DocumentAdded:
    """Read a document, leave out menus, promotion and scraps, and put the rest beside the library, to be cited.

    With `trial` nothing is kept: see first what would be. Without it the document is in the index when this returns.
    For mentors: what is put there is shown to everybody.
    """
    desk.check_changing_library()
    details = {"title": title, "viewpoint": viewpoint, "authors": authors, "year": year, "doi": doi}
    with _as_file(file) as path:
        added = _put(backing, Wanted(path=path, **{k: v or None for k, v in details.items()}), is_trial=trial)
    if trial:
        response.status_code = HTTPStatus.OK
    else:
        response.headers["Location"] = f"/api/v1/library/sources/{added.source_id}"
    return DocumentAdded(**to_json(added), trial=trial)


def _put(backing: Backing, wanted: Wanted, *, is_trial: bool) -> Added:
    settings = backing.assistant.settings
    added = shelve(wanted, settings.index, backing.now().date(), is_trial=is_trial)
    if not is_trial:
        _done(lambda job: job.perform("index", settings, {}))
    return added


def _done(work: Callable[[Job], object]) -> None:
    """Do `work`, its heavy part in a process of its own.

    Raises:
        ShelfUnavailableError: it failed or took too long; the shelf itself is as it was asked for.
    """
    progress = Job(work).start().wait(_PATIENCE_SECONDS)
    if progress.state is not JobState.DONE:
        raise ShelfUnavailableError(progress.said or "the index is not up to date yet; look again in some minutes")


@contextmanager
def _as_file(upload: UploadFile) -> Iterator[Path]:
    """Give the upload as a file of its own name in a folder of its own, copied piece by piece."""
    with tempfile.TemporaryDirectory(prefix="counterpoint-upload-") as folder:
        path = Path(folder) / safe_name(upload.filename or "")
        with path.open("wb") as target:
            shutil.copyfileobj(upload.file, target)
        yield path


@router.delete(
    "/{source_id}",
    operation_id="removeDocument",
    summary="Take a clinic's document off the shelf",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(401, 403, 404, 409, 422, 503),
)
def remove(source_id: EntryInPath, backing: BackingHere, library: LibraryHere, desk: DeskHere) -> None:
    """Take it out of the library and the index, with its original and every kept answer that cites it; for mentors."""
    desk.check_changing_library()
    source = library.source_by_id.get(source_id)
    if source is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "nothing on the shelf has this id; see /api/v1/library/sources")
    if source.original is None:
        raise ShelfError("this is no uploaded document: it came with Counterpoint, or stands in a file of the clinic's")
    settings = backing.assistant.settings

    def work(job: Job) -> object:
        return take_off(
            source_id, settings.index, lambda: job.perform("index", settings, {"forget": True}), desk.forget_source
        )

    _done(work)
