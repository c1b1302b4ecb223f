"""Cases and profiles over HTTP: whose they are, found again, renamed, deleted with all that came of them."""

from __future__ import annotations

import pytest

from tests.api_people import QUESTION, Person, stranger


@pytest.fixture(scope="module")
def ben(served):
    with Person(served) as person:
        yield person


@pytest.fixture(scope="module")
def cem(served):
    with Person(served) as person:
        yield person


@pytest.fixture(scope="module")
def nobody(served):
    with stranger(served) as person:
        yield person


def test_a_case_is_listed_read_with_its_references_and_found_by_its_words(ben):
    answer = ben.asked("52F, tibial sprain after the Zugspitze, SLHR 9 R v 20 L: calf rehab?")
    case = answer["conversation"]
    found = ben.get("/conversations", params={"search": "zugspitze SPRAIN"}).json()
    assert [line["id"] for line in found["items"]] == [case]
    assert found["items"][0]["owner_id"] == ben.profile["id"]
    read = ben.get(f"/conversations/{case}").json()
    assert read["answers"] == [answer]
    assert read["answers"][0]["citations"]
    assert read["answer_count"] == 1


def test_cases_come_in_pages_the_latest_first(ben):
    made = [ben.asked()["conversation"] for _ in range(3)]
    first = ben.get("/conversations", params={"limit": 2})
    assert [line["id"] for line in first.json()["items"]] == made[:0:-1]
    assert 'rel="next"' in first.headers["link"]
    assert first.json()["total"] >= 3


def test_a_case_is_renamed_to_one_line_without_what_names_a_patient(ben):
    case = ben.asked()["conversation"]
    renamed = ben.patch(f"/conversations/{case}", json={"title": "Runner,\nmail jane.roe@example.org"})
    assert renamed.status_code == 200
    assert "\n" not in renamed.json()["title"]
    assert "example.org" not in renamed.json()["title"]
    assert ben.get(f"/conversations/{case}").json()["title"] == renamed.json()["title"]


def test_a_case_is_deleted_with_everything_that_came_of_it(ben):
    answer = ben.asked()
    item = ben.post("/queue", json={"answer_id": answer["id"]}).json()["id"]
    assert ben.delete(f"/conversations/{answer['conversation']}").status_code == 204
    gone = [f"/conversations/{answer['conversation']}", f"/answers/{answer['id']}", f"/queue/{item}"]
    assert [ben.get(path).status_code for path in gone] == [404, 404, 404]
    assert ben.delete(f"/conversations/{answer['conversation']}").status_code == 404


def test_anothers_case_is_not_listed_and_can_be_neither_read_changed_nor_gone_on_with(ben, cem, nobody):
    answer = ben.asked()
    case = answer["conversation"]
    for other in (cem, nobody):
        assert case not in other.get("/conversations?limit=200").text
        refused = [
            other.get(f"/conversations/{case}"),
            other.get(f"/answers/{answer['id']}"),
            other.get(f"/answers/{answer['id']}.md"),
            other.patch(f"/conversations/{case}", json={"title": "mine"}),
            other.delete(f"/conversations/{case}"),
            other.post("/answers", json={"question": QUESTION, "conversation": case}),
            other.post(
                "/answers", json={"question": QUESTION, "conversation": case}, headers={"Accept": "text/event-stream"}
            ),
        ]
        assert [response.status_code for response in refused] == [403] * 7
        assert "another profile" in refused[0].json()["detail"]
    assert len(ben.get(f"/conversations/{case}").json()["answers"]) == 1


def test_what_nobody_asked_belongs_to_everybody(nobody, ben):
    case = nobody.post("/answers", json={"question": QUESTION, "conversation": "c-everybodys"}).json()["conversation"]
    assert ben.get(f"/conversations/{case}").json()["owner_id"] is None


def test_a_kept_answer_is_read_as_json_and_markdown_by_header_and_by_ending(ben):
    answer = ben.asked()
    path = f"/answers/{answer['id']}"
    assert ben.get(path).json() == answer
    markdown = ben.get(path, headers={"Accept": "text/markdown"})
    assert answer["citations"][0]["title"] in markdown.text
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert markdown.headers["vary"] == "Accept"
    assert ben.get(path, headers={"Accept": "application/pdf"}).content.startswith(b"%PDF-")
    for ending, starts in (("md", b"#"), ("pdf", b"%PDF-"), ("json", b"{")):
        file = ben.get(f"{path}.{ending}")
        assert file.content.startswith(starts)
        assert file.headers["content-disposition"] == f'attachment; filename="counterpoint-{answer["id"]}.{ending}"'
    assert ben.get(f"{path}.json").json() == answer
    note = ben.get(f"{path}/note")
    assert note.headers["content-type"].startswith("text/plain")
    assert "S: " in note.text
    assert ben.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert ben.get(f"{path}.exe").status_code == 422


