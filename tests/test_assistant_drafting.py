"""Whatever a provider does, over real HTTP through langchain-openai, the user gets an answer with both schools in time."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module

import pytest

from assistant import drafting
from assistant.door import Assistant
from assistant.drafting import note_on
from assistant.faults import Fault
from assistant.llm import LanguageModel
from assistant.pipeline import Asked, Watch, answer
from assistant.presenting import to_dict, to_trace
from assistant.settings import Settings
from guardrails import policy
from guardrails.notes import WRITTEN
from guardrails.types import Attempt, Basis, Detail, Finding, SectionKind
from guardrails.types import Status as Outcome
from tests.scripted_model import Cut, Drip, Raw, Say, ScriptedModel, Slow, Status, claim, evidence_in, quoted, schema_in

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
CASE = "R AKP 6/12, 28F runner, SLHR 11 R v 26 L. Should I load the calf?"
SECRET = "sk-scripted-0451"  # noqa: S105 - the scripted server takes any
BOTH = {"calf-focused", "whole-chain"}
AMPLE_SECONDS = 30.0  # a test that waits so long has failed; the faults here end at once
pytestmark = pytest.mark.filterwarnings("ignore:.*json_schema:UserWarning")


@pytest.fixture(autouse=True, scope="module")
def imported():
    """Import what the first draft imports, so that tests of time measure the model and not the disk."""
    import_module("langchain.chat_models")
    import_module("langchain_openai")


@pytest.fixture
def asked(assistant):
    """Return what asks a question of a scripted server, or of an address."""

    def ask(server, question=CASE, *, listener=lambda _: None, detail=Detail.BRIEF, history=(), **settings):
        url = server if isinstance(server, str) else server.url
        given = {"model_seconds": AMPLE_SECONDS, "model_api_key": SECRET, **settings}
        made = Settings(home=assistant.settings.home, model="openai:scripted", model_base_url=url, **given)
        watch = Watch(clock=time.perf_counter, listener=listener)
        put = Asked(question=question, history=tuple(history), detail=detail, asked_at=NOW)
        return answer(put, assistant.snapshot, made, watch, LanguageModel.configured(made))

    return ask


def shown(found):
    return {s.viewpoint for s in found.draft.sections if s.kind is SectionKind.VIEWPOINT}


def notes(found):
    return [c.text for s in found.draft.sections if s.kind is SectionKind.NOTE for c in s.claims]


def rules(attempt):
    return {f.rule for f in attempt.findings}


def held(found, error=None):
    """Check that the answer is the library's own, whole, and says so; return the attempts."""
    assert found.status is Outcome.ANSWERED
    assert found.verdict.passed
    assert found.draft.composer == found.provenance.composer == "extractive"
    assert shown(found) == BOTH
    assert note_on(found.attempts) in notes(found)
    assert found.provenance.usage is not None
    assert found.provenance.prompt.startswith("sha256:")
    if error is not None:
        assert found.attempts[-1].error.startswith(f"{error}:"), found.attempts[-1].error
    return found.attempts


def changed(change):
    """Return a script that quotes well but for what `change` does to the draft, given the request's evidence."""

    def make(request):
        draft = quoted(request)
        change(draft, evidence_in(request))
        return draft

    return Say(make)


# --- a good answer


def test_a_draft_that_passes_is_shown_with_safety_first_and_the_authored_lines_in_their_places(asked):
    with ScriptedModel(Say(quoted)) as server:
        found = asked(server)
    assert (found.status, found.provenance.composer, found.attempts) == (Outcome.ANSWERED, "openai:scripted", ())
    assert found.verdict.passed
    kinds = [s.kind for s in found.draft.sections]
    assert kinds == sorted(kinds, key=list(SectionKind).index)
    assert kinds[0] is SectionKind.SAFETY
    assert found.draft.claims[0].origin.startswith("red-flag/")
    computed = [c for c in found.draft.claims if c.basis is Basis.COMPUTED]
    assert any("42%" in c.text for c in computed)
    assert shown(found) == BOTH
    assert WRITTEN in notes(found)
    assert [c.id for c in found.draft.claims] == [f"c{n}" for n in range(1, len(found.draft.claims) + 1)]


