"""Markdown and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.ingest.decoding import decoded, refuse_endless, tidy
from corpus.ingest.types import Block, Document, FileKind

_BLANK = re.compile(r"\n[^\S\n]*\n")


def read_markdown(path: Path) -> Document:
    """Return the paragraphs, headings, list items and table rows of a Markdown file; its raw HTML is left unread."""
    from markdown_it import MarkdownIt

    blocks = tuple(_blocks(MarkdownIt("commonmark").enable("table").parse(_decoded(path))))
    title = next((b.text for b in blocks if b.is_heading), None)
    return Document(kind=FileKind.MARKDOWN, title=title, blocks=blocks)


def _decoded(path: Path) -> str:
    text = decoded(path)
    refuse_endless(path, len(text))
    return text


def _blocks(tokens: Iterable[Any]) -> Iterator[Block]:
    opener = ""
    row: list[str] = []
    for token in tokens:
        opener = token.type if token.type.endswith("_open") else opener
        text = ""
        if token.type in ("fence", "code_block"):
            text = tidy(token.content)
        elif token.type == "inline" and opener in ("td_open", "th_open"):
            row.append(tidy(_plain(token.children or [])))
        elif token.type == "inline":
            text = tidy(_plain(token.children or []))
        elif token.type == "tr_close":
            text, row = "; ".join(filter(None, row)), []
        if text:
            yield Block(text=text, is_heading=opener == "heading_open")


def _plain(tokens: Iterable[Any]) -> str:
    return "".join(
        "\n" if t.type.endswith("break") else t.content
        for t in tokens
        if t.type in ("text", "code_inline", "softbreak", "hardbreak")
    )


def read_text(path: Path) -> Document:
    """Return the paragraphs of a text file, which blank lines separate."""
    parts = (tidy(part) for part in _BLANK.split(_decoded(path)))
    return Document(kind=FileKind.TEXT, blocks=tuple(Block(text=p) for p in parts if p))
