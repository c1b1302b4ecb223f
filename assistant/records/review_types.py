"""What comes out of the records about people and reviews: frozen values, times in aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Role(StrEnum):
    """What a person is in the clinic."""

    PHYSIO = "physio"
    MENTOR = "mentor"


class Thumb(StrEnum):
    """What the asker makes of an answer."""

    UP = "up"
    DOWN = "down"
    PROBLEM = "problem"


class ItemState(StrEnum):
    """Where an answer stands in the mentors' queue."""

    NEW = "new"
    IN_REVIEW = "in-review"
    NEEDS_SECOND = "needs-second"
    DONE = "done"


class CitationVerdict(StrEnum):
    """Whether a cited passage carries what it is cited for."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    DOES_NOT = "does-not"
    OVERSTATED = "overstated"
    WRONG_SCHOOL = "wrong-school"


class ViewpointVerdict(StrEnum):
    """Whether a school would know itself in what is said for it."""

    FAIR = "fair"
    CARICATURE = "caricature"
    MISSING = "missing"


class AnswerVerdict(StrEnum):
    """A mentor's judgement of a whole answer."""

    ACCEPT = "accept"
    CORRECTIONS = "corrections"
    REJECT = "reject"


class Settling(StrEnum):
    """What a reviewer says after seeing the other's review."""

    AGREE = "agree"
    DISSENT = "dissent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person who uses this installation; never deleted, only retired, for reviews go on naming them."""

    id: str
    name: str
    role: Role
    school: str | None
    created_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A thumb with its reasons; a later one of the same person stands beside the earlier, and counts."""

    id: int
    answer_id: str
    profile_id: str | None
    thumb: Thumb
    reasons: tuple[str, ...]
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The asker's own answer, put down before ours was seen."""

    answer_id: str
    profile_id: str | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptResult:
    """What came out of a measure that a clinician filled in beside an answer; one a measure and answer."""

    answer_id: str
    profile_id: str | None
    measure: str
    name: str
    given: Mapping[str, str]
    """The fields as they were typed."""
    said: str
    at: datetime
    by: str | None = None
    """The name of who filled it in, None where that was done without a profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewForm:
    """What a mentor fills in; a draft may leave anything out, a finished review needs a verdict.

    `citations` is keyed by the number of the citation in the answer, `viewpoints` by the school's id, `sampled` holds
    the ids of the claims drawn at random for the two-minute path.
    """

    citations: Mapping[int, CitationVerdict] = field(default_factory=lambda: MappingProxyType({}))
    viewpoints: Mapping[str, ViewpointVerdict] = field(default_factory=lambda: MappingProxyType({}))
    verdict: AnswerVerdict | None = None
    corrected: str | None = None
    comment: str = ""
    sampled: tuple[str, ...] = ()
    wants_second: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A mentor's judgement of one answer; a draft until it is finished, then never changed, only superseded."""

    id: int
    item_id: int
    reviewer_id: str
    reviewer_name: str
    ordinal: int | None
    """1 for the first finished, 2 for the blind second, None for a draft."""
    form: ReviewForm
    active_seconds: int
    started_at: datetime
    saved_at: datetime
    finished_at: datetime | None
    superseded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What one reviewer said after the reveal."""

    id: int
    item_id: int
    profile_id: str
    name: str
    kind: Settling
    verdict: AnswerVerdict | None
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A word between mentor and physio about one answer."""

    id: int
    item_id: int
    author_id: str
    author_name: str
    author_role: Role
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """An answer in the queue as one line of a list; `status` is the answer's outcome."""

    id: int
    answer_id: str
    conversation_id: str | None
    question: str
    status: str
    asked_at: datetime
    sent_at: datetime
    asker_id: str | None
    asker_name: str | None
    owner_id: str | None
    """To whom the case belongs; who asked is then the same, else the one who sent it first."""
    case_title: str | None
    """What the case is called: its first question, or what its owner made of it; None for an answer without a case."""
    note: str
    state: ItemState
    thumbs_down: bool
    is_problem: bool
    cruxes: tuple[str, ...]
    viewpoints: tuple[str, ...]
    held_by_id: str | None
    held_by_name: str | None
    held_until: datetime | None
    """Until when `held_by` has it; these three are None where nobody holds it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem(QueueLine):
    """An answer in the queue with everything the reader may see of it; the blind rule has been applied."""

    document: Mapping[str, Any]
    reviews: tuple[Review, ...]
    """Finished ones in order, and the reader's own draft, which comes last."""
    settlements: tuple[Settlement, ...]
    settled: AnswerVerdict | None
    """The verdict that stands: a single review's, or the one both reviewers hold; None while they differ."""
    feedback: tuple[Feedback, ...]
    commitment: Commitment | None
    is_blind: bool
    """Whether a colleague's review is hidden from the reader until their own is finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A part of the queue; `total` counts the whole of it."""

    items: tuple[QueueLine, ...]
    total: int
    limit: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptApproval:
    """That an answer was accepted, by whom and on which passages; `text` is the corrected text where there is one."""

    id: int
    item_id: int
    answer_id: str
    verdict: AnswerVerdict
    text: str | None
    reviewers: tuple[str, ...]
    passages: tuple[Mapping[str, Any], ...]
    subject: str
    intent: str
    at: datetime