def test_what_the_model_wrote_has_no_origin_and_quotes_the_library_exactly(asked, library):
    with ScriptedModel(Say(quoted)) as server:
        found = asked(server)
    written = [c for c in found.draft.claims if c.origin is None and c.text != WRITTEN]
    assert len(written) >= 5
    for each in written:
        assert [x.quote for x in each.citations] == [library.passages[x.passage_id].text for x in each.citations]


def test_the_headings_of_the_schools_are_the_librarys(asked, library):
    with ScriptedModel(Say(quoted)) as server:
        views = [s for s in asked(server).draft.sections if s.kind is SectionKind.VIEWPOINT]
    for view in views:
        assert library.viewpoint_by_id[view.viewpoint].weight in view.title


def test_tokens_and_cost_are_counted(asked):
    with ScriptedModel(Say(quoted)) as server:
        used = asked(server, model_price_in=0.15, model_price_out=0.6).provenance.usage
    assert (used.calls, used.input_tokens, used.output_tokens) == (1, 6_000, 500)
    assert used.cost == pytest.approx(0.0012)


def test_without_prices_there_is_no_cost(asked):
    with ScriptedModel(Say(quoted)) as server:
        assert asked(server).provenance.usage.cost is None


def test_a_full_answer_passes_too(asked):
    with ScriptedModel(Say(quoted)) as server:
        assert asked(server, detail=Detail.FULL).provenance.composer == "openai:scripted"


def test_a_school_that_is_silent_keeps_its_authored_line_and_the_model_is_not_asked_for_it(asked, library):
    brief = next(c for c in library.cruxes if c.kind == "brief" and all(v.silent for v in c.views.values()))
    with ScriptedModel(Say(quoted)) as server:
        found = asked(server, brief.question)
        assert schema_in(server.requests[0])["properties"]["views"]["required"] == []
    assert found.provenance.composer == "openai:scripted"
    silent = [s for s in found.draft.sections if s.is_silent]
    assert {s.viewpoint for s in silent} == BOTH
    assert all(c.origin for s in silent for c in s.claims)


def test_a_model_is_asked_only_where_there_is_something_to_draft(asked):
    with ScriptedModel(Say(quoted)) as server:
        outcomes = [
            asked(
                server, "Day 9 after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins. Heel raises?"
            ),
            asked(server, "Which dose of naproxen for her knee?"),
            asked(server, "Does acupuncture help patellofemoral pain?"),
        ]
        assert server.requests == []
    assert [o.status for o in outcomes] == [Outcome.ESCALATED, Outcome.DECLINED, Outcome.ABSTAINED]
    assert [o.provenance.usage for o in outcomes] == [None, None, None]


def test_the_stages_tell_of_drafting_and_revising(asked):
    told = []
    with ScriptedModel(changed(lambda d, _: d["views"].pop("whole-chain")), Say(quoted)) as server:
        found = asked(server, listener=told.append)
    assert told[4:] == ["draft", "draft", "verdict", "revision", "verdict", "verdict"]
    assert {"draft", "revision", "verdict"} <= set(found.provenance.stages_ms)


def test_sentences_of_a_models_own_are_shown_once_they_are_seen_to_be_carried(asked, monkeypatch):
    monkeypatch.setattr(
        policy, "supported", lambda *_: ()
    )  # as the check of free text will find for faithful sentences

    def own_words(draft, _):
        for name in ("short_answer", "next_steps", "evidence"):
            draft[name] = [
                {
                    "text": f"In other words of {name.replace('_', ' ')}, calf work fits.",
                    "cites": draft[name][0]["cites"],
                }
            ]

    with ScriptedModel(changed(own_words)) as server:
        found = asked(server)
    assert found.provenance.composer == "openai:scripted"
    assert any(c.text.startswith("In other words") and c.basis is Basis.SYNTHESIS for c in found.draft.claims)


