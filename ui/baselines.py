"""Runs held against each other from the terminal, and the baseline renewed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from assistant.door import Assistant
from evals.baseline import baseline_of
from evals.comparing import compare
from evals.documents import PACKAGED_BASELINE, BaselineDocument, Recorded, read_recorded, to_text
from evals.errors import NothingPairedError
from evals.gates import judge
from evals.sidebyside import print_comparison
from evals.thresholds import read_thresholds
from ui.ending import DONE, STOPPED
from ui.evaluation import Order, chosen, run_chosen
from ui.outputs import check, write


def compare_files(before: Path, after: Path) -> bool:
    """Print the comparison of two reports or baselines; return whether nothing was lost.

    Raises:
        EvalError: a file does not fit, or the runs share no case.
    """
    found = compare(read_recorded(before), read_recorded(after), read_thresholds())
    print_comparison(found, Console())
    return found.passed


def renew_baseline(opened: Callable[[], Assistant], path: Path | None, *, keep: bool) -> int:
    """Run all cases, print what they change in the baseline at `path`, and write it where asked; return the exit code.

    Raises:
        EvalError: the baseline, the thresholds or the cases do not fit.
        UsageError: the baseline cannot be written.
    """
    target = path or PACKAGED_BASELINE
    old = read_recorded(target) if target.exists() else None
    if keep:
        check(target, "--baseline")
    helper = opened()
    made = run_chosen(helper, chosen(helper, Order()))
    if not made.is_complete:
        return STOPPED
    fresh = baseline_of(made)
    print(judge(made, read_thresholds()).line)
    _print_change(old, fresh, target)
    if keep:
        write(target, to_text(fresh))
    print(f"Written: {target}" if keep else f"Not written: {target}; --write does")
    return DONE


def _print_change(old: Recorded | None, fresh: BaselineDocument, target: Path) -> None:
    if old is None:
        print(f"There is no baseline yet at {target}; the run holds {len(fresh.records)} cases")
        return
    try:
        print_comparison(compare(old, fresh, read_thresholds()), Console())
    except NothingPairedError as error:
        print(error)
