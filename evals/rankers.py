"""Ways to rank the passages of one collection: the product's, and what it is held against.

Each takes what is searched and a question, and returns passage ids, best first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from corpus.encoder import Vectors
from corpus.generation import collection_of
from corpus.retriever import Retriever, ranked, schools_of
from evals.searched import Searched

_DEPTH = 100
_SHOWN = 20
_RRF_K = 60  # Cormack, Clarke and Büttcher 2009
_RELEVANCE = 0.5  # lambda of MMR: as much for being new as for being near
Ranker: TypeAlias = Callable[[Searched, str], list[str]]


def lexical(searched: Searched, question: str) -> list[str]:
    """Rank by BM25 alone (Robertson and Zaragoza 2009)."""
    return ranked(searched.snapshot.passages.scores(_spelt(searched, question)))


def dense(searched: Searched, question: str) -> list[str]:
    """Rank by the encoder alone, over all passages at once."""
    return ranked(_cosines(searched, _encoded(searched, question)))


def fusion(searched: Searched, question: str) -> list[str]:
    """Rank by reciprocal-rank fusion of the two (Cormack, Clarke and Büttcher 2009)."""
    return ranked(fuse([dense(searched, question)[:_DEPTH], lexical(searched, question)[:_DEPTH]]))


def fuse(rankings: Iterable[Sequence[str]]) -> dict[str, float]:
    """Return the reciprocal-rank score of each id over `rankings`, each best first."""
    fused: dict[str, float] = {}
    for ranking in rankings:
        for rank, identifier in enumerate(ranking, start=1):
            fused[identifier] = fused.get(identifier, 0.0) + 1.0 / (_RRF_K + rank)
    return fused


def marginal(searched: Searched, question: str) -> list[str]:
    """Rank by maximal marginal relevance: near to the question and unlike what stands before.

    Source: Carbonell and Goldstein 1998, over the nearest hundred by the encoder.
    """
    near = _cosines(searched, _encoded(searched, question))
    left, chosen = ranked(near)[:_DEPTH], list[str]()
    rows = np.vstack([searched.vectors[i] for i in left])
    alike = rows @ rows.T
    worth = np.array([near[i] for i in left])
    closest = np.zeros(len(left))
    for _ in range(min(_SHOWN, len(left))):
        best = int(np.argmax(np.round(_RELEVANCE * worth - (1 - _RELEVANCE) * closest, 6)))
        chosen.append(left[best])
        worth[best] = -np.inf
        closest = np.maximum(closest, alike[best])
    return chosen


def product(searched: Searched, question: str) -> list[str]:
    """Rank as the product does for other people's chains: cruxes' passages joined in, places kept for each school."""
    found = Retriever(searched.snapshot).retrieve([question])
    return [h.passage_id for h in found.ranked(schools_of(found, searched.library))]


BASELINES: Mapping[str, Ranker] = {"BM25": lexical, "dense": dense, "plain fusion": fusion, "MMR": marginal}


def _spelt(searched: Searched, question: str) -> str:
    return searched.library.normaliser.expand(question).strip()


def _encoded(searched: Searched, question: str) -> Vectors:
    return searched.snapshot.encoder.encode([_spelt(searched, question)])


def _cosines(searched: Searched, vectors: Vectors) -> dict[str, float]:
    groups = (None, *searched.library.viewpoint_by_id)
    found = (searched.snapshot.store.nearest(collection_of(v), vectors, _DEPTH)[0] for v in groups)
    return {i: cosine for part in found for i, cosine in part.items()}
