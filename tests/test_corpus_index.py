"""The index: nothing is encoded twice, whatever is damaged is noticed and built again, the old one stands until then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

import corpus.generation
import corpus.index
from assistant.door import Assistant
from corpus.encoder import OnnxEncoder, SentenceTransformerEncoder
from corpus.errors import IndexUnavailableError, LibraryError
from corpus.index import SCHEMA, IndexSettings, Pointer, build, is_current, read_pointer
from corpus.library import PACKAGED
from corpus.retriever import Retrieved, Retriever
from corpus.snapshot import Snapshot, SnapshotHolder, current_snapshot, open_snapshot
from tests.test_corpus_encoder import linked_model
from tests.test_corpus_small import SmallSettings, silent, small_index

QUESTION = "Does cold water help a sore knee?"
ENTRIES = 28 + 11


class Heard:
    """A progress callback that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, int]] = []

    def __call__(self, what: str, done: int, total: int) -> None:
        self.told.append((what, done, total))

    @property
    def steps(self) -> list[str]:
        return list(dict.fromkeys(what for what, _, _ in self.told))


@pytest.fixture
def settings(assistant: Assistant, tmp_path: Path) -> SmallSettings:
    return small_index(assistant, tmp_path)


@contextmanager
def opened(settings: IndexSettings) -> Iterator[Snapshot]:
    snapshot = open_snapshot(settings, in_force(settings))
    try:
        yield snapshot
    finally:
        snapshot.store.close()


def in_force(settings: IndexSettings) -> Pointer:
    pointer = read_pointer(settings)
    assert pointer is not None
    return pointer


def found(settings: IndexSettings) -> Retrieved:
    with opened(settings) as snapshot:
        return Retriever(snapshot).retrieve([QUESTION])


def edit(settings: IndexSettings, old: str, new: str, name: str = "sources.yaml") -> None:
    path = settings.home / "library" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def point(settings: IndexSettings, **fields: object) -> None:
    """Write the pointer anew with some fields changed."""
    (settings.root / "current.json").write_text(json.dumps(asdict(in_force(settings)) | fields))


def generations(settings: IndexSettings) -> set[str]:
    return {p.name for p in settings.root.glob("generation-*")}


# --- nothing is encoded twice


def test_a_second_build_with_nothing_changed_does_nothing_and_keeps_the_generation(settings: SmallSettings):
    before, heard = in_force(settings), Heard()
    assert (before.passages + before.asks, before.encoded) == (ENTRIES, ENTRIES)
    assert build(settings, heard) == before
    assert heard.told == []
    assert generations(settings) == {before.generation}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("sources.yaml", "sources:", "# a remark\nsources:"),
        ("sources.yaml", "level: abstract", "level: full-text"),
        ("crux.yaml", "gist: Warmth changed nothing", "gist: Warmth did nothing"),
        ("registry.yaml", "calf raise, slhr", "calf raise, slhr, tiptoe"),
    ],
)
def test_a_change_of_what_is_not_encoded_makes_a_generation_without_encoding(
    settings: SmallSettings, name: str, old: str, new: str
):
    before, heard = in_force(settings), Heard()
    edit(settings, old, new, name)
    assert not is_current(settings, before)
    after = build(settings, heard)
    assert after.generation != before.generation
    assert after.encoded == 0
    assert heard.steps == ["reading the library", "writing the index", "verifying", "done"]
    assert is_current(settings, after)


def test_a_changed_text_encodes_exactly_one_and_leaves_every_other_vector_as_it_was(settings: SmallSettings):
    before, heard = in_force(settings), Heard()
    old = corpus.generation.read_vectors(settings.root / before.generation)
    edit(settings, "North keeps a diary", "North keeps a careful diary")
    after = build(settings, heard)
    new = corpus.generation.read_vectors(settings.root / after.generation)
    assert after.encoded == 1
    assert ("encoding", 0, 1) in heard.told
    assert len(new.keys() - old.keys()) == len(old.keys() - new.keys()) == 1
    assert all((new[text] == old[text]).all() for text in new.keys() & old.keys())
    with opened(settings) as snapshot:
        hits = Retriever(snapshot).retrieve(["a careful diary"]).hits
    assert "north-book:6" in [h.passage_id for h in hits if h.rank == 1]


