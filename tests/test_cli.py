"""The terminal's door: commands, exit codes, one-line errors."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer.main

from tests.command_line import command_line
from tests.homes import copy_home
from ui.cli import app
from ui.shelf import show_lines

ROOT = Path(__file__).parent.parent
QUESTION = "Does a weak calf cause knee pain?"


def commands(command=None, path=()):
    command = command or typer.main.get_command(app)
    nested = getattr(command, "commands", None)
    if not nested:
        return [path]
    return [found for name, child in nested.items() for found in commands(child, (*path, name))]


COMMANDS = commands()


@pytest.fixture(scope="module")
def home(assistant, tmp_path_factory):
    """A data folder of its own with the index already built."""
    own = tmp_path_factory.mktemp("cli") / "home"
    copy_home(assistant.settings.home / "index", own / "index")
    return own


@pytest.fixture
def run(home, monkeypatch, capsys, tmp_path):
    """Return a function that runs the command line here and returns its exit code, output and errors."""
    return command_line(monkeypatch, capsys, tmp_path, home)


def started(home, *args, **more):
    environment = {**os.environ, "COUNTERPOINT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *args],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def is_one_line(err):
    return err.startswith("counterpoint: ") and err.count("\n") == 1 and "Traceback" not in err


# --- help


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_an_example_that_names_it(run, path):
    code, out, _ = run(*path, "--help")
    assert code == 0
    assert f"Example: counterpoint {' '.join(path)}" in out


def test_the_commands_of_the_contract_that_are_built_are_registered():
    names = {" ".join(path) for path in COMMANDS}
    assert names >= {
        "ask", "batch", "chat", "serve", "index", "library list", "library show", "library lint", "eval run", "eval list", "eval compare", "eval baseline",
        "about", "doctor",
    }  # fmt: skip


@pytest.mark.parametrize("args", [(), ("library",), ("eval",)])
def test_a_group_without_a_command_shows_what_there_is_and_exits_2(run, args):
    code, out, err = run(*args)
    assert code == 2
    assert "Commands" in out
    assert is_one_line(err)


# --- ask


def test_ask_prints_the_answer_and_exits_0(run):
    code, out, err = run("ask", QUESTION)
    assert (code, err) == (0, "")
    assert out.startswith("**Short answer**")
    assert "**References**" in out


def test_ask_as_json_prints_the_answer_of_the_contract(run):
    code, out, _ = run("ask", QUESTION, "--json")
    document = json.loads(out)
    assert code == 0
    assert (document["schema"], document["question"], document["status"]) == (
        "counterpoint/answer/1",
        QUESTION,
        "answered",
    )


def test_ask_reads_standard_input_for_a_dash(run):
    code, out, _ = run("ask", "-", "--json", stdin=f"  {QUESTION}\n".encode())
    assert code == 0
    assert json.loads(out)["question"] == QUESTION


def test_standard_input_that_is_not_utf8_is_read_as_far_as_it_goes(run):
    code, out, _ = run("ask", "-", "--json", stdin=b"Does a weak calf\xff\x00 cause knee pain?")
    assert code == 0
    assert json.loads(out)["status"] == "answered"


def test_full_says_more_than_brief(run):
    brief, full = (json.loads(run("ask", QUESTION, "--json", "--detail", d)[1]) for d in ("brief", "full"))
    assert [brief["detail"], full["detail"]] == ["brief", "full"]
    assert len(full["markdown"]) > len(brief["markdown"])


def test_a_conversation_goes_on_where_it_was(run):
    run("ask", "28F runner, R AKP, SLHR 11 R v 26 L. Calf first?", "--conversation", "c-1")
    code, out, _ = run("ask", "and what would Bento do with those numbers?", "--conversation", "c-1", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["conversation"] == "c-1"
    assert {f["name"]: f["value"] for f in document["case"]["facts"]}["heel_rise.lsi"] == 42


def test_an_answer_asked_in_the_terminal_is_kept(run, home):
    before = set((home / "spool").glob("*.json"))
    run("ask", "Calf raises or drills for a runner, kept?")
    new = set((home / "spool").glob("*.json")) - before
    assert any("kept?" in p.read_text() for p in new)


@pytest.mark.parametrize(
    "question", ["", "   ", "?!", "knee " * 20_000, "\x00"], ids=["empty", "blank", "signs", "100 kB", "nul"]
)
def test_a_question_that_cannot_be_taken_exits_2_with_one_line(run, question):
    code, out, err = run("ask", question)
    assert (code, out) == (2, "")
    assert is_one_line(err)
    assert "expected a question" in err


def test_empty_standard_input_exits_2(run):
    code, _, err = run("ask", "-", stdin=b"")
    assert code == 2
    assert "expected a question in words" in err


def test_a_question_that_cannot_be_taken_builds_no_index(run, monkeypatch, tmp_path):
    monkeypatch.setenv("COUNTERPOINT_HOME", str(tmp_path / "fresh"))
    assert run("ask", "")[0] == run("ask", "knee?", "--detail", "medium")[0] == 2
    assert not (tmp_path / "fresh").exists()


# --- wrong usage


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("ask",), "expected a question or --replay ID"),
        (("ask", "x", "--nope"), "--nope"),
        (("ask", QUESTION, "--detail", "medium"), "expected brief or full, got 'medium'"),
        (("nonsense",), "nonsense"),
        (("library", "nonsense"), "nonsense"),
        (("about", "extra"), "extra"),
        (("serve", "--port", "99999"), "--port"),
        (("serve", "--port", "x"), "--port"),
        (("serve", "--host", "192.0.2.1"), "192.0.2.1"),
        (("library", "show", "nope"), "`counterpoint library list` shows all"),
        (("library", "lint", "/nowhere"), "expected a folder"),
        (("batch", "nowhere.jsonl", "out.jsonl"), "expected a file of questions"),
        (("batch", "only-one"), "Missing argument"),
        (("eval", "run", "--suite", "nope"), "nope"),
        (("eval", "run", "--case", "nope"), "nope"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_with_one_line_that_says_what_came(run, args, says):
    code, out, err = run(*args)
    assert code == 2
    assert out == ""
    assert is_one_line(err), err
    assert says in err


def test_a_usage_error_says_where_the_help_is(run):
    assert "see `counterpoint ask --help`" in run("ask", "x", "--nope")[2]


def test_a_setting_that_does_not_fit_exits_2_and_is_named_with_what_was_expected_and_what_came(run, monkeypatch):
    monkeypatch.setenv("COUNTERPOINT_DETAIL", "medium")
    code, _, err = run("ask", QUESTION)
    assert code == 2
    assert is_one_line(err)
    assert "COUNTERPOINT_DETAIL: expected 'brief' or 'full', got 'medium'" in err


def test_a_settings_file_that_is_no_toml_exits_2_and_is_named(run, tmp_path):
    (tmp_path / "counterpoint.toml").write_text("detail = \n")
    code, _, err = run("ask", QUESTION)
    assert code == 2
    assert is_one_line(err)
    assert "counterpoint.toml: expected TOML" in err


# --- what is missing


@pytest.mark.parametrize("command", [("ask", QUESTION), ("index",)], ids=" ".join)
def test_a_home_that_is_a_file_exits_3_and_says_what_to_do(run, monkeypatch, tmp_path, command):
    taken = tmp_path / "taken"
    taken.write_text("")
    monkeypatch.setenv("COUNTERPOINT_HOME", str(taken))
    code, out, err = run(*command)
    assert (code, out) == (3, "")
    assert str(taken) in err
    assert "set COUNTERPOINT_HOME to a folder you can write" in err
    assert "Traceback" not in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written_exits_3(run, monkeypatch, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    monkeypatch.setenv("COUNTERPOINT_HOME", str(closed / "home"))
    assert run("index")[0] == 3


def test_an_unknown_encoder_exits_3_with_one_line(run, monkeypatch, tmp_path):
    monkeypatch.setenv("COUNTERPOINT_HOME", str(tmp_path / "fresh"))
    monkeypatch.setenv("COUNTERPOINT_ENCODER", "/no/such/model")
    code, _, err = run("ask", QUESTION)
    assert code == 3
    assert "/no/such/model" in err
    assert "Traceback" not in err


# --- the library


def test_library_list_shows_schools_cruxes_measures_and_sources(run):
    code, out, _ = run("library", "list")
    assert code == 0
    for line in (
        "school    calf-focused: Andy Barker",
        "crux      calf-cause:",
        "brief     imaging:",
        "source    neal-2019:",
    ):
        assert line in out


def test_library_show_shows_one_entry_whole(run):
    code, out, _ = run("library", "show", "calf-cause")
    assert code == 0
    assert out.startswith("Does ")
    assert "  whole-chain says: " in out


@pytest.mark.parametrize(
    ("identifier", "says"),
    [
        ("barker-calf-rehab", "left out: paragraph"),
        ("barker-calf-rehab:29", "paragraph 29"),
        ("neal-2019:1", "systematic-review"),
        ("calf-focused", "not to be mistaken for"),
        ("nope", None),
    ],
)
def test_each_kind_of_entry_is_shown_with_what_matters_of_it(assistant, identifier, says):
    lines = show_lines(assistant.snapshot.library, identifier)
    assert says in "\n".join(lines) if says else lines is None


def test_every_entry_that_the_list_names_can_be_shown(run, assistant):
    listed = [line for line in run("library", "list")[1].splitlines() if ":" in line]
    ids = [line.partition(":")[0].split()[-1] for line in listed if not line.startswith(("debate", "red flag"))]
    assert [i for i in ids if not show_lines(assistant.snapshot.library, i)] == []


def test_the_packaged_library_has_no_problem(run):
    code, out, _ = run("library", "lint")
    assert (code, out) == (0, "library: no problem found\n")


def write_clinic(home, text, name="own.yaml"):
    folder = home / "library"
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    return folder / name


SOURCE = """sources:
- id: own-protocol
  title: Our knee protocol
  design: clinic-document
  seen: {level: full-text}
