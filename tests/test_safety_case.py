"""The safety case names real tests, and the intended use stands wherever an answer is read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from assistant.presenting import INTENDED_USE

ROOT = Path(__file__).parents[1]
HAZARDS = yaml.safe_load((ROOT / "docs/safety/hazards.yaml").read_text(encoding="utf-8"))["hazards"]
FIELDS = {"id", "hazard", "cause", "effect", "severity", "before", "after", "controls", "residual", "tests"}
SEVERITIES, LIKELIHOODS = ["minor", "moderate", "major"], ["low", "medium", "high"]


def suite_by_name():
    """Return the names of all test functions, each with the decorators that could keep it from running."""
    found = {}
    for path in (ROOT / "tests").glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[node.name] = " ".join(ast.unparse(d) for d in node.decorator_list)
    return found


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda h: h["id"])
def test_a_hazard_is_told_whole_and_has_controls_that_tests_show(hazard):
    assert set(hazard) == FIELDS
    assert hazard["severity"] in SEVERITIES
    assert {hazard["before"], hazard["after"]} <= set(LIKELIHOODS)
    assert LIKELIHOODS.index(hazard["after"]) <= LIKELIHOODS.index(hazard["before"])
    assert hazard["controls"]
    assert hazard["tests"]
    suite = suite_by_name()
    missing = [name for name in hazard["tests"] if name not in suite]
    assert not missing, f"the hazard log names tests that do not exist: {missing}"
    kept_from_running = [name for name in hazard["tests"] if "skip" in suite[name] or "xfail" in suite[name]]
    assert not kept_from_running, f"these need not run everywhere: {kept_from_running}"


def test_the_hazards_are_numbered_in_order():
    assert [h["id"] for h in HAZARDS] == [f"H{n:02}" for n in range(1, len(HAZARDS) + 1)]


def test_what_is_major_and_likely_after_its_controls_says_what_the_clinic_does():
    open_risks = [h for h in HAZARDS if h["severity"] == "major" and h["after"] != "low"]
    assert open_risks, "expected the log to own up to what is not under control"
    assert all("clinic" in h["residual"] for h in open_risks)


@pytest.mark.parametrize("place", ["README.md", "docs/safety/README.md"])
def test_the_intended_use_stands_in_the_documents(place):
    said = " ".join((ROOT / place).read_text(encoding="utf-8").split())
    assert all(part.strip(". ") in said for part in INTENDED_USE.split(";"))


def test_the_intended_use_stands_on_the_screen_and_in_about(library, tmp_path):
    from ui.about import about_lines
    from ui.welcome import HEADER

    assert INTENDED_USE.replace("'", "&#x27;") in HEADER
    assert f"Intended use: {INTENDED_USE}" in list(about_lines(library, tmp_path))


def test_the_intended_use_stands_under_every_answer(assistant):
    for question in (
        "Does a weak calf cause knee pain?",
        "calf swollen, hot and tender 5 days after TKA",
        "best pasta?",
    ):
        document = assistant.ask_json(question)
        assert document["markdown"].rstrip().endswith(f"*{INTENDED_USE}*")
