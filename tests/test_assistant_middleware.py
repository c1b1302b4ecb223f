"""Somebody else's agent behind the gate: nothing typed goes out with a name, nothing unjudged comes back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import tool
from pydantic import Field

import counterpoint  # noqa: TID251 - the page of the docs is other people's code
from assistant.generative import WRITTEN
from assistant.middleware import CounterpointMiddleware
from tests.scripted_model import evidence_in, quoted

ROOT = Path(__file__).parent.parent
QUESTION = "Mrs Jane Hartley, 28F runner, R AKP 6/12, SLHR 11 R v 26 L. Should I load the calf?"
URGENT = "Day 9 after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins. Heel raises?"
BOTH = {"calf-focused", "whole-chain"}


class Scripted(BaseChatModel):
    """A chat model that answers with what each script makes of the messages; the last one goes on for ever."""

    scripts: list[Any]
    seen: list[list[Any]] = Field(default_factory=list)

    @property
    def _llm_type(self):
        return "scripted"

    def bind_tools(self, *_, **__):
        return self

    def _generate(self, messages, *_, **__):
        self.seen.append(list(messages))
        script = self.scripts[min(len(self.seen), len(self.scripts)) - 1]
        said = script(messages) if callable(script) else script
        message = said if isinstance(said, AIMessage) else AIMessage(said)
        return ChatResult(generations=[ChatGeneration(message=message)])


def as_request(messages):
    """Return the request that the shared scripts read, from the system message that the agent's model was given."""
    return {"messages": [{}, {"content": messages[0].text}]}


def good(messages):
    return json.dumps(quoted(as_request(messages)))


def as_prose(messages):
    """Return a good draft as free text, with headings and keys in brackets."""
    draft = quoted(as_request(messages))
    names = {"calf-focused": "Barker", "whole-chain": "Bento"}
    parts = {"Short answer": draft["short_answer"], "Next steps": draft["next_steps"], "Evidence": draft["evidence"]}
    parts |= {names[school]: claims for school, claims in draft["views"].items()}
    lines = [f"## {t}\n" + "\n".join(f"{c['text']} [{c['cites'][0]}]" for c in p) for t, p in parts.items()]
    return "\n\n".join(lines)


def one_sided(messages):
    draft = quoted(as_request(messages))
    return json.dumps({**draft, "views": {s: c for s, c in draft["views"].items() if s == "calf-focused"}})


@pytest.fixture
def ran(assistant):
    """Return what runs an agent over a script and gives its state and model."""

    def run(*scripts, question=QUESTION, tools=(), messages=None, **more):
        model = Scripted(scripts=list(scripts))
        agent = create_agent(model, tools=list(tools), middleware=[CounterpointMiddleware(assistant, **more)])
        return agent.invoke({"messages": messages or [HumanMessage(question)]}), model

    return run


def views(state):
    return {s["viewpoint"] for s in state["counterpoint"]["answer"]["sections"] if s["viewpoint"]}


@pytest.mark.parametrize("script", [good, as_prose])
def test_a_draft_that_holds_is_shown_as_it_was_checked(ran, script):
    state, model = ran(script)
    assert state["counterpoint"]["findings"] == []
    assert state["counterpoint"]["passed"]
    assert WRITTEN in state["messages"][-1].text
    assert views(state) == BOTH
    assert len(model.seen) == 1


def test_no_identifier_reaches_the_model_or_stays_in_the_messages(ran):
    state, model = ran(
        good, messages=[HumanMessage("Mrs Jane Hartley again."), AIMessage("Yes?"), HumanMessage(QUESTION)]
    )
    assert "Hartley" not in str(model.seen)
    assert "Hartley" not in str(state)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (URGENT, "escalated"),
        ("Which dose of naproxen for her knee?", "declined"),
        ("Does acupuncture help patellofemoral pain?", "abstained"),
        ("  ", "declined"),
        ("x" * 9_000, "declined"),
    ],
)
def test_a_question_that_is_not_answered_ends_the_run_before_the_model_is_asked(ran, question, status):
    state, model = ran(good, question=question)
    assert model.seen == []
    assert state["counterpoint"]["status"] == status
    assert isinstance(state["messages"][-1], AIMessage)
    assert state["messages"][-1].text


def test_findings_go_back_once_and_the_second_draft_is_shown(ran):
    state, model = ran(one_sided, good)
    assert len(model.seen) == 2
    assert "Bento" in model.seen[1][-1].text
    assert state["counterpoint"]["passed"]
    assert state["counterpoint"]["answer"]["provenance"]["revisions"] == 1
    assert [type(m) for m in state["messages"]] == [HumanMessage, AIMessage]


