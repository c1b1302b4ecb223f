"""Eval cases: the packaged files load, and a wrong file is refused with file, line and what was expected."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
import yaml

from corpus.library import read_library
from evals.cases import (
    PACKAGED,
    SCHEMA_FILE,
    EvalCase,
    Expect,
    Split,
    Suite,
    case_schema,
    fingerprint_of,
    read_cases,
    select,
    write_schema,
)
from evals.errors import CaseFileError, EmptySuiteError
from tests.test_evals_answers import small_library

GOOD = """\
schema: counterpoint/eval-case/1
cases:
- id: debate-01
  suite: debate
  split: dev
  author: me
  date: '2026-11-21'
  question: Is the calf the cause?
  expect:
    status: answered
    viewpoints: [calf-focused]
    cites_any:
      calf-focused: ['barker:1']
    facts: {age: 40, condition: [pfp], sex: female, effusion: false}
    points:
    - {point: The calf underworks, cites_any: ['barker:1']}
    absent: [Mary Jones]
"""
ESCALATING = GOOD.replace("status: answered", "status: escalated\n    red_flags: [dvt]")


def write(folder: Path, text: str, name: str = "cases.yaml") -> Path:
    """Write one file of cases into `folder` and return the folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_packaged_cases_load_against_the_packaged_library() -> None:
    cases = read_cases(library=read_library())
    assert [c.id for c in cases] == sorted(c.id for c in cases)
    assert {c.split for c in cases} == set(Split)


def test_there_are_enough_packaged_cases_of_each_family_that_the_issue_names() -> None:
    counts = Counter(c.suite for c in read_cases())
    named = ("debate", "leading", "false-premise", "red-flag", "red-flag-twin", "out-of-scope", "shorthand")
    assert sum(counts.values()) >= 40
    assert all(counts[Suite(name)] >= 5 for name in named)


def test_the_published_schema_is_up_to_date() -> None:
    expected = "run: python -c 'from evals.cases import write_schema; write_schema()'"
    assert SCHEMA_FILE.read_text(encoding="utf-8") == case_schema(), expected


def test_the_schema_holds_for_the_packaged_cases(tmp_path: Path) -> None:
    write_schema(tmp_path / "case.schema.json")
    schema = json.loads((tmp_path / "case.schema.json").read_text(encoding="utf-8"))
    for path in sorted(PACKAGED.glob("*.yaml")):
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


def test_the_guides_example_is_a_good_file(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[1] / "docs" / "eval-cases.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n")[1].split("```")[0]
    first, second = read_cases([write(tmp_path, example)], library=read_library())
    assert (first.family, second.family) == (first.id, first.id)


def test_the_guide_tells_of_every_field() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "eval-cases.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([a-z_]+)`", guide))
    named = {f.name for f in (*fields(EvalCase), *fields(Expect))} - {"author", "date", "question", "expect"}
    assert named <= told


def test_a_good_file_loads_with_its_values_as_written(tmp_path: Path) -> None:
    (case,) = read_cases([write(tmp_path, GOOD)], library=small_library())
    assert case.expect.facts == {"age": 40.0, "condition": ("pfp",), "sex": "female", "effusion": False}
    assert isinstance(case.expect.facts["age"], float)


def test_a_case_is_a_family_of_its_own_unless_it_names_one(tmp_path: Path) -> None:
    second = (
        GOOD.split("cases:\n")[1].replace("debate-01", "debate-02").replace("split:", "family: debate-01\n  split:")
    )
    cases = read_cases([write(tmp_path, GOOD + second)], library=small_library())
    assert [c.family for c in cases] == ["debate-01", "debate-01"]
    assert next(c for c in read_cases([write(tmp_path, GOOD)])).family == "debate-01"


