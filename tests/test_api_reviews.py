"""The mentors' queue over HTTP: sent, reserved, reviewed blind, agreed on, commented; and who may do what."""

from __future__ import annotations

import pytest

from tests.api_people import Person, stranger


@pytest.fixture(scope="module")
def ben(served):
    with Person(served) as person:
        yield person


@pytest.fixture(scope="module")
def ana(served):
    with Person(served, "mentor", "whole-chain") as person:
        yield person


@pytest.fixture(scope="module")
def dora(served):
    with Person(served, "mentor", "calf-focused") as person:
        yield person


def form(verdict="accept", **more):
    return {
        "citations": {"1": "supports", "2": "partly"},
        "viewpoints": {"calf-focused": "fair", "whole-chain": "caricature"},
        "verdict": verdict,
        "finish": True,
        **more,
    }


def test_an_answer_goes_to_the_queue_and_is_found_there_by_every_filter(ben, ana):
    item = ben.sent("Which dose, do you think?")
    line = ana.get(f"/queue/{item}").json()
    filters = {
        "state": "new",
        "viewpoint": "calf-focused",
        "status": line["status"],
        "physio": ben.profile["id"],
        "crux": line["cruxes"][0],
        "search": "which dose",
        "limit": 200,
    }
    for name, value in filters.items():
        found = ana.get("/queue", params={"limit": 200, name: value}).json()["items"]
        assert item in [entry["id"] for entry in found], name
    assert item not in [e["id"] for e in ana.get("/queue?thumbs_down=true&limit=200").json()["items"]]
    assert line["note"] == "Which dose, do you think?"
    assert line["document"]["citations"]


def test_a_thumb_down_lands_in_the_queue(ben, ana):
    answer = ben.asked()["id"]
    ben.post(f"/answers/{answer}/feedback", json={"thumb": "problem", "note": "It missed the clot."})
    found = ana.get("/queue?thumbs_down=true&limit=200").json()["items"]
    assert answer in [entry["answer_id"] for entry in found]


def test_what_a_colleague_has_in_hand_says_who_has_it_and_until_when(ben, ana, dora):
    item = ben.sent()
    held = ana.put(f"/queue/{item}/reservation").json()
    assert held["held_by_name"] == ana.name
    refused = dora.put(f"/queue/{item}/reservation")
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["by"] == ana.name
    assert problem["until"].startswith(held["held_until"][:16])
    assert ana.name in problem["detail"]
    late = dora.put(f"/queue/{item}/review", json=form())
    assert (late.status_code, late.json()["by"]) == (409, ana.name)
    assert ana.delete(f"/queue/{item}/reservation").status_code == 204
    assert dora.put(f"/queue/{item}/reservation").status_code == 200


def test_a_second_mentor_sees_nothing_of_the_first_until_their_own_is_finished(ben, ana, dora):
    item = ben.sent()
    first = ana.put(f"/queue/{item}/review", json=form("reject", comment="SECRET", wants_second=True))
    assert first.status_code == 200
    assert first.json()["ordinal"] == 1
    blind = dora.get(f"/queue/{item}")
    assert blind.json()["is_blind"]
    assert "SECRET" not in blind.text
    assert "SECRET" not in dora.get("/queue?limit=200").text
    dora.put(f"/queue/{item}/review", json=form("accept"))
    revealed = dora.get(f"/queue/{item}").json()
    assert [r["form"]["verdict"] for r in revealed["reviews"]] == ["reject", "accept"]
    assert revealed["settled"] is None
    dissent = ana.post(f"/queue/{item}/dissent", json={"note": "The trial was in women only."})
    assert [s["kind"] for s in dissent.json()["settlements"]] == ["dissent"]
    agreed = ana.post(f"/queue/{item}/agreement", json={"verdict": "accept"})
    assert agreed.json()["settled"] == "accept"


def test_a_corrected_text_is_a_new_record_beside_the_old(ben, ana):
    item = ben.sent()
    bare = ana.put(f"/queue/{item}/review", json=form("corrections"))
    assert bare.status_code == 422
    kept = ana.put(f"/queue/{item}/review", json=form("corrections", corrected="Load the calf first."))
    assert kept.json()["form"]["corrected"] == "Load the calf first."
    assert ben.get(f"/queue/{item}").json()["document"]["markdown"] != "Load the calf first."


def test_a_finished_review_is_taken_up_again_and_the_old_one_is_superseded(ben, ana):
    item = ben.sent()
    ana.put(f"/queue/{item}/review", json=form("accept"))
    assert ana.put(f"/queue/{item}/review", json=form("reject")).status_code == 409
    assert ana.delete(f"/queue/{item}/review").status_code == 200
    assert ana.put(f"/queue/{item}/review", json=form("reject")).json()["form"]["verdict"] == "reject"


def test_a_mentors_words_reach_the_physio_and_are_read(ben, ana):
    item = ben.sent()
    said = ana.post(f"/queue/{item}/comments", json={"text": "<b>Did you test the soleus?</b>"})
    assert said.status_code == 201
    assert item in ben.get("/queue/unread").json()["items"]
    assert [c["text"] for c in ben.get(f"/queue/{item}/comments").json()["items"]] == [
        "<b>Did you test the soleus?</b>"
    ]
    assert ben.put(f"/queue/{item}/read").status_code == 204
    assert item not in ben.get("/queue/unread").json()["items"]


