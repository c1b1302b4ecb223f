"""What pydantic finds wrong with a file's content, as one sentence and a place."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_GIVEN_CHARS = 60


def misfit(error: ValidationError) -> tuple[tuple[str | int, ...], str]:
    """Return where the most telling error is, and what was expected and given there."""
    first = _most_telling(error.errors())
    place = tuple(first["loc"])
    given = "" if first["type"] == "missing" else f", got {str(first['input'])[:_GIVEN_CHARS]!r}"
    return place, f"{'.'.join(map(str, place)) or 'the file'}: {first['msg']}{given}"


def _most_telling(errors: list[ErrorDetails]) -> ErrorDetails:
    """Return the error to show: a field misspelt rather than the field that is missing for it."""
    return next((e for e in errors if e["type"] == "unexpected_keyword_argument"), errors[0])
