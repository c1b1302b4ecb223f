"""Drafted sections put to the verdict: what counts as caught, what passes, and what a file has to look like."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evals.mutation.drafts import Drafted, judged, main, with_section
from guardrails.types import SectionKind

QUESTION = "Does a weak calf cause patellofemoral pain?"
TRUE = {"text": "In recruits weak quadriceps came before new patellofemoral pain.", "cites": ["neal-2019:1"]}
UNTRUE = {"text": "In recruits hip weakness predicted new patellofemoral pain as well.", "cites": ["neal-2019:1"]}
SLOGAN = {"text": "Barker calls for calf rehab for each knee pain patient.", "cites": ["barker-calf-rehab:13"]}


def drafted(*claims, section="evidence", **more):
    """Return a drafted section as a line of the file."""
    return {"question": QUESTION, "section": section, "claims": claims, **more}


def trial_of(assistant, line):
    return next(judged(assistant, [Drafted.model_validate(line)]))


@pytest.fixture
def told(assistant, tmp_path, capsys):
    """Return what the command ends with and says of some lines."""

    def tell(*lines, options=()):
        file = tmp_path / "drafts.jsonl"
        file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        code = main([*options, str(file)], assistant)
        return code, "".join(capsys.readouterr())

    return tell


def test_a_breach_counts_as_caught_by_a_finding_about_its_own_claim_alone(assistant):
    assert trial_of(assistant, drafted(TRUE, UNTRUE, breach="negation", at=1)).is_right
    beside_it = trial_of(assistant, drafted(TRUE, UNTRUE, breach="negation", at=0))
    assert not beside_it.is_right
    assert beside_it.fails


def test_a_sound_section_passes_when_nothing_is_found_about_any_claim_of_it(assistant):
    assert trial_of(assistant, drafted(TRUE)).is_right
    refused = trial_of(assistant, drafted(TRUE, UNTRUE))
    assert not refused.is_right
    assert not refused.fails


def test_a_passage_that_the_question_did_not_bring_up_may_be_cited(assistant):
    answer = assistant.ask(QUESTION)
    other = next(p for p in assistant.snapshot.library.passages.values() if p.id not in answer.evidence.passage_ids)
    assert trial_of(assistant, drafted({"text": other.text, "cites": [other.id]})).findings == ()


def test_a_caricature_may_be_found_in_any_claim_or_in_the_draft_as_a_whole(assistant):
    line = drafted(SLOGAN, section="viewpoint:calf-focused", breach="straw-man", at=0)
    assert trial_of(assistant, line).is_right
    length = [f for f in trial_of(assistant, line).findings if f.message.startswith(("claims of", "words of"))]
    assert length == []


def test_a_section_that_the_answer_lacks_stands_where_such_a_one_would(assistant):
    draft = assistant.ask(QUESTION).draft
    section = next(s for s in draft.sections if s.kind is SectionKind.EVIDENCE)
    without = [s for s in draft.sections if s is not section]
    kinds = [s.kind for s in with_section(draft, section).sections]
    assert kinds == [s.kind for s in draft.sections]
    assert [s.kind for s in with_section(replace(draft, sections=tuple(without)), section).sections] == kinds


def test_the_command_counts_by_kind_and_fails_on_a_survivor_of_a_gated_kind(told):
    code, text = told(drafted(TRUE), drafted(TRUE, UNTRUE, breach="negation", at=1))
    assert code == 0
    assert "negation *: caught 1 of 1 (" in text
    assert "sound: passed 1 of 1 (" in text
    assert "sound sentences by themselves: passed 2 of 2 (" in text
    assert told(drafted(TRUE, breach="negation", at=0))[0] == 1
    assert told(drafted(TRUE, breach="hedge", at=0))[0] == 0


def test_what_went_wrong_is_shown_of_the_dev_part_only(told):
    lines = [drafted(TRUE, breach="hedge", at=0, part=part) for part in ("dev", "other")]
    assert told(lines[0], options=["--misses"])[1].count(TRUE["text"]) == 1
    assert TRUE["text"] not in told(lines[1], options=["--misses"])[1]
    assert "none" in told(*lines, options=["--part", "third"])[1]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "drafts.jsonl:1"),
        (drafted(TRUE, extra=1), "drafts.jsonl:1: extra"),
        (drafted(), "drafts.jsonl:1: claims"),
        (drafted(TRUE, section="closing"), "drafts.jsonl:1: section"),
        (drafted(TRUE, section="viewpoint:nobody"), "expected a school of the library"),
        (drafted(TRUE, breach="hedge", at=1), "expected “at” to be one of the claims, got 1 of 1"),
        (
            drafted({"text": "x", "cites": ["nobody-2020:1"]}),
            "expected ids of the library's passages, got nobody-2020:1",
        ),
        (
            {**drafted(TRUE), "question": "My knee is hot and I have a fever of 39."},
            "expected a question that is answered",
        ),
    ],
)
def test_a_file_that_does_not_fit_ends_with_two(told, line, why):
    code, text = told(line)
    assert code == 2
    assert why in text
