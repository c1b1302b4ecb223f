"""Exports: a reference manager and a spreadsheet read them, and every source is there once."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from bibtexparser.entrypoint import parse_string

from corpus.exporting import FORMATS, to_bibtex, to_csl_json, to_csv
from corpus.types import Design
from tests.test_corpus_small import packaged_library, small_library


def with_source(**changed):
    """Return the small library with one source changed."""
    library = small_library()
    return replace(
        library, sources=tuple(replace(s, **changed) if s.id == "evidence-a" else s for s in library.sources)
    )


def csl(**changed):
    return next(e for e in json.loads(to_csl_json(with_source(**changed))) if e["id"] == "evidence-a")


def bib(**changed):
    entries = parse_string(to_bibtex(with_source(**changed)))
    assert not entries.failed_blocks
    return {f.key: f.value for f in entries.entries_dict["evidence-a"].fields}


NAMES = {
    "Neal BS": [{"family": "Neal", "given": "BS"}],
    "van der Krogt MM": [{"family": "van der Krogt", "given": "MM"}],
    "Lima YL, Ferreira VMLM, de Paula Lima PO": [
        {"family": "Lima", "given": "YL"}, {"family": "Ferreira", "given": "VMLM"}, {"family": "de Paula Lima", "given": "PO"},
    ],
    "Van Tiggelen D": [{"family": "Van Tiggelen", "given": "D"}],
    "Øiestad BE, Sjödin Å": [{"family": "Øiestad", "given": "BE"}, {"family": "Sjödin", "given": "Å"}],
    "Bierma-Zeinstra SMA, Smith J-P": [{"family": "Bierma-Zeinstra", "given": "SMA"}, {"family": "Smith", "given": "J-P"}],
    "O'Brien K": [{"family": "O'Brien", "given": "K"}],
    "NICE": [{"literal": "NICE"}],
    "La Trobe University TREK": [{"literal": "La Trobe University TREK"}],
    "National Institute for Health and Care Excellence": [{"literal": "National Institute for Health and Care Excellence"}],
    "Phillips SM (chair) et al.": [{"literal": "Phillips SM (chair)"}],
    "Hott A, Brox JI, et al.": [{"family": "Hott", "given": "A"}, {"family": "Brox", "given": "JI"}],
    "Castaneda J et al.": [{"family": "Castaneda", "given": "J"}],
    "Quan W, Ren F and others": [{"family": "Quan", "given": "W"}, {"family": "Ren", "given": "F"}],
    "Salsich et al.": [{"literal": "Salsich"}],
    "Ada North": [{"literal": "Ada North"}],
}  # fmt: skip


@pytest.mark.parametrize("authors", NAMES)
def test_authors_are_split_into_people_and_institutions(authors):
    assert csl(authors=authors)["author"] == NAMES[authors]


@pytest.mark.parametrize("authors", ["et al.", "others", "", None])
def test_where_nobody_is_named_there_is_no_author(authors):
    assert "author" not in csl(authors=authors)
    assert "author" not in bib(authors=authors)


@pytest.mark.parametrize(
    ("authors", "written"),
    [
        ("Neal BS, van der Krogt MM", "Neal, BS and van der Krogt, MM"),
        ("NICE", "{NICE}"),
        ("Society of Knees and Hips", "{Society of Knees and Hips}"),
        ("Quan W and others", "Quan, W and others"),
        ("Hott A, et al.", "Hott, A and others"),
    ],
)
def test_bibtex_has_each_author_and_holds_institutions_together(authors, written):
    assert bib(authors=authors)["author"] == written


def test_bibtex_survives_the_way_through_its_own_reader():
    library = packaged_library()
    parsed = parse_string(to_bibtex(library))
    assert not parsed.failed_blocks
    assert list(parsed.entries_dict) == [s.id for s in library.sources]
    for source in library.sources:
        fields = {f.key: f.value for f in parsed.entries_dict[source.id].fields}
        assert fields.get("year") == (str(source.year) if source.year else None)
        assert fields.get("pmid") == source.pmid
        assert fields.get("doi", "").replace("\\_", "_") == (source.doi or "")


def test_bibtex_escapes_what_latex_reads_as_its_own():
    title = bib(title="50% of R&D_costs in #1 {sic} $5 Øvre")["title"]
    assert "\\%" in title
    assert "\\&" in title
    assert "\\_" in title
    assert "\\#" in title
    assert "\\$" in title
    assert title.count("{") == title.count("}")


def test_csl_json_parses_and_holds_each_source_once():
    library = packaged_library()
    entries = json.loads(to_csl_json(library))
    assert [e["id"] for e in entries] == [s.id for s in library.sources]
    assert all(e["type"] in ("article-journal", "document") and e["title"] for e in entries)


def test_csl_json_leaves_out_what_is_not_known():
    assert set(csl(year=None, doi=None, pmid=None, journal=None, authors=None)) == {"id", "type", "title", "note"}
    assert csl(year=2024)["issued"] == {"date-parts": [[2024]]}


def test_csv_has_a_row_each_and_reads_back():
    library = packaged_library()
    rows = list(csv.DictReader(io.StringIO(to_csv(library))))
    assert [r["id"] for r in rows] == [s.id for s in library.sources]
    assert [int(r["passages"]) for r in rows] == [len(s.passages) for s in library.sources]
    assert {r["viewpoint"] for r in rows} > {""}


@pytest.mark.parametrize("cell", ['=HYPERLINK("x")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_plain_text(cell):
    rows = {r["id"]: r for r in csv.DictReader(io.StringIO(to_csv(with_source(title=cell)), newline=""))}
    assert rows["evidence-a"]["title"] == f"'{cell.strip()}"


@pytest.mark.parametrize("form", FORMATS)
def test_a_retracted_source_is_marked_in_every_format(form):
    assert "retracted" not in FORMATS[form](with_source(retracted=False)).lower().replace("retracted,", "")
    assert FORMATS[form](with_source(retracted=True)) != FORMATS[form](with_source(retracted=False))
    if form != "csv":
        assert "RETRACTED" in FORMATS[form](with_source(retracted=True))


def test_a_clinic_s_own_document_is_exported_as_such():
    entry = csl(design=Design.CLINIC_DOCUMENT, journal=None)
    assert (entry["type"], entry["note"]) == ("document", "clinic-document; seen as full-text")
