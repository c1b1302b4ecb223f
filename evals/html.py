"""A report as one HTML page that asks for nothing: its style and its plots stand in it.

Only the section on latency hangs on the clock; all else is the same for equal runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, Template
from markupsafe import Markup

from evals.answers import is_whole
from evals.cases import Split
from evals.charts import changes_chart, guardrails_chart, latency_chart, red_flags_chart, suites_chart
from evals.reports import HEADINGS, MISSED, Report, clean, confusion, rerun_command, rows, turns
from evals.results import Result

_FOLDER = Path(str(files("evals"))) / "page"


def to_html(report: Report, *, is_timed: bool = True) -> str:
    """Return the page: verdict, metrics, plots, each failing dev case with its answer, provenance.

    Args:
        report: what to show; of the test part its totals.
        is_timed: whether to show how long answers took, which differs from run to run.
    """
    return _template().render(
        verdict=report.verdict,
        run=report.run,
        missed=MISSED,
        latency=latency_chart(report.run) if is_timed else None,
        **page_values(report),
    )


def page_values(report: Report) -> dict[str, Any]:
    """Return what a page on `report` shows beside its verdict: figures in words, plots, failing dev cases, origin."""
    run = report.run
    charts = [suites_chart(run), changes_chart(report), guardrails_chart(run), red_flags_chart(run)]
    return {
        "headings": HEADINGS,
        "rows": rows(report),
        "charts": [c for c in charts if c is not None],
        "confusion": dict(zip(("came", "rows"), confusion(run), strict=True)),
        "cases": [_case(r) for r in report.worst],
        "dev_count": len(run.part(Split.DEV)),
        "provenance": _words(asdict(run.provenance)),
        "baseline": _words(asdict(report.baseline.provenance)) if report.baseline else {},
    }


def chart_html(chart: Mapping[str, Any]) -> Markup:
    """Return one of the charts of ``page_values``, as plain values, drawn."""
    macros: Any = _environment().get_template("chart.html.jinja").make_module()
    return Markup(macros.chart(chart))  # noqa: S704 - escaped there


def _template() -> Template:
    return _environment().get_template("page.html.jinja")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=ChainableUndefined,  # an answer that lacks a field leaves a page all the same
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _printable(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _words(provenance: dict[str, Any]) -> dict[str, str]:
    return {k: ", ".join(v) if isinstance(v, (tuple, list)) else str(v) for k, v in provenance.items()}


def _case(result: Result) -> dict[str, Any]:
    """Return what the page shows of one failing case of the dev part."""
    case = result.case
    return {
        "id": case.id,
        "suite": str(case.suite),
        "turns": turns(result),
        "held_against": result.held_against,
        "expected": str(case.expect.status),
        "came": result.status,
        "shortfalls": result.shortfalls,
        "answer": result.answer if result.answer and is_whole(result.answer) else None,
        "rerun": rerun_command(result),
    }
