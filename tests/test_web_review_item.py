"""The screen of one answer under review: opened, saved, finished, refused; nothing filled in is lost."""

from __future__ import annotations

import pytest

from assistant.desk.sampling import is_drawn_for_second
from assistant.records.store import Records
from tests.desks import Clinic, an_answer
from tests.review_rooms import FILLED, Rooms, words

UNDRAWN = next(n for n in range(1, 50) if not is_drawn_for_second(f"a-{n}"))
DRAWN = next(n for n in range(1, 200) if is_drawn_for_second(f"a-{n}"))


@pytest.fixture
def rooms(tmp_path, assistant):
    with Records(tmp_path) as records:
        yield Rooms(Clinic(records), assistant=assistant)


def draft_of(desk, item):
    return desk.queue_item(item).reviews[-1].form


def test_opening_reserves_it_and_says_until_when(rooms):
    item = rooms.clinic.sent(1)
    html = rooms.opens(item, rooms.clinic.ana)
    assert 'data-mode="review"' in html
    assert "Yours until" in html
    assert rooms.clinic.ana.queue_item(item).held_by_name == "Ana"


def test_another_mentor_reads_it_meanwhile_and_is_told_who_has_it(rooms):
    item = rooms.clinic.sent(1)
    rooms.opens(item, rooms.clinic.ana)
    html = rooms.opens(item, rooms.clinic.dora)
    assert "Ana is reviewing this until" in html
    assert 'data-mode="read"' in html
    assert 'type="radio"' not in html
    rooms.clinic.clock.forward(31)
    assert 'data-mode="review"' in rooms.opens(item, rooms.clinic.dora)


def test_a_follow_up_is_read_with_the_case_it_belongs_to(rooms):
    rooms.clinic.asked(1, case="c-7")
    item = rooms.clinic.sent(2, case="c-7", question="and the hip?")
    line = "In the case of: Calf rehab for runner number 1?"
    assert line in words(rooms.get("/review", rooms.clinic.ana).text)
    said = words(rooms.opens(item, rooms.clinic.ana))
    assert "Asked before in this case (1) Calf rehab for runner number 1?" in said
    assert "Read from the case: 34 years" in said
    first = rooms.clinic.sent(3)
    assert "Asked before" not in words(rooms.opens(first, rooms.clinic.dora))
    assert words(rooms.get("/review?state=all", rooms.clinic.ana).text).count("In the case of") == 1


def test_what_is_filled_in_is_there_again_after_a_reload(rooms):
    item = rooms.clinic.sent(1)
    rooms.opens(item, rooms.clinic.ana)
    saved = rooms.post(f"/review/{item}/saved", rooms.clinic.ana, **{"c-1": "overstated", "comment": "Half a sentence"})
    assert saved.status_code == 200
    assert words(saved.text).startswith("Saved ")
    assert "1 of 3 judged" in words(saved.text)
    again = rooms.opens(item, rooms.clinic.ana)
    assert 'name="c-1" value="overstated" checked' in again
    assert "Half a sentence</textarea>" in again


def test_a_corrected_text_is_kept_beside_the_old_and_shown_as_a_difference(rooms):
    item = rooms.clinic.sent(UNDRAWN)
    text = "**Short answer.** Mostly [1]."
    saved = rooms.post(f"/review/{item}/saved", rooms.clinic.ana, verdict="corrections", corrected=text)
    assert "<del>Yes</del><ins>Mostly</ins>" in saved.text
    rooms.finishes(item, rooms.clinic.ana, verdict="corrections", corrected=text)
    found = rooms.clinic.ana.queue_item(item)
    assert found.document["markdown"] == an_answer()["markdown"]
    assert found.reviews[0].form.corrected == text
    assert "<ins>Mostly</ins>" in rooms.opens(item, rooms.clinic.ben)


