"""A report as JUnit XML, for CI."""

from __future__ import annotations

from collections.abc import Iterable

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from evals.cases import Split
from evals.figures import Figure
from evals.gates import Gate
from evals.phrasing import in_words
from evals.reports import Report, clean, failing_lines, rerun_command, turns
from evals.results import Outcome, Result


def to_junit(report: Report) -> str:
    """Return JUnit XML: a suite of gates, one of dev cases, and one of the test part's totals."""
    xml = JUnitXml("counterpoint evals")
    dev, test = report.parts[1:]
    totals = [_totals_case(f, report) for f in test.figures]
    for name, cases in (
        ("gates", [_gate_case(g) for g in report.verdict.gates]),
        (dev.name, [_dev_case(r) for r in report.run.part(Split.DEV)]),
        (f"{test.name}, totals only", totals if report.run.part(Split.TEST) else []),
    ):
        suite = TestSuite(name)
        suite.add_testcases(cases)
        xml.add_testsuite(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring().decode() + "\n"


def _gate_case(gate: Gate) -> TestCase:
    case = TestCase(f"{gate.figure.label} {gate.threshold.bound}", classname="counterpoint.gates")
    if gate.passed is None:
        case.result = [Skipped("not scored")]
    elif not gate.passed:
        case.result = [_failing(Failure, in_words(gate.figure), [gate.threshold.reason])]
    return case


def _dev_case(result: Result) -> TestCase:
    case = TestCase(result.case.id, classname=f"counterpoint.{result.case.suite}")
    if result.shortfalls:
        errored = any(s.outcome is Outcome.ERRORED for s in result.shortfalls)
        lines = [*turns(result), *failing_lines(result), rerun_command(result)]
        rules = ", ".join(s.rule for s in result.shortfalls)
        case.result = [_failing(Error if errored else Failure, rules, lines)]
    return case


def _totals_case(figure: Figure, report: Report) -> TestCase:
    gate = next((g for g in report.verdict.gates if g.figure.metric == figure.metric), None)
    case = TestCase(figure.label, classname="counterpoint.test")
    if figure.value is None:
        case.result = [Skipped("not scored")]
    elif gate is not None and not gate.threshold.is_met_by(figure.value):
        case.result = [_failing(Failure, in_words(figure), [gate.threshold.bound])]
    return case


def _failing(kind: type[Failure | Error], message: str, lines: Iterable[str]) -> Failure | Error:
    result = kind(clean(message))
    result.text = clean("\n".join(lines))
    return result