def test_a_twin_is_of_the_family_of_its_red_flag() -> None:
    cases = {c.id: c for c in read_cases()}
    twins = [c for c in cases.values() if c.suite is Suite.RED_FLAG_TWIN]
    assert len(twins) >= 12
    assert all(cases[t.family].suite is Suite.RED_FLAG for t in twins)


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("status: answered", "statuz: answered", 10, "statuz: Unexpected keyword argument"),
        ("suite: debate", "suite: metamorphic", 4, "expected a suite of cases; pairs of wordings are made by rule"),
        ("suite: debate", "suite: debatte", 4, "'debate', 'numbers'"),
        ("split: dev", "split: train", 5, "'dev' or 'test'"),
        ("status: answered", "status: refused", 10, "'answered', 'abstained'"),
        ("  question: Is the calf the cause?\n", "", 3, "question: Field required"),
        ("id: debate-01", "id: Debate 01", 3, "String should match pattern"),
        ("{age: 40", "{aeg: 40", 14, "expected a fact of corpus/facts.py, got 'aeg' (nearest: age"),
        ("age: 40", "age: forty", 14, "age: expected a number, got 'forty'"),
        ("effusion: false", "effusion: 1", 14, "effusion: expected a flag"),
        ("sex: female", "sex: [female]", 14, "sex: expected one of female, male"),
        ("[pfp]", "pfp", 14, "condition: expected a list of"),
        ("[pfp]", "[pfpp]", 14, "condition: expected a list of"),
        ("viewpoints: [calf-focused]", "viewpoints: [calf]", 11, "expected a viewpoint of the library, got 'calf'"),
        ("barker:1", "barker:9", 13, "expected a passage of the library, got 'barker:9' (nearest: barker:1"),
        ("barker:1", "bento:1", 13, "expected a passage of 'calf-focused', got 'bento:1' of 'whole-chain'"),
        ("calf-focused: [", "evidence: [", 13, "expected a passage of 'evidence', got 'barker:1' of 'calf-focused'"),
        ("calf-focused: [", "other: [", 13, "expected a viewpoint or 'evidence' of the library, got 'other'"),
        ("status: answered", "status: escalated", 10, "expected red_flags"),
        (
            "[Mary Jones]",
            "[Mary Jones]\n    facts_absent: [aeg]",
            18,
            "expected a fact of corpus/facts.py, got 'aeg' (near",
        ),
        ("{point: The", "{pint: The", 16, "pint: Unexpected keyword argument"),
        (
            "cites_any: ['barker:1']}",
            "cites_any: ['barker:7']}",
            16,
            "expected a passage of the library, got 'barker:7'",
        ),
        ("cites_any: ['barker:1']}", "cites_any: []}", 16, "at least 1 item"),
        ("cites_any: ['barker:1']}", "cites_any: barker:1}", 16, "valid tuple"),
        ("[Mary Jones]", "[MJ]", 17, "at least 3 characters"),
        ("suite: debate", "suite: debate\n  family: Twins!", 5, "match pattern"),
        ("eval-case/1", "eval-case/2", 1, "'counterpoint/eval-case/1'"),
        ("author: me", "author: [me", 7, "expected valid YAML"),
        ("author: me", "author: me\n  author: you", 7, "key 'author' is given twice"),
    ],
)
def test_a_wrong_file_is_refused_at_its_line(tmp_path: Path, old: str, new: str, line: int, expected: str) -> None:
    assert old in GOOD
    folder = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(CaseFileError) as caught:
        read_cases([folder], library=small_library())
    assert str(caught.value).startswith(f"{folder / 'cases.yaml'}:{line}: ")
    assert expected in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_red_flag_that_the_library_lacks_is_refused(tmp_path: Path) -> None:
    assert read_cases([write(tmp_path, ESCALATING)], library=small_library())
    with pytest.raises(CaseFileError, match=r"yaml:11: expected a red flag of the library, got 'dvtt'"):
        read_cases([write(tmp_path, ESCALATING.replace("dvt", "dvtt"))], library=small_library())


def test_an_id_is_taken_once_over_all_files(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.yaml")
    with pytest.raises(CaseFileError, match=r"b\.yaml:3: id 'debate-01' is already taken") as caught:
        read_cases([write(tmp_path, GOOD, "b.yaml")])
    assert caught.value.exit_code == 2


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="expected a folder of eval cases"):
        read_cases([tmp_path / "none"])


def test_a_folder_without_cases_is_an_empty_suite(tmp_path: Path) -> None:
    with pytest.raises(EmptySuiteError, match="found none") as caught:
        read_cases([tmp_path])
    assert caught.value.exit_code == 2


def test_cases_are_chosen_by_id_and_by_suite() -> None:
    cases = read_cases([PACKAGED])
    assert [c.id for c in select(cases, ids=["debate-01"])] == ["debate-01"]
    assert {c.suite for c in select(cases, suites=["red-flag"])} == {Suite.RED_FLAG}
    assert select(cases) == cases


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"ids": ["debate-1"]}, "expected a case id, got 'debate-1'"),
        ({"suites": ["debates"]}, r"expected a suite, got 'debates' \(nearest: debate"),
        ({"ids": ["debate-01"], "suites": ["red-flag"]}, "no case has both"),
    ],
)
def test_a_choice_that_leaves_nothing_is_an_error(chosen: dict[str, list[str]], expected: str) -> None:
    with pytest.raises(EmptySuiteError, match=expected):
        select(read_cases(), **chosen)


def test_the_fingerprint_depends_on_content_and_not_on_order() -> None:
    cases = read_cases()
    assert fingerprint_of(reversed(cases)) == fingerprint_of(cases) != fingerprint_of(cases[1:])
