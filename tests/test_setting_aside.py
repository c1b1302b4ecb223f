"""Red flags set aside at each door: how they are typed, what is told, and that they hold until new words come."""

from __future__ import annotations

import json
import shutil

import httpx
import pytest

from corpus.library import read_library
from guardrails.dismissing import DismissalError
from tests.command_line import command_line
from ui.batch import answers
from ui.conversations import Conversations, new_conversation
from ui.reasons import dismissing
from ui.setting_aside import flag_lines, from_objects, from_option, from_words, in_chat, in_terminal
from ui.usage import UsageError
from ui.web import Sent, told

LIBRARY = read_library()
CLOT = "Nine days after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins. Can heel raises start?"
AGAIN = "now the calf is swollen and hot, pitting oedema. Carry on?"
CLEAR = {"pattern": "dvt", "reason": "scanned-clear", "note": "duplex yesterday"}


@pytest.fixture
def run(assistant, tmp_path, monkeypatch, capsys):
    """Return a function that runs the command line here and returns its exit code, output and errors."""
    home = tmp_path / "home"
    shutil.copytree(assistant.settings.home / "index", home / "index")
    return command_line(monkeypatch, capsys, tmp_path, home)


# --- how it is typed


def test_an_option_names_pattern_reason_and_note():
    given = from_option("dvt=scanned-clear:duplex 12:30", LIBRARY, turn=3)
    assert (given.pattern, given.reason, given.note, given.turn) == ("dvt", "scanned-clear", "duplex 12:30", 3)


def test_an_option_without_a_reason_is_refused_with_the_form():
    with pytest.raises(UsageError, match="expected pattern=reason"):
        from_option("dvt", LIBRARY, turn=1)


def test_words_name_pattern_reason_and_note():
    assert from_words("dvt scanned-clear duplex yesterday", LIBRARY, turn=1).note == "duplex yesterday"
    assert from_words("dvt scanned-clear", LIBRARY, turn=1).note == ""
    with pytest.raises(DismissalError, match="expected /dismiss PATTERN REASON"):
        from_words("dvt", LIBRARY, turn=1)


@pytest.mark.parametrize("given", [{}, "dvt", ["dvt"], [CLEAR, 1], None])
def test_something_else_than_a_list_of_objects_is_refused(given):
    with pytest.raises(DismissalError, match="expected a list such as"):
        from_objects(given, LIBRARY, now=1)


def test_an_object_without_a_turn_holds_for_the_question_at_hand():
    assert [d.turn for d in from_objects([CLEAR, {**CLEAR, "turn": 1}], LIBRARY, now=4)] == [4, 1]
    with pytest.raises(DismissalError, match="'why'"):
        from_objects([{**CLEAR, "why": "x"}], LIBRARY, now=1)


def test_each_door_says_it_in_its_own_terms():
    stopped = {"dismissing": {"patterns": ["dvt"], "reasons": []}, "conversation": "c-1", "status": "escalated"}
    assert '--conversation c-1 --dismiss dvt=scanned-clear "the question again"' in in_terminal(stopped)
    assert "/dismiss dvt scanned-clear" in in_chat(stopped)
    assert (in_terminal({"dismissing": None}), in_chat({})) == (None, None)


def test_flags_are_listed_with_their_state():
    flags = [
        {"pattern": "dvt", "triggers": ["calf hot"], "action": "urgent-referral", "dismissed": None},
        {"pattern": "s1-loss", "triggers": [], "action": "refer", "dismissed": "cue misread"},
    ]
    first, second = flag_lines(flags, LIBRARY)
    assert first == "dvt: Deep vein thrombosis; stands (urgent-referral); set off by 'calf hot'"
    assert second.endswith("set aside (cue misread); set off by what is known of the case")


# --- the terminal


