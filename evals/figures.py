"""A run's metrics: each a figure with what it counts and a 95 % interval."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evals import metrics
from evals.gathering import RETRIEVED
from evals.intervals import ratio_interval, share_interval
from evals.metamorphic.relations import ORDER, RED_FLAG, RELATIONS
from evals.metamorphic.running import SAME_SUBJECT
from evals.metamorphic.types import Kind, Relation
from evals.metrics import Interval, Ratio
from evals.results import Outcome, Result, Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A metric's value. `successes` is set where it is a share of `n` whole things; else `n` counts cases."""

    metric: str
    label: str
    value: float | None
    n: int
    successes: int | None = None
    interval: Interval | None = None
    unscored: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric: what each case that it concerns adds to it.

    `part` returns a case's ratio, or None where the case was not scored; `concerns` says which cases it looks at.
    Where `is_share`, each case counts whole, as 0 or 1.
    """

    name: str
    label: str
    concerns: Callable[[Result], bool]
    part: Callable[[Result], Ratio | None]
    is_share: bool = True
    lower_is_better: bool = False


def figures(results: Sequence[Result], *, seed: int) -> tuple[Figure, ...]:
    """Return every metric's figure over `results`, in the order of `METRICS`; `seed` is that of the bootstrap."""
    return tuple(_figure(m, results, seed) for m in METRICS)


def parts(result: Result) -> dict[str, Ratio]:
    """Return what one case adds to each metric, by the metric's name; nothing where it was not scored."""
    found = ((m.name, m.part(result)) for m in METRICS if m.concerns(result))
    return {name: ratio for name, ratio in found if ratio is not None}


def _figure(metric: Metric, results: Sequence[Result], seed: int) -> Figure:
    concerned = [r for r in results if metric.concerns(r)]
    scored = [(r.case.family, ratio) for r in concerned if (ratio := metric.part(r)) is not None]
    families, ratios = [family for family, _ in scored], [ratio for _, ratio in scored]
    whole = metrics.sum_of(ratios)
    return Figure(
        metric=metric.name,
        label=metric.label,
        value=whole.value,
        n=len(ratios),
        successes=round(whole.above) if metric.is_share else None,
        interval=_interval(metric, ratios, families, seed),
        unscored=len(concerned) - len(ratios),
    )


def _interval(metric: Metric, ratios: Sequence[Ratio], families: Sequence[str], seed: int) -> Interval | None:
    if metric.is_share:
        return share_interval([r.above for r in ratios], families)
    return ratio_interval(ratios, families, seed=seed)


def _of_rule(rule: str, part: Callable[[Score], Ratio | None], name: str, label: str, **more: bool) -> Metric:
    """Return a metric that is made of one rule's scores."""

    def part_of(result: Result) -> Ratio | None:
        score = result.score(rule)
        return None if score is None else part(score)

    return Metric(name=name, label=label, concerns=lambda r: r.score(rule) is not None, part=part_of, **more)


def _passing(rule: str, name: str, label: str) -> Metric:
    return _of_rule(rule, lambda s: _whole(s, Outcome.PASSED), name, label)


def _failing(rule: str, name: str, label: str) -> Metric:
    return _of_rule(rule, lambda s: _whole(s, Outcome.FAILED), name, label, lower_is_better=True)


def _whole(score: Score, outcome: Outcome) -> Ratio | None:
    return Ratio(float(score.outcome is outcome), 1.0) if score.counts else None


def _order_flip(score: Score) -> Ratio | None:
    return metrics.order_flip(is_changed=score.outcome is Outcome.FAILED) if score.counts else None


def _mean(rule: str, value: str, name: str, label: str) -> Metric:
    return _of_rule(rule, lambda s: _value(s, value), name, label, is_share=False)


def _value(score: Score, value: str) -> Ratio | None:
    return Ratio(score.values[value], 1.0) if value in score.values else None


def _facts(formula: Callable[..., Ratio], weighs: Sequence[str], name: str, label: str) -> Metric:
    """Return the metric of all facts that `formula` makes of the tallies that it `weighs`."""

    def part(score: Score) -> Ratio | None:
        return formula(*(score.values[tally] for tally in weighs)) if score.values else None

    return _of_rule("facts", part, name, label, is_share=False)


def _of_relations(
    relations: Sequence[Relation], part: Callable[[Score], Ratio | None], name: str, label: str, **more: bool
) -> Metric:
    """Return a metric over the pairs of any of `relations`."""
    rules = frozenset(r.name for r in relations)

    def scores(result: Result) -> list[Score]:
        return [s for s in result.scores if s.rule in rules]

    def part_of(result: Result) -> Ratio | None:
        return part(scores(result)[0])

    return Metric(name=name, label=label, concerns=lambda r: bool(scores(r)), part=part_of, **more)


