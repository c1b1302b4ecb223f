"""What came of reviews: all of them as rows, agreement, the week's digest, approvals, reference cases."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from annotated_types import Ge, Le
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from corpus.exporting import inert
from ui.api import review_shapes as shapes
from ui.api.backing import BackingHere
from ui.api.caching import TaggedRoute
from ui.api.describing import answered, problems
from ui.api.negotiating import chosen
from ui.api.pages import WindowHere
from ui.api.problems import ProblemError
from ui.api.queue import ItemInPath
from ui.api.who import DeskHere
from ui.api.words import AnswerInPath

router = APIRouter(prefix="/api/v1", tags=["reviews"], route_class=TaggedRoute)
_CSV = "text/csv"
Day = Annotated[date, Ge(date(2000, 1, 3)), Le(date(9000, 1, 1))]
_FIGURES = problems(401, 403, 422, 503)


@router.get("/reviews", operation_id="listReviews", summary="List finished reviews, or take them all out as CSV",
            response_model=shapes.ReviewPage,
            responses={200: answered(_CSV, shown="reviews"), **problems(401, 403, 406, 422, 503)})  # fmt: skip
def list_reviews(desk: DeskHere, window: WindowHere, request: Request) -> Response:
    """List every finished review, superseded ones too, in the order of finishing; for mentors.

    With `Accept: text/csv` all of them come as one table, for a spreadsheet.
    """
    rows = desk.export_reviews()
    if chosen(request, ("application/json", _CSV)) == _CSV:
        name = f'attachment; filename="counterpoint-reviews-{request.app.state.backing.now():%Y-%m-%d}.csv"'
        return Response(_table(rows), media_type=f"{_CSV}; charset=utf-8", headers={"Content-Disposition": name})
    return JSONResponse(window.cut(rows), headers=dict(window.response.headers))


def _table(rows: tuple[dict[str, Any], ...]) -> str:
    """Return `rows` as CSV; what a spreadsheet would run as a formula is made plain text."""
    out = io.StringIO()
    writer: csv.DictWriter[str] = csv.DictWriter(out, list(shapes.ReviewRow.model_fields), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else inert(value)


@router.get("/reviews/agreement", operation_id="readAgreement", summary="Tell how far mentors agree",
            responses={200: answered(shown="agreement"), **_FIGURES})  # fmt: skip
def read_agreement(desk: DeskHere) -> shapes.AgreementShown:
    """Return Krippendorff's alpha of blind reviews by citation, school and answer, with n and interval; for mentors."""
    found = shapes.AgreementShown.of(desk.agreement())
    return found.model_copy(update={"median_minutes": desk.median_minutes()})


@router.get("/reviews/digest", operation_id="readDigest", summary="Tell what was most often corrected in a week",
            responses={200: answered(shown="digest"), **_FIGURES})  # fmt: skip
def read_digest(
    desk: DeskHere,
    backing: BackingHere,
    week: Annotated[Day | None, Query(description="a day of the week; today's where left out")] = None,
) -> shapes.DigestShown:
    """Return the three points that most reviews of the week corrected, by topic, of what the profile may read."""
    return shapes.DigestShown.of(desk.digest(week or backing.now().date()))


@router.get("/approvals", operation_id="listApprovals", summary="List approved answers",
            responses={200: answered(shown="approvals"), **problems(401, 422, 503)})  # fmt: skip
def list_approvals(desk: DeskHere, window: WindowHere) -> shapes.ApprovalPage:
    """List the answers that mentors accepted, the latest first, each with what has changed since."""
    return shapes.ApprovalPage(**window.cut(desk.approvals(), shapes.ApprovalShown.of))


@router.get("/answers/{answer_id}/approval", operation_id="readApproval", summary="Tell whether an answer is approved",
            responses={200: answered(shown="approval"), **problems(401, 403, 404, 422, 503)})  # fmt: skip
def read_approval(answer_id: AnswerInPath, desk: DeskHere) -> shapes.ApprovalShown:
    """Return by whom and when an answer was accepted; expired, with the reasons, where a passage it cites changed."""
    found = desk.approved(answer_id)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "this answer is not approved")
    return shapes.ApprovalShown.of(found)


@router.get("/answers/{answer_id}/like", operation_id="readLike", summary="Find an approved answer to a like question",
            response_model=shapes.LikeShown,
            responses={200: answered(shown="like"), **problems(401, 403, 404, 422, 503)})  # fmt: skip
def read_like(answer_id: AnswerInPath, desk: DeskHere) -> JSONResponse:
    """Return an approved answer to a like question with the facts that differ; never one whose numbers differ."""
    found = desk.like_answer(answer_id)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "no approved answer to a like question is kept")
    told = {
        "approval": shapes.ApprovalShown.of(found.approval).model_dump(mode="json"),
        "answer": dict(found.answer.document),
        "differing": [shapes.DifferenceShown.of(one).model_dump() for one in found.differing],
    }
    return JSONResponse(told)


@router.get("/queue/{item_id}/two-minutes", operation_id="readTwoMinutes", summary="Tell what to look at in haste",
            responses={200: answered(shown="two-minutes"), **problems(401, 403, 404, 422, 503)})  # fmt: skip
def read_two_minutes(item_id: ItemInPath, desk: DeskHere) -> shapes.TwoMinutesShown:
    """Return the claims of the two-minute path: the short answer, each school, what is in doubt, and a sample."""
    return shapes.TwoMinutesShown.of(desk.two_minutes(item_id))


@router.post("/queue/{item_id}/reference-case", operation_id="makeReferenceCase",
             summary="Make an approved answer a reference case", status_code=HTTPStatus.CREATED,
             response_class=Response,
             responses={201: answered("application/yaml"), **problems(401, 403, 404, 409, 422, 503)})  # fmt: skip
def make_reference_case(item_id: ItemInPath, desk: DeskHere) -> Response:
    """Return a file in the form of the eval cases, and write it to the data folder; for mentors."""
    name, text = desk.reference_case(item_id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, HTTPStatus.CREATED, media_type="application/yaml", headers=headers)
