"""What the README says is so: its Python runs, its commands and options exist, its make targets are there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from assistant.door import Assistant
from ui.cli import app

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8") if README.is_file() else ""
FENCED = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
SHELLS = {"", "bash", "console", "sh", "shell", "text"}

pytestmark = pytest.mark.skipif(not TEXT, reason="there is no README.md here")


def blocks(*languages: str) -> list[str]:
    return [body for language, body in FENCED.findall(TEXT) if language in languages]


def command_lines() -> list[str]:
    """Return the lines of shell blocks and the inline code, prompts and comments removed."""
    lines = "\n".join(blocks(*SHELLS)).replace("\\\n", " ").splitlines()
    inline = INLINE.findall(FENCED.sub("", TEXT))
    return [re.sub(r"^\s*\$ ", "", line).split("  #")[0].strip() for line in (*lines, *inline)]


def words_after(program: str) -> list[list[str]]:
    """Return the words of each line that starts with `program`, up to a pipe or redirection."""
    found = []
    for line in command_lines():
        try:
            words = shlex.split(re.split(r"[|<>;&]", line)[0])
        except ValueError:
            words = line.split()
        if words[:1] == [program]:
            found.append(words[1:])
    return found


def unknown(words: list[str]) -> Iterator[str]:
    """Yield what a line of `counterpoint` names that does not exist: a command, or an option of it."""
    command, path = typer.main.get_command(app), ["counterpoint"]
    words = [w for w in words if w not in ("…", "...", "COMMAND")]
    while words and (commands := getattr(command, "commands", None)) and not words[0].startswith("-"):
        name = words.pop(0)
        path.append(name)
        if name not in commands:
            yield " ".join(path)
            return
        command = commands[name]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    for word in words:
        option = word.strip("[]").split("=")[0]
        if re.fullmatch(r"--[a-z-]{2,}", option) and option not in known | {"--help"}:
            yield f"{' '.join(path)} {option}"


def test_its_commands_and_their_options_exist():
    lines = words_after("counterpoint")
    assert lines, "expected the README to show commands"
    assert sorted({name for words in lines for name in unknown(words)}) == []


def test_its_make_targets_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {word for words in words_after("make") for word in words if re.fullmatch(r"[a-z]+", word)}
    assert {"run", "test"} <= named
    assert sorted(named - targets) == []


def test_its_links_lead_somewhere():
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", TEXT)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_its_python_runs(assistant: Assistant, tmp_path: Path):
    code = "\n".join(blocks("python", "py"))
    if not code:
        pytest.skip("the README shows no Python")
    home = assistant.settings.index.home  # where the index is built already
    surroundings = os.environ | {"COUNTERPOINT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error::DeprecationWarning:__main__", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
