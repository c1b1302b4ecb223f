"""Hybrid retrieval: dense and lexical ranks fused, with a quota for each viewpoint.

Fusion is reciprocal rank (Cormack, Clarke and Büttcher 2009). A school can never be crowded out, because
its passages are ranked among themselves and take their own places. Ties are broken by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.index import ASKS, collection_of
from corpus.snapshot import Snapshot

_RRF_K = 60  # Cormack et al. 2009
_DENSE_DEPTH = 40
_ASK_DEPTH = 100
VIEWPOINT_QUOTA = 6
EVIDENCE_QUOTA = 10
# Weights of a crux's score, chosen on the dev questions; see decision 8.
_DENSE_WEIGHT = 0.7
_LEXICAL_HALF = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found, with its fused score, its rank in its own group, and the scores behind it."""

    passage_id: str
    viewpoint: str | None
    score: float
    rank: int
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CruxHit:
    """A crux found by its phrasings; scores are 0 to 1, comparable between questions.

    `score` is that of its best phrasing, `own_score` that of the best one that is not a point's, and `points` those of
    its points, best first.
    """

    crux_id: str
    score: float
    own_score: float
    points: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """All that was found for one question, best first in each group."""

    hits: tuple[Hit, ...]
    cruxes: tuple[CruxHit, ...]


class Retriever:
    """Finds passages and cruxes in one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Take the snapshot to search."""
        self.snapshot = snapshot

    def retrieve(self, queries: Sequence[str]) -> Retrieved:
        """Return what is found for `queries`, several wordings of one question.

        Args:
            queries: one to three texts; each is encoded once.
        """
        library = self.snapshot.library
        spelt = list(dict.fromkeys(library.normaliser.expand(q).strip() for q in queries))
        vectors = self.snapshot.encoder.encode(spelt)
        lexical = [self.snapshot.passages.scores(q) for q in spelt]
        hits: list[Hit] = []
        for viewpoint in (None, *(v.id for v in library.viewpoints)):
            dense = self.snapshot.store.nearest(collection_of(viewpoint), vectors, _DENSE_DEPTH)
            quota = VIEWPOINT_QUOTA if viewpoint else EVIDENCE_QUOTA
            words = [{i: s for i, s in scores.items() if library.viewpoint_of(i) == viewpoint} for scores in lexical]
            hits += _hits(viewpoint, dense, words, quota)
        asked = self.snapshot.store.nearest(ASKS, vectors, _ASK_DEPTH)
        cruxes = _crux_hits(asked, [self.snapshot.asks.scores(q) for q in spelt])
        return Retrieved(hits=tuple(hits), cruxes=cruxes)


def fuse(rankings: Iterable[Sequence[str]]) -> dict[str, float]:
    """Return the reciprocal-rank score of each id over `rankings`, each best first."""
    fused: dict[str, float] = {}
    for ranking in rankings:
        for rank, identifier in enumerate(ranking, start=1):
            fused[identifier] = fused.get(identifier, 0.0) + 1.0 / (_RRF_K + rank)
    return fused


def ranked(scores: Mapping[str, float]) -> list[str]:
    """Return ids by falling score, ties by id."""
    return sorted(scores, key=lambda i: (-scores[i], i))


def _hits(
    viewpoint: str | None, dense: list[dict[str, float]], lexical: list[dict[str, float]], quota: int
) -> list[Hit]:
    fused = fuse([ranked(s) for s in (*dense, *lexical)])
    rounded = {i: round(s, 6) for i, s in fused.items()}
    return [
        Hit(
            passage_id=identifier,
            viewpoint=viewpoint,
            score=rounded[identifier],
            rank=rank,
            dense=_best(dense, identifier),
            lexical=_best(lexical, identifier),
        )
        for rank, identifier in enumerate(ranked(rounded)[:quota], start=1)
    ]


def _best(scores: list[dict[str, float]], identifier: str) -> float:
    return max((s.get(identifier, 0.0) for s in scores), default=0.0)


def _crux_hits(dense: list[dict[str, float]], lexical: list[dict[str, float]]) -> tuple[CruxHit, ...]:
    """Return the cruxes whose phrasings were found; a crux's own phrasings and each point's are scored as groups."""
    best: dict[tuple[str, int | None], tuple[float, float]] = {}
    for ask in {i for s in (*dense, *lexical) for i in s}:
        group = _group(ask)
        old = best.get(group, (0.0, 0.0))
        best[group] = (max(old[0], _best(dense, ask)), max(old[1], _best(lexical, ask)))
    own: dict[str, float] = {}
    points: dict[str, list[tuple[int, float]]] = {}
    for (crux, point), pair in best.items():
        if point is None:
            own[crux] = _crux_score(*pair)
        else:
            points.setdefault(crux, []).append((point, _crux_score(*pair)))
    hits = [_crux_hit(crux, own.get(crux, 0.0), points.get(crux, [])) for crux in own.keys() | points.keys()]
    return tuple(sorted(hits, key=lambda h: (-h.score, h.crux_id)))


def _group(ask: str) -> tuple[str, int | None]:
    """Return the crux an ask belongs to, and the number of its point when it is a point's."""
    crux, _, place = ask.partition("#")
    return crux, int(place[1:].split(".", maxsplit=1)[0]) if place.startswith("p") else None


def _crux_hit(crux: str, own: float, points: list[tuple[int, float]]) -> CruxHit:
    ranked_points = tuple(sorted(points, key=lambda pair: (-pair[1], pair[0])))
    return CruxHit(crux_id=crux, score=max([own, *(s for _, s in ranked_points)]), own_score=own, points=ranked_points)


def _crux_score(dense: float, lexical: float) -> float:
    words = lexical / (lexical + _LEXICAL_HALF)
    return round(_DENSE_WEIGHT * dense + (1 - _DENSE_WEIGHT) * words, 4)
