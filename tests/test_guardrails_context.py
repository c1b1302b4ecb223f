"""Context: each class with the phrases that open and close it; in doubt a phrase is affirmed."""

from __future__ import annotations

import pytest

from guardrails.context import Clause, Context, clauses, context_of


def read(text: str, phrase: str, own: frozenset[str] | None = None) -> Context:
    """Return how `phrase` is meant in `text`, in the clause that holds it."""
    clause = next(c for c in clauses(text.lower()) if phrase in c.text)
    start = clause.text.index(phrase)
    return context_of(clause, start, start + len(phrase), own=own)


def test_clauses_end_at_sentences_contrasts_and_dashes_but_not_inside_numbers() -> None:
    found = clauses("temp 38.6, knee hot; no trauma but sore - woke up\nlast night.  What now?  ")
    assert [c.text for c in found] == ["temp 38.6, knee hot", "no trauma", "sore", "woke up", "last night", "What now"]


def test_nothing_typed_has_no_clause() -> None:
    assert clauses("  .\n") == ()


@pytest.mark.parametrize(
    "text",
    [
        "there is no fever",
        "she has never had a fever",
        "without any fever",
        "denies fever",
        "denies night pain, weight loss, fever",
        "no history of fever",
        "no sign of redness or fever",
        "no redness, warmth or fever",
        "no redness, warmth, fever",
        "not red, hot, nor any fever",
        "fever ruled out",
        "fever r/o by gp",
        "fever: nil",
        "fever absent",
        "fever has settled",
        "fever and rash resolved",
        "fever gone now",
        "fever free",
        "bloods r/o fever",
        "infection and fever excluded",
    ],
)
def test_denied(text: str) -> None:
    assert read(text, "fever") is Context.NEGATED


@pytest.mark.parametrize(
    "text",
    [
        "fever",
        "no injury, fever since sunday",
        "no fall or twist, knee red with fever",
        "no trauma woke with fever",
        "no redness and now has fever",
        "no known allergies recorded in her notes at all so far, fever",
        "denies trauma, knee is hot with fever",
        "not settling, fever",
        "no change in the fever",
        "not sure about fever",
        "fever not settled",
        "fever has not been excluded",
        "cannot exclude fever",
        "have not ruled out fever",
        "fever with normal pulses",
        "fever and normal pulses",
        "fever, wound clear",
        "no long list of five or more words here, swelling, fever of 39",
    ],
)
def test_affirmed_in_doubt(text: str) -> None:
    assert read(text, "fever") is Context.AFFIRMED


def test_a_list_of_findings_is_denied_together_but_a_new_statement_is_not() -> None:
    assert read("denies fever, weight loss, night pain", "night pain") is Context.NEGATED
    assert read("no fever, night sweats, weight loss", "weight loss") is Context.NEGATED
    assert read("no fever, knee hot or swollen", "knee hot") is Context.AFFIRMED
    assert read("no fall, pain", "pain") is Context.AFFIRMED
    assert read("no fever, calf pain", "calf pain") is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase", "own", "meant"),
    [
        ("knee never dislocated", "knee never dislocated", {"knee", "dislocated"}, Context.NEGATED),
        ("knee not hot", "knee not hot", {"knee", "hot"}, Context.NEGATED),
        ("sensation normal in the saddle", "sensation normal in the saddle", {"sensation", "saddle"}, Context.NEGATED),
        ("no foot pulse", "no foot pulse", {"no", "pulse"}, Context.AFFIRMED),
        ("knee is hot", "knee is hot", {"knee", "hot"}, Context.AFFIRMED),
        ("knee not irritable", "knee not irritable", None, Context.AFFIRMED),
    ],
)
def test_a_denial_within_the_phrase_counts_unless_it_was_looked_for(text, phrase, own, meant) -> None:
    assert read(text, phrase, None if own is None else frozenset(own)) is meant


@pytest.mark.parametrize(
    "text",
    [
        "previous dislocation",
        "an old dislocation",
        "in 2015 a dislocation",
        "dislocation 3 yrs ago",
        "dislocation two months ago",
        "dislocation last season",
        "dislocation at age 15",
        "dislocation at 11 and discharged",
        "dislocation in 2019",
        "dislocation as a child",
        "dislocation pinned in may",
        "past dislocation, knee now sore",
    ],
)
def test_past(text: str) -> None:
    assert read(text, "dislocation") is Context.PAST


