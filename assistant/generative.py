"""A language model's draft: what it is told, and how its reply becomes claims that the verdict can judge.

The model writes sentences for some parts of the answer; the rest stays as the library has it. What it writes has no
origin in the library, so that the verdict takes none of it on trust. Nothing it writes is dropped or mended here: an
unknown key stays as an unknown citation, an unknown school as an unknown school, and the verdict finds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.asking import PARTS, Task, lengths_of
from assistant.extractive import compose, silent_schools
from assistant.faults import Fault, ModelError
from assistant.fitting import may_speak_for
from assistant.keys import cited, keys_for
from assistant.lines import section_title
from assistant.planning import Plan
from corpus.library import Library
from corpus.weighing import weighed
from guardrails.notes import WRITTEN
from guardrails.types import (
    Basis,
    Case,
    Citation,
    Claim,
    Detail,
    Draft,
    Evidence,
    Flagged,
    Section,
    SectionKind,
)

_MOST_PASSAGES = 48  # chosen: the crux's own come first; with them a prompt has some 7,000 tokens (docs/models.md)
_MOST_CLAIMS = 12
_LONGEST_CLAIM_CHARS = 600
_LONGEST_KEY_CHARS = 80
_AUTHORED_KINDS = frozenset({SectionKind.SAFETY, SectionKind.QUESTIONS, SectionKind.MISSING, SectionKind.NOTE})
_ROUTES = ("crux", "search", "measure")  # nearest first; a red flag's passages are for its notice, which is authored


class _Claim(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    text: str = Field(min_length=1, max_length=_LONGEST_CLAIM_CHARS)
    cites: list[str] = Field(max_length=_MOST_CLAIMS)


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    short_answer: list[_Claim] = Field(min_length=1, max_length=_MOST_CLAIMS)
    next_steps: list[_Claim] = Field(default=[], max_length=_MOST_CLAIMS)
    views: dict[str, list[_Claim]]
    evidence: list[_Claim] = Field(default=[], max_length=_MOST_CLAIMS)
    agreement: list[_Claim] = Field(default=[], max_length=_MOST_CLAIMS)


def task_of(
    case: Case,
    made: Plan,
    flags: Sequence[Flagged],
    evidence: Evidence,
    authored: Draft,
    library: Library,
    given: Sequence[str] | None = None,
    *,
    evidence_reversed: bool = False,
) -> Task:
    """Return what a model has to draft; `made` must have a crux. Where passages are `given`, it may cite no other."""
    guide = compose(case, replace(made, detail=Detail.FULL), flags, library)
    schools = _ordered(authored, made)
    silent = silent_schools(case, made.crux, library)
    kept = [c for _, c in _kept(authored)]
    core = _core(made, library)
    citable = _citable(case, {*_leaned_on(guide), *core}, evidence, schools, library)
    if given is not None:
        citable = [p for p in dict.fromkeys(given) if p in evidence.passage_ids]
    return Task(
        case=case,
        authored=authored,
        guide=guide,
        keys=keys_for(citable[::-1] if evidence_reversed else citable),
        library=library,
        schools=schools,
        silent=silent,
        core=core,
        weighed=weighed(made.crux, library),
        lengths=lengths_of(
            authored.detail,
            kept,
            extra=WRITTEN,
            computed=_computed(kept),
            silent=len(silent),
            schools=len(schools),
        ),
    )


def _ordered(authored: Draft, made: Plan) -> tuple[str, ...]:
    """Return the debate's schools in the order in which they will be read: the one that was named comes first."""
    seen = [s.viewpoint for s in authored.sections if s.viewpoint]
    return tuple(dict.fromkeys([*seen, *made.debate.viewpoints]))


def _core(made: Plan, library: Library) -> frozenset[str]:
    """Return the passages that hold each school's own word on the question, of which each view must cite one."""
    views = made.crux.views.items() if made.crux else ()
    said = ((school, p) for school, view in views for text in view.says for p in text.cites)
    return frozenset(p for school, p in said if library.viewpoint_of(p) == school)


def _leaned_on(draft: Draft) -> Iterator[str]:
    yield from (c.passage_id for claim in draft.claims for c in claim.citations)


