"""The whole way: the same question gives the same bytes, decisive facts decide, and every outcome keeps its promise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.door import Assistant
from assistant.language import NOT_ENGLISH
from assistant.pipeline import MAX_QUESTION_CHARS, Asked, QuestionError, Watch, answer, checked
from assistant.presenting import to_dict
from corpus.asks import AskIndex
from corpus.generation import read_vectors, texts_of
from corpus.lexical import LexicalIndex
from corpus.library import PACKAGED, read_library
from corpus.retriever import Retriever
from corpus.sentences import render
from corpus.vectors import VectorStore
from evals.cases import read_cases
from guardrails.types import Detail, Status

LIBRARY = read_library()
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
CASE = "R AKP 6/12, 28F runner, SLHR 11 R v 26 L. Should I load the calf?"
DEV = [c for c in read_cases() if c.split.value == "dev"]
HEAVY = {"torch", "gradio", "sentence_transformers", "langchain", "langchain_core", "sqlalchemy", "transformers"}
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def still(assistant):
    """An assistant whose clock stands still, over the index already built."""
    return Assistant(assistant.settings, clock=lambda: 0.0)


def asked_json(helper, question, **more):
    return json.dumps(helper.ask_json(question, asked_at=NOW, **more), ensure_ascii=False)


def short_answer(document):
    return [c["text"] for s in document["sections"] if s["kind"] == "short_answer" for c in s["claims"]]


def words(document):
    return sum(len(c["text"].split()) for s in document["sections"] for c in s["claims"])


@pytest.mark.parametrize("detail", list(Detail))
def test_the_same_question_gives_the_same_bytes(still, detail):
    assert asked_json(still, CASE, detail=detail) == asked_json(still, CASE, detail=detail)


def test_another_assistant_over_the_same_index_gives_the_same_bytes(still, assistant):
    other = Assistant(assistant.settings, clock=lambda: 0.0)
    assert asked_json(other, CASE) == asked_json(still, CASE)


def test_another_process_gives_the_same_bytes(still, assistant):
    program = (
        "import json, sys; from datetime import datetime; from assistant.door import Assistant;"
        "from assistant.settings import Settings;"
        f"a = Assistant(Settings(home={str(assistant.settings.home)!r}), clock=lambda: 0.0);"
        f"d = a.ask_json({CASE!r}, asked_at=datetime.fromisoformat({NOW.isoformat()!r}));"
        "sys.stdout.buffer.write(json.dumps(d, ensure_ascii=False).encode())"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
    assert found.stdout.decode() == asked_json(still, CASE)


def test_passages_inserted_in_reverse_order_give_the_same_bytes(still, tmp_path):
    snapshot = still.snapshot
    rows = read_vectors(snapshot.settings.root / snapshot.pointer.generation)
    texts = texts_of(snapshot.library)
    store = VectorStore(tmp_path / "vectors")
    for name, part in reversed(list(texts.items())):
        ids = sorted(part, reverse=True)
        store.add(name, ids, np.array([rows[part[i]] for i in ids]))
    passages = {i: t for part in texts.values() for i, t in part.items()}
    turned = replace(
        snapshot,
        store=store,
        passages=LexicalIndex.build(dict(reversed(passages.items())), snapshot.library.normaliser),
        asks=AskIndex.build(snapshot.library.cruxes[::-1], rows, snapshot.library.normaliser),
    )
    for question in [CASE, *(c.question for c in DEV[:12])]:
        asked = Asked(question=question, detail=Detail.FULL, asked_at=NOW)
        pair = [
            answer(asked, s, still.settings, Watch(clock=lambda: 0.0, listener=lambda _: None))
            for s in (snapshot, turned)
        ]
        first, second = (json.dumps(to_dict(a, snapshot.library)) for a in pair)
        assert first == second
    store.close()


def test_a_library_whose_entries_stand_in_reverse_order_is_the_same_library(tmp_path):
    for path in PACKAGED.rglob("*.yaml"):
        turned = {k: v[::-1] for k, v in reversed(yaml.load(path.read_text(), Loader=yaml.CSafeLoader).items())}
        target = tmp_path / path.relative_to(PACKAGED).with_name(f"z-{path.name}"[::-1] + ".yaml")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.dump(turned, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True))
    assert read_library((tmp_path,)).fingerprint == read_library().fingerprint


def test_a_default_ask_imports_none_of_the_heavy_libraries(assistant):
    program = (
        "import sys; sys.argv = ['counterpoint', 'ask', 'Does a weak calf cause knee pain?']\n"
        "from ui.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print('MODULES', *sorted({m.split('.')[0] for m in sys.modules}))"
    )
    environment = {"COUNTERPOINT_HOME": str(assistant.settings.home), "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    assert "Short answer" in found.stdout
    loaded = set(found.stdout.rpartition("MODULES")[2].split())
    assert loaded & HEAVY == set()


DECISIVE = [
    ("a symmetrical heel rise", CASE, CASE.replace("11 R v 26 L", "25 R v 26 L")),
    ("no heel rise at all", CASE, CASE.replace(", SLHR 11 R v 26 L", "")),
    (
        "surgery",
        "28F runner, AKP. Should I load the calf?",
        "28F runner, AKP, 6 weeks post ACLR. Should I load the calf?",
    ),
    ("age under 18", "28F runner with AKP. What should I do?", "13F runner with AKP. What should I do?"),
    (
        "weight bearing",
        "8 weeks post ACLR, FWB. Is isolated calf work ok?",
        "8 weeks post ACLR, NWB. Is isolated calf work ok?",
    ),
]


@pytest.mark.parametrize(("before", "after"), [d[1:] for d in DECISIVE], ids=[d[0] for d in DECISIVE])
def test_a_decisive_fact_changes_the_short_answer(still, before, after):
    assert short_answer(still.ask_json(before)) != short_answer(still.ask_json(after))


IRRELEVANT = [
    "Her favourite colour is blue.",
    "She is left-handed.",
    "Member of Riverside Harriers.",
    "Works in a bank.",
]


@pytest.mark.parametrize("detail", list(Detail))
@pytest.mark.parametrize("aside", IRRELEVANT)
@pytest.mark.parametrize(
    ("facts", "question"),
    [
        ("28F runner, R AKP 6/12, SLHR 11 R v 26 L.", "Should I load the calf?"),
        ("44M footballer, 10 weeks post ACLR, quads LSI 62%.", "Calf raises or functional drills?"),
        ("61F, L knee OA.", "Is the calf worth training?"),
    ],
)
def test_an_irrelevant_fact_leaves_the_sections_byte_identical(still, facts, question, aside, detail):
    plain = still.ask_json(f"{facts} {question}", detail=detail)
    told = still.ask_json(f"{facts} {aside} {question}", detail=detail)
    assert json.dumps(told["sections"]) == json.dumps(plain["sections"])
    assert plain["status"] == "answered"


@pytest.fixture(scope="module")
def documents(still):
    """Answers to the dev questions, the cruxes' own questions, and cases with numbers, in both lengths."""
    questions = [(c.question, tuple(c.history)) for c in DEV]
    questions += [(c.question, ()) for c in still.snapshot.library.cruxes]
    questions += [(f"{facts} {c.question}", ()) for facts in CASES for c in still.snapshot.library.cruxes]
    kept, usual = {}, Retriever.retrieve

    def once(self, queries):  # what is found for a question does not depend on how long its answer may be
        if tuple(queries) not in kept:
            kept[tuple(queries)] = usual(self, queries)
        return kept[tuple(queries)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Retriever, "retrieve", once)
        return [still.ask_json(q, history=history, detail=detail) for q, history in questions for detail in Detail]


