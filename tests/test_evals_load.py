"""Load and sudden death: what is counted, on a server that runs and on replies made up."""

from __future__ import annotations

import os
from dataclasses import dataclass

import pytest

from evals.crashing import Accepted, _look
from evals.load import Asked, Load, lines, load, questions_asked
from evals.serving import Server
from tests.api_people import Person


@dataclass
class OwnProcess:
    """Stands for the process of a server that runs in this one."""

    pid: int = os.getpid()


@pytest.fixture
def server(served):
    return Server(url=served, process=OwnProcess(), said=None)


def test_people_who_ask_at_once_are_all_answered_and_timed(server):
    seen = load(server, people=3, seconds=2)
    assert seen.errors == []
    assert len(seen.asked) >= 3
    assert all(0 < one.visible_seconds <= one.whole_seconds for one in seen.asked)
    assert seen.early_bytes is not None
    assert seen.early_bytes > 0
    assert seen.late_bytes is not None
    assert seen.late_bytes > 0


def test_what_fails_is_an_error_and_no_time(served):
    gone = Server(url="http://127.0.0.1:9", process=OwnProcess(), said=None)
    seen = load(gone, people=1, seconds=0.05)
    assert set(seen.errors) == {"ConnectError"}
    assert all(one.visible_seconds is None for one in seen.asked)
    wrong = load(Server(url=f"{served}/x", process=OwnProcess(), said=None), people=1, seconds=0.05)
    assert set(wrong.errors) == {"status 404"}


def test_the_figures_come_with_n_and_each_kind_of_error_once():
    asked = [Asked(visible_seconds=n / 100, whole_seconds=n / 50) for n in range(1, 101)]
    seen = Load(people=50, seconds=60, asked=[*asked, Asked(error="status 500"), Asked(error="status 500")])
    seen.early_bytes, seen.late_bytes = 100 * 2**20, 103 * 2**20
    said = "\n".join(lines(seen, [0.2, 0.4, 0.3]))
    assert "median 0.30 s (n = 3)" in said
    assert "102 asked, 2 errors" in said
    assert "p50 0.51 s, p95 0.96 s, worst 1.00 s" in said
    assert "1.030 of what it was at 10 s" in said
    assert said.count("status 500 (2)") == 1


def test_an_accepted_answer_or_review_that_is_gone_is_told(server, served):
    with Person(served, "mentor") as ana:
        kept = ana.asked()["id"]
        found = Accepted(answers=[kept, "a-00000000000000000000"], reviews=[2_000_000_000])
        _look(server, found, {"Counterpoint-Profile": ana.profile["id"]})
    assert found.lost == ["answer a-00000000000000000000", "review of item 2000000000"]


def test_the_questions_are_of_many_kinds_and_never_end():
    asked = questions_asked()
    first = [next(asked) for _ in range(200)]
    assert 20 < len(set(first)) < 100