@pytest.mark.parametrize(
    "text",
    [
        "10 year old with dislocation",
        "dislocation three years ago and again today",
        "dislocation first noticed two months ago",
        "dislocation since discharged",
        "dislocation not healed",
        "new dislocation on an old injury",
    ],
)
def test_not_past(text: str) -> None:
    assert read(text, "dislocation") is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "her mother had cancer",
        "husband died of lung cancer",
        "family history of cancer",
        "cancer in her father",
        "his brother needed surgery for cancer",
    ],
)
def test_family(text: str) -> None:
    assert read(text, "cancer") is Context.FAMILY


@pytest.mark.parametrize(
    "text",
    [
        "mum has noticed cancer",
        "my son has cancer",
        "her mother had a stroke and she has cancer",
        "wife says cancer",
    ],
)
def test_the_patient_and_not_the_family(text: str) -> None:
    assert read(text, "cancer") is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "what to do if he gets a clot",
        "safety-net for a clot",
        "signs of a clot",
        "how would you exclude a clot",
        "red flags for a clot",
        "worried about a clot",
        "What are the signs and tests of a clot?",
        "Why refer a burst cyst as a clot?",
        "How common is a clot after arthroscopy?",
        "Which findings suggest a clot?",
        "When should a clot be suspected?",
    ],
)
def test_supposed(text: str) -> None:
    assert read(text, "clot") is Context.SUPPOSED


@pytest.mark.parametrize(
    "text",
    [
        "worried about her because of a clot",
        "screams if I press the clot",
        "What exercise suits a clot?",
        "Why is her leg full of clot?",
        "What is best for a clot today?",
        "Why refer a clot.",
        "Is this a clot?",
    ],
)
def test_a_case_is_not_supposed(text: str) -> None:
    assert read(text, "clot") is Context.AFFIRMED


def test_what_comes_before_a_contrast_does_not_reach_over_it() -> None:
    assert read("no fever then rigors", "rigors") is Context.AFFIRMED
    assert context_of(Clause(text="no fever except rigors"), 16, 22) is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "14/12 post reconstruction after a rupture",
        "14 months since her repair of the left rupture",
        "limped with a rupture for 2 days last month, scan clear",
        "rupture for a couple of weeks in spring, fine since",
    ],
)
def test_what_was_mended_or_is_over_is_past(text: str) -> None:
    assert read(text, "rupture") is Context.PAST


@pytest.mark.parametrize(
    "text",
    [
        "awaiting surgery for a rupture",
        "repair after a rupture yesterday",
        "surgery, and now a rupture",
        "rupture for 2 weeks",
        "rupture for 2 days last month",
        "rupture for 2 days last month, not normal since",
        "day 1 after surgery for a rupture",
        "repaired, then another rupture",
    ],
)
def test_what_is_still_to_be_mended_or_goes_on_is_not_past(text: str) -> None:
    assert read(text, "rupture") is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("no periods for months, tibial pain and tenderness", "tibial pain and tenderness"),
        ("not kicking the leg, cries, fever", "fever"),
        ("no straight leg raise, tender gap", "tender gap"),
        ("no pulse, foot numbness", "foot numbness"),
        ("calf raise nil on that side, hamstring weakness", "hamstring weakness"),
        ("quadriceps zero with numbness of the shin", "numbness"),
        ("infection ruled out, now sweats at night", "sweats"),
        ("non-weight-bearing, visible deformity", "deformity"),
        ("crying non stop, more swelling", "swelling"),
        ("no active extension and a gap above the patella", "gap"),
        ("no active extension after jump", "jump"),
        ("if she isnt out soon he will hurt her", "hurt her"),
        ("more swelling than normal", "swelling"),
        ("doesnt see the point in living", "point in living"),
    ],
)
def test_what_is_missing_or_said_before_denies_nothing_more(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.AFFIRMED


def test_a_list_of_negatives_in_shorthand_is_denied_throughout() -> None:
    for phrase in ("swelling", "redness", "heat"):
        assert read("swelling present, nil swelling nil redness nil heat".partition(", ")[2], phrase) is Context.NEGATED
    assert read("nil night pain, no weight loss, nil sweats", "weight loss") is Context.NEGATED
    assert read("calf swelling cleared by the emergency department", "calf swelling") is Context.NEGATED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("finished antibiotics for cellulitis", "cellulitis"),
        ("treated last months gout", "gout"),
        ("cellulitis last month, redness gone, cleared for exercise", "cellulitis"),
        ("red patch, treated by the gp, completely cleared", "red patch"),
    ],
)
def test_an_episode_that_the_sentence_ends_is_past(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.PAST


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("redness 6 cm past it and the skin is dusky", "dusky"),
        ("cannot get past 50 and it is hot", "hot"),
        ("old man with a fever", "fever"),
        ("a mastectomy years ago and this bone pain wakes her", "bone pain"),
        ("limp since last winter", "limp"),
        ("sudden pain a month ago, now cannot stand", "sudden pain"),
        ("stopped the tablets when discharged, shaking", "stopped"),
        ("flexion stuck at 70 and losing more", "flexion stuck"),
        ("redness, gp gave tablets, not fully settled", "redness"),
    ],
)
def test_what_goes_on_is_not_past(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("daughter says mum had cancer, back ache at night", "cancer"),
        ("son has thrown her downstairs", "thrown"),
        ("mum with fresh injuries", "injuries"),
    ],
)
def test_a_relative_who_tells_or_does_it_has_not_the_illness(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "What would a clot look like in a knee patient? Writing an info leaflet.",
        "How common is a clot after replacement, a patient asked out of curiosity.",
        "How does a clot differ from a cyst? CPD",
        "Difference between a clot and a cyst on examination?",
        "How should staff ask about a clot?",
        "Suppose a kid had a clot, what then.",
        "Exam scenario: patient with a clot.",
    ],
)
def test_a_lesson_is_supposed(text: str) -> None:
    assert read(text, "clot") is Context.SUPPOSED


