"""One model under limits: what it is asked, in which form, how often, for how long; and each provider's errors by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from langchain_core import exceptions as core_errors
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import AIMessage

from assistant.door import Assistant
from assistant.faults import Fault, ModelError, fault_in
from assistant.llm import Exchange, LanguageModel, Manner
from assistant.replies import LONGEST_REPLY_CHARS, content_of, text_of
from assistant.settings import Settings
from tests.scripted_model import Say, ScriptedModel, Status, Unless

ROOT = Path(__file__).parent.parent
GOOD = {"answer": "yes"}
SCHEMA = {
    "title": "reply",
    "description": "a reply",
    "type": "object",
    "properties": {"answer": {"type": "string"}},
    "required": ["answer"],
    "additionalProperties": False,
}
MESSAGES = [("system", "You answer in JSON."), ("human", "Is it so?")]
pytestmark = pytest.mark.filterwarnings("ignore:.*json_schema:UserWarning", "ignore:.*structured output:UserWarning")


def model_at(server, **more):
    given = {"model": "openai:scripted", "model_base_url": server.url, "model_seconds": 30.0, **more}
    return LanguageModel.configured(Settings(**given))


def fault_of(exchange):
    with pytest.raises(ModelError) as caught:
        exchange.ask(MESSAGES, SCHEMA)
    return caught.value.fault


# --- what is asked


def test_a_request_is_cool_short_structured_and_without_tools():
    with ScriptedModel(Say(GOOD)) as server:
        assert Exchange(model_at(server, model_max_tokens=700)).ask(MESSAGES, SCHEMA) == GOOD
        sent = server.requests[0]
    assert (sent["temperature"], sent["max_completion_tokens"]) == (0, 700)
    assert sent["response_format"]["json_schema"]["schema"]["required"] == ["answer"]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert "tools" not in sent
    assert [m["role"] for m in sent["messages"]] == ["system", "user"]


def test_a_model_that_refuses_a_temperature_is_asked_without_and_is_remembered():
    act = Unless("temperature", lambda _: False, "Unsupported value: 'temperature' does not support 0", Say(GOOD))
    with ScriptedModel(act) as server:
        model = model_at(server)
        assert [Exchange(model).ask(MESSAGES, SCHEMA) for _ in range(2)] == [GOOD, GOOD]
        assert ["temperature" in r for r in server.requests] == [True, False, False]
    assert model.manner == Manner(is_cool=False)


def test_a_server_without_json_schemas_is_asked_by_function_call():
    act = Unless("response_format", lambda _: False, "response_format json_schema is not supported", Say(GOOD))
    with ScriptedModel(act) as server:
        model = model_at(server)
        assert [Exchange(model).ask(MESSAGES, SCHEMA) for _ in range(2)] == [GOOD, GOOD]
        assert ["tools" in r for r in server.requests] == [False, True, True]


def test_a_server_with_neither_is_asked_for_plain_json():
    plain = Say('Here you are:\n```json\n{"answer": "yes"}\n```\nAnything else?')
    act = Unless(
        "response_format", lambda _: False, "unknown field", Unless("tools", lambda _: False, "no tools", plain)
    )
    with ScriptedModel(act) as server:
        exchange = Exchange(model_at(server))
        assert exchange.ask(MESSAGES, SCHEMA) == GOOD
        assert not {"tools", "response_format"} & set(server.requests[-1])
    assert exchange.usage.calls == 3


def test_a_request_rejected_in_every_form_leaves_the_next_question_to_begin_anew():
    with ScriptedModel(Status(400)) as server:
        model = model_at(server)
        assert fault_of(Exchange(model)) is Fault.REJECTED
    assert model.manner == Manner()


def test_a_base_url_never_gets_the_key_that_is_meant_for_the_provider(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai-only")
    with ScriptedModel(Say(GOOD)) as server:
        Exchange(model_at(server)).ask(MESSAGES, SCHEMA)
        assert "sk-for-openai-only" not in json.dumps(server.requests)


# --- time


def test_a_model_without_time_left_is_not_asked():
    with ScriptedModel(Say(GOOD)) as server:
        exchange = Exchange(model_at(server, model_seconds=0.001))
        time.sleep(0.01)
        assert fault_of(exchange) is Fault.TIMEOUT
        assert server.requests == []


def test_questions_asked_at_once_are_answered_at_once_and_counted_apart():
    with ScriptedModel(Say(GOOD)) as server:
        model = model_at(server)
        exchanges = [Exchange(model) for _ in range(12)]
        with ThreadPoolExecutor(12) as pool:
            assert list(pool.map(lambda e: e.ask(MESSAGES, SCHEMA), exchanges)) == [GOOD] * 12
    assert [e.usage.calls for e in exchanges] == [1] * 12


# --- models of the caller's own


def given(*replies, seconds=30.0):
    return LanguageModel.given(FakeListChatModel(responses=list(replies)), Settings(model_seconds=seconds))


def test_a_chat_model_of_the_callers_own_answers_without_structured_output():
    model = given('{"answer": "yes"}')
    exchange = Exchange(model)
    assert exchange.ask(MESSAGES, SCHEMA) == GOOD
    assert (model.name, exchange.usage.calls) == ("fake-list-chat-model:FakeListChatModel", 1)


class Hanging(FakeListChatModel):
    """Says nothing until it is let go."""

    let_go: threading.Event = threading.Event()

    def _call(self, *_, **__):
        self.let_go.wait(30)
        return "{}"


def test_a_model_in_this_process_that_hangs_is_left_at_the_time_limit():
    hanging = Hanging(responses=[])
    began = time.monotonic()
    assert fault_of(Exchange(LanguageModel.given(hanging, Settings(model_seconds=0.3)))) is Fault.TIMEOUT
    assert time.monotonic() - began < 2
    hanging.let_go.set()


class Broken(FakeListChatModel):
    """Raises what no provider raises."""

    def _call(self, *_, **__):
        raise ZeroDivisionError("SLHR 11 R v 26 L")


def test_an_error_nobody_foresaw_is_named_by_its_class_alone():
    with pytest.raises(ModelError) as caught:
        Exchange(LanguageModel.given(Broken(responses=[]), Settings())).ask(MESSAGES, SCHEMA)
    assert caught.value.fault is Fault.FAILED
    assert "ZeroDivisionError" in str(caught.value)
    assert "SLHR" not in str(caught.value)


def test_the_assistant_takes_a_chat_model_in_place_of_the_settings(assistant):
    helper = Assistant(assistant.settings, model=FakeListChatModel(responses=["no JSON", "{}"]))
    found = helper.ask("Does a weak calf cause knee pain?")
    assert [a.error.partition(":")[0] for a in found.attempts] == [Fault.BAD_JSON] * 2
    assert found.provenance.composer == "extractive"


# --- replies


def message(content="", **more):
    return AIMessage(content=content, **more)


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (message(""), Fault.EMPTY),
        (message("no"), Fault.BAD_JSON),
        (message("}{"), Fault.BAD_JSON),
        (message("[1, 2]"), Fault.BAD_JSON),
        (message('{"a": 1} and {"b": 2}'), Fault.BAD_JSON),
        (message('{"a": ' + "9" * 5_000 + "}"), Fault.BAD_JSON),
        (message(" " * (LONGEST_REPLY_CHARS + 1)), Fault.EMPTY),
        (message("x" * (LONGEST_REPLY_CHARS + 1)), Fault.TOO_LONG),
        (message('{"a": 1}', response_metadata={"finish_reason": "length"}), Fault.RAN_OUT),
        (message('{"a": 1}', response_metadata={"stop_reason": "max_tokens"}), Fault.RAN_OUT),
        (message('{"a": 1}', response_metadata={"done_reason": "length"}), Fault.RAN_OUT),
        (message("", response_metadata={"stop_reason": "refusal"}), Fault.REFUSED),
        (message("", response_metadata={"finish_reason": "SAFETY"}), Fault.REFUSED),
        (message("", additional_kwargs={"refusal": "no"}), Fault.REFUSED),
        (message([{"type": "refusal", "refusal": "no"}]), Fault.REFUSED),
        (
            message("", invalid_tool_calls=[{"name": "draft", "args": "{", "id": "1", "error": "x"}]),
            Fault.BAD_JSON,
        ),
        (message("", tool_calls=[{"name": "d", "args": {"a": "x" * 30_000}, "id": "1"}]), Fault.TOO_LONG),
    ],
)
def test_a_reply_that_is_no_json_object_is_named(reply, fault):
    with pytest.raises(ModelError) as caught:
        content_of(reply)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    "reply",
    [
        message('{"answer": "yes"}'),
        message('```json\n{"answer": "yes"}\n```'),
        message([{"type": "text", "text": '{"answer": '}, '"yes"}', {"type": "thinking", "thinking": "{"}]),
        message("", tool_calls=[{"name": "d", "args": GOOD, "id": "1"}]),
    ],
)
def test_a_json_object_is_read_from_text_blocks_fences_and_tool_calls(reply):
    assert content_of(reply) == GOOD


def test_content_that_is_neither_text_nor_blocks_is_no_text():
    assert text_of(None) == ""


# --- errors


def kinds(base):
    return {c for direct in base.__subclasses__() for c in (direct, *kinds(direct))}


def test_every_error_that_langchain_knows_of_a_model_has_a_fault_of_its_own():
    known = {c for c in kinds(core_errors.ModelError) if c.__module__ == core_errors.__name__}
    assert len(known) >= 8
    for each in known:
        assert fault_in(each("what came from outside")).fault not in (Fault.FAILED, None), each


@pytest.mark.parametrize("package", ["openai", "anthropic"])
def test_every_status_error_of_a_providers_package_has_a_fault_of_its_own(package):
    module = pytest.importorskip(package)
    statuses = [c for c in kinds(module.APIStatusError) if isinstance(getattr(c, "status_code", None), int)]
    for each in [*statuses, module.APIConnectionError, module.APITimeoutError]:
        error = each.__new__(each)
        assert fault_in(error).fault is not Fault.FAILED, each


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (TimeoutError(), Fault.TIMEOUT),
        (ConnectionResetError(), Fault.UNREACHABLE),
        (ImportError("langchain_openai"), Fault.NOT_INSTALLED),
        (ModelError(Fault.REFUSED), Fault.REFUSED),
        (KeyError("calf"), Fault.FAILED),
    ],
)
def test_pythons_own_errors_are_told_apart(error, fault):
    assert fault_in(error).fault is fault


def test_an_error_is_known_by_what_it_came_from():
    outer = RuntimeError("outer")
    outer.__cause__ = ConnectionRefusedError()
    assert fault_in(outer).fault is Fault.UNREACHABLE


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_says_what_happened_and_what_to_do(fault):
    assert str(ModelError(fault)) == f"{fault}: {fault.words}; {fault.advice}"
    assert not [c for c in fault.words if c.isdigit()]


# --- what is imported, and what is not sent elsewhere


def test_tracing_is_off_even_where_the_environment_asks_for_it():
    program = (
        "import assistant.llm; from langsmith.utils import tracing_is_enabled; import os;"
        "print(tracing_is_enabled(), *[v for k, v in os.environ.items() if 'TRACING' in k])"
    )
    environment = {**os.environ, "LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true"}
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    assert set(found.stdout.split()) == {"False", "false"}


def test_the_process_ends_though_a_model_of_the_callers_own_still_hangs():
    program = (
        "import time\n"
        "from langchain_core.language_models.fake_chat_models import FakeListChatModel\n"
        "from assistant.llm import LanguageModel, Exchange\nfrom assistant.faults import ModelError\n"
        "from assistant.settings import Settings\n"
        "class H(FakeListChatModel):\n    def _call(self, *a, **k):\n        time.sleep(60)\n"
        "try:\n    Exchange(LanguageModel.given(H(responses=[]), Settings(model_seconds=0.5))).ask([('human', 'x')], {})\n"
        "except ModelError as error:\n    print(error.fault)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, timeout=40
    )
    assert found.stdout.strip() == "timeout"