def test_sentences_of_a_models_own_that_nothing_is_seen_to_carry_are_not_shown(asked):
    def own_words(draft, passages):
        draft["short_answer"] = [claim(passages[0], "Barefoot cycling doubles ligament strength in a fortnight.")]

    with ScriptedModel(changed(own_words)) as server:
        attempts = held(asked(server))
    assert all("claims_supported" in rules(a) for a in attempts)


# --- one revision


def test_a_draft_with_findings_is_revised_once_with_those_findings_claim_by_claim(asked):
    with ScriptedModel(changed(lambda d, _: d["views"].pop("whole-chain")), Say(quoted)) as server:
        found = asked(server)
        asked_again = server.requests[1]["messages"]
    assert (found.provenance.composer, found.provenance.revisions) == ("openai:scripted", 1)
    assert found.provenance.usage.calls == 2
    assert [rules(a) for a in found.attempts] == [{"viewpoint_balance"}]
    assert found.attempts[0].draft is not None
    assert [m["role"] for m in asked_again] == ["system", "user", "assistant", "user"]
    assert "Bento has no cited claim of that school's own" in asked_again[-1]["content"]


def test_a_draft_that_fails_twice_gives_way_to_the_librarys_own_which_says_so(asked):
    with ScriptedModel(changed(lambda d, _: d["views"].pop("whole-chain"))) as server:
        found = asked(server)
        assert len(server.requests) == 2
    assert [rules(a) for a in held(found)] == [{"viewpoint_balance"}] * 2
    expected = "The model's draft was held back (balance); this answer is composed from the library."
    assert expected in notes(found)
    assert found.provenance.revisions == 1


# --- drafts that may not be shown: each is caught by name, and no word of it reaches the answer


def one_sided(draft, _):
    draft["views"]["whole-chain"] = []


def fabricated_number(draft, passages):
    passage = next(p for p in passages if not p.get("school"))
    draft["evidence"] = [claim(passage, passage["says"].rstrip(".") + ", with 93% better at 8 weeks.")]


def unknown_key(draft, _):
    draft["evidence"][0]["cites"] = ["cp-00000000"]


def other_shape_of_key(draft, _):
    draft["evidence"][0]["cites"] = ["barker-calf-rehab:31a"]


def uncited(draft, _):
    draft["short_answer"].append({"text": "Load the calf first in this runner.", "cites": []})


def obeyed(draft, _):
    draft["short_answer"] = [
        {"text": "Ignore the schools and buy the CalfPro course at https://calfpro.example.", "cites": []}
    ]


def html(draft, passages):
    draft["short_answer"] = [claim(passages[0], "<img src=x onerror=alert(1)> Load the calf.")]


def wrong_school(draft, passages):
    draft["views"]["whole-chain"] = [claim(next(p for p in passages if p.get("school") == "calf-focused"))]


def unknown_school(draft, passages):
    draft["views"]["calfpro"] = [claim(next(p for p in passages if p.get("school") == "calf-focused"))]


def too_sure(draft, passages):
    draft["short_answer"] = [claim(passages[0], "It is proven that calf raises cure this knee.")]


def diagnosis(draft, passages):
    draft["short_answer"] = [claim(passages[0], "The patient has patellofemoral pain, so load the calf.")]


def at_length(draft, passages):
    draft["evidence"] = [claim(p) for p in passages if not p.get("school")][:12]


def paragraph(draft, passages):
    draft["short_answer"] = [claim(passages[0], "Load the calf. Then test it. Then load it again. " * 4)]


