"""Red flags: the language of cues, and each escalating pattern with its negated twin."""

from __future__ import annotations

import statistics
import time
from functools import cache

import pytest

from corpus.facts import Facts
from corpus.library import Library, read_library
from corpus.types import Action, RedFlag, Term
from guardrails.cues import parse_cue, spans
from guardrails.red_flags import seen


@cache
def packaged() -> Library:
    """Return the packaged library, read once."""
    return read_library()


def flag(flag_id: str = "flag", action: Action = Action.EMERGENCY, **parts: object) -> RedFlag:
    """Return a red flag with `parts` and nothing else of interest."""
    return RedFlag(
        id=flag_id,
        name="n",
        action=action,
        suspected="s",
        do_now="d",
        cites=("c:1",),
        **({"strong": ()} | parts),  # type: ignore[arg-type]
    )


def library(*flags: RedFlag) -> Library:
    """Return a library of these flags with one synonym."""
    return Library(red_flags=flags, terms=(Term(name="fever", synonyms=("febrile",)),))


def found(cue: str, *turns: str, facts: Facts | None = None) -> bool:
    """Return whether a flag with this one strong cue is seen in `turns`."""
    return bool(seen(library(flag(strong=(cue,))), turns, facts or {}))


def escalating(text: str, facts: Facts | None = None) -> set[str]:
    """Return the escalating patterns of the packaged library seen in `text`."""
    return {f.pattern for f in seen(packaged(), (text,), facts or {}) if f.action.escalates}


@pytest.mark.parametrize(
    ("cue", "text", "is_found"),
    [
        ("knee hot|warm", "the knee is very warm", True),
        ("knee hot|warm", "the knee is so very very warm", False),
        ("knee hot", "hot knee", False),
        ("~knee hot", "hot and then some more words about the knee", True),
        ("~knee hot", "hot day. knee sore", False),
        ("~knee hot", "not hot, knee sore", False),
        ("~knee hot hot", "knee", False),
        ("swoll*", "swollen", True),
        ("swoll*", "a swallow", False),
        ("fever", "febrile", True),
        ("knee dislocated", "knee never dislocated", False),
        ("no|absent pulse", "no foot pulse", True),
        ("temp 38.6", "temp 38.6", True),
        ("calf sore", "calf raise sore", False),
        ("calf raise sore", "calf raise is sore", True),
        ("swollen calf", "swollen calf work", False),
        ("swollen calf", "swollen calf", True),
        ("red", "any red flags?", False),
    ],
)
def test_words_of_a_cue(cue: str, text: str, is_found: bool) -> None:
    assert found(cue, text) is is_found


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("temperture", True),  # a letter less
        ("temperrature", True),  # a letter more
        ("temperatrue", True),  # two swapped
        ("temperatire", False),  # another letter: too often a word of its own
        ("temprture", False),
        ("emperature", False),  # the first letter stands
    ],
)
def test_one_slip_in_a_long_word_is_read(typed: str, is_found: bool) -> None:
    assert found("temperature", f"raised {typed} today") is is_found


def test_ordinary_words_of_the_library_are_not_taken_for_slips() -> None:
    assert not found("soiling", "spoiling the fun")
    assert not found("settling", "setting the pace")


@pytest.mark.parametrize(
    ("cue", "facts", "is_found"),
    [
        ("limp@age<18", {"age": 12.0}, True),
        ("limp@age<18", {"age": 40.0}, False),
        ("limp@age<18", {}, False),
        ("limp@not age>=18", {}, True),
    ],
)
def test_a_condition_on_the_case(cue: str, facts: Facts, is_found: bool) -> None:
    assert found(cue, "he has a limp", facts=facts) is is_found


def test_a_past_mention_counts_only_where_the_cue_says_so() -> None:
    assert not found("cancer", "previous cancer")
    assert found("^cancer", "previous cancer")
    assert found("^~cancer treated", "previous cancer, treated")
    assert not found("^cancer", "no cancer")
    assert not found("^cancer", "her mother had cancer")


