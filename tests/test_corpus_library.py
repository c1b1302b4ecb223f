"""Reading the library: each mistake is named with its file, its line and what was expected; folders lie over folders."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

import corpus
from corpus.errors import LibraryError
from corpus.library import Library, from_json, raw_key, read_library, read_with_places, to_json
from tests.test_corpus_small import SAID, packaged_library, small_library, source_yaml, write_library

ROOT = Path(corpus.__file__).parents[1]
TERM = "- {name: a, synonyms: [b]}\n"


def write(folder: Path, text: str | bytes, name: str = "clinic.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("terms:\n- name: [\n", 3, "expected valid YAML: did not find expected node content"),
        ("terms:\n- name: a\n   synonyms: [b]\n", 3, "expected valid YAML: mapping values are not allowed"),
        ("terms:\n\t- name: a\n", 2, "expected valid YAML: found character that cannot start any token"),
        ('terms:\n- name: "a\n', 3, "expected valid YAML: found unexpected end of stream"),
        ("terms: *nobody\n", 1, "expected valid YAML: found undefined alias"),
        ("terms: []\n---\nterms: []\n", 2, "expected valid YAML: but found another document"),
        ("terms:\n- !!python/object/apply:os.system [ls]\n", 2, "could not determine a constructor"),
        ("# \u00fcber\nterms:\n- name: a\x00b\n", 3, "expected valid YAML: control characters are not allowed"),
        ("terms:\n- name: a\n  synonyms: [\x07]\n", 3, "control characters are not allowed"),
        ("# \u00fcber\nsources:\n- id: x\n  seen: {level: none, date: 2020-13-45}\n", 4, "month must be in 1..12"),
        ("? [a]\n: b\n", 1, "found unhashable key"),
        ("terms:\n- name: a\n  name: b\n  synonyms: [c]\n", 3, "key 'name' is given twice"),
        ("terms: []\nterms: []\n", 2, "key 'terms' is given twice"),
        (
            "term:\n" + TERM,
            1,
            "expected a key among ['cruxes', 'debates', 'ledger', 'measures', 'red_flags', 'restrictions', 'sources'",
        ),
        ("terms: []\n1: []\n", 2, "got 1"),
        ("- terms\n", 1, "expected a mapping with keys among ['cruxes'"),
        ("just words\n", 1, "expected a mapping with keys among ['cruxes'"),
        ("terms:\n", 1, "expected a list under 'terms'"),
        ("terms:\n  name: a\n", 1, "expected a list under 'terms'"),
        ("terms:\n- name: a\n  synonym: [b]\n", 2, "synonyms: Field required"),
        ("terms:\n- name: a\n  synonyms: [b]\n  synonim: [c]\n", 4, "synonim: Unexpected keyword argument, got ['c']"),
        ("terms:\n- name: a\n  synonyms: b\n", 3, "synonyms: Input should be a valid tuple, got 'b'"),
        ("terms:\n- name: yes\n  synonyms: [b]\n", 2, "name: Input should be a valid string, got True"),
        ("terms:\n- name: a\n  synonyms:\n  - b\n  - 3\n", 5, "synonyms.1: Input should be a valid string, got 3"),
        ("terms:\n- a\n", 2, "terms: Input should be a dictionary or an instance of Term, got 'a'"),
        ("red_flags:\n- id: x\n  name: y\n  action: run\n", 4, "'emergency', 'urgent-referral', 'refer' or 'monitor'"),
        (
            "sources:\n" + source_yaml("evidence-c", SAID["evidence-c"]).replace("kind: claim", "kind: hunch"),
            10,
            "kind",
        ),
        ("terms:\n" + TERM + TERM, 3, "id 'a' is already taken by another of terms"),
        ("terms: &a [*a]\n", 1, "Input should be a dictionary or an instance of Term"),
        ("terms: " + "[" * 99 + "]" * 99, 1, "Input should be a dictionary or an instance of Term"),
        ("terms: " + "[" * 30_000 + "]" * 30_000, 1, "expected lists and mappings at most 100 deep"),
        (b"terms:\n- name: caf\xe9\n", 2, "expected UTF-8 text"),
        ("terms: []".encode("utf-16"), 1, "expected UTF-8 text"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_what_was_expected(
    tmp_path: Path, text: str | bytes, line: int, said: str
):
    path = write(tmp_path, text)
    with pytest.raises(LibraryError) as caught:
        read_library([tmp_path])
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n", "terms: []\n", "\ufeffterms: []\r\n"])
def test_a_file_without_entries_is_an_empty_library(tmp_path: Path, text: str):
    write(tmp_path, text)
    assert read_library([tmp_path]).terms == ()


def test_a_key_that_overrides_one_taken_over_from_an_anchor_is_not_given_twice(tmp_path: Path):
    write(tmp_path, "terms:\n- &t {name: a, synonyms: [b]}\n- {<<: *t, name: c}\n")
    assert [(t.name, t.synonyms) for t in read_library([tmp_path]).terms] == [("a", ("b",)), ("c", ("b",))]


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(LibraryError, match=r"huge\.yaml: expected a file under 20 MB"):
        read_library([tmp_path])


def test_aliases_that_multiply_themselves_are_refused_at_once(tmp_path: Path):
    lines = [f"- &{b} [{','.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    write(tmp_path, "\n".join(["terms:", "- &a [x, x, x, x, x, x, x, x, x]", *lines]))
    with pytest.raises(LibraryError, match=r"clinic\.yaml:2: terms: Input should be a dictionary"):
        read_library([tmp_path])


def test_brackets_without_end_are_refused_and_do_not_end_the_process(tmp_path: Path):
    write(tmp_path, "terms: " + "[" * 500_000)
    code = f"from pathlib import Path; from corpus.library import read_library; read_library([Path({str(tmp_path)!r})])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "LibraryError" in done.stderr
    assert "clinic.yaml:1: expected lists and mappings at most 100 deep" in done.stderr


def test_the_same_id_in_two_files_of_one_folder_is_a_mistake(tmp_path: Path):
    write(tmp_path, "terms:\n" + TERM, "one.yaml")
    second = write(tmp_path, "\nterms:\n" + TERM, "sub/two.yml")
    with pytest.raises(LibraryError, match="id 'a' is already taken") as caught:
        read_library([tmp_path])
    assert (caught.value.file, caught.value.line) == (str(second), 3)


def test_other_files_than_yaml_are_left_alone(tmp_path: Path):
    write(tmp_path, "not yaml: [", "notes.txt")
    write(tmp_path, "terms:\n" + TERM, "terms.yml")
    (tmp_path / "folder.yaml").mkdir()
    assert len(read_library([tmp_path]).terms) == 1


def test_a_clinics_entry_takes_the_place_of_the_packaged_one_with_its_id(tmp_path: Path):
    shipped, own = write_library(tmp_path / "shipped"), tmp_path / "own"
    said = ("Swimmers had less pain after warm water.",)
    write(own, "sources:" + source_yaml("evidence-a", said))
    path = write(
        own, "terms:\n- {name: heel rise, synonyms: [tiptoe]}\n- {name: own, synonyms: [ours]}\n", "terms.yaml"
    )
    laid, places = read_with_places([shipped, own])
    before = read_library([shipped])
    assert [p.text for p in laid.source_by_id["evidence-a"].passages] == list(said)
    assert "evidence-a:2" not in laid.passages
    assert [s.id for s in laid.sources] == [s.id for s in before.sources]
    assert [t.name for t in laid.terms] == ["anterior knee pain", "heel rise", "own"]
    assert laid.normaliser.expand("tiptoe slhr") == "heel rise slhr"
    assert places["terms", "own"] == (path, 3)
    assert read_library([shipped]) == before


def test_where_each_entry_stands_is_known(tmp_path: Path):
    folder = write_library(tmp_path / "library")
    _, places = read_with_places([folder])
    assert places["debates", "cold-or-warm"] == (folder / "registry.yaml", 28)
    assert places["cruxes", "cold-knee"] == (folder / "crux.yaml", 3)


def test_what_a_retracted_source_says_cannot_be_cited(tmp_path: Path):
    write(
        tmp_path,
        "sources:" + source_yaml("evidence-c", SAID["evidence-c"]).replace("title:", "retracted: true\n  title:"),
    )
    library = read_library([tmp_path])
    assert "evidence-c" in library.source_by_id
    assert library.passages == {}


@pytest.mark.parametrize("read", [small_library, packaged_library])
def test_a_library_survives_its_compiled_form_unchanged(read: Callable[[], Library]):
    library = read()
    again = from_json(to_json(library))
    assert again == library
    assert again.fingerprint == library.fingerprint


@pytest.mark.parametrize("damage", [b"", b"{", b"5", b"null", b'{"sources": 5}', b'{"unknown": []}', b"\xff"])
def test_a_damaged_compiled_form_is_refused(damage: bytes):
    with pytest.raises(ValidationError):
        from_json(damage)


def test_the_fingerprint_is_the_same_whatever_the_order_of_files_and_entries(tmp_path: Path):
    other = tmp_path / "other"
    parts = {
        "z.yaml": ("evidence-a", "south-book"),
        "a/b.yaml": ("north-book", "evidence-c"),
        "m.yaml": ("evidence-b",),
    }
    for name, ids in parts.items():
        write(other, "sources:" + "".join(source_yaml(i, SAID[i]) for i in ids), name)
    folder = tmp_path / "one"
    write(folder, "sources:" + "".join(source_yaml(i, SAID[i]) for i in sorted(SAID)))
    assert read_library([other]).fingerprint == read_library([folder]).fingerprint
    assert raw_key([other]) != raw_key([folder])


def test_the_fingerprint_follows_what_the_library_says(tmp_path: Path):
    said = ("A review reports that warmth changed much in stiff knees.",)
    write(tmp_path / "a", "sources:" + source_yaml("evidence-c", SAID["evidence-c"]))
    write(tmp_path / "b", "sources:" + source_yaml("evidence-c", said))
    first, second = read_library([tmp_path / "a"]), read_library([tmp_path / "b"])
    assert first.fingerprint != second.fingerprint
    assert first.passage_fingerprint("evidence-c:1") != second.passage_fingerprint("evidence-c:1")
    assert first.passage_fingerprint("evidence-c:1").startswith("sha256:")


@pytest.mark.parametrize("change", ["rename", "edit", "add", "remove"])
def test_the_raw_key_follows_every_change_of_the_files(tmp_path: Path, change: str):
    folder = write_library(tmp_path / "library")
    before = raw_key([folder])
    path = folder / "safety.yaml"
    match change:
        case "rename":
            path.rename(folder / "other.yaml")
        case "edit":
            path.write_text(path.read_text() + "# seen\n")
        case "add":
            write(folder, "", "empty.yaml")
        case _:
            path.unlink()
    assert raw_key([folder]) != before


def test_a_folder_that_is_not_there_is_an_empty_library(tmp_path: Path):
    assert read_library([tmp_path / "nowhere"]).sources == ()
