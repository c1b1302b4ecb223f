"""Comments between mentor and physio, and what of them is new."""

from __future__ import annotations

from assistant.desk import seeing
from assistant.desk.access import Action
from assistant.desk.queueing import belonging, found_line, reviewer_of
from assistant.desk.sitting import Sitting
from assistant.records import queueing, reviews
from assistant.records.engine import Connection
from assistant.records.review_types import Comment, QueueLine


def comment(sitting: Sitting, item_id: int, text: str) -> Comment:
    """Keep a comment on an item and return it."""
    with sitting.records.writing() as connection:
        queueing.lock_item(connection, item_id)
        line = _line(sitting, connection, item_id, Action.COMMENT)
        document = sitting.answer(connection, line.answer_id).document
        words = sitting.typed(text, "a comment", is_needed=True, about=document)
        number = reviews.insert_comment(connection, item_id, sitting.who(), words, sitting.now())
        return next(c for c in reviews.select_comments(connection, item_id) if c.id == number)


def comments(sitting: Sitting, item_id: int) -> tuple[Comment, ...]:
    """Return the comments on an item that may be seen, in order."""
    with sitting.records.reading() as connection:
        line = _line(sitting, connection, item_id, Action.READ_ITEM)
        found = reviews.select_reviews(connection, item_id)
        said = reviews.select_comments(connection, item_id)
        return seeing.visible_comments(line, found, said, reviewer_of(sitting, line))


def unread(sitting: Sitting) -> tuple[int, ...]:
    """Return the numbers of the items that concern who sits here and on which another has said something since."""
    if (who := sitting.profile_id) is None:
        return ()
    with sitting.records.reading() as connection:
        return reviews.select_unread(connection, who)


def mark_read(sitting: Sitting, item_id: int) -> None:
    """Keep that who sits here has seen what there is on an item."""
    with sitting.records.writing() as connection:
        _line(sitting, connection, item_id, Action.READ_ITEM)
        reviews.set_read(connection, sitting.who(), item_id, sitting.now())


def _line(sitting: Sitting, connection: Connection, item_id: int, action: Action) -> QueueLine:
    line = found_line(sitting, connection, item_id)
    sitting.require(action, belonging(line))
    return line
