"""A report of mutants in the terminal, as JUnit and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.mutation.reporting import Line, Report, missed, totals
from evals.mutation.running import Outcome
from evals.reports import clean

HEADINGS = ("", "half", "as", "good", "95 %", "alike", "fair", "missed", "")
_WIDTH = 112  # columns: the names of the operators are long, and a line each is easier to search
_NOT_GOOD = (Outcome.SURVIVED, Outcome.STOPPED, Outcome.ERROR)


def print_report(report: Report, console: Console, *, shows_misses: bool = False) -> None:
    """Print the verdict, one row an operator, the totals, and where asked what survived on the dev half."""
    console.print(Text(report.verdict, style="bold green" if report.passed else "bold red"), soft_wrap=True)
    table = Table(*HEADINGS, box=None, pad_edge=False)
    for column in table.columns:
        column.no_wrap = True
    for line in report.lines:
        table.add_row(*map(Text, cells(line)))
    console.width = max(console.width, _WIDTH)
    console.print(table)
    for text in total_lines(report):
        console.print(Text(text), soft_wrap=True)
    for text in miss_lines(report) if shows_misses else ():
        console.print(Text(clean(text)), soft_wrap=True)


def cells(line: Line) -> tuple[str, ...]:
    """Return a line as the cells under `HEADINGS`."""
    limits = f"{100 * line.interval.low:.0f} to {100 * line.interval.high:.0f}" if line.interval else ""
    return (
        line.name + (" *" if line.must_catch else ""),
        line.half,
        line.mode,
        f"{line.good}/{line.n}",
        limits,
        str(line.outcomes.get(Outcome.REFUSED_ALIKE, "")),
        f"{line.fair_good}/{line.fair_n}" if line.kind.is_harmless else "",
        str(sum(line.outcomes.get(o, 0) for o in _NOT_GOOD) or ""),
        line.error or ("FAILS" if line.fails else ""),
    )


def total_lines(report: Report) -> Iterator[str]:
    """Yield the totals of each half and mode."""
    yield (
        "* must be caught; as free text those of keys, schools, numbers, denials and safety fail the run. alike: "
        "refused, as the unbroken sentence is. fair: rewordings that pass, of sentences that pass unreworded."
    )
    for name, caught, of, passed, harmless in totals(report.lines):
        rewordings = f"; rewordings of what passes unreworded: {passed} of {harmless} pass" if harmless else ""
        yield f"{name}: {caught} of {of} mutants caught{rewordings}"


def miss_lines(report: Report) -> Iterator[str]:
    """Yield what survived or was wrongly stopped on the dev half, with what was found."""
    for row in report.rows:
        for trial in missed(row):
            yield f"\n{row.name} ({row.mode}): {trial.outcome}\n  {trial.note}"
            yield from (f"  - {f.rule}: {f.message}" for f in trial.findings)
            yield from ([f"  ! {trial.error}"] if trial.error else [])


def to_junit(report: Report) -> str:
    """Return JUnit XML with one test case a series, half and mode."""
    xml = JUnitXml("counterpoint mutation")
    suite = TestSuite("mutation")
    suite.add_testcases([_case(line) for line in report.lines])
    xml.add_testsuite(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring().decode() + "\n"


def _case(line: Line) -> TestCase:
    case = TestCase(line.name, classname=f"counterpoint.mutation.{line.mode}.{line.half}")
    if line.error is not None or line.outcomes.get(Outcome.ERROR):
        case.result = [Error(clean(line.error or "a check crashed"))]
    elif line.fails:
        case.result = [Failure(f"{line.outcomes[Outcome.SURVIVED]} of {line.n} survived")]
    return case


def to_markdown(report: Report) -> str:
    """Return the report as Markdown."""
    head = ("series", *HEADINGS[1:-1], "gate")
    rows = [head, tuple("---" for _ in head), *map(cells, report.lines)]
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return clean(f"**{report.verdict}**\n\n{table}\n\n" + "\n".join(total_lines(report)) + "\n")
