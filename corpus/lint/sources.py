"""Sources and passages: that they are what they say, can be looked up, and print what they state."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from corpus.library import Library
from corpus.lint.problems import Breaking, Problem
from corpus.numbers import numbers_of
from corpus.types import Design, SeenLevel, Source

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMID = re.compile(r"\d{1,8}")


def check_sources(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with a source: its identifiers, its locators, whether it was seen."""
    for source in library.sources:
        for message in _of_source(source, library):
            yield Problem(kind="sources", id=source.id, message=message)
    yield from _named_twice(library)


def _of_source(source: Source, library: Library) -> Iterator[str]:
    yield from _particulars(source, library)
    blocks = {p.number for p in source.paragraphs}
    for passage in source.passages:
        if passage.source_id != source.id:
            yield Breaking(f"passage {passage.id!r} does not start with the source's id")
        block = re.fullmatch(r"paragraph (\d+)", passage.locator)
        if blocks and (not block or int(block.group(1)) not in blocks):
            yield f"{passage.id}: no such {passage.locator!r}"


def _particulars(source: Source, library: Library) -> Iterator[str]:
    if source.viewpoint and source.viewpoint not in library.viewpoint_by_id:
        yield Breaking(f"unknown viewpoint {source.viewpoint!r}")
    if source.doi and not _DOI.fullmatch(source.doi):
        yield f"expected a doi like 10.1234/x, got {source.doi!r}"
    if source.pmid and not _PMID.fullmatch(source.pmid):
        yield f"expected a pmid of digits, got {source.pmid!r}"
    if source.seen.level is SeenLevel.NONE and source.design is not Design.CLINICAL_JUDGEMENT:
        yield "was not seen: only the library's own record of clinical judgement may say so"
    if source.seen.level is not SeenLevel.NONE and source.seen.date is None:
        yield "expected the month it was seen (seen.date)"


def _named_twice(library: Library) -> Iterator[Problem]:
    """Yield each doi or pmid that two sources have: one paper under two ids, or a slip."""
    holders: dict[str, list[str]] = defaultdict(list)
    for source in library.sources:
        for identifier in filter(None, (source.doi and source.doi.lower(), source.pmid)):
            holders[identifier].append(source.id)
    for identifier, ids in holders.items():
        for other in ids[1:]:
            yield Problem(kind="sources", id=other, message=f"{identifier} is also that of {ids[0]}")


def check_passages(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with a passage: its id, numbers that are not among its figures, one-sided conflicts."""
    times = Counter(p.id for s in library.sources for p in s.passages)
    for identifier in (i for i, n in times.items() if n > 1):
        wrong = Breaking(f"passage id {identifier!r} is given {times[identifier]} times")
        yield Problem(kind="sources", id=identifier.rsplit(":", 1)[0], message=wrong)
    for passage in library.passages.values():
        printed = set(numbers_of(" ".join(passage.figures.values())))
        missing = [n for n in numbers_of(passage.text) if n not in printed]
        if missing:
            message = f"{passage.id}: numbers {missing} of the text are not in its figures"
            yield Problem(kind="sources", id=passage.source_id, message=message)
        for other in passage.conflicts_with:
            if other not in library.passages:
                message = f"{passage.id}: conflicts with unknown {other!r}"
                yield Problem(kind="sources", id=passage.source_id, message=message)
            elif passage.id not in library.passages[other].conflicts_with:
                message = f"{passage.id}: conflicts with {other}, which does not say so of it"
                yield Problem(kind="sources", id=passage.source_id, message=message)
