"""One search over everything on the shelf: what was asked for, and what of it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import HTTPException, Query

from corpus.browsing import Browsed
from corpus.library import Library
from corpus.sentences import DESIGN_WORDS
from corpus.types import Crux, Design, Passage, SeenLevel
from ui.screens.shelves_catalogue import WEIGHTS, Catalogue, Entry, folded

PAGE = 20  # chosen: two screens of a desktop
QUOTED = 2  # chosen: the best two passages of a source show why it is listed
LONGEST_SEARCH = 300
SEEN_WORDS = {
    SeenLevel.FULL_TEXT: "full text",
    SeenLevel.ABSTRACT: "abstract",
    SeenLevel.SECONDARY: "second-hand",
    SeenLevel.NONE: "no source",
}
SORTS = {"": "best match", "weight": "weight", "newest": "newest", "name": "name", "answers": "most used in answers"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody looks for; an empty string leaves it open."""

    q: str = ""
    design: str = ""
    weight: str = ""
    school: str = ""
    debate: str = ""
    seen: str = ""
    only: str = ""
    sort: str = ""
    page: int = 1

    def at(self, **changes: str | int) -> str:
        """Return the address of this search with `changes`; another filter begins at the first page."""
        changed = replace(self, **({"page": 1} | changes))
        values = {n: getattr(changed, n) for n in self.__slots__ if getattr(changed, n) not in ("", 1)}
        return f"#/library?{urlencode(values)}" if values else "#/library"


