"""How many answers rest on a source, and what goes when a document is taken off the shelf."""

from __future__ import annotations

import pytest

from assistant.desk import NotAllowedError
from assistant.records.store import Records
from tests.desks import Clinic, an_answer


@pytest.fixture
def clinic(tmp_path):
    with Records(tmp_path) as records:
        yield Clinic(records)


def test_answers_are_counted_once_for_each_source_they_cite(clinic):
    for number in (1, 2):
        clinic.ben.keep(an_answer(number), {}, conversation=None)
    other = an_answer(3)
    other["citations"] = [{**other["citations"][0], "number": n} for n in (1, 2)]
    clinic.cem.keep(other, {}, conversation=None)
    assert clinic.nobody.answers_by_source() == {"leppanen-2024": 3, "barker-calf-rehab": 2, "bento-chain": 2}


def test_only_a_mentor_makes_answers_go_with_their_source(clinic):
    clinic.ben.keep(an_answer(1), {}, conversation=None)
    for desk in (clinic.ben, clinic.nobody):
        with pytest.raises(NotAllowedError, match="only a mentor can change the library"):
            desk.forget_source("leppanen-2024")
        with pytest.raises(NotAllowedError, match="only a mentor"):
            desk.check_changing_library()
    assert clinic.ana.forget_source("leppanen-2024") == 1
    assert clinic.nobody.answers_by_source() == {}