def test_a_cue_that_was_denied_and_then_affirmed_counts() -> None:
    assert found("fever", "no fever on monday.", "fever today")


def test_parsing_a_cue_keeps_marks_words_and_condition_apart() -> None:
    cue = parse_cue("^~hot|warm knee*@age<18")
    assert (cue.words, cue.is_ordered, cue.counts_if_past, cue.condition) == (
        (frozenset({"hot", "warm"}), frozenset({"knee*"})),
        False,
        True,
        "age<18",
    )
    assert cue.own == {"hot", "warm", "knee*"}


def test_spans_are_those_of_the_words_and_what_lies_between() -> None:
    assert list(spans("knee hot@age<18", "left knee is hot")) == [(5, 16)]


def combined(**parts: object) -> Library:
    weak = {"hot": ("hot",), "ill": ("fever", "unwell"), "child": ("@age<18", "child"), "never": ("zebra",)}
    return library(flag(weak=weak, **parts))


@pytest.mark.parametrize(
    ("combination", "text", "facts", "triggers"),
    [
        (("hot", "ill"), "knee hot. a bit later on: unwell", {}, ("hot", "unwell")),
        (("hot", "ill"), "knee hot", {}, None),
        (("hot", "ill"), "knee hot, no fever", {}, None),
        (("child", "hot"), "knee hot", {"age": 9.0}, ("hot",)),
        (("child", "hot"), "child with a hot knee", {"age": 19.0}, ("child", "hot")),
        (("never", "hot"), "knee hot", {}, None),
    ],
)
def test_a_combination_counts_wherever_its_cues_stand(combination, text, facts, triggers) -> None:
    (one,) = seen(combined(combinations=(combination,)), (text,), facts) or (None,)
    assert (one.triggers if one else None) == triggers


def test_a_cue_shared_by_combinations_is_looked_for_once_and_a_later_combination_may_hold() -> None:
    both = combined(combinations=(("hot", "never"), ("hot", "ill")))
    assert seen(both, ("hot and unwell",), {})[0].triggers == ("hot", "unwell")


def test_unless_takes_a_flag_back_unless_it_is_denied() -> None:
    patella = library(flag(strong=("popped out",), unless=("patella popped",)))
    assert not seen(patella, ("patella popped out",), {})
    assert seen(patella, ("knee popped out. no patella popped",), {})


def test_most_urgent_first_then_by_name_with_at_most_three_triggers() -> None:
    flags = (
        flag("b", Action.URGENT_REFERRAL, strong=("hot",)),
        flag("a", strong=("hot",)),
        flag("c", strong=("hot", "red", "sore", "tense")),
    )
    found_flags = seen(library(*flags), ("hot red sore tense hot",), {})
    assert [f.pattern for f in found_flags] == ["a", "c", "b"]
    assert found_flags[1].triggers == ("hot", "red", "sore")


