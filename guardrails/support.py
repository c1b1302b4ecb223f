"""Whether what is cited carries the claim, by what the claim rests on.

An authored sentence is verified by identity: its origin is rendered again for this case and must give the same
words and the same citations. A source claim must be a cited passage's own text. A computed value is computed again.
A case claim may hold no number that the case does not. A free sentence, a language model's, is compared with what it
cites (``freetext``). Anything else is undecided, and undecided is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.facts import Facts
from corpus.library import Library
from corpus.measures.answering import addresses_for
from corpus.measures.formulas import holds_for, worked_out
from corpus.predicates import PredicateError
from corpus.sentences import OriginError, Sentence, render
from corpus.terms import plain
from corpus.types import Restriction
from guardrails.freetext.types import Inference, Outcome
from guardrails.freetext.verdict import judged, unsaid
from guardrails.limits import in_force, ruled_out
from guardrails.notes import is_own_note
from guardrails.types import Basis, Case, Claim, Computed, Draft, Finding, Section

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNDECIDED = "not enough to tell whether the citations carry this"
_LISTS = ("decides", "needs", "missing", "evidence", "premises")  # places whose entries are no variants of one sentence

# Places whose sentences advise, of which the limits of a case rule some out.
_ADVISES = re.compile(r"/(?:lead\.answer\.\w+|next|dose|points\.\d+\.next)$")


def supported(draft: Draft, case: Case, library: Library, inference: Inference | None = None) -> Iterator[Finding]:
    """Yield a finding for each claim that what it cites is not seen to carry; of a free one, for each thing wrong."""
    before = {c.id: _before(c, section) for section in draft.sections for c in section.claims}
    for claim in draft.claims:
        if _is_held_to_its_words(claim, draft):
            messages = _free(claim, before[claim.id], case, library, inference)
        else:
            message = _unsupported(claim, draft, case, library) or _beside_the_point(claim, draft, case, library)
            messages = [message] if message else []
        for message in messages:
            yield Finding(rule="claims_supported", claim_id=claim.id, message=f"{message}: {claim.text}")


def _before(claim: Claim, section: Section) -> str:
    """Return what its section says before a claim of passages that it cites too."""
    earlier = section.claims[: section.claims.index(claim)]
    cited = {c.passage_id for c in claim.citations}
    return " ; ".join(c.text for c in earlier if cited & {x.passage_id for x in c.citations})


def _is_held_to_its_words(claim: Claim, draft: Draft) -> bool:
    """Return whether a claim is a free sentence, and no quotation that the default composer promises to be one."""
    return claim.is_free and not (claim.basis is Basis.SOURCE and draft.is_authored)


def _free(claim: Claim, before: str, case: Case, library: Library, inference: Inference | None) -> list[str]:
    """Return what is wrong with a free sentence; a passage's own text is carried by it."""
    cited = [c.passage_id for c in claim.citations]
    if [claim.text] == [library.passages[p].text for p in cited if p in library.passages]:
        return []
    wrong = [_recomputed(claim, case.known)] if claim.computed is not None or claim.basis is Basis.COMPUTED else []
    typed = " ; ".join((*case.turns, *(f.said for f in case.facts), _worked_out(claim)))
    judgement = judged(claim.text, cited, library, case_words=typed, before=before, inference=inference)
    messages = [f.why if f.outcome is Outcome.CONTRADICTED else f"{_UNDECIDED}; {f.why}" for f in judgement.faults]
    if judgement.outcome is not Outcome.SUPPORTED and not messages:
        messages = [_UNDECIDED]
    return [*filter(None, wrong), *messages]


def _worked_out(claim: Claim) -> str:
    """Return the value of a claim that was computed, as words of the case."""
    return f"{_as_shown(claim.computed.value)} % is {_as_shown(claim.computed.value)}" if claim.computed else ""


def _unsupported(claim: Claim, draft: Draft, case: Case, library: Library) -> str | None:
    if claim.computed is not None or claim.basis is Basis.COMPUTED:
        return _recomputed(claim, case.known) or _from_library(claim, case.known, library)
    if claim.basis is Basis.CASE and claim.origin is None:
        if claim.text in case.notes:  # ours: of how the conversation was read
            return None
        return _from_case(claim, case) or _beyond_the_case(claim, draft, case, library)
    if claim.basis is Basis.SOURCE:
        return _from_source(claim, library)
    return _from_library(claim, case.known, library)


def _from_library(claim: Claim, facts: Facts, library: Library) -> str | None:
    if claim.origin is None:
        return _UNDECIDED
    try:
        authored: Sentence = render(library, claim.origin, facts)
    except (OriginError, PredicateError) as error:
        return str(error)
    if authored.text != claim.text:
        return f"differs from the library's sentence {authored.text!r}"
    if authored.cites != tuple(c.passage_id for c in claim.citations):
        return "cites other passages than the library's sentence does"
    return None


