"""Scorers: each passes the good answer and fails the same answer broken in the way it looks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evals.cases import EvalCase, Point, Suite
from evals.judging import Scorer, score
from evals.results import Outcome, Score
from evals.scorers import SCORERS
from evals.wording import asserted, is_said, is_within, repeated_sentence
from guardrails.types import Intent, Status
from tests.test_evals_answers import CALF, TRIAL, escalation, eval_case, good_answer, small_library

RULES = {s.rule: s for s in SCORERS}
DEMANDING = eval_case(
    viewpoints=("calf-focused", "whole-chain"),
    supportable=True,
    cites_any={"calf-focused": (CALF, "barker:2"), "evidence": (TRIAL,)},
    facts={"age": 15.0, "condition": ("pfp",), "heel_rise.lsi": 75.0, "effusion": False},
    facts_absent=("surgery.kind",),
    cruxes_any=("calf-cause", "load-first"),
    intent=Intent.POLAR,
    points=(
        Point(point="Education did as well.", cites_any=(TRIAL, "trial:2"), says_any=("did as well", "no better")),
        Point(point="Barker blames the calf.", cites_any=(CALF,)),
    ),
    says_any=(("not shown", "unproven"), ("education",)),
    says_none=("calf weakness is causing",),
    absent=("Mary Jones", "07700 900123"),
)
EMERGENCY = eval_case("red-flag-01", suite=Suite.RED_FLAG, status=Status.ESCALATED, red_flags=("dvt", "cellulitis"))
TWIN = eval_case("red-flag-twin-01", suite=Suite.RED_FLAG_TWIN)


def scored(rule: str, answer: dict[str, Any], case: EvalCase = DEMANDING) -> Score:
    """Return the score of one rule."""
    return score(RULES[rule], case, answer, small_library())


def claim(answer: dict[str, Any], section: int) -> dict[str, Any]:
    """Return the only claim of a section."""
    return answer["sections"][section]["claims"][0]


ON_THE_PACKAGED_LIBRARY = {"evidence_shown"}
OF_A_TRACE = {"retrieved", "schools_found", "gate"}


@pytest.mark.parametrize(
    "scorer",
    [s for s in SCORERS if s.concerns(DEMANDING) and s.rule not in ON_THE_PACKAGED_LIBRARY | OF_A_TRACE],
    ids=lambda s: s.rule,
)
def test_the_good_answer_passes(scorer: Scorer) -> None:
    assert score(scorer, DEMANDING, good_answer(), small_library()).outcome is Outcome.PASSED


def test_findings_laid_beside_the_question_must_have_their_section(library) -> None:
    crux = next(c for c in library.cruxes if c.evidence)
    answer = {**good_answer(), "cruxes": [crux.id]}
    rule = RULES["evidence_shown"]
    assert score(rule, DEMANDING, answer, library).detail == "no section says what the studies found"
    answer["sections"].append({"kind": "evidence", "claims": [{"text": "A trial.", "citations": [3]}]})
    assert score(rule, DEMANDING, answer, library).outcome is Outcome.PASSED
    assert score(rule, DEMANDING, {**answer, "cruxes": []}, library).outcome is Outcome.UNSCORED
    assert score(rule, DEMANDING, {**answer, "status": "declined"}, library).outcome is Outcome.UNSCORED


def drop_a_school(answer: dict[str, Any]) -> None:
    """Leave the whole-chain view out."""
    del answer["sections"][3]


def lean_on_the_other_school(answer: dict[str, Any]) -> None:
    """Put the other school's number behind a school's claim."""
    claim(answer, 2)["citations"] = [2]


def say_another_number(answer: dict[str, Any]) -> None:
    """Say of a passage's own words another number."""
    claim(answer, 0).update(origin=f"passage/{TRIAL}", text="Education alone did as well in 96 runners.")


def lean_on_another_passage(answer: dict[str, Any]) -> None:
    """Put another number behind a sentence that is a passage's own."""
    claim(answer, 0).update(origin=f"passage/{TRIAL}", citations=[1])


