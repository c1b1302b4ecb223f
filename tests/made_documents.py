"""Real files for the tests of ingest: a PDF, a Word document, a web page, made here and read by the product."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import docx
from fpdf import FPDF

RISES = "The clinic counts single-leg heel rises on both sides before any running is planned."
BATHS = "Patients keep the affected knee in the hydrotherapy pool for eleven minutes on Tuesdays."
STAIRS = "Stairs are introduced once the step-down test looks steady on video."
PROTOCOL = (RISES, BATHS, STAIRS)


def write_pdf(
    path: Path,
    pages: Sequence[Sequence[str]] = (PROTOCOL,),
    *,
    title: str | None = None,
    authors: str | None = None,
    header: str | None = None,
    width: float = 0,
    user_key: str | None = None,
    owner_key: str | None = None,
) -> Path:
    """Write a PDF with a paragraph a text; `header` stands on each page above them."""
    made = FPDF()
    made.set_font("Helvetica", size=11)
    if title:
        made.set_title(title)
    if authors:
        made.set_author(authors)
    if owner_key:
        made.set_encryption(owner_password=owner_key, user_password=user_key)
    for number, page in enumerate(pages, start=1):
        made.add_page()
        for text in ([f"{header} {number}"] if header else []) + list(page):
            made.multi_cell(width, 5, text, align="L", new_x="LMARGIN", new_y="NEXT")
            made.ln(8)
    made.output(str(path))
    return path


def write_word(path: Path, texts: Iterable[str] = PROTOCOL, *, title: str | None = None) -> Path:
    """Write a Word document; a text that begins with "# " is a heading."""
    made = docx.Document()
    made.core_properties.title = title or ""
    for text in texts:
        if text.startswith("# "):
            made.add_heading(text[2:])
        else:
            made.add_paragraph(text)
    made.save(str(path))
    return path


def write_html(path: Path, texts: Iterable[str] = PROTOCOL, *, title: str = "Pool protocol", around: str = "") -> Path:
    """Write a page with `texts` as paragraphs of its article and `around` before it."""
    article = "".join(f"<p>{escape(t)}</p>" for t in texts)
    path.write_text(
        f"<!doctype html><html><head><title>{escape(title)}</title></head><body>{around}"
        f"<main><article><h1>{escape(title)}</h1>{article}</article></main></body></html>",
        encoding="utf-8",
    )
    return path


def write_text(path: Path, texts: Iterable[str] = PROTOCOL, *, encoding: str = "utf-8") -> Path:
    """Write paragraphs with a blank line between them."""
    path.write_bytes("\n\n".join(texts).encode(encoding))
    return path


def write_any(path: Path, texts: Sequence[str] = PROTOCOL) -> Path:
    """Write a document of the kind that the name of `path` says."""
    match path.suffix:
        case ".pdf":
            return write_pdf(path, [texts])
        case ".docx":
            return write_word(path, texts)
        case ".html" | ".htm":
            return write_html(path, texts)
        case _:
            return write_text(path, texts)


def with_part(source: Path, target: Path, name: str, content: bytes) -> Path:
    """Copy a Word document with one of its parts replaced."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for entry in whole.namelist():
            changed.writestr(entry, content if entry == name else whole.read(entry))
    return target
