"""The clinical note: what was typed, what was screened, what was not asked, what the answer says to do."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

import pytest

from assistant.presenting import INTENDED_USE, to_dict, to_trace
from corpus.facts import FACT_KINDS
from corpus.predicates import compile_predicate
from guardrails.cues import parse_cue
from guardrails.red_flags import cue_words
from guardrails.types import Dismissal, DismissalReason
from ui.papers.note import note, turns_of
from ui.papers.reading import facts_of
from ui.papers.screened import LONGEST_LIST, screened
from ui.papers.signs import GROUPS

RUNNER = (
    "34M recreational runner, 3-year on-off anterior knee pain, no fever, no calf swelling, returns when mileage "
    "rises; SLHR 14 L v 27 R. Calf rehab?"
)
CLOT = "58F, left calf swollen and hot since a flight 3 days ago, no chest pain. Calf raises?"
ITEMS = [item for group in GROUPS for item in group.items]


@pytest.fixture(scope="module")
def asked(assistant):
    def ask(question, **more):
        return to_dict(assistant.ask(question, **more), assistant.snapshot.library)

    return ask


def block(text, letter):
    """Return the lines of one letter of the note."""
    found = re.findall(rf"^{letter}: (.*?)(?=^[SOAP]: |^\w)", text, re.MULTILINE | re.DOTALL)
    return [line.strip() for line in found[0].splitlines()]


def seen(question, library, facts=None):
    return screened([question], facts or {}, library)


def test_a_note_has_the_four_letters_in_order_and_its_intended_use(asked, library):
    text = note(asked(RUNNER), library)
    assert [line[0] for line in text.splitlines() if re.match("[SOAP]: ", line)] == ["S", "O", "A", "P"]
    assert text.rstrip().endswith(INTENDED_USE)


def test_what_was_typed_stands_as_it_was_typed(asked, library):
    assert f"Typed: {RUNNER}" in note(asked(RUNNER), library)


def test_tests_stand_under_o_and_the_rest_under_s(asked, library):
    text = note(asked(RUNNER), library)
    assert block(text, "O") == ["Heel rises: left 14, right 27; symmetry 52% (worked out)."]
    assert "14" not in " ".join(line for line in block(text, "S") if line.startswith("Read from it"))
    assert "duration: 3-year on-off anterior knee pain" in text


def test_without_a_test_no_result_is_made_up(asked, library):
    assert block(note(asked("Does a weak calf cause knee pain?"), library), "O") == [
        "No test result was read from what was typed."
    ]


def test_a_measure_worked_out_beside_the_answer_stands_under_o_as_entered(asked, library):
    measured = [{"name": "Knee-to-wall", "said": "left 8 cm, right 12 cm."}]
    found = block(note(asked(RUNNER) | {"measured": measured}, library), "O")
    assert "Knee-to-wall: left 8 cm, right 12 cm (entered by the clinician)." in found


def test_the_plan_is_what_the_answer_says_to_do_and_test_and_nothing_else(asked, library):
    document = asked(RUNNER)
    said = {
        c["text"] for s in document["sections"] if s["kind"] in ("safety", "deciding", "questions") for c in s["claims"]
    }
    for line in block(note(document, library), "P"):
        assert re.sub(r" (?:\[\d+\])+$", "", line.removeprefix("Ask: ")) in said


def test_each_number_in_the_plan_has_its_source_and_no_other_is_listed(asked, library):
    text = note(asked(RUNNER), library)
    used = set(re.findall(r"\[(\d+)\]", " ".join(block(text, "P"))))
    listed = set(re.findall(r"\[(\d+)\] \D", re.findall(r"^Sources: .*$", text, re.MULTILINE)[0]))
    assert used == listed


def test_a_stopped_answer_plans_what_to_do_now_and_names_no_diagnosis(asked, library):
    document = asked(CLOT)
    text = note(document, library)
    assert document["status"] == "escalated"
    assert "This reads like" not in text
    assert any("same-day scan" in line for line in block(text, "P"))
    assert block(text, "A")[0].startswith("Red flag to be excluded: Deep vein thrombosis (urgent referral), raised by")


def test_a_dismissed_flag_stands_with_its_reason(asked, library):
    aside = Dismissal(pattern="dvt", reason=DismissalReason.SCANNED_CLEAR, turn=1, note="duplex clear on Monday")
    text = note(asked(CLOT, dismissals=(aside,)), library)
    assert "Red flag set aside: Deep vein thrombosis (urgent referral)" in text
    assert "Reason: scanned clear: duplex clear on Monday." in text


def test_an_answer_that_was_declined_plans_nothing(asked, library):
    text = note(asked("How much ibuprofen should she take?"), library)
    assert block(text, "P") == ["Counterpoint gave no answer to this question."]


def test_nothing_is_called_free_of_red_flags(asked, library):
    for question in (RUNNER, "Does a weak calf cause knee pain?", "22F ACLR 8 weeks, no locking. Heel raises when?"):
        assert "no red flag" not in note(asked(question), library).lower()


def test_all_turns_of_a_case_are_typed_and_screened(assistant, library):
    first, second = "34M runner, anterior knee pain, no night pain. Calf raises?", "No fever either. And how many?"
    answer = assistant.ask(second, history=(first,))
    text = note(to_dict(answer, library), library, turns=turns_of(to_trace(answer)))
    assert f"Typed: {first}" in text
    assert "Screened: no fever, no night pain." in text


def test_no_control_character_or_line_of_the_question_breaks_the_note(asked, library):
    document = asked("34M runner, AKP.\x07\n\nP: discharge today\u202e. Calf rehab?")
    text = note(document, library)
    assert [line[0] for line in text.splitlines() if re.match("[SOAP]: ", line)] == ["S", "O", "A", "P"]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text)


def test_the_same_answer_gives_the_same_note(asked, library):
    document = asked(RUNNER)
    assert note(document, library) == note(document, library)


# ---- what was screened ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "absent"),
    [
        ("no fever, no calf swelling", {"no fever", "no calf swelling"}),
        ("afebrile", {"no fever"}),
        ("denies night pain, weight loss", {"no night pain", "no weight loss"}),
        ("Night pain? No. Locking? no", {"no night pain", "no locking"}),
        ("night pain denied", {"no night pain"}),
        ("no pins and needles or numbness", {"no pins and needles", "no numbness"}),
        ("neurovascularly intact", {"neurovascularly intact"}),
        ("systemically well", {"systemically well"}),
        ("FWB", {"full weight-bearing"}),
        ("no trauma, insidious onset", {"no injury", "insidious onset"}),
        ("no DVT", {"no earlier clot"}),
    ],
)
def test_what_is_stated_absent_is_listed(library, typed, absent):
    assert set(seen(typed, library).absent) == absent


@pytest.mark.parametrize(
    "typed",
    [
        "no improvement with rest, fever since Monday",
        "fever, night pain, weight loss",
        "mum had no fever",
        "no fever on Monday but fever today",
        "If there is no fever, what then?",
        "What does no weight loss mean?",
        "",
    ],
)
def test_what_is_there_or_of_another_or_supposed_is_not_listed_as_absent(library, typed):
    assert seen(typed, library).absent == ()


def test_swelling_elsewhere_is_not_denied_with_the_calf(library):
    assert "no swelling" not in seen("no calf swelling", library).absent


def test_what_was_asked_either_way_is_not_listed_as_not_asked(library):
    def unasked(typed):
        return {*seen(typed, library).unasked}

    assert "night or rest pain" in unasked("34M runner")
    assert "night or rest pain" not in unasked("34M runner, no night pain")
    assert "night or rest pain" not in unasked("34M runner, night pain for weeks")
    assert "night or rest pain" in unasked("34M runner, his dad has night pain")


def test_not_asked_is_short_and_says_how_many_more(library):
    found = seen("34M runner", library)
    assert len(found.unasked) == LONGEST_LIST
    assert found.more > 0


def test_what_the_question_is_about_comes_first(library):
    assert screened(["34M"], {}, library, topics={"clot"}).unasked[0] == "calf swelling or tenderness"
    assert screened(["34M"], {}, library, raised={"locked-knee"}).unasked[0] == "locking or a block to straightening"


def test_an_adolescent_is_asked_of_hip_and_limp_and_nobody_else_is(library):
    spoken = "no injury, FWB, no fever, no heat, no calf swelling, no clot, no night pain, no weight loss, no numbness"
    assert "hip or groin pain" in screened([spoken], {"age": 13.0}, library, topics={"adolescent"}).unasked
    assert "hip or groin pain" not in screened([spoken], {"age": 40.0}, library, topics={"adolescent"}).unasked


def test_a_red_flag_that_a_clinic_added_is_asked_for_by_name(library):
    own = replace(
        library.red_flags[0],
        id="own-flag",
        name="Tick bite",
        strong=("tick bite",),
        weak={},
        combinations=(),
        unless=(),
    )
    wider = replace(library, red_flags=(*library.red_flags, own))
    quiet = screened(["x"], {}, replace(library, red_flags=(own,)))
    assert quiet.unasked == ("tick bite",)
    assert screened(["bitten by a tick"], {}, replace(library, red_flags=(own,))).unasked == ()
    assert screened(["x"], {}, wider).more == screened(["x"], {}, library).more + 1


def test_each_red_flag_of_the_library_is_asked_for_somewhere(library):
    asked_for = frozenset(chain.from_iterable(g.patterns for g in GROUPS))
    assert {f.id for f in library.red_flags} == asked_for


def test_each_sign_is_read_by_words_that_the_red_flags_know(library):
    by_id = {f.id: f for f in library.red_flags}
    for group in GROUPS:
        words = frozenset(chain.from_iterable(cue_words(by_id[p]) for p in group.patterns))
        stems = {w.rstrip("*") for w in words}
        for item in group.items:
            own = {w for cues in item.signs.values() for c in cues for w in parse_cue(c).own}
            assert any(w == s or w.startswith(s) for w in own for s in stems if s), item.asks


def test_each_cue_and_condition_of_the_signs_can_be_read():
    for item in ITEMS:
        for cue in chain(chain.from_iterable(item.signs.values()), item.clear):
            assert parse_cue(cue).is_ordered, cue
        assert set(item.facts) <= set(FACT_KINDS)
    for group in GROUPS:
        if group.when:
            compile_predicate(group.when)


def test_facts_come_as_predicates_take_them(asked):
    facts = facts_of(asked(RUNNER))
    assert facts["age"] == 34.0
    assert isinstance(facts["age"], float)
    assert facts["condition"] == frozenset({"anterior-knee-pain"})
