"""Weight of evidence in four words: the written rule, row by row."""

from __future__ import annotations

import pytest

from corpus.grading import SECOND_HAND, is_second_hand, strength_of
from corpus.types import Design, Passage, PassageKind, Seen, SeenLevel, Source, Strength
from tests.test_corpus_small import packaged_library

OPINIONS = (Design.EXPERT_OPINION, Design.NARRATIVE_REVIEW, Design.CLINICAL_JUDGEMENT, Design.CLINIC_DOCUMENT)
OBSERVED = (Design.COHORT, Design.CROSS_SECTIONAL, Design.BIOMECHANICS)


def a_source(design: Design, level: SeenLevel = SeenLevel.FULL_TEXT) -> Source:
    return Source(id="s", title="S", design=design, seen=Seen(level=level), passages=())


def a_passage(grade: str | None = None, n: str | None = None, locator: str = "results") -> Passage:
    figures = {} if n is None else {"n": n}
    return Passage(
        id="s:1", locator=locator, kind=PassageKind.FINDING, text="T.", topics=(), grade=grade, figures=figures
    )


@pytest.mark.parametrize(
    ("design", "grade", "n", "expected"),
    [
        *((d, "strong", "5000", Strength.OPINION) for d in OPINIONS),
        *((d, None, "5000", Strength.THIN) for d in OBSERVED),
        *((d, "high certainty", None, Strength.THIN) for d in OBSERVED),
        (Design.GUIDELINE, None, None, Strength.MODERATE),
        (Design.GUIDELINE, "Strong recommendation", None, Strength.STRONG),
        (Design.GUIDELINE, "Grade A", None, Strength.STRONG),
        (Design.GUIDELINE, "grade A-", None, Strength.STRONG),
        (Design.GUIDELINE, "Grade B", None, Strength.MODERATE),
        (Design.GUIDELINE, "level 1a", None, Strength.STRONG),
        (Design.GUIDELINE, "level 1", None, Strength.STRONG),
        (Design.GUIDELINE, "level 2b", None, Strength.MODERATE),
        (Design.GUIDELINE, "strong recommendation, very low certainty", None, Strength.THIN),
        (Design.GUIDELINE, "limited evidence", None, Strength.THIN),
        (Design.GUIDELINE, "conflicting", None, Strength.THIN),
        (Design.SYSTEMATIC_REVIEW, "high certainty", None, Strength.STRONG),
        (Design.SYSTEMATIC_REVIEW, "moderate certainty", None, Strength.MODERATE),
        (Design.SYSTEMATIC_REVIEW, "low to moderate", None, Strength.THIN),
        (Design.SYSTEMATIC_REVIEW, "higher than before", None, Strength.MODERATE),
        (Design.SYSTEMATIC_REVIEW, "slowly growing", None, Strength.MODERATE),
        (Design.RCT, None, None, Strength.MODERATE),
        (Design.RCT, None, "40", Strength.MODERATE),
        (Design.RCT, None, "39", Strength.THIN),
        (Design.RCT, None, "24 women", Strength.THIN),
        (Design.RCT, None, "1,234 adults", Strength.MODERATE),
        (Design.RCT, None, "not given", Strength.MODERATE),
        (Design.RCT, "strong", None, Strength.MODERATE),
        (Design.RCT, "feasibility", "200", Strength.THIN),
        (Design.DIAGNOSTIC_ACCURACY, None, "12", Strength.MODERATE),
        (Design.DIAGNOSTIC_ACCURACY, "methodological concerns", None, Strength.THIN),
        (Design.CONSENSUS, None, None, Strength.MODERATE),
        (Design.CONSENSUS, "low agreement", None, Strength.THIN),
    ],
)
def test_weight_follows_the_design_and_then_the_grade_as_printed(
    design: Design, grade: str | None, n: str | None, expected: Strength
):
    assert strength_of(a_source(design), a_passage(grade, n)) is expected


@pytest.mark.parametrize(
    ("design", "grade", "seen"),
    [
        (Design.GUIDELINE, "strong", Strength.MODERATE),
        (Design.GUIDELINE, None, Strength.THIN),
        (Design.RCT, None, Strength.THIN),
        (Design.COHORT, None, Strength.THIN),
        (Design.EXPERT_OPINION, None, Strength.OPINION),
    ],
)
def test_what_was_seen_only_second_hand_weighs_one_step_less(design: Design, grade: str | None, seen: Strength):
    assert strength_of(a_source(design, SeenLevel.SECONDARY), a_passage(grade)) is seen
    assert strength_of(a_source(design), a_passage(grade, locator=SECOND_HAND)) is seen


@pytest.mark.parametrize("level", [SeenLevel.FULL_TEXT, SeenLevel.ABSTRACT, SeenLevel.NONE])
def test_what_was_seen_itself_or_not_at_all_is_not_second_hand(level: SeenLevel):
    assert not is_second_hand(a_source(Design.RCT, level), a_passage())


def test_every_design_has_a_weight():
    assert all(strength_of(a_source(d), a_passage()) in Strength for d in Design)


def test_both_articles_weigh_as_opinion():
    library = packaged_library()
    articles = [i for i in library.passages if library.source_of(i).paragraphs]
    assert len(articles) > 40
    assert {library.strength_of(i) for i in articles} == {Strength.OPINION}
