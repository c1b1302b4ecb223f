"""The gate for drafts that were made elsewhere: they take the place of a model's, and pass the whole pipeline.

So somebody else's text meets what a model's draft meets: identifiers, red flags and scope before it, every check after
it, the library's own draft where it fails. Whatever comes, what may be shown is one of the four outcomes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from assistant.door import Assistant
from assistant.drafting import Messages
from assistant.faults import Fault, ModelError
from assistant.hearing import heard
from assistant.keys import keys_for
from assistant.pipeline import Asked, Watch, answer
from assistant.presenting import to_markdown
from corpus.snapshot import Snapshot
from guardrails.types import Answer, Detail, Status, Usage

Text: TypeAlias = str | Mapping[str, Any]
COMPOSER = "langchain:elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """What came of a draft.

    Attributes:
        passed: whether the draft itself is what is shown.
        status: the outcome: answered, abstained, escalated or declined.
        text: what to show, as Markdown with numbered references: the draft as it was checked, with the library's own
            safety notice and notes; else the library's answer, or the other outcome.
        findings: what was wrong with the draft, in plain words; of the last one where there were two.
        reason: why the draft is not shown; None where it is.
        answer: all of it, as the assistant gives it.
    """

    passed: bool
    status: Status
    text: str
    findings: tuple[str, ...]
    reason: str | None
    answer: Answer


@dataclass(slots=True)
class Drafts:
    """Stands where a language model would, and hands over drafts that were made elsewhere, one for each time of asking.

    With no draft it only takes down what a model would have been told.
    """

    snapshot: Snapshot
    texts: Sequence[Text] = ()
    name: str = COMPOSER
    told: list[Messages] = field(default_factory=list)

    @property
    def most_drafts(self) -> int:
        """How many drafts there are."""
        return max(1, len(self.texts))

    @property
    def usage(self) -> Usage:
        """No model was asked by us."""
        return Usage()

    def exchange(self) -> Drafts:
        """Begin."""
        return self

    def ask(self, messages: Messages, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the next draft as a reply; `schema` is what it should fit.

        Raises:
            ModelError: there is none, or it cannot be read.
        """
        del schema
        self.told.append(messages)
        if len(self.told) > len(self.texts):
            raise ModelError(Fault.EMPTY)
        text = self.texts[len(self.told) - 1]
        if not isinstance(text, str):
            return dict(text)
        library = self.snapshot.library
        return heard(text, library, keys_for(library.passages))


def gated(
    helper: Assistant,
    question: str,
    drafts: Sequence[Text],
    *,
    history: Sequence[str] = (),
    documents: Sequence[str] | None = None,
    detail: Detail = Detail.FULL,
    asked_at: datetime | None = None,
) -> GateResult:
    """Return what may be shown for `drafts` made elsewhere, the later ones being revisions.

    Args:
        helper: whose library and guards count.
        question: as the user typed it.
        drafts: free text with citation keys in brackets, or replies in the form of a model's.
        history: the user's earlier questions, oldest first.
        documents: ids of the passages that the drafts may cite; those that the assistant itself finds when left out.
        detail: brief or full.
        asked_at: when it was asked, aware; now when left out.

    Raises:
        QuestionError: empty, too long, or not text.
        CorpusError: the index is missing or cannot be read.
    """
    snapshot = helper.snapshot
    made = Drafts(snapshot=snapshot, texts=tuple(drafts))
    found = _asked(helper, snapshot, made, question, history, documents, detail, asked_at)
    passed = found.status is Status.ANSWERED and found.provenance.composer == COMPOSER
    last = found.attempts[-1] if found.attempts and not passed else None
    findings = tuple(dict.fromkeys(f.message for f in last.findings)) if last else ()
    if last and last.error:
        findings = (f"the draft could not be read: {last.error}",)
    return GateResult(
        passed=passed,
        status=found.status,
        text=to_markdown(found, snapshot.library),
        findings=findings,
        reason=None if passed else _reason(found, findings),
        answer=found,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is known before anybody drafts: the outcome where there will be no draft, and what a model is told."""

    answer: Answer
    text: str
    told: Messages

    @property
    def is_open(self) -> bool:
        """Whether a draft is wanted."""
        return bool(self.told)


def opened(helper: Assistant, question: str, history: Sequence[str], detail: Detail, asked_at: datetime) -> Opening:
    """Return what a question comes to before a draft: identifiers removed, red flags and scope looked at.

    Raises:
        QuestionError: empty, too long, or not text.
        CorpusError: the index is missing or cannot be read.
    """
    snapshot = helper.snapshot
    nobody = Drafts(snapshot=snapshot)
    found = _asked(helper, snapshot, nobody, question, history, None, detail, asked_at)
    return Opening(answer=found, text=to_markdown(found, snapshot.library), told=nobody.told[0] if nobody.told else ())


def _asked(
    helper: Assistant,
    snapshot: Snapshot,
    drafts: Drafts,
    question: str,
    history: Sequence[str],
    documents: Sequence[str] | None,
    detail: Detail,
    asked_at: datetime | None,
) -> Answer:
    asked = Asked(
        question=question,
        history=tuple(history),
        detail=detail,
        asked_at=asked_at or datetime.now(UTC),
        given=None if documents is None else tuple(documents),
    )
    watch = Watch(clock=time.perf_counter, listener=lambda _: None)
    return answer(asked, snapshot, helper.settings, watch, drafts)


def _reason(found: Answer, findings: Sequence[str]) -> str:
    if found.status is not Status.ANSWERED:
        return {
            Status.ESCALATED: "a red flag stops the answer",
            Status.DECLINED: "the question is outside what Counterpoint answers",
            Status.ABSTAINED: "the library cannot support an answer, or it could not be checked",
        }[found.status]
    if findings:
        return f"the draft did not pass {len(findings)} checks; the library's own answer is shown"
    return "no question of the library fits, so that a clinic's document is quoted instead"
