"""Pytest runs a clinic's own eval cases: ``pytest --counterpoint-cases FOLDER``, a test for each case, named by its id.

Without the option nothing is imported and nothing changes. Where no test files are named beside it, only the cases run.
Each process has an assistant of its own; the index beneath is shared, and whoever comes first builds it under a lock.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.door import Assistant
    from evals.cases import EvalCase
    from evals.results import Result

_CASES, _SPLIT = "--counterpoint-cases", "--counterpoint-split"
_MARK = "counterpoint"
_assistant = pytest.StashKey["Assistant"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    group = parser.getgroup("counterpoint", "eval cases of Counterpoint")
    group.addoption(_CASES, metavar="FOLDER", help="run the eval cases in FOLDER as tests")
    group.addoption(_SPLIT, choices=("dev", "test"), help="only the cases of this part; both when left out")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marks, and have the folder collected."""
    folder = _folder(config)
    if folder is None:
        return
    from evals.cases import Suite

    config.addinivalue_line("markers", f"{_MARK}: an eval case of Counterpoint")
    for suite in Suite:
        config.addinivalue_line("markers", f"{suite}: an eval case of the suite {suite}")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = [str(folder)]
    elif not any(Path(config.invocation_params.dir, argument).resolve() == folder for argument in config.args):
        config.args.append(str(folder))


@pytest.hookimpl(tryfirst=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return what collects the cases, for the folder that the option names."""
    return CaseFolder.from_parent(parent, path=path) if path == _folder(parent.config) else None


class CaseFolder(pytest.Directory):
    """A folder of eval cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each case.

        Raises:
            CollectError: a file does not fit (its name, the line, what was expected), or there is no case.
        """
        from assistant.settings import Settings
        from corpus.errors import LibraryError
        from corpus.library import read_library
        from evals.cases import read_cases
        from evals.errors import EvalError

        split = self.config.getoption(_SPLIT)
        try:
            cases = read_cases((self.path,), library=read_library(Settings().index.folders))
        except (EvalError, LibraryError) as error:
            raise self.CollectError(str(error)) from error
        chosen = [c for c in cases if split in (None, c.split)]
        if not chosen:
            raise self.CollectError(f"expected eval cases of the part {split} in {self.path}, found none")
        for case in chosen:
            yield CaseItem.from_parent(self, name=case.id, case=case)


class CaseItem(pytest.Item):
    """One eval case: passes when nothing of its answer fell short."""

    def __init__(self, *, case: EvalCase, **more: object) -> None:
        """Take the case, and be marked by its suite."""
        super().__init__(**more)  # type: ignore[arg-type] # pytest's own constructor protocol
        self.case = case
        self.add_marker(_MARK)
        self.add_marker(str(case.suite))

    def runtest(self) -> None:
        """Put the case to the product.

        Raises:
            ShortfallError: a rule failed or could not be judged.
        """
        from evals.runner import run
        from evals.traces import ask_traced

        helper = _opened(self.config)
        made = run((self.case,), partial(ask_traced, helper), helper.snapshot.library)
        if not made.is_complete:
            raise KeyboardInterrupt
        result = made.results[0]
        if result.shortfalls:
            raise ShortfallError("\n".join(self._told(result)))

    def _told(self, result: Result) -> Iterator[str]:
        """Yield what was asked, what fell short, and how to run it again; of the test part the rules' names only."""
        from evals.cases import Split
        from evals.reports import failing_lines, turns

        if self.case.split is Split.TEST:
            yield f"a case of the test part fell short in: {', '.join(s.rule for s in result.shortfalls)}"
        else:
            yield from (f"asked: {turn}" for turn in turns(result))
            yield from failing_lines(result)
        yield f"rerun: pytest {_CASES} {shlex.quote(str(self.config.getoption(_CASES)))} -k {self.case.id}"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override] # pytest allows more
        """Return the failing text: without a traceback where the answer fell short."""
        if isinstance(excinfo.value, ShortfallError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the case lies, and its name."""
        return self.path, None, self.case.id


class ShortfallError(AssertionError):
    """An answer does not hold what its case expects."""


def _folder(config: pytest.Config) -> Path | None:
    given = config.getoption(_CASES)
    if given is None:
        return None
    folder = Path(config.invocation_params.dir, given).resolve()
    if not folder.is_dir():
        raise pytest.UsageError(f"{_CASES}: expected a folder of eval cases, got {given}")
    return folder


def _opened(config: pytest.Config) -> Assistant:
    """Return this process's assistant; its index is built by the first process that needs it."""
    from assistant.door import Assistant

    if _assistant not in config.stash:
        config.stash[_assistant] = Assistant()
    return config.stash[_assistant]