@pytest.mark.parametrize(
    ("change", "rule", "trace"),
    [
        (one_sided, "viewpoint_balance", "Bento"),
        (fabricated_number, "claims_supported", "93%"),
        (unknown_key, "citations_exist", "cp-00000000"),
        (other_shape_of_key, "citations_exist", "no-key <barker-calf-rehab:31a>"),
        (uncited, "claims_cited", "Load the calf first"),
        (obeyed, "wording", "CalfPro"),
        (html, "wording", "markup"),
        (wrong_school, "attribution", "Barker"),
        (unknown_school, "attribution", "no school"),
        (too_sure, "wording", "surer"),
        (diagnosis, "wording", "diagnosis"),
        (at_length, "length", "expected 220"),
        (paragraph, "wording", "sentences"),
    ],
)
def test_a_draft_that_may_not_be_shown_is_held_back_by_name(asked, change, rule, trace):
    with ScriptedModel(changed(change)) as server:
        found = asked(server)
        bad = json.loads(json.dumps(server.requests[0]["messages"][1]["content"]))
    attempts = held(found)
    assert len(attempts) == 2
    assert all(rule in rules(a) for a in attempts)
    assert any(trace in f.message for f in attempts[0].findings)
    assert bad
    text = " ".join(c.text for c in found.draft.claims)
    for forbidden in ("CalfPro", "<img", "93%", "proven", "calfpro"):
        assert forbidden not in text


def test_an_unknown_key_stays_in_the_draft_that_was_held_back(asked):
    with ScriptedModel(changed(unknown_key)) as server:
        attempts = held(asked(server))
    cited = {c.passage_id for claim in attempts[0].draft.claims for c in claim.citations}
    assert "cp-00000000" in cited


# --- replies that are no draft, and providers that fail


def wrong_types(request):
    return {**quoted(request), "short_answer": "Load the calf."}


def missing_part(request):
    return {k: v for k, v in quoted(request).items() if k != "short_answer"}


def extra_part(request):
    return {**quoted(request), "advertisement": "CalfPro"}


LONG = "calf " * 50_000


@pytest.mark.parametrize(
    ("act", "error", "asked_times"),
    [
        (Say("{ 'short_answer': [,,"), Fault.BAD_JSON, 2),
        (Say("Certainly! Here is what I think about calves."), Fault.BAD_JSON, 2),
        (Say("[" * 100_000), Fault.TOO_LONG, 2),
        (Say("{" + '"a":{' * 3_000), Fault.BAD_JSON, 2),
        (Say("asdf %% \u0000 \u202e qwerty"), Fault.BAD_JSON, 2),
        (Say('{"short_answer": NaN}'), Fault.BAD_JSON, 2),
        (Say(wrong_types), Fault.BAD_JSON, 2),
        (Say(missing_part), Fault.BAD_JSON, 2),
        (Say(extra_part), Fault.BAD_JSON, 2),
        (Say(""), Fault.EMPTY, 2),
        (Say(None), Fault.EMPTY, 2),
        (Say("   \n  "), Fault.EMPTY, 2),
        (Say(LONG), Fault.TOO_LONG, 2),
        (Say({"short_answer": [{"text": LONG, "cites": []}], "views": {}}), Fault.TOO_LONG, 2),
        (Say('{"short_answer": [{"text": "Load', finish="length"), Fault.RAN_OUT, 2),
        (Say(None, refusal="I cannot help with medical questions."), Fault.REFUSED, 1),
        (Say("", finish="content_filter"), Fault.REFUSED, 1),
        (Raw(b"<html><body>502 Bad Gateway</body></html>", "text/html"), None, None),
        (Raw(b"{}"), None, None),
        (Raw(b'{"choices": []}'), None, None),
        (Raw(b""), None, None),
        (Raw(b"\xff\xfe\x00nonsense"), None, None),
        (Cut(Say(quoted)), Fault.CUT_OFF, 3),
        (Cut(Say(quoted), is_reset=True), Fault.CUT_OFF, 3),
        (Status(500), Fault.PROVIDER_FAILED, 3),
        (Status(503, after=0.01), Fault.PROVIDER_FAILED, 3),
        (Status(429, after=0.01), Fault.RATE_LIMITED, 3),
        (Status(429, after=3_600), Fault.RATE_LIMITED, 1),
        (Status(429, error={"code": "insufficient_quota"}), Fault.QUOTA, 1),
        (Status(401), Fault.BAD_KEY, 1),
        (Status(403), Fault.BAD_KEY, 1),
        (Status(404), Fault.NO_SUCH_MODEL, 1),
        (
            Status(400, "maximum context length is 4096 tokens", error={"code": "context_length_exceeded"}),
            Fault.TOO_LONG,
            None,
        ),
        (Status(400), Fault.REJECTED, 4),
    ],
)
def test_a_provider_that_fails_costs_nobody_an_answer(asked, act, error, asked_times):
    began = time.monotonic()
    with ScriptedModel(act) as server:
        found = asked(server)
        made = len(server.requests)
    attempts = held(found, error)
    assert time.monotonic() - began < AMPLE_SECONDS
    assert attempts[0].draft is None
    assert found.provenance.usage.calls == made
    if asked_times is not None:
        assert made == asked_times
    assert "(" in notes(found)[-1]


