"""``counterpoint eval`` end to end on a few real cases: exit codes, files, Ctrl-C, order, baseline, comparison."""

from __future__ import annotations

import json
import re
import resource
import signal
from pathlib import Path

import jsonschema
import pytest
from junitparser import JUnitXml

from evals import baseline, documents
from evals.cases import read_cases
from evals.choosing import choose
from evals.documents import SCHEMA_FILE, BaselineDocument, read_recorded
from evals.thresholds import floor
from tests.command_line import command_line
from ui import baselines, eval_commands, outputs
from ui.about import LAST_RUN

TIMING = re.compile(rb"<!-- timing.*end of timing -->", re.DOTALL)
FEW = ("debate-01", "red-flag-01")


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, assistant):
    """Return a function that runs ``counterpoint`` on the assistant that all tests share."""
    monkeypatch.setattr(eval_commands, "opened_assistant", lambda: assistant)
    return command_line(monkeypatch, capsys, tmp_path, assistant.settings.home)


@pytest.fixture(scope="module")
def cases():
    """Return a few cases of the dev part and one of the test part."""
    every = read_cases()
    hidden = next(c for c in every if c.split == "test")
    return tuple(c for c in every if c.id in (*FEW, hidden.id))


@pytest.fixture(autouse=True)
def few(monkeypatch, cases, library):
    """Let the reference cases be a few, and return them with their pairs of wordings."""
    monkeypatch.setattr("ui.evaluation.read_cases", lambda **_: cases)
    return choose(cases, library)


@pytest.fixture
def total(few) -> int:
    """Return how many cases and pairs a whole run takes."""
    return len(few.cases) + len(few.pairs)


@pytest.fixture(autouse=True)
def no_baseline(monkeypatch, tmp_path) -> Path:
    """Let the packaged baseline lie in this test's folder, where there is none yet."""
    path = tmp_path / "baseline.json"
    for module in (baseline, documents, baselines):
        monkeypatch.setattr(module, "PACKAGED_BASELINE", path)
    return path


def options(folder: Path) -> tuple[object, ...]:
    """Return the options that write every kind of file into a folder."""
    folder.mkdir()
    return (
        "--json",
        folder / "r.json",
        "--junit",
        folder / "r.xml",
        "--markdown",
        folder / "r.md",
        "--html",
        folder / "r.html",
    )


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what a run wrote, without the page's section on latency."""
    return {path.name: TIMING.sub(b"", path.read_bytes()) for path in sorted(folder.iterdir())}


def test_a_whole_run_writes_valid_files_and_is_remembered(run, total, tmp_path, assistant):
    code, out, _ = run("eval", "run", *options(tmp_path / "out"))
    content = json.loads((tmp_path / "out/r.json").read_text("utf-8"))
    assert (code == 0) is content["verdict"]["passed"]
    assert out.splitlines()[0] == content["verdict"]["line"]
    jsonschema.validate(content, json.loads(SCHEMA_FILE.read_text("utf-8")))
    assert (content["run"], content["expected"], len(content["records"])) == (total,) * 3
    assert content["baseline"] is None
    made_with = content["provenance"]
    assert made_with["code"].startswith(("commit ", "version "))
    assert made_with["encoder"].startswith("sha256:")
    assert made_with["library"] == assistant.snapshot.library.fingerprint
    assert (assistant.settings.home / LAST_RUN).read_text("utf-8").endswith(f"{out.splitlines()[0]}\n")


def test_a_second_run_and_a_shuffled_one_give_the_same_bytes(run, tmp_path):
    for name, more in (("a", ()), ("b", ()), ("c", ("--shuffle", 1)), ("d", ("--shuffle", 2))):
        run("eval", "run", *options(tmp_path / name), *more)
    first = bytes_of(tmp_path / "a")
    assert len(first) == 4
    assert all(bytes_of(tmp_path / name) == first for name in "bcd")


