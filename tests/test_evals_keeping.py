"""Runs kept in the data folder: whole or not at all, the newest fifty, and their figures from run to run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from evals.cases import Suite
from evals.errors import RecordFileError
from evals.keeping import KEPT, keep, kept_page, kept_report, kept_runs
from evals.reports import build_report, to_document
from evals.runner import run
from evals.thresholds import read_thresholds
from evals.trends import trends, whole_runs
from tests.test_evals_answers import eval_case, small_library
from tests.test_evals_html import CASES, NASTY, SCHOOLS, answering, nasty_report, reported

START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def wide_report():
    """Return a report on markup in every text, over two suites."""
    first = eval_case("debate-01", viewpoints=SCHOOLS, question=NASTY)
    other = eval_case("numbers-01", suite=Suite.NUMBERS, viewpoints=SCHOOLS, question="How many heel rises?")
    made = run((first, *CASES[1:], other), answering, small_library())
    return build_report(made, read_thresholds())


def kept(home, number=0, report=None):
    return keep(report or nasty_report(), home, START + timedelta(minutes=number))


def test_a_run_is_read_back_as_it_was_kept(tmp_path):
    report = nasty_report()
    identifier = kept(tmp_path, report=report)
    assert kept_report(tmp_path, identifier) == to_document(report)
    line = kept_runs(tmp_path)[0]
    assert (line.id, line.at, line.passed, line.line) == (identifier, START, False, report.verdict.line)
    assert line.figures == report.parts[0].figures


def test_failing_cases_are_kept_with_question_answer_and_findings_and_none_of_the_test_part(tmp_path):
    report = nasty_report()
    shown = kept_page(tmp_path, kept(tmp_path, report=report))
    assert [c["id"] for c in shown["cases"]] == [r.case.id for r in report.worst]
    first = next(c for c in shown["cases"] if c["id"] == "debate-01")
    assert len(first["turns"]) == 2
    assert first["shortfalls"][0]["rule"]
    hidden = {r.case.id for r in report.run.results if r.case.split == "test"}
    assert hidden
    assert not hidden & {c["id"] for c in shown["cases"]}
    assert "\x00" not in NASTY or "\x00" not in first["turns"][0]


def test_the_newest_fifty_stay(tmp_path):
    report = reported(CASES[3:])
    ids = [keep(report, tmp_path, START + timedelta(seconds=n)) for n in range(KEPT + 3)]
    assert [r.id for r in kept_runs(tmp_path)] == list(reversed(ids))[:KEPT]


def test_a_damaged_run_is_left_out_and_a_broken_off_one_was_never_there(tmp_path):
    good, bad = kept(tmp_path), kept(tmp_path, 1)
    (tmp_path / "evals" / bad / "line.json").write_text("{", encoding="utf-8")
    (tmp_path / "evals" / ".half").mkdir()
    assert [r.id for r in kept_runs(tmp_path)] == [good]
    (tmp_path / "evals" / bad / "page.json").write_text("{", encoding="utf-8")
    with pytest.raises(RecordFileError, match="what is shown of a run"):
        kept_page(tmp_path, bad)


@pytest.mark.parametrize("identifier", ["run-x", "../evals", "..", ""])
def test_only_what_is_kept_can_be_named(tmp_path, identifier):
    kept(tmp_path)
    with pytest.raises(RecordFileError, match="no run is kept"):
        kept_report(tmp_path, identifier)


def test_a_trend_goes_from_the_oldest_to_the_newest_within_its_plot(tmp_path):
    ids = [kept(tmp_path, n) for n in range(3)]
    found = trends(kept_runs(tmp_path))
    assert found
    for trend in found:
        assert [p.run_id for p in trend.points] == ids
        assert [p.x for p in trend.points] == sorted(p.x for p in trend.points)
        assert all(0 <= p.high <= p.y <= p.low <= 1 for p in trend.points)


def test_runs_of_fewer_suites_do_not_stand_in_line_with_whole_ones(tmp_path):
    part, whole = kept(tmp_path, 0), kept(tmp_path, 1, wide_report())
    runs = kept_runs(tmp_path)
    assert len(runs[0].suites) > len(runs[1].suites)
    assert [r.id for r in whole_runs(runs)] == [whole]
    assert part in [r.id for r in runs]
    assert trends(()) == whole_runs(()) == ()
