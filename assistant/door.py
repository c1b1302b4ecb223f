"""The way in for every door: terminal, screen, HTTP and batch ask here and nowhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.pipeline import Asked, Stage, Watch, answer
from assistant.presenting import to_dict, to_trace
from assistant.settings import Settings
from corpus.attached import AttachedOriginals
from corpus.encoding import Progress
from corpus.snapshot import Snapshot, SnapshotHolder
from guardrails.types import Answer, Detail, Dismissal

if TYPE_CHECKING:
    from assistant.llm import LanguageModel


def _silent(*_: object) -> None:
    """Tell nobody."""


class Assistant:
    """Answers questions from the library in force; safe to share between threads."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        progress: Progress = _silent,
        clock: Callable[[], float] = time.perf_counter,
        model: Any | None = None,
    ) -> None:
        """Open the index, building it first where it is missing or out of date.

        Args:
            settings: from the environment when left out.
            progress: told what is being built, how much is done and how much there is.
            clock: seconds, for timing the stages.
            model: a chat model of LangChain (BaseChatModel) that drafts; the one that the settings name when left out.

        Raises:
            CorpusError: the library does not fit, or the index can be neither opened nor built.
        """
        self.settings = settings or Settings()
        self._holder = SnapshotHolder(self.settings.index, progress)
        self._clock = clock
        self._model = _language_model(self.settings, model)
        self.attached = AttachedOriginals(self.settings.index.home)
        self.originals = self.attached.paragraph

    @property
    def snapshot(self) -> Snapshot:
        """The library and index in force now."""
        return self._holder.snapshot()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        detail: Detail | None = None,
        asked_at: datetime | None = None,
        conversation: str | None = None,
        dismissals: Sequence[Dismissal] = (),
        on_stage: Stage = _silent,
    ) -> Answer:
        """Return the answer to `question` after the earlier questions in `history`.

        Args:
            question: what the clinician typed.
            history: the earlier questions of this conversation, oldest first.
            detail: brief or full; the setting when left out.
            asked_at: when it was asked, aware; now when left out.
            conversation: the id it belongs to.
            dismissals: red flags set aside so far, each after a turn of this conversation.
            on_stage: told the name of each stage as it begins.

        Raises:
            QuestionError: empty, too long, or not text.
            DismissalError: a red flag is set aside that the library does not hold.
        """
        asked = self._asked(
            question, history, detail=detail, asked_at=asked_at, conversation=conversation, dismissals=dismissals
        )
        return self._answer(asked, self.snapshot, on_stage)

    def ask_json(self, question: str, *, history: Sequence[str] = (), **more: Any) -> dict[str, Any]:
        """Return the answer as the JSON object of the contract; arguments as for ``ask``.

        Beside them `evidence_reversed`, a seam for tests: see ``assistant.pipeline.Asked``.
        """
        return self._with_document(question, history, **more)[1]

    def ask_traced(
        self, question: str, *, history: Sequence[str] = (), **more: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the answer as ``ask_json`` does, and the trace of how it was made."""
        found, document = self._with_document(question, history, **more)
        return document, to_trace(found)

    def _with_document(self, question: str, history: Sequence[str], **more: Any) -> tuple[Answer, dict[str, Any]]:
        snapshot = self.snapshot
        listener = more.pop("on_stage", _silent)
        found = self._answer(self._asked(question, history, **more), snapshot, listener)
        return found, to_dict(found, snapshot.library, self.originals)

    def _answer(self, asked: Asked, snapshot: Snapshot, on_stage: Stage) -> Answer:
        return answer(asked, snapshot, self.settings, Watch(clock=self._clock, listener=on_stage), self._model)

    def _asked(
        self,
        question: str,
        history: Sequence[str],
        *,
        detail: Detail | None = None,
        asked_at: datetime | None = None,
        conversation: str | None = None,
        dismissals: Sequence[Dismissal] = (),
        evidence_reversed: bool = False,
    ) -> Asked:
        return Asked(
            question=question,
            history=tuple(history),
            detail=detail or self.settings.detail,
            asked_at=asked_at or datetime.now(UTC),
            conversation=conversation,
            dismissals=tuple(dismissals),
            evidence_reversed=evidence_reversed,
        )


def _language_model(settings: Settings, given: Any | None) -> LanguageModel | None:
    """Return what drafts, or None; nothing of LangChain is imported where it is None."""
    if given is None and settings.model is None:
        return None
    from assistant.llm import LanguageModel

    return LanguageModel.configured(settings) if given is None else LanguageModel.given(given, settings)
