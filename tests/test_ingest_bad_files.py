"""Bad and hostile files: a clear sentence for each, nothing of them on the shelf, and the next file is read."""

from __future__ import annotations

import io
import os
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.ingest.describing import Wanted
from corpus.ingest.sandbox import read_safely
from corpus.ingest.shelving import add_document, files_in, inside
from tests.made_documents import PROTOCOL, RISES, STAIRS, with_part, write_pdf, write_text, write_word
from tests.test_corpus_small import SmallSettings, write_library

TODAY = date(2026, 11, 30)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [%s]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>'
LAUGHS = b'<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))


def a_word_file(folder, name="whole.docx"):
    return write_word(folder / name)


def bytes_at(name, content):
    def make(folder):
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def zipped(name, parts):
    def make(folder):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        return folder / name

    return make


def truncated(name, make):
    def cut(folder):
        whole = make(folder / f"whole-{name}").read_bytes()
        path = folder / name
        path.write_bytes(whole[: len(whole) // 2])
        return path

    return cut


def word_with(part, content):
    return lambda folder: with_part(a_word_file(folder), folder / "bad.docx", part, content)


def large(name, size):
    def make(folder):
        path = folder / name
        with path.open("wb") as file:
            file.write(b"%PDF-1.7\n")
            file.truncate(size)  # sparse: no room is taken
        return path

    return make


def bomb(folder):
    return zipped("bad.docx", {"word/document.xml": b"0" * 60_000_000})(folder)


def pdf_of(objects):
    """Return a PDF of numbered objects with a right table of where they stand."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


PAGE_LOOP = pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                    b"<< /Type /Pages /Count 1 /Parent 2 0 R /Kids [2 0 R] >>"])  # fmt: skip


def linked(target):
    def make(folder):
        (folder / "bad.txt").symlink_to(target)
        return folder / "bad.txt"

    return make


def a_folder(folder):
    (folder / "x.pdf").mkdir()
    return folder / "x.pdf"


def a_pipe(folder):
    os.mkfifo(folder / "bad.txt")
    return folder / "bad.txt"


def encrypted_member(folder):
    path = a_word_file(folder, "bad.docx")
    content = bytearray(path.read_bytes())
    at = 0
    while (at := content.find(b"PK\x01\x02", at + 1)) > 0:
        content[at + 8] |= 1  # the directory says the members are encrypted
    path.write_bytes(content)
    return path


BAD = {
    "0 bytes": (bytes_at("bad.pdf", b""), "the file is empty (0 bytes)"),
    "an ending that is not read": (bytes_at("bad.xlsx", b"a"), "expected a file ending in .pdf, .docx"),
    "no ending": (bytes_at("bad", b"a"), "got 'no ending'"),
    "300 MB": (large("bad.pdf", 300_000_000), "expected a file of at most 50 MB, got 300 MB"),
    "a Word document named PDF": (lambda f: a_word_file(f, "bad.pdf"), "its name says PDF, its content is DOCX"),
    "a PDF named Word": (lambda f: write_pdf(f / "a.pdf").rename(f / "bad.docx"), "its content is PDF"),
    "a PDF named text": (lambda f: write_pdf(f / "a.pdf").rename(f / "bad.txt"), "its content is PDF"),
    "a web page named text": (bytes_at("bad.txt", b"<!DOCTYPE html><p>Knees"), "its content is HTML"),
    "text named web page": (bytes_at("bad.html", b"Only knees."), "its name says HTML, its content is text"),
    "a picture named PDF": (bytes_at("bad.pdf", b"\x89PNG\r\n\x1a\n\0\0"), "none of the kinds"),
    "NUL bytes in text": (bytes_at("bad.txt", b"knee\0\0knee"), "none of the kinds"),
    "UTF-32": (bytes_at("bad.txt", "knee".encode("utf-32")), "none of the kinds"),
    "an encrypted Office file": (bytes_at("bad.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "it is encrypted or of Word before 2007"),
    "a PDF with a password": (lambda f: write_pdf(f / "bad.pdf", owner_key="o", user_key="u"), "the PDF is encrypted"),
    "a truncated PDF": (truncated("bad.pdf", write_pdf), "the PDF is damaged or cut off"),
    "a truncated Word document": (truncated("bad.docx", write_word), "the file is damaged or cut off"),
    "a PDF of noise": (bytes_at("bad.pdf", b"%PDF-1.7\n" + b"\x93\x07<</>>" * 900), "the PDF is damaged or cut off"),
    "a PDF whose pages run in a circle": (bytes_at("bad.pdf", PAGE_LOOP), "the PDF is damaged or cut off"),
    "a PDF without text": (lambda f: write_pdf(f / "bad.pdf", [[]]), "holds no text (scanned pages, most likely"),
    "another zip named Word": (zipped("bad.docx", {"xl/workbook.xml": "<x/>"}), "its name says DOCX, its content is none"),
    "a zip bomb": (bomb, "it unpacks to 60 MB, far more than a document holds"),
    "a Word document with broken XML": (word_with("word/document.xml", b"<w:document><w:body>"), "the Word document is damaged"),
    "a Word document with no body": (word_with("word/document.xml", b"<a/>"), "the Word document is damaged"),
    "a Word document of noise": (word_with("[Content_Types].xml", b"\xff\xfe\0"), "the Word document is damaged"),
    "a Word document that says it is encrypted": (encrypted_member, "the Word document is damaged or encrypted"),
    "billion laughs": (word_with("word/document.xml", ENTITIES % (LAUGHS, b"&a11;")), "the Word document is damaged"),
    "100,000 nested elements": (bytes_at("bad.html", b"<html><body>" + b"<div>" * 100_000 + b"knee"), "nested too deeply"),
    "a line of 30 million characters": (bytes_at("bad.txt", b"knee loads " * 2_727_273), "expected at most 3 million characters, got 30 million"),
    "a page of menus": (bytes_at("bad.txt", b"Home\n\nMenu\n\nSubscribe to our newsletter!"), "nothing is left to cite"),
    "white space": (bytes_at("bad.md", b" \n\n \t\n"), "holds no text"),
    "a folder with a file's name": (a_folder, "expected a plain file"),
    "a link to itself": (linked("bad.txt"), "expected a file, got none"),
    "a link to nothing": (linked("nothing.txt"), "expected a file, got none"),
    "a pipe": (a_pipe, "expected a plain file"),
    "a device": (linked("/dev/zero"), "expected a plain file"),
    "nothing": (lambda f: f / "bad.txt", "expected a file, got none"),
    "a name that is too long": (lambda f: f / f"{'a' * 300}.txt", "cannot be read: File name too long"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    settings = SmallSettings(home=tmp_path_factory.mktemp("bad") / "home")
    write_library(settings.home / "library")
    return settings


def kept_in(home: Path):
    return {p.relative_to(home): p.read_bytes() for p in home.rglob("*") if p.is_file() and p.name != "shelf.lock"}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_one_clear_sentence_and_leaves_the_shelf_as_it_was(tmp_path, shelf, name):
    make, expected = BAD[name]
    path = make(tmp_path)
    before = kept_in(shelf.home)
    with pytest.raises(DocumentError) as refused:
        add_document(Wanted(path=path), shelf, TODAY)
    reason = refused.value.reason
    assert expected in reason
    assert "\n" not in reason
    assert "Traceback" not in reason
    assert len(reason) < 300
    assert kept_in(shelf.home) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_gives_one_clear_sentence(tmp_path, shelf):
    path = write_text(tmp_path / "a.txt")
    path.chmod(0)
    with pytest.raises(DocumentError, match="cannot be read: Permission denied"):
        add_document(Wanted(path=path), shelf, TODAY)


def test_a_pdf_that_only_its_owner_may_change_is_read(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", owner_key="owner only")
    assert [b.text for b in read_safely(path).blocks] == list(PROTOCOL)


def test_an_entity_that_names_a_file_is_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the clinic's secret")
    entity = b'<!ENTITY x SYSTEM "%s">' % secret.as_uri().encode()
    path = with_part(
        a_word_file(tmp_path), tmp_path / "a.docx", "word/document.xml", ENTITIES % (entity, b"Rest. &x; Go on.")
    )
    assert "secret" not in repr(read_safely(path))


def test_a_reader_that_hangs_is_stopped(tmp_path):
    started = time.monotonic()
    with pytest.raises(DocumentError, match=r"took longer than 0 s to read; split it"):
        read_safely(write_text(tmp_path / "a.txt"), patience_seconds=0.01)
    assert time.monotonic() - started < 5


def test_a_document_of_thousands_of_passages_is_refused(tmp_path, shelf):
    path = write_text(tmp_path / "a.txt", [f"This is paragraph number {n}." for n in range(6_000)])
    with pytest.raises(DocumentError, match="expected at most 5,000 passages, got 6,000; split it"):
        add_document(Wanted(path=path), shelf, TODAY)


@pytest.mark.parametrize(
    "name",
    ["two\nlines.txt", "it's \"quoted\".txt", "-rf --yes.txt", "🦵 knee.txt", "膝.txt", "a" * 240 + ".txt", "$(touch x).txt",
     "%s%n.txt", ": {yaml}, [x].txt", "..txt.txt", b"lone \xff byte.txt"],
)  # fmt: skip
def test_a_file_with_an_odd_name_is_read_like_any_other(tmp_path, name):
    settings = SmallSettings(home=tmp_path / "home")
    write_library(settings.home / "library")
    path = write_text(tmp_path / os.fsdecode(name))
    added = add_document(Wanted(path=path), settings, TODAY)
    assert added.source_id.startswith("clinic-")
    assert len(added.source_id) > len("clinic-")
    assert len(added.title) <= 200
    assert added.title.isprintable()
    assert len(added.passages) == len(PROTOCOL)
    assert (settings.home / "library" / "documents" / f"{added.source_id}.yaml").is_file()


def test_a_folder_s_hidden_files_and_lock_files_are_left_out_and_its_links_are_not_followed(tmp_path):
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", "~$a.docx", ".git/d.txt"):
        write_text(folder / name)
    outside = write_text(tmp_path / "outside.txt")
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to("self.txt")
    assert [str(p.relative_to(folder)) for p in files_in(folder)] == [
        "a.txt",
        "b.txt",
        "link.txt",
        "self.txt",
        "sub/c.txt",
    ]
    with pytest.raises(DocumentError, match=r"is a link to a file outside .*; add that file by its own name"):
        inside(folder / "link.txt", folder)
    assert inside(folder / "a.txt", folder) == folder / "a.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's")
def test_a_page_whose_streams_unpack_without_end_is_refused(tmp_path):
    import zlib

    packed = zlib.compress(b"q " * 20_000_000, 9)
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    path = tmp_path / "a.pdf"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    path.write_bytes(
        pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, content])
    )
    with pytest.raises(DocumentError) as refused:
        read_safely(path, patience_seconds=2)
    assert "took longer" in refused.value.reason or "memory" in refused.value.reason


def test_the_files_after_a_bad_one_are_read(tmp_path, shelf):
    (tmp_path / "a.pdf").write_bytes(b"")
    write_text(tmp_path / "b.txt", [RISES])
    write_text(tmp_path / "c.txt", [STAIRS])
    outcomes = []
    for path in files_in(tmp_path):
        try:
            outcomes.append(add_document(Wanted(path=path), shelf, TODAY, is_trial=True).source_id)
        except DocumentError as error:
            outcomes.append(error.reason)
    assert outcomes == ["the file is empty (0 bytes)", "clinic-b", "clinic-c"]
