"""A computed measure as lines for the terminal and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from assistant.presenting import plain_value, reference
from corpus.library import Library
from corpus.measures.types import Item, Result
from corpus.types import Measure

SCHEMA = "counterpoint-measure/1"
_NAME_WIDTH, _LINE_WIDTH = 10, 110


def to_lines(result: Result, library: Library) -> Iterator[str]:
    """Yield the result, what it means, what limits it, how the test is done, and where that comes from."""
    measure = _measure_of(result, library)
    yield _row("Result", result.said)
    yield _row("Means", _meaning(result))
    yield from _rows("Criteria", [_criterion(item) for item in result.items])
    yield from _rows("Limits", list(result.caveats))
    if measure is not None:
        yield from _rows("Valid for", [measure.valid] if measure.valid else [])
        yield _row("Protocol", measure.protocol)
    yield from _rows("Sources", _references(result, library))
    yield _row("", "Supports clinicians' judgement and does not replace it; not for patients.")


def to_json(result: Result, library: Library) -> dict[str, Any]:
    """Return the same as JSON has it."""
    measure = _measure_of(result, library)
    return {
        "schema": SCHEMA,
        "measure": result.measure,
        "said": result.said,
        "values": [{"name": v.name, "value": plain_value(v.value), "unit": v.unit} for v in result.values],
        "band": result.band,
        "meaning": result.meaning,
        "criteria": [{"name": i.name, "met": i.met} for i in result.items],
        "limits": list(result.caveats),
        "error": measure.error if measure else None,
        "valid": measure.valid if measure else None,
        "protocol": measure.protocol if measure else None,
        "sources": [_source(p, library) for p in _cited(result, library)],
    }


def _measure_of(result: Result, library: Library) -> Measure | None:
    return next((m for m in library.measures if m.id == result.measure), None)


def _cited(result: Result, library: Library) -> list[str]:
    """Return the passages cited that the library holds; a retracted source is left out."""
    return [p for p in result.cites if p in library.passages]


def _references(result: Result, library: Library) -> list[str]:
    return [reference(p, n, library) for n, p in enumerate(_cited(result, library), start=1)]


def _source(passage_id: str, library: Library) -> dict[str, Any]:
    source, passage = library.source_of(passage_id), library.passages[passage_id]
    return {
        "passage_id": passage_id,
        "quote": passage.text,
        "title": source.title,
        "authors": source.authors,
        "year": source.year,
        "doi": source.doi,
        "pmid": source.pmid,
        "seen": source.seen.level.value,
        "locator": passage.locator,
        "strength": library.strength_of(passage_id).value,
    }


def _meaning(result: Result) -> str:
    """Return what the result means; its band goes first where the result line has not said it."""
    is_said = result.band.lower() in result.said.lower()
    return result.meaning if is_said else f"{result.band[0].upper()}{result.band[1:]}. {result.meaning}"


def _criterion(item: Item) -> str:
    return f"{'yes' if item.met else 'no ':<3}  {item.name}"


def _rows(name: str, texts: list[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield _row(name if number == 0 else "", text)


def _row(name: str, text: str) -> str:
    return textwrap.fill(
        text,
        width=_LINE_WIDTH,
        initial_indent=f"{name:<{_NAME_WIDTH}} ",
        subsequent_indent=" " * (_NAME_WIDTH + 1),
        break_long_words=False,
        break_on_hyphens=False,
    )
