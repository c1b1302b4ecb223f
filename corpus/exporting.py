"""The library's sources for reference managers and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from corpus.library import Library
from corpus.types import Source

_COLUMNS = (
    "id", "title", "authors", "year", "journal", "doi", "pmid", "design", "viewpoint", "seen", "seen_date", "retracted",
    "interests", "passages",
)  # fmt: skip
_NAME = re.compile(r"^(?P<family>.+?) (?P<given>[^\W\d_a-z](?:-?[^\W\d_a-z]){0,5})$")
_HELD = "\x02\x03"  # stand for the braces that hold an institution's name together until the rest is escaped
_MOST_CAPITALS = 2  # chosen: "Van Tiggelen D" is a person, "La Trobe University TREK" is not
_OTHERS = re.compile(r"[,;]?\s*(?:\bet al\.?|\b(?:and )?others)$", re.IGNORECASE)
_FORMULA = re.compile(r"^[=+\-@]")


def to_csl_json(library: Library) -> str:
    """Return the sources as CSL-JSON, which Zotero and its like read; what CSL has no field for stands in ``note``."""
    return json.dumps([_csl(s) for s in library.sources], ensure_ascii=False, indent=2) + "\n"


def to_bibtex(library: Library) -> str:
    """Return the sources as BibTeX, special characters escaped for LaTeX."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library as Bibliography
    from bibtexparser.middlewares import LatexEncodingMiddleware
    from bibtexparser.model import Block, Entry, Field

    entries: list[Block] = [
        Entry(_bibtex_type(s), s.id, [Field(k, str(v)) for k, v in _bibtex_fields(s).items() if v])
        for s in library.sources
    ]
    middleware = [LatexEncodingMiddleware(keep_math=False, enclose_urls=False)]
    written = write_string(Bibliography(entries), prepend_middleware=middleware)
    return written.translate({ord(_HELD[0]): "{", ord(_HELD[1]): "}"})


def to_csv(library: Library) -> str:
    """Return the sources as CSV; a cell that a spreadsheet would run as a formula is made plain text."""
    out = io.StringIO()
    writer: csv.DictWriter[str] = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for source in library.sources:
        writer.writerow({k: inert(v) for k, v in _row(source).items()})
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Library], str]] = {"bibtex": to_bibtex, "csl-json": to_csl_json, "csv": to_csv}


def _row(source: Source) -> dict[str, Any]:
    plain = {c: getattr(source, c) for c in _COLUMNS if hasattr(source, c)}
    return plain | {
        "design": source.design.value,
        "seen": source.seen.level.value,
        "seen_date": source.seen.date,
        "retracted": "yes" if source.retracted else "no",
        "passages": len(source.passages),
    }


def inert(value: Any) -> Any:
    """Return a cell of a table on one line, as plain text where a spreadsheet would run it as a formula."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return f"'{line}" if _FORMULA.match(line) else line


def _csl(source: Source) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": source.id,
        "type": "article-journal" if _is_journal(source) else "document",
        "title": source.title,
        "author": [_csl_name(n) for n in _names(source)],
        "issued": {"date-parts": [[source.year]]} if source.year else None,
        "container-title": source.journal,
        "DOI": source.doi,
        "PMID": source.pmid,
        "note": _note(source),
    }
    return {k: v for k, v in fields.items() if v}


def _csl_name(name: str) -> dict[str, str]:
    """Return "Neal BS" as family and given name; anything else, an institution for one, literally."""
    match = _NAME.match(name)
    is_person = match and sum(w[0].isupper() for w in match["family"].split()) <= _MOST_CAPITALS
    return match.groupdict() if match and is_person else {"literal": name}


def _names(source: Source) -> list[str]:
    """Return who wrote `source`, one each; "et al." and "and others" are nobody."""
    names = re.split(r"[,;]", _OTHERS.sub("", (source.authors or "").strip()))
    return [n.strip() for n in names if n.strip()]


def _bibtex_type(source: Source) -> str:
    return "article" if _is_journal(source) else "misc"


def _bibtex_fields(source: Source) -> dict[str, Any]:
    people = [_csl_name(n) for n in _names(source)]
    authors = " and ".join(
        f"{_HELD[0]}{p['literal']}{_HELD[1]}" if "literal" in p else f"{p['family']}, {p['given']}" for p in people
    )
    authors += " and others" if people and _OTHERS.search(source.authors or "") else ""
    fields = {"title": source.title, "author": authors, "year": source.year, "journal": source.journal}
    return fields | {"doi": source.doi, "pmid": source.pmid, "note": _note(source)}


def _is_journal(source: Source) -> bool:
    return bool(source.journal and (source.doi or source.pmid))


def _note(source: Source) -> str:
    retracted = "; RETRACTED" if source.retracted else ""
    return f"{source.design.value}; seen as {source.seen.level.value}{retracted}"
