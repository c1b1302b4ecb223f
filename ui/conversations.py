"""One place through which the web chat and the HTTP API ask, and where what came of it is kept."""

from __future__ import annotations

import logging
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from assistant.desk import Desk
from assistant.desk.responding import HELD
from assistant.door import Assistant
from assistant.presenting import to_dict, to_trace
from assistant.records.errors import RecordsError
from assistant.records.sealing import sealed
from assistant.records.store import Records
from assistant.records.types import KeptAnswer
from assistant.replaying import dismissed
from assistant.separating import MAX_TURNS
from corpus.attached import AttachedOriginals
from corpus.library import Library
from guardrails.types import Answer, Detail, Dismissal
from ui.setting_aside import fresh, from_objects

_REMEMBERED_TURNS = 2 * MAX_TURNS  # more than are read, so that an answer can say that older ones were left out
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
    is_kept: bool = True
    """Whether it can be found again under its id."""
    attached: AttachedOriginals | None = None
    """Where the paragraphs of originals are looked up that stand beside the passages."""
    is_new: bool | None = None
    """Whether the conversation that was named had no question before this one; None where none was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is known of a conversation: its questions in order, and the red flags set aside in it."""

    questions: tuple[str, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()

    def grown(self, question: str, dismissals: Sequence[Dismissal]) -> _Kept:
        """Return this with one more turn; the oldest go, and turns are counted from what is left."""
        questions = (*self.questions, question)
        gone = max(len(questions) - _REMEMBERED_TURNS, 0)
        moved = (replace(d, turn=d.turn - gone) for d in (*self.dismissals, *dismissals))
        return _Kept(questions=questions[gone:], dismissals=tuple(d for d in moved if d.turn > 0))


class Conversations:
    """Asks the assistant within a conversation and keeps the answers; safe to share between threads."""

    def __init__(self, assistant: Assistant, records: Records | None = None) -> None:
        """Ask `assistant`; keep in `records`, or in memory only where there are none."""
        self.assistant = assistant
        self._records = records
        self._remembered: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def reply(
        self,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[str] | None = None,
        detail: Detail | None = None,
        dismissals: Sequence[Mapping[str, Any]] = (),
        on_stage: Callable[[str], None] = lambda _: None,
        desk: Desk | None = None,
        is_held: bool = False,
    ) -> Reply:
        """Return the answer to `question`; the conversation's own earlier questions stand in for a missing `history`.

        `dismissals` are JSON objects as the API takes them; those kept in the conversation are added. A conversation
        that begins here belongs to who sits at `desk`. One that `is_held` is to be seen after the asker's own only.

        Raises:
            QuestionError: empty, too long, or not text.
            DismissalError: an unknown red flag or reason.
            NotAllowedError: the conversation belongs to another profile.
            RecordsError: the earlier questions cannot be read; answering without them could mislead.
        """
        if desk is not None:
            desk.check_asking(conversation)
        before = self.assistant.snapshot.library
        kept = _Kept(questions=tuple(history)) if history is not None else self._kept(conversation)
        given = from_objects(list(dismissals), before, now=len(kept.questions) + 1)
        answer = self.assistant.ask(
            question,
            history=kept.questions,
            detail=detail,
            conversation=conversation,
            dismissals=(*kept.dismissals, *given),
            on_stage=on_stage,
        )
        library = self._library_of(answer, before)
        document = to_dict(answer, library, self.assistant.originals)
        is_new = None if conversation is None or history is not None else not kept.questions
        unkept = self._keep(answer, document, conversation, desk, is_held=is_held)
        return Reply(
            document=document,
            library=library,
            turn=answer.case.turn,
            unkept=unkept,
            is_new=is_new,
            is_kept=self._records is not None,
            attached=self.assistant.attached,
        )

    def restored(self, kept: KeptAnswer, turn: int) -> Reply:
        """Return a kept answer as a reply, number `turn` of its conversation, beside the library in force now."""
        library = self.assistant.snapshot.library
        return Reply(document=dict(kept.document), library=library, turn=turn, attached=self.assistant.attached)

    def at_length(self, kept: KeptAnswer, turn: int, detail: Detail) -> Reply:
        """Return a kept answer in its brief or full form, from the library in force now; nothing more is kept.

        Raises:
            QuestionError: what was kept cannot be asked.
        """
        if kept.detail == detail.value:
            return self.restored(kept, turn)
        before = self.assistant.snapshot.library
        turns = [str(t) for t in kept.trace.get("turns") or [kept.question]]
        answer = self.assistant.ask(
            turns[-1], history=turns[:-1], detail=detail, asked_at=kept.asked_at,
            conversation=kept.conversation_id, dismissals=dismissed(kept.trace),
        )  # fmt: skip
        library = self._library_of(answer, before)
        document = to_dict(answer, library, self.assistant.originals) | {"id": kept.id, "question": kept.question}
        return Reply(document=document, library=library, turn=turn, attached=self.assistant.attached)

    def kept(self, answer_id: str) -> dict[str, Any] | None:
        """Return the kept answer of that id as JSON, None where there is none or nothing is kept.

        Raises:
            RecordsError: the records cannot be read.
        """
        found = None if self._records is None else self._records.answer(answer_id)
        return None if found is None else dict(found.document)

    def _library_of(self, answer: Answer, before: Library) -> Library:
        """Return the library that `answer` was made from: a new index may have come into force meanwhile."""
        return before if before.fingerprint == answer.provenance.corpus else self.assistant.snapshot.library

    def _kept(self, conversation: str | None) -> _Kept:
        if conversation is None:
            return _Kept()
        if self._records is not None:
            questions = self._records.questions(conversation)
            return _Kept(questions=questions, dismissals=self._records.dismissals(conversation) if questions else ())
        with self._lock:
            return self._remembered.get(conversation, _Kept())

    def _keep(
        self,
        answer: Answer,
        document: dict[str, Any],
        conversation: str | None,
        desk: Desk | None,
        *,
        is_held: bool,
    ) -> str | None:
        """Keep the answer; return why it could not be kept: an answer in hand is shown all the same."""
        if self._records is None:
            self._remember(conversation, answer)
            return None
        try:
            trace = sealed(document, to_trace(answer) | ({HELD: True} if is_held else {}))
            keeper = desk or self._records
            keeper.keep(document, trace, conversation=conversation, dismissals=fresh(answer))
        except RecordsError as error:
            _log.warning("answer %s was not kept: %s", answer.id, error)
            return str(error)
        return None

    def _remember(self, conversation: str | None, answer: Answer) -> None:
        if conversation is None:
            return
        with self._lock:
            earlier = self._remembered.pop(conversation, _Kept())
            self._remembered[conversation] = earlier.grown(answer.question, fresh(answer))
            while len(self._remembered) > _REMEMBERED_CONVERSATIONS:
                self._remembered.popitem(last=False)


def new_conversation() -> str:
    """Return the id of a conversation that nobody can guess."""
    return f"c-{uuid.uuid4().hex}"
