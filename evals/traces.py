"""Reading what an answer was made from: the trace that an asker may lay beside its JSON, under `TRACE`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.door import Assistant
from corpus.library import Library
from corpus.retriever import Hit, Retrieved
from evals.answers import Answer, schools_due
from guardrails.types import Status

TRACE = "trace"
_FOUND_BY = "search"


def ask_traced(helper: Assistant, question: str, history: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    """Return the product's answer as JSON, with its trace; `more` as for ``Assistant.ask_json``."""
    document, trace = helper.ask_traced(question, history=history, **more)
    return {**document, TRACE: trace}


def evidence_ids(answer: Answer) -> frozenset[str] | None:
    """Return the closed set that the answer could cite; None without a trace."""
    trace = answer.get(TRACE)
    return None if trace is None else frozenset(item["passage_id"] for item in trace["evidence"])


def evidence_ranked(answer: Answer, library: Library) -> list[str] | None:
    """Return what was found for the answer in the product's own order, best first; None without a trace.

    Passages that are in the closed set because a sentence leans on them have no rank, and are left out.
    """
    trace = answer.get(TRACE)
    if trace is None:
        return None
    hits = [
        Hit(passage_id=i["passage_id"], viewpoint=i["viewpoint"], score=i["score"], rank=0, dense=0.0, lexical=0.0)
        for i in trace["evidence"]
        if i["route"] == _FOUND_BY
    ]
    found = Retrieved(hits=tuple(hits), cruxes=())
    return [hit.passage_id for hit in found.ranked(sorted(schools_due(answer, library)))]


def claims_passed(answer: Answer) -> list[bool] | None:
    """Return of each claim drafted for the answer whether no check has a finding on it; None without a trace.

    Drafts that were held back count as well. What stands in for one that was held back was not drafted, so not judged.
    """
    trace = answer.get(TRACE)
    if trace is None:
        return None
    judged = [a for a in trace["attempts"] if a["draft"] is not None]
    if answer["verdict"]["passed"] or answer["status"] == Status.ESCALATED:
        judged.append({"draft": trace["draft"], "findings": trace["findings"]})
    return [passed for attempt in judged for passed in _passed(attempt)]


def _passed(attempt: Mapping[str, Any]) -> Iterator[bool]:
    faulted = {finding["claim_id"] for finding in attempt["findings"]}
    for section in attempt["draft"]["sections"]:
        yield from (claim["id"] not in faulted for claim in section["claims"])
