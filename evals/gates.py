"""The verdict of a run: floors of which one miss fails it, and bands that look at bounds and at paired cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.cases import Split
from evals.errors import NothingScoredError
from evals.figures import Figure, figures
from evals.pairing import Difference, Match, lost_on
from evals.phrasing import counted, in_words, loss_in_words, named
from evals.results import Run
from evals.thresholds import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A threshold held against a figure.

    `test` is the figure of the test part, which must meet the bound by itself. `difference` is that against the
    baseline, over the cases that both hold. `problems` says in words what was missed.
    """

    threshold: Threshold
    figure: Figure
    test: Figure
    difference: Difference | None
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool | None:
        """Whether nothing was missed; None where nothing was scored."""
        return None if self.figure.value is None else not self.problems

    @property
    def is_short(self) -> bool:
        """Whether an aim is not reached, by all cases or by the test part alone; it is told and fails nothing."""
        return self.threshold.is_aim and any(_misses(self.threshold, f) for f in (self.figure, self.test))

    @property
    def shortfall(self) -> str:
        """What is told of a gate that `is_short`."""
        return f"short of the aim: {self.figure.label} {in_words(self.figure)}, in the test part {in_words(self.test)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the run may pass, in one line with the reason."""

    passed: bool
    line: str
    gates: tuple[Gate, ...]


def judge(
    run: Run, thresholds: Iterable[Threshold], paired: Sequence[Match] = (), differences: Iterable[Difference] = ()
) -> Verdict:
    """Return the verdict: passed when every case ran and no gate was missed.

    Args:
        run: what to judge.
        thresholds: what it must reach.
        paired: its cases beside those of the baseline; empty without one.
        differences: of the metrics over `paired`.

    Raises:
        NothingScoredError: there are gates, and not one of them could be judged.
    """
    seed = run.provenance.seed
    whole = {f.metric: f for f in figures(run.results, seed=seed)}
    test = {f.metric: f for f in figures(run.part(Split.TEST), seed=seed)}
    change = {d.metric: d for d in differences}
    gates = tuple(_gate(t, whole[t.metric], test[t.metric], change.get(t.metric), paired) for t in thresholds)
    if run.is_complete and gates and all(g.passed is None for g in gates):
        raise NothingScoredError(f"expected scores, and none of the {len(gates)} gates has any; nothing was judged")
    problems = [] if run.is_complete else [f"partial, {len(run.results)} of {run.expected} cases run"]
    problems += [problem for gate in gates for problem in gate.problems]
    line = f"FAIL: {'; '.join(problems)}" if problems else _praise(run, gates, paired)
    line += "".join(f"; {g.shortfall}" for g in gates if g.is_short)
    return Verdict(passed=not problems, line=line, gates=gates)


def _gate(
    threshold: Threshold, figure: Figure, test: Figure, difference: Difference | None, paired: Sequence[Match]
) -> Gate:
    problems = (
        _floor_problems(threshold, figure, paired)
        if threshold.is_floor
        else _band_problems(threshold, figure, test, difference)
    )
    return Gate(threshold=threshold, figure=figure, test=test, difference=difference, problems=tuple(problems))


def _floor_problems(threshold: Threshold, figure: Figure, paired: Sequence[Match]) -> Iterator[str]:
    if _misses(threshold, figure):
        lost = lost_on(threshold.metric, paired)
        since = f", since the baseline {named(lost)}" if lost else ""
        yield f"{figure.label} {in_words(figure)} {threshold.miss}{since}"


def _band_problems(threshold: Threshold, figure: Figure, test: Figure, difference: Difference | None) -> Iterator[str]:
    if not threshold.is_aim and _misses(threshold, figure):
        yield f"{figure.label} {in_words(figure)} {threshold.miss}"
    if not threshold.is_aim and test.n < figure.n and _misses(threshold, test):
        yield f"{figure.label} in the test part alone {in_words(test)} {threshold.miss}"
    if difference is not None and is_lost(difference, threshold.tolerance):
        yield f"{figure.label} {loss_in_words(difference)} against the baseline"


def _misses(threshold: Threshold, figure: Figure) -> bool:
    return figure.value is not None and not threshold.is_met_by(figure.value)


def is_lost(difference: Difference, tolerance: float = 0.0) -> bool:
    """Return whether the metric got worse by more than `tolerance`, and by more than chance explains."""
    return difference.is_significant and difference.gain < -tolerance


def _praise(run: Run, gates: Sequence[Gate], paired: Sequence[Match]) -> str:
    judged = sum(g.passed is not None for g in gates)
    left = [g.figure.label for g in gates if g.passed is None]
    rest = f"; not scored: {', '.join(left)}" if left else ""
    return f"PASS: {counted(len(run.results), 'case')}, {counted(judged, 'gate')} met{_beside(paired)}{rest}"


def _beside(paired: Sequence[Match]) -> str:
    if not paired:
        return ""
    worse = sum(bool(p.lost) for p in paired)
    better = sum(bool(p.won) and not p.lost for p in paired)
    return f"; against the baseline {better} better and {worse} worse of {counted(len(paired), 'case')}"
