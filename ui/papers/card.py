"""What to test next, as a card for the couch: one small page to print, with boxes for what comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.presenting import INTENDED_USE
from corpus.facts import Facts
from corpus.library import Library
from corpus.predicates import holds
from corpus.sentences import shown
from corpus.types import Crux, Decider, Measure
from ui.papers.pages import page
from ui.papers.reading import byline, claims_of, design_words, facts_of, one_line

MOST_TESTS = 3
"""As many as a full answer names; more do not fit on a page."""
_PROTOCOL_LINES = 3
_NO_TEST = frozenset({"age", "surgery.weeks"})  # asked, not tested
_MEASURES: tuple[tuple[str, str], ...] = (
    (r"\bheel[ -]rises?\b|calf raises against|better side against .*norm|bent-knee against straight-knee", "heel-rise"),
    (r"\bwells\b", "wells-dvt"),
    (r"\bottawa\b|\bfour steps\b|\bacute knee injury\b", "ottawa-knee"),
    (r"\bstroke test\b|^effusion\b", "stroke-test"),
    (r"\bakps\b", "akps"),
    (r"\bkoos\b", "koos"),
    (r"\bknee-to-wall\b|\bweight-bearing dorsiflexion\b", "knee-to-wall"),
    (r"\blateral step-down\b", "step-down"),
    (r"\bcalf squeeze\b", "achilles-tests"),
    (r"^squat, resisted", "pfp-cluster"),
    (r"^painful squat", "squat-provocation"),
    (r"^knee-extension strength, dynamometer", "quadriceps-isometric"),
    (r"\bhops?\b.*\bside", "hop-battery"),
    (r"\bpain(?:ful)?\b.*(?:\bpoints?\b|\d ?/ ?10|\bof (?:10|ten)\b)", "nprs"),
)
_BOTH_SIDES = re.compile(
    r"\bboth (?:sides|knees)\b|\bagainst (?:the )?(?:other|better)\b|between sides|knee-to-wall|step-down"
)
_TWICE = re.compile(
    r"\bbefore\b.*\bafter\b|\bwith and without\b|\bretested\b|\bchange\b|\bsame\b.*\btask\b|"
    r"\bafter\b.*\b(?:weeks|block)\b"
)
_SYMMETRY = "weaker side / better side, in %"
_CLAUSE = re.compile(r"(?<=[.;])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CouchTest:
    """One test as it stands on the card.

    `is_ours` says that no source gives the cut-off. `branches` say what each result favours: an action, never a
    school. `boxes` are the names of the boxes to fill in; `known` is what was typed already.
    """

    name: str
    protocol: tuple[str, ...]
    cut_off: str
    is_ours: bool
    branches: tuple[tuple[str, str], ...]
    error: str
    boxes: tuple[str, ...]
    formula: str
    known: str
    basis: str
    sources: tuple[str, ...]


def couch_tests(document: Mapping[str, Any], library: Library) -> tuple[CouchTest, ...]:
    """Return the tests that an answer names under what to do and test, in its order; none where it names none.

    Where a model wrote the answer in its own words, they are the tests of the question it was placed at.
    """
    if document["status"] != "answered":
        return ()
    facts = facts_of(document)
    named = tuple(_named(document, library))
    own = (d for c in _cruxes(document, library)[:1] for d in c.decides if holds(d.when, facts))
    tests = [_test(d, library, facts) for d in named or own if d.fact not in _NO_TEST]
    return tuple(tests[:MOST_TESTS])


def to_html(document: Mapping[str, Any], library: Library) -> str:
    """Return the card as a whole page to print; every text that is not ours is escaped."""
    return page("card.html.jinja").render(**_content(document, library))


def to_markdown(document: Mapping[str, Any], library: Library) -> str:
    """Return the card as Markdown, with lines to write on."""
    return page("card.md.jinja").render(**_content(document, library))


def _content(document: Mapping[str, Any], library: Library) -> dict[str, Any]:
    lines = [one_line(c["text"]) for c in claims_of(document, "deciding") if _is_first_step(c)]
    return {
        "question": one_line(document["question"]),
        "first": lines[:1] if document["status"] == "answered" else [],
        "tests": couch_tests(document, library),
        "norms": [one_line(c["text"]) for c in claims_of(document, "deciding") if _is_norm(c)],
        "asked_on": document["asked_at"][:10],
        "id": document["id"],
        "intended_use": INTENDED_USE,
    }


def _is_first_step(claim: Mapping[str, Any]) -> bool:
    return re.search(r"/(?:points\.\d+\.)?next/", str(claim.get("origin") or "")) is not None


def _is_norm(claim: Mapping[str, Any]) -> bool:
    return str(claim.get("origin") or "").startswith("measure/")


def _cruxes(document: Mapping[str, Any], library: Library) -> list[Crux]:
    return [library.crux_by_id[c] for c in document["cruxes"] if c in library.crux_by_id]


def _named(document: Mapping[str, Any], library: Library) -> Iterator[Decider]:
    for claim in claims_of(document, "deciding"):
        crux, _, place = str(claim.get("origin") or "").partition("/decides/")
        found = library.crux_by_id.get(crux)
        if found and place.isdigit() and int(place) < len(found.decides):
            yield found.decides[int(place)]


def _test(decider: Decider, library: Library, facts: Facts) -> CouchTest:
    measure = measure_of(decider, library)
    return CouchTest(
        name=decider.measure,
        protocol=_in_lines(measure.protocol) if measure else (),
        cut_off=decider.threshold_text,
        is_ours=decider.basis.startswith("our "),
        branches=branches(decider),
        error=measure.error or "" if measure else "",
        boxes=_boxes(decider),
        formula=_SYMMETRY if (decider.fact or "").endswith(".lsi") else "",
        known=_known(decider, facts),
        basis=decider.basis,
        sources=_sources(decider, library),
    )


def measure_of(decider: Decider, library: Library) -> Measure | None:
    """Return the library's measure of a test: how it is done, and its error. None where the library has none."""
    by_id = {m.id: m for m in library.measures}
    name = decider.measure.lower()
    named = next((m for m in library.measures if m.name.lower() in name), None)
    told = f"{name} {decider.threshold_text.lower()}"
    known = next((i for pattern, i in _MEASURES if re.search(pattern, told)), None)
    fallback = "lsi" if (decider.fact or "").endswith(".lsi") else ""
    return named or by_id.get(known or fallback)


