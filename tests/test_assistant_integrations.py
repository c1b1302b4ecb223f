"""Parts for LangChain's own users: a retriever that cannot crowd a school out, and no tracing behind one's back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
QUESTIONS = [
    "calf raises for knee pain?",
    "What would Barker do?",
    "What would Bento do?",
    "Ottawa knee criteria?",
    "isolated calf work 6 weeks post ACLR?",
    "foot drills",
]


@pytest.fixture(scope="module")
def retriever(assistant):
    from assistant.integrations import BalancedRetriever

    return BalancedRetriever(assistant=assistant)


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_schools_and_the_evidence_come_back_for_every_question(retriever, question):
    documents = retriever.invoke(question)
    assert {d.metadata["viewpoint"] for d in documents} >= {"calf-focused", "whole-chain", None}


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_schools_of_its_debate_are_among_the_first_five_documents(retriever, question):
    first = {d.metadata["viewpoint"] for d in retriever.invoke(question)[:5]}
    assert first >= {"calf-focused", "whole-chain"}


def test_a_document_is_the_passage_with_its_source_and_strength(retriever, assistant):
    library = assistant.snapshot.library
    for document in retriever.invoke(QUESTIONS[0]):
        assert document.page_content == library.passages[document.id].text
        assert document.metadata["source_id"] == library.source_of(document.id).id
        assert document.metadata["strength"] == library.strength_of(document.id)
        assert document.metadata["score"] > 0


def test_a_passage_comes_back_once_and_the_same_question_gives_the_same_documents(retriever):
    ids = [d.id for d in retriever.invoke(QUESTIONS[0])]
    assert len(ids) == len(set(ids))
    assert ids == [d.id for d in retriever.invoke(QUESTIONS[0])]


def test_it_stands_in_a_chain(retriever):
    from langchain_core.runnables import RunnableLambda

    chain = retriever | RunnableLambda(lambda documents: [d.id for d in documents])
    assert chain.invoke(QUESTIONS[0]) == [d.id for d in retriever.invoke(QUESTIONS[0])]


def test_it_can_be_awaited(retriever):
    import asyncio

    found = asyncio.run(retriever.ainvoke(QUESTIONS[0]))
    assert [d.id for d in found] == [d.id for d in retriever.invoke(QUESTIONS[0])]


def test_tracing_is_off_even_where_the_environment_asks_for_it():
    program = (
        "import assistant.integrations, os; from langsmith.utils import tracing_is_enabled;"
        "print(tracing_is_enabled(), *[v for k, v in os.environ.items() if 'TRACING' in k])"
    )
    environment = {**os.environ, "LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true"}
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    assert set(found.stdout.split()) == {"False", "false"}