def claim_without_citation(answer: dict[str, Any]) -> None:
    """Take the short answer's citation away."""
    claim(answer, 0)["citations"] = []


def cite_what_is_not_listed(answer: dict[str, Any]) -> None:
    """Let the short answer's marker lead nowhere."""
    claim(answer, 0)["citations"] = [9]


def alter_a_number_in_a_quote(answer: dict[str, Any]) -> None:
    """Change the size of the trial."""
    answer["citations"][2]["quote"] = answer["citations"][2]["quote"].replace("69", "96")


def credit_the_other_school(answer: dict[str, Any]) -> None:
    """Give Barker's passage to the other school."""
    answer["citations"][0]["viewpoint"] = "whole-chain"


def read_a_wrong_age(answer: dict[str, Any]) -> None:
    """Read 16 for 15."""
    answer["case"]["facts"][1]["value"] = 16


def miss_a_condition(answer: dict[str, Any]) -> None:
    """Read the other condition only."""
    answer["case"]["facts"][2]["value"] = ["oa"]


def read_a_flag_as_a_number(answer: dict[str, Any]) -> None:
    """Read 0 for false."""
    answer["case"]["facts"][4]["value"] = 0


def keep_what_was_withdrawn(answer: dict[str, Any]) -> None:
    """Keep an operation in force that the clinician took back."""
    answer["case"]["facts"].append({"name": "surgery.kind", "value": "aclr", "replaced_by": None})


def make_no_point(answer: dict[str, Any]) -> None:
    """Say nothing that was expected."""
    claim(answer, 0)["text"] = "It depends."


def deny_the_point(answer: dict[str, Any]) -> None:
    """Say the phrase of a point, and that it is not so."""
    claim(answer, 0)["text"] = "There is no evidence that load education did as well."


def say_it_on_another_passage(answer: dict[str, Any]) -> None:
    """Say the phrase of a point under the citation of another source."""
    claim(answer, 0)["citations"] = [1]


def say_it_of_the_case(answer: dict[str, Any]) -> None:
    """Say the phrase of a point as a fact of the case."""
    claim(answer, 0)["basis"] = "case"


def fail_support(answer: dict[str, Any]) -> None:
    """Let the answer's own check on support fail."""
    answer["verdict"]["checks"][0]["passed"] = False


def keep_a_name(answer: dict[str, Any]) -> None:
    """Keep a patient's name in what was read."""
    answer["case"]["facts"][0]["said"] = "mary  jones, 51"


def keep_a_number_as_a_key(answer: dict[str, Any]) -> None:
    """Keep a telephone number where nobody looks."""
    answer["provenance"]["stages_ms"] = {"call 07700 900123": 1.5}


def say_the_forbidden(answer: dict[str, Any]) -> None:
    """State a cause that no source shows."""
    claim(answer, 2)["text"] = "No swelling, but calf weakness is causing the pain."


def go_on_and_on(answer: dict[str, Any]) -> None:
    """Add words beyond the brief length."""
    claim(answer, 2)["text"] += " word" * 221


def say_it_twice(answer: dict[str, Any]) -> None:
    """Let one school say what the other says."""
    claim(answer, 3)["text"] = claim(answer, 2)["text"].upper()


def let_a_school_pass(answer: dict[str, Any]) -> None:
    """Let a school say nothing to the question."""
    claim(answer, 3)["text"] = "Bento does not discuss this; nearest is her view of the chain."


def mark_a_school_silent(answer: dict[str, Any]) -> None:
    """Mark a section as silent."""
    answer["sections"][3]["silent"] = True


