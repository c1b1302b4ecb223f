"""A generation: one folder that holds a compiled library, its vectors and its word indexes together."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.asks import AskIndex, ask_texts
from corpus.encoder import Vectors
from corpus.errors import IndexUnavailableError
from corpus.lexical import LexicalIndex
from corpus.library import Library, from_json, to_json
from corpus.types import Passage, Source

if TYPE_CHECKING:
    from corpus.vectors import VectorStore

_EVIDENCE = "passages-evidence"
_ASKS, _ASKS_KEY = "asks", "made-from.txt"
_ITSELF = 0.999  # cosine of a text to itself, less rounding


def collection_of(viewpoint: str | None) -> str:
    """Return the collection that holds the passages of `viewpoint`, or of no school."""
    return f"passages-{viewpoint}" if viewpoint else _EVIDENCE


def passage_text(source: Source, passage: Passage) -> str:
    """Return what is encoded and indexed of a passage: its words, its topics, its population."""
    topics = " ".join(t.replace("-", " ") for t in passage.topics)
    speaker = source.authors if source.viewpoint else ""
    return f"{passage.text} {topics} {passage.population or ''} {speaker or ''}".strip()


def texts_of(library: Library) -> dict[str, dict[str, str]]:
    """Return what is encoded of each passage, by collection and id."""
    names = [_EVIDENCE, *(collection_of(v.id) for v in library.viewpoints)]
    texts: dict[str, dict[str, str]] = {name: {} for name in names}
    for passage in library.passages.values():
        source = library.source_by_id[passage.source_id]
        texts[collection_of(source.viewpoint)][passage.id] = passage_text(source, passage)
    return texts


def asks_of(library: Library) -> dict[str, str]:
    """Return the phrasings of all cruxes, by ask id."""
    return {key: text for crux in library.cruxes for key, text in ask_texts(crux).items()}


def read_vectors(folder: Path) -> dict[str, Vectors]:
    """Return the vectors of a generation by text.

    Raises:
        OSError, ValueError: they cannot be read.
    """
    texts = json.loads((folder / "texts.json").read_text())
    try:
        return dict(zip(texts, np.load(folder / "vectors.npy", allow_pickle=False), strict=True))
    except (EOFError, TypeError) as error:  # an empty file, and JSON that is no list
        raise ValueError(f"the vectors in {folder} cannot be read: {error}") from error


def write_generation(
    folder: Path,
    library: Library,
    texts: dict[str, dict[str, str]],
    vectors: dict[str, Vectors],
    old: Path | None = None,
) -> None:
    """Write all that a snapshot is opened from into `folder`, which exists.

    What was learned of the phrasings is taken over from `old`, a generation of the same encoder, where it holds the
    same phrasings: a document that is added changes none of them.

    Raises:
        IndexUnavailableError, OSError: the folder is full or cannot be written.
    """
    from corpus.vectors import VectorStore

    (folder / "library.json").write_bytes(to_json(library))
    distinct = sorted(vectors)
    (folder / "texts.json").write_text(json.dumps(distinct))
    np.save(folder / "vectors.npy", np.vstack([vectors[t] for t in distinct]))
    passages = {i: t for part in texts.values() for i, t in part.items()}
    LexicalIndex.build(passages, library.normaliser).save(folder / "lexical-passages")
    _write_asks(folder, library, vectors, old)
    store = VectorStore(folder / "vectors")
    for name, part in texts.items():
        ids = sorted(part)
        store.add(name, ids, np.array([vectors[part[i]] for i in ids]))
    store.close()


def _write_asks(folder: Path, library: Library, vectors: dict[str, Vectors], old: Path | None) -> None:
    place, key = folder / _ASKS, library.asks_key
    try:
        if old is not None and (old / _ASKS / _ASKS_KEY).read_text() == key:
            shutil.copytree(old / _ASKS, place)
            AskIndex.load(place, library.normaliser)
            return
    except (IndexUnavailableError, OSError, ValueError, KeyError):  # damaged, or of another version
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    AskIndex.build(library.cruxes, vectors, library.normaliser).save(place)
    (place / _ASKS_KEY).write_text(key)


def read_asks(folder: Path, library: Library) -> AskIndex:
    """Return the phrasings' index of a generation.

    Raises:
        IndexUnavailableError, OSError, ValueError, KeyError: a part of it is missing or damaged.
    """
    return AskIndex.load(folder / _ASKS, library.normaliser)


def verify(folder: Path, fingerprint: str, passages: int, asks: int) -> None:
    """Open what was written, count it, and find a vector by itself.

    Args:
        folder: of the generation.
        fingerprint: the library's.
        passages: how many there have to be.
        asks: how many phrasings there have to be.

    Raises:
        IndexUnavailableError, OSError, ValueError, KeyError: it is damaged or not whole.
    """
    from corpus.vectors import VectorStore

    library = from_json((folder / "library.json").read_bytes())
    words = LexicalIndex.load(folder / "lexical-passages", library.normaliser)
    phrasings = read_asks(folder, library)
    first = next(iter(library.passages.values()), None)
    rows = read_vectors(folder)
    with closing(VectorStore(folder / "vectors")) as store:
        total = sum(store.counts().values())
        is_found = first is None or _finds(store, library.source_by_id[first.source_id], first, rows)
    has_all = total == passages == len(words.ids) and len(phrasings.ids) == asks
    if not has_all or library.fingerprint != fingerprint or not is_found:
        raise IndexUnavailableError(
            f"the new index does not verify: expected {passages} passages and {asks} phrasings, "
            f"got {total} and {len(phrasings.ids)}"
        )


def _finds(store: VectorStore, source: Source, passage: Passage, rows: dict[str, Vectors]) -> bool:
    """Return whether a passage is found by the vector of its own text."""
    own = np.vstack([rows[passage_text(source, passage)]])
    return store.nearest(collection_of(source.viewpoint), own, 1)[0].get(passage.id, 0.0) > _ITSELF
