"""The HTTP API, asked over a real connection."""

from __future__ import annotations

import json

import httpx
import pytest

from assistant.records.store import Records
from ui.conversations import Conversations, new_conversation

DEBATED = "Does an underworking calf cause knee pain?"
WITH_NUMBERS = "34F runner, R AKP 6/12, SLHR 11 R v 26 L: calf rehab?"


@pytest.fixture(scope="module")
def http(served):
    with httpx.Client(base_url=served, timeout=30, trust_env=False) as client:
        yield client


def post(http, **body):
    return http.post("/api/v1/answers", json=body)


def test_an_answer_has_the_contracts_fields_and_cites_both_schools(http):
    response = post(http, question=DEBATED)
    document = response.json()
    assert response.status_code == 200
    assert response.headers["counterpoint-kept"] == "yes"
    assert document["schema"] == "counterpoint/answer/1"
    assert document["status"] == "answered"
    assert {c["viewpoint"] for c in document["citations"]} >= {"calf-focused", "whole-chain"}
    assert document["verdict"]["passed"]


def test_full_is_longer_than_brief(http):
    sizes = [len(post(http, question=WITH_NUMBERS, detail=d).json()["markdown"]) for d in ("brief", "full")]
    assert sizes[0] < sizes[1]


def test_a_follow_up_takes_the_earlier_questions_of_its_conversation_into_account(http, records):
    conversation = new_conversation()
    post(http, question=WITH_NUMBERS, conversation=conversation)
    document = post(http, question="What dose of calf work, then?", conversation=conversation).json()
    facts = {f["name"]: f["turn"] for f in document["case"]["facts"]}
    assert facts["heel_rise.right"] == 1
    assert records.questions(conversation) == (WITH_NUMBERS, "What dose of calf work, then?")


def test_a_history_that_is_sent_stands_in_for_what_was_kept(http):
    document = post(http, question="What dose of calf work, then?", history=[WITH_NUMBERS]).json()
    assert "heel_rise.right" in {f["name"] for f in document["case"]["facts"]}
    assert document["conversation"] is None


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b'{"question": ""}', 422, "a question in words"),
        (b'{"question": " \\u0000\\u0007 ... "}', 422, "a question in words"),
        (b'{"question": "\\ud800"}', 422, "a question in words"),
        (json.dumps({"question": "knee " * 2_000}).encode(), 422, "at most 8,000 characters"),
        (b'{"question": 34}', 422, "question: "),
        (b'{"question": ["SECRET"]}', 422, "question: "),
        (b'{"questions": "SECRET"}', 422, "question: "),
        (b'{"question": "SECRET", "detail": "long"}', 422, "detail: "),
        (b'{"question": "SECRET", "conversation": "../x"}', 422, "conversation: "),
        (b'{"question": "SECRET", "history": "SECRET"}', 422, "history: "),
        (b'{"question": "SECRET", "history": [1]}', 422, "history.0: "),
        (b'{"question": "SECRET", "temperature": 1}', 422, "temperature: "),
        (b'["SECRET"]', 422, "expected a JSON object"),
        (b"", 422, "expected a JSON object"),
        (b"{not json SECRET", 422, "expected a JSON object"),
        (b'{"question": "SECRET \xff\xfe"}', 400, "UTF-8"),
        (b"[" * 60_000, 400, "JSON"),
        (b'{"question": "' + b"x" * 70_000 + b'"}', 413, "64 kB"),
    ],
)
def test_bad_input_is_a_problem_in_words_that_repeats_nothing(http, body, status, says):
    response = http.post("/api/v1/answers", content=body, headers={"Content-Type": "application/json"})
    problem = response.json()
    assert response.status_code == problem["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert says in problem["detail"]
    assert "SECRET" not in response.text
    assert "Traceback" not in response.text


def test_a_body_without_a_declared_length_is_capped_all_the_same(http):
    def pieces():
        yield b'{"question": "'
        for _ in range(100):
            yield b"x" * 1_000
        yield b'"}'

    response = http.post("/api/v1/answers", content=pieces(), headers={"Content-Type": "application/json"})
    assert response.status_code == 413


@pytest.mark.parametrize(
    "question",
    [
        "Does a weak calf cause knee pain? \\ud800\\udfff \\u0000",
        "\\u202eDoes a weak calf cause knee pain?\\u202c \\ud83e\\uddb5",
        "\\u0645\\u0631\\u062d\\u0628\\u0627 knee pain and the calf?",
    ],
)
def test_strange_characters_are_answered_as_text(http, question):
    body = f'{{"question": "{question}"}}'.encode()
    response = http.post("/api/v1/answers", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200
    response.text.encode("utf-8")


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/v1/answers", 405), ("POST", "/api/v1/x", 404)])
def test_a_wrong_address_is_a_problem_that_names_the_right_one(http, method, path, status):
    response = http.request(method, path)
    assert response.status_code == status
    assert "/api/v1/answers" in response.json()["detail"]


def test_an_answer_that_cannot_be_kept_is_given_all_the_same_and_says_so(assistant, tmp_path):
    closed = Records(tmp_path)
    reply = Conversations(assistant, closed).reply(DEBATED)
    assert reply.document["status"] == "answered"
    assert "not open" in (reply.unkept or "")


def test_without_records_a_conversation_is_remembered_while_the_process_lives(assistant):
    conversations = Conversations(assistant)
    conversations.reply(WITH_NUMBERS, conversation="c-1")
    reply = conversations.reply("And which dose?", conversation="c-1")
    assert reply.turn == 2
    assert "heel_rise.right" in {f["name"] for f in reply.document["case"]["facts"]}