def test_what_was_learned_of_the_phrasings_is_taken_over_where_a_source_changes(settings: SmallSettings, monkeypatch):
    def kept() -> dict[str, bytes]:
        folder = settings.root / in_force(settings).generation / "asks"
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    before = kept()
    monkeypatch.delattr("corpus.generation.AskIndex.build")
    edit(settings, "North keeps a diary", "North keeps a careful diary")
    assert build(settings, silent).encoded == 1
    assert kept() == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("crux.yaml", "gist: Warmth changed nothing", "gist: Warmth did nothing"),
        ("registry.yaml", "calf raise, slhr", "calf raise, slhr, tiptoe"),
    ],
)
def test_it_is_learned_again_where_a_crux_or_a_term_changes(settings: SmallSettings, name: str, old: str, new: str):
    def key() -> str:
        return (settings.root / in_force(settings).generation / "asks" / "made-from.txt").read_text()

    before = key()
    edit(settings, old, new, name)
    build(settings, silent)
    assert key() != before


def test_what_was_learned_and_is_damaged_is_learned_again(settings: SmallSettings):
    (settings.root / in_force(settings).generation / "asks" / "asks-learned.npy").write_bytes(b"")
    edit(settings, "North keeps a diary", "North keeps a careful diary")
    build(settings, silent)
    assert found(settings).hits


def test_a_few_new_texts_are_encoded_by_the_export_without_pytorch(settings: SmallSettings, monkeypatch):
    monkeypatch.delattr("corpus.encoding.SentenceTransformerEncoder")
    edit(settings, "North keeps a diary", "North keeps a careful diary")
    assert build(settings, silent).encoded == 1


def test_a_passage_that_goes_is_found_no_more_and_encodes_nothing(settings: SmallSettings):
    path = settings.home / "library" / "sources.yaml"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "north-book:8" not in line))
    after = build(settings, silent)
    assert (after.encoded, after.passages) == (0, 27)
    assert "north-book:8" not in [h.passage_id for h in found(settings).hits]


def test_a_text_that_comes_back_one_build_later_is_encoded_again(settings: SmallSettings):
    edit(settings, "frozen lake", "frozen pond")
    assert build(settings, silent).encoded == 1
    edit(settings, "frozen pond", "frozen lake")
    assert build(settings, silent).encoded == 1


def test_building_twice_from_nothing_gives_the_same_retrieval(settings: SmallSettings):
    before, kept = in_force(settings), found(settings)
    after = build(settings, silent, rebuild=True)
    assert after == replace(before, generation=after.generation)
    assert found(settings) == kept


# --- a changed encoder, schema or export


def test_another_encoder_is_noticed_and_everything_is_encoded_again(settings: SmallSettings):
    point(settings, encoder="sha256:another/256")
    assert not is_current(settings, in_force(settings))
    assert build(settings, silent).encoded == ENTRIES
    assert is_current(settings, in_force(settings))


def test_an_encoder_that_cannot_be_exported_is_used_as_it_is(settings: SmallSettings, tmp_path: Path):
    model = linked_model(tmp_path / "model")
    config = model / "1_Pooling" / "config.json"
    modes = json.loads(config.read_text())
    config.write_text(json.dumps(modes | {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}))
    own = SmallSettings(home=settings.home, encoder=str(model))
    assert not is_current(own, in_force(settings))
    pointer = build(own, silent)
    assert (pointer.encoded, pointer.exported) == (ENTRIES, False)
    assert is_current(own, pointer)
    with opened(own) as snapshot:
        assert isinstance(snapshot.encoder, SentenceTransformerEncoder)
        assert Retriever(snapshot).retrieve([QUESTION]).hits


@pytest.mark.parametrize("schema", [0, SCHEMA - 1, SCHEMA + 1])
def test_an_index_of_another_version_is_built_again_and_that_is_said(settings: SmallSettings, schema: int):
    point(settings, schema=schema)
    assert read_pointer(settings) is None
    heard = Heard()
    assert build(settings, heard).schema == SCHEMA
    assert heard.steps[0] == "the index is of another version or damaged; building it again"


@pytest.mark.parametrize(
    "garbage", ["", "{", "null", "5", "[]", '"current"', "{}", '{"schema": 1}', "\x00\x01", "\ud800"]
)
def test_a_pointer_of_garbage_is_no_pointer(settings: SmallSettings, garbage: str):
    (settings.root / "current.json").write_bytes(garbage.encode("utf-8", "surrogatepass"))
    assert read_pointer(settings) is None


def test_an_index_whose_pointer_cannot_be_read_is_built_again_and_that_is_said(settings: SmallSettings):
    kept, heard = found(settings), Heard()
    (settings.root / "current.json").write_text("{")
    build(settings, heard)
    assert heard.steps[0] == "the index is of another version or damaged; building it again"
    assert found(settings) == kept


@pytest.mark.parametrize(
    "fields",
    [{"generation": 5}, {"passages": "many"}, {"surplus": 1}, {"encoded": None}, {"exported": "perhaps"}],
)
def test_a_pointer_with_a_field_of_another_kind_is_no_pointer(settings: SmallSettings, fields: dict[str, object]):
    point(settings, **fields)
    assert read_pointer(settings) is None


