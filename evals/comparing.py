"""Two runs side by side: what got better, what got worse, and whether a loss may stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.documents import Recorded
from evals.errors import NothingPairedError
from evals.figures import METRICS
from evals.gates import is_lost
from evals.pairing import Difference, Match, differences, lost_on, matched
from evals.phrasing import counted, loss_in_words, named
from evals.thresholds import Threshold

LABEL = {m.name: m.label for m in METRICS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs over the cases that both hold.

    `lost` names the metrics of which a case lost a must-hold, and those that got worse by more than chance explains;
    `problems` says so in words.
    """

    before: Recorded
    after: Recorded
    matches: tuple[Match, ...]
    differences: tuple[Difference, ...]
    lost: frozenset[str]
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing was lost that may not be."""
        return not self.problems

    @property
    def worse(self) -> tuple[Match, ...]:
        """The cases that lost a rule, whatever else they won."""
        return tuple(p for p in self.matches if p.lost)

    @property
    def better(self) -> tuple[Match, ...]:
        """The cases that won a rule and lost none."""
        return tuple(p for p in self.matches if p.won and not p.lost)

    @property
    def line(self) -> str:
        """The verdict and why, in one line."""
        counts = f"{len(self.better)} better and {len(self.worse)} worse of {counted(len(self.matches), 'case')}"
        if self.problems:
            return f"FAIL: {'; '.join(self.problems)}; {counts}"
        return f"PASS: nothing lost; {counts}{self._won}"

    @property
    def _won(self) -> str:
        won = [LABEL[d.metric] for d in self.differences if d.is_significant and d.gain > 0]
        return f"; better by more than chance: {', '.join(won)}" if won else ""


def compare(before: Recorded, after: Recorded, thresholds: Iterable[Threshold]) -> Comparison:
    """Return the comparison of two runs; the floors among `thresholds` are the must-holds.

    Raises:
        NothingPairedError: the runs share no case.
    """
    paired = matched(before.records, after.records)
    if not paired:
        raise NothingPairedError(
            f"expected two runs that share cases, got {len(before.records)} and {len(after.records)} with none the same"
        )
    changes = differences(paired, seed=after.provenance.seed)
    losses = tuple(_losses(paired, changes, tuple(thresholds)))
    return Comparison(
        before=before,
        after=after,
        matches=paired,
        differences=changes,
        lost=frozenset(metric for metric, _ in losses),
        problems=(*_partial(after), *(f"{LABEL[metric]} {how}" for metric, how in losses)),
    )


def _partial(after: Recorded) -> tuple[str, ...]:
    held = counted(len(after.records), "case")
    return () if after.is_complete else (f"the second run is partial, with {held}",)


def _losses(
    paired: Sequence[Match], changes: Iterable[Difference], thresholds: Sequence[Threshold]
) -> Iterator[tuple[str, str]]:
    for threshold in thresholds:
        if threshold.is_floor and (lost := lost_on(threshold.metric, paired)):
            yield threshold.metric, f"lost in {named(lost)}"
    tolerance = {t.metric: t.tolerance for t in thresholds}
    for change in changes:
        if is_lost(change, tolerance.get(change.metric, 0.0)):
            yield change.metric, loss_in_words(change)
