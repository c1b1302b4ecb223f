"""Retrieval against judgements in the BEIR layout: the shipped ranking beside its parts, in one run.

A set is a folder with ``queries.jsonl`` (``_id``, ``text``, optionally ``debate``) and ``qrels/SPLIT.tsv`` (query,
passage, grade). The packaged set is about the library's own passages. ``python -m evals.retrieval`` prints both splits.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.door import Assistant
from corpus.index import collection_of
from corpus.library import Library
from corpus.retriever import Retriever, fuse, ranked, schools_of
from corpus.snapshot import Snapshot
from evals.metrics import Interval, wilson_interval
from evals.ranking import has_all_sides, ndcg_at, paired_interval, recall_at

PACKAGED = Path(__file__).parent / "judged" / "knee"
SPLITS = ("dev", "test")
_CUT, _TOP = 10, 5
_DEPTH = 100
_SEED = 20261130
Ranker = Callable[[Snapshot, str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question of a set, with its graded passages."""

    id: str
    text: str
    debate: str | None
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The metrics of one ranker over a set, a value a query; None where a query has nothing to score."""

    ndcg: Mapping[str, float]
    recall: Mapping[str, float]
    both_sides: Mapping[str, bool]


def read_set(folder: Path, split: str) -> tuple[Query, ...]:
    """Return the judged questions of a split; a question without a relevant passage is left out."""
    grades: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / f"{split}.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            grades.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    return tuple(
        Query(id=q["_id"], text=q["text"], debate=q.get("debate"), grades=grades[q["_id"]])
        for q in asked
        if q["_id"] in grades
    )


def lexical(snapshot: Snapshot, question: str) -> list[str]:
    """Rank by BM25 alone."""
    return ranked(snapshot.passages.scores(snapshot.library.normaliser.expand(question).strip()))


def dense(snapshot: Snapshot, question: str) -> list[str]:
    """Rank by the encoder alone, over all passages at once."""
    vectors = snapshot.encoder.encode([snapshot.library.normaliser.expand(question).strip()])
    groups = (None, *snapshot.library.viewpoint_by_id)
    found = [snapshot.store.nearest(collection_of(v), vectors, _DEPTH)[0] for v in groups]
    return ranked({i: s for part in found for i, s in part.items()})


def fusion(snapshot: Snapshot, question: str) -> list[str]:
    """Rank by reciprocal-rank fusion of the two."""
    return ranked(fuse([dense(snapshot, question)[:_DEPTH], lexical(snapshot, question)[:_DEPTH]]))


def shipped(snapshot: Snapshot, question: str) -> list[str]:
    """Rank as the product does: with what the nearest cruxes cite, and places kept for each school."""
    found = Retriever(snapshot).retrieve([question])
    return [h.passage_id for h in found.ranked(schools_of(found, snapshot.library))]


RANKERS: Mapping[str, Ranker] = {"BM25": lexical, "dense": dense, "fusion": fusion, "shipped": shipped}


def score(ranker: Ranker, queries: Sequence[Query], snapshot: Snapshot) -> Scores:
    """Return the metrics of `ranker` on each of `queries`."""
    ndcg: dict[str, float] = {}
    recall: dict[str, float] = {}
    sides: dict[str, bool] = {}
    for query in queries:
        order = ranker(snapshot, query.text)
        ndcg[query.id] = ndcg_at(_CUT, order, query.grades) or 0.0
        recall[query.id] = recall_at(_CUT, order, query.grades) or 0.0
        both = has_all_sides(_TOP, order, _sides(query, snapshot.library))
        if both is not None:
            sides[query.id] = both
    return Scores(ndcg=ndcg, recall=recall, both_sides=sides)


def _sides(query: Query, library: Library) -> dict[str, set[str]]:
    """Return the relevant passages of each school of the question's debate."""
    debate = library.debate_by_id.get(query.debate or "")
    schools = debate.viewpoints if debate else ()
    return {v: {p for p in query.grades if library.viewpoint_of(p) == v} for v in schools}


def report(queries: Sequence[Query], snapshot: Snapshot) -> list[str]:
    """Return a line a ranker: its means, and for each baseline how far the shipped ranking is ahead, paired."""
    every = {name: score(ranker, queries, snapshot) for name, ranker in RANKERS.items()}
    lines = []
    for name, found in every.items():
        held, n = sum(found.both_sides.values()), len(found.both_sides)
        lines.append(
            f"{name:<8} nDCG@10 {_mean(found.ndcg):.3f}  recall@10 {_mean(found.recall):.3f}  "
            f"both schools in the top 5 {held} of {n}{_percent(wilson_interval(held, n))}"
        )
    for name, found in every.items():
        if name != "shipped":
            gains = [_difference(every["shipped"], found, metric) for metric in ("ndcg", "recall")]
            lines.append(f"shipped less {name}: nDCG@10 {gains[0]}; recall@10 {gains[1]}")
    return lines


def _difference(ours: Scores, theirs: Scores, metric: str) -> str:
    mine, other = getattr(ours, metric), getattr(theirs, metric)
    gaps = [mine[q] - other[q] for q in mine]
    limits = paired_interval(gaps, seed=_SEED)
    mean = sum(gaps) / len(gaps)
    return f"{mean:+.3f} ({limits.low:+.3f} to {limits.high:+.3f})" if limits else f"{mean:+.3f}"


def _mean(values: Mapping[str, float]) -> float:
    return sum(values.values()) / len(values)


def _percent(limits: Interval | None) -> str:
    return f" ({100 * limits.low:.0f} to {100 * limits.high:.0f} %)" if limits else ""


def agreement(folder: Path) -> str:
    """Return how far the second judge agrees with the first on the questions that both judged."""
    first = {q.id: q for split in SPLITS for q in read_set(folder, split)}
    second = [q for q in read_set(folder, "second-judge") if q.id in first]
    shared = sum(len(q.grades.keys() & first[q.id].grades.keys()) for q in second)
    mine, theirs = (sum(len(side.grades) for side in part) for part in ([first[q.id] for q in second], second))
    core = [(q, p) for q in second for p, grade in first[q.id].grades.items() if grade == 2]
    kept = sum(p in q.grades for q, p in core)
    return (
        f"second judge, {len(second)} questions: agreement on relevant passages {2 * shared / (mine + theirs):.2f} "
        f"(F1), {kept} of the first's {len(core)} core passages are relevant to the second"
    )


def main() -> int:
    """Print the figures of each split, and the judges' agreement."""
    snapshot = Assistant().snapshot
    for split in sys.argv[1:] or SPLITS:
        queries = read_set(PACKAGED, split)
        judged = sum(len(q.grades) for q in queries)
        print(f"{split}: {len(queries)} questions, {judged} relevant passages")
        print("\n".join(f"  {line}" for line in report(queries, snapshot)))
    print(agreement(PACKAGED))
    return 0


if __name__ == "__main__":
    sys.exit(main())
