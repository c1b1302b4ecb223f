"""The default composer: plans an answer and takes its sentences from the library.

No model, no randomness: the same case, plan and library give the same draft. Lines are added by
importance and dropped, least important first, until the answer fits its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evidencing import evidence_lines
from assistant.limiting import Limits, limits_on
from assistant.lines import Line, authored, fit, to_sections, without_repeats
from assistant.measuring import computed_value, fitted, measured_lines
from assistant.opening import asked_for, first_sentence, short_answer
from assistant.planning import Plan
from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import holds
from corpus.sentences import Sentence, decider_text, need_text, render, variant
from corpus.types import Crux, Text, View, Viewpoint
from corpus.weighing import weighed
from guardrails.limits import limit_note
from guardrails.notes import OTHER_SIDE, elsewhere, one_side
from guardrails.types import (
    Basis,
    Case,
    Computed,
    Detail,
    Draft,
    Flagged,
    Intent,
    SectionKind,
)

COMPOSER = "extractive"
_INTENTS_OF_DOSE = frozenset({Intent.DOSE, Intent.PLAN, Intent.CHOICE})
_CASE_FACTS = 2


def compose(case: Case, made: Plan, flags: Sequence[Flagged], library: Library, note: str | None = None) -> Draft:
    """Return the draft of an answer to `case`; `made` must have a crux or something to quote.

    A `note` is kept whatever else has to go to make the answer fit.
    """
    crux = made.crux
    if crux is None:
        lines = [*_quoted_lines(case, made, library), *_notes(case, made)]
        return _draft(case, made, library, fit(lines, made.detail), None)
    limits = limits_on(case.known, library)
    lines = [*_safety(flags, library), *short_answer(case, made, crux, limits)]
    lines += [
        *_deciding(case, made, crux, limits),
        *measured_lines(case.known, made, crux, library),
        *_questions(case, crux, limits),
        *_leading(case, library, crux),
    ]
    lines += [*_views(case, crux, library, made.detail), *evidence_lines(case, made, crux, library)]
    lines += [
        *_agreement(case, crux),
        *_missing(case, crux, limits),
        *_secondary(case, made),
        *_elsewhere(made, library),
    ]
    lines += [_note(SectionKind.NOTE, note, 0)] if note else []
    lines += [*_limits(limits), *_notes(case, made)]
    return _draft(case, made, library, fitted(without_repeats(lines), made.detail), crux)


def _note(kind: SectionKind, text: str, rank: int) -> Line:
    return Line(kind=kind, sentence=None, text=text, rank=rank, basis=Basis.CASE)


def _notes(case: Case, made: Plan) -> list[Line]:
    """Return what was left out, and how the conversation was read; never dropped for length."""
    return [_note(SectionKind.NOTE, text, 0) for text in (*made.notes, *case.notes)]


def _safety(flags: Sequence[Flagged], library: Library) -> Iterator[Line]:
    for flag in flags:
        if flag.dismissed is None:
            part = "cleared" if flag.is_cleared else "check" if flag.is_possible else "do_now"
            yield from authored(SectionKind.SAFETY, render(library, f"red-flag/{flag.pattern}/{part}", {}), 0)


def _limits(limits: Limits) -> Iterator[Line]:
    """Yield the limits told of this leg: what the library says of all patients must not be done against them."""
    for limit in limits.held:
        if not limit.cites:
            yield _note(SectionKind.NOTE, limit_note(limit), 0)


def _deciding(case: Case, made: Plan, crux: Crux, limits: Limits) -> Iterator[Line]:
    """Yield what to do next and which tests decide, within the limits, and what passages say of one that was met."""
    facts, kind = case.known, SectionKind.DECIDING
    deciders = _deciders(crux, facts)
    usual = _next(crux, made.point, facts)
    said = limits.on_asked(asked_for(case))
    met = limits.sourced([usual.text if usual else "", *(text for _, text, _, _ in deciders)])
    yield from authored(kind, _next(crux, made.point, facts, limits), 2)
    allowed = [d for d in deciders if not limits.rule_out(d[1])]
    for position, (number, text, cites, computed) in enumerate(allowed):
        sentence = Sentence(origin=f"{crux.id}/decides/{number}", text=text, cites=cites)
        basis = Basis.COMPUTED if computed else Basis.SYNTHESIS
        rank = 2 if computed else (3, 8, 9)[min(position, 2)]
        if position < (2 if made.detail is Detail.BRIEF else 3):
            yield from authored(kind, sentence, rank, basis=basis, computed=computed)
    rank = 2 if case.intent in _INTENTS_OF_DOSE else 7
    yield from authored(kind, limits.variant(crux, "dose", crux.dose, facts), rank)
    for sentence in met:
        if sentence not in said:
            yield from authored(kind, sentence, 8)


def _next(crux: Crux, point: int | None, facts: Facts, limits: Limits | None = None) -> Sentence | None:
    chosen = limits.variant if limits else variant
    texts = crux.points[point].next if point is not None else ()
    own = chosen(crux, f"points.{point}.next", texts, facts) if texts else None
    return own or chosen(crux, "next", crux.next, facts)


def _deciders(crux: Crux, facts: Facts) -> list[tuple[int, str, tuple[str, ...], Computed | None]]:
    """Return the tests that bear on this case, those already measured first."""
    found = [
        (n, decider_text(d, facts), d.cites, computed_value(d.fact, facts))
        for n, d in enumerate(crux.decides)
        if holds(d.when, facts)
    ]
    return sorted(found, key=lambda item: (item[3] is None, item[0]))


def _questions(case: Case, crux: Crux, limits: Limits) -> Iterator[Line]:
    for position, number in enumerate(_unknown(case, crux, limits)[:2]):
        yield from _need(SectionKind.QUESTIONS, crux, "needs", number, 5 + 3 * position)


def _unknown(case: Case, crux: Crux, limits: Limits) -> list[int]:
    """Return the positions of the needs that the case does not tell and that may be asked for, most decisive first.

    A test that a limit of this leg rules out is not asked for.
    """
    answered = case.known.keys() | case.unasked
    needs = enumerate(crux.needs)
    return [n for n, need in needs if need.fact not in answered and not limits.rule_out(need.ask)]


def _need(kind: SectionKind, crux: Crux, place: str, number: int, rank: int) -> Iterator[Line]:
    sentence = Sentence(origin=f"{crux.id}/{place}/{number}", text=need_text(crux, place, number), cites=())
    yield from authored(kind, sentence, rank, basis=Basis.CASE)


def _leading(case: Case, library: Library, crux: Crux) -> Iterator[Line]:
    if case.only is None:
        return
    other = [v.surname for v in _ordered(case, crux, library) if v.id != case.only]
    shown = OTHER_SIDE if case.only == "other" else " and ".join(other)
    yield _note(SectionKind.NOTE, one_side(shown), 1)


def _views(case: Case, crux: Crux, library: Library, detail: Detail) -> Iterator[Line]:
    order = _ordered(case, crux, library)
    silent = {v.id: silent_line(crux, crux.views[v.id], v.id, case.known) for v in order}
    speaking = [v for v in order if silent[v.id] is None]
    parts = ("says",) if detail is Detail.BRIEF else ("says", "because", "applied", "concedes")
    if len(speaking) < len(order):
        parts = parts[:2]
    spoken: list[Line] = []
    for rank, part in enumerate(parts):
        lines = [_view_line(crux, v, part, case.known, (0, 5, 7, 9)[rank]) for v in speaking]
        spoken += [line for line in lines if line] if all(lines) else []
    for viewpoint in order:
        yield from authored(SectionKind.VIEWPOINT, silent[viewpoint.id], 0, viewpoint=viewpoint.id)
        yield from (line for line in spoken if line.viewpoint == viewpoint.id)


def _view_line(crux: Crux, viewpoint: Viewpoint, part: str, facts: Facts, rank: int) -> Line | None:
    texts: tuple[Text, ...] = getattr(crux.views[viewpoint.id], part)
    found = variant(crux, f"views.{viewpoint.id}.{part}", texts, facts)
    if found is None:
        return None
    return Line(
        kind=SectionKind.VIEWPOINT, sentence=found, text=found.text, rank=rank, viewpoint=viewpoint.id, pair=part
    )


def silent_line(crux: Crux, view: View, viewpoint_id: str, facts: Facts) -> Sentence | None:
    """Return the one line of a school that has nothing on this question or this case, else None."""
    reach = variant(crux, f"views.{viewpoint_id}.reach", view.reach, facts)
    if reach is not None:
        return reach
    return variant(crux, f"views.{viewpoint_id}.says", view.says, facts) if view.silent else None


def _ordered(case: Case, crux: Crux, library: Library) -> list[Viewpoint]:
    """Return the debate's schools, the one the question names first coming first."""
    ids = library.debate_by_id[crux.debate].viewpoints
    return [library.viewpoint_by_id[v] for v in sorted(ids, key=lambda v: (v != case.named_first, ids.index(v)))]


