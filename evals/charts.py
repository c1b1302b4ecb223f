"""What the HTML report draws: lines with a label, a figure in words, and marks on a scale from 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals.answers import Answer, is_whole
from evals.cases import Suite
from evals.expense import expense, times_ms
from evals.figures import METRICS
from evals.intervals import share_interval
from evals.metrics import Interval
from evals.pairing import Difference
from evals.phrasing import counted, percent, points
from evals.reports import Report
from evals.results import Result, Run
from evals.traces import TRACE
from guardrails.types import Status

_EDGES_MS = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)  # chosen: even steps on a logarithmic scale
_ENDING = {Status.DECLINED: "scope: declined", Status.ABSTAINED: "nothing to support it: abstained"}
_LABEL = {m.name: m.label for m in METRICS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a chart: places on the scale are from 0 to 1, and None where there is no such mark.

    `bar` is filled from 0, `dot` is a value with its `interval`, `ring` the value before.
    """

    label: str
    told: str
    bar: float | None = None
    dot: float | None = None
    ring: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Lines under a title; `scale` is what stands at its left end and its right end, empty where only words count."""

    id: str
    title: str
    about: str
    lines: tuple[Line, ...]
    scale: tuple[str, ...] = ()


def suites_chart(run: Run) -> Chart:
    """Return, for each suite, the share of its cases that met every rule, with its interval."""
    by_suite: dict[str, list[Result]] = {}
    for result in run.results:
        by_suite.setdefault(str(result.case.suite), []).append(result)
    order = [str(s) for s in Suite]
    return Chart(
        id="suites",
        title="Scores by suite",
        about="Share of the cases that met every rule, both parts together; the whisker is the 95 % interval.",
        lines=tuple(_suite_line(s, by_suite[s]) for s in sorted(by_suite, key=order.index)),
        scale=("0 %", "100 %"),
    )


def _suite_line(suite: str, results: Sequence[Result]) -> Line:
    met = [float(not r.shortfalls) for r in results]
    share, limits = sum(met) / len(met), share_interval(met, [r.case.family for r in results])
    interval = f", {100 * limits.low:.1f} to {100 * limits.high:.1f}" if limits else ""
    told = f"{sum(met):.0f} of {len(met)} ({percent(share)}{interval})"
    return Line(label=suite, told=told, dot=share, interval=limits)


def changes_chart(report: Report) -> Chart | None:
    """Return the metrics that moved against the baseline; None without one."""
    if report.baseline is None:
        return None
    moved = [d for d in report.differences if d.is_changed]
    cases = counted(len(report.matches), "case")
    about = f"Metrics that moved, over the {cases} that both hold: a ring before, a dot now."
    return Chart(
        id="changes",
        title="Before and after",
        about=about if moved else f"No metric moved, over the {cases} that the baseline holds too.",
        lines=tuple(_change_line(d) for d in moved),
        scale=("0 %", "100 %"),
    )


def _change_line(change: Difference) -> Line:
    counts = f"{change.better} better, {change.worse} worse of {change.n}"
    told = f"{percent(change.before)} → {percent(change.after)} ({points(change.after - change.before)}; {counts})"
    return Line(label=_LABEL[change.metric], told=told, dot=change.after, ring=change.before)


def latency_chart(run: Run) -> Chart | None:
    """Return how many answers took how long; None where none says so."""
    times = times_ms(run.results)
    if not times:
        return None
    bounds = ["0", *(f"{e:,}" for e in _EDGES_MS)]
    labels = [f"{low} to {high} ms" for low, high in pairwise(bounds)]
    counts = Counter(sum(t >= edge for edge in _EDGES_MS) for t in times)
    used = range(min(counts), max(counts) + 1)
    bars = [((*labels, f"{bounds[-1]} ms and more")[i], counts[i]) for i in used]
    about = f"How long an answer took: {expense(run.results)}."
    return Chart(id="latency", title="Latency", about=about, lines=_bars_in_order(bars, len(times)))


def guardrails_chart(run: Run) -> Chart:
    """Return in how many answers each guardrail acted; the product's checks stand there also where none did."""
    answers = _answers(run)
    checks = {f"check: {c['name']}": 0 for a in answers for c in a["verdict"]["checks"]}
    caught = Counter(name for answer in answers for name in _caught(answer))
    about = f"In how many of {counted(len(answers), 'answer')} each acted; a check acts where it holds a draft back."
    return Chart(
        id="guardrails",
        title="Which guardrail caught what",
        about=about,
        lines=_bars({**checks, **caught}, len(answers)),
    )


def red_flags_chart(run: Run) -> Chart | None:
    """Return in how many answers each red flag stands; None where none does."""
    answers = _answers(run)
    counts = Counter(name for answer in answers for name in _red_flags(answer))
    if not counts:
        return None
    about = f"In how many of {counted(len(answers), 'answer')} each stands and was not set aside."
    return Chart(id="red-flags", title="Red flags by pattern", about=about, lines=_bars(counts, len(answers)))


def _answers(run: Run) -> list[Answer]:
    return [r.answer for r in run.results if r.answer is not None and is_whole(r.answer)]


def _caught(answer: Answer) -> set[str]:
    """Return the names of the guardrails that acted on one answer."""
    trace = answer.get(TRACE) or {}
    findings = [f for judged in (trace, *trace.get("attempts", ())) for f in judged.get("findings", ())]
    names = {f"rule: {f['rule']}" for f in findings}
    names |= {f"check: {c['name']}" for c in answer["verdict"]["checks"] if not c["passed"]}
    names |= {f"identifier removed: {kind}" for kind in answer.get("removed", ())}
    if _red_flags(answer):
        names.add("red flags")
    if answer["status"] in _ENDING:
        names.add(_ENDING[answer["status"]])
    return names


def _red_flags(answer: Answer) -> set[str]:
    return {f["pattern"] for f in answer["red_flags"] if not f.get("dismissed")}


def _bars(counts: Mapping[str, int], whole: int) -> tuple[Line, ...]:
    """Return a bar for each count, the most first; the longest fills the scale."""
    return _bars_in_order(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])), whole)


def _bars_in_order(counts: Sequence[tuple[str, int]], whole: int) -> tuple[Line, ...]:
    longest = max((n for _, n in counts), default=0) or 1
    return tuple(Line(label=label, told=f"{n} ({percent(n / whole)})", bar=n / longest) for label, n in counts)
