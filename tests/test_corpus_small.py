"""A small library and its index, which the tests of the corpus share; itself held to what a library is held to."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from assistant.door import Assistant
from corpus.index import IndexSettings, build
from corpus.library import Library, read_library
from corpus.lint import lint
from tests.homes import copy_home

# Two schools, North and South, who part over cold water; their passages fill a quota, and so does the evidence.
REGISTRY = """
viewpoints:
- id: north
  name: Northern
  proponent: Ada North
  surname: North
  source: north-book
  definition: Cold first.
  weight: opinion, one author
  mistaken_for: []
  aliases: [north]
  nearest: north-book:1
  claims:
  - {id: 'north:a', text: Cold water calms a sore knee., passages: ['north-book:1', 'north-book:2']}
- id: south
  name: Southern
  proponent: Bo South
  surname: South
  source: south-book
  definition: Warmth first.
  weight: opinion, one author
  mistaken_for: []
  aliases: [south]
  nearest: south-book:1
  claims:
  - {id: 'south:a', text: Warmth eases a stiff knee., passages: ['south-book:1']}
debates:
- {id: cold-or-warm, title: Cold or warm, question: 'Cold or warm water for a sore knee?', viewpoints: [north, south]}
terms:
- {name: heel rise, synonyms: [heel raise, calf raise, slhr]}
- {name: anterior knee pain, synonyms: [akp, "front-of-knee pain"]}
"""
LEDGER = """
ledger:
- claim: north:a
  searched: {date: 2026-11, queries: [cold water on sore knees]}
  links:
  - {passage: 'evidence-a:1', direction: supports, why: it cooled knees}
- claim: 'south:a'
  searched: {date: 2026-11, queries: [warm water on stiff knees]}
  links:
  - {passage: 'evidence-c:1', direction: limits, directness: indirect, why: as told by another}
"""
SAFETY = """
measures:
- id: heel-rise
  name: Heel rise
  protocol: Count single-leg rises.
  unit: repetition
  result: "{heel_rise.low} rises on the lower side."
  cites: [evidence-a:1]
- {id: plain, name: Plain, protocol: Look., unit: cm, cites: [evidence-a:1]}
red_flags:
- id: clot
  name: Clot
  action: emergency
  strong: [calf red and hot]
  weak: {swelling: [swollen calf], flight: [long flight]}
  combinations: [[swelling, flight]]
  suspected: a clot in the leg
  do_now: Send to emergency care today.
  cites: [evidence-a:1]
"""
CRUX = """
cruxes:
- id: cold-knee
  debate: cold-or-warm
  question: Does cold water help a sore knee?
  asks: [Is an ice bath good for knees?, Should I cool the knee?, Cold or warm for the knee?, Does ice work?,
    Is warmth better than ice?, Why would cold help?, Must he take ice baths?, Is cold water a waste of time?]
  topics: [cold]
  fits: effusion
  outside: pregnant
  lead:
    answer:
      polar:
      - {when: effusion, text: 'With this swelling, cold water may calm the knee for an hour.', cites: ['evidence-a:1']}
      - {text: 'Perhaps a little, for an hour, and no longer than that.', cites: ['evidence-a:1']}
      default: [{text: 'Cold water calms some knees for about an hour.', cites: ['evidence-a:1']}]
    reason: [{text: 'A small trial of 30 swimmers found less pain for an hour.', cites: ['evidence-a:1']}]
    changes:
    - {when: age < 18, text: 'At {age} the joint still grows, which changes the plan.', cites: ['evidence-b:2']}
    - {text: 'A hot, red joint would change the plan.', cites: ['evidence-b:1']}
  next: [{text: Note the pain before and after cooling., cites: ['evidence-b:1']}]
  dose: [{text: Ten minutes is what the trial used., cites: ['evidence-a:2']}]
  agree: [{text: Both want the knee to move soon afterwards., cites: ['north-book:3', 'south-book:3']}]
  views:
    north:
      says: [{text: North puts cold water first for every sore knee., cites: ['north-book:1']}]
      because: [{text: North argues that cold slows the ache., cites: ['north-book:2']}]
      first_step: [{text: He starts with a cold bath., cites: ['north-book:3']}]
      applied: [{when: sport == "running", text: 'A cold bath after the run.', cites: ['north-book:3']},
        {text: A cold bath today., cites: ['north-book:3']}]
      concedes: [{text: He grants that some people dislike it., cites: ['north-book:4']}]
      reach: [{when: pregnant, text: North does not write about pregnancy., cites: ['north-book:5']}]
    south:
      says: [{text: South puts warm water first for every stiff knee., cites: ['south-book:1']}]
      because: [{text: South argues that warmth frees the joint., cites: ['south-book:2']}]
  evidence:
  - {passage: 'evidence-a:1', of: 'north:a', gist: Cold water lessened pain for an hour, fits: sport == "swimming"}
  - {passage: 'north-book:2', why: it is his own account, gist: Cold slows the ache}
  - {passage: 'evidence-c:1', of: 'south:a', gist: Warmth changed nothing}
  decides:
  - {measure: Heel rise, fact: heel_rise.lsi, threshold: 90, threshold_text: 90% of the better side,
     if_above: look elsewhere, if_below: load that calf, cites: ['evidence-b:1'], basis: the norm study}
  - {measure: Skin, threshold_text: it is hot to the touch, if_above: cool it, if_below: warm it,
     cites: ['evidence-b:1'], basis: a trial}
  - {measure: Age, when: pregnant, fact: age, threshold: 18, threshold_text: 18 years, if_above: go on,
     if_below: stop, cites: ['evidence-b:1'], basis: a guideline}
  needs:
  - {fact: age, ask: 'How old is the patient?', changes: growth changes the plan.}
  premises:
  - {id: ice-cures, terms: [[ice, cold], [cure, cures]], text: Neither author says that ice is enough.,
     cites: ['north-book:1']}
  points:
  - asks: [How long should an ice bath last?, Minutes in the ice bath?]
    says: [{text: Ten minutes were enough in swimmers., cites: ['evidence-a:2']}]
    reason: [{text: No other length was tried., cites: ['evidence-a:2']}]
    next: [{text: Set a clock before he gets in., cites: ['evidence-b:1']}]