def _citable(
    case: Case, first: AbstractSet[str], evidence: Evidence, schools: Sequence[str], library: Library
) -> list[str]:
    """Return the passages that are shown: the `first`, then the crux's own, then the best found.

    What the search brought up by near words is shown only where it is about people like this patient.
    """
    allowed = [i for i in evidence.items if i.route in _ROUTES and i.viewpoint in (None, *schools)]
    allowed.sort(key=lambda i: (_ROUTES.index(i.route), -i.score, i.passage_id))
    leading = [i.passage_id for i in allowed if i.passage_id in first]
    more = [i.passage_id for i in allowed if i.route != "search" or _fits(i.passage_id, case, library)]
    return list(dict.fromkeys([*leading, *more]))[:_MOST_PASSAGES]


def _fits(passage_id: str, case: Case, library: Library) -> bool:
    return library.viewpoint_of(passage_id) is not None or may_speak_for(case, library.passages[passage_id])


def _kept(authored: Draft) -> Iterator[tuple[Section, Claim]]:
    """Yield what a model never writes: safety, questions, notes, what is missing, what was computed, silent schools."""
    for section in authored.sections:
        for claim in section.claims:
            if section.kind in _AUTHORED_KINDS or section.is_silent or claim.basis is Basis.COMPUTED:
                yield section, claim


def _computed(kept: Sequence[Claim]) -> int:
    return sum(c.basis is Basis.COMPUTED for c in kept)


def draft_of(reply: Mapping[str, Any], task: Task, composer: str) -> Draft:
    """Return the model's claims with the authored ones in their places, numbered in reading order.

    Raises:
        ModelError: `reply` has not the form that was asked for.
    """
    try:
        written = _Reply.model_validate(reply)
    except ValidationError as error:
        place = error.errors()[0]["loc"][0] if error.errors()[0]["loc"] else ""
        raise ModelError(Fault.BAD_JSON, where=str(place) if place in PARTS else "") from None
    sections = [s for kind in SectionKind for s in _sections(kind, written, task) if s.claims]
    return replace(task.authored, sections=_numbered(sections), composer=composer)


def _sections(kind: SectionKind, written: _Reply, task: Task) -> Iterator[Section]:
    if kind is SectionKind.VIEWPOINT:
        for school in dict.fromkeys((*task.schools, *written.views)):
            yield _view(school, written.views.get(school, []), task)
        return
    own = {
        SectionKind.SHORT_ANSWER: written.short_answer,
        SectionKind.DECIDING: written.next_steps,
        SectionKind.EVIDENCE: written.evidence,
        SectionKind.AGREEMENT: written.agreement,
    }.get(kind, [])
    kept = [c for s, c in _kept(task.authored) if s.kind is kind]
    if kind is SectionKind.NOTE:
        kept = [*kept, Claim(id="", text=WRITTEN, basis=Basis.CASE)]
    title = section_title(kind, None, task.library, task.weighed)
    yield Section(kind=kind, title=title, claims=(*(_claim(c, task) for c in own), *kept))


def _view(school: str, own: Sequence[_Claim], task: Task) -> Section:
    kept = [c for s, c in _kept(task.authored) if s.viewpoint == school]
    is_known = school in task.library.viewpoint_by_id
    title = section_title(SectionKind.VIEWPOINT, school, task.library) if is_known else "A school that is none"
    return Section(
        kind=SectionKind.VIEWPOINT,
        title=title,
        viewpoint=school if is_known else school[:_LONGEST_KEY_CHARS],
        claims=(*kept, *(_claim(c, task) for c in own)),
        is_silent=school in task.silent,
    )


def _claim(written: _Claim, task: Task) -> Claim:
    """Return one sentence as a claim without origin; a passage's own text, word for word, is a quotation of it."""
    text = " ".join(written.text.split())
    ids = list(dict.fromkeys(cited(key, task.keys) for key in written.cites))
    passages = task.library.passages
    quotes = [passages[i].text if i in passages else "" for i in ids]
    basis = Basis.SOURCE if set(quotes) == {text} else Basis.SYNTHESIS
    citations = tuple(Citation(passage_id=i, quote=q) for i, q in zip(ids, quotes, strict=True))
    return Claim(id="", text=text, basis=basis, citations=citations)


def _numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    numbers = iter(range(1, 1 + sum(len(s.claims) for s in sections)))
    return tuple(replace(s, claims=tuple(replace(c, id=f"c{next(numbers)}") for c in s.claims)) for s in sections)
