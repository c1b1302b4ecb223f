"""A result that is told is gone on from: it is not asked for again, and what it settles is said to be settled."""

from __future__ import annotations

import pytest

from assistant.framing import frame
from assistant.screening import screen
from assistant.separating import separated
from assistant.untrusted import Typed
from corpus.library import read_library

LIBRARY = read_library()


def results_of(typed):
    return frame((typed,), LIBRARY).known.get("result", frozenset())


@pytest.mark.parametrize(
    ("typed", "results"),
    [
        ("Calf sore, Wells 0, D-dimer neg this am", {"clot-excluded", "d-dimer-negative"}), ("Wells 3, D-dimer negative", {"d-dimer-negative"}),
        ("swollen calf, doppler clear", {"clot-excluded"}), ("DVT ruled out by duplex", {"clot-excluded"}), ("calf up, duplex normal on the other leg", set()),
        ("calf up, D-dimer not back yet, doppler normal", set()), ("D-dimer awaited", set()), ("D-dimer positive", set()), ("knee scan normal", set()),
        ("MRI clear - no meniscal tear", {"mri-clear"}), ("MRI pending", set()), ("MRI shows a tear, x-ray normal", {"xray-clear"}), ("is the MRI clear?", set()),
        ("squeeze test normal", {"squeeze-normal"}), ("calf squeeze positive", {"squeeze-abnormal"}),
    ],
)  # fmt: skip
def test_what_a_test_showed_is_read(typed, results):
    assert results_of(typed) == results


def clot_in(typed):
    turns = (typed,)
    found = screen(Typed(whole=turns, kept=turns), separated(turns, LIBRARY), frame(turns, LIBRARY), LIBRARY)
    return next((f for f in found.flags if f.pattern == "dvt"), None)


@pytest.mark.parametrize(
    ("typed", "is_cleared"),
    [("50M swollen calf, D-dimer negative and doppler negative, knee OA. Calf raises?", True),
     ("TKR 5/52, calf sore, 3cm diff. Wells 3, D-dimer neg this am. Calf raises?", False),
     ("Calf 4 cm bigger, doppler normal on the other leg. Calf raises?", False)],
)  # fmt: skip
def test_only_a_test_that_excludes_a_clot_clears_one(typed, is_cleared):
    assert clot_in(typed).is_cleared is is_cleared


def test_a_clot_that_was_excluded_is_told_as_such_and_not_screened_for_again(assistant):
    answer = assistant.ask("50M swollen calf, D-dimer negative and doppler negative, knee OA. Calf raises?")
    assert answer.draft.claims[0].text.startswith("As told, a test or a doctor did not find a deep vein thrombosis.")
    assert "clot-screen" not in answer.draft.cruxes
    assert answer.verdict.passed


def test_a_squeeze_that_was_done_is_not_asked_for(assistant):
    answer = assistant.ask("42M heel rise 8 v 25, squeeze test normal, one sided loss. What next?")
    advised = [c.text for s in answer.draft.sections if s.kind.value == "deciding" for c in s.claims]
    assert not any(t.startswith(("Calf squeeze:", "Squeeze,")) for t in advised)