"""
PASSAGES = (
    SOURCE
    + "  passages:\n  - {id: 'own-protocol:1', locator: page 1, kind: protocol, text: Do 3 sets., topics: [dosing]}\n"
)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (SOURCE + "  passages: [\n", 7, "valid YAML"),
        (SOURCE + "  passages: []\n  colour: blue\n", 7, "colour"),
        (SOURCE, 2, "passages: Field required"),
    ],
    ids=["broken YAML", "unknown field", "missing field"],
)
def test_a_broken_file_of_the_clinic_exits_2_with_its_file_and_line(run, monkeypatch, tmp_path, text, line, says):
    path = write_clinic(tmp_path / "clinic", text)
    monkeypatch.setenv("COUNTERPOINT_HOME", str(tmp_path / "clinic"))
    code, _, err = run("library", "list")
    assert code == 2
    assert is_one_line(err)
    assert f"counterpoint: {path}:{line}: " in err
    assert says in err


@pytest.mark.parametrize("command", [("ask", QUESTION), ("library", "lint"), ("about",)], ids=" ".join)
def test_every_command_that_reads_the_library_names_its_broken_file(run, monkeypatch, tmp_path, command):
    path = write_clinic(tmp_path / "clinic", "sauces: []\n")
    monkeypatch.setenv("COUNTERPOINT_HOME", str(tmp_path / "clinic"))
    code, _, err = run(*command)
    assert code == 2
    assert f"counterpoint: {path}:1: expected a key among" in err
    assert "Traceback" not in err


def test_lint_lists_the_problems_of_a_folder_with_file_and_line_and_exits_1(run, tmp_path):
    path = write_clinic(tmp_path / "clinic", PASSAGES)
    code, out, err = run("library", "lint", path.parent)
    assert (code, err) == (1, "")
    assert [line for line in out.splitlines() if line.startswith(f"{path}:2: own-protocol: ")], out


# --- the rest


def test_index_says_how_much_it_holds_and_encodes_nothing_twice(run):
    code, out, _ = run("index")
    assert code == 0
    assert "passages and" in out
    assert "indexed" in out


def test_eval_list_shows_each_case_and_hides_the_questions_of_the_test_part(run):
    code, out, _ = run("eval", "list")
    lines = out.splitlines()
    assert code == 0
    assert lines[-1] == f"{len(lines) - 3} cases"
    assert [line.split()[0] for line in lines[-3:-1]] == ["metamorphic", "mutation"]
    assert "typing errors" in lines[-3]
    assert all("(test part)" in line for line in lines[:-1] if " test  " in line)
    assert any("debate-01" in line for line in lines)


def test_eval_run_prints_a_report_writes_its_files_and_exits_0(run, tmp_path):
    files = [tmp_path / name for name in ("report.xml", "report.json", "report.md")]
    code, out, _ = run(
        "eval", "run", "--case", "debate-01", "--junit", files[0], "--json", files[1], "--markdown", files[2]
    )
    assert code == 0
    assert "1 case" in out
    assert all(f.stat().st_size for f in files)
    json.loads(files[1].read_text())


def test_about_tells_version_use_limits_and_the_size_of_the_library(run, assistant):
    code, out, _ = run("about")
    library = assistant.snapshot.library
    assert code == 0
    assert out.startswith("Counterpoint ")
    for part in (
        "Intended use:",
        "Limit: It reads English only",
        f"{len(library.passages)} passages",
        library.fingerprint,
    ):
        assert part in out


def test_doctor_is_well_where_all_is_there_and_shows_each_value_and_its_origin(run, home):
    code, out, _ = run("doctor")
    assert code == 0, out
    assert "MEND" not in out
    assert f"home = {home}  [environment COUNTERPOINT_HOME]" in out
    assert "detail = brief  [default]" in out


def test_doctor_hides_secrets(run, monkeypatch):
    monkeypatch.setenv("COUNTERPOINT_DATABASE_URL", "postgresql://me:hunter2@db/records")
    out = run("doctor")[1]
    assert "hunter2" not in out
    assert "database_url = (hidden)  [environment COUNTERPOINT_DATABASE_URL]" in out


def test_doctor_tells_where_a_value_of_each_file_came_from(run, tmp_path):
    (tmp_path / ".env").write_text("COUNTERPOINT_DETAIL=full\n")
    (tmp_path / "counterpoint.toml").write_text('encoder = "all-MiniLM-L6-v2"\n')
    out = run("doctor")[1]
    assert "detail = full  [.env]" in out
    assert "encoder = all-MiniLM-L6-v2  [counterpoint.toml]" in out


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("COUNTERPOINT_DETAIL", "medium", "COUNTERPOINT_DETAIL: expected 'brief' or 'full', got 'medium'"),
        ("COUNTERPOINT_ENCODER", "/no/such/model", "/no/such/model"),
        ("COUNTERPOINT_HOME", "/dev/null", "data folder /dev/null cannot be written: set COUNTERPOINT_HOME"),
    ],
)
def test_doctor_says_what_to_mend_and_exits_3(run, monkeypatch, variable, value, says):
    monkeypatch.setenv(variable, value)
    code, out, err = run("doctor")
    mended = [line for line in out.splitlines() if line.startswith("MEND")]
    assert (code, err) == (3, "")
    assert any(says in line for line in mended), out


def test_chat_answers_changes_length_starts_anew_and_ends(run):
    typed = b"28F runner, R AKP, SLHR 11 R v 26 L. Calf first?\n/full\n?!\n/new\nOttawa knee criteria?\n/help\n/quit\n"
    code, out, err = run("chat", stdin=typed)
    assert (code, err) == (0, "")
    for part in ("Short answer", "Answers are full now", "expected a question in words", "A new case", "Ottawa"):
        assert part in out


def test_chat_ends_at_the_end_of_its_input(run):
    code, out, _ = run("chat", stdin=b"")
    assert code == 0
    assert "Supports clinicians' judgement" in out


# --- a process of its own


def test_ctrl_c_ends_a_command_with_one_line_and_130(home):
    child = started(home, "chat", stdin=subprocess.PIPE)
    try:
        child.stdin.write("Does a weak calf cause knee pain?\n")
        child.stdin.flush()
        while "References" not in (child.stdout.readline() or "References"):
            continue
        time.sleep(0.2)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=30)
    finally:
        child.kill()
    assert child.returncode == 130
    assert err.strip().splitlines()[-1] == "counterpoint: stopped"
    assert "Traceback" not in err


def test_a_reader_that_goes_away_is_no_error(home):
    child = started(home, "library", "list")
    child.stdout.readline()
    child.stdout.close()
    err = child.stderr.read()
    child.stderr.close()
    assert child.wait(timeout=30) in (0, 1)
    assert err == ""


def test_importing_the_command_line_is_quick_and_light():
    program = (
        "import sys, ui.cli; print([m for m in ('numpy', 'chromadb', 'pydantic', 'rich.markdown') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"