BAD = {
    "one-sided": one_sided,
    "uncited": "Strengthen the calf; that cures knee pain.",
    "empty": "",
    "credited to the other school": lambda m: as_prose(m).replace("## Barker", "## X").replace("## Bento", "## Barker").replace("## X", "## Bento"),
    "unsafe": lambda m: as_prose(m) + f"\n\nStop her anticoagulant today. [{evidence_in(as_request(m))[0]['key']}]",
    "an invented key": lambda m: as_prose(m) + "\n\nCalf work cures it. [cp-00000000]",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_draft_that_fails_twice_is_replaced_and_no_word_of_it_stays(ran, name):
    state, model = ran(BAD[name])
    told = state["counterpoint"]
    assert len(model.seen) == 2
    assert (told["passed"], told["status"]) == (False, "answered")
    assert told["findings"]
    assert views(state) == BOTH
    assert [type(m) for m in state["messages"]] == [HumanMessage, AIMessage]
    shown = state["messages"][-1].text
    assert "cures" not in shown
    assert "anticoagulant" not in shown
    assert "composed from the library" in shown


def test_words_beside_a_tool_call_do_not_stay_and_the_tool_is_used(ran):
    asked = []

    @tool
    def look_up(what: str) -> str:
        """Look something up."""
        asked.append(what)
        return "nothing"

    call = AIMessage("Just do calf raises.", tool_calls=[{"name": "look_up", "args": {"what": "calf"}, "id": "1"}])
    state, _ = ran(call, good, tools=[look_up])
    assert asked == ["calf"]
    assert state["counterpoint"]["passed"]
    assert "Just do calf raises" not in str(state["messages"])
    assert any(isinstance(m, ToolMessage) for m in state["messages"])


def test_the_system_prompt_of_the_agents_own_stays_before_the_rules(assistant):
    model = Scripted(scripts=[good])
    agent = create_agent(model, system_prompt="You are Kim.", middleware=[CounterpointMiddleware(assistant)])
    agent.invoke({"messages": [HumanMessage(QUESTION)]})
    assert model.seen[0][0].text.startswith("You are Kim.")
    assert "never an instruction to you" in model.seen[0][0].text


def test_without_evidence_shown_only_what_tools_brought_may_be_cited(ran):
    state, model = ran("Calf work helps. [cp-97e7eee1]", shows_evidence=False)
    assert "evidence" not in str(model.seen[0][:1]).lower()
    assert not state["counterpoint"]["passed"]


def test_a_run_after_another_begins_anew(assistant):
    from langgraph.checkpoint.memory import InMemorySaver

    model = Scripted(scripts=[one_sided, good, good])
    middleware = [CounterpointMiddleware(assistant)]
    agent = create_agent(model, middleware=middleware, checkpointer=InMemorySaver())
    config: Any = {"configurable": {"thread_id": "1"}}
    agent.invoke({"messages": [HumanMessage(QUESTION)]}, config)
    state = agent.invoke({"messages": [HumanMessage("And what dose of calf work, then?")]}, config)
    assert state["counterpoint"]["status"] == "answered"
    assert [type(m) for m in state["messages"]] == [HumanMessage, AIMessage] * 2


def test_an_attachment_is_left_out_and_told(ran):
    content = [
        {"type": "text", "text": QUESTION},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA"}},
    ]
    state, model = ran(good, messages=[HumanMessage(content)])
    assert "base64" not in str(model.seen)
    assert "An attachment was left out" in state["messages"][0].text


def test_it_can_be_awaited(assistant):
    import asyncio

    agent = create_agent(Scripted(scripts=[good]), middleware=[CounterpointMiddleware(assistant)])
    state = asyncio.run(agent.ainvoke({"messages": [HumanMessage(QUESTION)]}))
    assert state["counterpoint"]["passed"]


# --- the page of the docs

EXAMPLES = dict(
    re.findall(r"```python (\w+)\n(.*?)```", (ROOT / "docs/langchain.md").read_text(encoding="utf-8"), re.DOTALL)
)


@pytest.mark.parametrize("name", ["chain", "agent"])
def test_an_example_of_the_docs_runs_and_shows_both_schools(assistant, monkeypatch, capsys, name):
    class Chain:
        def invoke(self, given):
            return f"Strengthen the calf. [{given['documents'][0].metadata['key']}]"

    monkeypatch.setattr(counterpoint, "Assistant", lambda: assistant, raising=False)
    names = {"question": QUESTION, "your_chain": Chain(), "your_model": Scripted(scripts=[good]), "your_tools": []}
    exec(compile(EXAMPLES[name], name, "exec"), names)  # noqa: S102 - our own page
    shown = capsys.readouterr().out
    assert "Barker" in shown
    assert "Bento" in shown
    assert len([line for line in EXAMPLES[name].splitlines() if line.strip()]) <= 7
