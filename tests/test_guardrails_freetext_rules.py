"""The rules of free sentences one by one, on drafts as a language model would hand them in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.framing import frame
from guardrails.attribution import attributed
from guardrails.balance import balanced
from guardrails.freetext.figures import quantities, with_digits
from guardrails.freetext.hedges import Sureness, sureness
from guardrails.freetext.phrasing import misphrased
from guardrails.freetext.reading import read, sentences
from guardrails.freetext.verdict import spelt
from guardrails.precautions import respected
from guardrails.types import Basis, Claim, SectionKind
from guardrails.wording import worded
from tests.test_guardrails_policy import ANSWERS, CALF, CHAIN, drafted, is_plain, packaged, quote

MODEL = "openai:some-model"


def free(text, *cites, basis=Basis.SYNTHESIS):
    return Claim(id="c99", text=text, basis=basis, citations=tuple(quote(p) for p in cites))


def by_model(answer):
    return replace(answer, draft=replace(answer.draft, composer=MODEL))


def with_free(kind, claim, viewpoint=None, name="debate, brief"):
    answer = by_model(drafted(name))
    return answer.with_added(answer.section(kind, viewpoint), claim)


# --- reading

QUANTITIES = [
    ("twelve weeks", [(12.0, "week")]),
    ("5 sets of 10 at 70% 1rm", [(5.0, "set"), (10.0, None), (70.0, "percent"), (1.0, "rm")]),
    ("12- to 16-year-olds", [(12.0, "year"), (16.0, "year")]),
    ("1,739 patients", [(1739.0, "people")]),
    ("half of them", [(50.0, "percent")]),
    ("a third", [(33.3, "percent")]),
    ("twice a week", [(2.0, "times")]),
    ("a fourfold risk", [(4.0, "fold")]),
    ("15,2 mm less", [(15.2, "mm")]),
    ("36.5\u00b0 of bend", [(36.5, "degree")]),
    ("at one year", [(1.0, "year")]),
    ("twenty-four runners", [(24.0, "people")]),
    ("no number", []),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_numbers_in_words_and_digits_are_read_with_their_units(text, expected):
    assert [(q.value, q.unit) for q in quantities(read(with_digits(text)))] == expected


BOUNDS = [("more than 10 percent", "more"), ("up to 6 points", "less"), ("45 or over", "more"), ("over 2 years", None), ("10 percent", None), ("under 36.5 degrees", "less")]  # fmt: skip


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_a_least_and_a_most_are_told_apart(text, bound):
    assert quantities(read(text))[0].bound == bound


def test_a_denial_reaches_to_the_end_of_its_clause():
    tokens = read("exercise did not reduce pain, but function improved").tokens
    assert {t.word: t.is_denied for t in tokens if t.word in ("reduce", "pain", "improved")} == {
        "reduce": True,
        "pain": True,
        "improved": False,
    }


def test_sentences_are_parted_and_decimals_are_not():
    assert sentences("Pain fell by 1.5 points. Function did not.") == ["Pain fell by 1.5 points.", "Function did not."]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("it may help", Sureness.GUESS),
        ("it helps", Sureness.PLAIN),
        ("it usually helps", Sureness.LIKELY),
        ("it always helps", Sureness.CERTAIN),
    ],
)
def test_sureness_has_four_steps(text, level):
    assert sureness(text) is level


def test_shorthand_is_spelt_out_before_anything_is_compared():
    assert spelt(packaged(), "PFP").ideas == spelt(packaged(), "patellofemoral pain").ideas


# --- wording

CAREFUL = [
    "Barker argues that the calf controls knee extension.",
    "In women with patellofemoral pain hip strengthening eased pain.",
    "A meniscal tear is possible; examine the joint line.",
    "Over the course of eight weeks pain fell.",
    "The trial followed 69 runners for 20 weeks.",
    "NICE recommends tailored strengthening.",
    "Does full weight hurt?",
    "Patients with osteoarthritis improved.",
]
SPOILT = [
    ("She is suffering from a meniscal tear.", "pronounces a diagnosis"),
    ("This patient has patellar tendinopathy.", "pronounces a diagnosis"),
    ("The positive test confirms a meniscal tear.", "pronounces a diagnosis"),
    ("This is clearly a calf strain.", "pronounces a diagnosis"),
    ("Without any doubt the calf is at fault.", "is surer than any evidence here"),
    ("This exercise never fails.", "is surer than any evidence here"),
    ("Sign up for her online course.", "promotes something"),
    ("Use the discount code today.", "promotes something"),
    ("See https://example.org for more.", "holds a link or mark-up"),
    ("Do <b>this</b> first.", "holds a link or mark-up"),
    ("![x](http://a.b/c.png)", "holds a link or mark-up"),
    ("As an AI language model I cannot advise.", "is talk of the machine"),
    ("Based on the provided passages, pain fell.", "is talk of the machine"),
    ("Die Kniescheibe ist nicht stabil und der Schmerz bleibt.", "is not in English"),
    ("\u041a\u043e\u043b\u0435\u043d\u043e \u0431\u043e\u043b\u0438\u0442.", "is not in English"),
]


@pytest.mark.parametrize("text", CAREFUL)
def test_a_careful_sentence_is_left_alone(text):
    assert list(misphrased(text)) == []


@pytest.mark.parametrize(("text", "why"), SPOILT)
def test_a_verdict_an_advertisement_mark_up_and_talk_of_the_machine_are_found(text, why):
    assert any(found.startswith(why) for found in misphrased(text))
    answer = with_free(SectionKind.SHORT_ANSWER, free(text, "barker-calf-rehab:17"))
    found = [f.message for f in worded(answer.draft, answer.case, packaged()) if f.claim_id == "c99"]
    assert found
    assert all(is_plain(message) for message in found)


@pytest.mark.parametrize("name", ANSWERS)
def test_authored_sentences_are_not_asked(name):
    assert list(worded(drafted(name).draft, drafted(name).case, packaged())) == []
    assert list(respected(drafted(name).draft, drafted(name).case, packaged())) == []


# --- schools

CREDITED = [
    ("Barker says gastrocnemius attaches to the femur.", ("barker-calf-rehab:17",), None),
    ("Barker says the foot controls the lower leg.", ("barker-calf-rehab:17", "bento-kinetic-chain:14b"), "credits Barker with what that school's passage does not say"),
    ("The calf-focused view is that the foot controls the lower leg.", ("bento-kinetic-chain:14b",), "speaks for Barker's view and cites no passage of it"),
    ("The whole-chain camp prefers chain work.", ("neal-2019:1",), "speaks for Bento's view and cites no passage of it"),
    ("Barker proved that gastrocnemius attaches to the femur.", ("barker-calf-rehab:17",), "showed or found what is an opinion"),
    ("Bento is against isolated work after surgery or injury.", ("bento-kinetic-chain:11a",), "often mistaken for"),
    ("Barker says gastrocnemius attaches to the femur, whereas Bento says the foot controls the lower leg.", ("barker-calf-rehab:17", "bento-kinetic-chain:14b"), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cites", "why"), CREDITED)
def test_what_is_credited_to_a_school_stands_in_its_own_passage(text, cites, why):
    answer = with_free(SectionKind.SHORT_ANSWER, free(text, *cites))
    found = [f.message for f in attributed(answer.draft, packaged()) if f.claim_id == "c99"]
    assert any(why in message for message in found) if why else found == []


def test_a_sentence_of_one_school_under_the_other_is_found():
    claim = free("Bento says the foot controls the lower leg.", "barker-calf-rehab:17", "bento-kinetic-chain:14b")
    answer = with_free(SectionKind.VIEWPOINT, claim, CALF)
    assert any("speaks for another school" in f.message for f in attributed(answer.draft, packaged()))


# --- balance


def test_a_school_has_not_spoken_by_a_sentence_that_another_check_found_wrong():
    answer = by_model(drafted("debate, brief"))
    wrong = free("Bento says that swimming heals.", "bento-kinetic-chain:9")
    changed = answer.with_section(answer.view(CHAIN), claims=(wrong,))
    assert "Bento has no cited claim of that school's own" in " ".join(f.message for f in changed.verdict.findings)


def test_a_model_may_not_leave_out_a_schools_own_word_on_the_question():
    answer = by_model(drafted("debate, brief"))
    beside = free("Bento says that the foot controls the lower leg.", "bento-kinetic-chain:14b")
    changed = answer.with_section(answer.view(CHAIN), claims=(beside,))
    assert any("own word on this question" in f.message for f in balanced(changed.draft, packaged()))
    assert not any("own word on this question" in f.message for f in balanced(answer.draft, packaged()))


# --- safety

NO_WEIGHT = "6/52 post ACLR hamstring graft, NWB. Is isolated calf work ok?"
EARLY = "3/52 post ACLR hamstring graft. What next?"
ADVISED = [
    (NO_WEIGHT, "Start standing heel raises now.", "although this leg may not bear weight"),
    (NO_WEIGHT, "Begin with calf raises in sets of 10.", "although this leg may not bear weight"),
    (NO_WEIGHT, "Seated calf raises can start.", None),
    (NO_WEIGHT, "Standing heel raises wait until full weight is allowed.", None),
    (EARLY, "Add isolated hamstring curls.", "usually put off for 6 to 8 weeks"),
    (EARLY, "Hamstring curls are usually put off for 6 to 8 weeks.", None),
    ("34M runner with knee pain", "Start standing heel raises now.", None),
]


@pytest.mark.parametrize(("typed", "text", "why"), ADVISED)
def test_a_limit_of_the_case_is_respected(typed, text, why):
    answer = with_free(SectionKind.DECIDING, free(text, "kinoshita-2023:1"))
    found = [f.message for f in respected(answer.draft, frame([typed], packaged()), packaged()) if f.claim_id == "c99"]
    assert any(why in message for message in found) if why else found == []
    assert all(is_plain(message) for message in found)


def test_exercise_is_not_advised_in_the_safety_notice():
    answer = with_free(
        SectionKind.SAFETY, free("Keep running and add squats.", "kinoshita-2023:1"), name="with a red flag, full"
    )
    assert any("in the safety notice" in f.message for f in respected(answer.draft, answer.case, packaged()))
    calm = with_free(
        SectionKind.SAFETY, free("No exercise until a scan.", "kinoshita-2023:1"), name="with a red flag, full"
    )
    assert list(respected(calm.draft, calm.case, packaged())) == []


# --- what a model cites nothing for


def test_a_models_statement_that_cites_nothing_is_held_to_the_case():
    bare = Claim(id="c99", text="Swimming heals cartilage.", basis=Basis.CASE)
    asked = Claim(id="c99", text="Does swimming hurt?", basis=Basis.CASE)
    for claim, is_found in ((bare, True), (asked, False)):
        answer = by_model(drafted("debate, brief"))
        changed = answer.with_added(answer.section(SectionKind.QUESTIONS), claim)
        said = [f.message for f in changed.verdict.findings if f.claim_id == "c99"]
        assert any("speaks of what the case does not" in m for m in said) == is_found
