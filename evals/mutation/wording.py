"""Hedges, certainty, causes and conditions: more said than the passage allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.mutation.directions import ORDERS
from evals.mutation.editing import lowered, pick, swaps

_HEDGES = (
    (r"may be", "is"), (r"might be", "is"), (r"could be", "is"), (r"can be", "is always"),
    (r"may have", "has"), (r"may|might|could", "will"), (r"suggests?(?= that)", "proves"),
    (r"suggested", "proved"), (r"suggest", "prove"), (r"seems? to", "is known to"), (r"seemed to help", "helped"),
    (r"appeared", "proved"), (r"some(?= \w+)", "all"), (r"often|usually|commonly|frequently", "always"),
    (r"seldom|rarely", "never"), (r"would likely have", "has"), (r"likely|probably|possibly", "certainly"),
    (r"tends? to", "is bound to"), (r"thinks that", "has shown that"), (r"argues that", "has shown that"),
    (r"holds that", "has proved that"), (r"says that", "has found that"), (r"doubts that", "rules out that"),
    (r"believes? that", "knows that"), (r"is confident that", "has proved that"), (r"mostly|nearly", "entirely"),
    (r"many(?= of)?", "all"), (r"most(?= (?:people|knees|patients|trials|of))", "all"), (r"several", "all"),
    (r"modest(?:ly)?", "large"), (r"a little", "much"),
    (r"slightly(?= (?:more|less|better|weaker|higher|lower))", "far"), (r"only slightly", "fully"),
    (r"small(?= )", "large"),
    (r"moderately", "greatly"), (r"about a third of", "most"), (r"in part|partly", "wholly"),
    (r"considered", "prescribed"), (r"in one client", "in his clients"), (r"consider (?=calf|the|hip)", "give "),
    (r"a pilot group", "trials"), (r"in the one study", "in all studies"), (r"where possible", "without exception"),
    (r"where one trial", "where many trials"), (r"would (?=favour|put|keep|bring|move|make)", "must "),
    (r"as far as we found", "beyond question"), (r"favours", "settles for"), (r"can", "will"),
    (r"points? to", "proves"), (r"about(?= (?:\d|half|one|two|six))|roughly", "exactly"),
)  # fmt: skip


def hedge_strengthened(text: str) -> Iterator[str]:
    """Yield the text with one hedge made firm."""
    for changed in swaps(text, _HEDGES):
        yield re.sub(r"\bmuch (?=\w+ly\b)", "much more ", changed)


_WHO = "adults|women|men|runners|people|patients|athletes"
_SIZES = (
    (r"(?<!as )(?:a|one) (?:small |single |pilot |feasibility )?trial", "several large trials"),
    (r"a (?:feasibility|pilot) study", "a large trial"),
    (r"(?<!the )(?:a|one) (?:small |single )?study", "a body of studies"),
    (r"(?:one|a) (?:small )?cohort", "randomised trials"),
    (r"a case series", "a randomised trial"),
    (r"(?:a|one) review(?! date)", "several reviews"),
    (
        rf"in (?:\d{{1,2}}|six|ten|eleven|twelve|sixteen|fifteen) ((?:healthy |untrained |young |older )?(?:{_WHO}))",
        r"in hundreds of \1",
    ),
    (r"(?:a|one) (?:walking )?simulation", "a study of patients"),
    (r"cadaver knees", "living knees"),
    (r"in the abstract only", "in the full report"),
    (r"experts", "trials"),
    (r"a commentary|a clinical review|a narrative review", "a systematic review"),
    (r"a registered trial", "a published trial"),
    (r"a panel", "all guidelines"),
    (r"opinion(?=[,)])", "trial evidence"),
    (r"modelled|simulated|estimated", "measured"),
)  # fmt: skip


def evidence_enlarged(text: str) -> Iterator[str]:
    """Yield the text with one small or weak study made large or many."""
    yield from swaps(text, _SIZES)


_GRADES = (
    (r"\(trial, (?:thin|moderate)", "(trial, strong"),
    (r"\(cohort, (?:thin|moderate)", "(trial, strong"),
    (r"\(cross-sectional study, (?:thin|moderate)", "(trial, moderate"),
    (r"\(laboratory study, (?:thin|moderate)", "(trial, moderate"),
    (r"\(systematic review, (?:thin|moderate)", "(systematic review, strong"),
    (r"\(guideline, (?:thin|moderate)", "(guideline, strong"),
    (r"\(opinion", "(trial, moderate"),
    (r"\(systematic review, strong", "(systematic review, thin"),
)


def grade_inflated(text: str) -> Iterator[str]:
    """Yield the text with another design or weight in its brackets."""
    for pattern, stand_in in _GRADES:
        changed = re.sub(pattern, stand_in, text, count=1)
        if changed != text:
            yield changed
            return


_CERTAIN = (
    "It is proven beyond doubt: {0}",
    "There is no doubt that {0}",
    "Without exception, {0}",
    "It is certain that {0}",
    "It has been established once and for all that {0}",
)
_PROMISES = (
    "{1}, and that guarantees a pain-free knee.",
    "{1}; success is guaranteed.",
    "{1}, which will definitely cure the pain.",
    "{1}, which always works.",
    "{1}; this never fails.",
    "{1}, with a 100% success rate.",
)
_NO_STATEMENT = re.compile(rf"(?:Yes|No|Not|That|Those|It|{'|'.join(ORDERS)})\b|[^.?!]*:")
_DENIED = re.compile(r"\b(?:not|no|none|neither|untested|without|cannot)\b", re.IGNORECASE)


def certainty(text: str) -> Iterator[str]:
    """Yield the text put as certain."""
    if not _NO_STATEMENT.match(text):
        yield pick(_CERTAIN, text).format(lowered(text))


def promised(text: str) -> Iterator[str]:
    """Yield the text with the outcome promised."""
    if not _DENIED.search(text) and not re.search(r"[;:]", text):
        yield pick(_PROMISES, text).format(lowered(text), text.rstrip("."))


_CAUSES = (
    (r"(?:is |was |were |are )?(?:associated|linked) (?:with|to)", "caused by"),
    (r"went (?:along )?with", "led to"),
    (r"goes with", "leads to"),
    (r"came before", "caused"),
    (r"preceded", "caused"),
    (r"(?<!not )(?<!hardly )(?<!best )predicted", "brought about"),
    (r"(?<!not )predict", "bring about"),
    (r"correlated (?:\w+ )?with", "determined"),
    (r"fell in step with", "fell because of"),
    (r"tracked with|tracked|track with", "was driven by"),
    (r"was followed by", "produced"),
    (r"had weaker", "hurt because of weaker"),
    (r"(were|was) weaker in (patellofemoral pain|\w+ osteoarthritis)", r"\1 the reason for \2"),
    (r"risk factors?", "cause"),
    (r"is where", "is why"),
    (r"(\w+) fell after", r"\1 fell as a direct result of"),
    (r"after which", "because of which"),
    (r"during which", "through which"),
)


def cause_claimed(text: str) -> Iterator[str]:
    """Yield the text with an association told as a cause."""
    yield from swaps(text, _CAUSES)


_CONDITIONS = (
    r"(?<![:;]),? (?:if|unless|until|once|provided that|as long as) [^,;:.]+(?=[,;.])",
    r",? where (?:possible|relevant|needed|one is present|it is present)",
    r",? (?:when|where) [^,;:.]+(?=[,;.])",
    r",? for (?:athletes|patients|people|those) (?:who|with) [^,;:.]+(?=[,;.])",
    r"; other knees may differ",
    r"; [^;:.]* (?:was not the setting|is untested|were not studied|is one case among many)[^;.]*",
    r" \(our (?:cut-off|rule)\)",
    r"Applied here \(our inference\): ",
    r", (?:read|seen) (?:in the abstract only|second-hand)",
)
_OPENERS = re.compile(r"^(?:If|When|Where|Once|Unless|Until|Because) [^,;]+[,;] (?:then )?(\w)")


def condition_dropped(text: str) -> Iterator[str]:
    """Yield the text without the condition or the reservation that it holds under."""
    for pattern in _CONDITIONS:
        changed = re.sub(pattern, "", text, count=1)
        if changed != text and len(changed.split()) >= 5:
            yield changed[:1].upper() + changed[1:]
            return
    changed = _OPENERS.sub(lambda m: m[1].upper(), text)
    if changed != text:
        yield changed


_BRACKETED = re.compile(r" \((?:[^()]*(?:thin|opinion|second-hand)[^()]*)\)")


def grade_dropped(text: str) -> Iterator[str]:
    """Yield the text without the bracket that calls its evidence thin."""
    changed = _BRACKETED.sub("", text)
    if changed != text:
        yield changed


_DIAGNOSES = (
    "This patient has patellofemoral pain syndrome.",
    "The diagnosis is patellar tendinopathy.",
    "This is a weak-calf syndrome.",
    "These findings confirm a meniscal tear.",
    "The fat pad is what is inflamed in this knee.",
    "You can tell the patient that this is osteoarthritis.",
)


def diagnosis_pronounced(text: str) -> Iterator[str]:
    """Yield the text with a diagnosis pronounced in front of it."""
    yield f"{pick(_DIAGNOSES, text)} {text}"
