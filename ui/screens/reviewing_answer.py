"""An answer as a mentor reads it: its sentences on the left, what they rest on on the right, tied by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.figuring import figures_line
from assistant.presenting import short_authors
from corpus.library import Library
from ui.passages import school_of
from ui.screens.reviewing_path import WHOLE, Path

_REFERENCES = "\n\n**References**\n\n"
_TITLES = {"short_answer": "Short answer", "viewpoint": "View", "deciding": "What to do and test next"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A number beside a sentence."""

    number: int
    school: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A claim of the answer; `why` says why it is asked about, empty where it is not."""

    id: str
    text: str
    markers: tuple[Marker, ...]
    why: str
    is_flagged: bool

    @property
    def is_chosen(self) -> bool:
        """Return whether something else than its place in the answer put it on the path."""
        return self.why not in {"", *WHOLE}

    @property
    def numbers(self) -> str:
        """Return the numbers as an attribute holds them, "1 4"."""
        return " ".join(str(marker.number) for marker in self.markers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of the answer."""

    kind: str
    title: str
    school: str
    sentences: tuple[Sentence, ...]

    @property
    def is_asked(self) -> bool:
        """Return whether the path leads through it."""
        return any(sentence.why for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a number stands for, as it was when the answer was given."""

    number: int
    school: str
    school_name: str
    title: str
    byline: str
    locator: str
    strength: str
    quote: str
    figures: str
    original: str
    is_second_hand: bool
    carries: tuple[tuple[str, str], ...]
    """Id and text of each sentence that cites it."""
    is_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school of the debate, whether the answer lets it speak or not."""

    id: str
    name: str
    hue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A whole answer laid out for review."""

    question: str
    status: str
    markdown: str
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    schools: tuple[School, ...]

    @property
    def body(self) -> str:
        """Return the text without its reference list, which a mentor has no need to correct."""
        return self.markdown.split(_REFERENCES, 1)[0]

    @property
    def more(self) -> int:
        """Return how many passages the path leaves out."""
        return sum(not passage.is_asked for passage in self.passages)


def reading_of(document: Mapping[str, Any], library: Library, path: Path) -> Reading:
    """Return an answer laid out; whatever an older answer lacks stays empty."""
    cited = {c["number"]: c for c in document.get("citations") or ()}
    sections = document.get("sections") or ()
    return Reading(
        question=str(document.get("question", "")),
        status=str(document.get("status", "")),
        markdown=str(document.get("markdown", "")),
        parts=tuple(_part(section, cited, library, path) for section in sections),
        passages=tuple(_passage(c, sections, library, path) for c in cited.values()),
        schools=tuple(_schools(document, library)),
    )


def _part(section: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]], library: Library, path: Path) -> Part:
    kind = str(section.get("kind", ""))
    return Part(
        kind=kind,
        title=str(section.get("title") or _TITLES.get(kind, kind.replace("_", " ").capitalize())),
        school=school_of(section.get("viewpoint"), library),
        sentences=tuple(_sentence(claim, cited, library, path) for claim in section.get("claims") or ()),
    )


def _sentence(
    claim: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]], library: Library, path: Path
) -> Sentence:
    asked = path.by_claim.get(claim["id"])
    numbers = [n for n in claim.get("citations") or () if n in cited]
    return Sentence(
        id=str(claim["id"]),
        text=str(claim["text"]),
        markers=tuple(_marker(cited[n], library) for n in numbers),
        why=asked.why if asked else "",
        is_flagged=bool(asked and asked.is_flagged),
    )


def _marker(citation: Mapping[str, Any], library: Library) -> Marker:
    who = str(citation.get("authors") or citation.get("title") or citation.get("source_id", "")).split(",")[0]
    label = " ".join(str(x) for x in (who, citation.get("year")) if x)
    return Marker(number=citation["number"], school=school_of(citation.get("viewpoint"), library), label=label)


def _passage(
    citation: Mapping[str, Any], sections: Sequence[Mapping[str, Any]], library: Library, path: Path
) -> Passage:
    number, viewpoint = citation["number"], citation.get("viewpoint")
    source = library.source_by_id.get(str(citation.get("source_id")))
    known = library.viewpoint_by_id.get(viewpoint) if viewpoint else None
    byline = (
        short_authors(citation.get("authors")),
        citation.get("year"),
        str(citation.get("design") or "").replace("-", " "),
    )
    return Passage(
        number=number,
        school=school_of(viewpoint, library),
        school_name=known.name if known else "",
        title=str(citation.get("title") or citation.get("source_id", "")),
        byline=" · ".join(str(x) for x in byline if x),
        locator=str(citation.get("locator") or ""),
        strength=str(citation.get("strength") or ""),
        quote=str(citation.get("quote") or ""),
        figures=figures_line(citation.get("figures")),
        original=str(citation.get("original") or ""),
        is_second_hand=source is not None and source.seen.level.value == "secondary",
        carries=tuple(
            (str(claim["id"]), str(claim["text"]))
            for section in sections
            for claim in section.get("claims") or ()
            if number in (claim.get("citations") or ())
        ),
        is_asked=number in path.numbers,
    )


def _schools(document: Mapping[str, Any], library: Library) -> Iterable[School]:
    """Yield the schools of the answer's debates, then any other that it cites."""
    debates = [library.debate_by_id[d] for d in document.get("debates") or () if d in library.debate_by_id]
    spoken = [section.get("viewpoint") for section in document.get("sections") or ()]
    ids = dict.fromkeys((*(v for debate in debates for v in debate.viewpoints), *(v for v in spoken if v)))
    for id_ in ids:
        known = library.viewpoint_by_id.get(id_)
        yield School(id=id_, name=known.name if known else id_, hue=school_of(id_, library))
