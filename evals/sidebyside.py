"""A comparison in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.comparing import LABEL, Comparison
from evals.documents import Recorded
from evals.pairing import Difference, Match
from evals.phrasing import counted, percent, points

HEADINGS = ("metric", "A", "B", "difference", "better", "worse", "n", "")


def print_comparison(found: Comparison, console: Console) -> None:
    """Print the verdict, the metrics side by side, the cases that changed, and what differs in how the runs were made.

    Of the test part the changed cases are counted, and none is named.
    """
    _line(console, found.line, "bold green" if found.passed else "bold red")
    console.print(_table(found))
    _print_matches(console, "Worse", found.worse)
    _print_matches(console, "Better", found.better)
    for line in provenance_lines(found):
        _line(console, line, "dim")


def _table(found: Comparison) -> Table:
    table = Table(box=None, pad_edge=False)
    for position, heading in enumerate(HEADINGS):
        is_number = 0 < position < len(HEADINGS) - 1
        table.add_column(heading, justify="right" if is_number else "left", no_wrap=is_number)
    for difference in found.differences:
        outcome = outcome_of(difference, found)
        style = {"LOST": "red", "won": "green"}.get(outcome, "")
        table.add_row(*(Text(cell, style=style) for cell in (*_cells(difference), outcome)))
    return table


def _cells(difference: Difference) -> tuple[str, ...]:
    limits = difference.interval if difference.is_changed else None
    interval = f" ({points(limits.low)} to {points(limits.high)})" if limits else ""
    change = points(difference.after - difference.before) if difference.is_changed else "0.0"
    return (
        LABEL[difference.metric],
        percent(difference.before),
        percent(difference.after),
        change + interval,
        str(difference.better),
        str(difference.worse),
        str(difference.n),
    )


def outcome_of(difference: Difference, found: Comparison) -> str:
    """Return LOST, won, or nothing where chance explains the difference."""
    if difference.metric in found.lost:
        return "LOST"
    return "won" if difference.is_significant and difference.gain > 0 else ""


def _print_matches(console: Console, title: str, changed: Sequence[Match]) -> None:
    if not changed:
        return
    _line(console, f"\n{title}: {counted(len(changed), 'case')}", "bold")
    shown = [p for p in changed if p.now.name is not None]
    for pair in shown:
        _line(console, f"  {pair.now.name}: {flips(pair)}")
    if hidden := len(changed) - len(shown):
        _line(console, f"  and {hidden} of the test part")


def flips(pair: Match) -> str:
    """Return which rules a case lost and won, and how its outcome changed."""
    lost = f"lost {', '.join(pair.lost)}" if pair.lost else ""
    won = f"won {', '.join(pair.won)}" if pair.won else ""
    came = f"{pair.then.came} then, {pair.now.came} now" if pair.then.came != pair.now.came else ""
    return "; ".join(filter(None, (lost, won, came)))


def provenance_lines(found: Comparison) -> list[str]:
    """Return how many cases the runs share, and each thing that they were not both made with."""
    before, after = found.before, found.after
    lines = [f"\n{len(found.matches)} cases in both; A holds {_held(before)}, B {_held(after)}"]
    for name in asdict(before.provenance):
        then, now = getattr(before.provenance, name), getattr(after.provenance, name)
        lines.append(f"{name}: {_flat(then)}" if then == now else f"{name}: A {_flat(then)}, B {_flat(now)}")
    return lines


def _held(run: Recorded) -> str:
    return f"{len(run.records)}" if run.is_complete else f"{len(run.records)} (partial)"


def _flat(value: object) -> str:
    return "+".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(text, style=style), soft_wrap=True)
