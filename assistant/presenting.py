"""An answer as JSON (CONTRACT: counterpoint/answer/1) and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from assistant.figuring import figures_line, figures_used
from assistant.records.sealing import sealed
from corpus.facts import FactValue
from corpus.library import Library
from corpus.sentences import DESIGN_WORDS
from corpus.types import Design, Passage
from guardrails.types import Answer, Attempt, Claim, DismissalReason, Section, SectionKind, Usage

Originals: TypeAlias = Callable[[Passage], str | None]
SCHEMA = "counterpoint/answer/1"
TRACE = "counterpoint/trace/1"
INTENDED_USE = "Supports clinicians' judgement and does not replace it; not for patients."


def numbered(answer: Answer) -> dict[str, int]:
    """Return the number of each cited passage, by first appearance in the answer."""
    cited = (c.passage_id for claim in answer.draft.claims for c in claim.citations)
    return {passage: n for n, passage in enumerate(dict.fromkeys(cited), start=1)}


def nothing_attached(passage: Passage) -> str | None:  # noqa: ARG001 - the form of a look-up
    """Return no original, where nothing is looked up."""
    return None


def to_dict(answer: Answer, library: Library, originals: Originals = nothing_attached) -> dict[str, Any]:
    """Return `answer` as the JSON object of the contract; `originals` looks up paragraphs that are attached."""
    numbers, figures = numbered(answer), figures_used(answer, library)
    return {
        "schema": SCHEMA,
        "id": answer.id,
        "conversation": answer.conversation,
        "asked_at": answer.asked_at.isoformat().replace("+00:00", "Z"),
        "question": answer.question,
        "removed": list(answer.removed),
        "status": answer.status.value,
        "detail": answer.detail.value,
        "intent": answer.case.intent.value,
        "debates": list(answer.draft.debates),
        "cruxes": list(answer.draft.cruxes),
        "case": {"facts": [_fact(f) for f in answer.case.facts], "missing": list(answer.draft.missing)},
        "red_flags": [
            {
                "pattern": f.pattern,
                "triggers": [t for t in f.triggers if t],
                "action": f.action.value,
                "dismissed": f.dismissed,
                "possible": f.is_possible,
            }
            for f in answer.red_flags
        ],
        "dismissing": dismissing(answer),
        "sections": [_section(s, numbers) for s in answer.draft.sections],
        "citations": [
            {**_citation(p, n, library, originals), "figures": figures.get(p, {})} for p, n in numbers.items()
        ],
        "verdict": {
            "passed": answer.verdict.passed,
            "checks": [{"name": c.name, "passed": c.passed, "detail": c.detail} for c in answer.verdict.checks],
        },
        "provenance": {
            "corpus": answer.provenance.corpus,
            "settings": answer.provenance.settings,
            "composer": answer.provenance.composer,
            "prompt": answer.provenance.prompt,
            "usage": _usage(answer.provenance.usage),
            "revisions": answer.provenance.revisions,
            "elapsed_ms": answer.provenance.elapsed_ms,
            "stages_ms": answer.provenance.stages_ms,
        },
        "attempts": [_attempt(a) for a in answer.attempts],
        "notices": [
            {"place": n.place.value, "signs": list(n.signs), "passages": list(n.passages)} for n in answer.notices
        ],
        "markdown": to_markdown(answer, library),
    }


def _usage(usage: Usage | None) -> dict[str, Any] | None:
    return asdict(usage) if usage else None


def _attempt(attempt: Attempt) -> dict[str, Any]:
    """Return why a model's draft was not shown; its words, and what was found in them, are for the record only."""
    rules = list(dict.fromkeys(f.rule for f in attempt.findings))
    return {"composer": attempt.composer, "error": attempt.error, "rules": rules}


def dismissing(answer: Answer) -> dict[str, Any] | None:
    """Return how the red flags that stop this answer can be set aside: what to send back, None where none does."""
    standing = [f.pattern for f in answer.red_flags if f.escalates]
    if not standing:
        return None
    return {"patterns": standing, "reasons": [r.value for r in DismissalReason]}


