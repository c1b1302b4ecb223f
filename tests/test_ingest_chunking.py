"""Chunking: passages in order, none overlapping, nothing lost, none too long for the encoder."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encoder import MAX_WORD_PIECES, piece_counter
from corpus.ingest.chunking import MOST_PIECES, MOST_SENTENCES, RESERVED_PIECES, chunk, kept_text, sentence_spans
from corpus.ingest.decoding import tidy
from corpus.ingest.types import Block

COUNT = piece_counter()
WORDS = ["Load", "the", "knee", "(see", "Fig.", "3)", "e.g.", "stairs,", "95%", "“Why?”", "Dr.", "No.", "rest.", "Go!", "10.5",
         "膝", "🦵", "a" * 130, "x" * 900, "et", "al.", "ends.”", "...", "i.e.", "vs."]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
TEXTS = st.one_of(SENTENCES, ANY).map(tidy).filter(bool)
BLOCKS = st.lists(
    st.builds(Block, text=TEXTS, page=st.none() | st.integers(1, 9), is_heading=st.booleans()), max_size=6
)


@settings(max_examples=120, deadline=None)
@given(BLOCKS)
def test_passages_are_in_order_never_overlap_and_hold_every_character_that_is_no_heading(blocks):
    whole, found = kept_text(blocks), chunk(blocks, COUNT)
    assert [whole[c.start : c.end] for c in found] == [c.text for c in found]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    said = "".join(b.text for b in blocks if not b.is_heading)
    assert "".join("".join(c.text for c in found).split()) == "".join(said.split())


@settings(max_examples=120, deadline=None)
@given(BLOCKS)
def test_no_passage_is_longer_than_the_encoder_or_three_sentences_or_empty(blocks):
    for found in chunk(blocks, COUNT):
        assert 0 < COUNT(found.text) <= MOST_PIECES
        assert len(list(sentence_spans(found.text))) <= MOST_SENTENCES
        assert found.text.strip()


def test_what_is_encoded_beside_a_passage_has_room():
    assert MOST_PIECES + RESERVED_PIECES == MAX_WORD_PIECES


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four.", ["One.", "Two!", "Three?", "Four."]),
        ("See Fig. 3 for this. It is by North et al. 2020 and others.", ["See Fig. 3 for this.", "It is by North et al. 2020 and others."]),
        ("Use e.g. Stairs. Then rest.", ["Use e.g. Stairs.", "Then rest."]),
        ("Pain fell by 1.5 points. 12 patients left.", ["Pain fell by 1.5 points.", "12 patients left."]),
        ("He said “Stop.” She went on.", ["He said “Stop.”", "She went on."]),
        ("It fell (p < 0.05). So did this.", ["It fell (p < 0.05).", "So did this."]),
        ("no capital follows. so it goes on", ["no capital follows. so it goes on"]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(text, sentences):
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


def test_a_passage_never_goes_from_one_paragraph_into_the_next():
    blocks = [
        Block(text="One. Two."),
        Block(text="Phase 2", is_heading=True),
        Block(text="Three. Four. Five. Six.", page=2),
    ]
    assert [(c.text, c.page) for c in chunk(blocks, COUNT)] == [
        ("One. Two.", None),
        ("Three. Four. Five.", 2),
        ("Six.", 2),
    ]


def test_a_sentence_without_end_is_cut_between_words():
    found = chunk([Block(text="load the knee " * 3_000)], COUNT)
    assert len(found) > 10
    assert not any(c.text.startswith(" ") or c.text.split()[-1] not in ("load", "the", "knee") for c in found)


def test_the_locator_says_page_and_characters():
    found = chunk([Block(text="One.", page=3), Block(text="Two.")], COUNT)
    assert [c.locator for c in found] == ["page 3, characters 0 to 4", "characters 6 to 10"]
