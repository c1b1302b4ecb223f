"""The evals from the terminal: cases in, a table and files out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.console import Console

from assistant.door import Assistant
from evals.cases import OTHER_SUITES, read_cases, select
from evals.errors import EmptySuiteError
from evals.gates import read_thresholds
from evals.junit import to_junit
from evals.markdown import to_markdown
from evals.reports import Report, build_report, to_json
from evals.runner import run
from evals.terminal import print_report
from evals.traces import ask_traced
from ui.about import LAST_RUN
from ui.progress import terminal_progress

_WRITERS = {"junit": to_junit, "json": to_json, "markdown": to_markdown}


def run_evals(helper: Assistant, suites: Sequence[str], ids: Sequence[str], files: Mapping[str, Path | None]) -> bool:
    """Run the cases of `suites` and `ids`, print the report, write `files`; return whether it passed.

    Raises:
        EmptySuiteError: nothing is left to run, or a suite without cases is asked for together with cases.
    """
    if any(s in OTHER_SUITES for s in suites):
        if len(suites) > 1 or ids:
            raise EmptySuiteError(f"expected {', '.join(OTHER_SUITES)} by itself, got other suites or cases with it")
        return _run_mutation(helper, files)
    library = helper.snapshot.library
    cases = select(read_cases(library=library), ids=ids, suites=suites)
    with terminal_progress() as progress:
        made = run(
            cases,
            partial(ask_traced, helper),
            library,
            progress=lambda done, total, case: progress(f"{case}", done, total) if sys.stderr.isatty() else None,
        )
    report = build_report(made, read_thresholds())
    for kind, path in files.items():
        if path is not None:
            path.write_text(_WRITERS[kind](report), encoding="utf-8")
    if not suites and not ids:
        _remember(helper.settings.index.home, report)
    print_report(report, Console())
    return report.verdict.passed


def _run_mutation(helper: Assistant, files: Mapping[str, Path | None]) -> bool:
    """Break the answers to the suite's own questions, judge them, print the report, write `files`."""
    from evals.mutation import printing, reporting, suite
    from evals.mutation.asking import answers

    library = helper.snapshot.library
    with terminal_progress() as progress:
        todo = suite.chosen(answers(helper), library)
        names = {s.name: n for n, s in enumerate(todo)}
        report = suite.evaluate(
            todo, library, progress=lambda n: progress(n, names[n], len(names)) if sys.stderr.isatty() else None
        )
    writers = {"junit": printing.to_junit, "json": reporting.to_json, "markdown": printing.to_markdown}
    for kind, path in files.items():
        if path is not None:
            path.write_text(writers[kind](report), encoding="utf-8")
    printing.print_report(report, Console())
    return report.passed


def _remember(home: Path, report: Report) -> None:
    today = datetime.now(UTC).date().isoformat()
    (home / LAST_RUN).write_text(f"{today}: {report.verdict.line}\n", encoding="utf-8")


def case_lines() -> Iterator[str]:
    """Yield each case with its suite and part; the text of the test part stays unread."""
    cases = read_cases()
    for case in cases:
        shown = case.question if case.split.value == "dev" else "(test part)"
        yield f"{case.id:<26} {case.suite:<20} {case.split:<5} {' '.join(shown.split())[:90]}"
    yield f"{len(cases)} cases"
