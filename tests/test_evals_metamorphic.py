"""The same question put in two ways: what is changed by rule, what must stay, and what must not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.continuing import considered
from assistant.framing import frame
from evals.cases import EvalCase, Split, Suite, read_cases
from evals.choosing import choose
from evals.errors import CaseFileError, EmptySuiteError
from evals.figures import figures
from evals.metamorphic import slips, spelling
from evals.metamorphic.manners import polite, with_aside
from evals.metamorphic.relations import ORDER, RED_FLAG, RELATIONS, SAMPLE, pairs
from evals.metamorphic.types import Kind, Pair
from evals.metamorphic.written import WAYS, read_written
from evals.reports import failing_lines, outcomes
from evals.results import CRASHED, Outcome, Result, Run
from evals.runner import run
from guardrails.types import Detail, Status
from tests.test_evals_answers import escalation, eval_case, good_answer, small_library

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SCHOOLS = ("calf-focused", "whole-chain")
PATIENT = {"age": 34.0}
CASE = eval_case(
    "debate-01",
    question="Calf-first or whole-chain for a 34F runner with knee pain?",
    viewpoints=SCHOOLS,
    facts=PATIENT,
)
BY_NAME = {r.name: r for r in RELATIONS}


def seeded(seed: int) -> Random:
    """Return the same chances for the same seed."""
    return Random(seed)  # noqa: S311 (no secret)


def answer(**changes: Any) -> dict[str, Any]:
    """Return a good answer with what a pair looks at besides."""
    return {**good_answer(), "cruxes": ["one"], **changes}


def escalated(**changes: Any) -> dict[str, Any]:
    """Return an escalation with what a pair looks at besides."""
    return {**escalation(), "cruxes": [], **changes}


def made(name: str, case: EvalCase = CASE, seed: int = 0) -> Pair | None:
    """Return the pair that one relation makes of a case."""
    found = pairs([case], small_library(), relations=[BY_NAME[name]], seed=seed)
    return found[0] if found else None


def asked(name: str, question: str, **more: Any) -> tuple[str, str] | None:
    """Return the two questions that a relation makes of one."""
    pair = made(name, replace(CASE, question=question, **more))
    return None if pair is None else (pair.before.question, pair.after.question)


# --- what is changed


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Haemarthrosis and pitting oedema, 3 centimetres", "Hemarthrosis and pitting edema, 3 centimeters"),
        ("Immobilised since the tumour surgery", "Immobilized since the tumor surgery"),
        ("Ask the physiotherapist about a gait programme", "Ask the physical therapist about a gait program"),
    ],
)
def test_british_becomes_american_and_back(british: str, american: str) -> None:
    assert spelling.respelt(british) == american
    assert spelling.respelt(american) == british


def test_a_word_of_both_countries_is_left_alone_on_the_way_back() -> None:
    assert spelling.respelt("She may practise with the physio") == "She may practice with the physical therapy"
    assert spelling.respelt("He can practice while the tire is on the curb") is None
    assert not {"while", "practice", "tire", "curb", "pt"} & set(spelling.BRITISH)


QUESTION = st.text(
    alphabet=st.sampled_from("abcdefghijklmnopqrstuvwxyzABCL .,?%/-'0123456789"), min_size=1, max_size=200
)


@given(QUESTION, st.integers(0, 50))
def test_slips_are_the_same_for_a_seed_and_spare_numbers_short_words_and_first_letters(text: str, seed: int) -> None:
    changed = slips.mistyped(text, seeded(seed))
    assert changed == slips.mistyped(text, seeded(seed))
    if changed is None:
        return
    assert changed != text
    assert re.findall(r"\d+", changed) == re.findall(r"\d+", text)
    before, after = text.split(" "), changed.split(" ")
    assert len(before) == len(after)
    touched = [(b, a) for b, a in zip(before, after, strict=True) if b != a]
    assert 1 <= len(touched) <= 3
    for b, a in touched:
        assert len(re.sub(r"[^A-Za-z]", "", b)) >= 5
        assert SequenceMatcher(None, b, a).ratio() > 0.6


@pytest.mark.parametrize("spared", ["never", "without", "apixaban", "denies", "ACLR", "can't", "PFP", "12/52"])
def test_words_that_would_make_another_question_are_never_mistyped(spared: str) -> None:
    for seed in range(40):
        changed = slips.mistyped(f"{spared} calves {spared} runner", seeded(seed))
        assert changed is not None
        assert changed.count(spared) == 2


def test_every_kind_of_slip_occurs() -> None:
    kinds = {slips.mistyped("strengthening", seeded(seed)) for seed in range(200)}
    lengths = {len(k) - len("strengthening") for k in kinds if k}
    assert lengths == {-1, 0, 1}
    assert any(sorted(k) == sorted("strengthening") for k in kinds if k)


def test_manners_and_an_aside_leave_the_question_whole() -> None:
    text = "34F runner, R AKP 6/12: are weak calves causing her knee pain?"
    for seed in range(20):
        rng = seeded(seed)
        assert text in polite(text, rng)
        assert text in str(with_aside(text, rng))
    assert with_aside("and why?", seeded(0)) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Calf-first or whole-chain for this runner?", "whole-chain or Calf-first for this runner?"),
        ("Barker vs Bento: who wins?", "Bento vs Barker: who wins?"),
        ("Is it the calf school and the chain camp?", "Is it the chain camp and the calf school?"),
    ],
)
def test_schools_side_by_side_change_places(library, question: str, expected: str) -> None:
    case = replace(CASE, question=question)
    (pair,) = pairs([case], library, relations=[BY_NAME["named-first"]])
    assert (pair.before.question, pair.after.question) == (question, expected)


def test_where_no_schools_stand_side_by_side_both_are_named_before_the_question(library) -> None:
    case = replace(CASE, question="Heel raises for a runner?")
    (pair,) = pairs([case], library, relations=[BY_NAME["named-first"]])
    assert pair.before.question == "I have read Barker and Bento. Heel raises for a runner?"
    assert pair.after.question == "I have read Bento and Barker. Heel raises for a runner?"


def test_a_case_without_two_schools_names_none_first(library) -> None:
    case = eval_case("x-01", status=Status.DECLINED, question="Tennis elbow, what next?")
    assert pairs([case], library, relations=[BY_NAME["named-first"]]) == ()


@pytest.mark.parametrize(
    "more",
    [
        {"suite": Suite.RED_FLAG_TWIN},
        {"history": ("First?",)},
        {"expect": replace(CASE.expect, status=Status.ESCALATED, red_flags=("dvt",))},
    ],
)
def test_no_red_flag_is_added_where_one_is_told_of_or_denied(more: Mapping[str, Any]) -> None:
    assert made(RED_FLAG.name, replace(CASE, **more)) is None
    assert made(RED_FLAG.name) is not None


def test_an_operation_and_a_count_are_added_only_where_none_is_told_of() -> None:
    assert asked("surgery-added", "Calf first for a 34F runner?") == (
        "Calf first for a 34F runner?",
        "ACL reconstruction 3 weeks ago. Calf first for a 34F runner?",
    )
    assert asked("surgery-added", "6 weeks post-op, calf first?") is None
    assert asked("threshold", "SLHR 11 v 26, calf first?") is None
    assert asked("threshold", "ACLR last May, calf first?") is None
    before, after = asked("threshold", "Calf first for a 34F runner?") or ("", "")
    assert (before.replace("95", "#"), after.replace("55", "#")) == (before.replace("95", "#"),) * 2
    assert before != after


# --- which pairs are made


def test_the_same_seed_makes_the_same_pairs_whatever_the_order_of_the_cases(library) -> None:
    cases = read_cases(library=library)
    assert pairs(cases, library, seed=3) == pairs(cases[::-1], library, seed=3)
    assert pairs(cases, library, seed=3) != pairs(cases, library, seed=4)


def test_a_sample_takes_as_many_of_each_relation_and_part_and_one_case_more_moves_one_at_most(library) -> None:
    cases = [c for c in read_cases(library=library) if c.suite in (Suite.CONDITIONS, Suite.MULTI_TURN)]
    drawn = pairs(cases, library, at_most=7, relations=[ORDER])
    assert [sum(p.case.split is s for p in drawn) for s in Split] == [7, 7]
    fewer = pairs(cases[:-1], library, at_most=7, relations=[ORDER])
    assert len({p.id for p in drawn} ^ {p.id for p in fewer}) <= 2
    assert len(pairs(cases, library, at_most=None, relations=[ORDER])) == len(cases)


def test_a_run_of_everything_has_a_sample_and_a_run_of_the_suite_can_have_all(library) -> None:
    cases = read_cases(library=library)
    whole = choose(cases, library)
    assert whole.cases == cases
    assert {r.name for r in RELATIONS} == {p.relation.name for p in whole.pairs}
    assert max(sum(p.relation is r for p in whole.pairs) for r in RELATIONS) == 2 * SAMPLE
    alone = choose(cases, library, suites=["metamorphic"])
    assert (alone.cases, alone.pairs) == ((), whole.pairs)
    every = choose(cases, library, suites=["metamorphic"], every_pair=True)
    assert len(every.pairs) > len(whole.pairs)
    debates = choose(cases, library, suites=["debate"])
    assert {c.suite for c in debates.cases} == {Suite.DEBATE}
    assert debates.pairs == ()


def test_a_pair_is_run_again_by_its_id(library) -> None:
    cases = read_cases(library=library)
    chosen = choose(cases, library, ids=["debate-03+slips", "debate-01"])
    assert [c.id for c in chosen.cases] == ["debate-01"]
    assert [p.id for p in chosen.pairs] == ["debate-03+slips"]
    with pytest.raises(EmptySuiteError, match=r"got 'debate-03\+slip' \(nearest: debate-03\+slips"):
        choose(cases, library, ids=["debate-03+slip"])


@pytest.mark.parametrize(
    ("suites", "ids", "said"),
    [
        (["metamorphic"], ["debate-01"], r"expected a pair such as debate-01\+slips"),
        (["debate"], ["debate-03+slips"], "expected a case of debate, got the pair"),
        (["numbers"], ["debate-01"], "no case has both"),
    ],
)
def test_an_id_of_no_suite_asked_for_is_refused(library, suites: list[str], ids: list[str], said: str) -> None:
    with pytest.raises(EmptySuiteError, match=said):
        choose(read_cases(library=library), library, suites=suites, ids=ids)


def test_a_suite_and_an_id_of_it_take_that_case_alone(library) -> None:
    chosen = choose(read_cases(library=library), library, suites=["debate"], ids=["debate-01"])
    assert ([c.id for c in chosen.cases], chosen.pairs) == (["debate-01"], ())


# --- how they come out


def answering(question: str, *_: object, **__: object) -> dict[str, Any]:
    """Escalate the red flags, and take no notice of anything else."""
    return escalated() if re.search(r"swollen|saddle|fell down|lump", question) else answer()


def ran(name: str, answerer: Any = answering, case: EvalCase = CASE) -> Result:
    """Return how one relation's pair comes out."""
    pair = made(name, case)
    assert pair is not None
    return run([], answerer, small_library(), pairs=[pair]).results[0]


