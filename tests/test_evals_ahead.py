"""Answers made ahead, in processes of their own: the same as without them, and errors where they belong."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

import evals.ahead
from assistant.door import Assistant
from assistant.pipeline import QuestionError
from evals.ahead import Ahead, asking, askings
from evals.cases import Split
from evals.metamorphic.relations import ORDER, pairs
from evals.runner import run
from tests.test_evals_answers import eval_case, small_library

QUESTIONS = (
    "Calf or chain first for a runner with PFP, SLHR 11 R v 26 L?",
    "How strong is the evidence for isometrics?",
)


def said(answer: Any) -> tuple[Any, ...]:
    """Return what of an answer must be the same whoever makes it."""
    return answer["status"], answer["sections"], answer["citations"]


def test_processes_of_their_own_answer_as_the_assistant_does(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evals.ahead, "FEWEST", 1)
    todo = [asking(q, (), {"evidence_reversed": n == 1}) for n, q in enumerate((*QUESTIONS, "?"))]
    with Ahead(assistant, todo, processes=2) as answerer:
        for number, question in enumerate(QUESTIONS):
            more = {"evidence_reversed": True} if number else {}
            assert said(answerer(question, (), **more)) == said(assistant.ask_json(question, **more))
        with pytest.raises(QuestionError, match="expected a question in words"):
            answerer("?", ())
        assert answerer("Tennis elbow, what next?", ())["status"] == "declined"


def test_ctrl_c_leaves_what_was_done_and_ends_the_processes(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evals.ahead, "FEWEST", 1)
    cases = [eval_case(f"debate-{n:02}", question=q) for n, q in enumerate(QUESTIONS)]
    handler = signal.getsignal(signal.SIGINT)

    def interrupted(done: int, total: int, _: str) -> None:
        if done < total:
            signal.raise_signal(signal.SIGINT)

    with Ahead(assistant, askings(cases, ()), processes=2) as answerer:
        assert answerer._pool is not None
        workers = list(answerer._pool._processes.values())
        for worker in workers:
            os.kill(worker.pid or 0, signal.SIGINT)
        made = run(cases, answerer, assistant.snapshot.library, progress=interrupted)
    assert (len(made.results), made.expected) == (1, 2)
    assert made.results[0].error is None
    assert not any(w.is_alive() for w in workers)
    assert signal.getsignal(signal.SIGINT) is handler


def test_where_there_is_little_to_ask_no_process_is_started(assistant: Assistant) -> None:
    with Ahead(assistant, [asking(QUESTIONS[0], (), {})]) as answerer:
        assert answerer._pool is None
        assert answerer(QUESTIONS[0], ())["status"] == "answered"


def test_what_a_run_asks_is_known_in_its_order() -> None:
    case = eval_case("debate-01", question="Calf first?", split=Split.DEV)
    (pair,) = pairs([case], small_library(), relations=[ORDER])
    plain = ("Calf first?", (), ())
    assert askings([case], [pair]) == [plain, plain, ("Calf first?", (), (("evidence_reversed", True),))]
