"""Two runs side by side: a lost must-hold or a significant loss fails, and the test part's cases are counted only."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from rich.console import Console

from evals.comparing import Comparison, compare
from evals.documents import BaselineDocument, ReportDocument
from evals.errors import NothingPairedError
from evals.reports import build_report, to_document
from evals.results import Outcome, Run
from evals.sidebyside import print_comparison
from evals.thresholds import read_thresholds
from tests.test_evals_gates import MANY, made
from tests.test_evals_pairing import record
from tests.test_evals_runner import ran


def document(run: Run) -> ReportDocument:
    """Return a run's report as it is written."""
    return to_document(build_report(run, read_thresholds()))


def compared(now: Run, then: Run | None = None) -> Comparison:
    """Return the comparison of a good run with another."""
    return compare(document(then or made()), document(now), read_thresholds())


def printed(found: Comparison) -> str:
    """Return what the terminal shows."""
    out = io.StringIO()
    print_comparison(found, Console(file=out, width=160))
    return out.getvalue()


def failing(numbers: Sequence[int]) -> list[str]:
    """Return the questions of these numbers."""
    return [f"Q{n}?" for n in numbers]


def test_equal_runs_lose_nothing() -> None:
    found = compared(made())
    assert found.passed
    assert printed(found).splitlines()[0] == "PASS: nothing lost; 0 better and 0 worse of 20 cases"


def test_one_lost_must_hold_fails_and_the_test_part_is_counted() -> None:
    found = compared(made(silent=failing([3, 16])))
    assert not found.passed
    assert found.line.startswith("FAIL: both schools lost in debate-03, 1 of the test part; ")
    assert found.line.endswith("0 better and 2 worse of 20 cases")


def test_a_must_hold_that_was_lost_before_is_not_lost_again() -> None:
    assert compared(made(silent=failing([3])), made(silent=failing([3]))).passed


@pytest.mark.parametrize(("count", "passed"), [(5, True), (6, False)])
def test_a_loss_counts_when_chance_does_not_explain_it(count: int, passed: bool) -> None:
    found = compared(made(failing=failing(range(count))))
    assert found.passed is passed
    assert len(found.worse) == count


def test_a_gain_passes_and_is_said() -> None:
    found = compared(made(), made(failing=failing(range(7))))
    assert found.passed
    assert "7 better and 0 worse of 20 cases; better by more than chance: outcome right" in found.line


def test_a_case_that_won_and_lost_counts_as_worse() -> None:
    provenance = made().provenance
    then = record(rules={"status": Outcome.FAILED, "words": Outcome.PASSED})
    now = record(rules={"status": Outcome.PASSED, "words": Outcome.FAILED})
    found = compare(*(BaselineDocument(provenance=provenance, records=(r,)) for r in (then, now)), ())
    assert (len(found.worse), len(found.better)) == (1, 0)
    assert "  n: lost words; won status" in printed(found)


def test_the_table_shows_both_runs_and_names_changed_cases_of_the_dev_part_only() -> None:
    text = printed(compared(made(failing=[*failing(range(6)), "Q17?"]), made(failing=["Q17?", "Q9?"])))
    assert "outcome right" in text
    row = next(line for line in text.splitlines() if line.startswith("outcome right")).split()
    assert row[2:6] == ["90.0", "%", "65.0", "%"]
    assert "Worse: 6 cases\n  debate-00: lost status; answered then, abstained now" in text
    assert "Better: 1 case\n  debate-09: won status; abstained then, answered now" in text
    assert "debate-17" not in text


def test_changed_cases_of_the_test_part_are_counted() -> None:
    text = printed(compared(made(failing=["Q1?", "Q17?"])))
    assert "Worse: 2 cases\n  debate-01: lost status; answered then, abstained now\n  and 1 of the test part" in text


def test_what_differs_in_how_the_runs_were_made_is_shown() -> None:
    then, now = document(made()), document(made())
    other = replace(now, provenance=replace(now.provenance, code="commit b", settings=("x", "y")))
    text = printed(compare(then, other, ()))
    assert "code: A unknown, B commit b" in text
    assert "settings: A sha256:s, B x+y" in text
    assert "seed: 0" in text


def test_runs_of_other_cases_are_paired_where_they_can_be_and_it_is_said() -> None:
    found = compared(made(MANY[:12]), made(MANY[4:]))
    assert "8 cases in both; A holds 16, B 12" in printed(found)


def test_runs_that_share_no_case_cannot_be_compared() -> None:
    with pytest.raises(NothingPairedError, match="got 20 and 4 with none the same") as caught:
        compared(ran())
    assert caught.value.exit_code == 2


def test_a_partial_run_does_not_pass() -> None:
    whole = document(made())
    partial = replace(whole, run=19, records=whole.records[:19])
    found = compare(whole, partial, read_thresholds())
    assert not found.passed
    assert found.line.startswith("FAIL: the second run is partial, with 19 cases; ")
    assert "B 19 (partial)" in printed(found)
    assert compare(partial, whole, read_thresholds()).passed


def test_a_baseline_can_stand_on_either_side() -> None:
    whole = document(made())
    baseline = BaselineDocument(provenance=whole.provenance, records=whole.records)
    assert compare(baseline, whole, ()).passed
    assert compare(whole, baseline, ()).passed