@pytest.mark.parametrize("relation", ["evidence-reversed", "named-first", "aside", "polite", "slips"])
def test_what_takes_no_notice_passes_where_nothing_must_change(relation: str) -> None:
    result = ran(relation)
    assert [(s.rule, s.outcome) for s in result.scores] == [(relation, Outcome.PASSED)]
    assert result.case.suite is Suite.METAMORPHIC


def test_an_outcome_that_turns_with_the_manners_fails_and_shows_both_wordings() -> None:
    def touchy(question: str, *_: object) -> dict[str, Any]:
        return answer() if question == CASE.question else answer(status="declined")

    result = ran("polite", touchy)
    assert result.case.id == "debate-01+polite"
    assert failing_lines(result) == [
        "polite: answered became declined",
        f"held against: {CASE.question}",
    ]
    assert CASE.question in result.case.question


def test_an_answer_that_hangs_on_the_order_of_its_evidence_is_a_flip() -> None:
    def hanging(*_: object, evidence_reversed: bool = False) -> dict[str, Any]:
        return answer(cruxes=["other" if evidence_reversed else "one"])

    result = ran(ORDER.name, hanging)
    assert [s.detail for s in result.shortfalls] == ["on one became on other"]
    flips = next(f for f in figures([result], seed=0) if f.metric == "order_flips")
    assert (flips.successes, flips.n, flips.value) == (1, 1, 1.0)


