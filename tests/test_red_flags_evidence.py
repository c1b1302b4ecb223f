"""Every red flag of the evidence that was collected for the library stands in it, with the cues that make it urgent."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import corpus
from assistant.framing import frame
from corpus.library import read_library
from corpus.types import Action
from guardrails.red_flags import seen

FILE = Path(corpus.__file__).parents[2] / "shared" / "evidence" / "part3.yaml"
LIBRARY = read_library()


def entries():
    if not FILE.is_file():
        return []
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    listed = data if isinstance(data, list) else next(iter(data.values()))
    return [e for e in listed if e.get("cues")]


ENTRIES = entries()
ESCALATING = [(e["id"], cue) for e in ENTRIES for cue in (e.get("escalate") or {}).get("cues", ())]
with_the_evidence = pytest.mark.skipif(not ENTRIES, reason=f"the evidence is not published with the project: no {FILE}")


def actions(typed: str) -> set[Action]:
    case = frame([typed], LIBRARY)
    return {f.action for f in seen(LIBRARY, case.turns, case.known)}


@with_the_evidence
@pytest.mark.parametrize(("entry", "cue"), ESCALATING)
def test_a_cue_that_escalates_is_an_emergency(entry, cue):
    assert Action.EMERGENCY in actions(cue), entry


@with_the_evidence
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["id"])
def test_each_pattern_is_raised_by_its_cues_together(entry):
    assert actions("; ".join(entry["cues"]))


@with_the_evidence
def test_nine_cues_in_ten_raise_a_pattern_by_themselves():
    """Not all: a cue that is weak, such as a fall onto the knee, counts in combinations only."""
    raised = [bool(actions(cue)) for entry in ENTRIES for cue in entry["cues"]]
    assert sum(raised) >= 0.9 * len(raised)


@with_the_evidence
def test_there_are_as_many_patterns_as_were_collected():
    assert len(ENTRIES) == 50
    assert len(ESCALATING) == 44
