"""What answers rest on, to be browsed and searched: sources, passages, questions, schools, red flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from corpus.library import Library
from corpus.retriever import Retriever, schools_of
from corpus.types import Design, PassageKind, RedFlag, Strength
from ui.api import library_views as views
from ui.api.backing import BackingHere, LibraryHere
from ui.api.caching import TaggedRoute, shared
from ui.api.describing import answered, problems
from ui.api.library_shapes import (
    Found,
    FoundPage,
    PassagePage,
    PassageWhole,
    QuestionPage,
    QuestionShown,
    RedFlagPage,
    SchoolPage,
    SchoolShown,
    SourcePage,
    SourceShown,
    Summary,
)
from ui.api.pages import WindowHere
from ui.api.problems import ProblemError
from ui.api.words import EntryInPath, PassageInPath, Search

router = APIRouter(
    prefix="/api/v1/library", tags=["library"], route_class=TaggedRoute, dependencies=[Depends(shared)]
)  # fmt: skip
Words = Annotated[Search | None, Query(description="words that all have to stand in it", examples=["calf raise"])]
School = Annotated[str | None, Query(max_length=120, description="only of this school, by id; `none` for no school's")]
Debate = Annotated[str | None, Query(max_length=120, description="only of this debate, by id")]


def described(name: str, *statuses: int) -> dict[Any, Any]:
    """Return how a route of the library is described, with the example of that name."""
    return {200: answered(shown=name), **problems(422, 503, *statuses)}


@router.get("", operation_id="readLibrary", summary="Count what the library holds", responses=described("library"))
def read_library(library: LibraryHere) -> Summary:
    """Return the library's fingerprint and size; an answer's `provenance.corpus` is such a fingerprint."""
    return views.to_summary(library)


@router.get("/sources", operation_id="listSources", summary="List sources", responses=described("sources"))
def list_sources(
    library: LibraryHere,
    window: WindowHere,
    search: Words = None,
    viewpoint: School = None,
    design: Annotated[Design | None, Query(description="only of this design")] = None,
) -> SourcePage:
    """List articles, guidelines, trials and reviews, and the clinic's own documents, by id."""
    found = [
        s
        for s in library.sources
        if _holds(search, s.id, s.title, s.authors, s.journal, s.doi)
        and _is_of(viewpoint, s.viewpoint)
        and design in (None, s.design)
    ]
    return SourcePage(**window.cut(found, partial(views.to_source_line, library=library)))


@router.get(
    "/sources/{source_id}", operation_id="readSource", summary="Read a source", responses=described("source", 404)
)
def read_source(source_id: EntryInPath, library: LibraryHere) -> SourceShown:
    """Return a source with its passages in order, and of a digested article what was left out and why."""
    return views.to_source(_known(library.source_by_id, source_id, "source"), library)


@router.get("/passages", operation_id="listPassages", summary="List passages", responses=described("passages"))
def list_passages(
    library: LibraryHere,
    window: WindowHere,
    search: Words = None,
    viewpoint: School = None,
    kind: Annotated[PassageKind | None, Query(description="only of this kind")] = None,
    strength: Annotated[Strength | None, Query(description="only of this weight")] = None,
) -> PassagePage:
    """List the units that answers cite, by id; sources that were retracted are left out."""
    found = [
        p
        for p in library.passages.values()
        if _holds(search, p.id, p.text, p.population, *p.topics)
        and _is_of(viewpoint, library.viewpoint_of(p.id))
        and kind in (None, p.kind)
        and (strength is None or strength == library.strength_of(p.id))
    ]
    return PassagePage(**window.cut(found, partial(views.to_passage, library=library)))


@router.get(
    "/passages/{passage_id}", operation_id="readPassage", summary="Read a passage in its place",
    responses=described("passage", 404),
)  # fmt: skip
def read_passage(passage_id: PassageInPath, backing: BackingHere, library: LibraryHere) -> PassageWhole:
    """Return a passage with its source, what stands before and after it, and what it does to the schools' claims."""
    found = _known(library.passages, passage_id, "passage")
    return views.to_passage_whole(found, library, backing.assistant.originals)


@router.get("/questions", operation_id="listQuestions", summary="List the questions that can be answered",
            responses=described("questions"))  # fmt: skip
