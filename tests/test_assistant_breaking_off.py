"""A stage that crashes ends in one of the four outcomes: no exception, no advice, and a red flag all the same."""

from __future__ import annotations

import json
import logging

import pytest

from assistant import breaking_off, continuing, pipeline
from assistant.breaking_off import WITHHELD
from assistant.presenting import to_dict, to_trace
from corpus.errors import IndexUnavailableError
from guardrails.types import SectionKind, Status
from tests.test_assistant_pipeline import NOW

CASE = "R AKP 6/12, 28F runner, SLHR 11 R v 26 L. Should I load the calf?"
FLAG = "TKR 2 weeks ago, calf swollen, warm and painful. Heel raises?"
WHO = "Mrs Jane Smith, DOB 01/02/1990"
# stage, the function it rests on, where else the same function is tried again
STAGES = [
    ("identifiers", "read_turns"),
    ("case", "frame"),
    ("screening", "screen"),
    ("evidence", "plan"),
    ("evidence", "usable"),
    ("draft", "compose"),
    ("verdict", "judge"),
]


def crash(*_, **__):
    raise KeyError(WHO)


def broken(monkeypatch, name, *, everywhere):
    """Let a function crash where the stages call it, and with `everywhere` where it is tried again."""
    called = [(module, name) for module in (pipeline, continuing) if hasattr(module, name)]
    again = [(breaking_off, name)] if hasattr(breaking_off, name) else []
    assert called or again
    for module, named in [*called, *again] if everywhere else called:
        monkeypatch.setattr(module, named, crash)


@pytest.mark.parametrize("everywhere", [False, True])
@pytest.mark.parametrize(("stage", "name"), STAGES)
def test_a_crash_is_told_as_an_abstention_without_advice(assistant, monkeypatch, stage, name, everywhere):
    broken(monkeypatch, name, everywhere=everywhere)
    found = assistant.ask(f"{WHO}. {CASE}", asked_at=NOW)
    assert found.status is Status.ABSTAINED
    assert [s.kind for s in found.draft.sections] == [SectionKind.MISSING]
    words = " ".join(c.text for c in found.draft.claims)
    assert "broke off" in words
    assert "Nothing is advised" in words
    assert not found.verdict.passed
    assert found.verdict.findings[0].message.startswith(f"{stage} could not be run (KeyError")
    kept = json.dumps([to_dict(found, assistant.snapshot.library), to_trace(found)])
    assert "Jane Smith" not in kept
    assert "01/02/1990" not in kept


@pytest.mark.parametrize("everywhere", [False, True])
@pytest.mark.parametrize(("stage", "name"), [s for s in STAGES if s[0] not in ("screening", "draft")])
def test_a_red_flag_is_told_whatever_else_crashes(assistant, monkeypatch, stage, name, everywhere):
    broken(monkeypatch, name, everywhere=everywhere)
    found = assistant.ask(f"{WHO}. {FLAG}", asked_at=NOW)
    assert found.status is Status.ESCALATED
    assert stage in found.verdict.findings[0].message
    assert "Jane" not in json.dumps(to_dict(found, assistant.snapshot.library))


def test_a_crash_in_screening_lets_no_answer_through_and_says_to_screen_by_hand(assistant, monkeypatch):
    broken(monkeypatch, "screen", everywhere=True)
    assert assistant.ask(FLAG, asked_at=NOW).status is Status.ESCALATED  # by the cues alone
    broken(monkeypatch, "seen", everywhere=True)
    for question in (CASE, FLAG):
        found = assistant.ask(question, asked_at=NOW)
        assert found.status is Status.ABSTAINED
        assert "screen the patient by hand" in found.draft.claims[1].text


def test_where_screening_did_run_it_says_what_came_of_it(assistant, monkeypatch):
    broken(monkeypatch, "plan", everywhere=False)
    plain = "44M footballer, anterior knee pain on stairs. Calf raises or drills?"
    assert "none was seen" in assistant.ask(plain, asked_at=NOW).draft.claims[1].text
    assert "A red flag" in assistant.ask(CASE, asked_at=NOW).draft.claims[1].text


def test_a_question_whose_identifiers_cannot_be_removed_is_not_kept(assistant, monkeypatch):
    broken(monkeypatch, "read_turns", everywhere=True)
    found = assistant.ask(CASE, asked_at=NOW)
    assert found.question == WITHHELD
    assert found.typed == (WITHHELD,)
    assert all(f.triggers == () for f in assistant.ask(FLAG, asked_at=NOW).red_flags)


def test_nothing_that_was_typed_is_logged(assistant, monkeypatch, caplog):
    broken(monkeypatch, "frame", everywhere=True)
    with caplog.at_level(logging.DEBUG):
        assistant.ask(f"{WHO}. {CASE}", asked_at=NOW)
    assert "the stage case broke off: KeyError at crash" in caplog.text
    assert "Jane" not in caplog.text


def test_an_escalation_that_cannot_be_written_is_an_abstention(assistant, monkeypatch):
    broken(monkeypatch, "plan", everywhere=False)
    monkeypatch.setattr(breaking_off, "escalation", crash)
    found = assistant.ask(FLAG, asked_at=NOW)
    assert found.status is Status.ABSTAINED
    assert "A red flag" in found.draft.claims[1].text


def test_an_index_that_is_gone_stays_an_error_of_its_own(assistant, monkeypatch):
    def gone(*_, **__):
        raise IndexUnavailableError("expected an index, got none; run counterpoint index")

    monkeypatch.setattr(continuing, "plan", gone)
    with pytest.raises(IndexUnavailableError):
        assistant.ask(CASE, asked_at=NOW)
