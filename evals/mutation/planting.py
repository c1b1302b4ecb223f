"""Sentences written by hand, put into an answer in place of one of its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.library import Library
from evals.mutation.editing import pick, schools, sections_of, with_claim
from evals.mutation.types import Change
from evals.mutation.written import Written
from guardrails.types import Answer, Claim, Evidence, EvidenceItem, SectionKind

_ROUTE = "planted"


def planted(answers: Sequence[Answer], library: Library, items: Iterable[Written], operator: str) -> Iterator[Change]:
    """Yield each item in an answer whose evidence holds its passage, else in one to whose evidence it is added.

    It stands for one claim of the school whose passage it cites, or of the evidence section; so a finding about the
    whole answer (its balance, its length) may come of the exchange, and only findings about `claim_id` count.
    """
    for item in items:
        found = _home(answers, library, item)
        if found is not None:
            answer, old = found
            claim = item.as_claim(library, old.id)
            yield Change(
                operator=operator,
                answer=holding(answer, library, (item.passage,)),
                draft=with_claim(answer.draft, old.id, claim),
                claim_id=old.id,
                note=f"{item.passage}: {item.text}",
                group=item.passage,
            )


def _home(answers: Sequence[Answer], library: Library, item: Written) -> tuple[Answer, Claim] | None:
    places = [(a, c) for a in answers if (c := _place(a, library.viewpoint_of(item.passage))) is not None]
    holding = [p for p in places if item.passage in p[0].evidence.passage_ids]
    chosen = holding or places
    return chosen[sum(map(ord, pick((item.text,), item.text))) % len(chosen)] if chosen else None


def _place(answer: Answer, viewpoint: str | None) -> Claim | None:
    if viewpoint is None:
        sections = sections_of(answer, SectionKind.EVIDENCE)
    else:
        sections = tuple(s for s in schools(answer) if s.viewpoint == viewpoint and not s.is_silent)
    return next((c for s in sections for c in s.claims if c.citations), None)


def holding(answer: Answer, library: Library, passages: Iterable[str]) -> Answer:
    """Return an answer to whose evidence those of `passages` are added that it lacks."""
    added = (
        EvidenceItem(passage_id=p, viewpoint=library.viewpoint_of(p), route=_ROUTE, score=1.0)
        for p in passages
        if p not in answer.evidence.passage_ids
    )
    return replace(answer, evidence=Evidence(items=(*answer.evidence.items, *added)))
