"""The library as JSON has it; ``library_views`` makes these shapes from the library in force."""

from __future__ import annotations

from pydantic import BaseModel, Field

from corpus.types import (
    Decider,
    Design,
    Direction,
    Directness,
    EvidenceLink,
    Lead,
    Need,
    PassageKind,
    Point,
    Premise,
    RedFlag,
    Searched,
    Seen,
    Strength,
    Text,
    View,
)
from ui.api.pages import Page


class PassageShown(BaseModel):
    """The unit that is found and cited."""

    id: str
    source_id: str
    locator: str = Field(description="where it stands in its source")
    kind: PassageKind
    text: str = Field(description="what the source says and nothing else")
    implication: str | None = Field(description="our reading for practice; never cited as the source's")
    topics: list[str]
    population: str | None
    figures: dict[str, str]
    grade: str | None = Field(description="as printed in the source")
    strength: Strength = Field(description="what its source weighs, in four words")
    viewpoint: str | None = Field(description="the school whose own document it is from")
    fingerprint: str = Field(description="of its text, figures and grade")


class Bearing(BaseModel):
    """What a passage does to a claim of a school, how directly, and why."""

    claim: str
    text: str
    direction: Direction
    directness: Directness
    why: str


class Finding(BaseModel):
    """A passage laid beside a claim: what it does to it, how directly, and why."""

    passage: str
    text: str
    strength: Strength
    direction: Direction
    directness: Directness
    why: str


class SourceLine(BaseModel):
    """A source as one line of a list."""

    id: str
    title: str
    authors: str | None
    year: int | None
    journal: str | None
    doi: str | None
    pmid: str | None
    design: Design
    viewpoint: str | None
    seen: Seen = Field(description="how far we saw it, and when")
    retracted: bool
    own: bool = Field(description="whether it is the clinic's own document")
    passages: int


class LeftOut(BaseModel):
    """A paragraph of a digested article that was left out, and why."""

    number: int
    why: str


class SourceShown(SourceLine):
    """A source with its passages in order."""

    interests: str | None = Field(description="what its authors stand to gain")
    licence: str | None
    in_order: list[PassageShown]
    left_out: list[LeftOut]


class PassageWhole(PassageShown):
    """A passage in its place: its source, its neighbours, what it does to the schools' claims, and what cites it."""

    original: str | None = Field(description="the verbatim paragraph, where the clinic attached the article")
    note: str | None
    conflicts_with: list[str]
    source: SourceLine
    before: PassageShown | None
    after: PassageShown | None
    bears_on: list[Bearing]
    questions: list[str] = Field(description="the questions whose answers show it, by id")


class QuestionLine(BaseModel):
    """A question that can be answered, as one line of a list."""

    id: str
    kind: str = Field(description="crux: the schools part on it; brief: they do not")
    debate: str
    question: str
    topics: list[str]
    weight: str = Field(description="how the findings lie between the schools, in clinic words; empty for a brief")


class QuestionShown(QuestionLine):
    """A question with the sentences its answer is made of, each with what it cites."""

    asks: list[str]
    lead: Lead
    next: list[Text]
    dose: list[Text]
    views: dict[str, View]
    evidence: list[EvidenceLink]
    agree: list[Text]
    decides: list[Decider] = Field(description="tests whose result would decide it")
    needs: list[Need]
    premises: list[Premise]
    points: list[Point]


class ClaimShown(BaseModel):
    """A claim of a school, and what each side rests on: the findings laid beside it."""

    id: str
    text: str
    passages: list[str]
    searched: Searched | None
    findings: list[Finding]


class SchoolLine(BaseModel):
    """A school of thought."""

    id: str
    name: str
    proponent: str
    definition: str
    weight: str
    debates: list[str]


class SchoolShown(SchoolLine):
    """A school with its claims."""

    source: str
    mistaken_for: list[str]
    claims: list[ClaimShown]


class Found(BaseModel):
    """A passage found for a search, best first."""

    rank: int = Field(ge=1)
    score: float
    passage: PassageShown
    title: str = Field(description="of its source")


class Summary(BaseModel):
    """What the library in force holds."""

    fingerprint: str
    sources: int
    passages: int
    questions: int
    measures: int
    red_flags: int
    debates: list[str]
    own: list[str] = Field(description="the clinic's own documents")


class SourcePage(Page[SourceLine]):
    """Sources, by id."""


class PassagePage(Page[PassageShown]):
    """Passages, by id."""


class QuestionPage(Page[QuestionLine]):
    """Questions that can be answered, by id."""


class RedFlagPage(Page[RedFlag]):
    """Red flags, by id."""


class SchoolPage(Page[SchoolLine]):
    """Schools, by id."""


class FoundPage(Page[Found]):
    """What a search found."""
