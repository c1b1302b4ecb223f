"""The vocabulary of the checks on free sentences: what a claim may rest on, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from corpus.inference import Entailment
from corpus.types import Design, PassageKind
from guardrails.freetext.reading import Reading


class Outcome(StrEnum):
    """What the checks make of one free sentence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_ENOUGH = "not enough"


class Rule(StrEnum):
    """What a free sentence is asked about."""

    NUMBERS = "numbers"
    UNITS = "units"
    NEGATION = "negation"
    DIRECTION = "direction"
    COMPARISON = "comparison"
    POPULATION = "population"
    STRENGTH = "strength"
    STUDY = "study"
    MERGED = "merged"
    TERMS = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a sentence: by which rule, what that makes of it, and why in a clinician's words."""

    rule: Rule
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A cited passage as the checks see it: what it says, its figures, whom it studied and how."""

    passage_id: str
    said: Reading
    figures: Reading
    population: Reading
    design: Design
    kind: PassageKind
    viewpoint: str | None
    named: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The outcome of all checks on one free claim, with what was wrong."""

    outcome: Outcome
    faults: tuple[Fault, ...] = ()


class Inference(Protocol):
    """A language-inference model, such as an NLI cross-encoder."""

    def infer(self, premise: str, claim: str) -> Entailment:
        """Return whether `premise` entails or contradicts `claim`."""
        ...


def contradicted(rule: Rule, why: str) -> Fault:
    """Return a fault that speaks against the sentence."""
    return Fault(rule=rule, outcome=Outcome.CONTRADICTED, why=why)


def not_enough(rule: Rule, why: str) -> Fault:
    """Return a fault that leaves the sentence undecided."""
    return Fault(rule=rule, outcome=Outcome.NOT_ENOUGH, why=why)