def sought(  # noqa: PLR0913, PLR0917 - the filters of one list, all by name
    q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "",
    design: str = "",
    weight: str = "",
    school: str = "",
    debate: str = "",
    seen: str = "",
    only: str = "",
    sort: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Sought:  # fmt: skip
    """Return what the address asks for; whether its values exist is checked against the library."""
    return Sought(
        q=" ".join(q.split()), design=design, weight=weight, school=school, debate=debate, seen=seen, only=only,
        sort=sort, page=page,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One of the filters: its name in the address, its label, its options, and which entries an option keeps."""

    name: str
    label: str
    options: Mapping[str, str]
    keeps: Callable[[Entry, str], bool]


def filters(library: Library) -> tuple[Filter, ...]:
    """Return the filters over `library`, in the order of the screen."""
    return (
        Filter(
            name="design",
            label="Design",
            options={d.value: DESIGN_WORDS[d] for d in Design},
            keeps=lambda e, v: e.source.design == v,
        ),
        Filter(
            name="weight",
            label="Weight",
            options={w.value: w.value for w in WEIGHTS},
            keeps=lambda e, v: v in e.strengths,
        ),
        Filter(
            name="school",
            label="School it is of, or bears on",
            options={v.id: v.name for v in library.viewpoints},
            keeps=lambda e, v: v in e.schools,
        ),
        Filter(
            name="debate",
            label="Debate",
            options={d.id: d.title for d in library.debates},
            keeps=lambda e, v: v in e.debates,
        ),
        Filter(
            name="seen",
            label="How far seen",
            options={level.value: words for level, words in SEEN_WORDS.items()},
            keeps=lambda e, v: e.source.seen.level == v,
        ),
        Filter(
            name="only",
            label="Only",
            options={"own": "the clinic's own", "retracted": "retracted"},
            keeps=lambda e, v: e.is_own if v == "own" else e.source.retracted,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One source of the list, and the passages of it that match."""

    entry: Entry
    answers: int
    passages: tuple[Passage, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of a filter with how many sources it would leave."""

    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of what was found, and how much there is of it."""

    lines: tuple[Line, ...]
    subjects: tuple[Crux, ...]
    sources: int
    passages: int
    pages: int
    options: Mapping[str, tuple[Option, ...]]


def listing(asked: Sought, found: Browsed, catalogue: Catalogue, answers: Mapping[str, int]) -> Listing:
    """Return the page that `asked` names.

    Args:
        asked: words and filters.
        found: what matches the words by the product's own retrieval.
        catalogue: of the library in force.
        answers: how many kept answers rest on a source, by its id.

    Raises:
        HTTPException: a filter has no such option (422), or there is no such page (404).
    """
    known = filters(catalogue.library)
    _check(asked, known)
    quoted = _quoted(asked, found, catalogue)
    matching = _matching(asked, quoted, catalogue) if asked.q else list(catalogue.entries)
    kept = [e for e in matching if all(_keeps(f, asked, e) for f in known)]
    ordered = _ordered(kept, asked, answers)
    pages = max(1, -(-len(ordered) // PAGE))
    if asked.page > pages:
        raise HTTPException(404, f"there are {pages} pages of this search, and none with number {asked.page}")
    return Listing(
        lines=tuple(_line(e, quoted, answers) for e in ordered[PAGE * (asked.page - 1) : PAGE * asked.page]),
        subjects=tuple(catalogue.library.crux_by_id[i] for i in found.subjects),
        sources=len(ordered),
        passages=sum(len(quoted.get(e.source.id, ()) if asked.q else e.source.passages) for e in ordered),
        pages=pages,
        options={f.name: tuple(_options(f, known, asked, matching)) for f in known},
    )


def _check(asked: Sought, known: Sequence[Filter]) -> None:
    for one in known:
        if getattr(asked, one.name) not in ("", *one.options):
            raise HTTPException(422, f"{one.label.lower()}: expected one of {', '.join(one.options)}")
    if asked.sort not in SORTS:
        raise HTTPException(422, f"sort: expected one of {', '.join(filter(None, SORTS))}")


def _quoted(asked: Sought, found: Browsed, catalogue: Catalogue) -> dict[str, list[Passage]]:
    """Return the passages that match, by source, best first; with a weight asked for, only those of it."""
    quoted: dict[str, list[Passage]] = {}
    for passage_id in found.passages:
        if asked.weight and catalogue.weight_of(passage_id) != asked.weight:
            continue
        passage = catalogue.passage_by_id[passage_id]
        quoted.setdefault(passage.source_id, []).append(passage)
    return quoted


def _matching(asked: Sought, quoted: Mapping[str, object], catalogue: Catalogue) -> list[Entry]:
    """Return the sources named by the words, then those whose passages match, best first."""
    words = folded(asked.q).split()
    named = [e for e in catalogue.entries if all(w in e.words or w in e.source.id for w in words)]
    found = [catalogue.entry_by_id[i] for i in quoted]
    return list({e.source.id: e for e in (*named, *found)}.values())


def _keeps(one: Filter, asked: Sought, entry: Entry) -> bool:
    value = getattr(asked, one.name)
    return not value or one.keeps(entry, value)


def _options(one: Filter, known: Sequence[Filter], asked: Sought, matching: Sequence[Entry]) -> Iterator[Option]:
    """Yield the options that would leave something under the other filters, and the one chosen."""
    others = [f for f in known if f is not one]
    left = [e for e in matching if all(_keeps(f, asked, e) for f in others)]
    for value, words in one.options.items():
        count = sum(one.keeps(e, value) for e in left)
        if count or getattr(asked, one.name) == value:
            yield Option(value=value, words=words, count=count)


def _ordered(entries: list[Entry], asked: Sought, answers: Mapping[str, int]) -> list[Entry]:
    match asked.sort:
        case "weight":
            return sorted(entries, key=lambda e: WEIGHTS.index(e.weight))
        case "newest":
            return sorted(entries, key=lambda e: -(e.source.year or 0))
        case "name":
            return sorted(entries, key=lambda e: folded(e.source.authors or e.source.title))
        case "answers":
            return sorted(entries, key=lambda e: -answers.get(e.source.id, 0))
        case _:
            return entries


def _line(entry: Entry, quoted: Mapping[str, Sequence[Passage]], answers: Mapping[str, int]) -> Line:
    passages = quoted.get(entry.source.id, ())
    return Line(
        entry=entry,
        answers=answers.get(entry.source.id, 0),
        passages=tuple(passages[:QUOTED]),
        more=max(0, len(passages) - QUOTED),
    )