def test_ask_tells_how_and_takes_the_reason(run):
    code, out, _ = run("ask", CLOT)
    assert code == 0
    assert 'Excluded? counterpoint ask --dismiss dvt=scanned-clear "the question again"' in out
    code, out, _ = run("ask", CLOT, "--dismiss", "dvt=scanned-clear:duplex")
    assert "Set aside by you: Deep vein thrombosis (scanned clear)" in out
    assert "Excluded?" not in out


@pytest.mark.parametrize(
    ("given", "says"),
    [("dvt", "expected pattern=reason"), ("dtv=scanned-clear", "such as dvt"), ("dvt=scan", "such as scanned-clear")],
)
def test_a_dismissal_that_cannot_be_meant_ends_with_two_and_one_line(run, given, says):
    code, out, err = run("ask", CLOT, "--dismiss", given)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_a_conversation_keeps_it_until_new_words_come(run):
    _, out, err = run("ask", CLOT, "--conversation", "c-9")
    assert "no conversation c-9 is kept yet" in err
    assert "--conversation c-9 --dismiss dvt=scanned-clear" in out
    _, out, err = run("ask", CLOT, "--conversation", "c-9", "--dismiss", "dvt=scanned-clear")
    assert (err, "Set aside by you" in out) == ("", True)
    _, out, _ = run("ask", "why?", "--conversation", "c-9")
    assert "Set aside by you" in out
    _, out, _ = run("ask", AGAIN, "--conversation", "c-9", "--json")
    assert json.loads(out)["status"] == "escalated"


def test_chat_lists_flags_and_sets_one_aside(run):
    typed = f"/dismiss dvt scanned-clear\n/flags\n{CLOT}\n/flags\n/dismiss dvt\n/dismiss dtv scanned-clear\n/dismiss dvt scanned-clear duplex [x]\n/flags\nwhy?\n{AGAIN}\n/new\n/flags\n/quit\n"
    code, out, _ = run("chat", stdin=typed.encode())
    assert code == 0
    flat = " ".join(out.split())
    for says in (
        "expected a question before /dismiss", "No red flag was seen in this case.", "stands (urgent-referral)",
        "/dismiss dvt scanned-clear and a note if you like", "expected /dismiss PATTERN REASON", "such as dvt",
        "Set aside by you: Deep vein thrombosis (scanned clear)", "set aside (scanned clear: duplex [x])",
    ):  # fmt: skip
        assert says in flat
    assert flat.count("This reads like a deep vein thrombosis") == 2
    assert flat.count("Set aside by you") == 2


# --- HTTP


@pytest.fixture(scope="module")
def http(served):
    with httpx.Client(base_url=served, timeout=60, trust_env=False) as client:
        yield client


def post(http, **body):
    return http.post("/api/v1/answers", json=body)


def test_over_http_it_is_kept_in_the_conversation_until_new_words_come(http):
    case = new_conversation()
    first = post(http, question=CLOT, conversation=case)
    assert (first.json()["status"], first.headers["counterpoint-conversation"]) == ("escalated", "new")
    second = post(http, question=CLOT, conversation=case, dismissals=[CLEAR])
    assert (second.json()["status"], second.headers["counterpoint-conversation"]) == ("answered", "continued")
    (flag,) = (f for f in second.json()["red_flags"] if f["pattern"] == "dvt")
    assert flag["dismissed"] == "scanned clear: duplex yesterday"
    assert post(http, question="why?", conversation=case).json()["status"] == "answered"
    assert post(http, question=AGAIN, conversation=case).json()["status"] == "escalated"


def test_with_a_history_of_its_own_a_client_says_the_turn(http):
    aside = [{**CLEAR, "turn": 1}]
    assert post(http, question="why?", history=[CLOT], dismissals=aside).json()["status"] == "answered"
    response = post(http, question=AGAIN, history=[CLOT], dismissals=aside)
    assert response.json()["status"] == "escalated"
    assert "counterpoint-conversation" not in response.headers


