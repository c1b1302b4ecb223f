"""The queue's screen: what waits, for whom, why, and how it is narrowed."""

from __future__ import annotations

import pytest

from assistant.records.store import Records
from tests.desks import Clinic
from tests.review_rooms import Rooms, words


@pytest.fixture
def rooms(tmp_path, assistant):
    with Records(tmp_path) as records:
        yield Rooms(Clinic(records), assistant=assistant)


def test_an_empty_queue_says_how_answers_come_to_it(rooms):
    said = words(rooms.get("/review", rooms.clinic.ana).text)
    assert "Nothing new is waiting. Answers come here when a physio sends one" in said


def test_a_line_says_who_asked_and_why_it_is_here(rooms):
    clinic = rooms.clinic
    clinic.sent(1, note="Hip first?")
    clinic.ben.give_feedback(clinic.asked(2), "down", ["too-long"])
    clinic.cem.give_feedback(clinic.asked(3, by=clinic.cem), "problem", [], "The graft is left out.")
    said = words(rooms.get("/review", clinic.ana).text)
    assert "Calf rehab for runner number 1? Sent to a mentor Ben" in said
    assert "Calf rehab for runner number 2? Thumbs down Ben" in said
    assert "Calf rehab for runner number 3? Problem reported Cem" in said
    assert said.index("number 3") < said.index("number 1")
    assert "“Hip first?”" in said


def test_tabs_count_each_state_and_a_held_item_says_until_when(rooms):
    clinic = rooms.clinic
    for number in (1, 2, 3):
        clinic.sent(number)
    clinic.dora.reserve(2)
    clinic.reviewed(3, clinic.eva, wants_second=True)
    said = words(rooms.get("/review", clinic.ana).text)
    assert "New 1 In review 1 Needs a second 1 Done 0 All 3" in said
    held = words(rooms.get("/review?state=in-review", clinic.ana).text)
    assert "Dora has it until" in held


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("search=number+2", {2}),
        ("physio={cem}", {3}),
        ("viewpoint=whole-chain", {1, 2, 3}),
        ("status=abstained", {2}),
        ("crux=calf-for-everyone", {1, 2, 3}),
        ("thumbs_down=on", {1}),
        ("status=declined", set()),
    ],
)
def test_a_filter_narrows_the_queue_and_stays_in_the_form(rooms, query, shown):
    clinic = rooms.clinic
    clinic.ben.give_feedback(clinic.asked(1), "down")
    clinic.sent(2, status="abstained")
    clinic.sent(3, by=clinic.cem)
    html = rooms.get(f"/review?state=all&{query.format(cem=clinic.cem.profile.id)}", clinic.ana).text
    assert {n for n in (1, 2, 3) if f"runner number {n}?" in html} == shown
    name, value = query.format(cem=clinic.cem.profile.id).split("=")
    assert f'name="{name}" value="{value.replace("+", " ")}"' in html or f'value="{value}" selected' in html
    assert ("Take the filters off" in html) == (not shown)


def test_the_queue_turns_its_pages(rooms):
    for number in range(1, 24):
        rooms.clinic.sent(number)
    first = rooms.get("/review", rooms.clinic.ana).text
    second = rooms.get("/review?page=2", rooms.clinic.ana).text
    assert "1 to 20 of 23" in first
    assert 'href="#/review?state=new&amp;page=2"' in first
    assert "21 to 23 of 23" in second
    assert second.count("cp-line-question") == 3


@pytest.mark.parametrize(
    "query", ["state=nowhere", "page=0", "page=-1", "page=x", "page=" + "9" * 30, "search=" + "x" * 300]
)
def test_a_nonsense_address_is_refused_in_a_sentence(rooms, query):
    answer = rooms.get(f"/review?{query}", rooms.clinic.ana)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_what_was_typed_is_shown_as_text(rooms):
    rooms.clinic.sent(1, note="<script>alert(1)</script>", question="<b onclick=x>bold</b>?")
    html = rooms.get("/review?search=" + "%22%3E%3Ci%3E", rooms.clinic.ana).text
    html += rooms.get("/review", rooms.clinic.ana).text + rooms.opens(1, rooms.clinic.ana)
    assert "<script" not in html
    assert "<b onclick" not in html
    assert "<i>" not in html.replace("<i aria-hidden", "")
    assert "&lt;b onclick=x&gt;bold&lt;/b&gt;?" in html


def test_a_physio_sees_their_own_answers_and_why_they_cannot_review(rooms):
    clinic = rooms.clinic
    clinic.sent(1)
    clinic.sent(2, by=clinic.cem)
    said = words(rooms.get("/review", clinic.ben).text)
    assert "Reviewing itself needs a mentor's profile" in said
    assert "runner number 1?" in said
    assert "runner number 2?" not in said


def test_nobody_in_particular_is_asked_to_choose_a_profile(rooms):
    rooms.clinic.sent(1)
    said = words(rooms.get("/review", rooms.clinic.nobody).text)
    assert "Choose a profile" in said
    assert "runner" not in said


def test_what_a_mentor_said_is_counted_until_it_is_read(rooms):
    clinic = rooms.clinic
    clinic.sent(1)
    clinic.ana.comment(1, "Test the hip first.")
    assert words(rooms.get("/review/unread", clinic.ben).text) == "unread: 1"
    assert "New words" in rooms.get("/review", clinic.ben).text
    assert "Test the hip first." in rooms.opens(1, clinic.ben)
    assert words(rooms.get("/review/unread", clinic.ben).text) == ""