"""
SOURCE = """
- id: {id}
  title: {id}
  authors: {authors}
  design: {design}
  viewpoint: {viewpoint}
  seen: {{level: {level}, date: 2026-11}}
  passages:
"""
PASSAGE = """  - {{id: '{id}', locator: {locator}, kind: claim, text: "{text}", topics: [knee], figures: {figures}}}
"""
SAID: dict[str, tuple[str, ...]] = {
    "north-book": (
        "North recommends cold water for a sore knee.",
        "North says that cold slows the ache.",
        "North begins with a cold bath in the morning.",
        "North admits that many people dislike the cold.",
        "North once swam in a frozen lake with his patients.",
        "North keeps a diary of bath temperatures.",
        "North warns against cold water after a heavy meal.",
        "North wants the knee bent soon after the bath.",
    ),
    "south-book": (
        "South recommends warm water for a stiff knee.",
        "South says that warmth frees the joint.",
        "South begins with a warm towel in the evening.",
        "South admits that heat does little for a fresh sprain.",
        "South learned about springs from her grandmother.",
        "South keeps the towel on until it cools.",
        "South warns against warm water on a hot joint.",
        "South wants the knee bent soon after the towel.",
    ),
    "evidence-a": (
        "Thirty swimmers had less knee pain for an hour after cold water.",
        "Ten minutes of cooling was used in the trial of swimmers.",
        "Skin temperature fell after an ice bath.",
        "Pain scores were equal the next morning.",
        "Runners slept no better after cold baths.",
        "Cooling did not change the strength of the thigh.",
    ),
    "evidence-b": (
        "A hot and red joint needs a doctor before any bath.",
        "A growing joint reacts to load in its own way.",
        "Single-leg heel rises show how much a calf can do.",
        "Stairs hurt more than walking in most knees.",
        "Sitting for long made sore knees stiff.",
    ),
    "evidence-c": ("A review reports that warmth changed nothing in stiff knees.",),
}
_SHAPE = {
    "north-book": ("Ada North", "expert-opinion", "north", "full-text"),
    "south-book": ("Bo South", "expert-opinion", "south", "full-text"),
    "evidence-a": ("C. Lake", "rct", "null", "full-text"),
    "evidence-b": ("D. Shore", "guideline", "null", "abstract"),
    "evidence-c": ("E. Delta", "systematic-review", "null", "secondary"),
}


def source_yaml(source_id: str, said: tuple[str, ...]) -> str:
    authors, design, viewpoint, level = _SHAPE[source_id]
    head = SOURCE.format(id=source_id, authors=authors, design=design, viewpoint=viewpoint, level=level)
    figures = "{n: '30'}" if source_id == "evidence-a" else "{}"
    return head + "".join(
        PASSAGE.format(id=f"{source_id}:{n}", locator=f"section {n}", text=text, figures=figures)
        for n, text in enumerate(said, start=1)
    )


def write_library(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "registry.yaml").write_text(REGISTRY)
    (folder / "safety.yaml").write_text(SAFETY)
    (folder / "ledger.yaml").write_text(LEDGER)
    (folder / "crux.yaml").write_text(CRUX)
    (folder / "sources.yaml").write_text("sources:" + "".join(source_yaml(i, said) for i, said in SAID.items()))
    return folder


@cache
def small_library() -> Library:
    """The small library, without an index."""
    with tempfile.TemporaryDirectory() as folder:
        return read_library([write_library(Path(folder) / "library")])


@cache
def packaged_library() -> Library:
    """The library that is shipped, read once a run."""
    return read_library()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallSettings(IndexSettings):
    """Settings of an index over the data folder's own library alone."""

    @property
    def folders(self) -> tuple[Path, ...]:
        return (self.home / "library",)


def silent(*_: object) -> None:
    """Tell nobody."""


def small_index(assistant: Assistant, folder: Path) -> SmallSettings:
    """Return settings of a data folder of its own, with the small library and its index; encoded once a run."""
    prototype = SmallSettings(home=assistant.settings.index.home.with_name("small-prototype"))
    if not prototype.home.exists():
        copy_home(assistant.settings.index.export, prototype.export)
        write_library(prototype.home / "library")
        build(prototype, silent)
    settings = SmallSettings(home=folder / "home")
    copy_home(prototype.home, settings.home)
    return settings


def test_the_small_library_has_no_problem():
    assert lint(small_library()) == []


@pytest.mark.parametrize("viewpoint", ["north", "south", None])
def test_the_small_library_has_more_passages_than_a_quota_takes(viewpoint: str | None):
    library = small_library()
    held = [i for i in library.passages if library.viewpoint_of(i) == viewpoint]
    assert len(held) > (6 if viewpoint else 10)
