"""What is kept of a case so that another run can be held against it; of the test part without its id."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field, TypeAdapter

from evals.cases import EvalCase, Split
from evals.figures import parts
from evals.results import Outcome, Result, Run

_DIGITS = 16  # of a SHA-256: among 10,000 cases two share them with a chance of 3 in 10^12
_STRICT = {"extra": "forbid"}
_CASE: TypeAdapter[EvalCase] = TypeAdapter(EvalCase)
_JUDGED = {"id", "question", "history", "dismissals", "expect"}
_Finite = Annotated[float, Field(allow_inf_nan=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One case of a run.

    `key` is a fingerprint of what is asked and expected: a case whose expectations changed is another case. `name` is
    the id, and None in the test part, whose cases nobody tunes on. `rules` are how each score came out, `parts` what
    the case adds above and below each metric's line.
    """

    __pydantic_config__: ClassVar = _STRICT
    key: str
    name: str | None
    family: str
    came: str
    rules: dict[str, Outcome]
    parts: dict[str, tuple[_Finite, _Finite]]


def records_of(run: Run) -> tuple[CaseRecord, ...]:
    """Return what is kept of each case: the dev part's by name, then the test part's by key."""
    return tuple(sorted(map(record_of, run.results), key=lambda r: (r.name is None, r.name or "", r.key)))


def record_of(result: Result) -> CaseRecord:
    """Return what is kept of `result`."""
    case = result.case
    return CaseRecord(
        key=key_of(case),
        name=case.id if case.split is Split.DEV else None,
        family=_fingerprint(case.family.encode()),
        came=result.status,
        rules={s.rule: s.outcome for s in result.scores},
        parts={name: (ratio.above, ratio.below) for name, ratio in parts(result).items()},
    )


def key_of(case: EvalCase) -> str:
    """Return a fingerprint of what is asked and what must hold; new fields that a case leaves out do not change it."""
    return _fingerprint(_CASE.dump_json(case, include=_JUDGED, exclude_defaults=True))


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
