"""What day a date means, and how long ago that is."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# An interval is told in days, then in weeks, and after two years in years: what a case needs and no more.
_COUNTED_IN_DAYS, _WEEK_DAYS, _YEAR_DAYS = 14, 7, 365
_YEAR_DIGITS, _LAST_MONTH = 4, 12


def age(born: date, today: date) -> int:
    """Return the whole years from `born` to `today`."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def interval(then: date, today: date) -> str:
    """Return how far `then` is from `today`, coarser the farther.

    >>> interval(date(2026, 6, 1), date(2026, 7, 13)), interval(date(2026, 7, 20), date(2026, 7, 13))
    ('6 weeks ago', 'in 7 days')
    """
    days = (today - then).days
    if days == 0:
        return "today"
    return f"{_length(days)} ago" if days > 0 else f"in {_length(-days)}"


def _length(days: int) -> str:
    if days < _COUNTED_IN_DAYS:
        number, unit = days, "day"
    elif days < 2 * _YEAR_DAYS:
        number, unit = days // _WEEK_DAYS, "week"
    else:
        number, unit = days // _YEAR_DAYS, "year"
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def parsed(said: str, today: date, *, is_past: bool) -> date | None:
    """Return the day that is meant, read day first, or None where there is no such day.

    A year of two digits or none is the latest that fits; a birth (`is_past`) lies before today.

    >>> parsed("160883", date(2026, 7, 13), is_past=True)
    datetime.date(1983, 8, 16)
    """
    numbers: list[str] = re.findall(r"\d+", said)
    month = next((n for n, m in enumerate(_MONTHS, start=1) if re.search(rf"\b{m}|\d{m}|-{m}", said.lower())), None)
    if month is not None:
        day, year = numbers[0], numbers[1] if len(numbers) > 1 else None
        return _day(day, str(month), year, today, is_past=is_past)
    if len(numbers) == 1:
        digits = numbers[0]
        numbers = [digits[:2], digits[2:4], digits[4:]]
    first, second = numbers[:2]
    third = numbers[2] if len(numbers) > 2 else None
    if third is not None and len(first) == _YEAR_DIGITS:
        return _day(third, second, first, today, is_past=is_past)
    if int(second) > _LAST_MONTH:
        first, second = second, first
    return _day(first, second, third, today, is_past=is_past)


def _day(day: str, month: str, year: str | None, today: date, *, is_past: bool) -> date | None:
    latest = today.year if is_past or year is None else today.year + 1
    if year is None:
        full = latest if (int(month), int(day)) <= (today.month, today.day) else latest - 1
    else:
        full = int(year) if len(year) == _YEAR_DIGITS else latest - (latest - int(year)) % 100
    try:
        found = date(full, int(month), int(day))
        is_ahead = is_past and year is not None and len(year) < _YEAR_DIGITS and found > today
        return found.replace(year=full - 100) if is_ahead else found
    except ValueError:
        return None
