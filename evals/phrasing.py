"""Figures, differences and cases in words, the same in every report."""

from __future__ import annotations

from collections.abc import Sequence

from evals.figures import Figure
from evals.metrics import wilson_interval
from evals.pairing import Difference, Match

_NAMED = 5  # cases in one line; the report lists the rest


def percent(share: float) -> str:
    """Return a share in words, such as ``95.0 %``."""
    return f"{100 * share:.1f} %"


def points(change: float) -> str:
    """Return a difference of shares in percentage points with its sign, such as ``+3.1``; a minus sign below zero."""
    return f"{100 * change:+z.1f}".replace("-", "\u2212")


def counted(count: int, noun: str) -> str:
    """Return a number with its noun, such as ``1 case`` or ``2 cases``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def share_in_words(count: int, n: int) -> str:
    """Return how many of `n` it is with the 95 % interval, such as ``57 of 60 (95.0 %, 86.3 to 98.3)``.

    >>> share_in_words(57, 60)
    '57 of 60 (95.0 %, 86.3 to 98.3)'
    >>> share_in_words(0, 0)
    'none'
    """
    limits = wilson_interval(count, n)
    if limits is None:
        return "none"
    return f"{count} of {n} ({percent(count / n)}, {100 * limits.low:.1f} to {100 * limits.high:.1f})"


def in_words(figure: Figure) -> str:
    """Return a figure with its count and interval, such as ``57 of 60 (95.0 %, 86.3 to 98.3)``."""
    if figure.value is None:
        return "not scored"
    limits = figure.interval
    interval = f", {100 * limits.low:.1f} to {100 * limits.high:.1f}" if limits else ""
    if figure.successes is None:
        return f"{100 * figure.value:.1f} % (n = {figure.n}{interval})"
    return f"{figure.successes} of {figure.n} ({100 * figure.value:.1f} %{interval})"


def loss_in_words(difference: Difference) -> str:
    """Return how far a metric moved, such as ``worse in 9 cases and better in 1 of 250 (p = 0.021)``."""
    if difference.p is not None:
        counts = f"worse in {counted(difference.worse, 'case')} and better in {difference.better} of {difference.n}"
        return f"{counts} (p = {difference.p:.2g})"
    limits = difference.interval
    interval = f", {points(limits.low)} to {points(limits.high)}" if limits else ""
    return f"{points(difference.after - difference.before)} points (n = {difference.n}{interval})"


def named(paired: Sequence[Match]) -> str:
    """Return which cases these are: those of the dev part by name, of the test part how many."""
    names = [p.now.name for p in paired if p.now.name is not None]
    hidden = len(paired) - len(names)
    shown = names[:_NAMED] + ([f"{len(names) - _NAMED} more"] if len(names) > _NAMED else [])
    return ", ".join([*shown, *([f"{hidden} of the test part"] if hidden else [])])
