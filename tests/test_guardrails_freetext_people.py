"""Whom a finding is about: not another condition, not any knee, not people unlike this patient; and no more names than needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guardrails.freetext.conditions import conditions_of
from guardrails.freetext.population import groups_of
from guardrails.freetext.types import Rule
from guardrails.freetext.verdict import judged
from guardrails.policy import judge
from guardrails.types import SectionKind
from tests.test_guardrails_freetext_rules import free, with_free
from tests.test_guardrails_policy import packaged


def population(text, *cited, **more):
    """Return what is found wrong with whom a sentence speaks of."""
    judgement = judged(text, cited, packaged(), **more)
    return " | ".join(f.why for f in judgement.faults if f.rule is Rule.POPULATION)


OTHERS = [
    ("For people with a painful knee one type of exercise eased pain more than mixed ones.", "juhl-2014:1", "any sore knee"),
    ("In patients with knee pain standing raises enlarged gastrocnemius.", "kinoshita-2023:1", "any sore knee"),
    ("In 10 to 14 year olds with Osgood-Schlatter, four weeks of load reduction was followed by success in 86%.", "rathleff-2019:1", "Osgood-Schlatter disease what was found in people with patellofemoral pain"),
    ("In runners with patellofemoral pain a higher step rate lowered the energy absorbed at the knee.", "heiderscheit-2011:1", "patellofemoral pain what was found in healthy people"),
    ("One session of kneeling advice after knee replacement improved kneeling at 1 year.", "jenkins-2008:1", "a partial one"),
    ("In volleyball players such as her heavy isometrics took pain from 7.0 to 0.17 at once.", "rio-2015:1", "who were men"),
    ("In women a bout of heavy isometrics took pain from 7.0 to 0.17 at once.", "rio-2015:1", "speaks of women"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cited", "why"), OTHERS)
def test_a_finding_is_not_told_of_others(text, cited, why):
    case = "24F volleyball, patellar tendinopathy, knee pain, patellofemoral pain, Osgood-Schlatter"
    assert why in population(text, cited, case_words=case)


RIGHT = [
    ("In knee osteoarthritis one type of exercise eased pain more than mixed ones.", "juhl-2014:1"),
    ("For his Osgood-Schlatter, 10 to 14 year olds on an activity ladder offer an example.", "rathleff-2019:1"),
    ("Kneeling advice after partial knee replacement improved kneeling at 1 year.", "jenkins-2008:1"),
    ("In six male volleyball players heavy isometrics took pain from 7.0 to 0.17 at once.", "rio-2015:1"),
    ("Medians were 24 and 21.", "hebert-losier-2017:1"),
    ("Across 201 studies running was allowed at a median of 12 weeks.", "rambaud-2018:1"),
    ("Single-leg heel rises were counted on a ten-degree incline.", "hebert-losier-2017:1"),
]


@pytest.mark.parametrize(("text", "cited"), RIGHT)
def test_whom_a_finding_is_about_may_be_named_or_need_not_be(text, cited):
    assert population(text, cited) == ""


LIKENED = [("24F volleyball", True), ("24M volleyball", False), ("volleyball player", False)]


@pytest.mark.parametrize(("case", "is_found"), LIKENED)
def test_a_patient_is_not_likened_to_people_of_the_other_sex(case, is_found):
    text = "In volleyball players like this patient heavy isometrics took pain from 7.0 to 0.17 at once."
    assert ("likens this patient" in population(text, "rio-2015:1", case_words=case)) is is_found


def test_people_named_in_the_section_for_the_same_passage_need_not_be_named_again():
    text, cited = "Growth stage and tight quadriceps predicted it.", "takei-2023:1"
    before = "Of 209 male footballers of 12 to 13 years, 43 developed Osgood-Schlatter disease within 6 months."
    assert "drops whom this was found in" in population(text, cited)
    assert population(text, cited, before=before) == ""


@pytest.mark.parametrize(("other", "is_found"), [("takei-2023:1", False), ("rathleff-2019:1", True)])
def test_only_what_cites_the_same_names_for_the_next_claim(other, is_found):
    before = free("Of 209 male footballers aged 12 to 13 some developed it.", other)
    answer = with_free(SectionKind.EVIDENCE, replace(before, id="c98"))
    section = answer.section(SectionKind.EVIDENCE)
    claim = free("Growth stage and tight quadriceps predicted it.", "takei-2023:1")
    answer = answer.with_added(section, claim)
    found = judge(answer.draft, answer.status, answer.case, answer.evidence, answer.library).findings
    assert any("drops whom" in f.message for f in found if f.claim_id == "c99") is is_found


GROUPS = [
    ("no pain or pain under 2", set()),
    ("people with no knee pain", {"healthy people"}),
    ("14 to 15, women", {"women"}),
    ("12 to 16 year olds", {"adolescents"}),
    ("24f volleyball", {"women"}),
    ("45m", {"men"}),
]


@pytest.mark.parametrize(("text", "groups"), GROUPS)
def test_groups_are_read_from_words_for_people(text, groups):
    assert groups_of(text) == groups


def test_two_conditions_in_one_text_are_both_read():
    assert conditions_of("acl reconstruction and patellofemoral pain") == {
        "cruciate ligament injury",
        "patellofemoral pain",
    }