@pytest.mark.parametrize(
    "text",
    [
        "Can he exercise with a clot? For teaching.",
        "Student here: patient with a clot, what next.",
        "Worried about his clot.",
        "scared of falling so she rests and has a clot",
        "better if he stands, clot seen",
        "I will revise. A clot is there.",
    ],
)
def test_a_patient_is_no_lesson(text: str) -> None:
    assert read(text, "clot") is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Night pain? No. Stairs sore.", "night pain"),
        ("Any fever? None.", "fever"),
        ("Fever? Never had one.", "fever"),
        ("Calf swelling? Nope, just stiff.", "calf swelling"),
        ("Numb saddle? Denies.", "numb saddle"),
        ("Stairs hurt, fever? No.", "fever"),
        ("Night pain, weight loss, fever? No.", "night pain"),
        ("Any pain at night that wakes her from her sleep, or fever? No.", "pain at night"),
    ],
)
def test_a_short_question_answered_by_no_denies_what_it_asks(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.NEGATED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Can he run with a fever? No idea.", "fever"),
        ("Shall I massage the swollen calf? Not keen.", "swollen calf"),
        ("New numb saddle since Sunday, catheterised? No but not passed urine.", "numb saddle"),
        ("Night pain? Yes.", "night pain"),
        ("Is the fever in a man of 60 with a hot red knee a worry? No.", "fever"),
    ],
)
def test_a_question_that_asks_more_than_a_sign_is_not_denied(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("no injury, knee ballooned", "ballooned"),
        ("no known cause, calf hot", "calf hot"),
        ("no fever, wound oozing", "oozing"),
        ("never had clots, leg swollen", "leg swollen"),
    ],
)
def test_a_denial_stops_at_a_comma_before_a_new_sign(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.AFFIRMED


def test_a_list_that_ends_in_all_were_no_is_denied() -> None:
    text = "i asked about night pain, weight loss, sweats and past cancer and all were no"
    for phrase in ("night pain", "weight loss", "cancer"):
        assert read(text, phrase) is Context.NEGATED
    assert read("all was well until the fever", "fever") is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("numb on top of the foot that evening, gone by morning", "numb"),
        ("knee swelled after a crash, looked normal inside five days", "knee swelled"),
        ("limped for a week, scan fine, back to normal by the weekend", "limped"),
        ("took an overdose in her twenties, well now", "overdose"),
    ],
)
def test_what_was_gone_soon_is_past(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.PAST


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("foot numb, pulse weak, gone by morning", "foot numb, pulse weak"),
        ("foot numb, gone by morning but back now", "foot numb"),
        ("calf swollen, not normal by the weekend", "calf swollen"),
    ],
)
def test_a_function_that_is_gone_is_not_past(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "her sister keeps getting cellulitis",
        "his cousins hip had cellulitis",
        "clubmate is in a boot with cellulitis",
        "uncle nearly died of cellulitis",
        "mum recently had cellulitis",
    ],
)
def test_what_befell_somebody_near_is_not_the_patients(text: str) -> None:
    assert read(text, "cellulitis") is Context.FAMILY


