"""What a free sentence advises this patient against a limit of the case, or while a red flag stands."""

from __future__ import annotations

import pytest

from assistant.framing import frame
from corpus.types import Action
from guardrails.freetext.advising import Said
from guardrails.precautions import respected
from guardrails.types import Flagged, SectionKind
from tests.test_guardrails_freetext_rules import free, with_free
from tests.test_guardrails_policy import is_plain, packaged

SAID = [
    ("start squats now", True),
    ("begin squats in sets of 10", True),
    ("squats in sets of 10", True),
    ("squats need not wait", True),
    ("no need to avoid squats", True),
    ("do not delay squats", True),
    ("there is no reason not to start squats", True),
    ("squats should not be avoided", True),
    ("squats are not unsafe", True),
    ("squats will not harm the repair", True),
    ("early loading did not harm and squats can start", True),
    ("not only lunges but squats", True),
    ("do squats without delay", True),
    ("it is not too early for squats", True),
    ("add squats rather than waiting", True),
    ("instead of waiting, start squats", True),
    ("avoid hopping for now, and start squats", True),
    ("avoid hopping for now, squats are fine", True),
    ("squats now, hopping later", True),
    ("start squats, hopping should wait", True),
    ("then squats", True),
    ("the surgeon was not asked about the plan at all on squats", True),
    ("squats. nothing else", True),
    ("squats then rest", True),
    ("squats that come from the hip", True),
    ("squats with the feet out", True),
    ("early squats", True),
    ("too heavy squats", True),
    ("do not start squats", False),
    ("do not start squats now", False),
    ("do not let him do squats", False),
    ("avoid heavy squats", False),
    ("no squats yet", False),
    ("never do squats", False),
    ("without squats", False),
    ("hold off squats", False),
    ("put off squats", False),
    ("rather than squats use the bike", False),
    ("leave squats for later", False),
    ("keep away from squats", False),
    ("it is too soon for squats", False),
    ("premature squats", False),
    ("start squats later", False),
    ("squats can come later", False),
    ("squats wait until full weight is allowed", False),
    ("squats are put off for 6 weeks", False),
    ("squats are contraindicated", False),
    ("squats are too early", False),
    ("squats are off limits", False),
    ("squats remain out of bounds", False),
    ("squats should not be started", False),
    ("squats are not allowed yet", False),
    ("squats are not safe", False),
    ("squats cannot start", False),
    ("hopping and squats must wait", False),
    ("squats, lunges and hops should all wait", False),
]


@pytest.mark.parametrize(("text", "is_advised"), SAID)
def test_the_word_that_governs_an_exercise_says_whether_it_is_advised(text, is_advised):
    assert next(Said(text).named("squat")).is_advised is is_advised


def test_a_qualification_belongs_to_what_it_stands_beside():
    qualifications = ("seated", "sound leg")
    assert next(Said("seated heel raises").named("heel raise")).is_of(qualifications)
    assert next(Said("heel raises on the sound leg").named("heel raise")).is_of(qualifications)
    assert not next(Said("seated raises and heel raises").named("heel raise")).is_of(qualifications)
    assert not next(Said("heel raises, not seated").named("heel raise")).is_of(qualifications)
    assert not next(Said("standing rather than seated heel raises").named("heel raise")).is_of(qualifications)