def _beyond_the_case(claim: Claim, draft: Draft, case: Case, library: Library) -> str | None:
    """Say why a model's sentence may not stand that cites nothing, asks nothing, and goes beyond what was typed."""
    if draft.is_authored or claim.text.rstrip().endswith("?") or is_own_note(claim, case, library):
        return None
    strange = unsaid(claim.text, " ; ".join(case.turns), library)
    return f"cites nothing and speaks of what the case does not ({', '.join(strange)})" if strange else None


def _from_source(claim: Claim, library: Library) -> str | None:
    texts = {library.passages[c.passage_id].text for c in claim.citations if c.passage_id in library.passages}
    return None if texts == {claim.text} else "is not the text of what it cites"


def _from_case(claim: Claim, case: Case) -> str | None:
    typed = set(_NUMBER.findall(" ".join(f"{t} {plain(t)}" for t in case.turns)))
    strange = [n for n in _NUMBER.findall(claim.text) if n not in typed]
    return f"holds numbers that the case does not ({', '.join(strange)})" if strange else None


def _recomputed(claim: Claim, facts: Facts) -> str | None:
    computed = claim.computed
    if computed is None:
        return "no formula is given"
    expected = compute(computed)
    if expected is None:
        return f"the formula {computed.formula!r} cannot be worked out from what is given"
    if expected != computed.value:
        return f"computing again gives {expected:g}, not {computed.value:g}"
    if not _are_of_case(computed, facts) or not holds_for(computed.formula, facts):
        return "its inputs are not facts of the case"
    if _as_shown(computed.value) not in _NUMBER.findall(claim.text):
        return f"does not state the value {computed.value:g} that was computed"
    return None


def _are_of_case(computed: Computed, facts: Facts) -> bool:
    """Return whether every input is the fact of its name, or all are parts of one two-sided test."""
    prefixes = {"", *(f"{name.rpartition('.')[0]}." for name in facts)}
    return any(all(facts.get(prefix + n) == v for n, v in computed.inputs.items()) for prefix in prefixes)


def _as_shown(value: float) -> str:
    return f"{value:.0f}" if value.is_integer() else f"{value:.1f}"


def _beside_the_point(claim: Claim, draft: Draft, case: Case, library: Library) -> str | None:
    """Say why an authored sentence, though it stands in the library, is not one for this case and question."""
    address, _, key = (claim.origin or "").rpartition("/")
    owner, _, place = address.partition("/")
    if owner == "measure":
        return _of_another_measure(f"{place}/{key}", draft, case, library)
    if owner == "restriction":
        is_held = any(r.id == place for r in in_force(case.known, library))
        return None if is_held else "tells of a limit that this case does not have"
    if owner not in library.crux_by_id:
        return None
    if owner not in draft.cruxes:
        return "belongs to another question"
    if place.startswith("lead.answer.") and place.rpartition(".")[2] not in (case.intent, "default"):
        return "answers another form of question"
    has_closer = place not in _LISTS and _has_closer(address, int(key), case, library)
    return "is not the sentence that fits this case most closely" if has_closer else None


def _has_closer(address: str, position: int, case: Case, library: Library) -> bool:
    """Return whether an earlier variant holds for this case; one that a limit rules out is passed over."""
    limits = in_force(case.known, library) if _ADVISES.search(address) else ()
    return any(_is_within(f"{address}/{n}", limits, case.known, library) for n in range(position))


def _of_another_measure(line: str, draft: Draft, case: Case, library: Library) -> str | None:
    """Say why a line that a measure adds is not one for the question: no crux of the answer turns on that test."""
    cruxes = [library.crux_by_id[c] for c in draft.cruxes if c in library.crux_by_id]
    concerned = {address for crux in cruxes for address in addresses_for(crux, case.known)}
    return None if line in concerned or line.endswith("/result") else "belongs to another question"


def _renders(library: Library, origin: str, facts: Facts) -> bool:
    try:
        render(library, origin, facts)
    except OriginError:
        return False
    return True


def _is_within(origin: str, limits: Sequence[Restriction], facts: Facts, library: Library) -> bool:
    """Return whether the sentence at `origin` holds for this case and none of its limits rules it out."""
    if not _renders(library, origin, facts):
        return False
    return not limits or ruled_out(render(library, origin, facts).text, limits, library) is None


def compute(computed: Computed) -> float | None:
    """Return the value of a named formula for its inputs, or None for an unknown formula or bad inputs."""
    return worked_out(computed.formula, computed.inputs)