def test_a_shuffled_run_asks_in_another_order(run, few, monkeypatch, assistant):
    asked: list[str] = []
    answer = assistant.ask_traced
    monkeypatch.setattr(assistant, "ask_traced", lambda q, **more: asked.append(q) or answer(q, **more))
    run("eval", "run")
    run("eval", "run", "--shuffle", 1)
    first, second = asked[: len(asked) // 2], asked[len(asked) // 2 :]
    assert first[: len(few.cases)] == [c.question for c in few.cases]
    assert first != second
    assert sorted(first) == sorted(second)


def test_ctrl_c_leaves_a_valid_partial_report_and_exits_130(run, total, monkeypatch, assistant, tmp_path):
    answer, left = assistant.ask_traced, iter([False, False, True])

    def interrupted(question, **more):
        if next(left):
            signal.raise_signal(signal.SIGINT)
        return answer(question, **more)

    monkeypatch.setattr(assistant, "ask_traced", interrupted)
    (assistant.settings.home / LAST_RUN).write_text("before\n", encoding="utf-8")
    code, out, err = run("eval", "run", *options(tmp_path / "out"))
    assert (code, err) == (130, "counterpoint: stopped\n")
    line = f"FAIL: partial, 2 of {total} cases run"
    assert out.startswith(line)
    content = json.loads((tmp_path / "out/r.json").read_text("utf-8"))
    jsonschema.validate(content, json.loads(SCHEMA_FILE.read_text("utf-8")))
    assert (content["run"], content["expected"]) == (2, total)
    assert JUnitXml.fromfile(str(tmp_path / "out/r.xml")).tests
    assert (tmp_path / "out/r.md").read_text("utf-8").startswith(f"**{line}")
    assert f'<h1 class="fail">{line}' in (tmp_path / "out/r.html").read_text("utf-8")
    assert (assistant.settings.home / LAST_RUN).read_text("utf-8") == "before\n"


def test_a_baseline_is_shown_first_and_written_when_asked(run, total, no_baseline):
    code, out, _ = run("eval", "baseline")
    assert code == 0
    assert f"There is no baseline yet at {no_baseline}; the run holds {total} cases" in out
    assert not no_baseline.exists()
    assert run("eval", "baseline", "--write")[0] == 0
    assert isinstance(read_recorded(no_baseline), BaselineDocument)
    again = run("eval", "baseline")[1]
    assert "PASS: nothing lost; 0 better and 0 worse" in again
    assert again.splitlines()[-1] == f"Not written: {no_baseline}; --write does"


def test_of_the_test_part_a_baseline_keeps_no_name(run, few, no_baseline):
    run("eval", "baseline", "--write")
    text = no_baseline.read_text("utf-8")
    hidden = next(c for c in few.cases if c.split == "test")
    assert all(c.id in text for c in few.cases if c.split == "dev")
    assert f'"{hidden.id}"' not in text
    assert hidden.question not in text


def test_a_run_is_held_against_the_baseline_that_is_named(run, tmp_path, monkeypatch, assistant):
    run("eval", "baseline", "--write", "--baseline", tmp_path / "other.json")
    answer = assistant.ask_traced

    def misquoting(question, **more):
        made, trace = answer(question, **more)
        made["citations"][0]["quote"] += " And more."
        return made, trace

    monkeypatch.setattr(assistant, "ask_traced", misquoting)
    missed = "FAIL: citations exact 0 of 1 (0.0 %, 0.0 to 79.3) below 100 %"
    code, out, _ = run("eval", "run", "--case", "debate-01", "--baseline", tmp_path / "other.json")
    assert (code, out.splitlines()[0]) == (1, f"{missed}, since the baseline debate-01")
    code, out, _ = run("eval", "run", "--case", "debate-01")
    assert (code, out.splitlines()[0]) == (1, missed)


def test_reports_are_compared_and_a_lost_must_hold_exits_1(run, tmp_path):
    a, b = tmp_path / "a.json", tmp_path / "b.json"
    run("eval", "run", "--json", a)
    content = json.loads(a.read_text("utf-8"))
    record = next(r for r in content["records"] if r["name"] == "debate-01")
    record["rules"]["both_viewpoints"], record["parts"]["both_schools"] = "failed", [0.0, 1.0]
    b.write_text(json.dumps(content), encoding="utf-8")
    code, out, _ = run("eval", "compare", a, b)
    assert code == 1
    assert out.startswith("FAIL: both schools lost in debate-01; ")
    assert "debate-01: lost both_viewpoints" in out
    assert run("eval", "compare", b, a)[0] == 0
    assert run("eval", "compare", a, a)[0] == 0


def test_a_run_of_other_cases_cannot_be_compared(run, tmp_path):
    a, b = tmp_path / "a.json", tmp_path / "b.json"
    run("eval", "run", "--case", "debate-01", "--json", a)
    run("eval", "run", "--case", "red-flag-01", "--json", b)
    code, _, err = run("eval", "compare", a, b)
    assert code == 2
    assert "expected two runs that share cases, got 1 and 1 with none the same" in err


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{\n"schema": "counterpoint/eval-baseline/0"}', ":2: schema: expected counterpoint/eval-report/2 or"),
        ('{\n"schema": "counterpoint/eval-baseline/1",\n"records": []}', ":1: provenance: Field required"),
        ('{"schema": \n', ":2: expected JSON"),
    ],
)
def test_a_wrong_baseline_exits_2_with_its_line_before_anything_is_asked(run, monkeypatch, tmp_path, content, expected):
    monkeypatch.setattr(eval_commands, "opened_assistant", lambda: pytest.fail("the assistant was opened"))
    path = tmp_path / "b.json"
    path.write_text(content, encoding="utf-8")
    for words in (("eval", "run", "--baseline", path), ("eval", "compare", path, path)):
        code, out, err = run(*words)
        assert (code, out) == (2, "")
        assert err.startswith(f"counterpoint: {path}{expected}")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("none/r.json", "No such file or directory"), (".", "Is a directory"), ("file/r.json", "Not a directory")],
)
def test_a_file_that_cannot_be_written_exits_2_before_anything_is_asked(run, monkeypatch, tmp_path, path, expected):
    monkeypatch.setattr(eval_commands, "opened_assistant", lambda: pytest.fail("the assistant was opened"))
    (tmp_path / "file").touch()
    code, out, err = run("eval", "run", "--json", path)
    assert (code, out) == (2, "")
    assert err == f"counterpoint: --json: expected a file that can be written, got {Path(path)}: {expected}\n"