CASES = (
    "R AKP 6/12, 28F runner, SLHR 11 R v 26 L.",
    "13M footballer.",
    "41M, 8 weeks post ACLR, HS graft, quads LSI 70%.",
)


def test_no_answer_is_longer_than_its_detail_allows(documents):
    assert [d["question"] for d in documents if words(d) > Detail(d["detail"]).words] == []


def test_no_sentence_is_said_twice(documents):
    for document in documents:
        texts = [c["text"] for s in document["sections"] for c in s["claims"]]
        assert len(texts) == len(set(texts)), document["question"]


def test_every_answered_answer_has_both_schools_and_cites_both(documents):
    for document in documents:
        if document["status"] == "answered":
            spoken = {s["viewpoint"] for s in document["sections"] if s["kind"] == "viewpoint"}
            cited = {c["viewpoint"] for c in document["citations"]}
            (debate,) = (LIBRARY.debate_by_id[d] for d in document["debates"])
            assert spoken == set(debate.viewpoints) <= cited, document["question"]


def test_every_verdict_passed(documents):
    assert [d["question"] for d in documents if not d["verdict"]["passed"]] == []


def test_every_question_of_the_library_itself_is_answered(still):
    unanswered = [c.id for c in still.snapshot.library.cruxes if still.ask(c.question).status is not Status.ANSWERED]
    assert unanswered == []


