"""What a limit of the leg rules out of the library's own advice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.extractive import compose
from assistant.framing import frame
from assistant.limiting import limits_on
from assistant.planning import nothing_planned
from corpus.library import read_library
from corpus.sentences import OriginError, render
from guardrails.limits import limit_note
from guardrails.types import Detail, SectionKind

LIBRARY = read_library()
NO_WEIGHT = "26M, non weight bearing for 6 weeks. Calf raises?"
IMPACT = ("hop", "jump", "running", "short sessions")


def composed(typed, crux_id, detail=Detail.FULL):
    crux = LIBRARY.crux_by_id[crux_id]
    made = replace(nothing_planned(LIBRARY, detail), crux=crux, debate=LIBRARY.debate_by_id[crux.debate])
    return compose(frame((typed,), LIBRARY), made, (), LIBRARY)


def advised(draft):
    kinds = (SectionKind.DECIDING, SectionKind.QUESTIONS)
    return [c for s in draft.sections if s.kind in kinds for c in s.claims]


@pytest.mark.parametrize("crux", [c.id for c in LIBRARY.cruxes])
def test_no_crux_advises_or_asks_for_a_standing_test_on_a_leg_that_may_bear_no_weight(crux):
    limits = limits_on(frame((NO_WEIGHT,), LIBRARY).known, LIBRARY)
    assert [c.text for c in advised(composed(NO_WEIGHT, crux)) if limits.rule_out(c.text)] == []


@pytest.mark.parametrize("crux", [c.id for c in LIBRARY.cruxes])
@pytest.mark.parametrize(
    "typed",
    ["22M, 1 week after ACL reconstruction, quads LSI 95%. What next?", "45F meniscal repair 3 weeks ago. What next?"],
)
def test_no_crux_advises_impact_soon_after_an_operation(crux, typed):
    limits = limits_on(frame((typed,), LIBRARY).known, LIBRARY)
    assert limits.held
    assert [c.text for c in advised(composed(typed, crux)) if limits.rule_out(c.text)] == []


def test_what_passages_say_of_the_limit_opens_the_answer_to_who_asks_for_it():
    told = [c.text for c in composed("22M, ACLR 5 weeks. Can he hop later this week?", "after-surgery").claims]
    assert told[0].startswith("Not yet: after ACL reconstruction running was allowed at a median of 12 weeks")
    assert not any(t.startswith("Yes") for t in told)
    later = [c.text for c in composed("22M, ACLR 20 weeks. When can he hop?", "plyometric-progression").claims]
    assert not any(t.startswith("Not yet") for t in later)


def test_a_branch_that_the_case_has_measured_is_left_out_when_it_leads_to_impact():
    early = advised(composed("22M, ACLR 1 week, quads LSI 95%. What next?", "quads-after-aclr"))
    late = advised(composed("22M, ACLR 30 weeks, quads LSI 95%. What next?", "quads-after-aclr"))
    assert not any("hops" in c.text and "LSI" not in c.text and "Not yet" not in c.text for c in early)
    assert any("move the time to hops" in c.text for c in late)


def test_a_limit_of_the_leg_stands_before_the_short_answer(assistant):
    answer = assistant.ask("20F, non weight bearing, SLHR 10 v 24 last week. Load the calf?")
    first = next(s for s in answer.draft.sections if s.kind is not SectionKind.SAFETY)
    limit = next(r for r in LIBRARY.restrictions if r.id == "no-weight-bearing")
    assert [c.text for c in first.claims] == [limit_note(limit)]
    assert answer.verdict.passed


def test_a_limit_without_a_source_has_no_sentence_of_its_own():
    assert render(LIBRARY, "restriction/early-aclr-impact/why", {}).cites
    for origin in ("restriction/no-weight-bearing/why", "restriction/none/why", "restriction/early-aclr-impact/what"):
        with pytest.raises(OriginError):
            render(LIBRARY, origin, {})


CUFF = "58M knee OA, cannot take heavy load{}. Blood flow restriction?"


@pytest.mark.parametrize(
    ("said", "named"),
    [(", DVT last year", "a past clot"), (", on apixaban for a DVT 4 wks ago", "a past clot"), (", BP 190/105", "unstable blood pressure"),
     (", uncontrolled hypertension", "unstable blood pressure"), (", sickle cell disease", "sickle cell"), (", pregnant", "pregnancy")],
)  # fmt: skip
def test_what_counts_against_a_cuff_is_told_of_this_patient(said, named):
    draft = composed(CUFF.format(said), "blood-flow-restriction")
    lead = next(s for s in draft.sections if s.kind is SectionKind.SHORT_ANSWER).claims[0]
    assert f"counts {named}" in lead.text or (named == "sickle cell" and named in lead.text)
    assert not any("cuffed light leg work" in c.text or "start the cuff" in c.text for c in draft.claims)


@pytest.mark.parametrize(
    "said", ["", ", no history of DVT", ", DVT ruled out by scan", ", mother had a DVT", ", blood pressure controlled"]
)
def test_what_is_denied_or_anothers_counts_against_no_cuff(said):
    assert "history" not in frame((CUFF.format(said),), LIBRARY).known
    assert any("cuffed light" in c.text for c in composed(CUFF.format(said), "blood-flow-restriction").claims)


def test_hamstring_work_waits_after_a_posterior_cruciate_reconstruction():
    draft = composed("26M, PCL recon 8/52 in brace. Hams curls, when?", "hamstring-gastroc")
    assert draft.claims[0].text.startswith("Not yet: early after a posterior cruciate reconstruction")
    assert not any("curl or bridge" in c.text for c in advised(draft))
