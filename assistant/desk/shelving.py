"""What of the records hangs on the shelf: which answers rest on a source, and what goes with one."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.desk.access import Action
from assistant.desk.sitting import Sitting
from assistant.records import queries


def answers_by_source(sitting: Sitting) -> Mapping[str, int]:
    """Return how many kept answers cite each source; numbers alone, of nobody's case in particular."""
    with sitting.records.reading() as connection:
        return queries.count_answers_by_source(connection)


def forget_source(sitting: Sitting, source_id: str) -> int:
    """Delete the answers that cite a document that was taken off the shelf, and return how many there were."""
    sitting.require(Action.CHANGE_LIBRARY)
    return sitting.records.forget_source(source_id)
