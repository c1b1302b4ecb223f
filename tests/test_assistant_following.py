"""Follow-ups: what goes on from the question before, in which form, and what stands by itself."""

from __future__ import annotations

import pytest

from assistant.following import Kind, following, is_not_known, is_supposed, root_of, stated
from corpus.library import read_library
from guardrails.types import Detail, Intent

LIBRARY = read_library()


def step(text):
    return following(LIBRARY.normaliser.expand(text), LIBRARY)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("why?", Intent.WHY),
        ("ok, and why is that?", Intent.WHY),
        ("how come?", Intent.WHY),
        ("what's the rationale for that?", Intent.WHY),
        ("how strong is that evidence?", Intent.STRENGTH),
        ("any trials?", Intent.STRENGTH),
        ("says who?", Intent.STRENGTH),
        ("what's that based on?", Intent.STRENGTH),
        ("is there any actual evidence for that?", Intent.STRENGTH),
        ("give me the tests again", Intent.TEST),
        ("which tests were they?", Intent.TEST),
        ("what would change your mind?", Intent.TEST),
        ("how many sets?", Intent.DOSE),
        ("how often?", Intent.DOSE),
        ("sets and reps?", Intent.DOSE),
        ("which exercise first?", Intent.PLAN),
        ("so where do I start?", Intent.PLAN),
        ("what next?", Intent.PLAN),
        ("for how long?", Intent.LOOKUP),
        ("what would Bento say to that?", Intent.VIEWPOINT),
        ("and Barker?", Intent.VIEWPOINT),
        ("And what would Bento do with those numbers?", Intent.VIEWPOINT),
    ],
)
def test_a_question_without_a_subject_asks_the_one_before_in_another_form(text, intent):
    found = step(text)
    assert (found.kind, found.intent) == (Kind.SAME, intent)
    assert not found.wants_other


@pytest.mark.parametrize(
    "text",
    ["what would the other camp say?", "and the other side?", "what's the opposing view?", "any counter-argument?",
     "devil's advocate?", "who disagrees?", "how about the other school"],
)  # fmt: skip
def test_the_other_school_may_be_asked_for_without_its_name(text):
    found = step(text)
    assert (found.kind, found.intent, found.wants_other) == (Kind.SAME, Intent.VIEWPOINT, True)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("shorter", Detail.BRIEF),
        ("can you make that shorter please?", Detail.BRIEF),
        ("tl;dr", Detail.BRIEF),
        ("in one sentence", Detail.BRIEF),
        ("more detail", Detail.FULL),
        ("in full please", Detail.FULL),
        ("tell me more", Detail.FULL),
        ("the long version", Detail.FULL),
    ],
)
def test_another_length_may_be_asked_for(text, detail):
    found = step(text)
    assert (found.kind, found.detail, found.intent) == (Kind.SAME, detail, None)


@pytest.mark.parametrize("text", ["again", "say that again", "thanks", "ok"])
def test_some_words_ask_for_the_same_answer(text):
    assert (step(text).kind, step(text).intent, step(text).is_told) == (Kind.SAME, None, False)


@pytest.mark.parametrize(
    "text",
    ["actually she is 54", "sorry, left not right", "correction: 14 v 22", "he's not a runner", "no surgery",
     "don't know", "SLHR 14 R v 22 L", "12 weeks", "scrap that, no surgery", "her heel raise is 14 now", "also has OA", "OA not AKP", "43 sorry"],
)  # fmt: skip
def test_a_turn_that_only_tells_something_asks_the_question_before_anew(text):
    assert (step(text).kind, step(text).is_told) == (Kind.SAME, True)


@pytest.mark.parametrize(
    "text",
    ["and after surgery?", "what about the hip?", "and if she were 15?", "same but for a runner", "And what about the other knee?",
     "does that change if he is pregnant?", "what about taping?", "She's 51 not 15. Does that alter the plan?"],
)  # fmt: skip
def test_a_turn_may_keep_the_question_and_change_something_of_it(text):
    assert step(text).kind is Kind.CHANGED


@pytest.mark.parametrize(
    "text",
    ["Does a weak calf cause knee pain?", "28F runner, R AKP, SLHR 11 v 26. Calf raises?", "why do calves matter?",
     "What does Bento say about calf raises?", "ok noted, but which calf exercise do I give him tomorrow?",
     "What is patellofemoral pain?", "how many heel raises a day?", "How do I bake bread?",
     "R AKP 6/12, 28F runner, SLHR 11 R v 26 L, hurts on stairs and hills, tried rest, tape and insoles for weeks. Why?"],
)  # fmt: skip
def test_a_question_with_a_subject_stands_by_itself(text):
    assert step(text).kind is Kind.OWN


def test_what_is_told_beside_a_follow_up_is_seen():
    assert step("now 14 R v 22 L. Why?").intent is Intent.WHY
    assert not step("now 14 R v 22 L. Why?").is_whole
    assert step("why?").is_whole


def test_the_root_of_a_run_of_follow_ups_is_the_question_that_they_ask():
    turns = [
        LIBRARY.normaliser.expand(t) for t in ("Calf raises for AKP?", "why?", "shorter", "what about the hip?", "why?")
    ]
    assert [root_of(turns, n, LIBRARY) for n in range(5)] == [0, 0, 0, 3, 3]


@pytest.mark.parametrize(
    "text", ["and if she were 15?", "same but for a runner", "what about a 60 year old?", "and after aclr?"]
)
def test_what_is_only_supposed_is_known_as_such(text):
    assert is_supposed(text)


@pytest.mark.parametrize("text", ["actually she is 54", "what about the hip?", "she is 15", "if in doubt " * 9])
def test_what_is_told_is_not_taken_as_supposed(text):
    assert not is_supposed(text)


def test_supposing_words_become_a_statement():
    assert stated("what if he had 80?") == "patient is 80?"
    assert stated("and at 60?") == "age 60"


@pytest.mark.parametrize(("text", "unknown"), [("not tested", True), ("no idea", True), ("12 weeks", False)])
def test_not_knowing_is_an_answer(text, unknown):
    assert is_not_known(text) is unknown
