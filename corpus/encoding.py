"""The vectors of a library's texts: a text is encoded once, and by the export where there are few to encode."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from corpus.encoder import (
    MAX_WORD_PIECES,
    OnnxEncoder,
    SentenceTransformerEncoder,
    Vectors,
    export_encoder,
    is_exported,
)
from corpus.errors import EncoderError, LibraryError

_FEW = 200  # texts that the export encodes in less time than sentence-transformers takes to load; chosen
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""


def vectors_of(
    texts: Collection[str], known: Mapping[str, Vectors], export: Path, model: str, progress: Progress
) -> tuple[dict[str, Vectors], int]:
    """Return a vector for each of `texts`, and how many had to be encoded; the encoder is exported where it is not yet.

    Args:
        texts: what is encoded, each once.
        known: vectors by text, of the same encoder.
        export: the folder of the exported encoder.
        model: the encoder's name.
        progress: told how far it is.

    Raises:
        EncoderError: the encoder cannot be loaded.
        LibraryError: a text is longer than the encoder takes.
    """
    needed = sorted(set(texts) - known.keys())
    fresh: dict[str, Vectors] = {}
    if needed or not is_exported(export, model):
        progress("loading the encoder", 0, 1)
        fresh = _encode(_encoder(len(needed), export, model, progress), needed, progress)
    return {t: fresh[t] if t in fresh else known[t] for t in texts}, len(needed)


def _encoder(needed: int, export: Path, model: str, progress: Progress) -> SentenceTransformerEncoder | OnnxEncoder:
    """Return the exported encoder where there are few texts: the other's import takes longer than they do."""
    exported = is_exported(export, model)
    if exported and needed <= _FEW:
        try:
            return OnnxEncoder(export)
        except EncoderError:
            shutil.rmtree(export, ignore_errors=True)
            exported = False
    encoder = SentenceTransformerEncoder(model)
    if not exported:
        progress("exporting the encoder", 0, 1)
        _export(encoder, export, model)
    return encoder


def _encode(
    encoder: SentenceTransformerEncoder | OnnxEncoder, texts: Sequence[str], progress: Progress
) -> dict[str, Vectors]:
    if encoder.longest(texts) > MAX_WORD_PIECES:
        longest = max(texts, key=len)
        raise LibraryError(
            f"a passage is longer than the encoder's {MAX_WORD_PIECES} word pieces: {longest[:60]!r}…; split it",
            file="library",
        )
    batch = 64
    found: dict[str, Vectors] = {}
    alike = sorted(texts, key=lambda t: (len(t), t))  # a batch is padded to its longest text
    for start in range(0, len(alike), batch):
        progress("encoding", start, len(alike))
        part = alike[start : start + batch]
        found |= dict(zip(part, encoder.encode(part), strict=True))
    return found


def _export(encoder: SentenceTransformerEncoder, place: Path, model: str) -> None:
    fresh = place.parent / f"encoder-{uuid.uuid4().hex[:8]}"
    try:
        agrees = export_encoder(encoder, model, fresh)
        if agrees:
            shutil.rmtree(place, ignore_errors=True)
            fresh.replace(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
