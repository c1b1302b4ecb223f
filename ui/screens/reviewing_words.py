"""The words of the review screens: what states, verdicts and reasons are called, and how a moment is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from assistant.records.review_types import AnswerVerdict, CitationVerdict, ItemState, QueueLine, ViewpointVerdict

STATES: Mapping[ItemState, str] = MappingProxyType(
    {
        ItemState.NEW: "New",
        ItemState.IN_REVIEW: "In review",
        ItemState.NEEDS_SECOND: "Needs a second",
        ItemState.DONE: "Done",
    }
)
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"answered": "Answered", "abstained": "No answer", "escalated": "Referred on", "declined": "Out of scope"}
)
CITATION_VERDICTS: Mapping[CitationVerdict, str] = MappingProxyType(
    {
        CitationVerdict.SUPPORTS: "Supports",
        CitationVerdict.PARTLY: "Partly",
        CitationVerdict.DOES_NOT: "Does not",
        CitationVerdict.OVERSTATED: "Overstated",
        CitationVerdict.WRONG_SCHOOL: "Wrong school",
    }
)
VIEWPOINT_VERDICTS: Mapping[ViewpointVerdict, str] = MappingProxyType(
    {
        ViewpointVerdict.FAIR: "Fair",
        ViewpointVerdict.CARICATURE: "Caricature",
        ViewpointVerdict.MISSING: "Missing",
    }
)
ANSWER_VERDICTS: Mapping[AnswerVerdict, str] = MappingProxyType(
    {
        AnswerVerdict.ACCEPT: "Accept",
        AnswerVerdict.CORRECTIONS: "Accept with corrections",
        AnswerVerdict.REJECT: "Reject",
    }
)
OUTCOME_OF: Mapping[AnswerVerdict, str] = MappingProxyType(
    {
        AnswerVerdict.ACCEPT: "Accepted",
        AnswerVerdict.CORRECTIONS: "Accepted with corrections",
        AnswerVerdict.REJECT: "Rejected",
    }
)
KEYS: Mapping[AnswerVerdict, str] = MappingProxyType(
    {AnswerVerdict.ACCEPT: "a", AnswerVerdict.CORRECTIONS: "c", AnswerVerdict.REJECT: "r"}
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def clock(at: datetime) -> str:
    """Return the time of day on this machine's clock, "14:20"; the server stands where its users do."""
    return f"{at.astimezone():%H:%M}"


def moment(at: datetime, now: datetime) -> str:
    """Return day and time as short as they are clear: "today, 14:20", "3 Nov, 14:20", "3 Nov 2025"."""
    there, here = at.astimezone(), now.astimezone()
    if there.date() == here.date():
        return f"today, {there:%H:%M}"
    day = f"{there.day} {_MONTHS[there.month - 1]}"
    return f"{day}, {there:%H:%M}" if there.year == here.year else f"{day} {there.year}"


def waited(since: datetime, now: datetime) -> str:
    """Return how long something has waited.

    >>> waited(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 3, 2, tzinfo=UTC))
    '2 days'
    """
    minutes = max(int((now - since).total_seconds() // 60), 0)
    for size, name in ((1440, "day"), (60, "hour"), (1, "minute")):
        if count := minutes // size:
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "less than a minute"


def told(error: Exception) -> str:
    """Return an error as a sentence, its moments on this machine's clock."""
    words = _MOMENT.sub(lambda found: clock(datetime.fromisoformat(found[0])), str(error))
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def why_here(line: QueueLine) -> str:
    """Return why an answer stands in the queue."""
    if line.is_problem:
        return "Problem reported"
    return "Thumbs down" if line.thumbs_down else "Sent to a mentor"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "source"), counted(0, "reply", "replies")
    ('1 source', '0 replies')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def now_utc() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)
