"""Whether a value lies where a measure is valid."""

from __future__ import annotations

import math

from corpus.errors import OutOfRangeError
from corpus.measures.types import as_read


def within(name: str, value: float, low: float, high: float, unit: str, *, why: str = "") -> float:
    """Return `value` when it lies from `low` to `high`.

    Args:
        name: of what was given, as a person calls it.
        value: what was given, in `unit`.
        low: least that is valid, in `unit`.
        high: most that is valid, in `unit`.
        unit: as it reads after a number; "%" stands close to it.
        why: what the range comes from.

    Raises:
        OutOfRangeError: outside, or no number; the message names the range and what was given.
    """
    if math.isfinite(value) and low <= value <= high:
        return value
    shown = f" {unit}" if unit and unit != "%" else unit
    reason = f", {why}" if why else ""
    given = as_read(value) if math.isfinite(value) else str(value)
    raise OutOfRangeError(f"{name}: expected {as_read(low)} to {as_read(high)}{shown}{reason}; got {given}")


def above_zero(name: str, value: float) -> float:
    """Return `value` when it is more than nothing, so that a ratio can be made with it.

    Raises:
        OutOfRangeError: 0, less, or no number.
    """
    if math.isfinite(value) and value > 0:
        return value
    raise OutOfRangeError(f"{name}: expected more than 0; got {value:g}")
