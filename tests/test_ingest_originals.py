"""Originals: recognised in any kind of file by their paragraphs, shown beside the digest, and forgotten again."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from corpus.attached import FOLDER, AttachedOriginals
from corpus.errors import DocumentError, ShelfError
from corpus.ingest.originals import attach, detach, fingerprint, recognised
from corpus.ingest.types import Block, Document, FileKind
from corpus.types import Paragraph
from tests.made_documents import write_any, write_html, write_pdf, write_text
from tests.test_corpus_small import packaged_library, small_library
from ui.passages import panel

# An article of our own that always runs; its quotation marks are those of a printer.
ARTICLE = (
    "Cold water, calm knees",
    "By Ada North",
    "I have bathed sore knees for thirty years, and I still don’t know a kinder start to the day than a cold lake.",
    "A “cold bath” is ten degrees or less… and no longer than ten minutes, whatever your neighbour says about it.",
    "Why would it help? Cold slows the ache, and a knee that aches less bends sooner after the bath than before it.",
    "Subscribe to my newsletter!",
    "Many dislike it. I did too, and so did nearly everyone who wrote to me in the first winter of the practice.",
)
KEPT = (3, 4, 5, 7)
KINDS = ("article.txt", "article.md", "article.html", "article.docx", "article.pdf")
ROOT = Path(__file__).parent.parent
SEEDS = next((p / "shared" / "seeds" for p in ROOT.parents if (p / "shared" / "seeds").is_dir()), ROOT / "no seeds")


def digested():
    paragraphs = tuple(
        Paragraph(number=n, words=len(t.split()), sha256=fingerprint(t), kept=n in KEPT, why="")
        for n, t in enumerate(ARTICLE, start=1)
    )
    library = small_library()
    sources = tuple(replace(s, paragraphs=paragraphs) if s.id == "north-book" else s for s in library.sources)
    return replace(library, sources=sources)


LIBRARY = digested()
SOURCE = LIBRARY.source_by_id["north-book"]


def plain(text):
    return text.replace("’", "'").replace("“", '"').replace("”", '"').replace("…", "...")


@pytest.mark.parametrize("name", KINDS)
def test_the_original_is_recognised_whatever_kind_of_file_it_is(tmp_path, name):
    texts = [plain(t) for t in ARTICLE] if name.endswith("pdf") else ARTICLE
    found = attach("north-book", write_any(tmp_path / name, texts), LIBRARY, tmp_path)
    assert (found.found, found.missing) == (tuple(range(1, 8)), ())
    kept = json.loads((tmp_path / FOLDER / "north-book.json").read_text("utf-8"))
    assert kept == {str(n): t for n, t in enumerate(ARTICLE, start=1)}


def test_paragraphs_that_run_over_the_pages_of_a_pdf_are_recognised(tmp_path):
    words = plain(" ".join(ARTICLE)).split()
    pages = [[" ".join(words[n : n + 31])] for n in range(0, len(words), 31)]
    path = write_pdf(tmp_path / "a.pdf", pages, header="Riverside reader, page")
    assert len(pages) >= 3
    assert attach("north-book", path, LIBRARY, tmp_path).missing == ()


def test_capitals_and_white_space_make_no_difference(tmp_path):
    path = write_text(tmp_path / "a.txt", [t.upper().replace(" ", " \n ") for t in ARTICLE])
    assert attach("north-book", path, LIBRARY, tmp_path).missing == ()


def test_paragraphs_that_are_not_found_are_told(tmp_path):
    found = attach("north-book", write_text(tmp_path / "a.txt", ARTICLE[:5]), LIBRARY, tmp_path)
    assert (found.found, found.missing) == ((1, 2, 3, 4, 5), (7,))


def test_a_page_with_much_around_the_article_is_recognised(tmp_path):
    around = "<nav><a href='/'>Home</a></nav><aside>" + "<p>Buy a tub for your garden.</p>" * 40 + "</aside>"
    assert (
        attach("north-book", write_html(tmp_path / "a.html", ARTICLE, around=around), LIBRARY, tmp_path).missing == ()
    )


@pytest.mark.parametrize("texts", [ARTICLE[:3], ["Another article on knees."], [t[:-1] for t in ARTICLE]])
def test_another_document_is_not_taken_for_the_original(tmp_path, texts):
    with pytest.raises(ShelfError, match=r"does not read like the original of north-book: \d of its 4 paragraphs"):
        attach("north-book", write_text(tmp_path / "a.txt", texts), LIBRARY, tmp_path)
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.parametrize("identifier", ["evidence-a", "nothing", "../../etc/passwd", ""])
def test_only_a_digested_article_has_an_original(tmp_path, identifier):
    path = write_text(tmp_path / "a.txt", ARTICLE)
    for refused in (lambda: attach(identifier, path, LIBRARY, tmp_path), lambda: detach(identifier, LIBRARY, tmp_path)):
        with pytest.raises(ShelfError, match=r"expected the id of a digested article \(north-book\), got"):
            refused()


def test_a_bad_file_is_not_attached_and_what_is_attached_stays(tmp_path):
    attach("north-book", write_text(tmp_path / "a.txt", ARTICLE), LIBRARY, tmp_path)
    (tmp_path / "bad.pdf").write_bytes(b"")
    with pytest.raises(DocumentError, match="0 bytes"):
        attach("north-book", tmp_path / "bad.pdf", LIBRARY, tmp_path)
    assert AttachedOriginals(tmp_path).paragraph(passage_at(5)) == ARTICLE[4]


def passage_at(number):
    passage = LIBRARY.passages["north-book:1"]
    return replace(passage, locator=f"paragraph {number}")


def test_the_paragraph_of_a_passage_is_looked_up_and_forgotten(tmp_path):
    originals = AttachedOriginals(tmp_path)
    assert originals.paragraph(passage_at(4)) is None
    attach("north-book", write_text(tmp_path / "a.txt", ARTICLE), LIBRARY, tmp_path)
    assert originals.paragraph(passage_at(4)) == ARTICLE[3]
    assert originals.paragraph(passage_at(40)) is None
    assert originals.paragraph(LIBRARY.passages["north-book:1"]) is None  # located by section
    assert detach("north-book", LIBRARY, tmp_path)
    assert originals.paragraph(passage_at(4)) is None
    assert not detach("north-book", LIBRARY, tmp_path)


def test_the_panel_marks_the_paragraph_between_its_neighbours_also_for_an_answer_given_before(tmp_path):
    attached, passage = AttachedOriginals(tmp_path), passage_at(4)
    citation = {"number": 2, "passage_id": passage.id, "strength": "opinion", "original": None}
    citation["passage_fingerprint"] = LIBRARY.passage_fingerprint(passage.id)
    north = LIBRARY.source_by_id["north-book"]
    others = tuple(s for s in LIBRARY.sources if s is not north)
    library = replace(LIBRARY, sources=(replace(north, passages=(passage, *north.passages[1:])), *others))
    assert "cp-original" not in panel(citation, library, attached)
    attach("north-book", write_text(tmp_path / "a.txt", ARTICLE), LIBRARY, tmp_path)
    html = unescape(panel(citation, library, attached))
    assert f"<p>{ARTICLE[2]}</p>" in html
    assert f'<p class="cp-original"><mark>{ARTICLE[3]}</mark></p><p>{ARTICLE[4]}</p>' in html
    assert html.count("<mark>") == 1
    detach("north-book", LIBRARY, tmp_path)
    kept = citation | {"original": "<i>Only</i> this"}
    assert "<mark>&lt;i&gt;Only&lt;/i&gt; this</mark></p></section>" in panel(kept, library, attached)


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"4": '])
def test_a_damaged_attachment_shows_no_original_and_breaks_no_answer(tmp_path, damage):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "north-book.json").write_text(damage)
    assert AttachedOriginals(tmp_path).paragraph(passage_at(4)) is None


def test_of_a_document_far_longer_than_an_article_nothing_is_recognised():
    blocks = (*(Block(text=t) for t in ARTICLE), Block(text="and so on " * 20_000))
    assert recognised(SOURCE, Document(kind=FileKind.TEXT, blocks=blocks)) == {}


# --- the two articles themselves


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are their authors' and not part of this repository")
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx"])
@pytest.mark.parametrize("source_id", ["barker-calf-rehab", "bento-kinetic-chain"])
def test_each_article_that_the_library_digests_is_recognised_whole(tmp_path, source_id, name):
    texts = (SEEDS / f"{source_id}.txt").read_text("utf-8").split("\n\n")
    found = attach(source_id, write_any(tmp_path / name, texts), packaged_library(), tmp_path)
    source = packaged_library().source_by_id[source_id]
    assert (len(found.found), found.missing) == (len(source.paragraphs), ())


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are their authors' and not part of this repository")
@pytest.mark.parametrize("source_id", ["barker-calf-rehab", "bento-kinetic-chain"])
def test_a_pdf_made_of_each_article_is_recognised_in_all_that_is_cited(tmp_path, source_id):
    texts = [
        plain(t).replace("‘", "'").replace("•", "-")
        for t in (SEEDS / f"{source_id}.txt").read_text("utf-8").split("\n\n")
    ]
    assert attach(source_id, write_pdf(tmp_path / "a.pdf", [texts]), packaged_library(), tmp_path).missing == ()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are their authors' and not part of this repository")
def test_the_cited_paragraph_stands_in_the_answer_and_in_the_web_panel(assistant, tmp_path):
    from assistant.door import Assistant
    from tests.homes import copy_home

    own = tmp_path / "home"
    copy_home(assistant.settings.index.root, own / "index")
    helper = Assistant(assistant.settings.model_copy(update={"home": own}))
    question = "Does a weak calf cause knee pain?"
    assert all(c["original"] is None for c in helper.ask_json(question)["citations"])
    attach("barker-calf-rehab", SEEDS / "barker-calf-rehab.txt", packaged_library(), own)
    shown = {c["locator"]: c for c in helper.ask_json(question)["citations"] if c["source_id"] == "barker-calf-rehab"}
    paragraphs = (SEEDS / "barker-calf-rehab.txt").read_text("utf-8").split("\n\n")
    assert shown
    for locator, citation in shown.items():
        number = int(locator.split()[1])
        assert citation["original"] == " ".join(paragraphs[number - 1].split())
        html = unescape(panel(citation, helper.snapshot.library, helper.attached))
        assert f"<mark>{citation['original']}</mark>" in html
        assert f"<p>{' '.join(paragraphs[number - 2].split())}</p>" in html
