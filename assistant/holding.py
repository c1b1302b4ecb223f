"""Whether the subject nearest to a question holds an answer to it, or is only its neighbour.

What the question turns on beside the knee (``assistant.topics``) is looked up in what the subject says and is asked
by; with the scores of the search it gives a score that was calibrated on questions of which people said whether the
library holds an answer (``python -m evals.placing --write``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from assistant.language import library_words
from assistant.matching import features
from assistant.topics import CLASSES, named, topics
from corpus.crux_words import all_words, spoken
from corpus.library import Library
from corpus.retriever import Retrieved
from corpus.types import Crux
from guardrails.types import Case

WEIGHTS = Path(__file__).with_name("holding.json")
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_STEM, _ENDING = 4, 3
_MANY_WORDS, _MANY_SHARED, _FEW_TOPICS = 20, 30, 2  # bring counts near 1, as the other features are
_SCORED = ("nearest", "own_nearest", "learned", "spoken_of", "named", "premise", "debate", "school")


def holds_answer(case: Case, ranking: Sequence[tuple[Crux, float]], retrieved: Retrieved, library: Library) -> bool:
    """Return whether the first of `ranking` holds an answer to `case`, as far as words and scores tell."""
    weights = packaged_holding()
    return doubt(traits(case, ranking, retrieved, library), weights) < weights["threshold"]


def doubt(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the log odds that a question with the traits `found` is not answered by its nearest subject."""
    return weights["start"] + sum(weights[name] * value for name, value in found.items())


def traits(
    case: Case, ranking: Sequence[tuple[Crux, float]], retrieved: Retrieved, library: Library
) -> dict[str, float]:
    """Return what tells whether the first of `ranking` answers `case`, each from 0 to 1 or so.

    Args:
        case: framed.
        ranking: at least one subject with its score, best first.
        retrieved: what the search found, these subjects with it.
        library: what the subjects say.
    """
    (crux, first), second = ranking[0], ranking[1][1] if len(ranking) > 1 else 0.0
    hit = next(h for h in retrieved.cruxes if h.crux_id == crux.id)
    own = features(crux, hit, case, library)
    whole = library.normaliser.expand(case.question)
    return {
        "first": first,
        "gap": first - second,
        **{name: own[name] for name in _SCORED},
        "fits": max(own[f"fits_{kind}"] for kind in ("operation", "subject", "measured")),
        "unfit": max(own[f"unfit_{kind}"] for kind in ("operation", "subject")),
        "passage": max((h.dense for h in retrieved.hits), default=0.0),
        "shared": min(max((h.lexical for h in retrieved.hits), default=0.0) / _MANY_SHARED, 2.0),
        "length": min(len(whole.split()) / _MANY_WORDS, 3.0),
        **_of_topics(whole, case.asked, crux, library),
    }


def _of_topics(whole: str, asked: str, crux: Crux, library: Library) -> dict[str, float]:
    """Return how much of what the question names is known to the subject, to what it says, and to the library."""
    turns_on = _turned_on(whole, asked)
    unknown = [pair for pair in turns_on if not _known(pair[1], words_of(crux, library))]
    unsaid = [pair for pair in turns_on if not _known(pair[1], words_said(crux, library))]
    nowhere = [pair for pair in turns_on if not _known(pair[1], library_words(library))]
    in_question = {word for _, word in named(asked)}
    found = {
        "topics": len(turns_on) / _FEW_TOPICS,
        "unknown asked": sum(word in in_question for _, word in unknown) / _FEW_TOPICS,
    }
    for name, pairs in (("unknown", unknown), ("unsaid", unsaid), ("nowhere", nowhere)):
        found |= {f"{name} topics": len(pairs) / _FEW_TOPICS, f"{name} topic": float(bool(pairs))}
    for kind in CLASSES:
        found[kind] = float(any(k == kind for k, _ in turns_on))
        found[f"unknown {kind}"] = float(any(k == kind for k, _ in unknown))
    return found


def _turned_on(whole: str, asked: str) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((*topics(whole), *named(asked))))


def unheld_topics(case: Case, crux: Crux, library: Library) -> tuple[str, ...]:
    """Return what `case` names that neither `crux` nor the rest of the library knows, as typed, each once."""
    turns_on = _turned_on(library.normaliser.expand(case.question), case.asked)
    return tuple(
        dict.fromkeys(w for _, w in turns_on if not _known(w, words_of(crux, library) | library_words(library)))
    )


def _known(phrase: str, words: frozenset[str]) -> bool:
    """Return whether each word of `phrase` stands among `words`, endings apart."""
    return all(_begins(part, words) for part in _WORD.findall(phrase))


def _begins(part: str, words: frozenset[str]) -> bool:
    return part in words or any(w.startswith(_stem(part)) for w in words if len(part) > _SHORTEST_STEM)


def _stem(word: str) -> str:
    return word[: max(_SHORTEST_STEM, len(word) - _ENDING)]


def words_of(crux: Crux, library: Library) -> frozenset[str]:
    """Return the words that `crux` says or is asked by, its points' questions with them, normalised."""
    return _words((all_words(crux), *(ask for point in crux.points for ask in point.asks)), library)


def words_said(crux: Crux, library: Library) -> frozenset[str]:
    """Return the words that `crux` says, normalised."""
    return _words((spoken(crux),), library)


def _words(texts: Iterable[str], library: Library) -> frozenset[str]:
    return _normalised(" . ".join(texts), _Of(library))


class _Of:
    """A library by its fingerprint, so that what was read of it is kept and found again."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __hash__(self) -> int:
        return hash(self.library.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Of) and self.library.fingerprint == other.library.fingerprint


@lru_cache(maxsize=512)
def _normalised(text: str, of: _Of) -> frozenset[str]:
    return frozenset(_WORD.findall(of.library.normaliser.expand(text)))


@lru_cache(maxsize=1)
def packaged_holding() -> Mapping[str, float]:
    """Return the weights that come with the package, with their start and the threshold."""
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))
