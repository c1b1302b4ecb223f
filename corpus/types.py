"""The vocabulary of the library: what a source, passage, crux or brief is.

Everything here is a frozen value. Files are validated against these classes by
``corpus.library``, which names file and line when a field does not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

_STRICT = {"extra": "forbid", "str_strip_whitespace": True}


class Design(StrEnum):
    """How a source came to what it says."""

    GUIDELINE = "guideline"
    SYSTEMATIC_REVIEW = "systematic-review"
    RCT = "rct"
    COHORT = "cohort"
    CROSS_SECTIONAL = "cross-sectional"
    DIAGNOSTIC_ACCURACY = "diagnostic-accuracy"
    BIOMECHANICS = "biomechanics"
    CONSENSUS = "consensus"
    NARRATIVE_REVIEW = "narrative-review"
    EXPERT_OPINION = "expert-opinion"
    CLINICAL_JUDGEMENT = "clinical-judgement"
    CLINIC_DOCUMENT = "clinic-document"


class SeenLevel(StrEnum):
    """How far we saw a source ourselves."""

    FULL_TEXT = "full-text"
    ABSTRACT = "abstract"
    SECONDARY = "secondary"
    NONE = "none"


class PassageKind(StrEnum):
    """What a passage does in its source."""

    CLAIM = "claim"
    CONCESSION = "concession"
    CASE = "case"
    MECHANISM = "mechanism"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    PROTOCOL = "protocol"
    SAFETY = "safety"


class Strength(StrEnum):
    """Weight of evidence in the four words that the screen shows."""

    STRONG = "strong"
    MODERATE = "moderate"
    THIN = "thin"
    OPINION = "opinion"


class Direction(StrEnum):
    """What a finding does to a claim."""

    SUPPORTS = "supports"
    LIMITS = "limits"
    NEUTRAL = "neutral"
    NOT_TESTED = "not-tested"


class Directness(StrEnum):
    """Whether a finding measured what a claim is about, or something from which it can be inferred."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class Action(StrEnum):
    """What a red flag asks for, most urgent first."""

    EMERGENCY = "emergency"
    URGENT_REFERRAL = "urgent-referral"
    REFER = "refer"
    MONITOR = "monitor"

    @property
    def escalates(self) -> bool:
        """Whether the flag stops the answer instead of heading it."""
        return self in (Action.EMERGENCY, Action.URGENT_REFERRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How far a source was seen, and when (year and month)."""

    __pydantic_config__: ClassVar = _STRICT
    level: SeenLevel
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of a digested article: its fingerprint, and whether it was kept."""

    __pydantic_config__: ClassVar = _STRICT
    number: int
    words: int
    sha256: str
    kept: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit that is retrieved and cited.

    `text` is what the source says and nothing else; `implication` is our reading.
    """

    __pydantic_config__: ClassVar = _STRICT
    id: str
    locator: str
    kind: PassageKind
    text: str
    implication: str | None = None
    topics: tuple[str, ...]
    population: str | None = None
    figures: dict[str, str] = field(default_factory=dict)
    grade: str | None = None
    conflicts_with: tuple[str, ...] = ()
    note: str | None = None

    @property
    def source_id(self) -> str:
        """The id of the source: what stands before the colon."""
        return self.id.rsplit(":", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The file that a clinic's document was read from: its name, its fingerprint, and the day it was added."""

    __pydantic_config__: ClassVar = _STRICT
    file: str
    sha256: str
    added: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document, with the passages we took from it."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    title: str
    authors: str | None = None
    year: int | None = None
    journal: str | None = None
    doi: str | None = None
    pmid: str | None = None
    design: Design
    viewpoint: str | None = None
    interests: str | None = None
    licence: str | None = None
    retracted: bool = False
    seen: Seen
    paragraphs: tuple[Paragraph, ...] = ()
    original: Original | None = None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolClaim:
    """One claim of a school, carried in the ledger by its letter."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    text: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was looked for, and when (year and month): it says what "no study found" rests on."""

    __pydantic_config__: ClassVar = _STRICT
    date: str
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLink:
    """A finding laid beside one claim: what it does to that claim, how directly, and why."""

    __pydantic_config__: ClassVar = _STRICT
    passage: str
    direction: Direction
    directness: Directness = Directness.DIRECT
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What was found for and against one claim of a school; an empty list is a result too."""

    __pydantic_config__: ClassVar = _STRICT
    claim: str
    searched: Searched
    links: tuple[LedgerLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """A false or loaded premise that a question on this subject may carry.

    `terms` is a conjunction of alternatives: each inner list must be met by the question.
    """

    __pydantic_config__: ClassVar = _STRICT
    id: str
    terms: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()
    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """A named school of thought; `misread` are claims often laid to it, and what it does say."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    name: str
    proponent: str
    surname: str
    source: str
    definition: str
    weight: str
    mistaken_for: tuple[str, ...]
    aliases: tuple[str, ...]
    nearest: str
    claims: tuple[SchoolClaim, ...]
    misread: tuple[Premise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Debate:
    """A subject on which two or more viewpoints part; `about` are the words that a question on it uses."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    title: str
    question: str
    viewpoints: tuple[str, ...]
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One authored sentence or two, with when it holds and what it rests on."""

    __pydantic_config__: ClassVar = _STRICT
    text: str
    cites: tuple[str, ...]
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The short answer: `answer` by intent, then the best reason, then what would change it."""

    __pydantic_config__: ClassVar = _STRICT
    answer: dict[str, tuple[Text, ...]]
    reason: tuple[Text, ...]
    changes: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one school says on one crux."""

    __pydantic_config__: ClassVar = _STRICT
    silent: bool = False
    says: tuple[Text, ...]
    because: tuple[Text, ...] = ()
    first_step: tuple[Text, ...] = ()
    applied: tuple[Text, ...] = ()
    concedes: tuple[Text, ...] = ()
    reach: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLink:
    """A finding that a crux shows, in one line; `of` names the claim beside which the ledger has it.

    What it does to that claim stands in the ledger only. Without `of` it is context, and `why` says what for.
    """

    __pydantic_config__: ClassVar = _STRICT
    passage: str
    of: str | None = None
    why: str | None = None
    gist: str
    fits: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """A test whose result would tip the case.

    With `fact` and `threshold` the branch is chosen from the case; without them both are shown.
    """

    __pydantic_config__: ClassVar = _STRICT
    measure: str
    when: str | None = None
    fact: str | None = None
    threshold: float | None = None
    threshold_text: str
    if_above: str
    if_below: str
    cites: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A fact worth asking for, with the question that asks for it and why it matters."""

    __pydantic_config__: ClassVar = _STRICT
    fact: str
    ask: str
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The answer to a narrower question inside a crux.

    When a question matches its `asks`, `says` is sentence one of the answer, `reason` sentence two, and `next` stands
    in for the crux's own. It does not answer a case for which `outside` holds.
    """

    __pydantic_config__: ClassVar = _STRICT
    asks: tuple[str, ...]
    says: tuple[Text, ...]
    reason: tuple[Text, ...]
    next: tuple[Text, ...] = ()
    outside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crux:
    """A question and the sentences its answer is made of; a brief is a crux nobody debates."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    kind: str = "crux"
    debate: str
    question: str
    asks: tuple[str, ...]
    topics: tuple[str, ...]
    fits: str | None = None
    outside: str | None = None
    lead: Lead
    next: tuple[Text, ...]
    dose: tuple[Text, ...]
    views: dict[str, View]
    evidence: tuple[EvidenceLink, ...]
    agree: tuple[Text, ...] = ()
    decides: tuple[Decider, ...] = ()
    needs: tuple[Need, ...] = ()
    premises: tuple[Premise, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A clinical test or score: how it is done, what is normal, and where that comes from.

    `valid` says whom and which values it holds for; `computes` names the command that works it out.
    """

    __pydantic_config__: ClassVar = _STRICT
    id: str
    name: str
    protocol: str
    unit: str
    norm: str | None = None
    error: str | None = None
    valid: str | None = None
    computes: str | None = None
    result: str | None = None
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """A pattern that must not be answered with exercise advice.

    Cues are word sequences matched in the normalised question; `weak` cues count only in one
    of the listed `combinations` (each a list of weak-cue names that must all be present).
    """

    __pydantic_config__: ClassVar = _STRICT
    id: str
    name: str
    action: Action
    strong: tuple[str, ...]
    weak: dict[str, tuple[str, ...]] = field(default_factory=dict)
    combinations: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    suspected: str
    do_now: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """What may not be advised while `when` holds of the case, or while one of the red flags `flags` stands, and why.

    `forbidden` are word sequences that name the exercise, with alternatives for a word after ``|`` and in any order
    after ``~``; `unless` are those beside which it is all right: seated raises. `past` names the fact that holds the
    furthest bend allowed, in degrees. `cites` may be empty where the limit is the case's own, as weight bearing is.
    """

    __pydantic_config__: ClassVar = _STRICT
    id: str
    when: str | None = None
    flags: tuple[str, ...] = ()
    forbidden: tuple[str, ...]
    unless: tuple[str, ...] = ()
    past: str | None = None
    why: str
    opens: str = "Not yet"
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A concept with the words and shorthand that mean it.

    A question that names a `subject` is about it: a crux that never speaks of it cannot answer.
    """

    __pydantic_config__: ClassVar = _STRICT
    name: str
    synonyms: tuple[str, ...]
    subject: bool = False
