"""The queue and the reviews: one mentor at a time, the second blind, then the reveal."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.desk import NotAllowedError
from assistant.records.errors import BadRecordError, ConflictError
from assistant.records.review_types import AnswerVerdict, CitationVerdict, ItemState, ReviewForm
from assistant.records.store import Records
from tests.desks import Clinic, a_form


@pytest.fixture
def clinic(tmp_path: Path):
    with Records(tmp_path) as records:
        yield Clinic(records)


def test_the_queue_is_for_mentors(clinic: Clinic):
    item = clinic.sent(1)
    for desk in (clinic.ben, clinic.nobody):
        for attempt in (
            desk.queue,
            desk.queue_choices,
            lambda d=desk: d.reserve(item),
            lambda d=desk: d.save_review(item, a_form()),
        ):
            with pytest.raises(NotAllowedError, match="mentor"):
                attempt()


def test_the_physio_reads_their_own_item_and_no_other(clinic: Clinic):
    item = clinic.sent(1)
    assert clinic.ben.queue_item(item).answer_id == "a-1"
    assert clinic.ben.queue_item_of("a-1").id == item
    assert clinic.cem.queue_item_of("a-1") is None
    assert clinic.ben.queue_item_of("a-none") is None
    with pytest.raises(NotAllowedError):
        clinic.cem.queue_item(item)
    with pytest.raises(NotAllowedError):
        clinic.cem.comment(item, "Hello")


def test_nobody_reviews_their_own_answer(clinic: Clinic):
    item = clinic.sent(1, by=clinic.ana)
    unowned = clinic.sent(2, by=clinic.ana, case=None)
    for own in (item, unowned):
        with pytest.raises(NotAllowedError, match="nobody reviews their own"):
            clinic.ana.reserve(own)
        with pytest.raises(NotAllowedError, match="nobody reviews their own"):
            clinic.ana.save_review(own, a_form(), finish=True)
    assert clinic.dora.reserve(item).state == ItemState.IN_REVIEW


def test_what_is_reserved_is_anothers_until_it_expires(clinic: Clinic):
    item = clinic.sent(1)
    held = clinic.ana.reserve(item)
    assert (held.state, held.held_by_name) == (ItemState.IN_REVIEW, "Ana")
    clinic.clock.forward(29)
    with pytest.raises(ConflictError, match="being reviewed by Ana until 2026-11-23T09:30:00Z"):
        clinic.dora.reserve(item)
    clinic.clock.forward(1)
    assert clinic.dora.queue_item(item).state == ItemState.NEW
    assert clinic.dora.reserve(item).held_by_name == "Dora"


def test_saving_and_reserving_again_renew_the_reservation(clinic: Clinic):
    item = clinic.sent(1)
    clinic.ana.reserve(item)
    clinic.clock.forward(20)
    clinic.ana.save_review(item, a_form(None))
    clinic.clock.forward(20)
    clinic.ana.reserve(item)
    clinic.clock.forward(20)
    with pytest.raises(ConflictError):
        clinic.dora.reserve(item)


def test_releasing_puts_back_ones_own_and_leaves_anothers(clinic: Clinic):
    item = clinic.sent(1)
    clinic.ana.reserve(item)
    clinic.dora.release(item)
    assert clinic.ana.queue_item(item).held_by_name == "Ana"
    clinic.ana.release(item)
    assert clinic.ana.queue_item(item).state == ItemState.NEW


def test_a_draft_is_there_when_one_comes_back_and_nobody_else_sees_it(clinic: Clinic):
    item = clinic.sent(1)
    clinic.ana.reserve(item)
    clinic.ana.save_review(item, ReviewForm(citations={1: CitationVerdict.OVERSTATED}))
    clinic.ana.release(item)
    (draft,) = clinic.ana.queue_item(item).reviews
    assert (draft.form.citations, draft.finished_at, draft.ordinal) == ({1: CitationVerdict.OVERSTATED}, None, None)
    assert clinic.dora.queue_item(item).reviews == clinic.ben.queue_item(item).reviews == ()


def test_a_form_that_comes_too_late_is_kept_as_a_draft(clinic: Clinic):
    item = clinic.sent(1)
    clinic.ana.reserve(item)
    clinic.clock.forward(31)
    clinic.dora.reserve(item)
    with pytest.raises(ConflictError, match=r"by Dora until .*; what you filled in is kept as your draft"):
        clinic.ana.save_review(item, a_form("reject"), finish=True)
    clinic.dora.save_review(item, a_form(), finish=True)
    with pytest.raises(ConflictError, match=r"done: Dora reviewed it; what you filled in is kept"):
        clinic.ana.save_review(item, a_form("corrections"), finish=True)
    finished, draft = clinic.ana.queue_item(item).reviews
    assert (finished.reviewer_name, draft.form.verdict) == ("Dora", AnswerVerdict.CORRECTIONS)
    assert clinic.ana.queue_item(item).settled == AnswerVerdict.ACCEPT


def test_a_finished_review_is_done_and_seen_by_the_physio(clinic: Clinic):
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana, "corrections")
    seen = clinic.ben.queue_item(item)
    assert (seen.state, seen.settled, seen.held_by_id) == (ItemState.DONE, AnswerVerdict.CORRECTIONS, None)
    assert seen.reviews[0].form == a_form(AnswerVerdict.CORRECTIONS)
    assert clinic.ben.unread_items() == (item,)
    assert seen.document["markdown"] == "**Short answer.** Yes [1]."
    with pytest.raises(ConflictError, match="finished; reopen it"):
        clinic.ana.reserve(item)
    with pytest.raises(ConflictError, match="done: Ana reviewed it"):
        clinic.dora.reserve(item)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (a_form(None), "choose accept"),
        (a_form("corrections", corrected="  "), "expected the corrected text"),
        (a_form("maybe"), "accept, corrections or reject"),
        (a_form(citations={9: CitationVerdict.SUPPORTS}), "no citation 9"),
        (a_form(citations={1: "good"}), "got 'good'"),
        (a_form(viewpoints={"calf-focused": "nice"}), "got 'nice'"),
        (a_form(viewpoints={"x" * 61: "fair"}), "ids of schools"),
        (a_form(sampled=("c99",)), "no claim c99"),
        (a_form(corrected="x" * 40_001), "40000 characters at most"),
        (a_form(comment=None), "expected text"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_and_changes_nothing(clinic: Clinic, form: ReviewForm, said: str):
    item = clinic.sent(1)
    clinic.ana.reserve(item)
    with pytest.raises(BadRecordError, match=said):
        clinic.ana.save_review(item, form, finish=True)
    assert clinic.ana.queue_item(item).reviews == ()


def test_the_second_reviewer_sees_nothing_of_the_first_until_their_own_is_finished(clinic: Clinic):
    item = clinic.sent(1)
    clinic.ben.comment(item, "Before")
    clinic.clock.forward(1)
    clinic.reviewed(item, clinic.ana, "reject", wants_second=True)
    clinic.ana.comment(item, "I rejected it")
    clinic.ben.comment(item, "Why rejected?")
    for desk in (clinic.dora, clinic.eva):
        blind = desk.queue_item(item)
        assert (blind.state, blind.is_blind, blind.reviews, blind.settled) == (ItemState.NEEDS_SECOND, True, (), None)
        assert [c.text for c in desk.comments(item)] == ["Before"]
    assert clinic.dora.reserve(item).reviews == ()
    clinic.dora.save_review(item, a_form(None))
    assert [r.reviewer_name for r in clinic.dora.queue_item(item).reviews] == ["Dora"]
    clinic.dora.save_review(item, a_form("accept"), finish=True)
    seen = clinic.dora.queue_item(item)
    assert [(r.reviewer_name, r.ordinal) for r in seen.reviews] == [("Ana", 1), ("Dora", 2)]
    assert (seen.state, seen.settled, seen.is_blind) == (ItemState.DONE, None, False)
    assert [c.text for c in clinic.dora.comments(item)] == ["Before", "I rejected it", "Why rejected?"]


def test_the_first_reviewer_cannot_be_the_second(clinic: Clinic):
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana, wants_second=True)
    with pytest.raises(ConflictError, match="finished"):
        clinic.ana.reserve(item)
    with pytest.raises(ConflictError, match="finished"):
        clinic.ana.save_review(item, a_form(), finish=True)


def two_reviews(clinic: Clinic, first: str, second: str, **changed: object) -> int:
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana, first, wants_second=True)
    clinic.reviewed(item, clinic.dora, second, **changed)
    return item


def test_two_of_one_mind_settle_it(clinic: Clinic):
    item = two_reviews(clinic, "reject", "reject")
    assert clinic.eva.queue_item(item).settled == AnswerVerdict.REJECT
    with pytest.raises(ConflictError, match="settled already"):
        clinic.ana.agree(item, "reject")


def test_one_who_takes_over_the_others_verdict_settles_it(clinic: Clinic):
    item = two_reviews(clinic, "accept", "reject")
    assert clinic.dora.agree(item, "reject").settled is None  # her own verdict: the other has yet to take it over
    seen = clinic.ana.agree(item, "reject", "You are right")
    assert seen.settled == AnswerVerdict.REJECT
    assert [(s.name, s.kind, s.note) for s in seen.settlements] == [
        ("Dora", "agree", ""),
        ("Ana", "agree", "You are right"),
    ]


def test_dissent_leaves_it_unsettled_and_needs_a_reason(clinic: Clinic):
    item = two_reviews(clinic, "accept", "reject")
    with pytest.raises(BadRecordError, match="your reason"):
        clinic.ana.dissent(item, " ")
    assert clinic.ana.dissent(item, "The trial is small").settled is None
    assert clinic.dora.agree(item, "accept").settled is None
    assert clinic.ana.agree(item, "accept").settled == AnswerVerdict.ACCEPT  # who dissented may come round


def test_agreeing_comes_after_both_reviews_and_from_their_writers(clinic: Clinic):
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana, wants_second=True)
    with pytest.raises(ConflictError, match="not two finished reviews"):
        clinic.ana.agree(item, "accept")
    clinic.reviewed(item, clinic.dora, "reject")
    with pytest.raises(NotAllowedError, match="only the two who reviewed"):
        clinic.eva.agree(item, "accept")
    with pytest.raises(BadRecordError, match="accept, corrections or reject"):
        clinic.ana.agree(item, "fine")


def test_two_corrected_texts_are_settled_by_taking_one(clinic: Clinic):
    item = two_reviews(clinic, "corrections", "corrections", corrected="Load the hip first.")
    assert clinic.ana.queue_item(item).settled is None
    assert clinic.ana.agree(item, "corrections").settled == AnswerVerdict.CORRECTIONS


def test_a_review_is_taken_up_again_and_the_old_one_stays(clinic: Clinic):
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana)
    with pytest.raises(ConflictError, match="no finished review"):
        clinic.dora.reopen(item)
    again = clinic.ana.reopen(item)
    assert (again.state, again.reviews[0].form.verdict, again.reviews[0].finished_at) == (
        ItemState.IN_REVIEW,
        "accept",
        None,
    )
    clinic.ana.save_review(item, a_form("reject"), finish=True)
    assert clinic.ben.queue_item(item).settled == AnswerVerdict.REJECT
    with clinic.records.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM review").scalar() == 2


def test_the_queue_is_filtered_and_comes_in_parts(clinic: Clinic):
    clinic.sent(1, cruxes=["doses"], status="abstained")
    clinic.sent(2, by=clinic.cem, note="Tibial stress?", citations=[])
    clinic.asked(3)
    clinic.ben.give_feedback("a-3", "problem")
    done = clinic.sent(4)
    clinic.reviewed(done, clinic.ana)
    clinic.ana.reserve(clinic.sent(5))

    def found(**wanted: object) -> list[str]:
        return [line.answer_id for line in clinic.ana.queue(**wanted).items]

    assert found() == ["a-3", "a-1", "a-2", "a-5", "a-4"]  # problems, then who waits longest, then what is done
    assert found(state="new") == ["a-3", "a-1", "a-2"]
    assert found(state="in-review") == ["a-5"]
    assert found(state="done") == ["a-4"]
    assert found(state="needs-second") == []
    assert found(viewpoint="whole-chain") == ["a-3", "a-1", "a-5", "a-4"]
    assert found(crux="doses") == found(status="abstained") == ["a-1"]
    assert found(physio=clinic.cem.profile.id) == found(search="tibial STRESS") == found(search="cem") == ["a-2"]
    assert found(thumbs_down=True) == ["a-3"]
    assert found(search="100%_\\") == []
    assert found(limit=2, offset=1) == ["a-1", "a-2"]
    assert clinic.ana.queue(limit=1).total == 5
    choices = clinic.ana.queue_choices()
    assert choices.cruxes == ("calf-for-everyone", "doses")
    assert [name for _, name in choices.askers] == ["Ben", "Cem"]
    assert dict(choices.counts) == {"new": 3, "in-review": 1, "needs-second": 0, "done": 1}
    with pytest.raises(BadRecordError, match="expected one of new"):
        found(state="old")
    with pytest.raises(BadRecordError, match="limit"):
        found(limit=0)


def test_only_what_another_said_of_ones_own_is_unread(clinic: Clinic):
    item = clinic.sent(1)
    clinic.ben.comment(item, "Hello")
    assert (clinic.ben.unread(), clinic.cem.unread(), clinic.ana.unread(), clinic.nobody.unread()) == (0, 0, 0, 0)
    clinic.reviewed(item, clinic.ana)
    assert (clinic.ben.unread(), clinic.ana.unread()) == (1, 0)
    clinic.ben.mark_read(item)
    assert clinic.ben.unread() == 0
    clinic.clock.forward(1)
    clinic.ana.comment(item, "Look at line two")
    clinic.clock.forward(1)
    clinic.ben.comment(item, "Thanks")
    assert (clinic.ben.unread(), clinic.ana.unread_items(), clinic.dora.unread()) == (1, (item,), 0)


def test_time_away_from_a_review_is_not_counted(clinic: Clinic):
    item = clinic.sent(1)
    clinic.ana.reserve(item)
    clinic.clock.forward(4)
    clinic.ana.save_review(item, a_form(None))
    clinic.clock.forward(600)
    clinic.ana.save_review(item, a_form(None))  # without reserving it again
    clinic.clock.forward(3)
    assert clinic.ana.save_review(item, a_form(), finish=True).active_seconds == 7 * 60


def test_what_came_of_nobodys_case_is_read_by_everybody_with_a_profile(clinic: Clinic):
    clinic.asked(1, by=clinic.nobody)
    item = clinic.ben.send_to_mentor("a-1", "From Ben").id
    assert clinic.cem.send_to_mentor("a-1", "From Cem").id == item
    clinic.reviewed(item, clinic.ana, "reject", wants_second=True)
    for physio in (clinic.ben, clinic.cem):
        assert [r.reviewer_name for r in physio.queue_item(item).reviews] == ["Ana"]
        assert physio.unread_items() == (item,)
    assert clinic.dora.queue_item(item).reviews == ()
    with pytest.raises(NotAllowedError):
        clinic.nobody.queue_item(item)


def test_what_was_agreed_before_a_review_was_taken_up_again_counts_no_longer(clinic: Clinic):
    item = two_reviews(clinic, "accept", "reject")
    assert clinic.ana.agree(item, "reject").settled == AnswerVerdict.REJECT
    clinic.clock.forward(1)
    clinic.dora.reopen(item)
    clinic.clock.forward(1)
    clinic.dora.save_review(item, a_form("accept"), finish=True)
    assert clinic.ana.queue_item(item).settled == AnswerVerdict.ACCEPT
