"""The workflows of CI, ours and the one the README gives away: whole files, and no right beyond what each job needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
CI = ROOT / ".github/workflows/ci.yml"
README = ROOT / "README.md"

pytestmark = pytest.mark.skipif(
    not (CI.is_file() and README.is_file()), reason="the repository's own files are not here"
)


@pytest.fixture(scope="module")
def ours():
    return yaml.safe_load(CI.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def given():
    blocks = re.findall(r"^```yaml\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return yaml.safe_load(blocks[0])


def steps(workflow, job):
    return workflow["jobs"][job]["steps"]


def test_nothing_may_write_but_the_comment_which_runs_no_code_of_the_change(ours):
    assert ours["permissions"] == {"contents": "read"}
    writing = {name: job["permissions"] for name, job in ours["jobs"].items() if "permissions" in job}
    assert writing == {"comment": {"pull-requests": "write"}}
    used = [s.get("uses", "").partition("@")[0] for s in steps(ours, "comment")]
    assert used == ["actions/download-artifact", "actions/github-script"]
    assert not any("run" in s for s in steps(ours, "comment"))


def test_a_pull_request_from_a_fork_gets_the_summary_and_no_comment(ours):
    assert "head.repo.full_name == github.repository" in ours["jobs"]["comment"]["if"]
    assert any("GITHUB_STEP_SUMMARY" in s.get("run", "") and s["if"] == "always()" for s in steps(ours, "test"))


def test_reports_are_kept_also_when_a_check_failed_and_none_was_written(ours):
    kept = next(s for s in steps(ours, "test") if s.get("uses", "").startswith("actions/upload-artifact"))
    assert kept["if"] == "always()"
    assert kept["with"]["if-no-files-found"] == "ignore"
    assert {"out/evals.*", "out/tests.xml"} <= set(kept["with"]["path"].split())


def test_the_workflow_given_away_runs_the_clinics_cases_and_ours_with_no_right_to_write(given):
    lines = [s["run"] for s in steps(given, "cases") if "run" in s]
    assert given["permissions"] == {"contents": "read"}
    assert any(line.startswith("pytest --counterpoint-cases cases") for line in lines)
    assert any(line.startswith("counterpoint eval run --junit") for line in lines)
    pinned = next(line for line in (ROOT / "constraints.txt").read_text().splitlines() if line.startswith("torch=="))
    assert f"pip install {pinned}" in lines
