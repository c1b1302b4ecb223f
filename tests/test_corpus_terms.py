"""Shorthand spelt out: longest synonym first, whole words only, apostrophes and hyphens as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.terms import Normaliser, plain
from corpus.types import Term
from tests.test_corpus_small import packaged_library

NORMALISER = Normaliser(
    (
        Term(name="patellofemoral pain", synonyms=("pfp", "pfps", "runner's knee", "knee-cap pain")),
        Term(name="knee pain", synonyms=("sore knee",)),
        Term(name="single-leg heel rise", synonyms=("heel rise", "slhr", "single leg calf raise")),
        Term(name="calf raise", synonyms=("raise",)),
        Term(name="x.y", synonyms=("a+b", "r/o")),
    )
)


@pytest.mark.parametrize(
    ("typed", "expanded"),
    [
        ("PFP", "patellofemoral pain"),
        ("pfps", "patellofemoral pain"),
        ("runner's knee", "patellofemoral pain"),
        ("Runner\u2019s knee", "patellofemoral pain"),
        ("runner`s knee", "patellofemoral pain"),
        ("runners knee", "patellofemoral pain"),
        ("runners-knee", "patellofemoral pain"),
        ("runners  \n knee", "patellofemoral pain"),
        ("knee cap pain", "patellofemoral pain"),
        ("single-leg calf raise", "single-leg heel rise"),
        ("calf raise", "calf calf raise"),
        ("sore knee, PFP and SLHR.", "knee pain, patellofemoral pain and single-leg heel rise."),
        ("\uff30\uff26\uff30", "patellofemoral pain"),
        ("a+b", "x.y"),
        ("r/o", "x.y"),
        ("aab", "aab"),
        ("", ""),
    ],
)
def test_shorthand_is_replaced_by_the_name_of_its_term(typed: str, expanded: str):
    assert NORMALISER.expand(typed) == expanded


@pytest.mark.parametrize("typed", ["pfpx", "xpfp", "pfp2", "_pfp", "praise", "raises", "sore knees", "runner knee"])
def test_a_synonym_inside_another_word_is_left_alone(typed: str):
    assert NORMALISER.expand(typed) == typed


@pytest.mark.parametrize("typed", ["(pfp)", "pfp,", "'pfp'", "pfp?", "acute/pfp", "pfp-like"])
def test_punctuation_beside_a_synonym_does_not_hide_it(typed: str):
    assert "patellofemoral pain" in NORMALISER.expand(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Pain 3.5/10 at 90%, left>right.", ("pain", "3.5", "10", "at", "90%", "left>right")),
        ("6/52", ("6", "52")),
        ("Ends. Starts", ("ends", "starts")),
        ("v1.2 e.g.", ("v1.2", "e", "g")),
        ("heel-rise", ("single", "leg", "heel", "rise")),
        ("<18 + fit!", ("<18", "+", "fit")),
        ("\u202eabc \U0001f9b5", ("abc",)),
        ("...", ()),
    ],
)
def test_words_are_split_with_numbers_whole_and_punctuation_dropped(typed: str, words: tuple[str, ...]):
    assert NORMALISER.words(typed) == words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("Knee's", "knees"), ("'quoted'", "'quoted'"), ("\ufb01t", "fit"), ("\u00bd", "1\u20442"), ("A\u00a0B", "a b")],
)
def test_plain_text_is_lower_case_compatible_and_without_apostrophes_inside_words(typed: str, expected: str):
    assert plain(typed) == expected


def test_without_terms_a_text_only_becomes_plain():
    assert Normaliser(()).expand("PFP isn't it") == "pfp isnt it"


@given(st.text(max_size=200))
def test_any_text_can_be_expanded_and_split(text: str):
    assert all(word and not word.isspace() for word in NORMALISER.words(text))


def test_a_hundred_kilobytes_of_gaps_are_expanded_at_once():
    text = "single" + " -" * 50_000
    assert NORMALISER.expand(text) == text


def test_each_name_of_the_packaged_terms_expands_to_itself():
    library = packaged_library()
    changed = {t.name: library.normaliser.expand(t.name) for t in library.terms}
    assert {n: e for n, e in changed.items() if e != plain(n)} == {}


def test_each_synonym_of_the_packaged_terms_reads_as_its_name():
    library = packaged_library()
    words = library.normaliser.words
    lost = {(t.name, s): words(s) for t in library.terms for s in t.synonyms if words(s) != words(t.name)}
    assert lost == {}
