"""A replay as a person reads it, and as JSON; and what is said of an id that is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from assistant.door import Assistant
from assistant.records.store import Records
from assistant.replaying import Change, Replay, replayed
from ui.usage import UsageError

SCHEMA = "counterpoint/replay/1"
_LONGEST_SHOWN = 240
_MARKS = {"gained": "+", "lost": "-", "changed": "~"}


def replay(helper: Assistant, answer_id: str) -> Replay:
    """Return what comes of asking the kept answer `answer_id` again.

    Raises:
        UsageError: no such answer is kept; the message names those nearest to it, or the latest.
        RecordsError: the records cannot be read.
    """
    with Records(helper.settings.index.home, helper.settings.database_url) as records:
        kept = records.answer(answer_id)
        if kept is None:
            raise UsageError(unknown(records, answer_id, "--replay"))
    return replayed(kept, helper)


def unknown(records: Records, answer_id: str, what: str) -> str:
    """Return what is said, by the option or command `what`, of an id that is not kept."""
    near = records.nearest_ids(answer_id)
    shown = answer_id[:60]
    if not near:
        return f"{what}: expected the id of a kept answer, got {shown!r}; none is kept yet: ask a question first"
    return (
        f"{what}: expected the id of a kept answer, got {shown!r}; nearest or latest are {', '.join(near)}; "
        "the id of an answer is in `counterpoint ask --json`"
    )


def as_json(found: Replay) -> dict[str, Any]:
    """Return `found` as JSON."""
    return {
        "schema": SCHEMA,
        "id": found.id,
        "same": found.is_same,
        "intact": found.is_intact,
        "made_with": [asdict(c) for c in found.made_with],
        "changes": [asdict(c) for c in found.changes],
        "not_compared": list(found.not_compared),
    }


def lines(found: Replay) -> Iterator[str]:
    """Yield `found` line by line: the verdict, the seal, what it was made with, then each part that changed."""
    parts = dict.fromkeys(c.part for c in found.changes)
    yield f"{found.id}: the same answer" if not parts else f"{found.id}: changed in {', '.join(parts)}"
    if found.is_intact is False:
        yield "The kept text does not match its seal: it was altered after it was kept."
    elif found.is_intact is None:
        yield "The record has no seal: it was kept by an earlier version."
    if found.made_with:
        yield "Made with another " + "; another ".join(
            f"{c.item} (was {_short(c.was)}, now {_short(c.now)})" for c in found.made_with
        )
    for part in parts:
        yield f"{part}:"
        for change in (c for c in found.changes if c.part == part):
            yield from _change(change)
    if found.not_compared:
        yield f"Not kept then, so not compared: {', '.join(found.not_compared)}"


def _change(change: Change) -> Iterator[str]:
    yield f"  {_MARKS[change.what]} {_short(change.item)}"
    if change.what == "changed":
        yield f"      was: {_short(change.was)}"
        yield f"      now: {_short(change.now)}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
