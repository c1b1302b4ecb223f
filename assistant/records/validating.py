"""Check and clean what is to be kept, before any database or file sees it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

from assistant.records.errors import BadRecordError
from assistant.records.types import KeptAnswer

LONGEST_ID_CHARS = 200  # chosen: ours have 34; PostgreSQL cannot index a key above 2,700 bytes
LONGEST_TITLE_CHARS = 80  # chosen: one line of the list of cases on a wide screen
LONGEST_PAGE = 200  # chosen: the list of cases shows some 30 at a time
UNTITLED = "Untitled"

# SQLite takes expressions 1,000 deep and patterns of 50,000 bytes; chosen well below both.
_WORDS, _WORD_CHARS = 20, 200
_LARGEST_OFFSET = 2**31

# A lone surrogate is not text in any encoding, and PostgreSQL takes no NUL.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x1f\x7f-\x9f]")

# Written out only where something is wrong: an answer has some thousand places.
_Place: TypeAlias = "str | tuple[_Place, object]"


def clean_text(text: str) -> str:
    """Return `text` as every database takes it: lone surrogates and NUL become U+FFFD."""
    plain = str.__str__(text)
    return plain if plain.isascii() and "\x00" not in plain else _NOT_TEXT.sub("\ufffd", plain)


def to_title(text: str) -> str:
    """Return `text` as one line, cut at a word; "Untitled" where nothing is left."""
    words = " ".join(_CONTROL.sub(" ", clean_text(text)).split())
    if len(words) <= LONGEST_TITLE_CHARS:
        return words or UNTITLED
    head, _, rest = words[:LONGEST_TITLE_CHARS].rpartition(" ")
    is_long_word = not head or len(rest) > LONGEST_TITLE_CHARS // 2
    return (words[: LONGEST_TITLE_CHARS - 1] if is_long_word else head) + "…"


def check_page(limit: int, offset: int) -> None:
    """Refuse a part of a list that no screen asks for.

    Raises:
        BadRecordError: `limit` is not 1 to 200, or `offset` is below 0.
    """
    if not (1 <= limit <= LONGEST_PAGE and 0 <= offset < _LARGEST_OFFSET):
        message = f"expected a limit of 1 to {LONGEST_PAGE} and an offset of 0 or more, got {limit} and {offset}"
        raise BadRecordError(message)


def search_words(search: str | None) -> tuple[str, ...]:
    """Return the words that are looked for, as many and as long as any database takes."""
    return tuple(word[:_WORD_CHARS] for word in (search or "").split()[:_WORDS])


def to_json(value: object, *, at: str) -> Any:
    """Return a copy of `value` that is JSON: text cleaned, tuples as lists, NaN and infinities as None.

    Raises:
        BadRecordError: a value that JSON does not have, or nesting without end; the message names the place.
    """
    try:
        return _to_json(value, at)
    except RecursionError as error:
        message = f"{at}: expected values nested at most some hundred deep; leave out what refers to itself"
        raise BadRecordError(message) from error


def to_kept_answer(document: object, trace: object, *, conversation: str | None) -> KeptAnswer:
    """Return the answer in `document`, checked and cleaned; its position is found when it is kept.

    Raises:
        BadRecordError: a field is missing or of the wrong kind; the message names it.
    """
    fields, making = _to_object(document, "document"), _to_object(trace, "trace")
    detail = fields.get("detail") or making.get("detail")
    return KeptAnswer(
        id=to_id(fields.get("id"), "document.id"),
        conversation_id=None if conversation is None else to_id(conversation, "conversation"),
        position=None,
        asked_at=to_time(fields.get("asked_at")),
        question=_to_text(fields.get("question"), "document.question"),
        status=_to_text(fields.get("status"), "document.status"),
        detail=None if detail is None else _to_text(detail, "detail"),
        document=fields,
        trace=making,
    )


def to_id(value: object, at: str) -> str:
    """Return `value` as an id.

    Raises:
        BadRecordError: not text of 1 to 200 characters.
    """
    text = clean_text(value) if isinstance(value, str) else ""
    if not text.strip() or len(text) > LONGEST_ID_CHARS:
        message = f"{at}: expected an id of 1 to {LONGEST_ID_CHARS} characters, got {_shown(value)}"
        raise BadRecordError(message)
    return text


def to_time(value: object) -> datetime:
    """Return the moment of `asked_at` in UTC; one without an offset is UTC, as the contract says.

    Raises:
        BadRecordError: not a moment in ISO 8601.
    """
    try:
        moment = datetime.fromisoformat(str(value))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        message = f"document.asked_at: expected a moment such as 2026-11-21T09:30:00Z, got {_shown(value)}"
        raise BadRecordError(message) from error


def _to_text(value: object, at: str) -> str:
    if not isinstance(value, str):
        message = f"{at}: expected text, got {_shown(value)}"
        raise BadRecordError(message)
    return clean_text(value)


def _to_object(value: object, at: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        message = f"{at}: expected a JSON object, got {_shown(value)}"
        raise BadRecordError(message)
    return to_json(value, at=at)


def _to_json(value: object, at: _Place) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict | Mapping):
        return {_to_key(key, at): _to_json(item, (at, key)) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_to_json(item, (at, number)) for number, item in enumerate(value)]
    message = f"{_written(at)}: expected a value that JSON has, got {_shown(value)}"
    raise BadRecordError(message)


def _to_key(key: object, at: _Place) -> str:
    return clean_text(key) if isinstance(key, str) else _to_text(key, f"a key of {_written(at)}")


def _written(at: _Place) -> str:
    """Return a place as a message names it: "document.sections[2].title"."""
    if isinstance(at, str):
        return at
    before, last = at
    return f"{_written(before)}[{last}]" if isinstance(last, int) else f"{_written(before)}.{last}"


def _shown(value: object) -> str:
    text = clean_text(repr(value))
    return text if len(text) <= 60 else f"a {type(value).__name__} of {len(text)} characters"