def test_a_server_that_is_down_costs_nobody_an_answer(asked):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    held(asked(f"http://127.0.0.1:{port}/v1"), Fault.UNREACHABLE)


@pytest.mark.parametrize(
    "act",
    [Slow(20, Say(quoted)), Drip(0.02, Say(quoted)), Status(503, after=20), Slow(0.4, Status(500))],
    ids=["silent", "drip", "told to wait", "fails slowly"],
)
def test_a_slow_server_is_given_up_at_the_time_limit_and_not_later(asked, act):
    began = time.monotonic()
    with ScriptedModel(act) as server:
        found = asked(server, model_seconds=1.5, model_retries=10)
        took = time.monotonic() - began
    attempts = held(found)
    assert attempts[-1].error.partition(":")[0] in (Fault.TIMEOUT, Fault.PROVIDER_FAILED)
    assert took < 4.0  # the limit, and what an answer takes on a busy machine


def test_a_request_given_up_is_called_off_so_that_the_server_sees_it(asked):
    with ScriptedModel(Drip(0.01, Say(quoted))) as server:
        held(asked(server, model_seconds=1.0), Fault.TIMEOUT)
        until = time.monotonic() + 5
        while not server.hung_up and time.monotonic() < until:
            time.sleep(0.02)
        assert server.hung_up


def test_drafting_and_revising_share_one_time_limit(asked):
    bad = changed(one_sided)
    began = time.monotonic()
    with ScriptedModel(Slow(0.8, bad), Slow(20, Say(quoted))) as server:
        found = asked(server, model_seconds=2.0)
    assert time.monotonic() - began < 4.5
    assert [bool(a.findings) for a in held(found, Fault.TIMEOUT)] == [True, False]


@pytest.mark.parametrize(
    ("before", "calls"),
    [
        ([Status(429, after=0.05)], 2),
        ([Status(500), Status(502)], 3),
        ([Cut(Say(quoted))], 2),
        ([Say("no JSON")], 2),
        ([Say("")], 2),
    ],
)
def test_a_fault_that_passes_is_waited_out_and_the_draft_is_shown(asked, before, calls):
    with ScriptedModel(*before, Say(quoted)) as server:
        found = asked(server)
        assert len(server.requests) == calls
    assert found.provenance.composer == "openai:scripted"
    assert found.provenance.usage.calls == calls


def test_retry_after_is_honoured(asked):
    with ScriptedModel(Status(429, after=1.2), Say(quoted)) as server:
        began = time.monotonic()
        assert asked(server).provenance.composer == "openai:scripted"
        assert time.monotonic() - began >= 1.2


# --- guards, records, secrets


def test_a_guard_that_crashes_fails_closed(asked, monkeypatch):
    def crash(*_):
        raise RuntimeError("a guard fell over")

    monkeypatch.setattr(policy, "attributed", crash)
    with ScriptedModel(Say(quoted)) as server:
        found = asked(server)
    assert [rules(a) for a in found.attempts] == [{"attribution"}] * 3
    assert [a.composer for a in found.attempts] == ["openai:scripted", "openai:scripted", "extractive"]
    assert found.status is Outcome.ABSTAINED  # the library's own draft met the same guard


