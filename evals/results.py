"""What a run leaves: scores, results, the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evals.cases import EvalCase, Split

CRASHED = "crashed"
"""What stands for an outcome where the answerer raised an error or returned no answer."""


class Outcome(StrEnum):
    """How a score came out. `UNSCORED` is no judgement: it counts for nothing, and is counted apart."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One rule on one answer, why, and the values that its metrics are made of."""

    rule: str
    outcome: Outcome
    detail: str = ""
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether the rule was judged; an error counts, against the product."""
        return self.outcome is not Outcome.UNSCORED

    @property
    def fell_short(self) -> bool:
        """Whether the rule failed or could not be judged for an error."""
        return self.outcome in (Outcome.FAILED, Outcome.ERRORED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One eval case, how its question ended, and its scores.

    `answer` is shown of failing dev cases, and of one dev case asked for alone.
    `held_against` is what was asked the other way, of a case that is the second of two wordings.
    """

    case: EvalCase
    status: str
    scores: tuple[Score, ...]
    error: str | None = None
    held_against: tuple[str, ...] = ()
    answer: Mapping[str, object] | None = field(default=None, compare=False, repr=False)

    @property
    def shortfalls(self) -> tuple[Score, ...]:
        """The scores that failed or could not be judged for an error."""
        return tuple(s for s in self.scores if s.fell_short)

    def score(self, rule: str) -> Score | None:
        """Return the score of `rule`, or None where the rule does not concern this case."""
        return next((s for s in self.scores if s.rule == rule), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a run is made with besides its cases and the library; `seed` is that of the bootstrap."""

    code: str
    encoder: str
    seed: int = 0


UNKNOWN = Origin(code="unknown", encoder="unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a run was made with; `settings` and `composers` are those that its answers name."""

    code: str
    library: str
    settings: tuple[str, ...]
    encoder: str
    composers: tuple[str, ...]
    cases: str
    seed: int
    python: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The results, by case id; `elapsed_seconds` stands apart, so that equal runs are equal."""

    results: tuple[Result, ...]
    expected: int
    provenance: Provenance
    elapsed_seconds: float = field(compare=False)

    @property
    def is_complete(self) -> bool:
        """Whether as many cases ran as were asked for."""
        return len(self.results) == self.expected

    def part(self, split: Split) -> tuple[Result, ...]:
        """Return the results of one part."""
        return tuple(r for r in self.results if r.case.split is split)