# Each escalating pattern: what escalates it, and the same finding denied or explained.
ACLR = {"surgery.kind": "aclr", "surgery.weeks": 2.0}
TKA = {"surgery.kind": "tka", "surgery.weeks": 12.0}
OLD_TKA = {"surgery.kind": "tka", "surgery.weeks": 300.0}
PATTERNS: list[tuple[str, Facts, str, str]] = [
    (
        "fracture",
        {"age": 40.0},
        "Fell yesterday, unable to take four steps, knee bends to 60.",
        "Fell yesterday, walks four steps and more, no bony tenderness, bends to 120.",
    ),
    (
        "knee-dislocation",
        {},
        "Tackle tonight, knee went out of shape and clunked back, all ligaments lax.",
        "Tackle tonight, knee never went out of shape, no ligament lax, pulses normal.",
    ),
    (
        "quadriceps-tendon-rupture",
        {"age": 60.0},
        "Heard a rip, gap above the kneecap and no active extension.",
        "No rip, no gap above the kneecap, full active extension.",
    ),
    (
        "patellar-tendon-rupture",
        {},
        "Bang on landing, kneecap riding up, can't straight leg raise.",
        "No bang on landing, patella height normal, straight leg raise strong.",
    ),
    (
        "tubercle-avulsion",
        {"age": 14.0},
        "Felt a crack at take off, tubercle swollen at once, cannot lift the leg.",
        "Tubercle sore for a year, no crack, no sudden pain, lifts the leg easily.",
    ),
    (
        "achilles-rupture",
        {},
        "Thought someone kicked his heel, now cannot tiptoe, dip in the tendon.",
        "Nobody kicked his heel, tiptoes well, no dip in the tendon, calf squeeze normal.",
    ),
    (
        "locked-knee",
        {},
        "Twisted, knee jammed at 30 degrees, springy block, won't straighten.",
        "Twisted, knee never jammed, no springy block, straightens fully.",
    ),
    ("dvt", ACLR, "Calf fat, warm and sore since Sunday.", "Calf not swollen, not warm, not sore."),
    (
        "pulmonary-embolism",
        ACLR,
        "Sore calf and short of breath with pain on breathing in.",
        "No calf pain, not short of breath, no chest pain.",
    ),
    (
        "ruptured-popliteal-cyst",
        {},
        "Felt something give behind the knee and the calf has ballooned.",
        "Nothing gave behind the knee and the calf is not swollen.",
    ),
    (
        "acute-limb-ischaemia",
        {},
        "Sudden pain, foot white and mottled, no pulses.",
        "No sudden pain, foot not white, pulses normal.",
    ),
    ("popliteal-aneurysm", {}, "Lump behind the knee that pulsates.", "Lump behind the knee, not pulsatile."),
    (
        "haemarthrosis-anticoagulant",
        {},
        "On warfarin, knee ballooned tight within the hour.",
        "On warfarin, knee has not ballooned, no swelling.",
    ),
    (
        "anticoagulant-head-injury",
        {},
        "On apixaban, fell and banged her head.",
        "On apixaban, fell, did not bang her head.",
    ),
    (
        "compartment-syndrome",
        {},
        "Kicked, shin rock hard, pain out of proportion, agony on stretching the toes.",
        "Kicked, shin not hard, no pain out of proportion, stretching the toes painless.",
    ),
    (
        "septic-arthritis",
        {},
        "Knee swollen. Red and burning. She feels rotten and has rigors.",
        "Knee not swollen, not red, not burning. No rigors.",
    ),
    (
        "child-septic-joint",
        {"age": 5.0},
        "Fever, refuses to walk, cries when the knee is touched.",
        "No fever, walks and runs, no swelling.",
    ),
    ("post-op-infection", ACLR, "Portal leaking pus, feels shivery.", "Portals dry, no pus, not shivery."),
    ("cellulitis", {}, "Shin red and hot, redness spreading.", "Shin not red or hot, no redness spreading."),
    ("necrotising-infection", {}, "Red leg with blisters, clammy and confused.", "No red leg, no blisters."),
    ("gout", {}, "Gout in the past. Swollen knee since it woke him, unbearable.", "Gout years ago, no swollen knee."),
    (
        "inflammatory-arthritis",
        {},
        "Swollen knee and puffy knuckles, takes until noon to loosen up.",
        "No swollen knee, knuckles not puffy.",
    ),
    (
        "child-bone-pain",
        {"age": 14.0},
        "Deep ache in the femur, wakes every night, firm lump on the thigh.",
        "No ache in the femur, no pain at night, no lump on the thigh.",
    ),
    (
        "adult-malignancy",
        {"age": 66.0},
        "Breast cancer in 2018. Gnawing bone pain day and night, lost 6 kg.",
        "Breast cancer in 2018. No bone pain, no night pain, no weight loss.",
    ),
    (
        "pathological-fracture-or-cord-compression",
        {},
        "Myeloma, thigh gave with a crack, cannot stand.",
        "Myeloma, no crack, stands and walks.",
    ),
    (
        "leukaemia-child",
        {"age": 8.0},
        "Leg pain, pale and tired, bruises everywhere.",
        "Legs tire after sport, not pale, no bruises.",
    ),
    (
        "leukaemia-emergency",
        {"age": 8.0},
        "Leg pain and a non-blanching rash with petechiae.",
        "Leg pain after sport, no petechiae, no rash.",
    ),
    (
        "scfe",
        {"age": 13.0},
        "Limping, knee pain, hip internal rotation blocked.",
        "No limp, knee pain, hips full and painless.",
    ),
    ("perthes", {"age": 6.0}, "Painless limp for weeks, stiff hip.", "No limp, hip not stiff."),
    (
        "juvenile-arthritis",
        {"age": 6.0},
        "Knee swollen for two months without injury, stiff in the morning.",
        "Knee not swollen, not stiff in the morning.",
    ),
    ("safeguarding", {}, "Her partner hit her.", "No bruising, no safeguarding concern."),
    ("safeguarding-danger", {}, "She is scared to go home.", "She is not scared to go home."),
    (
        "cauda-equina",
        {},
        "Back pain, numb when wiping, dribbling urine.",
        "Back ache, no numbness when wiping, bladder fine, no incontinence.",
    ),
    ("progressive-leg-weakness", {}, "Leg weakness getting worse every day.", "No leg weakness."),
    ("fibular-palsy", {}, "New foot drop after a varus injury.", "No foot drop after a varus injury."),
    (
        "bone-stress-injury",
        {"sport": "running"},
        "Pinpoint pain on the tibia, limps, aches in bed.",
        "No pinpoint pain on the tibia, no limp, hops fine.",
    ),
    (
        "femoral-neck-stress-fracture",
        {"sport": "running"},
        "Groin pain with every stride, cannot hop.",
        "No groin pain, hops fine.",
    ),
    (
        "insufficiency-fracture",
        {"age": 72.0},
        "Sudden medial knee pain without injury, cannot bear weight.",
        "No sudden pain, bears weight fully.",
    ),
    ("fluoroquinolone-tendon", {}, "Achilles sore since ciprofloxacin.", "Never had ciprofloxacin; Achilles not sore."),
    (
        "periprosthetic",
        OLD_TKA,
        "Knee replacement feels loose, new thigh pain.",
        "Knee replacement not loose, no thigh pain.",
    ),
    (
        "periprosthetic-fracture",
        OLD_TKA,
        "Fell on the knee replacement, leg deformed.",
        "Knee replacement, no fall, leg not deformed.",
    ),
    (
        "stiff-painful-knee-after-surgery",
        TKA,
        "Losing flexion since the operation and pain rising each week.",
        "Not losing flexion since the operation, pain down each week.",
    ),
    ("self-harm", {}, "He sees no point in living.", "No thoughts of self harm, not suicidal."),
    ("self-harm-emergency", {}, "She plans to kill herself.", "She has no suicide plan."),
    ("opioid-withdrawal", {}, "Ran out of tramadol, shaking and sweating.", "Off tramadol, no shaking, no craving."),
]


