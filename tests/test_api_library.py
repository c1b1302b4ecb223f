"""The library and the measures over HTTP: found, read in their place, in pages, and not sent twice."""

from __future__ import annotations

import re

import httpx
import pytest


@pytest.fixture(scope="module")
def http(served):
    with httpx.Client(base_url=f"{served}/api/v1/library", timeout=30, trust_env=False) as client:
        yield client


def linked(response):
    found = re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers.get("link", ""))
    return {relation: address for address, relation in found}


@pytest.mark.parametrize("what", ["sources", "passages", "questions", "schools", "red-flags"])
def test_following_next_shows_every_entry_once(http, what):
    seen, page, address = [], {}, f"/api/v1/library/{what}?limit=150"
    while address:
        response = http.get(f"{http.base_url.scheme}://{http.base_url.netloc.decode()}{address}")
        page = response.json()
        seen += [entry["id"] for entry in page["items"]]
        assert len(page["items"]) <= page["limit"] == 150
        address = linked(response).get("next")
    assert len(seen) == len(set(seen)) == page["total"] > 0


def test_the_links_lead_back_as_well_and_keep_what_was_asked_for(http):
    response = http.get("/passages", params={"search": "calf", "limit": 5, "offset": 10})
    links = linked(response)
    assert set(links) == {"first", "prev", "next", "last"}
    assert all("search=calf" in address and "limit=5" in address for address in links.values())
    assert "offset=5" in links["prev"]
    beyond = http.get("/passages", params={"search": "calf", "limit": 5, "offset": 2**31 - 1})
    assert beyond.json()["items"] == []
    assert "next" not in linked(beyond)


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "offset=-1", "limit=many", f"offset={2**31}"])
def test_a_page_that_cannot_be_is_refused_with_the_bounds(http, query):
    response = http.get(f"/sources?{query}")
    assert response.status_code == 422
    assert re.search(r"limit|offset", response.json()["detail"])


def test_sources_are_found_by_words_school_and_design(http, library):
    mine = http.get("/sources", params={"viewpoint": "calf-focused"}).json()
    assert [s["id"] for s in mine["items"]] == ["barker-calf-rehab"]
    trials = http.get("/sources", params={"design": "rct", "limit": 200}).json()
    assert trials["total"] == sum(s.design == "rct" for s in library.sources)
    assert http.get("/sources", params={"search": "no such words at all"}).json()["total"] == 0
    assert http.get("/sources", params={"search": "LEPPANEN"}).json()["total"] >= 1


def test_a_passage_is_read_between_its_neighbours_with_what_it_does_to_the_claims(http, library):
    source = library.source_by_id["barker-calf-rehab"]
    middle = source.passages[3]
    read = http.get(f"/passages/{middle.id}").json()
    assert read["text"] == middle.text
    assert (read["before"]["id"], read["after"]["id"]) == (source.passages[2].id, source.passages[4].id)
    assert read["source"]["title"] == source.title
    first = http.get(f"/passages/{source.passages[0].id}").json()
    assert first["before"] is None
    link, claim = next((entry.links[0], entry.claim) for entry in library.ledger if entry.links)
    bearing = http.get(f"/passages/{link.passage}").json()["bears_on"]
    assert {"claim": claim, "direction": link.direction, "why": link.why}.items() <= next(
        b for b in bearing if b["claim"] == claim
    ).items()


def test_a_question_is_read_with_what_each_school_says(http, library):
    crux = library.crux_by_id["calf-for-everyone"]
    read = http.get("/questions/calf-for-everyone").json()
    assert set(read["views"]) == set(crux.views)
    assert read["views"]["calf-focused"]["says"][0]["text"] == crux.views["calf-focused"].says[0].text
    assert read["decides"]


def test_a_school_is_read_with_what_each_claim_rests_on(http, library):
    read = http.get("/schools/whole-chain").json()
    assert [c["id"] for c in read["claims"]] == [c.id for c in library.viewpoint_by_id["whole-chain"].claims]
    assert any(claim["findings"] for claim in read["claims"])


def test_a_search_finds_both_schools_of_the_debate(http):
    found = http.get("/search", params={"q": "does a weak calf cause knee pain?", "limit": 10}).json()["items"]
    assert {"calf-focused", "whole-chain"} <= {hit["passage"]["viewpoint"] for hit in found}
    assert [hit["rank"] for hit in found] == list(range(1, 11))


@pytest.mark.parametrize("path", ["/search?q=%20%20", "/search?q=", "/search"])
def test_a_search_for_nothing_is_refused(http, path):
    assert http.get(path).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/sources/none",
        "/passages/none:1",
        "/questions/none",
        "/schools/none",
        "/red-flags/none",
        "/sources/a%2Fb",
        "/x",
    ],
)
def test_what_the_library_does_not_have_is_a_404_in_words(http, path):
    response = http.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/passages/%00", "/sources/%F0%9F%A6%B5", "/passages/..%2F..%2Fetc:1", "/sources/-x"])
def test_an_id_that_cannot_be_one_is_refused(http, path):
    assert http.get(path).status_code in (404, 422)


def test_a_read_that_is_held_already_is_not_sent_again(http):
    first = http.get("/sources?limit=3")
    again = http.get("/sources?limit=3", headers={"If-None-Match": first.headers["etag"]})
    assert first.headers["cache-control"] == "private, no-cache"
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert http.get("/sources?limit=4", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_strange_words_to_search_for_are_taken_as_text(http):
    for words in ("\x00", "%", "a" * 400, "🦵", "\u202ex", "'; drop table answer; --"):
        assert http.get("/sources", params={"search": words}).status_code == 200
    assert http.get("/sources?search=%ff%fe").status_code == 200
