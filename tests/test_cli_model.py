"""The terminal's door with a language model: ask --model, the setting for batch and chat, and what doctor says."""

from __future__ import annotations

import json
import shutil
import socket

import pytest

from tests.command_line import command_line
from tests.scripted_model import Say, ScriptedModel, Status, quoted

QUESTION = "Does a weak calf cause knee pain?"
HIDDEN = "sk-hidden-7731"


@pytest.fixture(scope="module")
def home(assistant, tmp_path_factory):
    """A data folder of its own with the index already built."""
    own = tmp_path_factory.mktemp("cli-model") / "data"
    shutil.copytree(assistant.settings.home / "index", own / "index")
    return own


@pytest.fixture
def run(home, monkeypatch, capsys, tmp_path):
    """Return a function that runs the command line here and returns its exit code, output and errors."""
    return command_line(monkeypatch, capsys, tmp_path, home)


# --- ask, batch, chat


def test_ask_takes_a_model_for_one_question(run):
    with ScriptedModel(Say(quoted)) as server:
        code, out, err = run("ask", QUESTION, "--json", "--model", "openai:scripted", model_base_url=server.url)
    assert (code, err) == (0, "")
    made = json.loads(out)["provenance"]
    assert (made["composer"], made["usage"]["calls"]) == ("openai:scripted", 1)


def test_the_option_goes_before_the_setting(run):
    with ScriptedModel(Say(quoted)) as server:
        run("ask", QUESTION, "--model", "openai:option", model="openai:setting", model_base_url=server.url)
        assert server.requests[0]["model"] == "option"


def test_a_model_that_fails_still_exits_0_with_the_librarys_answer_that_says_so(run):
    with ScriptedModel(Status(401)) as server:
        code, out, err = run("ask", QUESTION, model="openai:scripted", model_base_url=server.url, model_api_key=HIDDEN)
    assert (code, err) == (0, "")
    assert "**Short answer**" in out
    assert (
        "The model gave no draft (its provider did not accept the key); this answer is composed from the library."
        in out
    )
    assert HIDDEN not in out


@pytest.mark.parametrize("name", ["gpt-4o", "openai:", ""])
def test_a_model_without_a_provider_is_wrong_usage(run, name):
    code, out, err = run("ask", QUESTION, "--model", name)
    assert (code, out) == (2, "")
    assert err.startswith("counterpoint: --model: expected provider:name such as openai:gpt-4o-mini")


def test_a_setting_of_the_model_that_does_not_fit_is_one_line_with_its_name(run):
    code, _, err = run("ask", QUESTION, model="gpt-4o")
    assert code == 2
    assert err.startswith("counterpoint: COUNTERPOINT_MODEL: expected provider:name such as")
    assert err.count("\n") == 1


def test_batch_reads_the_setting(run, tmp_path):
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "1", "question": QUESTION}) + "\n")
    with ScriptedModel(Say(quoted)) as server:
        code, _, _ = run("batch", "in.jsonl", "out.jsonl", model="openai:scripted", model_base_url=server.url)
    assert code == 0
    assert json.loads((tmp_path / "out.jsonl").read_text())["provenance"]["composer"] == "openai:scripted"


def test_chat_reads_the_setting_and_keeps_what_was_held_back(run, home):
    from assistant.records.store import Records

    with ScriptedModel(Say("nonsense")) as server:
        code, out, _ = run(
            "chat", stdin=f"{QUESTION}\n/quit\n".encode(), model="openai:scripted", model_base_url=server.url
        )
    assert code == 0
    assert "not in the form asked for" in " ".join(out.split())
    with Records(home) as records:
        kept = records.conversation(records.conversations().items[0].id).answers[0]
    assert [a["error"].partition(":")[0] for a in kept.trace["attempts"]] == ["bad-json", "bad-json"]


# --- doctor


def lines(out, start):
    return [line for line in out.splitlines() if line.startswith(start)]


def test_doctor_says_that_nothing_leaves_the_machine_by_default(run):
    code, out, _ = run("doctor")
    assert code == 0
    assert "ok    drafting: from the library, no language model; nothing leaves this machine" in out


def test_doctor_says_plainly_where_text_goes_and_hides_the_key(run):
    code, out, _ = run("doctor", model="openai:gpt-4o-mini", model_api_key=HIDDEN)
    assert code == 0
    assert "TEXT LEAVES THIS MACHINE" in out
    assert "goes to api.openai.com" in out
    assert HIDDEN not in out
    assert "model_api_key = (hidden)  [environment COUNTERPOINT_MODEL_API_KEY]" in out
    assert "model_max_tokens = 4000  [default]" in out


def test_doctor_follows_the_providers_own_variables(run, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "https://proxy.example/v1")
    monkeypatch.setenv("OPENAI_API_KEY", HIDDEN)
    code, out, _ = run("doctor", model="openai:gpt-4o-mini")
    assert code == 0
    assert "goes to proxy.example" in out
    assert HIDDEN not in out


def test_doctor_asks_for_a_key_that_is_missing(run):
    code, out, _ = run("doctor", model="anthropic:claude")
    assert code == 3
    assert "MEND  model key: ANTHROPIC_API_KEY is not set, nor COUNTERPOINT_MODEL_API_KEY" in out


def test_doctor_does_not_know_where_another_provider_listens_and_says_so(run):
    out = run("doctor", model="mistralai:small")[1]
    assert "goes to wherever mistralai listens" in out


def test_doctor_finds_a_server_on_this_machine_or_its_absence(run):
    model = {"model": "openai:llama3.1", "model_api_key": "local"}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        code, out, _ = run("doctor", **model, model_base_url=f"http://127.0.0.1:{port}")
        assert "the model is on this machine (127.0.0.1): nothing leaves it" in out
        assert f"ok    something listens at 127.0.0.1:{port}" in out
    code, out, _ = run("doctor", **model, model_base_url=f"http://127.0.0.1:{port}")
    assert code == 3
    assert lines(out, "MEND") == [
        f"MEND  nothing listens at 127.0.0.1:{port}: start the model's server, or mend the base URL"
    ]


def test_an_address_of_a_network_is_not_this_machine(run):
    for address in ("http://192.168.1.4:8000/v1", "http://model.clinic.example/v1"):
        out = run("doctor", model="openai:x", model_base_url=address)[1]
        assert "TEXT LEAVES THIS MACHINE" in out
