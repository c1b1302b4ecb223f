"""What is promised of a treatment stands in a passage, also where the outcome is named in the case's own words."""

from __future__ import annotations

import pytest

from guardrails.freetext.verdict import judged
from tests.test_guardrails_policy import is_plain, packaged

CASE = "34F runner, anterior knee pain on stairs, wants to get back to running and football, stiff, sleeps badly"
HEEL_RISES, STEP_RATE, HIP, LADDER = "hebert-losier-2017:1", "heiderscheit-2011:1", "ferber-2015:1", "osgood-activity-strength:1"  # fmt: skip


def promises(text, *cited):
    """Return what is found of promises in a sentence about the patient of `CASE`."""
    faults = [f.why for f in judged(text, cited, packaged(), case_words=CASE).faults if f.why.startswith("promises")]
    assert all(is_plain(f"{why}: {text}") for why in faults)
    return " | ".join(faults)


PROMISED = [
    ("Once the counts match, her knee pain will settle and she will be back to running.", HEEL_RISES, "pain, return, running"),
    ("A higher step rate will let her climb stairs.", STEP_RATE, "climb, stairs"),
    ("Raising step rate gets her back to football.", STEP_RATE, "football"),
    ("A higher step rate eases stair pain.", STEP_RATE, "stairs, pain"),
    ("Six weeks of hip and core work should have her able to run.", HIP, "run"),
    ("Heel rises make the stairs easier.", HEEL_RISES, "stairs"),
    ("Lead with the hip and the pain will clear up and stay away.", HIP, "a cure"),
    ("Knee strengthening cures the pain.", HIP, "a cure"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cited", "what"), PROMISED)
def test_an_outcome_that_no_passage_has_is_not_promised_in_the_cases_own_words(text, cited, what):
    assert what in promises(text, cited)


TOLD = [
    ("For this runner with stair pain, hip-and-core work reduced pain and improved function in six weeks.", HIP),
    ("If she wants to get back to running, count heel rises first.", HEEL_RISES),
    ("She runs and has pain on stairs, so count heel rises on both sides.", HEEL_RISES),
    ("She will need heel rises counted on both sides.", HEEL_RISES),
    ("Before she gets back to football, count heel rises.", HEEL_RISES),
    ("Return to sport was gradual, and 16% were back at 12 weeks.", LADDER),
]


@pytest.mark.parametrize(("text", "cited"), TOLD)
def test_who_the_patient_is_and_what_a_passage_found_is_no_promise(text, cited):
    assert promises(text, cited) == ""