def list_questions(
    library: LibraryHere, window: WindowHere, search: Words = None, debate: Debate = None
) -> QuestionPage:
    """List the questions on which the schools part, and those on which they do not, with how the findings lie."""
    found = [
        c for c in library.cruxes if _holds(search, c.id, c.question, *c.asks, *c.topics) and debate in (None, c.debate)
    ]
    return QuestionPage(**window.cut(found, partial(views.to_question_line, library=library)))


@router.get(
    "/questions/{question_id}", operation_id="readQuestion", summary="Read a question",
    responses=described("question", 404),
)  # fmt: skip
def read_question(question_id: EntryInPath, library: LibraryHere) -> QuestionShown:
    """Return a question with the sentences its answer is made of: what each school says, and what would decide it."""
    return views.to_question(_known(library.crux_by_id, question_id, "question"), library)


@router.get("/schools", operation_id="listSchools", summary="List the schools", responses=described("schools"))
def list_schools(library: LibraryHere, window: WindowHere) -> SchoolPage:
    """List the schools of thought and the debates they take part in."""
    return SchoolPage(**window.cut(library.viewpoints, partial(views.to_school_line, library=library)))


@router.get("/schools/{school_id}", operation_id="readSchool", summary="Read a school's claims",
            responses=described("school", 404))  # fmt: skip
def read_school(school_id: EntryInPath, library: LibraryHere) -> SchoolShown:
    """Return a school's claims, each with the findings that support or limit it, and what was searched for."""
    return views.to_school(_known(library.viewpoint_by_id, school_id, "school"), library)


@router.get("/red-flags", operation_id="listRedFlags", summary="List red flags", responses=described("red-flags"))
def list_red_flags(library: LibraryHere, window: WindowHere, search: Words = None) -> RedFlagPage:
    """List the patterns that stop or head an answer, with what to do now."""
    return RedFlagPage(**window.cut([f for f in library.red_flags if _holds(search, f.id, f.name, f.suspected)]))


@router.get("/red-flags/{flag_id}", operation_id="readRedFlag", summary="Read a red flag",
            responses=described("red-flag", 404))  # fmt: skip
def read_red_flag(flag_id: EntryInPath, library: LibraryHere) -> RedFlag:
    """Return a red flag with the words that raise it, those that do not, and its sources."""
    return _known({flag.id: flag for flag in library.red_flags}, flag_id, "red flag")


@router.get("/search", operation_id="searchLibrary", summary="Search the passages", responses=described("search"))
def search_library(
    backing: BackingHere,
    window: WindowHere,
    q: Annotated[Search, Query(min_length=1, description="a question or words", examples=["dose of calf raises"])],
) -> FoundPage:
    """Search by meaning and by words, as a question does, with places kept for each school of its debate."""
    snapshot = backing.assistant.snapshot
    if not q.strip():
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "q: expected a question or words, got blanks")
    retrieved = Retriever(snapshot).retrieve([q])
    hits = retrieved.ranked(schools_of(retrieved, snapshot.library))
    ranked = list(enumerate((h for h in hits if h.passage_id in snapshot.library.passages), start=1))
    return FoundPage(**window.cut(ranked, lambda row: _found(row[0], row[1], snapshot.library)))


def _found(rank: int, hit: Any, library: Library) -> Found:
    passage = library.passages[hit.passage_id]
    title = library.source_of(passage.id).title
    return Found(rank=rank, score=hit.score, passage=views.to_passage(passage, library), title=title)


def _holds(search: str | None, *texts: str | None) -> bool:
    """Whether every word of `search` stands in one of `texts`."""
    held = " ".join(_filled(texts)).casefold()
    return all(word in held for word in (search or "").casefold().split())


def _filled(texts: Iterable[str | None]) -> Iterator[str]:
    yield from (text for text in texts if text)


def _is_of(wanted: str | None, viewpoint: str | None) -> bool:
    return wanted is None or wanted == (viewpoint or "none")


def _known(entries: Any, entry_id: str, what: str) -> Any:
    """Return the entry of that id.

    Raises:
        ProblemError: there is none, 404.
    """
    if entry_id not in entries:
        raise ProblemError(HTTPStatus.NOT_FOUND, f"the library has no {what} of this id; the lists show what it has")
    return entries[entry_id]