NO_WEIGHT = "6/52 post ACLR hamstring graft, NWB. Is isolated calf work ok?"
PARTLY = "45M after meniscus repair 5 weeks ago, surgeon says partial weight bearing, no flexion past 90."
SIX_WEEKS = "25F 6 weeks after ACL reconstruction, hamstring graft. Next?"
FOUR_MONTHS = "19M footballer 4 months after ACL reconstruction. When can he run?"
REPAIR = "45M 8 weeks after meniscus repair, full weight bearing."
REPLACED = "62F 3 weeks after total knee replacement, stiff 0-80."
PREGNANT = "30F pregnant with knee pain."
CLOT = "50M with a previous DVT and knee OA."
ADVISED = [
    (NO_WEIGHT, "Seated raises now, and standing raises until the surgeon sees him.", "may not bear weight"),
    (NO_WEIGHT, "Until he is seen, do standing heel raises daily.", "may not bear weight"),
    (NO_WEIGHT, "Once daily, do squats.", "may not bear weight"),
    (NO_WEIGHT, "Squats need not wait.", "may not bear weight"),
    (NO_WEIGHT, "There is no reason to hold off squats.", "may not bear weight"),
    (NO_WEIGHT, "When partial weight is allowed, start lunges.", "may not bear weight"),
    (NO_WEIGHT, "Use the leg press.", "may not bear weight"),
    (NO_WEIGHT, "Standing raises should wait, and squats too.", None),
    (NO_WEIGHT, "Train the other leg with squats.", None),
    (NO_WEIGHT, "After full weight bearing is allowed, standing raises can begin.", None),
    (NO_WEIGHT, "Ask the surgeon when squats may start.", None),
    (NO_WEIGHT, "Avoid squats and lunges.", None),
    (PARTLY, "Heel raises on one leg with his full weight can start now.", "part of the weight only"),
    (PARTLY, "Start heel raises on one leg and seated raises too.", "part of the weight only"),
    (PARTLY, "Single-leg stance can begin now, though later is more usual.", "part of the weight only"),
    (PARTLY, "Do not wait: start running.", "12 weeks is our judgement"),
    (PARTLY, "Heel raises on one leg can begin while seated.", None),
    (PARTLY, "Once the surgeon allows full weight, add single-leg squats.", None),
    (PARTLY, "Hopping and running are for later.", None),
    (PARTLY, "Grade the swelling with the stroke test, which runs from none to 3+.", None),
    (PARTLY, "A light leg press from 0 to 110 degrees is reasonable.", "past the angle allowed"),
    (PARTLY, "A light leg press from 0 to 80 degrees is reasonable.", None),
    (PARTLY, "Squat to 90 degrees and not past 100.", None),
    (SIX_WEEKS, "Start light jogging.", "at a median of 12 weeks"),
    (SIX_WEEKS, "Running may start at 8 weeks.", "at a median of 12 weeks"),
    (SIX_WEEKS, "Running starts at about 12 weeks in most practice.", None),
    (SIX_WEEKS, "Across 201 studies running was allowed at a median of 3 months.", None),
    (SIX_WEEKS, "Add hops on both legs.", "jumps began at 12.1"),
    (SIX_WEEKS, "Hops and plyometrics come later, from week 14.", None),
    (FOUR_MONTHS, "He can go straight back to full football training with cutting and tackling.", "raised reinjury"),
    (FOUR_MONTHS, "From six months he may return to cutting and tackling.", "raised reinjury"),
    (FOUR_MONTHS, "From nine months he may return to cutting and tackling.", None),
    (FOUR_MONTHS, "Hold cutting and pivoting until nine months at the least.", None),
    (FOUR_MONTHS, "Running can start by criteria.", None),
    (REPAIR, "Begin light plyometric work.", "12 weeks is our judgement"),
    (REPAIR, "Go on with the leg press.", None),
    (REPLACED, "There is room for deep loaded squats every day.", "is our judgement"),
    (REPLACED, "Strengthen from the first week.", None),
    (PREGNANT, "Use light work under a cuff at 40% occlusion.", "pregnancy and sickle cell against"),
    (PREGNANT, "Avoid blood flow restriction in pregnancy.", None),
    (CLOT, "Light loads with blood flow restriction suit him.", "counts a past clot"),
]


@pytest.mark.parametrize(("typed", "text", "why"), ADVISED)
def test_a_limit_is_judged_by_what_governs_the_exercise(typed, text, why):
    answer = with_free(SectionKind.DECIDING, free(text, "kinoshita-2023:1"))
    found = [f.message for f in respected(answer.draft, frame([typed], packaged()), packaged()) if f.claim_id == "c99"]
    assert any(why in message for message in found) if why else found == []
    assert all(is_plain(message) for message in found)


