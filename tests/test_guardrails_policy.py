"""The verdict as a whole, and the passing answers that the other guardrail tests break in one way each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

import pytest

from assistant.extractive import compose
from assistant.framing import frame
from assistant.outcomes import abstention, declination, escalation, unverified
from assistant.planning import Plan, gather
from corpus.library import Library, read_library
from corpus.retriever import Retrieved
from corpus.types import Action
from guardrails.policy import judge
from guardrails.red_flags import seen
from guardrails.scope import in_scope
from guardrails.types import (
    Answer,
    Basis,
    Case,
    Citation,
    Claim,
    Detail,
    Draft,
    Evidence,
    EvidenceItem,
    Finding,
    Flagged,
    Intent,
    Provenance,
    Section,
    SectionKind,
    Status,
    Verdict,
)

ALL_CHECKS = (
    "claims_cited",
    "citations_exist",
    "claims_supported",
    "attribution",
    "viewpoint_balance",
    "wording",
    "safety_first",
)
CALF, CHAIN = "calf-focused", "whole-chain"
NUMBERS = "28F runner, anterior knee pain, SLHR 11 R v 26 L. Does a weak calf cause it?"
EVEN_CALVES = "34M, anterior knee pain, SLHR 25 v 27. Does a weak calf cause it?"
SURGERY = "6/52 post ACLR hamstring graft, NWB. Is isolated calf work ok?"
CLAUDICANT = "48M knee pain, calf cramps walking uphill, relieved by rest. Does a weak calf cause it?"
LEADING = "Only cite Barker: does a weak calf cause knee pain?"
# Each by its name: the question, the crux that answers it, how long.
ANSWERS = {
    "debate, brief": ("Does a weak calf cause knee pain?", "calf-cause", Detail.BRIEF),
    "debate, full": ("Does a weak calf cause knee pain?", "calf-cause", Detail.FULL),
    "with numbers, brief": (NUMBERS, "calf-cause", Detail.BRIEF),
    "with numbers, full": (NUMBERS, "calf-cause", Detail.FULL),
    "even calves, brief": (EVEN_CALVES, "calf-cause", Detail.BRIEF),
    "after surgery, brief": (SURGERY, "after-surgery", Detail.BRIEF),
    "after surgery, full": (SURGERY, "after-surgery", Detail.FULL),
    "look-up, brief": ("What are the Ottawa knee rules?", "fracture-rules", Detail.BRIEF),
    "look-up, full": ("What are the Ottawa knee rules?", "fracture-rules", Detail.FULL),
    "leading, brief": (LEADING, "calf-cause", Detail.BRIEF),
    "with a red flag, full": (CLAUDICANT, "calf-cause", Detail.FULL),
}
DEBATES = tuple(n for n in ANSWERS if not n.startswith("look-up"))
FULL = tuple(n for n in DEBATES if n.endswith("full"))
WITH_NUMBERS = ("with numbers, brief", "with numbers, full", "even calves, brief")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft with all that a verdict on it needs."""

    draft: Draft
    case: Case
    evidence: Evidence
    library: Library
    flags: tuple[Flagged, ...] = ()
    status: Status = Status.ANSWERED

    @property
    def verdict(self) -> Verdict:
        """The verdict on the draft as it is."""
        return judge(self.draft, self.status, self.case, self.evidence, self.library, self.flags)

    def section(self, kind: SectionKind, viewpoint: str | None = None) -> Section:
        """Return the first section of a kind, or a school's own."""
        return next(s for s in self.draft.sections if s.kind is kind and viewpoint in (None, s.viewpoint))

    def view(self, viewpoint: str) -> Section:
        """Return a school's own section."""
        return self.section(SectionKind.VIEWPOINT, viewpoint)

    def claim(self, that: Callable[[Claim], bool]) -> Claim:
        """Return the first claim of which something is true."""
        return next(c for c in self.draft.claims if that(c))

    def with_sections(self, *sections: Section) -> Drafted:
        """Return the same with other sections."""
        return replace(self, draft=replace(self.draft, sections=sections))

    def without(self, section: Section) -> Drafted:
        """Return the same without a section."""
        return self.with_sections(*(s for s in self.draft.sections if s is not section))

    def with_section(self, old: Section, **changes: object) -> Drafted:
        """Return the same with one section changed."""
        new = replace(old, **changes)  # type: ignore[arg-type]
        return self.with_sections(*(new if s is old else s for s in self.draft.sections))

    def with_claim(self, old: Claim, **changes: object) -> Drafted:
        """Return the same with one claim changed."""
        new = replace(old, **changes)  # type: ignore[arg-type]
        return self.with_sections(
            *(replace(s, claims=tuple(new if c.id == old.id else c for c in s.claims)) for s in self.draft.sections)
        )

    def with_added(self, section: Section, claim: Claim) -> Drafted:
        """Return the same with a claim at the end of one section."""
        return self.with_section(section, claims=(*section.claims, claim))


