"""Many questions from a file: order and ids are kept, and a bad line never stops the rest."""

from __future__ import annotations

import json

import pytest

from assistant.door import Assistant
from guardrails.types import Detail
from ui.batch import answers, run_batch

GOOD = {"id": "q1", "question": "Does a weak calf cause knee pain?"}


@pytest.fixture(scope="module")
def still(assistant):
    return Assistant(assistant.settings, clock=lambda: 0.0)


def lines(*rows):
    return [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]


def answered(still, *rows, detail=None):
    return list(answers(still, lines(*rows), detail))


def test_order_and_ids_are_kept_and_the_answers_own_id_stands_beside(still):
    rows = [{"id": i, "question": f"Calf raises or drills for a runner aged {i}?"} for i in (34, 28, 41)]
    found = answered(still, *rows)
    assert [d["id"] for d in found] == [34, 28, 41]
    assert all(d["answer_id"].startswith("a-") for d in found)
    assert "batch_id" not in found[0]
    assert [d["question"] for d in found] == [r["question"] for r in rows]


def test_a_line_is_the_answer_that_ask_gives_but_for_its_id_and_time(still):
    alone, found = still.ask_json(GOOD["question"]), answered(still, GOOD)[0]
    differing = {k for k in alone if alone[k] != found[k]}
    assert differing <= {"id", "asked_at"}


@pytest.mark.parametrize(
    ("line", "identifier", "says"),
    [
        (b"{not json", None, "expected a JSON object in UTF-8"),
        (b'{"id": "x", "question": "\xff\xfe"}', None, "expected a JSON object in UTF-8"),
        (b"[1, 2]", None, 'expected {"id"'),
        (b'"knee?"', None, 'expected {"id"'),
        (b"null", None, 'expected {"id"'),
        (b'{"id": "x"}', "x", 'expected {"id"'),
        (b'{"id": "x", "question": 5}', "x", 'expected {"id"'),
        (b'{"id": "x", "question": ""}', "x", "expected a question in words"),
        (b'{"id": "x", "question": "?!"}', "x", "expected a question in words"),
        (json.dumps({"id": "x", "question": "knee " * 20_000}).encode(), "x", "at most 8,000 characters"),
        (b'{"id": "x", "question": "calf?", "history": "before"}', "x", "history: expected a list"),
        (b'{"id": "x", "question": "calf?", "history": [1]}', "x", "history: expected a list"),
        (b'{"id": "x", "question": "calf?", "history": ["", "a"]}', "x", "expected a question in words"),
        (b'{"id": NaN, "question": "calf raises?"}', None, "NaN is no JSON number"),
        (b'{"id": ' + b"[" * 200_000, None, "expected a JSON object"),
        (b'{"id": ' + b"9" * 5000 + b', "question": "calf?"}', None, ""),
    ],
    ids=["no json", "no utf-8", "list", "text", "null", "no question", "number", "empty", "signs", "100 kB", "history text",
         "history number", "history empty", "nan", "deep", "huge number"],
)  # fmt: skip
def test_a_bad_line_gives_its_id_its_line_and_what_was_expected(still, line, identifier, says):
    before, found, after = answered(still, GOOD, line, {**GOOD, "id": "q2"})
    assert set(found) == {"id", "line", "error"}
    assert (found["id"], found["line"]) == (identifier, 2)
    assert says in found["error"]
    assert (before["id"], after["id"]) == ("q1", "q2")


def test_blank_lines_are_passed_over_and_still_counted(still):
    found = answered(still, b"\n", GOOD, b"   \n", b"{")
    assert [d["id"] for d in found] == ["q1", None]
    assert found[1]["line"] == 4


def test_a_byte_order_mark_is_no_error(still):
    assert answered(still, b"\xef\xbb\xbf" + json.dumps(GOOD).encode())[0]["id"] == "q1"


def test_a_line_without_an_id_has_none(still):
    assert answered(still, {"question": GOOD["question"]})[0]["id"] is None


def test_earlier_questions_count(still):
    rows = {**GOOD, "question": "and for those numbers?", "history": ["28F runner, SLHR 11 R v 26 L. Calf first?"]}
    facts = {f["name"]: f["value"] for f in answered(still, rows)[0]["case"]["facts"]}
    assert facts["heel_rise.lsi"] == 42


def test_detail_holds_for_every_line(still):
    assert {d["detail"] for d in answered(still, GOOD, GOOD, detail=Detail.FULL)} == {"full"}


def test_the_file_holds_a_json_object_a_line_in_utf8(still, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = lines(GOOD, {**GOOD, "id": "ñ🦵"}, {**GOOD, "id": "\ud800"}, b"{")
    source.write_bytes(b"\n".join(rows))
    assert run_batch(still, source, target, None) == (3, 1)
    written = [json.loads(line) for line in target.read_bytes().decode("utf-8").split("\n")[:-1]]
    assert [d["id"] for d in written] == ["q1", "ñ🦵", "\ud800", None]
    assert "ñ🦵".encode() in target.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_the_same_file_gives_the_same_answers(still, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"\n".join(lines(*({**GOOD, "id": n} for n in range(3)))))
    made = []
    for name in ("a", "b"):
        run_batch(still, source, tmp_path / name, None)
        rows = [json.loads(line) for line in (tmp_path / name).read_text().splitlines()]
        made.append([r["sections"] for r in rows])
    assert made[0] == made[1]


class StoppedError(Exception):
    pass


def test_a_batch_that_is_broken_off_leaves_what_was_there_and_nothing_half_written(tmp_path):
    class Breaking:
        def ask_json(self, *_, **__):
            raise StoppedError

    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(lines(GOOD)[0])
    target.write_text("earlier answers")
    with pytest.raises(StoppedError):
        run_batch(Breaking(), source, target, None)
    assert target.read_text() == "earlier answers"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_an_empty_file_gives_an_empty_file(still, tmp_path):
    (tmp_path / "in.jsonl").write_bytes(b"")
    assert run_batch(still, tmp_path / "in.jsonl", tmp_path / "out.jsonl", None) == (0, 0)
    assert (tmp_path / "out.jsonl").read_bytes() == b""


@pytest.fixture
def command(assistant, monkeypatch, capsys, tmp_path):
    import sys

    from ui.cli import main

    monkeypatch.setenv("COUNTERPOINT_HOME", str(assistant.settings.home))
    monkeypatch.chdir(tmp_path)

    def run(*args):
        monkeypatch.setattr(sys, "argv", ["counterpoint", "batch", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, capsys.readouterr().err

    return run


@pytest.mark.parametrize(("rows", "code"), [((GOOD,), 0), ((GOOD, b"{"), 1)], ids=["all good", "one bad"])
def test_the_command_exits_0_where_every_line_was_good_and_1_where_one_was_bad(command, tmp_path, rows, code):
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines(*rows)))
    ended, err = command("in.jsonl", "out.jsonl")
    assert ended == code
    assert err.strip().endswith(f"1 answered, {len(rows) - 1} lines with errors: out.jsonl")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == len(rows)


@pytest.mark.parametrize("target", ["in.jsonl", "./in.jsonl", "no/such/folder/out.jsonl"])
def test_answers_never_overwrite_the_questions_nor_go_to_a_folder_that_is_not_there(command, tmp_path, target):
    (tmp_path / "in.jsonl").write_bytes(lines(GOOD)[0])
    code, err = command("in.jsonl", target)
    assert code == 2
    assert "expected a new file in a folder that exists" in err
    assert json.loads((tmp_path / "in.jsonl").read_text()) == GOOD
