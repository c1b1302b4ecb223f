"""What mentors write keeps the names of authors it cites, and loses those of patients."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant.desk.authors import cited_authors, surnames
from assistant.desk.sitting import Sitting
from tests.desks import START

AT_HAND = {"citations": [{"source_id": "leppanen-2024"}, {"source_id": "kinoshita-2023"}]}
SAYINGS = (
    "The trial by {n} does not say that.",
    "I disagree with {n} here.",
    "{n} says the opposite: quads first.",
    "Prof {n}'s group found it.",
    "See {n}, and {n}'s table.",
)


@pytest.fixture
def sitting(library):
    knowledge = SimpleNamespace(snapshot=SimpleNamespace(library=library))
    return Sitting(records=None, profile=None, now=lambda: START, knowledge=knowledge)


def kept(sitting, text, document=AT_HAND):
    return sitting.typed(text, "a comment", about=document)


@pytest.mark.parametrize("saying", SAYINGS)
def test_an_author_of_a_source_that_the_answer_cites_is_no_patient(sitting, saying):
    for name in ("Leppänen", "Barker", "Kinoshita"):
        assert kept(sitting, saying.format(n=name)) == saying.format(n=name)


def test_an_author_named_with_the_year_is_kept_whatever_the_answer_cites(sitting, library):
    sources = [s for s in library.sources if s.year and not s.viewpoint and next(iter(surnames(s)), None)]
    lost = []
    for source in sources:
        name = next(iter(surnames(source)))
        for saying in ("{n} {y} disagrees.", "{n} et al. ({y}) disagree.", "I disagree with {n} and Brook, {y}."):
            text = saying.format(n=name, y=source.year)
            lost += [text] * (sitting.typed(text, "a comment") != text)
    assert len(sources) > 300
    assert {text.split(" et ")[0].removeprefix("I disagree with ").split()[0] for text in lost} <= {
        "Schuster"
    }  # of three


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Sarah Miller came back with pain.", "[name] came back with pain."),
        ("Mrs Leppänen came back. The trial by Leppänen says so.", "[name] came back. The trial by [name] says so."),
        ("Sarah Leppänen came back; see Leppänen 2024.", "[name] came back; see [name] 2024."),
        ("Leppänen Virtanen came back; I disagree with Leppänen.", "[name] came back; I disagree with [name]."),
        ("I disagree with Kotsifaki here.", "I disagree with [name] here."),  # not cited, and without a year
        ("Watson, 54F, came back.", "[name], 54F, came back."),
    ],
)
def test_a_patient_of_the_same_or_another_name_still_goes(sitting, typed, left):
    assert kept(sitting, typed) == left


def test_a_given_name_needs_the_year(sitting, library):
    source = next(s for s in library.sources if s.year and "Kim" in surnames(s))
    document = {"citations": [{"source_id": source.id}]}
    assert kept(sitting, "Kim came back.", document) == "[name] came back."
    assert kept(sitting, f"Kim {source.year} disagrees.", document) == f"Kim {source.year} disagrees."


def test_names_of_several_words_are_found_by_the_last(library):
    source = next(s for s in library.sources if "van Mechelen" in surnames(s))
    assert cited_authors("so van Mechelen", library, {source.id}) == {"Mechelen": ""}