def test_a_text_that_was_not_touched_is_no_correction(rooms):
    item = rooms.clinic.sent(1)
    rooms.post(f"/review/{item}/saved", rooms.clinic.ana, corrected=an_answer()["markdown"].replace("\n", "\r\n"))
    assert draft_of(rooms.clinic.ana, item).corrected is None


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"c-2": None, "c-3": None}, "judge 2 passages more: [2], [3]"),
        ({"v-whole-chain": None}, "say whether the view is fair: Whole-chain"),
        ({"verdict": None}, "accept, accept with corrections, or reject the answer"),
        ({"verdict": "corrections"}, "change the text where it needs it"),
        ({"verdict": "reject"}, "tell who asked, in the comment, why it is rejected"),
    ],
)
def test_finishing_says_what_is_missing_and_keeps_the_draft(rooms, changed, wanted):
    item = rooms.clinic.sent(1)
    fields = {name: value for name, value in (FILLED | changed).items() if value is not None}
    rooms.opens(item, rooms.clinic.ana)
    answer = rooms.post(f"/review/{item}/finished", rooms.clinic.ana, **fields)
    assert answer.status_code == 422
    assert wanted in words(answer.text)
    assert len(draft_of(rooms.clinic.ana, item).citations) == sum(name.startswith("c-") for name in fields)
    assert rooms.clinic.ana.queue_item(item).reviews[-1].finished_at is None


def test_a_finished_review_is_shown_to_who_asked(rooms):
    item = rooms.clinic.sent(UNDRAWN)
    answer = rooms.finishes(item, rooms.clinic.ana, comment="Well asked.")
    assert answer.headers["HX-Retarget"] == "#cp-screen"
    assert "Finished and kept." in answer.text
    said = words(rooms.opens(item, rooms.clinic.ben))
    assert "Accepted by Ana." in said
    assert "Well asked." in said


def test_one_review_in_ten_is_drawn_for_a_second(rooms):
    item = rooms.clinic.sent(DRAWN)
    assert "drawn for a second, blind review" in rooms.finishes(item, rooms.clinic.ana).text
    assert rooms.clinic.ana.queue_item(item).state == "needs-second"
    drawn = sum(is_drawn_for_second(f"a-{n}") for n in range(4000))
    assert 340 <= drawn <= 460  # three standard deviations of 4,000 draws at a tenth, 57


def test_saving_after_the_reservation_passed_to_another_keeps_the_draft_and_says_so(rooms):
    item = rooms.clinic.sent(1)
    rooms.opens(item, rooms.clinic.ana)
    rooms.clinic.clock.forward(31)
    rooms.opens(item, rooms.clinic.dora)
    answer = rooms.post(f"/review/{item}/saved", rooms.clinic.ana, **{"c-1": "partly"})
    assert answer.status_code == 409
    assert "Kept as your draft." in answer.text
    assert "Dora" in answer.text
    assert "T09:" not in answer.text
    assert draft_of(rooms.clinic.ana, item).citations == {1: "partly"}
    assert rooms.clinic.dora.queue_item(item).reviews == ()


def test_an_expired_reservation_that_nobody_took_is_renewed_by_saving(rooms):
    item = rooms.clinic.sent(1)
    rooms.opens(item, rooms.clinic.ana)
    rooms.clinic.clock.forward(45)
    answer = rooms.post(f"/review/{item}/saved", rooms.clinic.ana, **{"c-1": "partly"})
    assert answer.status_code == 200
    assert rooms.clinic.ana.queue_item(item).held_by_name == "Ana"


def test_an_answer_deleted_meanwhile_is_told_in_words(rooms):
    item = rooms.clinic.sent(1)
    rooms.opens(item, rooms.clinic.ana)
    rooms.clinic.ben.delete_case("c-1")
    typed = {"comments": {"text": "Hm."}, "dissented": {"note": "No."}}
    for path in ("saved", "finished", "comments", "released", "reopened", "agreed", "dissented"):
        answer = rooms.post(f"/review/{item}/{path}", rooms.clinic.ana, **FILLED, **typed.get(path, {}))
        assert answer.status_code == 404
        assert "deleted meanwhile" in answer.text
    assert rooms.get(f"/review/{item}", rooms.clinic.ana).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"c-99": "supports"},
        {"c-1": "perhaps"},
        {"v-no-school": "fair"},
        {"v-calf-focused": "nice"},
        {"verdict": "maybe"},
        {"strange": "field"},
        {"comment": "x" * 5000},
    ],
)
def test_a_nonsense_form_is_refused_in_a_sentence_and_changes_nothing(rooms, fields):
    item = rooms.clinic.sent(1)
    rooms.opens(item, rooms.clinic.ana)
    rooms.post(f"/review/{item}/saved", rooms.clinic.ana, **{"c-1": "partly"})
    for path in ("saved", "finished"):
        answer = rooms.post(f"/review/{item}/{path}", rooms.clinic.ana, **fields)
        assert answer.status_code == 422
        assert "expected" in answer.text or "no " in answer.text or "not about" in answer.text
    assert draft_of(rooms.clinic.ana, item).citations == {1: "partly"}


