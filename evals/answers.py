"""Reading an answer's JSON (CONTRACT.md, ``counterpoint/answer/1``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from corpus.library import Library
from guardrails.types import Basis, SectionKind, Status

Answer: TypeAlias = Mapping[str, Any]
Answerer: TypeAlias = Callable[..., Answer]
"""Takes a question and the questions before it, oldest first; `dismissals` where there are any, and
`evidence_reversed` where the evidence is to come last first. Returns an answer as JSON."""

CARRYING = frozenset({"claims_cited", "citations_exist", "claims_supported", "attribution"})
"""The checks of the verdict by which sources carry a claim."""
_UNCITED_SECTIONS = frozenset({SectionKind.QUESTIONS, SectionKind.MISSING, SectionKind.NOTE})


def answer_of(answerer: Answerer, question: str, history: Sequence[str], **more: object) -> Answer:
    """Return the answer to `question`; what of `more` is empty or false is left out.

    Raises:
        TypeError: what came is no answer.
    """
    answer = answerer(question, history, **{name: value for name, value in more.items() if value})
    if not isinstance(answer, Mapping) or "status" not in answer:
        raise TypeError(f"expected an answer's JSON with a status, got {type(answer).__name__}")
    return answer


def is_whole(answer: Answer) -> bool:
    """Return whether an answer has the parts that reports show of it."""
    return {"sections", "citations", "verdict", "red_flags"} <= answer.keys()


def claims(answer: Answer) -> Iterator[Mapping[str, Any]]:
    """Yield every claim in reading order."""
    for section in answer["sections"]:
        yield from section["claims"]


def claims_to_cite(answer: Answer) -> Iterator[Mapping[str, Any]]:
    """Yield the claims that the contract wants cited: no question, gap, note or fact of the case."""
    for section in answer["sections"]:
        if section["kind"] not in _UNCITED_SECTIONS:
            yield from (c for c in section["claims"] if c["basis"] != Basis.CASE)


def text_of(answer: Answer) -> str:
    """Return the claims' words, a claim a line."""
    return "\n".join(claim["text"] for claim in claims(answer))


def citations(answer: Answer) -> dict[int, Mapping[str, Any]]:
    """Return the citations by number."""
    return {c["number"]: c for c in answer["citations"]}


def cited_passages(answer: Answer) -> list[str]:
    """Return the passage of each citation mark, repeats kept; marks that lead nowhere are left out."""
    by_number = citations(answer)
    numbers = [n for claim in claims(answer) for n in claim["citations"]]
    return [by_number[n]["passage_id"] for n in numbers if n in by_number]


def is_answered(answer: Answer) -> bool:
    """Return whether the question was answered, and not declined, abstained from or escalated."""
    return answer["status"] == Status.ANSWERED


def carried_claims(answer: Answer) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the text and the passages of each claim that sources carry by the answer's own verdict.

    Its basis is not the case alone, and the checks on citation, support and attribution passed; a failed one is held
    against every claim, as the JSON does not say whose it is.
    """
    failed = {check["name"] for check in answer["verdict"]["checks"] if not check["passed"]}
    if not failed.isdisjoint(CARRYING):
        return
    listed = citations(answer)
    for claim in claims(answer):
        passages = frozenset(listed[n]["passage_id"] for n in claim["citations"] if n in listed)
        if claim["basis"] != Basis.CASE and passages:
            yield claim["text"], passages


def schools_due(answer: Answer, library: Library) -> frozenset[str]:
    """Return the viewpoints of the answer's debates: those that must speak."""
    return frozenset(v for d in answer["debates"] for v in library.debate_by_id[d].viewpoints)


def strings(value: object) -> Iterator[str]:
    """Yield every text and number in a JSON value, the keys of objects included."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)
    else:
        yield str(value)


def known_facts(answer: Answer) -> dict[str, Any]:
    """Return the values in force by fact name."""
    facts = answer["case"]["facts"]
    return {f["name"]: f["value"] for f in facts if f.get("replaced_by") is None}


def citation_problem(citation: Mapping[str, Any], library: Library) -> str | None:
    """Return what is wrong with a citation, or None when it is the library's passage word for word, where it stands."""
    passage_id = citation["passage_id"]
    passage = library.passages.get(passage_id)
    if passage is None:
        return f"[{citation['number']}] cites {passage_id!r}, which the library does not hold"
    if citation["quote"] != passage.text:
        return f"[{citation['number']}] the quote differs from {passage_id}"
    if citation["locator"] != passage.locator:
        return f"[{citation['number']}] {passage_id} stands at {passage.locator}, not at {citation['locator']}"
    school = library.viewpoint_of(passage_id)
    if citation.get("viewpoint") != school:
        return f"[{citation['number']}] {passage_id} is credited to {citation.get('viewpoint')}, is {school}"
    return None
