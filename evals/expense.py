"""What answers cost: time, tokens, money. Shown, never a gate: it hangs on the machine and the model's prices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evals.metrics import quantile
from evals.results import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """The cost of `n` answers, as their provenance tells it. `cost` is None where a model's price is not known."""

    n: int
    median_ms: float
    p95_ms: float
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float | None

    def __str__(self) -> str:
        """Return it in words, such as ``33 ms at the median, 61 ms at the 95th percentile (n = 200)``."""
        time = f"{self.median_ms:.0f} ms at the median, {self.p95_ms:.0f} ms at the 95th percentile (n = {self.n})"
        if not self.calls:
            return time
        price = "price not set" if self.cost is None else f"cost {self.cost:.2f}"
        return f"{time}; {self.calls} calls, {self.input_tokens} tokens in, {self.output_tokens} out, {price}"


def expense(results: Iterable[Result]) -> Expense | None:
    """Return what the answers of a run cost; None where none says how long it took."""
    told = [p for r in results if (p := _provenance(r))]
    times = _times_ms(told)
    median, slow = quantile(times, 0.5), quantile(times, 0.95)
    if median is None or slow is None:
        return None
    usages = [u for p in told if (u := p.get("usage"))]
    costs = [u["cost"] for u in usages]
    return Expense(
        n=len(told),
        median_ms=median,
        p95_ms=slow,
        calls=sum(u["calls"] for u in usages),
        input_tokens=sum(u["input_tokens"] for u in usages),
        output_tokens=sum(u["output_tokens"] for u in usages),
        cost=None if None in costs else sum(costs, 0.0),
    )


def times_ms(results: Iterable[Result]) -> list[float]:
    """Return how long each answer took that says so, in milliseconds."""
    return _times_ms(p for r in results if (p := _provenance(r)))


def _times_ms(told: Iterable[dict[str, Any]]) -> list[float]:
    return [float(p["elapsed_ms"]) for p in told]


def _provenance(result: Result) -> dict[str, Any]:
    """Return the provenance of an answer that says how long it took, else an empty one."""
    found: Any = (result.answer or {}).get("provenance")
    return found if isinstance(found, dict) and "elapsed_ms" in found else {}
