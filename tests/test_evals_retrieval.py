"""Rankings against judgements: the metrics by hand, the packaged set whole, and the shipped ranking's promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import read_library
from corpus.retriever import SCHOOLS_WITHIN, Hit, Retrieved
from evals.beir import read_corpus, read_queries
from evals.rankers import fuse
from evals.ranking import has_all_sides, ndcg_at, paired_interval, recall_at, reciprocal_rank
from evals.retrieval import PACKAGED, agreement

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)
GRADES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 2))


@pytest.mark.parametrize(
    ("ranked", "grades", "expected"),
    [
        (["a", "b"], {"a": 2, "b": 1}, 1.0),
        (["x", "y"], {"a": 1}, 0.0),
        (["x", "a"], {"a": 1}, 0.6309),
        (["b", "a"], {"a": 2, "b": 1}, 0.8597),
        ([], {"a": 1}, 0.0),
    ],
)
def test_discounted_gain_is_a_share_of_the_best_order(ranked, grades, expected):
    assert ndcg_at(10, ranked, grades) == pytest.approx(expected, abs=1e-4)


def test_nothing_judged_gives_no_score():
    assert ndcg_at(10, ["a"], {}) is None
    assert recall_at(10, ["a"], ()) is None
    assert reciprocal_rank(["a"], ()) is None
    assert has_all_sides(5, ["a"], {}) is None
    assert has_all_sides(5, ["a"], {"one": {"a"}, "other": set()}) is None
    assert paired_interval([], seed=1) is None


@given(IDS, GRADES, st.integers(1, 10))
def test_scores_are_shares_and_the_best_order_scores_one(ranked, grades, k):
    for value in (ndcg_at(k, ranked, grades), recall_at(k, ranked, grades), reciprocal_rank(ranked, grades)):
        assert value is None or 0 <= value <= 1
    best = sorted(grades, key=lambda i: -grades[i])
    assert ndcg_at(k, best, grades) in (None, pytest.approx(1.0))


def test_an_interval_of_equal_differences_is_that_difference():
    limits = paired_interval([0.1] * 20, seed=3)
    assert limits is not None
    assert (limits.low, limits.high) == (pytest.approx(0.1), pytest.approx(0.1))


def test_the_packaged_set_about_the_library_holds_150_judged_questions():
    known = read_library().passages
    queries = [q for split in ("dev", "test") for q in read_queries(PACKAGED / "knee", split, known)]
    assert len(queries) >= 150
    assert len({q.id for q in queries}) == len(queries)
    assert all(grade in (1, 2) for q in queries for grade in q.grades.values())


@pytest.mark.parametrize("name", ["two-sides", "clinic-notes"])
def test_the_packaged_sets_of_strangers_passages_are_whole_and_small(name):
    folder = PACKAGED / name
    passages = {d.id: d for d in read_corpus(folder)}
    parts = [read_queries(folder, split, passages) for split in ("dev", "test")]
    assert not {q.id for q in parts[0]} & {q.id for q in parts[1]}
    assert sum(map(len, parts)) >= 60
    assert sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) < 1_000_000


def test_the_judges_agreement_is_told_on_the_questions_that_both_judged():
    said = agreement(PACKAGED / "knee", read_library().passages)
    assert said.startswith("second judge, 38 questions: agreement on relevant passages 0.")


VIEWPOINTS = (None, "north", "south", "east")
HITS = st.lists(st.tuples(st.sampled_from(VIEWPOINTS), st.integers(1, 9)), min_size=1, max_size=20)


def found(pairs) -> Retrieved:
    hits = tuple(
        Hit(passage_id=f"p{n:02}", viewpoint=v, score=s / 10, rank=1, dense=0.5, lexical=0.0)
        for n, (v, s) in enumerate(pairs)
    )
    return Retrieved(hits=hits, cruxes=())


@given(HITS)
def test_each_school_that_was_found_stands_among_the_first_five_and_none_is_lost(pairs):
    made = found(pairs)
    order = made.ranked(("north", "south"))
    assert sorted(h.passage_id for h in order) == sorted(h.passage_id for h in made.hits)
    first = {h.viewpoint for h in order[:SCHOOLS_WITHIN]}
    for school in ("north", "south"):
        assert school in first or all(h.viewpoint != school for h in made.hits)


@given(HITS)
def test_schools_share_evenly_the_places_that_they_hold_and_nobody_else_loses_more_than_that(pairs):
    made = found(pairs)
    plain = [h.viewpoint for h in made.ranked()[:SCHOOLS_WITHIN]]
    first = [h.viewpoint for h in made.ranked(("north", "south"))[:SCHOOLS_WITHIN]]
    share = max(1, -(-sum(v in ("north", "south") for v in plain) // 2))
    everywhere = [h.viewpoint for h in made.hits]
    for school in ("north", "south"):
        held = first.count(school)
        assert (
            held >= min(share, everywhere.count(school)) or first.count("north") + first.count("south") >= 2 * share - 1
        )
    assert len(first) == len(plain)


def test_a_school_is_moved_up_by_its_best_hit_first_and_then_by_its_nearest_in_meaning():
    north = [hit(f"n{n}", "north", score=0.9 - n / 100) for n in range(5)]
    south = [
        hit("s-best", "south", score=0.3),
        hit("s-far", "south", score=0.2),
        hit("s-near", "south", score=0.1, dense=0.9),
    ]
    order = Retrieved(hits=(*north, *south), cruxes=()).ranked(("north", "south"))
    assert {h.passage_id for h in order[:SCHOOLS_WITHIN]} == {"n0", "n1", "n2", "s-best", "s-near"}


def hit(passage_id, viewpoint, *, score, dense=0.5) -> Hit:
    return Hit(passage_id=passage_id, viewpoint=viewpoint, score=score, rank=1, dense=dense, lexical=0.0)


@given(HITS)
def test_without_schools_the_order_is_by_score(pairs):
    order = found(pairs).ranked()
    assert [(-h.score, h.passage_id) for h in order] == sorted((-h.score, h.passage_id) for h in order)


@pytest.mark.parametrize(
    ("rankings", "expected"),
    [
        ([], {}),
        ([[]], {}),
        ([["a"]], {"a": 1 / 61}),
        ([["a", "b"]], {"a": 1 / 61, "b": 1 / 62}),
        ([["a", "b"], ["b", "a"]], {"a": 1 / 61 + 1 / 62, "b": 1 / 62 + 1 / 61}),
        ([["a", "b", "c"], ["c"]], {"a": 1 / 61, "b": 1 / 62, "c": 1 / 63 + 1 / 61}),
    ],
)
def test_fusion_adds_one_over_sixty_and_the_rank(rankings: list[list[str]], expected: dict[str, float]) -> None:
    assert fuse(rankings) == pytest.approx(expected)
