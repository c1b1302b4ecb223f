"""A report in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.cases import Split
from evals.expense import expense
from evals.reports import HEADINGS, Report, clean, failing_lines, rerun_command, rows, turns
from evals.results import Result, Run


def print_report(report: Report, console: Console) -> None:
    """Print the verdict, the metrics, the failing dev cases and the time taken.

    A run of one dev case shows the answer too: that is how a failing case is looked into.
    """
    _line(console, report.verdict.line, "bold green" if report.verdict.passed else "bold red")
    console.print(_table(report))
    for result in report.worst:
        _print_case(result, console)
    _print_lone_answer(report.run, console)
    _line(console, f"\n{len(report.run.results)} cases in {report.run.elapsed_seconds:.1f} s", "dim")
    if spent := expense(report.run.results):
        _line(console, f"an answer took {spent}", "dim")


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(clean(text), style=style), soft_wrap=True)


def _table(report: Report) -> Table:
    table = Table(*HEADINGS, box=None, pad_edge=False)
    for row in rows(report):
        table.add_row(*map(Text, row))
    return table


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
