"""Profiles, cases, and what the asker makes of an answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.desk import Desk, NotAllowedError
from assistant.records.errors import BadRecordError, ConflictError, NotFoundError
from assistant.records.models import metadata
from assistant.records.review_types import ItemState, Thumb
from assistant.records.store import Records
from tests.desks import Clinic, a_form, an_answer


@pytest.fixture
def clinic(tmp_path: Path):
    with Records(tmp_path) as records:
        yield Clinic(records)


def test_profiles_come_by_name_until_they_are_retired(clinic: Clinic):
    assert [p.name for p in clinic.nobody.profiles()] == ["Ana", "Ben", "Cem", "Dora", "Eva"]
    clinic.ben.retire_profile(clinic.ben.profile.id)
    assert [p.name for p in clinic.nobody.profiles()] == ["Ana", "Cem", "Dora", "Eva"]


def test_a_cookie_names_a_profile_that_is_in_use_or_nobody(clinic: Clinic):
    ben = clinic.ben.profile
    assert Desk.of(clinic.records, ben.id, clinic.clock).profile == ben
    clinic.ana.retire_profile(ben.id)
    for cookie in (ben.id, None, "", "p-" + "0" * 32, "' OR 1=1", "\ud800", "p" * 10_000):
        assert Desk.of(clinic.records, cookie, clinic.clock).profile is None


@pytest.mark.parametrize(
    ("name", "role", "school"),
    [
        ("", "physio", None), ("  ", "physio", None), ("x" * 81, "physio", None), (7, "physio", None), ("a\u202eb", "physio", None),
        ("Zoe", "boss", None), ("Zoe", None, None), ("Zoe", "physio", "Whole chain"), ("Zoe", "physio", "<b>"), ("bEN", "physio", None),
    ],
)  # fmt: skip
def test_a_profile_needs_a_name_of_its_own_and_a_role(clinic: Clinic, name, role, school):
    with pytest.raises(BadRecordError, match="expected|already"):
        clinic.nobody.add_profile(name, role, school)
    assert len(clinic.nobody.profiles()) == 5


def test_a_name_is_kept_as_text_whatever_it_holds(clinic: Clinic):
    made = clinic.nobody.add_profile("  <script>alert(1)</script>  Ö. ", "mentor", "")
    assert (made.name, made.school) == ("<script>alert(1)</script> Ö.", None)


def test_a_case_belongs_to_who_began_it_and_one_without_a_profile_to_everybody(clinic: Clinic):
    clinic.asked(1, by=clinic.ben)
    clinic.asked(2, by=clinic.nobody)
    clinic.asked(3, by=clinic.cem, case="c-2")  # goes on with nobody's case
    seen = {
        name: {item.id for item in desk.cases().items} for name, desk in vars(clinic).items() if isinstance(desk, Desk)
    }
    assert seen == {name: {"c-2"} for name in ("nobody", "cem", "ana", "dora", "eva")} | {"ben": {"c-1", "c-2"}}
    assert clinic.ben.case("c-1").owner_id == clinic.ben.profile.id
    assert clinic.nobody.case("c-2").owner_id is None
    assert clinic.nobody.cases("number 2").total == 1
    assert clinic.nobody.cases("number 1").total == 0


@pytest.mark.parametrize("who", ["nobody", "cem", "ana"])
def test_anothers_case_is_neither_read_nor_changed_nor_gone_on_with(clinic: Clinic, who: str):
    clinic.asked(1, by=clinic.ben)
    desk = getattr(clinic, who)
    tries = [
        lambda: desk.case("c-1"),
        lambda: desk.answer("a-1"),
        lambda: desk.rename_case("c-1", "Mine"),
        lambda: desk.delete_case("c-1"),
        lambda: desk.check_asking("c-1"),
        lambda: desk.keep(an_answer(9), {}, conversation="c-1"),
        lambda: desk.give_feedback("a-1", "up"),
        lambda: desk.feedback("a-1"),
        lambda: desk.commit("a-1", "Mine"),
        lambda: desk.commitment("a-1"),
        lambda: desk.send_to_mentor("a-1"),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowedError):
            attempt()
    assert [a.id for a in clinic.ben.case("c-1").answers] == ["a-1"]
    assert clinic.ben.feedback("a-1") == ()


def test_a_mentor_reads_the_case_of_an_answer_in_the_queue_and_changes_nothing(clinic: Clinic):
    clinic.sent(1)
    assert clinic.ana.case("c-1").id == "c-1"
    assert clinic.ana.answer("a-1").id == "a-1"
    with pytest.raises(NotAllowedError):
        clinic.ana.delete_case("c-1")
    with pytest.raises(NotAllowedError):
        clinic.cem.case("c-1")


def test_what_is_not_there_is_said_so(clinic: Clinic):
    for attempt in (
        lambda: clinic.ben.case("c-9"),
        lambda: clinic.ben.answer("a-9"),
        lambda: clinic.ben.delete_case("c-9"),
        lambda: clinic.ben.rename_case("c-9", "x"),
        lambda: clinic.ben.give_feedback("a-9", "up"),
        lambda: clinic.ben.send_to_mentor("a-9"),
        lambda: clinic.ana.queue_item(9),
        lambda: clinic.ana.reserve(9),
        lambda: clinic.ana.retire_profile("p-9"),
        lambda: clinic.ana.comments(9),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_deleting_a_case_deletes_everything_that_came_of_it(clinic: Clinic):
    item = clinic.sent(1, note="Please look")
    clinic.ben.commit("a-1", "Load it.")
    clinic.ben.give_feedback("a-1", "down", ["wrong"], "no")
    clinic.reviewed(item, clinic.ana, "corrections", wants_second=True)
    clinic.reviewed(item, clinic.dora, "accept")
    clinic.ana.agree(item, "accept")
    clinic.ben.comment(item, "Thanks")
    clinic.ben.mark_read(item)
    clinic.sent(2)
    clinic.ben.delete_case("c-1")
    left = {"answer": 1, "conversation": 1, "queue_item": 1, "queue_label": 3}
    with clinic.records.reading() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in metadata.sorted_tables
            if table.name != "profile"
        }
    assert {name: count for name, count in counts.items() if count} == left
    with pytest.raises(NotFoundError, match="deleted meanwhile"):
        clinic.ana.save_review(item, a_form(), finish=True)


def test_the_number_of_a_deleted_item_is_not_given_again(clinic: Clinic):
    item = clinic.sent(1)
    clinic.ben.delete_case("c-1")
    assert clinic.sent(2) != item


def test_the_last_thumb_counts_and_the_earlier_stand_beside_it(clinic: Clinic):
    clinic.asked(1)
    clinic.ben.give_feedback("a-1", "up")
    clinic.ben.give_feedback("a-1", Thumb.DOWN, ["too long", "too long", " "], "Could be shorter")
    assert [(f.thumb, f.reasons, f.note) for f in clinic.ben.feedback("a-1")] == [
        (Thumb.UP, (), ""),
        (Thumb.DOWN, ("too long",), "Could be shorter"),
    ]


def test_a_thumb_down_or_a_problem_lands_in_the_queue_also_without_a_profile(clinic: Clinic):
    clinic.asked(1, by=clinic.nobody)
    clinic.asked(2)
    clinic.asked(3)
    clinic.nobody.give_feedback("a-1", "problem", ["dangerous"], "No red flag told")
    clinic.ben.give_feedback("a-2", "down")
    clinic.ben.give_feedback("a-3", "up")
    lines = clinic.ana.queue().items
    assert [(line.answer_id, line.asker_name, line.thumbs_down, line.is_problem) for line in lines] == [
        ("a-1", None, True, True),
        ("a-2", "Ben", True, False),
    ]
    assert clinic.ana.queue_item(lines[0].id).feedback[0].note == "No red flag told"


def test_a_problem_with_an_answer_that_one_mentor_accepted_calls_for_a_second(clinic: Clinic):
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana)
    clinic.clock.forward(1)
    clinic.ben.give_feedback("a-1", "problem", (), "The dose is wrong")
    assert clinic.dora.queue_item(item).state == ItemState.NEEDS_SECOND
    assert clinic.ana.unread_items() == (item,)


def test_sending_again_adds_a_word_and_no_second_item(clinic: Clinic):
    item = clinic.sent(1, note="First")
    assert clinic.ben.send_to_mentor("a-1", "Second").id == item
    assert clinic.ana.queue_item(item).note == "First"
    assert [c.text for c in clinic.ana.comments(item)] == ["Second"]
    assert clinic.ana.queue().total == 1


def test_ones_own_answer_is_put_down_once(clinic: Clinic):
    clinic.asked(1, by=clinic.nobody)
    assert clinic.ben.commitment("a-1") is None
    clinic.ben.commit("a-1", "Hip first.")
    with pytest.raises(ConflictError, match="the first one stands"):
        clinic.ben.commit("a-1", "Calf first.")
    clinic.nobody.commit("a-1", "Neither.")
    with pytest.raises(ConflictError):
        clinic.nobody.commit("a-1", "Both.")
    assert (clinic.ben.commitment("a-1").text, clinic.nobody.commitment("a-1").text) == ("Hip first.", "Neither.")
    assert clinic.cem.commitment("a-1") is None


def test_what_names_a_patient_is_not_kept(clinic: Clinic):
    item = clinic.sent(1, note="Mrs Jones, tel 07700 900123")
    clinic.ben.commit("a-1", "Mrs Jones needs calf work")
    clinic.ben.give_feedback("a-1", "down", [], "Mrs Jones was hurt")
    clinic.ben.comment(item, "Mrs Jones asks")
    clinic.ben.rename_case("c-1", "Mrs Jones")
    clinic.reviewed(item, clinic.ana, "corrections", corrected="Mrs Jones: load it", comment="See Mrs Jones")
    with clinic.records.reading() as connection:
        kept = "\n".join(connection.connection.driver_connection.iterdump())
    assert "[name]" in kept
    assert "Jones" not in kept
    assert "900123" not in kept


@pytest.mark.parametrize("text", ["x" * 4_001, None, 7, b"x"])
def test_a_note_is_text_of_a_page_at_most(clinic: Clinic, text):
    clinic.asked(1)
    with pytest.raises(BadRecordError, match="expected"):
        clinic.ben.give_feedback("a-1", "down", (), text)
    with pytest.raises(BadRecordError, match="expected"):
        clinic.ben.send_to_mentor("a-1", text)
    assert clinic.ana.queue().total == 0


def test_an_unknown_thumb_and_an_empty_answer_are_refused(clinic: Clinic):
    clinic.asked(1)
    with pytest.raises(BadRecordError, match="up, down or problem"):
        clinic.ben.give_feedback("a-1", "sideways")
    with pytest.raises(BadRecordError, match="expected a few words"):
        clinic.ben.commit("a-1", " \n ")