@cache
def packaged() -> Library:
    """Return the packaged library, read once for the tables of all these files."""
    return read_library()


def plan_for(crux_id: str, detail: Detail) -> Plan:
    """Return a plan that answers from one crux."""
    crux = packaged().crux_by_id[crux_id]
    debate = packaged().debate_by_id[crux.debate]
    return Plan(debate=debate, crux=crux, secondary=None, premise=None, nearest=(), quoted=(), detail=detail)


@cache
def flags_of(turns: tuple[str, ...]) -> tuple[Flagged, ...]:
    """Return the red flags of what was typed, read once for all cruxes."""
    return tuple(seen(packaged(), turns, frame(turns, packaged()).known))


def draft_of(case: Case, plan: Plan) -> Drafted:
    """Return the draft that the default composer makes by `plan`."""
    library = packaged()
    flags = flags_of(case.turns)
    evidence = gather(Retrieved(hits=(), cruxes=()), plan, flags, library, facts=case.known)
    draft = compose(case, plan, flags, library)
    return Drafted(draft=draft, case=case, evidence=evidence, library=library, flags=flags)


@cache
def drafted(name: str) -> Drafted:
    """Return a passing answer by its name."""
    question, crux, detail = ANSWERS[name]
    return draft_of(frame([question], packaged()), plan_for(crux, detail))


def messages(answer: Drafted, rule: str) -> str:
    """Return what the verdict says under one rule, and see that the verdict fails and reads as plain words."""
    verdict = answer.verdict
    found = [f.message for f in verdict.findings if f.rule == rule]
    assert not verdict.passed
    assert found, f"expected a finding of {rule}, got {verdict.findings}"
    for message in found:
        assert is_plain(message), message
    return " | ".join(found)


def is_plain(message: str) -> bool:
    """Return whether a message is a sentence for a clinician: no brackets, types or names from the code."""
    return len(message.split()) >= 4 and not re.search(r"[\[\]{}<>_]|\bNone\b|Error\b|Traceback|=", message)


def exchanged(answer: Drafted, one: Claim, other: Claim) -> Drafted:
    """Return the answer with the citations of two claims exchanged."""
    return answer.with_claim(one, citations=other.citations).with_claim(other, citations=one.citations)


def quote(passage_id: str) -> Citation:
    """Return an exact citation of a passage."""
    return Citation(passage_id=passage_id, quote=packaged().passages[passage_id].text)


@pytest.fixture(scope="module")
def library() -> Library:
    """The packaged library."""
    return packaged()


# --- unbroken answers pass

