"""What must hold of a library beyond its fields: each check fires on a good library broken in the way it looks for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus import copying
from corpus.library import Library
from corpus.lint import breaking_problems, lint, report
from corpus.types import (
    Crux,
    Design,
    Direction,
    LedgerLink,
    Paragraph,
    Restriction,
    Searched,
    Seen,
    SeenLevel,
    Source,
    Text,
    View,
)
from tests.test_corpus_small import packaged_library, small_library, write_library

ROOT = Path(corpus.__file__).parents[1]
EVIDENCE = ("evidence-b:1",)
Break = Callable[[Library], Library]


def source(source_id: str, change: Callable[[Source], Source]) -> Break:
    def break_it(library: Library) -> Library:
        return replace(library, sources=tuple(change(s) if s.id == source_id else s for s in library.sources))

    return break_it


def passage(passage_id: str, **fields: Any) -> Break:
    def change(one: Source) -> Source:
        return replace(one, passages=tuple(replace(p, **fields) if p.id == passage_id else p for p in one.passages))

    return source(passage_id.rsplit(":", 1)[0], change)


def every_crux(change: Callable[[Crux], Crux]) -> Break:
    return lambda library: replace(library, cruxes=tuple(change(c) for c in library.cruxes))


def crux(**fields: Any) -> Break:
    return every_crux(lambda c: replace(c, **fields))


def lead(**fields: Any) -> Break:
    return every_crux(lambda c: replace(c, lead=replace(c.lead, **fields)))


def view(school: str, **fields: Any) -> Break:
    return every_crux(lambda c: replace(c, views=c.views | {school: replace(c.views[school], **fields)}))


def first(kind: str, **fields: Any) -> Break:
    """Change the first of the crux's evidence, deciders, needs or premises."""

    def change(one: Crux) -> Crux:
        entries = getattr(one, kind)
        return replace(one, **{kind: (replace(entries[0], **fields), *entries[1:])})

    return every_crux(change)


def entry(kind: str, **fields: Any) -> Break:
    """Change the first entry of a kind of the library."""

    def break_it(library: Library) -> Library:
        entries = getattr(library, kind)
        return replace(library, **{kind: (replace(entries[0], **fields), *entries[1:])})

    return break_it


def said(text: str, *cites: str, when: str | None = None) -> tuple[Text, ...]:
    return (Text(text=text, cites=cites or EVIDENCE, when=when),)


def block(number: int) -> Paragraph:
    return Paragraph(number=number, words=3, sha256="0", kept=True, why="a test")


def renamed(one: Source) -> Source:
    return replace(one, passages=(replace(one.passages[0], id="elsewhere:1"), *one.passages[1:]))


def doubled(one: Source) -> Source:
    return replace(one, passages=(*one.passages, one.passages[0]))


def second_crux(library: Library) -> Library:
    return replace(library, cruxes=(*library.cruxes, replace(library.cruxes[0], id="other-knee")))


def ledger_link(passage_id: str) -> LedgerLink:
    return LedgerLink(passage=passage_id, direction=Direction.SUPPORTS, why="it cooled knees")


def same_doi(library: Library) -> Library:
    return replace(library, sources=tuple(replace(s, doi="10.1234/x") for s in library.sources))


def limit(**fields: Any) -> Break:
    """Add a restriction."""
    made = Restriction(**({"id": "cold", "when": "age < 9", "forbidden": ("swim",), "why": "it is cold"} | fields))
    return lambda library: replace(library, restrictions=(*library.restrictions, made))


