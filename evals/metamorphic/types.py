"""The vocabulary of the suite: a wording, a relation between two, and a pair that is put to the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import TypeAlias

from corpus.library import Library
from evals.cases import EvalCase, Expect, Suite


class Kind(StrEnum):
    """Whether the two answers must be the same, or differ."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One way to ask: the last question, those before it, and whether the evidence comes last first."""

    question: str
    history: tuple[str, ...] = ()
    evidence_reversed: bool = False

    @property
    def turns(self) -> tuple[str, ...]:
        """What is asked, oldest first."""
        return (*self.history, self.question)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A question put in another way.

    `before` is set where the case's own wording is not the one to compare with. `awaits` are the red flags of which one
    must be named, or the facts that must be read, where the answers must differ.
    """

    after: Wording
    before: Wording | None = None
    awaits: tuple[str, ...] = ()


Make: TypeAlias = Callable[[EvalCase, Random, Library], Change | None]
"""Returns a case's question in another way, or None where the relation has nothing to do with the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One way in which a question may be changed, and what must then hold of the answers.

    Where it awaits a red flag, the changed question must escalate.
    """

    name: str
    label: str
    kind: Kind
    make: Make
    awaits_red_flag: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two wordings made of one eval case, to be answered and compared."""

    relation: Relation
    case: EvalCase
    before: Wording
    after: Wording
    awaits: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The case's id and the relation's name, such as ``debate-01+spelling``."""
        return f"{self.case.id}{JOIN}{self.relation.name}"

    @property
    def as_case(self) -> EvalCase:
        """The second wording as an eval case, of which nothing is expected but what its relation says."""
        return replace(
            self.case,
            id=self.id,
            suite=Suite.METAMORPHIC,
            question=self.after.question,
            history=self.after.history,
            expect=Expect(status=self.case.expect.status),
        )


JOIN = "+"
"""Stands in a pair's id between the case and the relation; no case's id has it."""


def of_case(case: EvalCase) -> Wording:
    """Return the wording in which the case itself asks."""
    return Wording(question=case.question, history=case.history)


def asked_as(case: EvalCase, question: str) -> Wording:
    """Return the case with its last question put as `question`."""
    return Wording(question=question, history=case.history)