def test_a_missing_export_is_noticed(settings: SmallSettings):
    shutil.rmtree(settings.export)
    assert not is_current(settings, in_force(settings))


def test_a_cut_export_is_written_again_and_nothing_is_encoded(settings: SmallSettings):
    (settings.export / "encoder.onnx").unlink()  # its other links keep what they hold
    (settings.export / "encoder.onnx").write_bytes(b"cut")
    assert not is_current(settings, in_force(settings))
    heard = Heard()
    assert build(settings, heard).encoded == 0
    assert "exporting the encoder" in heard.steps
    with opened(settings) as snapshot:
        assert isinstance(snapshot.encoder, OnnxEncoder)


# --- damage


def damage(path: Path, how: str) -> None:
    if how == "gone":
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[: len(whole) // 2], "empty": b"", "garbage": b"\xff" * len(whole)}[how])


SEEN_AT_ONCE = [
    "library.json",
    "vectors/chroma.sqlite3",
    "lexical-passages/ids.json",
    "asks/lexical-asks/vocab.index.json",
]


@pytest.mark.parametrize("how", ["cut", "empty", "garbage", "gone"])
@pytest.mark.parametrize("part", SEEN_AT_ONCE)
def test_a_generation_damaged_by_hand_is_built_again_at_the_next_start_and_that_is_said(
    settings: SmallSettings, part: str, how: str
):
    kept, before = found(settings), in_force(settings)
    damage(settings.root / before.generation / part, how)
    heard = Heard()
    snapshot = current_snapshot(settings, heard)
    assert Retriever(snapshot).retrieve([QUESTION]) == kept
    snapshot.store.close()
    assert snapshot.pointer.generation != before.generation
    assert "; building it again" in heard.steps[0]
    assert "\n" not in heard.steps[0]
    assert snapshot.pointer.encoded == 0


@pytest.mark.parametrize("how", ["cut"])
@pytest.mark.parametrize("part", [*SEEN_AT_ONCE, "texts.json", "vectors.npy"])
def test_a_generation_damaged_by_hand_is_built_again_by_the_next_build_and_that_is_said(
    settings: SmallSettings, part: str, how: str
):
    before, heard = in_force(settings), Heard()
    damage(settings.root / before.generation / part, how)
    after = build(settings, heard)
    assert after.generation != before.generation
    assert heard.steps[0] == "the index is damaged; building it again"
    assert after.encoded == (ENTRIES if part in ("texts.json", "vectors.npy") else 0)


@pytest.mark.parametrize("part", ["lexical-passages", "asks/lexical-asks", "vectors", ""])
def test_a_folder_that_is_missing_is_built_again(settings: SmallSettings, part: str):
    kept = found(settings)
    shutil.rmtree(settings.root / in_force(settings).generation / part)
    snapshot = current_snapshot(settings, silent)
    assert Retriever(snapshot).retrieve([QUESTION]) == kept
    snapshot.store.close()


def test_an_index_with_fewer_vectors_than_it_should_have_is_damaged(settings: SmallSettings):
    point(settings, passages=29)
    with pytest.raises(IndexUnavailableError, match="damaged: expected 29 passages and 11 phrasings, got 28 and 11"):
        open_snapshot(settings, in_force(settings))


def test_vectors_of_another_library_do_not_verify(settings: SmallSettings):
    before = in_force(settings)
    rows = np.load(settings.root / before.generation / "vectors.npy")
    np.save(settings.root / before.generation / "vectors.npy", np.roll(rows, 1, axis=0))
    heard = Heard()
    assert build(settings, heard).generation != before.generation
    assert heard.steps[0] == "the index is damaged; building it again"


# --- old generations and leftovers


def test_the_generation_before_stays_one_build_long(settings: SmallSettings):
    first = in_force(settings).generation
    edit(settings, "sources:", "# one\nsources:")
    second = build(settings, silent).generation
    assert generations(settings) == {first, second}
    edit(settings, "# one", "# two")
    third = build(settings, silent).generation
    assert generations(settings) == {second, third}


def test_what_kills_left_behind_is_swept_by_the_next_build(settings: SmallSettings):
    leftovers = [settings.root / n for n in ("generation-0123456789ab", "encoder-01234567", "current.json.01234567")]
    for path in leftovers[:2]:
        (path / "vectors").mkdir(parents=True)
        (path / "vectors" / "half").write_text("written")
    leftovers[2].write_text("{")
    assert build(settings, silent) == in_force(settings)
    edit(settings, "sources:", "# one\nsources:")
    build(settings, silent)
    assert [p.name for p in leftovers if p.exists()] == []
    assert {p.name for p in settings.root.iterdir()} - generations(settings) == {
        "current.json",
        "encoder",
        "write.lock",
    }


@pytest.mark.parametrize("rebuild", [False, True])
def test_until_the_swap_the_old_index_is_whole_at_every_step(settings: SmallSettings, rebuild: bool):
    before, kept, seen = in_force(settings), found(settings), []
    edit(settings, "sources:", "# one\nsources:")

    def look(what: str, *_: int) -> None:
        if what != "done":
            assert in_force(settings) == before
            assert found(settings) == kept
            seen.append(what)

    after = build(settings, look, rebuild=rebuild)
    assert seen[0] == "reading the library"
    assert seen[-1] == "verifying"
    assert in_force(settings) == after != before


def test_a_reader_of_the_generation_before_can_still_ask_it(settings: SmallSettings):
    with opened(settings) as old:
        kept = Retriever(old).retrieve([QUESTION])
        edit(settings, "sources:", "# one\nsources:")
        build(settings, silent)
        assert Retriever(old).retrieve([QUESTION]) == kept


# --- a library that does not fit


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "said"),
    [
        ("sources.yaml", "kind: claim", "kind: hunch", 9, "kind: Input should be"),
        ("crux.yaml", "fits: effusion", "fits: swelling", 3, "cold-knee: predicate 'swelling': expected a known fact"),
        (
            "crux.yaml",
            "cites: ['evidence-a:2']",
            "cites: ['gone:2']",
            3,
            "cold-knee: dose: cites unknown passage 'gone:2'",
        ),
        (
            "safety.yaml",
            "cites: [evidence-a:1]\n- {id",
            "cites: [gone:1]\n- {id",
            3,
            "heel-rise: cites unknown passage",
        ),
    ],
)
def test_a_library_that_does_not_fit_is_named_with_file_and_line_and_the_index_stays(
    settings: SmallSettings, name: str, old: str, new: str, line: int, said: str
):
    before, kept = in_force(settings), found(settings)
    edit(settings, old, new, name)
    with pytest.raises(LibraryError) as caught:
        build(settings, silent)
    assert str(caught.value).startswith(f"{settings.home / 'library' / name}:{line}: ")
    assert said in str(caught.value)
    assert in_force(settings) == before
    assert found(settings) == kept