def to_trace(answer: Answer, document: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return all that the answer was made from, for the record, so that it can be replayed and reviewed.

    Args:
        answer: as it was given.
        document: the same as JSON, where it will be kept beside the trace; both are then sealed.
    """
    used = set(numbered(answer))
    made = answer.provenance
    trace = {
        "schema": TRACE,
        "turns": list(answer.typed or answer.case.turns),
        "framed": list(answer.case.turns),
        "facts": [_fact(f) for f in answer.case.facts],
        "evidence": [
            {
                "passage_id": i.passage_id,
                "viewpoint": i.viewpoint,
                "route": i.route,
                "score": i.score,
                "used": i.passage_id in used,
            }
            for i in answer.evidence.items
        ],
        "draft": asdict(answer.draft),
        "findings": [{"rule": f.rule, "claim_id": f.claim_id, "message": f.message} for f in answer.verdict.findings],
        "attempts": [asdict(a) for a in answer.attempts],
        "dismissals": [
            {"pattern": d.pattern, "reason": d.reason.value, "turn": d.turn, "note": d.note} for d in answer.dismissals
        ],
        "revisions": made.revisions,
        "outcome": answer.status.value,
        "notices": [asdict(n) for n in answer.notices],
        "made_with": {
            "library": made.corpus,
            "settings": made.settings,
            "prompt": made.prompt,
            "model": _model(answer),
        },
    }
    return trace if document is None else sealed(document, trace)


def _model(answer: Answer) -> str | None:
    """Return the language model that was asked, whether its draft was shown or not."""
    asked = [*(a.composer for a in answer.attempts), answer.provenance.composer]
    return next((c for c in asked if not c.startswith("extractive")), None)


def to_markdown(answer: Answer, library: Library) -> str:
    """Return the whole answer as a person reads it, with [1] markers and a reference list."""
    numbers = numbered(answer)
    parts = [_section_markdown(s, numbers) for s in answer.draft.sections]
    figures = figures_used(answer, library)
    references = [reference(p, n, library, figures.get(p)) for p, n in numbers.items()]
    if references:
        parts.append("**References**\n\n" + "\n".join(references))
    if answer.removed:
        parts.append(f"*{removal(answer.removed)}*")
    parts.append(f"*{INTENDED_USE}*")
    return "\n\n".join(parts) + "\n"


def removal(kinds: Sequence[str]) -> str:
    """Return the line that tells the asker which kinds of identifiers were taken out of the question.

    >>> removal(["name", "date of birth"])
    'Identifiers were removed before anything was kept: name, date of birth.'
    """
    return f"Identifiers were removed before anything was kept: {', '.join(kinds)}."


def reference(passage_id: str, number: int, library: Library, figures: Mapping[str, str] | None = None) -> str:
    """Return one line of the reference list; `figures` are those of its record that the answer uses."""
    source, passage = library.source_of(passage_id), library.passages[passage_id]
    who = ", ".join(str(x) for x in (short_authors(source.authors), source.year) if x)
    trail = f"doi:{source.doi}" if source.doi else f"PMID {source.pmid}" if source.pmid else ""
    is_opinion = source.design is Design.EXPERT_OPINION
    what = "opinion article" if is_opinion else f"{DESIGN_WORDS[source.design]}, {library.strength_of(passage_id)}"
    is_located = bool(source.paragraphs)  # a digested article was read whole; its paragraph is what to look up
    seen = "" if is_located else f"seen: {passage.locator}"
    where = passage.locator if is_located else ""
    tail = "; ".join(x for x in (where, what, seen, trail) if x)
    tail = ". ".join(x for x in (tail, figures_line(figures)) if x)
    title = source.title if source.title.endswith(("?", "!")) else f"{source.title}."
    return f"[{number}] {who + ': ' if who else ''}{title} {tail}."


def short_authors(authors: str | None) -> str | None:
    """Return the authors as a reader needs them: the first and "et al." where there are more than two."""
    if not authors:
        return None
    names = authors.split(",")
    return authors if len(names) <= 2 else f"{names[0].strip()} et al."


def _section_markdown(section: Section, numbers: Mapping[str, int]) -> str:
    lines = [claim_line(c, numbers) for c in section.claims]
    is_prose = section.kind in (SectionKind.SHORT_ANSWER, SectionKind.VIEWPOINT, SectionKind.SAFETY, SectionKind.NOTE)
    body = " ".join(lines) if is_prose else "\n".join(f"- {line}" for line in lines)
    return f"**{section.title}**\n\n{body}"


def claim_line(claim: Claim, numbers: Mapping[str, int]) -> str:
    """Return a claim with its [n] markers."""
    markers = "".join(f"[{numbers[c.passage_id]}]" for c in claim.citations)
    return f"{claim.text} {markers}".strip()


def _section(section: Section, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "kind": section.kind.value,
        "viewpoint": section.viewpoint,
        "title": section.title,
        "silent": section.is_silent,
        "claims": [
            {
                "id": c.id,
                "text": c.text,
                "basis": c.basis.value,
                "origin": c.origin,
                "computed": {"formula": c.computed.formula, "inputs": c.computed.inputs, "value": c.computed.value}
                if c.computed
                else None,
                "citations": [numbers[x.passage_id] for x in c.citations],
            }
            for c in section.claims
        ],
    }


def _fact(fact: Any) -> dict[str, Any]:
    return {
        "id": fact.id,
        "name": fact.name,
        "value": plain_value(fact.value),
        "unit": fact.unit,
        "said": fact.said,
        "turn": fact.turn,
        "replaced_by": fact.replaced_by,
    }


def plain_value(value: FactValue) -> Any:
    """Return a fact's value as JSON has it: a whole number without a point, a set as a sorted list."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _citation(passage_id: str, number: int, library: Library, originals: Originals) -> dict[str, Any]:
    source, passage = library.source_of(passage_id), library.passages[passage_id]
    return {
        "number": number,
        "passage_id": passage_id,
        "passage_fingerprint": library.passage_fingerprint(passage_id),
        "source_id": source.id,
        "viewpoint": source.viewpoint,
        "locator": passage.locator,
        "quote": passage.text,
        "original": originals(passage),
        "title": source.title,
        "authors": source.authors,
        "year": source.year,
        "doi": source.doi,
        "pmid": source.pmid,
        "design": source.design.value,
        "grade": passage.grade,
        "strength": library.strength_of(passage_id).value,
    }
