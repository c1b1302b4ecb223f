"""Measures that compute: each against what its source prints, every criterion, every edge, and what always holds."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError, OutOfRangeError
from corpus.library import read_library
from corpus.measures.answering import addresses_for, measured
from corpus.measures.formulas import FORMULAS, formula_of, holds_for, worked_out
from corpus.measures.heel_rise import against, heel_rise, heel_rise_norm, heel_rise_shortfall, percent_short
from corpus.measures.hop_battery import TESTS, hop_battery, passes
from corpus.measures.knee_rules import ottawa_knee, pittsburgh_knee
from corpus.measures.knee_to_wall import against_error, band_of, knee_to_wall, knee_to_wall_gap
from corpus.measures.koos import POPULATIONS, Subscale, important_change, koos_change
from corpus.measures.nprs import THRESHOLDS, nprs_change
from corpus.measures.ranges import above_zero, within
from corpus.measures.step_down import KneeAt, step_down, step_down_score
from corpus.measures.step_down import band_of as step_down_band
from corpus.measures.symmetry import limb_symmetry, symmetry, symmetry_index
from corpus.measures.types import Sex, as_read, joined
from corpus.measures.wells_dvt import NAMES, WellsCriteria, wells_dvt, wells_dvt_score
from corpus.wording import is_too_sure, pronounces_a_diagnosis

LIBRARY = read_library()
NUMBER = re.compile(r"\d+(?:\.\d+)?")
RATED = (
    WellsCriteria(),
    WellsCriteria(active_cancer=True, calf_swelling=True),
    WellsCriteria(alternative_diagnosis=True),
)
KNEES = tuple(KneeAt)
HOPS = ({"single": 84.0}, {"single": 95.0, "triple": 96.0, "crossover": 97.0, "quadriceps": 93.0}, {"timed": 90.0})
PAIRS = [(c, s) for c, p in POPULATIONS.items() for s in p.changes]
RESULTS = [
    *(heel_rise(age_years=a, sex=s, left=14, right=40) for a in range(20, 82, 10) for s in Sex),
    *(symmetry(i, 100) for i in (50, 90, 95, 130)),
    symmetry(2.4, 2.1, more_is_better=False),
    *(knee_to_wall(left_cm=8, right_cm=8 + gap) for gap in (0, 1.7, 4)),
    *(step_down(arm=a, trunk=True, pelvis=a, knee=k, unsteady=False) for a in (True, False) for k in KNEES),
    *(hop_battery(h) for h in HOPS),
    *(wells_dvt(c) for c in RATED),
    *(ottawa_knee(age_years=a) for a in (30, 60)),
    *(pittsburgh_knee(age_years=60, fall_or_blunt_trauma=f) for f in (True, False)),
    *(koos_change(40, 40 + c, condition=p, subscale=s) for p, s in PAIRS for c in (-5, 3, 30)),
    *(nprs_change(6, a, condition=c) for c in THRESHOLDS for a in (8, 6, 5.5, 4.5, 1)),
]  # fmt: skip


def figures(passage: str) -> str:
    """Return all that a passage prints, with its figures and its note."""
    found = LIBRARY.passages[passage]
    return " | ".join(
        (found.text, *found.figures.values(), found.note or "", found.implication or "", found.population or "")
    )


# --- every result


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.measure}, {r.band}")
def test_every_result_cites_passages_of_the_library_and_belongs_to_one_of_its_measures(result):
    assert result.cites
    assert [p for p in result.cites if p not in LIBRARY.passages] == []
    measure = next(m for m in LIBRARY.measures if m.id == result.measure)
    assert measure.computes
    assert set(result.cites) <= set(measure.cites)


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.measure}, {r.band}")
def test_no_result_is_surer_than_evidence_or_pronounces_a_diagnosis(result):
    said = " ".join((result.said, result.band, result.meaning, *result.caveats))
    assert not is_too_sure(said)
    assert not pronounces_a_diagnosis(said)


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.measure}, {r.band}")
def test_every_result_says_how_far_it_can_be_trusted(result):
    assert len(result.caveats) >= 2
    assert all(text.endswith(".") for text in (result.said, result.meaning, *result.caveats))


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.measure}, {r.band}")
def test_every_number_of_a_caveat_stands_in_a_passage_that_is_cited(result):
    printed = " ".join(figures(p) for p in {*result.cites, *measure_cites(result.measure)})
    known = set(NUMBER.findall(printed)) | {"90", "100"}  # the cut-off, and what a ratio is of
    rounded = {as_read(round(float(n))) for n in NUMBER.findall(printed)}
    assert [n for text in result.caveats for n in NUMBER.findall(text) if n not in known | rounded] == []


def measure_cites(measure: str) -> tuple[str, ...]:
    return next(m.cites for m in LIBRARY.measures if m.id == measure)


def test_every_measure_that_is_computed_says_for_whom_it_is_valid():
    assert [m.id for m in LIBRARY.measures if m.computes and not m.valid] == []


def test_all_seventeen_measures_are_still_there():
    assert len(LIBRARY.measures) >= 17


# --- heel rises

DECADES = [(decade, sex) for decade in range(20, 90, 10) for sex in Sex]


@pytest.mark.parametrize(("decade", "sex"), DECADES)
def test_the_norm_of_each_decade_is_what_the_passage_prints(decade, sex):
    printed = LIBRARY.passages["hebert-losier-2017-decades:1"].figures
    figure = printed["age_80" if decade == 80 else f"age_{decade}_{decade + 9}"]
    rises = re.search(rf"(\d+(?: to \d+)?) {'men' if sex is Sex.MALE else 'women'}", figure).group(1)
    assert heel_rise_norm(age_years=decade, sex=sex).rises == rises


@pytest.mark.parametrize("sex", list(Sex))
@pytest.mark.parametrize(("age", "from_age"), [(20, 20), (29, 20), (29.9, 20), (30, 30), (79, 70), (80, 80), (81, 80)])
def test_a_decade_reaches_from_its_first_birthday_to_the_next(age, from_age, sex):
    assert heel_rise_norm(age_years=age, sex=sex).from_age == from_age


@pytest.mark.parametrize("age", [0, 19, 19.9, 81.1, 82, 120, -1, float("nan"), float("inf")])
def test_an_age_outside_the_norm_sample_is_refused_and_the_range_named(age):
    with pytest.raises(OutOfRangeError, match=r"age: expected 20 to 81 years, the norm sample; got"):
        heel_rise_norm(age_years=age, sex=Sex.FEMALE)


# count, age, sex, per cent short of the lower end
SHORT = [(14, 34, Sex.MALE, 56), (27, 34, Sex.MALE, 16), (32, 34, Sex.MALE, 0), (40, 34, Sex.MALE, 0), (0, 34, Sex.MALE, 100),
         (11, 28, Sex.FEMALE, 63), (26, 28, Sex.FEMALE, 13), (15, 65, Sex.FEMALE, 21), (13, 80, Sex.FEMALE, 0)]  # fmt: skip


@pytest.mark.parametrize(("count", "age", "sex", "short"), SHORT)
def test_a_count_is_short_by_so_much_of_the_lower_end_of_the_norm(count, age, sex, short):
    assert percent_short(count, heel_rise_norm(age_years=age, sex=sex)) == short


@given(st.floats(20, 81), st.sampled_from(Sex), st.integers(0, 300), st.integers(0, 300))
def test_a_shortfall_lies_between_none_and_all_and_more_rises_never_raise_it(age, sex, one, other):
    norm = heel_rise_norm(age_years=age, sex=sex)
    fewer, more = (heel_rise_shortfall(n, norm) for n in sorted((one, other)))
    assert 0 <= more <= fewer <= 1


@pytest.mark.parametrize("count", [-1, 301, float("nan")])
def test_an_impossible_count_is_refused(count):
    with pytest.raises(OutOfRangeError, match="heel rises: expected 0 to 300 repetitions"):
        heel_rise(age_years=34, sex=Sex.MALE, left=count)


def test_no_side_counted_is_refused():
    with pytest.raises(OutOfRangeError, match="sides counted: expected 1 to 2 sides; got 0"):
        heel_rise(age_years=34, sex=Sex.MALE)


# sides of a man of 34 (32 to 33 rises), what is said of them
SAID = [
    ((("left", 14), ("right", 27)), "left 14 is 56% short, right 27 is 16% short (retest noise)."),
    ((("left", 14), ("right", 34)), "left 14 is 56% short, right 34 reaches it."),
    ((("left", 34), ("right", 35)), "left 34 and right 35 reach it (0% short)."),
    ((("left", 33),), "left 33 reaches it (0% short)."),
    ((("right", 25),), "right 25 is 22% short."),
    ((("right", 26),), "right 26 is 19% short (retest noise)."),
]


@pytest.mark.parametrize(("sides", "said"), SAID)
def test_each_side_is_held_to_the_norm_in_words(sides, said):
    assert (
        against(heel_rise_norm(age_years=34, sex=Sex.MALE), sides)
        == f"Norm for men of 30 to 39: 32 to 33 rises; {said}"
    )


@pytest.mark.parametrize(
    ("lowest", "band"), [(33, "at the norm"), (32, "at the norm"), (26, "just below the norm"), (25, "below the norm")]
)
def test_the_lowest_side_gives_the_band(lowest, band):
    assert heel_rise(age_years=34, sex=Sex.MALE, left=lowest, right=40).band == band


# --- symmetry

amount = st.floats(0.5, 500, allow_nan=False)


@given(amount, amount)
def test_symmetry_turned_round_is_its_inverse_and_a_time_is_the_same_turned_round(one, other):
    index = symmetry_index(one, other)
    assert index * symmetry_index(other, one) == pytest.approx(100 * 100)
    assert symmetry_index(other, one, more_is_better=False) == pytest.approx(index)


@given(amount, amount, st.floats(0.1, 10))
def test_symmetry_does_not_depend_on_the_unit(one, other, factor):
    assert symmetry_index(one * factor, other * factor) == pytest.approx(symmetry_index(one, other))


@given(st.floats(0, 500), st.floats(0.5, 500))
def test_the_worse_side_in_per_cent_of_the_better_is_a_whole_number_from_0_to_100(one, other):
    low, high = sorted((one, other))
    value = limb_symmetry(low, high)
    assert 0 <= value <= 100
    assert value == int(value)


@pytest.mark.parametrize(
    ("involved", "band"),
    [(89.9, "below 90%"), (90, "at 90%"), (90.1, "above 90%"), (110, "above 90%"), (110.1, "above 110%")],
)
def test_symmetry_is_read_against_90_per_cent_and_a_reversal_is_pointed_out(involved, band):
    assert symmetry(involved, 100).band == band


@pytest.mark.parametrize(("involved", "other"), [(1, 0), (1, -1), (-1, 1), (float("nan"), 1), (1, float("inf"))])
def test_sides_that_make_no_ratio_are_refused(involved, other):
    with pytest.raises(OutOfRangeError, match="side: expected"):
        symmetry(involved, other)


def test_a_time_of_nothing_is_refused():
    with pytest.raises(OutOfRangeError, match="the involved side: expected more than 0; got 0"):
        symmetry(0, 2, more_is_better=False)


@pytest.mark.parametrize(("low", "high"), [(27, 14), (1, 0), (-1, 5)])
def test_a_worse_side_above_the_better_is_refused(low, high):
    with pytest.raises(OutOfRangeError):
        limb_symmetry(low, high)


# --- knee to wall


@pytest.mark.parametrize(
    ("gap", "band"), [(0, "within"), (1.5, "within"), (1.6, "between"), (1.9, "between"), (2, "beyond"), (30, "beyond")]
)
def test_a_gap_is_read_against_the_published_errors(gap, band):
    assert band_of(gap) == band


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (1.5, "inside the 1.6 to 1.9 cm"),
        (1.6, "no clearer than the 1.6 to 1.9 cm"),
        (1.9, "no clearer than the 1.6 to 1.9 cm"),
        (2.0, "beyond the 1.6 to 1.9 cm"),
    ],
)
def test_an_answer_holds_a_gap_to_the_error_of_a_change(gap, said):
    assert against_error(gap) == said


@pytest.mark.parametrize(
    ("passage", "printed"),
    [("chisholm-2012:1", "1.5 cm"), ("powden-2015:1", "4.6° or 1.6 cm"), ("powden-2015:1", "4.7° or 1.9 cm")],
)
def test_the_errors_are_those_that_the_passages_print(passage, printed):
    assert printed in LIBRARY.passages[passage].figures.values()


@given(st.floats(0, 30), st.floats(0, 30))
def test_a_gap_is_the_same_from_either_side_and_at_most_30(one, other):
    gap = knee_to_wall_gap(one, other)
    assert gap == knee_to_wall_gap(other, one)
    assert 0 <= gap <= 30


@pytest.mark.parametrize("side", [-0.1, 30.1, 80, float("nan")])
def test_a_distance_that_no_knee_to_wall_has_is_refused(side):
    with pytest.raises(OutOfRangeError, match="knee-to-wall: expected 0 to 30 cm; got"):
        knee_to_wall(left_cm=side, right_cm=8)


# --- step-down

ALONE = [("arm", 1), ("trunk", 1), ("pelvis", 1), ("unsteady", 1)]
NOTHING = {"arm": False, "trunk": False, "pelvis": False, "unsteady": False}


@pytest.mark.parametrize(("criterion", "points"), ALONE)
def test_each_criterion_of_the_step_down_scores_one(criterion, points):
    assert step_down_score(**{**NOTHING, criterion: True}, knee=KneeAt.OVER_FOOT) == points


@pytest.mark.parametrize(
    ("knee", "points"), [(KneeAt.OVER_FOOT, 0), (KneeAt.INSIDE_SECOND_TOE, 1), (KneeAt.INSIDE_FOOT, 2)]
)
def test_the_knee_scores_once_by_where_it_goes(knee, points):
    assert step_down_score(**NOTHING, knee=knee) == points


@pytest.mark.parametrize(
    ("points", "band"), [(0, "good"), (1, "good"), (2, "medium"), (3, "medium"), (4, "poor"), (5, "poor"), (6, "poor")]
)
def test_each_score_has_its_category(points, band):
    assert step_down_band(points) == band


def test_good_and_poor_begin_where_the_passage_says():
    assert LIBRARY.passages["step-down-reliability:1"].figures["scoring"] == "0-1 good, 4 or more poor"


def test_every_combination_of_the_step_down_lies_between_0_and_6_and_lists_what_it_counted():
    for arm, trunk, pelvis, unsteady, knee in product(*[(True, False)] * 4, KNEES):
        found = step_down(arm=arm, trunk=trunk, pelvis=pelvis, knee=knee, unsteady=unsteady)
        assert 0 <= found.values[0].value <= 6
        assert found.values[0].value == sum(i.met for i in found.items) + (knee is KneeAt.INSIDE_FOOT)


# --- hops


@pytest.mark.parametrize(
    ("symmetry_percent", "passed"), [(0, False), (89.9, False), (90, False), (90.1, True), (100, True), (200, True)]
)
def test_a_test_passes_above_90_per_cent(symmetry_percent, passed):
    assert passes(symmetry_percent) is passed


@pytest.mark.parametrize("name", list(TESTS))
def test_each_test_can_fail_the_battery_alone(name):
    all_good = dict.fromkeys(TESTS, 95.0)
    assert hop_battery(all_good).band == "all passed"
    found = hop_battery({**all_good, name: 84.0})
    assert found.band == "not all passed"
    assert [i.name for i in found.items if not i.met] == [f"{TESTS[name]} 84%"]


@pytest.mark.parametrize("left_out", ["single", "triple", "crossover", "quadriceps"])
def test_what_was_asked_for_and_not_tested_is_named(left_out):
    given_all = {n: 95.0 for n in ("single", "triple", "crossover", "quadriceps") if n != left_out}
    found = hop_battery(given_all)
    assert found.band == "passed as far as tested"
    assert found.meaning.endswith(f"Not tested: {TESTS[left_out]}.")


@pytest.mark.parametrize("value", [-1, 200.1, float("nan")])
def test_a_symmetry_that_no_leg_has_is_refused(value):
    with pytest.raises(OutOfRangeError, match="symmetry: expected 0 to 200%; got"):
        hop_battery({"single": value})


def test_a_battery_without_a_test_is_refused_and_an_unknown_test_is_an_error():
    with pytest.raises(OutOfRangeError, match="tests given: expected 1 to 7 tests; got 0"):
        hop_battery({})
    with pytest.raises(KeyError):
        hop_battery({"backwards": 95.0})


# --- Wells

COUNTED = [f.name for f in fields(WellsCriteria) if f.name != "alternative_diagnosis"]


@pytest.mark.parametrize("criterion", COUNTED)
def test_each_criterion_of_the_wells_score_counts_one(criterion):
    assert wells_dvt_score(WellsCriteria(**{criterion: True})) == 1
    assert wells_dvt_score(WellsCriteria(**{criterion: True}, alternative_diagnosis=True)) == -1


def test_the_wells_score_has_nine_criteria_and_an_alternative_that_takes_off_two():
    assert len(COUNTED) == 9
    assert wells_dvt_score(WellsCriteria(**dict.fromkeys(COUNTED, True))) == 9
    assert wells_dvt_score(WellsCriteria(alternative_diagnosis=True)) == -2
    assert set(NAMES) == {f.name for f in fields(WellsCriteria)}


def test_the_worked_example_of_the_passage_is_two_points_and_likely():
    assert (
        "9 days after surgery (1) with pitting (1) is already 2, DVT likely"
        in LIBRARY.passages["wells-dvt-two-level:1"].note
    )
    found = wells_dvt(WellsCriteria(bedridden_or_surgery=True, pitting_oedema=True))
    assert (found.values[0].value, found.band) == (2, "DVT likely by the score")


@given(st.fixed_dictionaries({f.name: st.booleans() for f in fields(WellsCriteria)}))
def test_the_wells_score_is_likely_from_two_points_and_each_level_asks_for_a_referral_the_same_day(chosen):
    found = wells_dvt(WellsCriteria(**chosen))
    points = found.values[0].value
    assert -2 <= points <= 9
    assert found.band.startswith("DVT likely" if points >= 2 else "DVT unlikely")
    assert "the same day" in found.meaning


def test_the_wells_score_is_refused_under_18_and_in_pregnancy():
    with pytest.raises(OutOfRangeError, match="age: expected 18 to 120 years, the guideline's adults; got 17"):
        wells_dvt(WellsCriteria(), age_years=17)
    with pytest.raises(OutOfRangeError, match="refer the same day on suspicion alone"):
        wells_dvt(WellsCriteria(), pregnant=True)


# --- the knee rules

OTTAWA = ["fibular_head_tender", "only_patella_tender", "cannot_flex_90", "cannot_take_four_steps"]


@pytest.mark.parametrize("criterion", OTTAWA)
def test_each_criterion_of_the_ottawa_rule_asks_for_an_x_ray_alone(criterion):
    assert ottawa_knee(age_years=30, **{criterion: True}).band == "X-ray asked for"


@pytest.mark.parametrize(
    ("age", "band"),
    [(18, "X-ray not asked for"), (54, "X-ray not asked for"), (55, "X-ray asked for"), (90, "X-ray asked for")],
)
def test_the_ottawa_rule_asks_from_55_years_on(age, band):
    assert ottawa_knee(age_years=age).band == band


@pytest.mark.parametrize("age", [17, 5, 121])
def test_the_ottawa_rule_is_for_adults(age):
    with pytest.raises(OutOfRangeError, match="age: expected 18 to 120 years, the adults the rule was made for"):
        ottawa_knee(age_years=age)


# fall or blunt trauma, age, four steps not managed, whether an X-ray is asked for
PITTSBURGH = [
    (True, 30, False, False), (True, 30, True, True), (True, 11, False, True), (True, 12, False, False),
    (True, 50, False, False), (True, 51, False, True), (False, 70, True, False), (False, 11, True, False), (True, 70, True, True),
]  # fmt: skip


@pytest.mark.parametrize(("fall", "age", "steps", "asks"), PITTSBURGH)
def test_the_pittsburgh_rule_needs_the_mechanism_and_age_or_steps(fall, age, steps, asks):
    found = pittsburgh_knee(age_years=age, fall_or_blunt_trauma=fall, cannot_take_four_steps=steps)
    assert found.band == ("X-ray asked for" if asks else "X-ray not asked for")


# --- KOOS and pain


@pytest.mark.parametrize(("condition", "subscale"), [p for p in PAIRS if p[0] != "pfp"])
def test_each_important_change_of_the_koos_is_what_its_passage_prints(condition, subscale):
    printed = LIBRARY.passages[POPULATIONS[condition].cite].figures[subscale.value.replace("-", "_")]
    assert important_change(condition, subscale) == float(printed.replace("−", "-"))


def test_the_patellofemoral_subscale_has_its_own_important_change():
    assert LIBRARY.passages["koos-pf-mic:1"].figures["minimal_important_change"] == "16.4"
    assert important_change("pfp", Subscale.PATELLOFEMORAL) == 16.4


# before, after, condition, subscale, band
KOOS = [
    (48, 66, "oa", Subscale.PAIN, "at or above the important change"), (48, 63, "oa", Subscale.PAIN, "at or above the important change"),
    (48, 62.9, "oa", Subscale.PAIN, "below the important change"), (48, 47, "oa", Subscale.PAIN, "worse"),
    (80, 84, "aclr", Subscale.PAIN, "inside measurement error"), (80, 80, "aclr", Subscale.SYMPTOMS, "inside measurement error"),
    (60, 72.1, "aclr", Subscale.SPORT, "at or above the important change"), (60, 76, "pfp", Subscale.PATELLOFEMORAL, "below the important change"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "condition", "subscale", "band"), KOOS)
def test_a_change_of_the_koos_is_read_by_subscale_and_condition(before, after, condition, subscale, band):
    assert koos_change(before, after, condition=condition, subscale=subscale).band == band


@pytest.mark.parametrize(
    ("before", "after", "condition", "subscale", "said"),
    [
        (-1, 50, "oa", Subscale.PAIN, "KOOS points: expected 0 to 100 points; got -1"),
        (50, 101, "oa", Subscale.PAIN, "KOOS points: expected 0 to 100 points; got 101"),
        (50, 60, "hip", Subscale.PAIN, "condition: expected oa, tka, aclr, meniscal-repair or pfp; got 'hip'"),
        (50, 60, "pfp", Subscale.PAIN, "subscale: expected patellofemoral for pfp, which the sources give; got pain"),
        (
            50,
            60,
            "oa",
            Subscale.PATELLOFEMORAL,
            "subscale: expected pain, symptoms, daily-living, sport or quality-of-life for oa",
        ),
    ],
)
def test_what_no_source_gives_for_the_koos_is_refused(before, after, condition, subscale, said):
    with pytest.raises(OutOfRangeError, match=re.escape(said)):
        koos_change(before, after, condition=condition, subscale=subscale)


# before, after, condition, band
PAIN = [
    (6, 5, "pfp", "below the important change"), (6, 4.84, "pfp", "between the published thresholds"), (6, 4, "pfp", "at or above the important change"),
    (6, 7, "pfp", "worse"), (0, 0, "pfp", "below the important change"), (6, 6, "oa", "below the important change"),
    (6, 5.5, "oa", "below the important change"), (6, 5, "oa", "between the published thresholds"), (6, 4, "oa", "at or above the important change"),
    (9, 7, "oa", "between the published thresholds"), (2, 1.5, "oa", "between the published thresholds"), (2, 1, "oa", "between the published thresholds"),
    (6, 4, "chronic", "at or above the important change"), (9, 7, "chronic", "between the published thresholds"), (6, 5, "chronic", "below the important change"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "condition", "band"), PAIN)
def test_a_change_of_pain_is_read_against_every_published_threshold(before, after, condition, band):
    assert nprs_change(before, after, condition=condition).band == band


@pytest.mark.parametrize(
    ("passage", "printed"),
    [
        ("piva-2009:1", "1.16"),
        ("crossley-2004:1", "2"),
        ("salaffi-2004:1", "1 point or 15.0% (15%)"),
        ("salaffi-2004:1", "2.0 points (2) or 33.0% (33%)"),
        ("farrar-2001:1", "approximately 30%"),
    ],
)
def test_the_thresholds_of_pain_are_those_that_the_passages_print(passage, printed):
    assert printed in LIBRARY.passages[passage].figures.values()


@pytest.mark.parametrize(("before", "after"), [(-1, 5), (11, 5), (5, 10.5), (float("nan"), 5)])
def test_pain_outside_the_scale_is_refused(before, after):
    with pytest.raises(OutOfRangeError, match="pain: expected 0 to 10 points; got"):
        nprs_change(before, after, condition="pfp")


def test_pain_of_an_unknown_condition_is_refused():
    with pytest.raises(OutOfRangeError, match="condition: expected pfp, oa or chronic; got 'gout'"):
        nprs_change(5, 4, condition="gout")


# --- ranges and words


@given(st.floats(0, 10))
def test_a_value_inside_the_range_is_returned_as_it_is(value):
    assert within("it", value, 0, 10, "cm") == value


@given(st.floats(allow_nan=True, allow_infinity=True).filter(lambda n: not 0 <= n <= 10))
def test_a_value_outside_the_range_is_refused_with_the_range(value):
    with pytest.raises(OutOfRangeError, match="^it: expected 0 to 10 cm; got "):
        within("it", value, 0, 10, "cm")


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_nothing_can_be_divided_by_what_is_not_above_zero(value):
    with pytest.raises(OutOfRangeError, match="it: expected more than 0; got"):
        above_zero("it", value)


def test_out_of_range_is_an_error_of_the_corpus():
    assert issubclass(OutOfRangeError, CorpusError)


@pytest.mark.parametrize(
    ("words", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_words_are_joined_as_a_sentence_has_them(words, said):
    assert joined(words) == said


# --- the formulas that an answer may name

WORKED = [
    ("heel-rise-norm-male", {"age": 34.0, "heel_rise.low": 14.0}, 56.0),
    ("heel-rise-norm-female", {"age": 34.0, "heel_rise.left": 14.0}, 48.0),
    ("heel-rise-norm-male", {"age": 34.0, "heel_rise.right": 40.0}, 0.0),
    ("heel-rise-norm-male", {"age": 15.0, "heel_rise.low": 14.0}, None),
    ("heel-rise-norm-male", {"age": 34.0}, None),
    ("heel-rise-norm-male", {"age": 34.0, "quads.lsi": 14.0}, None),
    ("heel-rise-norm-male", {"heel_rise.left": 34.0, "heel_rise.low": 14.0}, None),
    ("heel-rise-norm-male", {"age": 34.0, "heel_rise.low": 14.0, "heel_rise.high": 20.0}, None),
    ("heel-rise-norm", {"age": 34.0, "heel_rise.low": 14.0}, None),
    ("knee-to-wall-gap", {"low": 8.0, "high": 11.5}, 3.5),
    ("knee-to-wall-gap", {"low": 8.0, "high": 80.0}, None),
    ("knee-to-wall-gap", {"low": 8.0}, None),
]


@pytest.mark.parametrize(("name", "inputs", "value"), WORKED)
def test_a_named_formula_gives_its_value_or_nothing(name, inputs, value):
    assert worked_out(name, inputs) == value


def test_the_norm_of_a_sex_holds_for_a_case_of_that_sex_only():
    assert holds_for("heel-rise-norm-male", {"sex": "male"})
    assert not holds_for("heel-rise-norm-male", {"sex": "female"})
    assert not holds_for("heel-rise-norm-female", {})
    assert all(holds_for(name, {}) for name in FORMULAS if not name.startswith("heel-rise-norm"))


@pytest.mark.parametrize(("fact", "facts", "found"), [
    ("quads.lsi", {"quads.lsi": 62.0}, ("as-stated", {"quads.lsi": 62.0})),
    ("heel_rise.lsi", {"heel_rise.lsi": 42.0, "heel_rise.low": 11.0, "heel_rise.high": 26.0}, ("limb-symmetry", {"low": 11.0, "high": 26.0})),
    ("quads.lsi", {}, None),
    ("snap_back", {"snap_back": True}, None),
])  # fmt: skip
def test_a_known_number_names_the_formula_it_was_come_by(fact, facts, found):
    assert formula_of(fact, facts) == found


# --- the lines of an answer

MAN = {"age": 34.0, "sex": "male"}
BOTH = {"heel_rise.left": 14.0, "heel_rise.right": 27.0, "heel_rise.low": 14.0, "heel_rise.high": 27.0}
HEAD = "Norm for men of 30 to 39 (second-hand): 32 to 33 rises; "
LINES = [
    (MAN | BOTH, HEAD + "left 14 is 56% short, right 27 is 16% short (retest noise)."),
    (MAN | {"heel_rise.low": 14.0, "heel_rise.high": 27.0}, HEAD + "lower side 14 is 56% short, higher side 27 is 16% short (retest noise)."),
    (MAN | BOTH | {"heel_rise.low": 20.0}, HEAD + "lower side 20 is 38% short, higher side 27 is 16% short (retest noise)."),
    (MAN | {"heel_rise.left": 14.0}, HEAD + "left 14 is 56% short."),
    (MAN | {"heel_rise.low": 14.0}, HEAD + "lower side 14 is 56% short."),
    (MAN, None),
    (BOTH | {"age": 34.0}, None),
    (BOTH | {"sex": "male"}, None),
    (MAN | BOTH | {"age": 15.0}, None),
    (MAN | BOTH | {"age": 90.0}, None),
    (MAN | {"heel_rise.low": 14.0, "heel_rise.high": 999.0}, None),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "text"), LINES)
def test_heel_rises_with_age_and_sex_are_held_to_the_norm(facts, text):
    line = measured("heel-rise/norm", facts)
    assert (line.text if line else None) == text
    if line:
        assert worked_out(line.formula, line.inputs) == line.value
        assert holds_for(line.formula, facts)


@pytest.mark.parametrize(
    ("age", "cite"),
    [
        (25.0, "hebert-losier-2017:1"),
        (34.0, "hebert-losier-2017:1"),
        (44.0, "hebert-losier-2017:1"),
        (55.0, "hebert-losier-2017-decades:1"),
        (65.0, "hebert-losier-2017:1"),
        (81.0, "hebert-losier-2017-decades:1"),
    ],
)
def test_a_norm_is_cited_from_the_passage_that_prints_it(age, cite):
    line = measured("heel-rise/norm", BOTH | {"age": age, "sex": "female"})
    assert line.cites == (cite,)
    norm = heel_rise_norm(age_years=age, sex=Sex.FEMALE)
    assert str(norm.low) in NUMBER.findall(figures(cite))


@pytest.mark.parametrize(
    ("low", "high", "part"),
    [
        (8.0, 12.0, "is a gap of 4 cm, beyond the 1.6 to 1.9 cm"),
        (8.0, 9.0, "is a gap of 1 cm, inside the"),
        (8.0, 9.7, "is a gap of 1.7 cm, no clearer than the"),
    ],
)
def test_a_knee_to_wall_gap_is_held_to_its_error(low, high, part):
    line = measured("knee-to-wall/gap", {"knee_to_wall.low": low, "knee_to_wall.high": high})
    assert part in line.text


@pytest.mark.parametrize("facts", [{}, {"knee_to_wall.low": 8.0}, {"knee_to_wall.low": 8.0, "knee_to_wall.high": 90.0}])
def test_half_a_knee_to_wall_gives_no_line(facts):
    assert measured("knee-to-wall/gap", facts) is None


def test_an_address_that_no_measure_has_gives_no_line():
    assert measured("heel-rise/height", MAN | BOTH) is None


def test_a_line_concerns_the_cruxes_that_decide_by_the_test_or_ask_for_it():
    concerned = {c.id: addresses_for(c, {}) for c in LIBRARY.cruxes}
    assert concerned["calf-cause"] == ("heel-rise/norm",)
    assert "knee-to-wall/gap" in concerned["ankle-stiffness"]
    assert concerned["imaging"] == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"knee_to_wall.gap": 3.0}, ("knee-to-wall/gap",)),
        ({"knee_to_wall.gap": 1.9}, ()),
        ({"heel_rise.gap": 7.0}, ("heel-rise/norm",)),
        ({"heel_rise.gap": 6.0}, ()),
    ],
)
def test_a_line_concerns_any_question_where_the_sides_differ_by_more_than_the_error(facts, expected):
    assert addresses_for(LIBRARY.crux_by_id["imaging"], facts) == expected