def test_sections_come_in_the_order_in_which_they_are_read(documents):
    order = ["safety", "short_answer", "deciding", "questions", "viewpoint", "evidence", "agreement", "missing", "note"]
    for document in documents:
        kinds = [s["kind"] for s in document["sections"] if s["title"] != "Read first"]
        assert kinds == sorted(kinds, key=order.index), document["question"]


def test_citations_are_numbered_by_first_appearance_and_each_is_used(documents):
    for document in documents:
        marks = [n for s in document["sections"] for c in s["claims"] for n in c["citations"]]
        assert list(dict.fromkeys(marks)) == [c["number"] for c in document["citations"]]
        assert [c["number"] for c in document["citations"]] == list(range(1, len(document["citations"]) + 1))


FLAG = "Nine days after ACLR, calf 4 cm bigger, pitting oedema, tender along the deep veins, breathless."


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (f"{FLAG} How much ibuprofen can she have?", Status.ESCALATED),
        (f"{FLAG} Shockwave for pes anserine bursitis?", Status.ESCALATED),
        (f"{FLAG} Calf raises or drills?", Status.ESCALATED),
        (f"{FLAG} ¿Debo hacer ejercicios de gemelo para el dolor?", Status.ESCALATED),
        ("How much ibuprofen for a knee? Shockwave for pes anserine bursitis?", Status.DECLINED),
        ("Which dose of naproxen for AKP, and calf raises or drills?", Status.DECLINED),
        ("¿Debo hacer ejercicios de gemelo para el dolor de rodilla?", Status.DECLINED),
        ("Does acupuncture help patellofemoral pain?", Status.ABSTAINED),
        ("Calf raises or functional drills for a runner with knee pain?", Status.ANSWERED),
    ],
)
def test_escalated_goes_before_declined_before_abstained_before_answered(still, question, status):
    assert still.ask(question).status is status


def test_a_flag_stands_on_a_later_turn(still):
    assert still.ask("ok, which calf exercise tomorrow?", history=[FLAG]).status is Status.ESCALATED


@pytest.mark.parametrize(
    ("question", "history"), [(FLAG, ()), *((c.question, c.history) for c in DEV if c.suite == "red-flag")]
)
def test_an_escalation_says_within_400_characters_what_is_suspected_and_what_to_do(still, question, history):
    document = still.ask_json(question, history=history)
    assert document["status"] == "escalated"
    first = next(f for f in document["red_flags"] if f["action"] in ("emergency", "urgent-referral"))
    claims = [c["text"] for c in document["sections"][0]["claims"][:2]]
    for part, text in zip(("suspected", "do_now"), claims, strict=True):
        assert render(still.snapshot.library, f"red-flag/{first['pattern']}/{part}", {}).text == text
        assert text in document["markdown"][:400]
    assert [s["kind"] for s in document["sections"]] == ["safety", "note"]


@pytest.mark.parametrize("question", ["", "   \n\t ", "?!…", "🦵🦵", "\x00\x01\x02", "\ud800", "­"])
def test_a_question_without_words_is_refused(still, question):
    with pytest.raises(QuestionError, match="expected a question in words"):
        still.ask(question)


def test_a_question_of_100_kb_is_refused_with_both_lengths(still):
    with pytest.raises(QuestionError, match=r"at most 8,000 characters, got 100,000"):
        still.ask("knee " * 20_000)


def test_a_question_at_the_limit_is_answered_or_declined_and_not_refused(still):
    filler = "Calf raises or drills for a runner with knee pain? "
    question = (filler * 200)[:MAX_QUESTION_CHARS]
    assert still.ask(question).status in Status


