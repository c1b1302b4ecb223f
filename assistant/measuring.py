"""What the case's own numbers say: each known value with its formula, and the lines that a measure adds."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lines import Line, fit
from assistant.planning import Plan, cited_by
from corpus.facts import Facts
from corpus.library import Library
from corpus.measures.answering import addresses_for, measured, measured_from, stands_out
from corpus.measures.formulas import formula_of
from corpus.sentences import OriginError, Sentence, render
from corpus.types import Crux
from guardrails.types import Basis, Computed, Detail, SectionKind

# Chosen: each goes before the crux's own test. A norm says what the crux does not, so a question back goes before it;
# the gap repeats in part what the crux decides by. Of two tests the one that shows something has the room.
_RANKS = {"heel-rise/norm": 4, "knee-to-wall/gap": 6}
_SHOWING = 3


def computed_value(fact: str | None, facts: Facts) -> Computed | None:
    """Return how the value of a decider's fact was come by, when the case holds it."""
    found = formula_of(fact, facts) if fact else None
    value = facts.get(fact) if fact else None
    if found is None or not isinstance(value, float):
        return None
    formula, inputs = found
    return Computed(formula=formula, inputs=inputs, value=value)


def measured_lines(facts: Facts, made: Plan, crux: Crux, library: Library) -> Iterator[Line]:
    """Yield the lines that measures add for this case: of tests that concern `crux` or show a difference between sides.

    A line that cites what may not be cited here is left out.
    """
    for address in addresses_for(crux, facts):
        line, sentence = measured(address, facts), _sentence(address, facts, library)
        if line is None or sentence is None or not set(sentence.cites) <= _citable(made, facts):
            continue
        computed = Computed(formula=line.formula, inputs=dict(line.inputs), value=line.value)
        yield Line(
            kind=SectionKind.DECIDING,
            sentence=sentence,
            text=sentence.text,
            rank=_RANKS[address] - (_SHOWING if stands_out(address, facts) else 0),
            basis=Basis.COMPUTED,
            computed=computed,
        )


def fitted(lines: list[Line], detail: Detail) -> list[Line]:
    """Return `lines` made to fit; a measure's line that finds no room costs no other line its place."""
    kept = fit(lines, detail)
    lost = [line for line in lines if _is_measured(line) and line not in kept]
    return fitted([line for line in lines if line not in lost], detail) if lost else kept


def _is_measured(line: Line) -> bool:
    return line.sentence is not None and line.sentence.origin.startswith("measure/")


def _sentence(address: str, facts: Facts, library: Library) -> Sentence | None:
    try:
        return render(library, f"measure/{address}", facts)
    except OriginError:
        return None


def _citable(made: Plan, facts: Facts) -> set[str]:
    """Return the passages of no school that this answer may cite: what its cruxes lean on, and what was found."""
    cruxes = [crux for crux in (made.crux, made.secondary) if crux]
    leaned_on = {p for crux in cruxes for p in (*cited_by(crux), *measured_from(crux, facts))}
    return leaned_on | {hit.passage_id for hit in made.found}
