"""Cases, people and reviews as JSON has them; made from the desk's values by their attributes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from assistant.desk.sitting import LONG_CHARS, NOTE_CHARS
from assistant.records.review_types import (
    AnswerVerdict,
    CitationVerdict,
    ItemState,
    Role,
    Settling,
    Thumb,
    ViewpointVerdict,
)
from assistant.records.types import Conversation
from assistant.records.validating import LONGEST_TITLE_CHARS
from ui.api.answer_shapes import AnswerGiven
from ui.api.pages import Page
from ui.api.words import AnswerId, Clean

Note = Annotated[str, Field(max_length=NOTE_CHARS), Clean]
Long = Annotated[str, Field(max_length=LONG_CHARS), Clean]


class Shown(BaseModel):
    """A value of the desk as it goes out."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, value: Any) -> Self:
        """Return `value`, a value of the desk, in this shape."""
        return cls.model_validate(value)


class Sent(BaseModel):
    """A body that comes in; what it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


# --- cases


class ConversationLine(Shown):
    """A case that was talked over, as one line of a list."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    owner_id: str | None = Field(description="the profile it belongs to; null where it is nobody's and everybody's")
    answer_count: int


class ConversationShown(ConversationLine):
    """A case with its answers in order, each with its references."""

    answers: list[AnswerGiven]


class CaseExported(BaseModel):
    """A case as a file: its answers in order, each with its references."""

    schema_: Literal["counterpoint/case/1"] = Field(alias="schema")
    title: str
    conversation: str | None
    exported_at: str
    intended_use: str
    answers: list[AnswerGiven]


class ConversationPage(Page[ConversationLine]):
    """Cases, the latest first."""


class Renamed(Sent):
    """A case's new title."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"title": "Runner, right knee"}]})

    title: Annotated[str, Field(min_length=1, max_length=2_000), Clean]


def to_line(case: Conversation) -> dict[str, Any]:
    """Return a case as one line, as JSON has it."""
    parts = {name: getattr(case, name) for name in ("id", "title", "created_at", "updated_at", "owner_id")}
    return ConversationLine(**parts, answer_count=len(case.answers)).model_dump(mode="json")


# --- people


class ProfileShown(Shown):
    """A person who uses this installation."""

    id: str = Field(pattern="^p-[0-9a-f]{32}$")
    name: str
    role: Role
    school: str | None = Field(description="the school of thought they follow, by id")
    created_at: datetime


class ProfilePage(Page[ProfileShown]):
    """Profiles that can be chosen, by name."""


class ProfileAdded(Sent):
    """A new profile."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "Ana Petrova", "role": "mentor", "school": "whole-chain"}]},
    )

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE_CHARS), Clean]
    role: Role
    school: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")] | None = Field(
        default=None, description="the id of a school of the library"
    )


# --- what the asker makes of an answer


class FeedbackShown(Shown):
    """A thumb with its reasons; the last one of a person counts."""

    answer_id: str
    profile_id: str | None
    thumb: Thumb
    reasons: list[str]
    note: str
    at: datetime


class FeedbackPage(Page[FeedbackShown]):
    """The thumbs given to an answer, in order."""


class FeedbackGiven(Sent):
    """A thumb: up, down, or a problem to be looked at."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"thumb": "down", "reasons": ["too long"], "note": "No dose given."}]},
    )

    thumb: Thumb
    reasons: list[Annotated[str, Field(max_length=60), Clean]] = Field(default_factory=list, max_length=12)
    note: Note = ""


class CommitmentShown(Shown):
    """The asker's own answer, put down before ours was seen."""

    answer_id: str
    profile_id: str | None
    text: str
    at: datetime


class CommitmentMade(Sent):
    """One's own answer."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "Calf first, then the whole leg."}]}
    )

    text: Annotated[str, Field(min_length=1, max_length=LONG_CHARS), Clean]


# --- the queue


class QueueLineShown(Shown):
    """An answer in the mentors' queue, as one line of a list."""

    id: int
    answer_id: str
    conversation_id: str | None
    question: str
    status: str = Field(description="the answer's outcome")
    asked_at: datetime
    sent_at: datetime
    asker_id: str | None
    asker_name: str | None
    note: str = Field(description="the asker's word to the mentor")
    state: ItemState
    thumbs_down: bool
    is_problem: bool
    cruxes: list[str]
    viewpoints: list[str] = Field(description="the schools that the answer cites")
    held_by_id: str | None
    held_by_name: str | None
    held_until: datetime | None = Field(description="until when it is reserved; null where nobody has it")


