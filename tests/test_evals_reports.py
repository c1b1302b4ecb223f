"""Reports: the verdict first, dev failures with their rerun line, of the test part totals only, equal bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from junitparser import JUnitXml
from rich.console import Console

from evals.baseline import baseline_of
from evals.cases import Split
from evals.html import to_html
from evals.junit import to_junit
from evals.markdown import to_markdown
from evals.metamorphic.relations import pairs
from evals.reports import HEADINGS, Report, build_report, rows, to_json
from evals.runner import run
from evals.terminal import print_report
from evals.thresholds import read_thresholds
from tests.test_evals_answers import eval_case, good_answer, small_library

SCHOOLS = ("calf-focused", "whole-chain")
HIDDEN = "Is the hidden question of the test part hidden?"
CASES = (
    eval_case("debate-01", viewpoints=SCHOOLS, says_any=(("dose",),), question="Calf | or <b>chain</b>?\x1b[31m"),
    eval_case("debate-02", viewpoints=SCHOOLS, question="Crash?"),
    eval_case("debate-03", viewpoints=SCHOOLS, split=Split.TEST, says_any=(("dose",),), question=HIDDEN),
    eval_case("debate-04", viewpoints=SCHOOLS),
)


def one_sided(question: str, _: Sequence[str]) -> dict[str, Any]:
    """Answer with one school, and crash on one question."""
    if question == "Crash?":
        raise RuntimeError("out of rope")
    answer = good_answer()
    if question != "Is the calf the cause?":
        del answer["sections"][3:]
    return answer


def reported(cases=CASES, answering=one_sided, **more: Any) -> Report:
    """Return the report of a run by the packaged thresholds."""
    return build_report(run(cases, answering, small_library(), **more), read_thresholds())


def in_terminal(report: Report) -> str:
    """Return what the terminal shows."""
    out = io.StringIO()
    print_report(report, Console(file=out, width=120))
    return out.getvalue()


WRITERS = (in_terminal, to_html, to_junit, to_markdown, to_json)


@pytest.mark.parametrize("write", WRITERS)
def test_every_report_names_the_failing_dev_case_and_how_to_run_it_again(write: Callable[[Report], str]) -> None:
    text = write(reported())
    assert "counterpoint eval run --case debate-01" in text
    assert "whole-chain is not cited" in text
    assert "out of rope" in text


@pytest.mark.parametrize("write", WRITERS)
def test_of_the_test_part_only_totals_are_shown(write: Callable[[Report], str]) -> None:
    text = write(reported())
    assert HIDDEN not in text
    assert "debate-03" not in text
    assert "0 of 1 (0.0 %, 0.0 to 79.3)" in text or "0.0 %" in text or '"successes": 0' in text


@pytest.mark.parametrize("write", WRITERS[1:])
def test_equal_runs_give_equal_bytes_in_any_order_and_at_any_speed(write: Callable[[Report], str]) -> None:
    slow = iter([0.0, 100.0])
    assert write(reported()) == write(reported(cases=CASES[::-1], clock=lambda: next(slow)))


def test_the_verdict_is_the_first_line_of_what_people_read() -> None:
    report = reported()
    assert report.verdict.line.startswith("FAIL: both schools 1 of 3 (33.3 %, 6.1 to 79.2) below 100 %; ")
    assert in_terminal(report).splitlines()[0] == report.verdict.line
    assert to_markdown(report).startswith("**FAIL: both schools 1 of 3 (33.3 %, 6.1 to 79.2) below 100 %; ")


def test_the_worst_case_comes_first() -> None:
    assert [r.case.id for r in reported().worst] == ["debate-01", "debate-02"]
    text = to_markdown(reported())
    assert text.index("### debate-01") < text.index("### debate-02")
    assert "## 2 of 3 dev cases fell short" in text


def test_junit_has_a_suite_of_gates_one_of_dev_cases_and_one_of_totals() -> None:
    gates, dev, test = JUnitXml.fromstring(to_junit(reported()).encode())
    assert [s.name for s in (gates, dev, test)] == ["gates", "dev", "test, totals only"]
    assert {c.name: [type(r).__name__ for r in c.result] for c in dev} == {
        "debate-01": ["Failure"],
        "debate-02": ["Error"],
        "debate-04": [],
    }
    outcomes = {c.name: [type(r).__name__ for r in c.result] for c in test}
    assert outcomes["both schools"] == ["Failure"]
    assert outcomes["facts F1"] == ["Skipped"]
    assert outcomes["outcome right"] == []
    by_gate = {c.name: c.result for c in gates}
    assert "The product's promise" in str(by_gate["both schools ≥ 100 %"][0].text)
    assert by_gate["facts F1 ≥ 90 %"][0].message == "not scored"


def test_markdown_cannot_be_broken_by_a_question() -> None:
    text = to_markdown(reported())
    assert "Calf \\| or &lt;b&gt;chain&lt;/b&gt;?" in text
    assert "\x1b" not in text
    assert "\x1b" not in to_junit(reported())


def test_markdown_stays_under_its_limit_and_says_what_it_left_out() -> None:
    report = reported([eval_case(f"debate-{n}", viewpoints=SCHOOLS, question="Crash?") for n in range(10, 60)])
    text = to_markdown(report, limit_bytes=6_000)
    assert 5_700 < len(text.encode()) <= 6_000
    assert "### debate-10" in text
    assert "### debate-59" not in text
    assert f"…and {50 - text.count('### ')} more failing cases of the dev part" in text


def test_a_row_holds_value_n_interval_baseline_difference_and_gate() -> None:
    then = run(CASES, lambda *_: good_answer(), small_library())
    report = build_report(run(CASES, one_sided, small_library()), read_thresholds(), baseline_of(then))
    row = next(r for r in rows(report) if r.metric == "both schools")
    assert (row.value, row.n, row.interval, row.test_part) == ("33.3 %", "1 of 3", "6.1 to 79.2", "0.0 %")
    assert (row.baseline, row.difference) == ("100.0 %", "−66.7")
    assert (row.gate, row.outcome) == ("≥ 100 %", "MISSED")
    assert len(HEADINGS) == len(row)


def test_without_a_baseline_there_is_no_difference() -> None:
    report = reported()
    assert report.baseline is None
    assert {(r.baseline, r.difference) for r in rows(report)} == {("", "")}


def test_json_holds_verdict_gates_figures_outcomes_and_the_dev_cases() -> None:
    content = json.loads(to_json(reported()))
    assert content["schema"] == "counterpoint/eval-report/2"
    assert (content["expected"], content["run"]) == (4, 4)
    assert content["verdict"]["passed"] is False
    assert [c["id"] for c in content["dev"]] == ["debate-01", "debate-02", "debate-04"]
    assert set(content["figures"]) == {"all", "dev", "test"}
    assert {"expected": "answered", "came": "crashed", "count": 1} in content["outcomes"]
    assert content["provenance"]["seed"] == 0


def test_a_run_of_one_dev_case_shows_its_answer_and_of_one_test_case_does_not() -> None:
    shown = "Not shown; load education did as well. [3]"
    assert shown in in_terminal(reported(CASES[:1]))
    assert shown not in in_terminal(reported(CASES[2:3]))
    assert shown not in in_terminal(reported(CASES[1:2]))


def test_a_run_that_passes_says_so_in_every_report() -> None:
    report = reported(CASES[3:])
    assert report.verdict.line.startswith("PASS: 1 case, ")
    assert in_terminal(report).startswith("PASS: 1 case, ")
    assert to_markdown(report).startswith("**PASS: 1 case, ")
    assert JUnitXml.fromstring(to_junit(report).encode()).failures == 0


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminals_table_fits_its_window_and_cuts_no_word(width: int) -> None:
    then = run(CASES, lambda *_: good_answer(), small_library())
    report = build_report(run(CASES, one_sided, small_library()), read_thresholds(), baseline_of(then))
    out = io.StringIO()
    print_report(report, Console(file=out, width=width))
    table = out.getvalue().partition("\n")[2].partition("\n\n")[0]
    assert "…" not in table
    assert max(map(len, table.splitlines())) <= width
    words = set(table.split())
    assert all(set(r.metric.split()) <= words for r in rows(report))
    assert ("interval" in words) is (width == 120)
    assert {"value", "n", "gate", "MISSED", "difference"} <= words


def test_a_pair_of_wordings_is_a_test_case_with_the_other_wording_in_its_failure() -> None:
    library = small_library()
    pair = next(p for p in pairs([CASES[3]], library, at_most=None) if p.relation.name == "polite")
    turning = iter(["answered", "abstained"])
    made = run([], lambda *_: good_answer() | {"status": next(turning)}, library, pairs=[pair])
    dev = list(JUnitXml.fromstring(to_junit(build_report(made, ())).encode()))[1]
    (case,) = dev
    assert (case.name, case.classname) == ("debate-04+polite", "counterpoint.metamorphic")
    assert case.result[0].message == "polite"
    for part in ("answered became abstained", "held against: Is the calf the cause?", f"--case {pair.id}"):
        assert part in str(case.result[0].text)


def test_markdown_shows_missed_gates_first_and_folds_what_has_no_gate() -> None:
    text = to_markdown(reported())
    gated, _, folded = text.partition("<details><summary>")
    lines = gated.splitlines()
    assert lines[2] == "| metric | value | n | 95 % interval | test part | gate |  |"
    assert lines[4].startswith("| both schools |")
    missed = [line.endswith("| MISSED |") for line in lines if line.startswith("| ")][2:]
    assert missed == sorted(missed, reverse=True)
    assert any(missed)
    assert not all(missed)
    table, closed, _ = folded.partition("\n\n</details>\n\n")
    assert closed
    assert "without a gate</summary>\n\n| metric |" in table
    assert "| citation recall |" in table
    assert "gate |" not in table