def test_each_escalating_pattern_has_its_pair() -> None:
    assert {p for p, *_ in PATTERNS} == {f.id for f in packaged().red_flags if f.action.escalates}


@pytest.mark.parametrize(("pattern", "facts", "phrase", "twin"), PATTERNS, ids=[p for p, *_ in PATTERNS])
def test_a_pattern_escalates_and_its_negated_twin_does_not(pattern, facts, phrase, twin) -> None:
    assert pattern in escalating(phrase, facts)
    assert escalating(twin, facts) == set()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Day 5 post ACLR, knee warm, mild effusion, tight calf, extensor lag 10 degrees, wound dry.", ACLR),
        ("TKR 12 weeks, flexion 100 and improving weekly, aches after walking, no fever.", TKA),
        ("Why refer a Baker's cyst that has burst?", {}),
        ("What are the Wells criteria?", {}),
        ("What signs would make you suspect septic arthritis?", {}),
        ("How do I recognise compartment syndrome?", {}),
        ("When should a hot swollen knee go to hospital?", {}),
        ("Are calf raises fine with a trace of effusion?", {}),
        ("Her mother had breast cancer; kneecap pain on stairs.", {"age": 44.0}),
    ],
)
def test_routine_findings_and_questions_of_knowledge_do_not_escalate(text: str, facts: Facts) -> None:
    assert escalating(text, facts) == set()


