"""Indexes of other collections: only what is new is encoded, few are kept, and encoders are never mixed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.door import Assistant
from corpus import apart
from corpus.apart import ApartSettings, snapshot_apart, vectors_by_id
from corpus.encoder import Vectors
from corpus.errors import IndexUnavailableError
from corpus.index import IndexSettings
from corpus.library import Library
from corpus.snapshot import Snapshot
from corpus.types import Design, Passage, PassageKind, Seen, SeenLevel, Source
from tests.homes import copy_home


class Counting:
    """The encoder in force, with a record of what it was given."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.inner, self.texts = snapshot.encoder, []

    def encode(self, texts: list[str]) -> Vectors:
        self.texts += texts
        return self.inner.encode(texts)


def collection(*texts: str) -> Library:
    sources = tuple(
        Source(
            id=f"notes-{n}",
            title="notes",
            design=Design.CLINIC_DOCUMENT,
            seen=Seen(level=SeenLevel.FULL_TEXT),
            passages=(Passage(id=f"notes-{n}:1", locator="1", kind=PassageKind.CLAIM, text=text, topics=()),),
        )
        for n, text in enumerate(texts)
    )
    return Library(sources=sources)


@pytest.fixture
def beside(assistant: Assistant, tmp_path: Path) -> Snapshot:
    copy_home(assistant.settings.index.home / "index", tmp_path / "index")
    settings = IndexSettings(home=tmp_path, encoder=assistant.snapshot.settings.encoder)
    return replace(assistant.snapshot, settings=settings)


@pytest.fixture
def counting(beside: Snapshot) -> Counting:
    encoder = Counting(beside)
    beside.__dict__["encoder"] = encoder
    return encoder


def opened(library: Library, beside: Snapshot) -> str:
    """Return the generation that `library` is searched in, closed again."""
    snapshot = snapshot_apart(library, beside, lambda *_: None)
    with closing(snapshot.store):
        return snapshot.pointer.generation


def test_every_passage_is_found_with_its_own_vector_of_length_one(beside):
    snapshot = snapshot_apart(collection("Warm water eased stiffness.", "Rest the joint."), beside, lambda *_: None)
    with closing(snapshot.store):
        vectors = vectors_by_id(snapshot)
    assert set(vectors) == {"notes-0:1", "notes-1:1"}
    assert all(np.linalg.norm(row) == pytest.approx(1.0, abs=1e-3) for row in vectors.values())
    assert not np.allclose(vectors["notes-0:1"], vectors["notes-1:1"])


def test_only_what_no_earlier_collection_held_is_encoded(beside, counting):
    opened(collection("Warm water eased stiffness.", "Rest the joint."), beside)
    first = len(counting.texts)
    opened(collection("Warm water eased stiffness.", "Rest the joint.", "Ice it."), beside)
    assert first == 2
    assert len(counting.texts) == 3


def test_the_same_collection_is_opened_again_and_nothing_is_encoded(beside, counting):
    library = collection("Warm water eased stiffness.")
    assert opened(library, beside) == opened(library, beside)
    assert len(counting.texts) == 1


def test_another_content_has_another_name_and_another_encoder_another_beginning(beside):
    one, two = opened(collection("Ice it."), beside), opened(collection("Heat it."), beside)
    assert one != two
    assert one.rpartition("-")[0] == two.rpartition("-")[0]
    assert apart._prefix("one encoder") != apart._prefix("another")


def test_only_the_latest_collections_are_kept(beside, monkeypatch):
    monkeypatch.setattr(apart, "_KEPT", 2)
    made = [opened(collection(f"Note {n}."), beside) for n in range(4)]
    root = ApartSettings(home=beside.settings.home, encoder=beside.settings.encoder).root
    kept = {p.name for p in root.glob("generation-*")}
    assert made[-1] in kept
    assert len(kept) == 2


def test_the_index_in_force_is_not_touched(beside):
    before = {p: p.stat().st_mtime_ns for p in beside.settings.root.rglob("*") if p.is_file()}
    opened(collection("Warm water eased stiffness."), beside)
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_vectors_that_cannot_be_read_are_told_with_their_folder(beside):
    snapshot = snapshot_apart(collection("Ice it."), beside, lambda *_: None)
    with closing(snapshot.store):
        folder = snapshot.settings.root / snapshot.pointer.generation
        for file in folder.glob("texts*"):
            file.unlink()
        for file in folder.glob("*.npy"):
            file.unlink()
        with pytest.raises(IndexUnavailableError, match="cannot be read"):
            vectors_by_id(snapshot)
