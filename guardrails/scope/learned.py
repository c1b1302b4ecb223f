"""The scope's model: what no rule settles is inside or outside by its words, its signs and, where given, its vector.

A linear model, trained on questions by people who had not seen the rules (``python -m evals.scoping --write`` writes
``model.json``). It comes in two: one for a sentence's vector beside words and signs, one that does without.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from guardrails.scope.signs import signs
from guardrails.suspicion import features, scale

FILE = Path(__file__).with_name("model.json")
LAY, MEDICINE, REGION, OTHER = "lay", "medicine", "region", "other"
"""What kind of question outside the scope: a patient's own, of a medicine, of another part of the body, of none of these."""
Encode = Callable[[str], Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """One linear model: weights of words and pairs, of signs, and of a vector's places; a vector left out has none."""

    bias: float
    words: Mapping[str, float]
    signs: Mapping[str, float]
    vector: Sequence[float] = ()

    def score(self, found: frozenset[str], shown: frozenset[str], vector: Sequence[float] = ()) -> float:
        """Return the log odds of a text with the words `found`, the signs `shown` and, where used, `vector`."""
        placed = sum(w * float(v) for w, v in zip(self.vector, vector, strict=True)) if self.vector else 0.0
        worded = sum(self.words.get(f, 0.0) for f in sorted(found)) / scale(found)
        return self.bias + worded + sum(self.signs.get(s, 0.0) for s in sorted(shown)) + placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoping:
    """A net for outside against inside, the score from which a text is outside, and a net for each kind of outside."""

    outside: Net
    kinds: Mapping[str, Net]
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """Both: with a vector, and without."""

    with_vector: Scoping
    without: Scoping


@lru_cache(maxsize=1)
def packaged_models() -> Models:
    """Return the models that come with the package.

    Raises:
        OSError, ValueError: the file is missing or damaged; the caller fails closed.
    """
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return Models(**{name: _scoping(content[name]) for name in ("with_vector", "without")})


def _scoping(content: Mapping[str, Any]) -> Scoping:
    nets = {name: Net(**net) for name, net in content["kinds"].items()}
    return Scoping(outside=Net(**content["outside"]), kinds=nets, threshold=content["threshold"])


def kind_of_outside(
    text: str,
    *,
    is_strange: bool = False,
    encode: Encode | None = None,
    models: Models | None = None,
) -> str | None:
    """Return what kind of question outside the scope `text` is, or None where it is inside.

    Args:
        text: normalised; one turn or a conversation.
        is_strange: whether most of its words stand nowhere in the library.
        encode: gives the vector of a text; without it the model that needs none decides.
        models: the packaged ones when left out.
    """
    models = models or packaged_models()
    model, vector = (models.with_vector, encode(text)) if encode else (models.without, ())
    found, shown = features(text), signs(text, is_strange=is_strange)
    if model.outside.score(found, shown, vector) < model.threshold:
        return None
    return max(sorted(model.kinds), key=lambda kind: model.kinds[kind].score(found, shown, vector))