@pytest.mark.parametrize("text", ["?DVT, day 6", "Is this a DVT?", "possible septic joint", "need to exclude a DVT"])
def test_a_suspicion_in_a_case_escalates(text: str) -> None:
    assert escalating(text)


def test_screening_is_fast() -> None:
    text = " ".join(f"{phrase} {twin}" for _, _, phrase, twin in PATTERNS[:4])
    words = " ".join(text.split()[:60])
    seen(packaged(), (words,), {})
    took = []
    for _ in range(20):
        start = time.perf_counter()
        seen(packaged(), (words,), {})
        took.append(time.perf_counter() - start)
    assert statistics.median(took) < 0.02, "expected about 2 ms; ten times that is a fault, not a slow machine"


def test_unless_cues_joined_by_a_plus_withdraw_the_combinations_alone_when_all_are_read() -> None:
    parts = {"weak": {"hot": ("hot",), "ill": ("fever",)}, "combinations": (("hot", "ill"),), "unless": ("dry + calm",)}
    one = library(flag(strong=("numb",), **parts))
    assert seen(one, ("hot fever, dry",), {})
    assert not seen(one, ("hot fever, dry. calm",), {})
    assert seen(one, ("hot fever, dry. not calm",), {})
    assert seen(one, ("numb, dry. calm",), {})


@pytest.mark.parametrize(
    ("pattern", "facts", "text", "twin"),
    [
        (
            "dvt",
            {},
            "Home from a long-haul flight, whole lower leg puffy, finger leaves a dent.",
            "Home from a long-haul flight, lower leg not puffy, finger leaves no dent.",
        ),
        (
            "septic-arthritis",
            OLD_TKA,
            "Knee replacement six years ago, a bladder infection last week, now the joint is warm and swollen.",
            "Knee replacement six years ago, a bladder infection in 2019, the joint is cool and not swollen.",
        ),
        (
            "fracture",
            {},
            "Struck by a van this morning, knee ballooned, cannot put weight on it, no film taken yet.",
            "Struck by a van years ago, knee never ballooned, full weight on it, film clear.",
        ),
        (
            "scfe",
            {"age": 12.0},
            "Limping, thigh sore, and the leg swings outwards when I flex the hip.",
            "Never limps, kneecap sore, and the leg never swings outwards when I flex the hip.",
        ),
        (
            "child-bone-pain",
            {},
            "Her nine yr olds tibia throbs, worse at night, and a lump is there.",
            "Her nine yr olds tibia is never sore at night, and there is no lump.",
        ),
    ],
)
def test_words_of_the_second_blind_set_in_general_form(pattern: str, facts: Facts, text: str, twin: str) -> None:
    assert pattern in escalating(text, facts)
    assert pattern not in escalating(twin, facts)


def test_a_child_who_walks_normally_with_a_clear_film_is_not_sent_for_another() -> None:
    fell = "Tumbled and fell off a swing, "
    assert "fracture" not in escalating(fell + "x-ray clear. Walking normally.", {"age": 8.0})
    assert "fracture" in escalating(fell + "x-ray clear. Not walking normally.", {"age": 8.0})
    assert "fracture" in escalating(fell + "walking normally.", {"age": 8.0})


def test_a_swollen_calf_with_a_faint_reads_as_a_lung_clot():
    assert "pulmonary-embolism" in escalating("swollen calf and fainted")
    assert "pulmonary-embolism" not in escalating("fainted at the blood test, knee pain")


def test_an_achilles_whose_pain_has_gone_is_no_rupture_and_one_that_went_is():
    assert not escalating("Achilles pain has gone, can we stop the exercises?")
    assert "achilles-rupture" in escalating("his Achilles has gone")


