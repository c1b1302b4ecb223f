"""Parts for LangChain's own users; the only importer of langchain here.

>>> from counterpoint import Assistant                                    # doctest: +SKIP
>>> documents = BalancedRetriever(assistant=Assistant()).invoke("calf raises for knee pain?")  # doctest: +SKIP
"""

from __future__ import annotations

import os

# Patient text must not leave the machine because a LangSmith variable happens to be set.
for _name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING", "LANGSMITH_TRACING_V2"):
    os.environ[_name] = "false"

from langchain_core.callbacks import CallbackManagerForRetrieverRun  # noqa: E402 - after tracing is off
from langchain_core.documents import Document  # noqa: E402
from langchain_core.retrievers import BaseRetriever  # noqa: E402
from pydantic import ConfigDict  # noqa: E402

from assistant.door import Assistant  # noqa: E402
from corpus.library import Library  # noqa: E402
from corpus.retriever import Hit, Retriever, schools_of  # noqa: E402


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