@pytest.mark.parametrize(
    "question",
    [
        "Does a weak calf\x00 cause knee pain?\x07",
        "Does a weak calf cause knee pain? \ud83d",
        "Does a weak calf cause knee pain? 🦵🏽💪",
        "\u202eDoes a weak calf cause knee pain?\u202c",
        "Does\u200b a weak calf cause knee pain?",
        "Does a weak calf cause knee pain? \u0645\u0631\u062d\u0628\u0627",
        "\ufeffDoes a weak calf cause knee pain?\r\n",
    ],
    ids=["nul", "lone surrogate", "emoji", "right-to-left mark", "zero width", "arabic word", "bom"],
)
def test_stray_characters_do_not_keep_a_question_from_its_answer(still, question):
    document = still.ask_json(question)
    assert document["status"] == "answered"
    json.dumps(document, ensure_ascii=False).encode("utf-8")
    assert all(c.isprintable() or c == "\n" for c in document["question"])


def test_binary_is_refused_or_gets_an_outcome_that_can_be_written_down(still):
    for seed in range(8):
        blob = np.random.default_rng(seed).bytes(600)
        for text in (blob.decode("latin-1"), blob.decode("utf-8", "surrogateescape"), blob.decode("utf-16", "replace")):
            try:
                document = still.ask_json(text)
            except QuestionError:
                continue
            json.dumps(document, ensure_ascii=False).encode("utf-8")


@given(st.text(st.characters(codec=None), max_size=120))
@hypothesis_settings(max_examples=150, deadline=None)
def test_any_text_is_refused_or_can_be_read_and_written(text):
    try:
        kept = checked(text)
    except QuestionError:
        return
    assert kept.encode("utf-8").decode() == kept == kept.strip()
    assert checked(kept) == kept


@pytest.mark.parametrize(
    "question",
    [
        "¿Debo hacer ejercicios de gemelo para el dolor de rodilla?",
        "Soll ich bei Knieschmerzen die Wade trainieren?",
        "膝の痛みにふくらはぎの運動は有効ですか",
        "هل يجب تدريب عضلة الساق لعلاج ألم الركبة؟",
    ],
)
def test_a_question_in_another_language_is_told_that_the_library_is_in_english(still, question):
    document = still.ask_json(question)
    assert document["status"] == "declined"
    assert document["sections"][0]["claims"][0]["text"] == NOT_ENGLISH
    assert NOT_ENGLISH in document["markdown"]


def test_the_stages_are_told_in_order_and_timed(assistant):
    told = []
    found = assistant.ask("calf raises for knee pain?", on_stage=told.append)
    assert (
        told == ["identifiers", "case", "screening", "evidence", "draft", "verdict"] == list(found.provenance.stages_ms)
    )
    assert found.provenance.elapsed_ms == pytest.approx(sum(found.provenance.stages_ms.values()), abs=0.01)


def test_time_question_conversation_and_detail_each_change_the_id(still):
    ids = {
        still.ask(CASE, asked_at=NOW).id,
        still.ask(CASE, asked_at=NOW.replace(hour=10)).id,
        still.ask(CASE + " Now?", asked_at=NOW).id,
        still.ask(CASE, asked_at=NOW, conversation="c-1").id,
        still.ask(CASE, asked_at=NOW, detail=Detail.FULL).id,
    }
    assert len(ids) == 5


def test_identifiers_are_gone_from_all_that_is_kept(still):
    document = still.ask_json(
        "Mrs Jane Smith, DOB 01/02/1990, R AKP, jane@example.org. Calf raises?", history=["Pt: Tom Jones, sore knee"]
    )
    kept = json.dumps(document)
    assert not [w for w in ("Jane", "Smith", "1990", "example.org", "Tom Jones") if re.search(rf"\b{w}\b", kept)]


def test_only_the_latest_turns_are_read(still):
    found = still.ask("calf raises for knee pain?", history=[f"turn {n} about the knee" for n in range(40)])
    assert len(found.case.turns) == 20


def test_questions_asked_at_once_from_many_threads_get_the_answers_they_get_alone(still):
    from concurrent.futures import ThreadPoolExecutor

    questions = [c.question for c in DEV[:16]]
    alone = [asked_json(still, q) for q in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda q: asked_json(still, q), questions)) == alone


def test_a_limit_that_was_told_is_said_of_what_goes_for_everybody(assistant):
    told = "19M, 3 weeks after ACL reconstruction, non weight bearing for 6 weeks. Progress to single-leg heel raises?"
    assert any("this leg may not bear weight" in c.text for c in assistant.ask(told).draft.claims)
    free = assistant.ask(told.replace("non weight bearing for 6 weeks", "full weight bearing"))
    assert all("As told" not in c.text for c in free.draft.claims)
