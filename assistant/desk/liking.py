"""An approved answer to a like question, to be offered second.

Questions are alike where they are about the same subject in the same form, or read nearly the same. Numbers decide what
is right for a patient, so nothing is offered where one differs; other facts that differ are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from assistant.desk.access import Action
from assistant.desk.approving import Approval, shown, subject
from assistant.desk.sitting import Sitting
from assistant.records import approvals
from assistant.records.engine import Connection
from assistant.records.queries import select_answer
from assistant.records.types import KeptAnswer
from corpus.encoder import Encoder, Vectors
from corpus.facts import FACT_KINDS
from guardrails.types import Status

# Measured: of the library's 1,459 phrasings of 87 subjects the two nearest of different subjects come to 0.941.
_NEARLY_SAME = 0.95
_LOOKED_AT = 300  # chosen: the latest approvals; a question takes some 3 ms to encode, once
_REMEMBERED = 4_096
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_DENIAL = re.compile(r"\b(?:no|not|never|without|neither|nor|cannot|denies|denied)\b|n['\u2019]t\b", re.IGNORECASE)

FactsGiven = Sequence[Mapping[str, Any]]
"""Facts as they stand in an answer's ``case.facts``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that is not the same in both cases, in the screen's words; None where one does not tell it."""

    name: str
    label: str
    here: str | None
    there: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """An approved answer to a like question, with what differs."""

    approval: Approval
    answer: KeptAnswer
    differing: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is compared of a question."""

    question: str
    facts: FactsGiven
    subject: str
    intent: str


def like(
    sitting: Sitting, question: str, facts: FactsGiven, *, about: str = "", intent: str = "", besides: str | None = None
) -> Like | None:
    """Return an approved answer that holds against the library in force; None where there is none alike.

    Args:
        sitting: who asks; approved answers are for everybody.
        question: as asked, identifiers removed.
        facts: of the case, as in an answer's JSON.
        about: the subject's id, where it is known.
        intent: the question's form, where it is known.
        besides: an answer that is not offered.
    """
    sitting.require(Action.READ_APPROVALS)
    asked = _Asked(question=question, facts=facts, subject=about, intent=intent)
    with sitting.records.reading() as connection:
        found = [one for one in _candidates(sitting, connection, asked) if one.answer.id != besides]
    same = [one for one in found if _is_same_subject(asked, one.answer)]
    alike = same or [one for one in found if _reads_same(sitting, asked, one.answer)]
    return min(alike, key=lambda one: len(one.differing), default=None)


def like_answer(sitting: Sitting, answer: KeptAnswer) -> Like | None:
    """Return an approved answer to a question like that of `answer`, which is an answer itself."""
    if answer.status != Status.ANSWERED:
        return None
    document = answer.document
    return like(
        sitting,
        answer.question,
        _facts(document),
        about=subject(document),
        intent=str(document.get("intent") or ""),
        besides=answer.id,
    )


def _candidates(sitting: Sitting, connection: Connection, asked: _Asked) -> Iterator[Like]:
    """Yield the approved answers whose numbers are the same, the latest first."""
    of_subject = (
        approvals.select_approvals(connection, subject=asked.subject, limit=_LOOKED_AT) if asked.subject else ()
    )
    latest = approvals.select_approvals(connection, limit=_LOOKED_AT)
    for kept in {one.id: one for one in (*of_subject, *latest)}.values():
        answer = select_answer(connection, kept.answer_id)
        if answer is None or answer.status != Status.ANSWERED or not _has_same_numbers(asked, answer):
            continue
        approval = shown(sitting, connection, kept)
        if not approval.is_expired:
            differing = tuple(_differing(_in_force(asked.facts), _in_force(_facts(answer.document))))
            yield Like(approval=approval, answer=answer, differing=differing)


def _is_same_subject(asked: _Asked, answer: KeptAnswer) -> bool:
    known = asked.subject, asked.intent
    return all(known) and known == (subject(answer.document), str(answer.document.get("intent") or ""))


def _reads_same(sitting: Sitting, asked: _Asked, answer: KeptAnswer) -> bool:
    """Return whether two questions read nearly the same; a denial in one of them makes them another question."""
    if sitting.knowledge is None or bool(_DENIAL.search(asked.question)) != bool(_DENIAL.search(answer.question)):
        return False
    encoder = sitting.knowledge.snapshot.encoder
    return float(np.dot(_vector(encoder, asked.question), _vector(encoder, answer.question))) >= _NEARLY_SAME


@lru_cache(maxsize=_REMEMBERED)
def _vector(encoder: Encoder, text: str) -> Vectors:
    return encoder.encode([text])[0]


def _has_same_numbers(asked: _Asked, answer: KeptAnswer) -> bool:
    theirs = _facts(answer.document)
    same_facts = _numbers(asked.facts) == _numbers(theirs)
    return same_facts and _loose(asked.question, asked.facts) == _loose(answer.question, theirs)


def _numbers(facts: FactsGiven) -> dict[str, tuple[float, str | None]]:
    found = {str(fact["name"]): (fact.get("value"), fact.get("unit")) for fact in facts if _stands(fact)}
    return {
        name: (float(value), unit)
        for name, (value, unit) in found.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _loose(question: str, facts: FactsGiven) -> frozenset[str]:
    """Return the numbers of a question that no fact was read from."""
    said = {number for fact in facts for number in _DIGITS.findall(str(fact.get("said") or ""))}
    return frozenset(_DIGITS.findall(question)) - said


def _in_force(facts: FactsGiven) -> dict[str, Any]:
    return {str(fact["name"]): fact.get("value") for fact in facts if _stands(fact)}


def _stands(fact: Mapping[str, Any]) -> bool:
    return "name" in fact and fact.get("replaced_by") is None


def _differing(here: Mapping[str, Any], there: Mapping[str, Any]) -> Iterator[Difference]:
    for name in dict.fromkeys((*here, *there)):
        ours, theirs = _words(here.get(name)), _words(there.get(name))
        if ours != theirs:
            label = FACT_KINDS[name].label if name in FACT_KINDS else name
            yield Difference(name=name, label=label, here=ours, there=theirs)


def _words(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(sorted(map(str, value))) if isinstance(value, list | tuple) else str(value)


def _facts(document: Mapping[str, Any]) -> FactsGiven:
    return (document.get("case") or {}).get("facts") or ()
