"""The pytest plugin, in runs of its own: cases as tests, what a failing one shows, and what bad files end with."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

import corpus
import evals.plugin

pytest_plugins = ["pytester"]
HEAD = "schema: counterpoint/eval-case/1\ncases:\n"
ROOT = Path(corpus.__file__).parents[1]


def case(
    name, *, question="Does a weak calf cause knee pain?", status="answered", suite="debate", split="dev", more=""
) -> str:
    return (
        f"- {{id: {name}, suite: {suite}, split: {split}, author: us, date: '2026-11-30', question: '{question}',\n"
        f"   expect: {{status: {status}, supportable: true{more}}}}}\n"
    )


GOOD, BAD = case("calf-1"), case("calf-2", status="declined")
HELD = case("calf-3", status="declined", split="test", suite="look-up", question="What are the Ottawa knee criteria?")


@pytest.fixture
def pytest_run(pytester, assistant, library, monkeypatch):
    """Return a function that runs pytest in an empty folder with the words given, in this process."""
    monkeypatch.setenv("COUNTERPOINT_HOME", str(assistant.settings.index.home))
    monkeypatch.setattr(evals.plugin, "_opened", lambda _: assistant)
    monkeypatch.setattr("corpus.library.read_library", lambda *_: library)
    installed = any(e.name == "counterpoint" for e in importlib.metadata.entry_points(group="pytest11"))
    plugin = () if installed else ("-p", "evals.plugin")
    return lambda *words: pytester.runpytest_inprocess(*plugin, "-p", "no:cacheprovider", *map(str, words))


@pytest.fixture
def cases(pytester):
    def write(text, name="mine.yaml") -> Path:
        folder = pytester.path / "cases"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(HEAD + text)
        return folder

    return write


def test_each_case_is_a_test_by_its_id_and_a_failing_one_says_what_was_asked_what_fell_short_and_how_to_rerun(
    pytest_run, cases
):
    done = pytest_run("--counterpoint-cases", cases(GOOD + BAD), "-v")
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(
        [
            "*::calf-1 PASSED*",
            "*::calf-2 FAILED*",
            "asked: Does a weak calf cause knee pain?",
            "status: *declined*",
            "rerun: pytest --counterpoint-cases */cases -k calf-2",
        ]
    )
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    done.stdout.no_fnmatch_line("*Traceback*")


def test_of_the_test_part_only_the_names_of_rules_are_shown(pytest_run, cases):
    done = pytest_run("--counterpoint-cases", cases(HELD))
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["a case of the test part fell short in: *status*"])
    done.stdout.no_fnmatch_line("*Ottawa*")


@pytest.mark.parametrize(
    ("words", "ran"),
    [
        (("--counterpoint-split", "dev"), 1),
        (("-m", "look-up"), 1),
        (("-k", "calf-1"), 1),
        (("-m", "counterpoint"), 2),
        (("-m", "not debate and not look-up"), 0),
    ],
)
def test_parts_marks_and_names_choose_cases(pytest_run, cases, words, ran):
    done = pytest_run(
        "--counterpoint-cases", cases(GOOD + case("calf-4", suite="look-up", split="test")), "--strict-markers", *words
    )
    done.assert_outcomes(passed=ran, deselected=0 if words[0] == "--counterpoint-split" else 2 - ran)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (case("calf-1").replace("status:", "outcome:"), "*cases/mine.yaml:4: *outcome*"),
        (GOOD + GOOD, "*cases/mine.yaml:5: id 'calf-1' is already taken by another case"),
        (case("calf-1", more=", cites_any: {evidence: ['nowhere:1']}"), "*cases/mine.yaml:4: *nowhere:1*"),
        ("", "*cases/mine.yaml*cases*"),
    ],
)
def test_a_file_that_does_not_fit_ends_the_collection_with_file_and_line_and_exit_code_two(
    pytest_run, cases, text, said
):
    done = pytest_run("--counterpoint-cases", cases(text))
    assert done.ret == pytest.ExitCode.INTERRUPTED == 2
    done.stdout.fnmatch_lines([said])
    done.stdout.no_fnmatch_line("*Traceback*")


def test_an_empty_folder_ends_with_two(pytest_run, pytester):
    done = pytest_run("--counterpoint-cases", pytester.mkdir("cases"))
    assert done.ret == 2
    done.stdout.fnmatch_lines(["*expected eval cases in */cases, found none"])


def test_a_part_without_cases_ends_with_two(pytest_run, cases):
    done = pytest_run("--counterpoint-cases", cases(GOOD), "--counterpoint-split", "test")
    assert done.ret == 2
    done.stdout.fnmatch_lines(["*expected eval cases of the part test in */cases, found none"])


def test_a_folder_that_is_not_there_is_wrong_usage(pytest_run):
    done = pytest_run("--counterpoint-cases", "nowhere")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*--counterpoint-cases: expected a folder of eval cases, got nowhere"])


def test_without_the_option_a_folder_of_cases_is_nothing_to_pytest_and_with_it_other_tests_run_only_when_named(
    pytest_run, cases, pytester
):
    folder = cases(GOOD)
    test_file = pytester.makepyfile("def test_other():\n    pass")
    pytest_run().assert_outcomes(passed=1)
    done = pytest_run("--counterpoint-cases", folder, "-v")
    done.assert_outcomes(passed=1)
    done.stdout.fnmatch_lines(["*::calf-1 PASSED*"])
    pytest_run("--counterpoint-cases", folder, test_file).assert_outcomes(passed=2)
    pytest_run("--counterpoint-cases", folder, folder, test_file).assert_outcomes(passed=2)


def test_the_folder_may_be_where_pytest_starts_or_lie_elsewhere(pytest_run, pytester, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("clinic")
    for folder in (pytester.path, elsewhere):
        (folder / "mine.yaml").write_text(HEAD + GOOD)
        pytest_run("--counterpoint-cases", folder).assert_outcomes(passed=1)


def test_junit_names_each_case_and_holds_the_failing_text(pytest_run, cases, pytester):
    pytest_run("--counterpoint-cases", cases(BAD), "--junitxml", "out.xml")
    written = (pytester.path / "out.xml").read_text()
    assert 'name="calf-2"' in written
    assert "asked: Does a weak calf cause knee pain?" in written


def test_the_plugin_imports_nothing_heavy_until_it_is_asked():
    code = "import evals.plugin, sys; print([m for m in ('pydantic', 'chromadb', 'assistant', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_several_processes_share_one_index(pytester, assistant, cases, monkeypatch):
    monkeypatch.setenv("COUNTERPOINT_HOME", str(assistant.settings.index.home))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    installed = any(e.name == "counterpoint" for e in importlib.metadata.entry_points(group="pytest11"))
    plugin = () if installed else ("-p", "evals.plugin")
    done = pytester.runpytest_subprocess(*plugin, "-n", "2", "--counterpoint-cases", str(cases(GOOD + BAD)))
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["rerun: pytest --counterpoint-cases */cases -k calf-2"])
