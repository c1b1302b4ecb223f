"""Parts for LangChain's own users: a retriever that cannot crowd a school out, and the gate as a Runnable.

>>> from counterpoint import Assistant, BalancedRetriever, ContractGate   # doctest: +SKIP
>>> documents = BalancedRetriever(assistant=Assistant()).invoke("calf raises for knee pain?")  # doctest: +SKIP

The gate as middleware of an agent is `assistant.middleware.CounterpointMiddleware`; docs/langchain.md has both.
"""

from __future__ import annotations

import assistant.tracing  # noqa: F401 - first of all: it switches LangChain's tracing off

# isort: split
from collections.abc import Iterable, Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableConfig, RunnableSerializable
from pydantic import ConfigDict

from assistant.door import Assistant
from assistant.gating import GateResult, gated
from assistant.keys import keys_for
from assistant.replies import text_of
from corpus.library import Library
from corpus.retriever import Hit, Retriever, schools_of
from guardrails.types import Detail


class BalancedRetriever(BaseRetriever):
    """Retrieves passages with a quota for each school, so that neither can be crowded out."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    assistant: Assistant

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        """Return the passages found for `query`, best first, each school of its debate among the first five."""
        del run_manager
        snapshot = self.assistant.snapshot
        found = Retriever(snapshot).retrieve([query])
        return [_document(hit, snapshot.library) for hit in found.ranked(schools_of(found, snapshot.library))]


class ContractGate(RunnableSerializable[dict[str, Any], GateResult]):
    """Lets a draft through that holds to Counterpoint's contract, and puts the library's own answer where it does not.

    The input is a mapping:

    - ``question``: as the user typed it;
    - ``answer``: the draft: free text with citation keys in brackets (``[cp-1a2b3c4d]``, a document's metadata has its
      ``key``), a message, or a mapping in the form of docs/langchain.md;
    - ``history``: the user's earlier questions, oldest first; may be left out;
    - ``documents``: what was retrieved, and may alone be cited; the assistant finds its own where it is left out.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)
    assistant: Assistant
    detail: Detail = Detail.FULL

    def invoke(self, input: dict[str, Any], config: RunnableConfig | None = None, **kwargs: Any) -> GateResult:  # noqa: A002 - LangChain's name
        """Return what may be shown.

        Raises:
            QuestionError: the question is empty, too long, or not text.
            ValueError: the input has not the form above.
        """
        return self._call_with_config(self._gate, input, config, **kwargs)

    def _gate(self, given: dict[str, Any]) -> GateResult:
        question, text = _checked(given)
        documents = given.get("documents")
        return gated(
            self.assistant,
            question,
            [text],
            history=given.get("history") or (),
            documents=None if documents is None else passage_ids(documents),
            detail=self.detail,
        )


def _checked(given: Any) -> tuple[str, str | Mapping[str, Any]]:
    if not isinstance(given, Mapping) or not isinstance(given.get("question"), str) or "answer" not in given:
        keys = ", ".join(map(str, given)) if isinstance(given, Mapping) else type(given).__name__
        raise ValueError(f"expected {{'question': …, 'answer': …}} with the question as text, got {keys or 'nothing'}")
    text = given["answer"]
    text = text if isinstance(text, Mapping) else getattr(text, "content", text)
    if isinstance(text, list):
        text = text_of(text)
    if not isinstance(text, str | Mapping):
        message = f"answer: expected text with citation keys, a message or a mapping, got {type(text).__name__}"
        raise ValueError(message)  # noqa: TRY004 - it is what was given that does not fit
    return given["question"], text


def passage_ids(documents: Iterable[Any]) -> tuple[str, ...]:
    """Return the passages that documents of `BalancedRetriever` hold; another's document names none."""
    found = (getattr(d, "metadata", {}).get("passage_id") for d in documents)
    return tuple(dict.fromkeys(i for i in found if isinstance(i, str)))


def _document(hit: Hit, library: Library) -> Document:
    source = library.source_of(hit.passage_id)
    return Document(
        id=hit.passage_id,
        page_content=library.passages[hit.passage_id].text,
        metadata={
            "key": next(iter(keys_for([hit.passage_id]))),
            "passage_id": hit.passage_id,
            "source_id": source.id,
            "title": source.title,
            "viewpoint": hit.viewpoint,
            "strength": library.strength_of(hit.passage_id).value,
            "score": hit.score,
            "rank": hit.rank,
        },
    )
