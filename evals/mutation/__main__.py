"""The mutants from the terminal: ``python -m evals.mutation [dev|held] [--mode MODE] [--operator NAME] [--misses]``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from assistant.door import Assistant
from evals.errors import EmptySuiteError
from evals.mutation.asking import answers
from evals.mutation.editing import spread
from evals.mutation.operators import mutants
from evals.mutation.printing import print_report
from evals.mutation.reporting import to_json
from evals.mutation.rewordings import rewordings
from evals.mutation.running import Mode
from evals.mutation.split import half_of
from evals.mutation.suite import AT_MOST, chosen, evaluate
from evals.mutation.types import Change, Mutant
from evals.mutation.written import supported, unsupported


def main() -> None:
    """Put mutants and rewordings to the verdict, print what comes of it, and exit 1 where a gate is missed."""
    asked = _parser().parse_args()
    if asked.count:
        sys.stdout.write("\n".join(_counts(asked.samples)) + "\n")
        return
    assistant = Assistant()
    library = assistant.snapshot.library
    try:
        todo = chosen(answers(assistant), library, asked.operator)
    except EmptySuiteError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    report = evaluate(
        todo,
        library,
        halves=(asked.half,),
        modes=(Mode(asked.mode),) if asked.mode else tuple(Mode),
        at_most=None if asked.all else asked.at_most,
    )
    if asked.json is not None:
        asked.json.write_text(to_json(report), encoding="utf-8")
    print_report(report, Console(), shows_misses=asked.misses)
    sys.exit(0 if report.passed else 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.mutation", description="Break good answers and judge them.")
    parser.add_argument("half", nargs="?", choices=("dev", "held"), default="dev", help="the half by source passage")
    parser.add_argument("--mode", choices=tuple(Mode), help="judge as authored, or as free text; both by default")
    parser.add_argument("--operator", help="only what has this in its name")
    parser.add_argument("--at-most", type=int, default=AT_MOST, help=f"of each series ({AT_MOST} by default)")
    parser.add_argument("--all", action="store_true", help="all of each series; takes some minutes")
    parser.add_argument("--misses", action="store_true", help="show what survived; of the dev half only")
    parser.add_argument("--json", type=Path, help="write JSON here")
    parser.add_argument("--count", action="store_true", help="count by operator, and judge nothing")
    parser.add_argument("--samples", type=int, default=0, help="with --count, show this many of each")
    return parser


def _counts(samples: int) -> Iterator[str]:
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
