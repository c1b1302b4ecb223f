"""The evals from the terminal: cases in, a table and files out."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from assistant.door import Assistant
from corpus.encoder import encoder_fingerprint
from evals.ahead import Ahead, askings
from evals.baseline import baseline_in_force
from evals.cases import OTHER_SUITES, Suite, read_cases
from evals.choosing import Chosen, choose
from evals.codebase import code_version
from evals.errors import EmptySuiteError
from evals.html import to_html
from evals.junit import to_junit
from evals.keeping import keep
from evals.markdown import to_markdown
from evals.metamorphic.relations import RELATIONS
from evals.reports import Report, build_report, to_json
from evals.results import Origin, Run
from evals.runner import Progress, run
from evals.terminal import print_report
from evals.thresholds import read_thresholds
from ui.about import LAST_RUN
from ui.ending import DONE, FAILED, STOPPED
from ui.interruption import interruption_held
from ui.outputs import write
from ui.progress import terminal_progress
from ui.usage import UsageError

_WRITERS = {"junit": to_junit, "json": to_json, "markdown": to_markdown, "html": to_html}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which cases to run, in which order, and what to hold them against.

    Empty `suites` and `ids` mean all cases and a sample of the pairs of wordings; `every_pair` takes all of them.
    `baseline` None means the packaged one; `shuffle` is the seed of the order.
    """

    suites: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    every_pair: bool = False
    baseline: Path | None = None
    shuffle: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every case is asked for."""
        return not self.suites and not self.ids


def run_evals(opened: Callable[[], Assistant], order: Order, files: Mapping[str, Path]) -> int:
    """Run the cases, print the report, write `files`; return the exit code.

    Ctrl-C ends the run, not the report: what was asked by then is reported as partial.

    Raises:
        EvalError: thresholds, baseline or cases do not fit, or no case is left to run.
        UsageError: a page is asked for of a suite that has none.
    """
    if any(s in OTHER_SUITES for s in order.suites):
        if len(order.suites) > 1 or order.ids:
            raise EmptySuiteError(f"expected {', '.join(OTHER_SUITES)} by itself, got other suites or cases with it")
        if "html" in files:
            raise UsageError("--html: expected a run of cases; --suite mutation writes --json, --junit and --markdown")
        return DONE if _run_mutation(opened(), files) else FAILED
    thresholds, baseline = read_thresholds(), baseline_in_force(order.baseline)
    helper = opened()
    made = run_chosen(helper, _shuffled(chosen(helper, order), order.shuffle))
    with interruption_held() as hold:
        hold()
        report = build_report(made, thresholds, baseline)
        for kind, path in files.items():
            write(path, _WRITERS[kind](report))
        if made.is_complete and not order.ids:
            remember(helper.settings.index.home, report, order)
        print_report(report, Console())
    return _exit_code(report)


def reported(helper: Assistant, order: Order, progress: Progress) -> Report:
    """Return the report on what `order` asks for, remembered where it is complete; a screen shows it.

    Raises:
        EvalError: thresholds, baseline or cases do not fit, or no case is left to run.
    """
    thresholds, baseline = read_thresholds(), baseline_in_force(order.baseline)
    made = run_chosen(helper, chosen(helper, order), progress)
    report = build_report(made, thresholds, baseline)
    if made.is_complete:
        remember(helper.settings.index.home, report, order)
    return report


def chosen(helper: Assistant, order: Order) -> Chosen:
    """Return the cases and pairs of wordings that `order` asks for.

    Raises:
        EvalError: the cases do not fit, or none is left.
    """
    library = helper.snapshot.library
    cases = read_cases(library=library)
    return choose(cases, library, ids=order.ids, suites=order.suites, every_pair=order.every_pair)


def run_chosen(helper: Assistant, todo: Chosen, told: Progress | None = None) -> Run:
    """Return the run of `todo` on the assistant; who looks on at a terminal sees a bar, `told` is told of each case."""
    origin = Origin(code=code_version(), encoder=encoder_fingerprint(helper.settings.encoder))
    with terminal_progress() as progress, Ahead(helper, askings(todo.cases, todo.pairs)) as answerer:
        return run(
            todo.cases,
            answerer,
            helper.snapshot.library,
            pairs=todo.pairs,
            origin=origin,
            progress=told or (lambda done, total, case: progress(case, done, total) if sys.stderr.isatty() else None),
        )


def _shuffled(todo: Chosen, seed: int | None) -> Chosen:
    if seed is None:
        return todo
    order = random.Random(seed)  # noqa: S311 - an order, no secret
    cases, pairs = order.sample(todo.cases, len(todo.cases)), order.sample(todo.pairs, len(todo.pairs))
    return Chosen(cases=tuple(cases), pairs=tuple(pairs))


def _exit_code(report: Report) -> int:
    if not report.run.is_complete:
        return STOPPED
    return DONE if report.verdict.passed else FAILED


def _run_mutation(helper: Assistant, files: Mapping[str, Path]) -> bool:
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
        write(path, writers[kind](report))
    printing.print_report(report, Console())
    return report.passed


def remember(home: Path, report: Report, order: Order) -> None:
    """Keep a complete report in the data folder; the line of a whole run is what ``counterpoint about`` prints."""
    now = datetime.now(UTC)
    keep(report, home, now)
    if order.is_whole:
        (home / LAST_RUN).write_text(f"{now.date().isoformat()}: {report.verdict.line}\n", encoding="utf-8")


def case_lines() -> Iterator[str]:
    """Yield each case with its suite and part, and the suites that hold none; the test part's text stays unread."""
    cases = read_cases()
    for case in cases:
        shown = case.question if case.split.value == "dev" else "(test part)"
        yield f"{case.id:<26} {case.suite:<20} {case.split:<5} {' '.join(shown.split())[:90]}"
    yield from _other_suite_lines()
    yield f"{len(cases)} cases"


def _other_suite_lines() -> Iterator[str]:
    from evals.mutation.operators import OPERATORS

    names = ", ".join(r.label for r in RELATIONS)
    yield f"{'':<26} {Suite.METAMORPHIC:<20}       each case asked in another way: {names}"
    yield f"{'':<26} {'mutation':<20}       good answers broken in {len(OPERATORS)} ways, counted by operator"
