"""Every operation asked what its description allows, and what it does not: no 5xx, and replies as described."""

from __future__ import annotations

from itertools import cycle

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.api_people import Person
from ui.api import description

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
BOUNDED = settings(
    max_examples=2,  # chosen: beside them come some 45 cases an operation that cover its description, 2,900 in all
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
schema = schemathesis.openapi.from_dict(description())
is_real = cycle((False, True))


@pytest.fixture(scope="module")
def things(served):
    """Return the ids of what is there, and the profile of a mentor who may do most with it."""
    with Person(served, "mentor") as ana, Person(served) as ben:
        answer, own = ben.asked(), ana.asked()
        item = ben.post("/queue", json={"answer_id": answer["id"]}).json()["id"]
        yield {
            "headers": {"Counterpoint-Profile": ana.profile["id"]},
            "answer_id": own["id"],
            "conversation_id": own["conversation"],
            "item_id": item,
            "source_id": "barker-calf-rehab",
            "passage_id": "barker-calf-rehab:31a",
            "question_id": "calf-for-everyone",
            "school_id": "whole-chain",
            "flag_id": "dvt",
            "measure_id": "heel-rise",
        }


@schema.parametrize()
@BOUNDED
def test_no_request_breaks_the_api_and_every_reply_is_as_described(case, served, things):
    if next(is_real):  # every second request is about something that is there
        case.path_parameters |= {name: things[name] for name in case.path_parameters if name in things}
    # documents are tried by nobody in particular: a mentor's would be put on the shelf, which takes a while each
    headers = {} if "documents" in case.path else things["headers"]
    case.call_and_validate(base_url=served, headers=headers, checks=CHECKS, timeout=60)
