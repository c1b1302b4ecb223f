"""What a sentence may say in words of its own: turns of phrase, wider names, a few everyday words, an order of steps."""

from __future__ import annotations

import pytest

from guardrails.freetext.idioms import put_plainly
from guardrails.freetext.verdict import judged
from tests.test_guardrails_policy import packaged

HEEL_RISES, RECRUITS, CRITERIA, LADDER = "hebert-losier-2017:1", "neal-2019:1", "rambaud-2018:1", "osgood-activity-strength:1"  # fmt: skip
HIP_AND_KNEE, RUNNERS, FLARES, ISOLATED = "nascimento-2018:1", "esculier-2015:1", "pairot-de-fontenay-2022:1", "bento-kinetic-chain:11c"  # fmt: skip
NO_RAISES, DRILLS, NOT_ALONE, NONE_ALONE = "barker-calf-rehab:38", "barker-calf-rehab:41", "barker-calf-rehab:26", "bento-kinetic-chain:9"  # fmt: skip


def whys(text, *cited, case_words=""):
    return " | ".join(f.why for f in judged(text, cited, packaged(), case_words=case_words).faults)


CARRIED = [
    ("Count single-leg heel rises on both sides, bearing in mind that one leg may differ by up to about six.", (HEEL_RISES,)),
    ("A temporary flare happened to 16 of them.", (FLARES,)),
    ("Remeasure flexion after knee replacement.", ("kornuijt-knee-range:1",)),
    ("Warn the patient of a temporary flare, which 16 had.", (FLARES,)),
    ("Check range, effusion, pain, strength and hop before running.", (CRITERIA,)),
    ("Where hip and knee work were combined, trials saw a larger drop in pain than with knee strengthening alone.", (HIP_AND_KNEE,)),
    ("Runners with patellofemoral pain were as strong as pain-free runners.", (RUNNERS,)),
    ("A healthy person with no apparent deficits gains more from working the entire chain, Bento argues.", (ISOLATED,)),
    ("Barker used none of the traditional calf exercises with this client and a standing calf drill.", (NO_RAISES, DRILLS)),
    ("On muscles working in company rather than alone, the two authors are at one.", (NOT_ALONE, NONE_ALONE)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cited"), CARRIED)
def test_what_a_passage_says_may_be_said_in_other_words(text, cited):
    assert whys(text, *cited) == ""


HELD = [
    ("Counts of heel rises were banished by seated raises.", (HEEL_RISES,), "nothing cited speaks of"),
    ("A temporary rupture happened to 16 of them.", (FLARES,), "rupture"),
    ("Running was allowed before 12 weeks.", (CRITERIA,), "says “before”"),
    ("Where hip and knee work were combined, trials saw a smaller drop in pain than with knee strengthening alone.", (HIP_AND_KNEE,), "goes against what is cited"),
    ("Runners with patellofemoral pain were stronger than pain-free runners.", (RUNNERS,), "stronger"),
    ("Weak quadriceps predicted patellofemoral pain, and up to about six heel rises of gastrocnemius stiffness.", (RECRUITS, HEEL_RISES), "gastrocnemius"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cited", "why"), HELD)
def test_what_no_passage_says_is_held(text, cited, why):
    assert why in whys(text, *cited)


def test_limits_need_no_passage_in_a_case_that_has_some():
    text, cited = (
        "After isolated repair protocols vary widely, so keep to the limits.",
        "meniscal-repair-restrictions-review:1",
    )
    assert "limits" in whys(text, cited)
    assert whys(text, cited, case_words="meniscus repair, surgeon says partial weight bearing") == ""


PLAIN = [
    ("The scale runs from none to 3.", "The scale goes from none to 3."),
    ("Two jumps sat in the middle tier.", "Two jumps is in the middle tier."),
    ("There is no literature behind weak calves.", "There is no literature for weak calves."),
    ("Pain behind the knee lasted 5 days.", "Pain behind the knee is 5 days."),
    ("It took some load off the tendon.", "It reduces some load on the tendon."),
    ("A runner runs from the hip.", "A runner runs from the hip."),
    ("Stand on one leg.", "Stand on one leg."),
]


@pytest.mark.parametrize(("text", "plain"), PLAIN)
def test_a_turn_of_phrase_is_put_plainly_and_what_is_meant_stays(text, plain):
    assert put_plainly(text) == plain


COUNTED = [
    ("Sixteen weeks was the median start for running across 201 studies.", CRITERIA, True),
    ("Retest both legs at 60 rises a minute.", HEEL_RISES, True),
    ("Load reduction was followed by 86% success at 12 months.", "rathleff-2019:1", True),
    ("Load reduction was followed by 86% success at 12 weeks in 10 to 14 year olds.", "rathleff-2019:1", False),
    ("Retest both legs at 60 beats a minute.", HEEL_RISES, False),
    ("The median start for running was 12 weeks across 201 studies.", CRITERIA, False),
]


@pytest.mark.parametrize(("text", "cited", "is_found"), COUNTED)
def test_a_studys_figure_is_none_of_the_case_and_a_rate_is_of_what_the_passage_counts(text, cited, is_found):
    assert bool(whys(text, cited, case_words="4 months, 16 weeks after ACL reconstruction, both legs")) is is_found
