"""What words a crux uses and is named by: how much of a question it speaks of, and how much of it a question names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from corpus.lexical import Tokens
from corpus.sentences import variant_lists
from corpus.terms import Normaliser
from corpus.types import Crux

_FILE = "crux-words.json"
_SHORTEST = 3
_RARE = 0.25  # share of the cruxes that use a word which tells a point: "old" and "year" tell none
_LITTLE = 4.0  # weight of one rare word, added to every whole: "new patient" is not all spoken of where "new" is


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Of a question and a crux, by weight of their words, each from 0 to 1.

    `spoken_of` is how much of the question the crux speaks of, `named` how much of the crux's own subject the question
    names. A word weighs the more, the fewer cruxes use it (inverse document frequency). `points` counts, for each of
    the crux's points, the rarer words of the question that it is asked by and the crux itself is not.
    """

    spoken_of: float
    named: float
    points: tuple[int, ...] = ()


NOTHING_SHARED = Share(spoken_of=0.0, named=0.0)


class CruxWords:
    """The stems that each crux uses anywhere, and those of its subject."""

    def __init__(
        self,
        used: Mapping[str, Sequence[str]],
        subject: Mapping[str, Sequence[str]],
        narrower: Mapping[str, Sequence[Sequence[str]]],
        normaliser: Normaliser,
    ) -> None:
        """Take stems by crux id: all, those of its question and topics, and those that each point alone is asked by."""
        self._used = {crux: frozenset(stems) for crux, stems in used.items()}
        self._subject = {crux: frozenset(stems) for crux, stems in subject.items()}
        self._tokens = Tokens(normaliser)
        self._counts = Counter(stem for stems in self._used.values() for stem in stems)
        self._narrower = {crux: tuple(map(self._rare, points)) for crux, points in narrower.items()}

    @classmethod
    def build(cls, cruxes: Iterable[Crux], normaliser: Normaliser) -> CruxWords:
        """Return the words of `cruxes`."""
        tokens, cruxes = Tokens(normaliser), tuple(cruxes)
        used = {c.id: sorted(_telling(tokens, (all_words(c), *_narrower(c)))) for c in cruxes}
        subject = {c.id: sorted(_telling(tokens, (c.question, *_spaced(c.topics)))) for c in cruxes}
        narrower = {c.id: [sorted(part) for part in _of_points(c, tokens)] for c in cruxes}
        return cls(used, subject, narrower, normaliser)

    @classmethod
    def load(cls, folder: Path, normaliser: Normaliser) -> CruxWords:
        """Return the words saved in `folder`.

        Raises:
            OSError, ValueError, KeyError: the file is missing or damaged.
        """
        kept = json.loads((folder / _FILE).read_text())
        return cls(kept["used"], kept["subject"], kept["narrower"], normaliser)

    def save(self, folder: Path) -> None:
        """Write the words to `folder`."""
        kept = {"used": self._used, "subject": self._subject}
        plain = {name: {crux: sorted(stems) for crux, stems in part.items()} for name, part in kept.items()}
        points = {crux: [sorted(part) for part in parts] for crux, parts in self._narrower.items()}
        (folder / _FILE).write_text(json.dumps({**plain, "narrower": points}))

    def shares(self, texts: Sequence[str]) -> dict[str, Share]:
        """Return for each crux its share of what is asked in `texts`, wordings of one question."""
        asked = _telling(self._tokens, texts)
        weights = {stem: self._weight(stem) for stem in asked.union(*self._subject.values())}

        def part(of: frozenset[str], among: frozenset[str]) -> float:
            whole = _LITTLE + sum(weights[s] for s in sorted(of))
            return round(sum(weights[s] for s in sorted(of & among)) / whole, 4)

        return {
            crux: Share(
                spoken_of=part(asked, used),
                named=part(self._subject[crux], asked),
                points=tuple(len(asked & stems) for stems in self._narrower[crux]),
            )
            for crux, used in self._used.items()
        }

    def _rare(self, stems: Iterable[str]) -> frozenset[str]:
        return frozenset(s for s in stems if self._counts[s] <= _RARE * len(self._used))

    def _weight(self, stem: str) -> float:
        return log((len(self._used) + 1) / (self._counts[stem] + 0.5))


def _telling(tokens: Tokens, texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of `texts` that can name a subject: no numbers, no initials."""
    return frozenset(s for text in texts for s in tokens(text) if s.isalpha() and len(s) >= _SHORTEST)


def _of_points(crux: Crux, tokens: Tokens) -> list[frozenset[str]]:
    """Return for each point of `crux` the stems that it is asked by and the crux is not."""
    own = _telling(tokens, (crux.question, *crux.asks))
    return [_telling(tokens, point.asks) - own for point in crux.points]


def all_words(crux: Crux) -> str:
    """Return all that `crux` says and is asked by, its points' questions left out."""
    return " . ".join((spoken(crux), *crux.asks))


def spoken(crux: Crux) -> str:
    """Return all that `crux` says, its own question with it: what it is asked by may name much that it is not about."""
    texts = [crux.question, *(t.text for _, variants in variant_lists(crux) for t in variants)]
    texts += [link.gist for link in crux.evidence] + [p.text for p in crux.premises]
    texts += [" ".join(group) for p in crux.premises for group in p.terms]
    return " . ".join(texts)


def _narrower(crux: Crux) -> tuple[str, ...]:
    return tuple(ask for point in crux.points for ask in point.asks)


def _spaced(topics: Sequence[str]) -> tuple[str, ...]:
    return tuple(t.replace("-", " ") for t in topics)