def _metamorphic() -> Iterator[Metric]:
    """Yield the metrics of pairs of wordings: all together, then each relation."""
    same = [r for r in RELATIONS if r.kind is Kind.SAME and r is not ORDER]
    different = [r for r in RELATIONS if r.kind is Kind.DIFFERENT and r is not RED_FLAG]
    yield _of_relations([ORDER], _order_flip, "order_flips", "order flips", lower_is_better=True)
    yield _of_relations(
        [RED_FLAG], lambda s: _whole(s, Outcome.PASSED), "red_flag_added", "an added red flag escalates"
    )
    yield _of_relations(
        same, lambda s: _whole(s, Outcome.PASSED), "invariance", "outcome and schools stay under what must not matter"
    )
    yield _of_relations(same, lambda s: _value(s, SAME_SUBJECT), "same_subject", "the question answered stays")
    yield _of_relations(
        different, lambda s: _whole(s, Outcome.PASSED), "must_change", "the answer changes where it must"
    )
    for relation in (*same, *different):
        yield _passing(relation.name, relation.name.replace("-", "_"), f"- {relation.label}")


_ABSTENTIONS = Metric(
    name="abstentions",
    label="abstentions among supportable",
    concerns=lambda r: bool(r.case.expect.supportable) and r.error is None,
    part=lambda r: metrics.abstention(r.status),
    lower_is_better=True,
)
_CRASHED = Metric(
    name="crashed",
    label="crashed",
    concerns=lambda _: True,
    part=lambda r: Ratio(float(any(s.outcome is Outcome.ERRORED for s in r.scores)), 1.0),
    lower_is_better=True,
)


def _of_outcomes(
    formula: Callable[[str, str], Ratio | None], name: str, label: str, *, lower_is_better: bool = False
) -> Metric:
    """Return the metric of a formula of the outcome expected and the one that came."""

    def part(result: Result) -> Ratio | None:
        return formula(result.case.expect.status, result.status)

    return Metric(
        name=name,
        label=label,
        concerns=lambda r: r.score("status") is not None and part(r) is not None,
        part=part,
        lower_is_better=lower_is_better,
    )


METRICS = (
    _passing("both_viewpoints", "both_schools", "both schools"),
    _passing("claims_cited", "claims_cited", "claims cited"),
    _passing("citations_exact", "citations_exact", "citations exact"),
    _passing("claims_placed", "claims_placed", "claims on their own passages"),
    _passing("evidence_shown", "evidence_shown", "what the studies found is shown"),
    _passing("red_flags", "red_flags_escalated", "red flags escalated"),
    _passing("not_escalated", "twins_not_escalated", "negated twins not escalated"),
    _passing("says_none", "says_none", "forbidden points not made"),
    _passing("absent", "absent", "identifiers and payloads absent"),
    _CRASHED,
    _passing("status", "status_right", "outcome right"),
    _ABSTENTIONS,
    _of_outcomes(metrics.deflection_precision, "deflection_precision", "turned away rightly, of those turned away"),
    _of_outcomes(metrics.deflection_recall, "deflection_recall", "turned away, of those to be"),
    _of_outcomes(metrics.false_refusal, "false_refusals", "answerable but turned away", lower_is_better=True),
    _failing("schools_speak", "schools_silent", "debate answers with 'does not address this'"),
    _passing("right_debate", "right_debate", "the schools asked about are heard"),
    _mean("points", "point_recall", "point_recall", "point recall"),
    _passing("says_any", "says_any", "said what no passage carries"),
    _facts(metrics.fact_f1, ("right", "wrong", "missed"), "facts_f1", "facts F1"),
    _facts(metrics.fact_precision, ("right", "wrong"), "facts_precision", "facts precision"),
    _facts(metrics.fact_recall, ("right", "missed"), "facts_recall", "facts recall"),
    _passing("words", "words", "within the length"),
    _passing("no_repeats", "no_repeats", "no sentence twice"),
    _passing("cites_any", "cites_any", "a passage to the point cited"),
    _mean("citations_exact", "citation_recall", "citation_recall", "citation recall"),
    _mean("citations_exact", "citation_precision", "citation_precision", "citation precision"),
    _mean("gate", "gate_consistency", "gate_consistency", "gate consistency"),
    _mean("both_viewpoints", "coverage", "viewpoint_coverage", "viewpoint coverage"),
    _mean("both_viewpoints", "balance", "viewpoint_balance", "viewpoint balance"),
    _passing("schools_found", "schools_found", "each school retrieved"),
    _passing("retrieved", "retrieved", "something to the point retrieved"),
    _mean("retrieved", "recall", "retrieval_recall", f"retrieval recall at {RETRIEVED}"),
    _mean("retrieved", "ndcg", "retrieval_ndcg", f"retrieval nDCG at {RETRIEVED}"),
    _mean("retrieved", "reciprocal_rank", "retrieval_mrr", "retrieval MRR"),
    _mean("retrieved", "viewpoint_recall", "viewpoint_recall", f"viewpoint recall at {RETRIEVED}"),
    *_metamorphic(),
)
"""Every metric, gated ones and must-holds first."""
