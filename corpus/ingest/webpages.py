"""A saved web page: trafilatura decides what is its article, and what is not becomes a list of what was dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError
from corpus.ingest.reading import decoded, tidy
from corpus.ingest.types import Block, Document, Dropped, FileKind, WhyDropped

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "li", "td", "th", "blockquote", "pre", "figcaption", "dt", "dd")
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)|opacity\s*:\s*0\s*(?:;|$)|"
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}|(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b)",
    re.IGNORECASE,
)
_SKIPPED = ("script", "style", "noscript", "template", "svg", "head")


def read_page(path: Path) -> Document:
    """Return the article of the page at `path`; its menus, banners and hidden text are told as dropped.

    Raises:
        DocumentError: no page can be made of it.
    """
    import trafilatura
    from lxml import html
    from lxml.etree import ParserError

    raw = decoded(path)
    try:
        root: Any = html.document_fromstring(raw.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError) as error:
        raise DocumentError(path, f"no web page can be made of it ({error})") from error
    hidden = [Dropped(block=Block(text=t), why=WhyDropped.HIDDEN) for t in _take_hidden(root)]
    found: Any = trafilatura.bare_extraction(
        html.tostring(root, encoding="unicode"), include_comments=False, include_tables=True, with_metadata=True
    )
    article = _key(found.text or "") if found else ""
    kept: list[Block] = []
    dropped: list[Dropped] = []
    for block in _blocks(root):
        if _key(block.text) in article:
            kept.append(block)
        else:
            dropped.append(Dropped(block=block, why=WhyDropped.NAVIGATION))
    return Document(
        kind=FileKind.HTML,
        title=(found.title if found else None) or _title(root),
        authors=found.author if found else None,
        blocks=tuple(kept),
        dropped=(*hidden, *dropped),
    )


def _take_hidden(root: Any) -> Iterator[str]:
    """Take out what a reader of the page would not see, and yield its text."""
    for element in [e for e in root.iter() if isinstance(e.tag, str)]:
        is_unseen = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        is_unseen = is_unseen or _UNSEEN.search(element.get("style") or "") is not None
        if is_unseen and element.getparent() is not None and element.tag not in ("html", "body"):
            text = tidy(element.text_content())
            element.drop_tree()
            if text:
                yield text


def _blocks(root: Any) -> Iterator[Block]:
    """Yield the innermost blocks of the page in order."""
    for element in root.iter(*_BLOCKS):
        if (
            any(a.tag in _SKIPPED for a in element.iterancestors())
            or next(element.iterdescendants(*_BLOCKS), None) is not None
        ):
            continue
        if text := tidy(element.text_content()):
            yield Block(text=text, is_heading=element.tag in _HEADINGS)


def _title(root: Any) -> str | None:
    found = root.findtext(".//title")
    return tidy(found) or None if found else None


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
