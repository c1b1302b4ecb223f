"""Whose view a free sentence gives: several schools' held to each, one school's named, a school's own case kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guardrails.attribution import attributed
from guardrails.freetext.crediting import names
from guardrails.freetext.verdict import spelt
from guardrails.types import SectionKind
from tests.test_guardrails_freetext_rules import by_model, free, with_free
from tests.test_guardrails_policy import CALF, CHAIN, drafted, is_plain, packaged

CALF_SHORT, QUADS_TAKE_OVER, ONE_CLIENT = "barker-calf-rehab:29", "barker-calf-rehab:30", "barker-calf-rehab:33"
FRONT, NOT_ALONE, EACH_PATIENT = "barker-calf-rehab:31a", "barker-calf-rehab:26", "barker-calf-rehab:13"
NONE_ALONE, ISOLATED, FOOT = "bento-kinetic-chain:9", "bento-kinetic-chain:11a", "bento-kinetic-chain:14b"
RECRUITS = "neal-2019:1"


def found(text, *cites, kind=SectionKind.SHORT_ANSWER, viewpoint=None):
    """Return why attribution stops a sentence that a model wrote."""
    answer = with_free(kind, free(text, *cites), viewpoint)
    said = [f.message for f in attributed(answer.draft, answer.library) if f.claim_id == "c99"]
    assert all(is_plain(m) for m in said)
    return " | ".join(said)


TOGETHER = [
    ("Barker and Bento both say that muscles do not work alone.", (NOT_ALONE, NONE_ALONE)),
    ("Both authors hold that muscles do not work alone.", (NOT_ALONE, NONE_ALONE)),
    ("Neither author thinks that muscles work alone, Barker of the calf too.", (NOT_ALONE, NONE_ALONE)),
    ("Barker says that muscles do not work only in isolation, and Bento agrees.", (NOT_ALONE, NONE_ALONE)),
    ("Barker says that the quadriceps take up this work, whereas Bento says that no muscle works alone.", (QUADS_TAKE_OVER, NONE_ALONE)),
    ("Bento grants isolated work a place in therapy; Barker says that the quadriceps take up this work.", (ISOLATED, QUADS_TAKE_OVER)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cites"), TOGETHER)
def test_what_each_school_says_may_be_told_of_both(text, cites):
    assert found(text, *cites) == ""


STRAW = [
    ("Bento is against isolated work after surgery or injury.", True),
    ("Bento accepts isolated work after surgery or injury, and where a patient may not bear weight.", False),
    ("Bento rejects isolated work after surgery or injury.", True),
]


@pytest.mark.parametrize(("text", "is_straw"), STRAW)
def test_who_grants_a_thing_is_not_said_to_be_against_it(text, is_straw):
    assert ("often mistaken for: being against isolated work" in found(text, ISOLATED)) is is_straw


def test_only_the_clause_that_names_a_school_is_held_to_it():
    beside = "Barker says that the quadriceps take up this work, while weak hips predicted nothing in recruits."
    assert "credits Barker" not in found(beside, RECRUITS, QUADS_TAKE_OVER)


OF_ONE = [
    ("Barker and Bento both say that the quadriceps take over when the calf falls short.", (CALF_SHORT, QUADS_TAKE_OVER, NONE_ALONE), "Bento"),
    ("Both authors accept isolated work for patients who may not bear weight.", (ISOLATED, NOT_ALONE), "Barker"),
    ("The quadriceps take over the extra work, says Barker, and Bento agrees.", (QUADS_TAKE_OVER, NONE_ALONE), "Bento"),
    ("Barker says that the quadriceps take over; so does Bento.", (QUADS_TAKE_OVER, NONE_ALONE), "Bento"),
    ("Barker says that the quadriceps take over. Bento agrees.", (QUADS_TAKE_OVER, NONE_ALONE), "Bento"),
    ("As Barker and Bento see it, calf rehab is to be considered for each knee pain patient.", (EACH_PATIENT, NONE_ALONE), "Bento"),
    ("Both schools want drills led by the foot.", (FOOT, NOT_ALONE), "Barker"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cites", "school"), OF_ONE)
def test_what_one_school_says_is_not_told_of_both(text, cites, school):
    assert f"says of several schools what {school}'s passage does not say" in found(text, *cites)


def test_under_the_agreement_what_names_nobody_is_of_both():
    kind = SectionKind.AGREEMENT
    assert found("Both hold that muscles do not work alone.", NOT_ALONE, NONE_ALONE, kind=kind) == ""
    one = found("It is agreed that the quadriceps take over.", QUADS_TAKE_OVER, NONE_ALONE, kind=kind)
    assert "what Bento's passage does not say (thigh" in one or "what Bento's passage does not say (quadriceps" in one


def test_what_is_told_of_both_cites_both():
    said = found("Both authors hold that muscles do not work alone.", NOT_ALONE)
    assert "speaks for Bento too and cites no passage of Bento's" in said


UNNAMED = [
    ("The quadriceps usually take up the extra work in people with knee pain.", (QUADS_TAKE_OVER,), "Barker"),
    ("No muscle works alone.", (NONE_ALONE,), "Bento"),
    ("Strengthen the entire kinetic chain with drills driven by the foot.", (FOOT,), "Bento"),
    ("Weak quadriceps predicted pain in recruits; overworking quadriceps add load on the front of the knee.", (RECRUITS, FRONT), "Barker"),
]  # fmt: skip


@pytest.mark.parametrize("kind", [SectionKind.SHORT_ANSWER, SectionKind.DECIDING, SectionKind.EVIDENCE])
@pytest.mark.parametrize(("text", "cites", "school"), UNNAMED)
def test_an_opinion_is_not_given_as_plain(text, cites, school, kind):
    assert f"gives as plain what only {school} says" in found(text, *cites, kind=kind)


NAMED = [
    ("In Barker's view the quadriceps usually take up the extra work.", (QUADS_TAKE_OVER,)),
    ("Weak quadriceps predicted new patellofemoral pain in recruits.", (RECRUITS, QUADS_TAKE_OVER)),
    ("Barker says that the quadriceps take over. He adds that it holds for people with knee pain.", (QUADS_TAKE_OVER,)),
    ("Does one muscle work alone?", (NONE_ALONE,)),
]


@pytest.mark.parametrize(("text", "cites"), NAMED)
def test_an_opinion_may_be_told_as_somebodys(text, cites):
    assert "gives as plain" not in found(text, *cites)


def test_under_its_schools_heading_an_opinion_is_somebodys_by_he_or_she():
    plain, his = "The quadriceps take up this extra work.", "For him the quadriceps take up this extra work."
    assert "gives as plain" in found(plain, QUADS_TAKE_OVER, kind=SectionKind.VIEWPOINT, viewpoint=CALF)
    assert "gives as plain" not in found(his, QUADS_TAKE_OVER, kind=SectionKind.VIEWPOINT, viewpoint=CALF)
    hers = "She holds that no muscle works alone."
    assert found(hers, NONE_ALONE, kind=SectionKind.VIEWPOINT, viewpoint=CHAIN) == ""


def test_exercise_that_is_hip_focused_names_no_school():
    hip, quadriceps = (packaged().viewpoint_by_id[v] for v in ("hip-focused", "quadriceps-focused"))
    exercise = spelt(packaged(), "Quadriceps-focused or hip-focused exercise were equivalent.").text
    assert not names(exercise, hip, packaged())
    assert not names(exercise, quadriceps, packaged())
    assert names(spelt(packaged(), "The hip-focused view is older.").text, hip, packaged())


def test_what_an_author_saw_in_his_one_client_he_may_have_found():
    kind, view = SectionKind.VIEWPOINT, CALF
    seen = "Barker found an underworking calf and overworking quadriceps in his client."
    assert "showed or found" not in found(seen, ONE_CLIENT, kind=kind, viewpoint=view)
    proved = "Barker proved that in his client the calf was underworking."
    assert "showed or found" in found(proved, ONE_CLIENT, kind=kind, viewpoint=view)
    rule = "Barker found that the quadriceps take up this extra work."
    assert "showed or found" in found(rule, QUADS_TAKE_OVER, kind=kind, viewpoint=view)


OWN_WORD = [
    ("Barker argues that when calf and hamstrings fall short, other structures have to work harder.", True),
    ("In Barker's account, calf and hamstrings that fall short leave other structures to work harder.", True),
    ("For Barker it is the calf, the calf, and once more the calf that any bad knee wants.", False),
    ("Barker proves that the calf and hamstrings fall short.", False),
]


@pytest.mark.parametrize(("text", "is_given"), OWN_WORD)
def test_a_slogan_or_a_wrong_sentence_is_not_a_schools_own_word(text, is_given):
    answer = by_model(drafted("debate, brief"))
    for view in (CALF, CHAIN):
        own = next(iter(answer.library.crux_by_id[answer.draft.cruxes[0]].views[view].says))
        cites = [p for p in own.cites if answer.library.viewpoint_of(p) == view]
        passage = answer.library.passages[cites[0]].text
        claim = free(text if view == CALF else passage, CALF_SHORT if view == CALF else cites[0])
        answer = answer.with_section(answer.view(view), claims=(replace(claim, id=f"c9{view}"),))
    found = [f.message for f in answer.verdict.findings if "own word on this question" in f.message]
    assert [m for m in found if m.startswith("Barker")] == found
    assert (found == []) is is_given
