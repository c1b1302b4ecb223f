"""Hybrid retrieval: dense and lexical scores and curated ranks fused, with places kept for each school of the debate.

Scores are blended as shares of their greatest, curated ranks by their reciprocals. The curated ranking is the library's
own word: what the cruxes nearest to the question cite. A school can never be crowded out, because places are kept for
it. Ties are broken by id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.asks import CruxHit
from corpus.generation import collection_of
from corpus.library import Library
from corpus.sentences import cited_at
from corpus.snapshot import Snapshot
from corpus.types import Crux

_RRF_K = 60  # Cormack et al. 2009
_DENSE_DEPTH = 100
# How much words weigh beside meaning; 0.3 to 0.5 are as good on the dev parts of evals/judged, decision 16.
_WORDS_WEIGHT = 0.4
_FIRST_BY_BOTH = 2 / (
    _RRF_K + 1
)  # the score of what is nearest and shares most words, in the measure of the curated ranks
VIEWPOINT_QUOTA = 6
EVIDENCE_QUOTA = 10
# How the curated ranking is made and weighed; chosen on the dev part of evals/judged/knee, decision 16.
_CURATED_CRUXES = 3
_CURATED_LEAST = 0.45
_CURATED_WEIGHT = 1.0
SCHOOLS_WITHIN = 5
"""Each school of the question's debate stands among so many first hits."""


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
class Scored:
    """Scores by passage: fused over all wordings, and by meaning and by words for each wording."""

    fused: Mapping[str, float]
    dense: Sequence[dict[str, float]]
    lexical: Sequence[dict[str, float]]
    cruxes: tuple[CruxHit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """All that was found for one question: hits by group, best first in each, and every crux, best first."""

    hits: tuple[Hit, ...]
    cruxes: tuple[CruxHit, ...]

    def reversed(self) -> Retrieved:
        """Return the same hits, last first."""
        return replace(self, hits=self.hits[::-1])

    def ranked(self, schools: Sequence[str] = ()) -> tuple[Hit, ...]:
        """Return the hits of all groups in one order, places among the first five and ten kept for each of `schools`.

        What has no school gives way only where a school would have no place, or less than its share.
        """
        order = sorted(self.hits, key=lambda h: (-h.score, h.passage_id))
        for within in (SCHOOLS_WITHIN, 2 * SCHOOLS_WITHIN):
            _share(order, within, schools)
        return tuple(order)


def _share(order: list[Hit], within: int, schools: Sequence[str]) -> None:
    """Give each of `schools` an even share, rounded up, of the first places that they hold; one at the least.

    A school without a place gets its best hit; further ones are its nearest in meaning, since words favour the side
    that speaks as the question does (decision 16).
    """
    held = sum(h.viewpoint in schools for h in order[:within])
    share = max(1, -(-held // max(1, len(schools))))
    for school in schools:
        own = sum(h.viewpoint == school for h in order[:within])
        for place in range(own, share):
            rest = [h for h in order[within:] if h.viewpoint == school]
            free = _last_free([h.viewpoint for h in order[:within]], schools, share)
            if not rest or free is None:
                break
            raised = max(rest, key=lambda h: h.dense) if place else rest[0]
            order.remove(raised)
            order.insert(within, order[free])
            order[free] = raised


def _last_free(first: Sequence[str | None], schools: Sequence[str], share: int) -> int | None:
    """Return the last place that may give way: of a school that holds more than its `share`, else of none of them."""
    above = [n for n, v in enumerate(first) if v in schools and first.count(v) > share]
    others = [n for n, v in enumerate(first) if v not in schools]
    return max(above or others, default=None)


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
        found = self.scored(queries)
        hits = _hits(found.fused, found.dense, found.lexical, self.snapshot.library)
        return Retrieved(hits=tuple(hits), cruxes=found.cruxes)

    def scored(self, queries: Sequence[str]) -> Scored:
        """Return the score of every passage that is near `queries` or shares words with them, before any quota."""
        library = self.snapshot.library
        spelt = list(dict.fromkeys(library.normaliser.expand(q).strip() for q in queries))
        vectors = self.snapshot.encoder.encode(spelt)
        cruxes = self.snapshot.asks.cruxes(vectors, spelt)
        dense: list[dict[str, float]] = [{} for _ in spelt]
        for viewpoint in (None, *(v.id for v in library.viewpoints)):
            found = self.snapshot.store.nearest(collection_of(viewpoint), vectors, _DENSE_DEPTH)
            dense = [d | f for d, f in zip(dense, found, strict=True)]
        lexical = [self.snapshot.passages.scores(q) for q in spelt]
        fused = blend(dense, lexical)
        held = frozenset(self.snapshot.passages.ids)
        cited = [p for p in curated(cruxes, library) if p in held]
        for rank, passage in enumerate(cited, start=1):
            fused[passage] = fused.get(passage, 0.0) + _CURATED_WEIGHT * len(spelt) / (_RRF_K + rank)
        return Scored(fused=fused, dense=dense, lexical=lexical, cruxes=cruxes)


def curated(cruxes: Sequence[CruxHit], library: Library) -> list[str]:
    """Return what the nearest cruxes cite, each passage once: of a point that is near first, then by crux."""
    near = [h for h in cruxes[:_CURATED_CRUXES] if h.score >= _CURATED_LEAST]
    cites: list[str] = []
    for hit in near:
        cites += _nearest_point(library.crux_by_id[hit.crux_id], hit)
    for hit in near:
        cites += _of_crux(library.crux_by_id[hit.crux_id])
    return list(dict.fromkeys(cites))


def _nearest_point(crux: Crux, hit: CruxHit) -> Iterator[str]:
    for number, score in hit.points[:1]:
        if score >= hit.own_score:
            for part in ("says", "reason", "next"):
                yield from cited_at(crux, f"points.{number}.{part}")


def _of_crux(crux: Crux) -> Iterator[str]:
    yield from (link.passage for link in crux.evidence)
    for viewpoint in crux.views:
        for part in ("says", "because"):
            yield from cited_at(crux, f"views.{viewpoint}.{part}")
    yield from cited_at(crux, "lead.reason")
    yield from (c for texts in crux.lead.answer.values() for t in texts for c in t.cites)


def schools_of(found: Retrieved, library: Library) -> tuple[str, ...]:
    """Return the schools of the debate that the nearest crux or brief belongs to.

    In a collection without cruxes they are those whose hits stand highest, as many as have room for a place each.
    """
    nearest = next(iter(found.cruxes), None)
    if nearest is not None:
        return library.debate_by_id[library.crux_by_id[nearest.crux_id].debate].viewpoints
    order = (h.viewpoint for h in found.ranked())
    return tuple(dict.fromkeys(v for v in order if v is not None))[: SCHOOLS_WITHIN - 1]


def blend(dense: Sequence[Mapping[str, float]], lexical: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the score of each id that is near or shares words, summed over the wordings of a question.

    Each wording's scores are taken as shares of their greatest. Ranks would make a passage that merely shares a
    question's words the equal of one that is nearest in meaning by far.

    Source: Bruch, Gai and Ingber 2023, An analysis of fusion functions for hybrid retrieval, ACM TOIS.
    """
    blended: dict[str, float] = {}
    for scores, weight in ((dense, 1 - _WORDS_WEIGHT), (lexical, _WORDS_WEIGHT)):
        for found in scores:
            greatest = max(found.values(), default=0.0)
            for identifier, score in found.items():
                share = max(score, 0.0) / greatest if greatest > 0 else 0.0
                blended[identifier] = blended.get(identifier, 0.0) + _FIRST_BY_BOTH * weight * share
    return blended


def ranked(scores: Mapping[str, float]) -> list[str]:
    """Return ids by falling score, ties by id."""
    return sorted(scores, key=lambda i: (-scores[i], i))


def _hits(
    fused: Mapping[str, float], dense: Sequence[dict[str, float]], lexical: Sequence[dict[str, float]], library: Library
) -> Iterator[Hit]:
    """Yield the best of each group, the evidence first, up to its quota."""
    rounded = {i: round(s, 6) for i, s in fused.items()}
    groups: dict[str | None, list[str]] = {v: [] for v in (None, *library.viewpoint_by_id)}
    for identifier in ranked(rounded):
        groups[library.viewpoint_of(identifier)].append(identifier)
    for viewpoint, ids in groups.items():
        kept = _of_school(ids, dense) if viewpoint else ids[:EVIDENCE_QUOTA]
        for rank, identifier in enumerate(kept, start=1):
            yield Hit(
                passage_id=identifier,
                viewpoint=viewpoint,
                score=rounded[identifier],
                rank=rank,
                dense=_best(dense, identifier),
                lexical=_best(lexical, identifier),
            )


def _of_school(ids: Sequence[str], dense: Sequence[dict[str, float]]) -> list[str]:
    """Return the passages of a school that fill its quota, in their order: half of them are its nearest in meaning."""
    half = VIEWPOINT_QUOTA // 2
    nearest = ranked({i: _best(dense, i) for i in ids})[:half]
    kept = list(dict.fromkeys([*ids[:half], *nearest, *ids]))[:VIEWPOINT_QUOTA]
    return sorted(kept, key=ids.index)


def _best(scores: Sequence[dict[str, float]], identifier: str) -> float:
    return max((s.get(identifier, 0.0) for s in scores), default=0.0)
