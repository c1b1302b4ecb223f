"""The process of a job: ``python -m ui.performing TASK JSON`` does it and tells of it on stdout, a JSON object a line.

Each line is progress (`what`, `done`, `total`); the last is its `result`, or its `error` in words. ``ui.jobs`` starts
it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, TextIO

Tell = Callable[[str, int, int], None]


def index(given: Mapping[str, Any], tell: Tell) -> Any:
    """Bring the index up to date; with `forget`, what is no longer in the library is nowhere kept."""
    from assistant.settings import Settings
    from corpus.index import build, forget_old

    settings = Settings().index
    pointer = build(settings, tell)
    if given.get("forget"):
        forget_old(settings, tell)
    return {"passages": pointer.passages}


def evals(given: Mapping[str, Any], tell: Tell) -> Any:
    """Run the evals; the report of a complete run is kept."""
    from assistant.door import Assistant
    from ui.evaluation import Order, reported

    order = Order(suites=tuple(given.get("suites", ())))
    report = reported(Assistant(progress=tell), order, lambda n, total, case: tell(case, n, total))
    return {"is_complete": report.run.is_complete}


TASKS: Mapping[str, Callable[[Mapping[str, Any], Tell], Any]] = {"index": index, "evals": evals}


def main(task: str, given: str) -> int:
    """Do `task`; return the exit code. What other code prints goes to stderr, so that stdout holds our lines alone."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        try:
            _say(out, result=TASKS[task](json.loads(given), lambda *told: _say(out, **_progress(*told))))
        except KeyboardInterrupt:
            _say(out, result=None)
        except Exception as error:  # noqa: BLE001 - the edge: the other process is told in words
            _say(out, error=str(error) or type(error).__name__)
            return 1
    return 0


def _progress(what: str, done: int, total: int) -> dict[str, Any]:
    return {"what": what, "done": done, "total": total}


def _say(out: TextIO, **told: Any) -> None:
    print(json.dumps(told), file=out, flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
