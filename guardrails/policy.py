"""The verdict: every check on one draft, failing closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from corpus.library import Library
from guardrails.attribution import attributed
from guardrails.balance import balanced
from guardrails.citations import citations_exist, claims_cited
from guardrails.form import plain
from guardrails.freetext.types import Inference
from guardrails.limits import in_force, limit_note
from guardrails.precautions import respected
from guardrails.support import supported
from guardrails.types import Case, Check, Draft, Evidence, Finding, Flagged, Status, Verdict
from guardrails.wording import arranged, safety_first, told_of, worded

NOT_RUN = "the check could not be run"
"""How the message of a finding begins whose check crashed."""

_LABELS = {
    "claims_cited": "every claim is cited",
    "citations_exist": "every citation exists, was retrieved and is quoted exactly",
    "claims_supported": "what is cited carries the claim",
    "attribution": "each school is credited with its own words",
    "viewpoint_balance": "both schools speak, in equal voice",
    "wording": "order, length, repetition and certainty",
    "safety_first": "safety comes first",
}


def judge(
    draft: Draft,
    status: Status,
    case: Case,
    evidence: Evidence,
    library: Library,
    flags: Sequence[Flagged] = (),
    inference: Inference | None = None,
) -> Verdict:
    """Return the verdict on `draft`; a check that crashes counts as failed.

    Args:
        draft: to be shown if it passes.
        status: as which it would be shown; only an answer has to carry both schools.
        case: the patient and question it is for.
        evidence: the closed set that may be cited.
        library: whose sentences and passages count.
        flags: the red flags seen; an answer carries the notice of each that stands, an escalation that of the first.
        inference: a language-inference model that is asked about free sentences, where one is configured.
    """
    standing = [f for f in flags if f.dismissed is None]
    due: dict[Status, list[Flagged]] = {
        Status.ANSWERED: standing,
        Status.ESCALATED: [f for f in standing if f.escalates][:1],
    }
    findings: list[Finding] = []
    checks: dict[str, Callable[[], Iterable[Finding]]] = {
        "claims_cited": lambda: claims_cited(draft),
        "citations_exist": lambda: citations_exist(draft, evidence, library),
        "claims_supported": lambda: supported(draft, case, library, inference),
        "attribution": lambda: attributed(draft, library),
        "viewpoint_balance": lambda: _balance(draft, library, findings) if status is Status.ANSWERED else (),
        "wording": lambda: [
            *worded(draft, case, library),
            *arranged(draft, status, (*case.notes, *map(limit_note, in_force(case.known, library)))),
            *plain(draft, library),
        ],
        "safety_first": lambda: chain(
            safety_first(draft, due.get(status, ())),
            told_of(draft, [f for f in flags if f.dismissed is not None]),
            respected(draft, case, library, standing),
        ),
    }
    results: list[Check] = []
    for name, run in checks.items():
        found = _run(name, run)
        findings += found
        detail = "; ".join(f.message for f in found) or _LABELS[name]
        results.append(Check(name=name, passed=not found, detail=detail))
    return Verdict(checks=tuple(results), findings=tuple(findings))


def _balance(draft: Draft, library: Library, findings: Iterable[Finding]) -> Iterable[Finding]:
    """Balance counts no free claim that another check found wrong."""
    wrong = {f.claim_id for f in findings}
    return balanced(draft, library, frozenset(c.id for c in draft.claims if c.is_free and c.id in wrong))


def _run(name: str, run: Callable[[], Iterable[Finding]]) -> list[Finding]:
    try:
        return list(run())
    except Exception as error:  # noqa: BLE001 - a guard that crashes must fail closed, whatever it was
        return [Finding(rule=name, claim_id=None, message=f"{NOT_RUN} ({type(error).__name__})")]
