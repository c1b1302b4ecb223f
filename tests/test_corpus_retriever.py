"""Retrieval: fused ranks, a quota that each school always fills, ties by id, and no heavy import to ask."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from assistant.door import Assistant
from corpus.asks import AskIndex, ask_texts
from corpus.generation import collection_of, passage_text
from corpus.index import read_pointer
from corpus.lexical import LexicalIndex
from corpus.retriever import EVIDENCE_QUOTA, VIEWPOINT_QUOTA, Retriever, ranked
from corpus.snapshot import Snapshot, open_snapshot
from corpus.vectors import VectorStore
from tests.test_corpus_small import SmallSettings, small_index

ROOT = Path(corpus.__file__).parents[1]
QUESTIONS = [
    "Does cold water help a sore knee?",
    "is warmth better than ice",
    "Only cite North: ice baths?",
    "SLHR 11 v 20",
    "meal diary",
    "a question about the price of tea",
    "calf",
    "\U0001f9b5",
    "?",
    "knee " * 3000,
]


@pytest.fixture(scope="module")
def settings(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> SmallSettings:
    return small_index(assistant, tmp_path_factory.mktemp("retriever"))


@pytest.fixture(scope="module")
def snapshot(settings: SmallSettings) -> Iterator[Snapshot]:
    pointer = read_pointer(settings)
    assert pointer is not None
    opened = open_snapshot(settings, pointer)
    yield opened
    opened.store.close()


@pytest.mark.parametrize("question", QUESTIONS, ids=[q[:20] for q in QUESTIONS])
def test_each_school_and_the_evidence_fill_their_quota_on_every_question(snapshot: Snapshot, question: str):
    hits = Retriever(snapshot).retrieve([question]).hits
    held = {v: [h for h in hits if h.viewpoint == v] for v in (None, "north", "south")}
    assert {v: len(h) for v, h in held.items()} == {
        None: EVIDENCE_QUOTA,
        "north": VIEWPOINT_QUOTA,
        "south": VIEWPOINT_QUOTA,
    }
    for viewpoint, group in held.items():
        assert [h.rank for h in group] == list(range(1, len(group) + 1))
        assert [(-h.score, h.passage_id) for h in group] == sorted((-h.score, h.passage_id) for h in group)
        assert all(snapshot.library.viewpoint_of(h.passage_id) == viewpoint for h in group)


def test_a_group_with_fewer_passages_than_its_quota_gives_all_it_has(snapshot: Snapshot, tmp_path: Path):
    few = without(snapshot, tmp_path, {f"south-book:{n}" for n in range(3, 9)})
    hits = Retriever(few).retrieve(["does warm water help?"]).hits
    assert {h.passage_id for h in hits if h.viewpoint == "south"} == {"south-book:1", "south-book:2"}
    few.store.close()


def test_a_school_without_a_passage_has_no_hits_and_the_others_keep_theirs(snapshot: Snapshot, tmp_path: Path):
    none = without(snapshot, tmp_path, {f"south-book:{n}" for n in range(1, 9)})
    hits = Retriever(none).retrieve(["does warm water help?"]).hits
    assert {v: len([h for h in hits if h.viewpoint == v]) for v in (None, "north", "south")} == {
        None: 10,
        "north": 6,
        "south": 0,
    }
    none.store.close()


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Does cold water help swimmers with knee pain?", "evidence-a:1"),
        ("heavy meal", "north-book:7"),
        ("her grandmother and the springs", "south-book:5"),
        ("SLHR", "evidence-b:3"),
    ],
)
def test_the_passage_that_speaks_to_the_question_comes_first_in_its_group(
    snapshot: Snapshot, question: str, passage: str
):
    hits = Retriever(snapshot).retrieve([question]).hits
    assert passage in [h.passage_id for h in hits if h.rank == 1]


def test_a_crux_is_found_by_each_of_its_phrasings_almost_surely(snapshot: Snapshot):
    crux = snapshot.library.cruxes[0]
    for text in ask_texts(crux).values():
        found = Retriever(snapshot).retrieve([text]).cruxes
        assert [c.crux_id for c in found] == ["cold-knee"]
        assert 0.7 < found[0].score <= 1
    assert Retriever(snapshot).retrieve(["the price of tea"]).cruxes[0].score < 0.4


def test_a_crux_found_by_the_phrasing_of_a_point_names_the_point(snapshot: Snapshot):
    of_point, of_crux = (
        Retriever(snapshot).retrieve([q]).cruxes[0] for q in ("How long should an ice bath last?", "Does ice work?")
    )
    assert of_point.points == ((0, of_point.score),)
    assert of_point.own_score < of_point.score
    assert of_crux.own_score == of_crux.score > of_crux.points[0][1]


def test_the_same_question_finds_the_same_and_saying_it_twice_changes_nothing(snapshot: Snapshot):
    retriever = Retriever(snapshot)
    for question in QUESTIONS:
        assert retriever.retrieve([question]) == retriever.retrieve([question]) == retriever.retrieve([question] * 3)


def test_a_second_wording_can_only_add_to_what_a_passage_scores(snapshot: Snapshot):
    one = {h.passage_id: h.score for h in Retriever(snapshot).retrieve([QUESTIONS[0]]).hits}
    two = {h.passage_id: h.score for h in Retriever(snapshot).retrieve(QUESTIONS[:2]).hits}
    assert all(two[i] >= one[i] for i in one.keys() & two.keys())


def test_passages_inserted_in_reverse_order_give_the_same_retrieval(assistant: Assistant, tmp_path: Path):
    snapshot = assistant.snapshot
    turned = reinserted(snapshot, tmp_path / "turned", set())
    questions = [c.question for c in snapshot.library.cruxes] + QUESTIONS
    for question in questions:
        assert Retriever(turned).retrieve([question]) == Retriever(snapshot).retrieve([question])
    turned.store.close()


def without(snapshot: Snapshot, folder: Path, left_out: set[str]) -> Snapshot:
    return reinserted(snapshot, folder / "vectors", left_out)


def reinserted(snapshot: Snapshot, folder: Path, left_out: set[str]) -> Snapshot:
    """Return the snapshot with its entries put in again, the last first, some left out; nothing is encoded."""
    library = snapshot.library
    passages = {i: passage_text(library.source_of(i), p) for i, p in library.passages.items() if i not in left_out}
    asks = {i: t for c in library.cruxes for i, t in ask_texts(c).items()}
    store = VectorStore(folder)
    groups = {collection_of(v): v for v in (None, *(v.id for v in library.viewpoints))}
    for name, viewpoint in groups.items():
        texts = {i: t for i, t in passages.items() if library.viewpoint_of(i) == viewpoint}
        kept = snapshot.store._collection(name).get(include=["embeddings"])
        vectors = dict(zip(kept["ids"], kept["embeddings"] if kept["embeddings"] is not None else (), strict=True))
        ids = sorted(texts, reverse=True)
        for start in range(0, len(ids), 50):
            part = ids[start : start + 50]
            store.add(name, part, np.array([vectors[i] for i in part], dtype=np.float32))
        if not ids:
            store.add(name, [], np.zeros((0, 384), dtype=np.float32))
    rows = {asks[i]: v for i, v in zip(snapshot.asks.ids, snapshot.asks._vectors, strict=True)}
    return replace(
        snapshot,
        store=store,
        passages=LexicalIndex.build(dict(reversed(passages.items())), library.normaliser),
        asks=AskIndex.build(library.cruxes[::-1], rows, library.normaliser),
    )


@pytest.mark.parametrize(
    ("scores", "order"),
    [
        ({}, []),
        ({"b": 1.0, "a": 1.0, "c": 1.0}, ["a", "b", "c"]),
        ({"b": 0.5, "a": 0.5, "c": 1.0}, ["c", "a", "b"]),
        ({"x:10": 1.0, "x:9": 1.0}, ["x:10", "x:9"]),
    ],
)
def test_ids_are_ranked_by_falling_score_and_ties_by_id(scores: dict[str, float], order: list[str]):
    assert ranked(scores) == order


@given(st.dictionaries(st.text("abc:1", min_size=1, max_size=4), st.sampled_from([0.0, 0.5, 1.0])), st.randoms())
def test_a_ranking_does_not_depend_on_the_order_of_the_scores(scores: dict[str, float], rng):
    items = list(scores.items())
    rng.shuffle(items)
    assert ranked(dict(items)) == ranked(scores)


HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "onnx",
    "onnxscript",
    "gradio",
    "langchain",
    "langchain_core",
)
ASK = f"""
import sys
from pathlib import Path
from tests.test_corpus_small import SmallSettings
before = set(sys.modules)
from corpus.retriever import Retriever
from corpus.snapshot import SnapshotHolder
holder = SnapshotHolder(SmallSettings(home=Path(sys.argv[1])), print)
found = Retriever(holder.snapshot()).retrieve(["does cold water help?"])
assert len(found.hits) == 22 and found.cruxes, found
print(sorted(set({HEAVY}) & set(sys.modules)))
"""


def test_asking_imports_neither_torch_nor_what_stands_on_it(settings: SmallSettings):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ASK, str(settings.home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.stdout, done.returncode) == ("", "[]\n", 0)
