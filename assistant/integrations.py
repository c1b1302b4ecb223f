"""Parts for LangChain's own users; a retriever that cannot crowd a school out.

>>> from counterpoint import Assistant                                    # doctest: +SKIP
>>> documents = BalancedRetriever(assistant=Assistant()).invoke("calf raises for knee pain?")  # doctest: +SKIP
"""

from __future__ import annotations

import assistant.tracing  # noqa: F401 - first of all: it switches LangChain's tracing off

# isort: split
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.door import Assistant
from corpus.library import Library
from corpus.retriever import Hit, Retriever, schools_of


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


def _document(hit: Hit, library: Library) -> Document:
    source = library.source_of(hit.passage_id)
    return Document(
        id=hit.passage_id,
        page_content=library.passages[hit.passage_id].text,
        metadata={
            "passage_id": hit.passage_id,
            "source_id": source.id,
            "title": source.title,
            "viewpoint": hit.viewpoint,
            "strength": library.strength_of(hit.passage_id).value,
            "score": hit.score,
            "rank": hit.rank,
        },
    )
