"""All operators by name, and the mutants they make of a list of answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.library import Library
from evals.mutation import citations, directions, findings, numbers, populations, schools, structure, wording
from evals.mutation.editing import by_rewriting, spread
from evals.mutation.types import Mutant, Operator
from guardrails.types import Answer, Draft, Status

# So that no operator, and no long answer, outweighs the rest. Chosen.
MOST_PER_ANSWER = 4

OPERATORS: tuple[Operator, ...] = (
    Operator(name="citation: invented key", edits=citations.invented_key, must_catch=True),
    Operator(name="citation: key one sign away", edits=citations.near_key, must_catch=True),
    Operator(name="citation: not retrieved", edits=citations.unretrieved, must_catch=True),
    Operator(name="citation: none", edits=citations.uncited, must_catch=True),
    Operator(name="citation: called a fact of the case", edits=citations.called_case, must_catch=True),
    Operator(name="citation: misquoted", edits=citations.misquoted, must_catch=True),
    Operator(name="citation: another passage's quote", edits=citations.wrong_quote, must_catch=True),
    Operator(name="citation: swapped between two claims", edits=citations.two_citations_swapped),
    Operator(name="citation: beside the point", edits=citations.beside_the_point),
    Operator(name="citation: one of several lost", edits=citations.one_citation_lost),
    Operator(name="number: small change", edits=by_rewriting(numbers.small_change), must_catch=True),
    Operator(name="number: large change", edits=by_rewriting(numbers.large_change), must_catch=True),
    Operator(name="number: digits turned", edits=by_rewriting(numbers.digits_turned), must_catch=True),
    Operator(name="number: word", edits=by_rewriting(numbers.word_number), must_catch=True),
    Operator(name="number: another claim's", edits=numbers.others_number, must_catch=True),
    Operator(name="number: added", edits=by_rewriting(numbers.numbers_added), must_catch=True),
    Operator(name="number: unit", edits=by_rewriting(numbers.other_unit), must_catch=True),
    Operator(name="number: miscomputed", edits=numbers.miscomputed, must_catch=True),
    Operator(name="number: case misread", edits=numbers.misread_case, must_catch=True),
    Operator(name="direction: reversed", edits=by_rewriting(directions.reversed_direction), must_catch=True),
    Operator(name="negation: dropped", edits=by_rewriting(directions.negation_dropped), must_catch=True),
    Operator(name="negation: added", edits=by_rewriting(directions.negation_added), must_catch=True),
    Operator(name="direction: arms swapped", edits=by_rewriting(directions.arms_swapped)),
    Operator(name="wording: hedge strengthened", edits=by_rewriting(wording.hedge_strengthened)),
    Operator(name="wording: evidence enlarged", edits=by_rewriting(wording.evidence_enlarged)),
    Operator(name="wording: grade inflated", edits=by_rewriting(wording.grade_inflated), must_catch=True),
    Operator(name="wording: grade dropped", edits=by_rewriting(wording.grade_dropped)),
    Operator(name="wording: certainty", edits=by_rewriting(wording.certainty), must_catch=True),
    Operator(name="wording: outcome promised", edits=by_rewriting(wording.promised), must_catch=True),
    Operator(name="wording: cause from association", edits=by_rewriting(wording.cause_claimed)),
    Operator(name="wording: condition dropped", edits=by_rewriting(wording.condition_dropped)),
    Operator(name="wording: diagnosis pronounced", edits=by_rewriting(wording.diagnosis_pronounced)),
    Operator(name="population: widened", edits=by_rewriting(populations.population_widened)),
    Operator(name="population: dropped", edits=by_rewriting(populations.population_dropped)),
    Operator(name="population: exchanged", edits=by_rewriting(populations.population_exchanged)),
    Operator(name="term: exchanged", edits=by_rewriting(populations.term_exchanged)),
    Operator(name="finding: trial invented", edits=findings.trial_invented, must_catch=True),
    Operator(name="finding: trend invented", edits=findings.trend_invented),
    Operator(name="finding: two merged", edits=findings.findings_merged),
    Operator(name="finding: true elsewhere", edits=findings.true_elsewhere),
    Operator(name="finding: not borne out", edits=findings.contradicted),
    Operator(name="finding: among questions or notes", edits=findings.figures_in_a_question, must_catch=True),
    Operator(name="school: dropped", edits=schools.school_dropped, must_catch=True),
    Operator(name="school: emptied", edits=schools.school_emptied, must_catch=True),
    Operator(name="school: both under one heading", edits=schools.school_merged, must_catch=True),
    Operator(name="school: falsely silent", edits=schools.falsely_silent),
    Operator(name="school: citations swapped", edits=schools.citations_swapped, must_catch=True),
    Operator(name="school: headings swapped", edits=schools.headings_swapped, must_catch=True),
    Operator(name="school: credited to the other", edits=schools.credited_to_other, must_catch=True),
    Operator(name="school: speaks in the other's section", edits=schools.moved_to_other, must_catch=True),
    Operator(name="school: straw man", edits=schools.straw_man),
    Operator(name="school: promoted", edits=schools.promoted),
    Operator(name="school: opinion dressed as trial", edits=schools.dressed_as_trial),
    Operator(name="school: heading's weight", edits=schools.heading_weight, must_catch=True),
    Operator(name="school: declared the winner", edits=schools.verdict_given),
    Operator(name="school: inference told as its own", edits=schools.inference_as_source),
    Operator(name="school: three claims more", edits=schools.lopsided, must_catch=True),
    Operator(name="school: cut to one claim", edits=schools.cut_short, must_catch=True),
    Operator(name="school: twice the other's words", edits=schools.padded, must_catch=True),
    Operator(name="safety: notice removed", edits=structure.notice_removed, must_catch=True),
    Operator(name="safety: notice emptied", edits=structure.notice_emptied, must_catch=True),
    Operator(name="safety: notice moved", edits=structure.notice_moved, must_catch=True),
    Operator(name="safety: notice called a note", edits=structure.notice_renamed, must_catch=True),
    Operator(name="safety: notice soothed", edits=structure.notice_soothed, must_catch=True),
    Operator(name="safety: exercise above the notice", edits=structure.advice_above, must_catch=True),
    Operator(name="structure: claim doubled", edits=structure.claim_doubled),
    Operator(name="structure: two claims, one id", edits=structure.same_id),
    Operator(name="structure: too long", edits=structure.too_long),
    Operator(name="structure: short answer last", edits=structure.short_answer_last),
    Operator(name="structure: short answer lost", edits=structure.short_answer_lost),
)


def mutants(answers: Iterable[Answer], library: Library, operators: Sequence[Operator] = OPERATORS) -> Iterator[Mutant]:
    """Yield the mutants of the answers that passed, the same ones in the same order on each run.

    A change of one claim that was made already in an earlier answer is left out. What one operator makes does not
    hang on which others are asked for.
    """
    seen: set[tuple[str, str]] = set()
    for answer in answers:
        if answer.verdict.passed and answer.status in (Status.ANSWERED, Status.ESCALATED):
            for operator in operators:
                yield from _fresh(operator(answer, library), answer.draft, seen)


def _fresh(made: Iterator[Mutant], original: Draft, seen: set[tuple[str, str]]) -> Iterator[Mutant]:
    fresh = [m for m in made if (m.operator, _told(m, original)) not in seen and m.draft != original]
    for mutant in spread(fresh, MOST_PER_ANSWER):
        seen.add((mutant.operator, _told(mutant, original)))
        yield mutant


def _told(mutant: Mutant, original: Draft) -> str:
    touches_one = any(c.id == mutant.claim_id for c in original.claims)
    return mutant.note if touches_one else f"{mutant.answer.question} | {mutant.answer.detail} | {mutant.note}"
