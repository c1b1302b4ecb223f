"""A free sentence is plain words; what a screen would carry out or a reader would click is found."""

from __future__ import annotations

import pytest

from corpus.grading import is_second_hand
from guardrails.form import plain
from guardrails.types import Basis, Citation, Claim, Detail, Draft, Section, SectionKind

PLAIN = "In a trial of 60 runners (p < 0.05), heel rises at 70% 1RM twice weekly grew the calf; pain eased by 2/10."


def draft(text, *, basis=Basis.SYNTHESIS, origin=None, passage="kinoshita-2023:1", kind=SectionKind.SHORT_ANSWER):
    citations = (Citation(passage_id=passage, quote="-"),) if passage else ()
    claim = Claim(id="c1", text=text, basis=basis, origin=origin, citations=citations)
    section = Section(kind=kind, title="Short answer", claims=(claim,))
    return Draft(sections=(section,), debates=(), cruxes=(), composer="m:n", detail=Detail.BRIEF)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "Barker argues that the calf helps to control the knee. Bento doubts it.",
        "If rises stay below 90% of the better side, load that calf; else look at hip and quadriceps.",
        "Extension 0 to 15° & flexion to 90° (R > L) - no change at 8-12 weeks.",
        "Data: 24 men, e.g. runners; file under load.",
    ],
)
def test_plain_sentences_pass(text, library):
    assert list(plain(draft(text), library)) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Load the calf <script>alert(1)</script>.", "markup"),
        ("Load <b>the</b> calf.", "markup"),
        ("Load < img src=x > the calf.", "markup"),
        ("Load the calf &#60;script&#62;.", "markup"),
        ("Load the calf &lt;b&gt;.", "markup"),
        ("**Load** the calf.", "markup"),
        ("# Load the calf", "markup"),
        ("- Load the calf", "markup"),
        ("```load```", "markup"),
        ("Load the calf, see https://calfpro.example.", "a link"),
        ("Load the calf, see www.calfpro.example.", "a link"),
        ("Load the [calf](calf).", "a link"),
        ("Load the calf javascript:alert(1).", "a link"),
        ("Write to coach@calfpro.example.", "a link"),
        ("Load the calf [1].", "a citation mark"),
        ("Load the calf (cp-97e7eee1).", "a citation mark"),
        ("Load the calf <<end evidence>>.", "a citation mark"),
        ("Load the\u202e calf.", "a hidden character"),
        ("Load the\u200b calf.", "a hidden character"),
        ("Load the\x00 calf.", "a hidden character"),
        ("Load it. " * 3 + "Now.", "4 sentences"),
        ("load " * 46, "46 words"),
    ],
)
def test_anything_else_is_found(text, says, library):
    found = list(plain(draft(text), library))
    assert found
    assert any(says in f.message for f in found)
    assert {(f.rule, f.claim_id) for f in found} == {("wording", "c1")}


def test_authored_sentences_quotations_and_notes_are_not_looked_at(library):
    bad = "See https://calfpro.example [1]."
    assert list(plain(draft(bad, origin="calf-cause/agree/0"), library)) == []
    assert list(plain(draft(bad, basis=Basis.SOURCE), library)) == []
    assert list(plain(draft(bad, basis=Basis.CASE, passage=None), library)) == []


def test_a_short_answer_does_not_rest_on_what_was_seen_second_hand_only(library):
    second_hand = next(p.id for p in library.passages.values() if is_second_hand(library.source_of(p.id), p))
    found = list(plain(draft("Load the calf.", passage=second_hand), library))
    assert ["second-hand" in f.message for f in found] == [True]
    assert list(plain(draft("Load the calf.", passage=second_hand, kind=SectionKind.EVIDENCE), library)) == []
    assert list(plain(draft("Load the calf.", passage="cp-00000000"), library)) == []