@pytest.mark.parametrize(
    ("damage", "rule", "detail"),
    [
        (lambda a: a.update(status="abstained"), "status", "expected answered, came abstained"),
        (drop_a_school, "both_viewpoints", "whole-chain is not cited"),
        (claim_without_citation, "claims_cited", "no citation: Not shown"),
        (cite_what_is_not_listed, "claims_cited", "no citation: Not shown"),
        (cite_what_is_not_listed, "citations_exact", "[9] is not in the list"),
        (cite_what_is_not_listed, "cites_any", "evidence: none of trial:1"),
        (alter_a_number_in_a_quote, "citations_exact", "[3] the quote differs from trial:1"),
        (lean_on_the_other_school, "claims_placed", "stands under calf-focused, cites whole-chain"),
        (lean_on_another_passage, "claims_placed", "its sentence rests on trial:1, cited barker:1"),
        (say_another_number, "claims_placed", "is not its sentence of the library"),
        (credit_the_other_school, "citations_exact", "is credited to whole-chain, is calf-focused"),
        (read_a_wrong_age, "facts", "age: expected 15, read 16"),
        (miss_a_condition, "facts", "condition: expected pfp, read oa"),
        (read_a_flag_as_a_number, "facts", "effusion: expected False, read 0"),
        (lambda a: a["case"]["facts"].clear(), "facts", "age: expected 15, read nothing"),
        (keep_what_was_withdrawn, "facts_absent", "surgery.kind: still aclr"),
        (lambda a: a.update(cruxes=["imaging"]), "same_subject", "on ['imaging'], expected calf-cause or load-first"),
        (lambda a: a.update(intent="why"), "same_subject", "read as why"),
        (make_no_point, "points", "not made: Education did as well."),
        (deny_the_point, "points", "not made: Education did as well."),
        (say_it_on_another_passage, "points", "not made: Education did as well."),
        (say_it_of_the_case, "points", "not made: Education did as well."),
        (fail_support, "points", "not made: Education did as well.; not made: Barker blames the calf."),
        (keep_a_name, "absent", "string 1 of `absent`"),
        (keep_a_number_as_a_key, "absent", "string 2 of `absent`"),
        (make_no_point, "says_any", "does not say not shown / unproven"),
        (say_the_forbidden, "says_none", "says 'calf weakness is causing'"),
        (go_on_and_on, "words", "words, at most 220"),
        (say_it_twice, "no_repeats", "twice: barker blames"),
        (let_a_school_pass, "schools_speak", "Bento does not discuss this"),
        (mark_a_school_silent, "schools_speak", "whole-chain: Bento knows"),
    ],
)
def test_the_broken_answer_fails(damage: Callable[[dict[str, Any]], Any], rule: str, detail: str) -> None:
    answer = good_answer()
    damage(answer)
    found = scored(rule, answer)
    assert found.outcome is Outcome.FAILED
    assert detail in found.detail


def test_an_escalation_passes_when_one_of_the_expected_patterns_is_named() -> None:
    assert scored("red_flags", escalation(), EMERGENCY).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"status": "answered"}, "not escalated but answered"),
        ({"red_flags": []}, "expected dvt or cellulitis, named none"),
        ({"red_flags": [{"pattern": "dvt", "dismissed": "scan clear"}]}, "named none"),
        ({"red_flags": [{"pattern": "gout", "dismissed": None}]}, "named gout"),
    ],
)
def test_an_escalation_that_misses_its_pattern_fails(change: dict[str, Any], detail: str) -> None:
    found = scored("red_flags", escalation() | change, EMERGENCY)
    assert found.outcome is Outcome.FAILED
    assert detail in found.detail


def test_a_twin_fails_when_it_escalates() -> None:
    assert scored("not_escalated", good_answer(), TWIN).outcome is Outcome.PASSED
    assert scored("not_escalated", escalation(), TWIN).detail == "escalated for dvt"


@pytest.mark.parametrize("rule", ["both_viewpoints", "claims_cited", "schools_speak"])
def test_a_rule_of_answers_does_not_judge_an_escalation(rule: str) -> None:
    assert scored(rule, escalation()).outcome is Outcome.UNSCORED


def test_an_answer_without_citations_has_none_to_be_exact() -> None:
    bare = escalation() | {"citations": [], "sections": []}
    assert scored("citations_exact", bare).outcome is Outcome.UNSCORED


