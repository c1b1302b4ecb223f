"""Kept answers as files: JSON, Markdown or PDF; the papers themselves are made by ``ui.papers``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from fastapi import Response

from corpus.library import Library
from ui.api.backing import Backing
from ui.papers.exporting import Exported, Form, export_answer, export_case

JSON, MARKDOWN, PDF = "application/json", "text/markdown", "application/pdf"
FORMS = {JSON: Form.JSON, MARKDOWN: Form.MARKDOWN, PDF: Form.PDF}
"""What an answer can be had as, the usual one first."""
Suffix = Literal["json", "md", "pdf"]


def as_file(document: Mapping[str, Any], suffix: Suffix, backing: Backing) -> Response:
    """Return an answer as a file to save."""
    return _saved(export_answer(document, Form(suffix), _library(backing), exported_at=backing.now()))


def as_form(document: Mapping[str, Any], media: str, backing: Backing) -> Response:
    """Return an answer in one of `FORMS` but JSON, to be read in place."""
    file = export_answer(document, FORMS[media], _library(backing), exported_at=backing.now())
    return Response(file.content, media_type=file.media_type, headers={"Vary": "Accept"})


def case_as_file(documents: list[dict[str, Any]], title: str, suffix: Suffix, backing: Backing) -> Response:
    """Return all answers of a case as one file to save."""
    library, now = _library(backing), backing.now()
    return _saved(export_case(documents, Form(suffix), library, title=title, exported_at=now))


def _library(backing: Backing) -> Library:
    return backing.assistant.snapshot.library


def _saved(file: Exported) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.media_type, headers=headers)
