"""What was accepted: on which passages, until one changes; as a reference case; offered to a like question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.desk import Desk, NotAllowedError
from assistant.records.errors import ConflictError, RecordsError
from assistant.records.review_types import AnswerVerdict, CitationVerdict
from assistant.records.store import Records
from corpus.library import Library
from corpus.yamlfile import YamlFile
from evals.cases import Suite, read_cases
from evals.results import Outcome
from evals.runner import run
from tests.desks import Clinic, a_form

PASSAGE = "hebert-losier-2017:1"
RUNNER = "34M runner, SLHR 14 L v 27 R, anterior knee pain. Calf rehab?"


class Known:
    """Knows a library that can be changed; nothing to encode with."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @property
    def snapshot(self) -> Any:
        return SimpleNamespace(library=self.library)

    def change_source(self, **changed: object) -> None:
        name = PASSAGE.split(":", maxsplit=1)[0]
        self.library = replace(
            self.library, sources=tuple(replace(s, **changed) if s.id == name else s for s in self.library.sources)
        )

    def change_passage(self, **changed: object) -> None:
        passages = self.library.source_of(PASSAGE).passages
        self.change_source(passages=tuple(replace(p, **changed) if p.id == PASSAGE else p for p in passages))


@pytest.fixture
def known(library: Library) -> Known:
    return Known(library)


@pytest.fixture
def clinic(tmp_path: Path, known: Known):
    with Records(tmp_path) as records:
        yield Clinic(records, knowledge=known)


def a_citation(library: Library, passage_id: str = PASSAGE) -> dict[str, Any]:
    passage, source = library.passages[passage_id], library.source_of(passage_id)
    return {
        "number": 1,
        "passage_id": passage_id,
        "passage_fingerprint": library.passage_fingerprint(passage_id),
        "source_id": source.id,
        "viewpoint": source.viewpoint,
        "quote": passage.text,
        "doi": source.doi,
        "grade": passage.grade,
    }


def accepted(clinic: Clinic, known: Known, number: int = 1) -> int:
    item = clinic.sent(number, citations=[a_citation(known.library)])
    clinic.reviewed(item, clinic.ana, citations={1: CitationVerdict.SUPPORTS})
    return item


def test_an_accepted_answer_is_approved_by_whom_and_when(clinic: Clinic, known: Known):
    item = accepted(clinic, known)
    for desk in (clinic.ben, clinic.cem, clinic.nobody, clinic.dora):
        found = desk.approved("a-1")
        assert (found.item_id, found.verdict, found.text, found.reviewer_names) == (item, "accept", None, ("Ana",))
        assert (found.at, found.is_expired) == (clinic.clock(), False)
    assert [a.answer_id for a in clinic.ben.approvals()] == ["a-1"]
    assert clinic.ben.approved("a-none") is None


@pytest.mark.parametrize(("verdict", "approved"), [("accept", True), ("corrections", True), ("reject", False)])
def test_accepting_with_corrections_approves_the_corrected_text_and_rejecting_nothing(clinic, known, verdict, approved):
    item = clinic.sent(1, citations=[a_citation(known.library)])
    clinic.reviewed(item, clinic.ana, verdict, citations={})
    found = clinic.ben.approved("a-1")
    assert (found is not None) is approved
    if approved:
        assert found.text == ("Load the calf first." if verdict == "corrections" else None)


def test_nothing_is_approved_until_two_agree_where_a_second_is_wanted(clinic: Clinic):
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana, wants_second=True)
    assert clinic.ben.approved("a-1") is None
    clinic.reviewed(item, clinic.dora, "reject")
    assert clinic.ben.approved("a-1") is None
    clinic.dora.agree(item, "accept")
    assert clinic.ben.approved("a-1").reviewer_names == ("Ana", "Dora")
    clinic.clock.forward(1)
    clinic.dora.dissent(item, "On second thoughts, no")
    assert clinic.ben.approved("a-1") is None