UNSETTLED = [
    ("s1-loss", "Should the jerk come back reduced, press on with heavy raises all the same.", True),
    ("s1-loss", "Start calf raises today.", True),
    ("s1-loss", "Test the ankle jerk, then begin calf raises.", False),
    ("s1-loss", "Check the ankle jerk before loading the calf.", False),
    ("s1-loss", "If the ankle jerk is normal, load the calf.", False),
    ("s1-loss", "Even if the ankle jerk is not normal, load the calf.", True),
    ("s1-loss", "A large heel-rise deficit may point to an S1 root.", False),
    ("s1-loss", "Strengthen hip and thigh.", False),
    ("dvt", "Foam roll the calf.", True),
    ("dvt", "No massage or stretching of the calf until a clot is excluded.", False),
    ("septic-arthritis", "Go on with squats.", True),
    ("fracture", "Keep running.", True),
    ("child-bone-pain", "Load the knee in steps.", True),
    ("low-energy-availability", "Build her mileage by 10% a week.", True),
    ("low-energy-availability", "Hold back training load.", False),
    ("crps", "Push through the pain.", True),
]


@pytest.mark.parametrize(("flag", "text", "is_found"), UNSETTLED)
def test_no_load_is_advised_of_what_an_unsettled_red_flag_is_about(flag, text, is_found):
    answer = with_free(SectionKind.DECIDING, free(text, "kinoshita-2023:1"))
    case = frame(["30F with knee pain"], packaged())
    standing = [Flagged(pattern=flag, triggers=("seen",), action=Action.REFER)]
    without = list(respected(answer.draft, case, packaged()))
    assert ([f for f in respected(answer.draft, case, packaged(), standing) if f not in without] != []) is is_found


HEEDLESS = [
    ("Should the calf swell and feel hot after the operation, carry on with the raises.", True),
    ("Where the knee is hot and she has a fever, continue the exercises as usual.", True),
    ("If the knee locks and will not straighten, press on with squats.", True),
    ("Numbness in the saddle area can wait; carry on strengthening.", True),
    ("Keep all four sessions and jump through the pain.", True),
    ("Keep running with load cut.", False),
    ("Keep playing while pain stays tolerable.", False),
    ("Do not push through pain.", False),
    ("Cut load rather than working through pain.", False),
    ("Continue despite mild pain of up to 3 out of 10.", False),
    ("Continue at home, and stop if the wound leaks.", False),
    ("Continue at home once infection is ruled out.", False),
]


@pytest.mark.parametrize(("text", "is_found"), HEEDLESS)
def test_nobody_is_told_to_go_on_with_a_red_flag_or_into_pain(text, is_found):
    answer = with_free(SectionKind.DECIDING, free(text, "kinoshita-2023:1"))
    found = list(respected(answer.draft, frame(["60F, knee pain"], packaged()), packaged()))
    assert bool(found) is is_found, found
    assert all(is_plain(f.message) for f in found)


BENDS = [
    ("meniscus repair, no flexion past 90", 90.0),
    ("knee flexion limited to 60 in a brace", 60.0),
    ("brace 0-90 for 6 weeks", 90.0),
    ("no bending beyond 70 degrees until week 6", 70.0),
    ("knee pain, squats to 90 degrees", None),
    ("no running past 30 minutes", None),
]


@pytest.mark.parametrize(("typed", "limit"), BENDS)
def test_the_furthest_bend_allowed_is_read(typed, limit):
    assert frame([typed], packaged()).known.get("bend_limit") == limit


def test_an_earlier_clot_is_read_and_so_is_its_denial():
    assert frame(["knee OA, previous DVT"], packaged()).known["history"] == {"clot"}
    assert "clot" not in frame(["no history of DVT"], packaged()).known.get("history", ())