class FormShown(Shown):
    """What a mentor filled in."""

    citations: dict[int, CitationVerdict] = Field(description="by the number of the citation")
    viewpoints: dict[str, ViewpointVerdict] = Field(description="by the school's id")
    verdict: AnswerVerdict | None
    corrected: str | None
    comment: str
    sampled: list[str] = Field(description="claims drawn at random, by id")
    wants_second: bool


class ReviewShown(Shown):
    """A mentor's judgement of one answer."""

    id: int
    item_id: int
    reviewer_id: str
    reviewer_name: str
    ordinal: int | None = Field(description="1 for the first finished, 2 for the blind second, null for a draft")
    form: FormShown
    active_seconds: int
    started_at: datetime
    saved_at: datetime
    finished_at: datetime | None
    superseded_at: datetime | None


class SettlementShown(Shown):
    """What a reviewer said after seeing the other's review."""

    profile_id: str
    name: str
    kind: Settling
    verdict: AnswerVerdict | None
    note: str
    at: datetime


class QueueItemSeen(QueueLineShown):
    """What of an answer in the queue may be seen beside the answer itself."""

    reviews: list[ReviewShown]
    settlements: list[SettlementShown]
    settled: AnswerVerdict | None = Field(description="the verdict that stands; null while the reviewers differ")
    feedback: list[FeedbackShown]
    commitment: CommitmentShown | None
    is_blind: bool = Field(description="whether a colleague's review is hidden until one's own is finished")


class QueueItemShown(QueueItemSeen):
    """An answer in the queue with all of it that may be seen: a colleague's review only after one's own."""

    document: AnswerGiven


class QueueShownPage(Page[QueueLineShown]):
    """The queue: what waits before what is done, problems first, then who waited longest."""


class ToMentor(Sent):
    """An answer to be looked at by a mentor."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"answer_id": "a-0f1e2d3c4b5a69788796", "note": "Which dose would you take?"}]},
    )

    answer_id: AnswerId
    note: Note = ""


class ReviewSaved(Sent):
    """A review; a draft may leave anything out, a finished one needs a verdict."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "citations": {"1": "supports", "2": "partly"},
                    "viewpoints": {"calf-focused": "fair", "whole-chain": "fair"},
                    "verdict": "accept",
                    "comment": "Well put.",
                    "finish": True,
                }
            ]
        },
    )

    citations: dict[Annotated[int, Field(ge=1, le=1_000)], CitationVerdict] = Field(
        default_factory=dict, max_length=200, description="by the number of the citation"
    )
    viewpoints: dict[Annotated[str, Field(max_length=120)], ViewpointVerdict] = Field(
        default_factory=dict, max_length=20, description="by the school's id"
    )
    verdict: AnswerVerdict | None = None
    corrected: Long | None = Field(default=None, description="the corrected answer; needed for `corrections`")
    comment: Note = ""
    sampled: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=200)
    wants_second: bool = False
    finish: bool = Field(default=False, description="finished, and never changed again; else kept as a draft")


class Agreed(Sent):
    """A verdict taken over after the reveal."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"verdict": "accept", "note": "You are right on the dose."}]}
    )

    verdict: AnswerVerdict
    note: Note = ""


class Dissented(Sent):
    """Why one holds to one's own verdict."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"note": "The trial was in women only."}]}
    )

    note: Annotated[str, Field(min_length=1, max_length=NOTE_CHARS), Clean]


class CommentShown(Shown):
    """A word between mentor and physio about one answer."""

    id: int
    item_id: int
    author_id: str
    author_name: str
    author_role: Role
    text: str
    at: datetime


class CommentPage(Page[CommentShown]):
    """The comments on an answer, in order."""


class CommentMade(Sent):
    """A comment."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "Did you test the soleus?"}]})

    text: Annotated[str, Field(min_length=1, max_length=NOTE_CHARS), Clean]


class Choices(Shown):
    """What the queue can be narrowed to, and how many answers stand in each state."""

    viewpoints: list[str]
    cruxes: list[str]
    askers: list[tuple[str, str]] = Field(description="id and name of each person whose answers stand there")
    counts: dict[ItemState, int]


class Unread(BaseModel):
    """On which answers another has said something since one looked."""

    count: int
    items: list[int] = Field(description="their numbers in the queue")
