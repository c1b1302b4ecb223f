"""Cases and answers as the profile at the desk may see and change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.desk.access import Action, Thing
from assistant.desk.sitting import Sitting
from assistant.records import queries
from assistant.records.engine import Connection
from assistant.records.errors import NotFoundError
from assistant.records.queueing import is_case_queued
from assistant.records.types import Conversation, ConversationPage, KeptAnswer
from assistant.records.validating import check_page, to_title
from guardrails.types import Dismissal


def cases(sitting: Sitting, search: str | None, limit: int, offset: int) -> ConversationPage:
    """Return one's own cases and nobody's, the latest first, whose title or questions hold every word of `search`."""
    check_page(limit, offset)
    seen_by = (None, sitting.profile_id) if sitting.profile_id else (None,)
    with sitting.records.reading() as connection:
        return queries.select_page(connection, search, limit, offset, seen_by)


def case(sitting: Sitting, case_id: str) -> Conversation:
    """Return a case with its answers."""
    with sitting.records.reading() as connection:
        _require(sitting, connection, Action.READ_CASE, case_id)
        found = queries.select_conversation(connection, case_id)
    if found is None:
        raise _gone(case_id)
    return found


def answer(sitting: Sitting, answer_id: str) -> KeptAnswer:
    """Return an answer."""
    with sitting.records.reading() as connection:
        found = sitting.answer(connection, answer_id)
        sitting.require(Action.READ_CASE, sitting.thing(connection, answer_id))
    return found


def rename(sitting: Sitting, case_id: str, title: str) -> None:
    """Give a case another title, cut to one line, without what names a patient."""
    words = to_title(sitting.typed(title, "a case's title"))
    with sitting.records.writing() as connection:
        _require(sitting, connection, Action.CHANGE_CASE, case_id)
        queries.update_title(connection, case_id, words)


def delete(sitting: Sitting, case_id: str) -> None:
    """Delete a case with everything that came of it: answers, thumbs, reviews, comments, approvals, files."""
    sitting.records.take_in()  # a case that is in the spool only is there as well
    with sitting.records.reading() as connection:
        _require(sitting, connection, Action.CHANGE_CASE, case_id)  # its owner never changes
    sitting.records.delete_conversation(case_id)


def check_asking(sitting: Sitting, case_id: str | None) -> None:
    """Let pass a question in a case that is one's own, nobody's, or not there yet."""
    if case_id is None:
        return
    with sitting.records.reading() as connection:
        sitting.require(Action.ASK_IN_CASE, Thing(owner_id=queries.select_owner(connection, case_id)))


def keep(
    sitting: Sitting,
    document: Mapping[str, Any],
    trace: Mapping[str, Any],
    *,
    conversation: str | None,
    dismissals: Sequence[Dismissal] = (),
) -> None:
    """Keep an answer; a case that begins with it belongs to who sits here."""
    check_asking(sitting, conversation)
    sitting.records.keep(document, trace, conversation=conversation, dismissals=dismissals, owner=sitting.profile_id)


def _require(sitting: Sitting, connection: Connection, action: Action, case_id: str) -> None:
    if not queries.is_conversation(connection, case_id):
        raise _gone(case_id)
    owner = queries.select_owner(connection, case_id)
    sitting.require(action, Thing(owner_id=owner, is_queued=is_case_queued(connection, case_id)))


def _gone(case_id: str) -> NotFoundError:
    return NotFoundError(f"the case {case_id[:60]} is not there; it may have been deleted")
