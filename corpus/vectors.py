"""The vector store: the only importer of chromadb, embedded and without telemetry."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.encoder import Vectors
from corpus.errors import IndexUnavailableError

_BATCH = 5000  # chroma 1.5 takes at most 5,461 a call
# ef_search above the number of entries makes the graph search exhaustive at our size; measured exact.
_HNSW = {"space": "cosine", "ef_search": 2000, "ef_construction": 400, "max_neighbors": 48}


class VectorStore:
    """Named collections of unit vectors in one folder."""

    def __init__(self, folder: Path) -> None:
        """Open or make the store in `folder`.

        Raises:
            IndexUnavailableError: the folder cannot be opened as a store.
        """
        try:
            settings = Settings(anonymized_telemetry=False)
            self._client = chromadb.PersistentClient(path=str(folder), settings=settings)
        except (ChromaError, ValueError, OSError, RuntimeError, AttributeError) as error:
            # AttributeError: chroma keeps the half-made client of a folder that once failed to open
            raise IndexUnavailableError(f"the vectors in {folder} cannot be opened: {error}") from error
        self._opened: dict[str, chromadb.Collection] = {}
        self._held: dict[tuple[str, ...], Vectors] = {}

    def add(self, name: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Write `vectors` under `ids` into the collection `name`, which is made, even for none.

        Raises:
            IndexUnavailableError: the folder is full or cannot be written.
        """
        try:
            collection = self._client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": _HNSW},  # type: ignore[typeddict-item]
            )
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                collection.upsert(ids=list(ids[part]), embeddings=vectors[part])
        except (ChromaError, RuntimeError) as error:
            raise IndexUnavailableError(f"the vectors cannot be written: {error}") from error

    def counts(self) -> Mapping[str, int]:
        """Return how many entries each collection holds.

        Raises:
            IndexUnavailableError: the folder cannot be read.
        """
        try:
            return {c.name: c.count() for c in self._client.list_collections()}
        except (ChromaError, RuntimeError) as error:
            raise IndexUnavailableError(f"the vectors cannot be read: {error}") from error

    def nearest(self, name: str, vectors: Vectors, limit: int) -> list[dict[str, float]]:
        """Return for each row of `vectors` the cosine of up to `limit` nearest entries, by id.

        Raises:
            IndexUnavailableError: the collection is missing or cannot be read.
        """
        try:
            collection = self._collection(name)
            found = collection.query(query_embeddings=vectors, n_results=limit, include=["distances"])
        except (ChromaError, ValueError, RuntimeError) as error:
            raise IndexUnavailableError(f"the collection {name!r} cannot be read: {error}") from error
        rows = zip(found["ids"], found["distances"] or [], strict=True)
        return [{i: round(1.0 - d, 4) for i, d in zip(*row, strict=True)} for row in rows]

    def nearness(self, names: Sequence[str], vectors: Vectors) -> tuple[float, ...]:
        """Return for each row of `vectors` the cosine of the nearest entry of any of these collections, 0 without one.

        The entries are read once and held: where only the nearest counts, one product is a tenth of the searches' work.

        Raises:
            IndexUnavailableError: a collection is missing or cannot be read.
        """
        key = tuple(names)
        if key not in self._held:
            self._held[key] = self._entries(key, vectors.shape[1])
        held = self._held[key]
        if not len(held):
            return (0.0,) * len(vectors)
        return tuple(round(float(v), 4) for v in np.maximum((vectors @ held.T).max(axis=1), 0.0))

    def _entries(self, names: Sequence[str], width: int) -> Vectors:
        try:
            found = [self._collection(name).get(include=["embeddings"])["embeddings"] for name in names]
        except (ChromaError, ValueError, RuntimeError) as error:
            raise IndexUnavailableError(f"the vectors cannot be read: {error}") from error
        rows = [np.asarray(part, dtype=np.float32).reshape(-1, width) for part in found if part is not None]
        return np.vstack([np.empty((0, width), dtype=np.float32), *rows])

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()  # type: ignore[attr-defined] # of the class that PersistentClient gives, not of its Protocol

    def _collection(self, name: str) -> chromadb.Collection:
        if name not in self._opened:
            collection = self._client.get_collection(name, embedding_function=None)
            hnsw = collection.configuration_json.get("hnsw")  # `configuration` itself warns of its own format
            if not hnsw or hnsw.get("space") != "cosine":
                raise ValueError("expected cosine space")
            self._opened[name] = collection
        return self._opened[name]
