"""What the shelf's pages say of a source, a passage and a claim, in clinic words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from fastapi import HTTPException
from markupsafe import Markup

from assistant.presenting import short_authors
from corpus.library import Library
from corpus.sentences import DESIGN_WORDS
from corpus.types import Crux, Design, Direction, Directness, LedgerLink, Passage, SchoolClaim, Source, Strength
from ui.passages import month_of, school_of, strength_chip
from ui.screens.shelves_catalogue import Bearing, Catalogue
from ui.screens.shelves_searching import SEEN_WORDS

_NEAR = 3
MANY = 6  # places in a source; chosen: more than two screens of a desktop
_TITLE_WORDS = 6
DIRECTION_WORDS = {
    Direction.SUPPORTS: "Speaks for it",
    Direction.LIMITS: "Speaks against it",
    Direction.NEUTRAL: "Leaves it open",
    Direction.NOT_TESTED: "Did not test it",
}


def tools(library: Library, weight_of: Callable[[str], Strength] | None = None) -> dict[str, Any]:
    """Return what the templates call; `weight_of` where passages of retracted sources are shown, too."""
    return {
        "library": library,
        "chip": lambda strength: Markup(strength_chip(str(strength))),  # noqa: S704 - one of our four words
        "hue": lambda viewpoint: school_of(viewpoint, library),
        "design": design_words,
        "by": by_whom,
        "seen": seen_words,
        "counted": counted,
        "weight_of": weight_of or library.strength_of,
    }


def by_whom(source: Source) -> str:
    """Return who wrote a source, or where no author is shown the beginning of its title in quotation marks."""
    words = source.title.split()
    begins = " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
    return short_authors(source.authors) or f"“{begins}”"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "passage"), counted(1200, "passage")
    ('1 passage', '1,200 passages')
    """
    return f"1 {noun}" if number == 1 else f"{number:,} {plural or noun + 's'}"


def design_words(source: Source) -> str:
    """Return the design as a line begins with it; that an article is opinion stands in its chip."""
    words = "article" if source.design is Design.EXPERT_OPINION else DESIGN_WORDS[source.design]
    return words[:1].upper() + words[1:]


def seen_words(source: Source) -> str:
    """Return how far a source was seen, and when."""
    return SEEN_WORDS[source.seen.level] + month_of(source.seen.date)


def citation_text(source: Source) -> str:
    """Return the source as a reference list has it, in one line."""
    authors = (source.authors or "").rstrip(".")
    title = source.title if source.title.endswith(("?", "!", ".")) else f"{source.title}."
    journal = source.journal or ""
    year = "" if source.year is None or str(source.year) in journal else str(source.year)
    where = f"{'. '.join(x for x in (journal, year) if x)}." if journal or year else ""
    ids = " ".join(x for x in (source.doi and f"doi:{source.doi}", source.pmid and f"PMID {source.pmid}") if x)
    return " ".join(x for x in (f"{authors}." if authors else "", title, where, ids) if x)


def links_of(source: Source) -> dict[str, str]:
    """Return the addresses of a source, by what they are called."""
    found = {}
    if source.doi:
        found[f"doi:{source.doi}"] = f"https://doi.org/{source.doi}"
    if source.pmid:
        found[f"PMID {source.pmid}"] = f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"
    return found


def places(source: Source) -> tuple[str, list[tuple[str, str]]]:
    """Return what leads to the passages of `source`: a heading, and where each locator first stands on its page.

    A first word that all share is said once, in the heading: "Go to paragraph".
    """
    at: dict[str, str] = {}
    for number, passage in enumerate(source.passages, start=1):
        at.setdefault(passage.locator, f"cp-at-{number}")
    heads = {locator.partition(" ")[0] for locator in at}
    if len(heads) > 1 or any(" " not in locator for locator in at):
        return "Go to", [(id_, locator) for locator, id_ in at.items()]
    return f"Go to {heads.pop()}", [(id_, locator.partition(" ")[2]) for locator, id_ in at.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A passage with all that stands beside it on its source's page."""

    passage: Passage
    claims: tuple[SchoolClaim, ...]
    bearings: tuple[Bearing, ...]
    subjects: tuple[Crux, ...]
    original: str | None


def told(passage: Passage, catalogue: Catalogue, original: str | None) -> Told:
    """Return `passage` with the claims it makes or bears on, the questions that cite it, and its own paragraph."""
    return Told(
        passage=passage,
        claims=catalogue.claims.get(passage.id, ()),
        bearings=catalogue.bearings.get(passage.id, ()),
        subjects=catalogue.subjects.get(passage.id, ()),
        original=original,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """One claim with what speaks for it, against it, and neither, heaviest first."""

    claim: SchoolClaim
    made_in: str | None
    sides: Mapping[Direction, tuple[LedgerLink, ...]]
    searched: str | None
    queries: tuple[str, ...] = ()


def ledger_of(claim: SchoolClaim, library: Library) -> Ledger:
    """Return what was found for and against `claim`."""
    entry = library.ledger_by_claim.get(claim.id)
    links = [link for link in entry.links if link.passage in library.passages] if entry else []
    links.sort(key=lambda link: _heaviness(link, library))
    sides = {d: tuple(link for link in links if link.direction is d) for d in Direction}
    return Ledger(
        claim=claim,
        made_in=next(iter(claim.passages), None),
        sides={d: found for d, found in sides.items() if found},
        searched=month_of(entry.searched.date).removeprefix(", ") if entry else None,
        queries=entry.searched.queries if entry else (),
    )


def _heaviness(link: LedgerLink, library: Library) -> tuple[int, bool]:
    order = ("strong", "moderate", "thin", "opinion")
    return order.index(library.strength_of(link.passage)), link.directness is Directness.INDIRECT


def claims_of(crux: Crux, school: str, library: Library) -> tuple[SchoolClaim, ...]:
    """Return the claims of `school` that `crux` is about: those its evidence bears on, and those its view rests on."""
    borne = {e.of for e in crux.evidence if e.of}
    view = crux.views.get(school)
    cited = {c for part in ("says", "because") for t in getattr(view, part, ()) for c in t.cites}
    claims = library.viewpoint_by_id[school].claims
    return tuple(c for c in claims if c.id in borne or cited & set(c.passages))


def missing(
    what: str, identifier: str, known: Iterable[str], address: str, where: str = "The library has no"
) -> NotHereError:
    """Return the error for an id that is not on the shelf; it names those that read most like it."""
    near = get_close_matches(identifier, list(known), n=_NEAR, cutoff=0.4)
    return NotHereError(f"{where} {what} with the id “{identifier[:80]}”.", near, address)


class NotHereError(HTTPException):
    """Nothing on the shelf has that id."""

    def __init__(self, sentence: str, near: Sequence[str], address: str) -> None:
        """Say what was looked for, which ids are near, and below which address those are."""
        super().__init__(404, sentence)
        self.near = tuple(near)
        self.address = address