def test_the_queue_says_what_it_can_be_narrowed_to(ben, ana):
    ben.sent()
    choices = ana.get("/queue/choices").json()
    assert "calf-focused" in choices["viewpoints"]
    assert [ben.profile["id"], ben.name] in choices["askers"]
    assert set(choices["counts"]) == {"new", "in-review", "needs-second", "done"}


def test_a_physio_does_not_review_and_nobody_sends(served, ben):
    item = ben.sent()
    refused = {
        "queue": ben.get("/queue"),
        "choices": ben.get("/queue/choices"),
        "reserve": ben.put(f"/queue/{item}/reservation"),
        "review": ben.put(f"/queue/{item}/review", json=form()),
    }
    assert {name: response.status_code for name, response in refused.items()} == dict.fromkeys(refused, 403)
    assert "choose a mentor's profile" in refused["review"].json()["detail"]
    with stranger(served) as nobody:
        answer = nobody.post("/answers", json={"question": "Does a weak calf cause knee pain?"}).json()["id"]
        unsent = nobody.post("/queue", json={"answer_id": answer})
    assert unsent.status_code == 403
    assert "profile" in unsent.json()["detail"]


def test_a_mentor_does_not_review_their_own_answer(ana):
    item = ana.sent()
    response = ana.put(f"/queue/{item}/review", json=form())
    assert response.status_code == 403
    assert "your own answer" in response.json()["detail"]


def test_a_review_of_an_answer_that_was_deleted_meanwhile_is_told_so(ben, ana):
    answer = ben.asked()
    item = ben.post("/queue", json={"answer_id": answer["id"]}).json()["id"]
    ana.put(f"/queue/{item}/reservation")
    ben.delete(f"/conversations/{answer['conversation']}")
    response = ana.put(f"/queue/{item}/review", json=form())
    assert response.status_code == 404
    assert "deleted meanwhile" in response.json()["detail"]


@pytest.mark.parametrize("item", ["0", "-1", "x", "2147483648", "999999999999999999999"])
def test_a_number_that_cannot_be_one_is_refused(ana, item):
    assert ana.get(f"/queue/{item}").status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"citations": {"0": "supports"}},
        {"citations": {"1": "maybe"}},
        {"viewpoints": {"calf-focused": "good"}},
        {"verdict": "fine"},
        {"finish": True},
        {"comment": "x" * 4_001},
        {"temperature": 1},
    ],
)
def test_a_review_that_does_not_fit_is_refused_and_changes_nothing(ben, ana, body):
    item = ben.sent()
    assert ana.put(f"/queue/{item}/review", json=body).status_code == 422
    assert ana.get(f"/queue/{item}").json()["reviews"] == []


def test_what_came_of_reviews_is_told_with_n_and_can_be_taken_out(ben, ana, dora):
    item = ben.sent()
    ana.put(f"/queue/{item}/review", json=form("corrections", corrected="=1+1", wants_second=True))
    dora.put(f"/queue/{item}/review", json=form("accept"))
    agreement = ana.get("/reviews/agreement").json()
    assert agreement["answers"]["items"] >= 1
    assert agreement["citations"]["units"] >= 2
    assert ana.get("/reviews/digest").json()["reviews"] >= 2
    rows = ana.get("/reviews?limit=200").json()["items"]
    assert {row["reviewer"] for row in rows if row["item"] == item} == {ana.name, dora.name}
    table = ana.get("/reviews", headers={"Accept": "text/csv"})
    assert table.headers["content-disposition"].endswith('.csv"')
    assert "'=1+1" in table.text
    assert table.text.splitlines()[0].startswith("review,item,answer,question")
    assert [ben.get(f"/reviews{what}").status_code for what in ("", "/agreement")] == [403] * 2


def test_an_accepted_answer_is_approved_offered_to_like_questions_and_becomes_a_reference_case(ben, ana):
    answer = ben.asked_for_one_review()
    item = ben.post("/queue", json={"answer_id": answer}).json()["id"]
    assert ben.get(f"/answers/{answer}/approval").status_code == 404
    assert ana.post(f"/queue/{item}/reference-case").status_code == 409
    assert set(ana.get(f"/queue/{item}/two-minutes").json()) == {"shown", "flagged", "sampled"}
    ana.put(f"/queue/{item}/review", json=form("accept"))
    approval = ben.get(f"/answers/{answer}/approval").json()
    assert approval["reviewer_names"] == [ana.name]
    assert not approval["is_expired"]
    assert answer in [a["answer_id"] for a in ben.get("/approvals?limit=200").json()["items"]]
    like = ben.get(f"/answers/{ben.asked()['id']}/like").json()
    assert like["answer"]["citations"]
    made = ana.post(f"/queue/{item}/reference-case")
    assert made.status_code == 201
    assert "counterpoint/eval-case/1" in made.text
    assert made.headers["content-disposition"].endswith('.yaml"')
    assert ben.post(f"/queue/{item}/reference-case").status_code == 403
