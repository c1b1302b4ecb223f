"""Context: each class with the phrases that open and close it; in doubt a phrase is affirmed."""

from __future__ import annotations

import pytest

from guardrails.context import Clause, Context, clauses, context_of


def read(text: str, phrase: str, own: frozenset[str] | None = None) -> Context:
    """Return how `phrase` is meant in `text`, in the clause that holds it."""
    clause = next(c for c in clauses(text.lower()) if phrase in c.text)
    start = clause.text.index(phrase)
    return context_of(clause, start, start + len(phrase), own=own)


def test_clauses_end_at_sentences_contrasts_and_dashes_but_not_inside_numbers() -> None:
    found = clauses("temp 38.6, knee hot; no trauma but sore - woke up\nlast night.  What now?  ")
    assert [c.text for c in found] == ["temp 38.6, knee hot", "no trauma", "sore", "woke up", "last night", "What now"]


def test_nothing_typed_has_no_clause() -> None:
    assert clauses("  .\n") == ()


@pytest.mark.parametrize(
    "text",
    [
        "there is no fever",
        "she has never had a fever",
        "without any fever",
        "denies fever",
        "denies night pain, weight loss, fever",
        "no history of fever",
        "no sign of redness or fever",
        "no redness, warmth or fever",
        "no redness, warmth, fever",
        "not red, hot, nor any fever",
        "fever ruled out",
        "fever r/o by gp",
        "fever: nil",
        "fever absent",
        "fever has settled",
        "fever and rash resolved",
        "fever gone now",
        "fever free",
        "bloods r/o fever",
        "infection and fever excluded",
    ],
)
def test_denied(text: str) -> None:
    assert read(text, "fever") is Context.NEGATED


@pytest.mark.parametrize(
    "text",
    [
        "fever",
        "no injury, fever since sunday",
        "no fall or twist, knee red with fever",
        "no trauma woke with fever",
        "no redness and now has fever",
        "no known allergies recorded in her notes at all so far, fever",
        "denies trauma, knee is hot with fever",
        "not settling, fever",
        "no change in the fever",
        "not sure about fever",
        "fever not settled",
        "fever has not been excluded",
        "cannot exclude fever",
        "have not ruled out fever",
        "fever with normal pulses",
        "fever and normal pulses",
        "fever, wound clear",
        "no long list of five or more words here, swelling, fever of 39",
    ],
)
def test_affirmed_in_doubt(text: str) -> None:
    assert read(text, "fever") is Context.AFFIRMED


def test_a_list_of_findings_is_denied_together_but_a_new_statement_is_not() -> None:
    assert read("denies fever, weight loss, night pain", "night pain") is Context.NEGATED
    assert read("no fever, night sweats, weight loss", "weight loss") is Context.NEGATED
    assert read("no fever, knee hot or swollen", "knee hot") is Context.AFFIRMED
    assert read("no fall, pain", "pain") is Context.AFFIRMED
    assert read("no fever, calf pain", "calf pain") is Context.AFFIRMED


@pytest.mark.parametrize(
    ("text", "phrase", "own", "meant"),
    [
        ("knee never dislocated", "knee never dislocated", {"knee", "dislocated"}, Context.NEGATED),
        ("knee not hot", "knee not hot", {"knee", "hot"}, Context.NEGATED),
        ("sensation normal in the saddle", "sensation normal in the saddle", {"sensation", "saddle"}, Context.NEGATED),
        ("no foot pulse", "no foot pulse", {"no", "pulse"}, Context.AFFIRMED),
        ("knee is hot", "knee is hot", {"knee", "hot"}, Context.AFFIRMED),
        ("knee not irritable", "knee not irritable", None, Context.AFFIRMED),
    ],
)
def test_a_denial_within_the_phrase_counts_unless_it_was_looked_for(text, phrase, own, meant) -> None:
    assert read(text, phrase, None if own is None else frozenset(own)) is meant


@pytest.mark.parametrize(
    "text",
    [
        "previous dislocation",
        "an old dislocation",
        "in 2015 a dislocation",
        "dislocation 3 yrs ago",
        "dislocation two months ago",
        "dislocation last season",
        "dislocation at age 15",
        "dislocation at 11 and discharged",
        "dislocation in 2019",
        "dislocation as a child",
        "dislocation pinned in may",
        "past dislocation, knee now sore",
    ],
)
def test_past(text: str) -> None:
    assert read(text, "dislocation") is Context.PAST


@pytest.mark.parametrize(
    "text",
    [
        "10 year old with dislocation",
        "dislocation three years ago and again today",
        "dislocation first noticed two months ago",
        "dislocation since discharged",
        "dislocation not healed",
        "new dislocation on an old injury",
    ],
)
def test_not_past(text: str) -> None:
    assert read(text, "dislocation") is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "her mother had cancer",
        "husband died of lung cancer",
        "family history of cancer",
        "cancer in her father",
        "his brother needed surgery for cancer",
    ],
)
def test_family(text: str) -> None:
    assert read(text, "cancer") is Context.FAMILY


@pytest.mark.parametrize(
    "text",
    [
        "mum has noticed cancer",
        "my son has cancer",
        "her mother had a stroke and she has cancer",
        "wife says cancer",
    ],
)
def test_the_patient_and_not_the_family(text: str) -> None:
    assert read(text, "cancer") is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "what to do if he gets a clot",
        "safety-net for a clot",
        "signs of a clot",
        "how would you exclude a clot",
        "red flags for a clot",
        "worried about a clot",
        "What are the signs and tests of a clot?",
        "Why refer a burst cyst as a clot?",
        "How common is a clot after arthroscopy?",
        "Which findings suggest a clot?",
        "When should a clot be suspected?",
    ],
)
def test_supposed(text: str) -> None:
    assert read(text, "clot") is Context.SUPPOSED


@pytest.mark.parametrize(
    "text",
    [
        "worried about her because of a clot",
        "screams if I press the clot",
        "What exercise suits a clot?",
        "Why is her leg full of clot?",
        "What is best for a clot today?",
        "Why refer a clot.",
        "Is this a clot?",
    ],
)
def test_a_case_is_not_supposed(text: str) -> None:
    assert read(text, "clot") is Context.AFFIRMED


def test_what_comes_before_a_contrast_does_not_reach_over_it() -> None:
    assert read("no fever then rigors", "rigors") is Context.AFFIRMED
    assert context_of(Clause(text="no fever except rigors"), 16, 22) is Context.AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "14/12 post reconstruction after a rupture",
        "14 months since her repair of the left rupture",
        "limped with a rupture for 2 days last month, scan clear",
        "rupture for a couple of weeks in spring, fine since",
    ],
)
def test_what_was_mended_or_is_over_is_past(text: str) -> None:
    assert read(text, "rupture") is Context.PAST


@pytest.mark.parametrize(
    "text",
    [
        "awaiting surgery for a rupture",
        "repair after a rupture yesterday",
        "surgery, and now a rupture",
        "rupture for 2 weeks",
        "rupture for 2 days last month",
        "rupture for 2 days last month, not normal since",
        "day 1 after surgery for a rupture",
        "repaired, then another rupture",
    ],
)
def test_what_is_still_to_be_mended_or_goes_on_is_not_past(text: str) -> None:
    assert read(text, "rupture") is Context.AFFIRMED
