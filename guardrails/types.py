"""The vocabulary of the contract: case, evidence, claim, draft, verdict, answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from corpus.facts import Facts, FactValue
from corpus.types import Action


class Status(StrEnum):
    """How a question ended; nothing else is possible."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"
    ESCALATED = "escalated"
    DECLINED = "declined"


class Intent(StrEnum):
    """What form of answer a question asks for."""

    POLAR = "polar"
    CHOICE = "choice"
    WHY = "why"
    TEST = "test"
    DOSE = "dose"
    LOOKUP = "lookup"
    VIEWPOINT = "viewpoint"
    STRENGTH = "strength"
    PLAN = "plan"


class SectionKind(StrEnum):
    """The parts of an answer, in the order in which they are read."""

    SAFETY = "safety"
    SHORT_ANSWER = "short_answer"
    DECIDING = "deciding"
    QUESTIONS = "questions"
    VIEWPOINT = "viewpoint"
    EVIDENCE = "evidence"
    AGREEMENT = "agreement"
    MISSING = "missing"
    NOTE = "note"


class Basis(StrEnum):
    """What a claim rests on."""

    SOURCE = "source"
    SYNTHESIS = "synthesis"
    COMPUTED = "computed"
    CASE = "case"


class Detail(StrEnum):
    """How long an answer is, in words of claims."""

    BRIEF = "brief"
    FULL = "full"

    @property
    def words(self) -> int:
        """The most words of claims an answer of this detail may have."""
        return 220 if self is Detail.BRIEF else 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing read from what was typed, with the words that said it."""

    id: str
    name: str
    value: FactValue
    unit: str | None
    said: str
    turn: int
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The framed patient and question; `turns` are the user's words, identifiers removed, oldest first.

    `first_turn` is the number of ``turns[0]`` in the conversation, from 1. `notes` are said in the answer: what of the
    conversation was read in a way that the asker should know of. `unasked` are facts not worth asking for again.
    """

    turns: tuple[str, ...]
    asked: str
    intent: Intent
    facts: tuple[Fact, ...]
    named_first: str | None = None
    only: str | None = None
    first_turn: int = 1
    notes: tuple[str, ...] = ()
    unasked: frozenset[str] = frozenset()

    @property
    def known(self) -> Facts:
        """The values in force by fact name."""
        return {f.name: f.value for f in self.facts if f.replaced_by is None}

    @property
    def question(self) -> str:
        """What was asked last."""
        return self.turns[-1]

    @property
    def turn(self) -> int:
        """The number of the last turn in the conversation."""
        return self.first_turn + len(self.turns) - 1


class DismissalReason(StrEnum):
    """Why a clinician sets a red flag aside; each is one tap on the screen."""

    SCANNED_CLEAR = "scanned-clear"
    REVIEWED = "reviewed-by-medics"
    MISREAD = "cue-misread"
    OLD_EPISODE = "old-episode"

    @property
    def words(self) -> str:
        """The reason as it is read."""
        return self.value.replace("-", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A red flag set aside by the clinician after turn `turn` of the conversation (from 1).

    Words typed in later turns can raise it again. `note` is the clinician's own, identifiers removed.
    """

    pattern: str
    reason: DismissalReason
    turn: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """A red flag seen in the case, with the words that set it off; `dismissed` is the reason it was set aside for.

    One that is only possible does not stop the answer, which opens with what to rule out first; one that is cleared, as
    told, by a test or a doctor is not asked to be ruled out again.
    """

    pattern: str
    triggers: tuple[str, ...]
    action: Action
    dismissed: str | None = None
    is_possible: bool = False
    is_cleared: bool = False

    @property
    def escalates(self) -> bool:
        """Whether it stops the answer: urgent, standing, and more than possible."""
        return self.action.escalates and self.dismissed is None and not self.is_possible


class Place(StrEnum):
    """Where an order to a machine was found."""

    QUESTION = "question"
    HISTORY = "history"
    PASSAGE = "passage"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Text that reads as an order to a machine and was left out: where, what showed it, and of which passages."""

    place: Place
    signs: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """A passage that may be cited, how it was found, and how well."""

    passage_id: str
    viewpoint: str | None
    route: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The closed set that may be cited for one question."""

    items: tuple[EvidenceItem, ...]

    @property
    def passage_ids(self) -> frozenset[str]:
        """The ids of the set."""
        return frozenset(i.passage_id for i in self.items)

    def reversed(self) -> Evidence:
        """Return the same set, last first."""
        return Evidence(items=self.items[::-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a claim leans on: a passage, and its words as quoted."""

    passage_id: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A value worked out from the case: the formula's name, what went in, what came out."""

    formula: str
    inputs: dict[str, float]
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable sentence; `origin` is its address in the library when it was authored."""

    id: str
    text: str
    basis: Basis
    citations: tuple[Citation, ...] = ()
    origin: str | None = None
    computed: Computed | None = None

    @property
    def is_free(self) -> bool:
        """Whether it is a sentence of nobody's library: it has no address there, and leans on what it cites."""
        return self.origin is None and bool(self.citations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled run of claims; `viewpoint` is set for a school's own section."""

    kind: SectionKind
    title: str
    claims: tuple[Claim, ...]
    viewpoint: str | None = None
    is_silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer that has not been checked yet."""

    sections: tuple[Section, ...]
    debates: tuple[str, ...]
    cruxes: tuple[str, ...]
    composer: str
    detail: Detail
    missing: tuple[str, ...] = ()

    @property
    def is_authored(self) -> bool:
        """Whether the default composer made it, from sentences of the library; else a language model wrote it."""
        return self.composer.startswith("extractive")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims in reading order."""
        return tuple(c for s in self.sections for c in s.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found wrong: the rule, the claim it concerns, and why in plain words."""

    rule: str
    claim_id: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of the verdict and how it came out."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of all checks on one draft."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether the draft may be shown."""
        return bool(self.checks) and not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a language model was asked for: calls, tokens, and the cost in the currency of the settings' prices."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A draft that was not shown: what was wrong with it, or why a language model gave none."""

    composer: str
    draft: Draft | None
    findings: tuple[Finding, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What an answer was made with; `prompt` and `usage` are a language model's."""

    corpus: str
    settings: str
    composer: str
    revisions: int
    elapsed_ms: float
    stages_ms: dict[str, float] = field(default_factory=dict[str, float])
    prompt: str | None = None
    usage: Usage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the asker is given: one of four outcomes, with all that it rests on.

    `typed` is every turn, identifiers removed; the case's turns are those without the orders that `notices` tell of.
    `dismissals` are those that set a red flag aside in it.
    """

    id: str
    conversation: str | None
    asked_at: datetime
    question: str
    status: Status
    detail: Detail
    case: Case
    red_flags: tuple[Flagged, ...]
    draft: Draft
    evidence: Evidence
    verdict: Verdict
    provenance: Provenance
    attempts: tuple[Attempt, ...] = ()
    notices: tuple[Notice, ...] = ()
    typed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """Kinds of identifiers that were taken out of what was typed."""
    dismissals: tuple[Dismissal, ...] = ()