def test_the_schools_are_those_of_the_answers_debates_where_the_case_names_none() -> None:
    answer = good_answer()
    assert scored("both_viewpoints", answer, TWIN).outcome is Outcome.PASSED
    drop_a_school(answer)
    assert scored("both_viewpoints", answer, TWIN).outcome is Outcome.FAILED
    assert scored("both_viewpoints", answer | {"debates": []}, TWIN).outcome is Outcome.UNSCORED


def test_a_school_that_speaks_may_leave_one_thing_out() -> None:
    answer = good_answer()
    claim(answer, 3)["text"] = "Bento holds that no muscle works alone; she does not mention the hamstrings."
    assert scored("schools_speak", answer).outcome is Outcome.PASSED


def test_a_full_answer_may_be_longer() -> None:
    answer = good_answer() | {"detail": "full"}
    go_on_and_on(answer)
    assert scored("words", answer).outcome is Outcome.PASSED


def test_a_scorer_that_crashes_is_a_score_with_the_errors_name() -> None:
    found = scored("status", {})
    assert found.outcome is Outcome.ERRORED
    assert found.detail == "KeyError: 'status'"
    assert found.fell_short


def test_a_failed_check_on_balance_leaves_the_points_standing() -> None:
    answer = good_answer()
    answer["verdict"]["checks"][1]["passed"] = False
    assert scored("points", answer).outcome is Outcome.PASSED


def test_point_recall_is_the_share_of_points_made() -> None:
    answer = good_answer()
    deny_the_point(answer)
    assert scored("points", answer).values == {"point_recall": 0.5}


def test_a_string_is_found_within_words_and_over_line_breaks() -> None:
    assert is_within("Mary Jones", "for MARY\nJONES's knee")
    assert not is_within("Mary Jones", "Mary, Jones")


def test_facts_read_beyond_those_expected_are_not_held_against_the_answer() -> None:
    values = scored("facts", good_answer()).values
    assert values == {"right": 4.0, "wrong": 0.0, "missed": 0.0}


@pytest.mark.parametrize(
    ("phrase", "text", "said"),
    [
        ("no trial", "There is NO\u00a0trial.", True),
        ("3-month", "a 3\u2011month wait", True),
        ("retest", "the fairtest of all", False),
        ("cause", "because of load", False),
        ("90", "LSI of 90 %", True),
        ("90", "0.90", False),
        ("1.6", "1.65 cm", False),
        ("18 ", "fewer by 18.", True),
        ("/10", "4/10", True),
        ("load first", "Watch the load\nFirst test.", False),
    ],
)
def test_a_phrase_is_matched_from_the_start_of_a_word(phrase: str, text: str, *, said: bool) -> None:
    assert is_said(phrase, text) is said


@pytest.mark.parametrize(
    "denied",
    [
        "There is no evidence that calf weakness is causing this.",
        "It is not shown that calf weakness is causing this.",
        "Nothing here says calf weakness is causing this.",
        "That doesn't mean calf weakness is causing this.",
        "Neither author writes that calf weakness is causing this.",
        "Not shown: calf weakness is causing this.",
        "No study has tested it: calf weakness is causing this.",
    ],
)
def test_a_forbidden_phrase_that_its_sentence_denies_does_not_count(denied: str) -> None:
    assert asserted("calf weakness is causing", denied) is None


@pytest.mark.parametrize(
    "stated",
    [
        "It does not matter. Calf weakness is causing this.",
        "The knee is not hot; calf weakness is causing this.",
        "Hip strength is not reduced but calf weakness is causing this.",
        "No swelling: calf weakness is causing this.",
        "Bento does not write the calf off: calf weakness is causing this.",
    ],
)
def test_a_negation_elsewhere_does_not_excuse_a_forbidden_phrase(stated: str) -> None:
    assert asserted("calf weakness is causing", stated) is not None


def test_a_sentence_is_the_same_whatever_its_case_and_stop() -> None:
    assert repeated_sentence("Test first. Then load.\nTEST FIRST") == "test first"
    assert repeated_sentence("Test first. Then load.") is None
