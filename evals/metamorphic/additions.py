"""What changes the answer when it is added: a red flag, an operation, a number on the other side of a threshold."""

from __future__ import annotations

import re
from random import Random

from corpus.library import Library
from evals.cases import EvalCase, Suite
from evals.metamorphic.types import Change, asked_as
from guardrails.types import Status

# A finding that nobody may miss, as a clinician would type it, and the patterns of which one must be named.
_RED_FLAGS = (
    ("Since yesterday the calf is swollen, hot and tender, after a ten hour flight last week.", ("dvt",)),
    (
        "Knee red, hot and hugely swollen since last night, shivering, temperature 39.2.",
        ("septic-arthritis", "child-septic-joint", "post-op-infection", "periprosthetic"),
    ),
    ("They also mention numbness around the saddle and have not been able to pass urine today.", ("cauda-equina",)),
    (
        "They fell down the stairs this morning and cannot put any weight on the leg.",
        ("fracture", "periprosthetic-fracture", "insufficiency-fracture"),
    ),
    (
        "Deep pain every night for a month, a lump above the knee, and 9 kg lost without trying.",
        ("adult-malignancy", "child-bone-pain"),
    ),
)
_SURGERY = "ACL reconstruction 3 weeks ago."
SURGERY_FACTS = ("surgery.kind", "surgery.weeks")
_ABOVE, _BELOW = "Single-leg heel rise LSI 95%.", "Single-leg heel rise LSI 55%."  # the library's cut-off is 90
LSI_FACT = "heel_rise.lsi"
_CALF = "calf-focused"
_OPERATED = re.compile(
    r"\b(?:post|op|surg\w*|acl\w*|reconstruct\w*|repair\w*|meniscectom\w*|replace\w*|tk[ra]|arthroscop\w*|s/p)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:heel|slhr|raises?|rises?)\b", re.IGNORECASE)
_NO_PATIENT = (Suite.LOOK_UP, Suite.FALSE_PREMISE, Suite.NO_SUPPORT)


def with_red_flag(case: EvalCase, rng: Random, _: Library) -> Change | None:
    """Return the question with a sign that must escalate; None where one is told of already, or denied."""
    if case.expect.status is Status.ESCALATED or case.suite is Suite.RED_FLAG_TWIN or case.history:
        return None
    sign, patterns = rng.choice(_RED_FLAGS)
    return Change(
        after=asked_as(case, rng.choice((f"{sign} {case.question}", f"{case.question} {sign}"))), awaits=patterns
    )


def with_surgery(case: EvalCase, _: Random, __: Library) -> Change | None:
    """Return the question about a patient three weeks after a reconstruction; None where no patient is told of."""
    if not _is_about_calf(case) or _OPERATED.search(case.question) or not _tells_of_patient(case):
        return None
    return Change(after=asked_as(case, f"{_SURGERY} {case.question}"), awaits=SURGERY_FACTS)


def across_threshold(case: EvalCase, _: Random, __: Library) -> Change | None:
    """Return the question with a heel-rise symmetry above the library's cut-off, and with one below it.

    None where heel rises are told of already, or an operation, after which it is not they that decide.
    """
    told = _COUNTED.search(case.question) or _OPERATED.search(case.question)
    if told or not _is_about_calf(case) or not _tells_of_patient(case):
        return None
    return Change(
        before=asked_as(case, f"{_ABOVE} {case.question}"),
        after=asked_as(case, f"{_BELOW} {case.question}"),
        awaits=(LSI_FACT,),
    )


def _is_about_calf(case: EvalCase) -> bool:
    return case.expect.status is Status.ANSWERED and _CALF in case.expect.viewpoints and not case.history


def _tells_of_patient(case: EvalCase) -> bool:
    return bool(case.expect.facts) and case.suite not in _NO_PATIENT
