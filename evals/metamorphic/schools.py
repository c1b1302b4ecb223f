"""Which school is named first."""

from __future__ import annotations

import re

from corpus.library import Library
from evals.cases import EvalCase
from evals.metamorphic.types import Change, asked_as
from guardrails.types import Status

_BETWEEN = r"(?:\s[a-z]+){0,2}?\s?(?:\b(?:or|and|vs\.?|v|versus|against)\b|/|\+)(?:\sthe)?\s?"


def other_named_first(case: EvalCase, library: Library) -> Change | None:
    """Return the question with the two schools in the other order: those it names side by side, or both put before it.

    None where it is not to be answered by two schools.
    """
    if case.expect.status is not Status.ANSWERED or len(case.expect.viewpoints) != 2:
        return None
    swapped = swapped_schools(case, library)
    if swapped is not None:
        return Change(after=asked_as(case, swapped))
    one, other = (library.viewpoint_by_id[v].surname for v in case.expect.viewpoints)
    return Change(
        before=asked_as(case, f"I have read {one} and {other}. {case.question}"),
        after=asked_as(case, f"I have read {other} and {one}. {case.question}"),
    )


def swapped_schools(case: EvalCase, library: Library) -> str | None:
    """Return the question with the names of two schools swapped that stand side by side, such as "calf or chain"."""
    one, other = (_names(v, library) for v in case.expect.viewpoints)
    for first, second in ((one, other), (other, one)):
        pattern = re.compile(rf"\b(?P<a>{first})\b(?P<between>{_BETWEEN})\b(?P<b>{second})\b", re.IGNORECASE)
        if pattern.search(case.question):
            return pattern.sub(r"\g<b>\g<between>\g<a>", case.question, count=1)
    return None


def _names(viewpoint_id: str, library: Library) -> str:
    viewpoint = library.viewpoint_by_id[viewpoint_id]
    names = sorted({viewpoint.surname, *viewpoint.aliases}, key=lambda n: (-len(n), n))
    return "|".join(map(re.escape, names))