# Made of words that stand nowhere; their run is put among the fingerprints for these tests.
COPIED = "One two three four five six seven eight little fishes."
SILENT = View(silent=True, says=())
BREAKING: list[tuple[str, Break]] = [
    ("unknown viewpoint 'west'", source("evidence-a", lambda s: replace(s, viewpoint="west"))),
    ("passage 'elsewhere:1' does not start with the source's id", source("evidence-a", renamed)),
    ("passage id 'evidence-a:1' is given 2 times", source("evidence-a", doubled)),
    ("cites unknown passage 'gone:1'", entry("viewpoints", nearest="gone:1")),
    ("unknown viewpoint 'west'", entry("debates", viewpoints=("north", "west"))),
    ("cites unknown passage 'gone:1'", entry("red_flags", cites=("gone:1",))),
    ("combination names unknown weak cue 'fever'", entry("red_flags", combinations=(("swelling", "fever"),))),
    ("cites unknown passage 'gone:1'", entry("measures", cites=("gone:1",))),
    ("cites unknown passage 'gone:1'", limit(cites=("gone:1",))),
    ("when: expected a predicate", limit(when="age <")),
    ("expected a known red flag, got 'gone'", limit(flags=("gone",))),
    ("past: expected a known fact, got 'weight'", limit(past="weight")),
    ("expected “when” or “flags”, got neither", limit(when=None)),
    ("unknown debate 'tea'", crux(debate="tea")),
    ("expected views of ['north', 'south'], got ['north']", every_crux(lambda c: replace(c, views={"north": SILENT}))),
    ("lead.answer needs 'default'", lead(answer={"polar": said("Perhaps it does.")})),
    ("needs: unknown fact 'weight'", first("needs", fact="weight")),
    ("predicate 'weight < 3': expected a known fact", crux(fits="weight < 3")),
    ("predicate 'age <': expected a predicate", crux(outside="age <")),
    ("predicate \"sex == 'x'\"", first("decides", when="sex == 'x'")),
    ("predicate 'age is 3'", first("evidence", fits="age is 3")),
    ("next: predicate 'age + 1'", crux(next=(*said("Wait.", when="age + 1"), *said("Go on.")))),
    ("next: the last variant must have no 'when'", crux(next=said("Wait.", when="age < 18"))),
    ("next: unknown slot {weight}", crux(next=(*said("At {weight}.", when="age < 18"), *said("Go on.")))),
    ("next: slot {age} needs a 'when' that ensures it", crux(next=said("At {age}."))),
    ("next: no citation: 'Go on.'", crux(next=(Text(text="Go on.", cites=()),))),
    ("next: cites unknown passage 'gone:1'", crux(next=said("Go on.", "gone:1"))),
    ("lead.reason: names South and cites no passage of south", lead(reason=said("South says so.", "north-book:1"))),
    ("points.0.says: cites unknown passage 'gone:1'", first("points", says=said("Go on.", "gone:1"))),
    ("points.0.next: predicate 'age +'", first("points", next=(*said("Wait.", when="age +"), *said("Go on.")))),
    ("views.south.says is empty", view("south", says=())),
    ("evidence cites unknown passage 'gone:1'", first("evidence", passage="gone:1")),
    ("decides cites unknown passage 'gone:1'", first("decides", cites=("gone:1",))),
    ("decides 'Heel rise': give fact and threshold together or neither", first("decides", threshold=None)),
    ("decides 'Heel rise': unknown fact 'weight'", first("decides", fact="weight")),
    ("premise ice-cures cites unknown passage 'gone:1'", first("premises", cites=("gone:1",))),
    ("evidence evidence-a:1 of north:z: the ledger has no such link", first("evidence", of="north:z")),
    ("unknown source 'gone'", entry("viewpoints", source="gone")),
    ("links unknown passage 'gone:1'", entry("ledger", links=(ledger_link("gone:1"), ledger_link("evidence-a:1")))),
]
LONG = "He would like nothing better than to hear from each and every patient how the cold bath went."
UNTIDY: list[tuple[str, Break]] = [
    ("expected a doi like 10.1234/x, got 'doi:3'", source("evidence-a", lambda s: replace(s, doi="doi:3"))),
    ("expected a pmid of digits, got 'PMC3'", source("evidence-a", lambda s: replace(s, pmid="PMC3"))),
    ("evidence-a:1: no such 'section 1'", source("evidence-a", lambda s: replace(s, paragraphs=(block(1),)))),
    ("numbers ['12'] of the text are not in its figures", passage("evidence-a:1", text="Found in 12 of 30 swimmers.")),
    ("evidence-a:1: conflicts with unknown 'gone:1'", passage("evidence-a:1", conflicts_with=("gone:1",))),
    ("cites 'south-book:1', which is not its own", entry("viewpoints", nearest="south-book:1")),
    ("short answer opens like one of cold-knee: 'with this swelling", second_crux),
    ("expected 8 or more asks, got 1", crux(asks=("Does ice work?",))),
    ("expected an intent among ['polar'", lead(answer={"hunch": said("Perhaps."), "default": said("It may well.")})),
    ("expected a full stop: 'Go on'", crux(next=said("Go on"))),
    ("an absolute in our own voice: 'This always works.'", crux(next=said("This always works."))),
    ("numbers ['45'] are not printed by what it cites", crux(next=said("Cool for 45 minutes.", "evidence-a:1"))),
    ("rests only on sources seen second-hand or not at all", lead(reason=said("Warmth did not help.", "evidence-c:1"))),
    ("the same sentence stands in 2 places: 'Go on.'", crux(next=said("Go on."), dose=said("Go on."))),
    ("views.north.says cites 'south-book:1', which is not its own", view("north", says=said("Cold.", "south-book:1"))),
    ("unequal voice in says: 9 words against 18", view("north", says=said(LONG, "north-book:1"))),
    ("evidence evidence-a:1: expected the claim it bears on (of), or why", first("evidence", of=None)),
    ("gist has 19 words, expected 18 at most", first("evidence", gist=" ".join(["cold"] * 19))),
    ("was not seen", source("evidence-a", lambda s: replace(s, seen=Seen(level=SeenLevel.NONE)))),
    ("expected the month it was seen", source("evidence-a", lambda s: replace(s, seen=Seen(level=SeenLevel.ABSTRACT)))),
    ("10.1234/x is also that of evidence-a", same_doi),
    ("evidence-a:1: conflicts with evidence-b:1, which does not say", passage("evidence-a:1", conflicts_with=EVIDENCE)),
    (
        "claim south:a has no entry in the ledger",
        lambda library: replace(crux(evidence=())(library), ledger=library.ledger[:1]),
    ),
    (
        "no school has the claim 'north:z'",
        lambda library: replace(library, ledger=(*library.ledger, replace(library.ledger[1], claim="north:z"))),
    ),
    ("expected what was searched for, got nothing", entry("ledger", searched=Searched(date="2026-11", queries=()))),
    (
        "links 'north-book:2', the school's own word",
        entry("ledger", links=(ledger_link("north-book:2"), ledger_link("evidence-a:1"))),
    ),
    ("links 'evidence-a:1' 2 times", entry("ledger", links=(ledger_link("evidence-a:1"), ledger_link("evidence-a:1")))),
    (
        "next: no case can take the variant 1 ('age < 10')",
        crux(next=(*said("Wait.", when="age < 18"), *said("Stop.", when="age < 10"), *said("Go on."))),
    ),
    (
        "next: no case can take the variant 0 ('age < 10 and age > 12')",
        crux(next=(*said("Wait.", when="age < 10 and age > 12"), *said("Go on."))),
    ),
    (
        "next: no case can take the variant 2 (None)",
        crux(next=(*said("Wait.", when="effusion"), *said("Stop.", when="not effusion"), *said("Go on."))),
    ),
    ("predicate 'age < 10 and age > 12' holds for no case", crux(outside="age < 10 and age > 12")),
    ("would be held back, as too sure or as a diagnosis: 'Ice cures", crux(next=said("Ice cures a sore knee."))),
    ("premise ice-cures would be held back", first("premises", text="Ice certainly works.")),
    ("copied from an article: ", passage("evidence-a:1", text=COPIED)),
    ("evidence numbers ['7'] are not printed", first("evidence", gist="Cold water helped 7 swimmers")),
]


