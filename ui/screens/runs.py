"""The evals on the screen: the last runs and how they moved, what fell short, two runs side by side, a run now."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from evals.baseline import baseline_in_force
from evals.cases import Suite
from evals.comparing import LABEL, compare
from evals.documents import Recorded
from evals.errors import RecordFileError
from evals.html import chart_html
from evals.keeping import KeptRun, kept_page, kept_report, kept_runs
from evals.phrasing import percent, points
from evals.reports import HEADINGS, MISSED
from evals.sidebyside import flips, outcome_of, provenance_lines
from evals.thresholds import read_thresholds
from evals.trends import trends, whole_runs
from ui.conversations import Conversations
from ui.screens.fragments import page
from ui.screens.runs_starting import build_starting
from ui.screens.shelves_routes import ShelfRoute
from ui.screens.shelves_telling import counted, missing

BASELINE = "baseline"


def build_runs(conversations: Conversations) -> APIRouter:
    """Return the routes below ``/evals``."""
    router = APIRouter(prefix="/evals", route_class=ShelfRoute)
    settings = conversations.assistant.settings
    home = settings.index.home
    starting, running = build_starting(settings)

    def named(identifier: str) -> Recorded:
        if identifier == BASELINE:
            found = baseline_in_force()
            if found is None:
                raise RecordFileError("this installation has no baseline", file=home)
            return found
        _known(identifier, kept_runs(home))
        return kept_report(home, identifier)

    @router.get("")
    def runs() -> Response:
        kept = kept_runs(home)
        whole = whole_runs(kept)
        latest = whole[0] if whole else None
        return page(
            "evals/runs.html", runs=kept, latest=latest, trends=trends(whole), suites=[str(s) for s in Suite],
            rows=kept_page(home, latest.id)["rows"] if latest else (), headings=HEADINGS, missed=MISSED,
            model=settings.model, counted=counted, clauses=clauses, short=short, job=running(),
        )  # fmt: skip

    @router.get("/runs/{run_id}")
    def run(run_id: str) -> Response:
        found = _known(run_id, kept_runs(home))
        shown = kept_page(home, run_id)
        return page(
            "evals/run.html", run=found, shown=shown, headings=HEADINGS, missed=MISSED, draw=chart_html,
            counted=counted, clauses=clauses,
        )  # fmt: skip

    @router.get("/compare")
    def side_by_side(
        before: Annotated[str, Query(max_length=80)] = BASELINE, after: Annotated[str, Query(max_length=80)] = ""
    ) -> Response:
        kept = kept_runs(home)
        after = after or (kept[0].id if kept else "")
        found = compare(named(before), named(after), read_thresholds())
        return page(
            "evals/compare.html", found=found, runs=kept, before=before, after=after, counted=counted,
            clauses=clauses, **_words(found),
        )  # fmt: skip

    router.include_router(starting)
    return router


def short(code: str) -> str:
    """Return which code a run was made with, a commit by its first ten digits.

    >>> short("commit 901015335e78bca936f8ccd44d0c9c2a3d35606d-dirty")
    'commit 901015335e-dirty'
    """
    return re.sub(r"\b([0-9a-f]{10})[0-9a-f]{30}\b", r"\1", code)


def clauses(line: str) -> dict[str, Any]:
    """Return a verdict's line cut into its first clause and the rest, without its first word.

    >>> clauses("PASS: 740 cases, 27 gates met; short of the aim: point recall")
    {'first': '740 cases, 27 gates met', 'rest': ['short of the aim: point recall']}
    """
    first, *rest = line.partition(": ")[2].split("; ")
    return {"first": first, "rest": rest}


def _known(identifier: str, runs: tuple[KeptRun, ...]) -> KeptRun:
    by_id = {r.id: r for r in runs}
    if identifier not in by_id:
        raise missing("run", identifier, by_id, "#/evals/runs/", where="There is no")
    return by_id[identifier]


def _words(found: Any) -> dict[str, Any]:
    """Return a comparison's metrics and cases in words."""
    rows = [
        {
            "metric": LABEL[d.metric],
            "before": percent(d.before),
            "after": percent(d.after),
            "change": points(d.after - d.before) if d.is_changed else "0.0",
            "interval": f"{points(d.interval.low)} to {points(d.interval.high)}" if d.is_changed and d.interval else "",
            "cases": f"{d.better} better, {d.worse} worse of {d.n}",
            "outcome": outcome_of(d, found),
        }
        for d in found.differences
    ]
    changed = {
        title: {
            "named": [(m.now.name, flips(m)) for m in matches if m.now.name is not None],
            "hidden": sum(m.now.name is None for m in matches),
        }
        for title, matches in (("Worse", found.worse), ("Better", found.better))
    }
    return {"rows": rows, "changed": changed, "provenance": [line.strip() for line in provenance_lines(found)]}
