"""Says how far claims are supported by the passages they cite, in the eyes of two readers rather than of the gate.

``python -m evals.support`` prints it. ``evals/judged/support.jsonl`` holds 200 claims of answers to the test part, each
with the passages it cites and a label by each of two readers (language models in an appraiser's part), who saw claim
and passages and nothing else: ``full``, ``partly`` (a detail goes beyond) or ``no``. Under ``strict`` the design and
weight in brackets, such as "(trial, moderate)", count as part of the claim, although they come from its record.

Source: Cohen J 1960, A coefficient of agreement for nominal scales, Educ Psychol Meas 20:37-46.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.metrics import wilson_interval

JUDGED = Path(__file__).parent / "judged" / "support.jsonl"
LABELS = ("full", "partly", "no")
Pair = tuple[str, str]


def read_labels(kind: str = "labels", path: Path = JUDGED) -> tuple[Pair, ...]:
    """Return the two readers' labels of each claim; `kind` is ``labels`` or ``strict``."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple((first, second) for first, second in (row[kind] for row in rows))


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Return the two readers' agreement beyond chance; None without pairs, or where neither ever differs in label.

    >>> kappa([("full", "full"), ("no", "no"), ("full", "no"), ("no", "full")])
    0.0
    """
    n = len(pairs)
    if not n:
        return None
    first, second = (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(first[label] * second[label] for label in LABELS) / n**2
    return None if by_chance == 1 else (sum(a == b for a, b in pairs) / n - by_chance) / (1 - by_chance)


def report(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield the lines of a set of labels."""
    for label in LABELS:
        both = sum(pair == (label, label) for pair in pairs)
        yield f"{label} to both: {_of(both, len(pairs))}"
    agreed = kappa(pairs)
    yield f"readers agree on {_of(sum(a == b for a, b in pairs), len(pairs))}" + (
        f", kappa {agreed:.2f}" if agreed is not None else ""
    )


def _of(count: int, n: int) -> str:
    limits = wilson_interval(count, n)
    return f"{count} of {n}" + (f" ({100 * limits.low:.0f} to {100 * limits.high:.0f} %)" if limits else "")


def main() -> None:
    """Print the figures, with and without the bracketed design and weight."""
    for kind in ("labels", "strict"):
        print(f"{kind}:")
        for line in report(read_labels(kind)):
            print(f"  {line}")


if __name__ == "__main__":
    main()
