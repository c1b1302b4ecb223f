"""Which form of answer a question asks for; the form decides the first sentence."""

from __future__ import annotations

import pytest

from assistant.framing import frame
from assistant.intents import asked_of
from corpus.library import read_library

LIBRARY = read_library()

QUESTIONS = {
    "polar": [
        "Does an underworking calf cause front-of-knee pain?",
        "Is her calf the cause?",
        "Should every knee pain patient do calf rehab?",
        "6 weeks post ACLR hamstring graft, is isolated calf work ok?",
        "Can isolated calf work ingrain bad patterns?",
        "Bento says the calf does not matter for the knee. Is she correct?",
        "Does instant relief prove the calf was the problem?",
        "Are the quads overworking in this runner?",
        "Any reason not to add open chain quads at 5 weeks?",
        "40 weeks post ACLR, quads LSI 86, he wants to play this weekend. Clear him?",
        "Foot drills beat anything aimed at the calf. True?",
        "Do higher EMG readings mean a better exercise?",
        "34M runner, weak calf. Worth strengthening it?",
        "Would you rest the quads?",
        "Has she outgrown Osgood's at 16?",
        "Safe to squat at 4 weeks after a meniscal repair?",
        "So the calf is the culprit, right?",
        "61M L knee OA on apixaban. Calf ex worth adding?",
        "Heel rises 27 left and 30 right. Mentor says train the left calf. Needed?",
        "SL calf loading at 10/52, yes or no?",
        "13 weeks post ACLR, trace effusion. Ready to jog?",
    ],
    "choice": [
        "Calf raises or functional drills for a runner with knee pain?",
        "Would calf or whole-leg work be the better first step?",
        "Calf or chain?",
        "Isometrics or straight to heavy slow in a jumper's knee?",
        "Plain heel raises vs wall drills?",
        "Isolated gastroc strengthening or whole-chain drills for this runner?",
        "Rest him, or keep him going with strengthening?",
        "Which is better for AKP, hip work or calf work?",
        "Should I load the quads or the calf?",
        "Seated or standing calf raises after a meniscal repair?",
        "Do I pick drills rather than raises?",
        "Would you use step-downs instead of calf raises?",
        "Is hip strengthening better than calf strengthening?",
        "Open chain versus closed chain quads at 6 weeks post ACLR?",
    ],
    "why": [
        "Why does his knee pain come back every time he ups his mileage?",
        "Why would a weak calf overload the knee?",
        "How come her knee snaps back?",
        "What is the reason the pain returns?",
        "What explains the relief after one calf drill?",
        "So why does Osgood-Schlatter keep flaring?",
        "How could the calf make the kneecap hurt?",
        "What's the rationale for calf work in knee OA?",
        "34F, AKP for a year, quads done. Why is she still sore?",
        "What is the mechanism by which gastroc loads the front of the knee?",
        "Why do the hamstrings and gastroc work together?",
    ],
    "test": [
        "Which test tells me whether the calf matters in this knee?",
        "How do I test calf strength in clinic?",
        "How should I assess the calf in a runner?",
        "What should I measure first in this knee?",
        "Which finding would tip you toward calf first?",
        "How can I tell if the quads are overworking?",
        "What would decide it in this patient?",
        "Which assessment separates hip from calf?",
        "How would you check for a calf deficit?",
        "What would change your mind about the calf?",
        "Best test for ankle stiffness here?",
        "How do you know the calf is weak?",
        "Who needs the calf tested?",
        "Is there a test that shows the calf drives the knee?",
    ],
    "dose": [
        "How many calf raises should I give a knee patient?",
        "How many sets of donkey raises does Barker prescribe?",
        "How often should she load the calf?",
        "How heavy should the heel raises be?",
        "Sets and reps for calf raises in AKP?",
        "What dose of calf loading after ACLR?",
        "How many times a week for the wall drill?",
        "What load should I start with for soleus raises?",
        "Calf raise dosage for a runner with PFP?",
        "How much pain is acceptable during loading?",
        "What tempo for heel raises?",
        "TKR 12 days ago. How hard can I push quads and calf strengthening this week?",
        "How far should he run in week one?",
        "Reps for calf raises?",
    ],
    "lookup": [
        "What are the Ottawa knee criteria?",
        "Normal single-leg heel rise count by sex?",
        "Heel rise norms for a 50 year old?",
        "What is the cut-off for return to sport after ACLR?",
        "return to pivoting sport after ACLR: which criteria and how many months?",
        "When can he run after a meniscal repair?",
        "Define patellofemoral pain",
        "What is patellofemoral pain?",
        "Remind me of the Pittsburgh knee rule",
        "Ottawa knee rule",
        "What is the normal knee-to-wall distance?",
        "How long does Osgood-Schlatter take to settle?",
        "List the criteria for return to running",
        "Where is the cut-off for hop symmetry?",
    ],
    "viewpoint": [
        "What would Bento say about calf raises?",
        "What does Barker claim about the quads?",
        "And what would Bento do with those numbers?",
        "How would Barker treat this runner?",
        "Why does Bento object to isolation?",
        "Would Bento object to me isolating the calf here?",
        "Does Barker think the quads should rest?",
        "What does the calf-focused school recommend after surgery?",
        "What is Barker's position on foot drills?",
        "How do Barker and Bento view snapping knees?",
        "What would the whole-chain school start with?",
    ],
    "strength": [
        "How strong is the evidence for calf rehab in knee pain?",
        "Is there any evidence that calf work helps?",
        "What does the evidence say about calf strengthening in PFP?",
        "How good is the research behind foot drills?",
        "Any trials of calf raises for knee pain?",
        "What is the quality of the evidence for isolation?",
        "Where does the evidence stand on hip work?",
        "What's the evidence base for the wall drill?",
        "Is there an RCT of calf raises for AKP?",
        "Is there proof that the calf is to blame?",
        "What level of evidence supports taping?",
    ],
    "plan": [
        "R AKP 6/12, 28F runner, SLHR 11 R v 26 L",
        "13 yo footballer, Osgood-Schlatter, coach wants calf work. Thoughts?",
        "What should I do next with this knee?",
        "How should I progress her at 8 weeks post ACLR?",
        "34M runner, AKP, SLHR 14/27. Plan?",
        "Where should I start with this runner?",
        "28F netballer, patellar tendinopathy, in season",
        "How would you manage this?",
        "What would you do first?",
        "44M, knee OA, agg stairs. Next step?",
        "How do I rehab a runner with AKP?",
        "45F AKP, tried quads. What else can I try?",
        "L MM repair 4/52, PWB, brace. Ideas?",
        "Treatment focus for a knee that hurts on stairs?",
    ],
}
TABLE = [(intent, question) for intent, questions in QUESTIONS.items() for question in questions]


@pytest.mark.parametrize(("intent", "question"), TABLE, ids=[q for _, q in TABLE])
def test_a_question_wants_the_form_it_asks_for(intent, question):
    assert frame([question], LIBRARY).intent == intent


def test_the_table_is_as_large_as_it_should_be():
    assert len({q for _, q in TABLE}) == len(TABLE) >= 120


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("34m runner. sore for a year. is it the calf?", "is it the calf?"),
        ("is it the calf? 34m runner.", "is it the calf?"),
        ("34m runner, sore knee", "34m runner, sore knee"),
        ("", ""),
        ("why? and what next?", "why? and what next?"),
    ],
)
def test_only_the_sentences_that_ask_are_asked(text, asked):
    assert asked_of(text) == asked
