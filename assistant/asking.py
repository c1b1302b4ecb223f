"""The words put to a language model: rules, case, evidence, guidance, lengths; and what was found in its draft.

Everything that came from outside (the case as typed, passages of a clinic's documents) stands in marked blocks, as
JSON, under a mark that is made from the text itself, so that no text can hold the mark of its own end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.faults import ModelError
from assistant.presenting import plain_value, short_authors
from assistant.prompt import REPAIR, REVISE, RULES, TASK
from corpus.facts import FACT_KINDS
from corpus.grading import is_second_hand
from corpus.library import Library
from corpus.sentences import DESIGN_WORDS
from guardrails.types import Basis, Case, Claim, Detail, Draft, Finding, SectionKind

PARTS = ("short_answer", "next_steps", "views", "evidence", "agreement")
_MOST_FINDINGS = 30
_SPARE_WORDS = 12  # chosen: models count words badly
_ONE_VIEW = "1 sentence of the school in the schema"
_NO_VIEW = "an empty object"
_SILENT = "a school not in the schema says nothing on this, and its line is added"
_PART_OF = {
    SectionKind.SHORT_ANSWER: "short_answer",
    SectionKind.DECIDING: "next_steps",
    SectionKind.VIEWPOINT: "views",
    SectionKind.EVIDENCE: "evidence",
    SectionKind.AGREEMENT: "agreement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """How long the model's part may be: words over all, and sentences or lines of each part."""

    words: int
    short: str
    steps: str
    views: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """All that a model's draft is made from.

    `authored` is the draft that would be shown without a model: what of it stays stands in the model's draft too.
    `guide` is the same at full length, for the model to take the substance from. `core` are the passages that hold each
    school's own word on the question.
    """

    case: Case
    authored: Draft
    guide: Draft
    keys: Mapping[str, str]
    library: Library
    schools: tuple[str, ...]
    silent: frozenset[str]
    core: frozenset[str]
    weighed: str
    lengths: Lengths


def lengths_of(
    detail: Detail, kept: Sequence[Claim], *, extra: str, computed: int, silent: int, schools: int
) -> Lengths:
    """Return the lengths that leave room for what is `kept` and for one `extra` note.

    Args:
        detail: brief or full.
        kept: the authored claims that stay.
        extra: a note that will be added.
        computed: how many of the lines on what to test next are computed ones, which stay.
        silent: how many of the schools have nothing on the question; another then speaks once only.
        schools: how many schools the debate has.
    """
    taken = sum(len(c.text.split()) for c in kept) + len(extra.split()) + _SPARE_WORDS
    is_brief = detail is Detail.BRIEF
    steps = max(1, 3 - computed)
    views = "1 or 2 sentences of each" if is_brief else "2 to 4 sentences of each"
    if silent:
        views = f"{_ONE_VIEW if silent < schools else _NO_VIEW} ({_SILENT})"
    return Lengths(
        words=max(80, detail.words - taken),
        short="2 or 3 sentences" if is_brief else "3 sentences",
        steps=f"1 to {steps} lines" if steps > 1 else "1 line",
        views=views,
        evidence="1 or 2 lines" if is_brief else "2 to 5 lines",
    )


def schema_of(task: Task) -> dict[str, Any]:
    """Return the JSON schema of a reply: plain enough for every provider's strict mode."""
    claim = _object({"text": {"type": "string"}, "cites": {"type": "array", "items": {"type": "string"}}})
    claims = {"type": "array", "items": claim}
    speaking = {school: claims for school in task.schools if school not in task.silent}
    parts = {part: _object(speaking) if part == "views" else claims for part in PARTS}
    return {"title": "draft", "description": "One draft of an answer."} | _object(parts)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def first_messages(task: Task) -> list[tuple[str, str]]:
    """Return the rules and the task, as pairs of role and text."""
    blocks = {
        "case": _case(task.case),
        "evidence": "\n".join(_json(_passage(key, passage, task)) for key, passage in task.keys.items()),
        "guidance": "\n".join(_json(g) for g in _guidance(task)),
        "kept": "\n".join(_json(c.text) for c in task.authored.claims if _is_kept(c)),
    }
    told = TASK.format(
        intent=task.case.intent.value,
        words=task.lengths.words,
        short=task.lengths.short,
        steps=task.lengths.steps,
        views=task.lengths.views,
        evidence=task.lengths.evidence,
        schema=_json(schema_of(task)),
        blocks=_marked(blocks),
    )
    return [("system", RULES), ("human", told)]


def revision_messages(
    before: Sequence[tuple[str, str]], reply: Mapping[str, Any], findings: Sequence[Finding]
) -> list[tuple[str, str]]:
    """Return the messages that ask for the draft once more, with what was found in it claim by claim."""
    shown = findings[:_MOST_FINDINGS]
    lines = "\n".join(_json({"rule": f.rule, "claim": f.claim_id, "found": f.message}) for f in shown)
    return [*before, ("ai", _json(reply)), ("human", REVISE.format(findings=_marked({"findings": lines})))]


def repair_messages(before: Sequence[tuple[str, str]], error: ModelError) -> list[tuple[str, str]]:
    """Return the messages that ask once more after a reply that could not be used; it is not shown again."""
    return [*before, ("human", REPAIR.format(fault=error.fault.words))]


def _case(case: Case) -> str:
    facts = {
        f.name: f"{plain_value(f.value)} {FACT_KINDS[f.name].unit or ''}".strip()
        for f in case.facts
        if f.replaced_by is None
    }
    return _json({"turns": list(case.turns), "asked last": case.question, "facts read from it": facts})


def _passage(key: str, passage_id: str, task: Task) -> dict[str, Any]:
    library = task.library
    source, passage = library.source_of(passage_id), library.passages[passage_id]
    school = library.viewpoint_by_id.get(library.viewpoint_of(passage_id) or "")
    who = ", ".join(str(x) for x in (short_authors(source.authors), source.year) if x)
    told = {
        "key": key,
        "from": who or source.title,
        "design": DESIGN_WORDS[source.design],
        "weight": library.strength_of(passage_id).value,
        "school": school.id if school else None,
        "author": school.surname if school else None,
        "core": True if passage_id in task.core else None,
        "people": passage.population,
        "seen": "second-hand" if is_second_hand(source, passage) else None,
        "says": passage.text,
    }
    return {name: value for name, value in told.items() if value}


def _guidance(task: Task) -> list[dict[str, Any]]:
    key_of = {passage: key for key, passage in task.keys.items()}
    return [
        {
            "part": _PART_OF[section.kind],
            **({"school": section.viewpoint} if section.viewpoint else {}),
            "says": claim.text,
            "keys": [key_of[c.passage_id] for c in claim.citations if c.passage_id in key_of],
        }
        for section in task.guide.sections
        if section.kind in _PART_OF and not section.is_silent
        for claim in section.claims
        if claim.basis is not Basis.COMPUTED
    ]


def _is_kept(claim: Claim) -> bool:
    return claim.basis in (Basis.COMPUTED, Basis.CASE) or (claim.origin or "").startswith("red-flag/")


def _marked(blocks: Mapping[str, str]) -> str:
    """Return the blocks between marks made from what they hold."""
    mark = hashlib.sha256("\x00".join(blocks.values()).encode()).hexdigest()[:12]
    return "\n\n".join(f"<<{name} {mark}>>\n{text}\n<<end {name} {mark}>>" for name, text in blocks.items() if text)


def _json(value: Any) -> str:
    """Return `value` on one line, with no bracket that could be taken for a mark."""
    return json.dumps(value, ensure_ascii=False).replace("<<", "<\\u003c")