def test_a_whole_case_is_saved_as_one_file(ben):
    case = ben.asked()["conversation"]
    ben.asked("And how strong is that evidence?", case)
    for ending, starts in (("md", b"#"), ("pdf", b"%PDF-"), ("json", b"{")):
        assert ben.get(f"/conversations/{case}.{ending}").content.startswith(starts)
    assert len(ben.get(f"/conversations/{case}.json").json()["answers"]) == 2


def test_a_patients_data_is_stored_by_no_cache_and_still_not_sent_twice(ben):
    answer = ben.asked()
    for path in (f"/answers/{answer['id']}", f"/conversations/{answer['conversation']}"):
        first = ben.get(path)
        assert first.headers["cache-control"] == "no-store"
        assert ben.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"Counterpoint-Profile": "p-00000000000000000000000000000000"},
        {"Counterpoint-Profile": "Ana"},
        {"Counterpoint-Profile": "' or 1=1"},
        {"Cookie": "counterpoint-profile=p-00000000000000000000000000000000"},
    ],
)
@pytest.mark.parametrize("path", ["/conversations", "/profile", "/queue"])
def test_a_profile_that_nobody_has_is_refused_in_words(served, headers, path):
    with stranger(served, **headers) as person:
        response = person.get(path)
    assert response.status_code == 401
    assert "www-authenticate" in response.headers
    assert "/api/v1/profiles" in response.json()["detail"]


def test_a_profile_is_taken_from_the_cookie_as_from_the_header(served, ben):
    with stranger(served, Cookie=f"counterpoint-profile={ben.profile['id']}") as person:
        assert person.get("/profile").json() == ben.profile


def test_without_a_profile_one_asks_as_nobody_and_is_told_so(nobody):
    assert nobody.get("/profile").status_code == 404


def test_profiles_are_listed_by_name_and_a_second_of_the_same_name_is_refused(ben, nobody):
    assert ben.profile in nobody.get("/profiles?limit=200").json()["items"]
    again = nobody.post("/profiles", json={"name": ben.name.upper(), "role": "mentor"})
    assert again.status_code == 422
    assert "already" in again.json()["detail"]


def test_a_retired_profile_is_nobody_any_more(served, nobody, ben):
    with Person(served) as going:
        path = f"/profiles/{going.profile['id']}"
        assert ben.delete(path).status_code == 403
        assert going.delete(path).status_code == 204
        assert going.get("/profile").status_code == 401
        assert going.profile not in nobody.get("/profiles?limit=200").json()["items"]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "Ana\u202e", "Ana\x00", "  ", "a" * 81, "\ud800", "Eva\nSonntag"]
)
def test_a_strange_name_is_taken_as_text_or_refused_and_never_run(nobody, name):
    response = nobody.post(
        "/profiles",
        content=f'{{"name": {ascii_json(name)}, "role": "physio"}}',
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code in (201, 422)
    assert response.headers["content-type"] in ("application/json", "application/problem+json")
    assert response.headers["x-content-type-options"] == "nosniff"


def ascii_json(text):
    return '"' + "".join(f"\\u{ord(c):04x}" for c in text) + '"'


def test_thumbs_and_ones_own_answer_are_kept_once_and_in_order(ben):
    path = f"/answers/{ben.asked()['id']}"
    assert ben.get(f"{path}/commitment").status_code == 404
    assert ben.post(f"{path}/commitment", json={"text": "Calf first."}).status_code == 201
    again = ben.post(f"{path}/commitment", json={"text": "Hip first."})
    assert again.status_code == 409
    assert ben.get(f"{path}/commitment").json()["text"] == "Calf first."
    for thumb in ("up", "down"):
        assert ben.post(f"{path}/feedback", json={"thumb": thumb, "reasons": ["too long"]}).status_code == 201
    assert [f["thumb"] for f in ben.get(f"{path}/feedback").json()["items"]] == ["up", "down"]
