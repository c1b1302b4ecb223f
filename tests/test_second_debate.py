"""A second debate stands on the shelf by files alone: nothing in the code knows of it, and it is answered like the first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import corpus
from corpus.library import PACKAGED, read_library
from corpus.lint import lint

ROOT = Path(corpus.__file__).parents[1]
DEBATE = "hip-versus-quadriceps"
LIBRARY = read_library()
SCHOOLS = [LIBRARY.viewpoint_by_id[v] for v in LIBRARY.debate_by_id[DEBATE].viewpoints]
# The mutation suite breaks sentences of this very library, so its operators may name whom they credit falsely.
CODE = sorted(
    p
    for part in ("assistant", "corpus", "evals", "guardrails", "ui")
    for p in (ROOT / part).rglob("*.py")
    if p.parent != ROOT / "evals" / "mutation"
)


def test_no_code_names_the_debate_its_schools_or_their_authors():
    names = [DEBATE, *(v.id for v in SCHOOLS), *(v.surname for v in SCHOOLS)]
    assert {p.name: n for p in CODE for n in names if n.lower() in p.read_text(encoding="utf-8").lower()} == {}


def test_without_its_folder_the_rest_of_the_library_is_whole_but_for_what_leans_on_it(tmp_path: Path):
    rest = tmp_path / "library"
    shutil.copytree(PACKAGED, rest, ignore=shutil.ignore_patterns(DEBATE))
    left = read_library([rest])
    assert [d.id for d in left.debates] == ["calf-versus-chain"]
    assert [p.message for p in lint(left) if p.breaks and p.kind in ("viewpoints", "debates", "ledger")] == []


def test_the_registry_says_that_we_named_the_schools():
    for viewpoint in SCHOOLS:
        assert "our label" in f"{viewpoint.weight} {viewpoint.definition}".lower()


@pytest.mark.parametrize(
    "question",
    [
        "27F PFP, hip abd HHD weak 20%, quads symmetrical: hips or quads first?",
        "Is hip weakness the cause of patellofemoral pain?",
        "What would Powers say about quads work for PFP?",
        "Only Kooiker please: do quads suffice in patellofemoral pain?",
    ],
)
def test_a_question_of_the_debate_carries_both_its_schools(assistant, question):
    document = assistant.ask_json(question)
    assert (document["status"], document["debates"]) == ("answered", [DEBATE])
    assert {v.id for v in SCHOOLS} <= {c["viewpoint"] for c in document["citations"]}
    assert document["verdict"]["passed"]


@pytest.mark.parametrize("detail", ["brief", "full"])
def test_a_question_that_touches_both_debates_answers_one_and_names_the_other(assistant, detail):
    from guardrails.types import Detail

    document = assistant.ask_json("Runner with PFP: calf raises, or hip and quads work first?", detail=Detail(detail))
    assert document["status"] == "answered"
    other = next(d for d in LIBRARY.debates if d.id not in document["debates"])
    said = [c["text"] for s in document["sections"] if s["kind"] == "note" for c in s["claims"]]
    assert any(other.title in text for text in said), document["cruxes"]
    assert sum(len(c["text"].split()) for s in document["sections"] for c in s["claims"]) <= 550
