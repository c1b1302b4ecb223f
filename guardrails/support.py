"""Whether what is cited carries the claim, by what the claim rests on.

An authored sentence is verified by identity: its origin is rendered again for this case and must give the same
words and the same citations. A source claim must be a cited passage's own text. A computed value is computed again.
A case claim may hold no number that the case does not. Anything else is undecided, and undecided is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import PredicateError
from corpus.sentences import OriginError, Sentence, render
from guardrails.types import Basis, Case, Claim, Computed, Draft, Finding

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def supported(draft: Draft, case: Case, library: Library) -> Iterator[Finding]:
    """Yield a finding for each claim that what it cites is not seen to carry."""
    for claim in draft.claims:
        message = _unsupported(claim, case, library)
        if message:
            yield Finding(rule="claims_supported", claim_id=claim.id, message=message)


def _unsupported(claim: Claim, case: Case, library: Library) -> str | None:
    match claim.basis:
        case Basis.CASE:
            return _from_library(claim, case.known, library) if claim.origin else _from_case(claim, case)
        case Basis.SOURCE:
            return _from_source(claim, library)
        case Basis.COMPUTED:
            return _recomputed(claim, case.known) or _from_library(claim, case.known, library)
        case Basis.SYNTHESIS:
            return _from_library(claim, case.known, library)


def _from_library(claim: Claim, facts: Facts, library: Library) -> str | None:
    if claim.origin is None:
        return f"not enough to tell whether the citations carry this: {claim.text}"
    try:
        authored: Sentence = render(library, claim.origin, facts)
    except (OriginError, PredicateError) as error:
        return f"{error}: {claim.text}"
    if authored.text != claim.text:
        return f"differs from the library's sentence {authored.text!r}: {claim.text}"
    if authored.cites != tuple(c.passage_id for c in claim.citations):
        return f"cites other passages than the library's sentence does: {claim.text}"
    return None


def _from_source(claim: Claim, library: Library) -> str | None:
    texts = {library.passages[c.passage_id].text for c in claim.citations if c.passage_id in library.passages}
    return None if claim.text in texts else f"is not the text of what it cites: {claim.text}"


def _from_case(claim: Claim, case: Case) -> str | None:
    typed = set(_NUMBER.findall(" ".join(case.turns)))
    strange = [n for n in _NUMBER.findall(claim.text) if n not in typed]
    return f"numbers {strange} are not in the case: {claim.text}" if strange else None


def _recomputed(claim: Claim, facts: Facts) -> str | None:
    if claim.computed is None:
        return f"no formula is given for: {claim.text}"
    expected = compute(claim.computed)
    if expected is None or expected != claim.computed.value:
        return f"computing again gives {expected}, not {claim.computed.value}: {claim.text}"
    if not set(claim.computed.inputs.values()) <= {v for v in facts.values() if isinstance(v, float)}:
        return f"its inputs are not facts of the case: {claim.text}"
    return None


def compute(computed: Computed) -> float | None:
    """Return the value of a named formula for its inputs, or None for an unknown formula or bad inputs."""
    if computed.formula == "as-stated" and len(computed.inputs) == 1:
        return next(iter(computed.inputs.values()))
    if computed.formula == "limb-symmetry" and computed.inputs.get("high", 0) > 0:
        return float(round(100 * computed.inputs["low"] / computed.inputs["high"]))
    return None
