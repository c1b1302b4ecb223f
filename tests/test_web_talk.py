"""Under an answer: what the mentor made of it, and the asker's reply, which the mentor finds as new."""

from __future__ import annotations

import pytest

from assistant.records.store import Records
from tests.desks import Clinic
from tests.review_rooms import Rooms, words


@pytest.fixture
def rooms(tmp_path, assistant):
    with Records(tmp_path) as records:
        yield Rooms(Clinic(records, knowledge=assistant), assistant=assistant)


def foot(rooms, desk, answer="a-1"):
    return rooms.get(f"/ask/answers/{answer}/foot", desk)


def test_the_asker_sees_verdict_comment_and_corrected_text_and_the_mentor_sees_the_reply_as_new(rooms):
    clinic = rooms.clinic
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana, "corrections", comment="Name the hip as well.")
    assert clinic.ben.unread() == 1
    said = words(foot(rooms, clinic.ben).text)
    assert "Accepted with corrections by Ana" in said
    assert "Name the hip as well." in said
    assert "Load the calf first." in said
    assert clinic.ben.unread() == 0
    clinic.clock.forward(1)
    reply = rooms.post("/ask/answers/a-1/reply", clinic.ben, text="Will do. <b>And</b> the ankle?")
    assert reply.status_code == 200
    assert "&lt;b&gt;And" in reply.text
    assert clinic.ana.unread_items() == (item,)
    assert "Will do. <b>And</b> the ankle?" in words(rooms.opens(item, clinic.ana))
    assert clinic.ana.unread() == 0


def test_a_mentor_who_only_commented_is_told_of_the_reply_too(rooms):
    clinic = rooms.clinic
    item = clinic.sent(1)
    clinic.ana.comment(item, "Which side?")
    assert "Which side?" in words(foot(rooms, clinic.ben).text)
    clinic.clock.forward(1)
    rooms.post("/ask/answers/a-1/reply", clinic.ben, text="The left one.")
    assert clinic.ana.unread_items() == (item,)


def test_what_cannot_be_kept_stays_in_the_box(rooms):
    rooms.clinic.sent(1)
    empty = rooms.post("/ask/answers/a-1/reply", rooms.clinic.ben, text="  ")
    assert empty.status_code == 422
    assert "A comment: expected a few words, got none." in words(empty.text)
    long = rooms.post("/ask/answers/a-1/reply", rooms.clinic.ben, text="word " * 1000)
    assert long.status_code == 422
    assert long.text.count("word ") == 1000


def test_only_the_asker_and_mentors_can_reply_and_only_to_what_was_sent(rooms):
    clinic = rooms.clinic
    clinic.sent(1)
    clinic.asked(2)
    assert rooms.post("/ask/answers/a-2/reply", clinic.ben, text="Hello?").status_code == 404
    assert "cp-reply" not in foot(rooms, clinic.ben, "a-2").text
    assert rooms.post("/ask/answers/a-1/reply", clinic.cem, text="Hello?").status_code == 404
    assert clinic.ana.comments(1) == ()


def test_two_mentors_who_differ_are_both_heard(rooms):
    clinic = rooms.clinic
    item = clinic.sent(1)
    clinic.reviewed(item, clinic.ana, wants_second=True)
    clinic.reviewed(item, clinic.dora, "reject", comment="The hip is missing.")
    said = words(foot(rooms, clinic.ben).text)
    assert "Two mentors differ: Ana and Dora" in said
    assert "The hip is missing." in said
