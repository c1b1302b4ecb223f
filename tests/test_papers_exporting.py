"""Exports of an answer and of a case, each read back: nothing is lost, and the same answer gives the same bytes."""

from __future__ import annotations

import copy
import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextContainer
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from assistant.presenting import INTENDED_USE, to_dict
from ui.papers.exporting import CASE_SCHEMA, Form, export_answer, export_case
from ui.papers.typeface import drawable

RUNNER = "34M runner, AKP 3/12, returns with mileage, SLHR 14 L v 27 R. Calf rehab?"
CLOT = "58F, left calf swollen and hot since a flight 3 days ago. Calf raises?"
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
TOLD = (Form.MARKDOWN, Form.PDF)


@pytest.fixture(scope="module")
def full(assistant):
    from guardrails.types import Detail

    return to_dict(assistant.ask(RUNNER, detail=Detail.FULL), assistant.snapshot.library)


@pytest.fixture(scope="module")
def stopped(assistant):
    return to_dict(assistant.ask(CLOT), assistant.snapshot.library)


def made(document, form, library):
    return export_answer(document, form, library, exported_at=NOW).content


def text_of(content):
    """Return the words of a PDF in reading order, on one line."""
    return " ".join(extract_text(io.BytesIO(content)).split())


def without_furniture(words):
    """Return `words` without what stands at the head and the foot of each page."""
    foot = rf"{re.escape(INTENDED_USE)} Page \d+ of \d+"
    return " ".join(re.sub(rf"{foot}|Counterpoint Exported [\w ,:]+? UTC", " ", words).split())


def told(document, form, library):
    content = made(document, form, library)
    return without_furniture(text_of(content)) if form is Form.PDF else " ".join(content.decode().split())


def asking(document, question):
    changed = copy.deepcopy(document)
    changed["question"] = question
    return changed


@pytest.mark.parametrize("form", TOLD)
def test_every_sentence_of_the_answer_stands_in_the_export_with_its_markers(full, library, form):
    words = told(full, form, library)
    for section in full["sections"]:
        for claim in section["claims"]:
            assert claim["text"] in words, section["kind"]
            markers = "".join(f"[{n}]" for n in claim["citations"])
            assert f"{claim['text']} {markers}".strip() in words


@pytest.mark.parametrize("form", TOLD)
def test_each_reference_is_numbered_and_can_be_looked_up(full, library, form):
    words = told(full, form, library)
    for citation in full["citations"]:
        assert f"[{citation['number']}]" in words
        assert citation["title"] in words
        assert (citation["doi"] or citation["pmid"] or "") in words


@pytest.mark.parametrize("form", list(Form))
def test_each_export_states_its_intended_use(full, library, form):
    content = made(full, form, library)
    assert INTENDED_USE in (text_of(content) if form is Form.PDF else content.decode())


@pytest.mark.parametrize("form", list(Form))
def test_the_same_answer_at_the_same_time_gives_the_same_bytes(full, library, form):
    assert made(full, form, library) == made(full, form, library)


def test_another_time_of_export_is_told(full, library):
    later = export_answer(full, Form.PDF, library, exported_at=NOW + timedelta(days=1)).content
    assert later != made(full, Form.PDF, library)
    assert "1 December 2026" in text_of(later)


def test_an_answer_as_json_is_the_answer_itself(full, library):
    assert json.loads(made(full, Form.JSON, library)) == full


def test_a_name_and_a_media_type_come_with_it(full, library):
    for form, media in (
        (Form.PDF, "application/pdf"),
        (Form.JSON, "application/json"),
        (Form.MARKDOWN, "text/markdown"),
    ):
        found = export_answer(full, form, library, exported_at=NOW)
        assert found.name == f"counterpoint-{full['id']}.{form.value}"
        assert found.media_type.startswith(media)


# ---- the PDF --------------------------------------------------------------------------------------------------------


def boxes(content):
    return [
        (b, " ".join(b.get_text().split()))
        for p in extract_pages(io.BytesIO(content))
        for b in p
        if isinstance(b, LTTextContainer)
    ]


def test_the_pdf_has_a_language_a_title_and_no_trace_of_the_tool(full, library):
    document = PDFDocument(PDFParser(io.BytesIO(made(full, Form.PDF, library))))
    assert document.catalog["Lang"] == b"en-GB"
    assert document.info[0]["Title"] == RUNNER.encode()
    assert document.info[0]["Creator"] == document.info[0]["Producer"] == b"Counterpoint"
    assert document.info[0]["CreationDate"].startswith(b"D:20261130093000")


def test_each_page_says_which_of_how_many_it_is(full, library):
    pages = list(extract_pages(io.BytesIO(made(full, Form.PDF, library))))
    words = text_of(made(full, Form.PDF, library))
    assert len(pages) > 1
    assert re.findall(r"Page (\d+) of (\d+)", words) == [(str(n), str(len(pages))) for n in range(1, len(pages) + 1)]
    assert words.count(INTENDED_USE) == len(pages)


def test_both_schools_stand_side_by_side_in_the_same_size(full, library):
    found = boxes(made(full, Form.PDF, library))
    left = next(b for b, words in found if words.startswith("Calf-focused (Barker)"))
    right = next(b for b, words in found if words.startswith("Whole-chain (Bento)"))
    assert abs(left.y1 - right.y1) < 1
    assert left.x1 < right.x0
    margin, gutter, page = 51.0, 19.8, 595.3  # points: 18, 7 and 210 mm
    width = (page - 2 * margin - gutter) / 2
    assert abs(right.x0 - left.x0 - width - gutter) < 1
    assert abs(left.height - right.height) < 1