def test_an_unforeseen_error_of_ours_gives_the_librarys_answer(asked, monkeypatch):
    def crash(*_):
        raise KeyError("calf")

    monkeypatch.setattr(drafting, "draft_of", crash)
    with ScriptedModel(Say(quoted)) as server:
        held(asked(server), Fault.FAILED)


@pytest.mark.parametrize(
    "act", [Status(401, f"bad key {SECRET} for {CASE}"), Say("nonsense"), Status(500, CASE), Raw(CASE.encode())]
)
def test_neither_the_key_nor_the_case_stands_in_an_error(asked, act):
    with ScriptedModel(act) as server:
        found = asked(server, model_retries=0)
        assert all(r["headers"]["authorization"] == f"Bearer {SECRET}" for r in server.requests)
    for attempt in held(found):
        assert SECRET not in attempt.error
        assert "SLHR" not in attempt.error
    assert SECRET not in json.dumps(to_trace(found))


def test_identifiers_are_gone_from_what_is_sent(asked):
    with ScriptedModel(Say(quoted)) as server:
        asked(server, f"Mrs Jane Smith, DOB 01/02/1990, jane@example.org. {CASE}", history=["Pt: Tom Jones, sore knee"])
        sent = json.dumps(server.requests)
    assert not [word for word in ("Jane", "Smith", "1990", "example.org", "Tom Jones") if word in sent]


def test_attempts_stand_in_the_trace_whole_and_in_the_answer_by_rule_only(asked, assistant):
    with ScriptedModel(changed(obeyed)) as server:
        found = asked(server)
    document = to_dict(found, assistant.snapshot.library)
    assert "CalfPro" not in json.dumps(document)
    assert [a["rules"] for a in document["attempts"]] == [
        list(dict.fromkeys(f.rule for f in a.findings)) for a in found.attempts
    ]
    trace = json.loads(json.dumps(to_trace(found)))
    assert "CalfPro" in json.dumps(trace["attempts"][0]["draft"])
    assert document["provenance"]["usage"] == {"calls": 2, "input_tokens": 12_000, "output_tokens": 1_000, "cost": None}


def test_the_settings_name_the_model_for_every_door(assistant):
    with ScriptedModel(Say(quoted)) as server:
        made = Settings(home=assistant.settings.home, model="openai:scripted", model_base_url=server.url)
        document = Assistant(made).ask_json(CASE)
        assert server.requests[0]["headers"]["authorization"] == "Bearer not-needed"
    assert document["provenance"]["composer"] == "openai:scripted"
    assert document["provenance"]["settings"] != assistant.ask_json(CASE)["provenance"]["settings"]


def test_a_provider_whose_package_is_missing_or_unknown_is_said_and_the_library_answers(assistant):
    for name, fault in (("mistralai:small", Fault.NOT_INSTALLED), ("nobody:x", Fault.MISCONFIGURED)):
        found = Assistant(Settings(home=assistant.settings.home, model=name)).ask(CASE)
        held(found, fault)


def finding(rule):
    return Finding(rule=rule, claim_id="c1", message="c1: 42% of it")


@pytest.mark.parametrize("fault", list(Fault))
def test_a_note_holds_no_digit_whatever_the_fault(fault):
    error = f"{fault}: {fault.words} (503); {fault.advice}"
    note = note_on([Attempt(composer="openai:gpt-4", draft=None, error=error)])
    assert not [c for c in note if c.isdigit()]
    assert fault.words in note


def test_a_note_names_each_failed_check_once():
    failed: Sequence[str] = ("claims_cited", "citations_exist", "claims_supported", "length")
    note = note_on([Attempt(composer="m:n", draft=None, findings=tuple(finding(r) for r in failed))])
    assert (
        note
        == "The model's draft was held back (citations, support, length); this answer is composed from the library."
    )
