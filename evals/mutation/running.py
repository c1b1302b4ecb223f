"""Each mutant and each rewording is put to the verdict, as authored and as free text.

A mutant is *caught* when the verdict finds something that it did not find in the unbroken draft judged the same way. As
free text some of the library's own sentences, our inferences above all, say more than their passages. A mutant of such
a one about which just that is found is *refused alike*: it is not shown, but nothing tells it from the unbroken one.
What is neither caught nor refused *survives*. A rewording *passes* when nothing is found about the claim it touches. A
sentence by hand, which took another claim's place, is caught or passes by what is found about that claim alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from corpus.library import Library
from evals.mutation.editing import checkable, spread
from evals.mutation.freeing import as_free, is_written
from evals.mutation.novelty import new_findings
from evals.mutation.operators import OPERATORS, mutants
from evals.mutation.planting import planted
from evals.mutation.rewordings import BY_HAND, REWORDINGS, passed, reworded_by
from evals.mutation.split import Half, only
from evals.mutation.types import Change, Operator, group_of
from evals.mutation.written import reworded, supported, unsupported
from guardrails.policy import NOT_RUN, judge
from guardrails.types import Answer, Draft, Finding

OWN = "our own sentences"


_UNREWORDED = frozenset(o.name for o in REWORDINGS)  # whose claim is the library's own, said in other words


class Mode(StrEnum):
    """As what a draft is judged."""

    AUTHORED = "authored"
    FREE = "free"


class Kind(StrEnum):
    """What is put to the verdict: a broken answer, a harmless change, a true or an untrue sentence by hand."""

    MUTANT = "mutant"
    REWORDING = "rewording"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"

    @property
    def is_harmless(self) -> bool:
        """Whether the verdict is to let it pass."""
        return self in (Kind.REWORDING, Kind.SUPPORTED)


class Outcome(StrEnum):
    """How one change came out; a check that crashed is an error and no catch."""

    CAUGHT = "caught"
    REFUSED_ALIKE = "refused alike"
    SURVIVED = "survived"
    PASSED = "passed"
    STOPPED = "stopped"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Changes of one name, made when asked for; `must_catch` as its operator says."""

    name: str
    kind: Kind
    make: Callable[[], Iterable[Change]]
    must_catch: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One change put to the verdict, and what it found that counts; `error` is set where a check crashed.

    `was_refused` tells whether the unbroken claim was found wrong, judged the same way.
    """

    note: str
    findings: tuple[Finding, ...]
    outcome: Outcome
    was_refused: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One series of one half in one mode; `error` where its operator raised, with what it had made by then."""

    name: str
    kind: Kind
    half: Half
    mode: Mode
    must_catch: bool
    trials: tuple[Trial, ...]
    made: int
    error: str | None = None


Progress: TypeAlias = Callable[[str], None]


def series(answers: Sequence[Answer], library: Library, operators: Sequence[Operator] = OPERATORS) -> Iterator[Series]:
    """Yield all that is put to the verdict, in the order in which it is told."""
    passing = passed(answers)
    for operator in operators:
        yield Series(
            name=operator.name,
            kind=Kind.MUTANT,
            make=lambda operator=operator: mutants(answers, library, (operator,)),
            must_catch=operator.must_catch,
        )
    for operator in REWORDINGS:
        yield Series(
            name=operator.name,
            kind=Kind.REWORDING,
            make=lambda operator=operator: _of_models(reworded_by((operator,), passing, library)),
        )
    yield Series(name=OWN, kind=Kind.SUPPORTED, make=lambda: _unchanged(passing))
    for name, kind, written in (
        (BY_HAND, Kind.REWORDING, reworded),
        ("by hand: supported", Kind.SUPPORTED, supported),
        ("by hand: unsupported", Kind.UNSUPPORTED, unsupported),
    ):
        yield Series(
            name=name,
            kind=kind,
            make=lambda written=written, name=name: planted(passing, library, written(), name),
        )


