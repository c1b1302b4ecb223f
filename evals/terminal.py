"""A report in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.cases import Split
from evals.expense import expense
from evals.reports import HEADINGS, Report, clean, failing_lines, rerun_command, rows, turns
from evals.results import Result, Run

_NAME_CHARS = 26  # the narrowest column of names that reads well
_GAP = 2  # columns of spaces, as rich pads cells
_DISPENSABLE = ("test part", "baseline", "95 % interval", "difference")
"""Columns that a narrow window leaves out, first the first; the other reports hold them all."""


def print_report(report: Report, console: Console) -> None:
    """Print the verdict, the metrics, the failing dev cases and the time taken.

    A run of one dev case shows the answer too: that is how a failing case is looked into.
    """
    _line(console, report.verdict.line, "bold green" if report.verdict.passed else "bold red")
    console.print(_table(report, console.width))
    for result in report.worst:
        _print_case(result, console)
    _print_lone_answer(report.run, console)
    _line(console, f"\n{len(report.run.results)} cases in {report.run.elapsed_seconds:.1f} s", "dim")
    if spent := expense(report.run.results):
        _line(console, f"an answer took {spent}", "dim")


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(clean(text), style=style), soft_wrap=True)


def _table(report: Report, width: int) -> Table:
    """Return the metrics in as many columns as the window holds; only the metric's name is broken, between words."""
    cells = [HEADINGS, *rows(report)]
    shown = _columns(cells, width)
    table = Table(box=None, pad_edge=False)
    for column in shown:
        table.add_column(HEADINGS[column], no_wrap=column > 0, min_width=_NAME_CHARS if column == 0 else None)
    for row in cells[1:]:
        table.add_row(*(Text(row[column]) for column in shown))
    return table


def _columns(cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return which columns fit beside the metric's name; those without a word, and then the dispensable, go."""
    widths = [max(map(len, column)) for column in zip(*cells[1:], strict=True)]
    shown = [c for c in range(len(widths)) if widths[c]]
    for column in map(HEADINGS.index, _DISPENSABLE):
        if _NAME_CHARS + sum(_GAP + max(widths[c], len(HEADINGS[c])) for c in shown[1:]) <= width:
            break
        shown = [c for c in shown if c != column]
    return shown


def _print_case(result: Result, console: Console) -> None:
    _line(console, f"\n{result.case.id}", "bold")
    for turn in turns(result):
        _line(console, f"  > {turn}")
    for line in failing_lines(result):
        _line(console, f"  - {line}")
    _line(console, f"  {rerun_command(result)}", "dim")


def _print_lone_answer(run: Run, console: Console) -> None:
    results = run.part(Split.DEV)
    if len(run.results) == len(results) == 1 and results[0].answer:
        _line(console, f"\n{results[0].answer.get('markdown', '')}")
