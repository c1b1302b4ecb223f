"""The sentences written by hand: true rewordings, controls, and claims that their passage does not support."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.library import Library
from guardrails.types import Basis, Citation, Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A sentence in a language model's manner and the passage it cites; `why` says what is wrong, if anything."""

    passage: str
    text: str
    why: str | None = None

    def as_claim(self, library: Library, claim_id: str = "c1") -> Claim:
        """Return it as a claim of its passage, rightly quoted."""
        quote = library.passages[self.passage].text
        citation = Citation(passage_id=self.passage, quote=quote)
        return Claim(id=claim_id, text=self.text, basis=Basis.SOURCE, citations=(citation,))


def _read(name: str) -> Iterator[Written]:
    for line in (files("evals.mutation") / name).read_text("utf-8").splitlines():
        if line.strip():
            yield Written(**json.loads(line))


@cache
def reworded() -> tuple[Written, ...]:
    """Return the rewordings that carry their passage's meaning."""
    return tuple(_read("rewordings.jsonl"))


@cache
def supported() -> tuple[Written, ...]:
    """Return the true claims, a control for the unsupported ones."""
    return tuple(_read("supported.jsonl"))


@cache
def unsupported() -> tuple[Written, ...]:
    """Return the claims that their passage does not bear out."""
    return tuple(_read("unsupported.jsonl"))
