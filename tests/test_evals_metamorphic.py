"""The same question put in two ways: what is changed by rule, what must stay, and what must not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.continuing import considered
from assistant.framing import frame
from guardrails.types import Detail

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "question", ["Calf or chain first for a runner with PFP, SLHR 11 R v 26 L?", "Isometrics for PFP?"]
)
def test_evidence_comes_last_first_where_that_is_asked_for_and_the_answer_is_the_same(assistant, question):
    case = frame((question,), assistant.snapshot.library)
    _, found, made, _ = considered(case, assistant.snapshot, Detail.BRIEF)
    _, turned, _, _ = considered(case, assistant.snapshot, Detail.BRIEF, evidence_reversed=True)
    assert turned.hits == found.hits[::-1]
    assert len(found.hits) > 10
    assert made.crux is not None
    plain, reversed_ = (
        assistant.ask_json(question, asked_at=NOW, evidence_reversed=is_reversed) for is_reversed in (False, True)
    )
    assert plain["sections"] == reversed_["sections"]
    assert plain["citations"] == reversed_["citations"]
