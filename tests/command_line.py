"""The command line run inside the test's own process, with nothing of the machine's settings in it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ui.cli import main

_SETTINGS = ("COUNTERPOINT_", "OPENAI_", "ANTHROPIC_", "OLLAMA_")


def command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, home: Path
) -> Callable[..., tuple[int | str, str, str]]:
    """Return a function that runs ``counterpoint`` in `folder` and returns its exit code, output and errors.

    The function takes the words behind the command's name; for this call a data folder `at` other than `home`;
    `stdin` bytes; and settings that stay, by their names, such as ``model="openai:x"``.
    """
    for name in [n for n in os.environ if n.upper().startswith(_SETTINGS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COUNTERPOINT_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(folder)

    def here(
        *words: object, at: Path | None = None, stdin: bytes | None = None, **settings: str
    ) -> tuple[int | str, str, str]:
        for name, value in settings.items():
            monkeypatch.setenv(f"COUNTERPOINT_{name.upper()}", value)
        monkeypatch.setattr(sys, "argv", ["counterpoint", *map(str, words)])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with monkeypatch.context() as patch:
            if at is not None:
                patch.setenv("COUNTERPOINT_HOME", str(at))
            with pytest.raises(SystemExit) as ended:
                main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return here
