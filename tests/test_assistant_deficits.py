"""Muscles said to fall short, in the shorthand of a note."""

from __future__ import annotations

import pytest

from assistant.framing import frame
from corpus.library import read_library

LIBRARY = read_library()
READ = {
    "27F PFP, hip abd HHD weak 20%, quads symmetrical: hips or quads first?": {"hip.lsi": 80, "quads_deficit": False},
    "hip abd 20% weaker on the R, quads fine": {"hip.lsi": 80, "quads_deficit": False},
    "hip abductors 20% deficit": {"hip.lsi": 80},
    "hip abd 20% weaker, quads equal": {"hip.lsi": 80, "quads_deficit": False},
    "30% loss of quads on dynamometry": {"quads.lsi": 70},
    "quads 15% down, hips normal": {"quads.lsi": 85, "hip_deficit": False},
    "glutes weak, quads equal": {"hip_deficit": True, "quads_deficit": False},
    "weak hips in a runner": {"hip_deficit": True},
    "VMO wasted": {"quads_deficit": True},
    "quads not weak": {"quads_deficit": False},
    "no quads weakness": {"quads_deficit": False},
    # a symmetry stays one, a load is neither, and a question tells nothing
    "quads LSI 70%": {"quads.lsi": 70},
    "hip abd LSI 80": {"hip.lsi": 80},
    "quads at 85% of 1RM": {},
    "Are weak hips the cause?": {},
    "Does 20% quads weakness matter?": {},
}


@pytest.mark.parametrize("typed", READ)
def test_how_far_a_muscle_falls_short_is_read(typed):
    known = frame([typed], LIBRARY).known
    assert {n: v for n, v in known.items() if n.partition(".")[0].removesuffix("_deficit") in ("hip", "quads")} == READ[
        typed
    ]


@pytest.mark.parametrize("typed", ["knee valgus on single leg squat", "SLS: valgus", "pelvic drop on step down"])
def test_a_collapse_on_one_leg_is_a_poor_step_down(typed):
    assert frame([typed], LIBRARY).known["step_down"] == "poor"
