"""Hedges of a passage that a claim dropped, and denials put without a "not"."""

from __future__ import annotations

import pytest

from guardrails.freetext.doubts import doubts_dropped
from guardrails.freetext.reversals import reversed_by_form
from guardrails.freetext.types import Outcome, Rule
from guardrails.freetext.verdict import ground, judged, spelt
from tests.test_guardrails_policy import is_plain, packaged

DROPPED = [
    ("powers-2010:4", "Powers argues on biomechanical grounds that dealing with proximal impairments helps various knee conditions.", "only as a possibility"),
    ("barker-calf-rehab:35", "Barker says that traditional knee rehab overloaded tissues that were already working too hard in this client.", "only as a possibility"),
    ("watanabe-2018:1", "In boys of about 10, tight quadriceps, gastrocnemius and soleus bring the disease on.", "of what is cited as going together"),
    ("esculier-2016:1", "In start-to-run runners weakness leads to patellofemoral pain.", "open or denied"),
    ("hebert-losier-2017:1", "The same leg differs by exactly 6 rises between tests.", "surer than anything cited"),
    ("grindem-2016:1", "Passing strength, hop and self-report tests above 90 per cent cuts reinjury after ACL reconstruction.", "leaves out how certain it is"),
    ("bfr-knee-oa-overview:1", "In knee osteoarthritis light training with blood flow restriction was better for quadriceps strength than light training alone.", "leaves out how certain it is"),
    ("van-der-vlist-2021:1", "Across 29 Achilles trials every active treatment was better than waiting at 3 months for midportion pain.", "leaves out how certain it is"),
    ("barker-calf-rehab:33", "Barker reports that in knees with pain the calf is underworking and the quadriceps are overworking.", "told of one client"),
    ("barker-calf-rehab:34a", "Barker reports that calf exercises take knee pain away at once.", "told of one client"),
    ("barker-calf-rehab:17", "He has shown that gastrocnemius attaches to the femur.", "is said of an opinion"),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "text", "why"), DROPPED)
def test_a_hedge_of_the_passage_is_kept(passage, text, why):
    judgement = judged(text, (passage,), packaged())
    assert judgement.outcome is Outcome.CONTRADICTED
    assert any(why in f.why for f in judgement.faults), judgement.faults
    assert all(is_plain(f.why) for f in judgement.faults)


KEPT = [
    ("powers-2010:4", "Powers argues on biomechanical grounds that dealing with proximal impairments may help various knee conditions."),
    ("powers-2010:4", "Powers argues on biomechanical grounds for dynamic control of the hip."),
    ("grindem-2016:1", "Passing the tests had a strong but not significant effect."),
    ("grindem-2016:1", "After ACL reconstruction quadriceps symmetry was protective."),
    ("bfr-knee-oa-overview:1", "With very low certainty light training with blood flow restriction was better than light training alone."),
    ("barker-calf-rehab:33", "Barker reports that in his client the calf was underworking."),
    ("barker-calf-rehab:33", "Barker speaks of a calf that was underworking."),
    ("boling-2009:1", "In naval cadets weak quadriceps went with patellofemoral pain."),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "text"), KEPT)
def test_what_keeps_the_doubt_is_left_alone(passage, text):
    assert not list(doubts_dropped(spelt(packaged(), text).text, [ground(packaged(), passage)]))


def test_going_together_in_a_cohort_is_no_effect():
    text = spelt(packaged(), "A stiff ankle worsens step-down quality.").text
    faults = list(doubts_dropped(text, [ground(packaged(), "rabin-2014:1")]))
    assert [f.rule for f in faults] == [Rule.STRENGTH]
    assert "going together" in faults[0].why


REVERSED = [
    ("clinical-judgement:adult-metastasis-myeloma", "Night bone pain in someone over 60 with past cancer can be put down to osteoarthritis rather than metastasis or myeloma."),
    ("tibial-bsi-return-run-criteria:1", "Running can be brought back after a tibial bone stress injury while the bone is still tender."),
    ("sahin-2008:1", "Proprioceptive exercise was followed by less pain than several, over 8 weeks."),
    ("aerenhouts-2020:1", "In 36 novice men ten weeks on machines did not improve strength, whereas free weights did."),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "text"), REVERSED)
def test_a_denial_in_other_words_is_found(passage, text):
    judgement = judged(text, (passage,), packaged())
    assert any(f.rule is Rule.NEGATION for f in judgement.faults), judgement.faults


FORMS = [
    ("tibial-bsi-return-run-criteria:1", "Running is reintroduced after a tibial bone stress injury once the bone tenderness is gone."),
    ("clinical-judgement:adult-metastasis-myeloma", "Night bone pain with past cancer may be a metastasis rather than arthritis."),
    ("khayambashi-2014:1", "Eight weeks of hip work helped more rather than quadriceps work."),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "text"), FORMS)
def test_what_is_as_cited_is_no_reversal(passage, text):
    assert not list(reversed_by_form(spelt(packaged(), text), [ground(packaged(), passage)]))