def test_a_passage_too_long_for_the_encoder_is_named(settings: SmallSettings):
    edit(settings, "frozen lake", "frozen lake " + "and another one " * 100)
    with pytest.raises(LibraryError, match="longer than the encoder's 256 word pieces: .North once swam.*; split it"):
        build(settings, silent)


# --- a running server


def test_a_holder_sees_a_new_index_at_its_next_snapshot(settings: SmallSettings):
    holder = SnapshotHolder(settings, silent)
    first = holder.snapshot()
    assert holder.snapshot() is first
    edit(settings, "frozen lake", "frozen pond")
    assert holder.snapshot() is first
    pointer = build(settings, silent)
    second = holder.snapshot()
    assert second.pointer == pointer
    assert "frozen pond" in second.library.passages["north-book:5"].text
    assert "frozen lake" in first.library.passages["north-book:5"].text
    assert holder.snapshot() is second
    for snapshot in (first, second):
        assert Retriever(snapshot).retrieve([QUESTION]).hits
        snapshot.store.close()


@pytest.mark.parametrize("garbage", [None, "{", "the pointer of a generation that is gone"])
def test_a_holder_keeps_what_it_has_while_the_index_in_force_cannot_be_opened(
    settings: SmallSettings, garbage: str | None
):
    holder = SnapshotHolder(settings, silent)
    first = holder.snapshot()
    if garbage is None:
        (settings.root / "current.json").unlink()
    elif garbage == "{":
        (settings.root / "current.json").write_text(garbage)
    else:
        point(settings, generation="generation-gone")
    assert holder.snapshot() is first
    assert Retriever(first).retrieve([QUESTION]).hits
    first.store.close()


def test_an_assistants_library_is_the_packaged_one_with_the_clinics_own_over_it(tmp_path: Path):
    assert IndexSettings(home=tmp_path).folders == (PACKAGED,)
    (tmp_path / "library").mkdir()
    assert IndexSettings(home=tmp_path).folders == (PACKAGED, tmp_path / "library")


def test_another_process_that_never_lets_go_is_named(settings: SmallSettings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(corpus.index, "_LOCK_PATIENCE_SECONDS", 0.1)
    heard = Heard()
    with FileLock(settings.root / "write.lock"), pytest.raises(IndexUnavailableError) as caught:
        build(settings, heard)
    assert heard.steps == ["waiting for another process that is building the index"]
    assert "another process has held" in str(caught.value)
    assert str(settings.root / "write.lock") in str(caught.value)
    assert "stop it and try again" in str(caught.value)
