"""What is credited to a school stands in that school's own passage."""

from __future__ import annotations

import pytest

from guardrails.types import Basis, Citation, Claim, SectionKind
from tests.test_guardrails_policy import (
    ANSWERS,
    CALF,
    CHAIN,
    DEBATES,
    FULL,
    Drafted,
    drafted,
    exchanged,
    messages,
    quote,
)

BARKER, BENTO, TRIAL = "barker-calf-rehab:30", "bento-kinetic-chain:5b", "neal-2019:1"
OTHER = {CALF: CHAIN, CHAIN: CALF}
SURNAME = {CALF: "Barker", CHAIN: "Bento"}


def attribution(answer: Drafted) -> list[str]:
    """Return the messages of this rule alone."""
    return [f.message for f in answer.verdict.findings if f.rule == "attribution"]


@pytest.mark.parametrize("name", ANSWERS)
def test_citations_swapped_between_the_schools_are_found_on_both_sides(name):
    answer = drafted(name)
    one, other = answer.view(CALF).claims[0], answer.view(CHAIN).claims[0]
    said = messages(exchanged(answer, one, other), "attribution")
    assert "stands under Barker and cites Bento" in said
    assert "stands under Bento and cites Barker" in said


@pytest.mark.parametrize("school", [CALF, CHAIN])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_claim_moved_into_the_other_schools_section_is_found(name, school):
    answer = drafted(name)
    moved = answer.view(school).claims[0]
    answer = answer.with_section(answer.view(school), claims=answer.view(school).claims[1:])
    said = messages(answer.with_added(answer.view(OTHER[school]), moved), "attribution")
    assert f"stands under {SURNAME[OTHER[school]]} and cites {SURNAME[school]}: {moved.text}" in said


@pytest.mark.parametrize("name", DEBATES)
def test_the_names_of_the_authors_exchanged_in_a_claim_are_found(name):
    answer = drafted(name)
    claim = answer.claim(lambda c: "Barker" in c.text and "Bento" not in c.text and bool(c.citations))
    said = messages(answer.with_claim(claim, text=claim.text.replace("Barker", "Bento")), "attribution")
    assert "names Bento and cites no passage of Bento's" in said


@pytest.mark.parametrize("name", DEBATES)
def test_a_schools_claim_that_cites_only_a_study_is_not_its_own(name):
    answer = drafted(name)
    claim = answer.view(CALF).claims[0]
    said = messages(answer.with_claim(claim, citations=(quote(TRIAL),)), "attribution")
    assert f"stands under Barker without a passage of that school: {claim.text}" in said


@pytest.mark.parametrize("school", [CALF, CHAIN])
@pytest.mark.parametrize("name", ANSWERS)
def test_the_headings_of_the_two_views_cannot_be_exchanged(name, school):
    answer = drafted(name)
    title = answer.view(OTHER[school]).title
    said = messages(answer.with_section(answer.view(school), title=title), "attribution")
    assert f"the heading of {SURNAME[school]}'s view is not {SURNAME[school]}" in said


@pytest.mark.parametrize(
    "title",
    [
        "",
        "What Barker shows",
        "Calf-focused (Barker): strong evidence, three trials",
        "Calf-focused (Barker, agreed by Bento): opinion, one author, one client, no trial",
        "Calf-focused: opinion, one author, one client, no trial",
    ],
)
def test_a_heading_that_hides_the_author_or_the_weight_is_found(title):
    answer = drafted("debate, brief")
    assert "the heading of Barker's view" in messages(
        answer.with_section(answer.view(CALF), title=title), "attribution"
    )


@pytest.mark.parametrize("school", [None, "calf", "", "knee-first"])
def test_a_view_of_no_known_school_is_found(school):
    answer = drafted("debate, brief")
    study = Claim(id="c99", text="Calves matter.", basis=Basis.SYNTHESIS, citations=(quote(TRIAL),))
    changed = answer.with_section(answer.view(CALF), viewpoint=school, claims=(study,))
    assert "a section stands under no school of the library" in messages(changed, "attribution")


# text, what it cites, what is found
NAMING = [
    ("Barker holds that calves matter.", (BARKER,), None),
    ("Barker holds that calves matter.", (BENTO,), "names Barker"),
    ("Barker holds that calves matter.", (TRIAL,), "names Barker"),
    ("BARKER holds that calves matter.", (BENTO,), "names Barker"),
    ("barker's calves matter.", (BENTO,), "names Barker"),
    ("Barker's calves matter.", (BENTO,), "names Barker"),
    ("Against Bento, Barker holds that calves matter.", (BARKER,), "names Bento"),
    ("Against Bento, Barker holds that calves matter.", (BARKER, BENTO), None),
    ("Unlike Barker, the trials found little.", (TRIAL,), "names Barker"),
    ("Barkers calves matter.", (BENTO,), None),
    ("Calves matter.", (TRIAL,), None),
    ("Barker holds that calves matter.", ("nobody:1",), "names Barker"),
]


@pytest.mark.parametrize(("text", "cites", "expected"), NAMING)
def test_a_claim_that_names_an_author_cites_that_author(text, cites, expected):
    answer = drafted("debate, brief")
    citations = tuple(quote(p) if p in answer.library.passages else Citation(passage_id=p, quote="") for p in cites)
    claim = Claim(id="c99", text=text, basis=Basis.SYNTHESIS, citations=citations)
    found = attribution(answer.with_added(answer.section(SectionKind.SHORT_ANSWER), claim))
    assert [m.split(" and ")[0] for m in found] == ([expected] if expected else [])


# a line that cites nothing, and whether it puts words in an author's mouth
UNCITED = [
    ("Barker is shown as well, so that you decide on the whole picture.", None),
    ("Barker says that calves cure knees.", "Barker"),
    ("And Barker also argues that calves cure knees.", "Barker"),
    ("Here Bento has shown the opposite. Right?", None),
    ("Here Bento showed the opposite. Right?", "Bento"),
    ("bento concedes the point.", "Bento"),
    ("What do Barker and Bento say about it?", None),
    ("It can answer: what does Barker say?", None),
    ("You wrote: \u201cBarker says that calves cure knees\u201d.", None),
    ("You wrote: \u201cBarker says\u201d and Bento agrees.", "Bento"),
    ("You wrote: \u201cBarker says that calves cure", None),
    ("Not stated: the side.", None),
]


@pytest.mark.parametrize(("text", "author"), UNCITED)
def test_a_line_that_cites_nothing_puts_no_words_in_an_authors_mouth(text, author):
    answer = drafted("leading, brief")
    note = Claim(id="c99", text=text, basis=Basis.CASE)
    found = attribution(answer.with_added(answer.section(SectionKind.NOTE), note))
    assert found == ([f"says what {author} says and cites nothing: {text}"] if author else [])


@pytest.mark.parametrize("name", FULL)
def test_an_unknown_passage_belongs_to_no_school(name):
    answer = drafted(name)
    claim = answer.view(CHAIN).claims[0]
    invented = answer.with_claim(claim, citations=(Citation(passage_id="bento-kinetic-chain:99", quote="x"),))
    assert "stands under Bento without a passage of that school" in messages(invented, "attribution")
