"""The API's description of itself: complete, and its examples true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import jsonschema
import pytest

from tests.api_examples import FOLDER
from tests.api_people import Person

ANSWER_SCHEMA = Path(__file__).parents[1] / "docs" / "answer.schema.json"
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def http(served):
    with httpx.Client(base_url=served, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def described(http):
    return http.get("/api/v1/openapi.json").json()


def operations(described):
    return [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]


def validate(value, schema, described):
    jsonschema.validate(value, {**schema, "components": described["components"]}, jsonschema.Draft202012Validator)


def test_the_description_is_openapi_31_and_of_this_version(described):
    assert described["openapi"].startswith("3.1")
    assert described["info"]["version"]


def test_every_route_says_in_words_what_it_does_and_under_which_heading(described):
    ids = [operation["operationId"] for _, _, operation in operations(described)]
    headings = {tag["name"] for tag in described["tags"]}
    assert len(ids) == len(set(ids)) > 25
    for path, method, operation in operations(described):
        assert operation["summary"], (path, method)
        assert len(operation["description"].split()) >= 8, (path, method)
        assert set(operation["tags"]) <= headings
        assert operation["tags"]


def test_every_route_describes_its_errors_as_problems(described):
    for path, method, operation in operations(described):
        assert "default" in operation["responses"], (path, method)
        for status, response in operation["responses"].items():
            if status == "default" or (status >= "400" and path != "/readyz"):
                assert list(response["content"]) == ["application/problem+json"], (path, method, status)
                validate(response["content"]["application/problem+json"]["example"], problem_schema(), described)


def problem_schema():
    return {"$ref": "#/components/schemas/Problem"}


def replies(described):
    for path, method, operation in operations(described):
        for status, response in operation["responses"].items():
            found = response.get("content", {}).get("application/json")
            if status.startswith("2") and found:
                yield path, method, found


def test_every_route_shows_a_reply_and_each_shown_reply_fits_its_schema(described):
    shown = list(replies(described))
    assert len(shown) > 20
    for path, method, content in shown:
        assert "example" in content, (path, method)
        validate(content["example"], content["schema"], described)


def requests(described):
    for path, method, operation in operations(described):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content:
            schema = content["schema"]
            name = schema.get("$ref", "").rpartition("/")[2]
            held = described["components"]["schemas"].get(name, schema)
            yield (
                path,
                method,
                operation,
                [
                    *held.get("examples", ()),
                    *(e["value"] for e in content.get("examples", {}).values()),
                ],
            )


def test_every_body_has_an_example_that_is_taken_as_it_stands(served, described):
    bodies = [row for row in requests(described) if "{" not in row[0]]
    assert len(bodies) > 10
    with Person(served) as person:
        for path, method, operation, examples in bodies:
            assert examples, (path, method)
            for example in examples:
                body = example | {"answer_id": person.asked()["id"]} if "answer_id" in example else example
                response = person.request(method, f"{served}{path}", json=body)
                assert response.status_code in (200, 201), (path, response.text)
                schema = operation["responses"][str(response.status_code)]["content"]["application/json"]["schema"]
                validate(response.json(), schema, described)


def test_the_bodies_that_name_a_thing_in_their_address_have_examples_that_are_taken(served, described):
    shapes = described["components"]["schemas"]
    example = {name: held["examples"][0] for name, held in shapes.items() if "examples" in held}
    with Person(served) as ben, Person(served, "mentor") as ana, Person(served, "mentor") as eva:
        answer = ben.asked()
        at, case = f"/answers/{answer['id']}", f"/conversations/{answer['conversation']}"
        item = f"/queue/{ben.post('/queue', json={'answer_id': answer['id']}).json()['id']}"
        taken = [
            ben.patch(case, json=example["Renamed"]),
            ben.post(f"{at}/commitment", json=example["CommitmentMade"]),
            ben.post(f"{at}/feedback", json=example["FeedbackGiven"]),
            ana.put(f"{item}/review", json=example["ReviewSaved"] | {"wants_second": True}),
            eva.put(f"{item}/review", json=example["ReviewSaved"]),
            ana.post(f"{item}/dissent", json=example["Dissented"]),
            ana.post(f"{item}/agreement", json=example["Agreed"]),
            ana.post(f"{item}/comments", json=example["CommentMade"]),
        ]
    assert [response.status_code for response in taken] == [200, 201, 201, 200, 200, 200, 200, 201]


def test_the_examples_name_only_what_the_library_holds(library):
    known = {*library.passages, *library.source_by_id}
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json"))
    named = set(re.findall(r'"(?:passage_id|source_id)": "([^"]+)"', text))
    assert named
    assert named <= known


def test_the_answer_described_has_the_parts_that_its_published_schema_has(described):
    published = json.loads(ANSWER_SCHEMA.read_text(encoding="utf-8"))
    parts = {
        "AnswerGiven": published,
        "Fact": published["$defs"]["fact"],
        "RedFlagSeen": published["$defs"]["redFlag"],
        "SectionMade": published["$defs"]["section"],
        "ClaimMade": published["$defs"]["claim"],
        "CitationMade": published["$defs"]["citation"],
        "Made": published["properties"]["provenance"],
        "NoticeGiven": published["properties"]["notices"]["items"],
        "AttemptMade": published["properties"]["attempts"]["items"],
    }
    for name, schema in parts.items():
        shape = described["components"]["schemas"][name]
        assert set(shape["properties"]) == set(schema["properties"]), name
        assert set(shape["required"]) == set(schema["required"]), name


@pytest.mark.parametrize(
    "question",
    [
        "34F runner, R AKP 6/12, SLHR 11 R v 26 L: calf rehab?",
        "Calf hot and swollen 3 days after a flight, knee pain",
        "Which ibuprofen dose for my knee?",
        "Does a weak calf cause knee pain?",
    ],
)
def test_answers_of_every_kind_fit_the_description(http, described, question):
    document = http.post("/api/v1/answers", json={"question": question, "detail": "full"}).json()
    validate(document, {"$ref": "#/components/schemas/AnswerGiven"}, described)


def test_the_page_that_shows_it_loads_nothing_from_outside(http):
    page = http.get("/api/v1/docs")
    assert page.status_code == 200
    assert "http" not in re.sub(r"http(-equiv)?=", "", page.headers["content-security-policy"])
    assert "unsafe-eval" not in page.headers["content-security-policy"]
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) == 3
    for address in loaded:
        assert http.get(address).status_code == 200
