"""Reads, in a text in which a cue or the net raised a flag, whether it truly stands, or whether the text is ordinary.

A linear model over words, near pairs and signs, trained on true flags and on near twins that are ordinary
(``python -m evals.standing --write`` writes ``model.json``). A flag in a text that it is sure is ordinary is not
dropped: it heads the answer as what to rule out first. It never clears a flag, and hardly ever lowers one in a
text that says nothing that calms. A saddle gone numb must not drown in a page about shoes: what raises a flag by itself is read
by itself as well, with what beside it may settle it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.types import Action
from guardrails.context import parted
from guardrails.standing.signs import is_calmed, may_settle, signs
from guardrails.suspicion import features, scale

FILE = Path(__file__).with_name("model.json")
# Log odds from which a sentence alone is too much like a flag for anything beside it to settle it. Chosen on the
# published parts: of ordinary texts none that was read as such has a sentence of 0.9 or more, no textbook text less.
_ALONE = 0.9
# How much lower a text must score that says nothing that calms: "numb saddle, calf raises?" has few words to tell by.
UNCALMED = 1.5  # chosen
_SENTENCE_END = re.compile(r"(?<=[.;?!])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The trained model: weights of words and pairs and of signs, and the log odds below which a text is ordinary.

    `emergency` is the limit where an emergency is among the flags raised, `urgent` where none is.
    """

    bias: float
    words: Mapping[str, float]
    signs: Mapping[str, float]
    emergency: float
    urgent: float

    def score(self, text: str) -> float:
        """Return the log odds that a flag raised in normalised `text` stands."""
        return self.scored(features(text), signs(text))

    def scored(self, found: frozenset[str], shown: frozenset[str]) -> float:
        """Return the log odds for a text with the words `found` and the signs `shown`."""
        worded = sum(self.words.get(f, 0.0) for f in sorted(found)) / scale(found)
        return self.bias + worded + sum(self.signs.get(s, 0.0) for s in sorted(shown))


@lru_cache(maxsize=1)
def packaged_reader() -> Reader:
    """Return the reader that comes with the package.

    Raises:
        OSError, ValueError: its file is missing or damaged.
    """
    return Reader(**json.loads(FILE.read_text(encoding="utf-8")))


def reads_as_ordinary(
    texts: Iterable[str], actions: Iterable[Action], reader: Reader | None = None, *, alone: Iterable[str] = ()
) -> bool:
    """Return whether each of `texts` is surely ordinary although flags with `actions` were raised in it.

    Args:
        texts: normalised: the conversation, and each part of it that raises a flag by itself.
        actions: of the flags raised.
        alone: normalised: the sentences that raise a flag by themselves, without what may settle it.
        reader: the packaged one when left out; where its file is missing or damaged nothing is ordinary.
    """
    try:
        reader = reader or packaged_reader()
    except (OSError, ValueError, TypeError):
        return False
    limit = reader.emergency if Action.EMERGENCY in actions else reader.urgent
    calm = all(reader.score(text) < (limit if is_calmed(text) else limit - UNCALMED) for text in texts)
    return calm and all(reader.score(sentence) < _ALONE for sentence in alone)


def readings(text: str) -> Iterator[str]:
    """Yield each sentence of `text` with those beside it that may settle what it says: a test, who looked, when.

    >>> list(readings("Which shoes? Calf red. Scan clear on Monday."))
    ['Which shoes?', 'Calf red. Scan clear on Monday.', 'Calf red. Scan clear on Monday.']
    """
    parts = sentences(text)
    settles = [may_settle(s) for s in parts]
    for n, sentence in enumerate(parts):
        before = parts[n - 1 : n] if n and (settles[n - 1] or settles[n]) else []
        after = parts[n + 1 : n + 2] if n + 1 < len(parts) and (settles[n + 1] or settles[n]) else []
        yield " ".join([*before, sentence, *after])


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, as typed."""
    return [s for s in _SENTENCE_END.split(parted(text)) if s.strip()]
