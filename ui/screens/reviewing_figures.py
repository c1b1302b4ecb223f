"""What the reviews come to: how far mentors agree, the week's points, what is approved, and files to take away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.desk import Action, Desk
from assistant.desk.agreeing import Alpha
from assistant.desk.approving import Approval
from assistant.desk.digesting import Digest, Point
from assistant.records.errors import BadRecordError, NotFoundError
from assistant.records.review_types import AnswerVerdict, CitationVerdict, ViewpointVerdict
from corpus.library import Library
from ui.conversations import Conversations
from ui.screens.fragments import ScreenRoute, page
from ui.screens.reviewing_item import number_of
from ui.screens.reviewing_queue import pace_of
from ui.screens.reviewing_words import counted, moment, now_utc
from ui.screens.visitors import Visitors

RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff, Content Analysis (2018), ch. 12
_SHOWN_APPROVALS = 50  # chosen: half a year of a small clinic; the export has them all
_LAST_YEAR = 9998
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WORDS: Mapping[str, str] = {
    CitationVerdict.PARTLY: "supports its sentence only in part",
    CitationVerdict.DOES_NOT: "does not support its sentence",
    CitationVerdict.OVERSTATED: "overstated",
    CitationVerdict.WRONG_SCHOOL: "credited to the wrong school",
    ViewpointVerdict.CARICATURE: "a caricature",
    ViewpointVerdict.MISSING: "missing",
    AnswerVerdict.CORRECTIONS: "accepted with corrections",
    AnswerVerdict.REJECT: "rejected",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreeing:
    """How far mentors agree on one kind of thing, in words and in figures."""

    what: str
    words: str
    figures: str
    low: float | None
    value: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """An approved answer in the list."""

    item_id: int
    question: str
    by: str
    at: str
    reasons: tuple[str, ...]


def build_figures(conversations: Conversations, visitors: Visitors) -> APIRouter:
    """Return the routes of the figures and of the files to take away."""
    router = APIRouter(prefix="/review", route_class=ScreenRoute)

    @router.get("/figures")
    def figures(request: Request, week: str = "") -> Response:
        return _figures(visitors.desk(request), conversations.assistant.snapshot.library, _week(week))

    @router.get("/reviews.csv")
    def as_csv(request: Request) -> Response:
        return _file("reviews.csv", "text/csv", to_csv(visitors.desk(request).export_reviews()))

    @router.get("/reviews.json")
    def as_json(request: Request) -> Response:
        rows = visitors.desk(request).export_reviews()
        return _file("reviews.json", "application/json", json.dumps(rows, ensure_ascii=False, indent=1) + "\n")

    @router.post("/{item}/reference")
    def make_reference(request: Request, item: str) -> Response:
        name, _ = visitors.desk(request).reference_case(number_of(item))
        home = conversations.assistant.settings.index.home
        return page("review/reference.html", id=number_of(item), name=name, place=str(Path(home) / "cases" / name))

    @router.get("/{item}/reference.yaml")
    def reference(request: Request, item: str) -> Response:
        return _file(*_yaml(visitors.desk(request), number_of(item)))

    return router


def _yaml(desk: Desk, item_id: int) -> tuple[str, str, str]:
    name, text = desk.reference_case(item_id)
    return name, "application/yaml", text


def _figures(desk: Desk, library: Library, week: date) -> Response:
    is_mentor = desk.may(Action.READ_STATISTICS)
    digest, now = desk.digest(week), now_utc()
    after = digest.week + timedelta(days=7)
    return page(
        "review/figures.html",
        is_mentor=is_mentor,
        pace=pace_of(desk) if is_mentor else "",
        agreement=_agreement(desk) if is_mentor else (),
        digest=digest,
        points=[(_point(point, library), _topic(point, library), point) for point in digest.points],
        summary=_summary(digest),
        week=f"{digest.week.day} {digest.week:%B}",
        before=(digest.week - timedelta(days=7)).isoformat(),
        after=after.isoformat() if after <= now.date() else "",
        approvals=tuple(_approvals(desk, now)),
    )


def _agreement(desk: Desk) -> tuple[Agreeing, ...]:
    found = desk.agreement()
    return (
        agreeing("Whether a passage supports its sentence", found.citations, "passage"),
        agreeing("Whether a school is given fairly", found.viewpoints, "view"),
        agreeing("Whether the answer is accepted", found.answers, "answer"),
    )


def agreeing(what: str, alpha: Alpha, unit: str) -> Agreeing:
    """Return one line of agreement as a clinician reads it."""
    of = "" if unit == "answer" else f" of {counted(alpha.items, 'answer')}"
    n = f"{counted(alpha.units, unit)}{of}, each judged by two mentors"
    if not alpha.units:
        words, figures = "Nothing was judged by two mentors yet.", ""
    elif alpha.value is None:
        words = "Both gave the same verdict every time; with one verdict only, chance cannot be told from agreement."
        figures = n
    else:
        words, same = _strength(alpha), f"the same verdict on {alpha.same:.0%}" if alpha.same is not None else ""
        between = (
            f", 95% {alpha.low:.2f} to {alpha.high:.2f}" if alpha.low is not None and alpha.high is not None else ""
        )
        figures = "; ".join(x for x in (f"alpha {alpha.value:.2f}{between}", same, n) if x)
    return Agreeing(what=what, words=words, figures=figures, low=alpha.low, value=alpha.value, high=alpha.high)


def _interval(alpha: Alpha) -> str:
    return "" if alpha.low is None or alpha.high is None else f", 95% {alpha.low:.2f} to {alpha.high:.2f}"


def _strength(alpha: Alpha) -> str:
    """Return what an alpha means; where its interval is wide or unknown, that comes first."""
    if alpha.value is None or alpha.low is None or alpha.high is None:
        return "Too few answers were judged twice to say."
    if alpha.low >= RELIABLE:
        return "One mentor's verdict can stand for another's."
    if alpha.low >= TENTATIVE:
        return "The mentors mostly agree; one verdict can stand, with care."
    if alpha.high >= TENTATIVE:
        return "Not clear yet: the interval holds both agreement and disagreement. More second reviews would tell."
    if alpha.high > 0:
        return "The mentors agree little more than by chance: talk over what the verdicts mean."
    return "The mentors disagree more than by chance: they use the verdicts differently."


def _summary(digest: Digest) -> str:
    if not digest.reviews:
        return "No review was finished in this week."
    return f"{counted(digest.reviews, 'review')}, {digest.corrected} of them with something to correct."


def _point(point: Point, library: Library) -> str:
    """Return what was corrected as a sentence."""
    if point.where == "answer":
        return f"The answer: {_WORDS[point.what]}"
    if (school := library.viewpoint_by_id.get(point.where)) is not None:
        return f"{school.name}: {_WORDS[point.what]}"
    source = library.source_of(point.where).title if point.where in library.passages else point.where
    return f"Passage of “{source}”: {_WORDS[point.what]}"


def _topic(point: Point, library: Library) -> str:
    known = library.crux_by_id.get(point.topic)
    return known.question if known else "Other questions"


def _approvals(desk: Desk, now: datetime) -> Iterable[Approved]:
    if not desk.may(Action.READ_QUEUE):
        return
    for approval in desk.approvals()[:_SHOWN_APPROVALS]:
        if (question := _question(desk, approval)) is not None:
            by = " and ".join(approval.reviewer_names)
            yield Approved(
                item_id=approval.item_id,
                question=question,
                by=by,
                at=moment(approval.at, now),
                reasons=approval.reasons,
            )


def _question(desk: Desk, approval: Approval) -> str | None:
    """Return the question of an approved answer, None where it was deleted between the two looks."""
    try:
        return desk.queue_item(approval.item_id).question
    except NotFoundError:
        return None


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV; no cell of it is taken for a formula by a spreadsheet."""
    found = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0]) if found else ["review"], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in found)
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _file(name: str, kind: str, text: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, HTTPStatus.OK, headers, media_type=f"{kind}; charset=utf-8")


def _week(given: str) -> date:
    """Return a day of the week that the address names, today where it names none.

    Raises:
        BadRecordError: it is no date.
    """
    try:
        found = date.fromisoformat(given) if given else now_utc().date()
    except ValueError:
        raise BadRecordError(f"a week: expected a day of it such as 2026-11-30, got {given[:20]!r}") from None
    if not 2 <= found.year <= _LAST_YEAR:
        raise BadRecordError(f"a week: expected a day of it such as 2026-11-30, got {given[:20]!r}")
    return found