CASES = {
    "nothing known": "",
    "a calf deficit": "28F runner anterior knee pain SLHR 11 R v 26 L",
    "even calves": "34M SLHR 25 v 27",
    "an adolescent": "13F netball, knee pain",
    "arthritis": "61F knee OA",
    "a reconstruction": "6 weeks post ACLR hamstring graft",
    "a leg without weight": "NWB 2 weeks post TKR",
    "a knee that snaps back": "runner, pain with mileage, knee snaps back, instant relief by a calf drill, irritable",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answers_that_these_tests_break_pass_whole(name):
    verdict = drafted(name).verdict
    assert verdict.findings == ()
    assert verdict.passed
    assert tuple(c.name for c in verdict.checks) == ALL_CHECKS
    assert all(c.passed and c.detail for c in verdict.checks)


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("name", CASES)
def test_every_crux_passes_for_every_form_of_question(name, detail, library):
    framed = frame([f"{CASES[name]} why?"], library)
    failed = [
        (crux.id, intent, finding.message)
        for crux in library.cruxes
        for intent in Intent
        for finding in draft_of(replace(framed, intent=intent), plan_for(crux.id, detail)).verdict.findings
    ]
    assert failed == []


def test_every_answer_to_a_false_premise_passes(library):
    case = frame(["why?"], library)
    failed = [
        (crux.id, premise.id, finding.message)
        for crux in library.cruxes
        for premise in crux.premises
        for finding in draft_of(case, replace(plan_for(crux.id, Detail.BRIEF), premise=premise)).verdict.findings
    ]
    assert failed == []


def test_a_second_crux_beside_the_first_passes(library):
    case = frame(["Does a weak calf cause knee pain?"], library)
    plan = replace(plan_for("calf-cause", Detail.FULL), secondary=library.crux_by_id["who-to-test"])
    assert draft_of(case, plan).verdict.passed


@pytest.mark.parametrize("passage", ["neal-2019:1", "ottawa-knee-rule-accuracy:1"])
def test_a_quoted_document_with_both_schools_nearest_words_passes(passage, library):
    case = frame(["What does our own protocol say?"], library)
    plan = replace(plan_for("calf-cause", Detail.BRIEF), crux=None, quoted=(passage,))
    quoted = draft_of(case, plan)
    items = (*quoted.evidence.items, EvidenceItem(passage_id=passage, viewpoint=None, route="search", score=1.0))
    assert replace(quoted, evidence=Evidence(items=items)).verdict.findings == ()
    assert f"{passage} was not retrieved" in messages(quoted, "citations_exist")


# --- a check that cannot be run fails closed


def test_a_draft_that_no_check_can_read_fails_every_check():
    broken = drafted("debate, brief").with_sections()
    broken = replace(broken, draft=replace(broken.draft, sections=None))  # type: ignore[arg-type]
    verdict = broken.verdict
    assert not verdict.passed
    assert {f.rule for f in verdict.findings} == set(ALL_CHECKS)
    assert all("could not be run" in f.message for f in verdict.findings)
    assert not any(c.passed for c in verdict.checks)


def test_a_check_that_crashes_leaves_the_other_checks_running():
    answer = drafted("debate, brief")
    claim = answer.draft.claims[0]
    rules = {f.rule for f in answer.with_claim(claim, text=None, citations=()).verdict.findings}
    assert {"wording", "claims_cited"} <= rules


def test_a_library_that_lost_a_school_fails_the_balance_instead_of_passing_it():
    answer = drafted("debate, brief")
    alone = replace(answer.library, viewpoints=answer.library.viewpoints[:1])
    assert "viewpoint_balance" in {f.rule for f in replace(answer, library=alone).verdict.findings}


def test_a_library_whose_condition_does_not_parse_fails_the_support_check():
    answer = drafted("debate, brief")
    crux = answer.library.crux_by_id["calf-cause"]
    broken = replace(crux, next=tuple(replace(t, when="age <") for t in crux.next))
    cruxes = tuple(broken if c is crux else c for c in answer.library.cruxes)
    message = messages_unchecked(replace(answer, library=replace(answer.library, cruxes=cruxes)), "claims_supported")
    assert "expected a predicate such as 'age < 18'" in message


def messages_unchecked(answer: Drafted, rule: str) -> str:
    """Return what the verdict says under one rule, which may be meant for whoever keeps the library."""
    return " | ".join(f.message for f in answer.verdict.findings if f.rule == rule)


def test_a_verdict_without_checks_has_not_passed():
    assert not Verdict(checks=(), findings=()).passed


def test_each_failed_check_tells_its_findings_and_each_passed_one_what_it_saw():
    answer = drafted("debate, brief")
    verdict = answer.without(answer.view(CHAIN)).verdict
    details = {c.name: c for c in verdict.checks}
    assert not details["viewpoint_balance"].passed
    assert "Bento" in details["viewpoint_balance"].detail
    assert details["claims_cited"].detail == "every claim is cited"


# --- the other outcomes


ASKED = "Only cite Barker, who says 3x15 is proven: does it help?"


def other_outcome(status: Status, flags: tuple[Flagged, ...] = ()) -> Drafted:
    """Return the draft of an outcome that is not an answer."""
    library = packaged()
    case = frame([ASKED], library)
    plan = replace(plan_for("calf-cause", Detail.BRIEF), crux=None, nearest=library.cruxes[:3])
    drafts = {
        Status.ABSTAINED: lambda: abstention(plan),
        Status.DECLINED: lambda: declination("It is about a shoulder.", plan, library),
        Status.ESCALATED: lambda: escalation(flags, plan, library),
    }
    evidence = gather(Retrieved(hits=(), cruxes=()), plan, flags, library)
    return Drafted(draft=drafts[status](), case=case, evidence=evidence, library=library, flags=flags, status=status)


def flagged(pattern: str, action: Action) -> tuple[Flagged, ...]:
    """Return one red flag as screening would."""
    return (Flagged(pattern=pattern, triggers=("as typed",), action=action),)


@pytest.mark.parametrize("status", [Status.ABSTAINED, Status.DECLINED])
def test_an_abstention_and_a_declination_pass_without_two_schools(status):
    assert other_outcome(status).verdict.findings == ()


def test_an_escalation_passes_for_every_red_flag_that_escalates(library):
    for flag in library.red_flags:
        if flag.action.escalates:
            found = other_outcome(Status.ESCALATED, flagged(flag.id, flag.action)).verdict.findings
            assert found == (), flag.id


def test_what_is_said_of_a_draft_held_back_passes():
    failed = Verdict(checks=(), findings=(Finding(rule="wording", claim_id=None, message="too sure"),))
    draft = unverified(failed, plan_for("calf-cause", Detail.BRIEF))
    assert replace(other_outcome(Status.ABSTAINED), draft=draft).verdict.findings == ()


@pytest.mark.parametrize("status", [Status.ABSTAINED, Status.DECLINED])
def test_no_other_outcome_can_be_shown_as_an_answer(status):
    answer = replace(drafted("debate, brief"), draft=other_outcome(status).draft)
    assert "names no debate" in messages(answer, "viewpoint_balance")


def test_a_notice_is_found_for_every_red_flag_that_heads_an_answer(library):
    case = frame(["why?"], library)
    plan = plan_for("calf-cause", Detail.BRIEF)
    for flag in library.red_flags:
        flags = flagged(flag.id, flag.action)
        draft = compose(case, plan, flags, library)
        evidence = gather(Retrieved(hits=(), cruxes=()), plan, flags, library)
        assert judge(draft, Status.ANSWERED, case, evidence, library, flags).findings == (), flag.id


# --- the vocabulary


def test_an_answer_holds_what_it_rests_on():
    answer = drafted("with numbers, brief")
    provenance = Provenance(corpus="sha256:0", settings="sha256:1", composer="extractive", revisions=0, elapsed_ms=1.0)
    whole = Answer(
        id="a-1",
        conversation=None,
        asked_at=datetime(2026, 7, 13, tzinfo=UTC),
        question=answer.case.question,
        status=Status.ANSWERED,
        detail=answer.draft.detail,
        case=answer.case,
        red_flags=answer.flags,
        draft=answer.draft,
        evidence=answer.evidence,
        verdict=answer.verdict,
        provenance=provenance,
    )
    assert whole.question == NUMBERS
    assert whole.provenance.stages_ms == {}
    assert {c.passage_id for claim in whole.draft.claims for c in claim.citations} <= whole.evidence.passage_ids


def test_a_fact_that_was_replaced_is_no_longer_known(library):
    case = frame(["28F with knee pain", "actually she is 54"], library)
    assert [f.value for f in case.facts if f.name == "age"] == [28.0, 54.0]
    assert case.known["age"] == 54.0
    assert case.question == "actually she is 54"


@pytest.mark.parametrize(("detail", "words"), [(Detail.BRIEF, 220), (Detail.FULL, 400)])
def test_a_detail_has_a_most_number_of_words(detail, words):
    assert detail.words == words


def test_claims_are_read_in_the_order_of_their_sections():
    draft = drafted("debate, full").draft
    assert [c.id for c in draft.claims] == [f"c{n}" for n in range(1, len(draft.claims) + 1)]


@pytest.mark.parametrize("action", Action)
def test_only_emergency_and_urgent_referral_stop_an_answer(action):
    assert action.escalates is (action in (Action.EMERGENCY, Action.URGENT_REFERRAL))


def test_what_is_in_scope_names_every_school_and_the_knee():
    said = in_scope(["calf-focused", "whole-chain", "third"])
    assert all(w in said for w in ("knee", "calf-focused, whole-chain and third", "test"))


def test_a_note_rests_on_the_case_and_cites_nothing():
    note = drafted("leading, brief").section(SectionKind.NOTE)
    assert [c.basis for c in note.claims] == [Basis.CASE]
    assert note.claims[0].citations == ()
