"""A retrieval set in the BEIR layout (Thakur et al. 2021): passages, questions, and which passages answer which.

A folder holds ``corpus.jsonl`` (``_id``, ``title``, ``text``, optionally ``viewpoint``), ``queries.jsonl`` (``_id``,
``text``; with the library as the corpus optionally ``debate``), and ``qrels/SPLIT.tsv`` or ``qrels.tsv``
(``query-id``, ``corpus-id``, ``score``; 0 and less is not relevant). A set about the library's own passages has no
``corpus.jsonl``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import RetrievalSetError

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"
_COLUMNS = ("query-id", "corpus-id", "score")
_TUNED_ON = "dev"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A passage of a set, and the side it takes, if any."""

    id: str
    text: str
    viewpoint: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question of a set, with its relevant passages by grade."""

    id: str
    text: str
    debate: str | None
    grades: Mapping[str, int]


def read_corpus(folder: Path) -> tuple[Document, ...]:
    """Return the passages of a set, in the order of the file.

    Raises:
        RetrievalSetError: the file is missing or does not fit; the message names file, line and what was expected.
    """
    path = folder / CORPUS
    documents: dict[str, Document] = {}
    for line, entry in _entries(path, documents):
        text = " ".join(filter(None, (_words(entry, name, path, line) for name in ("title", "text"))))
        if not text:
            raise RetrievalSetError("expected a title or a text, got neither", file=path, line=line)
        viewpoint = _words(entry, "viewpoint", path, line) or None
        documents[entry["_id"]] = Document(id=entry["_id"], text=text, viewpoint=viewpoint)
    if not documents:
        raise RetrievalSetError("expected passages, one a line, got none", file=path)
    return tuple(documents.values())


def read_queries(folder: Path, split: str | None, passages: Collection[str]) -> tuple[Query, ...]:
    """Return the judged questions of `split`; one without a relevant passage is left out.

    Args:
        folder: of the set.
        split: as ``judgements`` takes it.
        passages: the ids that may be judged.

    Raises:
        RetrievalSetError: a file is missing or does not fit, or a judgement names what is not there.
    """
    path, asked = folder / QUERIES, dict[str, tuple[str, str | None]]()
    for line, entry in _entries(path, asked):
        text = _words(entry, "text", path, line)
        if not text:
            raise RetrievalSetError("expected a text, got none", file=path, line=line)
        asked[entry["_id"]] = text, _words(entry, "debate", path, line) or None
    judged = judgements(folder, split)
    grades = _grades(judged, asked, passages)
    if not grades:
        raise RetrievalSetError("expected a relevant passage for one question at least, got none", file=judged)
    return tuple(Query(id=i, text=t, debate=d, grades=grades[i]) for i, (t, d) in asked.items() if i in grades)


def judgements(folder: Path, split: str | None) -> Path:
    """Return the file of judgements for `split`: by default the part to tune on, or the only one there is.

    Raises:
        RetrievalSetError: there is none, or there are several and none is asked for.
    """
    if not folder.is_dir():
        raise RetrievalSetError("expected a folder of a retrieval set", file=folder)
    parts = {p.stem: p for p in sorted((folder / "qrels").glob("*.tsv"))}
    whole = folder / QRELS
    if split is None and (whole.is_file() or len(parts) == 1):
        return whole if whole.is_file() else next(iter(parts.values()))
    found = parts.get(split or _TUNED_ON)
    if found is None:
        held = ", ".join(parts) or ("no part, all in qrels.tsv" if whole.is_file() else "no judgements")
        wanted = f"qrels/{split}.tsv" if split else f"{QRELS} or qrels/{_TUNED_ON}.tsv, or a part by --split"
        raise RetrievalSetError(f"expected {wanted}; there is {held}", file=folder)
    return found


def _grades(path: Path, asked: Collection[str], passages: Collection[str]) -> dict[str, dict[str, int]]:
    """Return the relevant passages of each question that has one, by grade."""
    seen: set[tuple[str, str]] = set()
    grades: dict[str, dict[str, int]] = {}
    for line, (query, passage, score) in _rows(path):
        for name, known, what in ((query, asked, f"a question of {QUERIES}"), (passage, passages, "a passage")):
            if name not in known:
                raise RetrievalSetError(f"expected the id of {what}, got {name!r}", file=path, line=line)
        if (query, passage) in seen:
            raise RetrievalSetError(f"{query} and {passage} are already judged", file=path, line=line)
        seen.add((query, passage))
        if score > 0:
            grades.setdefault(query, {})[passage] = score
    return grades


def _rows(path: Path) -> Iterator[tuple[int, tuple[str, str, int]]]:
    """Yield each judgement with its line, counted from 1; the first line names the columns, in any order."""
    lines = _lines(path)
    columns = [name.strip() for name in next(lines, (1, ""))[1].split("\t")]
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        raise RetrievalSetError(f"expected a first line with the columns {', '.join(_COLUMNS)}", file=path, line=1)
    for line, text in lines:
        cells = dict(zip(columns, (cell.strip() for cell in text.split("\t")), strict=False))
        values = [cells.get(name, "") for name in _COLUMNS]
        if not all(values):
            raise RetrievalSetError(f"expected {', '.join(_COLUMNS)}, with tabs between", file=path, line=line)
        try:
            yield line, (values[0], values[1], int(values[2]))
        except ValueError:
            raise RetrievalSetError(
                f"expected a whole number as score, got {values[2]!r}", file=path, line=line
            ) from None


def _entries(path: Path, taken: Collection[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each JSON object of a file with its line, its ``_id`` made text; none may be among those `taken`."""
    for line, text in _lines(path):
        try:
            entry = json.loads(text)
        except ValueError as error:
            raise RetrievalSetError(f"expected a JSON object on one line: {error}", file=path, line=line) from error
        if not isinstance(entry, dict):
            raise RetrievalSetError(f"expected a JSON object, got {text[:40]!r}", file=path, line=line)
        identifier = entry.get("_id")
        if not isinstance(identifier, str | int) or isinstance(identifier, bool) or not str(identifier).strip():
            raise RetrievalSetError(f"expected an _id, got {identifier!r}", file=path, line=line)
        entry["_id"] = str(identifier).strip()
        if entry["_id"] in taken:
            raise RetrievalSetError(f"_id {entry['_id']!r} is already taken", file=path, line=line)
        yield line, entry


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each line of a file that is not blank, with its number."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    yield line, text.rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise RetrievalSetError(f"expected a readable text file: {said}", file=path) from error


def _words(entry: Mapping[str, Any], name: str, path: Path, line: int) -> str:
    """Return a field that may be left out or null, stripped."""
    value = entry.get(name)
    if value is not None and not isinstance(value, str):
        raise RetrievalSetError(f"{name}: expected text, got {value!r}", file=path, line=line)
    return (value or "").strip()
