"""What the asker makes of an answer: a thumb, a problem, an answer of their own, a word to the mentor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.desk.access import Action
from assistant.desk.approving import withdraw
from assistant.desk.seeing import standing_reviews
from assistant.desk.sitting import LONG_CHARS, Sitting
from assistant.records import queueing
from assistant.records.engine import Connection
from assistant.records.errors import BadRecordError, ConflictError, NotFoundError
from assistant.records.people import (
    insert_commitment,
    insert_feedback,
    lock_answer,
    select_commitments,
    select_feedback,
)
from assistant.records.review_types import Commitment, Feedback, ItemState, Thumb
from assistant.records.reviews import insert_comment, select_reviews
from assistant.records.types import KeptAnswer

HELD = "held"
"""What the trace of an answer says that was asked for with one's own to come first."""
_REASONS, _REASON_CHARS = 12, 60  # chosen: more than any screen offers


def give_feedback(sitting: Sitting, answer_id: str, thumb: Thumb | str, reasons: Iterable[str], note: str) -> Feedback:
    """Keep a thumb; one that is down, or a problem, lands in the mentors' queue."""
    given = Feedback(
        id=0,
        answer_id=answer_id,
        profile_id=sitting.profile_id,
        thumb=_thumb(thumb),
        reasons=_reasons(sitting, reasons),
        note=sitting.typed(note, "a note"),
        at=sitting.now(),
    )
    with sitting.records.writing() as connection:
        found = _locked(sitting, connection, answer_id)
        sitting.require(Action.GIVE_FEEDBACK, sitting.thing(connection, answer_id))
        kept = insert_feedback(connection, given)
        if given.thumb != Thumb.UP:
            _put(sitting, connection, found, "", thumb=given.thumb)
    return kept


def feedback(sitting: Sitting, answer_id: str) -> tuple[Feedback, ...]:
    """Return the thumbs given to an answer, in order; the last one of a person counts."""
    with sitting.records.reading() as connection:
        sitting.answer(connection, answer_id)
        sitting.require(Action.READ_CASE, sitting.thing(connection, answer_id))
        return select_feedback(connection, answer_id)


def commit(sitting: Sitting, answer_id: str, text: str) -> Commitment:
    """Keep the asker's own answer; the first stands, for the second may have seen ours."""
    words = sitting.typed(text, "your own answer", most=LONG_CHARS, is_needed=True)
    made = Commitment(answer_id=answer_id, profile_id=sitting.profile_id, text=words, at=sitting.now())
    with sitting.records.writing() as connection:
        _locked(sitting, connection, answer_id)
        sitting.require(Action.COMMIT, sitting.thing(connection, answer_id))
        earlier = select_commitments(connection, [answer_id])
        if any(found.profile_id == made.profile_id for found in earlier):
            raise ConflictError("your own answer to this question is kept already, and the first one stands")
        insert_commitment(connection, made)
    return made


def skip(sitting: Sitting, answer_id: str) -> None:
    """Keep that the asker sees an answer without having put down their own: it is held back no longer."""
    made = Commitment(answer_id=answer_id, profile_id=sitting.profile_id, text="", at=sitting.now())
    with sitting.records.writing() as connection:
        _locked(sitting, connection, answer_id)
        sitting.require(Action.COMMIT, sitting.thing(connection, answer_id))
        if not select_commitments(connection, [answer_id]):
            insert_commitment(connection, made)


def is_held(sitting: Sitting, answer: KeptAnswer) -> bool:
    """Return whether an answer waits to be seen until the asker has put down their own, or has let it be."""
    if not answer.trace.get(HELD):
        return False
    with sitting.records.reading() as connection:
        return not select_commitments(connection, [answer.id])


