"""The files that a run leaves: they fit their schema, read back as written, and a wrong one is refused at its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from evals.baseline import baseline_in_force, baseline_of
from evals.cases import Split, read_cases
from evals.documents import (
    SCHEMA_FILE,
    BaselineDocument,
    ReportDocument,
    read_recorded,
    report_schema,
    to_text,
)
from evals.errors import RecordFileError
from evals.reports import build_report, to_document, to_json
from evals.thresholds import read_thresholds
from tests.test_evals_runner import crashing, one_sided, ran

SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def report_text(answering: Callable[..., Any] = one_sided) -> str:
    """Return the JSON of a report with a baseline, failures, a test part and whatever the answerer brings."""
    return to_json(build_report(ran(answering), read_thresholds(), baseline_of(ran())))


def baseline_text() -> str:
    """Return the JSON of a baseline."""
    return to_text(baseline_of(ran()))


def test_the_published_schema_is_up_to_date() -> None:
    expected = "run: python -c 'from evals.documents import write_schema; write_schema()'"
    assert SCHEMA_FILE.read_text(encoding="utf-8") == report_schema(), expected


@pytest.mark.parametrize("answering", [one_sided, crashing])
def test_a_report_fits_the_published_schema(answering: Callable[..., Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(report_text(answering)))
    without = to_json(build_report(ran(answering), read_thresholds()))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(without))


@pytest.mark.parametrize("field", ["verdict", "records", "provenance", "gates"])
def test_the_schema_wants_each_field(field: str) -> None:
    content = json.loads(report_text())
    del content[field]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, SCHEMA)


def test_a_report_reads_back_as_it_was_written(tmp_path: Path) -> None:
    report = build_report(ran(one_sided), read_thresholds(), baseline_of(ran()))
    (tmp_path / "r.json").write_text(to_json(report), encoding="utf-8")
    read = read_recorded(tmp_path / "r.json")
    assert isinstance(read, ReportDocument)
    assert read == to_document(report)


def test_a_baseline_reads_back_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(baseline_text(), encoding="utf-8")
    read = read_recorded(tmp_path / "b.json")
    assert isinstance(read, BaselineDocument)
    assert read == baseline_of(ran())


def test_each_case_of_a_baseline_stands_on_a_line_so_that_a_change_of_it_can_be_read() -> None:
    lines = baseline_text().splitlines()
    assert sum('"key"' in line for line in lines) == 4


def test_a_partial_run_makes_no_baseline() -> None:
    def interrupted(*_: object) -> dict[str, Any]:
        raise KeyboardInterrupt

    with pytest.raises(ValueError, match="got 0 of 4 cases"):
        baseline_of(ran(interrupted))


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("eval-baseline/1", "eval-baseline/0", 2, "schema: expected counterpoint/eval-report/2 or counterpoint/eval-b"),
        ('"schema"', '"scheme"', 1, "got None"),
        ('"records": [', '"records": [[', 10, "expected JSON"),
        ('"provenance": {', '"provenance": {{', 3, "expected JSON"),
        ('"came": "answered"', '"come": "answered"', 5, "come: Unexpected keyword argument"),
        ('"status": "passed"', '"status": "past"', 5, "records.0.rules.status: Input should be 'passed', 'failed'"),
        ('"crashed": [0.0, 1.0]', '"crashed": [0.0]', 5, "records.0.parts.crashed"),
        ('"crashed": [0.0, 1.0]', '"crashed": [0.0, NaN]', 5, "finite number"),
        ('"seed": 0', '"seed": "x"', 3, "provenance.seed: Input should be a valid integer"),
    ],
)
def test_a_wrong_baseline_is_refused_at_its_line(tmp_path: Path, old: str, new: str, line: int, expected: str) -> None:
    text = baseline_text()
    assert old in text
    path = tmp_path / "baseline.json"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RecordFileError) as caught:
        read_recorded(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert expected in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfe", "expected JSON in UTF-8"),
        (b"[" * 100_000, "expected JSON"),
        (b"[]", "got None"),
        (b"", "Expecting value"),
    ],
)
def test_what_is_no_record_at_all_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content)
    with pytest.raises(RecordFileError, match=expected):
        read_recorded(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordFileError, match=r"none\.json: expected a report or a baseline: No such file"):
        baseline_in_force(tmp_path / "none.json")
    with pytest.raises(RecordFileError, match="Is a directory"):
        read_recorded(tmp_path)


def test_the_packaged_baseline_reads_and_names_cases_of_the_dev_part_only() -> None:
    kept = baseline_in_force()
    assert isinstance(kept, BaselineDocument)
    hidden = {c.id for c in read_cases() if c.split is Split.TEST}
    named = {r.name.partition("+")[0] for r in kept.records if r.name is not None}
    assert named
    assert not named & hidden
    assert any(r.name is None for r in kept.records)