def test_a_file_is_not_a_review(rooms):
    item = rooms.clinic.sent(1)
    headers = {"counterpoint-profile": rooms.clinic.ana.profile.id}
    answer = rooms.client.post(f"/screens/review/{item}/saved", files={"c-1": b"x"}, headers=headers)
    assert answer.status_code == 422
    assert "a file cannot be sent with it" in answer.text


@pytest.mark.parametrize("item", ["abc", "0", "-1", "1e3", "9" * 40, "999"])
def test_an_item_that_cannot_be_is_not_found(rooms, item):
    assert rooms.get(f"/review/{item}", rooms.clinic.ana).status_code == 404


def test_nobody_reviews_their_own_answer(rooms):
    item = rooms.clinic.sent(1, by=rooms.clinic.ana)
    html = rooms.opens(item, rooms.clinic.ana)
    assert "nobody reviews their own" in html
    assert 'data-mode="read"' in html
    assert rooms.post(f"/review/{item}/saved", rooms.clinic.ana, **FILLED).status_code == 403


def test_a_physio_cannot_review_by_hand_either(rooms):
    item = rooms.clinic.sent(1)
    answer = rooms.post(f"/review/{item}/saved", rooms.clinic.ben, **FILLED)
    assert answer.status_code == 403
    assert "choose a mentor" in answer.text
    assert rooms.get(f"/review/{item}", rooms.clinic.cem).status_code == 403


def test_put_back_it_is_free_and_the_draft_waits(rooms):
    item = rooms.clinic.sent(1)
    rooms.opens(item, rooms.clinic.ana)
    rooms.post(f"/review/{item}/saved", rooms.clinic.ana, **{"c-1": "partly"})
    assert "Put back" in rooms.post(f"/review/{item}/released", rooms.clinic.ana).text
    assert rooms.clinic.ana.queue_item(item).held_by_id is None
    assert 'value="partly" checked' in rooms.opens(item, rooms.clinic.ana)


def test_mentor_and_physio_talk_below_the_answer(rooms):
    item = rooms.clinic.sent(1)
    assert "Which side?" in rooms.post(f"/review/{item}/comments", rooms.clinic.ana, text="Which side?").text
    thread = rooms.post(f"/review/{item}/comments", rooms.clinic.ben, text="The <left>.").text
    assert "Which side?" in thread
    assert "The &lt;left&gt;." in thread
    empty = rooms.post(f"/review/{item}/comments", rooms.clinic.ben, text="  ")
    assert empty.status_code == 422
    long = rooms.post(f"/review/{item}/comments", rooms.clinic.ben, text="y" * 4001)
    assert long.status_code == 422
    assert "y" * 4001 in long.text


def test_the_next_answer_is_one_that_nobody_holds_and_that_waits_for_me(rooms):
    clinic = rooms.clinic
    for number in (1, 2, 3):
        clinic.sent(number)
    clinic.sent(4, by=clinic.ana)
    clinic.dora.reserve(2)
    assert 'data-next="3"' in rooms.opens(1, clinic.ana)
    clinic.reviewed(3, clinic.ana, wants_second=True)
    assert 'data-next=""' in rooms.opens(1, clinic.ana)
    clinic.eva.reserve(4)
    assert 'data-next="3"' in rooms.opens(2, clinic.dora)