@pytest.fixture(autouse=True)
def _an_article_of_eight_words(monkeypatch):
    known = copying._fingerprints() | copying.fingerprints_of("one two three four five six seven eight")
    monkeypatch.setattr(copying, "_fingerprints", lambda: known)


def test_a_clinics_own_document_may_quote_an_article():
    def break_it(library: Library) -> Library:
        quoting = passage("evidence-a:1", text=COPIED)(library)
        return source("evidence-a", lambda s: replace(s, design=Design.CLINIC_DOCUMENT))(quoting)

    assert not [m for m, _ in problems(break_it) if "copied" in m]


def problems(break_it: Break) -> list[tuple[str, bool]]:
    return [(p.message, p.breaks) for p in lint(break_it(small_library()))]


@pytest.mark.parametrize(("message", "break_it"), BREAKING, ids=[m[:50] for m, _ in BREAKING])
def test_what_cannot_be_answered_from_is_found_and_keeps_the_library_from_being_indexed(message: str, break_it: Break):
    assert [breaks for found, breaks in problems(break_it) if message in found] == [True]
    assert message in " ".join(p.message for p in breaking_problems(break_it(small_library())))


@pytest.mark.parametrize(("message", "break_it"), UNTIDY, ids=[m[:50] for m, _ in UNTIDY])
def test_what_is_only_untidy_is_found_and_may_still_be_indexed(message: str, break_it: Break):
    found = problems(break_it)
    assert [breaks for text, breaks in found if message in text][:1] == [False]
    assert not any(breaks for _, breaks in found)


