"""Whether one text entails another, by an NLI cross-encoder of sentence-transformers, where one is configured.

No weights are shipped: ``COUNTERPOINT_NLI_MODEL`` names a model that lies on this machine, by path or by the name under
which it is in the local cache. Nothing is fetched.
"""

from __future__ import annotations

import os
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import EncoderError

SURE = 0.9  # the least probability of a verdict; chosen, decision 18: there were no weights to measure with


class Entailment(StrEnum):
    """What a language-inference model says of a premise and a claim."""

    ENTAILED = "entailment"
    CONTRADICTED = "contradiction"
    NEUTRAL = "neutral"


class CrossEncoderInference:
    """An NLI cross-encoder by name or path; its weights are read at the first question."""

    def __init__(self, name: str) -> None:
        """Take the model's name or path; nothing is loaded yet."""
        self._name = name
        self._model: Any = None
        self._labels: tuple[Entailment, ...] = ()

    def infer(self, premise: str, claim: str) -> Entailment:
        """Return whether `premise` entails or contradicts `claim`; neutral where the model is not sure.

        Raises:
            EncoderError: the model cannot be loaded, or does not tell the three labels of language inference apart.
        """
        model: Any = self._model or self._load()
        scores = model.predict([(premise, claim)], apply_softmax=True, show_progress_bar=False)[0]
        best = max(range(len(self._labels)), key=lambda n: float(scores[n]))
        return self._labels[best] if float(scores[best]) >= SURE else Entailment.NEUTRAL

    def _load(self) -> Any:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TRANSFORMERS_OFFLINE"] = "1"
        from sentence_transformers import CrossEncoder

        try:
            model = CrossEncoder(self._name, device="cpu", trust_remote_code=False, local_files_only=True)
        except (OSError, ValueError, RuntimeError) as error:
            raise EncoderError(
                f"expected an NLI cross-encoder at {self._name!r} on this machine, got: {error}; "
                "set COUNTERPOINT_NLI_MODEL to its folder, or leave it out"
            ) from error
        self._labels = _labels(model.config, self._name)
        self._model = model
        return model


def _labels(config: Any, name: str) -> tuple[Entailment, ...]:
    """Return what each score of a model stands for."""
    given = {int(n): str(label).lower() for n, label in dict(config.id2label).items()}
    try:
        return tuple(Entailment(given[n]) for n in range(len(Entailment)))
    except (KeyError, ValueError) as error:
        raise EncoderError(
            f"expected the labels {', '.join(Entailment)} of {name!r}, got {', '.join(given.values())}; "
            "choose a cross-encoder for language inference"
        ) from error


@lru_cache(maxsize=2)
def inference_for(name: str | None) -> CrossEncoderInference | None:
    """Return the model configured, the same each time, or None where there is none."""
    return CrossEncoderInference(name) if name else None


def inference_fingerprint(name: str | None) -> str:
    """Return a fingerprint of the model configured: its name, and sizes and times of its files where it is a folder."""
    folder = Path(name) if name else None
    if folder is None or not folder.is_dir():
        return name or "none"
    stats = sorted((p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file())
    return f"{name}:{stats!r}"