@pytest.mark.parametrize(
    "typed",
    ["10–15°", "≥ 3 × 15", "±2 cm", "“sore”, ‘odd’", "Manojlović, Sørensen, Ağaoğlu", "½ −5 ≤ µ", "α β", "5′ €"],
)
def test_signs_of_a_clinic_note_come_back_as_they_were_typed(full, library, typed):
    assert typed in told(asking(full, f"AKP {typed} what now?"), Form.PDF, library)


def test_a_character_that_the_face_lacks_is_written_out_and_counted_and_never_lost(full, library):
    words = told(asking(full, "ROM ↓ 膝 🏃 calf rehab?"), Form.PDF, library)
    assert "ROM (down) [CJK UNIFIED IDEOGRAPH-819D] [RUNNER] calf rehab?" in words
    assert "characters that this file's face lacks: written out in words." in words
    assert "face lacks" not in told(full, Form.PDF, library)


def test_every_letter_of_the_library_can_be_drawn(library):
    texts = [p.text for p in library.passages.values()]
    texts += [str(x) for s in library.sources for x in (s.title, s.authors, *(p.locator for p in s.passages))]
    assert {t for t in texts if drawable(t)[1]} == set()


@pytest.mark.parametrize(
    "question",
    [
        "x" * 20_000,
        "knee " * 4_000,
        "<b>bold</b> **stars** __under__ --dash-- & &amp; {pages} {nb}",
        "\u202eAKP\u202c\x00\x1b[31m calf?",
    ],
)
def test_an_odd_question_makes_a_pdf_that_holds_it(full, library, question):
    words = told(asking(full, question), Form.PDF, library)
    shown = re.sub(r"[\u202e\u202c\x00\x1b\s]", "", question)
    assert shown in re.sub(r"\s", "", words)


def test_sections_longer_than_a_page_are_kept_whole(full, library):
    long = copy.deepcopy(full)
    for section in long["sections"]:
        section["claims"] = [{**c, "text": f"{n} " + c["text"]} for c in section["claims"] for n in range(40)]
    words = told(long, Form.PDF, library)
    assert [c["text"] for s in long["sections"] for c in s["claims"] if c["text"] not in words] == []


def test_a_stopped_answer_is_told_as_one(stopped, library):
    for form in TOLD:
        words = told(stopped, form, library)
        assert "Stop: possible red flag" in words
        assert "same-day scan" in words


def test_a_red_flag_set_aside_stands_in_the_export(assistant, library):
    from guardrails.types import Dismissal, DismissalReason

    aside = Dismissal(pattern="dvt", reason=DismissalReason.REVIEWED, turn=1, note="seen by Dr")
    document = to_dict(assistant.ask(CLOT, dismissals=(aside,)), library)
    for form in TOLD:
        assert "Set aside: Deep vein thrombosis (reviewed by medics" in told(document, form, library)


def test_a_passage_that_has_left_the_library_since_does_not_hinder_an_export(full, library):
    from dataclasses import replace

    bare = replace(library, sources=())
    assert made(full, Form.PDF, bare) == made(full, Form.PDF, library)


# ---- Markdown -------------------------------------------------------------------------------------------------------


def test_what_was_typed_is_neither_markdown_nor_html(full, library):
    text = made(asking(full, "# <script>alert(1)</script> [x](http://y) | **b**"), Form.MARKDOWN, library).decode()
    assert "<script>" not in text.replace("\\<", "")
    assert r"\[x\]" in text
    assert r"\*\*b\*\*" in text


def test_markdown_reads_as_headings_lists_and_references(full, library):
    from markdown_it import MarkdownIt

    html = MarkdownIt().render(made(full, Form.MARKDOWN, library).decode())
    assert html.count("<h3>") == len(full["sections"]) + 1
    assert html.count("<li>") == sum(
        len(s["claims"]) for s in full["sections"] if s["kind"] not in ("safety", "short_answer", "viewpoint", "note")
    )
    assert html.count("<p>[") == len(full["citations"])


# ---- a case ---------------------------------------------------------------------------------------------------------


def test_a_case_holds_all_its_answers_in_order(full, stopped, library):
    for form in Form:
        found = export_case([full, stopped], form, library, title="Runner, left knee", exported_at=NOW)
        words = text_of(found.content) if form is Form.PDF else found.content.decode()
        assert words.index(full["id"]) < words.index(stopped["id"])
        assert found.name.startswith("counterpoint-case-")
        assert found.name.endswith(form.value)


def test_a_case_as_json_says_what_it_is(full, stopped, library):
    whole = json.loads(export_case([full, stopped], Form.JSON, library, title=" Runner ", exported_at=NOW).content)
    assert whole["schema"] == CASE_SCHEMA
    assert whole["title"] == "Runner"
    assert whole["intended_use"] == INTENDED_USE
    assert whole["answers"] == [full, stopped]


def test_a_case_without_answers_is_refused(library):
    with pytest.raises(ValueError, match="at least one answer"):
        export_case([], Form.PDF, library, title="x", exported_at=NOW)
