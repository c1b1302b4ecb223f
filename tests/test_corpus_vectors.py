"""Vectors in a real Chroma: exact, independent of order, and every refusal an error of ours."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import chromadb
import numpy as np
import pytest

from corpus.encoder import Vectors
from corpus.errors import IndexUnavailableError
from corpus.vectors import VectorStore

IDS = [f"p:{n}" for n in range(200)]


def unit_rows(count: int, seed: int = 20261121) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, 32)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


ROWS = unit_rows(200)
QUERIES = unit_rows(20, seed=1)


def test_what_is_nearest_is_exact_to_four_places(tmp_path: Path):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("passages-x", IDS, ROWS)
        found = store.nearest("passages-x", QUERIES, 5)
    cosines = QUERIES @ ROWS.T
    for row, hits in zip(cosines, found, strict=True):
        best = sorted(row, reverse=True)[:5]
        assert sorted(hits.values(), reverse=True) == pytest.approx(best, abs=1e-4)
        assert all(hits[i] == pytest.approx(row[IDS.index(i)], abs=1e-4) for i in hits)


def test_what_is_nearest_does_not_depend_on_the_order_of_adding(tmp_path: Path):
    with closing(VectorStore(tmp_path / "a")) as one, closing(VectorStore(tmp_path / "b")) as other:
        one.add("x-y", IDS, ROWS)
        other.add("x-y", IDS[::-1], ROWS[::-1])
        assert one.nearest("x-y", QUERIES, 40) == other.nearest("x-y", QUERIES, 40)


def test_a_store_reads_back_what_it_held(tmp_path: Path):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("x-y", IDS, ROWS)
        store.add("asks", IDS[:3], ROWS[:3])
        before = store.nearest("x-y", QUERIES, 40)
    with closing(VectorStore(tmp_path / "v")) as store:
        assert store.counts() == {"x-y": 200, "asks": 3}
        assert store.nearest("x-y", QUERIES, 40) == before


def test_closing_one_of_two_readers_of_a_folder_leaves_the_other_working(tmp_path: Path):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("x-y", IDS, ROWS)
        VectorStore(tmp_path / "v").close()
        assert len(store.nearest("x-y", QUERIES, 3)) == 20
        assert store.counts() == {"x-y": 200}


def test_the_nearest_of_several_collections_is_what_the_search_of_each_finds(tmp_path: Path):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("x-a", IDS[:90], ROWS[:90])
        store.add("x-b", IDS[90:], ROWS[90:])
        store.add("x-none", [], ROWS[:0])
        found = [store.nearest(name, QUERIES, 1) for name in ("x-a", "x-b")]
        best = [max(max(rows[n].values()) for rows in found) for n in range(len(QUERIES))]
        assert store.nearness(["x-a", "x-b", "x-none"], QUERIES) == pytest.approx(best, abs=1e-4)
        assert store.nearness(["x-none"], QUERIES[:2]) == (0.0, 0.0)
        with pytest.raises(IndexUnavailableError):
            store.nearness(["x-missing"], QUERIES)


def test_asking_for_more_than_there_is_gives_all_there_is(tmp_path: Path):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("x-y", IDS[:7], ROWS[:7])
        assert set(store.nearest("x-y", QUERIES[:1], 40)[0]) == set(IDS[:7])


def test_a_collection_without_entries_is_there_and_finds_nothing(tmp_path: Path):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("x-y", [], ROWS[:0])
        assert store.counts() == {"x-y": 0}
        assert store.nearest("x-y", QUERIES[:2], 5) == [{}, {}]


def test_the_same_id_is_held_once_with_its_last_vector(tmp_path: Path):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("x-y", ["p:1"], ROWS[:1])
        store.add("x-y", ["p:1"], ROWS[1:2])
        assert store.counts() == {"x-y": 1}
        assert store.nearest("x-y", ROWS[1:2], 1) == [{"p:1": 1.0}]


@pytest.mark.parametrize(
    ("name", "queries", "said"),
    [
        ("gone", QUERIES[:1], "the collection 'gone' cannot be read: .*does not exist"),
        ("x-y", QUERIES[:1, :5], "the collection 'x-y' cannot be read: .*dimension"),
        ("x-y", QUERIES[:0], "the collection 'x-y' cannot be read"),
    ],
)
def test_what_cannot_be_looked_up_is_refused_by_name(tmp_path: Path, name: str, queries: Vectors, said: str):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("x-y", IDS, ROWS)
        with pytest.raises(IndexUnavailableError, match=said):
            store.nearest(name, queries, 3)


def test_a_collection_that_measures_otherwise_is_refused(tmp_path: Path):
    client = chromadb.PersistentClient(path=str(tmp_path / "v"))
    client.create_collection("x-y", embedding_function=None, configuration={"hnsw": {"space": "l2"}})
    client.close()  # type: ignore[attr-defined]
    with closing(VectorStore(tmp_path / "v")) as store, pytest.raises(IndexUnavailableError, match="cosine"):
        store.nearest("x-y", QUERIES[:1], 3)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("damage", ["cut", "garbage"])
def test_a_damaged_store_is_refused_at_every_opening(tmp_path: Path, damage: str, times: int):
    with closing(VectorStore(tmp_path / "v")) as store:
        store.add("x-y", IDS, ROWS)
    path = tmp_path / "v" / "chroma.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"\xff" * len(whole))
    for _ in range(times):
        with pytest.raises(IndexUnavailableError, match="the vectors in .* cannot be opened"):
            VectorStore(tmp_path / "v")


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path, folder: str):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnavailableError, match="cannot be opened"):
        VectorStore(tmp_path / folder)
