"""What the reviews come to: the week's most corrected points, the time a review takes, and all of them as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from assistant.desk import seeing
from assistant.desk.access import Action
from assistant.desk.queueing import belonging, reviewer_of
from assistant.desk.sitting import Sitting
from assistant.records import queueing
from assistant.records.engine import Connection
from assistant.records.queries import select_answer
from assistant.records.review_types import (
    AnswerVerdict,
    CitationVerdict,
    ItemState,
    QueueLine,
    Review,
    ViewpointVerdict,
)
from assistant.records.reviews import select_reviews, select_settlements, to_row

TOP = 3
_WEEK = timedelta(days=7)
_NO_TOPIC = "other"
_ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that mentors corrected: `what` of `where` (a passage, a school or the answer) on `topic`.

    `topic` is the subject's id, or ``other``; `items` are those of the queue that the reader may open.
    """

    topic: str
    what: str
    where: str
    reviews: int
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A week of reviews, Monday to Sunday in UTC: how many, how many corrected something, and the points."""

    week: date
    reviews: int
    corrected: int
    points: tuple[Point, ...]


def digest(sitting: Sitting, week: date) -> Digest:
    """Return the three points corrected by most reviews in the week of a day, of items that are done."""
    sitting.require(Action.READ_DIGEST)
    monday = week - timedelta(days=week.weekday())
    start = datetime.combine(monday, time(), UTC)
    with sitting.records.reading() as connection:
        done = {x.id: x for x in queueing.select_lines(connection, sitting.now()) if x.state == ItemState.DONE}
        found = [r for r in select_reviews(connection) if r.item_id in done and _is_within(r, start)]
        cited = {r.item_id: _passages(connection, done[r.item_id].answer_id) for r in found}
    faults = {review.id: tuple(_corrections(review, cited[review.item_id])) for review in found}
    readable = {line.id for line in done.values() if sitting.may(Action.READ_ITEM, belonging(line))}
    return Digest(
        week=monday,
        reviews=len(found),
        corrected=sum(map(bool, faults.values())),
        points=_points(found, faults, done, readable)[:TOP],
    )


def median_minutes(sitting: Sitting) -> float | None:
    """Return the median of the minutes that finished reviews took, time away left out; None where there is none."""
    sitting.require(Action.READ_STATISTICS)
    with sitting.records.reading() as connection:
        spent = [r.active_seconds / 60 for r in select_reviews(connection) if r.finished_at]
    return median(spent) if spent else None


def export_reviews(sitting: Sitting) -> tuple[dict[str, Any], ...]:
    """Return every finished review as a row of plain values, superseded ones too, in the order of finishing.

    What is hidden from a mentor who has yet to review the item is left out until they have.
    """
    sitting.require(Action.TAKE_OUT)
    rows = []
    with sitting.records.reading() as connection:
        found = select_reviews(connection)
        for line in queueing.select_lines(connection, sitting.now()):
            of_item = [review for review in found if review.item_id == line.id]
            if seeing.is_blind(line, of_item, reviewer_of(sitting, line)):
                continue
            stands = seeing.settled(of_item, select_settlements(connection, line.id))
            cited = _passages(connection, line.answer_id)
            verdict = str(stands.verdict) if stands is not None and stands.verdict is not None else None
            rows += [_row(line, review, cited, verdict) for review in of_item if review.finished_at]
    return tuple(sorted(rows, key=lambda row: (row["finished_at"], row["review"])))


def _row(line: QueueLine, review: Review, cited: Mapping[int, str], settled: str | None) -> dict[str, Any]:
    form = to_row(review.form)
    judged = {cited.get(int(number), number): verdict for number, verdict in form["citations"].items()}
    return {
        "review": review.id,
        "item": line.id,
        "answer": line.answer_id,
        "question": line.question,
        "status": line.status,
        "cruxes": list(line.cruxes),
        "asker": line.asker_name,
        "reviewer": review.reviewer_name,
        "ordinal": review.ordinal,
        "started_at": review.started_at.isoformat(),
        "finished_at": review.finished_at.isoformat() if review.finished_at else None,
        "superseded_at": review.superseded_at.isoformat() if review.superseded_at else None,
        "minutes": round(review.active_seconds / 60, 1),
        **form,
        "passages": judged,
        "settled": settled,
    }


def _points(
    found: Sequence[Review],
    faults: Mapping[int, Sequence[tuple[str, str]]],
    lines: Mapping[int, QueueLine],
    readable: set[int],
) -> tuple[Point, ...]:
    """Return what was corrected, by topic, what most reviews corrected first."""
    said: dict[tuple[str, str, str], list[Review]] = {}
    for review in found:
        topic = next(iter(lines[review.item_id].cruxes), _NO_TOPIC)
        for what, where in faults[review.id]:
            said.setdefault((topic, what, where), []).append(review)
    ranked = sorted(said.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(
        Point(
            topic=topic,
            what=what,
            where=where,
            reviews=len(reviews),
            items=tuple(sorted({review.item_id for review in reviews} & readable)),
        )
        for (topic, what, where), reviews in ranked
    )


def _corrections(review: Review, cited: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Yield what a review found fault with, and where; each once."""
    form = review.form
    bad = ((v.value, cited.get(n, f"[{n}]")) for n, v in form.citations.items() if v != CitationVerdict.SUPPORTS)
    yield from dict.fromkeys(bad)
    yield from ((v.value, school) for school, v in form.viewpoints.items() if v != ViewpointVerdict.FAIR)
    if form.verdict in {AnswerVerdict.CORRECTIONS, AnswerVerdict.REJECT}:
        yield str(form.verdict), _ANSWER


def _passages(connection: Connection, answer_id: str) -> dict[int, str]:
    answer = select_answer(connection, answer_id)
    return {} if answer is None else {c["number"]: c["passage_id"] for c in answer.document.get("citations") or ()}


def _is_within(review: Review, start: datetime) -> bool:
    ended = review.finished_at
    return ended is not None and review.superseded_at is None and start <= ended < start + _WEEK