@pytest.mark.parametrize(
    "text",
    [
        "how long after finishing it does the clot risk last",
        "whats a clot score of 2 mean in practice",
        "is a clot just what we used to call phlebitis",
        "wells for a clot - how many points",
    ],
)
def test_a_question_of_knowledge_alone_needs_no_question_mark(text: str) -> None:
    assert read(text, "clot") is Context.SUPPOSED


def test_without_a_mark_and_with_more_beside_it_a_case_stays_a_case() -> None:
    assert read("how soon does he see the clot clinic", "clot") is Context.AFFIRMED
    assert read("What a clot is. Hot since Monday.", "clot") is Context.AFFIRMED


def test_another_patient_who_was_dealt_with_is_not_this_one() -> None:
    assert read("Different patient earlier had a clot, sent him up. Stairs hurt her.", "clot") is Context.FAMILY
    assert read("Another patient has a clot today.", "clot") is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("small effusion that goes down overnight", "effusion"),
        ("slight effusion that has gone again by breakfast", "effusion"),
        ("swelling after dancing, went by next day", "swelling"),
        ("thigh bruised where the tourniquet went, fading and not spreading", "bruised"),
        ("bruising down the shin and turning green", "bruising"),
        ("foot goes dusky when she dangles the leg off the bed, pinks straight up as soon as raised", "dusky"),
        ("toes blue while hanging down, colour back at once on lying", "toes blue"),
    ],
)
def test_a_sign_that_settles_in_its_sentence_is_past(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.PAST


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("calf swelling that goes down overnight", "swelling"),
        ("effusion that went down overnight and is back again", "effusion"),
        ("effusion not going down", "effusion"),
        ("thigh bruised, not fading", "bruised"),
        ("foot dusky, pale when raised", "dusky"),
        ("foot goes dusky hanging down, stays so when raised", "dusky"),
        ("knee hot and red, effusion goes down overnight", "hot and red"),
    ],
)
def test_a_sign_that_stays_or_comes_back_counts(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("mri tibia done as query stress injury, came back normal", "query stress"),
        ("bone scan for query stress injury of the tibia came back clean", "query stress injury"),
        ("physician signed off for running after query stress injury", "query stress"),
    ],
)
def test_a_test_that_found_nothing_excludes_what_it_was_for(text: str, phrase: str) -> None:
    assert read(text, phrase) is Context.NEGATED


@pytest.mark.parametrize(
    "text",
    ["query stress injury, mri next week", "mri for query stress injury", "x-ray normal, query stress injury"],
)
def test_a_test_still_to_come_excludes_nothing(text: str) -> None:
    assert read(text, "query stress") is Context.AFFIRMED


def test_what_befell_the_relative_of_the_patient_named_is_not_the_patients() -> None:
    assert read("The wife has a clot; my patient is the husband.", "clot") is Context.FAMILY
    assert read("The wife fell and bled; the husband is mine.", "bled") is Context.FAMILY
    assert read("Her son took tablets, he is under the crisis team.", "took tablets") is Context.FAMILY
    assert read("The husband bled into his knee; my patient is the husband.", "bled") is Context.AFFIRMED
    assert read("Her son says he cannot walk.", "cannot walk") is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "Would a hypothetical patient with a clot go to the ED?",
        "Would a patient with a clot go to the ED? We are updating the class policy.",
        "Policy question: would a patient with a clot go to the ED?",
        "Hypothetical: a patient gets a clot in the gym.",
    ],
)
def test_a_question_for_a_policy_is_about_nobody(text: str) -> None:
    assert read(text, "clot") is Context.SUPPOSED


def test_a_question_for_a_policy_about_my_patient_is_about_him() -> None:
    assert read("Would my patient with a clot go to ED? We are updating the policy.", "clot") is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "in her teens she had an eating problem and self-harmed, now 34",
        "self-harmed, no problems for 15 years",
        "self-harmed at 17, nil since",
    ],
)
def test_what_ended_years_ago_is_past(text: str) -> None:
    assert read(text, "self-harmed") is Context.PAST
