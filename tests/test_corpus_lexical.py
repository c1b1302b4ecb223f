"""Words: stems of content words, scores of what shares one, and a saved index that reads back."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import IndexUnavailableError
from corpus.lexical import LexicalIndex, Tokens
from corpus.terms import Normaliser
from corpus.types import Term

NORMALISER = Normaliser((Term(name="heel rise", synonyms=("calf raise", "slhr")),))
TEXTS = {
    "b:1": "Heel rises load the calf.",
    "a:1": "Heel rises load the calf.",
    "c:1": "The quadriceps extend the knee, and the knee bends.",
    "d:1": "It is what it is.",
}


def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS, NORMALISER)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("The heel rises", ["heel", "rise"]),
        ("SLHR", ["heel", "rise"]),
        ("calf-raises", ["calf", "rais"]),
        ("at 90% <12 weeks", ["90", "12", "week"]),
        ("the of and", []),
        ("", []),
        ("%%% <<< +", []),
        ("\U0001f9b5 \u0645\u0631\u062d\u0628\u0627", ["\u0645\u0631\u062d\u0628\u0627"]),
    ],
)
def test_a_text_is_split_into_the_stems_of_its_content_words(text: str, stems: list[str]):
    assert Tokens(NORMALISER)(text) == stems


@pytest.mark.parametrize("text", ["", "   ", "the of and it", "volleyball", "\0", "\U0001f9b5"])
def test_a_text_that_shares_no_word_scores_nothing(text: str):
    assert index().scores(text) == {}


def test_only_entries_that_share_a_word_are_scored():
    assert set(index().scores("slhr")) == {"a:1", "b:1"}
    assert set(index().scores("knees")) == {"c:1"}
    assert set(index().scores("knee or calf?")) == {"a:1", "b:1", "c:1"}


def test_entries_that_say_the_same_score_the_same():
    scores = index().scores("load the calf")
    assert scores["a:1"] == scores["b:1"] > 0


def test_more_shared_words_score_higher_and_unknown_words_change_nothing():
    one, two = index().scores("calf"), index().scores("calf load")
    assert two["a:1"] > one["a:1"]
    assert index().scores("calf volleyball") == one


def test_scores_do_not_depend_on_the_order_of_entries():
    turned = LexicalIndex.build(dict(reversed(TEXTS.items())), NORMALISER)
    assert turned.ids == index().ids == ("a:1", "b:1", "c:1", "d:1")
    assert turned.scores("calf or knee") == index().scores("calf or knee")


@pytest.mark.parametrize("texts", [{}, {"a:1": ""}, {"a:1": "the", "b:1": "of"}], ids=["none", "empty", "stop words"])
def test_an_index_without_words_scores_nothing_and_reads_back(texts: dict[str, str], tmp_path: Path):
    empty = LexicalIndex.build(texts, NORMALISER)
    assert empty.scores("calf") == {}
    empty.save(tmp_path / "words")
    again = LexicalIndex.load(tmp_path / "words", NORMALISER)
    assert (again.ids, again.scores("calf the")) == (tuple(texts), {})


def test_a_saved_index_scores_as_the_one_that_was_saved(tmp_path: Path):
    index().save(tmp_path / "words")
    again = LexicalIndex.load(tmp_path / "words", NORMALISER)
    assert again.ids == index().ids
    assert again.scores("calf or knee") == index().scores("calf or knee")


PARTS = ("data.csc.index.npy", "ids.json", "indices.csc.index.npy", "indptr.csc.index.npy", "params.index.json")


@pytest.mark.parametrize("damage", ["cut", "empty", "garbage", "a number", "gone"])
@pytest.mark.parametrize("part", [*PARTS, "vocab.index.json"])
def test_a_damaged_index_is_refused_by_name(tmp_path: Path, part: str, damage: str):
    index().save(tmp_path / "words")
    path = tmp_path / "words" / part
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[: len(whole) // 2], "garbage": b"\xff" * 300, "a number": b"5"}.get(damage, b""))
    if damage == "gone":
        path.unlink()
    with pytest.raises(IndexUnavailableError, match="the words in .*words cannot be read"):
        LexicalIndex.load(tmp_path / "words", NORMALISER)


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path):
    with pytest.raises(IndexUnavailableError, match="nowhere cannot be read"):
        LexicalIndex.load(tmp_path / "nowhere", NORMALISER)
