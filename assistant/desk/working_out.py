"""Results of measures that who treats the patient worked out beside an answer: kept with it, in its note and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.desk.access import Action
from assistant.desk.cases import answer as read
from assistant.desk.sitting import Sitting
from assistant.records.people import lock_answer
from assistant.records.results import delete_result, replace_result, select_results
from assistant.records.review_types import KeptResult
from assistant.records.types import KeptAnswer


def keep(sitting: Sitting, answer_id: str, measure: str, name: str, given: Mapping[str, str], said: str) -> None:
    """Keep what came out of a measure, in the place of what came out of it before."""
    made = KeptResult(
        answer_id=answer_id,
        profile_id=sitting.profile_id,
        measure=measure,
        name=name,
        given={key: sitting.typed(value, "a field", most=60) for key, value in given.items()},
        said=said,
        at=sitting.now(),
    )
    with sitting.records.writing() as connection:
        lock_answer(connection, answer_id)
        sitting.answer(connection, answer_id)
        sitting.require(Action.KEEP_RESULT, sitting.thing(connection, answer_id))
        replace_result(connection, made)


def remove(sitting: Sitting, answer_id: str, measure: str) -> None:
    """Take the result of a measure away again: it was a trial, or a slip."""
    with sitting.records.writing() as connection:
        sitting.answer(connection, answer_id)
        sitting.require(Action.KEEP_RESULT, sitting.thing(connection, answer_id))
        delete_result(connection, answer_id, measure)


def may_keep(sitting: Sitting, answer_id: str) -> bool:
    """Return whether what is worked out beside an answer is kept with it: the case is one's own or nobody's."""
    with sitting.records.reading() as connection:
        return sitting.may(Action.KEEP_RESULT, sitting.thing(connection, answer_id))


def results(sitting: Sitting, answer_id: str) -> tuple[KeptResult, ...]:
    """Return what was worked out beside an answer."""
    read(sitting, answer_id)
    with sitting.records.reading() as connection:
        return select_results(connection, [answer_id])


def with_results(sitting: Sitting, answers: Sequence[KeptAnswer]) -> list[dict[str, Any]]:
    """Return the documents of answers that may be read, each with what was worked out beside it as ``measured``."""
    with sitting.records.reading() as connection:
        found = select_results(connection, [kept.id for kept in answers])
    return [joined(kept.document, [one for one in found if one.answer_id == kept.id]) for kept in answers]


def joined(document: Mapping[str, Any], found: Sequence[KeptResult]) -> dict[str, Any]:
    """Return an answer's JSON with what a clinician worked out beside it; as it was where that is nothing."""
    measured = [
        {
            "measure": one.measure,
            "name": one.name,
            "given": dict(one.given),
            "said": one.said,
            "entered_by": one.by,
            "at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}",
        }
        for one in found
    ]
    return {**document, "measured": measured} if measured else dict(document)
