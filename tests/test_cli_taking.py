"""Taking an answer away from the terminal: `ask --save` and `note`."""

from __future__ import annotations

import io
import json

import pytest
from pdfminer.high_level import extract_text

from assistant.presenting import INTENDED_USE
from tests.command_line import command_line
from tests.homes import copy_home

QUESTION = "34M runner, AKP 3/12, no fever, SLHR 14 L v 27 R. Calf rehab?"


@pytest.fixture(scope="module")
def home(assistant, tmp_path_factory):
    own = tmp_path_factory.mktemp("taking") / "home"
    copy_home(assistant.settings.home / "index", own / "index")
    return own


@pytest.fixture
def run(home, monkeypatch, capsys, tmp_path):
    return command_line(monkeypatch, capsys, tmp_path, home)


def test_an_answer_is_saved_as_pdf_markdown_and_json_and_shown_as_well(run, tmp_path):
    for name in ("a.pdf", "b.MD", "c.json"):
        code, out, _ = run("ask", QUESTION, "--save", tmp_path / name)
        assert code == 0
        assert INTENDED_USE in out
    assert INTENDED_USE in extract_text(io.BytesIO((tmp_path / "a.pdf").read_bytes()))
    assert (tmp_path / "b.MD").read_text(encoding="utf-8").startswith("# 34M runner")
    assert json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["question"] == QUESTION


def test_a_saved_file_replaces_the_one_before(run, tmp_path):
    target = tmp_path / "a.md"
    target.write_text("old", encoding="utf-8")
    assert run("ask", QUESTION, "--save", target)[0] == 0
    assert "old" not in target.read_text(encoding="utf-8").split("\n")[0]


def test_what_was_saved_is_in_the_answer_as_json_too(run, tmp_path):
    code, out, _ = run("ask", QUESTION, "--json", "--save", tmp_path / "a.json")
    assert code == 0
    assert json.loads(out) == json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["a.docx", "a", "pdf", ".pdf"])
def test_a_name_with_another_ending_is_refused_before_anything_is_asked(run, tmp_path, name):
    code, out, err = run("ask", QUESTION, "--save", tmp_path / name)
    assert code == 2
    assert out == ""
    assert f"--save: expected a name that ends in .pdf, .md or .json, got {name!r}" in err


def test_a_folder_that_is_not_there_is_refused_before_anything_is_asked(run, tmp_path):
    code, out, err = run("ask", QUESTION, "--save", tmp_path / "nowhere" / "a.pdf")
    assert (code, out) == (2, "")
    assert "--save: expected a file that can be written" in err


def test_a_replay_is_not_saved(run, tmp_path):
    code, _, err = run("ask", "--replay", "a-1", "--save", tmp_path / "a.pdf")
    assert code == 2
    assert "expected no question, detail, conversation or file beside it" in err


def test_a_note_of_a_kept_answer_is_written(run):
    answer = json.loads(run("ask", QUESTION, "--json")[1])
    code, out, err = run("note", answer["id"])
    assert (code, err) == (0, "")
    assert f"Typed: {QUESTION}" in out
    assert "Screened: no fever." in out
    assert "Heel rises: left 14, right 27" in out


def test_a_note_of_a_later_turn_holds_all_turns_of_its_patient(run):
    conversation = "c-0123456789abcdef0123"
    run("ask", QUESTION, "--conversation", conversation)
    later = json.loads(run("ask", "No night pain either. Why?", "--conversation", conversation, "--json")[1])
    out = run("note", later["id"])[1]
    assert f"Typed: {QUESTION}" in out
    assert "no night pain" in out.split("Screened:")[1].splitlines()[0]


def test_an_unknown_id_says_which_are_near(run):
    answer = json.loads(run("ask", QUESTION, "--json")[1])
    code, out, err = run("note", answer["id"][:-1])
    assert (code, out) == (2, "")
    assert "note: expected the id of a kept answer" in err
    assert answer["id"] in err