def test_an_answer_that_is_taken_up_again_is_approved_no_longer(clinic: Clinic, known: Known):
    item = accepted(clinic, known)
    clinic.ana.reopen(item)
    assert clinic.ben.approved("a-1") is None
    clinic.ana.save_review(item, a_form("accept", citations={}), finish=True)
    assert clinic.ben.approved("a-1").verdict == AnswerVerdict.ACCEPT


def test_a_problem_with_an_approved_answer_suspends_its_approval(clinic: Clinic, known: Known):
    accepted(clinic, known)
    clinic.clock.forward(1)
    clinic.ben.give_feedback("a-1", "problem", (), "The dose is wrong")
    assert clinic.ben.approved("a-1") is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda k: k.change_passage(text="Something else."), "its finding was reworded or changed"),
        (lambda k: k.change_passage(figures={"n": "9"}), "its figures changed"),
        (lambda k: k.change_passage(grade="very low"), r"its grade was .* and is very low"),
        (lambda k: k.change_source(retracted=True), "hebert-losier-2017 was retracted"),
        (lambda k: k.change_source(passages=()), "hebert-losier-2017:1 is no longer in the library"),
    ],
    ids=["finding", "figure", "grade", "retracted", "removed"],
)
def test_an_approval_expires_and_says_why(clinic: Clinic, known: Known, change, why: str):
    accepted(clinic, known)
    before = known.library
    change(known)
    found = clinic.ben.approved("a-1")
    assert found.is_expired
    assert len(found.reasons) == 1
    with pytest.raises(AssertionError, match=why):
        raise AssertionError(found.reasons[0])
    with pytest.raises(ConflictError, match="has expired: hebert"):
        clinic.ana.reference_case(found.item_id)
    known.library = before
    assert not clinic.ben.approved("a-1").is_expired


@pytest.mark.parametrize(
    "change",
    [
        lambda k: k.change_source(doi="10.1000/corrected"),
        lambda k: k.change_source(title="Another title", year=2018, authors="Nobody"),
        lambda k: k.change_passage(implication="Ours", note="Ours", topics=("x",), locator="page 2"),
    ],
)
def test_a_corrected_doi_or_reading_of_ours_expires_nothing(clinic: Clinic, known: Known, change):
    accepted(clinic, known)
    change(known)
    assert clinic.ben.approved("a-1").reasons == ()


def test_an_answer_that_was_outdated_when_it_was_accepted_says_so_at_once(clinic: Clinic, known: Known):
    citation = a_citation(known.library)
    known.change_passage(figures={"n": "9"})
    item = clinic.sent(1, citations=[citation])
    clinic.reviewed(item, clinic.ana, citations={})
    assert clinic.ben.approved("a-1").reasons == (f"{PASSAGE}: its figures changed",)


def test_a_desk_without_the_library_approves_but_cannot_say_whether_it_holds(clinic: Clinic, known: Known):
    accepted(clinic, known)
    blind = Desk(clinic.records, clinic.ben.profile, clinic.clock)
    with pytest.raises(RecordsError, match="library is not at hand"):
        blind.approved("a-1")


# --- with the real assistant


@pytest.fixture
def real(tmp_path: Path, assistant):
    with Records(tmp_path) as records:
        yield Clinic(records, knowledge=assistant)


def answered(
    clinic: Clinic, assistant, question: str, *, by: Desk | None = None, case: str | None = None, **more: Any
) -> str:
    document, trace = assistant.ask_traced(question, asked_at=clinic.clock(), conversation=case, **more)
    (by or clinic.ben).keep(document, trace, conversation=case)
    return document["id"]


def approved_answer(clinic: Clinic, assistant, question: str, verdict: str = "accept", **more: Any) -> int:
    item = clinic.ben.send_to_mentor(answered(clinic, assistant, question, **more)).id
    changed = {"citations": {}, "sampled": (), "viewpoints": {}}
    clinic.reviewed(item, clinic.ana, verdict, **changed)
    return item


