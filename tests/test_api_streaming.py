"""An answer as a stream of events, over a real connection."""

from __future__ import annotations

import json
import socket
import time

import httpx
import pytest

import ui.api.streaming
from ui.conversations import new_conversation

DEBATED = "Does an underworking calf cause knee pain?"
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture(scope="module")
def http(served):
    with httpx.Client(base_url=served, timeout=30, trust_env=False) as client:
        yield client


def events(response):
    """Return each event of a stream as its name and its data; heartbeats are called so."""
    blocks = [block for block in response.text.split("\n\n") if block]
    return [("heartbeat", {}) if b.startswith(":") else parsed(b) for b in blocks]


def parsed(block):
    name, _, data = block.partition("\ndata: ")
    return name.removeprefix("event: "), json.loads(data)


def ask(http, **body):
    return http.post("/api/v1/answers", json={"question": DEBATED, **body}, headers=STREAM)


def test_stages_come_first_then_each_section_then_the_whole_answer(http):
    response = ask(http)
    told = events(response)
    names = [name for name, _ in told]
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert names == sorted(names, key=["stage", "section", "answer", "done"].index)
    stages = [data["stage"] for name, data in told if name == "stage"]
    assert stages[0] == "identifiers"
    assert "verdict" in stages
    document = dict(told)["answer"]
    assert document["schema"] == "counterpoint/answer/1"
    sections = [data for name, data in told if name == "section"]
    assert [s["section"] for s in sections] == document["sections"]
    assert [s["number"] for s in sections] == list(range(1, len(sections) + 1))
    assert {s["of"] for s in sections} == {len(sections)}
    assert told[-1] == ("done", {"kept": True, "conversation": None})


def test_the_answer_streamed_is_the_answer_given_at_once(http):
    streamed = dict(events(ask(http)))["answer"]
    whole = http.post("/api/v1/answers", json={"question": DEBATED}).json()
    for part in ("sections", "citations", "markdown", "status"):
        assert streamed[part] == whole[part]


def test_a_conversation_goes_on_in_a_stream(http):
    conversation = new_conversation()
    first = events(ask(http, conversation=conversation))
    second = events(ask(http, conversation=conversation, question="And how strong is that evidence?"))
    assert first[-1][1]["conversation"] == "new"
    assert second[-1][1]["conversation"] == "continued"


def test_a_question_that_cannot_be_taken_has_its_own_status_and_no_stream(http):
    response = ask(http, question=" ")
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    flag = ask(http, dismissals=[{"pattern": "no-such-flag", "reason": "scanned-clear"}])
    assert flag.status_code == 422


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("application/json, text/event-stream;q=0.2", "application/json"),
        ("text/event-stream, application/json;q=0.2", "text/event-stream"),
    ],
)
def test_the_accept_header_chooses_the_form(http, accept, kind):
    response = http.post("/api/v1/answers", json={"question": DEBATED}, headers={"Accept": accept})
    assert response.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("accept", ["image/png", "nonsense", "text/csv;q=1"])
def test_a_form_that_is_not_offered_is_refused_with_those_that_are(http, accept):
    response = http.post("/api/v1/answers", json={"question": DEBATED}, headers={"Accept": accept})
    assert response.status_code == 406
    assert "text/event-stream" in response.json()["detail"]


def test_a_heartbeat_is_heard_while_nothing_else_is_said(http, monkeypatch, assistant):
    monkeypatch.setattr(ui.api.streaming, "HEARTBEAT_SECONDS", 0.05)
    ask_as_before = assistant.ask

    def slowly(*given, **more):
        time.sleep(0.3)
        return ask_as_before(*given, **more)

    monkeypatch.setattr(assistant, "ask", slowly)
    names = [name for name, _ in events(ask(http))]
    assert names.count("heartbeat") >= 3
    assert names[-1] == "done"


def test_a_failure_after_the_first_stage_ends_the_stream_with_a_problem_that_repeats_nothing(
    http, monkeypatch, assistant
):
    def failing(*_, on_stage, **__):
        on_stage("identifiers")
        raise RuntimeError("SECRET")

    monkeypatch.setattr(assistant, "ask", failing)
    response = ask(http)
    name, problem = events(response)[-1]
    assert (name, problem["status"]) == ("problem", 500)
    assert "SECRET" not in response.text


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_a_client_that_goes_away_stops_nothing_from_being_kept(served, records, monkeypatch, assistant, accept):
    ask_as_before = assistant.ask

    def slowly(*given, **more):
        time.sleep(0.5)
        return ask_as_before(*given, **more)

    monkeypatch.setattr(assistant, "ask", slowly)
    conversation = new_conversation()
    body = json.dumps({"question": DEBATED, "conversation": conversation}).encode()
    head = (
        f"POST /api/v1/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: {accept}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", int(served.rpartition(":")[2]))) as connection:
        connection.sendall(head.encode() + body)
        time.sleep(0.2)
    deadline = time.monotonic() + 10
    while not records.questions(conversation) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert records.questions(conversation) == (DEBATED,)
