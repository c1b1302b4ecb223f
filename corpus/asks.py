"""Which crux, and which of its points, a question is about: by the phrasings that the library holds of each.

Phrasings are searched exhaustively, as one matrix and one word index in the same order: some thousands take half
a millisecond, and no approximation can hide the right one (decision 6).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.crux_words import NOTHING_SHARED, CruxWords, Share
from corpus.encoder import Vectors
from corpus.learning import Coefficients, learned, predicted
from corpus.lexical import LexicalIndex
from corpus.terms import Normaliser
from corpus.types import Crux

# Weights of a crux's score, chosen on the dev questions; see decision 8.
_DENSE_WEIGHT = 0.7
_LEXICAL_HALF = 9.0
_OWN = -1  # stands for a crux's own phrasings among its points


@dataclass(frozen=True, slots=True, kw_only=True)
class CruxHit:
    """A crux found by its phrasings; scores are 0 to 1, comparable between questions.

    `score` is that of its best phrasing, `own_score` that of the best one that is not a point's, and `points` those of
    its points, best first. `learned` is how much the question is like this crux's phrasings and unlike those of the
    others: about 1 where no doubt is left, about 0 where nothing speaks for it. `share` is of their words.
    """

    crux_id: str
    score: float
    own_score: float
    points: tuple[tuple[int, float], ...] = ()
    learned: float = 0.0
    share: Share = NOTHING_SHARED


def ask_texts(crux: Crux) -> dict[str, str]:
    """Return the phrasings of a crux by ask id, its own question first, then those of its points.

    ``calf-cause#3`` is a phrasing of the crux, ``calf-cause#p2.0`` the first one of its point 2.
    """
    asks = {f"{crux.id}#{n}": text for n, text in enumerate((crux.question, *crux.asks))}
    for number, point in enumerate(crux.points):
        asks |= {f"{crux.id}#p{number}.{n}": text for n, text in enumerate(point.asks)}
    return asks


class AskIndex:
    """The phrasings of all cruxes, grouped by crux and point."""

    def __init__(
        self, ids: Sequence[str], vectors: Vectors, words: LexicalIndex, told: Coefficients, said: CruxWords
    ) -> None:
        """Take phrasings in the order of ``_group``, a row of `vectors` and a place of `words` for each.

        `told` is what was learned of them, a column for each crux in the order of ids; `said` are the cruxes' words.
        """
        self.ids = tuple(ids)
        self._vectors = vectors
        self._words = words
        self._told = told
        self._told_wide = told.astype(np.float64)
        self._said = said
        self._cruxes = sorted({_group(i)[0] for i in ids})
        groups = [_group(i) for i in self.ids]
        starts = [n for n, group in enumerate(groups) if n == 0 or group != groups[n - 1]]
        self._starts = np.asarray(starts, dtype=np.intp)
        self._groups = [groups[n] for n in starts]

    @classmethod
    def build(cls, cruxes: Sequence[Crux], vectors: Mapping[str, Vectors], normaliser: Normaliser) -> AskIndex:
        """Return the index of all phrasings of `cruxes`; `vectors` are by text."""
        texts = {ask: text for crux in cruxes for ask, text in ask_texts(crux).items()}
        ids = sorted(texts, key=_group)
        rows = [vectors[texts[i]] for i in ids]
        width = len(rows[0]) if rows else 0
        matrix = np.vstack(rows) if rows else np.zeros((0, width), dtype=np.float32)
        words = LexicalIndex.build({i: texts[i] for i in ids}, normaliser, ids)
        told = learned(matrix, [_group(i)[0] for i in ids])
        return cls(ids, matrix, words, told, CruxWords.build(cruxes, normaliser))

    @classmethod
    def load(cls, folder: Path, normaliser: Normaliser) -> AskIndex:
        """Return the index saved in `folder`.

        Raises:
            IndexUnavailableError, OSError, ValueError: a part of it is missing or damaged.
        """
        ids = json.loads((folder / "asks.json").read_text())
        words = LexicalIndex.load(folder / "lexical-asks", normaliser)
        try:
            vectors, told = (np.load(folder / name, allow_pickle=False) for name in ("asks.npy", "asks-learned.npy"))
        except EOFError as error:  # an empty file
            raise ValueError(f"the phrasings in {folder} cannot be read: {error}") from error
        if not len(ids) == len(vectors) == len(words.ids) == len(told):
            raise ValueError(f"expected {len(ids)} phrasings, got {len(vectors)} vectors and {len(words.ids)} entries")
        return cls(ids, vectors, words, told, CruxWords.load(folder, normaliser))

    def save(self, folder: Path) -> None:
        """Write the index to `folder`."""
        (folder / "asks.json").write_text(json.dumps(self.ids))
        np.save(folder / "asks.npy", self._vectors)
        np.save(folder / "asks-learned.npy", self._told)
        self._words.save(folder / "lexical-asks")
        self._said.save(folder)

    def cruxes(self, vectors: Vectors, texts: Sequence[str]) -> tuple[CruxHit, ...]:
        """Return every crux with its scores for a question, best first, ties by id.

        Args:
            vectors: a row for each wording of the question.
            texts: the same wordings, spelt out.
        """
        if not self.ids:
            return ()
        cosines = vectors @ self._vectors.T
        dense = np.maximum(cosines.max(axis=0), 0.0)
        words = np.max([self._words.row(t) for t in texts], axis=0)
        best = zip(np.maximum.reduceat(dense, self._starts), np.maximum.reduceat(words, self._starts), strict=True)
        own: dict[str, float] = {}
        points: dict[str, list[tuple[int, float]]] = {}
        for (crux, point), pair in zip(self._groups, best, strict=True):
            if point == _OWN:
                own[crux] = _crux_score(*map(float, pair))
            else:
                points.setdefault(crux, []).append((point, _crux_score(*map(float, pair))))
        told = dict(zip(self._cruxes, predicted(cosines, self._told_wide).max(axis=0), strict=True))
        shares = self._said.shares(texts)
        hits = [_hit(c, own[c], points.get(c, []), float(told[c]), shares[c]) for c in own]
        return tuple(sorted(hits, key=lambda h: (-h.score, h.crux_id)))

    def nearness(self, vectors: Vectors) -> tuple[float, ...]:
        """Return for each row of `vectors` the cosine of the phrasing nearest to it; 0 where there is none."""
        if not self.ids:
            return (0.0,) * len(vectors)
        return tuple(float(v) for v in (vectors @ self._vectors.T).max(axis=1))


def _hit(crux: str, own: float, points: list[tuple[int, float]], told: float, share: Share) -> CruxHit:
    ranked = tuple(sorted(points, key=lambda pair: (-pair[1], pair[0])))
    best = max([own, *(s for _, s in ranked)])
    return CruxHit(crux_id=crux, score=best, own_score=own, points=ranked, learned=round(told, 4), share=share)


def _group(ask: str) -> tuple[str, int]:
    """Return the crux an ask belongs to, and the number of its point when it is a point's."""
    crux, _, place = ask.partition("#")
    return crux, int(place[1:].split(".", maxsplit=1)[0]) if place.startswith("p") else _OWN


def _crux_score(dense: float, lexical: float) -> float:
    words = lexical / (lexical + _LEXICAL_HALF)
    return round(_DENSE_WEIGHT * round(dense, 4) + (1 - _DENSE_WEIGHT) * words, 4)
