"""A retrieval report as people and machines read it: lines for the terminal, JSON, and the product's run."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from evals.retrieval import METRICS, PRODUCT, SEED, Mean, RetrievalReport

SCHEMA = "counterpoint/retrieval-report/1"
_SHARES = {m.name for m in METRICS if m.is_share}


def to_lines(report: RetrievalReport) -> list[str]:
    """Return a head, then for each metric a line a ranking: its mean, and how far the product is ahead, paired."""
    head = (
        f"{report.folder}, {report.judgements}: {report.questions} questions, {report.relevant} relevant passages "
        f"among {report.passages}; 95 % intervals"
    )
    lines = [head]
    means = {name: report.means(name) for name in report.values}
    ahead = {name: report.differences(name) for name in report.values if name != PRODUCT}
    for place, metric in enumerate(METRICS):
        if means[PRODUCT][place].n:
            lines.append(f"  {metric.label}")
            lines += [_line(name, means[name][place], ahead[name][place] if name in ahead else None) for name in means]
    return lines


def _line(name: str, mean: Mean, ahead: Mean | None) -> str:
    gap = f"  product ahead by {in_words(ahead, signed=True)}" if ahead else ""
    return f"    {name:<24}{in_words(mean):<36}{gap}".rstrip()


def in_words(mean: Mean, *, signed: bool = False) -> str:
    """Return a mean with its count and 95 % interval, such as ``0.812 (0.775 to 0.846, n = 60)``."""
    if mean.value is None:
        return "not scored"
    sign = "+" if signed else ""
    limits = f"{mean.interval.low:{sign}.3f} to {mean.interval.high:{sign}.3f}, " if mean.interval else ""
    whole = mean.metric in _SHARES and not signed
    counted = f"{round(mean.value * mean.n)} of {mean.n}" if whole else f"n = {mean.n}"
    return f"{mean.value:{sign}.3f} ({limits}{counted})"


def to_json(report: RetrievalReport) -> str:
    """Return the report as JSON, schema `counterpoint/retrieval-report/1`."""
    others = [name for name in report.values if name != PRODUCT]
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "set": report.folder,
        "judgements": report.judgements,
        "passages": report.passages,
        "questions": report.questions,
        "relevant": report.relevant,
        "provenance": {"collection": report.collection, "encoder": report.encoder, "seed": SEED},
        "figures": {name: [asdict(m) for m in report.means(name)] for name in report.values},
        "product_less": {name: [asdict(m) for m in report.differences(name)] for name in others},
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def to_run(report: RetrievalReport) -> str:
    """Return the product's ranking, a question's and a passage's id a line with a tab between, in rank order."""
    return "".join(f"{query}\t{passage}\n" for query, ranked in report.run.items() for passage in ranked)
