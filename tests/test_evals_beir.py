"""Sets in the BEIR layout: what a file must be, and what the command makes of a set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.beir import read_corpus, read_queries
from evals.errors import RetrievalSetError
from evals.retrieval import METRICS, PRODUCT, UNSIDED, evaluate
from evals.retrieval_reports import in_words, to_json, to_lines
from tests.command_line import command_line

CORPUS = [
    {"_id": "d1", "title": "Cold", "text": "Cold water calms a sore knee.", "viewpoint": "cold"},
    {"_id": "d2", "title": "", "text": "Ice after running helps.", "viewpoint": "cold"},
    {"_id": "d3", "text": "Warm baths loosen stiff joints better than ice.", "viewpoint": "warm"},
    {"_id": "d4", "title": "Bread", "text": "Flour, water, salt.", "viewpoint": None},
    {"_id": 5, "title": "Tea", "text": "Steep it for four minutes.", "viewpoint": ""},
]
QUERIES = [
    {"_id": "q1", "text": "Does cold water help a sore knee?"},
    {"_id": "q2", "text": "How long should tea steep?"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t1\nq1\td3\t1\nq1\td4\t0\nq2\t5\t1\n"


@pytest.fixture
def folder(tmp_path) -> Path:
    place = tmp_path / "small"
    (place / "qrels").mkdir(parents=True)
    (place / "corpus.jsonl").write_text("\n".join(map(json.dumps, CORPUS)) + "\n\n")
    (place / "queries.jsonl").write_text("\ufeff" + "\n".join(map(json.dumps, QUERIES)), encoding="utf-8")
    (place / "qrels" / "dev.tsv").write_text(QRELS)
    return place


def read(folder, split=None):
    return read_queries(folder, split, {d.id for d in read_corpus(folder)})


def test_title_and_text_are_one_passage_and_an_empty_viewpoint_is_none(folder):
    found = {d.id: d for d in read_corpus(folder)}
    assert found["d1"].text == "Cold Cold water calms a sore knee."
    assert [found[i].viewpoint for i in ("d1", "d3", "d4", "5")] == ["cold", "warm", None, None]


def test_grades_of_nought_are_not_relevant(folder):
    assert {q.id: q.grades for q in read(folder)} == {"q1": {"d1": 2, "d2": 1, "d3": 1}, "q2": {"5": 1}}


def test_the_part_is_dev_or_the_only_one_or_the_one_asked_for(folder):
    qrels = folder / "qrels"
    qrels.joinpath("test.tsv").write_text("query-id\tcorpus-id\tscore\nq2\t5\t1\n")
    assert [len(read(folder, s)) for s in (None, "dev", "test")] == [2, 2, 1]
    qrels.joinpath("dev.tsv").unlink()
    assert len(read(folder)) == 1
    qrels.joinpath("test.tsv").rename(folder / "qrels.tsv")
    assert len(read(folder)) == 1
    with pytest.raises(RetrievalSetError, match="expected qrels/test.tsv; there is no part, all in qrels.tsv"):
        read(folder, "test")


def test_several_parts_without_dev_must_be_named(folder):
    (folder / "qrels" / "dev.tsv").rename(folder / "qrels" / "one.tsv")
    (folder / "qrels" / "two.tsv").write_text(QRELS)
    with pytest.raises(RetrievalSetError, match="or a part by --split; there is one, two"):
        read(folder)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (
            "corpus.jsonl",
            '{"_id": "a", "text": "x"}\n{"_id": "b"',
            "corpus.jsonl:2: expected a JSON object on one line",
        ),
        ("corpus.jsonl", "[1]", "corpus.jsonl:1: expected a JSON object, got '[1]'"),
        ("corpus.jsonl", '{"text": "x"}', "corpus.jsonl:1: expected an _id, got None"),
        (
            "corpus.jsonl",
            '{"_id": "a", "text": "x"}\n\n{"_id": "a", "text": "y"}',
            "corpus.jsonl:3: _id 'a' is already taken",
        ),
        ("corpus.jsonl", '{"_id": "a", "title": " "}', "corpus.jsonl:1: expected a title or a text, got neither"),
        ("corpus.jsonl", '{"_id": "a", "text": 3}', "corpus.jsonl:1: text: expected text, got 3"),
        ("corpus.jsonl", "\n", "corpus.jsonl: expected passages, one a line, got none"),
        ("corpus.jsonl", b"\xff\xfe", "corpus.jsonl: expected a readable text file: it is not UTF-8"),
        ("queries.jsonl", '{"_id": "q1"}', "queries.jsonl:1: expected a text, got none"),
        ("queries.jsonl", None, "queries.jsonl: expected a readable text file: No such file"),
        ("qrels/dev.tsv", "", "dev.tsv:1: expected a first line with the columns query-id, corpus-id, score"),
        ("qrels/dev.tsv", "query-id\tscore\nq1\t1\n", "dev.tsv:1: expected a first line with the columns"),
        ("qrels/dev.tsv", QRELS + "q9\td1\t1\n", "dev.tsv:7: expected the id of a question of queries.jsonl, got 'q9'"),
        ("qrels/dev.tsv", QRELS + "q1\td9\t1\n", "dev.tsv:7: expected the id of a passage, got 'd9'"),
        ("qrels/dev.tsv", QRELS + "q1\td1\t1\n", "dev.tsv:7: q1 and d1 are already judged"),
        ("qrels/dev.tsv", QRELS + "q2\td1\thigh\n", "dev.tsv:7: expected a whole number as score, got 'high'"),
        ("qrels/dev.tsv", QRELS + "q2 d1 1\n", "dev.tsv:7: expected query-id, corpus-id, score, with tabs between"),
        (
            "qrels/dev.tsv",
            "query-id\tcorpus-id\tscore\nq1\td1\t0\n",
            "expected a relevant passage for one question at least",
        ),
    ],
)
def test_what_does_not_fit_is_told_by_file_and_line(folder, file, content, said):
    path = folder / file
    if content is None:
        path.unlink()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content)
    with pytest.raises(RetrievalSetError) as raised:
        read(folder)
    assert said in str(raised.value)


@pytest.fixture(scope="module")
def report(assistant, tmp_path_factory):
    place = tmp_path_factory.mktemp("set")
    (place / "corpus.jsonl").write_text("\n".join(map(json.dumps, CORPUS)))
    (place / "queries.jsonl").write_text("\n".join(map(json.dumps, QUERIES)))
    (place / "qrels.tsv").write_text(QRELS)
    return evaluate(place, assistant.snapshot, lambda *_: None)


def test_each_ranking_is_scored_on_each_metric_and_the_sides_where_there_are_two(report):
    assert list(report.values) == [PRODUCT, UNSIDED, "BM25", "dense", "plain fusion", "MMR"]
    counted = {m.metric: m.n for m in report.means(PRODUCT)}
    assert counted == {"ndcg_10": 2, "recall_10": 2, "mrr_10": 2, "sides_5": 1, "sides_10": 1, "minority_10": 1}
    assert all(0 <= m.value <= 1 for name in report.values for m in report.means(name))
    assert report.run["q2"][0] == "5"


def test_the_products_own_ranking_holds_every_side_at_five(report):
    assert {"d1", "d3"} <= set(report.run["q1"][:5])
    assert next(m.value for m in report.means(PRODUCT) if m.metric == "sides_5") == 1.0


def test_differences_are_those_of_the_means_on_the_same_questions(report):
    for name in ("BM25", "dense", "plain fusion", "MMR", UNSIDED):
        for ours, theirs, gap in zip(report.means(PRODUCT), report.means(name), report.differences(name), strict=True):
            assert gap.value == pytest.approx(ours.value - theirs.value)
            assert gap.interval.low <= gap.value + 1e-9
            assert gap.n == ours.n


def test_the_report_reads_alike_in_words_and_in_json(report):
    lines = "\n".join(to_lines(report))
    first = report.means(PRODUCT)[0]
    assert in_words(first) in lines
    content = json.loads(to_json(report))
    assert content["schema"] == "counterpoint/retrieval-report/1"
    assert content["figures"][PRODUCT][0]["value"] == first.value
    assert {m["metric"] for m in content["product_less"]["BM25"]} == {m.name for m in METRICS}


def test_the_index_of_a_set_is_kept_apart_and_found_again_and_the_librarys_is_not_touched(assistant, folder):
    home = assistant.settings.index.home
    before = sorted(p.name for p in (home / "index").iterdir())
    told: list[str] = []
    first = evaluate(folder, assistant.snapshot, lambda what, *_: told.append(what))
    again: list[str] = []
    assert evaluate(folder, assistant.snapshot, lambda what, *_: again.append(what)) == first
    assert "encoding" not in again
    assert sorted(p.name for p in (home / "index").iterdir()) == before
    assert (home / "collections").is_dir()


def test_a_damaged_index_of_a_set_is_made_again(assistant, folder):
    first = evaluate(folder, assistant.snapshot, lambda *_: None)
    for kept in (assistant.settings.index.home / "collections").glob("generation-*/library.json"):
        kept.write_text("{")
    assert evaluate(folder, assistant.snapshot, lambda *_: None) == first


def test_the_order_of_the_corpus_does_not_show(assistant, folder):
    first = evaluate(folder, assistant.snapshot, lambda *_: None)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, reversed(CORPUS))))
    assert evaluate(folder, assistant.snapshot, lambda *_: None).run == first.run


def test_the_command_prints_figures_and_writes_json_and_the_run(assistant, folder, monkeypatch, capsys, tmp_path):
    run = command_line(monkeypatch, capsys, tmp_path, assistant.settings.index.home)
    code, out, _ = run("eval", "retrieval", folder, "--json", "f.json", "--run", "run.tsv")
    assert code == 0
    assert out.startswith("small, dev: 2 questions, 4 relevant passages among 5")
    ranked = [line.split("\t") for line in (tmp_path / "run.tsv").read_text().splitlines()]
    assert [q for q, _ in ranked] == sorted(q for q, _ in ranked)
    assert len(set(map(tuple, ranked))) == len(ranked) >= 8
    assert json.loads((tmp_path / "f.json").read_text())["questions"] == 2


def test_a_set_about_the_library_needs_no_corpus_and_says_so(assistant, folder, monkeypatch, capsys, tmp_path):
    run = command_line(monkeypatch, capsys, tmp_path, assistant.settings.index.home)
    passage = next(iter(assistant.snapshot.library.passages))
    (folder / "corpus.jsonl").unlink()
    (folder / "qrels" / "dev.tsv").write_text(f"query-id\tcorpus-id\tscore\nq1\t{passage}\t1\n")
    code, _, told = run("eval", "retrieval", folder)
    assert (code, "expected corpus.jsonl; a set about the library's own passages" in told) == (2, True)
    code, out, _ = run("eval", "retrieval", folder, "--corpus", "library")
    assert code == 0
    assert "1 questions, 1 relevant passages" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "expected a folder of a retrieval set"),
        (["two-sides", "--split", "train"], "expected qrels/train.tsv; there is dev, test"),
        (["two-sides", "--corpus", "moon"], "--corpus: expected folder or library, got 'moon'"),
    ],
)
def test_wrong_words_end_with_two_and_one_line(assistant, monkeypatch, capsys, tmp_path, words, said):
    code, _, told = command_line(monkeypatch, capsys, tmp_path, assistant.settings.index.home)(
        "eval", "retrieval", *words
    )
    assert code == 2
    assert said in told
    assert told.count("\n") == 1
