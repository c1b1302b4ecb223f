"""What is read of the patient and not of a norm, a relative or an earlier day; bare ages and short lists of aggravators."""

from __future__ import annotations

import pytest

from assistant.framing import frame

READ = [
    # an age by itself between commas
    ("[name] (lives [address]), 24, PFP 3/12", {"age": 24.0}),
    ("Priya (a teacher), 37, sore knee on steps", {"age": 37.0}),
    ("MRI says degenerate meniscus, 48, now scared to bend", {"age": 48.0}),
    ("PFP, 19, stairs + sitting", {"age": 19.0, "aggravator": {"stairs", "sitting"}}),
    ("on apixaban, 71, knee OA", {"age": 71.0}),
    ("a lad of 14, tibial tub sore", {"age": 14.0, "sex": "male"}),
    ("he turned 16 last week, Osgood's", {"age": 16.0}),
    ("My daughter, 12, gets pain under her kneecap after gymnastics", {"sex": "female"}),
    ("target flexion at 6 wks post TKR for someone who gardens", {"surgery.weeks": 6.0}),
    # an author's pronoun is not the patient's
    ("How many patients did Bento treat in her trial?", {}),
    ("He says it clicks, 44, runner", {"age": 44.0, "sex": "male", "sport": "running"}),
    # counts before the test's name
    ("29M, sore knee, 9 L v 22 R heel raises", {"heel_rise.left": 9.0, "heel_rise.right": 22.0}),
    # what brings it on
    ("PFP 3/12, stairs + squat. Tape?", {"aggravator": {"stairs", "squat"}}),
    ("R knee OA, stairs and getting out of the car, NRS 5/10", {"aggravator": {"stairs"}, "pain.score": 5.0}),
    ("PFP, pain 7/10 on every squat", {"aggravator": {"squat"}, "pain.score": 7.0}),
    ("pain 3/10 on stairs", {"aggravator": {"stairs"}}),
    ("5/10 on landing", {"aggravator": {"jumping"}}),
    ("no pain on stairs, pain 4/10 jumping", {"aggravator": {"jumping"}}),
    ("pain at the top of the patella deep in the squat", {"aggravator": {"squat"}}),
    # the patient's number beside somebody else's
    (
        "Guideline says quads LSI 90 before running after ACLR. Why let my lad jog at 14 weeks with quads 72%, hop 74?",
        {"quads.lsi": 72.0, "hop.lsi": 74.0, "surgery.weeks": 14.0, "surgery.kind": "aclr"},
    ),
    ("Surgeon wants quads 90% before sport. He is at quads 76%", {"quads.lsi": 76.0}),
    ("A paper says quads 80% is enough to run; hers is quads 71%", {"quads.lsi": 71.0}),
    ("Surgeon says hop LSI 90 to return, hop LSI 82 today", {"hop.lsi": 82.0}),
    ("protocol: run at 12 weeks after ACLR. She is 15 weeks after ACLR", {"surgery.weeks": 15.0}),
    ("surgeon says she is 12 weeks after ACLR", {"surgery.weeks": 12.0}),
    (
        "Norm for his age is heel raise 25 left, 25 right; he got heel raise 14 left, 18 right",
        {"heel_rise.left": 14.0, "heel_rise.right": 18.0},
    ),
    # of two values of one measure the later holds
    ("Single hop LSI was 78 six weeks ago, now 84", {"hop.lsi": 84.0}),
    ("quads LSI was 61 8 weeks ago, now 77%", {"quads.lsi": 77.0}),
    ("hop LSI 85 today, was 72 in May", {"hop.lsi": 85.0}),
    ("quads 66% at 3 months, 81% now", {"quads.lsi": 81.0}),
    ("quads 72%, hop LSI now 84", {"quads.lsi": 72.0, "hop.lsi": 84.0}),
    ("pain was 7/10, now 3/10", {"pain.score": 3.0}),
    ("pain 3/10 now, was 7/10 in June", {"pain.score": 3.0}),
    (
        "heel raise 10 left 20 right last month, now 15 left 21 right",
        {"heel_rise.left": 15.0, "heel_rise.right": 21.0},
    ),
    # sports and the tendon as the complaint
    ("14M ski racer, knee ache", {"sport": "skiing"}),
    ("15M alpine racer, knee ache", {"sport": "skiing"}),
    ("skis every winter, 33M", {"sport": "skiing"}),
    (
        "24F handball, patellar tendon. Physio before me started decline squats into 6/10 pain",
        {"condition": {"patellar-tendinopathy"}},
    ),
    ("sore at the patellar tendon 3/52, isometrics?", {"condition": {"patellar-tendinopathy"}}),
    ("patella tendon reload, 27M", {"condition": {"patellar-tendinopathy"}}),
    ("R ACLR 9/12, HS LSI 93%", {"hamstrings.lsi": 93.0}),
]
NOT_READ = [
    ("How many patients did Bento treat in her trial?", "sex"),
    ("Barker, as he argues from his own client", "sex"),
    ("SLHR 12, 24", "age"),
    ("SLHR 12, 24, knee sore", "age"),
    ("heel raises on the left, 18, on the right, 24", "age"),
    ("ibuprofen 400, 20, knee sore", "age"),
    ("ACLR, 16 weeks, hops fine", "age"),
    ("knee pain, 12, weeks of it", "age"),
    ("revision ACLR with LET, KOOS sport 55, fear of re-injury", "age"),
    ("BP 110/70, HR 58, new to exercise, knee OA", "age"),
    ("knee OA, BMI 41, breathless on stairs", "age"),
    ("PCL recon, wk 10, tight behind the knee", "age"),
    ("won't straighten past 20, hard block", "age"),
    ("overdose at 19, well since, PFP", "age"),
    ("ACLR in May. Patellar tendon sore after jumps, graft harvest side", "condition"),
    ("my sister, 40, had an ACLR", "age"),
    ("my sister, 40, had an ACLR; patient has PFP", "surgery.kind"),
    ("PFP, stairs fine, squat fine", "aggravator"),
    ("gave her squats and running, PFP", "aggravator"),
    ("3x10 squats, stairs twice a day as exercise, PFP", "aggravator"),
    ("The guideline wants quads LSI 90", "quads.lsi"),
    ("should quads LSI be 90 before running?", "quads.lsi"),
    ("Surgeon's protocol says start jogging at 12 weeks after ACLR", "surgery.weeks"),
    ("jogging at 12 weeks of a training plan, PFP", "surgery.weeks"),
    ("ACLR with patellar tendon graft, squats, 10 weeks", "condition"),
    ("ACLR 10 weeks. Patellar tendon. Squats?", "condition"),
    ("patellar tendon rupture repaired, squats", "condition"),
    ("patellar tendon reflex brisk, squats", "condition"),
    ("patellar tendon normal on ultrasound, jumps", "condition"),
]


@pytest.mark.parametrize(("text", "facts"), READ, ids=[t for t, _ in READ])
def test_a_fact_of_the_patient_is_read_beside_what_is_not(text, facts, library):
    known = dict(frame([text], library).known)
    assert {name: known.get(name) for name in facts} == facts


@pytest.mark.parametrize(("text", "name"), NOT_READ, ids=[t for t, _ in NOT_READ])
def test_a_fact_that_is_not_the_patients_is_not_read(text, name, library):
    assert name not in dict(frame([text], library).known)


@pytest.mark.parametrize("said", ["tib tub", "tibial tub", "tib tubercle"])
def test_the_tibial_tubercle_is_known_in_shorthand(said, library):
    assert library.normaliser.expand(f"TOP {said}, 13F") == "top tibial tubercle, 13f"
