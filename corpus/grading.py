"""Weight of evidence in four words, by a written rule (decision 7)."""

from __future__ import annotations

import re

from corpus.types import Design, Passage, SeenLevel, Source, Strength

_OPINION = frozenset(
    {Design.EXPERT_OPINION, Design.NARRATIVE_REVIEW, Design.CLINICAL_JUDGEMENT, Design.CLINIC_DOCUMENT}
)
_POOLED = frozenset({Design.GUIDELINE, Design.SYSTEMATIC_REVIEW})
_HIGH = re.compile(r"\b(strong|high)\b|grade a\b|level 1a?\b", re.IGNORECASE)
_LOW = re.compile(r"\b(very low|low|limited|conflicting|feasibility|methodological)\b", re.IGNORECASE)
_SMALL_SAMPLE = 40


SECOND_HAND = "as reported by another document"


def is_second_hand(source: Source, passage: Passage) -> bool:
    """Return whether what `passage` says was seen only in another document's account of it."""
    return source.seen.level is SeenLevel.SECONDARY or passage.locator == SECOND_HAND


def strength_of(source: Source, passage: Passage) -> Strength:
    """Return the weight of `passage`: its design first, then the grade as printed.

    Opinion stays opinion. A guideline or systematic review is strong when its own grade says so, thin
    when that says low or limited, else moderate. A trial is moderate, thin when small or low-graded;
    a diagnostic-accuracy study and a consensus are moderate; all else is thin. What was seen
    only second-hand loses one step.
    """
    if source.design in _OPINION:
        return Strength.OPINION
    found = _by_design(source.design, passage)
    if not is_second_hand(source, passage):
        return found
    return Strength.MODERATE if found is Strength.STRONG else Strength.THIN


def _by_design(design: Design, passage: Passage) -> Strength:
    grade = passage.grade or ""
    if _LOW.search(grade):
        return Strength.THIN
    if design in _POOLED:
        return Strength.STRONG if _HIGH.search(grade) else Strength.MODERATE
    if design is Design.RCT:
        return Strength.THIN if _is_small(passage) else Strength.MODERATE
    if design in (Design.DIAGNOSTIC_ACCURACY, Design.CONSENSUS):
        return Strength.MODERATE
    return Strength.THIN


def _is_small(passage: Passage) -> bool:
    sample = re.search(r"\d[\d,]*", passage.figures.get("n", ""))
    return sample is not None and int(sample.group().replace(",", "")) < _SMALL_SAMPLE
