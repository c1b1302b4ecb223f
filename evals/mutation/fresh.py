"""Fresh hundreds of broken sentences and of true ones, by people who had seen neither checks nor operators.

``python -m evals.mutation.fresh`` judges each as a model's free text and prints, by set and kind, how many are caught,
and how many of the true ones pass. The first was written after the halves of ``evals.mutation`` had been looked at and
mended on, the second after the first had; each shows regressions only, once it was looked at. It ends with 1 when a
broken one of a gated kind survives.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from importlib.resources import files

from assistant.door import Assistant
from evals.mutation.asking import answers
from evals.mutation.planting import planted
from evals.mutation.rewordings import passed
from evals.mutation.running import Kind, Mode, Outcome, Row, Series, run
from evals.mutation.written import Written
from evals.phrasing import share_in_words

TRUE = "true"
GATED = ("number", "unit", "negation", "school", "safety")


SETS = ("fresh", "fresh-2")


def fresh(name: str) -> dict[str, tuple[Written, ...]]:
    """Return the sentences of a set by kind: what each was broken in, or `TRUE`."""
    found: dict[str, list[Written]] = {}
    for line in (files("evals.mutation") / f"{name}.jsonl").read_text("utf-8").splitlines():
        read = json.loads(line)
        kind = read["kind"]
        sentence = Written(passage=read["passage"], text=read["text"], why=None if kind == TRUE else kind)
        found.setdefault(kind, []).append(sentence)
    return {kind: tuple(sentences) for kind, sentences in found.items()}


def rows(assistant: Assistant, name: str) -> Iterator[Row]:
    """Yield how the sentences of each kind of a set came out, those of either half of the split."""
    library = assistant.snapshot.library
    passing = passed(answers(assistant))
    series = [
        Series(
            name=kind,
            kind=Kind.REWORDING if kind == TRUE else Kind.UNSUPPORTED,
            make=partial(planted, passing, library, sentences, kind),
        )
        for kind, sentences in fresh(name).items()
    ]
    yield from run(series, library, halves=("dev", "held"), modes=(Mode.FREE,))


def main() -> int:
    """Print the figures, the survivors of gated kinds by name."""
    assistant, survived = Assistant(), []
    for name in SETS:
        seen: dict[str, list[Outcome]] = {}
        for row in rows(assistant, name):
            seen.setdefault(row.name, []).extend(t.outcome for t in row.trials)
            lost = [t for t in row.trials if t.outcome is Outcome.SURVIVED]
            survived += [f"{name}, {row.name}: {t.note}" for t in lost if row.name in GATED]
        for kind, outcomes in seen.items():
            wanted, word = (Outcome.PASSED, "pass") if kind == TRUE else (Outcome.CAUGHT, "caught")
            count = share_in_words(outcomes.count(wanted), len(outcomes))
            sys.stdout.write(f"{name}, {kind}: {count} {word}\n")
    if "--misses" in sys.argv[1:]:
        sys.stdout.writelines(f"{line}\n" for line in survived)
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
