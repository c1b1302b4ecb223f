"""BM25 over stemmed words (Robertson and Zaragoza 2009), by bm25s."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from bm25s.stopwords import STOPWORDS_EN
from numpy.typing import NDArray

from corpus.errors import IndexUnavailableError
from corpus.stemming import stems
from corpus.terms import Normaliser

_STOP = frozenset(STOPWORDS_EN)
_IDS_NAME = "ids.json"
_NOTHING = "\0"  # stands for an entry without words, which bm25s cannot take


class LexicalIndex:
    """Scores entries by the words they share with a question."""

    def __init__(self, ids: Sequence[str], model: bm25s.BM25, normaliser: Normaliser) -> None:
        """Wrap a built model; use ``build`` or ``load``."""
        self.ids = tuple(ids)
        self._model = model
        self._tokens = Tokens(normaliser)

    @classmethod
    def build(
        cls, texts: Mapping[str, str], normaliser: Normaliser, order: Sequence[str] | None = None
    ) -> LexicalIndex:
        """Return an index of `texts` by id; entries are taken in the order of their ids, or in `order`."""
        ids = sorted(texts) if order is None else order
        tokens = Tokens(normaliser)
        model = bm25s.BM25()
        model.index([tokens(texts[i]) or [_NOTHING] for i in ids] or [[_NOTHING]], show_progress=False)
        return cls(ids, model, normaliser)

    @classmethod
    def load(cls, folder: Path, normaliser: Normaliser) -> LexicalIndex:
        """Return the index saved in `folder`.

        Raises:
            IndexUnavailableError: a part of it is missing or damaged.
        """
        try:
            ids = tuple(json.loads((folder / _IDS_NAME).read_text()))
            model = bm25s.BM25.load(str(folder), show_progress=False)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
            raise IndexUnavailableError(f"the words in {folder} cannot be read: {error}") from error
        return cls(ids, model, normaliser)

    def save(self, folder: Path) -> None:
        """Write the index to `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        self._model.save(str(folder), show_progress=False)
        (folder / _IDS_NAME).write_text(json.dumps(self.ids))

    def scores(self, text: str) -> dict[str, float]:
        """Return the score of each entry that shares a word with `text`; others are left out."""
        found = self.row(text)
        return {self.ids[i]: float(found[i]) for i in np.flatnonzero(found > 0)}

    def row(self, text: str) -> NDArray[np.float64]:
        """Return the score of every entry, in the order of ``ids``, rounded so that ties are ties."""
        tokens = self._tokens(text)
        if not tokens or not self.ids:
            return np.zeros(len(self.ids))
        return np.round(np.asarray(self._model.get_scores(tokens), dtype=np.float64)[: len(self.ids)], 4)


class Tokens:
    """Turns text into stemmed content words."""

    def __init__(self, normaliser: Normaliser) -> None:
        """Take the library's normaliser."""
        self._normaliser = normaliser

    def __call__(self, text: str) -> list[str]:
        """Return the stems of the content words of `text`, in order."""
        words = [w.strip("%+<>") for w in self._normaliser.words(text)]
        return stems(w for w in words if w and w not in _STOP)
