"""What the reviews come to: agreement in words, the week, approvals, and the files to take away."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml

from assistant.desk.agreeing import Alpha
from assistant.records.store import Records
from tests.desks import Clinic
from tests.review_rooms import Rooms, words
from tests.test_web_review_item import UNDRAWN
from ui.screens.reviewing_figures import agreeing


@pytest.fixture
def rooms(tmp_path, assistant):
    with Records(assistant.settings.index.home.parent / tmp_path.name) as records:
        yield Rooms(Clinic(records), assistant=assistant)


def test_without_reviews_the_figures_say_so(rooms):
    said = words(rooms.get("/review/figures", rooms.clinic.ana).text)
    assert "Nothing was judged by two mentors yet." in said
    assert "No review was finished in this week." in said
    assert "Median" not in said


def test_a_physio_sees_the_week_but_no_figures_of_mentors(rooms):
    said = words(rooms.get("/review/figures", rooms.clinic.ben).text)
    assert "No review was finished" in said
    assert "How far mentors agree" not in said
    assert "Take all reviews away" not in said
    assert rooms.get("/review/reviews.csv", rooms.clinic.ben).status_code == 403
    assert rooms.get("/review/figures", rooms.clinic.nobody).status_code == 403


@pytest.mark.parametrize("week", ["tomorrow", "2026-13-01", "9999-12-31", "0001-01-01"])
def test_a_week_that_is_none_is_refused_in_a_sentence(rooms, week):
    answer = rooms.get(f"/review/figures?week={week}", rooms.clinic.ana)
    assert answer.status_code == 422
    assert "such as 2026-11-30" in answer.text


def test_the_week_names_what_was_corrected_most(rooms):
    for number in (1, 2):
        item = rooms.clinic.sent(number)
        rooms.clinic.reviewed(item, rooms.clinic.ana, citations={2: "overstated"})
    said = words(rooms.get("/review/figures?week=2026-11-23", rooms.clinic.ana).text)
    assert "2 reviews, 2 of them with something to correct." in said
    assert "overstated 2 reviews" in said
    assert "Should every knee patient get calf rehab?" in said


@pytest.mark.parametrize(
    ("value", "low", "high", "words_"),
    [
        (0.9, 0.82, 0.97, "One mentor's verdict can stand for another's."),
        (0.8, 0.7, 0.9, "mostly agree"),
        (0.7, 0.2, 0.9, "Not clear yet"),
        (0.2, -0.1, 0.5, "little more than by chance"),
        (-0.3, -0.5, -0.1, "disagree more than by chance"),
        (0.9, None, None, "Too few answers"),
        (None, None, None, "same verdict every time"),
    ],
)
def test_an_alpha_is_told_in_words_by_its_interval(value, low, high, words_):
    line = agreeing("x", Alpha(value=value, low=low, high=high, same=0.9, units=12, items=4), "passage")
    assert words_ in line.words
    assert "12 passages of 4 answers" in line.figures


def test_reviews_are_taken_away_as_csv_and_json(rooms):
    item = rooms.clinic.sent(UNDRAWN, question="=cmd()")
    rooms.finishes(item, rooms.clinic.ana, comment="Well asked, “quoted”.")
    answer = rooms.get("/review/reviews.csv", rooms.clinic.ana)
    assert answer.headers["content-disposition"] == 'attachment; filename="reviews.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert row["question"] == "'=cmd()"
    assert row["reviewer"] == "Ana"
    assert json.loads(row["citations"])["2"] == "partly"
    (same,) = json.loads(rooms.get("/review/reviews.json", rooms.clinic.ana).text)
    assert same["question"] == "=cmd()"
    assert same["comment"] == "Well asked, “quoted”."
    assert rooms.get("/review/reviews.json", rooms.clinic.ben).status_code == 403


def test_no_reviews_give_an_empty_file(rooms):
    assert rooms.get("/review/reviews.csv", rooms.clinic.ana).text == "review\r\n"
    assert rooms.get("/review/reviews.json", rooms.clinic.ana).json() == []


def test_an_accepted_answer_becomes_a_reference_case(rooms, assistant, library):
    schools = {None: "pfp-full-limb-strength-2022:1", "calf-focused": "barker-calf-rehab:31a", "whole-chain": "bento-"}
    cited = [_cited(library, n, prefix, school) for n, (school, prefix) in enumerate(schools.items(), start=1)]
    item = rooms.clinic.sent(UNDRAWN, citations=cited)
    rooms.finishes(item, rooms.clinic.ana)
    assert "Make it a reference case" in rooms.opens(item, rooms.clinic.ana)
    assert "Make it a reference case" not in rooms.opens(item, rooms.clinic.ben)
    made = rooms.post(f"/review/{item}/reference", rooms.clinic.ana).text
    assert f"{assistant.settings.index.home}/cases/reviewed-{item}.yaml" in made
    file = rooms.get(f"/review/{item}/reference.yaml", rooms.clinic.ana)
    assert file.headers["content-disposition"] == f'attachment; filename="reviewed-{item}.yaml"'
    assert yaml.safe_load(file.text)["cases"][0]["question"] == f"Calf rehab for runner number {UNDRAWN}?"
    assert rooms.post(f"/review/{item}/reference", rooms.clinic.ben).status_code == 403


def test_an_answer_that_is_not_accepted_is_no_reference(rooms):
    item = rooms.clinic.sent(UNDRAWN)
    rooms.finishes(item, rooms.clinic.ana, verdict="reject", comment="No.")
    assert "reference case" not in rooms.opens(item, rooms.clinic.ana)
    answer = rooms.post(f"/review/{item}/reference", rooms.clinic.ana)
    assert answer.status_code == 409
    assert "is not approved" in answer.text


def test_an_expired_approval_says_why(rooms):
    item = rooms.clinic.sent(UNDRAWN, citations=[_gone(n) for n in (1, 2, 3)])
    rooms.finishes(item, rooms.clinic.ana)
    assert "no longer in the library" in rooms.opens(item, rooms.clinic.ana)
    assert "no longer in the library" in rooms.get("/review/figures", rooms.clinic.ana).text


def _gone(number):
    viewpoint = {2: "calf-focused", 3: "whole-chain"}.get(number)
    return {"number": number, "passage_id": f"gone:{number}", "source_id": "gone", "viewpoint": viewpoint}


def _cited(library, number, prefix, viewpoint):
    passage = next(id_ for id_ in sorted(library.passages) if id_.startswith(prefix))
    return {
        "number": number,
        "passage_id": passage,
        "passage_fingerprint": library.passage_fingerprint(passage),
        "source_id": library.source_of(passage).id,
        "viewpoint": viewpoint,
        "quote": library.passages[passage].text,
        "grade": library.passages[passage].grade or "",
    }
