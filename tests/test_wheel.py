"""The wheel as a stranger gets it: built, installed beside nothing of ours, run outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.homes import built_home, copy_home

ROOT = Path(__file__).parent.parent
PACKAGES = ("assistant", "corpus", "evals", "guardrails", "ui")
QUESTION = "Does an underworking calf cause knee pain?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A virtual environment that holds the wheel, and a folder to work in."""

    environment: Path
    scripts: Path
    work: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment outside the checkout."""
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COUNTERPOINT_"))}
        surroundings |= {"COUNTERPOINT_HOME": str(self.work / "home"), "PYTHONSAFEPATH": "1"}
        command = [str(self.scripts / words[0]), *words[1:]]
        return subprocess.run(command, cwd=self.work, env=surroundings, capture_output=True, text=True, check=False)


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel where its dependencies are seen, but neither the checkout nor an editable install of it.

    A folder named in a .pth file is searched; the .pth files in that folder, an editable install among them, are not.
    """
    environment = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(environment, with_pip=False)
    places = {"base": str(environment), "platbase": str(environment)}
    scripts, site = (Path(sysconfig.get_path(name, "venv", places)) for name in ("scripts", "purelib"))
    command = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet"]
    done = subprocess.run(
        [*command, "--no-deps", "--no-index", str(wheel)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(environment=environment, scripts=scripts, work=tmp_path_factory.mktemp("work"))


def files_of_the_checkout() -> set[str]:
    """Return what belongs into the wheel: every file of the packages, whatever its kind."""
    files = (p for name in PACKAGES for p in (ROOT / name).rglob("*") if p.is_file())
    kept = (p for p in files if "__pycache__" not in p.parts and p.suffix != ".pyc")
    return {p.relative_to(ROOT).as_posix() for p in kept} | {"counterpoint.py"}


def test_the_wheel_holds_the_packages_whole_and_nothing_else(wheel: Path):
    names = {n for n in ZipFile(wheel).namelist() if ".dist-info/" not in n}
    assert names == files_of_the_checkout()


@pytest.mark.parametrize(
    "name",
    [
        "corpus/library/registry.yaml",
        "corpus/library/articles/barker-calf-rehab.yaml",
        "corpus/library/cruxes/calf-cause.yaml",
        "corpus/library/evidence/patellofemoral-pain.yaml",
        "corpus/library/red_flags.yaml",
        "corpus/library/terms.yaml",
        "evals/baseline.json",
        "evals/case.schema.json",
        "evals/report.schema.json",
        "evals/cases/red-flag-twin.yaml",
        "evals/thresholds.yaml",
        "assistant/records/migrations/env.py",
        "assistant/records/migrations/script.py.mako",
        "assistant/records/migrations/versions/r0001_conversations_and_answers.py",
        "assistant/records/migrations/versions/r0002_dismissals.py",
    ],
)
def test_what_is_not_imported_goes_along(wheel: Path, name: str):
    assert name in ZipFile(wheel).namelist()


def test_the_web_chats_own_files_go_along(wheel: Path):
    assert [n for n in ZipFile(wheel).namelist() if n.startswith("ui/static/")]


def test_the_wheel_says_what_it_is(wheel: Path):
    archive = ZipFile(wheel)
    [name] = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
    metadata = Parser().parsestr(archive.read(name).decode())
    expected = {"Name": "counterpoint-knee", "License-Expression": "Apache-2.0", "Requires-Python": ">=3.11"}
    assert {key: metadata[key] for key in expected} == expected
    assert name.replace("METADATA", "licenses/LICENSE") in archive.namelist()
    entry_points = archive.read(name.replace("METADATA", "entry_points.txt")).decode()
    assert "counterpoint = ui.cli:main" in entry_points


def test_the_installed_packages_are_not_the_checkout(installed: Installed):
    code = f"import counterpoint, {', '.join(PACKAGES)}\n"
    code += f"for m in (counterpoint, {', '.join(PACKAGES)}): print(m.__file__)"
    homes = said(installed.run("python", "-c", code)).split()
    assert len(homes) == len(PACKAGES) + 1
    assert [h for h in homes if not h.startswith(str(installed.environment))] == []


def test_the_public_door_opens_outside_the_checkout(installed: Installed):
    code = "import counterpoint as c; print(c.__version__, *(getattr(c, n).__name__ for n in c.__all__ if n[0] != '_'))"
    version, *names = said(installed.run("python", "-c", code)).split()
    assert version[0].isdigit()
    assert "Assistant" in names


def test_the_public_door_costs_nothing_to_import(installed: Installed):
    code = f"import counterpoint, sys; print([n for n in {PACKAGES!r} if n in sys.modules])"
    assert said(installed.run("python", "-c", code)).strip() == "[]"


def test_about_tells_what_it_is_for_outside_the_checkout(installed: Installed):
    assert "Intended use" in said(installed.run("counterpoint", "about"))


def test_the_library_is_listed_outside_the_checkout(installed: Installed):
    listed = said(installed.run("counterpoint", "library", "list"))
    assert "calf-versus-chain" in listed
    assert "barker-calf-rehab" in listed


def test_the_eval_cases_are_listed_outside_the_checkout(installed: Installed):
    assert "red-flag-twin" in said(installed.run("counterpoint", "eval", "list"))


def test_the_tables_are_made_outside_the_checkout(installed: Installed):
    code = "import sys; from pathlib import Path; from assistant.records.store import Records\n"
    code += "with Records(Path(sys.argv[1]), None) as records: print(records.conversations(None).total)"
    assert said(installed.run("python", "-c", code, str(installed.work / "records"))).strip() == "0"


NOTE = """sources:
- id: own-note
  title: A note of the clinic's own
  design: clinic-document
  seen: {level: full-text}
  passages: [{id: 'own-note:1', locator: whole, kind: claim, text: We count heel rises on Mondays., topics: [calf]}]
"""


@pytest.mark.slow
def test_an_index_is_built_and_a_question_answered_outside_the_checkout(
    installed: Installed, tmp_path_factory: pytest.TempPathFactory
):
    home = installed.work / "home"
    copy_home(built_home(tmp_path_factory) / "index", home / "index")
    (home / "library").mkdir()
    (home / "library" / "own.yaml").write_text(NOTE, encoding="utf-8")
    assert ", 1 encoded by the last build" in said(installed.run("counterpoint", "index"))
    answer = json.loads(said(installed.run("counterpoint", "ask", "--json", QUESTION)))
    assert answer["status"] == "answered"
    assert {"calf-focused", "whole-chain"} <= {c["viewpoint"] for c in answer["citations"]}
