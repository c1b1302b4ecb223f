"""Clinical tests and scores: how each is done, and those that compute worked out."""

from collections.abc import Callable  # no `annotations` from the future: the routes of the measures are typed by value
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query
from fastapi.openapi.models import Example
from pydantic import BaseModel, Field

from corpus.library import Library
from corpus.types import Measure, SeenLevel, Strength
from ui.api.backing import LibraryHere
from ui.api.caching import TaggedRoute, shared
from ui.api.describing import answered, problems
from ui.api.measure_inputs import MEASURES, Inputs
from ui.api.pages import Page, WindowHere
from ui.api.problems import ProblemError
from ui.api.words import EntryInPath
from ui.measured import to_json

router = APIRouter(
    prefix="/api/v1/measures", tags=["measures"], route_class=TaggedRoute, dependencies=[Depends(shared)]
)  # fmt: skip


class MeasureShown(BaseModel):
    """A clinical test or score: how it is done, what is normal, and where that comes from."""

    id: str
    name: str
    protocol: str
    unit: str
    norm: str | None
    error: str | None
    valid: str | None = Field(description="whom and which values it holds for")
    computed_at: str | None = Field(description="the address that works it out; null where nothing does")
    cites: list[str] = Field(description="passages, by id")


class MeasurePage(Page[MeasureShown]):
    """Measures, by id."""


class Number(BaseModel):
    """One number that was worked out."""

    name: str
    value: float
    unit: str


class Criterion(BaseModel):
    """One criterion of a rule, and whether it is met."""

    name: str
    met: bool


class Reference(BaseModel):
    """A passage that the result rests on."""

    passage_id: str
    quote: str
    title: str
    authors: str | None
    year: int | None
    doi: str | None
    pmid: str | None
    seen: SeenLevel
    locator: str
    strength: Strength


class MeasureResult(BaseModel):
    """What was worked out, what it means, what limits it, and where that comes from."""

    schema_: Literal["counterpoint-measure/1"] = Field(alias="schema")
    measure: str
    said: str = Field(description="the result in a line")
    values: list[Number]
    band: str
    meaning: str = Field(description="an action or a comparison; never a diagnosis")
    criteria: list[Criterion]
    limits: list[str]
    error: str | None
    valid: str | None
    protocol: str | None
    sources: list[Reference]


@router.get("", operation_id="listMeasures", summary="List tests and scores",
            responses={200: answered(shown="measures"), **problems(422, 503)})  # fmt: skip
def list_measures(
    library: LibraryHere,
    window: WindowHere,
    computed: Annotated[bool | None, Query(description="only those that are worked out, or only the others")] = None,
) -> MeasurePage:
    """List the tests and scores the library knows, with protocol, norm and error."""
    found = [m for m in library.measures if computed in (None, m.computes is not None)]
    return MeasurePage(**window.cut(found, _shown))


@router.get("/{measure_id}", operation_id="readMeasure", summary="Read a test or score",
            responses={200: answered(shown="measure"), **problems(404, 422, 503)})  # fmt: skip
def read_measure(measure_id: EntryInPath, library: LibraryHere) -> MeasureShown:
    """Return how a test or score is done, what is normal, its error, and where it is worked out."""
    found = next((m for m in library.measures if m.id == measure_id), None)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "the library has no measure of this id; see /api/v1/measures")
    return _shown(found)


def _shown(measure: Measure) -> MeasureShown:
    return MeasureShown(
        id=measure.id,
        name=measure.name,
        protocol=measure.protocol,
        unit=measure.unit,
        norm=measure.norm,
        error=measure.error,
        valid=measure.valid,
        computed_at=f"/api/v1/measures/{measure.computes}/result" if measure.computes else None,
        cites=list(measure.cites),
    )


def _worked_out(given: Inputs, library: Library) -> dict[str, Any]:
    return to_json(given.result(), library)


def _route_of(inputs: type[Inputs]) -> Callable[..., Any]:
    """Return the function that answers a measure's address; it is typed for FastAPI by its inputs."""
    shown = {"usual": Example(summary=inputs.about, value=dict(inputs.sample))}

    def compute(given: Annotated[inputs, Body(openapi_examples=shown)], library: LibraryHere) -> Any:  # pyright: ignore[reportInvalidTypeForm]
        return _worked_out(given, library)

    return compute


for _inputs in MEASURES:
    router.add_api_route(
        f"/{_inputs.name}/result",
        _route_of(_inputs),
        methods=["POST"],
        operation_id="compute" + "".join(part.title() for part in _inputs.name.split("-")),
        summary=_inputs.about.rstrip("."),
        description=f"{_inputs.about} The result comes with its error, its limits and its sources; nothing is kept.",
        response_model=MeasureResult,
        responses={200: answered(shown=f"measure-results/{_inputs.name}"), **problems(413, 422, 503)},
    )