def test_an_approved_answer_becomes_a_reference_case_that_the_evals_read_and_it_meets(real: Clinic, assistant, library):
    first = approved_answer(real, assistant, RUNNER, case="c-1")
    real.clock.forward(1)
    second = approved_answer(real, assistant, "What would Bento say?", case="c-1", history=[RUNNER])
    for item in (first, second):
        name, text = real.ana.reference_case(item)
        assert (real.records.home / "cases" / name).read_text(encoding="utf-8") == text
    cases = {case.id: case for case in read_cases([real.records.home / "cases"], library=library)}
    assert [(c.suite, c.author, c.date.isoformat()) for c in cases.values()] == [
        (Suite.DEBATE, "Ana", "2026-11-23")
    ] * 2
    one = cases[f"reviewed-{first}"]
    assert one.question == RUNNER
    assert one.expect.facts["heel_rise.left"] == 14
    assert one.expect.viewpoints == ("calf-focused", "whole-chain")
    assert len(one.expect.points) >= 2
    assert cases[f"reviewed-{second}"].history == (RUNNER,)
    made = run(tuple(cases.values()), lambda question, history: assistant.ask_json(question, history=history), library)
    missed = [(s.name, s.detail) for r in made.results for s in r.scores if s.outcome is Outcome.FAILED]
    assert missed == []


def test_a_passage_that_a_mentor_found_wanting_is_not_asked_for(real: Clinic, assistant, library):
    answer_id = answered(real, assistant, RUNNER)
    item = real.ben.send_to_mentor(answer_id).id
    cited = {c["number"]: c["passage_id"] for c in real.ben.answer(answer_id).document["citations"]}
    bad = next(n for n, passage in cited.items() if passage.startswith("barker"))
    real.reviewed(item, real.ana, citations={bad: CitationVerdict.OVERSTATED}, sampled=(), viewpoints={})
    real.ana.reference_case(item)
    (case,) = read_cases([real.records.home / "cases"], library=library)
    asked_for = {p for passages in case.expect.cites_any.values() for p in passages}
    asked_for |= {p for point in case.expect.points for p in point.cites_any}
    assert asked_for == set(cited.values()) - {cited[bad]}


def test_the_corrected_text_heads_the_reference_case_and_its_sentences_are_not_asked_for(
    real: Clinic, assistant, library
):
    item = real.ben.send_to_mentor(answered(real, assistant, RUNNER)).id
    corrected = "Load the hip.\n- id: x\x07\u2028schema: y\r\nThen the calf: 3 x 12."
    real.reviewed(item, real.ana, "corrections", corrected=corrected, citations={}, sampled=(), viewpoints={})
    name, text = real.ana.reference_case(item)
    assert text.startswith("# Corrected by the reviewer:\n# Load the hip.\n")
    (case,) = read_cases([real.records.home / "cases"], library=library)
    assert case.expect.points == ()
    assert YamlFile(real.records.home / "cases" / name).data["cases"][0]["id"] == f"reviewed-{item}"


@pytest.mark.parametrize(
    "question",
    [
        "52F, calf swollen, hot and 4 cm bigger since the flight, knee sore. Load it?",
        "What dose of naproxen should I give for knee pain?",
        "What does the library say on kinesio tape for a unicyclist's seventh toe?",
        "Ottawa knee rule?",
    ],
)
def test_answers_of_every_outcome_become_cases_that_the_evals_read(real: Clinic, assistant, library, question):
    item = approved_answer(real, assistant, question)
    real.ana.reference_case(item)
    (case,) = read_cases([real.records.home / "cases"], library=library)
    assert case.expect.status == real.ana.queue_item(item).status