def _in_lines(protocol: str) -> tuple[str, ...]:
    """Return a protocol in three lines at most, none of its words lost."""
    clauses = _CLAUSE.split(protocol)
    while len(clauses) > _PROTOCOL_LINES:
        at = min(range(len(clauses) - 1), key=lambda n: len(clauses[n]) + len(clauses[n + 1]))
        clauses[at : at + 2] = [" ".join(clauses[at : at + 2])]
    return tuple(f"{c[:1].upper()}{c[1:]}".rstrip(";") for c in clauses)


def branches(decider: Decider) -> tuple[tuple[str, str], ...]:
    """Return what each result leads to: when, and what then."""
    is_number = decider.threshold_text[:1].isdigit()
    if is_number:
        return ("Below", decider.if_below), ("Otherwise", decider.if_above)
    return ("If so", decider.if_above), ("If not", decider.if_below)


def _boxes(decider: Decider) -> tuple[str, ...]:
    told = decider.measure.lower()
    if (decider.fact or "").endswith((".lsi", ".gap")) or _BOTH_SIDES.search(told):
        return "Left", "Right"
    return ("Before", "After") if _TWICE.search(told) else ("Result",)


def _known(decider: Decider, facts: Facts) -> str:
    """Return the sides that were typed already, "left 14, right 27"."""
    test = (decider.fact or "").rpartition(".")[0]
    sides = [f"{side} {shown(f'{test}.{side}', facts)}" for side in ("left", "right") if f"{test}.{side}" in facts]
    if not sides and f"{test}.low" in facts and f"{test}.high" in facts:
        sides = [f"{shown(f'{test}.low', facts)} against {shown(f'{test}.high', facts)}"]
    return ", ".join(sides)


def _sources(decider: Decider, library: Library) -> tuple[str, ...]:
    sources: Sequence[str] = [p for p in decider.cites if p in library.passages]
    return tuple(dict.fromkeys(_source(p, library) for p in sources))


def _source(passage: str, library: Library) -> str:
    source = library.source_of(passage)
    told = {"authors": source.authors, "year": source.year, "title": source.title, "viewpoint": source.viewpoint}
    weight = library.strength_of(passage).value
    what = design_words(source.design.value)
    return f"{byline(told)}, {what if weight == 'opinion' else f'{what} ({weight})'}"
