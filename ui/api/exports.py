"""A kept answer as a file: JSON, Markdown or PDF; the papers themselves are made by ``ui.papers``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from fastapi import Response

Document: TypeAlias = Mapping[str, Any]

JSON, MARKDOWN, PDF = "application/json", "text/markdown", "application/pdf"
SUFFIXES = {"json": JSON, "md": MARKDOWN, "pdf": PDF}


def _json(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _markdown(document: Document) -> bytes:
    return str(document["markdown"]).encode()


FORMS: dict[str, Callable[[Document], bytes]] = {JSON: _json, MARKDOWN: _markdown}
"""What makes each form, the usual one first."""


def exported(document: Document, form: str, *, is_file: bool = False) -> Response:
    """Return `document` in one of `FORMS`; as a file to save where `is_file`."""
    headers = {"Vary": "Accept"}
    if is_file:
        suffix = next(suffix for suffix, media in SUFFIXES.items() if media == form)
        headers = {"Content-Disposition": f'attachment; filename="counterpoint-{document["id"]}.{suffix}"'}
    kind = f"{form}; charset=utf-8" if form == MARKDOWN else form
    return Response(FORMS[form](document), media_type=kind, headers=headers)
