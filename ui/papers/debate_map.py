"""The debate map: what each school claims, what bears on it, and what would decide, as a picture.

One figure in three forms, of which the style shows the one that fits; a list says the same in words. A node is a link
with ``data-passage``: the page's script opens that passage, and nothing is loaded by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.facts import Facts
from corpus.library import Library
from corpus.types import Strength
from ui.papers.map_content import NO_FACTS, Finding, Picture, of_crux, of_debate
from ui.papers.map_layout import lay_out
from ui.papers.map_pieces import Form, Layout
from ui.papers.map_shapes import RADIUS, path_of
from ui.papers.pages import page

_KEY_RADIUS = 10.5
_KEY_WORDS = {"opinion": "opinion article"}  # "opinion" alone is the weight
_CSS = {Form.WIDE: "is-wide", Form.MIDDLE: "is-middle", Form.NARROW: "is-narrow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A line of the legend: a mark, and what it means."""

    path: str
    words: str
    strength: str = "thin"


def debate_map(crux_id: str, library: Library, facts: Facts = NO_FACTS) -> str:
    """Return the map of a crux or a brief as HTML, to stand in a page that has ``map.css``.

    Args:
        crux_id: of the question.
        library: where it lies.
        facts: of the case at hand; they choose among the tests and mark the findings in people like this patient.

    Raises:
        KeyError: there is no such question in the library.
    """
    return _figure(of_crux(library.crux_by_id[crux_id], library, facts))


def whole_debate_map(debate_id: str, library: Library) -> str:
    """Return the map of a whole debate: every claim with all that the ledger holds beside it.

    Raises:
        KeyError: there is no such debate in the library.
    """
    return _figure(of_debate(library.debate_by_id[debate_id], library))


def passages_of(crux_id: str, library: Library, facts: Facts = NO_FACTS) -> tuple[str, ...]:
    """Return the ids of all passages that the map of a crux opens, each once."""
    picture = of_crux(library.crux_by_id[crux_id], library, facts)
    claims = (stand.passage for school in picture.schools for stand in school.stands)
    every = (*(f.passage for f in picture.findings), *claims, *(t.passage for t in picture.tests))
    return tuple(dict.fromkeys(every))


def _figure(picture: Picture) -> str:
    forms = [{"css": _CSS[f], "map": lay_out(picture, f), "label": _label(picture)} for f in Form]
    return page("map.html.jinja").render(
        picture=picture,
        forms=forms,
        designs=designs(picture.findings),
        weights=weights(),
        path_of=path_of,
        has_fits=any(f.fits for f in picture.findings),
        ways=sorted({f.way for f in picture.findings if f.way}, reverse=True),
    )


def _label(picture: Picture) -> str:
    schools = " and ".join(s.name for s in picture.schools)
    return f"Debate map, {schools}: {picture.title}"


def weights() -> list[Key]:
    """Return the four weights as marks of one design."""
    return [Key(path=path_of("systematic-review", RADIUS[s]), words=s.value, strength=s.value) for s in Strength]


def designs(findings: Iterable[Finding]) -> list[Key]:
    """Return the designs that the map holds by their shapes; two that share one are told together."""
    words: dict[str, set[str]] = {}
    for finding in findings:
        words.setdefault(path_of(finding.design, _KEY_RADIUS), set()).add(
            _KEY_WORDS.get(finding.design_words, finding.design_words)
        )
    return sorted(
        (Key(path=path, words=" or ".join(sorted(said))) for path, said in words.items()), key=lambda k: k.words
    )


def layouts(picture: Picture) -> tuple[Layout, ...]:
    """Return the picture laid out in each of its forms."""
    return tuple(lay_out(picture, f) for f in Form)
