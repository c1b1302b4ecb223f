"""One place through which the web chat and the HTTP API ask, and where what came of it is kept."""

from __future__ import annotations

import logging
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from assistant.door import Assistant
from assistant.pipeline import MAX_TURNS
from assistant.presenting import to_dict, to_trace
from assistant.records.errors import RecordsError
from assistant.records.store import Records
from corpus.library import Library
from guardrails.types import Answer, Detail

_REMEMBERED_CONVERSATIONS = 500  # chosen: without records, enough for a clinic's day
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as JSON, the library it was made from, and why it could not be kept, if it could not.

    `turn` is the number of its question among those the answer took into account, from 1.
    """

    document: dict[str, Any]
    library: Library
    turn: int = 1
    unkept: str | None = None


class Conversations:
    """Asks the assistant within a conversation and keeps the answers; safe to share between threads."""

    def __init__(self, assistant: Assistant, records: Records | None = None) -> None:
        """Ask `assistant`; keep in `records`, or in memory only where there are none."""
        self.assistant = assistant
        self._records = records
        self._remembered: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._lock = Lock()

    def reply(
        self,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[str] | None = None,
        detail: Detail | None = None,
        on_stage: Callable[[str], None] = lambda _: None,
    ) -> Reply:
        """Return the answer to `question`; the conversation's own earlier questions stand in for a missing `history`.

        Raises:
            QuestionError: empty, too long, or not text.
            RecordsError: the earlier questions cannot be read; answering without them could mislead.
        """
        if history is None:
            history = self._questions(conversation)
        before = self.assistant.snapshot.library
        answer = self.assistant.ask(
            question, history=history, detail=detail, conversation=conversation, on_stage=on_stage
        )
        library = self._library_of(answer, before)
        document = to_dict(answer, library, self.assistant.originals)
        unkept = self._keep(answer, document, conversation)
        return Reply(document=document, library=library, turn=len(answer.case.turns), unkept=unkept)

    def _library_of(self, answer: Answer, before: Library) -> Library:
        """Return the library that `answer` was made from: a new index may have come into force meanwhile."""
        return before if before.fingerprint == answer.provenance.corpus else self.assistant.snapshot.library

    def _questions(self, conversation: str | None) -> tuple[str, ...]:
        if conversation is None:
            return ()
        if self._records is not None:
            return self._records.questions(conversation)
        with self._lock:
            return self._remembered.get(conversation, ())

    def _keep(self, answer: Answer, document: dict[str, Any], conversation: str | None) -> str | None:
        """Keep the answer; return why it could not be kept: an answer in hand is shown all the same."""
        if self._records is None:
            self._remember(conversation, answer.question)
            return None
        try:
            self._records.keep(document, to_trace(answer), conversation=conversation)
        except RecordsError as error:
            _log.warning("answer %s was not kept: %s", answer.id, error)
            return str(error)
        return None

    def _remember(self, conversation: str | None, question: str) -> None:
        if conversation is None:
            return
        with self._lock:
            earlier = self._remembered.pop(conversation, ())
            self._remembered[conversation] = (*earlier, question)[-MAX_TURNS:]
            while len(self._remembered) > _REMEMBERED_CONVERSATIONS:
                self._remembered.popitem(last=False)


def new_conversation() -> str:
    """Return the id of a conversation that nobody can guess."""
    return f"c-{uuid.uuid4().hex}"
