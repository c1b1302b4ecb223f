"""What is answered and what is declined, and that a declination is kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intents import asked_of
from assistant.scoping import numbers_of
from guardrails.scope import in_scope, outside
from guardrails.scope.deciding import OF_FOOD, REASONS
from guardrails.scope.learned import Encode
from guardrails.types import SectionKind, Status
from tests.test_guardrails_policy import is_plain, other_outcome, packaged


@pytest.fixture(scope="module")
def encode(assistant) -> Encode:
    return numbers_of(assistant.snapshot)


INSIDE = [
    "Does a weak calf cause knee pain?",
    "R AKP 6/12, 28F runner, SLHR 11 R v 26 L",
    "PFP 8/52, quads LSI 70%, next?",
    "ACLR 6/52 HS graft, PWB, calf raises ok?",
    "TKR 3/52, worth adding calf work?",
    "MMT, degenerative, 55M: scope or exercise?",
    "13M OSD both knees, netball. Stop sport?",
    "SLHR 25 v 27, is the calf the driver?",
    "KTW 6 v 11 cm, does it matter?",
    "What would Bento say about donkey raises?",
    "How strong is the evidence for Barker?",
    "Ottawa criteria?",
    "Wells score for a swollen calf?",
    "What does the EMG study show?",
    "Who needs a heel-rise test?",
    "Is isolated work ever right?",
    "How much load for the patellar tendon?",
    "Return to sport after ACLR at 9/12?",
    "Knee OA first line?",
    "Shockwave for jumper's knee?",
    "Patient on apixaban, can she do heel rises?",
    "She takes ibuprofen for her knee; does that change loading?",
    "Steroid injection 3 months ago, can I load the tendon?",
    "Which exercises for a knee patient on statins?",
    "What loading for a runner on warfarin?",
    "How much load after a steroid injection to the knee?",
    "Should we reduce load as he is on prednisolone 5 mg?",
    "62F knee OA taking NSAIDs, calf or whole chain?",
    "He stopped naproxen last week and the knee is worse. Progress load?",
    "Took ciprofloxacin last month, Achilles sore. Load it?",
    "How long after a corticosteroid injection before loading the patellar tendon?",
    "Should he have a steroid injection for his patellar tendon?",
    "What about heel rises in a man on methotrexate?",
    "On codeine post TKR, how hard can she push the quads?",
    "I have a 34F runner with knee pain, calf or hip first?",
    "I've a patient with knee pain on stairs. Test the calf?",
    "I have a knee patient who snaps back",
    "My patient says my knee drills help. What next?",
    "My knee class: which exercises first?",
    "My client has a sore knee after running",
    "I am a physio with a knee case: does the calf matter?",
    "As a physio, should I test the calf?",
    "I had a patient with a torn meniscus. Isolate?",
    "Physio here. My ACL patients hate raises. Alternatives?",
    "He said his knee gives way. Brace?",
    "Low back pain last year, now knee pain. Calf?",
    "Hip weakness and knee pain: Bento?",
    "On the other hand, does mileage matter for runners?",
    "Rule of thumb for tendon loading?",
    "Hand-held dynamometry for quads?",
    "Femoral neck stress fracture or knee?",
    "Shoulder surgery last year, knee hurts on stairs. Heel rises?",
    "Ankle stiffness and knee pain, mobilise?",
    "Is hopping safe?",
    "Crutches or not after a meniscal repair?",
    "Genu recurvatum, knees snap back",
    "ITB pain at 5k, gait retraining?",
    "Baker's cyst: does the calf need rest?",
    "Q-angle, relevant?",
    "What decides between the two schools for this knee?",
    "Does load or exercise come first?",
    "Squat depth with PFP?",
    "Which brace after MCL sprain?",
    "My TKR lady cannot do a heel rise",
    "Why do my heel rise counts change from week to week?",
    'Client says "my knee aches at night", 52. Which test?',
    "She asked what I would do if it was my knee. How do I explain loading?",
    "Sent as knee OA, the knee is clear on exam, pain over thigh and knee. Hip or knee first?",
    "Calf strain at the gym, knee fine, can rise on toes. First exercises?",
    "On semaglutide, lost weight, knee OA easier. How do I build quads?",
    "Alendronate for osteopenia, knee OA too. Heavy slow work or jumps?",
    "Which antibiotics are known to harm tendons?",
    "Her dog pulls her on walks and the knee swells. Load?",
]
MEDICINES = [
    "Which NSAID is best for knee OA?",
    "What dose of ibuprofen for a knee effusion?",
    "Should she take naproxen before calf raises?",
    "Can I give him paracetamol after the session?",
    "How much codeine can a TKR patient take?",
    "Ibuprofen or naproxen for PFP?",
    "Should he stop apixaban before heel rises?",
    "Should warfarin be stopped before dry needling the calf?",
    "Switch her from tramadol to codeine?",
    "Would you put him on amitriptyline for knee pain?",
    "What painkillers for patellar tendinopathy?",
    "Is 400 mg ibuprofen ok before running with knee pain?",
    "Recommend an anti-inflammatory for runner's knee",
    "Should my patient try glucosamine for knee OA?",
    "Start antibiotics for a hot knee?",
    "Is it ok to come off prednisolone before loading?",
    "Can she have 50 mg tramadol before her knee class?",
    "How many paracetamol a day after an ACLR?",
    "Best medication for osteoarthritis of the knee?",
    "Should she be on statins with tendon pain?",
    "Diclofenac twice a day for jumper's knee?",
    "What is the best painkiller for knee OA?",
    "Cortisone or hyaluronic acid for my knee OA patient, how many mg would you inject?",
    "Knee OA with diabetes, would you start metformin or a GLP-1 first?",
    "Topical ketoprofen or oral for her knee OA?",
    "Is risedronate better weekly for a knee patient with osteopenia?",
    "Tramadol makes her sick after a TKR. What could she take instead?",
    "Pick the naproxen dose for my knee OA patient",
]
OTHER_REGIONS = [
    "Rotator cuff loading, how heavy?",
    "Tennis elbow: isometrics or eccentrics?",
    "Frozen shoulder at 6 months, stretch or load?",
    "Low back pain and core stability?",
    "Neck pain after whiplash",
    "Plantar fasciitis, taping or loading?",
    "Carpal tunnel splints at night?",
    "Cervical manipulation for headache?",
    "TMJ exercises?",
    "Hip labral tear, loading?",
    "Gluteal tendinopathy dosing?",
    "Vertigo, which manoeuvre?",
    "Pelvic floor training after birth?",
    "Wrist fracture rehab?",
    "Thumb osteoarthritis splint?",
    "Bunions in dancers, exercises?",
    "Hip OA, groin pain, knee clear on exam. Which exercises?",
    "Lateral hip pain on stairs, old knee scope ten years ago, knee is fine. Loading plan?",
    "Disc prolapse with pain to the calf, knee exam normal. Nerve glides?",
    "You are good on knees, but painful arc of the shoulder: dose?",
    "Sever's in a young footballer, what load?",
    "Breast lump seen during my knee session, what work-up?",
]
PATIENTS = [
    "My knee hurts, what should I do?",
    "I have knee pain when I run, which exercises?",
    "I twisted my knee yesterday, can I walk on it?",
    "My physio says she wants me to do calf raises, is that right?",
    "I've got runner's knee, should I rest?",
    "Should I see a doctor about the swelling?",
    "When can I run again after my ACL surgery?",
    "I'm 45 and with my knee swollen, can I ski?",
    "My doctor told me it is arthritis. Calf raises?",
    "I tore my meniscus, do I need surgery?",
    "I've had a sore knee for weeks",
    "My left knee clicks, is that bad?",
    "I'm in pain after calf raises, help",
    "Surgeon says I need a new knee and I'm scared of the op. Should I have it done?",
    "My daughter has sore knees after dance, should she stop?",
    "Can I start running after my knee surgery?",
    "I did my ACL in spring, is jumping all right?",
]
OTHER_SUBJECTS = [
    "How do I load a CSV in Python?",
    "Write me a poem about knees",
    "Tell me a joke about calf muscles",
    "A recipe for lasagne please",
    "What is the weather tomorrow?",
    "Who is the prime minister?",
    "What is the capital of France?",
    "Hello, how are you?",
    "Best exercise for weight loss?",
    "How do I bake bread?",
    "Is bitcoin going up?",
    "Fix this SQL query: select * from load",
    "thanks!",
    "Who are you?",
    "How heavy should my bench press be?",
    "Write a regex that matches dates",
    "My dog is limping after a cruciate op, which exercises?",
    "Which billing code for a knee assessment?",
    "Fix my Excel formula in the knee outcomes sheet",
    "Can I be sued if a knee patient falls?",
    "Best running shoes under £90?",
]
FOOD = [
    "best diet for gout",
    "Which foods lower uric acid?",
    "What diet should my knee OA patient follow?",
    "Does an anti-inflammatory diet help knee osteoarthritis?",
    "Meal plan for a knee replacement patient?",
]

OUTSIDE = {
    "Choosing, dosing, starting or stopping a medicine": MEDICINES,
    "another part of the body": OTHER_REGIONS,
    "cannot advise a patient about their own knee": PATIENTS,
    "is for a dietitian or a doctor": FOOD,
    "does not seem to be about a knee patient": OTHER_SUBJECTS,
}
DECLINED = [(question, why) for why, questions in OUTSIDE.items() for question in questions]


def reason(question: str, *earlier: str, encode: Encode | None = None) -> str | None:
    """Return why a question is declined in its conversation, read as the pipeline reads it."""
    expand = packaged().normaliser.expand
    return outside(
        asked_of(expand(question)),
        " \n ".join(expand(t) for t in (*earlier, question)),
        [v.surname.lower() for v in packaged().viewpoints],
        encode=encode,
    )


@pytest.mark.parametrize("question", INSIDE)
def test_a_question_about_a_knee_patient_is_in_scope(question, encode):
    assert reason(question, encode=encode) is None


def test_without_a_vector_hardly_a_question_inside_is_declined():
    assert sum(reason(q) is not None for q in INSIDE) <= len(INSIDE) / 15


@pytest.mark.parametrize(("question", "why"), DECLINED)
def test_a_question_that_others_should_answer_is_declined_with_its_reason(question, why, encode):
    assert why in (reason(question, encode=encode) or "")


def test_the_tables_are_as_long_as_they_claim():
    assert len(INSIDE) >= 60
    assert len(DECLINED) >= 60


# earlier turns, the question, whether it is declined
TURNS = [
    (("28F runner, knee pain",), "and after surgery?", False),
    (("28F runner, knee pain",), "how strong is that?", False),
    (("28F runner, knee pain",), "which painkiller is best?", True),
    (("28F runner, knee pain on ibuprofen",), "how much load?", False),
    (("My knee hurts",), "and how many calf raises?", True),
    (("My patient's knee hurts",), "my knee patient hates raises. Then?", False),
    (("tennis elbow",), "and the dose?", True),
    (("28F runner, knee pain",), "Rotator cuff loading, how heavy?", True),
    (("28F runner, knee pain",), "And with low back pain as well?", False),
    (("28F runner, knee pain",), "Does her low back pain change it?", False),
    (("TKR week 3, tramadol makes her woozy",), "What should she be switched to?", True),
]


@pytest.mark.parametrize(("earlier", "question", "is_declined"), TURNS)
def test_a_follow_up_is_judged_in_its_conversation(earlier, question, is_declined, encode):
    assert (reason(question, *earlier, encode=encode) is not None) is is_declined


def test_a_medicine_that_is_only_told_is_no_question_about_it():
    told = "She takes naproxen 500 mg. Does the calf matter for her knee?"
    asked = "She takes naproxen. Should she stop naproxen for her knee?"
    assert reason(told) is None
    assert "medicine" in (reason(asked) or "")


@pytest.mark.parametrize("why", sorted(OUTSIDE))
def test_a_declination_is_a_kind_sentence_that_points_on(why):
    why = next(r for r in (*REASONS.values(), OF_FOOD) if why in r)
    assert is_plain(why)
    assert why.endswith(".")
    assert why[0].isupper()
    for unkind in ("invalid", "error", "wrong", "cannot process", "refuse", "must not", "illegal", "!"):
        assert unkind not in why.lower()


def test_a_declination_says_what_is_in_scope():
    note = other_outcome(Status.DECLINED).section(SectionKind.NOTE)
    said = note.claims[1].text
    names = [packaged().viewpoint_by_id[v].name.lower() for d in packaged().debates for v in d.viewpoints]
    assert said == in_scope(names)
    for part in ("knee", "physiotherapists", *names, "guidelines", "test"):
        assert part in said


@pytest.mark.parametrize("name", ["barker", "bento", "south"])
def test_a_question_that_names_a_school_is_in_scope_without_a_word_about_the_knee(name):
    asked = f"what would {name} say to that"
    assert outside(asked, asked, [name]) is None
    assert outside("what tyres suit a van", "what tyres suit a van") is not None
    assert outside("what tyres suit a van", f"what tyres suit a van, {name}", [name]) is None


@given(st.text(), st.text(), st.booleans())
def test_any_text_is_judged_without_a_crash(asked, whole, is_strange):
    found = outside(asked, whole, ["north"], is_strange=is_strange)
    assert found is None or found.endswith(".")


@given(st.sampled_from(INSIDE), st.sampled_from(["\n", " ", "  ", "\t"]))
def test_white_space_around_a_question_changes_nothing(question, space):
    assert reason(f"{space}{question}{space}") == reason(question)
