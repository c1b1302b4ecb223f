"""The vocabulary: an edit, the operator that makes it, and the mutant that comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from corpus.library import Library
from guardrails.types import Answer, Claim, Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of a draft: the claim it touches, if it is one claim, and what was done in plain words."""

    claim_id: str | None
    draft: Draft
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An answer, and a draft that differs from its own in one way.

    `answer` holds what the draft is to be judged with: case, evidence, status and red flags. `group` is what the split
    goes by: the passage cited first by the claim, else the question.
    """

    operator: str
    answer: Answer
    draft: Draft
    claim_id: str | None
    note: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant(Change):
    """A change for the worse.

    Where `must_catch` is false it is one of meaning alone: how often it is caught is reported, not required.
    """

    must_catch: bool


Edits: TypeAlias = Callable[[Answer, Library], Iterator[Edit]]
Rewrite: TypeAlias = Callable[[str], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A way to change an answer, by name."""

    name: str
    edits: Edits
    must_catch: bool = False

    def __call__(self, answer: Answer, library: Library) -> Iterator[Mutant]:
        """Return the mutants of one answer, in reading order."""
        for edit in self.edits(answer, library):
            yield Mutant(
                operator=self.name,
                answer=answer,
                draft=edit.draft,
                claim_id=edit.claim_id,
                note=edit.note,
                group=group_of(answer, edit.claim_id),
                must_catch=self.must_catch,
            )


def group_of(answer: Answer, claim_id: str | None) -> str:
    """Return the passage that the claim cited first before it was touched, else the question.

    Not the answer's id: that changes with any edit of the library, and the held-out half must not.
    """
    return _first_passage(answer.draft.claims, claim_id) or answer.question


def _first_passage(claims: tuple[Claim, ...], claim_id: str | None) -> str | None:
    return next((c.citations[0].passage_id for c in claims if c.id == claim_id and c.citations), None)