def _of_models(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the rewordings of what a model writes: nothing else is ever judged as free text."""
    return (c for c in changes if is_written(c.answer, c.claim_id))


def _unchanged(answers: Iterable[Answer]) -> Iterator[Change]:
    """Yield each sentence of the library's own as it stands, once: as free text it is a true claim."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for answer in answers:
        for claim in checkable(answer):
            key = claim.text, tuple(c.passage_id for c in claim.citations)
            if key not in seen and is_written(answer, claim.id):
                seen.add(key)
                yield Change(
                    operator=OWN,
                    answer=answer,
                    draft=answer.draft,
                    claim_id=claim.id,
                    note=f"{claim.citations[0].passage_id}: {claim.text}",
                    group=group_of(answer, claim.id),
                )


def run(
    asked: Iterable[Series],
    library: Library,
    *,
    halves: Sequence[Half],
    modes: Sequence[Mode] = tuple(Mode),
    at_most: int | None = None,
    progress: Progress = lambda _name: None,
) -> tuple[Row, ...]:
    """Return a row for each series, half and mode; what is not a mutant is judged as free text only.

    Args:
        asked: what is put to the verdict.
        library: whose sentences and passages count.
        halves: of the split by passage.
        modes: as what each draft is judged.
        at_most: of one series and half, spread evenly from first to last; None for all.
        progress: called with each series' name before it is judged.
    """
    judging = _Judging(library)
    rows: list[Row] = []
    for one in asked:
        progress(one.name)
        changes, error = _made(one)
        for half in halves:
            own = only(half, changes)
            chosen = own if at_most is None else spread(own, at_most)
            for mode in modes:
                if one.kind is Kind.MUTANT or mode is Mode.FREE:
                    trials = tuple(judging.trial(c, one.kind, mode) for c in chosen)
                    rows.append(_row(one, half, mode, trials, made=len(own), error=error))
    return tuple(rows)


def _row(one: Series, half: Half, mode: Mode, trials: tuple[Trial, ...], *, made: int, error: str | None) -> Row:
    return Row(
        name=one.name,
        kind=one.kind,
        half=half,
        mode=mode,
        must_catch=one.must_catch,
        trials=trials,
        made=made,
        error=error,
    )


def _made(one: Series) -> tuple[list[Change], str | None]:
    changes: list[Change] = []
    try:
        changes.extend(one.make())
    except Exception as error:  # noqa: BLE001 - an operator that fails is told as such, and is no catch
        return changes, f"{type(error).__name__}: {error}"
    return changes, None


def _harmless(about: tuple[Finding, ...]) -> Outcome:
    return Outcome.STOPPED if about else Outcome.PASSED


class _Judging:
    """The verdict on changes; the one on each unbroken draft is kept, as many changes start from it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._unbroken: dict[tuple[str, Mode], tuple[Finding, ...]] = {}

    def trial(self, change: Change, kind: Kind, mode: Mode) -> Trial:
        """Return how one change came out."""
        answer = change.answer
        found = self._findings(answer, change.draft, mode)
        crashed = next((f.message for f in found if f.message.startswith(NOT_RUN)), None)
        if crashed is not None:
            return Trial(note=change.note, findings=(), outcome=Outcome.ERROR, error=crashed)
        about = tuple(f for f in found if f.claim_id is not None and f.claim_id == change.claim_id)
        if kind is not Kind.MUTANT:
            return Trial(
                note=change.note,
                findings=about,
                outcome=_harmless(about) if kind.is_harmless else Outcome.CAUGHT if about else Outcome.SURVIVED,
                was_refused=change.operator in _UNREWORDED and self._was_refused(change, mode),
            )
        new = new_findings(found, self._base(answer, mode), (answer.draft, change.draft))
        outcome = Outcome.CAUGHT if new else Outcome.REFUSED_ALIKE if about else Outcome.SURVIVED
        return Trial(note=change.note, findings=new, outcome=outcome, was_refused=self._was_refused(change, mode))

    def _was_refused(self, change: Change, mode: Mode) -> bool:
        return change.claim_id is not None and any(
            f.claim_id == change.claim_id for f in self._base(change.answer, mode)
        )

    def _base(self, answer: Answer, mode: Mode) -> tuple[Finding, ...]:
        key = (answer.id, mode)
        if key not in self._unbroken:
            self._unbroken[key] = self._findings(answer, answer.draft, mode)
        return self._unbroken[key]

    def _findings(self, answer: Answer, draft: Draft, mode: Mode) -> tuple[Finding, ...]:
        shown = as_free(draft, answer.draft) if mode is Mode.FREE else draft
        return judge(shown, answer.status, answer.case, answer.evidence, self._library, answer.red_flags).findings
