"""Retrieval against judgements: the product beside its parts and beside MMR, in one run, with paired differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from corpus.encoding import Progress
from corpus.snapshot import Snapshot
from evals.beir import CORPUS, Document, Query, judgements, read_corpus, read_queries
from evals.errors import RetrievalSetError
from evals.metrics import Interval, wilson_interval
from evals.rankers import BASELINES, Ranker, product
from evals.ranking import has_all_sides, ndcg_at, paired_interval, recall_at, reciprocal_rank
from evals.searched import Searched, of_documents, of_library, sides_of, without_viewpoints

PACKAGED = Path(__file__).parent / "judged"
SEED = 20261130
PRODUCT, UNSIDED = "product", "product, sides unknown"
_CUT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One ranking for one question: the ids in order, what is relevant by grade, and by side."""

    order: Sequence[str]
    grades: Mapping[str, int]
    sides: Mapping[str, set[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric's name, whether it is a share of whole questions, and its value; None where it does not apply."""

    name: str
    label: str
    value: Callable[[Judged], float | None]
    is_share: bool = False


def _minority(judged: Judged) -> float | None:
    """Return the recall of the side with the fewest relevant passages; None without one, or where it is a tie."""
    sizes = sorted(judged.sides.values(), key=len)
    if len(sizes) < 2 or not sizes[0] or len(sizes[0]) == len(sizes[1]):
        return None
    return recall_at(_CUT, judged.order, sizes[0])


METRICS = (
    Metric(name="ndcg_10", label="nDCG@10", value=lambda j: ndcg_at(_CUT, j.order, j.grades)),
    Metric(name="recall_10", label="recall@10", value=lambda j: recall_at(_CUT, j.order, j.grades)),
    Metric(name="mrr_10", label="MRR@10", value=lambda j: reciprocal_rank(j.order[:_CUT], j.grades)),
    Metric(name="sides_5", label="all sides@5", value=lambda j: has_all_sides(5, j.order, j.sides), is_share=True),
    Metric(name="sides_10", label="all sides@10", value=lambda j: has_all_sides(_CUT, j.order, j.sides), is_share=True),
    Metric(name="minority_10", label="minority recall@10", value=_minority),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """The mean of a metric over the questions it applies to, or of its paired differences."""

    metric: str
    value: float | None
    n: int
    interval: Interval | None


Values: TypeAlias = Mapping[str, Mapping[str, float]]
"""By metric and question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalReport:
    """What was searched and asked, the values of each ranking, and the product's ranking of each question."""

    folder: str
    judgements: str
    passages: int
    questions: int
    relevant: int
    encoder: str
    collection: str
    values: Mapping[str, Values]
    run: Mapping[str, Sequence[str]]

    def means(self, ranking: str) -> tuple[Mean, ...]:
        """Return each metric's mean for `ranking`, with a Wilson interval for shares and else a bootstrap one."""
        return tuple(_mean(m, list(self.values[ranking][m.name].values())) for m in METRICS)

    def differences(self, ranking: str) -> tuple[Mean, ...]:
        """Return how far the product is ahead of `ranking`, question by question."""
        ours, theirs = self.values[PRODUCT], self.values[ranking]
        gaps = {m.name: [ours[m.name][q] - other for q, other in theirs[m.name].items()] for m in METRICS}
        return tuple(_of(m.name, gap, paired_interval(gap, seed=SEED)) for m in METRICS for gap in [gaps[m.name]])


def evaluate(
    folder: Path, snapshot: Snapshot, progress: Progress, *, split: str | None = None, of_own: bool = False
) -> RetrievalReport:
    """Return the report of a set in the BEIR layout.

    Args:
        folder: the set's.
        snapshot: the library in force, whose encoder and terms are taken; nothing of it is touched.
        progress: told what is being done.
        split: the part; by default the one to tune on, or the only one there is.
        of_own: the set is about the library's own passages, and has none of its own.

    Raises:
        RetrievalSetError: a file does not fit; the message names file, line and what was expected.
        IndexUnavailableError: the data folder cannot be written.
    """
    documents = () if of_own else _documents(folder)
    library = snapshot.library
    viewpoints = {d.id: d.viewpoint for d in documents} or {i: library.viewpoint_of(i) for i in library.passages}
    queries = read_queries(folder, split, viewpoints)
    with ExitStack() as opened:
        searched = of_library(snapshot) if of_own else opened.enter_context(of_documents(documents, snapshot, progress))
        sides = {q.id: sides_of(q, viewpoints, searched) for q in queries}
        rankings: dict[str, tuple[Searched, Ranker]] = {PRODUCT: (searched, product)}
        if searched.library.viewpoints:
            rankings[UNSIDED] = opened.enter_context(without_viewpoints(searched, snapshot, progress)), product
        rankings |= {name: (searched, ranker) for name, ranker in BASELINES.items()}
        orders = {name: _orders(queries, *way, name, progress) for name, way in rankings.items()}
    return RetrievalReport(
        folder=folder.name,
        judgements=judgements(folder, split).stem,
        passages=len(viewpoints),
        questions=len(queries),
        relevant=sum(len(q.grades) for q in queries),
        encoder=snapshot.pointer.encoder,
        collection=searched.library.fingerprint,
        values={name: _values(queries, found, sides) for name, found in orders.items()},
        run=orders[PRODUCT],
    )


def _documents(folder: Path) -> tuple[Document, ...]:
    if not folder.is_dir():
        raise RetrievalSetError("expected a folder of a retrieval set", file=folder)
    if not (folder / CORPUS).exists():
        told = f"expected {CORPUS}; a set about the library's own passages is run with --corpus library"
        raise RetrievalSetError(told, file=folder)
    return read_corpus(folder)


def _orders(
    queries: Sequence[Query], searched: Searched, ranker: Ranker, name: str, progress: Progress
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for done, query in enumerate(queries):
        progress(f"ranking: {name}", done, len(queries))
        found[query.id] = [searched.names[i] for i in ranker(searched, query.text)]
    return found


def _values(
    queries: Sequence[Query], orders: Mapping[str, Sequence[str]], sides: Mapping[str, Mapping[str, set[str]]]
) -> Values:
    judged = {q.id: Judged(order=orders[q.id], grades=q.grades, sides=sides[q.id]) for q in queries}
    found = {m.name: {q: m.value(j) for q, j in judged.items()} for m in METRICS}
    return {name: {q: float(v) for q, v in values.items() if v is not None} for name, values in found.items()}


def _mean(metric: Metric, values: Sequence[float]) -> Mean:
    if metric.is_share:
        return _of(metric.name, values, wilson_interval(round(sum(values)), len(values)))
    return _of(metric.name, values, paired_interval(values, seed=SEED))


def _of(metric: str, values: Sequence[float], interval: Interval | None) -> Mean:
    return Mean(metric=metric, value=sum(values) / len(values) if values else None, n=len(values), interval=interval)


def agreement(folder: Path, passages: Mapping[str, object]) -> str:
    """Return how far a second judge agrees with the first on the questions that both judged."""
    first = {q.id: q for split in ("dev", "test") for q in read_queries(folder, split, passages)}
    second = [q for q in read_queries(folder, "second-judge", passages) if q.id in first]
    shared = sum(len(q.grades.keys() & first[q.id].grades.keys()) for q in second)
    mine, theirs = (sum(len(side.grades) for side in part) for part in ([first[q.id] for q in second], second))
    core = [(q, p) for q in second for p, grade in first[q.id].grades.items() if grade == 2]
    kept = sum(p in q.grades for q, p in core)
    return (
        f"second judge, {len(second)} questions: agreement on relevant passages {2 * shared / (mine + theirs):.2f} "
        f"(F1), {kept} of the first's {len(core)} core passages are relevant to the second"
    )