def commitment(sitting: Sitting, answer_id: str) -> Commitment | None:
    """Return what who sits here put down before seeing an answer, None where they did not."""
    with sitting.records.reading() as connection:
        sitting.answer(connection, answer_id)
        sitting.require(Action.READ_CASE, sitting.thing(connection, answer_id))
        found = select_commitments(connection, [answer_id])
    return next((one for one in found if one.profile_id == sitting.profile_id and one.text), None)


def send_to_mentor(sitting: Sitting, answer_id: str, note: str) -> int:
    """Put an answer in the mentors' queue with a word to them; return its number there."""
    with sitting.records.writing() as connection:
        found = _locked(sitting, connection, answer_id)
        words = sitting.typed(note, "a note to your mentor", about=found.document)
        sitting.require(Action.SEND_TO_MENTOR, sitting.thing(connection, answer_id))
        return _put(sitting, connection, found, words)


def _put(sitting: Sitting, connection: Connection, found: KeptAnswer, note: str, thumb: Thumb | None = None) -> int:
    """Put an answer in the queue, or tell what is new of one that stands there already."""
    item_id = queueing.select_item_id(connection, found.id)
    if item_id is not None:
        return _again(sitting, connection, item_id, note, thumb)
    owner = sitting.thing(connection, found.id).owner_id
    row = {
        "answer_id": found.id,
        "asker_id": owner or sitting.profile_id,
        "sent_at": sitting.now(),
        "note": note,
        "stage": ItemState.NEW.value,
        "thumbs_down": thumb is not None,
        "is_problem": thumb == Thumb.PROBLEM,
    }
    return queueing.insert_item(connection, row, labels(found.document))


def _again(sitting: Sitting, connection: Connection, item_id: int, note: str, thumb: Thumb | None) -> int:
    """Tell what is new of an item; one that a single mentor has done is opened for a second where it is faulted."""
    queueing.lock_item(connection, item_id)
    line = queueing.select_line(connection, item_id, sitting.now())
    if line is None:
        raise NotFoundError(f"item {item_id} is no longer in the queue")
    if note and line.note:
        insert_comment(connection, item_id, sitting.who(), note, sitting.now())
    is_single = len(standing_reviews(select_reviews(connection, item_id))) == 1
    stage = ItemState.NEEDS_SECOND if thumb is not None and line.state == ItemState.DONE and is_single else None
    if thumb is not None:
        withdraw(sitting, connection, item_id)  # until a mentor has looked into it, nobody is offered this answer
    changed = {
        "thumbs_down": line.thumbs_down or thumb is not None,
        "is_problem": line.is_problem or thumb == Thumb.PROBLEM,
        "asker_id": line.asker_id or sitting.profile_id,
        "note": line.note or note,
    }
    queueing.update_item(connection, item_id, **changed | ({"stage": stage.value} if stage else {}))
    return item_id


def labels(document: Mapping[str, object]) -> dict[str, Sequence[str]]:
    """Return what a list of the queue is narrowed by: the cruxes of an answer and the schools it cites."""
    cruxes, citations = document.get("cruxes"), document.get("citations")
    schools = (
        [cited["viewpoint"] for cited in citations if isinstance(cited, Mapping) and cited.get("viewpoint")]
        if isinstance(citations, list)
        else []
    )
    return {"crux": [str(c) for c in cruxes] if isinstance(cruxes, list) else [], "viewpoint": schools}


def _locked(sitting: Sitting, connection: Connection, answer_id: str) -> KeptAnswer:
    lock_answer(connection, answer_id)
    return sitting.answer(connection, answer_id)


def _thumb(thumb: object) -> Thumb:
    try:
        return Thumb(str(thumb))
    except ValueError:
        raise BadRecordError(f"a thumb: expected up, down or problem, got {str(thumb)[:40]!r}") from None


def _reasons(sitting: Sitting, reasons: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(sitting.typed(reason, "a reason", most=_REASON_CHARS) for reason in reasons))
    if len(found) > _REASONS:
        raise BadRecordError(f"reasons: expected {_REASONS} at most, got {len(found)}")
    return tuple(reason for reason in found if reason)
