"""What came of reviews, as JSON has it: agreement, the week's digest, approvals, rows for a spreadsheet."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from assistant.records.review_types import AnswerVerdict, CitationVerdict, ViewpointVerdict
from ui.api.answer_shapes import AnswerGiven
from ui.api.desk_shapes import Shown
from ui.api.pages import Page


class AlphaShown(Shown):
    """Krippendorff's alpha on one kind of thing, with a 95 % interval; null where there is too little to tell."""

    value: float | None
    low: float | None
    high: float | None
    same: float | None = Field(description="the share of units on which both gave the same verdict")
    units: int = Field(description="how many citations, schools or answers two mentors judged blind")
    items: int = Field(description="of how many answers")


class AgreementShown(Shown):
    """How far mentors agree who do not see each other's review, and how long a review takes."""

    citations: AlphaShown
    viewpoints: AlphaShown
    answers: AlphaShown
    median_minutes: float | None = Field(default=None, description="of a review, time away left out")


class PointShown(Shown):
    """One thing that mentors corrected."""

    topic: str
    what: str
    where: str = Field(description="a passage, a school, or the answer")
    reviews: int
    items: list[int]


class DigestShown(Shown):
    """A week of reviews, Monday to Sunday in UTC, and the points most often corrected."""

    week: date
    reviews: int
    corrected: int
    points: list[PointShown]


class ApprovalShown(Shown):
    """That an answer was accepted, by whom and when, and whether it still holds."""

    item_id: int
    answer_id: str
    verdict: AnswerVerdict
    text: str | None = Field(description="the corrected answer, where there is one")
    reviewer_names: list[str]
    at: datetime
    is_expired: bool
    reasons: list[str] = Field(description="what changed since, a sentence each")


class ApprovalPage(Page[ApprovalShown]):
    """Approvals, the latest first."""


class DifferenceShown(Shown):
    """A fact that is not the same in both cases."""

    name: str
    label: str
    here: str | None
    there: str | None


class LikeShown(BaseModel):
    """An approved answer to a like question, with the facts that differ."""

    approval: ApprovalShown
    answer: AnswerGiven
    differing: list[DifferenceShown]


class TwoMinutesShown(Shown):
    """Which claims a mentor in haste looks at, by id."""

    shown: list[str] = Field(description="the short answer, and each school once")
    flagged: list[str] = Field(description="claims in doubt")
    sampled: list[str] = Field(description="drawn at random from the rest, so that agreement stays measurable")


class ReviewRow(BaseModel):
    """A finished review as one row."""

    review: int
    item: int
    answer: str
    question: str
    status: str
    cruxes: list[str]
    asker: str | None
    reviewer: str
    ordinal: int | None
    started_at: datetime
    finished_at: datetime | None
    superseded_at: datetime | None
    minutes: float
    citations: dict[str, CitationVerdict] = Field(description="by the number of the citation")
    viewpoints: dict[str, ViewpointVerdict]
    verdict: AnswerVerdict | None
    corrected: str | None
    comment: str
    sampled: list[str]
    wants_second: bool
    passages: dict[str, CitationVerdict] = Field(description="the same by the passage's id")
    settled: AnswerVerdict | None = Field(description="the verdict that stands")


class ReviewPage(Page[ReviewRow]):
    """Finished reviews, in the order of finishing."""
