"""The case that an answer under review belongs to: what was read from it, and what was asked before."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.desk import Desk
from assistant.records.errors import RecordsError
from assistant.records.review_types import QueueItem
from ui.casefacts import in_force

_SHORT_CHARS = 200  # looked at: five lines of a phone; the facts stand below them anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRead:
    """What a mentor has to know of the patient to judge the answer."""

    facts: tuple[str, ...]
    before: tuple[str, ...]
    """The questions before this one, in order."""

    @property
    def is_short(self) -> bool:
        """Return whether the questions before take a few lines only: then they are shown at once."""
        return sum(map(len, self.before)) <= _SHORT_CHARS


def case_of(desk: Desk, item: QueueItem) -> CaseRead:
    """Return the case as it stood when the answer was given."""
    return CaseRead(facts=in_force(_facts(item)), before=_before(desk, item))


def _facts(item: QueueItem) -> list[dict[str, object]]:
    told = (item.document.get("case") or {}).get("facts") or ()
    return [{"replaced_by": None, **fact} for fact in told]  # an older answer does not say what was replaced


def _before(desk: Desk, item: QueueItem) -> tuple[str, ...]:
    if item.conversation_id is None:
        return ()
    try:
        answers = desk.case(item.conversation_id).answers
    except RecordsError:  # a physio may read the item of a case that is no longer open to them
        return ()
    ids = [answer.id for answer in answers]
    earlier = answers[: ids.index(item.answer_id)] if item.answer_id in ids else ()
    return tuple(answer.question for answer in earlier)