def test_an_added_red_flag_that_is_answered_fails_the_pair() -> None:
    result = ran(RED_FLAG.name, lambda *_: answer())
    assert [s.detail for s in result.shortfalls] == ["not escalated but answered"]
    assert ran(RED_FLAG.name, lambda *_: escalated(red_flags=[])).shortfalls[0].detail.startswith("expected ")


def test_an_operation_that_changes_nothing_fails_the_pair() -> None:
    detail = ran("surgery-added").shortfalls[0].detail
    assert "surgery.kind is not read" in detail
    assert "nothing is said otherwise, numbers apart" in detail


def test_a_crash_is_a_result_and_the_other_pairs_go_on() -> None:
    def crashing(*_: object) -> dict[str, Any]:
        raise RuntimeError("out of rope")

    result = ran("polite", crashing)
    assert (result.status, result.error, result.shortfalls[0].outcome) == (
        CRASHED,
        "RuntimeError: out of rope",
        Outcome.ERRORED,
    )


def test_the_case_itself_is_answered_once_and_the_run_counts_pairs() -> None:
    seen: list[str] = []

    def counting(question: str, *_: object) -> dict[str, Any]:
        seen.append(question)
        return answer()

    todo = pairs([CASE], small_library(), relations=[BY_NAME["polite"], BY_NAME["aside"]])
    told: list[tuple[int, int, str]] = []
    whole: Run = run([CASE], counting, small_library(), pairs=todo, progress=lambda *news: told.append(news))
    assert (seen.count(CASE.question), len(seen)) == (1, 1 + len(todo))
    assert (whole.expected, whole.is_complete) == (1 + len(todo), True)
    assert told[-1][:2] == (1 + len(todo),) * 2
    assert sum(outcomes(whole).values()) == 1