def test_two_kinds_of_report_cannot_go_into_one_file(run, tmp_path):
    code, _, err = run("eval", "run", "--json", "r", "--markdown", tmp_path / "r")
    assert code == 2
    assert "--markdown: expected another file than that of --json" in err


def test_a_disk_without_room_is_seen_before_the_run(run, monkeypatch, tmp_path):
    monkeypatch.setattr(eval_commands, "opened_assistant", lambda: pytest.fail("the assistant was opened"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        code, _, err = run("eval", "run", "--json", tmp_path / "r.json")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 2
    assert "expected a file that can be written" in err
    assert list(tmp_path.glob("*r.json*")) == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "r.json"
    outputs.write(path, "before")
    with pytest.raises(UnicodeEncodeError):
        outputs.write(path, "after \ud800")
    assert path.read_text("utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["r.json"]


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "r.json")
    outputs.check(tmp_path / "link", "--json")
    outputs.write(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "r.json").read_text("utf-8") == "text"
    outputs.check(Path("/dev/null"), "--json")
    outputs.write(Path("/dev/null"), "text")
    assert Path("/dev/null").is_char_device()


def test_an_empty_suite_exits_2_and_none_scored_exits_3(run, monkeypatch):
    code, _, err = run("eval", "run", "--suite", "tendon")
    assert (code, "expected a suite, got 'tendon'" in err) == (2, True)
    monkeypatch.setattr("ui.evaluation.read_thresholds", lambda: [floor("red_flags_escalated", "r")])
    code, _, err = run("eval", "run", "--case", "debate-01")
    assert (code, "none of the 1 gates has any; nothing was judged" in err) == (3, True)


def test_no_page_is_promised_of_the_mutation_suite(run, tmp_path):
    code, out, err = run("eval", "run", "--suite", "mutation", "--html", tmp_path / "r.html")
    assert (code, out) == (2, "")
    assert "--html: expected a run of cases; --suite mutation writes --json, --junit and --markdown" in err
    assert not (tmp_path / "r.html").exists()