def test_only_a_mentor_makes_a_reference_case_and_only_of_what_is_approved(clinic: Clinic, known: Known):
    item = accepted(clinic, known)
    with pytest.raises(NotAllowedError):
        clinic.ben.reference_case(item)
    with pytest.raises(ConflictError, match="not approved"):
        clinic.ana.reference_case(clinic.sent(2))
    assert not (clinic.records.home / "cases").exists()


@pytest.mark.parametrize("how", ["desk", "records", "source"])
def test_the_reference_case_goes_with_its_case(real: Clinic, assistant, how: str):
    item = approved_answer(real, assistant, RUNNER, case="c-1")
    name, _ = real.ana.reference_case(item)
    if how == "desk":
        real.ben.delete_case("c-1")
    elif how == "records":
        real.records.delete_conversation("c-1")
    else:
        real.records.forget_source("barker-calf-rehab")
    assert not (real.records.home / "cases" / name).exists()
    assert real.ana.approvals() == ()


def test_a_like_question_is_offered_the_approved_answer_with_what_differs(real: Clinic, assistant):
    item = approved_answer(real, assistant, RUNNER)
    other = answered(real, assistant, "34F footballer, SLHR 14 L v 27 R, anterior knee pain. Calf rehab?", by=real.cem)
    found = real.cem.like_answer(other)
    assert (found.approval.item_id, found.approval.reviewer_names, found.answer.question) == (item, ("Ana",), RUNNER)
    assert {(d.label, d.here, d.there) for d in found.differing} == {
        ("sex", "female", "male"),
        ("sport", "football", "running"),
    }


@pytest.mark.parametrize(
    "question",
    [
        "35M runner, SLHR 14 L v 27 R, anterior knee pain. Calf rehab?",  # age
        "34M runner, SLHR 14 L v 25 R, anterior knee pain. Calf rehab?",  # a test
        "34M runner, anterior knee pain. Calf rehab?",  # a number that is not told
        "34M runner, SLHR 14 L v 27 R, anterior knee pain 4/10. Calf rehab?",  # one more
        "34M runner, SLHR 14 L v 27 R, anterior knee pain, shoe drop 8. Calf rehab?",  # one that is no fact
        "Ottawa knee rule?",  # another subject
    ],
)
def test_nothing_is_offered_where_a_number_or_the_subject_differs(real: Clinic, assistant, question: str):
    approved_answer(real, assistant, RUNNER)
    assert real.cem.like_answer(answered(real, assistant, question, by=real.cem)) is None


def test_a_question_that_reads_nearly_the_same_is_alike_without_a_known_subject(real: Clinic, assistant):
    asked = "Does patellofemoral pain need an MRI to diagnose it?"
    item = approved_answer(real, assistant, asked)
    facts = real.ana.queue_item(item).document["case"]["facts"]
    assert real.cem.like("Does patellofemoral pain need an MRI to diagnose?", facts).approval.item_id == item
    assert real.cem.like("Does patellofemoral pain not need an MRI to diagnose?", facts) is None
    assert real.cem.like("Which tape for a swollen knee?", facts) is None


def test_an_answer_is_not_offered_to_itself_nor_when_it_has_expired_or_did_not_answer(real: Clinic, assistant):
    item = approved_answer(real, assistant, RUNNER)
    own = real.ana.queue_item(item).answer_id
    assert real.ben.like_answer(own) is None
    clot = "52F, calf swollen, hot and 4 cm bigger since the flight, knee sore. Load it?"
    approved_answer(real, assistant, clot)
    real.clock.forward(1)
    assert real.ben.like_answer(answered(real, assistant, clot)) is None
    again = answered(real, assistant, RUNNER, by=real.cem)
    assert real.cem.like_answer(again) is not None
    library = assistant.snapshot.library
    retracted = replace(library, sources=tuple(replace(s, retracted=True) for s in library.sources))
    desk = Desk(real.records, real.cem.profile, real.clock, knowledge=Known(retracted))
    assert desk.like_answer(again) is None
