"""A report as Markdown, for a pull request."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from evals.cases import Split
from evals.phrasing import counted
from evals.reports import (
    HEADINGS,
    MISSED,
    Report,
    Row,
    clean,
    confusion,
    failing_lines,
    rerun_command,
    rows,
    turns,
)
from evals.results import Result, Run

MARKDOWN_LIMIT_BYTES = 1_000_000  # a GitHub job summary takes 1 MiB
_LEFT_OUT_BYTES = 100  # the line that says how many cases were left out


def to_markdown(report: Report, *, limit_bytes: int = MARKDOWN_LIMIT_BYTES) -> str:
    """Return Markdown: verdict, metrics, outcomes, then the failing dev cases, worst first, while there is room."""
    cases = [_case_markdown(r) for r in report.worst]
    head = [f"**{_escaped(report.verdict.line)}**", _metrics_tables(report), _outcomes_table(report.run)]
    if cases:
        head.append(f"## {len(cases)} of {len(report.run.part(Split.DEV))} dev cases fell short")
    tail = [f"{_provenance_line(report.run)}\n"]
    kept = _fitting(cases, limit_bytes - len("\n\n".join([*head, *tail]).encode()) - _LEFT_OUT_BYTES)
    if len(kept) < len(cases):
        kept.append(f"…and {len(cases) - len(kept)} more failing cases of the dev part, left out for length.")
    return "\n\n".join([*head, *kept, *tail])


def _metrics_tables(report: Report) -> str:
    """Return the metrics with a gate, missed ones first, and the others folded away."""
    found = rows(report)
    gated = sorted((row for row in found if row.gate), key=lambda row: row.outcome != MISSED)
    others = [row for row in found if not row.gate]
    tables = [_metrics_table(gated)] if gated else []
    if others:
        summary = f"<details><summary>{counted(len(others), 'metric')} without a gate</summary>"
        tables += [summary, _metrics_table(others), "</details>"]
    return "\n\n".join(tables)


def _metrics_table(found: Sequence[Row]) -> str:
    """Return a table of metrics without the columns that hold no word."""
    filled = [column for column in range(len(HEADINGS)) if any(row[column] for row in found)]
    return _table([HEADINGS[c] for c in filled], ([row[c] for c in filled] for row in found))


def _outcomes_table(run: Run) -> str:
    came, rows = confusion(run)
    return _table(("expected \\ came", *came), [(expected, *map(str, counts)) for expected, counts in rows])


def _table(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    ruler = "|" + " --- |" * len(headings)
    return "\n".join([_row(headings), ruler, *map(_row, lines)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _case_markdown(result: Result) -> str:
    asked = "  \n> ".join(map(_escaped, turns(result)))
    lines = [f"### {result.case.id}", "", f"> {asked}", ""]
    lines += [f"- {_escaped(line)}" for line in failing_lines(result)]
    return "\n".join([*lines, "", f"`{rerun_command(result)}`"])


def _fitting(blocks: Iterable[str], limit_bytes: int) -> list[str]:
    kept: list[str] = []
    size = 0
    for block in blocks:
        size += len(block.encode()) + 2
        if size > limit_bytes:
            break
        kept.append(block)
    return kept


def _escaped(text: str) -> str:
    flat = " ".join(clean(text).split())
    return re.sub(r"([\\`*_|\[\]#@~])", r"\\\1", html.escape(flat, quote=False))


def _provenance_line(run: Run) -> str:
    made_with = ", ".join(f"{k} {_flat(v)}" for k, v in asdict(run.provenance).items())
    return f"{len(run.results)} of {run.expected} cases run; {made_with}"


def _flat(value: object) -> str:
    return "+".join(map(str, value)) if isinstance(value, tuple) else str(value)
