"""The mutation suite: what is caught, what survives, what fails, and that two runs are alike."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from evals.errors import EmptySuiteError
from evals.mutation.editing import by_rewriting, retold
from evals.mutation.freeing import as_free, is_written
from evals.mutation.novelty import new_findings
from evals.mutation.printing import print_report, to_junit, to_markdown
from evals.mutation.reporting import build_report, missed, to_json
from evals.mutation.running import Kind, Mode, Outcome, Series, run, series
from evals.mutation.suite import chosen, evaluate
from evals.mutation.types import Edit, Operator
from guardrails.types import Basis, Detail, Finding, SectionKind
from tests.test_guardrails_policy import drafted, packaged


@pytest.fixture(scope="module")
def answer(assistant):
    """Return one answer that passed, with both schools."""
    return assistant.ask("Should every patient with knee pain get calf raises?")


def negated(text):
    if " is " in text:
        yield text.replace(" is ", " is not ", 1)


def broken_key(answer, _library):
    """Yield an edit that cites a passage nobody knows."""
    claim = next(c for c in answer.draft.claims if c.citations)
    made = replace(claim, citations=(replace(claim.citations[0], passage_id="nobody-2020:1"),))
    edit = retold(answer, claim, claim.text)
    sections = tuple(
        replace(s, claims=tuple(made if c.id == claim.id else c for c in s.claims)) for s in answer.draft.sections
    )
    yield replace(edit, draft=replace(answer.draft, sections=sections), note="an unknown key")


def retitled(answer, _library):
    """Yield an edit that no check minds: another fact that is missing."""
    yield Edit(claim_id=None, draft=replace(answer.draft, missing=("age",)), note="what is missing")


def raising(_answer, _library):
    raise ZeroDivisionError("an operator that fails")
    yield


def report_of(answer, *operators, **more):
    made = [s for s in series((answer,), packaged(), operators) if s.kind is Kind.MUTANT]
    return build_report(run(made, packaged(), halves=("dev", "held"), **more))


def test_a_mutant_that_the_verdict_finds_wrong_is_caught_and_one_that_it_does_not_mind_survives(answer):
    caught = report_of(answer, Operator(name="citation: unknown", edits=broken_key, must_catch=True))
    assert {o for line in caught.lines for o in line.outcomes} == {Outcome.CAUGHT}
    assert caught.passed
    survived = report_of(answer, Operator(name="citation: renamed", edits=retitled, must_catch=True))
    assert {o for line in survived.lines for o in line.outcomes} == {Outcome.SURVIVED}
    assert not survived.passed
    assert "citation: renamed" in survived.verdict


def test_what_need_not_be_caught_may_survive(answer):
    report = report_of(answer, Operator(name="meaning: other", edits=retitled))
    assert report.lines
    assert report.passed


def test_as_free_text_only_some_families_fail_the_run(answer):
    operator = Operator(name="wording: other", edits=retitled, must_catch=True)
    assert report_of(answer, operator, modes=(Mode.FREE,)).passed
    assert not report_of(answer, operator, modes=(Mode.AUTHORED,)).passed


def test_an_operator_that_raises_is_an_error_and_no_catch(answer):
    report = report_of(answer, Operator(name="school: failing", edits=raising))
    assert not report.passed
    assert all(line.good == 0 and "ZeroDivisionError" in line.error for line in report.lines)
    cases = ET.fromstring(to_junit(report)).iter("testcase")  # noqa: S314 - our own text
    assert all(case.find("error") is not None for case in cases)


def test_a_check_that_crashes_is_an_error_and_no_catch(answer, monkeypatch):
    monkeypatch.setattr("guardrails.policy.worded", lambda _draft: 1 / 0)
    report = report_of(answer, Operator(name="citation: unknown", edits=broken_key))
    assert {o for line in report.lines for o in line.outcomes} == {Outcome.ERROR}
    assert not report.passed


def test_a_run_in_which_nothing_ran_does_not_pass():
    assert not build_report(()).passed
    assert "nothing ran" in build_report(()).verdict


def test_two_runs_are_alike_and_a_sample_is_part_of_the_whole(answer):
    operator = Operator(name="negation: added", edits=by_rewriting(negated))
    rows = [
        run(series((answer,), packaged(), (operator,)), packaged(), halves=("dev",), at_most=n) for n in (2, 2, None)
    ]
    assert rows[0] == rows[1]
    notes = [[{t.note for t in row.trials} for row in each] for each in rows]
    assert all(part <= whole for part, whole in zip(notes[0], notes[2], strict=True))
    assert all(len(row.trials) <= 2 for row in rows[0])


def test_rewordings_and_sentences_by_hand_are_judged_as_free_text_only(answer):
    rows = run(series((answer,), packaged(), ()), packaged(), halves=("dev",), at_most=1)
    assert rows
    assert {row.mode for row in rows} == {Mode.FREE}


def test_a_free_draft_keeps_what_models_never_write(answer):
    freed = as_free(answer.draft, answer.draft)
    assert not freed.is_authored
    for section, own in zip(freed.sections, answer.draft.sections, strict=True):
        if section.kind in (SectionKind.SAFETY, SectionKind.QUESTIONS, SectionKind.MISSING, SectionKind.NOTE):
            assert section == own
        elif not own.is_silent:
            assert all(c.origin is None or c.basis is Basis.COMPUTED for c in section.claims)
    assert not is_written(answer, "no claim")


def test_a_silent_schools_line_stays_authored_until_it_is_touched():
    draft = drafted("look-up, brief").draft
    silent = next((s for s in draft.sections if s.is_silent), None)
    section = silent or replace(next(s for s in draft.sections if s.viewpoint), is_silent=True)
    with_silent = replace(draft, sections=(section,))
    assert as_free(with_silent, with_silent).sections == (section,)
    touched = replace(section, claims=tuple(replace(c, text=c.text + " Perhaps.") for c in section.claims))
    freed = as_free(replace(draft, sections=(touched,)), with_silent)
    assert all(c.origin is None for c in freed.claims)


def finding(message, rule="wording", claim_id="c1"):
    return Finding(rule=rule, claim_id=claim_id, message=message)


def test_a_finding_is_new_unless_the_unbroken_draft_had_all_of_its_words(answer):
    text = answer.draft.claims[0].text
    base = [finding(f"nothing cited speaks of: cuffs, tape: {text}")]
    drafts = (answer.draft, answer.draft)
    assert new_findings([finding(f"nothing cited speaks of: tape: {text}")], base, drafts) == ()
    for more in (
        finding(f"nothing cited speaks of: cuffs, tape, shoes: {text}"),
        finding(f"nothing cited speaks of: tape: {text}", claim_id="c2"),
        finding(f"nothing cited speaks of: tape: {text}", rule="attribution"),
    ):
        assert new_findings([more], base, drafts) == (more,)


def test_of_the_held_half_only_counts_are_told(answer, capsys):
    from rich.console import Console

    report = report_of(answer, Operator(name="citation: renamed", edits=retitled, must_catch=True))
    on_dev, held = (replace(report, rows=tuple(replace(r, half=h) for r in report.rows)) for h in ("dev", "held"))
    assert all(list(missed(row)) for row in on_dev.rows)
    assert len(json.loads(to_json(on_dev))["missed"]) == len(report.rows)
    told = json.loads(to_json(held))
    assert told["missed"] == []
    assert told["series"][0]["n"] >= 1
    print_report(held, Console(), shows_misses=True)
    shown = capsys.readouterr().out
    assert "citation: renamed" in shown
    assert "what is missing" not in shown
    assert "citation: renamed" in to_markdown(report)


def test_junit_has_one_case_a_series_half_and_mode(answer):
    report = report_of(answer, Operator(name="citation: renamed", edits=retitled, must_catch=True))
    cases = list(ET.fromstring(to_junit(report)).iter("testcase"))  # noqa: S314 - our own text
    assert len(cases) == len(report.lines) == 2
    assert all(case.find("failure") is not None for case in cases)


def test_an_operator_is_chosen_by_a_part_of_its_name(answer):
    only = chosen((answer,), packaged(), "small change")
    assert [s.name for s in only] == ["number: small change"]
    with pytest.raises(EmptySuiteError, match="expected a part of an operator's name, got 'nonsense'"):
        chosen((answer,), packaged(), "nonsense")


def test_a_series_that_makes_nothing_is_left_out():
    empty = Series(name="none", kind=Kind.MUTANT, make=lambda: ())
    assert evaluate((empty,), packaged()).lines == ()


def test_the_suite_runs_from_the_terminal_by_itself_and_writes_its_files(assistant, tmp_path, monkeypatch):
    from evals.mutation import asking
    from ui.evaluation import Order, run_evals

    monkeypatch.setattr(
        asking, "questions", lambda: iter([("Should every patient with knee pain get calf raises?", Detail.BRIEF)])
    )
    files = {"junit": tmp_path / "m.xml", "json": tmp_path / "m.json"}
    code = run_evals(lambda: assistant, Order(suites=("mutation",)), files)
    told = json.loads(files["json"].read_text("utf-8"))
    assert told["schema"] == "counterpoint/mutation-report/1"
    assert told["passed"] is (code == 0)
    names = {case.get("name") for case in ET.parse(files["junit"]).iter("testcase")}  # noqa: S314 - our own file
    assert {"citation: invented key", "school: dropped"} <= names
    with pytest.raises(EmptySuiteError, match="by itself"):
        run_evals(lambda: assistant, Order(suites=("mutation", "debate")), {})
