"""An answer as JSON has it (``counterpoint/answer/1``), for the API's description.

Answers go out as they were made or kept, untouched; these shapes say what stands in them. ``docs/answer.schema.json``
says the same for readers of files; a test holds the two to each other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.types import Action, Strength
from guardrails.types import Basis, Detail, DismissalReason, Intent, Place, SectionKind, Status

Fingerprint = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]


class Grown(BaseModel):
    """A part of an answer; a newer Counterpoint may say more."""

    model_config = ConfigDict(extra="allow")


class Fact(Grown):
    """A fact read from the case."""

    id: str = Field(pattern="^f[0-9]+$")
    name: str = Field(examples=["heel_rise.left"])
    value: bool | float | str | list[str] = Field(examples=[14])
    unit: str | None = Field(examples=["repetition"])
    said: str = Field(description="the words typed that said it")
    turn: int = Field(ge=1, description="the question it was said in, counted from 1")
    replaced_by: str | None = Field(description="the fact that took its place; `withdrawn` where nothing did")


class CaseRead(Grown):
    """What was understood of the case, and what is not known."""

    facts: list[Fact]
    missing: list[str] = Field(description="facts not told, those that would change the answer most first")


class RedFlagSeen(Grown):
    """A red flag raised by the case."""

    pattern: str
    triggers: list[str] = Field(description="the words that raised it")
    action: Action
    dismissed: str | None = Field(description="why the clinician set it aside")
    possible: bool = Field(default=False, description="not seen for sure: it heads the answer and does not stop it")


class Dismissing(Grown):
    """How the red flags that stop an answer can be set aside: send them back as `dismissals`."""

    patterns: list[str] = Field(min_length=1)
    reasons: list[DismissalReason]


class Computed(Grown):
    """A number that was worked out, and from what."""

    formula: str
    inputs: dict[str, float]
    value: float


class ClaimMade(Grown):
    """One sentence of an answer."""

    id: str = Field(pattern="^c[0-9]+$")
    text: str = Field(min_length=1)
    basis: Basis = Field(description="in a source, put together from sources, computed, or from the case itself")
    origin: str | None = Field(default=None, description="the sentence's address in the library, when it was authored")
    computed: Computed | None
    citations: list[Annotated[int, Field(ge=1)]] = Field(description="numbers of citations")


class SectionMade(Grown):
    """A part of an answer under one heading."""

    kind: SectionKind
    viewpoint: str | None = Field(description="the school that speaks; null in every other section")
    title: str
    silent: bool = Field(default=False, description="the school does not address this; its nearest words are shown")
    claims: list[ClaimMade] = Field(min_length=1)


class CitationMade(Grown):
    """A passage that the answer rests on, with its source."""

    number: int = Field(ge=1)
    passage_id: str
    passage_fingerprint: Fingerprint
    source_id: str
    viewpoint: str | None
    locator: str
    quote: str = Field(min_length=1, description="the passage as it stands in the library")
    figures: dict[str, str] = Field(
        default_factory=dict, description="figures of its record that the answer states and the quote does not print"
    )
    original: str | None = Field(description="the verbatim paragraph, when attached")
    title: str
    authors: str | None
    year: int | None
    doi: str | None
    pmid: str | None
    design: str
    grade: str | None
    strength: Strength | None = None


class Check(Grown):
    """One check that the answer was held to."""

    name: str
    passed: bool
    detail: str


class VerdictGiven(Grown):
    """Whether the answer passed, and each check."""

    passed: bool
    checks: list[Check] = Field(min_length=1)


class Used(Grown):
    """What a language model was asked for."""

    calls: int = Field(ge=0)
    input_tokens: int = Field(ge=0)
    output_tokens: int = Field(ge=0)
    cost: float | None = Field(ge=0, description="in the currency of the prices that are set; null where none is")


class Made(Grown):
    """What the answer was made from, by what, and how long it took."""

    corpus: Fingerprint = Field(description="of the library")
    settings: Fingerprint
    composer: str = Field(pattern="^(extractive|[^:]+:.+)$", description="`extractive`, or the model as provider:name")
    prompt: Fingerprint | None = None
    usage: Used | None = None
    revisions: int = Field(ge=0)
    elapsed_ms: float = Field(ge=0)
    stages_ms: dict[str, Annotated[float, Field(ge=0)]]


class AttemptMade(Grown):
    """A draft that was not shown, and why."""

    composer: str
    error: str | None
    rules: list[str]


class NoticeGiven(Grown):
    """Text that reads as an order to a computer and was left out."""

    place: Place
    signs: list[str]
    passages: list[str]


class AnswerGiven(Grown):
    """An answer with its references, as it was given."""

    schema_: Literal["counterpoint/answer/1"] = Field(alias="schema")
    id: str = Field(pattern="^a-[0-9a-f]{20}$")
    conversation: str | None
    asked_at: datetime = Field(description="UTC")
    question: str = Field(min_length=1, description="as asked, identifiers removed")
    removed: list[str] = Field(default_factory=list, description="kinds of identifiers taken out of what was typed")
    status: Status
    detail: Detail | None = None
    intent: Intent
    debates: list[str]
    cruxes: list[str] = Field(max_length=2, description="the disputed questions it answers, by id")
    case: CaseRead
    red_flags: list[RedFlagSeen]
    dismissing: Dismissing | None = None
    sections: list[SectionMade] = Field(min_length=1)
    citations: list[CitationMade]
    verdict: VerdictGiven
    provenance: Made
    attempts: list[AttemptMade] = Field(default_factory=list)
    notices: list[NoticeGiven] = Field(default_factory=list)
    measured: list[Measured] = Field(default_factory=list, description="what a clinician worked out beside it since")
    markdown: str = Field(min_length=1, description="the whole answer as a person reads it, with its references")


class Measured(Grown):
    """What came out of a measure that a clinician filled in beside the answer."""

    measure: str
    name: str
    given: dict[str, str] = Field(description="the fields as typed")
    said: str
    entered_by: str | None = Field(description="the profile's name, null without one")
    at: datetime = Field(description="UTC")


class StageTold(BaseModel):
    """A step of the work that has begun, as the event `stage`."""

    stage: str = Field(examples=["evidence"])


class SectionTold(BaseModel):
    """One section of the finished answer, as the event `section`."""

    number: int = Field(ge=1)
    of: int = Field(ge=1)
    section: SectionMade


class DoneTold(BaseModel):
    """What became of the answer, as the last event, `done`."""

    kept: bool = Field(description="whether it was kept")
    conversation: Literal["new", "continued"] | None