@pytest.mark.parametrize(
    "typed",
    [
        "TKR day 12, calf swollen: massage ok?",
        "TKR day 12, calf swollen, massage ok?",
        "ACLR 3/52, calf swollen: heel raises okay?",
        "calf swollen since Friday: is it fine?",
    ],
)
def test_asking_for_leave_does_not_deny_what_was_told_before_it(typed):
    library = read_library()
    assert "dvt" in {f.pattern for f in seen(library, (library.normaliser.expand(typed),), {})}


@pytest.mark.parametrize(
    "typed", ["calf swelling fine now", "calf swelling: resolved", "calf swollen: ruled out by scan"]
)
def test_what_is_fine_in_a_statement_is_still_denied(typed):
    library = read_library()
    assert "dvt" not in {f.pattern for f in seen(library, (library.normaliser.expand(typed),), {})}


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("temp 37.9", False),
        ("temp 38", True),
        ("temp 38.6", True),
        ("temp was 39", True),
        ("temp 40.1", True),
        ("temp 101", True),
        ("temp 3", False),
        ("temp up", False),
    ],
)
def test_a_number_of_at_least_so_much_is_read(typed: str, is_found: bool) -> None:
    assert found("temp 38+", typed) is is_found


def test_an_ending_is_no_slip() -> None:
    assert not found("~patient numb", "patients get numb")
    assert not found("operated", "will they operate")


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Paeds did bloods and film last week, all normal. Knee ache after PE. Strength?", {"age": 9.0}),
        ("Eight year old, knees ache after gymnastics, no swelling, leaps out of bed.", {"age": 8.0}),
        ("Runner with sore shins, vague tenderness along the border, hops twenty times without pain.", {}),
        ("Groin sore after sprints, ten pain free hops, rotation full and painless, MRI clean.", {"sport": "running"}),
        (
            "On apixaban, knocked her knee a month ago, bruise faded, joint never swelled.",
            {"medicine": {"anticoagulant"}},
        ),
        ("On warfarin, landed on his hands, nothing touched his head, no headache.", {"medicine": {"anticoagulant"}}),
        ("Stiff for five minutes in the morning, nobbly fingers, no warm or boggy joints.", {"age": 61.0}),
        ("Lacks 5 degrees of extension six weeks after ACLR, soft end feel, mild effusion.", {"surgery.kind": "aclr"}),
        ("Cold feet in winter, pulses strong, walks ten miles.", {}),
        ("Ultrasound shows a popliteal cyst, comes and goes with the effusion.", {}),
    ],
)
def test_the_milder_neighbour_of_a_pattern_does_not_escalate(text: str, facts: Facts) -> None:
    assert escalating(text, facts) == set()


@pytest.mark.parametrize(
    ("text", "facts", "pattern"),
    [
        ("Squeeze her calf and nothing moves, dent above the heel bone.", {}, "achilles-rupture"),
        ("Leg turned icy after lunch, toes like wax and she cannot feel them.", {}, "acute-limb-ischaemia"),
        ("Her belt has gone in three holes, thigh ache all night.", {"age": 63.0}, "adult-malignancy"),
        ("Warfarin, caught her head on the door frame, egg coming up.", {}, "anticoagulant-head-injury"),
        ("Lower leg crimson and hot, creeping to the knee, shivery.", {}, "cellulitis"),
        ("3yo, wont put weight on the leg, 39.1, holds the hip bent.", {}, "child-septic-joint"),
        ("Nailed yesterday, calf like a brick, morphine isnt touching it.", {}, "compartment-syndrome"),
        ("Flew back Thursday, calf aching and fatter than the left.", {}, "dvt"),
        ("After the cast the foot slaps and she trips on carpets.", {}, "fibular-palsy"),
        ("Knuckles and both knees puffy, stiff till 11, exhausted.", {"age": 35.0}, "inflammatory-arthritis"),
        ("Tackled, knee bent backwards, wobbles in every direction, foot numb.", {}, "knee-dislocation"),
        ("Squatted yesterday, knee jammed, wont go straight, 25 degrees short.", {}, "locked-knee"),
    ],
)
def test_lay_words_for_a_pattern_are_understood(text: str, facts: Facts, pattern: str) -> None:
    assert pattern in escalating(text, facts)