def test_a_passage_of_a_source_of_another_name_is_found_even_when_it_carries_the_short_answer():
    def break_it(library: Library) -> Library:
        moved = source("evidence-b", renamed)(library)
        return lead(reason=said("A doctor first.", "elsewhere:1"))(moved)

    assert ("passage 'elsewhere:1' does not start with the source's id", True) in problems(break_it)


def test_retracting_a_source_breaks_what_cites_it():
    found = problems(source("evidence-a", lambda s: replace(s, retracted=True)))
    assert ("cites unknown passage 'evidence-a:1'", True) in found


def test_a_school_that_is_silent_need_not_speak_at_length():
    quiet = every_crux(
        lambda c: replace(
            c,
            views=c.views
            | {"south": View(silent=True, says=said("South leaves this open.", "south-book:1"))}
            | {"north": replace(c.views["north"], says=said(LONG, "north-book:1"))},
        )
    )
    assert problems(quiet) == []


def test_a_number_that_a_slot_prints_need_not_be_printed_by_the_source():
    aged = crux(next=(*said("At {age}, wait.", when="age < 18"), *said("Go on.")))
    assert problems(aged) == []


def test_the_packaged_library_has_no_problem():
    assert lint(packaged_library()) == []


def test_every_passage_of_the_packaged_library_has_the_source_it_is_named_for():
    library = packaged_library()
    assert [i for i in library.passages if library.source_of(i).id != library.passages[i].source_id] == []


def test_each_problem_is_reported_with_the_file_and_line_of_its_entry(tmp_path: Path):
    folder = write_library(tmp_path / "library")
    path = folder / "crux.yaml"
    path.write_text(path.read_text().replace("fits: effusion", "fits: swelling"))
    lines = report([folder])
    assert lines == [f"{path}:3: cold-knee: predicate 'swelling': expected a known fact, got 'swelling'"]


def test_linting_by_name_prints_that_nothing_was_found_and_exits_0():
    done = subprocess.run([sys.executable, "-m", "corpus.lint"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("library: no problem found\n", "", 0)