def test_figures_count_each_relation_and_all_together() -> None:
    library = small_library()
    results = run([], answering, library, pairs=pairs([CASE], library, at_most=None)).results
    by_name = {f.metric: f for f in figures(results, seed=0)}
    same = [r for r in RELATIONS if r.kind is Kind.SAME and r is not ORDER]
    assert by_name["invariance"].n == sum(by_name[r.name.replace("-", "_")].n for r in same)
    assert by_name["same_subject"].value == 1.0
    assert by_name["must_change"].value == 0.0
    assert by_name["status_right"].n == 0


# --- what people wrote


def test_what_people_wrote_is_read_by_case_and_way(tmp_path) -> None:
    file = tmp_path / "written.jsonl"
    file.write_text('{"case": "a-01", "kind": "prose", "text": "In full."}\n\n', encoding="utf-8")
    assert read_written(file) == {("a-01", "prose"): "In full."}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", ":2: expected one object a line with case, kind and text"),
        ('{"case": "a-01", "kind": "song", "text": "la"}', ":2: expected one object a line"),
        ('{"case": "a-01", "kind": "prose", "text": "Again."}', ":2: a-01 already has a prose"),
    ],
)
def test_a_line_that_does_not_fit_is_named(tmp_path, line: str, expected: str) -> None:
    file = tmp_path / "written.jsonl"
    file.write_text('{"case": "a-01", "kind": "prose", "text": "In full."}\n' + line, encoding="utf-8")
    with pytest.raises(CaseFileError, match=re.escape(expected)):
        read_written(file)


def test_what_people_wrote_makes_pairs_of_every_kind(library) -> None:
    made = pairs(read_cases(library=library), library, at_most=None, relations=[BY_NAME[w] for w in WAYS])
    assert {p.relation.name for p in made} == set(WAYS)
    assert len(made) >= 140
    assert all(p.before.question != p.after.question for p in made)


# --- the seam


@pytest.mark.parametrize(
    "question", ["Calf or chain first for a runner with PFP, SLHR 11 R v 26 L?", "Isometrics for PFP?"]
)
def test_evidence_comes_last_first_where_that_is_asked_for_and_the_answer_is_the_same(assistant, question: str) -> None:
    case = frame((question,), assistant.snapshot.library)
    _, found, made_of_it, _ = considered(case, assistant.snapshot, Detail.BRIEF)
    _, turned, _, _ = considered(case, assistant.snapshot, Detail.BRIEF, evidence_reversed=True)
    assert turned.hits == found.hits[::-1]
    assert len(found.hits) > 10
    assert made_of_it.crux is not None
    plain, reversed_ = (
        assistant.ask_json(question, asked_at=NOW, evidence_reversed=is_reversed) for is_reversed in (False, True)
    )
    assert plain["sections"] == reversed_["sections"]
    assert plain["citations"] == reversed_["citations"]
