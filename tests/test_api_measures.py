"""Measures over HTTP: the same results as on the terminal, with sources, and refusals that say the range."""

from __future__ import annotations

import httpx
import pytest

from ui.api.measure_inputs import MEASURES
from ui.measured import to_json

NAMED = {measure.name: measure for measure in MEASURES}


@pytest.fixture(scope="module")
def http(served):
    with httpx.Client(base_url=f"{served}/api/v1", timeout=30, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("name", sorted(NAMED))
def test_each_measure_gives_what_its_formula_gives(http, library, name):
    inputs = NAMED[name]
    result = http.post(f"/measures/{name}/result", json=dict(inputs.sample))
    assert result.status_code == 200
    assert result.json() == to_json(inputs(**inputs.sample).result(), library)
    assert result.json()["sources"]


def test_every_measure_that_computes_says_where_and_every_address_is_named(http):
    named = {m["computed_at"] for m in http.get("/measures", params={"computed": "true", "limit": 200}).json()["items"]}
    assert named == {f"/api/v1/measures/{name}/result" for name in NAMED}
    others = http.get("/measures", params={"computed": "false", "limit": 200}).json()["items"]
    assert others
    assert all(m["computed_at"] is None for m in others)


def test_a_measure_is_read_with_its_protocol(http):
    read = http.get("/measures/heel-rise").json()
    assert "heel rises" in read["protocol"]
    assert http.get("/measures/none").status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("heel-rise", {"age_years": 12, "sex": "male", "left": 3}, "20 to 81"),
        ("heel-rise", {"age_years": 34, "sex": "male"}, "expected"),
        ("heel-rise", {"age_years": 34}, "sex: Field required"),
        ("lsi", {"involved": 1, "other": 0}, "more than 0"),
        ("koos-change", {"before": 1, "after": 2, "condition": "pfp", "subscale": "pain"}, "expected"),
        ("nprs-change", {"before": 11, "after": 2, "condition": "oa"}, "before: "),
        ("wells-dvt", {"fever": True}, "fever: "),
        ("hop-battery", {}, "tests"),
        ("lsi", {"involved": "1e999", "other": 1}, "involved: "),
    ],
)
def test_values_it_does_not_hold_for_are_refused_with_the_range(http, name, body, says):
    response = http.post(f"/measures/{name}/result", json=body)
    assert response.status_code == 422
    assert says in response.json()["detail"]
