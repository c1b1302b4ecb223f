"""Counts of what would be judged, by operator: ``python -m evals.mutation --count``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.door import Assistant
from evals.mutation.asking import answers
from evals.mutation.editing import spread
from evals.mutation.operators import mutants
from evals.mutation.rewordings import rewordings
from evals.mutation.split import half_of
from evals.mutation.types import Change, Mutant
from evals.mutation.written import supported, unsupported


def main() -> None:
    """Write how many mutants and rewordings each operator makes, in each half; nothing is judged."""
    parser = argparse.ArgumentParser(prog="python -m evals.mutation", description="Count mutants and rewordings.")
    parser.add_argument("--count", action="store_true", required=True, help="count by operator, and judge nothing")
    parser.add_argument("--samples", type=int, default=0, help="show this many of each")
    asked = parser.parse_args()
    sys.stdout.write("\n".join(_lines(asked.samples)) + "\n")


def _lines(samples: int) -> Iterator[str]:
    assistant = Assistant()
    library = assistant.snapshot.library
    found = answers(assistant)
    yield f"answers: {len(found)}, passed: {sum(a.verdict.passed for a in found)}"
    yield from _table("mutants", list(mutants(found, library)), samples)
    yield from _table("rewordings", list(rewordings(found, library)), samples)
    yield f"by hand: unsupported {len(unsupported())}, supported {len(supported())}"


def _table(title: str, changes: Sequence[Change], samples: int) -> Iterator[str]:
    held = Counter(c.operator for c in changes if half_of(c.group) == "held")
    yield f"\n{title}: {len(changes)} (held {held.total()}; * must be caught)"
    for name, count in Counter(c.operator for c in changes).items():
        own = [c for c in changes if c.operator == name]
        must = isinstance(own[0], Mutant) and own[0].must_catch
        yield f"{count:6d} {held[name]:6d}  {name}{' *' if must else ''}"
        yield from (f"           {c.note}" for c in (spread(own, samples) if samples else ()))


if __name__ == "__main__":
    main()
