"""Whether two answers are the same where they must be, and differ where they must."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.library import Library
from evals.answers import Answer, citations, cited_passages, known_facts, text_of
from evals.metamorphic.types import Kind, Pair
from guardrails.types import SectionKind, Status

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What speaks against a pair, nothing where it holds, and whether both answers are on the same question."""

    problems: tuple[str, ...]
    same_subject: bool


def compared(pair: Pair, before: Answer, after: Answer, library: Library) -> Compared:
    """Return what the two answers of `pair` show."""
    if pair.relation.kind is Kind.DIFFERENT:
        problems = _unchanged(pair, before, after)
    else:
        problems = _changed(before, after, library)
        if pair.after.evidence_reversed:
            problems = (*problems, *_concluded_otherwise(before, after))
    return Compared(problems=tuple(problems), same_subject=_subject(before) == _subject(after))


def schools_cited(answer: Answer, library: Library) -> frozenset[str]:
    """Return whose passages are cited, by the library's word."""
    found = {library.viewpoint_of(p) for p in cited_passages(answer) if p in library.passages}
    return frozenset(v for v in found if v is not None)


def _changed(before: Answer, after: Answer, library: Library) -> Iterator[str]:
    """Yield what is not the same: how it ended, or the schools cited."""
    if before["status"] != after["status"]:
        yield f"{before['status']} became {after['status']}"
        return
    was, now = schools_cited(before, library), schools_cited(after, library)
    if was != now:
        yield f"schools {_listed(was)} became {_listed(now)}"


def _concluded_otherwise(before: Answer, after: Answer) -> Iterator[str]:
    if _subject(before) != _subject(after):
        yield f"on {_subject(before)} became on {_subject(after)}"
    elif _conclusion(before) != _conclusion(after):
        yield "the short answer leans on other passages"


def _unchanged(pair: Pair, before: Answer, after: Answer) -> Iterator[str]:
    """Yield what should have changed and did not."""
    named = [f["pattern"] for f in after["red_flags"] if not f.get("dismissed")]
    if pair.relation.awaits_red_flag:
        if after["status"] != Status.ESCALATED:
            yield f"not escalated but {after['status']}"
        elif not set(named) & set(pair.awaits):
            yield f"expected {' or '.join(pair.awaits)}, named {', '.join(named)}"
        return
    was, now = known_facts(before), known_facts(after)
    yield from (f"{fact} is not read" for fact in pair.awaits if now.get(fact) in (None, was.get(fact)))
    if _wording(before) == _wording(after):
        yield "nothing is said otherwise, numbers apart"


def _subject(answer: Answer) -> str:
    """Return the question of the library that answers; empty where none does."""
    return next(iter(answer["cruxes"]), "")


def _conclusion(answer: Answer) -> frozenset[str]:
    """Return the passages that the short answer leans on."""
    listed = citations(answer)
    short = [c for s in answer["sections"] if s["kind"] == SectionKind.SHORT_ANSWER for c in s["claims"]]
    return frozenset(listed[n]["passage_id"] for c in short for n in c["citations"] if n in listed)


def _wording(answer: Answer) -> str:
    """Return what an answer says, whatever the numbers in it."""
    return _NUMBER.sub("#", text_of(answer))


def _listed(names: frozenset[str]) -> str:
    return " + ".join(sorted(names)) or "none"
