"""Two mentors on one answer: the second blind, then the reveal, then agreement or dissent, both kept."""

from __future__ import annotations

import re

import pytest

from assistant.records.store import Records
from tests.desks import Clinic
from tests.review_rooms import Rooms, words
from tests.test_web_review_item import DRAWN, UNDRAWN


@pytest.fixture
def rooms(tmp_path, assistant):
    with Records(tmp_path) as records:
        yield Rooms(Clinic(records), assistant=assistant)


@pytest.fixture
def first_done(rooms):
    """Return an item that Ana rejected, asking for a second."""
    item = rooms.clinic.sent(1)
    rooms.finishes(item, rooms.clinic.ana, verdict="reject", comment="The hip is missing.", wants_second="on")
    return item


def test_the_second_mentor_sees_nothing_of_the_first_until_finished(rooms, first_done):
    html = rooms.opens(first_done, rooms.clinic.dora)
    assert "Second, blind review." in html
    assert "The hip is missing." not in html
    assert "Ana" not in html
    assert "Rejected" not in html
    rooms.finishes(first_done, rooms.clinic.dora, verdict="accept")
    said = words(rooms.opens(first_done, rooms.clinic.dora))
    assert "The hip is missing." in said
    assert "The two mentors differ so far." in said


def test_the_first_mentor_waits_and_can_take_the_review_up_again(rooms, first_done):
    html = rooms.opens(first_done, rooms.clinic.ana)
    assert "a second mentor is to follow" in html
    assert 'data-mode="read"' in html
    again = rooms.post(f"/review/{first_done}/reopened", rooms.clinic.ana).text
    assert 'data-mode="review"' in again
    assert 'name="verdict" value="reject" checked' in again


def test_what_differs_is_marked_side_by_side(rooms, first_done):
    rooms.finishes(first_done, rooms.clinic.dora, verdict="accept", **{"c-2": "overstated"})
    html = rooms.opens(first_done, rooms.clinic.ana)
    assert "2 of 6 judgements differ" in words(html)
    assert "The answer Rejected Accepted Passage [2] Partly Overstated" in words(html)
    assert "4 on which they agree" in html


def test_agreeing_on_a_verdict_settles_it_when_both_hold_it(rooms, first_done):
    rooms.finishes(first_done, rooms.clinic.dora, verdict="accept")
    offered = words(rooms.post(f"/review/{first_done}/agreed", rooms.clinic.dora, verdict="corrections").text)
    assert "Dora would settle on “accepted with corrections”: it stands once the other agrees." in offered
    assert rooms.post(f"/review/{first_done}/agreed", rooms.clinic.dora, verdict="accept").status_code == 200
    settled = rooms.post(f"/review/{first_done}/agreed", rooms.clinic.ana, verdict="accept", note="Seen it now.")
    said = words(settled.text)
    assert "Accepted by Ana and Dora." in said
    assert "Ana agrees: accepted" in said
    assert "Seen it now." in said
    assert "The hip is missing." in said


def test_dissent_needs_a_reason_and_both_verdicts_are_kept(rooms, first_done):
    rooms.finishes(first_done, rooms.clinic.dora, verdict="accept")
    assert rooms.post(f"/review/{first_done}/dissented", rooms.clinic.ana, note=" ").status_code == 422
    said = words(rooms.post(f"/review/{first_done}/dissented", rooms.clinic.ana, note="No trial shows it.").text)
    assert "The two mentors differ, and the reasons are kept." in said
    assert "Ana dissents" in said
    assert "No trial shows it." in said
    assert "Rejected" in said
    assert "Accepted" in said


def test_a_third_mentor_cannot_settle_what_two_judged(rooms, first_done):
    rooms.finishes(first_done, rooms.clinic.dora)
    html = rooms.opens(first_done, rooms.clinic.eva)
    assert "Come to one verdict" not in html
    assert rooms.post(f"/review/{first_done}/agreed", rooms.clinic.eva, verdict="accept").status_code == 403


def test_two_mentors_finishing_at_once_lose_nothing(rooms):
    item = rooms.clinic.sent(UNDRAWN)
    rooms.opens(item, rooms.clinic.ana)
    rooms.clinic.clock.forward(31)
    rooms.finishes(item, rooms.clinic.dora)
    late = rooms.post(f"/review/{item}/saved", rooms.clinic.ana, **{"c-1": "does-not"})
    assert late.status_code == 409
    assert "Kept as your draft." in late.text
    assert rooms.clinic.ana.queue_item(item).reviews[-1].form.citations == {1: "does-not"}


def test_both_mentors_are_asked_about_the_same_passages(rooms):
    of_first = rooms.opens(rooms.clinic.sent(1), rooms.clinic.ana)
    rooms.clinic.clock.forward(31)
    of_second = rooms.opens(1, rooms.clinic.dora)
    assert of_first.count("data-more") == of_second.count("data-more")
    assert words(of_first).count("Drawn at random") == words(of_second).count("Drawn at random")


def test_one_that_was_drawn_looks_to_the_second_mentor_like_one_that_was_asked_for(rooms):
    clinic, seen = rooms.clinic, []
    for number, wanted in ((DRAWN, ""), (UNDRAWN, "on")):
        item = clinic.sent(number)
        rooms.finishes(item, clinic.ana, wants_second=wanted)
        whole = clinic.dora.queue_item(item)
        assert (whole.is_blind, whole.reviews, whole.state) == (True, (), "needs-second")
        line = words(rooms.get("/review?state=needs-second&search=number+" + str(number), clinic.dora).text)
        seen.append((line + words(rooms.opens(item, clinic.dora))).replace(f"number {number}", "number N"))
        rooms.post(f"/review/{item}/released", clinic.dora)
        rooms.finishes(item, clinic.dora)
        first = clinic.dora.queue_item(item).reviews[0]
        assert first.form.wants_second
    assert re.sub(r"\d+", "#", seen[0]) == re.sub(r"\d+", "#", seen[1])