def _agreement(case: Case, crux: Crux) -> Iterator[Line]:
    yield from authored(SectionKind.AGREEMENT, variant(crux, "agree", crux.agree, case.known), 6)


def _missing(case: Case, crux: Crux, limits: Limits) -> Iterator[Line]:
    if len(case.known) < _CASE_FACTS:
        return
    for number in _unknown(case, crux, limits)[2:3]:
        yield from _need(SectionKind.MISSING, crux, "missing", number, 9)


def _secondary(case: Case, made: Plan) -> Iterator[Line]:
    """Yield the first sentence of the other half of a question in two parts."""
    if made.secondary is not None:
        yield from authored(SectionKind.SHORT_ANSWER, first_sentence(made.secondary, case), 3)


def _elsewhere(made: Plan, library: Library) -> Iterator[Line]:
    """Yield a pointer to another debate that the question touches; this answer holds one debate's schools only."""
    if made.elsewhere is not None:
        title = library.debate_by_id[made.elsewhere.debate].title
        yield _note(SectionKind.NOTE, elsewhere(title, made.elsewhere.question), 1)


def _quoted_lines(case: Case, made: Plan, library: Library) -> Iterator[Line]:
    yield _note(
        SectionKind.NOTE,
        "Nothing in the library answers this in its own words; the short answer quotes a document of your clinic.",
        0,
    )
    for passage in made.quoted:
        text = library.passages[passage].text
        sentence = Sentence(origin=f"passage/{passage}", text=text, cites=(passage,))
        yield from authored(SectionKind.SHORT_ANSWER, sentence, 0, basis=Basis.SOURCE)
    for viewpoint in made.debate.viewpoints:
        sentence = render(library, f"viewpoint/{viewpoint}/nearest", case.known)
        yield from authored(SectionKind.VIEWPOINT, sentence, 0, viewpoint=viewpoint)


def _draft(case: Case, made: Plan, library: Library, lines: list[Line], crux: Crux | None) -> Draft:
    return Draft(
        sections=to_sections(
            lines, library, silent=silent_schools(case, crux, library), weighed=weighed(crux, library)
        ),
        debates=(made.debate.id,),
        cruxes=tuple(c.id for c in (crux, made.secondary) if c),
        composer=COMPOSER,
        detail=made.detail,
        missing=tuple(n.fact for n in crux.needs if n.fact not in case.known) if crux else (),
    )


def silent_schools(case: Case, crux: Crux | None, library: Library) -> frozenset[str]:
    """Return the schools that have nothing on the question: all of them, where only a clinic's document answers."""
    if crux is None:
        return frozenset(library.viewpoint_by_id)
    return frozenset(v for v, view in crux.views.items() if silent_line(crux, view, v, case.known))
