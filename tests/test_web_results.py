"""A measure worked out beside an answer is kept with it, and stands in its note and its files as entered."""

from __future__ import annotations

import json

import pytest

from assistant.desk import NotAllowedError
from assistant.records.dumping import rows
from assistant.records.store import Records
from tests.desks import START, Clinic
from tests.review_rooms import Rooms, words

FILLED = {"left": "8", "right": "12"}
MEASURES = "/ask/answers/{}/measures"


@pytest.fixture(scope="module")
def document(assistant):
    return assistant.ask_json("34F runner, knee-to-wall 8 v 12 cm, patellofemoral pain. Calf or hip?")


@pytest.fixture
def rooms(tmp_path, assistant, document):
    with Records(tmp_path) as records:
        clinic = Clinic(records, knowledge=assistant)
        clinic.ben.keep(document, {"framed": [document["question"]]}, conversation="c-1")
        yield Rooms(clinic, assistant=assistant)


@pytest.fixture
def at(document):
    return MEASURES.format(document["id"])


def test_what_was_worked_out_is_there_after_a_reload_and_in_the_note_and_every_file(rooms, at, document):
    ben, of = rooms.clinic.ben, f"/ask/answers/{document['id']}"
    done = rooms.post(f"{at}/knee-to-wall", ben, **FILLED)
    assert "Kept with this answer" in done.text
    [kept] = ben.results(document["id"])
    again = rooms.get(at, ben)
    assert again.status_code == 200
    assert kept.said in words(again.text)
    assert 'name="right" step="any" value="12"' in again.text
    assert f"{kept.said.rstrip('.')} (entered by the clinician)." in words(rooms.get(f"{of}/note", ben).text)
    markdown = rooms.get(f"{of}/export/md", ben).text
    assert "### Worked out from what the clinician entered" in markdown
    [measured] = json.loads(rooms.get(f"{of}/export/json", ben).text)["measured"]
    assert (measured["given"], measured["entered_by"]) == (FILLED, "Ben")
    assert rooms.get(f"{of}/export/pdf", ben).content.startswith(b"%PDF")
    assert "measured" not in ben.answer(document["id"]).document


def test_filled_in_again_it_takes_the_place_of_the_first_and_can_be_left_out(rooms, at, document):
    ben = rooms.clinic.ben
    rooms.post(f"{at}/knee-to-wall", ben, **FILLED)
    rooms.post(f"{at}/knee-to-wall", ben, left="9", right="12")
    [kept] = ben.results(document["id"])
    assert kept.given == {"left": "9", "right": "12"}
    assert "Left out" in rooms.post(f"{at}/knee-to-wall/removed", ben).text
    assert ben.results(document["id"]) == ()
    assert ben.with_results(ben.answer(document["id"])) == [dict(ben.answer(document["id"]).document)]


def test_what_cannot_be_read_is_kept_nowhere(rooms, at, document):
    wrong = rooms.post(f"{at}/knee-to-wall", rooms.clinic.ben, left="eight", right="12")
    assert wrong.status_code == 422
    assert rooms.clinic.ben.results(document["id"]) == ()


def test_a_mentor_who_only_reads_works_it_out_without_changing_the_physios_note(rooms, at, document):
    ben, ana = rooms.clinic.ben, rooms.clinic.ana
    ben.send_to_mentor(document["id"])
    done = rooms.post(f"{at}/knee-to-wall", ana, **FILLED)
    assert done.status_code == 200
    assert "Kept with" not in done.text
    assert ben.results(document["id"]) == ()
    with pytest.raises(NotAllowedError):
        ana.keep_result(document["id"], "koos", name="KOOS", given={}, said="x")


def test_it_goes_with_the_case_and_into_the_export_of_the_records(rooms, at):
    rooms.post(f"{at}/knee-to-wall", rooms.clinic.ben, **FILLED)
    records = rooms.clinic.records
    assert [row["said"] for row in rows(records, at=START, case="c-1") if row.get("table") == "result"]
    rooms.clinic.ben.delete_case("c-1")
    assert [row for row in rows(records, at=START) if row.get("table") == "result"] == []
