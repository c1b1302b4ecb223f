"""What is said of an answer itself is known word for word; one word more, and it is a model's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guardrails.notes import ON_NOTICE, OTHER_SIDE, WRITTEN, elsewhere, is_own_note, one_side
from guardrails.types import Basis, Case, Citation, Claim, Intent

CASE = Case(
    turns=("calf?",),
    asked="calf?",
    intent=Intent.POLAR,
    facts=(),
    notes=("Set aside by you: possible clot (scanned clear).",),
)


def note(text):
    return Claim(id="c1", text=text, basis=Basis.CASE)


def known(library):
    crux = library.cruxes[0]
    return [
        WRITTEN,
        *CASE.notes,
        *ON_NOTICE.values(),
        one_side(OTHER_SIDE),
        one_side("Bento"),
        one_side("Barker and Bento"),
        elsewhere(library.debate_by_id[crux.debate].title, crux.question),
    ]


def test_each_line_of_the_assistants_own_is_known(library):
    assert all(is_own_note(note(text), CASE, library) for text in known(library))


def test_one_word_more_is_not(library):
    for text in known(library):
        assert not is_own_note(note(text + " Buy it."), CASE, library)
        assert not is_own_note(note("Buy it. " + text), CASE, library)


@pytest.mark.parametrize(
    "text", [one_side("CalfPro"), one_side("Bento and CalfPro"), one_side(""), elsewhere("Calves", "Which?")]
)
def test_a_slot_filled_by_what_the_library_has_not_is_not(library, text):
    assert not is_own_note(note(text), CASE, library)


def test_a_line_that_cites_or_has_an_address_or_another_basis_is_not_a_note(library):
    cites = replace(note(WRITTEN), citations=(Citation(passage_id="x:1", quote=""),))
    others = (cites, replace(note(WRITTEN), origin="x/y/0"), replace(note(WRITTEN), basis=Basis.SYNTHESIS))
    assert not [c for c in others if is_own_note(c, CASE, library)]