@pytest.mark.parametrize(
    ("dismissals", "says"),
    [
        ([{**CLEAR, "pattern": "dtv"}], "such as dvt"),
        ([{**CLEAR, "reason": "scan"}], "such as scanned-clear"),
        ([{**CLEAR, "turn": 5}], "a turn of 1 at most"),
        ([{**CLEAR, "turn": 0}], "dismissals"),
        ([{"pattern": "dvt"}], "dismissals"),
        ([{**CLEAR, "more": 1}], "dismissals"),
        ([{**CLEAR, "note": "x" * 301}], "dismissals"),
    ],
)
def test_a_dismissal_that_cannot_be_taken_is_a_422_with_a_sentence(http, dismissals, says):
    response = post(http, question=CLOT, dismissals=dismissals)
    assert response.status_code == 422
    assert says in response.json()["detail"]


def test_without_records_it_is_remembered_too(assistant):
    talks, case = Conversations(assistant), new_conversation()
    assert talks.reply(CLOT, conversation=case).is_new
    assert talks.reply(CLOT, conversation=case, dismissals=[CLEAR]).document["status"] == "answered"
    *_, reply = [talks.reply(f"knee thought {'x' * n}", conversation=case) for n in range(45)]
    assert not reply.is_new
    assert "Only the latest twenty turns are read" in reply.document["markdown"]
    assert talks.reply(AGAIN, conversation=case).document["status"] == "escalated"


# --- batch


def test_a_line_of_a_batch_may_set_flags_aside(assistant):
    rows = [
        {"id": 1, "question": CLOT, "dismissals": [CLEAR]},
        {"id": 2, "question": "why?", "history": [CLOT], "dismissals": [{**CLEAR, "turn": 1}]},
        {"id": 3, "question": CLOT, "dismissals": [{**CLEAR, "pattern": "dtv"}]},
        {"id": 4, "question": CLOT, "dismissals": "dvt"},
        {"id": 5, "question": CLOT},
    ]
    found = list(answers(assistant, [json.dumps(r).encode() for r in rows], None))
    assert [d.get("status") for d in found] == ["answered", "answered", None, None, "escalated"]
    assert "such as dvt" in found[2]["error"]
    assert "expected a list" in found[3]["error"]


# --- the screen


def test_the_reasons_stand_under_an_escalation_and_nowhere_else(assistant):
    talks = Conversations(assistant)
    stopped, clear = talks.reply(CLOT), talks.reply("calf raises for AKP?")
    html = dismissing(stopped.document, stopped.library)
    assert html.count("cp-set-aside") == 4 * len(stopped.document["dismissing"]["patterns"])
    assert "Deep vein thrombosis excluded?" in html
    assert dismissing(clear.document, clear.library) == ""


def test_nothing_typed_is_alive_among_the_reasons():
    hostile = "\"><script>1</script>'"
    html = dismissing({"dismissing": {"patterns": [hostile]}, "question": hostile}, LIBRARY)
    assert "<script>" not in html
    assert html.count("&quot;&gt;&lt;script&gt;") == 1 + 4 + 1


@pytest.mark.parametrize("tapped", ["", "nonsense", "[1]", 7, "x" * 500, "{}" * 300])
def test_a_tap_that_is_none_sets_nothing_aside(assistant, tapped):
    *_, (message, _, is_answered) = told(Conversations(assistant), Sent(question=CLOT, tap=tapped))
    assert is_answered
    assert 'data-status=\\"escalated\\"' in message


def test_a_tap_on_a_reason_answers_the_question(assistant):
    tapped = json.dumps({"pattern": "dvt", "reason": "scanned-clear"})
    *_, (message, _, is_answered) = told(Conversations(assistant), Sent(question=CLOT, tap=tapped))
    assert is_answered
    assert 'data-status=\\"answered\\"' in message


def test_a_tap_that_names_nothing_known_is_told(assistant):
    tapped = json.dumps({"pattern": "<b>", "reason": "x"})
    *_, (message, _, is_answered) = told(Conversations(assistant), Sent(question=CLOT, tap=tapped))
    assert not is_answered
    assert json.loads(message)["kind"] == "notice"
    assert "<b>" not in json.loads(message)["html"]
